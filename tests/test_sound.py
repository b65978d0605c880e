"""Pauses: the longest low-energy stretch is found, wherever it lies."""

import numpy as np
from numpy.typing import NDArray

from pipeline import sound


def noise(seconds: float, loud: float = 0.1) -> NDArray[np.float32]:
    rng = np.random.default_rng(1)
    return (loud * rng.standard_normal(round(seconds * sound.RATE))).astype(np.float32)


def test_levels_are_in_decibels_below_full_scale() -> None:
    level = sound.levels(np.full(16_000, 0.1, np.float32))
    assert len(level) == 100
    assert np.allclose(level, -20, atol=0.01)


def test_digital_silence_has_a_level() -> None:
    assert np.allclose(sound.levels(np.zeros(1600, np.float32)), sound.SILENCE)


def test_the_longest_gap_wins() -> None:
    piece = np.concatenate([noise(2), noise(0.2, 0.001), noise(2), noise(0.6, 0.001), noise(2)])
    start, end = sound.longest_quiet_gap(piece)
    assert abs(start - 4.2) < 0.05
    assert abs(end - 4.8) < 0.05


def test_a_gap_is_searched_only_where_asked() -> None:
    piece = np.concatenate([noise(1), noise(0.6, 0.001), noise(2), noise(0.2, 0.001), noise(2)])
    start, end = sound.longest_quiet_gap(piece, after=2.0)
    assert 3.5 < start < end < 3.9


def test_without_any_pause_the_quietest_place_is_taken() -> None:
    piece = np.concatenate([noise(2), noise(0.3, 0.07), noise(2)])
    start, end = sound.longest_quiet_gap(piece)
    assert 1.9 < start < end < 2.4


def test_nothing_to_search_gives_the_end() -> None:
    assert sound.longest_quiet_gap(np.zeros(0, np.float32)) == (0.0, 0.0)
