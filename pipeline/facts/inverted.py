"""Questions put into statement order word by word: for those whose parse is doubtful."""

from collections.abc import Sequence

from pipeline.facts.bare import said_aloud
from pipeline.language.phrases import core_end, disfluent, joined
from pipeline.language.said import Span, Token
from pipeline.language.wording.line import inflected, is_base_verb, verb_lemma

_AUX = frozenset("is are was were do does did can could will would should may might must has have had".split())
_BEFORE_INFINITIVE = frozenset("do does did can could will would should may might must".split())
_WH = frozenset("who what when where why how which whose".split())
_NOT = frozenset({"n't", "n’t", "not"})
MARKS = frozenset('"“”')
_OWN = {
    "you": "they",
    "your": "their",
    "i": "they",
    "we": "they",
    "our": "their",
    "my": "their",
    "us": "them",
    "me": "them",
}


def in_statement_order(span: Span) -> str | None:
    """ "How should an owner set priorities?" -> "how an owner should set priorities"; None where that is not clear."""
    tokens = [t for t in span if not disfluent(t) and (t.tag_ != "UH" or said_aloud(t)) and not t.is_space]
    while tokens and (tokens[0].is_punct or tokens[0].lower_ in {"and", "so", "but", "well", "okay", "now", "then"}):
        tokens = tokens[1:]
    tokens = _first_question(tokens)
    while tokens and (tokens[-1].is_punct or tokens[0].text in MARKS):
        tokens = tokens[1:] if tokens[0].text in MARKS else tokens[:-1]
    if len(tokens) < 4:
        return None
    aux = next((i for i, t in enumerate(tokens[:6]) if t.lower_ in _AUX), None)
    if aux is None or (aux > 0 and tokens[0].lower_ not in _WH):
        return None
    denied = tokens[aux + 1].lower_ in _NOT
    if denied:  # "Shouldn't pharmacists be allowed"
        tokens = [*tokens[: aux + 1], *tokens[aux + 2 :]]
    end = _subject_end(tokens, aux + 1)
    if end is not None and tokens[aux].lower_ in _BEFORE_INFINITIVE:
        end = _before_verb(tokens, aux + 1, end)
    if end is None or end >= len(tokens):
        return None
    opening = " ".join(t.lower_ for t in tokens[:aux]) or "whether"
    subject, rest = tokens[aux + 1 : end], tokens[end:]
    if (
        tokens[aux].lower_ == "do"
        and subject[-1].lower_ in {"you", "we", "i"}
        and opening.split()[0] in {"how", "what", "where", "when"}
    ):
        return f"{opening} to {_told(rest)}" if is_base_verb(rest[0].lower_) else None
    verb = _verb(tokens[aux], rest, subject)
    if denied and verb:
        first, _, others = verb.partition(" ")
        verb = f"{first} not {others}" if tokens[aux].lower_ not in {"do", "does", "did"} else None
    return f"{opening} {_told(subject)} {verb}".strip() if verb else None


def _first_question(tokens: list[Token]) -> list[Token]:
    """What is asked first: "how long is it, and what does it cost" asks two things; what explains it is left out."""
    for n in range(5, len(tokens) - 2):
        if tokens[n].text == "," and (
            tokens[n + 1].lower_ in {"because", "since", "as", "so", "but", "given"}
            or (tokens[n + 1].lower_ in {"and", "or"} and tokens[n + 2].lower_ in _WH | _AUX)
        ):
            return tokens[:n]
    return tokens


def _before_verb(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where the subject ends if its last noun is the verb: "how did mutual aid work during the storm"."""
    if any(t.tag_ in {"VB", "VBP"} for t in tokens[end:]) or end - start < 2:
        return end
    return end - 1 if is_base_verb(tokens[end - 1].lower_) else end


def _subject_end(tokens: Sequence[Token], start: int) -> int | None:
    if start < len(tokens) and tokens[start].pos_ == "PRON":
        last = max(t.i for t in tokens[start].subtree)  # "anyone on the council"
        return next((n + 1 for n, t in enumerate(tokens) if n >= start and t.i == last), start + 1)
    end = core_end(tokens, start)
    if end is not None and end < len(tokens) and tokens[end].lower_ == "of":
        return core_end(tokens, end + 1) or end
    return end


def _verb(aux: Token, rest: Sequence[Token], subject: Sequence[Token]) -> str | None:
    """The auxiliary after its subject, or the verb inflected in its stead ("does it work" -> "it works")."""
    word = aux.lower_
    if word not in {"do", "does", "did"}:
        plural = subject[-1].lower_ in {"you", "we", "i"}
        return f"{'are' if plural and word in {'am', 'is'} else word} {_told(rest)}"
    if rest[0].lower_ in {"not", "n't", "n’t"}:
        return f"{word} not {_told(rest[1:])}"
    if word == "do":
        return _told(rest)
    form = inflected(verb_lemma(rest[0]), "VBZ" if word == "does" else "VBD")
    return f"{form} {_told(rest[1:])}".strip()


def _told(tokens: Sequence[Token]) -> str:
    text = joined(tokens)
    return " ".join(_OWN.get(w.lower(), w) for w in text.split())
