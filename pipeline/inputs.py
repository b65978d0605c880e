"""From what the user names to recordings: files and folders in, each with the meeting folder that it becomes."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.store import WORK, write_whole

MEDIA = frozenset(
    ".3gp .aac .ac3 .aif .aiff .amr .avi .caf .flac .flv .m2ts .m4a .m4b .m4v .mka .mkv .mov .mp2 .mp3 .mp4 .mpeg .mpg "
    ".mts .oga .ogg .ogv .opus .ts .wav .webm .wma .wmv".split()
)
CAPTIONS = frozenset((".vtt", ".srt"))
# These may be transcripts, or anything: in a folder they count only when they look like one.
MAYBE_TRANSCRIPT = frozenset((".json", ".docx", ".txt"))
TRANSCRIPT = CAPTIONS | MAYBE_TRANSCRIPT
# Two different people saying something, one line each: `Ada Byron: Good morning.`
_LABELLED = re.compile(r"^(?:\[?[\d:.]+\]?\s*)?(?:[^\W\d_][\w.'’-]*)(?: [\w.'’()-]+){0,4}:\s+\S", re.MULTILINE)


def kind_of(path: Path) -> str:
    """ "transcript" or "media", from the name; a wrong guess is found out when the file is read."""
    return "transcript" if path.suffix.lower() in TRANSCRIPT else "media"


def find_inputs(named: Iterable[Path], *, output: Path) -> list[Path]:
    """The files to work on: those named, and what the folders named hold, sorted, each once.

    Raises `InputError` for a path that is not there, and for folders in which nothing usable is found.
    """
    found: dict[Path, None] = {}
    for path in named:
        if path.is_dir():
            inside = sorted(_inside(path, output))
            if not inside:
                raise InputError(
                    f"There is no recording or transcript in {path}.",
                    do="Name a folder that holds audio, video, .vtt, .srt, .docx, .txt or Whisper .json files.",
                )
            found |= dict.fromkeys(inside)
        elif path.exists():
            found[path.absolute()] = None
        else:
            raise InputError(f"There is no file {path}.", do="Check the path.")
    return list(found)


def _inside(folder: Path, output: Path) -> Iterator[Path]:
    for path in folder.absolute().iterdir():
        if path.name.startswith(".") or path == output.absolute():
            continue
        if path.is_dir():
            # A meeting folder holds results, not inputs.
            if not (path / WORK).is_dir():
                yield from _inside(path, output)
        elif _usable(path):
            yield path


def _usable(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix in MEDIA or suffix in CAPTIONS:
        return True
    return suffix in MAYBE_TRANSCRIPT and _looks_like_transcript(path)


def _looks_like_transcript(path: Path) -> bool:
    try:
        if path.suffix.lower() == ".json":
            data = json.loads(path.read_text(encoding="utf-8"))
            return isinstance(data, dict) and isinstance(data.get("segments"), list)
        if path.suffix.lower() == ".txt":
            head = path.read_text(encoding="utf-8", errors="replace")[:20_000]
            return len(_LABELLED.findall(head)) >= 2
    except (OSError, ValueError):
        return False
    return True


def assign_ids(inputs: Iterable[Path], output: Path) -> list[tuple[str, Path]]:
    """A meeting id for each input: its stem, with -2, -3 ... where two inputs share one.

    A folder that an earlier run made for another input, or that something else made, is never taken over; the folder
    that an earlier run made for this same input is found again.
    """
    taken: set[str] = set()
    ids = []
    for path in inputs:
        stem = _as_folder_name(path.stem)
        number = 1
        while True:
            candidate = stem if number == 1 else f"{stem}-{number}"
            # casefold: some file systems do not tell Talk from talk.
            if candidate.casefold() not in taken and _belongs(output / candidate, path):
                break
            number += 1
        taken.add(candidate.casefold())
        ids.append((candidate, path))
    return ids


def _as_folder_name(stem: str) -> str:
    name = re.sub(r"[^\w.,+()&' -]", "-", stem).strip(" .")
    return name or "meeting"


def _belongs(folder: Path, source: Path) -> bool:
    if not folder.exists():
        return True
    try:
        return bool(json.loads((folder / WORK / "source.json").read_text(encoding="utf-8"))["path"] == str(source))
    except (OSError, ValueError, KeyError, TypeError):
        # Nothing in it: an earlier run was stopped before it began. Anything else is not ours.
        return folder.is_dir() and not any(folder.glob("[!.]*"))


def claim(folder: Path, source: Path, digest: str) -> None:
    """Write down which input a meeting folder belongs to."""
    line = json.dumps({"path": str(source), "digest": digest}, ensure_ascii=False)
    write_whole(folder / WORK / "source.json", line.encode())
