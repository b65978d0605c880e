"""Edits of the conversation: who speaks in a stretch of time, other words at a place or everywhere. Pure functions."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from pipeline.plain import clean
from pipeline.records import Turn, Word
from pipeline.review.edits import Stretch

_EDGES = re.compile(r"^(\W*)(.*?)((?:['’]s)?\W*)$", re.DOTALL)


# ---- who speaks ------------------------------------------------------------------------------------------------------


class Named(NamedTuple):
    """Turns after a stretch was given a name."""

    turns: list[Turn]
    origins: list[int]  # of each turn: which of the turns before it is, or is a part of
    before: list[tuple[Stretch, str | None]]  # the stretches that changed, and who was named there


def name_stretches(turns: Sequence[Turn], spans: Sequence[Stretch], name: str | None) -> Named:
    """The turns with `name` in those stretches, cut where a stretch begins inside one.

    A stretch that is exactly a turn means that turn only, though somebody else may talk at the same time.
    """
    exact = {_key(t.start, t.end) for t in turns} & {_key(*span) for span in spans}
    rest = _joined([span for span in spans if _key(*span) not in exact])
    made = Named([], [], [])
    for at, turn in enumerate(turns):
        parts = [(True, turn)] if _key(turn.start, turn.end) in exact else list(_cut(turn, rest))
        for inside, part in parts:
            if inside:
                made.before.append(((part.start, part.end), part.name))
            made.turns.append(_named(part, name) if inside else part)
            made.origins.append(at)
    return made


def _key(start: float, end: float) -> tuple[int, int]:
    return round(start * 1000), round(end * 1000)


def _joined(spans: Sequence[Stretch]) -> list[Stretch]:
    """The same time as disjoint stretches in order."""
    made: list[Stretch] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made


def _named(turn: Turn, name: str | None) -> Turn:
    return turn.model_copy(
        update={"name": name, "confidence": 1.0 if name else 0.0, "named_by": "editor" if name else None}
    )


def _cut(turn: Turn, spans: list[Stretch]) -> Iterator[tuple[bool, Turn]]:
    """The turn in one piece or several, each inside or outside of the stretches, by the middle of its words."""
    first, last = bisect_left(spans, (turn.start, 0.0)), bisect_left(spans, (turn.end, 0.0))
    near = [s for s in spans[max(0, first - 1) : last] if s[1] > turn.start]
    if not near or not turn.words:
        yield bool(near), turn
        return
    runs = [(inside, tuple(words)) for inside, words in groupby(turn.words, key=lambda w: _covers(near, w))]
    if len(runs) == 1:
        yield runs[0][0], turn
        return
    for at, (inside, words) in enumerate(runs):
        start = turn.start if at == 0 else words[0].start
        end = turn.end if at == len(runs) - 1 else words[-1].end
        yield inside, turn.model_copy(update={"start": start, "end": max(start, end), "words": words})


def _covers(spans: Sequence[Stretch], word: Word) -> bool:
    middle = (word.start + word.end) / 2
    return any(start <= middle <= end for start, end in spans)


# ---- other words -------------------------------------------------------------------------------------------------------


def replace_at(turns: Sequence[Turn], start: float, end: float, before: str, after: str) -> list[Turn]:
    """The turns with the words whose middle lies in [start, end] replaced; untouched where they read so already.

    Where several people talk in that time, it is the words that read `before`, or come closest to it.
    """
    places = [(n, *place) for n, t in enumerate(turns) if (place := _inside(t, start, end))]
    read = {n: " ".join(w.text for w in turns[n].words[first:last]) for n, first, last in places}
    made = list(turns)
    if after in read.values() and before not in read.values():
        return made
    for n, first, last in sorted(places, key=lambda p: -_alike(read[p[0]], before))[:1]:
        words = turns[n].words
        new = _spread(after.split(), words[first:last])
        made[n] = turns[n].model_copy(update={"words": (*words[:first], *new, *words[last:])})
    return made


def _inside(turn: Turn, start: float, end: float) -> tuple[int, int] | None:
    """Which words of a turn have their middle between two moments, as [first, last)."""
    if turn.end < start or turn.start > end:
        return None
    found = [n for n, w in enumerate(turn.words) if start - 1e-3 <= (w.start + w.end) / 2 <= end + 1e-3]
    return (found[0], found[-1] + 1) if found else None


def _alike(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()


def replace_everywhere(turns: Sequence[Turn], before: str, after: str) -> list[Turn]:
    """The turns with every `before` replaced; punctuation and a possessive s around it stay."""
    made = []
    for turn in turns:
        places = places_of(turn.words, before, after)
        words = list(turn.words)
        for first, last in reversed(places):
            words[first:last] = _spread(dressed([w.text for w in words[first:last]], after), words[first:last])
        made.append(turn.model_copy(update={"words": tuple(words)}) if places else turn)
    return made


def places_of(words: Sequence[Word], before: str, after: str | None = None) -> list[tuple[int, int]]:
    """Where `before` stands, as [first, last) indices; not inside of an `after` that is there already."""
    wanted = _plain(before.split())
    if not wanted:
        return []
    plain = [core_of(w.text) for w in words]
    there = _runs(plain, _plain(after.split())) if after else []
    same = after is not None and _plain(after.split()) == wanted  # another case or hyphen only
    found = []
    for first, last in _runs(plain, wanted):
        inside = any(a <= first and last <= b for a, b in there)
        written = " ".join(_bare(w.text) for w in words[first:last])
        if written != after if same else not inside:
            found.append((first, last))
    return found


def _runs(plain: Sequence[str], wanted: Sequence[str]) -> list[tuple[int, int]]:
    size, found, at = len(wanted), [], 0
    if not size:
        return []
    while at + size <= len(plain):
        if list(plain[at : at + size]) == list(wanted):
            found.append((at, at + size))
            at += size
        else:
            at += 1
    return found


def _plain(words: Sequence[str]) -> list[str]:
    return [core_of(w) for w in words]


def core_of(word: str) -> str:
    """A word without punctuation, possessive s and capitals."""
    return _bare(word).casefold()


def _bare(word: str) -> str:
    match = _EDGES.match(word)
    return match.group(2) if match and match.group(2) else word


def dressed(old: Sequence[str], after: str) -> list[str]:
    """New words with what stood before the first and behind the last of the old ones."""
    first, last = _EDGES.match(old[0]), _EDGES.match(old[-1])
    return f"{first.group(1) if first else ''}{after}{last.group(3) if last else ''}".split()


def _spread(texts: Sequence[str], old: Sequence[Word]) -> list[Word]:
    """New words over the time of the old ones: word for word, else in proportion to their letters."""
    if len(texts) == len(old):
        return [
            w if w.text == t else w.model_copy(update={"text": t, "probability": 1.0})
            for t, w in zip(texts, old, strict=True)
        ]
    start, end = old[0].start, old[-1].end
    total = sum(len(t) for t in texts) or 1
    made, at = [], start
    for text in texts:
        until = at + (end - start) * len(text) / total
        made.append(Word(text=text, start=at, end=min(until, end), probability=1.0))
        at = min(until, end)
    return made


def replace_in_text(text: str, before: str, after: str) -> str:
    """A text with every `before` replaced, as `replace_everywhere` does with words."""
    wanted = [re.escape(part) for part in before.split()]
    if not wanted:
        return text
    found = re.compile(r"(?<!\w)" + r"\s+".join(wanted) + r"(?!\w)", re.IGNORECASE)
    there = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(after)}(?!\w)", text)] if after else []

    def put(match: re.Match[str]) -> str:
        inside = any(a <= match.start() and match.end() <= b for a, b in there)
        return match.group() if inside else after

    return clean(found.sub(put, text)) if found.search(text) else text
