"""The one door to PyAV and pydub: a recording's sound as raw samples on disk, and pieces of it in memory.

The samples are 16 kHz mono signed 16-bit little-endian in a file of their own, so that a recording of any length is
read piece by piece (a memory map) and nothing is ever held whole.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline import sound
from pipeline.errors import AfterwordError, EngineError, InputError
from pipeline.progress import Progress
from pipeline.sound import RATE, WIDTH
from pipeline.store import cannot_write, sync_folder, writing
from pipeline.tracks import track_files

with warnings.catch_warnings():  # pydub looks for an ffmpeg binary, which nothing here needs
    warnings.simplefilter("ignore")
    from pydub.audio_segment import AudioSegment

STALL = 180.0  # s without a sign of life after which the decoder is taken to hang


@dataclass(frozen=True)
class DecodedInfo:
    """What decoding gave: seconds of samples, what the file claims, and what the user should know."""

    duration: float
    container_duration: float | None
    warnings: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()  # the participants' tracks by name, "" where unknown; none: one track for all


class Decoder:
    """The decoder as an object, for stages that take their engines."""

    def decode(self, path: Path, pcm_path: Path, *, progress: Progress) -> DecodedInfo:
        """See `decode`."""
        return decode(path, pcm_path, progress=progress)


# ---- decoding ------------------------------------------------------------------------------------------------


def decode(path: Path, pcm_path: Path, *, progress: Progress) -> DecodedInfo:
    """Decode a recording into raw samples at `pcm_path`, in a process of its own.

    Of a file with several languages the best track; the participants' tracks of a file, or of a folder that holds a
    file for each, mixed, with their levels in a file beside `pcm_path` (see `media_tracks`).

    The samples can be read while they come: `progress` says up to which second they are in the file. Raises
    `InputError` when the file holds no sound that can be used, `OutputError` when the samples cannot be
    written. A file that is shorter than it claims gives a warning.
    """
    _refuse(path)
    with writing(pcm_path):
        # A new file, opened here: a decoder that a killed run left behind can only write to the old one.
        levels = pcm_path.with_suffix(".levels")
        for old in (pcm_path, levels):
            old.unlink(missing_ok=True)
        target = pcm_path.open("xb")
    try:
        own = track_files(path)
        with target:
            last = _run_child(list(own) or [path], target.fileno(), levels, progress)
        done = _result(path, pcm_path, last)
        with writing(pcm_path):
            sync_folder(pcm_path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            pcm_path.unlink(missing_ok=True)
            levels.unlink(missing_ok=True)
        raise
    return _info(done, tuple(own.values()))


def _result(path: Path, pcm: Path, last: dict[str, object]) -> object:
    if "done" not in last:
        raise _failure(path, pcm, last)
    return last["done"]


def _refuse(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.", do="Check the path and its permissions."
        ) from error
    if path.is_dir() and not track_files(path):
        raise InputError(f"{path} is a folder, not a recording.", do="Name the recording inside it.")
    if size == 0:
        raise InputError(f"{path} is an empty file.", do="Copy or download the recording again.")


def _run_child(sources: list[Path], target: int, levels: Path, progress: Progress) -> dict[str, object]:
    """The decoder's last line; an empty one if it crashed or hung."""
    files = [str(path.absolute()) for path in sources]
    command = [sys.executable, "-m", "pipeline.engines.media_child", *files, str(target), str(levels.absolute())]
    child = subprocess.Popen(  # noqa: S603 - our own module, no shell
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        pass_fds=(target,),
        env={**os.environ, "PYTHONPATH": _import_path()},
        text=True,
        encoding="utf-8",
    )
    last: dict[str, object] = {}
    try:
        for line in _lines(child):
            last = json.loads(line)
            if "at" in last:
                at = float(str(last["at"]))
                progress.advance(at, float(str(last["total"] or at)))
    finally:
        child.kill()  # nothing to do where it has ended by itself
        child.wait()
        if child.stdout:
            child.stdout.close()
    return last


def _import_path() -> str:
    # The child must find the package even where the parent was started from somewhere else.
    here = str(Path(__file__).resolve().parents[2])
    rest = os.environ.get("PYTHONPATH")
    return here + os.pathsep + rest if rest else here


def _lines(child: "subprocess.Popen[str]") -> Iterator[str]:
    """The child's lines; a child that says nothing for `STALL` seconds is ended."""
    assert child.stdout is not None  # noqa: S101 - asked for above
    timer = threading.Timer(STALL, child.kill)
    timer.daemon = True
    timer.start()
    try:
        for line in child.stdout:
            timer.cancel()
            yield line
            timer = threading.Timer(STALL, child.kill)
            timer.daemon = True
            timer.start()
    finally:
        timer.cancel()


_AGAIN = "Copy or download it again, or export it anew from where it was recorded."
_FORMATS = "Give a recording (m4a, mp4, mkv, mp3, wav ...) or a transcript (vtt, srt, json, docx, txt)."
_FAILURES = {
    "not media": ("is not a recording: no sound or video format was recognised in it", _FORMATS),
    "playlist": ("is a playlist, not a recording", "Download the recording that it points to, and give that."),
    "no audio": ("has no audio track", "Export the recording again with its sound."),
    "unreadable": ("is damaged: no sound could be decoded from it", _AGAIN),
    "crashed": ("is damaged: the decoder could not finish it", _AGAIN),
}


def _failure(path: Path, pcm: Path, last: dict[str, object]) -> AfterwordError:
    kind = str(last.get("failed", "crashed"))
    if kind == "os":
        return cannot_write(pcm, OSError(last.get("errno"), last.get("why")))
    what, do = _FAILURES[kind]
    why = str(last.get("why") or "")
    return InputError(f"{path} {what}{f' ({why})' if why and kind == 'unreadable' else ''}.", do=do)


def _info(done: object, names: tuple[str, ...]) -> DecodedInfo:
    if not isinstance(done, dict):
        raise EngineError("The decoder gave no result.", do="Run the same command again.")
    duration = done["samples"] / RATE
    total: float | None = done["total"]
    found = []
    if total is not None and duration < total - max(2.0, 0.01 * total):
        found.append(f"The recording breaks off at {clock(duration)}, though the file claims {clock(total)}.")
    if done["damaged"]:
        found.append(f"{done['damaged']} damaged pieces of the recording were left out.")
    if done["filled"] > RATE:
        found.append(f"{done['filled'] / RATE:.0f} s that are missing inside the recording count as silence.")
    tracks = names or tuple(done["tracks"])
    return DecodedInfo(duration=duration, container_duration=total, warnings=tuple(found), tracks=tracks)


def clock(seconds: float) -> str:
    """A time as people write it: 1:02:03."""
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


# ---- pieces --------------------------------------------------------------------------------------------------


def segment(pcm: Path, start: float, end: float) -> AudioSegment:
    """The piece [start, end) as a pydub segment: for levels, slicing and clips to listen to."""
    data = sound.raw_samples(pcm, start, end).tobytes()
    return AudioSegment(data=data, sample_width=WIDTH, frame_rate=RATE, channels=1)  # type: ignore[no-untyped-call]


def export_clip(pcm: Path, start: float, end: float, target: Path) -> None:
    """Write the piece [start, end) as a WAV file to listen to; raises `OutputError`."""
    try:
        segment(pcm, start, end).export(target, format="wav").close()  # type: ignore[no-untyped-call]
    except OSError as error:
        raise cannot_write(target, error) from error
