"""The built-in diarizer: voices of different timbre are told apart, bounds are kept, any length of sound is fine."""

import itertools

import numpy as np
import pytest
from scipy.signal import lfilter

from pipeline.engines.voices_builtin import BuiltinDiarizer, grouped
from pipeline.measures.der import der
from pipeline.progress import Quiet
from pipeline.records import Span
from pipeline.sound import Samples
from pipeline.voices.clusters import Sounds
from pipeline.voices.segments import changes, segments_of
from pipeline.voices.spectra import cepstra

RATE = 16_000
TALK = [(0, 6.0), (1, 5.0), (0, 4.0), (2, 6.0), (1, 4.0), (2, 3.0), (0, 5.0)]


def voice(who: int, seconds: float, seed: int) -> Samples:
    """Something like vowels: a buzz of the speaker's pitch through resonances that move, around the speaker's own."""
    rng = np.random.default_rng(seed)
    pitch, shift = [(110, 0.85), (210, 1.15), (150, 1.0)][who]
    pieces = []
    for _ in range(round(seconds / 0.12)):
        count = round(0.12 * RATE)
        buzz = (np.arange(count) % round(RATE / (pitch * rng.uniform(0.95, 1.05))) == 0).astype(float)
        sound = buzz + 0.02 * rng.standard_normal(count)
        for low, high in ((300, 800), (900, 2200), (2300, 2900), (3300, 3800)):
            centre, width = shift * rng.uniform(low, high), 60 + 50 * who
            radius = np.exp(-np.pi * width / RATE)
            sound = lfilter([1 - radius], [1, -2 * radius * np.cos(2 * np.pi * centre / RATE), radius**2], sound)
        pieces.append(sound / (np.abs(sound).max() + 1e-9))
    return (0.3 * np.concatenate(pieces)).astype(np.float32)


def conversation() -> tuple[Samples, tuple[Span, ...], list[tuple[float, float, str]]]:
    pieces, spans, reference, at = [], [], [], 0.0
    for seed, (who, lasts) in enumerate(TALK):
        sound = voice(who, lasts, seed)
        pieces += [sound, np.zeros(RATE // 2, np.float32)]
        end = at + len(sound) / RATE
        spans.append(Span(start=at, end=end))
        reference.append((at, end, str(who)))
        at = end + 0.5
    return np.concatenate(pieces), tuple(spans), reference


def found(samples: Samples, spans: tuple[Span, ...], **bounds: int | None) -> list[tuple[float, float, int]]:
    def read(start: float, end: float) -> Samples:
        return samples[round(start * RATE) : round(end * RATE)]

    given = {"min_speakers": None, "max_speakers": None, **bounds}
    return BuiltinDiarizer().voices(read, spans, progress=Quiet(), **given)


def test_three_voices_are_told_apart() -> None:
    samples, spans, reference = conversation()
    result = found(samples, spans, min_speakers=3, max_speakers=3)
    assert der(reference, [(a, b, str(v)) for a, b, v in result]).rate < 0.05


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_known_number_of_voices_is_kept(count: int) -> None:
    samples, spans, _ = conversation()
    result = found(samples, spans, min_speakers=count, max_speakers=count)
    assert len({v for *_, v in result}) == count


def test_the_number_of_voices_is_estimated_about_right() -> None:
    samples, spans, _ = conversation()
    assert 2 <= len({v for *_, v in found(samples, spans)}) <= 4


def test_the_same_sound_gives_the_same_voices() -> None:
    samples, spans, _ = conversation()
    assert found(samples, spans) == found(samples, spans)


def test_spans_lie_inside_the_speech_in_order() -> None:
    samples, spans, _ = conversation()
    result = found(samples, spans)
    assert all(a < b for a, b, _ in result)
    assert all(x[1] <= y[0] + 1e-6 for x, y in itertools.pairwise(result))
    assert result[-1][1] <= spans[-1].end + 0.011


@pytest.mark.parametrize("lasts", [0.01, 0.05, 0.3, 1.0])
def test_hardly_any_speech_is_one_voice(lasts: float) -> None:
    samples = voice(0, 2.0, 0)
    result = found(samples, (Span(start=0.5, end=0.5 + lasts),))
    assert len({v for *_, v in result}) == 1


def test_silence_taken_for_speech_does_no_harm() -> None:
    assert found(np.zeros(5 * RATE, np.float32), (Span(start=0, end=4.5),))


def test_no_speech_has_no_voices() -> None:
    assert found(np.zeros(RATE, np.float32), ()) == []


def test_spectra_come_every_hundredth_of_a_second() -> None:
    assert cepstra(voice(0, 1.2, 0)[:RATE]).shape == (98, 19)
    assert cepstra(np.zeros(100, np.float32)).shape == (0, 19)


def test_a_change_of_voice_without_a_pause_is_found() -> None:
    frames = cepstra(np.concatenate([voice(0, 4.8, 1), voice(1, 4.8, 2)]))
    cuts = changes(frames)
    assert any(abs(cut - 480) < 40 for cut in cuts)
    borders = segments_of(frames, np.zeros(len(frames), np.int32))
    assert borders[0][0] == 0
    assert borders[-1][1] == len(frames)


def test_what_sounds_alike_is_one_voice_within_the_bounds() -> None:
    counts = np.full((3, 2), 1000.0)
    means = np.array([0.0, 0.05, 2.0])
    sounds = Sounds(counts, counts[..., None] * means[:, None, None] * np.ones((3, 2, 4)), np.ones((2, 4)))

    def labels(**bounds: int) -> list[int]:
        fresh = Sounds(sounds.counts.copy(), sounds.sums.copy(), sounds.variance)
        return grouped(fresh, alike=0.1, chance=2.0, **bounds).tolist()

    assert labels(fewest=1, most=9) == [0, 0, 1]
    assert labels(fewest=3, most=9) == [0, 1, 2]
    assert labels(fewest=1, most=1) == [0, 0, 0]
