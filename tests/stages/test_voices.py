"""Voices as a stage: numbered in order of appearance; nobody to listen is not an error."""

from pathlib import Path
from typing import ClassVar

import numpy as np

from pipeline.progress import Progress
from pipeline.records import Span
from pipeline.sound import LEVELS
from pipeline.stages.voices import FindVoices, Read, numbered
from tests.stages.helpers_sound import chunks_of, work_in


class CannedDiarizer:
    made_by: ClassVar[str] = "canned"

    def identity(self) -> dict[str, object]:
        return {"voices": "canned"}

    def voices(
        self,
        read: Read,
        speech: tuple[Span, ...],
        *,
        min_speakers: int | None,
        max_speakers: int | None,
        progress: Progress,
    ) -> list[tuple[float, float, int]]:
        assert len(read(speech[0].start, speech[0].end)) > 0
        return [(s.start, s.end, 7 - i % (max_speakers or 2)) for i, s in enumerate(speech)]


def test_voices_are_numbered_in_order_of_appearance(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 9)
    found = FindVoices(CannedDiarizer())(chunks_of(audio, (0, 2), (3, 4), (5, 6)), work)
    assert [s.voice for s in found.spans] == ["V01", "V02", "V01"]
    assert found.made_by == "canned"


def test_the_bounds_reach_the_diarizer_and_the_fingerprint(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 9)
    stage = FindVoices(CannedDiarizer(), min_speakers=1, max_speakers=1)
    assert {s.voice for s in stage(chunks_of(audio, (0, 2), (3, 4)), work).spans} == {"V01"}
    assert stage.settings() != FindVoices(CannedDiarizer()).settings()


def test_without_a_diarizer_voices_are_not_known(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 3)
    found = FindVoices(None)(chunks_of(audio, (0, 2)), work)
    assert (found.spans, found.made_by) == ((), "none")


def test_numbers_follow_time_not_the_order_given() -> None:
    assert [s.voice for s in numbered([(5.0, 6.0, 1), (0.0, 1.0, 9)])] == ["V01", "V02"]


def levels(*speakers: str) -> bytes:
    """A row for each tenth of a second from a picture: "#" loud, "+" what bleeds over from others, "." silence."""
    table = np.array([[{"#": 4000, "+": 600, ".": 3}[sign] for sign in speaker] for speaker in speakers])
    return np.repeat(table.T, 10, axis=0).astype("<u2").tobytes()


def test_participants_tracks_are_the_voices_and_their_names_the_labels(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 9)
    (work.folder / LEVELS).write_bytes(levels("###+..##", "++.###..", "........"))
    own = audio.model_copy(update={"tracks": ("Ana Ruiz", "", "Silent Sam")})
    found = FindVoices(CannedDiarizer())(chunks_of(own, (0, 8)), work)
    assert [(s.start, s.end, s.voice) for s in found.spans] == [(0, 3, "V01"), (3, 6, "V02"), (6, 8, "V01")]
    assert (found.made_by, found.labels) == ("tracks", (("V01", "Ana Ruiz"),))


def test_two_may_speak_at_once_on_their_tracks(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 9)
    (work.folder / LEVELS).write_bytes(levels("####....", "..####.."))
    own = audio.model_copy(update={"tracks": ("", "")})
    spans = FindVoices(CannedDiarizer())(chunks_of(own, (0, 8)), work).spans
    assert [(s.start, s.end, s.voice) for s in spans] == [(0, 4, "V01"), (2, 6, "V02")]


def test_a_mixture_beside_one_microphone_tells_no_voices(tmp_path: Path) -> None:
    """Many recorders write everybody on one track and the host's microphone on another."""
    work, audio = work_in(tmp_path, 9)
    (work.folder / LEVELS).write_bytes(levels("########", "##..##.."))
    own = audio.model_copy(update={"tracks": ("", "")})
    assert FindVoices(CannedDiarizer())(chunks_of(own, (0, 2), (3, 4)), work).made_by == "canned"
