"""Measures how well `afterword_disfluency` marks false starts and repetitions, on GUM's spoken genres.

    PYTHONPATH=. python benchmarks/disfluency.py --gum DIR [--split test] [--json]

What GUM hangs on its repair as `reparandum`, with all that depends on it, is what the speaker took back; fillers and
punctuation are left out of the count. The baseline marks a word that is said again at once. GUM leaves some
repetitions in the clause, so a precision of 1 is not to be had.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "models" / "training" / "language"))

import corpus  # noqa: E402
import spacy  # noqa: E402
from spacy.tokens import Doc  # noqa: E402
from treebank import SPOKEN  # noqa: E402

from pipeline.language.disfluency import mark  # noqa: E402
from pipeline.language.lists import FILLERS  # noqa: E402

CONDITIONS = {"as written": corpus.plain, "no punctuation, no capitals": corpus.stripped}


def taken_back(truth: Doc) -> set[int]:
    """The tokens that a speaker took back, by the treebank."""
    return {
        word.i
        for token in truth
        if token.dep_ == "reparandum"
        for word in token.subtree
        if word.i < token.head.i and not word.is_punct and word.lower_ not in FILLERS
    }


def ours(doc: Doc) -> set[int]:
    """The tokens that the component marks."""
    return {i for i, kind in enumerate(mark(doc)) if kind in ("repetition", "repair") and not doc[i].is_punct}


def said_again(doc: Doc) -> set[int]:
    """The baseline."""
    words = [t for t in doc if not t.is_punct and t.lower_ not in FILLERS]
    return {a.i for a, b in pairwise(words) if a.lower_ == b.lower_}


def main() -> None:
    """Prints precision and recall for both conditions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gum", type=Path, required=True, help="folder with splits.md and dep/*.conllu (GUM 11)")
    parser.add_argument("--split", default="test", choices=("train", "dev", "test"))
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    wanted = parser.parse_args()
    nlp = spacy.load(ROOT / "models" / "bundled" / "language", exclude=["ner", "certain_names", "listed_names"])
    judges: dict[str, Callable[[Doc], set[int]]] = {"ours": ours, "said again at once": said_again}
    table = {name: measure(nlp, wanted.gum, wanted.split, change, judges) for name, change in CONDITIONS.items()}
    if wanted.json:
        print(json.dumps(table, indent=1))
        return
    for condition, rows in table.items():
        for name, row in rows.items():
            print(f"{condition:28} {name:20} " + "  ".join(f"{key} {value}" for key, value in row.items()))


def measure(
    nlp: spacy.language.Language,
    gum: Path,
    split: str,
    change: corpus.Change,
    judges: dict[str, Callable[[Doc], set[int]]],
) -> dict[str, dict[str, float]]:
    """Precision and recall in per cent for each judge, and how many words were taken back."""
    counts = {name: [0, 0, 0] for name in judges}
    for genre, docs in corpus.whole_docs(nlp.vocab, gum, split, change).items():
        for truth in docs if genre in SPOKEN else ():
            doc = Doc(nlp.vocab, words=[t.text for t in truth], spaces=[bool(t.whitespace_) for t in truth])
            for _, component in nlp.pipeline:
                doc = component(doc)
            gold = taken_back(truth)
            for name, judge in judges.items():
                found = judge(doc)
                for at, number in enumerate((len(found & gold), len(found), len(gold))):
                    counts[name][at] += number
    return {
        name: {
            "precision": round(100 * right / max(made, 1), 1),
            "recall": round(100 * right / max(wanted, 1), 1),
            "words": wanted,
        }
        for name, (right, made, wanted) in counts.items()
    }


if __name__ == "__main__":
    main()
