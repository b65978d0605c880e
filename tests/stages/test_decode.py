"""Decoding as a stage: the record says where the samples are and what is wrong with the recording."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.engines.media import DecodedInfo
from pipeline.progress import Progress, Quiet
from pipeline.records import Recording
from pipeline.stages import Work
from pipeline.stages.decode import Decode


@dataclass(frozen=True)
class CannedDecoder:
    info: DecodedInfo

    def decode(self, path: Path, pcm_path: Path, *, progress: Progress) -> DecodedInfo:
        pcm_path.write_bytes(b"\0" * 320)
        return self.info


def test_the_record_holds_what_the_decoder_found(tmp_path: Path) -> None:
    stage = Decode(CannedDecoder(DecodedInfo(9.5, 20.0, ("It breaks off.",))))
    recording = Recording(meeting="m", path="/somewhere/m.m4a", kind="media", digest="0")
    audio = stage(recording, Work(tmp_path, Quiet()))
    assert (audio.duration, audio.container_duration, audio.warnings) == (9.5, 20.0, ("It breaks off.",))
    assert (tmp_path / audio.pcm).is_file(), "the path is relative to the work folder, which may move"
