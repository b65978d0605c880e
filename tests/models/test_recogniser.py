"""The bundled recogniser is what its card says: small, loadable by plain faster-whisper, silent on silence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

faster_whisper = pytest.importorskip("faster_whisper")

FOLDER = Path(__file__).parents[2] / "models" / "bundled" / "recogniser"
FILES = {"model.bin", "config.json", "vocabulary.json", "tokenizer.json", "preprocessor_config.json"}
RATE = 16_000


@pytest.fixture(scope="module")
def model() -> faster_whisper.WhisperModel:
    """The folder, loaded as any user of faster-whisper would load it."""
    return faster_whisper.WhisperModel(str(FOLDER), device="cpu", compute_type="int8", cpu_threads=1)


def heard(model: faster_whisper.WhisperModel, audio: np.ndarray) -> str:
    """The text that a plain call returns."""
    segments, _ = model.transcribe(audio.astype("float32"), language="en")
    return " ".join(segment.text for segment in segments).strip()


def test_folder_is_complete_and_at_most_25_megabytes() -> None:
    """A clone stays small and loads with nothing fetched."""
    assert {path.name for path in FOLDER.iterdir()} >= FILES | {"README.md"}
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 25_000_000


def test_model_is_english_only_at_25_frames_a_second(model: faster_whisper.WhisperModel) -> None:
    """The hop of 320 samples in preprocessor_config.json is honoured, and a window holds 8 s."""
    assert not model.model.is_multilingual
    assert (model.tokens_per_second, model.feature_extractor.nb_max_frames) == (25, 400)


@pytest.mark.parametrize("seconds", [1, 12, 31])
def test_silence_gives_no_words(model: faster_whisper.WhisperModel, seconds: int) -> None:
    """Nothing is invented where nobody speaks, in short, middling and more than full windows."""
    assert heard(model, np.zeros(seconds * RATE)) == ""


def test_faint_noise_gives_no_words(model: faster_whisper.WhisperModel) -> None:
    """Room noise alone is not speech."""
    assert heard(model, np.random.default_rng(1).normal(0, 1e-3, 10 * RATE)) == ""


def test_suppressed_tokens_leave_ordinary_writing_alone(model: faster_whisper.WhisperModel) -> None:
    """faster-whisper suppresses the bare space in a small vocabulary; ordinary text never needs it."""
    from faster_whisper.tokenizer import Tokenizer

    tokenizer = Tokenizer(model.hf_tokenizer, multilingual=False)
    text = " Thank you, Dr. Okonkwo-Hall. It's 25% of $1,250, isn't it? Yes!"
    pieces = tokenizer.encode(text)
    assert tokenizer.decode(pieces) == text
    assert not set(pieces) & set(tokenizer.non_speech_tokens)
