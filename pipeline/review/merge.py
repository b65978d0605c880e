"""Finding a statement again in a draft that was made anew: the third way of the merge.

What nobody touched takes the new wording; what the editor worded, accepted or dropped is found by its place, its
evidence and its words, and the editor's decision stands. What is not found again is kept where it stood.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from pipeline.records import Evidence, FromEvent, Point, SectionKind, Spoken

ALIKE = 0.5  # from which on two statements are the same one, told anew


def likeness(one: Point, other: Point) -> float:
    """How sure it is that `other` is `one` told anew, 0 to 1: half by the words, half by the evidence."""
    words = SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False).ratio()
    return 0.5 * words + 0.5 * _shared(one.evidence, other.evidence)


def _shared(one: Sequence[Evidence], other: Sequence[Evidence]) -> float:
    """Share of the evidence that two statements have in common, by time, or by keys where nothing was said."""
    first = [e for e in one if isinstance(e, Spoken)]
    second = [e for e in other if isinstance(e, Spoken)]
    if not first and not second:
        keys = {e.event for e in one if isinstance(e, FromEvent)}, {e.event for e in other if isinstance(e, FromEvent)}
        return len(keys[0] & keys[1]) / len(keys[0] | keys[1]) if keys[0] | keys[1] else 0.0
    common = sum(max(0.0, min(a.end, b.end) - max(a.start, b.start)) for a in first for b in second)
    whole = sum(e.end - e.start for e in first) + sum(e.end - e.start for e in second)
    return min(1.0, 2 * common / whole) if whole else 0.0


def find_again(candidates: Sequence[tuple[SectionKind, Point]], kind: SectionKind, point: Point) -> int | None:
    """Which of the candidates is the statement, None when none is like it."""
    same = [n for n, (_, p) in enumerate(candidates) if p.text == point.text and p.id == point.id]
    if same:
        return same[0]
    scored = [(likeness(point, p) + (0.1 if k == kind else 0.0), -n) for n, (k, p) in enumerate(candidates)]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] >= ALIKE + 0.1 else None
