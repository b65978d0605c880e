"""How well speakers are named when their labels are hidden: real committee meetings, real calls, written webinars.

    python benchmarks/names.py committee [--half odd|even|all] [--roster names|posts|none] [--wrong]
    python benchmarks/names.py calls [--labels]
    python benchmarks/names.py webinars [FILE.vtt ...]
    python benchmarks/names.py spelling

`committee` and `calls` read `../shared/data` (or `--data FOLDER`); rules were tuned on the odd half of the committee
meetings (by order of file name) only. Precision is by speaker: of the voices that got a name, how many got theirs.
"""

import argparse
import csv
import json
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.engines.nlp import Language
from pipeline.errors import MissingError
from pipeline.event import load_event
from pipeline.language.labels import read_labels
from pipeline.language.lexicon import fold
from pipeline.language.people import parse_name, short_forms
from pipeline.language.spelling import Speller, Term
from pipeline.progress import Quiet
from pipeline.records import Conversation, Event, Registered, Transcript, Turns, VoicedTurn, Voices, Word
from pipeline.stages import Work
from pipeline.stages.names import NameSpeakers
from pipeline.stages.turns import JoinTurns
from pipeline.transcripts import read_transcript

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
WORK = Work(ROOT, Quiet())


@dataclass
class Tally:
    """Counts over meetings."""

    voices: int = 0
    named: int = 0
    right: int = 0
    words: int = 0
    words_right: int = 0
    words_wrong: int = 0
    wrong: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def line(self) -> str:
        """One line of figures."""
        precision, recall = self.right / max(1, self.named), self.right / max(1, self.voices)
        words = max(1, self.words)
        return (
            f"speakers {self.voices}  named {self.named}  precision {precision:.3f}  recall {recall:.3f}  "
            f"words right {self.words_right / words:.3f} wrong {self.words_wrong / words:.4f}"
        )

    def add(self, other: "Tally") -> None:
        """Add another meeting's counts."""
        for key in ("voices", "named", "right", "words", "words_right", "words_wrong"):
            setattr(self, key, getattr(self, key) + getattr(other, key))
        self.wrong += other.wrong
        self.open += other.open


def same(given: str, truth: str) -> bool:
    """The given name is the true one, or its family or first name alone, as said."""
    first, second = parse_name(given).words, parse_name(truth).words
    return bool(first) and (
        first == second
        or (len(first) == 1 and first[0] in (second[0], second[-1]))
        or " ".join(second).endswith(" ".join(first))
        or (len(first) > 1 and first[-1] == second[-1] and bool(short_forms(first[0]) & short_forms(second[0])))
        or "".join(first) == "".join(second)
    )


def score(conversation: Conversation, truth: list[str | None]) -> Tally:
    """Turn by turn against the true names (one per turn of the source, voices known)."""
    tally = Tally()
    by_voice: dict[str, str] = {}
    given: dict[str, str | None] = {}
    for turn, name in zip(conversation.turns, truth, strict=True):
        if name:
            by_voice[turn.voice or ""] = name
            given[turn.voice or ""] = turn.name
            tally.words += len(turn.words)
            if turn.name:
                right = same(turn.name, name)
                tally.words_right += len(turn.words) * right
                tally.words_wrong += len(turn.words) * (not right)
    for voice, name in by_voice.items():
        tally.voices += 1
        if given[voice]:
            tally.named += 1
            tally.right += same(given[voice] or "", name)
            if not same(given[voice] or "", name):
                tally.wrong.append(f"{name} named {given[voice]}")
        else:
            tally.open.append(name)
    return tally


def words_of(text: str, start: float) -> tuple[Word, ...]:
    """Words with made-up times, for sources that have none."""
    step = 0.35
    return tuple(
        Word(text=w, start=round(start + i * step, 2), end=round(start + (i + 1) * step, 2), probability=1.0)
        for i, w in enumerate(text.split())
    )


# ---- committee meetings --------------------------------------------------------------------------------------------

_POST = re.compile(r"\((.*)\)\s*$")


def committee_names(data: list[dict[str, str]]) -> tuple[list[str], dict[str, str]]:
    """The true name of each turn, and what the labels say in brackets of each."""
    names, posts = [], {}
    for turn in data:
        label = turn["speaker"]
        inside = _POST.search(label)
        name = parse_name(_POST.sub("", label)).name
        if "Chair" in label or "Speaker" in label:
            if inside and not inside[1].startswith(("Hon. Chair",)):
                person = parse_name(_POST.sub("", inside[1])).name
                posts[person] = "Chair"
                name = person
            else:
                chairs = [p for p, post in posts.items() if post == "Chair"]
                name = chairs[0] if chairs and "Acting" not in label else f"?{label}"
        elif inside:
            posts.setdefault(name, inside[1])
        names.append(name)
    return names, posts


