"""The voices of a meeting as an editor meets them: three excerpts, the name that was suggested, and why."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.plain import clean
from pipeline.records import Record, Spoken, Turn, Word
from pipeline.review.working import Working

EXCERPTS = 3
EXCERPT_SECONDS = 12.0
LINE_SECONDS = 45.0  # of a long turn, after which its next sentence is a line of its own
_REASONS = {
    "label": "The platform’s label says so.",
    "introduction": "Introduces themselves.",
    "handover": "The chair hands over to them.",
    "address": "Is spoken to by this name.",
    "roster": "Is the one on the roster that is left.",
    "editor": "You, or another editor, said so.",
}


class Line(Record):
    """A line of the transcript: a turn, or a sentence or more of a long one."""

    start: float
    end: float
    voice: str
    name: str | None
    named_by: str | None
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(w.text for w in self.words)


class Excerpt(Record):
    """A piece of a voice to listen to."""

    start: float
    end: float
    text: str


class Voice(Record):
    """A voice and who it is held to be. `names` are all who are named in it, the one who speaks most first."""

    key: str
    label: str
    seconds: float
    lines: int
    name: str | None
    names: tuple[str, ...]
    named_by: str | None
    reason: str
    confidence: float
    evidence: str
    evidence_start: float | None
    excerpts: tuple[Excerpt, ...]


def lines_of(working: Working) -> list[Line]:
    """The transcript as lines, in order."""
    return [line for turn, at in zip(working.turns, working.origins, strict=True) for line in _lines(turn, at, working)]


def _lines(turn: Turn, at: int, working: Working) -> Iterator[Line]:
    key, held = voice_key(working.base.turns[at]), list[Word]()
    for word in turn.words:
        held.append(word)
        if word.end - held[0].start > LINE_SECONDS and word.text[-1:] in ".?!":
            yield _line(turn, key, held)
            held = []
    if held:
        yield _line(turn, key, held)


def _line(turn: Turn, key: str, words: Sequence[Word]) -> Line:
    start = turn.start if words[0] is turn.words[0] else words[0].start
    end = turn.end if words[-1] is turn.words[-1] else words[-1].end
    return Line(
        start=start, end=max(start, end), voice=key, name=turn.name, named_by=turn.named_by, words=tuple(words)
    )  # fmt: skip


def voice_key(turn: Turn) -> str:
    """What a turn's voice is called: as the machine numbers it, else as the platform named it, else nothing."""
    return turn.voice or clean(turn.name or "") or "unnamed"


def stretches_of(key: str, working: Working) -> tuple[tuple[float, float], ...]:
    """When a voice speaks."""
    return tuple((t.start, t.end) for t in working.base.turns if voice_key(t) == key)


def voices_of(working: Working) -> list[Voice]:
    """Every voice, in order of first appearance; the lines of nobody come last."""
    keyed = [(voice_key(working.base.turns[at]), t) for t, at in zip(working.turns, working.origins, strict=True)]
    order = {key: n for n, key in enumerate(dict.fromkeys(k for k, _ in keyed))}
    keyed.sort(key=lambda kt: (kt[0] == "unnamed", order[kt[0]]))
    return [_voice(key, [t for _, t in turns], working) for key, turns in groupby(keyed, key=lambda kt: kt[0])]


def _voice(key: str, turns: list[Turn], working: Working) -> Voice:
    seconds: dict[str, float] = {}
    for t in turns:
        if t.name:
            seconds[t.name] = seconds.get(t.name, 0.0) + t.end - t.start
    names = tuple(sorted(seconds, key=lambda n: -seconds[n]))
    name = names[0] if names else None
    first = next((t for t in turns if t.name == name), turns[0])
    said = next((e for s in working.speakers if s.name == name for e in s.evidence if isinstance(e, Spoken)), None)
    by_label = key not in {t.voice for t in turns}
    return Voice(
        key=key,
        label="Lines without a name" if key == "unnamed" else key if not by_label else f"“{key}”",
        seconds=sum(t.end - t.start for t in turns),
        lines=len(turns),
        name=name,
        names=names,
        named_by=first.named_by if name else None,
        reason=_REASONS.get(first.named_by or "", "") if name else "Nothing in the meeting says who this is.",
        confidence=first.confidence,
        evidence=said.words if said and name else "",
        evidence_start=said.start if said and name else None,
        excerpts=tuple(_excerpts(turns)),
    )


def _excerpts(turns: list[Turn]) -> Iterator[Excerpt]:
    """Three of the longest turns, the beginning of each, in time order."""
    longest = sorted((t for t in turns if t.words), key=lambda t: t.start - t.end)[:EXCERPTS]
    for turn in sorted(longest, key=lambda t: t.start):
        words = [w for w in turn.words if w.end - turn.words[0].start <= EXCERPT_SECONDS] or [turn.words[0]]
        cut = " …" if len(words) < len(turn.words) else ""
        yield Excerpt(start=words[0].start, end=words[-1].end, text=" ".join(w.text for w in words) + cut)
