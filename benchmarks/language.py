"""Measures the bundled language model on GUM's test split, beside a rule-of-thumb baseline.

    python benchmarks/language.py --gum DIR [--model DIR] [--against DIR] [--split test] [--json]

`DIR` for --gum holds `splits.md` and `dep/`.  Raw text goes in: tokens, sentences, tags, trees and names are
all the model's own.  Every genre of transcribed speech is scored apart and together, as written and then
again with all punctuation and capitals removed.  spaCy's own scorer is used, so LAS leaves punctuation out.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "models" / "training" / "language"))

import corpus  # noqa: E402
import spacy  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.scorer import Scorer  # noqa: E402
from spacy.tokens import Doc, Span  # noqa: E402
from spacy.training import Example  # noqa: E402
from treebank import SPOKEN  # noqa: E402

BUNDLED = ROOT / "models" / "bundled" / "language"
Figures = dict[str, float]
CONDITIONS = {"as written": corpus.plain, "no punctuation, no capitals": corpus.stripped}
COLUMNS = ("UPOS", "lemma", "LAS", "sentence", "PERSON", "ORG", "LOC", "DATE", "EVENT", "names")


def figures(examples: Iterable[Example]) -> Figures:
    """Percentages for every column, from predicted and true Docs."""
    examples = list(examples)
    scores = Scorer().score(examples)
    scores.update(Scorer.score_token_attr(examples, "pos"))
    scores.update(Scorer.score_token_attr(examples, "lemma"))
    scores.update(Scorer.score_deps(examples, "dep", ignore_labels=("punct", "p")))
    scores.update(Scorer.score_spans(examples, "sents"))
    scores.update(Scorer.score_spans(examples, "ents"))
    kinds = scores.get("ents_per_type") or {}
    named = {label: kinds.get(label, {}).get("f", float("nan")) for label in ("PERSON", "ORG", "LOC", "DATE", "EVENT")}
    shares = {
        "UPOS": scores["pos_acc"],
        "lemma": scores["lemma_acc"],
        "LAS": scores["dep_las"],
        "sentence": scores["sents_f"],
        **named,
        "names": scores["ents_f"],
    }
    return {key: round(100 * value, 1) if value is not None else float("nan") for key, value in shares.items()}


def gold(nlp: Language, gum: Path, split: str, condition: str) -> dict[str, list[Doc]]:
    """The true Docs of the spoken genres."""
    found = corpus.whole_docs(nlp.vocab, gum, split, CONDITIONS[condition])
    return {genre: found[genre] for genre in SPOKEN if genre in found}


def measure(predict: Callable[[Doc], Doc], truth: dict[str, list[Doc]]) -> dict[str, Figures]:
    """Figures by genre and for all genres together."""
    made = {genre: [Example(predict(doc), doc) for doc in docs] for genre, docs in truth.items()}
    table = {genre: figures(examples) for genre, examples in made.items()}
    table["together"] = figures([example for examples in made.values() for example in examples])
    return table


def reader(nlp: Language) -> Callable[[Doc], Doc]:
    """Reads the raw text of a true Doc with `nlp`."""
    return lambda truth: nlp(truth.text)


class RuleOfThumb:
    """The baseline: each word's commonest tag and lemma, every word hung on its neighbour, capitals are names.

    Sentences end at a full stop, question or exclamation mark; a run of capitalised words inside a sentence
    takes the label that its first word had most often in training, else PERSON.
    """

    def __init__(self, gum: Path) -> None:
        self.nlp = spacy.blank("en")
        pos: dict[str, Counter[str]] = defaultdict(Counter)
        lemma: dict[str, Counter[str]] = defaultdict(Counter)
        arc: dict[str, Counter[str]] = defaultdict(Counter)
        label: dict[str, Counter[str]] = defaultdict(Counter)
        for file in corpus.trainable_files(gum, "train"):
            for sentence in corpus.read_document(file):
                for index, token in enumerate(sentence.tokens):
                    pos[token.text.lower()][token.pos] += 1
                    lemma[token.text.lower()][token.lemma] += 1
                    arc[token.pos][f"{(token.head > index) - (token.head < index)} {token.dep}"] += 1
                for start, _, kind in sentence.entities:
                    label[sentence.tokens[start].text.lower()][kind] += 1
        self.pos, self.lemma, self.arc, self.label = (
            {word: counts.most_common(1)[0][0] for word, counts in table.items()} for table in (pos, lemma, arc, label)
        )

    def __call__(self, truth: Doc) -> Doc:
        """A Doc made from the raw text of `truth`."""
        doc = self.nlp(truth.text)
        pos = [self.pos.get(t.lower_, "PROPN" if t.is_title else "NOUN") for t in doc]
        starts = [i == 0 or doc[i - 1].text in ".?!" for i in range(len(doc))]
        heads, deps = self._arcs(pos, starts)
        lemmas = [self.lemma.get(t.lower_, t.lower_) for t in doc]
        made = Doc(
            self.nlp.vocab,
            words=[t.text for t in doc],
            spaces=[bool(t.whitespace_) for t in doc],
            pos=pos,
            lemmas=lemmas,
            heads=heads,
            deps=deps,
        )
        made.set_ents(self._runs(made, starts))
        return made

    def _arcs(self, pos: list[str], starts: list[bool]) -> tuple[list[int], list[str]]:
        heads, deps = [], []
        root = 0
        for index, tag in enumerate(pos):
            if starts[index]:
                end = next((i for i in range(index + 1, len(pos)) if starts[i]), len(pos))
                root = next((i for i in range(index, end) if pos[i] == "VERB"), index)
            way, dep = self.arc.get(tag, "-1 dep").split(" ")
            last = index + 1 >= len(pos) or starts[index + 1]
            ahead = way == "1" and not last and index != root and not (index < root < index + 1)
            heads.append(index if index == root else index + 1 if ahead else root)
            deps.append("ROOT" if index == root else dep)
        return heads, deps

    def _runs(self, doc: Doc, starts: list[bool]) -> list[Span]:
        spans: list[Span] = []
        index = 0
        while index < len(doc):
            end = index
            while end < len(doc) and doc[end].text[0].isupper() and doc[end].lower_ != "i" and not (starts[end]):
                end += 1
            if end > index:
                spans.append(Span(doc, index, end, label=self.label.get(doc[index].lower_, "PERSON")))
            index = max(end, index + 1)
        return spans


def words_per_second(nlp: Language, truth: dict[str, list[Doc]]) -> float:
    """Words through the whole pipeline in a second of one core's time, in pieces of a turn's length, best of three."""
    texts = [sent.text for docs in truth.values() for doc in docs for sent in doc.sents]
    turns = [" ".join(texts[at : at + 8]) for at in range(0, len(texts), 8)]
    words = sum(len(nlp.make_doc(turn)) for turn in turns)
    best = 0.0
    for _ in range(3):
        begun = time.process_time()
        for _doc in nlp.pipe(turns, batch_size=32):
            pass
        best = max(best, words / (time.process_time() - begun))
    return best


def frame(model: Path, nlp: Language, truth: dict[str, list[Doc]]) -> Figures:
    """Speed, size and load time in seconds of one core (best of three, library imported): other work does not blur them."""
    loads = []
    for _ in range(3):
        begun = time.process_time()
        spacy.load(model)
        loads.append(time.process_time() - begun)
    size = sum(file.stat().st_size for file in model.rglob("*") if file.is_file())
    return {
        "words per second": round(words_per_second(nlp, truth)),
        "megabytes": round(size / 1e6, 2),
        "load seconds": round(min(loads), 2),
    }


def show(title: str, table: dict[str, Figures]) -> None:
    """Prints one table."""
    print(f"\n{title}\n{'':14}" + "".join(f"{name:>9}" for name in COLUMNS))
    for genre, row in table.items():
        print(f"{genre:14}" + "".join(f"{row[name]:9.1f}" for name in COLUMNS))


def main() -> None:
    """Runs the measurements that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gum", type=Path, required=True, help="folder with splits.md and dep/")
    parser.add_argument("--model", type=Path, default=BUNDLED, help="pipeline to measure (default: the bundled one)")
    parser.add_argument("--against", type=Path, help="another pipeline folder to measure beside it")
    parser.add_argument("--split", default="test", choices=("dev", "test"))
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    wanted = parser.parse_args()
    nlp = spacy.load(wanted.model)
    rules = RuleOfThumb(wanted.gum)
    other = spacy.load(wanted.against) if wanted.against else None
    found: dict[str, dict[str, dict[str, Figures]]] = {}
    for condition in CONDITIONS:
        truth = gold(nlp, wanted.gum, wanted.split, condition)
        found[condition] = {"model": measure(reader(nlp), truth), "rule of thumb": measure(rules, truth)}
        if other:
            truth = gold(other, wanted.gum, wanted.split, condition)
            found[condition]["other"] = measure(reader(other), truth)
    costs = frame(wanted.model, nlp, gold(nlp, wanted.gum, wanted.split, "as written"))
    if wanted.json:
        print(json.dumps({"figures": found, "costs": costs}, indent=1))
        return
    for condition, tables in found.items():
        for name, table in tables.items():
            show(f"{name}, {condition}", table)
    print("\n" + ", ".join(f"{name} {value}" for name, value in costs.items()))


if __name__ == "__main__":
    main()
