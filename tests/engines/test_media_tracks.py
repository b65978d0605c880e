"""Participants' tracks: mixed into one sound, and each known by who is loud in it."""

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from pipeline import sound
from pipeline.engines import media
from pipeline.progress import Quiet
from pipeline.sound import LEVELS

RATE = 16_000


def turns(loud: list[tuple[float, float]], seconds: float, seed: int) -> NDArray[np.int16]:
    """Noise where somebody speaks, a faint hiss elsewhere."""
    rng = np.random.default_rng(seed)
    samples = 5 * rng.standard_normal(round(seconds * RATE))
    for start, end in loud:
        part = slice(round(start * RATE), round(end * RATE))
        samples[part] = 4000 * rng.standard_normal(len(samples[part]))
    return samples.clip(-32768, 32767).astype(np.int16)


def write(path: Path, tracks: list[NDArray[np.int16]], **metadata: list[str]) -> Path:
    with av.open(str(path), "w") as out:
        streams = []
        for index in range(len(tracks)):
            stream = out.add_stream("aac" if path.suffix == ".m4a" else "pcm_s16le", rate=RATE, layout="mono")
            for key, values in metadata.items():
                stream.metadata[key] = values[index]
            streams.append(stream)
        for at in range(0, len(tracks[0]), 1024):
            for stream, samples in zip(streams, tracks, strict=True):
                frame = av.AudioFrame.from_ndarray(samples[None, at : at + 1024], format="s16", layout="mono")
                frame.sample_rate, frame.pts = RATE, at
                out.mux(stream.encode(frame))
        for stream in streams:
            out.mux(stream.encode(None))
    return path


def decoded(path: Path, tmp_path: Path) -> tuple[media.DecodedInfo, Path]:
    pcm = tmp_path / "audio.s16"
    return media.decode(path, pcm, progress=Quiet()), pcm


def test_the_tracks_of_a_file_are_mixed_and_their_levels_kept(tmp_path: Path) -> None:
    one, two = turns([(0.5, 2.0)], 5.0, 1), turns([(2.5, 4.5)], 5.0, 2)
    info, pcm = decoded(write(tmp_path / "talk.mka", [one, two], title=["Michelle Ruiz", "Mic 2"]), tmp_path)
    assert info.tracks == ("Michelle Ruiz", "")
    mixture = sound.raw_samples(pcm, 0.0, 5.0)
    assert len(mixture) == len(one)
    assert np.abs(mixture.astype(int) - one.astype(int) - two).max() <= 1
    levels = sound.track_levels(tmp_path / LEVELS, 2)
    assert levels.shape == (50, 2)
    assert levels[10, 0] > 100 * levels[10, 1]
    assert levels[35, 1] > 100 * levels[35, 0]


def test_a_folder_of_participants_files_is_one_recording(tmp_path: Path) -> None:
    folder = tmp_path / "Audio Record"
    folder.mkdir()
    write(folder / "audioAnaRuiz11629384756.m4a", [turns([(0.5, 2.0)], 4.0, 1)])
    write(folder / "audioBoReed21629384756.m4a", [turns([(2.5, 3.5)], 5.0, 2)])
    info, pcm = decoded(folder, tmp_path)
    assert info.tracks == ("Ana Ruiz", "Bo Reed")
    assert 4.9 < len(sound.raw_samples(pcm, 0.0, 9.0)) / RATE < 5.2, "as long as the longest"


def test_tracks_in_several_languages_are_not_mixed(tmp_path: Path) -> None:
    one, two = turns([(0.5, 2.0)], 3.0, 1), turns([(0.5, 2.0)], 3.0, 2)
    info, pcm = decoded(write(tmp_path / "talk.mka", [one, two], language=["eng", "fre"]), tmp_path)
    assert info.tracks == ()
    assert np.abs(sound.raw_samples(pcm, 0.0, 3.0).astype(int) - one).max() <= 1
