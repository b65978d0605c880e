#!/usr/bin/env python3
"""Make the sample meeting again from its script: `python samples/regenerate.py`.

Reads `samples/webinar/script.toml` and the event file beside it; writes

    samples/webinar/<stem>.m4a                       the recording: AAC, mono, as a meeting platform gives it
    samples/webinar/<stem>.reference.json            every turn and word, with its speaker and its time
    samples/webinar/<stem>.reference.rttm            who spoke when
    samples/excerpt/<stem>-excerpt.*                 one minute of it, with reference and event file
    samples/transcripts/<stem>.labelled.vtt          the same meeting as captions with names (`Name: text`)

The voices are espeak-ng and flite, called through their libraries because only these tell when each word is
spoken: espeak-ng by its word and phoneme events, flite by its segment ends. A word whose time the engine does
not tell (espeak-ng joins a few, such as "of the") shares the span of its neighbour in proportion to its letters
and is marked `"timing": "interpolated"`.

Same machine, same script: byte-identical files. Needs PyAV and numpy, and `sudo apt install espeak-ng flite`.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import av
import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

HERE = Path(__file__).resolve().parent
RATE = 32_000
BITRATE = 40_000
SPEECH_LEVEL = -23.0  # dBFS, mean of a speaker's voiced parts before that speaker's gain
PEAK = 0.85
INSTALL = "sudo apt install espeak-ng flite"
FLITE_RATE = {"slt": 180.0, "rms": 172.0, "awb": 178.0, "kal16": 175.0}  # words a minute when left alone, pauses in
FLITE_F0 = {"slt": 170.0, "rms": 105.0, "awb": 120.0, "kal16": 105.0}


class SampleError(Exception):
    """The sample cannot be made here; the message says what to type."""


# ---------------------------------------------------------------------------------------------- records


@dataclass(frozen=True)
class Word:
    """One written word. Times in seconds, half-open; relative to the utterance until the turn is placed."""

    text: str
    start: float
    end: float
    timing: str = "synthesis"

    def at(self, offset: float) -> Word:
        """The same word, later by `offset` seconds."""
        return replace(self, start=self.start + offset, end=self.end + offset)


@dataclass(frozen=True)
class Speaker:
    """A voice of the meeting and how it is made."""

    name: str
    engine: str
    voice: str
    rate: float
    pitch: float
    gain: float
    noise: float


@dataclass(frozen=True)
class Line:
    """One turn of the script."""

    speaker: Speaker
    text: str
    pause: float


@dataclass(frozen=True)
class Script:
    """The whole script."""

    stem: str
    title: str
    seed: int
    lead_in: float
    lead_out: float
    lines: tuple[Line, ...]
    excerpt_first: int
    excerpt_seconds: float


@dataclass(frozen=True)
class Utterance:
    """Speech of one sentence or one turn: samples at `RATE`, and its words."""

    samples: Samples
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Turn:
    """One person speaking, placed in the recording."""

    name: str
    words: tuple[Word, ...]

    @property
    def start(self) -> float:
        """When the first word begins."""
        return self.words[0].start

    @property
    def end(self) -> float:
        """When the last word ends."""
        return self.words[-1].end

    @property
    def text(self) -> str:
        """The words as one line."""
        return " ".join(w.text for w in self.words)


@dataclass(frozen=True)
class Token:
    """A word as it is written, and as the engine is told to say it."""

    written: str
    said: str


# ---------------------------------------------------------------------------------------------- script


def read_script(path: Path) -> Script:
    """The script in `path`. Raises `SampleError` where a turn names a speaker that is not described."""
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    speakers = {key: Speaker(**value) for key, value in data["speakers"].items()}
    unknown = {t["speaker"] for t in data["turns"]} - set(speakers)
    if unknown:
        raise SampleError(f"{path.name}: no [speakers.{min(unknown)}]")
    lines = tuple(Line(speakers[t["speaker"]], " ".join(t["text"].split()), t["pause"]) for t in data["turns"])
    return Script(
        stem=data["stem"],
        title=data["title"],
        seed=data["seed"],
        lead_in=data["lead_in"],
        lead_out=data["lead_out"],
        lines=lines,
        excerpt_first=data["excerpt"]["first_turn"] - 1,
        excerpt_seconds=data["excerpt"]["seconds"],
    )


def sentences(text: str) -> list[str]:
    """`text` cut after each full stop, question mark or exclamation mark."""
    return re.split(r"(?<=[.?!])\s+(?=\S)", text)


def tokens(sentence: str) -> list[Token]:
    """The words of a sentence; `OBE{O B E}` is one word, written OBE and said O B E."""
    found = re.findall(r"([^\s{}]+)(?:\{([^}]*)\}(\S*))?", sentence)
    return [Token(w + after, (said + after) if said else w) for w, said, after in found]


# ---------------------------------------------------------------------------------------------- espeak-ng


class _EspeakId(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _EspeakEvent(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EspeakId),
    ]


_ESPEAK_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_EspeakEvent)
)
_RETRIEVAL, _PHONEME_EVENTS, _UTF8 = 1, 1, 1
_RATE, _PITCH = 1, 3
_LIST_END, _WORD_EVENT, _PHONEME_EVENT = 0, 1, 7


def load_library(name: str) -> ctypes.CDLL:
    """The shared library `name`; `SampleError` with the command that installs it where it is missing."""
    try:
        return ctypes.CDLL(name)
    except OSError as err:
        raise SampleError(f"{name} is missing. Type: {INSTALL}") from err


class Engine(Protocol):
    """What turns one sentence into speech."""

    def say(self, speaker: Speaker, sentence: Sequence[Token]) -> Utterance:
        """One sentence in the voice of `speaker`, with the times of its words."""
        ...


class Espeak:
    """espeak-ng through its library, with the times of its words."""

    def __init__(self) -> None:
        self._lib = load_library("libespeak-ng.so.1")
        self._rate = self._lib.espeak_Initialize(_RETRIEVAL, 0, None, _PHONEME_EVENTS)
        if self._rate <= 0:
            raise SampleError(f"espeak-ng finds no voices. Type: {INSTALL}")
        self._audio: list[NDArray[np.int16]] = []
        self._events: list[tuple[int, int, float, bytes]] = []
        self._callback = _ESPEAK_CALLBACK(self._take)  # kept: the library holds only a pointer to it
        self._lib.espeak_SetSynthCallback(self._callback)

    def _take(self, wave: Any, count: int, events: Any) -> int:
        if wave and count:
            self._audio.append(np.ctypeslib.as_array(wave, (count,)).copy())
        i = 0
        while events[i].type != _LIST_END:
            e = events[i]
            self._events.append((e.type, e.text_position, e.audio_position / 1000, bytes(e.id.string)))
            i += 1
        return 0

    def say(self, speaker: Speaker, sentence: Sequence[Token]) -> Utterance:
        """One sentence. Raises `SampleError` where the voice does not exist."""
        self._audio, self._events = [], []
        if self._lib.espeak_SetVoiceByName(speaker.voice.encode()) != 0:
            raise SampleError(f"espeak-ng has no voice {speaker.voice}")
        self._lib.espeak_SetParameter(_RATE, int(speaker.rate), 0)
        self._lib.espeak_SetParameter(_PITCH, int(speaker.pitch), 0)
        text = " ".join(t.said for t in sentence).encode("utf-8")
        self._lib.espeak_Synth(text, len(text) + 1, 0, 0, 0, _UTF8, None, None)
        self._lib.espeak_Synchronize()
        pcm = np.concatenate(self._audio)
        return Utterance(resample(pcm, self._rate), self._words(sentence, len(pcm) / self._rate))

    def _words(self, sentence: Sequence[Token], length: float) -> tuple[Word, ...]:
        starts: list[float | None] = [None] * len(sentence)
        owner = [i for i, t in enumerate(sentence) for _ in range(len(t.said) + 1)]
        for kind, position, when, _ in self._events:
            if kind != _WORD_EVENT or position < 1:  # at a comma it may tell of a word at position 0: there is none
                continue
            token = owner[min(position - 1, len(owner) - 1)]
            if starts[token] is None:
                starts[token] = when
        return fill_times(sentence, starts, self._silences(), length)

    def _silences(self) -> list[float]:
        """Where a pause begins: phonemes whose name starts with an underscore, and the nameless last one."""
        return [
            when for kind, _, when, name in self._events if kind == _PHONEME_EVENT and name[:1] in (b"_", b"", b"\0")
        ]


def fill_times(
    sentence: Sequence[Token], starts: list[float | None], silences: Sequence[float], length: float
) -> tuple[Word, ...]:
    """Words from their known starts: each ends where a pause or the next word begins; unknown ones share a span."""
    known = [i for i, s in enumerate(starts) if s is not None]
    words: list[Word] = []
    for here, following in zip(known, [*known[1:], len(sentence)], strict=True):
        start = starts[here] or 0.0
        limit = length if following == len(sentence) else (starts[following] or 0.0)
        end = min([s for s in silences if start + 0.03 < s < limit] or [limit])
        words += share(sentence[here:following], start, end)
    return tuple(words)


def share(group: Sequence[Token], start: float, end: float) -> Iterator[Word]:
    """The words of `group` across one span, in proportion to their letters."""
    timing = "synthesis" if len(group) == 1 else "interpolated"
    letters = [len(t.said) for t in group]
    at = start
    for token, count in zip(group, letters, strict=True):
        until = at + (end - start) * count / sum(letters)
        yield Word(token.written, at, until, timing)
        at = until


# ---------------------------------------------------------------------------------------------- flite


class _FliteWave(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    ]


class _FliteVoice(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("features", ctypes.c_void_p)]


class _FliteRelation(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("features", ctypes.c_void_p),
        ("utterance", ctypes.c_void_p),
        ("head", ctypes.c_void_p),
        ("tail", ctypes.c_void_p),
    ]


class Flite:
    """flite through its library, with the times of its words."""

    def __init__(self) -> None:
        self._lib = load_library("libflite.so.1")
        pointer, text = ctypes.c_void_p, ctypes.c_char_p
        for name, result, arguments in (
            ("flite_synth_text", pointer, [text, pointer]),
            ("utt_wave", ctypes.POINTER(_FliteWave), [pointer]),
            ("utt_relation", ctypes.POINTER(_FliteRelation), [pointer, text]),
            ("item_next", pointer, [pointer]),
            ("ffeature_float", ctypes.c_float, [pointer, text]),
            ("ffeature_string", text, [pointer, text]),
            ("feat_set_float", None, [pointer, text, ctypes.c_float]),
            ("delete_utterance", None, [pointer]),
        ):
            function = getattr(self._lib, name)
            function.restype, function.argtypes = result, arguments
        self._lib.flite_init()
        self._voices: dict[str, int] = {}

    def _voice(self, speaker: Speaker) -> int:
        if speaker.voice not in self._voices:
            library = load_library(f"libflite_cmu_us_{speaker.voice}.so.1")
            register = getattr(library, f"register_cmu_us_{speaker.voice}")
            register.restype, register.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
            self._voices[speaker.voice] = register(None)
        voice = self._voices[speaker.voice]
        features = ctypes.cast(voice, ctypes.POINTER(_FliteVoice)).contents.features
        self._lib.feat_set_float(features, b"duration_stretch", FLITE_RATE[speaker.voice] / speaker.rate)
        self._lib.feat_set_float(features, b"f0_shift", speaker.pitch)
        self._lib.feat_set_float(features, b"int_f0_target_mean", FLITE_F0[speaker.voice] * speaker.pitch)
        return voice

    def say(self, speaker: Speaker, sentence: Sequence[Token]) -> Utterance:
        """One sentence."""
        text = " ".join(t.said for t in sentence).encode("utf-8")
        utterance = self._lib.flite_synth_text(text, self._voice(speaker))
        wave = self._lib.utt_wave(utterance).contents
        pcm: NDArray[np.int16] = np.ctypeslib.as_array(wave.samples, (wave.num_samples,)).copy()
        rate = wave.sample_rate
        spans = list(self._spans(utterance))
        self._lib.delete_utterance(utterance)
        return Utterance(resample(pcm, rate), tuple(pair(sentence, spans)))

    def _spans(self, utterance: int) -> Iterator[tuple[float, float]]:
        """Start and end of each whitespace-separated token, in seconds."""
        item = self._lib.utt_relation(utterance, b"Token").contents.head
        while item:
            first = b"daughter1.R:SylStructure.daughter1.daughter1.R:Segment.p.end"
            last = b"daughtern.R:SylStructure.daughtern.daughtern.R:Segment.end"
            yield self._lib.ffeature_float(item, first), self._lib.ffeature_float(item, last)
            item = self._lib.item_next(item)


def pair(sentence: Sequence[Token], spans: Sequence[tuple[float, float]]) -> Iterator[Word]:
    """Words with the spans of the pieces that were said for them (`O B E` is three pieces and one word)."""
    at = 0
    for token in sentence:
        count = len(token.said.split())
        if at + count > len(spans):
            raise SampleError(f"flite said {len(spans)} pieces, fewer than the script has, at {token.written!r}")
        yield Word(token.written, spans[at][0], spans[at + count - 1][1])
        at += count


# ---------------------------------------------------------------------------------------------- sound


def resample(pcm: NDArray[np.int16], rate: int) -> Samples:
    """16-bit mono at `rate` as floats at `RATE`."""
    frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = rate
    convert = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    parts = [f.to_ndarray().reshape(-1) for f in [*convert.resample(frame), *convert.resample(None)]]
    whole: Samples = np.concatenate(parts).astype(np.float32)
    return whole


def level(samples: Samples) -> float:
    """Mean level in dBFS of the parts that are louder than -50 dBFS."""
    frames = samples[: len(samples) // 640 * 640].reshape(-1, 640)
    power = (frames.astype(np.float64) ** 2).mean(axis=1)
    voiced = power[power > 1e-5]
    return float(10 * np.log10(voiced.mean())) if len(voiced) else -120.0


def room(length: int, decibels: float, random: np.random.Generator) -> Samples:
    """Soft low noise, as of a room with a computer in it, `length` samples long."""
    white = random.standard_normal(length + 64)
    smooth = np.convolve(white, np.hanning(24) / np.hanning(24).sum(), mode="full")[:length]
    noise: Samples = (smooth / smooth.std() * 10 ** (decibels / 20)).astype(np.float32)
    return noise


def trim(spoken: Utterance, before: float = 0.04, after: float = 0.10) -> Utterance:
    """The utterance without the silence that the engine puts around it, its edges faded."""
    first = max(0.0, spoken.words[0].start - before)
    last = min(len(spoken.samples) / RATE, spoken.words[-1].end + after)
    samples = spoken.samples[int(first * RATE) : int(last * RATE)].copy()
    ramp = np.linspace(0, 1, int(0.01 * RATE), dtype=np.float32)
    samples[: len(ramp)] *= ramp
    samples[-len(ramp) :] *= ramp[::-1]
    return Utterance(samples, tuple(w.at(-first) for w in spoken.words))


def join(parts: Sequence[Utterance], random: np.random.Generator) -> Utterance:
    """Sentences one after another, with the short pauses of someone who speaks freely."""
    samples: list[Samples] = []
    words: list[Word] = []
    at = 0
    for part in parts:
        gap = np.zeros(int(random.uniform(0.22, 0.45) * RATE) if samples else 0, dtype=np.float32)
        at += len(gap)
        words += [w.at(at / RATE) for w in part.words]
        samples += [gap, part.samples]
        at += len(part.samples)
    return Utterance(np.concatenate(samples), tuple(words))


# ---------------------------------------------------------------------------------------------- meeting


@cache
def engine(name: str) -> Engine:
    """The engine called `name` in the script."""
    if name == "espeak-ng":
        return Espeak()
    if name == "flite":
        return Flite()
    raise SampleError(f"no engine {name!r}: espeak-ng or flite")


def speak(line: Line, random: np.random.Generator) -> Utterance:
    """One turn: its sentences, at its speaker's level."""
    parts = [trim(engine(line.speaker.engine).say(line.speaker, tokens(s))) for s in sentences(line.text)]
    whole = join(parts, random)
    gain = 10 ** ((SPEECH_LEVEL + line.speaker.gain - level(whole.samples)) / 20)
    return Utterance((whole.samples * gain).astype(np.float32), whole.words)


