"""How good the page is: facts of written meetings, topics of real committee meetings, moments of real Zoom calls.

python benchmarks/page.py facts samples/transcripts tests/data/meetings
python benchmarks/page.py committee FOLDER [--half dev|held|all]
python benchmarks/page.py zoom FOLDER [--half dev|held|all]
python benchmarks/page.py show TRANSCRIPT [--event FILE]
python benchmarks/page.py speed TRANSCRIPT [...]
"""

import argparse
import json
import re
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline.engines.nlp import Language
from pipeline.event import find_event_file, load_event
from pipeline.facts.polish import copied
from pipeline.measures.facts import FactScore, lines_of_html, load_reference, score_facts
from pipeline.progress import Quiet
from pipeline.records import Conversation, Draft, Event, Spoken, Transcript, Turns, Utterance, Voices, Word
from pipeline.stages import Work
from pipeline.stages.names import NameSpeakers
from pipeline.stages.summarise import Summarise
from pipeline.stages.themes import FindThemes
from pipeline.stages.turns import JoinTurns
from pipeline.transcripts import read_transcript

try:
    from pipeline.stages.verify import Verify
except ImportError:  # the page is then scored unchecked
    Verify = None

SAMPLE = Path(__file__).parents[1] / "samples" / "transcripts" / "common-light-winter.labelled.vtt"


class Maker:
    """The text stages, from transcript to checked page."""

    def __init__(self) -> None:
        self.language = Language()

    def page(self, transcript: Transcript, event: Event) -> tuple[Draft, Conversation]:
        """The page of a transcript."""
        with tempfile.TemporaryDirectory() as folder:
            work = Work(Path(folder), Quiet())
            voices = Voices(meeting=transcript.meeting, made_by="none", spans=())
            turns: Turns = JoinTurns()(transcript, voices, work)
            conversation = NameSpeakers(self.language)(turns, event, work)
            themed = FindThemes(self.language)(conversation, event, work)
            draft = Summarise(self.language)(conversation, themed, event, work)
            if Verify is not None:
                draft = Verify()(draft, conversation, event, work)
        return draft, conversation


def lines_of(draft: Draft) -> list[str]:
    """The page as plain lines, much as it is rendered."""
    m = draft.meeting
    lines = [m.title, " ".join(x for x in (_date(m.date), m.platform and f"via {m.platform}") if x)]
    if m.organisers:
        lines.append(f"Organisers: {', '.join(m.organisers)}")
    for p in draft.people:
        if p.spoke and p.capacities != ("questioner",):
            before, _, after = (p.honours or "").partition("...")
            after, before = (before, "") if before.strip().isupper() else (after, before)
            name = " ".join(x for x in (before.strip(), p.name, after.strip()) if x)
            lines.append(", ".join(x for x in (name, p.role, p.organisation) if x) + f" ({', '.join(p.capacities)})")
    for s in draft.sections:
        lines += [s.heading, *(p.text for p in s.points)]
    return lines


def _date(date: str | None) -> str:
    if not date:
        return ""
    year, month, day = date.split("-")
    names = "January February March April May June July August September October November December".split()
    return f"{int(day)} {names[int(month) - 1]} {year}"


def facts(maker: Maker, folders: list[Path], *, minimal: bool, verbose: bool, names: list[str]) -> None:
    """Gold facts and forbidden claims of every meeting with an expected.toml."""
    for folder in folders:
        for reference in sorted(folder.rglob("expected.toml")):
            where = reference.parent
            if names and where.name not in names:
                continue
            transcripts = sorted([*where.glob("transcript*.vtt"), *where.glob("transcript*.txt")]) or sorted(
                (where.parent / "transcripts").glob("*.vtt")
            )
            for transcript in transcripts:
                files = [where / "event.toml", find_event_file(transcript)]
                full = next((f for f in files if f and f.is_file()), None)
                for event in [full, where / "event.minimal.toml"][: 2 if minimal else 1]:
                    if event is None or not event.is_file():
                        continue
                    read = read_transcript(transcript, meeting=where.name)
                    draft, _ = maker.page(read, load_event(event))
                    show_score(
                        where.name,
                        transcript.name,
                        event.name,
                        score_facts(lines_of(draft), load_reference(reference)),
                        verbose,
                    )
                    if verbose:
                        print("   copied:", " | ".join(copied_runs(draft, read)))


