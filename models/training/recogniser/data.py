"""Training windows from shards: crops, packed utterances, noise, gain, filtering; all on log-mel frames.

Power adds, so speech and noise are mixed band by band in the power domain; then faster-whisper's clamp and
scale are applied, and what follows the content is padded with zeros as `pad_or_trim` does.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from .features import FRAMES_PER_SECOND, WINDOW_FRAMES, log_mel
from .voices import RARE

IGNORE = -100
PHONE_SECONDS = 0.04
FLITE_SHARE = 0.2  # of utterances, on top of chance: four voices with the most natural sound


@dataclass
class Window:
    """One training example before batching; times in seconds from its start."""

    mel: np.ndarray
    pieces: list[int] = field(default_factory=list)
    spans: list[tuple[float, float]] = field(default_factory=list)
    phones: list[tuple[float, float, int]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    end: float = 0.0


@dataclass
class Batch:
    """Tensors of one step. `weights` is 0 where a target does not count, `spans` is (-1, -1) where unguided."""

    mel: Tensor
    inputs: Tensor
    targets: Tensor
    weights: Tensor
    spans: Tensor
    phones: Tensor
    pieces: Tensor


class Shards:
    """All utterances found so far; `refresh` picks up shards written since."""

    def __init__(self, folder: Path, phones: Path) -> None:
        self.folder = folder
        self.rows: list[tuple[int, dict[str, Any]]] = []
        self.frames: list[np.ndarray] = []
        self.flite: list[int] = []
        self.odd: set[int] = set()
        self._seen: set[str] = set()
        self.refresh()
        if not phones.exists():
            names = sorted({name for _, row in self.rows for _, name in row["phones"] if not name.startswith("_")})
            phones.write_text(json.dumps(["", *names]), encoding="utf-8")
        self.phone_ids: dict[str, int] = {
            name: i for i, name in enumerate(json.loads(phones.read_text(encoding="utf-8")))
        }

    def refresh(self) -> int:
        """Load new shards; the number of utterances known."""
        for path in sorted(self.folder.glob("shard-*.json")):
            array = path.with_suffix(".npy")
            if path.name in self._seen or not array.exists():
                continue
            self._seen.add(path.name)
            self.frames.append(np.load(array, mmap_mode="r"))
            number = len(self.frames) - 1
            self.rows += [(number, row) for row in json.loads(path.read_text(encoding="utf-8"))]
        self.flite = [index for index, (_, row) in enumerate(self.rows) if row["voice"].startswith("flite")]
        self.odd = {index for index, (_, row) in enumerate(self.rows) if row["voice"].partition("+")[2] in RARE}
        return len(self.rows)


class Noise:
    """Coloured noise frames in the power domain, cut from one long stretch of white noise."""

    def __init__(self, seed: int) -> None:
        white = np.random.default_rng(seed).normal(0, 0.1, 120 * 16_000).astype("float32")
        power = 10 ** log_mel(white).astype("float32")
        self.power = power / power.mean(0)

    def frames(self, count: int, rng: random.Random) -> np.ndarray:
        """(count, 80) of mean power 1 in the loudest part of a random colour, slowly swelling and ebbing."""
        at = rng.randrange(len(self.power) - count)
        curve = smooth_curve(rng, 0.6) + np.linspace(0, rng.uniform(-2.0, 0.5), 80)
        swell = np.interp(np.arange(count), np.linspace(0, count, 8), [rng.gauss(0, 0.25) for _ in range(8)])
        return np.asarray(
            self.power[at : at + count] * 10 ** (curve - curve.max())[None] * (10**swell)[:, None], "float32"
        )


def smooth_curve(rng: random.Random, spread: float) -> np.ndarray:
    """A smooth random curve over the 80 bands, in decades."""
    return np.interp(np.arange(80), np.linspace(0, 79, 7), [rng.gauss(0, spread) for _ in range(7)])


class Windows:
    """Builds windows and batches; everything random comes from the generator passed in."""

    def __init__(self, shards: Shards, tokenizer: Tokenizer, seed: int) -> None:
        self.shards = shards
        self.tokenizer = tokenizer
        self.noise = Noise(seed)
        self._encoded: dict[str, list[int]] = {}
        self._lengths: dict[int, int] = {}
        vocabulary = tokenizer.get_vocab()
        self.eot, self.sot = vocabulary["<|endoftext|>"], vocabulary["<|startoftranscript|>"]
        self.prev, self.nospeech = vocabulary["<|startofprev|>"], vocabulary["<|nospeech|>"]
        self.plain, self.zero = vocabulary["<|notimestamps|>"], vocabulary["<|0.00|>"]
        self._sizes = {index: len(name) for name, index in vocabulary.items()}

    def encode(self, word: str) -> list[int]:
        """Pieces of one word with a space in front."""
        if word not in self._encoded:
            self._encoded[word] = self.tokenizer.encode(" " + word).ids
        return self._encoded[word]

    def _pick(self, rng: random.Random, room: int) -> tuple[np.ndarray, dict[str, Any], int, int, float, float]:
        """An utterance and the words of it that fit into `room` frames: (frames, row, first, last + 1, from, to)."""
        flite = self.shards.flite and rng.random() < FLITE_SHARE
        index = rng.choice(self.shards.flite) if flite else rng.randrange(len(self.shards.rows))
        if index in self.shards.odd and rng.random() < 0.6:
            index = rng.randrange(len(self.shards.rows))
        number, row = self.shards.rows[index]
        words = row["words"]
        limit = room / FRAMES_PER_SECOND
        total = row["frames"] / FRAMES_PER_SECOND
        if total <= limit:
            first, last, start, stop = 0, len(words), 0.0, total
        else:
            first = rng.randrange(len(words))
            if rng.random() < 0.5:
                first = 0
            start = 0.0 if first == 0 else (words[first - 1][3] + words[first][2]) / 2
            last = first
            while last < len(words) and words[last][3] + 0.02 - start <= limit:
                last += 1
            stop = total if last == len(words) else (words[last - 1][3] + words[last][2]) / 2 if last > first else start
            if rng.random() < 0.5:  # a blind cut leaves part of a word at the edge, which is not to be written
                start = max(0.0, start - rng.uniform(0.0, 0.25))
                stop = min(total, stop + rng.uniform(0.0, 0.25))
            stop = min(stop, start + limit)
        return self.shards.frames[number], row, first, last, start, stop

    def speech(self, rng: random.Random, length: int, utterances: int) -> Window:
        """A window of at most `length` frames of content with at most so many utterances."""
        parts: list[np.ndarray] = []
        window = Window(np.zeros((0, 80), "float32"))
        at = 0
        for index in range(utterances):
            gap = int((rng.uniform(0.0, 0.4) if index == 0 else rng.uniform(0.2, 1.5)) * FRAMES_PER_SECOND)
            if index == 0 and length > 500 and rng.random() < 0.2:
                gap = rng.randrange(length // 3)
            room = length - at - gap
            if room < 40:
                break
            frames, row, first, last, start, stop = self._pick(rng, room)
            if last <= first:
                continue
            low, high = round(start * FRAMES_PER_SECOND), round(stop * FRAMES_PER_SECOND)
            level = rng.gauss(0, 0.3)
            parts.append(np.full((gap, 80), -10.0, "float32"))
            parts.append(frames[row["at"] + low : row["at"] + high].astype("float32") + level)
            at += gap
            offset = at / FRAMES_PER_SECOND - low / FRAMES_PER_SECOND
            self._add_words(window, row, first, last, offset)
            self._add_phones(window, row, low, high, offset, gap)
            window.names += row["names"]
            at += high - low
        tail = int(rng.uniform(0, 0.5) * FRAMES_PER_SECOND)
        parts.append(np.full((max(0, min(tail, length - at)), 80), -10.0, "float32"))
        window.mel = np.concatenate(parts)
        return window

    def _add_words(self, window: Window, row: dict[str, Any], first: int, last: int, offset: float) -> None:
        for a, b, start, stop in row["words"][first:last]:
            pieces = self.encode(row["text"][a:b])
            sizes = np.cumsum([0] + [self._sizes[piece] for piece in pieces])
            edges = start + offset + (stop - start) * sizes / sizes[-1]
            window.pieces += pieces
            window.spans += [(float(edges[i]), float(edges[i + 1])) for i in range(len(pieces))]
            window.end = stop + offset

    def _add_phones(self, window: Window, row: dict[str, Any], low: int, high: int, offset: float, gap: int) -> None:
        begin, end = low / FRAMES_PER_SECOND + offset, high / FRAMES_PER_SECOND + offset
        window.phones.append((begin - gap / FRAMES_PER_SECOND, begin, 0))
        phones = row["phones"]
        if not phones:
            window.phones.append((begin, end, IGNORE))
        ids = self.shards.phone_ids
        for (start, name), after in zip(phones, [t for t, _ in phones[1:]] + [row["frames"] / FRAMES_PER_SECOND]):
            s, e = max(start + offset, begin), min(after + offset, end)
            if e > s:
                window.phones.append((s, e, 0 if name.startswith("_") else ids.get(name, IGNORE)))

    def dress(self, window: Window, rng: random.Random) -> np.ndarray:
        """Noise, gain, filter, echo, clamp, scale and small masks: (frames, 80) as the model sees it."""
        mel = window.mel
        count = len(mel)
        if window.pieces:
            curve = smooth_curve(rng, 0.25)
            if rng.random() < 0.15:
                curve = curve + np.where(np.arange(80) > rng.randrange(55, 80), -rng.uniform(1, 4), 0)
            power = 10 ** (mel + curve.astype("float32"))
            if rng.random() < 0.15:
                decay, wet = rng.uniform(0.2, 0.75), rng.uniform(0.05, 0.4)
                for tap in range(1, 7):
                    power[tap:] += wet * decay**tap * power[:-tap]
            level = float(np.percentile(power.sum(1), 90))
        else:
            power = np.full((count, 80), 1e-10, "float32")
            level = 10 ** rng.uniform(-4, 2)
        snr = rng.uniform(12, 45) if rng.random() < 0.8 else rng.uniform(45, 90)
        if not window.pieces:
            snr = rng.uniform(0, 60)
        noise = self.noise.frames(count, rng)
        power = power + noise * (level / 80 * 10 ** (-snr / 10))
        log = np.log10(np.maximum(power * 10 ** rng.uniform(-2.5, 0.8), 1e-10))
        loudest = float(log.max()) + (rng.uniform(0, 0.6) if rng.random() < 0.5 else 0.0)
        if not window.pieces and rng.random() < 0.5:
            loudest += rng.uniform(0, 5)
        scaled = (np.maximum(log, loudest - 8.0) + 4.0) / 4.0
        if rng.random() < 0.15:
            band = rng.randrange(72)
            scaled[:, band : band + rng.randrange(1, 9)] = scaled.min()
        for _ in range(rng.randrange(2) if window.pieces else 0):
            t = rng.randrange(count)
            scaled[t : t + rng.randrange(1, 5)] = scaled.mean()
        return np.asarray(scaled, "float32")

    def batch(
        self, rng: random.Random, seconds: float, size: int, utterances: int, silence: float, prompts: float
    ) -> Batch:
        """`size` windows of at most `seconds` of content; padded to a little more than the longest."""
        length = min(WINDOW_FRAMES, int(seconds * FRAMES_PER_SECOND))
        windows: list[Window] = []
        while len(windows) < size:
            if rng.random() < silence:
                windows.append(Window(np.zeros((rng.randrange(30, max(31, length)), 80), "float32")))
                continue
            window = self.speech(rng, length, utterances)
            if window.pieces and len(window.pieces) <= 222:
                windows.append(window)
        mels = [self.dress(window, rng) for window in windows]
        frames = max(map(len, mels)) + 8
        frames += frames % 2
        mel = torch.zeros(size, 80, frames)
        phones = torch.full((size, frames // 2), IGNORE)
        pieces = torch.full((size, frames // 2), IGNORE)
        for i, (window, array) in enumerate(zip(windows, mels)):
            mel[i, :, : len(array)] = torch.from_numpy(array.T.copy())
            for start, stop, phone in window.phones:
                phones[i, int(np.ceil(start / PHONE_SECONDS)) : int(np.ceil(stop / PHONE_SECONDS))] = phone
            pieces[i, : len(array) // 2] = self.eot
            for piece, (start, stop) in zip(window.pieces, window.spans):
                first = int(np.ceil(start / PHONE_SECONDS))
                pieces[i, first : max(first + 1, int(np.ceil(stop / PHONE_SECONDS)))] = piece
            if not window.pieces:
                phones[i, : len(array) // 2] = 0
        rows = [self._sequence(window, rng, prompts) for window in windows]
        longest = max(len(row[0]) for row in rows)
        inputs = torch.full((size, longest), self.eot)
        targets = torch.full((size, longest), self.eot)
        weights = torch.zeros(size, longest)
        spans = torch.full((size, longest, 2), -1.0)
        for i, (ids, wanted, counts, times) in enumerate(rows):
            inputs[i, : len(ids)] = torch.tensor(ids)
            targets[i, : len(ids)] = torch.tensor(wanted)
            weights[i, : len(ids)] = torch.tensor(counts)
            spans[i, : len(ids)] = torch.tensor(times)
        return Batch(mel, inputs, targets, weights, spans, phones, pieces)

    def _sequence(
        self, window: Window, rng: random.Random, prompts: float
    ) -> tuple[list[int], list[int], list[float], list[tuple[float, float]]]:
        """Decoder inputs, targets, weights and time spans of one window."""
        prompt: list[int] = []
        if rng.random() < prompts:
            prompt = [self.prev, *self._prompt(window, rng)]
        stamped = rng.random() < 0.5
        end = [self.zero + min(1500, round(window.end * 50))] if stamped and window.pieces else []
        ids = [*prompt, self.sot, self.zero if stamped else self.plain]
        wanted = [*ids[1 : len(prompt)], *([self.sot] if prompt else []), self.zero if window.pieces else self.nospeech]
        counts = [0.0] * len(prompt) + [0.3]
        none = (-1.0, -1.0)
        times = [none] * (len(prompt) + 1)
        # What was written so far may have a piece too many or too few: where the voice is must be heard, not counted.
        missed = False
        for piece, span in zip(window.pieces, window.spans):
            if rng.random() < 0.03:
                missed = True
                continue
            for given in [rng.randrange(256, self.eot)] * (rng.random() < 0.03) + [piece]:
                wanted.append(piece)
                counts.append(0.0 if missed else 1.0)
                times.append(none if missed else span)
                missed = False
                ids.append(given if rng.random() > 0.03 else rng.randrange(256, self.eot))
        ids += end
        wanted += [*end, self.eot]
        counts += [0.0 if missed else 0.2] * len(end) + [0.0 if missed and not end else 1.0]
        times += [(window.end, window.end + 0.12)] * bool(window.pieces)
        times += [none] * (len(ids) - len(times))
        return ids, wanted, counts, times

    def _prompt(self, window: Window, rng: random.Random) -> list[int]:
        """What stands before: earlier talk, or names that may be said (some of them are), as hotwords are given."""
        rows = self.shards.rows
        if rng.random() < 0.5:
            text = " ".join(rng.choice(rows)[1]["text"] for _ in range(rng.randrange(1, 12)))
        else:
            names = list(window.names)
            for _ in range(rng.randrange(1, 60)):
                names += rng.choice(rows)[1]["names"]
            names = list(dict.fromkeys(names))[:20]
            rng.shuffle(names)
            text = ", ".join(names)
        pieces = [piece for word in text.split() for piece in self.encode(word)]
        return pieces[-(min(222, 440 - len(window.pieces))) :]
