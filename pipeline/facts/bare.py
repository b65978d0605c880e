"""A sentence's tokens without what speech puts between them: fillers, words begun again, asides, lead-ins."""

from pipeline.language.lists import FILLERS
from pipeline.language.phrases import Token, disfluent, marked
from pipeline.language.said import Span
from pipeline.language.wording.clean import parentheses, without

_OPENERS = frozenset(
    "so and but well now yes yeah no okay ok right um uh er erm honestly actually basically anyway also then oh obviously seriously hello like look".split()
)


def bare_tokens(span: Span, *, verbatim: bool = False) -> list[Token]:
    """A sentence's tokens without fillers, repetitions, asides and the words that only lead into it.

    `verbatim` keeps what the parse alone takes for a false start, and every interjection that is no filler.
    """
    spoken = [t for t in span if not t.is_space]
    passing = parentheses(spoken)
    tokens = without(spoken, {t.i for t in spoken if t.i in passing or (_filler(t) if verbatim else _dispensable(t))})
    while tokens and (tokens[0].is_punct or (tokens[0].lower_ in _OPENERS and not _so_far(tokens))):
        tokens.pop(0)
    tokens = _without_asides(tokens)
    kept: list[Token] = []
    for t in tokens:
        if t.is_punct and (not kept or kept[-1].is_punct):
            continue
        kept.append(t)
    return kept


def _so_far(tokens: list[Token]) -> bool:
    """ "So far, ...", "So many of them ...": here the opener belongs to the next word."""
    return len(tokens) > 1 and tokens[0].lower_ == "so" and tokens[1].lower_ in ("far", "many", "much", "few", "long")


def _dispensable(token: Token) -> bool:
    return (disfluent(token) or token.pos_ == "INTJ" or token.tag_ == "UH") and not said_aloud(token)


def _filler(token: Token) -> bool:
    return (marked(token) or token.lower_ in FILLERS) and not said_aloud(token)


def said_aloud(token: Token) -> bool:
    """ "say yes": the word is what is said; "don't reply to it, it's a machine": the first "it" ends a clause, it is not said again."""
    if _ends_clause(token) or (token.text == "," and token.i > token.sent.start and _ends_clause(token.nbor(-1))):
        return True
    return token.i > 0 and token.lower_ in ("yes", "no") and token.nbor(-1).lemma_ == "say"


def _ends_clause(token: Token) -> bool:
    if token.lower_ not in ("it", "that", "this", "them", "us") or token.i == token.sent.start:
        return False
    before, following = token.nbor(-1), token.doc[token.i + 1 : token.i + 4]
    governed = before.pos_ in ("VERB", "ADP") or before.lower_ in ("do", "does", "did")
    again = len(following) == 3 and following[0].text == "," and following[1].lower_ == token.lower_
    return governed and again and following[2].pos_ in ("AUX", "VERB")


def _without_asides(tokens: list[Token]) -> list[Token]:
    """Without "you know" and "I mean" between commas."""
    out: list[Token] = []
    skip = 0
    for n, t in enumerate(tokens):
        if skip:
            skip -= 1
        elif (
            t.lower_ in {"you", "i"}
            and n
            and n + 2 < len(tokens)
            and tokens[n - 1].text == ","
            and tokens[n + 2].text == ","
        ):
            if tokens[n + 1].lower_ in {"know", "mean", "think", "suppose", "believe", "guess"}:
                out.pop()  # the comma before it; the one behind it goes too
                skip = 2
            else:
                out.append(t)
        else:
            out.append(t)
    return out
