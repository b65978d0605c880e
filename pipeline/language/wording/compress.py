"""Shorter sentences along the parse: what can be left out without changing what is claimed."""

from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Span, Token

from pipeline.language.wording.clauses import AUX, SUBJECTS
from pipeline.language.wording.clean import clean, without
from pipeline.language.wording.line import Line
from pipeline.language.wording.words import ABBREVIATIONS, CONDITIONS, INTENSIFIERS, MODALS, NEGATIONS, SENTENCE_ADVERBS

_KEEP_ADVERBS = frozenset("not n't never only almost nearly about first together online free".split())


def compress(span: Span, *, limit: int = 30) -> str | None:
    """The span's words without fillers and without what is not needed, at most `limit` of them, or None.

    Negations, numbers, modals, conditions and names are never left out.
    """
    tokens = trimmed(clean(span), limit)
    if tokens is None or not well_formed(tokens):
        return None
    text = str(Line(tokens))
    return text[:1].upper() + text[1:] if text else None


def trimmed(tokens: list[Token], limit: int) -> list[Token] | None:
    """These tokens, shortened as far as needed to hold at most `limit` words; None where that is not possible."""
    tokens = without(tokens, _needless(tokens))
    for rule in (_asides, _adverbs, _late_clauses, _relatives, _late_phrases):
        tokens = _shorten(tokens, rule, limit)
    return tokens if _count(tokens) <= limit else None


def _shorten(tokens: list[Token], rule: Callable[[Sequence[Token]], Iterator[Token]], limit: int) -> list[Token]:
    for head in rule(tokens):
        if _count(tokens) <= limit:
            break
        branch = _branch(head, tokens)
        if branch and _can_go(branch):
            tokens = without(tokens, {t.i for t in branch})
    return tokens


def _count(tokens: Sequence[Token]) -> int:
    return sum(not t.is_punct for t in tokens)


def _branch(head: Token, tokens: Sequence[Token]) -> list[Token]:
    kept = {t.i for t in tokens}
    return [t for t in head.subtree if t.i in kept]


def _can_go(branch: Sequence[Token]) -> bool:
    return not any(
        t.lower_ in NEGATIONS
        or t.lower_ in MODALS
        or t.lower_ in CONDITIONS
        or t.pos_ in ("NUM", "PROPN")
        or t.ent_type_
        or t.like_num
        for t in branch
    )


def _needless(tokens: Sequence[Token]) -> set[int]:
    """Intensifiers and sentence adverbs: they say nothing that a page would repeat."""
    gone = set()
    for token in tokens:
        if token.lower_ in ("kinda", "sorta"):
            gone.add(token.i)
        leaf = all(c.is_punct for c in token.children)
        adverb = token.pos_ == "ADV" and token.dep_ in ("advmod", "discourse") and leaf
        first = token.i == tokens[0].i or token.nbor(-1).is_punct
        if adverb and token.lower_ in SENTENCE_ADVERBS and (first or token.lower_ not in ("again", "then", "too")):
            gone |= {token.i, *(c.i for c in token.children)}
        elif (
            adverb
            and token.lower_ in ("really", "just", "quite", "simply", "totally", "absolutely", "very")
            and _loose(token)
        ):
            gone.add(token.i)
    return gone


def _loose(token: Token) -> bool:
    # "just one" and "not really" mean something; "really important" and "we just built it" lose nothing.
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    before = token.nbor(-1).lower_ if token.i else ""
    if before in NEGATIONS or following is None:
        return False
    return token.lower_ != "just" or following.pos_ in ("VERB", "AUX")


def _asides(tokens: Sequence[Token]) -> Iterator[Token]:
    yield from (t for t in reversed(tokens) if t.dep_ in ("parataxis", "discourse", "dislocated"))


def _adverbs(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in reversed(tokens):
        joins = token.i > 0 and token.nbor(-1).is_punct  # "..., so the committee moved it"
        if (
            token.pos_ == "ADV"
            and token.dep_ == "advmod"
            and token.lower_ in INTENSIFIERS - _KEEP_ADVERBS
            and not joins
        ):
            yield token


def _late_clauses(tokens: Sequence[Token]) -> Iterator[Token]:
    """Coordinated and adverbial clauses, the last first."""
    for token in reversed(tokens):
        own_subject = any(c.dep_ in SUBJECTS for c in token.children)
        if (token.dep_ == "conj" and own_subject) or (token.dep_ == "advcl" and token.i > token.head.i):
            yield token


def _relatives(tokens: Sequence[Token]) -> Iterator[Token]:
    yield from (t for t in reversed(tokens) if t.dep_ in ("acl:relcl", "appos"))


def _late_phrases(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in reversed(tokens):
        if token.dep_ in ("obl", "obl:tmod", "advmod") and token.i > token.head.i:
            yield token


def well_formed(tokens: Sequence[Token]) -> bool:
    """Whether these tokens can stand as a sentence: a finite predicate with a subject, nothing dangling."""
    kept = {t.i for t in tokens}
    roots = [t for t in tokens if t.head.i not in kept or t.head.i == t.i]
    if len([r for r in roots if not r.is_punct]) != 1:
        return False
    root = next(r for r in roots if not r.is_punct)
    verbal = root.pos_ in ("VERB", "AUX") or any(c.dep_ in AUX and c.i in kept for c in root.children)
    subject = any(c.dep_ in SUBJECTS and c.i in kept for c in root.children)
    words = [t for t in tokens if not t.is_punct]
    return verbal and subject and not dangles(words[-1])


def dangles(last: Token) -> bool:
    """Whether a sentence cannot end with this word."""
    if (
        last.pos_ in ("DET", "CCONJ", "SCONJ", "AUX")
        and last.dep_ not in ("cop", "obj", "nsubj")
        and last.head.i > last.i
    ):
        return True
    if last.pos_ == "AUX" or last.tag_ == "TO" or last.lower_.rstrip(".") in ABBREVIATIONS or last.tag_ == "POS":
        return True
    if last.pos_ == "VERB" and last.lemma_.lower() in ("say", "tell", "let", "mean", "seem", "become", "put"):
        return True
    return last.pos_ in ("CCONJ", "SCONJ") or last.lower_ in ("the", "a", "an", "my", "our", "your", "i", "we")
