"""The decoder's own process: `python -m pipeline.engines.media_child IN... OUT LEVELS`. Only `media` starts it.

OUT is an open file's number. Several inputs are the tracks of one meeting (see `media_tracks`), as are several tracks of
one file; their levels go to the path LEVELS.

A truncated or hostile file can crash FFmpeg outright, hang it or make it allocate without end, so decoding is
kept out of the main process and under a memory limit. It says how far it is in JSON lines on standard output; the
last line is a result (`{"done": {...}}`) or a failure (`{"failed": "no audio", "why": "..."}`).
"""

import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Protocol

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError

from pipeline.engines.media_tracks import Pending, mix, participants, title_of

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


class Out(Protocol):
    """What samples are written to."""

    def write(self, data: bytes, /) -> int: ...  # noqa: D102
    def flush(self) -> None: ...  # noqa: D102


Track = tuple[InputContainer, AudioStream]


class Reporter:
    """Flushes samples and says up to which second they are there, now and then."""

    def __init__(self, out: BinaryIO, total: float | None) -> None:
        self._out = out
        self._total = total
        self._reported = 0

    def __call__(self, samples: int) -> None:
        """There are `samples` by now."""
        if samples - self._reported >= REPORT_EVERY:
            self._reported = samples
            self._out.flush()  # those who wait for these samples read them now
            say(at=samples / RATE, total=self._total)


class Writer:
    """Writes 16 kHz mono samples, keeping to the recording's own clock; `tell` hears how many there are."""

    def __init__(self, out: Out, origin: float, total: float | None, tell: Callable[[int], None]) -> None:
        self._out = out
        self._origin = origin
        self._total = total
        self._tell = tell
        self._resampler: AudioResampler | None = None
        self._form: tuple[object, ...] = ()
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
        self._tell(self.samples)


def best_track(container: InputContainer) -> Track:
    """The track that FFmpeg takes for the main one."""
    stream = container.streams.best("audio")
    if not isinstance(stream, AudioStream):
        # FFmpeg takes many a text file for subtitles or for terminal art.
        pictures = container.streams.video and container.format.name != "tty"
        raise DecodeError("no audio" if pictures else "not media")
    return container, stream


def sound_frames(track: Track, damaged: list[str]) -> Iterator[AudioFrame]:
    """The frames of an audio track, damaged packets left out and noted."""
    container, stream = track
    stream.codec_context.thread_type = "AUTO"
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
            yield from packet.decode()
        except FFmpegError as error:
            damaged.append(str(error))


def decode(sources: list[Path], target: int, levels_path: Path) -> dict[str, object]:
    """Decode into raw samples, written to the open file `target`; says how much there was."""
    damaged: list[str] = []
    with ExitStack() as held:

        def opened(source: Path) -> InputContainer:
            return held.enter_context(open_media(held.enter_context(source.open("rb"))))

        containers = [opened(source) for source in sources]
        tracks = _tracks(containers, lambda: opened(sources[0]))
        out = held.enter_context(os.fdopen(target, "wb"))
        total = max((c.duration / av.time_base for c in containers if c.duration and c.duration > 0), default=None)
        tell = Reporter(out, total)
        if len(tracks) == 1:
            writer = _writer(tracks[0], out, total, tell)
            for frame in sound_frames(tracks[0], damaged):
                writer.frame(frame)
            writer.flush()
            samples, filled = writer.samples, writer.filled
        else:
            levels = held.enter_context(levels_path.open("xb"))
            samples, filled = _mixed(tracks, out, levels, total, tell, damaged), 0
            levels.flush()
            os.fsync(levels.fileno())
        out.flush()
        os.fsync(out.fileno())
        if not samples:
            raise DecodeError("unreadable", damaged[0] if damaged else "no sound in its audio track")
        return {
            "samples": samples,
            "filled": filled,
            "total": total,
            "damaged": len(damaged),
            "container": containers[0].format.name,
            "tracks": [title_of(stream) for _, stream in tracks] if len(tracks) > 1 else [],
        }


def _tracks(containers: list[InputContainer], again: Callable[[], InputContainer]) -> list[Track]:
    """One track of each file; of a single file its participants' tracks, or its best one."""
    if len(containers) > 1:
        return [best_track(container) for container in containers]
    audio = list(containers[0].streams.audio)
    own = [audio.index(stream) for stream in participants(containers[0])]
    # Each from a container of its own: tracks read from one would have to be held until the others are as far.
    return [(apart := again(), apart.streams.audio[index]) for index in own] or [best_track(containers[0])]


def _writer(track: Track, out: Out, total: float | None, tell: Callable[[int], None]) -> Writer:
    return Writer(out, (track[0].start_time or 0) / av.time_base, total, tell)


def _mixed(
    tracks: list[Track],
    out: BinaryIO,
    levels: BinaryIO,
    total: float | None,
    tell: Callable[[int], None],
    damaged: list[str],
) -> int:
    return mix([_pending(track, total, damaged) for track in tracks], out, levels, tell)


def _pending(track: Track, total: float | None, damaged: list[str]) -> Pending:
    pending = Pending()
    writer = _writer(track, pending, total, lambda _: None)
    frames = sound_frames(track, damaged)

    def more() -> bool:
        frame = next(frames, None)
        if frame is None:
            writer.flush()
        else:
            writer.frame(frame)
        return frame is not None

    pending.more = more
    return pending


def main(arguments: list[str]) -> int:
    """Decode one file and report; exit status 0 whenever a last line was written."""
    *sources, levels = (Path(argument) for argument in (*arguments[:-2], arguments[-1]))
    target = int(arguments[-2])
    limit_memory()
    av.logging.set_level(av.logging.PANIC)
    try:
        say(done=decode(sources, target, levels))
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
