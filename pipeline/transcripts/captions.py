"""WebVTT and SubRip, as they are found: by platforms, by hand, damaged.

A reader of our own: captions in the wild have missing blank lines, wrong counters, commas for points, no header.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.transcripts.labels import accepted, split_label
from pipeline.transcripts.pieces import Piece, seconds
from pipeline.transcripts.text import clean

_STAMP = r"(?:\d+:)?\d{1,3}:\d{1,2}(?:[.,]\d+)?"
_TIMING = re.compile(rf"^\s*(?P<start>{_STAMP})\s*-+>\s*(?P<end>{_STAMP})(?:\s.*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_BLOCKS = ("NOTE", "STYLE", "REGION")
_LANGUAGE = re.compile(r"^Language:\s*([\w-]+)\s*$", re.MULTILINE | re.IGNORECASE)
ROLLING = 0.3  # share of cues that begin as the one before ended, from which captions are rolling ones


@dataclass(frozen=True)
class _Cue:
    start: float
    end: float
    lines: tuple[str, ...]  # as written, markup included


def looks_like(text: str) -> bool:
    """Whether the text is captions, whatever its file is called."""
    return text.lstrip("\ufeff \n").startswith("WEBVTT") or any(
        _TIMING.match(line) for line in text.split("\n", 50)[:50]
    )


def language_of(text: str) -> str | None:
    """The language that the header names."""
    found = _LANGUAGE.search(text[:500])
    return found[1] if found else None


def pieces_of(text: str) -> list[Piece]:
    """The captions as pieces of speech."""
    cues = _unrolled(list(_cues(text)))
    pieces = [piece for cue in cues for piece in _by_voice_tag(cue)]
    return pieces if any(p.label for p in pieces) else _by_colon(cues)


def _cues(text: str) -> Iterator[_Cue]:
    """Cues in the order of the file; a timing line begins one even where the blank line before it is missing."""
    timing, lines, skipping = None, list[str](), False
    for line in [*text.split("\n"), ""]:
        found = _TIMING.match(line)
        if found:
            if timing:
                yield _cue(timing, _without_counter(lines))
            timing, lines, skipping = found, [], False
        elif not line.strip():
            if timing and lines:
                yield _cue(timing, lines)
                timing = None
            lines, skipping = [], False
        elif timing and not skipping:
            lines.append(line)
        elif line.split()[0] in _BLOCKS:
            skipping = True
    if timing and lines:
        yield _cue(timing, lines)


def _without_counter(lines: list[str]) -> list[str]:
    # The next cue's number, where no blank line stands before it.
    return lines[:-1] if lines and lines[-1].strip().isdigit() else lines


def _cue(timing: "re.Match[str]", lines: list[str]) -> _Cue:
    return _Cue(seconds(timing["start"]) or 0.0, seconds(timing["end"]) or 0.0, tuple(lines))


# ---- captions that roll: each repeats what the one before it said ---------------------------------------------------


def _unrolled(cues: list[_Cue]) -> list[_Cue]:
    plain = [tuple(filter(None, map(clean, cue.lines))) for cue in cues]
    again = sum(_rolls(a, b) for a, b in pairwise(plain))
    if again < 2 or again < ROLLING * len(cues):
        return cues
    found = []
    before: tuple[str, ...] = ()
    for cue, lines in zip(cues, plain, strict=True):
        new = lines[_repeated(before, lines) :]
        if new:
            found.append(replace(cue, lines=new))
        before = lines or before
    return found


def _rolls(before: tuple[str, ...], lines: tuple[str, ...]) -> bool:
    return len(before) + len(lines) > 2 and _repeated(before, lines) > 0


def _repeated(before: tuple[str, ...], lines: tuple[str, ...]) -> int:
    """How many lines at the beginning stood at the end of the cue before."""
    return next((n for n in range(min(len(before), len(lines)), 0, -1) if before[-n:] == lines[:n]), 0)


# ---- who is said to speak --------------------------------------------------------------------------------------------


def _by_voice_tag(cue: _Cue) -> list[Piece]:
    """A cue cut at its `<v Name>` tags, its time shared by length."""
    parts = _VOICE.split("\n".join(cue.lines))
    said = [(None, clean(parts[0]))] + [(clean(parts[i]) or None, clean(parts[i + 1])) for i in range(1, len(parts), 2)]
    said = [(label, text) for label, text in said if text]
    total = sum(len(text) for _, text in said)
    pieces, passed = [], 0
    for label, text in said:
        start = cue.start + (cue.end - cue.start) * passed / total
        passed += len(text)
        end = cue.start + (cue.end - cue.start) * passed / total
        pieces.append(Piece(start, end, label, text))
    return pieces


def _by_colon(cues: list[_Cue]) -> list[Piece]:
    """Cues whose text begins with `Name:`; where only changes of speaker are labelled, a label holds until the next."""
    texts = [[clean(line) for line in cue.lines] for cue in cues]
    firsts = [split_label(" ".join(lines))[0] for lines in texts]
    later = [split_label(line)[0] for lines in texts for line in lines[1:]]
    labels = accepted([*firsts, *filter(None, later)])
    every = sum(label in labels for label in firsts) >= 0.9 * len(firsts)
    pieces: list[Piece] = []
    current: str | None = None
    for cue, lines in zip(cues, texts, strict=True):
        said = _split(lines, labels, None if every else current)
        current = said[-1][0] if said else current
        tag = replace(cue, lines=tuple(text for _, text in said))
        pieces += [replace(p, label=who) for p, (who, _) in zip(_shared(tag), said, strict=True)]
    return pieces


def _split(lines: list[str], labels: frozenset[str], current: str | None) -> list[tuple[str | None, str]]:
    """The cue's text by speaker: a label may stand at the beginning of any of its lines."""
    said: list[tuple[str | None, str]] = []
    for line in lines:
        label, rest = split_label(line)
        if label in labels and label is not None:
            said.append((label, rest))
        elif said:
            said[-1] = (said[-1][0], f"{said[-1][1]} {line}".strip())
        elif line:
            said.append((current, line))
    return [(label, text) for label, text in said if text]


def _shared(cue: _Cue) -> list[Piece]:
    total = sum(map(len, cue.lines))
    pieces, passed = [], 0
    for text in cue.lines:
        start = cue.start + (cue.end - cue.start) * passed / total
        passed += len(text)
        pieces.append(Piece(start, cue.start + (cue.end - cue.start) * passed / total, None, text))
    return pieces
