"""The command line as a user meets it: wrong input gets one sentence, advice and the documented exit code."""

import json
import os
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from pipeline.cli import _guarded

TALK = """WEBVTT

00:00:01.000 --> 00:00:09.000
Ada Quill: Good morning and welcome. My name is Ada Quill and I chair the Tidal Club.

00:00:10.000 --> 00:00:20.000
Bo Reed: Thank you, Ada. I am Bo Reed of Harbour Pilots. Our new tide tables will be published in May.

00:00:21.000 --> 00:00:26.000
Ada Quill: Thank you, Bo. Thank you all for coming, and goodbye.
"""


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("AFTERWORD_")]:
        monkeypatch.delenv(name)


def _silence(path: Path, seconds: float = 3.0) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(b"\0\0" * int(16000 * seconds))
    return path


def _afterword(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = _guarded(list(arguments), debug=False)
    said = capsys.readouterr()
    return code, said.out, said.err


def _bad(tmp_path: Path, kind: str) -> list[str]:
    match kind:
        case "not media":
            (tmp_path / "talk.m4a").write_text("This is a letter, not a recording.")
        case "empty file":
            (tmp_path / "talk.m4a").write_bytes(b"")
        case "silence":
            _silence(tmp_path / "talk.m4a")
        case "empty transcript":
            (tmp_path / "talk.vtt").write_text("WEBVTT\n\n")
            return ["talk.vtt"]
        case "missing":
            pass
        case "unreadable":
            # A folder that calls itself a file: what root, too, cannot read.
            (tmp_path / "talk.m4a").symlink_to(tmp_path / "talk.m4a")
        case "no inputs":
            (tmp_path / "empty").mkdir()
            return ["empty"]
    return ["talk.m4a", "--asr", "bundled", "--offline"]


@pytest.mark.parametrize(
    "kind", ["not media", "empty file", "silence", "empty transcript", "missing", "unreadable", "no inputs"]
)
def test_unusable_input_is_exit_3(tmp_path: Path, capsys, kind):
    """One sentence and what to do; no traceback; no page."""
    code, out, err = _afterword(capsys, "run", *_bad(tmp_path, kind))
    assert code == 3, err
    assert "Traceback" not in err + out
    assert "afterword: " in err
    assert not list(tmp_path.rglob("summary.html"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run"], "INPUT"),
        (["run", "talk.vtt", "--colour", "red"], "--colour"),
        (["run", "talk.vtt", "--jobs", "many"], "jobs"),
        (["run", "talk.vtt", "--format", "pdf"], "format"),
        (["run", "talk.vtt", "--event", "none.toml"], "none.toml"),
        (["run", "talk.vtt", "--template", "nowhere"], "nowhere"),
        (["fly"], "fly"),
        (["review", "out", "--port", "99999"], "--port"),
        (["publish"], "MEETING_DIR"),
        (["forget", "Ada Quill"], "MEETING_DIR"),
    ],
)
def test_wrong_usage_is_exit_2(tmp_path: Path, capsys, arguments, said):
    """The message names what was wrong."""
    (tmp_path / "talk.vtt").write_text(TALK)
    code, out, err = _afterword(capsys, *arguments)
    assert code == 2, err
    assert said in err + out
    assert "Traceback" not in err


def test_a_malformed_event_file_names_the_line(tmp_path: Path, capsys):
    """Exit 2, and the line to mend."""
    (tmp_path / "talk.vtt").write_text(TALK)
    (tmp_path / "event.toml").write_text('title = "x"\ndate = \n')
    code, _, err = _afterword(capsys, "run", "talk.vtt")
    assert code == 2
    assert "line 2" in err


def test_output_that_cannot_be_written_is_exit_6(tmp_path: Path, capsys):
    """A path through a file; the advice names -o."""
    (tmp_path / "talk.vtt").write_text(TALK)
    (tmp_path / "file").write_text("precious")
    code, _, err = _afterword(capsys, "run", "talk.vtt", "-o", "file/out")
    assert code == 6, err
    assert "-o" in err
    assert (tmp_path / "file").read_text() == "precious"


def test_a_recogniser_that_is_not_there_is_exit_4(tmp_path: Path, capsys, monkeypatch):
    """The message names both ways out: fetch the model, or use the bundled one."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hf" / "hub"))
    _silence(tmp_path / "talk.wav")
    code, _, err = _afterword(capsys, "run", "talk.wav", "--offline")
    assert code == 4, err
    assert "afterword models pull small.en" in err
    assert "--asr bundled" in err


def test_sherpa_voices_that_are_not_there_are_exit_4(tmp_path: Path, capsys):
    """Before anything is decoded, with the command that mends it: the package's, then the models'."""
    _silence(tmp_path / "talk.wav")
    code, _, err = _afterword(capsys, "run", "talk.wav", "--asr", "bundled", "--voices", "sherpa", "--offline")
    assert code == 4, err
    assert "pip install 'afterword[sherpa]'" in err or "afterword models pull sherpa" in err
    assert not list(tmp_path.rglob("audio.s16"))


def test_a_batch_carries_on_after_a_failure(tmp_path: Path, capsys):
    """Exit 7, a table that says which failed and why, and the good ones are done."""
    folder = tmp_path / "season"
    (folder / "again").mkdir(parents=True)
    (folder / "talk.vtt").write_text(TALK)
    (folder / "again" / "talk.vtt").write_text(TALK)
    (folder / "broken.m4a").write_text("no sound")
    code, out, err = _afterword(capsys, "run", "season", "-o", "out", "--asr", "bundled", "--offline")
    assert code == 7, err
    assert "broken" in out
    assert sorted(p.parent.name for p in (tmp_path / "out").rglob("summary.html")) == ["talk", "talk-2"]
    states = {row["meeting"]: row["state"] for row in json.loads((tmp_path / "out/batch.json").read_text())["inputs"]}
    assert states == {"broken": "failed", "talk": "done", "talk-2": "done"}


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, capsys):
    """Twice into two folders: only run.json (timings) may differ."""
    (tmp_path / "talk.vtt").write_text(TALK)
    for out in ("one", "two"):
        assert _afterword(capsys, "run", "talk.vtt", "-o", out)[0] == 0
    for path in sorted((tmp_path / "one/talk").iterdir()):
        if path.is_file() and path.name != "run.json":
            assert path.read_bytes() == (tmp_path / "two/talk" / path.name).read_bytes(), path.name


def test_a_second_run_does_nothing_again(tmp_path: Path, capsys):
    """Nothing changed: no file is touched."""
    (tmp_path / "talk.vtt").write_text(TALK)
    _afterword(capsys, "run", "talk.vtt")
    folder = tmp_path / "afterword-out/talk"
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in folder.rglob("*") if p.is_file() and p.name != "lock"}
    assert _afterword(capsys, "run", "talk.vtt")[0] == 0
    assert before == {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in before}


@pytest.mark.parametrize("change", ["event", "input", "format", "output", "edit"])
def test_a_second_run_does_what_changed(tmp_path: Path, capsys, change):
    """An event file, another input, another format, an output that is gone, an editor's work: the page is made again."""
    (tmp_path / "talk.vtt").write_text(TALK)
    _afterword(capsys, "run", "talk.vtt")
    folder, more = tmp_path / "afterword-out/talk", []
    match change:
        case "event":
            (tmp_path / "event.toml").write_text('title = "Tides"')
        case "input":
            (tmp_path / "talk.vtt").write_text(TALK.replace("in May", "in June"))
        case "format":
            more = ["--format", "html"]
        case "output":
            (folder / "summary.docx").unlink()
        case "edit":
            (folder / ".afterword" / "ledger.jsonl").write_text("{}")
    _, planned, _ = _afterword(capsys, "run", "talk.vtt", "--dry-run", *more)
    assert "nothing changed" not in planned
    made = (folder / "run.json").stat().st_mtime_ns
    assert _afterword(capsys, "run", "talk.vtt", *more)[0] == 0
    assert (folder / "run.json").stat().st_mtime_ns > made
    assert (folder / "summary.docx").is_file()
    assert "nothing changed" in _afterword(capsys, "run", "talk.vtt", "--dry-run", *more)[1]


def test_dry_run_writes_nothing(tmp_path: Path, capsys):
    """It lists what would happen, and why."""
    (tmp_path / "talk.vtt").write_text(TALK)
    code, out, _ = _afterword(capsys, "run", "talk.vtt", "--dry-run")
    assert code == 0
    assert "new" in out
    assert not (tmp_path / "afterword-out").exists()


def test_ctrl_c_is_exit_130(tmp_path: Path):
    """An interrupted run says how to go on and leaves nothing half written."""
    (tmp_path / "talk.vtt").write_text(TALK)
    code = (
        "import sys, pipeline.batch, pipeline.cli\n"
        "def interrupt(*a, **k): raise KeyboardInterrupt\n"
        "pipeline.batch.make_meeting = interrupt\n"
        "sys.argv = ['afterword', 'run', 'talk.vtt']\n"
        "pipeline.cli.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 130, done.stderr
    assert "goes on where it stopped" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["review", "."], ["publish", "."], ["forget", "Ada Quill", "."], ["purge", "."]])