def copied_runs(draft: Draft, transcript: Transcript) -> list[str]:
    """The points that hold twelve spoken words in a row outside quotation marks."""
    spoken = " ".join(w.text for u in transcript.utterances for w in u.words)
    return [p.text for s in draft.sections for p in s.points if copied(re.sub(r"“[^”]*”", " / ", p.text), spoken)]


def speed(paths: list[Path]) -> None:
    """Words per second of all text stages beside the pipeline alone, on the same turns, models loaded.

    Before the clock runs, a page is made of the sample, so that dictionaries and patterns are loaded too.
    """
    for path in paths:
        transcript = (
            committee_transcript(path)[0] if path.suffix == ".json" else read_transcript(path, meeting=path.stem)
        )
        words = sum(len(u.words) for u in transcript.utterances)
        bare, maker = Language(), Maker()
        bare.docs(["So this is a sentence, and the clock has not begun."])
        maker.page(read_transcript(SAMPLE, meeting="sample"), Event())
        turns = JoinTurns()(
            transcript, Voices(meeting=path.stem, made_by="none", spans=()), Work(Path(), Quiet())
        ).turns
        began = time.process_time()
        bare.docs([t.text for t in turns])
        alone = time.process_time() - began
        began = time.process_time()
        maker.page(transcript, Event())
        whole = time.process_time() - began
        print(
            f"{path.name:34} {words} words  pipeline alone {words / alone:.0f} words/s  "
            f"text stages {words / whole:.0f} words/s  ratio {alone / whole:.2f}"
        )


def show_score(meeting: str, transcript: str, event: str, score: FactScore, verbose: bool) -> None:
    """One line for a page."""
    print(
        f"{meeting:24} {transcript:34} {event:22} facts {score.share:.3f} "
        f"({len(score.present)}/{len(score.present) + len(score.missing)})  claims {len(score.claimed)}  words {score.words}"
    )
    if verbose:
        print("   missing:", ", ".join(score.missing))
        print("   claimed:", ", ".join(score.claimed))


def committee_transcript(path: Path) -> tuple[Transcript, list[tuple[float, float]], list[tuple[float, float]]]:
    """A QMSum meeting with times of 0.4 s a word: transcript, spans of turns, spans of topics."""
    data = json.loads(path.read_text(encoding="utf-8"))
    utterances, spans, at = [], [], 0.0
    for turn in data["meeting_transcripts"]:
        words = []
        for text in turn["content"].split():
            words.append(Word(text=text, start=round(at, 2), end=round(at + 0.4, 2), probability=1.0))
            at += 0.4
        spans.append((words[0].start if words else at, at))
        if words:
            utterances.append(
                Utterance(start=words[0].start, end=words[-1].end, label=turn["speaker"], words=tuple(words))
            )
    topics = [
        [(spans[int(a)][0], spans[min(int(b), len(spans) - 1)][1]) for a, b in topic["relevant_text_span"]]
        for topic in data["topic_list"]
    ]
    return (
        Transcript(
            meeting=path.stem, language="en", duration=at, made_by="qmsum", coverage=1.0, utterances=tuple(utterances)
        ),
        spans,
        topics,
    )


