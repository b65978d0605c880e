"""Synthetic voices: espeak-ng and flite through their C libraries, with the times of words and phonemes.

Takes text and a `Voice`; gives `Speech` at 16 kHz. One process holds one engine of each kind.
"""

from __future__ import annotations

import ctypes as C
import random
import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import scipy.fft

from .features import SAMPLE_RATE

ACCENTS = ("en-us", "en", "en-gb-scotland", "en-gb-x-gbclan", "en-gb-x-rp", "en-029", "en-us-nyc")
COMMON = "m1 m2 m3 m4 m5 m7 m8 f1 f2 f3 f5 Alex Alicia Andrea Andy Michael Mike adam belinda benjamin david ed edward grandma john linda max michel paul quincy rob robert shelby steph travis victor zac".split()
RARE = "Denis Gene Gene2 Henrique Hugo Jacky Lee Marco Mario Nguyen RicishayMax RicishayMax2 RicishayMax3 Storm Tweaky anika announcer antonio aunty boris caleb edward2 fast grandpa gustave iven iven2 iven3 iven4 kaukovalta klatt klatt2 klatt3 klatt4 klatt5 marcelo miguel norbert pablo pedro robosoft3 robosoft5 robosoft7 sandro steph2 steph3".split()
FLITE = ("slt", "rms", "awb", "kal16")
HELD_OUT_ACCENT = "en-gb-x-gbcwmd"
HELD_OUT_VARIANTS = ("m6", "f4", "Annie", "Diogo")


@dataclass(frozen=True)
class Voice:
    """Who speaks and how; `speed` resamples, so it moves pitch and pace together."""

    engine: str
    name: str
    rate: int = 165
    pitch: int = 50
    pitch_range: int = 50
    speed: float = 1.0


@dataclass
class Speech:
    """Samples and times (seconds): words as (first char, last char + 1, start, end), phonemes as (start, name)."""

    audio: np.ndarray
    words: list[tuple[int, int, float, float]] = field(default_factory=list)
    phones: list[tuple[float, str]] = field(default_factory=list)


def random_voice(rng: random.Random, flite_share: float = 0.15) -> Voice:
    """A voice for training: never one that is held out."""
    if rng.random() < flite_share:
        return Voice("flite", rng.choice(FLITE), rate=rng.randint(88, 114), speed=rng.uniform(0.93, 1.07))
    variant = rng.choice(COMMON) if rng.random() < 0.7 else rng.choice(RARE)
    accent = rng.choice(ACCENTS)
    name = accent if rng.random() < 0.06 else f"{accent}+{variant}"
    return _paced(rng, name)


def held_out_voice(rng: random.Random) -> Voice:
    """A voice that no training speech was made with."""
    if rng.random() < 0.4:
        return _paced(rng, HELD_OUT_ACCENT if rng.random() < 0.2 else f"{HELD_OUT_ACCENT}+{rng.choice(COMMON)}")
    return _paced(rng, f"{rng.choice(ACCENTS)}+{rng.choice(HELD_OUT_VARIANTS)}")


def _paced(rng: random.Random, name: str) -> Voice:
    return Voice("espeak", name, rng.randint(138, 192), rng.randint(30, 72), rng.randint(30, 75))


