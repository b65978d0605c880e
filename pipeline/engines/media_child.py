"""The decoder's own process: `python -m pipeline.engines.media_child IN OUT` (OUT: an open file's number). Only `media` starts it.

A truncated or hostile file can crash FFmpeg outright, hang it or make it allocate without end, so decoding is
kept out of the main process and under a memory limit. It says how far it is in JSON lines on standard output; the
last line is a result (`{"done": {...}}`) or a failure (`{"failed": "no audio", "why": "..."}`).
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from av.error import FFmpegError

RATE = 16_000
MEMORY = 6 << 30  # bytes of address space; FFmpeg's threads reserve far more than they use
GAP = 0.25  # s: a hole in the file's own clock longer than this is filled with silence
MAX_GAP = 4 * 3600.0  # s: a longer hole is a damaged time stamp, not a pause
PLAYLISTS = {"hls", "dash", "concat", "imf", "sdp", "rtsp", "applehttp"}
REPORT_EVERY = 20 * RATE  # samples between two progress lines


class DecodeError(Exception):
    """Why nothing can be decoded: one of the words `media` knows, and FFmpeg's own."""

    def __init__(self, kind: str, why: str = "") -> None:
        super().__init__(why)
        self.kind = kind


def say(**line: object) -> None:
    """One JSON line to the parent process."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def limit_memory() -> None:
    """Let a file that claims to need endless memory fail by itself."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def open_media(file: BinaryIO) -> InputContainer:
    """Open an already opened file; FFmpeg may open nothing else, neither a URL nor another file."""
    try:
        container = av.open(file, mode="r", options={"protocol_whitelist": "none"}, buffer_size=1 << 18)
    except (FFmpegError, ValueError, UnicodeDecodeError) as error:
        raise DecodeError("not media", str(error)) from error
    if PLAYLISTS & set(container.format.name.split(",")):
        raise DecodeError("playlist", container.format.name)
    return container


class Writer:
    """Writes 16 kHz mono samples, keeping to the recording's own clock."""

    def __init__(self, out: BinaryIO, origin: float, total: float | None) -> None:
        self._out = out
        self._origin = origin
        self._total = total
        self._resampler: AudioResampler | None = None
        self._form: tuple[object, ...] = ()
        self._reported = 0
        self.samples = 0
        self.filled = 0

    def frame(self, frame: AudioFrame) -> None:
        """Resample and write one frame; silence first, if the clock has jumped ahead."""
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if form != self._form:  # some recorders change rate or channels half-way
            self.flush()
            self._resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
            self._form = form
        self._fill_gap(frame)
        frame.pts = None  # the resampler would else guess at holes itself
        assert self._resampler is not None  # noqa: S101 - set with the form above
        self._write(self._resampler.resample(frame))

    def flush(self) -> None:
        """Write what the resampler still holds."""
        if self._resampler is not None:
            self._write(self._resampler.resample(None))
            self._resampler = None

    def _fill_gap(self, frame: AudioFrame) -> None:
        if frame.time is None:
            return
        hole = frame.time - self._origin - self.samples / RATE
        end = MAX_GAP if self._total is None else self._total + 1 - self.samples / RATE
        if GAP < hole < min(end, MAX_GAP):
            count = round(hole * RATE)
            self._pad(count)
            self.samples += count
            self.filled += count

    def _pad(self, count: int) -> None:
        block = bytes(2 * RATE)
        for _ in range(count // RATE):
            self._out.write(block)
        self._out.write(bytes(2 * (count % RATE)))

    def _write(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            block = np.ascontiguousarray(frame.to_ndarray()).reshape(-1)
            self._out.write(block.astype("<i2", copy=False).tobytes())
            self.samples += block.size
        if self.samples - self._reported >= REPORT_EVERY:
            self._reported = self.samples
            self._out.flush()  # those who wait for these samples read them now
            say(at=self.samples / RATE, total=self._total)


def sound_frames(container: InputContainer, damaged: list[str]) -> Iterator[AudioFrame]:
    """The frames of the best audio track, damaged packets left out and noted."""
    stream = container.streams.best("audio")
    if stream is None:
        # FFmpeg takes many a text file for subtitles or for terminal art.
        pictures = container.streams.video and container.format.name != "tty"
        raise DecodeError("no audio" if pictures else "not media")
    stream.thread_type = "AUTO"  # type: ignore[attr-defined]
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except FFmpegError as error:  # the file itself breaks off here
            damaged.append(str(error))
            return
        try:
            yield from packet.decode()  # type: ignore[misc]
        except FFmpegError as error:
            damaged.append(str(error))


def decode(source: Path, target: int) -> dict[str, object]:
    """Decode `source` into raw samples, written to the open file `target`; says how much there was."""
    damaged: list[str] = []
    with source.open("rb") as file, open_media(file) as container, os.fdopen(target, "wb") as out:
        total = container.duration / av.time_base if container.duration and container.duration > 0 else None
        origin = (container.start_time or 0) / av.time_base
        writer = Writer(out, origin, total)
        for frame in sound_frames(container, damaged):
            writer.frame(frame)
        writer.flush()
        out.flush()
        os.fsync(out.fileno())
        if not writer.samples:
            raise DecodeError("unreadable", damaged[0] if damaged else "no sound in its audio track")
        return {
            "samples": writer.samples,
            "filled": writer.filled,
            "total": total,
            "damaged": len(damaged),
            "container": container.format.name,
        }


def main(arguments: list[str]) -> int:
    """Decode one file and report; exit status 0 whenever a last line was written."""
    source, target = Path(arguments[0]), int(arguments[1])
    limit_memory()
    av.logging.set_level(av.logging.PANIC)
    try:
        say(done=decode(source, target))
    except DecodeError as failure:
        say(failed=failure.kind, why=str(failure))
    except MemoryError:
        say(failed="unreadable", why="it needs more memory than any recording should")
    except FFmpegError as error:
        say(failed="unreadable", why=str(error))
    except OSError as error:
        say(failed="os", why=error.strerror or str(error), errno=error.errno)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
