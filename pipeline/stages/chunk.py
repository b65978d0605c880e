"""From the sound to the windows in which it is recognised, cut in pauses, each as soon as it is known."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from pipeline import sound
from pipeline.errors import InputError
from pipeline.progress import Progress
from pipeline.records import Audio, Chunk, Chunks, Span
from pipeline.sound import Read
from pipeline.stages import Work
from pipeline.windows import MARGIN, length_of

NEARLY_FULL = 0.94  # share of a window from which any of the pauses there will do to end it
FULL_ENOUGH = 0.8  # share from which a pause inside a span is better than an emptier window
INNER_PAUSE = 0.15  # s that a pause inside a span must last to be cut in: the closure of a "t" or "k" is shorter
CONTEXT = 10.0  # s of sound by which it is told what is quiet


class Listener(Protocol):
    """Finds where somebody speaks."""

    def speech_spans(self, read: Read, *, heard: Callable[[float], None]) -> Iterator[Span]:
        """The spoken spans of a recording that is read piece by piece, each as soon as it is certain.

        `heard` is told up to which second the recording was listened to; the last it is told is its length.
        """
        ...

    def speech_rules(self) -> dict[str, object]:
        """Which model and which thresholds find them."""
        ...


@dataclass
class Cutting:
    """One recording being cut: its windows in order, and, once they are all taken, the speech that was found."""

    listener: Listener
    longest: float
    read: Read
    progress: Progress
    total: float | None  # s, what the recording is believed to last
    speech: list[Span] = field(default_factory=list)
    duration: float = 0.0

    def windows(self) -> Iterator[Chunk]:
        """Each window as soon as nothing that follows can change it."""
        yield from pack(self._spans(), self.read, longest=self.longest, duration=lambda: self.duration)

    def _spans(self) -> Iterator[Span]:
        for span in self.listener.speech_spans(self.read, heard=self._heard):
            self.speech.append(span)
            yield span

    def _heard(self, time: float) -> None:
        self.duration = time
        self.progress.advance(time, max(self.total or time, time))


@dataclass(frozen=True)
class CutChunks:
    """Takes `Audio`, gives `Chunks` of at most `longest` seconds; `InputError` where nobody speaks."""

    listener: Listener
    longest: float = 30.0
    name: ClassVar[str] = "chunk"
    version: ClassVar[int] = 3

    def settings(self) -> dict[str, object]:
        """Who listened, and how long a window may be."""
        return {"listener": self.listener.speech_rules(), "longest": self.longest}

    def cutting(self, read: Read, progress: Progress, total: float | None = None) -> Cutting:
        """Begin to cut a recording that may still be being decoded."""
        return Cutting(self.listener, self.longest, read, progress, total)

    def __call__(self, audio: Audio, work: Work) -> Chunks:
        """Find the speech and pack it into windows."""
        cutting = self.cutting(sound.reader(work.folder / audio.pcm), work.progress, audio.duration)
        return self.gathered(audio, list(cutting.windows()), cutting)

    def gathered(self, audio: Audio, windows: list[Chunk], cutting: Cutting) -> Chunks:
        """The record of a recording that was cut to its end."""
        if not windows:
            raise InputError(
                "The recording has no speech: nobody is heard in it.",
                do="Check that the right file and the right audio track were recorded.",
            )
        return Chunks(meeting=audio.meeting, audio=audio, speech=tuple(cutting.speech), chunks=tuple(windows))


def pack(spans: Iterable[Span], read: Read, *, longest: float, duration: Callable[[], float]) -> Iterator[Chunk]:
    """Windows over the spans, as full as possible, each beginning and ending in a pause.

    A window holds at most `longest` seconds as the recogniser gets it, its long pauses shortened. `duration` is asked
    when the spans are exhausted.
    """
    coming, todo, before = iter(spans), list[Span](), 0.0
    room = longest - 2 * MARGIN
    while True:
        sticks_out = _fill(todo, coming, room)
        if not todo:
            return
        taken, todo = _divided(todo, read, room) if sticks_out else (todo, [])
        after = todo[0].start if todo else duration()
        start = max(before, taken[0].start - MARGIN, 0.0)
        end = min(taken[-1].end + MARGIN, (taken[-1].end + after) / 2 if todo else after)
        end = round(max(end, taken[-1].end), 3)
        yield Chunk(start=round(start, 3), end=end, speech=tuple(taken))
        before = end


def _fill(todo: list[Span], coming: Iterator[Span], room: float) -> bool:
    """Take spans until one sticks out of the window; False when there are no more."""
    while length_of(todo) <= room:
        span = next(coming, None)
        if span is None:
            return False
        todo.append(span)
    return True


def _divided(spans: list[Span], read: Read, room: float) -> tuple[list[Span], list[Span]]:
    """What the window takes of spans whose last one sticks out, and what it leaves.

    It ends in the longest of the pauses near its end; where there is none, in a short pause inside the last span.
    """
    whole = range(1, len(spans))
    near = [n for n in whole if length_of(spans[:n]) >= NEARLY_FULL * room]
    if near:
        count = max(near, key=lambda n: (min(spans[n].start - spans[n - 1].end, 1.0), n))
        return spans[:count], spans[count:]
    *fitting, last = spans
    limit = last.end - (length_of(spans) - room)
    cut = _inner_pause(last, read, limit - (1 - NEARLY_FULL) * room, limit) or _inner_pause(
        last, read, limit - (1 - FULL_ENOUGH) * room, limit
    )
    if cut is None and fitting:
        return fitting, [last]
    cut = cut or _quietest(last, read, limit)
    return [*fitting, Span(start=last.start, end=cut)], [Span(start=cut, end=last.end)]


def _inner_pause(span: Span, read: Read, earliest: float, latest: float) -> float | None:
    """The middle of the longest pause of the span in that time, if one is long enough not to be inside a word."""
    earliest = max(earliest, span.start + MARGIN)
    if latest - earliest < INNER_PAUSE:
        return None
    start = max(span.start, latest - CONTEXT)
    gap = sound.longest_quiet_gap(read(start, latest), after=earliest - start)
    return round(start + (gap[0] + gap[1]) / 2, 3) if gap[1] - gap[0] >= INNER_PAUSE else None


def _quietest(span: Span, read: Read, latest: float) -> float:
    """Where a span that fills a window alone, without any pause near its end, is cut: in its second half."""
    gap = sound.longest_quiet_gap(read(span.start, latest), after=(latest - span.start) / 2)
    return round(span.start + (gap[0] + gap[1]) / 2, 3)
