"""The order of work for one meeting: this page is the table of contents.

    recording ── decode ── chunk ── transcribe ──┐
                             └───── voices ──────┴─ turns ── names ── themes ── summarise ── verify ── render

The first three run side by side (`pipeline.listening`). A transcript comes in after `transcribe`. Each step is skipped
when its stored result still holds (`pipeline.store`). What an editor did to an earlier draft stays: corrected names and
words come in behind `names` (`remember`), the rest of the edits before `render`; who was forgotten stays so
(`pipeline.review`).
"""

import importlib.metadata
import json
import platform
import threading
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Literal

from pipeline import __version__
from pipeline.capacity import ALONE, Capacity
from pipeline.engines.cluster import ClusterRecogniser
from pipeline.engines.media import Decoder
from pipeline.engines.nlp import Language
from pipeline.engines.voices_builtin import BuiltinDiarizer
from pipeline.engines.voices_sherpa import SherpaDiarizer
from pipeline.engines.whisper import BUNDLED, Recogniser, resolve
from pipeline.errors import InputError
from pipeline.event import find_event_file, load_event, load_roster
from pipeline.inputs import kind_of, refuse, settle
from pipeline.language.spelling import hotwords
from pipeline.listening import listen
from pipeline.made import Made, changes, finished, made_from, unfinished
from pipeline.progress import LOG, Bars
from pipeline.records import (
    Conversation,
    Draft,
    Event,
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
from pipeline.stages import Work
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
from pipeline.steps import Steps
from pipeline.store import LOCK, WORK, Folder, digest_of, locked, write_all
from pipeline.transcripts import read_transcript

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
    """The outside engines of one process, each built when first needed and then shared by all meetings.

    Several recordings may be worked on at once, each in a thread of its own. `text` is held by the one that works on
    text: spaCy's pipelines are not made for several threads.
    """

    def __init__(self, settings: Settings, capacity: Capacity = ALONE) -> None:
        self._settings = settings
        self._capacity = capacity
        self._building = threading.RLock()
        self.text = threading.Lock()

    @cached_property
    def decoder(self) -> Decoder:
        """Sound out of media files."""
        return Decoder()

    @property
    def recogniser(self) -> Recogniser | ClusterRecogniser:
        """Speech to words; loads its model at the first chunk, not here."""
        with self._building:
            return self._recogniser

    @cached_property
    def _recogniser(self) -> Recogniser | ClusterRecogniser:
        settings, threads = self._settings, self._capacity.threads
        folder = resolve(settings.asr, offline=settings.offline)
        if settings.cluster:
            return ClusterRecogniser(
                folder, settings.asr, settings.cluster, workers=settings.workers, threads=threads or 1
            )
        return Recogniser(folder, workers=self._capacity.workers, threads=threads)

    def close(self) -> None:
        """Let go of what lives outside this process."""
        recogniser = self.__dict__.get("_recogniser")
        if isinstance(recogniser, ClusterRecogniser):
            recogniser.close()

    @cached_property
    def diarizer(self) -> Diarizer | None:
        """Sound to voices; None when voices are not wanted."""
        if self._settings.voices == "sherpa":
            return SherpaDiarizer.ready()
        return BuiltinDiarizer() if self._settings.voices == "builtin" else None

    @property
    def language(self) -> Language:
        """Tags, trees, entities and our own components."""
        with self._building:
            return self._language

    @cached_property
    def _language(self) -> Language:
        return Language(extra_ner=self._settings.extra_ner)


def make_meeting(
    meeting: str, path: Path, settings: Settings, engines: Engines, bars: Bars, *, others: Iterable[str] = ()
) -> tuple[str, Literal["done", "unchanged"]]:
    """Make one meeting's folder from one input; gives the meeting's id, and whether there was anything to do.

    `others` are the ids of the other inputs of this run. Raises `AfterwordError`; whatever was finished before is kept,
    and no output is half written.
    """
    refuse(path)
    event = event_for(path, settings)
    digest = digest_of(path)
    meeting = settle(meeting, path, digest, output=settings.output, others=others)
    recording = Recording(meeting=meeting, path=str(path), kind=kind_of(path), digest=digest)
    folder = Folder(settings.output / meeting)

    def waiting() -> None:
        bars.check()
        LOG.info("waits: another run works on it", extra={"meeting": meeting})

    with locked(folder.work / LOCK, waiting=waiting):
        folder.tidy()
        made = parts_of(recording, event, folder, settings, engines)
        if not settings.overwrite and changes(folder, made) == []:
            return meeting, "unchanged"
        if settings.overwrite:
            folder.forget_results()
        try:
            _make(recording, event, folder, settings, engines, bars)
        except InputError:
            folder.abandon()
            raise
    return meeting, "done"


def parts_of(recording: Recording, event: Event, folder: Folder, settings: Settings, engines: Engines) -> Made:
    """What the meeting's outputs depend on, part by part (see `pipeline.made`)."""
    heard = recording.kind == "media"
    diarizer = engines.diarizer if heard else None
    return made_from(
        {
            "input": recording.digest,
            "event": event.model_dump(mode="json"),
            "recogniser": engines.recogniser.identity() if heard else None,
            "voices": [diarizer.identity() if diarizer else None, settings.min_speakers, settings.max_speakers],
            "language": engines.language.revision,
            "settings": [settings.language],
            "render": Render(settings.template, frozenset(settings.format)).settings(),
        },
        folder,
    )


def _make(recording: Recording, event: Event, folder: Folder, settings: Settings, engines: Engines, bars: Bars) -> None:
    forgetting = Forgetting.of(folder.work)
    known = forgetting.event(event)
    steps = Steps(recording, folder, bars)
    draft, transcript = _work(recording, known, settings, engines, steps, forgetting)
    unfinished(folder)
    document, approved = take_in(draft, folder.path)
    files = Render(settings.template, frozenset(settings.format))(
        document.summary, document.conversation, document.themed, known, approved=approved
    )
    files["run.json"] = _run_json(
        recording, settings, engines, steps, transcript, document.conversation, document.summary
    )
    names = list(files)
    files[f"{WORK}/event.json"] = known.model_dump_json(indent=1).encode()
    write_all({folder.path / name: data for name, data in files.items()})
    forgetting.scrub(folder.path)
    # Anew: an editor's file may have been written on the way.
    finished(folder, parts_of(recording, event, folder, settings, engines), names)
    for warning in transcript.warnings:
        LOG.warning("%s", warning, extra={"meeting": recording.meeting})


def _work(
    recording: Recording, event: Event, settings: Settings, engines: Engines, steps: Steps, forgetting: Forgetting
) -> tuple[DraftDocument, Transcript]:
    if recording.kind == "media":
        transcript, voices = _listen(recording, event, settings, engines, steps, forgetting)
    else:
        transcript, voices = _read(recording, settings, steps)
    transcript = forgetting.transcript(transcript)
    with engines.text:
        turns = steps(Turns, JoinTurns(), transcript, voices)
        heard = steps(Conversation, NameSpeakers(engines.language), turns, event)
        conversation = _corrected(heard, event, steps)
        themed = steps(Themed, FindThemes(engines.language), conversation, event)
        draft = steps(Draft, Summarise(engines.language), conversation, themed, event)
        summary = forgetting.summary(steps(Summary, Verify(), draft, conversation, event))
    unlike = heard if heard is not conversation else None
    made = DraftDocument(heard=unlike, conversation=conversation, themed=themed, summary=summary, event=event)
    return made, transcript


def _corrected(heard: Conversation, event: Event, steps: Steps) -> Conversation:
    """The conversation with what an editor corrected in an earlier one."""
    corrections = corrections_of(active(Ledger(steps.folder.work).edits()))
    return steps(Conversation, Remember(), heard, corrections, event) if corrections.edits else heard


def _listen(
    recording: Recording, event: Event, settings: Settings, engines: Engines, steps: Steps, forgetting: Forgetting
) -> tuple[Transcript, Voices]:
    diarizer = engines.diarizer  # first of all: what is not installed must not come to light after an hour's listening
    cut = CutChunks(engines.recogniser, longest=engines.recogniser.window)
    # The bundled recogniser never saw a prompt in training: hints would only confuse it.
    hints = () if engines.recogniser.folder.name == BUNDLED else tuple(hotwords(event))
    transcribe = Transcribe(engines.recogniser, language=settings.language, hotwords=hints)
    chunks, transcript = listen(recording, Decode(engines.decoder), cut, transcribe, steps)
    forgetting.silence(steps.folder.work / chunks.audio.pcm)
    find_voices = FindVoices(diarizer, min_speakers=settings.min_speakers, max_speakers=settings.max_speakers)
    return transcript, steps(Voices, find_voices, chunks)


def _read(recording: Recording, settings: Settings, steps: Steps) -> tuple[Transcript, Voices]:
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
    steps: Steps,
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
