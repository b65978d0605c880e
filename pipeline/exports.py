"""The meeting as data and as subtitles: summary.json, conversation.json, WebVTT, SubRip, plain text and RTTM.

Pure functions from records to text; the same input gives the same bytes.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from pipeline.plain import clean, clock, stamp
from pipeline.records import Conversation, Summary, Turn, Word

CUE_SECONDS = 7.0
LINE_CHARACTERS = 42
CUE_LINES = 2
_PAUSE = 1.0  # seconds of silence after which a new cue begins
_SHORTEST = 0.2  # seconds; a cue of no length is shown by no player
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*$")
_CLAUSE_END = re.compile(r"[,;:–—][\"'”’)]*$")


def _rounded(value: object) -> object:
    """The same JSON value with every float at three decimals."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return value


def summary_json(summary: Summary) -> str:
    """`summary.json`, schema version 1."""
    data = _rounded(summary.model_dump(mode="json", by_alias=True))
    assert isinstance(data, dict)  # noqa: S101 - for the type checker: a model dumps to a dict
    ordered = {"schema": data.pop("schema"), **data}
    return json.dumps(ordered, ensure_ascii=False, indent=2) + "\n"


def turn_data(turn: Turn) -> dict[str, object]:
    """A turn as `conversation.json` has it: the record, and its text."""
    return {**turn.model_dump(mode="json"), "text": turn.text}


def conversation_json(conversation: Conversation) -> str:
    """`conversation.json`, schema version 1, a turn to a line."""
    turns = ",\n".join(json.dumps(_rounded(turn_data(t)), ensure_ascii=False) for t in conversation.turns)
    language = json.dumps(conversation.language, ensure_ascii=False)
    return f'{{"schema": 1, "language": {language}, "turns": [\n{turns}\n]}}\n'


def speaker_of(turn: Turn) -> str | None:
    """Whom to write before a turn: the name, else the voice, else nobody."""
    return clean(turn.name or turn.voice or "") or None


def transcript_txt(conversation: Conversation) -> str:
    """`[00:12:03] Name: text`, a turn to a line."""
    lines = [
        f"[{clock(t.start, always_hours=True)}] {_prefix(t)}{clean(t.text)}\n" for t in conversation.turns if t.words
    ]
    return "".join(lines)


def _prefix(turn: Turn) -> str:
    speaker = speaker_of(turn)
    return f"{speaker}: " if speaker else ""


# ---- subtitles -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cue:
    """What stands on the screen from `start` to `end`: one or two lines of one speaker."""

    start: float
    end: float
    speaker: str | None
    lines: tuple[str, ...]


def cues(conversation: Conversation, *, named_in_line: bool = False) -> list[Cue]:
    """The conversation as subtitle cues, cut at word times.

    With `named_in_line` the first line keeps room for `Name: `.
    """
    found = []
    for turn in conversation.turns:
        room = len(_prefix(turn)) if named_in_line else 0
        for words in _cut(turn.words, room):
            end = max(words[-1].end, words[0].start + _SHORTEST)
            found.append(Cue(words[0].start, end, speaker_of(turn), _lines(words, room)))
    return found


def _cut(words: tuple[Word, ...], room: int) -> Iterator[list[Word]]:
    """Groups of words that fit a cue, ended where the speaker paused or a sentence or clause ended."""
    rest = [w for w in words if clean(w.text)]
    while rest:
        fits = _fitting(rest, room)
        count = _best_end(rest, fits) if fits < len(rest) else fits
        yield rest[:count]
        rest = rest[count:]


def _fitting(words: list[Word], room: int) -> int:
    """How many of the words a cue can hold; at least one."""
    for count, (word, following) in enumerate(pairwise(words), start=1):
        too_long = following.end - words[0].start > CUE_SECONDS
        paused = following.start - word.end > _PAUSE
        if too_long or paused or len(_lines(words[: count + 1], room)) > CUE_LINES:
            return count
    return len(words)


def _best_end(words: list[Word], fits: int) -> int:
    """The last sentence end among the words that fit, else clause end, if not in the first half; else all that fit."""
    for ending in (_SENTENCE_END, _CLAUSE_END):
        for count in range(fits, (fits + 1) // 2, -1):
            if ending.search(words[count - 1].text):
                return count
    return fits


def _lines(words: list[Word], room: int) -> tuple[str, ...]:
    """The words in lines of at most `LINE_CHARACTERS`; a longer word has a line of its own."""
    lines, width = [""], min(room, LINE_CHARACTERS - 1)
    for text in " ".join(clean(w.text) for w in words).split(" "):
        needed = width + len(lines[-1]) + 1 + len(text)
        if lines[-1] and needed > LINE_CHARACTERS:
            lines.append("")
            width = 0
        lines[-1] = f"{lines[-1]} {text}".strip()
    return tuple(lines)


def transcript_vtt(conversation: Conversation) -> str:
    """WebVTT with voice tags."""
    return "WEBVTT\n" + "".join(f"\n{_vtt_cue(cue)}\n" for cue in cues(conversation))


def _vtt_cue(cue: Cue) -> str:
    text = escape("\n".join(cue.lines), quote=False)
    if cue.speaker:
        text = f"<v {escape(cue.speaker, quote=False)}>{text}</v>"
    return f"{stamp(cue.start)} --> {stamp(cue.end)}\n{text}"


def transcript_srt(conversation: Conversation) -> str:
    """SubRip, the speaker before the text."""
    found = cues(conversation, named_in_line=True)
    return "\n".join(f"{number}\n{_srt_cue(cue)}\n" for number, cue in enumerate(found, start=1))


def _srt_cue(cue: Cue) -> str:
    text = "\n".join(cue.lines)
    if cue.speaker:
        text = f"{cue.speaker}: {text}"
    times = f"{stamp(cue.start, comma=True)} --> {stamp(cue.end, comma=True)}"
    # SubRip knows no escapes: an arrow inside the text would look like a time line to a reader.
    return f"{times}\n{text.replace('-->', '→')}"


# ---- who spoke when ----------------------------------------------------------------------------------------------


def speakers_rttm(conversation: Conversation) -> str:
    """NIST RTTM, a line per turn; blanks inside a field become underscores."""
    meeting = _field(conversation.meeting)
    lines = [
        f"SPEAKER {meeting} 1 {t.start:.3f} {t.end - t.start:.3f} <NA> <NA> {_field(speaker_of(t))} <NA> <NA>\n"
        for t in conversation.turns
        if t.end > t.start
    ]
    return "".join(lines)


def _field(text: str | None) -> str:
    return clean(text or "").replace(" ", "_") or "unknown"