def perform(script: Script) -> tuple[Samples, list[Turn]]:
    """The meeting: samples at `RATE`, and its turns in order."""
    random = np.random.default_rng(script.seed)
    placed: list[tuple[float, Line, Utterance]] = []
    at = script.lead_in
    for line in script.lines:
        spoken = speak(line, random)
        at += line.pause
        placed.append((at, line, spoken))
        at += len(spoken.samples) / RATE
    mixed = room(int((at + script.lead_out) * RATE), -68.0, random)
    for start, line, spoken in placed:
        begin, end = int(start * RATE), int(start * RATE) + len(spoken.samples)
        mixed[begin:end] += spoken.samples + room(len(spoken.samples), line.speaker.noise, random)
    turns = [Turn(line.speaker.name, tuple(w.at(start) for w in spoken.words)) for start, line, spoken in placed]
    return soften(mixed), turns


def soften(samples: Samples) -> Samples:
    """The samples with peaks above `PEAK` rounded off, as a platform's limiter does: nothing clips."""
    over = np.abs(samples) > PEAK
    rest = 1 - PEAK - 0.02
    rounded = np.sign(samples) * (PEAK + rest * np.tanh((np.abs(samples) - PEAK) / rest))
    return np.where(over, rounded, samples).astype(np.float32)


