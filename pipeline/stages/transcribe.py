"""From windows of sound to words."""

import hashlib
import json
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np
from pydantic import ValidationError

from pipeline import sound
from pipeline.errors import InputError
from pipeline.hearing import GROUP, Group, Heard, Manner, Piece, groups, merit, speech_of, suspicious
from pipeline.progress import LOG
from pipeline.records import Chunk, Chunks, Span, Transcript, Utterance
from pipeline.sound import RATE, Read, Samples
from pipeline.stages import Work
from pipeline.store import append_line, writing
from pipeline.windows import on_the_recording, samples_of

PARTIAL = "transcribe.partial.jsonl"
VOTERS = 20  # windows, about ten minutes, from which the language is told
HOTWORDS = 20  # more are cut off silently, and tempt the model into reciting them
OUTSIDE = 0.5  # s from any speech that a word may lie
DOUBTFUL = 0.5  # probability below which a word outside speech is not believed
BRIDGE = 2.0  # s between two words that still count as one stretch of transcribed speech


@dataclass(frozen=True)
class HeardAll:
    """What was heard in all windows, in order."""

    found: tuple[Heard, ...]
    language: str


class Recogniser(Protocol):
    """Turns pieces of sound into words; asked by several threads at once."""

    @property
    def workers(self) -> int:
        """How many questions it works on at once."""
        ...

    def identity(self) -> dict[str, object]:
        """Name, revision and arithmetic of the model: what its words depend on."""
        ...

    def only_language(self) -> str | None:
        """The language (ISO 639-1) of a model that knows no other."""
        ...

    def language_of(self, samples: Samples) -> tuple[str, float]:
        """The language spoken in the samples, and how sure that is."""
        ...

    def transcribe(self, pieces: Sequence[Piece], *, manner: Manner) -> list[Heard]:
        """The words of each piece, timed from the recording's start; the pieces are listened to together.

        The same pieces give the same words each time; other company may change the last digit of a probability.
        """
        ...


@dataclass(frozen=True)
class Transcribe:
    """Takes `Chunks`, gives a `Transcript`; `InputError` if no word was heard, `EngineError` from the recogniser.

    Windows are recognised in groups of `GROUP`, counted from the recording's start, whoever works on them: so the words
    are the same bytes in a resumed run and on a cluster. Each group's result is kept at once in the work folder, so
    that a killed run resumes at the groups in flight.
    """

    recogniser: Recogniser
    language: str | None = None  # None: as heard
    hotwords: tuple[str, ...] = ()
    beam: int = 5
    name: ClassVar[str] = "transcribe"
    version: ClassVar[int] = 4

    def settings(self) -> dict[str, object]:
        """The model and how it is asked."""
        return {
            "recogniser": self.recogniser.identity(),
            "language": self.language,
            "hotwords": self.hotwords[:HOTWORDS],
            "beam": self.beam,
            "group": GROUP,
        }

    def __call__(self, chunks: Chunks, work: Work) -> Transcript:
        """Recognise every window."""
        read = sound.reader(work.folder / chunks.audio.pcm)
        total = chunks.audio.duration
        return self.written(chunks, self.heard(chunks.chunks, read, chunks.audio.recording, work, total=lambda: total))

    def forget(self, work: Path) -> None:
        """Remove the results of single groups, once the transcript is stored."""
        with writing(work / PARTIAL):
            (work / PARTIAL).unlink(missing_ok=True)

    def heard(
        self, windows: Iterable[Chunk], read: Read, recording: str, work: Work, *, total: Callable[[], float]
    ) -> HeardAll:
        """Recognise the windows as they come, as many groups at once as the recogniser has workers.

        `recording` is the digest that results of a killed run are known by; `total` says how long it is believed to be.
        """
        coming = iter(windows)
        language, first = self.language or self.recogniser.only_language(), list[Chunk]()
        if language is None:
            first = list(islice(coming, VOTERS))
            language = self._language(first, read)
        manner = Manner(language=language, hotwords=self.hotwords[:HOTWORDS], beam=self.beam)
        kept = Partial(work.folder / PARTIAL, self._key(recording, manner))
        found: list[Heard] = []

        def hear(group: Group) -> tuple[Heard, ...]:
            result = kept.get(group)
            if result is None:
                result = self._hear(group, read, manner)
                kept.put(group, result)
            return result

        for group, results in side_by_side(hear, groups(chain(first, coming)), self.recogniser.workers):
            found.extend(results)
            work.progress.advance(group[-1].end, max(total(), group[-1].end))
        return HeardAll(tuple(found), language)

    def written(self, chunks: Chunks, heard: HeardAll) -> Transcript:
        """The transcript of all that was heard."""
        return self._transcript(chunks, heard.found, heard.language)

    def _key(self, recording: str, manner: Manner) -> str:
        parts = [self.version, self.settings(), manner.model_dump(), recording]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()

    def _language(self, first: list[Chunk], read: Read) -> str:
        """What most of the five fullest of the first windows are spoken in: one may be a greeting in another language."""
        fullest = sorted(first, key=speech_of, reverse=True)[:5]
        votes: dict[str, float] = {}
        for chunk in fullest:
            language, sure = self.recogniser.language_of(samples_of(chunk, read))
            votes[language] = votes.get(language, 0.0) + sure
        return max(sorted(votes), key=lambda language: votes[language], default="en")

    def _hear(self, group: Group, read: Read, manner: Manner) -> tuple[Heard, ...]:
        """The windows of a group, in the recording's time."""
        pieces = [Piece(samples_of(chunk, read), chunk.start) for chunk in group]
        found = self.recogniser.transcribe(pieces, manner=manner)
        best = [self._best(*window, manner) for window in zip(found, group, pieces, strict=True)]
        return tuple(
            heard.model_copy(update={"utterances": on_the_recording(heard.utterances, chunk)})
            for heard, chunk in zip(best, group, strict=True)
        )

    def _best(self, first: Heard, chunk: Chunk, piece: Piece, manner: Manner) -> Heard:
        """One window; where the first result is suspicious, the best of several ways to decode it.

        Sampling at a raised temperature, the usual remedy, would give other words each time.
        """
        if not suspicious(first, chunk, manner.hotwords):
            return first
        found = [first, *self._other_ways(chunk, piece, manner)]
        return max(found, key=lambda heard: merit(heard, chunk, manner.hotwords))

    def _other_ways(self, chunk: Chunk, piece: Piece, manner: Manner) -> list[Heard]:
        plain = manner.model_copy(update={"hotwords": (), "no_repeat": 4})
        ways = self.recogniser.transcribe([piece], manner=plain)
        samples, length = piece.samples, len(piece.samples) / RATE
        if suspicious(ways[0], chunk, ()) and length > 4.0:
            gap = sound.longest_quiet_gap(samples[: round(0.75 * len(samples))], after=length / 4)
            at = round((gap[0] + gap[1]) / 2 * RATE)
            halves = [Piece(samples[:at], piece.offset), Piece(samples[at:], piece.offset + at / RATE)]
            heard = self.recogniser.transcribe(halves, manner=plain)
            ways.append(Heard(utterances=tuple(u for half in heard for u in half.utterances)))
        return ways

    def _transcript(self, chunks: Chunks, heard: tuple[Heard, ...], language: str) -> Transcript:
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


