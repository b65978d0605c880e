"""The sound of a meeting for a browser, by ranges: the work folder's samples as a WAV file, which every browser seeks in."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.stages.decode import PCM
from pipeline.store import WORK

SAMPLE_RATE = 16000
_BLOCK = 256 * 1024
_HEADER = 44


@dataclass(frozen=True)
class Sound:
    """A WAV file that is put together while it is read."""

    pcm: Path
    size: int  # bytes, the header included

    @classmethod
    def of(cls, folder: Path) -> "Sound | None":
        """The sound of a meeting's folder; None for one that was made from a transcript."""
        pcm = folder / WORK / PCM
        return cls(pcm, pcm.stat().st_size // 2 * 2 + _HEADER) if pcm.is_file() and not pcm.is_symlink() else None

    @property
    def header(self) -> bytes:
        """RIFF header: 16 kHz, mono, 16 bit."""
        data = self.size - _HEADER
        form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, SAMPLE_RATE, 2 * SAMPLE_RATE, 2, 16)
        return (
            struct.pack("<4sI4s", b"RIFF", min(data + 36, 2**32 - 1), b"WAVE")
            + form
            + struct.pack("<4sI", b"data", data)
        )

    def read(self, first: int, last: int) -> Iterator[bytes]:
        """The bytes [first, last], in blocks."""
        at = first
        if at < _HEADER:
            yield self.header[at : last + 1]
            at = _HEADER
        with self.pcm.open("rb") as file:
            file.seek(at - _HEADER)
            while at <= last:
                block = file.read(min(_BLOCK, last + 1 - at))
                if not block:
                    return
                at += len(block)
                yield block


def byte_range(header: str | None, size: int) -> tuple[int, int] | None:
    """What a Range header asks for, as [first, last]; all of it without one; None when it cannot be given."""
    if not header:
        return 0, size - 1
    match = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", header.strip())
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else None
    end = min(int(last), size - 1) if last else size - 1
    return (int(first), end) if int(first) <= end else None
