"""Turns for a transcript without voices: the words cut anew where the speaker changes, named where that is certain."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.language.clues import Resolver, Said, read_turns
from pipeline.language.cutting import Cut, cut
from pipeline.language.moments import Places
from pipeline.language.people import Directory, parse_name
from pipeline.language.units import Unit, units_of
from pipeline.records import VoicedTurn, Word

PIECE = 300  # words parsed at once: longer turns are cut after a sentence near this length
_ENDS = (".", "?", "!")


@dataclass(frozen=True)
class Recut:
    """A new turn, and its person if that is certain."""

    turn: VoicedTurn
    person: int | None
    confidence: float


def recut(
    turns: Sequence[VoicedTurn], directory: Directory, parse: Callable[[Sequence[str]], list[Doc]]
) -> list[Recut]:
    """Cut and name; the words stay the same, in the same order. People who are introduced join the directory."""
    pieces = [piece for turn in turns for piece in _pieces(turn.words)]
    docs = parse([" ".join(w.text for w in piece) for piece in pieces])
    said = [Said(f"#{i}", doc) for i, doc in enumerate(docs)]
    read = read_turns(said, directory)
    places = [Places(p, d) for p, d in zip(pieces, docs, strict=True)]
    units = units_of(said, read, Resolver(directory, read), _silences(pieces, docs, places))
    borders = _borders(units, places, pieces)

    def known(person: int) -> bool:
        entry = directory.entries[person]
        return entry.registered is not None or " " in parse_name(entry.name).name

    words = [word for piece in pieces for word in piece]
    found = [_recut(words, borders, c) for c in cut(units, known)]
    return [r for r in found if r is not None] or [Recut(t, None, 0.0) for t in turns]


def _pieces(words: Sequence[Word]) -> list[Sequence[Word]]:
    pieces, first = [], 0
    for i, word in enumerate(words):
        long = i - first >= PIECE and word.text.rstrip("\"'”’)").endswith(_ENDS)
        if i + 1 == len(words) or long or i - first >= 2 * PIECE:
            pieces.append(words[first : i + 1])
            first = i + 1
    return pieces


def _silences(pieces: Sequence[Sequence[Word]], docs: Sequence[Doc], places: Sequence[Places]) -> list[list[float]]:
    """The silence before each token that begins a word; 0 before all others."""
    silences, end = [], 0.0
    for piece, doc, place in zip(pieces, docs, places, strict=True):
        own, last = [0.0] * len(doc), -1
        for at in range(len(doc)):
            first, _ = place.words(at, at + 1)
            if first != last:
                own[at] = max(0.0, piece[first].start - (piece[first - 1].end if first else end))
            last = first
        silences.append(own)
        end = piece[-1].end
    return silences


def _borders(units: Sequence[Unit], places: Sequence[Places], pieces: Sequence[Sequence[Word]]) -> list[int]:
    """The place among all words at which each unit begins, and the number of words."""
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    borders = [offsets[u.piece] + places[u.piece].words(u.start, u.end)[0] for u in units]
    return [*borders, offsets[-1]]


def _recut(words: Sequence[Word], borders: Sequence[int], made: Cut) -> Recut | None:
    own = words[borders[made.first] : borders[made.last]]
    if not own:
        return None
    turn = VoicedTurn(start=own[0].start, end=max(w.end for w in own), voice=None, label=None, words=tuple(own))
    return Recut(turn, made.person, made.confidence)