def test_a_folder_without_a_meeting_is_exit_3(tmp_path: Path, capsys, arguments):
    """The editor's commands say what they want, and leave everything as it is."""
    (tmp_path / "letter.txt").write_text("Dear all")
    code, out, err = _afterword(capsys, *arguments)
    assert code == 3, err
    assert "Traceback" not in err + out
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_from_a_draft_to_nothing(tmp_path: Path, capsys):
    """Publish refuses a draft with exit 8; forget and purge say what they did."""
    (tmp_path / "talk.vtt").write_text(TALK)
    _afterword(capsys, "run", "talk.vtt")
    code, _, err = _afterword(capsys, "publish", "afterword-out/talk")
    assert code == 8
    assert "afterword review afterword-out" in err
    code, out, _ = _afterword(capsys, "forget", "Bo Reed", "afterword-out/talk")
    assert code == 0
    assert "Not touched" in out
    assert "Bo Reed" not in (tmp_path / "afterword-out/talk/summary.md").read_text()
    assert _afterword(capsys, "purge", "afterword-out/talk")[0] == 0
    assert not (tmp_path / "afterword-out/talk").exists()
    assert (tmp_path / "talk.vtt").exists()


def test_doctor_and_models_list(capsys):
    """A new user can see what is there and what is missing."""
    code, out, _ = _afterword(capsys, "doctor")
    assert code == 0
    assert "spacy" in out
    code, out, _ = _afterword(capsys, "models", "list")
    assert code == 0
    assert "small.en" in out
