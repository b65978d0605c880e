"""`afterword purge MEETING_DIR`: a meeting and every trace of it goes. The recording, which is not ours, stays."""

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.review.forget import source_of
from pipeline.review.meeting import Meeting
from pipeline.review.publish import withdraw
from pipeline.store import WORK, cannot_write, write_whole


@dataclass(frozen=True)
class Purged:
    """Where something was removed, and the recording that is left."""

    removed: tuple[str, ...]
    left: str | None


def purge(folder: Path) -> Purged:
    """Remove a meeting; raises `InputError` when the folder holds none, `OutputError` when it cannot be removed."""
    if folder.is_symlink() or not (folder / WORK).is_dir():
        raise InputError(
            f"{folder} is not a meeting folder; nothing was removed.", do="Name a folder that `afterword run` made."
        )
    left = source_of(folder)
    with Meeting(folder).held():
        withdrawn = [place for place in withdraw(folder) if Path(place).parent != folder]
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise cannot_write(folder, error) from error
    table = _out_of_the_table(folder)
    return Purged((str(folder), *withdrawn, *([str(table)] if table else [])), left)


def _out_of_the_table(folder: Path) -> Path | None:
    """The batch's table beside the meetings names each of them."""
    path = folder.absolute().parent / "batch.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        data = json.loads(path.read_text(encoding="utf-8"))
        kept = [row for row in data["inputs"] if row["meeting"] != folder.absolute().name]
        if len(kept) != len(data["inputs"]):
            data["inputs"] = kept
            write_whole(path, json.dumps(data, indent=1, ensure_ascii=False).encode() + b"\n")
            return path
    return None
