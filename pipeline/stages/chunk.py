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

MARGIN = 0.2  # s of sound kept before and after the speech in a window


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
        yield from pack(self._short(), longest=self.longest, duration=lambda: self.duration)

    def _short(self) -> Iterator[Span]:
        """The spoken spans, those longer than a window cut in their longest pauses."""
        for span in self.listener.speech_spans(self.read, heard=self._heard):
            self.speech.append(span)
            yield from shorter(span, self.read, room=self.longest - 2 * MARGIN)

    def _heard(self, time: float) -> None:
        self.duration = time
        self.progress.advance(time, max(self.total or time, time))


@dataclass(frozen=True)
class CutChunks:
    """Takes `Audio`, gives `Chunks` of at most `longest` seconds; `InputError` where nobody speaks."""

    listener: Listener
    longest: float = 30.0
    name: ClassVar[str] = "chunk"
    version: ClassVar[int] = 2

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


def shorter(span: Span, read: Read, *, room: float) -> Iterator[Span]:
    """The span in parts of at most `room` seconds, cut in the longest pause of each part's second half."""
    start = span.start
    while span.end - start > room:
        # Not in the first half: windows are to be full.
        gap = sound.longest_quiet_gap(read(start, start + room), after=room / 2)
        cut = round(start + (gap[0] + gap[1]) / 2, 3)
        yield Span(start=start, end=cut)
        start = cut
    yield Span(start=start, end=span.end)


def pack(spans: Iterable[Span], *, longest: float, duration: Callable[[], float]) -> Iterator[Chunk]:
    """Windows over the spans, as full as possible, each beginning and ending in a pause.

    A window that could take one span more or one less ends at the longer pause, as long as it stays two thirds full.
    `duration` is asked when the spans are exhausted.
    """
    coming, todo, before = iter(spans), list[Span](), 0.0
    while True:
        more = _fill(todo, coming, longest)
        if not todo:
            return
        count = _fitting(todo, longest)
        taken, todo = todo[:count], todo[count:]
        after = todo[0].start if todo else duration()
        start = max(before, taken[0].start - MARGIN, 0.0)
        end = min(taken[-1].end + MARGIN, (taken[-1].end + after) / 2 if todo else after)
        end = round(max(end, taken[-1].end), 3)
        yield Chunk(start=round(start, 3), end=end, speech=tuple(taken))
        before = end
        if not (todo or more):
            return


def _fill(todo: list[Span], coming: Iterator[Span], longest: float) -> bool:
    """Take spans until one does not fit into the window; False when there are no more."""
    while len(todo) < 2 or todo[-1].end - todo[0].start + MARGIN <= longest - MARGIN:
        span = next(coming, None)
        if span is None:
            return False
        todo.append(span)
    return True


def _fitting(spans: list[Span], longest: float) -> int:
    start, room = spans[0].start - MARGIN, longest - MARGIN
    count = 1
    while count < len(spans) and spans[count].end - start <= room:
        count += 1
    if count == len(spans):
        return count
    full = [n for n in range(1, count + 1) if spans[n - 1].end - start >= 2 / 3 * room]
    return max(full or [count], key=lambda n: (min(spans[n].start - spans[n - 1].end, 1.0), n))
