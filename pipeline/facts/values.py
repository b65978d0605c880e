"""The values that a sentence has (figures, days, months), and which of a later one may stand for which of them."""

import re
from functools import lru_cache

from pipeline.language.wording.words import DAYS, MONTHS
from pipeline.measures.normalise import KEPT, sums_of, whole_hundreds, words_of

Value = tuple[str, str]  # what it is ("number", "day", "month", "weekday"), and which
SCALE = 2.2  # times by which a figure that was put right differs at most from the right one
LONG = 4  # digits of a figure of which the first may have been forgotten


@lru_cache(maxsize=KEPT)
def values_of(text: str) -> frozenset[Value]:
    """The numbers, days of a month, months and days of the week in a text."""
    words = words_of(whole_hundreds(text))
    sums = sums_of(text)
    found: set[Value] = {("number", total) for total in sums}
    parts = {part for total in sums for part in total.split(".")}
    for n, w in enumerate(words):
        near = {*words[max(0, n - 2) : n], *words[n + 1 : n + 3]}
        if (w in MONTHS and w not in ("may", "march")) or (
            w in ("may", "march") and any(x[:1].isdigit() for x in near)
        ):
            found.add(("month", w))
        elif w in DAYS:
            found.add(("weekday", w))
        elif w not in parts and (number := re.fullmatch(r"(\d+(?:\.\d+)?)(st|nd|rd|th)?", w)):
            day = number[2] or (near & MONTHS and float(number[1]) <= LAST_DAY)
            half = ".5" if words[n + 1 : n + 4] == ["and", "a", "half"] else ""
            found.add(("day" if day else "number", number[1] + half))
    return frozenset(found)


LAST_DAY = 31


def differing(old: frozenset[Value], new: frozenset[Value]) -> list[tuple[Value, Value]]:
    """Which values of a later sentence may stand for which of an earlier one: of the same kind and size."""
    pairs: list[tuple[Value, Value]] = []
    kinds_of_old, kinds_of_new = ({k for k, _ in side} for side in (old, new))
    for kind in ("weekday", "day", "month", "number"):
        if kind == "month" and "day" in kinds_of_new - kinds_of_old:
            continue  # "in June" is not put right by "the 25th of September"
        was, now = ([v for v in sorted(side) if v[0] == kind] for side in (old - new, new - old))
        if kind == "day" and not kinds_of_old & {"month", "weekday"}:
            was = [v for v in was if len(v[1]) > 1]  # "a third country" is no day
        fit = [(o, n) for o in was for n in now if kind != "number" or _of_a_size(o[1], n[1])]
        if kind == "day" and len(was) == len(now) > 1:  # "from the fifth to the seventh" - "the fourth to the sixth"
            pairs += zip(*(sorted(side, key=lambda v: _size(v[1])) for side in (was, now)), strict=True)
        elif fit:
            pairs.append(min(fit, key=lambda p: abs(_size(p[0][1]) - _size(p[1][1]))))
    return pairs


def one_changed(old: frozenset[Value], new: frozenset[Value]) -> list[tuple[Value, Value]]:
    """ "Nine till twelve" - "nine till one": said over with one value changed, whatever its size."""
    old, new = (frozenset(v for v in side if v[0] == "number") for side in (old, new))
    was, now = old - new, new - old
    return [(*was, *now)] if old & new and len(was) == len(now) == 1 else []  # type: ignore[list-item]


def may_be_meant(old: frozenset[Value], new: frozenset[Value]) -> bool:
    """Whether a later sentence may be about these values: it says one over, or has one that may stand for one of them."""
    return bool(old & new) or bool(differing(old, new))


def _of_a_size(one: str, other: str) -> bool:
    a, b = _size(one), _size(other)
    forgot = min(len(one), len(other)) >= LONG and (
        one.endswith(other) or other.endswith(one)
    )  # "80,000" for "180,000"
    return a > 0 and b > 0 and (forgot or 1 / SCALE <= a / b <= SCALE)


def _size(number: str) -> float:
    return float(number) if re.fullmatch(r"\d+(?:\.\d+)?", number) else 0.0


def telling(values: frozenset[Value]) -> frozenset[Value]:
    """Without figures of one digit, which stand for too much: "one small thing", "the first talk"."""
    return frozenset(v for v in values if v[0] in ("weekday", "month") or len(v[1]) > 1)
