"""Learns the weights of `pipeline/language/layout.py` from meetings whose parts are marked.

    python models/training/layout/train.py --committees FOLDER --calls FOLDER [--held NAME ...] [--out FILE]

An averaged structured perceptron (Collins, 2002) with Viterbi, in which a wrong label costs as much as `COST` (a margin). It
learns from the written meetings of `tests/data/meetings` and the sample, with their speakers' names and without, and from a few
real committees (QMSum) and calls, whose parts `real.tsv` gives by turns. `--held` keeps written meetings aside and reports on them.
Takes four minutes on one core.
"""

import argparse
import json
import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "benchmarks"))

from page import committee_transcript  # noqa: E402

from pipeline.engines.nlp import Language  # noqa: E402
from pipeline.event import load_event  # noqa: E402
from pipeline.language.layout import LABELS, best_path, features  # noqa: E402
from pipeline.language.said import sentences  # noqa: E402
from pipeline.language.structure import outline  # noqa: E402
from pipeline.progress import Quiet  # noqa: E402
from pipeline.records import Conversation, Event, Transcript, Voices  # noqa: E402
from pipeline.stages import Work  # noqa: E402
from pipeline.stages.names import NameSpeakers  # noqa: E402
from pipeline.stages.turns import JoinTurns  # noqa: E402
from pipeline.transcripts import read_transcript  # noqa: E402

EPOCHS = 15
COST = 10.0
DIGITS = 2  # of a weight in the file
SAMPLE = ROOT / "samples/transcripts/common-light-winter.labelled"
Model = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Marked:
    """A meeting as features and labels of its turns, with the words of each."""

    name: str
    seen: list[list[str]]
    labels: list[str]
    words: list[int]


class Reader:
    """Brings transcripts to features."""

    def __init__(self) -> None:
        self.language = Language()

    def conversation(self, transcript: Transcript, event: Event) -> Conversation:
        """The conversation of a transcript."""
        with tempfile.TemporaryDirectory() as folder:
            work = Work(Path(folder), Quiet())
            voices = Voices(meeting=transcript.meeting, made_by="none", spans=())
            return NameSpeakers(self.language)(JoinTurns()(transcript, voices, work), event, work)

    def marked(self, name: str, conversation: Conversation, labels: Sequence[str]) -> Marked:
        """Its features beside its labels."""
        said = sentences(conversation, self.language)
        shape = outline(conversation, said)
        seen = features(conversation, said, shape.acts, shape.chairs)
        assert len(seen) == len(labels), f"{name}: {len(seen)} turns, {len(labels)} labels"
        return Marked(name, seen, list(labels), [len(t.words) for t in conversation.turns])

    def written(self, name: str, transcript: Path, event: Event, parts: Path) -> list[Marked]:
        """A written meeting, with the names of its speakers and, if it has times, without."""
        full = self.conversation(read_transcript(transcript, meeting=name), event)
        labels = [label for first, last, label in rows(parts) for _ in range(int(first), int(last) + 1)]
        out = [self.marked(name, full, labels)]
        if transcript.suffix == ".vtt":
            with tempfile.TemporaryDirectory() as folder:
                bare = Path(folder) / "bare.vtt"
                bare.write_text(re.sub(r"<v [^>]+>|</v>", "", transcript.read_text(encoding="utf-8")), encoding="utf-8")
                unnamed = self.conversation(read_transcript(bare, meeting=name), event)
            spans = [(t.start, t.end, label) for t, label in zip(full.turns, labels, strict=True)]
            out.append(self.marked(f"{name}, no names", unnamed, [at(spans, t.start, t.end) for t in unnamed.turns]))
        return out


