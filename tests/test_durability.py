"""Whatever happens to the disk or the process, nothing is lost or half written, and the next run ends the same."""

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from pipeline.engines.listener import CannedListener
from pipeline.engines.nlp import Language
from pipeline.engines.whisper import CannedRecogniser
from pipeline.errors import AfterwordError
from pipeline.listening import listen
from pipeline.progress import Bars
from pipeline.records import Chunks, Recording, Transcript
from pipeline.run import Engines, make_meeting
from pipeline.settings import Settings
from pipeline.stages.chunk import CutChunks
from pipeline.stages.decode import Decode
from pipeline.stages.transcribe import PARTIAL, Transcribe
from pipeline.steps import Steps
from pipeline.store import WORK, Folder
from tests.faults import failing_disk
from tests.stages.helpers_sound import spans, utterance
from tests.test_batch import EXCERPT, ROOT, _same, _started, _wait_for, clip
from tests.test_cli import TALK

CODES = [errno.ENOSPC, errno.EIO, errno.EACCES]
BARS = Bars(Console(quiet=True), enabled=False)


@pytest.fixture(scope="module")
def engines() -> Engines:
    """One language model for all tests here."""
    found = Engines(Settings())
    assert isinstance(found.language, Language)
    return found


def _outputs(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and p.name != "run.json"}


def _titled(folder: Path, title: str) -> None:
    (folder / "event.toml").write_text(f'title = "{title}"\n')


def _error_of(do: Callable[[], object]) -> AfterwordError | None:
    """What went wrong; anything but one of our own errors is let through."""
    try:
        do()
    except AfterwordError as error:
        return error
    return None


@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
def test_every_write_sync_and_rename_of_a_run_fails_once(tmp_path: Path, engines: Engines, code: int):
    """Exit 6 with advice; the earlier page is whole, or the new one is; the next run makes the new one."""
    (tmp_path / "talk.vtt").write_text(TALK)
    settings = Settings(output=tmp_path / "out")
    meeting = settings.output / "talk"

    def run() -> None:
        make_meeting("talk", tmp_path / "talk.vtt", settings, engines, BARS)

    pages = {}
    for title in ("New tides", "Old tides"):
        _titled(tmp_path, title)
        run()
        pages[title] = _outputs(meeting)
    shutil.copytree(meeting, tmp_path / "before")
    _titled(tmp_path, "New tides")
    at, failures = 0, set()
    while True:
        shutil.rmtree(meeting)
        shutil.copytree(tmp_path / "before", meeting)
        with failing_disk(settings.output, at, code) as disk:
            error = _error_of(run)
        if disk.failed is None:
            break
        failures.add(disk.failed.split()[0])
        assert error is None or (error.exit_code == 6 and error.do), disk.failed
        assert _outputs(meeting) in pages.values(), f"a mixture after {disk.failed}"
        assert not list(meeting.rglob("*.part")), disk.failed
        run()
        assert _outputs(meeting) == pages["New tides"], disk.failed
        at += 1
    assert failures == {"write", "fsync", "rename"}
    assert at > 40, "every output was counted"


def _listening(folder: Path, recording: Path) -> tuple[Chunks, Transcript]:
    said = [utterance(f"this is what was said in part {n} of it", n + 0.1, step=0.08) for n in range(19)]
    steps = Steps(Recording(meeting="m", path=str(recording), kind="media", digest="0"), Folder(folder), BARS)
    engine = CannedRecogniser(said)
    cut = CutChunks(CannedListener(spans(*((n + 0.05, n + 0.95) for n in range(19)))), longest=4.0)
    return listen(steps.recording, Decode(Engines(Settings()).decoder), cut, Transcribe(engine, language="en"), steps)


