"""What a finished meeting was made from: with nothing of it changed, a second run leaves the folder alone.

`.afterword/made.json` is removed before the first output is replaced and written after the last one, so that it never
stands beside outputs that it does not describe.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipeline import __version__
from pipeline.store import Folder, sync_folder, write_whole, writing

FILE = "made.json"
# Files of the work folder that follow from the rest; whatever else lies there (an editor's work) counts as an input.
_FOLLOWS = frozenset((FILE, "source.json", "event.json", "draft.json", "lock", "audio.s16", "audio.levels"))
#: What can have changed, as it is told to the user; in the order in which it is told.
REASONS = {
    "version": "another version of Afterword",
    "input": "the input changed",
    "event": "the event file or roster changed",
    "recogniser": "another recogniser",
    "voices": "other voices settings",
    "language": "another language model",
    "settings": "other settings",
    "render": "other formats or templates",
    "edits": "edited since",
}
Made = dict[str, str]


@cache
def version() -> str:
    """The version, and a checksum of the code: a working copy may be ahead of its version."""
    package = Path(__file__).parent
    whole = hashlib.sha256()
    for path in sorted((*package.rglob("*.py"), *package.rglob("*.j2"), *package.rglob("*.txt"))):
        whole.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{__version__} {whole.hexdigest()[:12]}"


def made_from(parts: Mapping[str, object], folder: Folder) -> Made:
    """The parts (see `REASONS`; JSON values) as checksums, with the version and what lies in the work folder."""
    found = {name: _digest(json.dumps(part, sort_keys=True, default=str).encode()) for name, part in parts.items()}
    return {"version": version(), **found, "edits": _digest(b"\0".join(_others(folder)))}


def _others(folder: Folder) -> list[bytes]:
    if not folder.work.is_dir():
        return []
    return [
        path.name.encode() + b"\0" + path.read_bytes()
        for path in sorted(folder.work.iterdir())
        if path.is_file() and path.name not in _FOLLOWS and not path.name.startswith(".") and not _is_result(path)
    ]


def _is_result(path: Path) -> bool:
    """Whether a file is a stage's stored result, whole or under way."""
    if path.name.endswith(".partial.jsonl"):
        return True
    with path.open("rb") as file:
        return file.read(16) == b'{"fingerprint": '


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def changes(folder: Folder, made: Made) -> list[str] | None:
    """What changed since the outputs were made, in words; none of it: []. None where they were never finished."""
    try:
        stored = json.loads((folder.work / FILE).read_text(encoding="utf-8"))
        before, files = dict(stored["from"]), list(stored["files"])
        gone = [str(name) for name in files if not (folder.path / str(name)).is_file()]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if before == made and not gone:
        return []
    told = [reason for name, reason in REASONS.items() if before.get(name) != made.get(name)]
    return [*told, *([f"{', '.join(gone)} is gone"] if gone else [])]


def unfinished(folder: Folder) -> None:
    """Say that the outputs are about to change; raises `OutputError`."""
    with writing(folder.work):
        (folder.work / FILE).unlink(missing_ok=True)
        sync_folder(folder.work)


def finished(folder: Folder, made: Made, files: list[str]) -> None:
    """Say that these outputs are whole; raises `OutputError`."""
    write_whole(folder.work / FILE, json.dumps({"from": made, "files": sorted(files)}, indent=1).encode())
