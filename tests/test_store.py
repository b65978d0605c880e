import errno
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from pipeline import store
from pipeline.errors import OutputError
from pipeline.records import Span
from pipeline.store import Folder, write_whole


@dataclass(frozen=True)
class Halve:
    """A stage for these tests."""

    shift: float = 0.0
    name: ClassVar[str] = "halve"
    version: ClassVar[int] = 1

    def settings(self) -> dict[str, object]:
        return {"shift": self.shift}


def _run(folder: Folder, stage: Halve, span: Span) -> tuple[Span, bool]:
    return folder.once(Span, stage, (span,), lambda: Span(start=span.start / 2 + stage.shift, end=span.end / 2))


def test_a_stored_result_is_used_while_nothing_changed(tmp_path: Path):
    """The same stage, settings and input are not computed twice; any change is."""
    folder, span = Folder(tmp_path / "m"), Span(start=2, end=4)
    assert _run(folder, Halve(), span) == (Span(start=1, end=2), False)
    assert _run(Folder(tmp_path / "m"), Halve(), span) == (Span(start=1, end=2), True)
    assert _run(folder, Halve(shift=0.5), span)[1] is False
    assert _run(folder, Halve(shift=0.5), Span(start=2, end=6))[1] is False


@pytest.mark.parametrize("damage", ["", "{", '{"fingerprint": "KEY", "result": {"start": -1}}', "[]"])
def test_a_damaged_stored_result_counts_as_absent(tmp_path: Path, damage):
    """A file cut short by a crash of the disk costs one stage, not the run."""
    folder, span = Folder(tmp_path / "m"), Span(start=2, end=4)
    _run(folder, Halve(), span)
    path = folder.work / "halve.json"
    key = json.loads(path.read_text())["fingerprint"]
    path.write_text(damage.replace("KEY", key))
    assert _run(folder, Halve(), span) == (Span(start=1, end=2), False)


def test_overwrite_forgets_results_but_not_whose_folder_it_is(tmp_path: Path):
    """`--overwrite` starts afresh and keeps the folder's owner."""
    folder = Folder(tmp_path / "m")
    _run(folder, Halve(), Span(start=2, end=4))
    write_whole(folder.work / "source.json", b"{}")
    folder.forget_results()
    assert [p.name for p in folder.work.iterdir()] == ["source.json"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch, code, step):
    """A full or broken disk gives exit 6, and what was there before is intact."""
    path = tmp_path / "a.txt"
    write_whole(path, b"old")

    def fail(*_args: object) -> None:
        raise OSError(code, os.strerror(code))

    # The disk itself cannot be passed in; this is the one place where the system call is replaced.
    monkeypatch.setattr(store.os if step == "fsync" else store.Path, step, fail)
    with pytest.raises(OutputError) as caught:
        write_whole(path, b"new")
    assert caught.value.exit_code == 6
    assert caught.value.do
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_that_cannot_be_made(tmp_path: Path):
    """An output path that runs through a file is exit 6 with advice."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        Folder(tmp_path / "file" / "m")
