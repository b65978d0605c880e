"""What recognisers write: Whisper, WhisperX, faster-whisper and whisper.cpp."""

import json
import math
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.records import Word
from pipeline.transcripts.pieces import Piece, interpolated
from pipeline.transcripts.text import clean


def pieces_of(text: str, path: Path) -> tuple[list[Piece], str | None]:
    """The segments, and the language that the file names; raises `InputError` for JSON of another kind."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_a_transcript(path) from error
    segments = _segments(data)
    if segments is None:
        raise _not_a_transcript(path)
    language = data.get("language") if isinstance(data, dict) else None
    pieces = [piece for segment in segments if isinstance(segment, dict) for piece in _pieces(segment)]
    return pieces, language if isinstance(language, str) else None


def _not_a_transcript(path: Path) -> InputError:
    return InputError(
        f"{path} is not a transcript: it has no list of segments.", do="Give the JSON that Whisper or WhisperX wrote."
    )


def _segments(data: Any) -> list[Any] | None:
    if isinstance(data, dict):
        found = next((data[key] for key in ("segments", "transcription", "chunks") if key in data), None)
        return found if isinstance(found, list) else None
    return data if isinstance(data, list) and any(isinstance(s, dict) and "text" in s for s in data) else None


def _pieces(segment: dict[str, Any]) -> list[Piece]:
    start, end = _times(segment)
    label = _label(segment)
    words = [w for w in segment.get("words") or () if isinstance(w, dict)] if _is_list(segment, "words") else []
    timed = [(w, _number(w.get("start")), _number(w.get("end"))) for w in words]
    if not words or start is None or end is None or all(s is None for _, s, _ in timed):
        return [Piece(start, end, label, clean(str(segment.get("text") or "")))]
    pieces = []
    for who, run in groupby(_filled(timed, start, end), key=lambda entry: _label(entry[0]) or label):
        spoken = tuple(word for entry, s, e in run for word in _words(entry, s, e))
        if spoken:
            text = " ".join(w.text for w in spoken)
            pieces.append(Piece(spoken[0].start, max(w.end for w in spoken), who, text, spoken))
    return pieces


def _is_list(segment: dict[str, Any], key: str) -> bool:
    return isinstance(segment.get(key), list)


def _times(segment: dict[str, Any]) -> tuple[float | None, float | None]:
    """Start and end in seconds: named so, as whisper.cpp's milliseconds, or as a pair."""
    offsets, pair = segment.get("offsets"), segment.get("timestamp")
    if isinstance(offsets, dict):
        first, last = _number(offsets.get("from")), _number(offsets.get("to"))
        return (None if first is None else first / 1000), (None if last is None else last / 1000)
    if isinstance(pair, list) and len(pair) == 2:
        return _number(pair[0]), _number(pair[1])
    return _number(segment.get("start")), _number(segment.get("end"))


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _label(entry: dict[str, Any]) -> str | None:
    label = entry.get("speaker")
    return clean(str(label)) or None if isinstance(label, str | int) and not isinstance(label, bool) else None


def _filled(
    timed: list[tuple[dict[str, Any], float | None, float | None]], start: float, end: float
) -> list[tuple[dict[str, Any], float, float]]:
    """Words without a time (WhisperX cannot align figures) get the gap between their neighbours."""
    found, began, at = [], start, start
    for i, (word, begins, ends) in enumerate(timed):
        following = next((s for _, s, _ in timed[i + 1 :] if s is not None), end)
        first = max(began, begins) if begins is not None else at
        last = ends if ends is not None and ends >= first else max(first, following)
        found.append((word, first, last))
        began, at = first, last
    return found


def _words(entry: dict[str, Any], start: float, end: float) -> list[Word]:
    text = clean(str(entry.get("word") or entry.get("text") or ""))
    sure = next((p for p in (_number(entry.get(k)) for k in ("probability", "score")) if p is not None), 1.0)
    return [w.model_copy(update={"probability": min(1.0, sure)}) for w in interpolated(text, start, end)]
