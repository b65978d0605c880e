"""From the sound to who sounds like whom, without names but those of participants' own tracks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar, Protocol

from pipeline import sound
from pipeline.progress import Progress
from pipeline.records import Chunks, Span, Voices, VoiceSpan
from pipeline.sound import LEVELS, Samples
from pipeline.stages import Work
from pipeline.voices.tracks import track_spans

Read = Callable[[float, float], Samples]  # the samples of [start, end) seconds


class Diarizer(Protocol):
    """Tells voices apart."""

    made_by: ClassVar[str]

    def identity(self) -> dict[str, object]:
        """Which rules and which model tell them apart."""
        ...

    def voices(
        self,
        read: Read,
        speech: tuple[Span, ...],
        *,
        min_speakers: int | None,
        max_speakers: int | None,
        progress: Progress,
    ) -> list[tuple[float, float, int]]:
        """Who speaks when: (start, end, any number that stands for a voice), in time order."""
        ...


@dataclass(frozen=True)
class FindVoices:
    """Takes `Chunks`, gives `Voices`; without a diarizer they are not known, which is not an error."""

    diarizer: Diarizer | None
    min_speakers: int | None = None
    max_speakers: int | None = None
    name: ClassVar[str] = "voices"
    version: ClassVar[int] = 2

    def settings(self) -> dict[str, object]:
        """Who listened, and how many voices were expected."""
        return {
            "diarizer": self.diarizer.identity() if self.diarizer else None,
            "min": self.min_speakers,
            "max": self.max_speakers,
        }

    def __call__(self, chunks: Chunks, work: Work) -> Voices:
        """Tell the voices in the speech apart, and number them in order of appearance."""
        if self.diarizer is None:
            return Voices(meeting=chunks.meeting, made_by="none", spans=())
        if chunks.audio.tracks and (own := _by_tracks(chunks.meeting, chunks.audio.tracks, work.folder / LEVELS)):
            return own
        found = self.diarizer.voices(
            partial(sound.samples, work.folder / chunks.audio.pcm),
            chunks.speech,
            min_speakers=self.min_speakers,
            max_speakers=self.max_speakers,
            progress=work.progress,
        )
        return Voices(meeting=chunks.meeting, made_by=self.diarizer.made_by, spans=numbered(found))


def _by_tracks(meeting: str, names: tuple[str, ...], file: Path) -> Voices | None:
    """Voices where each participant has a track; None where the tracks are not people's own."""
    found = track_spans(sound.track_levels(file, len(names)))
    if found is None:
        return None
    spans = numbered(found)
    voices = dict(zip(dict.fromkeys(track for *_, track in found), dict.fromkeys(s.voice for s in spans), strict=True))
    labels = tuple((voice, names[track]) for track, voice in voices.items() if names[track])
    return Voices(meeting=meeting, made_by="tracks", spans=spans, labels=labels)


def numbered(found: list[tuple[float, float, int]]) -> tuple[VoiceSpan, ...]:
    """The spans in time order, their voices called V01, V02 ... in order of first appearance."""
    names: dict[int, str] = {}
    spans = []
    for start, end, voice in sorted(found):
        name = names.setdefault(voice, f"V{len(names) + 1:02d}")
        spans.append(VoiceSpan(start=round(start, 3), end=round(end, 3), voice=name))
    return tuple(spans)
