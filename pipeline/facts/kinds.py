"""What sort of thing an announcement names: "announced Fair Play" becomes "announced Fair Play, a toolkit"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.facts.reading import FINITE
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import Told, supported
from pipeline.language.phrases import Token, disfluent, lemma
from pipeline.language.said import Said

_KINDS = frozenset(
    "guide guidance handbook toolkit booklet book leaflet pamphlet report paper review survey study census grant fund prize award bursary scholarship "
    "fellowship loan course class training workshop seminar network group club project programme program scheme pilot trial library directory map atlas "
    "app website site page portal newsletter podcast magazine journal series conference congress passport card tool service helpline line hub "
    "competition campaign festival walk ride appeal consultation exhibition film video pack kit poster template database register charter "
    "standard code policy tracker calculator collection archive catalogue catalog gallery fair market exchange swap partnership centre center".split()
)
_JOINS = frozenset({"to", "for", "of", "about", "on"})
LONGEST = 9  # words
_NAME = re.compile(
    r"announced (?P<name>(?:the )?[A-Z][\w'’&-]*(?: (?:[A-Z\d][\w'’&-]*|of|the|and|for|in|on|to|a|with))*)"
)
NEAR = 3  # sentences before and behind the name


def with_kind(told: Told, group: Sequence[Said], meeting: Meeting) -> Told:
    """The same with what it is, where an announcement only gives the name and says what it is in a sentence nearby."""
    found = _NAME.fullmatch(told.predicate)
    if not found or any(w.lower().rstrip("s") in _KINDS for w in found["name"].split()):
        return told  # "the Slow Month Fund": the name says it
    near = sorted(
        (s for s in group if abs(s.index - told.said.index) <= NEAR), key=lambda s: abs(s.index - told.said.index)
    )
    for s in near:
        kind = _kind_in(s)
        if kind is None:
            continue
        made = replace(told, predicate=f"{told.predicate}, {kind}", by=None if s is told.said else s)
        whole = Statement(f"{s.who} {made.predicate}", made.evidence, (s.name,) if s.name else ())
        if supported(whole, meeting):
            return made
    return told


def _kind_in(said: Said) -> str | None:
    """ "a guide to setback lines": a noun that names a kind of thing, with its article and what it is to, for or of."""
    tokens = [t for t in said.span if not disfluent(t)]
    for n, t in enumerate(tokens):
        if t.pos_ != "NOUN" or lemma(t) not in _KINDS:
            continue
        first = next((i for i in range(n - 1, max(-1, n - 5), -1) if tokens[i].lower_ in ("a", "an")), None)
        if first is None or any(not _modifies(x) for x in tokens[first + 1 : n]):
            continue
        end = n + 1
        if end < len(tokens) and tokens[end].lower_ in _JOINS:
            end = _end(tokens, end)
        return " ".join(x.text for x in tokens[first:end])
    return None


def _modifies(token: Token) -> bool:
    return token.pos_ in ("ADJ", "NOUN", "PROPN", "NUM") or token.text == "-" or token.tag_ == "VBN"


def _end(tokens: Sequence[Token], start: int) -> int:
    """Where a phrase behind a preposition ends: at its last noun; `start` itself where it holds a verb or somebody of the talk."""
    end = start
    for i in range(start + 1, min(len(tokens), start + LONGEST)):
        t = tokens[i]
        if (
            t.is_punct
            or t.tag_ in FINITE
            or t.pos_ in ("PRON", "SCONJ")
            or t.lower_ in ("i", "we", "you", "our", "my", "your")
        ):
            break
        if t.pos_ in ("NOUN", "PROPN"):
            end = i + 1
    return end
