"""The one door to faster-whisper's recogniser and its models on the Hugging Face hub: what was said.

A recogniser is fed a few windows at a time, so memory does not grow with the recording. It is asked in ways that give
the same words each time: no sampling at raised temperatures.
"""

import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from faster_whisper import BatchedInferencePipeline, WhisperModel
from faster_whisper.utils import _MODELS as REPOSITORIES
from huggingface_hub import constants, snapshot_download
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from pipeline import models
from pipeline.engines.listener import SpeechListener, guarded
from pipeline.errors import EngineError, MissingError, UsageError, first_line
from pipeline.hearing import Heard, Manner, Piece
from pipeline.progress import LOG
from pipeline.records import Span, Utterance, Word
from pipeline.sound import RATE, Read, Samples

BUNDLED = "bundled"
WINDOW = 30.0  # s, of the models that Whisper was released as
ON_CPU, ON_GPU = "small.en", "large-v3-turbo"
NEEDED = ("config.json", "model.bin", "tokenizer.json")
PATTERNS = ("config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*")
PLACE = 32  # s from one window to the next where several are handed over as one sound; no window is longer
TIME_STEP = 0.02  # s between two of the model's time stamps
TAIL = 2.0  # s that may follow a model's last time stamp in a window; windows end soon after their speech
TOKEN_LIMIT = 220  # tokens of one window beyond which the recogniser may have been cut off (its own limit is 224)


# ---- which model ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ModelFolder:
    """A recogniser's files on this machine."""

    name: str
    path: Path
    revision: str


def device() -> str:
    """ "cuda" where a GPU can be used, else "cpu"."""
    try:
        count: int = ctranslate2.get_cuda_device_count()  # type: ignore[attr-defined]
    except RuntimeError:
        count = 0
    return "cuda" if count > 0 else "cpu"


def default_name() -> str:
    """The model that is used when none is asked for."""
    return ON_GPU if device() == "cuda" else ON_CPU


def resolve(name: str | None = None, *, offline: bool = False) -> ModelFolder:
    """Find a model by name, repository or folder; fetch it, with a progress bar, if it is not on this machine.

    Raises `MissingError` when it is not there and cannot be fetched, `UsageError` for an unknown name.
    """
    name = name or default_name()
    if name == BUNDLED:
        folder = models.bundled_folder("recogniser")
        return ModelFolder(name, _usable(folder), models.checksum(folder)[:12])
    as_path = Path(name).expanduser()
    if as_path.is_dir():
        return ModelFolder(as_path.name, _usable(as_path), models.checksum(as_path)[:12])
    source = REPOSITORIES.get(name) or (name if _names_repository(name) else None)
    if source is None:
        raise _unknown(name)
    path = _cached(source, name) or _fetch(source, name, offline=offline)
    return ModelFolder(name, path, path.name[:12])


def fetch(name: str) -> Path:
    """Fetch a model by its faster-whisper name, with a progress bar; what is there already is not fetched again."""
    return resolve(name).path


def _names_repository(name: str) -> bool:
    return name.count("/") == 1 and not name.startswith((".", "/", "~")) and not name.endswith("/")


def _unknown(name: str) -> UsageError | MissingError:
    if "/" in name or os.sep in name:
        return MissingError(f"There is no model folder {name}.", do="Give a CTranslate2 folder, or a model's name.")
    known = ", ".join([BUNDLED, *REPOSITORIES])
    return UsageError(f"There is no recogniser called '{name}'.", do=f"Choose a folder or one of: {known}.")


def _usable(folder: Path) -> Path:
    absent = [file for file in NEEDED if not (folder / file).is_file()]
    if not absent and not any(folder.glob("vocabulary.*")):
        absent = ["vocabulary.json"]
    if absent:
        raise MissingError(
            f"{folder} is not a CTranslate2 Whisper model: it lacks {', '.join(absent)}.",
            do="Convert the model with ct2-transformers-converter, or use --asr bundled.",
        )
    return folder


def _revision(name: str) -> str | None:
    known = models.find(name)
    return known.revision if known and not known.bundled else None


def _cached(source: str, name: str) -> Path | None:
    """The model's folder in the cache, if it is there whole."""
    try:
        found = snapshot_download(
            source, revision=_revision(name), allow_patterns=list(PATTERNS), local_files_only=True
        )
        return _usable(Path(found))
    except (OSError, ValueError, MissingError):
        return None


def _fetch(source: str, name: str, *, offline: bool) -> Path:
    if offline or constants.HF_HUB_OFFLINE:
        raise _not_here(name, "and downloading is switched off")
    known = models.find(name)
    size = f", {known.size / 1e6:.0f} MB" if known else ""
    LOG.info("downloading the recogniser %s (once%s)", name, size)
    try:
        found = snapshot_download(source, revision=_revision(name), allow_patterns=list(PATTERNS))
    except Exception as error:
        # The hub's client lets its own, its HTTP client's and the file system's exceptions through.
        raise _not_here(name, "and it could not be downloaded") from error
    return _usable(Path(found))