def side_by_side(
    do: Callable[[Group], tuple[Heard, ...]], windows: Iterable[Group], workers: int
) -> Iterator[tuple[Group, tuple[Heard, ...]]]:
    """`do` for each group, `workers` of them at once and a few waiting; the results in order.

    Nothing is taken from `windows` before there is room for it, so what is under way stays bounded.
    """
    under_way: deque[tuple[Group, Future[tuple[Heard, ...]]]] = deque()
    pool = ThreadPoolExecutor(workers, thread_name_prefix="recogniser")
    try:
        for group in windows:
            under_way.append((group, pool.submit(do, group)))
            while under_way and (len(under_way) > 2 * workers or under_way[0][1].done()):
                taken, future = under_way.popleft()
                yield taken, future.result()
        for taken, future in under_way:
            yield taken, future.result()
    finally:
        # After an error or an interruption nobody wants what is still under way.
        pool.shutdown(wait=False, cancel_futures=True)


# ---- what survives a killed run -----------------------------------------------------------------------------------


Borders = tuple[tuple[float, float], ...]


class Partial:
    """Finished groups of a stage under way, one JSON line each, the key first; safe to use from several threads.

    A group is known by the borders of its windows, so that a result still counts when the recording is cut again.
    """

    def __init__(self, path: Path, key: str) -> None:
        self._path, self._key = path, key
        self._lock = threading.Lock()
        self._done = self._load()
        if not self._done:
            self._start()

    def get(self, group: Group) -> tuple[Heard, ...] | None:
        """A finished group's results."""
        return self._done.get(_borders(group))

    def put(self, group: Group, heard: tuple[Heard, ...]) -> None:
        """Keep a group's results, safe against a power cut when this returns."""
        line = json.dumps({"windows": _borders(group), "heard": [each.model_dump(mode="json") for each in heard]})
        with self._lock:
            append_line(self._path, line)

    def _start(self) -> None:
        with writing(self._path):
            self._path.unlink(missing_ok=True)
        append_line(self._path, json.dumps({"key": self._key}))

    def _load(self) -> dict[Borders, tuple[Heard, ...]]:
        try:
            lines = self._path.read_bytes().split(b"\n")
            if json.loads(lines[0]) != {"key": self._key}:
                return {}
        except (OSError, ValueError):
            return {}
        done: dict[Borders, tuple[Heard, ...]] = {}
        whole = 1
        for line in lines[1:]:
            try:
                entry = json.loads(line)
                borders = tuple((start, end) for start, end in entry["windows"])
                done[borders] = tuple(Heard.model_validate(each) for each in entry["heard"])
            except (ValueError, KeyError, TypeError, ValidationError):
                break  # the line that was being written when the run was killed
            whole += 1
        with writing(self._path):
            # Without the half-written line, so that the next one starts on its own.
            os.truncate(self._path, sum(len(line) + 1 for line in lines[:whole]))
        return done


def _borders(group: Group) -> Borders:
    return tuple((chunk.start, chunk.end) for chunk in group)
