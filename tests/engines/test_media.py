"""The media door: every kind of bad file gives its own clear error, and good ones their samples."""

import wave
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline import sound
from pipeline.engines import media
from pipeline.errors import EngineError, InputError
from pipeline.progress import Quiet


def tone(path: Path, seconds: float = 1.0, rate: int = 16_000) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        times = np.arange(round(seconds * rate)) / rate
        file.writeframes((9000 * np.sin(2 * np.pi * 220 * times)).astype("<i2").tobytes())
    return path


def encoded(path: Path, codec: str, seconds: float = 4.0) -> Path:
    """Noise: what is coded keeps its size, so that half of the file is about half of the sound."""
    rng = np.random.default_rng(0)
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=16_000, layout="mono")
        for i in range(round(seconds * 10)):
            block = (rng.standard_normal((1, 1600)) * 3000).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate, frame.pts = 16_000, 1600 * i
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def silent_film(path: Path) -> Path:
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(5):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
        out.mux(stream.encode(None))
    return path


def decode(path: Path) -> media.DecodedInfo:
    return media.decode(path, path.parent / "out.s16", progress=Quiet())


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        decode(path)
    assert not list(path.parent.glob("out.s16*")), "no half-written samples stay behind"
    assert caught.value.do
    return caught.value.what


def test_a_recording_becomes_16_khz_mono_samples(tmp_path: Path) -> None:
    info = decode(tone(tmp_path / "a.wav", seconds=1.5, rate=44_100))
    assert info.duration == pytest.approx(1.5, abs=0.01)
    assert info.warnings == ()
    assert (tmp_path / "out.s16").stat().st_size == round(info.duration * 16_000) * 2


def test_progress_reaches_the_caller(tmp_path: Path) -> None:
    class Counting:
        calls = 0

        def advance(self, done: float, total: float) -> None:
            assert 0 < done <= total + 1
            self.calls += 1

    progress = Counting()
    media.decode(tone(tmp_path / "a.wav", seconds=45), tmp_path / "out.s16", progress=progress)
    assert progress.calls >= 2


def test_an_empty_file_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").touch()
    assert "empty file" in refusal(tmp_path / "a.mp3")


def test_a_folder_is_no_recording(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").mkdir()
    assert "is a folder" in refusal(tmp_path / "a.mp3")


def test_a_path_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "a.mp3")


@pytest.mark.parametrize("content", [b"Dear all,\n\nplease find attached.\n", bytes(range(256)) * 40, b"\0" * 5000])
def test_what_is_not_media_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.mp3").write_bytes(content)
    what = refusal(tmp_path / "a.mp3")
    assert "is not a recording" in what or "is damaged" in what


def test_a_film_without_sound_has_no_audio_track(tmp_path: Path) -> None:
    assert "no audio track" in refusal(silent_film(tmp_path / "a.mp4"))


def test_a_playlist_opens_no_other_file(tmp_path: Path) -> None:
    tone(tmp_path / "secret.wav")
    (tmp_path / "a.m3u8").write_text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nsecret.wav\n#EXT-X-ENDLIST\n")
    refusal(tmp_path / "a.m3u8")
    (tmp_path / "b.ffconcat").write_text("ffconcat version 1.0\nfile secret.wav\n")
    refusal(tmp_path / "b.ffconcat")


def test_a_recording_that_breaks_off_is_used_with_a_warning(tmp_path: Path) -> None:
    whole = encoded(tmp_path / "whole.flac", "flac", seconds=8)
    half = tmp_path / "half.flac"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    info = decode(half)
    assert 2 < info.duration < 6
    assert "breaks off at 0:00:0" in info.warnings[0]
    assert "0:00:08" in info.warnings[0]


def test_an_mp4_without_its_index_cannot_be_read(tmp_path: Path) -> None:
    whole = encoded(tmp_path / "whole.m4a", "aac", seconds=8)
    (tmp_path / "cut.m4a").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    refusal(tmp_path / "cut.m4a")


def test_damaged_pieces_are_left_out_with_a_warning(tmp_path: Path) -> None:
    data = bytearray(encoded(tmp_path / "whole.mp3", "mp3", seconds=8).read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = b"\x55" * 3000
    (tmp_path / "bad.mp3").write_bytes(data)
    info = decode(tmp_path / "bad.mp3")
    assert info.duration > 5


def test_names_that_look_like_protocols_are_just_names(tmp_path: Path) -> None:
    path = tone(tmp_path / "concat:http-a|b.wav", seconds=0.5)
    assert decode(path).duration == pytest.approx(0.5, abs=0.01)


def test_a_decoder_that_dies_is_an_input_error(tmp_path: Path) -> None:
    error = media._failure(tmp_path / "a.mp3", tmp_path / "a.s16", {})
    assert isinstance(error, InputError)
    assert "could not finish" in error.what


def test_pieces_of_the_sound(tmp_path: Path) -> None:
    decode(tone(tmp_path / "a.wav", seconds=2))
    pcm = tmp_path / "out.s16"
    assert len(sound.samples(pcm, 0.5, 1.0)) == 8000
    assert len(sound.samples(pcm, 1.9, 9.0)) == 1600
    clip = media.segment(pcm, 0.5, 1.5)
    assert (len(clip), clip.frame_rate, clip.channels) == (1000, 16_000, 1)
    media.export_clip(pcm, 0.0, 0.5, tmp_path / "clip.wav")
    with wave.open(str(tmp_path / "clip.wav")) as file:
        assert file.getnframes() == 8000


def test_lost_samples_are_an_engine_error_with_advice(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as caught:
        sound.samples(tmp_path / "gone.s16", 0, 1)
    assert "--overwrite" in caught.value.do
