"""Diarization error rate: known cases, and what must hold for any."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.measures.der import der, read_rttm

REFERENCE = [(0.0, 10.0, "Ann"), (10.0, 20.0, "Bo")]


def test_the_reference_itself_is_perfect_under_any_names() -> None:
    assert der(REFERENCE, [(0.0, 10.0, "2"), (10.0, 20.0, "1")]).rate == 0


def test_one_voice_for_two_speakers_confuses_half() -> None:
    found = der(REFERENCE, [(0.0, 20.0, "1")], collar=0)
    assert (found.confused, found.missed, found.false_alarm, found.rate) == (10, 0, 0, 0.5)


def test_missed_and_false_speech() -> None:
    found = der(REFERENCE, [(0.0, 5.0, "1"), (10.0, 25.0, "2")], collar=0)
    assert (found.missed, found.false_alarm, found.confused) == (5, 5, 0)


def test_overlapping_speech_counts_for_each_speaker() -> None:
    found = der([*REFERENCE, (0.0, 4.0, "Cy")], [(0.0, 10.0, "1"), (10.0, 20.0, "2")], collar=0)
    assert (found.missed, found.total) == (4, 24)


def test_borders_are_not_scored_within_the_collar() -> None:
    assert der(REFERENCE, [(0.0, 10.2, "1"), (10.2, 20.0, "2")]).rate == 0
    assert der(REFERENCE, [(0.0, 10.2, "1"), (10.2, 20.0, "2")], collar=0).confused == pytest.approx(0.2)


def test_nothing_against_nothing() -> None:
    assert der([], []).rate == 0
    assert der([], [(0.0, 1.0, "1")], collar=0).rate == 1


def test_rttm_is_read_by_recording(tmp_path: Path) -> None:
    path = tmp_path / "a.rttm"
    path.write_text("SPEAKER a 1 1.5 2.0 <NA> <NA> Ann <NA> <NA>\n\nSPEAKER b 1 0 1 <NA> <NA> Bo <NA> <NA>\n")
    assert read_rttm(path) == {"a": [(1.5, 3.5, "Ann")], "b": [(0.0, 1.0, "Bo")]}


pieces = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9), st.sampled_from("abc")), max_size=12)


@settings(deadline=None)
@given(pieces, pieces)
def test_a_rate_is_never_negative_and_missing_everything_misses_all(
    first: list[tuple[int, int, str]], second: list[tuple[int, int, str]]
) -> None:
    reference = [(float(a), float(a + n), who) for a, n, who in first]
    hypothesis = [(float(a), float(a + n), who) for a, n, who in second]
    found = der(reference, hypothesis, collar=0)
    assert min(found.missed, found.false_alarm, found.confused) >= -1e-9
    nothing = der(reference, [], collar=0)
    assert nothing.missed == pytest.approx(nothing.total)
