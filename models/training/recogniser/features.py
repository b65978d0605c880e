"""Log-mel features exactly as faster-whisper computes them, split so that training can add noise between.

`log_mel` stops before the clamp and the scale; `scale` does those. 50 frames a second, 80 bands.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from faster_whisper.feature_extractor import FeatureExtractor

SAMPLE_RATE = 16_000
HOP = 320
N_FFT = 512
N_MELS = 80
FRAMES_PER_SECOND = SAMPLE_RATE // HOP
WINDOW_SECONDS = 8
WINDOW_FRAMES = 30 * FRAMES_PER_SECOND
PREPROCESSOR: dict[str, Any] = {
    "feature_extractor_type": "WhisperFeatureExtractor",
    "feature_size": N_MELS,
    "sampling_rate": SAMPLE_RATE,
    "hop_length": HOP,
    "chunk_length": WINDOW_SECONDS,
    "n_fft": N_FFT,
    "nb_max_frames": WINDOW_SECONDS * FRAMES_PER_SECOND,
    "n_samples": WINDOW_SECONDS * SAMPLE_RATE,
}

_FILTERS = FeatureExtractor.get_mel_filters(SAMPLE_RATE, N_FFT, N_MELS).astype("float32")
_WINDOW = np.hanning(N_FFT + 1)[:-1].astype("float32")


def log_mel(audio: np.ndarray) -> np.ndarray:
    """16 kHz float samples in [-1, 1] -> log10 mel power, (frames, 80) float16, neither clamped nor scaled."""
    padded = np.pad(audio.astype("float32"), (0, 160))
    padded = np.pad(padded, N_FFT // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, N_FFT)[::HOP][:-1]
    power = np.abs(np.fft.rfft(frames * _WINDOW, axis=-1)) ** 2
    mel = power.astype("float32") @ _FILTERS.T
    return np.log10(np.maximum(mel, 1e-10)).astype("float16")


def scale(log_power: np.ndarray, loudest: float) -> np.ndarray:
    """The clamp (8 decades below `loudest`) and scale that faster-whisper applies to a whole recording."""
    return (np.maximum(log_power, loudest - 8.0) + 4.0) / 4.0
