"""What the recogniser gets of a window: its speech, with long pauses shortened; and the way of its words back.

A recogniser works on half a minute at a time, however much of it is silence: a pause costs as much as speech.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipeline.records import Chunk, Span, Utterance, Word
from pipeline.sound import RATE, Read, Samples

MARGIN = 0.2  # s of sound kept before and after the speech in a window
KEPT = 0.1  # s kept on either side of a shortened pause, besides what the listener counts as speech
PAUSE = 0.4  # s: a longer one is shortened; a recogniser takes pauses for the ends of sentences, so some is left


def length_of(spans: Sequence[Span]) -> float:
    """How long the recogniser will find these spans with what is between them, in seconds."""
    between = (following.start - span.end for span, following in pairwise(spans))
    return sum(span.end - span.start for span in spans) + sum(2 * KEPT if gap > PAUSE else gap for gap in between)


def stretches(chunk: Chunk) -> list[Span]:
    """The parts of the window's sound that the recogniser gets, in order."""
    found, start = [], chunk.start
    for span, following in pairwise(chunk.speech):
        if following.start - span.end > PAUSE:
            found.append(Span(start=start, end=span.end + KEPT))
            start = following.start - KEPT
    return [*found, Span(start=start, end=chunk.end)]


def samples_of(chunk: Chunk, read: Read) -> Samples:
    """The window's sound as the recogniser gets it."""
    return np.concatenate([read(stretch.start, stretch.end) for stretch in stretches(chunk)])


def on_the_recording(utterances: Sequence[Utterance], chunk: Chunk) -> tuple[Utterance, ...]:
    """The utterances of a window in the recording's time, as if no pause had been shortened.

    They come timed as if the window's sound were in one piece, from the window's start on.
    """
    parts = stretches(chunk)
    if len(parts) == 1:
        return tuple(utterances)
    # By whole samples, as they were read: where each part begins, and how far it was moved.
    lengths = [(round(part.end * RATE) - round(part.start * RATE)) / RATE for part in parts]
    begins = chunk.start + np.concatenate(([0.0], np.cumsum(lengths[:-1])))
    moved = np.array([part.start for part in parts]) - begins

    def back(word: Word) -> Word:
        # By the word's middle: one that reaches over a shortened pause stays in one piece.
        by = float(moved[np.searchsorted(begins, (word.start + word.end) / 2, side="right") - 1])
        return word.model_copy(update={"start": round(word.start + by, 3), "end": round(word.end + by, 3)})

    return tuple(_timed(utterance, [back(word) for word in utterance.words]) for utterance in utterances)


def _timed(utterance: Utterance, words: list[Word]) -> Utterance:
    end = max(word.end for word in words)
    return utterance.model_copy(update={"start": words[0].start, "end": end, "words": tuple(words)})