def _not_here(name: str, why: str) -> MissingError:
    return MissingError(
        f"The recogniser '{name}' is not on this machine {why}.",
        do=f"Run `afterword models pull {name}` where there is a network, "
        "or use the small recogniser that is built in: --asr bundled.",
    )


# ---- words -----------------------------------------------------------------------------------------------------


class Recogniser:
    """A Whisper model of any size, asked about a few windows at a time; any number of threads may ask at once.

    The weights are loaded once and shared by `workers`, each of which answers one question at a time.
    """

    def __init__(self, folder: ModelFolder, *, workers: int = 1, threads: int = 0) -> None:
        """The model is loaded when it is first asked; `threads` 0 shares all cores among the workers."""
        self.folder = folder
        self.workers = workers
        self.listener = SpeechListener()
        self._device = device()
        self._compute = "float16" if self._device == "cuda" else "int8"
        self._threads = threads or max(1, len(os.sched_getaffinity(0)) // workers)
        self._loading = threading.Lock()

    @property
    def _model(self) -> WhisperModel:
        with self._loading:  # who comes second waits for the model instead of loading another
            return self._loaded

    @cached_property
    def _loaded(self) -> WhisperModel:
        # A product of matrices that is shared among cores rounds otherwise, and the features of the sound with it:
        # the same words on every machine, and on a cluster, want one core for each product.
        threadpool_limits(limits=1, user_api="blas")
        try:
            return WhisperModel(
                str(self.folder.path),
                device=self._device,
                compute_type=self._compute,
                cpu_threads=self._threads,
                num_workers=self.workers,
            )
        except Exception as error:
            raise MissingError(
                f"The recogniser in {self.folder.path} cannot be loaded ({first_line(error)}).",
                do=f"Fetch it again: delete that folder and run `afterword models pull {self.folder.name}`, "
                "or use --asr bundled.",
            ) from error

    @property
    def window(self) -> float:
        """How many seconds the model takes in at once: 30 for Whisper's own, less for small models like ours."""
        try:
            told = json.loads((self.folder.path / "preprocessor_config.json").read_text(encoding="utf-8"))
            return min(float(told.get("chunk_length", WINDOW)), WINDOW)
        except (OSError, ValueError):
            return WINDOW

    def speech_rules(self) -> dict[str, object]:
        """See `SpeechListener.speech_rules`."""
        return self.listener.speech_rules()

    def speech_spans(self, read: Read, *, heard: Callable[[float], None]) -> Iterator[Span]:
        """See `SpeechListener.speech_spans`."""
        return self.listener.speech_spans(read, heard=heard)

    def identity(self) -> dict[str, object]:
        """What the words depend on."""
        return {
            "model": f"faster-whisper {self.folder.name}",
            "revision": self.folder.revision,
            "device": self._device,
            "compute": self._compute,
            "faster-whisper": version("faster-whisper"),
            "ctranslate2": version("ctranslate2"),
        }

    def only_language(self) -> str | None:
        """See `Recogniser.only_language` of the stage."""
        return None if self._model.model.is_multilingual else "en"

    def language_of(self, samples: Samples) -> tuple[str, float]:
        """The language spoken in the samples, and how sure that is; an English-only model says English."""
        if only := self.only_language():
            return only, 1.0
        language, sure, _ = guarded(lambda: self._model.detect_language(samples))
        return str(language), float(sure)

    def transcribe(self, pieces: Sequence[Piece], *, manner: Manner) -> list[Heard]:
        """See `Recogniser.transcribe` of the stage; raises `EngineError`."""
        found = guarded(lambda: self._segments([piece.samples for piece in pieces], manner))
        return [_heard(segments, piece) for segments, piece in zip(found, pieces, strict=True)]

    def _segments(self, windows: Sequence[Samples], manner: Manner) -> list[list[Any]]:
        """What is said in each window, in one pass; in as many as it takes where the model stopped before the end.

        The sequential way listens once more to what follows the last word, and so to nearly every window twice.
        """
        found = self._together(windows, manner)
        for at, samples in enumerate(windows):
            if self._stops_early(found[at], len(samples) / RATE):
                found[at] = self._asked(self._model.transcribe, samples, manner, condition_on_previous_text=False)
        return found

    def _together(self, windows: Sequence[Samples], manner: Manner) -> list[list[Any]]:
        """The segments of each window, timed from its start: the weights are read once for all of them.

        faster-whisper takes one sound and the clips of it that make a batch, so each window gets a place in one sound.
        """
        places = range(0, len(windows) * PLACE, PLACE)
        # Half a sample more: faster-whisper rounds down, and a product of seconds may lie just below its whole number.
        clips = [
            {"start": place, "end": place + (len(samples) + 0.5) / RATE}
            for place, samples in zip(places, windows, strict=True)
            if len(samples)
        ]
        if not clips:
            return [[] for _ in windows]
        sound = np.zeros(len(windows) * PLACE * RATE, np.float32)
        for place, samples in zip(places, windows, strict=True):
            sound[place * RATE : place * RATE + len(samples)] = samples
        # One pipeline for each call: it remembers where speech ended last.
        once = BatchedInferencePipeline(self._model)  # type: ignore[no-untyped-call]
        segments = self._asked(
            once.transcribe, sound, manner, clip_timestamps=clips, batch_size=len(clips), without_timestamps=False
        )
        seek = self._model.frames_per_second  # a segment's `seek` counts the frames before its clip
        return [[_moved(s, place) for s in segments if s.seek == place * seek] for place in places]

    def _asked(self, ask: Callable[..., Any], samples: Samples, manner: Manner, **way: object) -> list[Any]:
        found, _ = ask(
            samples,
            language=manner.language,
            beam_size=manner.beam,
            hotwords=", ".join(manner.hotwords) or None,
            no_repeat_ngram_size=manner.no_repeat,
            temperature=[0.0],
            word_timestamps=True,
            vad_filter=False,  # windows are cut along speech already
            no_speech_threshold=None,  # and hold speech: nothing is skipped unheard
            **way,
        )
        return list(found)  # a lazy generator: the work happens here

    def _stops_early(self, segments: list[Any], length: float) -> bool:
        """Whether the model's last time stamp lies well before the window's end: what it said after it is dropped."""
        if not segments or not segments[-1].tokens:
            return False
        first = self._model.hf_tokenizer.token_to_id("<|0.00|>")
        last = segments[-1].tokens[-1]
        return first is not None and last >= first and (last - first) * TIME_STEP < length - TAIL


def _moved(segment: Any, place: float) -> Any:
    """The segment with its words timed from the window's start."""
    words = [replace(word, start=word.start - place, end=word.end - place) for word in segment.words or ()]
    return replace(segment, words=words)


def _heard(segments: list[Any], piece: Piece) -> Heard:
    length = len(piece.samples) / RATE
    utterances = tuple(u for s in segments if (u := _utterance(s, piece.offset, length)) is not None)
    return Heard(utterances=utterances, cut_short=_cut_short(segments))


def _utterance(segment: Any, offset: float, length: float) -> Utterance | None:
    words = tuple(w for word in segment.words or () if (w := _word(word, offset, length)) is not None)
    if not words:
        return None
    return Utterance(start=words[0].start, end=max(w.end for w in words), label=None, words=words)


def _word(word: Any, offset: float, length: float) -> Word | None:
    text = " ".join(str(word.word).split())
    if not text:
        return None
    start = min(max(float(word.start), 0.0), length)
    end = min(max(float(word.end), start), length)
    probability = min(max(float(word.probability), 0.0), 1.0)
    return Word(
        text=text, start=round(offset + start, 3), end=round(offset + end, 3), probability=round(probability, 4)
    )


def _cut_short(segments: Iterable[Any]) -> bool:
    tokens: dict[int, int] = {}
    for segment in segments:
        tokens[segment.seek] = tokens.get(segment.seek, 0) + len(segment.tokens)
    return any(count >= TOKEN_LIMIT for count in tokens.values())


# ---- fakes, for tests --------------------------------------------------------------------------------------------


class CannedRecogniser:
    """Says what it was given, where it was given it: a recogniser for tests.

    `fail_at` makes it fail on the window that holds that time; `calls` counts the windows it was asked about.
    """

    def __init__(self, utterances: Iterable[Utterance], *, language: str = "en", fail_at: float | None = None) -> None:
        self._words = [(u.label, w) for u in utterances for w in u.words]
        self._language = language
        self.fail_at = fail_at
        self.workers = 1
        self.calls = 0

    def identity(self) -> dict[str, object]:
        """A name that says that nothing was recognised."""
        return {"model": "canned", "revision": "0"}

    def only_language(self) -> str | None:
        """None: it says what it was told only when it is asked about sound."""
        return None

    def language_of(self, samples: Samples) -> tuple[str, float]:  # noqa: ARG002
        """What it was told."""
        return self._language, 1.0

    def transcribe(self, pieces: Sequence[Piece], *, manner: Manner) -> list[Heard]:  # noqa: ARG002
        """The given words whose middle lies in each window, as one utterance."""
        self.calls += len(pieces)
        return [self._said_in(piece) for piece in pieces]

    def _said_in(self, piece: Piece) -> Heard:
        offset, end = piece.offset, piece.offset + len(piece.samples) / RATE
        if self.fail_at is not None and offset <= self.fail_at < end:
            raise EngineError("The recogniser failed: as told.", do="Run the same command again.")
        words = tuple(w for _, w in self._words if offset <= (w.start + w.end) / 2 < end)
        if not words:
            return Heard(utterances=())
        return Heard(utterances=(Utterance(start=words[0].start, end=words[-1].end, label=None, words=words),))
