"""A meeting's folder: results kept under fingerprints, files written whole or not at all.

Layout: `<meeting folder>/` holds the outputs; `<meeting folder>/.afterword/` holds each stage's last result as
`<stage>.json` (`{"fingerprint": ..., "result": ...}`), `source.json`, which input the folder belongs to, and `made.json`,
what the finished outputs were made from (`pipeline.made`).
"""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout
from pydantic import ValidationError

from pipeline.errors import InputError, OutputError
from pipeline.records import Record
from pipeline.stages import Stage
from pipeline.tracks import track_files

R = TypeVar("R", bound=Record)

WORK = ".afterword"
LOCK = "lock"  # in a meeting's work folder
NAMES_LOCK = ".afterword.lock"  # in the output folder: held while a meeting gets its folder
PART = ".part"  # how the name of a file that is being written ends
PATIENCE = 1.0  # s between two looks at a lock that another run holds


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, hex; of a meeting in tracks, of its files' names and digests. Raises `InputError`.

    Reads in blocks, so a recording of any length is fine.
    """
    if own := track_files(path):
        return hashlib.sha256("\0".join(f"{file.name}\0{digest_of(file)}" for file in own).encode()).hexdigest()
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
    write_all({path: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Replace several files together: all are written aside and synced first, then each is renamed into its place.

    Raises `OutputError`; every old content is then as it was, and no temporary file is left.
    """
    aside: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            with writing(path):
                _write_aside(path, data, aside)
        _move_in(aside)
    finally:
        for temporary in aside.values():
            with contextlib.suppress(OSError):
                temporary.unlink()
    for folder in dict.fromkeys(path.parent for path in files):
        with writing(folder):
            sync_folder(folder)


def _write_aside(path: Path, data: bytes, aside: dict[Path, Path]) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=PART)
    aside[path] = Path(temporary)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).chmod(0o644)


def _move_in(aside: Mapping[Path, Path]) -> None:
    kept: dict[Path, Path | None] = {}
    try:
        for path, temporary in aside.items():
            with writing(path):
                kept[path] = _second_name(path)
                temporary.replace(path)
    except BaseException:
        for path, old in kept.items():
            with contextlib.suppress(OSError):
                # What was not there before is to be absent again.
                old.replace(path) if old else path.unlink()
        raise
    finally:
        for old in kept.values():
            if old:
                with contextlib.suppress(OSError):
                    old.unlink()


def _second_name(path: Path) -> Path | None:
    """A second name for a file's present content, so that it can be put back; None where there is no file."""
    second = path.with_name(f".{path.name}.old{PART}")
    with contextlib.suppress(OSError):
        second.unlink()
    try:
        second.hardlink_to(path)
    except FileNotFoundError:
        return None
    except OSError:  # a file system without links: a copy does as well
        shutil.copyfile(path, second)
    return second


def append_line(path: Path, line: str) -> None:
    """Add a line to a file, safe against a power cut when this returns; raises `OutputError`."""
    with writing(path), path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the file system says about `path` into an `OutputError`."""
    try:
        yield
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


def sync_folder(folder: Path) -> None:
    """Make renames in a folder survive a power cut, where the system can do that for folders."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


@contextlib.contextmanager
def locked(path: Path, *, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold a lock file against every other run, on this machine or on another that shares the folder.

    The lock ends with the process that holds it, however that ends. `waiting` is called now and then while another
    run holds it. Raises `OutputError` where the file cannot be written.
    """
    with writing(path):
        lock = _acquired(path, waiting)
    try:
        yield
    finally:
        lock.release()


def _acquired(path: Path, waiting: Callable[[], None]) -> FileLock:
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, thread_local=False)
        try:
            lock.acquire(timeout=PATIENCE)
        except Timeout:
            waiting()
            continue
        if path.exists():
            return lock
        lock.release()  # who held it before has removed the folder, and the file that we hold with it


class Folder:
    """One meeting's folder."""

    def __init__(self, path: Path, *, make: bool = True) -> None:
        """Make the folder and its work folder; raises `OutputError` when that is not possible."""
        self.path = path
        self.work = path / WORK
        if make:
            with writing(path):
                self.work.mkdir(parents=True, exist_ok=True)

    @classmethod
    def existing(cls, path: Path) -> "Folder":
        """The folder as it is, to be looked at only."""
        return cls(path, make=False)

    def once(self, kind: type[R], stage: Stage, inputs: tuple[Record, ...], do: Callable[[], R]) -> tuple[R, bool]:
        """The stage's stored result if its fingerprint still holds, else `do()`, stored; and whether it was stored.

        A stored result that cannot be read counts as absent.
        """
        stored = self.stored(kind, stage, inputs)
        if stored is not None:
            return stored, True
        result = do()
        self.keep(stage, inputs, result)
        return result, False

    def stored(self, kind: type[R], stage: Stage, inputs: tuple[Record, ...]) -> R | None:
        """The stage's stored result, if its fingerprint still holds."""
        return _load(self.work / f"{stage.name}.json", fingerprint(stage, *inputs), kind)

    def keep(self, stage: Stage, inputs: tuple[Record, ...], result: Record) -> None:
        """Store a stage's result under its fingerprint; raises `OutputError`."""
        body = f'{{"fingerprint": "{fingerprint(stage, *inputs)}", "result": {result.model_dump_json()}}}'
        write_whole(self.work / f"{stage.name}.json", body.encode())

    def tidy(self) -> None:
        """Remove what a killed run was writing; only for who holds the meeting's lock."""
        for folder in (self.path, self.work):
            for litter in folder.glob(f".*{PART}"):
                with contextlib.suppress(OSError):
                    litter.unlink()

    def forget_results(self) -> None:
        """Drop every stored result, so that the next run starts afresh (`--overwrite`)."""
        with writing(self.work):
            for path in self.work.glob("*.json*"):
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
