"""Write shards of synthetic speech: log-mel frames plus text, word times and phoneme times.

    python -m models.training.recogniser.synthesise --sentences FILE --shards DIR --hours 40 --workers 2

Stops at the wanted hours; run again with more hours, it goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
from pathlib import Path

import numpy as np

from .features import FRAMES_PER_SECOND, SAMPLE_RATE, log_mel
from .texts import Sentence, training_sentences
from .voices import Engines, random_voice

PER_SHARD = 400


def make_shard(sentences: list[Sentence], seed: int, target: Path, engines: Engines) -> float:
    """Speak the sentences in random voices into `target`(.npy, .json); the hours written."""
    rng = random.Random(seed)
    frames: list[np.ndarray] = []
    rows: list[dict[str, object]] = []
    at = 0
    for sentence in sentences:
        voice = random_voice(rng)
        try:
            speech = engines.say(sentence.text, voice)
        except ValueError:
            continue
        lead = rng.randrange(320)
        mel = log_mel(np.concatenate([np.zeros(lead, "float32"), speech.audio]))
        shift = lead / SAMPLE_RATE
        if not speech.words or len(mel) > 29 * FRAMES_PER_SECOND:
            continue
        rows.append(
            {
                "at": at,
                "frames": len(mel),
                "text": sentence.text,
                "names": sentence.names,
                "voice": f"{voice.engine}:{voice.name}",
                "words": [(a, b, round(s + shift, 3), round(e + shift, 3)) for a, b, s, e in speech.words],
                "phones": [(round(t + shift, 3), name) for t, name in speech.phones],
            }
        )
        frames.append(mel)
        at += len(mel)
    partial = target.with_suffix(".partial.npy")
    np.save(partial, np.concatenate(frames))
    target.with_suffix(".json").write_text(json.dumps(rows), encoding="utf-8")
    os.replace(partial, target.with_suffix(".npy"))
    return at / FRAMES_PER_SECOND / 3600


def worker(number: int, arguments: argparse.Namespace) -> None:
    """One process: every n-th shard until its share of the hours is there."""
    sentences = training_sentences(arguments.sentences, arguments.seed)
    engines = Engines()
    hours = 0.0
    for index in range(number, len(sentences) // PER_SHARD, arguments.workers):
        target = arguments.shards / f"shard-{index:04d}"
        if target.with_suffix(".npy").exists():
            with open(target.with_suffix(".npy"), "rb") as file:
                np.lib.format.read_magic(file)
                hours += np.lib.format.read_array_header_1_0(file)[0][0] / FRAMES_PER_SECOND / 3600
        else:
            part = sentences[index * PER_SHARD : (index + 1) * PER_SHARD]
            hours += make_shard(part, arguments.seed * 100_000 + index, target, engines)
        if hours >= arguments.hours / arguments.workers:
            break


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=Path, required=True, help="gzipped text, one sentence a line")
    parser.add_argument("--shards", type=Path, required=True, help="folder to write to")
    parser.add_argument("--hours", type=float, default=40)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.shards.mkdir(parents=True, exist_ok=True)
    processes = [multiprocessing.Process(target=worker, args=(n, arguments)) for n in range(arguments.workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


if __name__ == "__main__":
    main()
