"""Several tracks of one meeting at once: mixed into one, with how loud each was. Only the decoder's process uses it.

Zoom and others record each participant in a track or a file of their own, all on one clock. Who is loud when is then
known better than any diarizer could hear it. The mixture is what gets recognised; beside it lies the level of each
track, ten times a second, as unsigned 16-bit little-endian numbers, one row of tracks a step.
"""

import re
from collections.abc import Callable
from typing import BinaryIO

import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from numpy.typing import NDArray

BLOCK = 16_000  # samples mixed at a time
STEP = 1_600  # samples a level stands for
_DEVICE = re.compile(r"(?:track|audio|sound|mic|microphone|desktop|stereo|mono|mix)\b", re.IGNORECASE)  # no "Michelle"
_NO_PERSON = (
    Disposition.dub
    | Disposition.comment
    | Disposition.karaoke
    | Disposition.hearing_impaired
    | Disposition.visual_impaired
    | Disposition.descriptions
)


def participants(container: InputContainer) -> list[AudioStream]:
    """The audio tracks, where they may be people's own; else none: one track, or a talk in several languages."""
    streams = [s for s in container.streams.audio if not s.disposition & _NO_PERSON]
    languages = {s.metadata.get("language", "und") for s in streams} - {"und"}
    return streams if len(streams) > 1 and len(languages) < 2 else []


def title_of(stream: AudioStream) -> str:
    """The name that the recorder gave the track, if it gave any."""
    title = stream.metadata.get("title", "").strip()
    return "" if _DEVICE.match(title) else title


class Pending:
    """The samples of one track that are decoded and not yet mixed; a writer writes into it.

    `more` decodes a little more of the track, and says whether there may be more still.
    """

    def __init__(self) -> None:
        self.more: Callable[[], bool] = lambda: False
        self._ended = False
        self._data = bytearray()

    def write(self, data: bytes) -> int:
        """Append raw samples."""
        self._data += data
        return len(data)

    def flush(self) -> None:
        """Nothing to do: it is memory."""

    def fill(self, count: int) -> int:
        """Decode until `count` samples are there or the track ends; gives how many there are, at most `count`."""
        while len(self._data) // 2 < count and not self._ended:
            self._ended = not self.more()
        return min(count, len(self._data) // 2)

    def take(self, count: int) -> NDArray[np.int32]:
        """The next `count` samples; silence where the track is at its end."""
        data = bytes(self._data[: 2 * count])
        del self._data[: 2 * count]
        found = np.frombuffer(data, dtype="<i2").astype(np.int32)
        return np.pad(found, (0, count - len(found)))


def mix(tracks: list[Pending], out: BinaryIO, levels: BinaryIO, tell: Callable[[int], None]) -> int:
    """Write the sum of the tracks to `out` and their levels to `levels`; gives the number of samples.

    `tell` is told after each block how many samples there are.
    """
    written = 0
    while count := max(track.fill(BLOCK) for track in tracks):
        block = np.stack([track.take(count) for track in tracks])
        out.write(np.clip(block.sum(axis=0), -32768, 32767).astype("<i2").tobytes())
        levels.write(_levels(block))
        written += count
        tell(written)
    return written


def _levels(block: NDArray[np.int32]) -> bytes:
    """Root mean square of each step of each track, a row a step."""
    padded = np.pad(block, ((0, 0), (0, -block.shape[1] % STEP))).astype(np.float64)
    power = np.square(padded).reshape(len(block), -1, STEP).mean(axis=2)
    return np.ascontiguousarray(np.sqrt(power).T.round().astype("<u2")).tobytes()
