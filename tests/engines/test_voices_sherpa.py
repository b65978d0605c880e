"""The sherpa voices: what is absent is named with its command, and the library's real interface is used as it is."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.voices_sherpa import ModelFiles, SherpaDiarizer, find_models, without_small
from pipeline.errors import EngineError, MissingError
from pipeline.progress import Quiet
from pipeline.records import Span
from pipeline.sound import Samples


def read(start: float, end: float) -> Samples:
    return np.zeros(round((end - start) * 16_000), np.float32)


def test_models_that_are_not_there_name_the_command_that_fetches_them(tmp_path: Path) -> None:
    with pytest.raises(MissingError) as error:
        find_models(tmp_path)
    assert "afterword models pull sherpa" in error.value.do


def test_models_that_cannot_be_read_are_an_engine_error(tmp_path: Path) -> None:
    pytest.importorskip("sherpa_onnx", reason="the extra afterword[sherpa] is not installed")
    files = ModelFiles(tmp_path / "segments.onnx", tmp_path / "voices.onnx")
    for file in (files.segments, files.voices):
        file.write_text("not a model")
    with pytest.raises(EngineError) as error:
        SherpaDiarizer(files).voices(
            read, (Span(start=0.0, end=2.0),), min_speakers=None, max_speakers=None, progress=Quiet()
        )
    assert "afterword models pull sherpa" in error.value.do


def test_silence_needs_no_model(tmp_path: Path) -> None:
    diarizer = SherpaDiarizer(ModelFiles(tmp_path / "a", tmp_path / "b"))
    assert diarizer.voices(read, (), min_speakers=None, max_speakers=None, progress=Quiet()) == []


def test_the_voices_depend_on_the_models(tmp_path: Path) -> None:
    one = SherpaDiarizer(ModelFiles(tmp_path / "one" / "a", tmp_path / "b"))
    two = SherpaDiarizer(ModelFiles(tmp_path / "two" / "a", tmp_path / "b"))
    assert one.identity() != two.identity()


def test_a_cluster_with_next_to_no_speech_is_nobody() -> None:
    found = [(0.0, 60.0, 0), (60.0, 60.3, 1), (60.3, 100.0, 2)]
    assert without_small(found, 0.01) == [(0.0, 60.0, 0), (60.3, 100.0, 2)]