def cut(samples: Samples, turns: Sequence[Turn], script: Script) -> tuple[Samples, list[Turn]]:
    """The excerpt: from a turn's start, as long as the script says, ending in room noise after its last whole word."""
    begin = turns[script.excerpt_first].start - 0.3
    limit = script.excerpt_seconds - 0.2
    inside = [
        Turn(t.name, tuple(w.at(-begin) for w in t.words if w.end - begin <= limit))
        for t in turns[script.excerpt_first :]
    ]
    kept = [t for t in inside if t.words]
    piece = samples[int(begin * RATE) : int((begin + script.excerpt_seconds) * RATE)].copy()
    stop = int((kept[-1].end + 0.06) * RATE)
    piece[stop:] = room(len(piece) - stop, -60.0, np.random.default_rng(script.seed))
    return piece, kept


# ---------------------------------------------------------------------------------------------- files


def write_recording(path: Path, samples: Samples) -> None:
    """AAC in an m4a. Nothing in the file depends on the day it was made."""
    pcm = (samples * 32767).astype(np.int16)
    with av.open(str(path), "w", format="ipod", options={"fflags": "+bitexact", "movflags": "+faststart"}) as out:
        stream = out.add_stream("aac", rate=RATE, layout="mono")
        stream.bit_rate = BITRATE
        stream.codec_context.flags |= 1 << 23  # AV_CODEC_FLAG_BITEXACT
        for at in range(0, len(pcm), RATE):
            frame = av.AudioFrame.from_ndarray(pcm[at : at + RATE].reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate, frame.pts = RATE, at
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def reference(script: Script, recording: str, samples: Samples, turns: Sequence[Turn]) -> str:
    """The reference as JSON: the shape of `conversation.json` where they have the same things to say."""
    data = {
        "schema": 1,
        "title": script.title,
        "recording": recording,
        "language": "en",
        "duration": round(len(samples) / RATE, 3),
        "turns": [
            {
                "start": round(t.start, 3),
                "end": round(t.end, 3),
                "name": t.name,
                "text": t.text,
                "words": [
                    {"text": w.text, "start": round(w.start, 3), "end": round(w.end, 3), "timing": w.timing}
                    for w in t.words
                ],
            }
            for t in turns
        ],
    }
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return re.sub(r"\{\s+(\"text\": [^{}]*?)\s+\}", lambda m: "{" + " ".join(m[1].split()) + "}", text) + "\n"


def rttm(name: str, turns: Sequence[Turn], gap: float = 0.5) -> str:
    """Who spoke when, a turn cut wherever its speaker is silent for longer than `gap` seconds."""
    rows: list[str] = []
    for turn in turns:
        begins = [0, *(i for i in range(1, len(turn.words)) if turn.words[i].start - turn.words[i - 1].end > gap)]
        for first, following in zip(begins, [*begins[1:], len(turn.words)], strict=True):
            start, end = turn.words[first].start, turn.words[following - 1].end
            who = turn.name.replace(" ", "_")
            rows.append(f"SPEAKER {name} 1 {start:.3f} {end - start:.3f} <NA> <NA> {who} <NA> <NA>")
    return "\n".join(rows) + "\n"


def clock(seconds: float) -> str:
    """Seconds as `hh:mm:ss.mmm`."""
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def captions(turns: Sequence[Turn], longest: int = 28) -> str:
    """The meeting as labelled captions: a cue a sentence, a long sentence cut at a comma or at `longest` words."""
    cues = [(t.name, cue) for t in turns for cue in cue_words(t.words, longest)]
    blocks = [
        f"{n}\n{clock(cue[0].start)} --> {clock(cue[-1].end)}\n{name}: {' '.join(w.text for w in cue)}\n"
        for n, (name, cue) in enumerate(cues, 1)
    ]
    return "WEBVTT\n\n" + "\n".join(blocks)


def cue_words(words: Sequence[Word], longest: int) -> Iterator[list[Word]]:
    """The words of each cue."""
    cue: list[Word] = []
    for word in words:
        cue.append(word)
        ends = word.text[-1] in ".?!" or (word.text[-1] == "," and len(cue) > longest // 2)
        if ends or len(cue) >= longest:
            yield cue
            cue = []
    if cue:
        yield cue


def write_meeting(folder: Path, stem: str, script: Script, samples: Samples, turns: Sequence[Turn]) -> None:
    """Recording and reference of one meeting in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    write_recording(folder / f"{stem}.m4a", samples)
    (folder / f"{stem}.reference.json").write_text(reference(script, f"{stem}.m4a", samples, turns), encoding="utf-8")
    (folder / f"{stem}.reference.rttm").write_text(rttm(stem, turns), encoding="utf-8")


def regenerate(target: Path) -> str:
    """Write every generated file below `target`; give a line that says what was made."""
    script = read_script(HERE / "webinar" / "script.toml")
    event = HERE / "webinar" / f"{script.stem}.event.toml"
    samples, turns = perform(script)
    write_meeting(target / "webinar", script.stem, script, samples, turns)
    write_meeting(target / "excerpt", f"{script.stem}-excerpt", script, *cut(samples, turns, script))
    shutil.copyfile(event, target / "excerpt" / f"{script.stem}-excerpt.event.toml")
    folder = target / "transcripts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{script.stem}.labelled.vtt").write_text(captions(turns), encoding="utf-8")
    shutil.copyfile(event, folder / f"{script.stem}.labelled.event.toml")
    words = sum(len(t.words) for t in turns)
    peak = float(np.abs(samples).max())
    return f"{script.stem}: {clock(len(samples) / RATE)}, {len(turns)} turns, {words} words, peak {peak:.2f}"


def main() -> int:
    """Command line; 4 where an engine is missing, as `afterword` itself does."""
    parser = argparse.ArgumentParser(description="Make the sample meeting again from its script.")
    parser.add_argument("--into", type=Path, default=HERE, help="write below this folder (default: samples)")
    try:
        print(regenerate(parser.parse_args().into))
    except SampleError as err:
        print(f"regenerate: {err}", file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
