"""Windows: full, never longer than 30 s, cut in pauses, and together they hold all speech."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.engines.listener import CannedListener
from pipeline.errors import InputError
from pipeline.records import Span
from pipeline.sound import Read, Samples
from pipeline.stages.chunk import CutChunks, pack
from pipeline.windows import samples_of
from tests.stages.helpers_sound import spans, work_in


def test_a_recording_in_which_nobody_speaks_is_refused(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 3)
    with pytest.raises(InputError, match="no speech"):
        CutChunks(CannedListener(()))(audio, work)


def test_a_window_ends_at_the_longest_pause_near_its_end() -> None:
    speech = spans((0, 10), (10.3, 28.2), (28.7, 29.1), (29.3, 40))
    found = list(pack(speech, noise, longest=30.0, duration=lambda: 41.0))
    assert len(found) == 2
    assert 28.2 <= found[0].end <= 28.7, "the pause of 0.5 s, not the one of 0.2 s"


def test_where_no_pause_is_near_its_end_a_window_is_filled_to_a_short_pause_inside_a_span() -> None:
    """Half-empty windows cost as much as full ones."""
    found = list(
        pack(spans((0, 15), (15.3, 40)), noise_but((20.0, 20.5), (26.0, 26.3)), longest=30.0, duration=lambda: 41.0)
    )
    assert found[0].end == pytest.approx(26.15, abs=0.02)
    assert [s.start for s in found[1].speech] == [found[0].end]


def test_no_window_ends_where_a_word_might_be_cut() -> None:
    """Less than the closure of a consonant is no pause: rather an emptier window."""
    found = list(
        pack(spans((0, 15), (15.3, 40)), noise_but((20.0, 20.5), (26.0, 26.05)), longest=30.0, duration=lambda: 41.0)
    )
    assert 15.0 <= found[0].end <= 15.3


def test_long_pauses_take_no_room(tmp_path: Path) -> None:
    """A meeting of long silences needs no more windows than its speech does."""
    speech = spans(*((at, at + 7) for at in range(0, 80, 20)))
    found = list(pack(speech, noise, longest=30.0, duration=lambda: 90.0))
    assert [c.speech for c in found] == [speech]
    assert len(samples_of(found[0], noise)) / 16_000 < 30.0


def test_speech_without_a_pause_is_cut_where_it_is_quietest(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 50)
    pcm = np.fromfile(tmp_path / audio.pcm, "<i2")
    pcm[25 * 16_000 : 25 * 16_000 + 4000] = 0
    pcm.tofile(tmp_path / audio.pcm)
    chunks = CutChunks(CannedListener(spans((0, 50))))(audio, work)
    assert next(c.end for c in chunks.chunks) == pytest.approx(25.125, abs=0.2)
    assert all(c.end - c.start <= 30 for c in chunks.chunks)


def test_the_speech_inside_a_window_is_cut_at_its_borders(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 50)
    chunks = CutChunks(CannedListener(spans((1, 45))))(audio, work)
    total = sum(s.end - s.start for c in chunks.chunks for s in c.speech)
    assert total == pytest.approx(44, abs=0.01)


def noise(start: float, end: float) -> Samples:
    return np.random.default_rng(round(start)).standard_normal(round(end * 16_000) - round(start * 16_000)).astype("f4")


def noise_but(*quiet: tuple[float, float]) -> Read:
    def read(start: float, end: float) -> Samples:
        found = noise(start, end)
        for a, b in quiet:
            found[max(0, round((a - start) * 16_000)) : max(0, round((b - start) * 16_000))] = 0
        return found

    return read


lengths = st.lists(st.tuples(st.floats(0.3, 12), st.floats(0.2, 29)), min_size=1, max_size=60)


@settings(deadline=None)
@given(lengths)
def test_every_window_is_short_enough_and_no_speech_is_lost(shape: list[tuple[float, float]]) -> None:
    speech, at = [], 0.0
    for pause, lasts in shape:
        speech.append(Span(start=round(at + pause, 3), end=round(at + pause + lasts, 3)))
        at = speech[-1].end
    packed = list(pack(speech, noise, longest=30.0, duration=lambda: at + 1))
    assert all(len(samples_of(c, noise)) / 16_000 <= 30.0 + 1e-3 for c in packed)
    windows = [(c.start, c.end) for c in packed]
    assert all(before[1] <= after[0] + 1e-6 for before, after in itertools.pairwise(windows))
    inside = [s for c in packed for s in c.speech]
    assert sum(s.end - s.start for s in inside) == pytest.approx(sum(s.end - s.start for s in speech))
    assert {s.start for s in speech} <= {s.start for s in inside}
    assert {s.end for s in speech} <= {s.end for s in inside}


@settings(deadline=None)
@given(lengths)
def test_a_window_is_given_as_soon_as_nothing_can_change_it(shape: list[tuple[float, float]]) -> None:
    """The recogniser is not to wait for the recording's end; at most one window and a span are held back."""
    speech, at = [], 0.0
    for pause, lasts in shape:
        speech.append(Span(start=round(at + pause, 3), end=round(at + pause + lasts, 3)))
        at = speech[-1].end
    taken: list[Span] = []

    def coming():
        for span in speech:
            taken.append(span)
            yield span

    for window in pack(coming(), noise, longest=30.0, duration=lambda: at + 1):
        held = [s for s in taken if s.end > window.end]
        assert sum(s.end - max(s.start, window.end) for s in held) <= 60.0
    assert taken == speech