@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
def test_every_write_and_sync_while_listening_fails_once(tmp_path: Path, code: int):
    """Exit 6; what was recognised before is kept, and the next run ends with the same words."""
    recording = clip(tmp_path / "a.wav", 20)
    wanted = _listening(tmp_path / "whole", recording)
    at = 0
    while True:
        folder = tmp_path / str(at)
        with failing_disk(folder, at, code) as disk:
            error = _error_of(lambda folder=folder: _listening(folder, recording))
        if disk.failed is None:
            break
        assert error is not None, disk.failed
        assert (error.exit_code, bool(error.do)) == (6, True), disk.failed
        assert _listening(folder, recording) == wanted, disk.failed
        assert not (folder / WORK / PARTIAL).exists()
        at += 1
    assert at > 15


def test_a_full_disk_under_the_decoder_is_exit_6(tmp_path: Path):
    """The decoder is another process; its disk is really full here."""
    from pipeline.engines import media_child

    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", media_child.__name__, str(EXCERPT), str(full.fileno()), str(tmp_path / "levels")],
            capture_output=True, text=True, check=False, cwd=ROOT, pass_fds=(full.fileno(),),
        )  # fmt: skip
    assert f'"errno": {errno.ENOSPC}' in done.stdout.splitlines()[-1]


def test_another_recording_of_the_same_length_is_another_recording(tmp_path: Path):
    """A corrected export replaces the first one: its words, too, must be heard anew."""
    steps = []
    for digest in ("0", "1"):
        recording = Recording(meeting="m", path=str(clip(tmp_path / "a.wav", 5)), kind="media", digest=digest)
        steps.append(Steps(recording, Folder(tmp_path / "m"), BARS))
        cut = CutChunks(CannedListener(spans((0, 4))))
        engine = CannedRecogniser([utterance(f"take {digest}", 1.0)])
        _, transcript = listen(recording, Decode(Engines(Settings()).decoder), cut, Transcribe(engine), steps[-1])
        assert transcript.utterances[0].text == f"take {digest}"


def test_deleted_samples_are_decoded_again(tmp_path: Path):
    """Who needs the space may delete them; the words are kept, and what needs the sound gets it."""
    recording = clip(tmp_path / "a.wav", 20)
    wanted = _listening(tmp_path / "m", recording)
    (tmp_path / "m" / WORK / "audio.s16").unlink()
    assert _listening(tmp_path / "m", recording) == wanted


def _kills() -> Iterator[float]:
    chance = random.Random(7)
    while True:
        yield chance.uniform(0.0, 1.0)


def test_kill_9_at_random_moments(tmp_path: Path):
    """Killed again and again, the run comes to the same end; `benchmarks/kills.py` does this some hundred times."""
    recording = clip(tmp_path / "talk.wav", 25)
    arguments = [str(recording), "--asr", "bundled", "--offline", "-o"]
    whole = _started(tmp_path, *arguments, "whole")
    began = time.monotonic()
    said = whole.communicate(timeout=120)
    lasted = time.monotonic() - began
    assert whole.returncode == 0, said
    for moment, _ in zip(_kills(), range(4), strict=False):
        run = _started(tmp_path, *arguments, "killed")
        time.sleep(lasted * (0.3 + 0.7 * moment))  # the first third is the interpreter's own start
        run.send_signal(signal.SIGKILL)
        run.communicate()
    last = _started(tmp_path, *arguments, "killed")
    said = last.communicate(timeout=120)
    assert last.returncode == 0, said
    _same(tmp_path / "whole", tmp_path / "killed")
    assert not list((tmp_path / "killed").rglob("*.part"))


def test_a_killed_run_leaves_no_process(tmp_path: Path):
    """The decoder and the recogniser's threads end with their parent."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("looks for child processes in /proc")
    from tests.test_batch import _children

    run = _started(tmp_path, str(EXCERPT), "--asr", "bundled", "--offline", "-o", "out")
    _wait_for(tmp_path / "out" / EXCERPT.stem / WORK / PARTIAL, run, lines=1)
    children = _children(run.pid)
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    for _ in range(100):
        if not [pid for pid in children if Path(f"/proc/{pid}").exists()]:
            return
        time.sleep(0.1)
    raise AssertionError(children)
