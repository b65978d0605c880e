"""The order of work for one meeting: this page is the table of contents.

    recording ── decode ── chunk ── transcribe ──┐
                             └───── voices ──────┴─ turns ── names ── themes ── summarise ── verify ── render

A transcript comes in after `transcribe`. Each step is skipped when its stored result still holds (`pipeline.store`).
What an editor did to an earlier draft stays: corrected names and words come in behind `names` (`remember`), the rest of
the edits before `render`; who was forgotten stays so (`pipeline.review`).
"""

import importlib.metadata
import json
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock

from pipeline import __version__
from pipeline.engines.media import Decoder
from pipeline.engines.nlp import Language
from pipeline.engines.voices_builtin import BuiltinDiarizer
from pipeline.engines.voices_sherpa import SherpaDiarizer
from pipeline.engines.whisper import BUNDLED, Recogniser, resolve
from pipeline.errors import InputError
from pipeline.event import find_event_file, load_event, load_roster
from pipeline.inputs import claim, kind_of
from pipeline.language.spelling import hotwords
from pipeline.progress import LOG, Bars
from pipeline.records import (
    Audio,
    Chunks,
    Conversation,
    Draft,
    Event,
    Record,
    Recording,
    Spoken,
    Summary,
    Themed,
    Transcript,
    Turns,
    Voices,
)
from pipeline.review.draft import DraftDocument
from pipeline.review.edits import active
from pipeline.review.forgetting import Forgetting
from pipeline.review.ledger import Ledger
from pipeline.review.meeting import take_in
from pipeline.review.remember import Remember, corrections_of
from pipeline.settings import Settings
from pipeline.stages import Stage, Work
from pipeline.stages.chunk import CutChunks
from pipeline.stages.decode import Decode
from pipeline.stages.names import NameSpeakers
from pipeline.stages.render import Render
from pipeline.stages.summarise import Summarise
from pipeline.stages.themes import FindThemes
from pipeline.stages.transcribe import Transcribe
from pipeline.stages.turns import JoinTurns
from pipeline.stages.verify import Verify
from pipeline.stages.voices import Diarizer, FindVoices
from pipeline.store import WORK, Folder, digest_of, write_whole
from pipeline.transcripts import read_transcript

R = TypeVar("R", bound=Record)

LIBRARIES = (
    "av",
    "ctranslate2",
    "faster-whisper",
    "jinja2",
    "numpy",
    "pydantic",
    "pydub",
    "rapidfuzz",
    "spacy",
)


