"""From what the user names to recordings: files and folders in, each with the meeting folder that it becomes."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.store import NAMES_LOCK, WORK, Folder, locked, write_whole
from pipeline.tracks import meeting_name, track_files, whole_of

MEDIA = frozenset(
    ".3gp .aac .ac3 .aif .aiff .amr .avi .caf .flac .flv .m2ts .m4a .m4b .m4v .mka .mkv .mov .mp2 .mp3 .mp4 .mpeg .mpg "
    ".mts .oga .ogg .ogv .opus .ts .wav .webm .wma .wmv".split()
)
CAPTIONS = frozenset((".vtt", ".srt"))
# These may be transcripts, or anything: in a folder they count only when they look like one.
MAYBE_TRANSCRIPT = frozenset((".json", ".docx", ".txt"))
TRANSCRIPT = CAPTIONS | MAYBE_TRANSCRIPT
LONGEST_NAME = 200  # bytes of a meeting's id
# Two different people saying something, one line each: `Ada Byron: Good morning.`
_LABELLED = re.compile(r"^(?:\[?[\d:.]+\]?\s*)?(?:[^\W\d_][\w.'’-]*)(?: [\w.'’()-]+){0,4}:\s+\S", re.MULTILINE)


def kind_of(path: Path) -> str:
    """ "transcript" or "media", from the name; a wrong guess is found out when the file is read."""
    return "transcript" if path.suffix.lower() in TRANSCRIPT else "media"


def find_inputs(named: Iterable[Path], *, output: Path) -> list[Path]:
    """The files to work on: those named, and what the folders named hold, sorted, each once. A folder with a file for
    each participant of one meeting is one input.

    What is not there, and a folder in which nothing usable is found, is an `InputError` where it is all that was named;
    among others it stays in the list, to fail when its turn comes, because one wrong path is not to stop the rest.
    """
    paths = list(named)
    found: dict[Path, None] = {}
    for path in paths:
        own = bool(track_files(path))
        inside = sorted(_inside(path.absolute(), output)) if path.is_dir() and not own else [path.absolute()]
        if len(paths) == 1 and not (path.is_dir() and inside):
            refuse(path)
        found |= dict.fromkeys(inside or [path.absolute()])
    return list(found)


def refuse(path: Path) -> None:
    """Raise `InputError` for what cannot be an input, whatever is in it: no file, or a name that is no text."""
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        raise InputError(f"The name of {shown(path)} is not valid UTF-8.", do="Rename the file.") from error
    if path.is_dir() and not track_files(path):
        raise InputError(
            f"There is no recording or transcript in {path}.",
            do="Name a folder that holds audio, video, .vtt, .srt, .docx, .txt or Whisper .json files.",
        )
    if not path.exists() and not path.is_symlink():
        raise InputError(f"There is no file {path}.", do="Check the path.")


def shown(path: Path) -> str:
    """A path as it can be printed: bytes that are no text as escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def _inside(folder: Path, output: Path, above: tuple[Path, ...] = ()) -> Iterator[Path]:
    if (real := folder.resolve()) in above:  # a link back to where we came from
        return
    try:
        entries = list(folder.iterdir())
    except OSError:  # one closed folder is not to stop the rest: it fails in its turn
        yield folder
        return
    in_tracks = {path for path in entries if track_files(path)}
    for path in entries:
        if path.name.startswith(".") or path == output.absolute():
            continue
        if path.is_dir():
            # A meeting folder holds results, not inputs.
            if path in in_tracks:
                yield path
            elif not (path / WORK).is_dir():
                yield from _inside(path, output, (*above, real))
        elif _usable(path) and not (in_tracks and whole_of(path)):
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


def assign_ids(inputs: Iterable[Path], output: Path, *, others: Iterable[str] = ()) -> list[tuple[str, Path]]:
    """A meeting id for each input: its stem, with -2, -3 ... where two inputs share one.

    A folder that an earlier run made for another input, or that something else made, is never taken over; the folder
    that an earlier run made for this same input is found again. `others` are ids that are spoken for.
    """
    taken = {_alike(meeting) for meeting in others}
    ids = []
    for path in inputs:
        stem = _as_folder_name(meeting_name(path) if path.is_dir() else path.stem)
        number = 1
        while True:
            candidate = stem if number == 1 else f"{stem}-{number}"
            if _alike(candidate) not in taken and _belongs(output / candidate, path):
                break
            number += 1
        taken.add(_alike(candidate))
        ids.append((candidate, path))
    return ids


def _alike(meeting: str) -> str:
    # Some file systems do not tell Talk from talk, nor an accent from a letter that has it.
    return unicodedata.normalize("NFC", meeting).casefold()


def _as_folder_name(stem: str) -> str:
    name = re.sub(r"[^\w.,+()&' -]", "-", unicodedata.normalize("NFC", stem))
    # Room for -2 and the like: names of files are limited to 255 bytes.
    return name.encode()[:LONGEST_NAME].decode(errors="ignore").strip(" .") or "meeting"


def _belongs(folder: Path, source: Path) -> bool:
    if not folder.exists():
        return True
    owner = owner_of(folder)
    if owner is not None:
        return owner == str(source)
    # Nothing in it: an earlier run was stopped before it began. Anything else is not ours.
    return folder.is_dir() and not any(folder.glob("[!.]*"))


def owner_of(folder: Path) -> str | None:
    """The input that a meeting folder was made from; None where that is not written down."""
    try:
        return str(json.loads((folder / WORK / "source.json").read_text(encoding="utf-8"))["path"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def settle(meeting: str, path: Path, digest: str, *, output: Path, others: Iterable[str] = ()) -> str:
    """Take the meeting's folder for good, and give its id: another one where another run has taken it meanwhile."""
    with locked(output / NAMES_LOCK):
        if not _belongs(output / meeting, path):
            meeting = assign_ids([path], output, others=others)[0][0]
        claim(Folder(output / meeting).path, path, digest)
    return meeting


def claim(folder: Path, source: Path, digest: str) -> None:
    """Write down which input a meeting folder belongs to; what is written already stays."""
    line = json.dumps({"path": str(source), "digest": digest}, ensure_ascii=False).encode()
    file = folder / WORK / "source.json"
    if not file.is_file() or file.read_bytes() != line:
        write_whole(file, line)
