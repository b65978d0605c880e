"""How good a meeting folder is, against a reference: words, voices, names, facts.

The reference is one of

- `.json`: what was said (`turns` with `name`, `text`, `start`, `end` and, if known, `words` with times): word error
  rate, names, and the diarization error rate;
- `.rttm`: who spoke when: the diarization error rate;
- `.toml`: what the page should say, and what it must not (see `pipeline.measures.facts`).
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, UsageError
from pipeline.measures.der import Der, Labelled, der, read_rttm
from pipeline.measures.facts import FactScore, lines_of_html, load_reference, score_facts
from pipeline.measures.naming import Naming, naming
from pipeline.measures.normalise import words_of
from pipeline.measures.wer import Wer, wer_of_words
from pipeline.records import Record

AGAIN = "Name a meeting folder, as `afterword run` writes it."
PAUSE = 0.5  # seconds; words of one speaker closer than this count as one stretch of speech


class Report(Record):
    """What was measured; None where the reference does not tell."""

    meeting: str
    words: Wer | None = None
    voices: Der | None = None
    names: Naming | None = None
    facts: FactScore | None = None

    def rows(self) -> list[tuple[str, str]]:
        """The figures as lines of a table: what, how much."""
        return [*_word_rows(self.words), *_voice_rows(self.voices), *_name_rows(self.names), *_fact_rows(self.facts)]


def evaluate(meeting: Path, reference: Path) -> Report:
    """Measure a meeting's folder. Raises `UsageError` for the reference, `InputError` for the folder."""
    if not meeting.is_dir():
        raise InputError(f"There is no folder {meeting}.", do=AGAIN)
    kinds = {".json": _against_words, ".rttm": _against_rttm, ".toml": _against_facts}
    measure = kinds.get(reference.suffix.lower())
    if measure is None:
        raise UsageError(
            f"{reference} is not a reference.", do="Give a .json (words), .rttm (voices) or .toml (facts) file."
        )
    return measure(meeting, reference)


def _against_facts(meeting: Path, reference: Path) -> Report:
    page = _text(meeting / "summary.html")
    return Report(meeting=meeting.name, facts=score_facts(lines_of_html(page), load_reference(reference)))


def _against_rttm(meeting: Path, reference: Path) -> Report:
    return Report(meeting=meeting.name, voices=der(_only(_rttm(reference), reference), _heard_voices(meeting)))


def _against_words(meeting: Path, reference: Path) -> Report:
    expected = _reference_turns(reference)
    turns = _turns(meeting)
    said = [word for turn in expected for word in words_of(str(turn["text"]))]
    written = [word for turn in turns for word in words_of(str(turn["text"]))]
    timed = all("start" in turn and "end" in turn for turn in expected)
    return Report(
        meeting=meeting.name,
        words=wer_of_words(said, written),
        voices=der(_stretches(expected), _heard_voices(meeting)) if timed else None,
        names=naming([(t.get("name"), t["text"]) for t in expected], [(t["name"], t["text"]) for t in turns]),
    )


# ---- reading -----------------------------------------------------------------------------------------------------


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read.", do=AGAIN) from error


def _turns(meeting: Path) -> list[dict[str, Any]]:
    path = meeting / "conversation.json"
    try:
        turns: list[dict[str, Any]] = json.loads(_text(path))["turns"]
        return [
            {"name": t["name"], "text": t["text"], "start": t["start"], "end": t["end"], "voice": t["voice"]}
            for t in turns
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} is not a conversation.", do=AGAIN) from error


def _reference_turns(path: Path) -> list[dict[str, Any]]:
    try:
        turns: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["turns"]
        for turn in turns:
            turn.setdefault("text", " ".join(w["text"] for w in turn.get("words", ())))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"The reference {path} cannot be read.", do="Give a JSON file with `turns`, each with `name` and `text`."
        ) from error
    return turns


def _rttm(path: Path) -> dict[str, list[Labelled]]:
    try:
        return read_rttm(path)
    except (OSError, ValueError, IndexError) as error:
        raise UsageError(f"The reference {path} cannot be read.", do="Give an RTTM file with SPEAKER lines.") from error


def _only(found: dict[str, list[Labelled]], path: Path) -> list[Labelled]:
    if not found:
        raise UsageError(f"{path} has no SPEAKER lines.", do="Give an RTTM file with SPEAKER lines.")
    return [span for spans in found.values() for span in spans]


def _heard_voices(meeting: Path) -> list[Labelled]:
    """Who was heard when: `speakers.rttm`, else the turns."""
    path = meeting / "speakers.rttm"
    if path.is_file():
        return [span for spans in _rttm(path).values() for span in spans]
    return [(t["start"], t["end"], str(t["voice"] or t["name"] or "?")) for t in _turns(meeting)]


def _stretches(turns: Sequence[dict[str, Any]]) -> list[Labelled]:
    """The stretches of speech of a reference, from its words where they have times."""
    found: list[Labelled] = []
    for turn in turns:
        who = str(turn.get("name") or "?")
        timed = [w for w in turn.get("words", ()) if "start" in w and "end" in w] or [turn]
        fresh = True
        for word in timed:
            start, end = float(word["start"]), float(word["end"])
            if not fresh and start - found[-1][1] < PAUSE:
                found[-1] = (found[-1][0], max(end, found[-1][1]), who)
            else:
                found.append((start, end, who))
            fresh = False
    return found


# ---- showing -----------------------------------------------------------------------------------------------------


def _word_rows(words: Wer | None) -> list[tuple[str, str]]:
    if words is None:
        return []
    detail = f"{words.substituted} changed, {words.deleted} missing, {words.inserted} added, of {words.total}"
    return [("word error rate", f"{words.rate:.1%} ({detail})")]


def _voice_rows(voices: Der | None) -> list[tuple[str, str]]:
    if voices is None:
        return []
    detail = f"missed {voices.missed:.1f} s, false {voices.false_alarm:.1f} s, confused {voices.confused:.1f} s"
    return [("diarization error rate", f"{voices.rate:.1%} ({detail}, of {voices.total:.1f} s)")]


def _name_rows(names: Naming | None) -> list[tuple[str, str]]:
    if names is None:
        return []
    return [
        ("words under the right name", f"{names.share(names.right):.1%}"),
        ("words under a wrong name", f"{names.share(names.wrong):.1%}"),
        ("words without a name", f"{names.share(names.blank):.1%}"),
    ]


def _fact_rows(facts: FactScore | None) -> list[tuple[str, str]]:
    if facts is None:
        return []
    total = len(facts.present) + len(facts.missing)
    rows = [("facts on the page", f"{facts.share:.1%} ({len(facts.present)} of {total})")]
    rows += [("missing", ", ".join(facts.missing))] if facts.missing else []
    rows += [("forbidden claims", ", ".join(facts.claimed) or "none"), ("words on the page", str(facts.words))]
    return rows
