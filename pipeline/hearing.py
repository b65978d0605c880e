"""What a recogniser is asked and what it answers, and whether the answer is to be believed."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pipeline.records import Chunk, Record, Utterance, Word
from pipeline.sound import Samples

GROUP = 2  # windows that are recognised together: the same ones in every run, because company may change a word
REPEATS = 2.4  # text that compresses better than this repeats itself
UNSURE = 0.35  # mean probability of the words below which a window is tried again
SPARSE = 0.4  # words a second of speech below which something was left out

Group = tuple[Chunk, ...]  # windows that are recognised together


class Manner(Record):
    """How a window is to be decoded; every way gives the same words each time."""

    language: str
    hotwords: tuple[str, ...] = ()
    beam: int = 5
    no_repeat: int = 0  # forbid repeating so many tokens


@dataclass(frozen=True, eq=False)
class Piece:
    """Sound of at most half a minute, and where it begins."""

    samples: Samples
    offset: float  # s from the recording's start


class Heard(Record):
    """What a recogniser made of one window, in the recording's time."""

    utterances: tuple[Utterance, ...]
    cut_short: bool = False  # it ran into the limit of what it can say about one window

    @property
    def words(self) -> list[Word]:
        """All words in order."""
        return [word for utterance in self.utterances for word in utterance.words]


def groups(windows: Iterable[Chunk]) -> Iterator[Group]:
    """The windows, so many by so many from the first on; what is left at the end is a group, too."""
    coming = iter(windows)
    while group := tuple(islice(coming, GROUP)):
        yield group


# ---- is it to be believed? --------------------------------------------------------------------------------------


def suspicious(heard: Heard, chunk: Chunk, hotwords: tuple[str, ...]) -> bool:
    """Whether a window's words look like a recogniser that lost its way."""
    speech, words = speech_of(chunk), heard.words
    if len(words) < SPARSE * speech and speech > 1.0:
        return True
    if not words:
        return False
    mean = sum(w.probability for w in words) / len(words)
    return heard.cut_short or repetition(heard) > REPEATS or mean < UNSURE or recites(heard, hotwords)


def merit(heard: Heard, chunk: Chunk, hotwords: tuple[str, ...]) -> float:
    """How good a result is beside others of the same window: sure, complete, not repeating."""
    words = heard.words
    if not words:
        return -1.0
    mean = sum(w.probability for w in words) / len(words)
    complete = min(1.0, len(words) / (1.5 * speech_of(chunk) + 1))
    excess = max(0.0, repetition(heard) - REPEATS)
    return mean + 0.5 * complete - excess - recites(heard, hotwords) - 0.25 * heard.cut_short


def repetition(heard: Heard) -> float:
    """How well the text compresses: above 2.4 it repeats itself."""
    text = " ".join(u.text for u in heard.utterances).encode()
    return len(text) / len(zlib.compress(text)) if text else 0.0


def recites(heard: Heard, hotwords: tuple[str, ...]) -> bool:
    """Whether three of the hinted names stand in a row, in the order of the hint: nobody speaks like that."""
    text = " ".join(w.text.strip(".,;:!?").lower() for w in heard.words)
    names = [name.lower() for name in hotwords]
    return any(" ".join(names[i : i + 3]) in text for i in range(len(names) - 2))


def speech_of(chunk: Chunk) -> float:
    """How many seconds of speech a window holds."""
    return sum(s.end - s.start for s in chunk.speech)
