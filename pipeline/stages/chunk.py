"""From the sound to the windows in which it is recognised, cut in pauses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Protocol

from pipeline import sound
from pipeline.errors import InputError
from pipeline.progress import Progress
from pipeline.records import Audio, Chunk, Chunks, Span
from pipeline.sound import Samples
from pipeline.stages import Work

Read = Callable[[float, float], Samples]  # the samples of [start, end) seconds

MARGIN = 0.2  # s of sound kept before and after the speech in a window


class Listener(Protocol):
    """Finds where somebody speaks."""

    def speech_spans(self, read: Read, duration: float, *, progress: Progress) -> tuple[Span, ...]:
        """The spoken spans of a recording that is read piece by piece."""
        ...

    def speech_rules(self) -> dict[str, object]:
        """Which model and which thresholds find them."""
        ...


@dataclass(frozen=True)
class CutChunks:
    """Takes `Audio`, gives `Chunks` of at most `longest` seconds; `InputError` where nobody speaks."""

    listener: Listener
    longest: float = 30.0
    name: ClassVar[str] = "chunk"
    version: ClassVar[int] = 1

    def settings(self) -> dict[str, object]:
        """Who listened, and how long a window may be."""
        return {"listener": self.listener.speech_rules(), "longest": self.longest}

    def __call__(self, audio: Audio, work: Work) -> Chunks:
        """Find the speech and pack it into windows."""
        pcm = work.folder / audio.pcm

        def read(start: float, end: float) -> Samples:
            return sound.samples(pcm, start, end)

        speech = self.listener.speech_spans(read, audio.duration, progress=work.progress)
        if not speech:
            raise InputError(
                "The recording has no speech: nobody is heard in it.",
                do="Check that the right file and the right audio track were recorded.",
            )
        windows = pack(self._short(speech, read), longest=self.longest, duration=audio.duration)
        chunks = tuple(Chunk(start=a, end=b, speech=within(speech, a, b)) for a, b in windows)
        return Chunks(meeting=audio.meeting, audio=audio, speech=speech, chunks=chunks)

    def _short(self, speech: tuple[Span, ...], read: Read) -> Iterator[Span]:
        """The spans, those longer than a window cut in their longest pauses."""
        room = self.longest - 2 * MARGIN
        for span in speech:
            start = span.start
            while span.end - start > room:
                # Not in the first half: windows are to be full.
                gap = sound.longest_quiet_gap(read(start, start + room), after=room / 2)
                cut = round(start + (gap[0] + gap[1]) / 2, 3)
                yield Span(start=start, end=cut)
                start = cut
            yield Span(start=start, end=span.end)


def pack(spans: Iterator[Span], *, longest: float, duration: float) -> list[tuple[float, float]]:
    """Windows over the spans, as full as possible, each beginning and ending in a pause.

    A window that could take one span more or one less ends at the longer pause, as long as it stays two thirds full.
    """
    todo = list(spans)
    windows: list[tuple[float, float]] = []
    while todo:
        count = _fitting(todo, longest)
        taken, todo = todo[:count], todo[count:]
        before = windows[-1][1] if windows else 0.0
        after = todo[0].start if todo else duration
        start = max(before, taken[0].start - MARGIN, 0.0)
        end = min(taken[-1].end + MARGIN, (taken[-1].end + after) / 2 if todo else after, duration)
        windows.append((round(start, 3), round(max(end, taken[-1].end), 3)))
    return windows


def _fitting(spans: list[Span], longest: float) -> int:
    start, room = spans[0].start - MARGIN, longest - MARGIN
    count = 1
    while count < len(spans) and spans[count].end - start <= room:
        count += 1
    if count == len(spans):
        return count
    full = [n for n in range(1, count + 1) if spans[n - 1].end - start >= 2 / 3 * room]
    return max(full or [count], key=lambda n: (min(spans[n].start - spans[n - 1].end, 1.0), n))


def within(speech: tuple[Span, ...], start: float, end: float) -> tuple[Span, ...]:
    """The parts of the spans that lie in [start, end)."""
    cut = ((max(s.start, start), min(s.end, end)) for s in speech)
    return tuple(Span(start=a, end=b) for a, b in cut if b > a)