def committee(maker: Maker, folder: Path, half: str, *, verbose: bool) -> None:
    """Share of topic spans touched by the evidence of the areas within 300 words."""
    touched = total = 0
    for path in halved(sorted(folder.glob("*.json")), half):
        transcript, _, topics = committee_transcript(path)
        began = time.perf_counter()
        draft, _ = maker.page(transcript, Event())
        took = time.perf_counter() - began
        evidence, words = [], 0
        for section in draft.sections:
            for point in section.points if section.kind == "areas" else ():
                words += len(point.text.split())
                if words <= 300:
                    evidence += [e for e in point.evidence if isinstance(e, Spoken)]
        hits = [any(a <= e.start < b for a, b in topic for e in evidence) for topic in topics]
        touched, total = touched + sum(hits), total + len(hits)
        size = sum(len(line.split()) for line in lines_of(draft))
        n = sum(len(s.points) for s in draft.sections)
        print(
            f"{path.stem:14} {sum(hits)}/{len(hits)}  areas {words} words, page {size} words, {n} points, {len(evidence)} pieces, {took:.1f} s"
        )
        if verbose:
            print("\n".join(lines_of(draft)))
    print(f"topic spans touched: {touched / total:.3f} ({touched}/{total})")


def zoom(maker: Maker, folder: Path, half: str, *, verbose: bool) -> None:
    """Share of the moments of published summaries that the page's evidence touches."""
    touched = total = 0
    for path in halved(sorted(p for p in folder.iterdir() if p.is_dir()), half):
        draft, conversation = maker.page(read_transcript(path / "transcript.vtt", meeting=path.name), Event())
        moments = [
            clock(t) for t in re.findall(r'"timestamp": "([\d:]+)"', (path / "tldr.json").read_text(encoding="utf-8"))
        ]
        lines = lines_of(draft)
        points = [p for s in draft.sections for p in s.points]
        size = sum(len(line.split()) for line in lines)
        evidence = [e for p in points[:40] for e in p.evidence if isinstance(e, Spoken)]
        hits = [any(e.start < m + 60 and min(e.end, e.start + 20) > m - 20 for e in evidence) for m in moments]
        touched, total = touched + sum(hits), total + len(hits)
        print(
            f"{path.name:36} {sum(hits)}/{len(hits)}  page {size} words, {len(points)} points, {len(evidence)} pieces, {conversation.duration / 60:.0f} min"
        )
        if verbose:
            print("\n".join(lines))
    print(f"moments touched: {touched / total:.3f} ({touched}/{total})")


def clock(text: str) -> float:
    """ "01:02:03" in seconds."""
    seconds = 0.0
    for part in text.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def halved(paths: list[Path], half: str) -> list[Path]:
    """Every other one for tuning, the rest kept aside."""
    return paths if half == "all" else paths[::2] if half == "dev" else paths[1::2]


def main() -> None:
    """Run one of the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["facts", "committee", "zoom", "show", "html", "speed"])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--half", choices=["dev", "held", "all"], default="dev")
    parser.add_argument("--event", type=Path)
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--minimal", action="store_true", help="score with the minimal event file too")
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    if given.what == "html":
        for path in given.paths:
            show_score(
                path.parent.name,
                path.name,
                "",
                score_facts(lines_of_html(path.read_text("utf-8")), load_reference(given.reference)),
                True,
            )
        return
    if given.what == "speed":
        speed(given.paths)
        return
    maker = Maker()
    if given.what == "facts":
        facts(maker, given.paths, minimal=given.minimal, verbose=given.verbose, names=given.only)
    elif given.what == "committee":
        committee(maker, given.paths[0], given.half, verbose=given.verbose)
    elif given.what == "zoom":
        zoom(maker, given.paths[0], given.half, verbose=given.verbose)
    else:
        for path in given.paths:
            event = load_event(given.event) if given.event else Event()
            transcript = (
                committee_transcript(path)[0] if path.suffix == ".json" else read_transcript(path, meeting=path.stem)
            )
            draft, _ = maker.page(transcript, event)
            print("\n".join(lines_of(draft)), "\n")


if __name__ == "__main__":
    main()