def committee(path: Path, language: Language, roster: str) -> Tally:
    """One committee meeting: labels hidden, voices kept."""
    data = [t for t in json.loads(path.read_text())["meeting_transcripts"] if t["content"].split()]
    names, posts = committee_names(data)
    voices = {name: f"V{i + 1:02d}" for i, name in enumerate(dict.fromkeys(names))}
    at, turns = 0.0, []
    for turn, name in zip(data, names, strict=True):
        words = words_of(turn["content"], at)
        at = words[-1].end + 0.5
        turns.append(VoicedTurn(start=words[0].start, end=words[-1].end, voice=voices[name], label=None, words=words))
    people = [n for n in dict.fromkeys(names) if not n.startswith("?")]
    registered = tuple(Registered(name=n, role=posts.get(n) if roster == "posts" else None) for n in sorted(people))
    event = Event(registered=registered if roster != "none" else ())
    source = Turns(meeting=path.stem, language="en", duration=at, turns=tuple(turns))
    conversation = NameSpeakers(language)(source, event, WORK)
    return score(conversation, [None if n.startswith("?") else n for n in names])


def run_committee(args: argparse.Namespace, language: Language) -> None:
    """All committee meetings of the half that is asked for."""
    paths = sorted((args.data / "qmsum-committee").glob("*.json"))
    wanted = {"odd": paths[0::2], "even": paths[1::2], "all": paths}[args.half]
    rosters = args.roster.split(",")
    totals = {r: {"covid": Tally(), "education": Tally(), "all": Tally()} for r in rosters}
    for path in wanted:
        for roster in rosters:  # the parses are kept between the two
            tally = committee(path, language, roster)
            totals[roster][path.stem.split("_")[0]].add(tally)
            totals[roster]["all"].add(tally)
            if args.wrong:
                print(path.stem, roster, tally.line(), "\n   wrong:", tally.wrong, "\n   open:", tally.open, flush=True)
    for roster in rosters:
        for kind, tally in totals[roster].items():
            print(f"committee {args.half} roster={roster} {kind:10} {tally.line()}")


# ---- transcripts with labels ------------------------------------------------------------------------------------------


def transcript_of(path: Path, *, labels: bool) -> tuple[Transcript, list[str | None]]:
    """The transcript, and the label of each of its words."""
    read = read_transcript(path, meeting=path.stem, language="en")
    truth = [u.label for u in read.utterances for _ in u.words]
    hidden = tuple(u.model_copy(update={"label": None}) for u in read.utterances)
    return (read if labels else read.model_copy(update={"utterances": hidden})), truth


def name_transcript(
    path: Path, language: Language, event: Event, *, show: str
) -> tuple[Conversation, list[str | None]]:
    """`show`: "labels", "voices" (labels hidden, voices kept) or "nothing"."""
    transcript, truth = transcript_of(path, labels=show != "nothing")
    turns = JoinTurns()(transcript, Voices(meeting=path.stem, made_by="none", spans=()), WORK)
    if show == "voices":
        turns = turns.model_copy(update={"turns": tuple(t.model_copy(update={"label": None}) for t in turns.turns)})
    return NameSpeakers(language)(turns, event, WORK), truth


def score_words(conversation: Conversation, truth: list[str | None]) -> Tally:
    """Word by word against the true names, whatever the turns are; speakers by their commonest name."""
    tally = Tally()
    at = 0
    named: dict[str, Counter[str | None]] = {}
    for turn in conversation.turns:
        for _ in turn.words:
            name = truth[at]
            at += 1
            if name is None:
                continue
            tally.words += 1
            right = bool(turn.name) and same(turn.name or "", name)
            tally.words_right += right
            tally.words_wrong += bool(turn.name) and not right
            named.setdefault(name, Counter())[turn.name] += 1
    assert at == len(truth), (at, len(truth))
    for name, counts in named.items():
        best = max((c, n or "") for n, c in counts.items())[1]
        tally.voices += 1
        tally.named += bool(best)
        tally.right += bool(best) and same(best, name)
        if best and not same(best, name):
            tally.wrong.append(f"{name} named {best}")
        if not best:
            tally.open.append(name)
    return tally


def clean(labels: list[str | None]) -> list[str | None]:
    """The people whom labels name."""
    read = read_labels(label for label in labels if label)
    return [read[label].name or None if label else None for label in labels]


def run_calls(args: argparse.Namespace, language: Language) -> None:
    """The real calls, with labels and with the labels hidden but voices kept."""
    for show in ("labels", "voices"):
        total = Tally()
        for path in sorted((args.data / "zoom-meetings").glob("*/transcript.vtt")):
            _, labels = transcript_of(path, labels=True)
            truth = clean(labels)
            people = sorted({n for n in truth if n})
            event = Event(registered=tuple(Registered(name=n) for n in people) if show == "voices" else ())
            conversation, _ = name_transcript(path, language, event, show=show)
            tally = score_words(conversation, truth)
            total.add(tally)
            if args.wrong:
                print(path.parent.name, show, tally.line(), "\n   wrong:", tally.wrong, "\n   open:", tally.open)
                if show == "labels":
                    print("   ", [(s.name, s.organisation, s.role) for s in conversation.speakers])
        print(f"calls {show:8} {total.line()}")


