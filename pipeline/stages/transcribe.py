"""From windows of sound to words."""

import hashlib
import json
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np
from pydantic import ValidationError

from pipeline import sound
from pipeline.errors import InputError
from pipeline.progress import LOG
from pipeline.records import Chunk, Chunks, Record, Span, Transcript, Utterance, Word
from pipeline.sound import Samples
from pipeline.stages import Work
from pipeline.store import cannot_write

PARTIAL = "transcribe.partial.jsonl"
HOTWORDS = 20  # more are cut off silently, and tempt the model into reciting them
REPEATS = 2.4  # text that compresses better than this repeats itself
UNSURE = 0.35  # mean probability of the words below which a window is tried again
SPARSE = 0.4  # words a second of speech below which something was left out
OUTSIDE = 0.5  # s from any speech that a word may lie
DOUBTFUL = 0.5  # probability below which a word outside speech is not believed
BRIDGE = 2.0  # s between two words that still count as one stretch of transcribed speech


class Heard(Record):
    """What a recogniser made of one window, in the recording's time."""

    utterances: tuple[Utterance, ...]
    cut_short: bool = False  # it ran into the limit of what it can say about one window

    @property
    def words(self) -> list[Word]:
        """All words in order."""
        return [word for utterance in self.utterances for word in utterance.words]


class Manner(Record):
    """How a window is to be decoded; every way gives the same words each time."""

    language: str
    hotwords: tuple[str, ...] = ()
    beam: int = 5
    no_repeat: int = 0  # forbid repeating so many tokens


Read = Callable[[float, float], Samples]  # the samples of [start, end) seconds


class Recogniser(Protocol):
    """Turns at most half a minute of samples into words."""

    def identity(self) -> dict[str, object]:
        """Name, revision and arithmetic of the model: what its words depend on."""
        ...

    def language_of(self, samples: Samples) -> tuple[str, float]:
        """The language (ISO 639-1) spoken in the samples, and how sure that is."""
        ...

    def transcribe(self, samples: Samples, *, offset: float, manner: Manner) -> Heard:
        """The words, timed from the recording's start (`offset` is where the samples begin)."""
        ...


