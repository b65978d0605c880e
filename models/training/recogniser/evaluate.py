"""Measure an exported folder with plain faster-whisper on speech that it has not met.

    python -m models.training.recogniser.evaluate --model DIR --sentences FILE

Speaks held-out sentences, a few to a recording with pauses and faint room noise, once in voices that training used
and once in voices it never used, each transcribed by a plain call and window by window, the windows cut in pauses;
then transcribes silence and noises. Prints one JSON object: word error rates
(whole and for flite alone), share of right words whose start and end are within 0.2 s, words invented where nobody
speaks, and seconds of audio per second of work on one thread.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.vad import VadOptions, get_speech_timestamps

from .features import SAMPLE_RATE, WINDOW_SECONDS
from .normalise import words
from .texts import Sentence, held_out_sentences
from .voices import Engines, Voice, held_out_voice, random_voice


@dataclass
class Recording:
    """A few sentences spoken by one voice, with the true time of each word."""

    audio: np.ndarray
    text: str = ""
    words: list[tuple[str, float, float]] = field(default_factory=list)
    engine: str = ""


def speak(sentences: list[Sentence], voice: Voice, engines: Engines, rng: random.Random) -> Recording:
    """The sentences with pauses of 0.3-1.2 s, at a random level over faint noise."""
    parts: list[np.ndarray] = []
    recording = Recording(np.zeros(0), engine=voice.engine)
    at = 0
    for sentence in sentences:
        speech = engines.say(sentence.text, voice)
        parts += [np.zeros(round(rng.uniform(0.3, 1.2) * SAMPLE_RATE), "float32")]
        at += len(parts[-1])
        offset = at / SAMPLE_RATE
        recording.words += [(sentence.text[a:b], s + offset, e + offset) for a, b, s, e in speech.words]
        parts.append(speech.audio)
        at += len(speech.audio)
    recording.text = " ".join(sentence.text for sentence in sentences)
    clean = np.concatenate([*parts, np.zeros(8_000, "float32")])
    noise = np.random.default_rng(rng.randrange(1 << 30)).normal(0, 1, len(clean)).astype("float32")
    noise = np.convolve(noise, np.array([0.25, 0.5, 0.25], "float32"), mode="same")
    level = float(np.sqrt((clean**2).mean())) * 10 ** (-rng.uniform(22, 40) / 20)
    recording.audio = ((clean + noise * level) * rng.uniform(0.3, 1.0)).astype("float32")
    return recording


def recordings(
    sentences: list[Sentence], count: int, pick: Callable[[random.Random], Voice], seed: int, engines: Engines
) -> list[Recording]:
    """`count` recordings of two to five sentences each."""
    rng = random.Random(seed)
    made: list[Recording] = []
    position = 0
    while len(made) < count:
        some = [sentences[(position + i) % len(sentences)] for i in range(rng.randint(2, 5))]
        position += len(some)
        made.append(speak(some, pick(rng), engines, rng))
    return made


def bare(word: str) -> str:
    """A word without case and punctuation, for pairing words one to one."""
    return "".join(c for c in word.lower() if c.isalnum() or c == "'")


def time_errors(
    truth: list[tuple[str, float, float]], found: list[tuple[str, float, float]]
) -> list[tuple[float, float]]:
    """Start and end errors, in seconds, of the words that were recognised."""
    reference, hypothesis = [bare(w) or "-" for w, _, _ in truth], [bare(w) or "-" for w, _, _ in found]
    if not reference or not hypothesis:
        return []
    errors: list[tuple[float, float]] = []
    for chunk in jiwer.process_words(" ".join(reference), " ".join(hypothesis)).alignments[0]:
        if chunk.type == "equal":
            for i, j in zip(
                range(chunk.ref_start_idx, chunk.ref_end_idx), range(chunk.hyp_start_idx, chunk.hyp_end_idx)
            ):
                errors.append((found[j][1] - truth[i][1], found[j][2] - truth[i][2]))
    return errors


def error_rate(pairs: list[tuple[str, str]]) -> float:
    """Word error rate over all pairs of (reference, hypothesis)."""
    kept = [(" ".join(words(a)), " ".join(words(b))) for a, b in pairs]
    return round(jiwer.wer([a for a, _ in kept], [b for _, b in kept]), 4)


def transcribed(model: WhisperModel, audio: np.ndarray, beam: int, cut: bool) -> list[Any]:
    """Segments with word times: from a plain call, or from windows cut in pauses."""
    if not cut:
        return list(
            model.transcribe(
                audio,
                language="en",
                beam_size=beam,
                temperature=0.0,
                condition_on_previous_text=False,
                word_timestamps=True,
            )[0]
        )
    found: list[Any] = []
    for start, stop in pauses(audio):
        part = audio[start:stop]
        segments, _ = model.transcribe(
            part, language="en", beam_size=beam, temperature=0.0, condition_on_previous_text=False, word_timestamps=True
        )
        for segment in segments:
            for word in segment.words or []:
                word.start += start / SAMPLE_RATE
                word.end += start / SAMPLE_RATE
            found.append(segment)
    return found


def pauses(audio: np.ndarray) -> list[tuple[int, int]]:
    """Windows of at most about `WINDOW_SECONDS` that begin and end in a pause, in samples."""
    spans = [
        (span["start"], span["end"])
        for span in get_speech_timestamps(
            audio, VadOptions(min_silence_duration_ms=160, max_speech_duration_s=WINDOW_SECONDS, speech_pad_ms=120)
        )
    ]
    windows: list[tuple[int, int]] = []
    for start, stop in spans:
        if windows and stop - windows[-1][0] <= (WINDOW_SECONDS - 1) * SAMPLE_RATE:
            windows[-1] = (windows[-1][0], stop)
        else:
            windows.append((start, stop))
    return windows


def measure(model: WhisperModel, some: list[Recording], beam: int, show: int, cut: bool) -> dict[str, Any]:
    """Transcribe with word times and compare."""
    pairs: list[tuple[str, str]] = []
    flite: list[tuple[str, str]] = []
    errors: list[tuple[float, float]] = []
    audio = spent = 0.0
    for index, recording in enumerate(some):
        begun = time.perf_counter()
        segments = transcribed(model, recording.audio, beam, cut)
        spent += time.perf_counter() - begun
        audio += len(recording.audio) / SAMPLE_RATE
        text = "".join(segment.text for segment in segments).strip()
        pairs.append((recording.text, text))
        if recording.engine == "flite":
            flite.append(pairs[-1])
        found = [(w.word, w.start, w.end) for segment in segments for w in segment.words or []]
        errors += time_errors(recording.words, found)
        if index < show:
            print(f"REF {recording.text}\nHYP {text}\n")
    both = np.abs(np.array(errors)) if errors else np.ones((1, 2))
    return {
        "wer": error_rate(pairs),
        **({"wer_flite": error_rate(flite)} if flite else {}),
        "recordings": len(some),
        "starts_within_0.2s": round(float((both[:, 0] <= 0.2).mean()), 4),
        "ends_within_0.2s": round(float((both[:, 1] <= 0.2).mean()), 4),
        "times_real_time": round(audio / spent, 1),
    }


def quiet(seed: int) -> list[np.ndarray]:
    """Recordings in which nobody speaks: digital silence, hiss, hum, rumble, clicks; 1-40 s."""
    rng = np.random.default_rng(seed)
    made = [np.zeros(seconds * SAMPLE_RATE, "float32") for seconds in (1, 5, 30, 40)]
    for level in (1e-4, 1e-3, 1e-2, 1e-1):
        for seconds in (2, 12, 30):
            count = seconds * SAMPLE_RATE
            hiss = rng.normal(0, level, count)
            rumble = np.cumsum(rng.normal(0, 1, count))
            rumble = (rumble - np.convolve(rumble, np.ones(801) / 801, mode="same")) * level / 10
            hum = level * np.sin(2 * np.pi * 50 * np.arange(count) / SAMPLE_RATE)
            clicks = np.where(rng.random(count) < 2e-4, level, 0.0) + rng.normal(0, level / 30, count)
            made += [part.astype("float32") for part in (hiss, rumble, hum, clicks)]
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--sentences", type=Path, required=True, help="gzipped text, one sentence a line")
    parser.add_argument("--count", type=int, default=60, help="recordings of each kind of voice")
    parser.add_argument("--beam", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print so many pairs of each kind")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    model = WhisperModel(str(arguments.model), device="cpu", compute_type="int8", cpu_threads=arguments.threads)
    sentences = held_out_sentences(arguments.sentences, arguments.seed)
    engines = Engines()
    report: dict[str, Any] = {}
    for kind, pick in (("trained_voices", random_voice), ("held_out_voices", held_out_voice)):
        some = recordings(sentences, arguments.count, pick, arguments.seed, engines)
        report[kind] = {
            "plain": measure(model, some, arguments.beam, arguments.show, cut=False),
            "cut_in_pauses": measure(model, some, arguments.beam, arguments.show, cut=True),
        }
    invented = [
        " ".join(s.text for s in model.transcribe(audio, language="en", beam_size=arguments.beam)[0])
        for audio in quiet(arguments.seed)
    ]
    report["quiet"] = {"recordings": len(invented), "words_invented": sum(len(words(text)) for text in invented)}
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
