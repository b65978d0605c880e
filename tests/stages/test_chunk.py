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
from pipeline.stages.chunk import CutChunks, pack
from tests.stages.helpers_sound import spans, work_in


def test_a_recording_in_which_nobody_speaks_is_refused(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 3)
    with pytest.raises(InputError, match="no speech"):
        CutChunks(CannedListener(()))(audio, work)


def test_a_window_ends_at_the_longest_pause_near_its_end() -> None:
    found = list(pack(spans((0, 10), (10.4, 20), (21.5, 28), (28.3, 40)), longest=30.0, duration=lambda: 41.0))
    assert len(found) == 2
    assert 20.0 <= found[0].end <= 20.8, "the pause of 1.5 s, not the one of 0.3 s"


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


lengths = st.lists(st.tuples(st.floats(0.3, 12), st.floats(0.2, 29)), min_size=1, max_size=60)


@settings(deadline=None)
@given(lengths)
def test_every_window_is_short_enough_and_no_speech_is_lost(shape: list[tuple[float, float]]) -> None:
    speech, at = [], 0.0
    for pause, lasts in shape:
        speech.append(Span(start=round(at + pause, 3), end=round(at + pause + lasts, 3)))
        at = speech[-1].end
    windows = [(c.start, c.end) for c in pack(speech, longest=30.0, duration=lambda: at + 1)]
    assert all(b - a <= 30.0 + 1e-6 for a, b in windows)
    assert all(before[1] <= after[0] + 1e-6 for before, after in itertools.pairwise(windows))
    assert all(any(a <= s.start and s.end <= b + 1e-6 for a, b in windows) for s in speech)


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

    given_away = 0
    for window in pack(coming(), longest=30.0, duration=lambda: at + 1):
        given_away += len(window.speech)
        held = taken[given_away:]
        assert not held or held[-1].end - window.end <= 60.0 + max(p for p, _ in shape)
    assert taken == speech