def run_webinars(args: argparse.Namespace, language: Language) -> None:
    """The written webinars: labelled, with voices only, and with neither."""
    paths = [Path(f) for f in args.files] or [
        *(p for p in sorted((ROOT / "tests/data/meetings").glob("*/transcript.*")) if "unlabelled" not in p.name),
        *sorted((ROOT / "samples/transcripts").glob("*.vtt")),
    ]
    for show in args.show.split(","):
        for with_event in (True, False):
            total = Tally()
            for path in paths:
                _, labels = transcript_of(path, labels=True)
                if not any(labels):
                    continue
                file = next(
                    (f for f in (path.with_suffix(".event.toml"), path.parent / "event.toml") if f.is_file()), None
                )
                event = load_event(file) if file and with_event else Event()
                conversation, _ = name_transcript(path, language, event, show=show)
                tally = score_words(conversation, clean(labels))
                total.add(tally)
                if args.wrong:
                    print("  ", path.stem, tally.line(), "\n   wrong:", tally.wrong, "open:", tally.open)
                    if show != "labels" and path.stem in args.wrong:
                        show_turns(conversation, clean(labels))
            print(f"webinars show={show:8} event={with_event!s:5} {total.line()}")


def show_turns(conversation: Conversation, truth: list[str | None]) -> None:
    """Every turn with its true name, for reading."""
    at = 0
    for turn in conversation.turns:
        names = Counter(truth[at : at + len(turn.words)]).most_common()
        at += len(turn.words)
        flag = "" if len(names) == 1 and turn.name and same(turn.name, names[0][0] or "") else "  <<<<"
        print(f"      [{turn.name} {turn.confidence}] {names} {turn.text[:70]} ... {turn.text[-60:]}{flag}")
    for speaker in conversation.speakers:
        print(
            "     ",
            speaker.name,
            "|",
            speaker.honours,
            "|",
            speaker.role,
            "|",
            speaker.organisation,
            "|",
            speaker.status,
        )
    for question in conversation.questions:
        print("     ?", question.text, question.evidence[0])


def run_spelling(args: argparse.Namespace) -> None:
    """Their publishers' corrections of the calls: how many are made too, and how many words are changed wrongly."""
    made = wanted = false = words = 0
    examples: Counter[str] = Counter()
    for folder in sorted((args.data / "zoom-meetings").iterdir()):
        if not folder.is_dir():
            continue
        with (folder / "transcript_changelog.tsv").open() as file:
            rows = [(r["original"], r["corrected"]) for r in csv.DictReader(file, delimiter="\t")]
        terms = [Term(t, "body") for t in dict.fromkeys(c for _, c in rows)]
        originals = {fold(w) for o, _ in rows for w in o.split()}
        speller = Speller(terms, probabilities=False)
        for text in [u.text for u in read_transcript(folder / "transcript.vtt", meeting="", language="en").utterances]:
            words += len(text.split())
            before = words_of(text, 0.0)
            for word, after in zip(before, speller.words(before), strict=False):
                if word.text != after.text:
                    stem = fold(word.text.strip(".,?!:;"))
                    if stem not in originals:
                        false += 1
                        examples[f"{word.text} -> {after.text}"] += 1
        for original, corrected in rows:
            wanted += 1
            got = " ".join(w.text for w in speller.words(words_of(original, 0.0)))
            made += fold(got) == fold(corrected)
            if args.wrong and fold(got) != fold(corrected):
                print("   missed", original, "->", corrected, "| got", got)
    if args.wrong:
        print("   false", examples.most_common(60))
    print(
        f"spelling corrections {wanted} made {made} share {made / wanted:.3f}  false per 1,000 words {1000 * false / words:.2f}"
    )


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["committee", "calls", "webinars", "spelling"])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--half", default="all", choices=["odd", "even", "all"])
    parser.add_argument("--roster", default="names,none", help="names, posts (with what the labels say of each), none")
    parser.add_argument("--show", default="labels,voices,nothing", help="what the webinars' transcripts keep")
    parser.add_argument("--wrong", nargs="?", const="all", default="")
    args = parser.parse_args()
    began = time.perf_counter()
    if args.what == "spelling":
        run_spelling(args)
    else:
        try:
            language = Language()
        except MissingError as error:
            print(f"without a language model: {error}")
            language = Language.blank()
        {"committee": run_committee, "calls": run_calls, "webinars": run_webinars}[args.what](args, language)
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
