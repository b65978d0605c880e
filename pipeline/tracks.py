"""Meetings recorded with a file for each participant, as Zoom does: `Audio Record/audioAnaRuiz21234567890.m4a`."""

import re
from pathlib import Path

# "audio", the participant's name without its spaces, then digits: a running number and the meeting's id.
_OWN = re.compile(r"audio(?P<name>.*?\D)\d{4,}\.m4a", re.IGNORECASE)
# What Zoom writes of the same meeting besides: everybody's sound in one file, and the film.
_WHOLE = re.compile(r"(?:audio_only.*|audio\d+|video\d*|zoom_\d+|gmt\d.*)\.(?:m4a|mp4)", re.IGNORECASE)
_WORDS = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|_+")


def track_files(folder: Path) -> dict[Path, str]:
    """The participants' files in a folder, by name, each with its participant; empty where it is no such folder."""
    if not folder.is_dir():
        return {}
    found = {path: match["name"] for path in sorted(folder.iterdir()) if (match := _OWN.fullmatch(path.name))}
    return {path: _spaced(name) for path, name in found.items()} if len(found) > 1 else {}


def whole_of(path: Path) -> bool:
    """Whether a file is the mixture or the film of a meeting that lies in tracks beside it."""
    return bool(_WHOLE.fullmatch(path.name))


def meeting_name(folder: Path) -> str:
    """What to call the meeting of such a folder: Zoom calls them all "Audio Record", and their parents by the meeting."""
    return folder.parent.name if folder.name.lower() in ("audio record", "audio records") else folder.name


def _spaced(name: str) -> str:
    """ "AnaRuiz" as "Ana Ruiz"; names that show no border stay as they are."""
    return " ".join(_WORDS.sub(" ", name).split())
