"""What every reader gives, and what becomes of it: pieces of speech to utterances with timed words."""

import math
import re
from dataclasses import dataclass, replace

from pipeline.records import Utterance, Word

WORD_SECONDS = 60 / 150  # people speak about 150 words a minute
NOISE = re.compile(r"^(?:[\[(♪*][^\[\]()]{0,80}[\])♪*]|[♪\s-]+)$")  # [Music], (applause), ♪
LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "dutch": "nl", "polish": "pl",
    "portuguese": "pt", "russian": "ru", "chinese": "zh", "japanese": "ja", "korean": "ko", "arabic": "ar",
    "ukrainian": "uk", "turkish": "tr", "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi",
}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """Something that one source wrote in one go; `start` and `end` None: the source gives no time."""

    start: float | None
    end: float | None
    label: str | None
    text: str
    words: tuple[Word, ...] = ()  # where the source times single words


def spoken(pieces: list[Piece]) -> list[Piece]:
    """The pieces that hold speech, in time order, each with a start and an end."""
    kept = [p for p in pieces if p.words or (p.text and not NOISE.match(p.text))]
    timed = [p for p in kept if p.start is not None]
    if not timed:
        return _paced(kept)
    return sorted(_bounded(kept), key=lambda p: (p.start or 0.0, p.end or 0.0))


def _paced(pieces: list[Piece]) -> list[Piece]:
    """Times from a steady pace, for text that has none."""
    found, at = [], 0.0
    for piece in pieces:
        end = at + WORD_SECONDS * len(piece.text.split())
        found.append(replace(piece, start=at, end=end))
        at = end
    return found


def _bounded(pieces: list[Piece]) -> list[Piece]:
    """Every piece gets a start (the end before it, if it has none) and an end that lies after it.

    Where only starts are known, a piece lasts as long as its words need, at most until the next one starts.
    """
    found, at = [], 0.0
    for i, piece in enumerate(pieces):
        start = max(0.0, at if piece.start is None else piece.start)
        end = piece.end
        if end is None or end <= start:
            needed = start + WORD_SECONDS * max(1, len(piece.text.split()))
            later = [p.start for p in pieces[i + 1 : i + 2] if p.start is not None and p.start > start]
            end = min([needed, *later]) if end is None else needed
        at = end
        found.append(replace(piece, start=start, end=end))
    return found


def utterances_of(pieces: list[Piece]) -> tuple[Utterance, ...]:
    """Utterances with timed words."""
    found = []
    for piece in pieces:
        start, end = piece.start or 0.0, piece.end or 0.0
        words = piece.words or interpolated(piece.text, start, end)
        if words:
            found.append(
                Utterance(
                    start=round(min(start, words[0].start), 3),
                    end=round(max(end, words[-1].end), 3),
                    label=piece.label,
                    words=words,
                )
            )
    return tuple(found)


def interpolated(text: str, start: float, end: float) -> tuple[Word, ...]:
    """The words of [start, end), each with a share of the time by its length."""
    tokens = text.split()
    total = sum(len(token) + 1 for token in tokens)
    words, passed = [], 0
    for token in tokens:
        begins = start + (end - start) * passed / total
        passed += len(token) + 1
        ends = start + (end - start) * passed / total
        words.append(Word(text=token, start=round(begins, 3), end=round(ends, 3), probability=1.0))
    return tuple(words)


def seconds(stamp: str) -> float | None:
    """Seconds of `1:02:03.4`, `02:03,4` or `0:0:3`; None if it is no time."""
    parts = stamp.strip().replace(",", ".").split(":")
    try:
        values = [float(part) for part in parts]
    except ValueError:
        return None
    total = 0.0
    for value in values:
        total = 60 * total + value
    return total if math.isfinite(total) and total >= 0 and len(values) <= 3 else None


def language_code(said: str | None) -> str | None:
    """ISO 639-1 of what a file or a person calls a language; None if it is not known."""
    if not said:
        return None
    plain = re.split(r"[-_]", said.strip().lower())[0]
    return LANGUAGES.get(plain) or (plain if re.fullmatch(r"[a-z]{2,3}", plain) else None)