class Engines:
    """The outside engines of one process, each built when first needed and then shared by all meetings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def decoder(self) -> Decoder:
        """Sound out of media files."""
        return Decoder()

    @cached_property
    def recogniser(self) -> Recogniser:
        """Speech to words; loads its model at the first chunk, not here."""
        return Recogniser(resolve(self._settings.asr, offline=self._settings.offline))

    @cached_property
    def diarizer(self) -> Diarizer | None:
        """Sound to voices; None when voices are not wanted."""
        if self._settings.voices == "sherpa":
            return SherpaDiarizer.ready()
        return BuiltinDiarizer() if self._settings.voices == "builtin" else None

    @cached_property
    def language(self) -> Language:
        """Tags, trees, entities and our own components."""
        return Language(extra_ner=self._settings.extra_ner)


@dataclass
class _Steps:
    """Runs stages through the store, and keeps the times for `run.json`."""

    recording: Recording
    folder: Folder
    bars: Bars
    forgetting: Forgetting
    timings: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __call__(self, kind: type[R], stage: Stage, *inputs: Record) -> R:
        return self.timed(stage.name, lambda work: self._once(kind, stage, inputs, work))

    def _once(self, kind: type[R], stage: Any, inputs: tuple[Record, ...], work: Work) -> tuple[R, bool]:
        return self.folder.once(kind, stage, inputs, lambda: stage(*inputs, work))

    def timed(self, name: str, do: Callable[[Work], tuple[R, bool]]) -> R:
        began = time.perf_counter()
        with self.bars.stage(self.recording.meeting, name) as progress:
            result, reused = do(Work(self.folder.work, progress))
        self.timings[name] = {"seconds": round(time.perf_counter() - began, 3), "reused": reused}
        return result


def make_meeting(meeting: str, path: Path, settings: Settings, engines: Engines, bars: Bars) -> Path:
    """Make one meeting's folder from one input; gives the folder.

    Raises `AfterwordError`; whatever was finished before is kept, and no output is half written.
    """
    event = event_for(path, settings)
    recording = Recording(meeting=meeting, path=str(path), kind=kind_of(path), digest=digest_of(path))
    folder = Folder(settings.output / meeting)
    with FileLock(folder.work / "lock"):
        claim(folder.path, path, recording.digest)
        if settings.overwrite:
            folder.forget_results()
        try:
            _make(recording, event, folder, settings, engines, bars)
        except InputError:
            folder.abandon()
            raise
    return folder.path


def _make(recording: Recording, event: Event, folder: Folder, settings: Settings, engines: Engines, bars: Bars) -> None:
    forgetting = Forgetting.of(folder.work)
    event = forgetting.event(event)
    steps = _Steps(recording, folder, bars, forgetting)
    draft, transcript = _work(recording, event, settings, engines, steps)
    document, approved = take_in(draft, folder.path)
    files = Render(settings.template, frozenset(settings.format))(
        document.summary, document.conversation, document.themed, event, approved=approved
    )
    files["run.json"] = _run_json(
        recording, settings, engines, steps, transcript, document.conversation, document.summary
    )
    files[f"{WORK}/event.json"] = event.model_dump_json(indent=1).encode()
    for name, data in files.items():
        write_whole(folder.path / name, data)
    steps.forgetting.scrub(folder.path)
    for warning in transcript.warnings:
        LOG.warning("%s", warning, extra={"meeting": recording.meeting})


def _work(
    recording: Recording, event: Event, settings: Settings, engines: Engines, steps: _Steps
) -> tuple[DraftDocument, Transcript]:
    if recording.kind == "media":
        transcript, voices = _listen(recording, event, settings, engines, steps)
    else:
        transcript, voices = _read(recording, settings, steps)
    transcript = steps.forgetting.transcript(transcript)
    turns = steps(Turns, JoinTurns(), transcript, voices)
    heard = steps(Conversation, NameSpeakers(engines.language), turns, event)
    conversation = _corrected(heard, event, steps)
    themed = steps(Themed, FindThemes(engines.language), conversation, event)
    draft = steps(Draft, Summarise(engines.language), conversation, themed, event)
    summary = steps.forgetting.summary(steps(Summary, Verify(), draft, conversation, event))
    unlike = heard if heard is not conversation else None
    made = DraftDocument(heard=unlike, conversation=conversation, themed=themed, summary=summary, event=event)
    return made, transcript


def _corrected(heard: Conversation, event: Event, steps: _Steps) -> Conversation:
    """The conversation with what an editor corrected in an earlier one."""
    corrections = corrections_of(active(Ledger(steps.folder.work).edits()))
    return steps(Conversation, Remember(), heard, corrections, event) if corrections.edits else heard


def _listen(
    recording: Recording, event: Event, settings: Settings, engines: Engines, steps: _Steps
) -> tuple[Transcript, Voices]:
    diarizer = engines.diarizer  # first of all: what is not installed must not come to light after an hour's listening
    audio = steps(Audio, Decode(engines.decoder), recording)
    steps.forgetting.silence(steps.folder.work / audio.pcm)
    chunks = steps(Chunks, CutChunks(engines.recogniser, longest=engines.recogniser.window), audio)
    # The bundled recogniser never saw a prompt in training: hints would only confuse it.
    hints = () if engines.recogniser.folder.name == BUNDLED else tuple(hotwords(event))
    transcribe = Transcribe(engines.recogniser, language=settings.language, hotwords=hints)
    transcript = steps(Transcript, transcribe, chunks)
    find_voices = FindVoices(diarizer, min_speakers=settings.min_speakers, max_speakers=settings.max_speakers)
    return transcript, steps(Voices, find_voices, chunks)


def _read(recording: Recording, settings: Settings, steps: _Steps) -> tuple[Transcript, Voices]:
    def read(_: Work) -> tuple[Transcript, bool]:
        return read_transcript(Path(recording.path), meeting=recording.meeting, language=settings.language), False

    transcript = steps.timed("read", read)
    return transcript, Voices(meeting=recording.meeting, made_by="labels", spans=())


def event_for(path: Path, settings: Settings) -> Event:
    """The event file of an input (see `pipeline.event`), with the roster added; an empty one when there is none."""
    file = settings.event or find_event_file(path)
    event = load_event(file) if file else Event()
    if settings.roster:
        event = event.model_copy(update={"registered": event.registered + load_roster(settings.roster)})
    return event


def _run_json(
    recording: Recording,
    settings: Settings,
    engines: Engines,
    steps: _Steps,
    transcript: Transcript,
    conversation: Conversation,
    summary: Summary,
) -> bytes:
    body = {
        "schema": 1,
        "meeting": recording.meeting,
        "afterword": __version__,
        "python": platform.python_version(),
        "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
        "input": {"name": Path(recording.path).name, "kind": recording.kind, "sha256": recording.digest},
        "models": {"transcript": transcript.made_by, "language": engines.language.revision},
        "settings": json.loads(settings.model_dump_json()),
        "stages": steps.timings,
        "warnings": list(transcript.warnings),
        "coverage": {
            "speech": transcript.coverage,
            "evidence": evidence_coverage(summary, conversation.duration),
        },
    }
    return json.dumps(body, indent=1, ensure_ascii=False).encode() + b"\n"


def evidence_coverage(summary: Summary, duration: float) -> float:
    """Share of the meeting's time that the evidence of the page's points spans."""
    spans = sorted(
        (e.start, e.end)
        for section in summary.sections
        for point in section.points
        for e in point.evidence
        if isinstance(e, Spoken)
    )
    covered, reached = 0.0, 0.0
    for start, end in spans:
        covered += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return round(min(1.0, covered / duration), 4) if duration else 0.0
