"""A meeting's folder: results kept under fingerprints, files written whole or not at all.

Layout: `<meeting folder>/` holds the outputs; `<meeting folder>/.afterword/` holds each stage's last result as
`<stage>.json` (`{"fingerprint": ..., "result": ...}`), and `source.json`, which input the folder belongs to.
"""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from pipeline.errors import InputError, OutputError
from pipeline.records import Record
from pipeline.stages import Stage

R = TypeVar("R", bound=Record)

WORK = ".afterword"


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, hex; reads in blocks, so a recording of any length is fine. Raises `InputError`."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.", do="Check that it is a file and that you may read it."
        ) from error


def fingerprint(stage: Stage, *inputs: Record) -> str:
    """What a stage's result depends on: its rules, its settings and its inputs."""
    parts = [stage.name, str(stage.version), json.dumps(stage.settings(), sort_keys=True, default=str)]
    parts += [record.model_dump_json() for record in inputs]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that at any moment either the old or the new content is there (temporary, fsync, rename).

    Raises `OutputError`; the old content is then untouched and no temporary file is left.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> OutputError:
    """The error for a path that cannot be written, with the advice that fits the cause."""
    do = {
        errno.ENOSPC: "Free some space on that disk and run the same command again; finished work is kept.",
        errno.EACCES: "Choose another folder with -o, or make this one writable.",
        errno.EROFS: "Choose a folder on a disk that can be written, with -o.",
        errno.ENOTDIR: "A part of that path is a file; choose another folder with -o.",
    }.get(error.errno or 0, "Check the disk and the folder, then run the same command again.")
    return OutputError(f"{path} could not be written: {error.strerror or error}.", do=do)


def _sync_folder(folder: Path) -> None:
    # The rename itself must survive a power cut; folders cannot be opened for that on every system.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class Folder:
    """One meeting's folder."""

    def __init__(self, path: Path) -> None:
        """Make the folder and its work folder; raises `OutputError` when that is not possible."""
        self.path = path
        self.work = path / WORK
        try:
            self.work.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(path, error) from error

    def once(self, kind: type[R], stage: Stage, inputs: tuple[Record, ...], do: Callable[[], R]) -> tuple[R, bool]:
        """The stage's stored result if its fingerprint still holds, else `do()`, stored; and whether it was stored.

        A result that cannot be read back (another version's record, a damaged file) counts as absent.
        """
        key = fingerprint(stage, *inputs)
        path = self.work / f"{stage.name}.json"
        stored = _load(path, key, kind)
        if stored is not None:
            return stored, True
        result = do()
        body = f'{{"fingerprint": "{key}", "result": {result.model_dump_json()}}}'
        write_whole(path, body.encode())
        return result, False

    def forget_results(self) -> None:
        """Drop every stored result, so that the next run starts afresh (`--overwrite`)."""
        for path in self.work.glob("*.json"):
            if path.name != "source.json":
                path.unlink(missing_ok=True)

    def abandon(self) -> None:
        """Leave no trace of an input that cannot be used; a folder that holds an earlier page is kept."""
        if not (self.path / "run.json").is_file():
            shutil.rmtree(self.work, ignore_errors=True)
            with contextlib.suppress(OSError):  # something else is in it
                self.path.rmdir()


def _load(path: Path, key: str, kind: type[R]) -> R | None:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["fingerprint"] != key:
            return None
        return kind.model_validate(stored["result"])
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        return None
