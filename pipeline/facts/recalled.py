"""Values that their speaker puts right long after: "I said 41 percent. It's 31.", "it was 46 appointments, not 44"."""

import re
from collections.abc import Iterator, Sequence

from pipeline.facts.values import Value, differing, telling, values_of
from pipeline.language.phrases import ends_asking
from pipeline.language.said import Said

_RECALLS = re.compile(r"(?<!as )(?<!like )\bi(?:'ve| have| had| think i| just)? (?:said|told you|gave you)\b")
# Without such a word, "I said 40. It was 60 the year before." and "46, not the 20 we hoped for" put nothing right.
_MENDS = re.compile(
    r"\b(?:sorry|wrong|correct(?:ion|ed|ing)?|misread|misspoke|apolog\w+|mistake|let me go back|(?:he|she|you|they)(?:'s|'re| is| are) right|"
    r"now (?:that )?i (?:think|look|see))\b"
)
_NOT = re.compile(r"\bnot (?P<wrong>[\w.,]+)")
LOOKS = 5  # sentences behind "I said ..." in which the right value comes
AROUND = 2  # sentences before it in which somebody says that something was wrong
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
    wrong = telling(values_of(said.text))
    if not _RECALLS.search(said.plain) or not wrong:
        return
    near = all_said[max(0, said.index - AROUND) : said.index + 1 + LOOKS]
    if not any(x.turn == said.turn and _MENDS.search(x.plain) for x in near):
        return
    for x in (x for x in near if x.index > said.index and x.turn == said.turn):
        right = telling(values_of(x.text)) - wrong
        pairs = _in_order(wrong, right) or differing(wrong, right)
        if pairs:
            yield pairs, x
            return


def _not_that(said: Said) -> Iterator[tuple[list[tuple[Value, Value]], Said]]:
    """ "And it was 46 appointments, now I think of it, not 44." """
    for m in _NOT.finditer(said.plain) if _MENDS.search(said.plain) else ():
        wrong = telling(values_of(m["wrong"]))
        right = telling(values_of(_NOT.sub(" ", said.plain)))
        if len(wrong) == 1 and len(right) == 1 and (pairs := differing(wrong, right)):
            yield pairs, said


def _in_order(wrong: frozenset[Value], right: frozenset[Value]) -> list[tuple[Value, Value]]:
    """Several values and as many for them: the smaller one for the smaller one."""
    if len(wrong) != len(right) or {k for k, _ in (*wrong, *right)} != {"number"}:
        return []
    return list(zip(*(sorted(side, key=lambda v: float(v[1])) for side in (wrong, right)), strict=True))
