"""Word documents and plain text: `Name: text` lines, or a name and a time above what was said."""

import re
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import docx
from docx.opc.exceptions import OpcError

from pipeline.errors import InputError
from pipeline.transcripts.labels import accepted, is_voice_label, looks_like_name, split_label
from pipeline.transcripts.pieces import Piece, seconds
from pipeline.transcripts.text import clean

_STAMP = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?"
_RANGE = re.compile(rf"^\s*({_STAMP})\s*-+>\s*({_STAMP})\s*$")
_BEFORE = re.compile(rf"^\s*[\[(]?({_STAMP})[\])]?\s*(?:[-–—]\s*)?(?=\S)")  # [00:01:02] Name: text
_HEADER = re.compile(rf"^\s*(?P<label>[^:\t]{{1,60}}?)[\s,]*[\t ][\[(]?(?P<stamp>{_STAMP})[\])]?\s*$")  # Name   0:03
_INSIDE = re.compile(rf"^(?P<label>[^:]{{1,60}}?)\s*[\[(]({_STAMP})[\])]\s*:\s*(?P<text>.*)$")  # Name (0:03): text
_ADMINISTRATION = re.compile(r"\b(?:started|stopped) (?:transcription|recording)$", re.IGNORECASE)
_BOMB = 64 << 20  # bytes that a document may unpack to


@dataclass(frozen=True)
class _Line:
    start: float | None
    end: float | None
    label: str | None
    text: str
    header: bool = False  # its label and time stand alone; the text follows


def docx_lines(path: Path) -> list[str]:
    """The lines of a Word document, tables included; raises `InputError` when it is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _BOMB:
                raise InputError(f"{path} is too large for a transcript.", do="Save just the transcript as .docx.")
        document = docx.Document(str(path))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, OpcError, SyntaxError) as error:
        raise InputError(
            f"{path} is not a Word document that can be read.", do="Save it as .docx or .txt again."
        ) from error
    lines: list[str] = []
    for block in document.iter_inner_content():
        paragraphs = (
            [block] if hasattr(block, "text") else [p for row in block.rows for c in row.cells for p in c.paragraphs]
        )
        for paragraph in paragraphs:
            lines += str(paragraph.text).split("\n")
    return lines


def pieces_of(lines: list[str]) -> list[Piece]:
    """What was said, by whom: lines without a speaker go on with the one before."""
    read = [line for text in _joined(lines) if (line := _line(text)) is not None]
    read = _after_header(read)
    labels = accepted([line.label for line in read if not line.header])
    pieces: list[Piece] = []
    for line in read:
        mine = line.header or (line.label is not None and line.label in labels)
        text = line.text if mine or line.label is None else f"{line.label}: {line.text}".strip()
        if mine or line.start is not None or not pieces:
            who = line.label if mine else (pieces[-1].label if pieces else None)
            pieces.append(Piece(line.start, line.end, who, text))
        else:
            pieces[-1] = replace(pieces[-1], text=f"{pieces[-1].text} {text}".strip())
    return pieces


def _joined(lines: list[str]) -> list[str]:
    """Teams' older form, a range of time above the name, as one header line each."""
    found: list[str] = []
    pending: str | None = None
    for line in lines:
        if _RANGE.match(line):
            pending = line
        elif pending is not None and line.strip():
            found.append(f"{pending.strip()}\t{line.strip()}")
            pending = None
        elif line.strip():
            found.append(line)
    return found


def _line(text: str) -> _Line | None:
    ranged = re.match(rf"^({_STAMP})\s*-+>\s*({_STAMP})\t(.*)$", text)
    if ranged:
        return _Line(seconds(ranged[1]), seconds(ranged[2]), clean(ranged[3]), "", header=True)
    header = _HEADER.match(text)
    if header and _may_be_header(clean(header["label"])):
        return _Line(seconds(header["stamp"]), None, clean(header["label"]).rstrip(" -–—"), "", header=True)
    inside = _INSIDE.match(text)
    if inside:
        return _Line(seconds(inside[2]), None, clean(inside["label"]), clean(inside["text"]))
    before = _BEFORE.match(text)
    start = seconds(before[1]) if before else None
    rest = clean(text[before.end() :] if before else text)
    if not rest or _ADMINISTRATION.search(rest):
        return None
    label, said = split_label(rest)
    return _Line(start, None, label, said)


def _may_be_header(label: str) -> bool:
    return is_voice_label(label) or (looks_like_name(label) and len(label.split()) <= 6)


def _after_header(lines: list[_Line]) -> list[_Line]:
    """Without what stands above the first speaker in a document: its title, date and length."""
    first = next((i for i, line in enumerate(lines) if line.header), None)
    return lines[first:] if first is not None and first <= 12 else lines
