"""Makes the language model from the treebank and the meeting sentences, from an empty folder.

    python models/training/language/train.py --gum DIR --talk FILE --work DIR [--out DIR]

Stages, each skipped when its result already lies in --work: `corpora` (treebank and made-up talk to .spacy
files), `pretrain` (the tok2vec reads meeting talk), `train` (everything on that tok2vec), `pack` (patterns set
beside it, swapped into --out).  An interrupted run is started again with the same command; a stage that was cut
off begins anew.  On a shared machine one core took 52 minutes
to pretrain and 86 to train; nothing needs a GPU or the network.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import corpus  # noqa: E402
import frames  # noqa: E402
import package  # noqa: E402
import spacy  # noqa: E402
from names import Names, swap_names  # noqa: E402
from spacy.cli.pretrain import pretrain  # noqa: E402  # its import registers what `spacy pretrain` needs
from spacy.cli.train import train  # noqa: E402
from spacy.util import load_config  # noqa: E402

BUNDLED = HERE.parents[1] / "bundled" / "language"
VERSION = "0.2.0"
SEED = 20250311
MADE_UP = 18_000
"""How many Docs of made-up talk are set beside the treebank for the names."""


def read_talk(path: Path) -> list[str]:
    """The sentences of a (gzipped) text file, one a line."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


def make_corpora(gum: Path, talk_file: Path, work: Path, seed: int) -> None:
    """Writes raw.jsonl, train.spacy and dev.spacy."""
    nlp = spacy.blank("en")
    talk = read_talk(talk_file)
    write_raw(gum, talk, work / "raw.jsonl", random.Random(f"{seed} raw"))
    names = Names(random.Random(f"{seed} treebank"))
    treebank = corpus.training_docs(nlp.vocab, gum, names.rng, lambda piece, _: swap_names(piece, names))
    made_up = frames.made_up_docs(nlp, talk, Names(random.Random(f"{seed} made up")), MADE_UP)
    both = [*treebank, *made_up]
    random.Random(f"{seed} order").shuffle(both)
    corpus.save(both, work / "train.spacy")
    dev = [
        doc
        for change in (corpus.plain, corpus.bare)
        for docs in corpus.whole_docs(nlp.vocab, gum, "dev", change, seed).values()
        for doc in docs
    ]
    corpus.save(dev, work / "dev.spacy")


def write_raw(gum: Path, talk: list[str], path: Path, rng: random.Random) -> None:
    """What the tok2vec is pretrained on: runs of meeting sentences and of the treebank, a third of it roughened."""
    runs: list[str] = []
    at = 0
    while at < len(talk):
        size = rng.randint(2, 6)
        runs.append(_rough(" ".join(talk[at : at + size]), rng))
        at += size
    for file in corpus.trainable_files(gum, "train"):
        cuts = list(corpus.cut(corpus.read_document(file), rng, 6))
        runs += [_rough("".join(t.text + " " * t.space for s in piece for t in s.tokens), rng) for piece in cuts]
    rng.shuffle(runs)
    path.write_text("".join(json.dumps({"text": run}) + "\n" for run in runs), encoding="utf-8")


def _rough(text: str, rng: random.Random) -> str:
    chance = rng.random()
    if chance < 0.25:
        return re.sub(r"\s+", " ", re.sub(r"[^\w' ]+", " ", text.lower())).strip()
    return text.lower() if chance < 0.35 else text


def run_pretraining(work: Path) -> None:
    """Pretrains the tok2vec of pipeline.cfg."""
    target = work / "pretrain"
    target.mkdir(exist_ok=True)
    config = load_config(HERE / "pipeline.cfg", overrides={"paths.raw_text": str(work / "raw.jsonl")}, interpolate=True)
    pretrain(config, target)
    last = max(target.glob("model[0-9]*.bin"), key=lambda file: int(file.stem[5:]))
    shutil.copy(last, work / "tok2vec.bin")


def run_training(work: Path) -> None:
    """Trains every component with pipeline.cfg."""
    overrides = {
        "paths.train": str(work / "train.spacy"),
        "paths.dev": str(work / "dev.spacy"),
        "paths.init_tok2vec": str(work / "tok2vec.bin"),
    }
    train(HERE / "pipeline.cfg", work / "trained.part", overrides=overrides)
    (work / "trained.part").rename(work / "trained")


def pack(work: Path, out: Path) -> None:
    """Sets the patterns beside what was trained and installs the pipeline."""
    package.install(package.finish(work / "trained" / "model-best", VERSION), out)


def main() -> None:
    """Runs the stages that are not yet done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gum", type=Path, required=True, help="folder with splits.md and dep/*.conllu (GUM 11)")
    parser.add_argument("--talk", type=Path, required=True, help="meeting sentences, one a line, may be gzipped")
    parser.add_argument("--work", type=Path, required=True, help="folder for everything in between; kept for resuming")
    parser.add_argument(
        "--out", type=Path, default=BUNDLED, help="where the pipeline goes (default: models/bundled/language)"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="seed of the made-up names and the order of the text")
    parser.add_argument("--until", default="pack", help="last stage to run: corpora, pretrain, train or pack")
    wanted = parser.parse_args()
    work: Path = wanted.work
    work.mkdir(parents=True, exist_ok=True)
    stages: list[tuple[str, Path | None, Callable[[], None]]] = [
        ("corpora", work / "dev.spacy", lambda: make_corpora(wanted.gum, wanted.talk, work, wanted.seed)),
        ("pretrain", work / "tok2vec.bin", lambda: run_pretraining(work)),
        ("train", work / "trained", lambda: run_training(work)),
        ("pack", None, lambda: pack(work, wanted.out)),
    ]
    for name, result, stage in stages:
        if result is not None and result.exists():
            print(f"{name}: done before", flush=True)
        else:
            print(f"{name}: begins", flush=True)
            stage()
        if name == wanted.until:
            break


if __name__ == "__main__":
    main()
