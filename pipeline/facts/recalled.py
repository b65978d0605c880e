"""Values that their speaker puts right long after: "I said 41 percent. It's 31.", "it was 46 appointments, not 44"."""

import re
from collections.abc import Iterator, Sequence

from pipeline.facts.values import Value, differing, values_of
from pipeline.language.phrases import ends_asking
from pipeline.language.said import Said

_RECALLS = re.compile(r"\bi(?:'ve| have| had| think i| just)? (?:said|told you|gave you)\b")
_MENDS = re.compile(
    r"\b(?:sorry|wrong|correct\w*|misread|apolog\w+|actually|in fact|right|it's|it is|it was|should|average)\b"
)
_NOT = re.compile(r"\bnot (?P<wrong>[\w.,]+)")
LOOKS = 5  # sentences behind "I said ..." in which the right value comes
FEW = 3  # sentences that have the wrong one; more of them speak of more than one thing

Found = tuple[int, tuple[tuple[str, str], ...], Said]


def recalled(said: Sequence[Said]) -> Iterator[Found]:
    """Which earlier sentences of the same speaker are put right, each with its wrong and right values and who says so."""
    for s in said:
        for pairs, by in (*_recalling(s, said), *_not_that(s)):
            wrong = {old for old, _ in pairs}
            earlier = [
                x for x in said[: s.index] if x.who == s.who and values_of(x.text) & wrong and not ends_asking(x.text)
            ]
            for x in earlier if len(earlier) <= FEW else ():
                yield x.index, tuple((o[1], n[1]) for o, n in pairs if o in values_of(x.text)), by


def _recalling(said: Said, all_said: Sequence[Said]) -> Iterator[tuple[list[tuple[Value, Value]], Said]]:
    """ "I said 22 and 24. ... it's 21 and 25." """
    wrong = _telling(values_of(said.text))
    if not _RECALLS.search(said.plain) or not wrong:
        return
    following = [x for x in all_said[said.index + 1 : said.index + 1 + LOOKS] if x.turn == said.turn]
    for x in following:
        right = _telling(values_of(x.text)) - wrong
        pairs = _in_order(wrong, right) or differing(wrong, right)
        if pairs and _MENDS.search(x.plain):
            yield pairs, x
            return


def _not_that(said: Said) -> Iterator[tuple[list[tuple[Value, Value]], Said]]:
    """ "And it was 46 appointments, now I think of it, not 44." """
    for m in _NOT.finditer(said.plain):
        wrong = _telling(values_of(m["wrong"]))
        right = _telling(values_of(_NOT.sub(" ", said.plain)))
        if len(wrong) == 1 and len(right) == 1 and (pairs := differing(wrong, right)):
            yield pairs, said


def _in_order(wrong: frozenset[Value], right: frozenset[Value]) -> list[tuple[Value, Value]]:
    """Several values and as many for them: the smaller one for the smaller one."""
    if len(wrong) != len(right) or {k for k, _ in (*wrong, *right)} != {"number"}:
        return []
    return list(zip(*(sorted(side, key=lambda v: float(v[1])) for side in (wrong, right)), strict=True))


def _telling(values: frozenset[Value]) -> frozenset[Value]:
    """Without figures of one digit, which stand for too much."""
    return frozenset(v for v in values if v[0] in ("weekday", "month") or len(v[1]) > 1)