def rows(path: Path) -> list[list[str]]:
    """The lines of a file of tab-separated values."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]


def at(spans: Sequence[tuple[float, float, str]], start: float, end: float) -> str:
    """The label of most of a stretch of time."""
    share = {label: sum(max(0.0, min(b, end) - max(a, start)) for a, b, x in spans if x == label) for label in LABELS}
    return max(share, key=lambda label: share[label])


def read_all(committees: Path, calls: Path) -> list[Marked]:
    """All meetings that are marked."""
    reader, out = Reader(), []
    for folder in sorted(p.parent for p in (ROOT / "tests/data/meetings").glob("*/parts.tsv")):
        transcript = next(p for p in sorted(folder.glob("transcript.*")) if "unlabelled" not in p.name)
        out += reader.written(folder.name, transcript, load_event(folder / "event.toml"), folder / "parts.tsv")
    event = load_event(SAMPLE.with_suffix(".labelled.event.toml"))
    out += reader.written(
        "sample", SAMPLE.with_suffix(".labelled.vtt"), event, SAMPLE.with_suffix(".labelled.parts.tsv")
    )
    real: dict[str, list[str]] = defaultdict(list)
    for name, first, last, label in rows(Path(__file__).with_name("real.tsv")):
        real[name] += [label] * (int(last) - int(first) + 1)
    for name, labels in real.items():
        call = calls / name / "transcript.vtt"
        found = (
            read_transcript(call, meeting=name)
            if call.exists()
            else committee_transcript(next(committees.glob(f"**/{name}.json")))[0]
        )
        out.append(reader.marked(name, reader.conversation(found, Event()), labels))
    return out


def train(meetings: Iterable[Marked]) -> Model:
    """Averaged weights."""
    model: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    summed: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    order, chance, seen = list(meetings), random.Random(0), 1

    def move(feature: str, label: str, by: float) -> None:
        model[feature][label] += by
        summed[feature][label] += by * seen

    for epoch in range(EPOCHS):
        chance.shuffle(order)
        wrong = 0
        for m in order:
            guess = best_path([[*f, f"turn {i}"] for i, f in enumerate(m.seen)], {**model, **margin(m.labels)})
            before = ("start", "start")
            for f, right, got in zip(m.seen, m.labels, guess, strict=True):
                if right != got:
                    wrong += 1
                    for feature in f:
                        move(feature, right, 1.0)
                        move(feature, got, -1.0)
                if (before[0], right) != (before[1], got):
                    move(f"after {before[0]}", right, 1.0)
                    move(f"after {before[1]}", got, -1.0)
                before = (right, got)
            seen += 1
        print(f"epoch {epoch + 1} of {EPOCHS}: {wrong} turns within the margin", flush=True)
    return {f: {y: model[f][y] - summed[f][y] / seen for y in model[f]} for f in model}


def margin(labels: Sequence[str]) -> Model:
    """What a wrong label of each turn gains while learning, so that the right one must win by as much."""
    return {f"turn {i}": {y: COST * (y != label) for y in LABELS} for i, label in enumerate(labels)}


def right(model: Model, m: Marked) -> float:
    """Share of a meeting's words in turns that are labelled right."""
    found = best_path(m.seen, model)
    return sum(n for n, a, b in zip(m.words, found, m.labels, strict=True) if a == b) / sum(m.words)


def main() -> None:
    """Learns, reports on what was kept aside, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--committees", type=Path, required=True)
    parser.add_argument("--calls", type=Path, required=True)
    parser.add_argument("--held", nargs="*", default=[])
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    meetings = read_all(given.committees, given.calls)
    held = [m for m in meetings if m.name.split(",")[0] in given.held]
    model = train([m for m in meetings if m not in held])
    for m in held:
        print(f"{m.name:32} {right(model, m):.3f}")
    if given.out:
        rounded = {
            f: {y: round(v, DIGITS) for y, v in sorted(w.items()) if round(v, DIGITS)} for f, w in sorted(model.items())
        }
        lines = ",\n".join(f"{json.dumps(f)}: {json.dumps(w)}" for f, w in rounded.items() if w)
        given.out.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
