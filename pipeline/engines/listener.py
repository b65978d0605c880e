"""The door to the voice activity detector that comes with faster-whisper: where somebody speaks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
from faster_whisper.vad import get_vad_model
from numpy.typing import NDArray

from pipeline.errors import AfterwordError, EngineError, first_line
from pipeline.records import Span
from pipeline.sound import RATE, Read


def guarded(do: Callable[[], Any]) -> Any:
    """What `do` gives; what faster-whisper raises becomes an `EngineError`."""
    try:
        return do()
    except AfterwordError:
        raise
    except Exception as error:
        raise EngineError(
            f"The recogniser failed: {first_line(error)}.",
            do="Run the same command again: it continues where it stopped. If it fails again, try another --asr.",
        ) from error


@dataclass(frozen=True)
class SpeechListener:
    """Silero's voice activity detector (it comes with faster-whisper), run block by block."""

    threshold: float = 0.35  # a missed word is worse than a noise that is listened to
    pause: float = 0.3  # s: shorter silences stay inside a span
    shortest: float = 0.2  # s: shorter spans are noises
    pad: float = 0.15  # s added on either side, where there is room

    STEP = 512  # samples a frame
    BLOCK = 60.0  # s read at a time
    LEAD = 2.048  # s read before a block, so that the detector has heard something when the block begins

    def speech_rules(self) -> dict[str, object]:
        """What the spans depend on."""
        options = [self.threshold, self.pause, self.shortest, self.pad]
        return {"listener": "silero", "options": options, "faster-whisper": version("faster-whisper")}

    def speech_spans(self, read: Read, *, heard: Callable[[float], None]) -> Iterator[Span]:
        """Where somebody speaks, in order, each span as soon as it is certain.

        `read` gives the samples of [start, end) seconds, fewer only where the recording ends; `heard` is told up to
        which second was listened, at last the recording's length.
        """
        length = 0.0

        def blocks() -> Iterator[NDArray[np.float32]]:
            nonlocal length
            start, more = 0.0, True
            while more:
                probabilities, length, more = self._probabilities(read, start)
                start += self.BLOCK
                heard(length)
                yield probabilities

        runs = self._joined(_runs(blocks(), self.threshold, self.threshold - 0.15))
        yield from self._padded(runs, lambda: length)

    def _probabilities(self, read: Read, start: float) -> tuple[NDArray[np.float32], float, bool]:
        """Speech probabilities of the frames from `start` on, up to which second they go, and whether there is more."""
        lead = min(self.LEAD, start)
        piece = read(start - lead, start + self.BLOCK)
        end = start - lead + len(piece) / RATE
        padded = np.pad(piece, (0, -len(piece) % self.STEP))
        if len(padded) <= round(lead * RATE):
            return np.zeros(0, np.float32), end, False
        probabilities = np.asarray(guarded(lambda: get_vad_model()(padded)), dtype=np.float32).reshape(-1)
        return probabilities[round(lead * RATE) // self.STEP :], end, end >= start + self.BLOCK - 0.5 / RATE

    def _joined(self, runs: Iterator[tuple[int, int]]) -> Iterator[tuple[float, float]]:
        """The runs in seconds, short pauses closed, short runs dropped."""
        frame = self.STEP / RATE
        held: tuple[float, float] | None = None
        for first, last in runs:
            start, end = first * frame, last * frame
            if held and start - held[1] < self.pause:
                held = held[0], end
                continue
            if held and held[1] - held[0] >= self.shortest:
                yield held
            held = start, end
        if held and held[1] - held[0] >= self.shortest:
            yield held

    def _padded(self, runs: Iterator[tuple[float, float]], length: Callable[[], float]) -> Iterator[Span]:
        """The runs with a little sound around them, where there is room between their neighbours."""
        before, held = 0.0, next(runs, None)
        while held:
            following = next(runs, None)
            after = following[0] if following else length()
            start = max(held[0] - min(self.pad, (held[0] - before) / 2), 0.0)
            end = held[1] + min(self.pad, max(after - held[1], 0.0) / 2)
            end = end if following else min(end, length())
            yield Span(start=round(start, 3), end=round(max(end, start), 3))
            before, held = held[1], following


def _runs(blocks: Iterable[NDArray[np.float32]], high: float, low: float) -> Iterator[tuple[int, int]]:
    """Runs of values above `low` that reach `high` somewhere, as index ranges; each begins where it reaches `high`."""
    at = 0
    start: int | None = None
    for block in blocks:
        for value in block.tolist():
            if value < low:
                if start is not None:
                    yield start, at
                start = None
            elif start is None and value >= high:
                start = at
            at += 1
    if start is not None:
        yield start, at


# ---- a fake, for tests -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CannedListener:
    """Finds the speech that it was given: a listener for tests."""

    spans: tuple[Span, ...]

    def speech_rules(self) -> dict[str, object]:
        """What it was given."""
        return {"listener": "canned"}

    def speech_spans(self, read: Read, *, heard: Callable[[float], None]) -> Iterator[Span]:
        """The given spans, cut at the recording's end."""
        duration = 0.0
        while len(piece := read(duration, duration + 60.0)):
            duration += len(piece) / RATE
            heard(duration)
        for span in self.spans:
            if span.start < duration:
                yield Span(start=span.start, end=min(span.end, duration))
