"""What the recogniser gets of a window, and the way of its words back."""

import numpy as np
import pytest

from pipeline.records import Chunk
from pipeline.sound import Samples
from pipeline.windows import length_of, on_the_recording, samples_of, stretches
from tests.stages.helpers_sound import spans, utterance

SPEECH = spans((1.0, 3.0), (3.5, 5.0), (20.0, 22.0), (60.0, 61.0))
WINDOW = Chunk(start=0.8, end=61.2, speech=SPEECH)


def ramp(start: float, end: float) -> Samples:
    return np.arange(round(start * 16_000), round(end * 16_000)).astype(np.float32) / 16_000


def test_long_pauses_are_shortened_and_short_ones_kept() -> None:
    assert [(s.start, s.end) for s in stretches(WINDOW)] == [(0.8, 3.1), (3.4, 5.1), (19.9, 22.1), (59.9, 61.2)]
    heard = samples_of(WINDOW, ramp)
    assert len(heard) / 16_000 == pytest.approx(length_of(SPEECH) + 0.4)


def test_every_word_finds_its_way_back() -> None:
    """Wherever a word is heard in the shortened sound, its time is that of the recording."""
    heard = samples_of(WINDOW, ramp)
    for at in np.arange(0.0, 7.4, 0.1):
        told = utterance("word", round(WINDOW.start + at, 3), step=0.02)
        (found,) = on_the_recording([told], WINDOW)
        middle = (found.words[0].start + found.words[0].end) / 2
        assert middle == pytest.approx(float(heard[round((at + 0.01) * 16_000)]), abs=0.002)
        assert (found.start, found.end) == (found.words[0].start, found.words[0].end)


def test_a_window_without_long_pauses_is_left_alone() -> None:
    window = Chunk(start=0.8, end=5.2, speech=spans((1.0, 3.0), (3.3, 5.0)))
    told = (utterance("just as it was", 1.0),)
    assert on_the_recording(told, window) == told
    assert np.array_equal(samples_of(window, ramp), ramp(0.8, 5.2))
