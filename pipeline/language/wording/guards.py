"""Sentences that parse well and still must not be told: half said, pointing at nothing, or no statements at all."""

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Token

from pipeline.language.wording.line import is_base_verb
from pipeline.language.wording.words import NAMING, ORDINALS, WH

_POINTERS = frozenset("that this these those it there here".split())
_EVERYBODY = frozenset("everybody everyone people nobody somebody all those anyone anybody".split())
_NO_VERB = frozenset("ADP ADV SCONJ CCONJ DET NUM AUX PRON".split())
_FINITE = ("MD", "VBP", "VBZ", "VBD")


def tellable(words: Sequence[Token]) -> bool:
    """Whether words make a statement that a reader can follow alone."""
    lower = [t.lower_.replace("’", "'") for t in words]
    refused = (
        _counts_off(words, lower),
        _points_back(words, lower),
        _commands(words, lower),
        _half_joined(words, lower),
        lower[0] in ("how", "why", "whether"),
        lower[-1] in NAMING and words[-1].dep_ != "acl:relcl",
        any(t.lower_ == "sorry" and t.nbor(-1).pos_ == "NUM" for t in words[1:]),
        any(_hoped(lower, n) for n in range(1, len(lower))),
        lower[0] in OWNED,
        ends_hoping(lower),
        any(
            a == "here" and b in ("is", "are", "'s", "comes") for a, b in pairwise(lower)
        ),  # "and here is the man from Scotland"
        wished(words),
        any(_caused(t) for t in words),
        any(
            t.tag_ == "VBP" and t.pos_ == "VERB" and t.is_alpha and len(t) > 3 and not is_base_verb(t.lower_)
            for t in words
        ),
    )
    return not any(refused)


def _counts_off(words: Sequence[Token], lower: Sequence[str]) -> bool:
    """ "The first was ...", "The other thing ...", "Fourth is ...": one of a list that stands elsewhere."""
    start = 1 if lower[0] == "the" else 0
    if len(lower) < start + 2 or lower[start] not in ORDINALS:
        return False
    follows = words[start + 1]
    return follows.pos_ == "AUX" or follows.tag_ in _FINITE or follows.lower_ in ("one", "thing", "'s")


def _points_back(words: Sequence[Token], lower: Sequence[str]) -> bool:
    """ "From that we took ...", "Then everybody ...": what it begins with stands in an earlier sentence."""
    if lower[0] == "then" and len(lower) > 1 and lower[1] in _EVERYBODY:
        return True
    return len(words) > 2 and words[0].pos_ == "ADP" and lower[1] in _POINTERS and words[2].pos_ in ("PRON", "AUX")


def _commands(words: Sequence[Token], lower: Sequence[str]) -> bool:
    """An imperative, its addressee or its number before it: "Two, wash the trays", "Slide a board in"."""
    first, second = words[0], words[1]
    if second.pos_ == "DET" and first.pos_ not in _NO_VERB and is_base_verb(lower[0]):
        return True
    verb = next((t for t in words if t.tag_ in (*_FINITE, "VB") and t.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.tag_ not in ("VB", "VBP") or not is_base_verb(verb.lower_) or not verb.i:
        return False
    before = [t for t in verb.doc[first.i : verb.i] if not t.is_space]
    comma = next((n for n, t in enumerate(before) if t.text == ","), None)
    addressed = lower[0] in _EVERYBODY or first.pos_ in ("NUM", "PROPN") or lower[0] in ORDINALS
    after = [t for t in before[comma + 1 :] if t.lower_ not in ("please", "just")] if comma is not None else before
    return comma is not None and addressed and not after


def _half_joined(words: Sequence[Token], lower: Sequence[str]) -> bool:
    """ "X did this, and that Y did that": a second that-clause without a first."""
    for n, (first, second) in enumerate(pairwise(lower)):
        clause = words[n + 1].pos_ == "SCONJ" or words[n + 1].dep_ == "mark"
        if first in ("and", "but", "or") and second == "that" and clause and "that" not in lower[:n]:
            return True
    return False


OWNED = frozenset("ours mine yours theirs hers".split())  # of what, an earlier sentence says


def ends_hoping(lower: Sequence[str]) -> bool:
    """ "A Spanish version, we hope": a noun and what its speaker hopes of it, no statement."""
    return len(lower) > 1 and lower[-1] in ("hope", "think", "believe", "suppose") and lower[-2] in ("we", "i")


def wished(words: Sequence[Token]) -> bool:
    """ "Nobody wait until midnight": a wish, of which the past would make a fact."""
    return any(
        a.lower_ in _ONE and b.tag_ in ("VB", "VBP") and b.pos_ == "VERB" and is_base_verb(b.lower_)
        for a, b in pairwise(words)
    )


_ONE = frozenset("nobody everybody somebody anybody everyone someone anyone".split())


def _caused(token: Token) -> bool:
    """ "We had our lawyer go through it": an infinitive with a subject, no present."""
    own = {c.dep_ for c in token.children}
    return (
        token.tag_ == "VB"
        and token.head.lemma_.lower() in _CAUSING
        and "nsubj" in own
        and own.isdisjoint({"aux", "mark"})
        and token.head.i < token.i
    )


_CAUSING = frozenset("have make let see hear watch help".split())


def _hoped(lower: Sequence[str], n: int) -> bool:
    """ "..., I hope I've said that right": a remark on the saying."""
    return lower[n - 1] == "i" and lower[n] in ("hope", "think") and n > 2 and lower[n + 1 : n + 2] == ["i"]


def turns_again(words: Sequence[Token]) -> bool:
    """Whether a later part still has the order of a question: "..., and what would it cost"."""
    return any(
        a.lower_ in WH and (b.tag_ == "MD" or b.pos_ == "AUX") and c.tag_ == "PRP"
        for a, b, c in zip(words, words[1:], words[2:], strict=False)
    )
