"""Transcripts as input: captions, recogniser output, documents and plain text become one `Transcript`.

    .vtt .srt   captions   plain, Zoom (`Name: text`), Teams (`<v Name>`), rolling ones
    .json       whisper    Whisper, WhisperX, faster-whisper, whisper.cpp
    .docx .txt  lines      `Name: text`, name and time above the text, with or without stamps

Every reader gives `Piece`s; from there on, all are one. Nothing is guessed about who a label is.
"""

from pathlib import Path

from pipeline.errors import InputError
from pipeline.records import Transcript, Utterance
from pipeline.transcripts import captions, lines, whisper_json
from pipeline.transcripts.labels import is_voice_label
from pipeline.transcripts.pieces import Piece, language_code, spoken, utterances_of
from pipeline.transcripts.text import read_text

__all__ = ["is_voice_label", "read_transcript"]

_NAMES = {".vtt": "WebVTT", ".srt": "SubRip", ".json": "Whisper JSON", ".docx": "Word document", ".txt": "plain text"}


def read_transcript(path: Path, *, meeting: str, language: str | None = None) -> Transcript:
    """Read a transcript file; raises `InputError` when it is none, is empty or holds no words.

    Words get their times by interpolation within their cue. `language` outweighs what the file says.
    """
    suffix = path.suffix.lower()
    pieces, said = _read(path, suffix)
    utterances = utterances_of(spoken(pieces))
    if not utterances:
        raise InputError(
            f"{path} has no speech: no words were found in it.",
            do="Check that it is the transcript and not just its header; or give the recording instead.",
        )
    return Transcript(
        meeting=meeting,
        language=language_code(language) or language_code(said) or "en",
        duration=_duration(utterances),
        made_by=_NAMES.get(suffix, "plain text"),
        coverage=1.0,
        utterances=utterances,
    )


def _read(path: Path, suffix: str) -> tuple[list[Piece], str | None]:
    if suffix == ".docx":
        return lines.pieces_of(lines.docx_lines(path)), None
    text = read_text(path)
    if suffix == ".json":
        return whisper_json.pieces_of(text, path)
    if suffix in (".vtt", ".srt") or captions.looks_like(text):
        return captions.pieces_of(text), captions.language_of(text)
    return lines.pieces_of(text.split("\n")), None


def _duration(utterances: tuple[Utterance, ...]) -> float:
    return max(u.end for u in utterances)