@dataclass(frozen=True)
class Transcribe:
    """Takes `Chunks`, gives a `Transcript`; `InputError` if no word was heard, `EngineError` from the recogniser.

    Each window's result is kept at once in the work folder, so that a killed run resumes at the window in flight.
    """

    recogniser: Recogniser
    language: str | None = None  # None: as heard
    hotwords: tuple[str, ...] = ()
    beam: int = 5
    name: ClassVar[str] = "transcribe"
    version: ClassVar[int] = 1

    def settings(self) -> dict[str, object]:
        """The model and how it is asked."""
        return {
            "recogniser": self.recogniser.identity(),
            "language": self.language,
            "hotwords": self.hotwords[:HOTWORDS],
            "beam": self.beam,
        }

    def __call__(self, chunks: Chunks, work: Work) -> Transcript:
        """Recognise every window in order."""
        read = partial(sound.samples, work.folder / chunks.audio.pcm)
        language = self.language or self._language(chunks, read)
        manner = Manner(language=language, hotwords=self.hotwords[:HOTWORDS], beam=self.beam)
        kept = Partial(work.folder / PARTIAL, self._key(chunks, manner))
        heard: list[Heard] = []
        for index, chunk in enumerate(chunks.chunks):
            result = kept.get(index)
            if result is None:
                result = self._hear(chunk, read, manner)
                kept.put(index, result)
            heard.append(result)
            work.progress.advance(chunk.end, chunks.audio.duration)
        transcript = self._transcript(chunks, heard, language)
        kept.remove()
        return transcript

    def _key(self, chunks: Chunks, manner: Manner) -> str:
        parts = [self.version, self.settings(), manner.model_dump(), chunks.model_dump_json()]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()

    def _language(self, chunks: Chunks, read: Read) -> str:
        """What most of the five fullest windows are spoken in: one window may be a greeting in another language."""
        fullest = sorted(chunks.chunks, key=_speech_of, reverse=True)[:5]
        votes: dict[str, float] = {}
        for chunk in fullest:
            language, sure = self.recogniser.language_of(read(chunk.start, chunk.end))
            votes[language] = votes.get(language, 0.0) + sure
        return max(sorted(votes), key=lambda language: votes[language])

    def _hear(self, chunk: Chunk, read: Read, manner: Manner) -> Heard:
        """One window; where the result is suspicious, the best of several ways to decode it.

        Sampling at a raised temperature, the usual remedy, would give other words each time.
        """
        samples = read(chunk.start, chunk.end)
        first = self.recogniser.transcribe(samples, offset=chunk.start, manner=manner)
        if not suspicious(first, chunk, manner.hotwords):
            return first
        found = [first, *self._other_ways(chunk, samples, manner)]
        return max(found, key=lambda heard: merit(heard, chunk, manner.hotwords))

    def _other_ways(self, chunk: Chunk, samples: Samples, manner: Manner) -> list[Heard]:
        plain = manner.model_copy(update={"hotwords": (), "no_repeat": 4})
        ways = [self.recogniser.transcribe(samples, offset=chunk.start, manner=plain)]
        length = chunk.end - chunk.start
        if suspicious(ways[0], chunk, ()) and length > 4.0:
            gap = sound.longest_quiet_gap(samples[: round(0.75 * len(samples))], after=length / 4)
            at = round((gap[0] + gap[1]) / 2 * len(samples) / length)
            halves = [
                self.recogniser.transcribe(samples[:at], offset=chunk.start, manner=plain),
                self.recogniser.transcribe(samples[at:], offset=chunk.start + at * length / len(samples), manner=plain),
            ]
            ways.append(Heard(utterances=tuple(u for half in halves for u in half.utterances)))
        return ways

    def _transcript(self, chunks: Chunks, heard: list[Heard], language: str) -> Transcript:
        utterances, dropped = believed([u for h in heard for u in h.utterances], chunks)
        if not utterances:
            raise InputError(
                "The recording has no speech that could be recognised.",
                do="Listen to it; if people do speak, try a larger model, such as --asr large-v3-turbo.",
            )
        warnings = [*chunks.audio.warnings]
        if dropped:
            warnings.append(f"{dropped} words that were heard where nobody speaks were left out.")
            LOG.warning("%s", warnings[-1], extra={"meeting": chunks.meeting})
        return Transcript(
            meeting=chunks.meeting,
            language=language,
            duration=chunks.audio.duration,
            made_by=str(self.recogniser.identity()["model"]),
            coverage=coverage(utterances, chunks.speech),
            utterances=utterances,
            warnings=tuple(warnings),
        )


# ---- is it to be believed? --------------------------------------------------------------------------------------


def suspicious(heard: Heard, chunk: Chunk, hotwords: tuple[str, ...]) -> bool:
    """Whether a window's words look like a recogniser that lost its way."""
    speech, words = _speech_of(chunk), heard.words
    if len(words) < SPARSE * speech and speech > 1.0:
        return True
    if not words:
        return False
    mean = sum(w.probability for w in words) / len(words)
    return heard.cut_short or repetition(heard) > REPEATS or mean < UNSURE or recites(heard, hotwords)


def merit(heard: Heard, chunk: Chunk, hotwords: tuple[str, ...]) -> float:
    """How good a result is beside others of the same window: sure, complete, not repeating."""
    words = heard.words
    if not words:
        return -1.0
    mean = sum(w.probability for w in words) / len(words)
    complete = min(1.0, len(words) / (1.5 * _speech_of(chunk) + 1))
    excess = max(0.0, repetition(heard) - REPEATS)
    return mean + 0.5 * complete - excess - recites(heard, hotwords) - 0.25 * heard.cut_short


def repetition(heard: Heard) -> float:
    """How well the text compresses: above 2.4 it repeats itself."""
    text = " ".join(u.text for u in heard.utterances).encode()
    return len(text) / len(zlib.compress(text)) if text else 0.0


def recites(heard: Heard, hotwords: tuple[str, ...]) -> bool:
    """Whether three of the hinted names stand in a row, in the order of the hint: nobody speaks like that."""
    text = " ".join(w.text.strip(".,;:!?").lower() for w in heard.words)
    names = [name.lower() for name in hotwords]
    return any(" ".join(names[i : i + 3]) in text for i in range(len(names) - 2))


