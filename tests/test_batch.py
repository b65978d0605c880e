"""A folder of everything that organisers drop on the tool: each input ends as the contract says, none stops another."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.batch import Outcome, exit_code, run_batch
from pipeline.inputs import assign_ids, find_inputs
from pipeline.progress import Bars
from pipeline.settings import Settings
from pipeline.store import LOCK, WORK, locked
from tests.test_cli import TALK, _afterword, _silence

ROOT = Path(__file__).parent.parent
EXCERPT = ROOT / "samples" / "excerpt" / "common-light-winter-excerpt.m4a"
RUN = ["--asr", "bundled", "--offline", "--voices", "none"]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("AFTERWORD_")]:
        monkeypatch.delenv(name)


def clip(path: Path, seconds: float, *, codec: str = "pcm_s16le", form: str | None = None, film: bool = False) -> Path:
    """The first seconds of the sample, in any container; with a picture, if it is to be a film."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(EXCERPT)) as source, av.open(str(path), "w", format=form) as out:
        sound = out.add_stream(codec, rate=16_000, layout="mono")
        if film:
            picture = out.add_stream("mpeg4", rate=5)
            picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
            for _ in range(5):
                out.mux(picture.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
            out.mux(picture.encode(None))
        resampler = av.AudioResampler(format=sound.codec_context.format or "s16", layout="mono", rate=16_000)
        for frame in source.decode(audio=0):
            if frame.time is not None and frame.time > seconds:
                break
            frame.pts = None
            for piece in resampler.resample(frame):
                out.mux(sound.encode(piece))
        out.mux(sound.encode(None))
    return path


def mixed(season: Path) -> dict[str, int]:
    """Twenty inputs of all kinds; the exit code that each would have alone, by its path in the folder."""
    codes = {}

    def add(name: str, code: int, content: bytes | None = None) -> Path:
        codes[name] = code
        path = season / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is not None:
            path.write_bytes(content)
        return path

    clip(add("good.wav", 0), 12)
    clip(add("good.flac", 0), 12, codec="flac")
    clip(add("film.mkv", 0), 12, film=True)
    clip(add("wrong extension.mp3", 0), 12, form="wav")
    clip(add("Übung – 会議 🌊.wav", 0), 8)
    clip(add("a/talk.wav", 0), 8)
    clip(add("b/talk.wav", 0), 9)
    add("talk.vtt", 0, TALK.encode())
    add("TALK.srt", 0, b"1\n00:00:01,000 --> 00:00:09,000\nAda Quill: Good morning and welcome to all of you.\n")
    add("labelled.txt", 0, b"Ada Quill: Good morning to all of you.\nBo Reed: Thank you, Ada. The tides are late.\n")
    half = clip(season.parent / "whole.flac", 20, codec="flac").read_bytes()
    add("breaks off.flac", 0, half[: len(half) // 2])
    add("empty.m4a", 3, b"")
    add("letter.m4a", 3, b"Dear all, please find the recording attached.")
    whole = clip(season.parent / "whole.m4a", 12, codec="aac").read_bytes()
    add("no index.m4a", 3, whole[: len(whole) // 2])
    add("rubbish.mp4", 3, bytes(range(256)) * 100)
    _silence(add("silent.wav", 3))
    with av.open(str(add("no sound.mp4", 3)), "w") as out:
        stream = out.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        out.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
        out.mux(stream.encode(None))
    add("empty.vtt", 3, b"WEBVTT\n\n")
    # What nobody can read, not even root: a link to itself.
    link = add("closed.wav", 3)
    link.symlink_to(link)
    add("bad event.vtt", 2, TALK.encode())
    (season / "bad event.event.toml").write_text("title = \n")
    return codes


def test_a_folder_of_twenty_mixed_inputs(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Exit 7; each input ends as it would alone; the second run retries the failed ones and only those."""
    codes = mixed(tmp_path / "season")
    assert len(codes) == 20
    before = {p: p.read_bytes() for p in (tmp_path / "season").rglob("*") if p.is_file()}
    code, out, err = _afterword(capsys, "run", "season", "-o", "out", *RUN)
    assert code == 7, err
    assert "Traceback" not in out + err
    rows = json.loads((tmp_path / "out/batch.json").read_text())
    found = {str(Path(row["input"]).relative_to(tmp_path / "season")): row for row in rows["inputs"]}
    assert {name: row["exit_code"] for name, row in found.items()} == codes
    assert all(row["what"] and row["do"] for row in found.values() if row["state"] == "failed")
    assert rows["counts"] == {"done": 11, "failed": 9}
    assert len({row["meeting"].casefold() for row in found.values()}) == 20, "two of one name have two folders"
    for name, row in found.items():
        assert (tmp_path / "out" / row["meeting"]).exists() == (codes[name] == 0), name
        assert ("failed" in out and row["meeting"] in out) or codes[name] == 0, name
    warned = json.loads((tmp_path / "out" / found["breaks off.flac"]["meeting"] / "run.json").read_text())
    assert any("breaks off" in warning for warning in warned["warnings"])
    assert before == {p: p.read_bytes() for p in before}, "sources are never touched"

    _, planned, _ = _afterword(capsys, "run", "season", "-o", "out", "--dry-run", *RUN)
    assert planned.count("nothing changed") == 11
    assert planned.count("failed before") + planned.count(" fail ") == 9
    (tmp_path / "season" / "empty.vtt").write_text(TALK)
    pages = {p: p.stat().st_mtime_ns for p in (tmp_path / "out").rglob("summary.html")}
    assert _afterword(capsys, "run", "season", "-o", "out", *RUN)[0] == 7
    rows = json.loads((tmp_path / "out/batch.json").read_text())
    assert rows["counts"] == {"done": 1, "failed": 8, "unchanged": 11}
    assert pages == {p: p.stat().st_mtime_ns for p in pages}


def test_one_wrong_path_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A missing file and an empty folder among several inputs are rows of the table."""
    (tmp_path / "talk.vtt").write_text(TALK)
    (tmp_path / "nothing").mkdir()
    code, out, _ = _afterword(capsys, "run", "talk.vtt", "missing.m4a", "nothing", "-o", "out")
    assert code == 7
    assert "There is no file" in " ".join(out.split())
    assert (tmp_path / "out/talk/summary.html").is_file()
    assert not (tmp_path / "out/missing").exists()


def test_a_quiet_batch_names_only_what_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """`--quiet`: nothing of a batch that went well; of another, the row of the failed input. `batch.json` has all."""
    for name in ("a.vtt", "b.vtt"):
        (tmp_path / name).write_text(TALK)
    assert _afterword(capsys, "run", "a.vtt", "b.vtt", "-o", "out", "--quiet") == (0, "", "")
    (tmp_path / "broken.vtt").write_text("WEBVTT\n")
    code, out, _ = _afterword(capsys, "run", "a.vtt", "broken.vtt", "-o", "out", "--quiet")
    assert code == 7
    rows = [line for line in out.splitlines() if line.startswith(("│", "|"))]
    assert ["broken" in row for row in rows].count(True) == 1
    assert "unchanged │" not in out
    assert json.loads((tmp_path / "out/batch.json").read_text())["counts"] == {"failed": 1, "unchanged": 1}


def test_a_name_that_is_no_text_is_refused_with_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Outputs are UTF-8 and name their input."""
    Path(os.fsdecode(os.fsencode(str(tmp_path)) + b"/caf\xe9.vtt")).write_text(TALK)
    (tmp_path / "talk.vtt").write_text(TALK)
    code, out, _ = _afterword(capsys, "run", str(tmp_path), "-o", "out")
    assert code == 7
    assert "Rename the file" in " ".join(out.split())


def test_many_transcripts_are_shared_out_to_processes(tmp_path: Path):
    """The same outcome, in the order of the inputs."""
    for number in range(17):
        (tmp_path / f"{number:02d}.vtt").write_text(TALK if number != 3 else "WEBVTT\n")
    settings = Settings(output=tmp_path / "out", jobs=2)
    jobs = assign_ids(find_inputs([tmp_path], output=settings.output), settings.output)
    outcomes = run_batch(jobs, settings, _silent())
    assert [o.meeting for o in outcomes] == [f"{number:02d}" for number in range(17)]
    assert [o.state for o in outcomes] == ["failed" if number == 3 else "done" for number in range(17)]


def _silent() -> Bars:
    from rich.console import Console

    return Bars(Console(stderr=True, quiet=True), enabled=False)


def test_a_broken_disk_is_said_even_of_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Where `batch.json` cannot be written the table is printed all the same, and the exit code is 6."""
    for name in ("a.vtt", "b.vtt"):
        (tmp_path / name).write_text(TALK)
    (tmp_path / "out/batch.json").mkdir(parents=True)
    code, out, err = _afterword(capsys, "run", "a.vtt", "b.vtt", "-o", "out")
    assert code == 6
    assert "batch.json" in err
    assert "2 done" in out


def test_exit_codes_of_batches():
    """One input's own; 7 when some of several failed."""
    done, failed = Outcome("a", "a", "done", 0), Outcome("b", "b", "failed", 3)
    assert exit_code([done, done]) == 0
    assert exit_code([failed]) == 3
    assert exit_code([done, failed]) == exit_code([failed, failed]) == 7


# ---- two runs, and interrupted ones --------------------------------------------------------------------------------


def _started(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "run", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_runs_on_one_folder_do_not_hurt_each_other(tmp_path: Path):
    """The same input twice at once is made once; two inputs of one name get two folders."""
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "talk.vtt").write_text(TALK)
    runs = [
        _started(tmp_path, f"{place}/talk.vtt", "-o", "out", "--log-format", "json") for place in ("one", "one", "two")
    ]
    ends = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], ends
    made = sorted(p.parent for p in (tmp_path / "out").rglob("summary.json"))
    assert [p.name for p in made] == ["talk", "talk-2"]
    owners = {json.loads((p / WORK / "source.json").read_text())["path"] for p in made}
    assert owners == {str(tmp_path / place / "talk.vtt") for place in ("one", "two")}
    assert sum(said.count('"message": "names"') for _, said in ends) == 2, "the second one found it done"


def test_a_lock_ends_with_its_holder_and_survives_a_removed_folder(tmp_path: Path):
    """What a killed run held is free; whoever waited while the folder was removed makes it anew."""
    path = tmp_path / "m" / WORK / LOCK
    with locked(path):
        shutil.rmtree(tmp_path / "m")
    with locked(path):
        assert path.exists()


def _wait_for(path: Path, run: "subprocess.Popen[str]", lines: int = 2) -> None:
    for _ in range(1200):
        if path.is_file() and len(path.read_bytes().splitlines()) >= lines:
            return
        assert run.poll() is None, run.communicate()
        time.sleep(0.05)
    raise AssertionError(f"{path} did not come")


def _children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for child processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_batch_ends_cleanly_and_goes_on(tmp_path: Path, how: signal.Signals):
    """130, no process left, no half-written file; the next run ends byte-identical to an uninterrupted one."""
    season = tmp_path / "season"
    season.mkdir()
    shutil.copy(EXCERPT, season / "first.m4a")
    clip(season / "second.wav", 20)
    (season / "third.vtt").write_text(TALK)
    run = _started(tmp_path, "season", "-o", "out", *RUN)
    _wait_for(tmp_path / "out/first" / WORK / "transcribe.partial.jsonl", run)
    children = _children(run.pid)
    run.send_signal(how)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 130, err
    assert "goes on where it stopped" in err
    assert "Traceback" not in err
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
    assert not list((tmp_path / "out").rglob("*.part"))
    assert "not reached" in (tmp_path / "out/batch.json").read_text()
    if how == signal.SIGTERM:
        return  # going on is the same, and takes its time
    for folder in ("out", "fresh"):
        again = _started(tmp_path, "season", "-o", folder, *RUN)
        said = again.communicate(timeout=120)
        assert again.returncode == 0, said
    _same(tmp_path / "out", tmp_path / "fresh")


def _same(one: Path, other: Path) -> None:
    names = sorted(p.relative_to(one) for p in one.rglob("*") if p.is_file() and WORK not in p.parts)
    assert names == sorted(p.relative_to(other) for p in other.rglob("*") if p.is_file() and WORK not in p.parts)
    for name in names:
        if name.name not in ("run.json", "batch.json"):
            assert (one / name).read_bytes() == (other / name).read_bytes(), name
