"""A noun with "'s" that stands for "is" or "has" ("the baker's offered to help"), told apart from an owner."""

import re
from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.language.wording.line import Doubtful, Line, inflected, verb_lemma
from pipeline.language.wording.words import PERFECT

_UNSPLIT = re.compile(r"^\w{2,}['’](?:ll|d|ve|re)$", re.IGNORECASE)
_WITHIN = frozenset({"ADJ", "NUM", "ADV"})


def expand(line: Line, *, past: bool) -> None:
    """Write out "'s" behind a noun where a predicate follows it; raises `Doubtful` for those that were not split."""
    for n, token in enumerate(line.tokens):
        text = token.lower_.replace("’", "'")
        if _UNSPLIT.match(text):
            raise Doubtful
        after = line.tokens[n + 1 : n + 7]
        if (
            text == "'s"
            and n
            and (token.tag_ == "POS" or token.dep_ == "case")
            and not line.is_put(token)
            and _predicate(after)
        ):
            _write(line, token, after, past=past)


def _predicate(after: Sequence[Token]) -> bool:
    """Whether no owned noun follows."""
    if not after or after[0].is_punct:
        return False
    if after[0].pos_ in ("DET", "ADP") or after[0].lower_ in ("not", "got", "been", "back", "only"):
        return True
    for n, token in enumerate(after):
        if token.pos_ in ("NOUN", "PROPN"):
            return False
        if token.pos_ not in _WITHIN and token.tag_ not in ("VBN", "VBG", "VBD"):
            return n > 0
    return after[0].tag_ in ("VBN", "VBG", "VBD") or after[-1].pos_ == "ADJ"


def _write(line: Line, token: Token, after: Sequence[Token], *, past: bool) -> None:
    rest = [t for t in after if t.pos_ != "ADV" or t.lower_ in ("back", "up")]
    done = rest[0] if rest and rest[0].tag_ in ("VBN", "VBD") else None
    has = done is not None and (perfect(done, rest[1:]) or _object_before(token))
    if done is not None and not has and done.dep_ == "acl:relcl":
        raise Doubtful  # "the one that Pat's typed"
    line.put(token, ("had" if past else "has") if has else ("was" if past else "is"))
    if done is not None:
        line.put(done, inflected(verb_lemma(done), "VBN"))


def _object_before(token: Token) -> bool:
    """Whether the subject before "'s" follows a relative pronoun, which is then the object: "one that Pat's typed"."""
    at = token.i - 1
    while at >= 0 and token.doc[at].pos_ in ("NOUN", "PROPN", "DET", "ADJ"):
        at -= 1
    return (
        0 <= at < token.i - 1
        and token.doc[at].lower_ in ("that", "which")
        and token.doc[at].tag_ in ("WDT", "WP", "IN", "DT")
    )


def perfect(done: Token, after: Sequence[Token]) -> bool:
    """Whether a participle behind "'s" is active: what cannot be passive, or what has an object."""
    follows = next((t for t in after if not t.is_punct), None)
    nominal = (
        follows is not None
        and not is_time(follows)
        and (
            follows.pos_ in ("DET", "NUM", "NOUN", "PRON")
            or follows.tag_ == "TO"
            or follows.lower_ in ("if", "whether", "that")
        )
    )
    return verb_lemma(done) in PERFECT or (nominal and done.lower_ not in ("called", "named", "meant", "supposed"))


def is_time(token: Token) -> bool:
    """Whether a noun says when, and is no object: "it's published today", "it's posted every Monday"."""
    return token.dep_ in ("obl:unmarked", "obl:tmod") or (
        token.dep_ == "det" and token.head.dep_ in ("obl:unmarked", "obl:tmod")
    )