def believed(utterances: list[Utterance], chunks: Chunks) -> tuple[tuple[Utterance, ...], int]:
    """The utterances in time order without doubtful words outside all speech, and how many words were left out."""
    speech, kept, dropped = _Spans(chunks.speech), [], 0
    for utterance in sorted(utterances, key=lambda u: (u.start, u.end)):
        words = tuple(
            w for w in utterance.words
            if w.probability >= DOUBTFUL or speech.distance((w.start + w.end) / 2) <= OUTSIDE
        )  # fmt: skip
        dropped += len(utterance.words) - len(words)
        if words:
            kept.append(utterance.model_copy(update={"words": words, "start": words[0].start, "end": words[-1].end}))
    return tuple(kept), dropped


def coverage(utterances: tuple[Utterance, ...], speech: tuple[Span, ...]) -> float:
    """Share of the detected speech that lies under transcribed words; short pauses between words count as covered."""
    total = sum(s.end - s.start for s in speech)
    covered = sum(_overlap(s, run) for run in _runs(utterances) for s in _Spans(speech).touching(*run))
    return round(min(1.0, covered / total), 4) if total else 0.0


def _runs(utterances: tuple[Utterance, ...]) -> list[tuple[float, float]]:
    runs: list[tuple[float, float]] = []
    for word in sorted((w for u in utterances for w in u.words), key=lambda w: w.start):
        if runs and word.start - runs[-1][1] <= BRIDGE:
            runs[-1] = (runs[-1][0], max(runs[-1][1], word.end))
        else:
            runs.append((word.start, word.end))
    return runs


def _overlap(span: Span, run: tuple[float, float]) -> float:
    # Speech spans begin and end a little outside their words.
    return max(0.0, min(span.end, run[1] + 0.3) - max(span.start, run[0] - 0.3))


class _Spans:
    """Sorted spans that can be asked about a time."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self._spans = sorted(spans, key=lambda s: s.start)
        self._starts = np.array([s.start for s in self._spans])
        self._ends = np.array([s.end for s in self._spans])

    def distance(self, time: float) -> float:
        """Seconds to the nearest span; 0 inside one."""
        if not self._spans:
            return float("inf")
        return float(np.min(np.maximum(np.maximum(self._starts - time, time - self._ends), 0.0)))

    def touching(self, start: float, end: float) -> list[Span]:
        """The spans that [start, end), a little widened, overlaps."""
        chosen = np.flatnonzero((self._starts < end + 0.3) & (self._ends > start - 0.3))
        return [self._spans[int(i)] for i in chosen]


def _speech_of(chunk: Chunk) -> float:
    return sum(s.end - s.start for s in chunk.speech)


# ---- what survives a killed run -----------------------------------------------------------------------------------


class Partial:
    """Finished windows of a stage under way, one JSON line each: the key first, then number and result."""

    def __init__(self, path: Path, key: str) -> None:
        self._path, self._key = path, key
        self._done = self._load()
        if not self._done:
            self._start()

    def get(self, index: int) -> Heard | None:
        """A finished window's result."""
        return self._done.get(index)

    def put(self, index: int, heard: Heard) -> None:
        """Keep a window's result, safe against a power cut when this returns."""
        self._append(json.dumps({"chunk": index, "heard": heard.model_dump(mode="json")}))

    def remove(self) -> None:
        """Forget everything: the stage is done."""
        self._path.unlink(missing_ok=True)

    def _start(self) -> None:
        self._path.unlink(missing_ok=True)
        self._append(json.dumps({"key": self._key}))

    def _append(self, line: str) -> None:
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise cannot_write(self._path, error) from error

    def _load(self) -> dict[int, Heard]:
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
            if not lines or json.loads(lines[0]) != {"key": self._key}:
                return {}
        except (OSError, ValueError):
            return {}
        done: dict[int, Heard] = {}
        for line in lines[1:]:
            try:
                entry = json.loads(line)
                done[entry["chunk"]] = Heard.model_validate(entry["heard"])
            except (ValueError, KeyError, TypeError, ValidationError):
                break  # the line that was being written when the run was killed
        self._trim(len(done))
        return done

    def _trim(self, count: int) -> None:
        """Cut off a half-written last line, so that the next one starts on its own."""
        lines = self._path.read_bytes().split(b"\n")[: count + 1]
        os.truncate(self._path, sum(len(line) + 1 for line in lines))