def resample(audio: np.ndarray, ratio: float) -> tuple[np.ndarray, float]:
    """The audio at about `ratio` times as many samples, and the exact ratio used."""
    block = 441 if abs(ratio - 320 / 441) < 1e-9 else 1
    size = block * scipy.fft.next_fast_len(-(-(len(audio) + 200) // block), real=True)
    out = size // 441 * 320 if block == 441 else scipy.fft.next_fast_len(round(size * ratio), real=True)
    spectrum = scipy.fft.rfft(audio.astype("float32"), size)
    resized = np.zeros(out // 2 + 1, spectrum.dtype)
    keep = min(len(resized), len(spectrum))
    resized[:keep] = spectrum[:keep]
    exact = out / size
    samples = scipy.fft.irfft(resized, out) * exact
    return samples[: round(len(audio) * exact)].astype("float32"), exact


class _EventId(C.Union):
    _fields_ = [("number", C.c_int), ("name", C.c_char_p), ("string", C.c_char * 8)]


class _Event(C.Structure):
    _fields_ = [
        ("type", C.c_int),
        ("unique", C.c_uint),
        ("text_position", C.c_int),
        ("length", C.c_int),
        ("audio_position", C.c_int),
        ("sample", C.c_int),
        ("user_data", C.c_void_p),
        ("id", _EventId),
    ]


class Espeak:
    """libespeak-ng in retrieval mode, with word and phoneme events."""

    def __init__(self) -> None:
        self.lib = C.CDLL("libespeak-ng.so.1")
        self.rate = self.lib.espeak_Initialize(1, 0, None, 1)
        callback = C.CFUNCTYPE(C.c_int, C.POINTER(C.c_short), C.c_int, C.POINTER(_Event))
        self._callback = callback(self._collect)
        self.lib.espeak_SetSynthCallback(self._callback)
        self._audio: list[np.ndarray] = []
        self._words: list[tuple[int, float]] = []
        self._phones: list[tuple[float, str]] = []

    def _collect(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self._audio.append(np.ctypeslib.as_array(samples, (count,)).copy())
        index = 0
        while events[index].type:
            event = events[index]
            if event.type == 1:
                self._words.append((event.text_position - 1, event.audio_position / 1000))
            elif event.type == 7:
                self._phones.append(
                    (event.audio_position / 1000, bytes(event.id.string).split(b"\0")[0].decode("latin-1"))
                )
            index += 1
        return 0

    def say(self, text: str, voice: Voice) -> Speech:
        """Speak `text`; raises ValueError where the voice is unknown or nothing comes out."""
        if self.lib.espeak_SetVoiceByName(voice.name.encode()):
            raise ValueError(f"espeak-ng has no voice {voice.name}")
        for parameter, value in ((1, voice.rate), (3, voice.pitch), (4, voice.pitch_range)):
            self.lib.espeak_SetParameter(parameter, value, 0)
        self._audio.clear()
        self._words.clear()
        self._phones.clear()
        data = text.encode() + b"\0"
        self.lib.espeak_Synth(data, len(data), 0, 1, 0, 1, None, None)
        self.lib.espeak_Synchronize()
        if not self._audio or not self._phones:
            raise ValueError("espeak-ng said nothing")
        audio, _ = resample(np.concatenate(self._audio) / 32768, SAMPLE_RATE / self.rate)
        return Speech(audio, self._word_times(text, len(audio) / SAMPLE_RATE), list(self._phones))

    def _word_times(self, text: str, end: float) -> list[tuple[int, int, float, float]]:
        spans = [match.span() for match in re.finditer(r"\S+", text)]
        starts = [min((t for p, t in self._words if a <= p < b), default=None) for a, b in spans]
        ends = [after for _, after in zip(self._phones, [t for t, _ in self._phones[1:]] + [end])]
        sounding = [(t, e) for (t, name), e in zip(self._phones, ends) if not name.startswith("_")]
        words: list[tuple[int, int, float, float]] = []
        index = 0
        while index < len(spans):
            start = starts[index]
            group = [index]
            while group[-1] + 1 < len(spans) and starts[group[-1] + 1] is None:
                group.append(group[-1] + 1)
            after = starts[group[-1] + 1] if group[-1] + 1 < len(spans) else end
            index = group[-1] + 1
            if start is None or after is None or after <= start:
                start = words[-1][3] if words else 0.0
                after = max(after or start, start)
            inside = [e for t, e in sounding if start - 0.005 <= t < after]
            stop = max(min(max(inside, default=after), after), start)
            weights = np.cumsum([0.0] + [float(spans[i][1] - spans[i][0]) for i in group])
            edges = start + (stop - start) * weights / weights[-1]
            words += [(*spans[i], float(edges[n]), float(edges[n + 1])) for n, i in enumerate(group)]
        return words


class _Wave(C.Structure):
    _fields_ = [
        ("type", C.c_char_p),
        ("rate", C.c_int),
        ("count", C.c_int),
        ("channels", C.c_int),
        ("samples", C.POINTER(C.c_short)),
    ]


class _FliteVoice(C.Structure):
    _fields_ = [("name", C.c_char_p), ("features", C.c_void_p)]


class Flite:
    """libflite with its four 16 kHz voices; word times, no phoneme times (its phoneme set differs)."""

    def __init__(self) -> None:
        for name in ("flite", "flite_usenglish", "flite_cmulex"):
            self.lib = C.CDLL(f"lib{name}.so.1", mode=C.RTLD_GLOBAL)
        self.lib = C.CDLL("libflite.so.1")
        self.lib.flite_init()
        pointer, text = C.c_void_p, C.c_char_p
        for name, result, arguments in (
            ("flite_synth_text", pointer, [text, pointer]),
            ("utt_wave", C.POINTER(_Wave), [pointer]),
            ("utt_relation", pointer, [pointer, text]),
            ("relation_head", pointer, [pointer]),
            ("item_next", pointer, [pointer]),
            ("ffeature_float", C.c_float, [pointer, text]),
            ("ffeature_string", text, [pointer, text]),
            ("delete_utterance", None, [pointer]),
            ("feat_set_float", None, [pointer, text, C.c_float]),
        ):
            function = getattr(self.lib, name)
            function.restype, function.argtypes = result, arguments
        self._voices: dict[str, int] = {}

    def _voice(self, name: str) -> int:
        if name not in self._voices:
            library = C.CDLL(f"libflite_cmu_us_{name}.so.1")
            register = getattr(library, f"register_cmu_us_{name}")
            register.restype = C.c_void_p
            self._voices[name] = register(None)
        return self._voices[name]

    def say(self, text: str, voice: Voice) -> Speech:
        """Speak `text`; `voice.rate` is 100 for the voice's own pace."""
        handle = self._voice(voice.name)
        features = C.cast(handle, C.POINTER(_FliteVoice)).contents.features
        self.lib.feat_set_float(features, b"duration_stretch", 100 / voice.rate)
        utterance = self.lib.flite_synth_text(text.encode(), handle)
        if not utterance:
            raise ValueError("flite said nothing")
        wave = self.lib.utt_wave(utterance).contents
        raw = np.ctypeslib.as_array(wave.samples, (wave.count,)).astype("float32") / 32768
        ratio = SAMPLE_RATE / wave.rate / voice.speed
        audio, exact = resample(raw, ratio) if abs(ratio - 1) > 1e-6 else (raw, 1.0)
        stretch = exact * wave.rate / SAMPLE_RATE
        words = self._word_times(utterance, text, stretch)
        self.lib.delete_utterance(utterance)
        return Speech(audio, words)

    def _word_times(self, utterance: int, text: str, stretch: float) -> list[tuple[int, int, float, float]]:
        spans = [match.span() for match in re.finditer(r"\S+", text)]
        found: dict[int, tuple[float, float]] = {}
        item = self.lib.relation_head(self.lib.utt_relation(utterance, b"Word"))
        while item:
            position = int(self.lib.ffeature_float(item, b"R:Token.parent.file_pos")) - 1
            start = self.lib.ffeature_float(item, b"R:SylStructure.daughter1.daughter1.R:Segment.p.end") * stretch
            stop = self.lib.ffeature_float(item, b"R:SylStructure.daughtern.daughtern.R:Segment.end") * stretch
            index = next((i for i, (a, b) in enumerate(spans) if a <= position < b + 1), len(spans) - 1)
            if stop > start:
                before = found.get(index, (start, stop))
                found[index] = (min(before[0], start), max(before[1], stop))
            item = self.lib.item_next(item)
        if len(found) != len(spans):
            return []
        words = [(*spans[i], *found[i]) for i in range(len(spans))]
        return words if all(x[3] <= y[2] + 1e-3 for x, y in zip(words, words[1:])) else []


class Engines:
    """Both engines, each started when first needed."""

    def __init__(self) -> None:
        self._engines: dict[str, Espeak | Flite] = {}

    def say(self, text: str, voice: Voice) -> Speech:
        """Speak, then cut the silence at both ends to at most a tenth of a second."""
        if voice.engine not in self._engines:
            self._engines[voice.engine] = Espeak() if voice.engine == "espeak" else Flite()
        return _trim(self._engines[voice.engine].say(text, voice))


def _trim(speech: Speech) -> Speech:
    loud = np.flatnonzero(np.abs(speech.audio) > 0.003)
    if not len(loud):
        raise ValueError("silence")
    first = max(0, int(loud[0]) - 1_600)
    last = min(len(speech.audio), int(loud[-1]) + 1_600)
    lead, end = first / SAMPLE_RATE, (last - first) / SAMPLE_RATE
    words = [(a, b, min(max(0.0, s - lead), end), min(max(0.0, e - lead), end)) for a, b, s, e in speech.words]
    phones = [(t - lead, name) for t, name in speech.phones if t - lead < end]
    return Speech(speech.audio[first:last], words, phones)
