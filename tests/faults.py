"""A disk that fails once: the n-th write, sync or rename below a folder raises, everything else works.

The disk itself cannot be passed in, so this is the one place where system calls are replaced.
"""

import os
import pathlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


class FailingDisk:
    """Counts what is done below `folder`, and fails at number `at` (from 0) with the error `code`."""

    def __init__(self, folder: pathlib.Path, at: int, code: int) -> None:
        self._folder, self._at, self._code = folder.resolve(), at, code
        self.count = 0
        self.failed: str | None = None

    def touch(self, what: str, path: object) -> None:
        """One operation on a path or on an open file."""
        name = pathlib.Path(f"/proc/self/fd/{path}").readlink() if isinstance(path, int) else pathlib.Path(str(path))
        if self._folder not in name.parents and name != self._folder:
            return
        if self.count == self._at:
            self.failed = f"{what} {name.name}"
        self.count += 1
        if self.failed and self.count == self._at + 1:
            raise OSError(self._code, os.strerror(self._code), str(name))


class _File:
    def __init__(self, file: Any, disk: FailingDisk, path: object) -> None:
        self._file, self._disk, self._path = file, disk, path

    def write(self, data: Any) -> int:
        half = len(data) // 2
        self._file.write(data[:half])  # a full disk takes a part
        self._disk.touch("write", self._path)
        return half + int(self._file.write(data[half:]))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> "_File":
        self._file.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._file.__exit__(*error)


@contextmanager
def failing_disk(folder: pathlib.Path, at: int, code: int) -> Iterator[FailingDisk]:
    """For as long as the block runs, operation number `at` below `folder` fails with `code`."""
    disk = FailingDisk(folder, at, code)
    real = {"fsync": os.fsync, "fdopen": os.fdopen, "open": pathlib.Path.open, "replace": pathlib.Path.replace}

    def fsync(handle: int) -> None:
        disk.touch("fsync", handle)
        real["fsync"](handle)

    def fdopen(handle: int, *args: Any, **kwargs: Any) -> Any:
        return _File(real["fdopen"](handle, *args, **kwargs), disk, handle)

    def opened(path: pathlib.Path, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        file = real["open"](path, mode, *args, **kwargs)
        return file if "r" in mode else _File(file, disk, path)

    def replace(path: pathlib.Path, target: Any) -> Any:
        disk.touch("rename", target)
        return real["replace"](path, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        patch.setattr(os, "fdopen", fdopen)
        patch.setattr(pathlib.Path, "open", opened)
        patch.setattr(pathlib.Path, "replace", replace)
        yield disk
