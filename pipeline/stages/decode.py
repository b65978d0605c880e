"""From a recording to its sound on disk."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from pipeline.progress import LOG, Progress
from pipeline.records import Audio, Recording
from pipeline.sound import LEVELS, RATE, WIDTH
from pipeline.stages import Work

PCM = "audio.s16"


class Decoded(Protocol):
    """What a decoder says of its work."""

    @property
    def duration(self) -> float: ...  # noqa: D102
    @property
    def container_duration(self) -> float | None: ...  # noqa: D102
    @property
    def warnings(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def tracks(self) -> tuple[str, ...]: ...  # noqa: D102


class Decoder(Protocol):
    """The media door, as this stage sees it."""

    def decode(self, path: Path, pcm_path: Path, *, progress: Progress) -> Decoded:
        """Decode a recording into a file of raw samples, and say up to which second they are there."""
        ...


@dataclass(frozen=True)
class Decode:
    """Takes a `Recording`, gives its `Audio`; `InputError` if no sound can be had from it."""

    decoder: Decoder
    name: ClassVar[str] = "decode"
    version: ClassVar[int] = 3

    def settings(self) -> dict[str, object]:
        """Nothing besides the recording decides the samples."""
        return {}

    def holds(self, audio: Audio, work: Path) -> bool:
        """Whether the samples of a stored result are still there; who needs the space may delete them."""
        pcm = work / audio.pcm
        if audio.tracks and not (work / LEVELS).is_file():
            return False
        return pcm.is_file() and pcm.stat().st_size == round(audio.duration * RATE) * WIDTH

    def __call__(self, recording: Recording, work: Work) -> Audio:
        """Decode the recording into the meeting's work folder."""
        found = self.decoder.decode(Path(recording.path), work.folder / PCM, progress=work.progress)
        for warning in found.warnings:
            LOG.warning("%s", warning, extra={"meeting": recording.meeting})
        return Audio(
            meeting=recording.meeting,
            recording=recording.digest,
            pcm=PCM,
            duration=found.duration,
            container_duration=found.container_duration,
            warnings=found.warnings,
            tracks=found.tracks,
        )
