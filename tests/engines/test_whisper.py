"""The recogniser's door: which model, where from, and what is said when it is not there."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from pipeline.engines import whisper
from pipeline.engines.listener import SpeechListener
from pipeline.engines.whisper import ModelFolder, Recogniser, resolve
from pipeline.errors import MissingError, UsageError
from pipeline.hearing import Manner, Piece
from pipeline.sound import Samples

VOICES = Path(__file__).parents[3] / "shared" / "data" / "real-voices"


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Hugging Face cache with nothing in it. Its path is read from the environment at import, so this one is set."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))


@pytest.mark.usefixtures("empty_cache")
def test_what_is_not_cached_offline_names_both_ways_out() -> None:
    with pytest.raises(MissingError) as caught:
        resolve("small.en", offline=True)
    assert "afterword models pull small.en" in caught.value.do
    assert "--asr bundled" in caught.value.do


def test_an_unknown_name_is_a_usage_error_that_lists_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        resolve("enormous")
    assert "small.en" in caught.value.do


def test_a_folder_that_is_not_there_is_missing() -> None:
    with pytest.raises(MissingError, match="no model folder"):
        resolve("/no/such/folder")


def test_a_folder_that_is_no_model_says_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(MissingError, match=r"lacks model\.bin, tokenizer\.json"):
        resolve(str(tmp_path))


def test_files_that_are_no_model_are_an_error_with_advice(tmp_path: Path) -> None:
    for name in ("config.json", "model.bin", "tokenizer.json", "vocabulary.json"):
        (tmp_path / name).write_text("{}")
    engine = Recogniser(resolve(str(tmp_path)))
    with pytest.raises(MissingError) as caught:
        engine.transcribe([Piece(np.zeros(16_000, np.float32), 0.0)], manner=Manner(language="en"))
    assert "--asr bundled" in caught.value.do


def test_the_identity_is_known_without_loading_the_model(tmp_path: Path) -> None:
    engine = Recogniser(ModelFolder("tiny.en", tmp_path, "abc"))
    assert engine.identity()["model"] == "faster-whisper tiny.en"
    assert engine.identity()["revision"] == "abc"


@pytest.mark.filterwarnings("ignore")
def test_windows_heard_together_keep_their_own_words_and_times() -> None:
    """In a batch as alone, but for roundings: no window gets another's words, and an empty one gets none."""
    from benchmarks.sounds import sample

    sound = sample().astype(np.float32) / np.float32(32768)
    pieces = [Piece(sound[a * 16_000 : b * 16_000], float(a)) for a, b in ((1, 9), (9, 9), (30, 37), (9, 14))]
    engine, manner = Recogniser(resolve("bundled"), threads=1), Manner(language="en")
    together = engine.transcribe(pieces, manner=manner)
    assert together == engine.transcribe(pieces, manner=manner)
    assert together[1].words == []
    for piece, heard in zip(pieces, together, strict=True):
        (alone,) = engine.transcribe([piece], manner=manner)
        assert [w.text for w in heard.words] == [w.text for w in alone.words]
        assert np.allclose([w.end for w in heard.words], [w.end for w in alone.words], atol=0.05)
        assert all(piece.offset <= w.start for w in heard.words)


def test_the_default_fits_the_machine() -> None:
    assert whisper.default_name() == ("large-v3-turbo" if whisper.device() == "cuda" else "small.en")


def listened(samples: Samples) -> list[tuple[float, float]]:
    def read(start: float, end: float) -> Samples:
        return samples[round(start * 16_000) : round(end * 16_000)]

    heard: list[float] = []
    spans = [(s.start, s.end) for s in SpeechListener().speech_spans(read, heard=heard.append)]
    assert heard[-1] == pytest.approx(len(samples) / 16_000), "the last it is told is the length"
    return spans


def test_silence_and_noise_are_no_speech() -> None:
    assert listened(np.zeros(32_000, np.float32)) == []
    rng = np.random.default_rng(0)
    assert listened((0.01 * rng.standard_normal(64_000)).astype(np.float32)) == []


def test_an_empty_recording_has_no_speech() -> None:
    assert listened(np.zeros(0, np.float32)) == []


@pytest.fixture(scope="module")
def speech() -> Samples:
    path = VOICES / "jfk.flac"
    if not path.exists():
        pytest.skip("the clips of real speech are not on this machine")
    import av

    with av.open(str(path)) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=16_000)
        frames = [f for frame in container.decode(audio=0) for f in resampler.resample(frame)]
    return np.concatenate([f.to_ndarray().reshape(-1) for f in frames]).astype(np.float32) / 32768


def test_real_speech_is_found(speech: Samples) -> None:
    found = listened(speech)
    assert 7.0 < sum(b - a for a, b in found) < 11.0
    assert all(a < b for a, b in found)
    assert all(x[1] <= y[0] for x, y in itertools.pairwise(found))


def test_block_borders_change_nothing(speech: Samples) -> None:
    """The detector is run in blocks of a minute; speech that lies across a border must come out whole."""
    shifted = np.concatenate([np.zeros(55 * 16_000, np.float32), speech])
    alone = listened(speech)
    across = [(a - 55, b - 55) for a, b in listened(shifted)]
    assert len(alone) == len(across)
    assert np.allclose(alone, across, atol=0.2)
