"""`afterword forget NAME MEETING_DIR`: a person is taken out of a meeting everywhere.

Their name, their entry in the roster, what they said and what is said of them on the page go, from the draft, the
edits, the files, the working copy of the sound and what was published; the next run leaves them out as well. The
recording or transcript itself, which is not ours, stays.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.plain import clean
from pipeline.records import (
    Conversation,
    Event,
    Evidence,
    FromEvent,
    Part,
    Point,
    Question,
    Section,
    Spoken,
    Summary,
    Themed,
    Turn,
    Turns,
)
from pipeline.review.draft import DraftDocument, is_meeting, write_draft
from pipeline.review.edits import EDIT, Signed, Stretch
from pipeline.review.forgetting import MASK, Forgetting, Forgotten, forgotten, without
from pipeline.review.ledger import Ledger
from pipeline.review.meeting import Meeting
from pipeline.review.publish import withdraw
from pipeline.review.speech import core_of, places_of
from pipeline.stages.decode import PCM
from pipeline.store import WORK, write_whole

_STALE = ("turns", "names", "remember", "themes", "summarise", "verify")  # made again, without the person, when needed


@dataclass(frozen=True)
class Report:
    """What was done: how many turns and statements went, where publications were withdrawn, and what is left."""

    turns: int
    statements: int
    withdrawn: tuple[str, ...]
    left: str | None  # the recording, which still has the person in it


def forget(name: str, folder: Path) -> Report:
    """Take a person out of a meeting; raises `InputError` when there is nobody of that name in it."""
    if not is_meeting(folder):
        raise InputError(f"{folder} is not a meeting folder.", do="Name a folder that `afterword run` made.")
    meeting = Meeting(folder)
    with meeting.held():
        person = _identify(clean(name), meeting)
        forgetting = Forgetting((person,))
        before = meeting.document()
        draft = scrubbed(meeting.draft(), forgetting)
        edits = list(_edits(meeting.history(), forgetting, meeting.draft().event))
        Ledger(folder / WORK).rewrite(edits, person.model_dump_json(), forgetting.text)
        write_draft(folder, draft)
        for stage in _STALE:
            (folder / WORK / f"{stage}.json").unlink(missing_ok=True)
        write_whole(folder / WORK / "event.json", draft.event.model_dump_json(indent=1).encode())
        forgetting.scrub(folder)
        forgetting.silence(folder / WORK / PCM)
        _scrub_run(folder / "run.json", forgetting)
        withdrawn = withdraw(folder)
    meeting.write_outputs()
    after = meeting.document()
    return Report(
        turns=sum(1 for t in before.conversation.turns if t.name and forgetting.is_forgotten(t.name)),
        statements=_count(before.summary) - _count(after.summary),
        withdrawn=tuple(withdrawn),
        left=source_of(folder),
    )


def _count(summary: Summary) -> int:
    return sum(len(s.points) for s in summary.sections)


def source_of(folder: Path) -> str | None:
    """The path of the recording or transcript that a meeting was made from."""
    try:
        return str(json.loads((folder / WORK / "source.json").read_text(encoding="utf-8"))["path"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


# ---- who it is ---------------------------------------------------------------------------------------------------------


def _identify(name: str, meeting: Meeting) -> Forgotten:
    """The person: every name that is theirs, the parts that are theirs alone, what they said, where they are named."""
    document = meeting.document()
    with meeting.open() as working:
        renamed = {old for old, new in working.renamed.items() if new.casefold() == name.casefold()}
    known = _known(document.conversation, document.summary, document.event)
    own = {n for n in known if n.casefold() == name.casefold()} | renamed
    turns = document.conversation.turns
    if not own and not any(places_of(t.words, name) for t in turns):
        raise InputError(
            f"Nobody in {meeting.folder} is called {name!r}.",
            do=f"Known there: {', '.join(sorted(known)) or 'nobody'}. Give the full name, as the page has it.",
        )
    own |= {name}
    own |= {a for r in document.event.registered if clean(r.name) in own for a in r.aliases}
    parts, common = _parts(own, known - own, turns)
    spans = [(t.start, t.end) for t in turns if t.name in own]
    own |= _labels(meeting.folder / WORK / "turns.json", spans)
    known_as = forgotten(own, parts, common, spans, ())
    places = list(_mentioned(turns, Forgetting((known_as,))))
    return known_as.model_copy(update={"places": tuple(places)})


def _labels(path: Path, spans: list[Stretch]) -> set[str]:
    """The labels under which the platform has what they said, if any: the next run meets them again."""
    try:
        turns = Turns.model_validate(json.loads(path.read_text(encoding="utf-8"))["result"]).turns
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {
        t.label
        for t in turns
        if t.label and any(start <= (t.start + t.end) / 2 <= end and t.start >= start - 1 for start, end in spans)
    }


def _known(conversation: Conversation, summary: Summary, event: Event) -> set[str]:
    return (
        {t.name for t in conversation.turns if t.name}
        | {p.name for p in summary.people}
        | {clean(r.name) for r in event.registered}
    )


def _parts(own: Iterable[str], others: Iterable[str], turns: Iterable[Turn]) -> tuple[list[str], list[str]]:
    """First names and surnames that nobody else has: those that are names only, and those that are words as well."""
    taken = {core_of(w) for other in others for w in other.split()}
    lower = {w.text.strip(".,;:?!") for t in turns for w in t.words if w.text[:1].islower()}
    parts = {core_of(w) for n in own for w in n.split()} - taken
    long = sorted(p for p in parts if len(p) > 2)
    return [p for p in long if p not in lower], [p for p in long if p in lower]


def _mentioned(turns: Iterable[Turn], forgetting: Forgetting) -> Iterator[Stretch]:
    """Where others name them: the recogniser may have heard something else there, which goes too."""
    for turn in turns:
        for first, last in forgetting.places([w.text for w in turn.words]):
            yield turn.words[first].start, turn.words[last - 1].end


# ---- taking them out ------------------------------------------------------------------------------------------------------


def scrubbed(draft: DraftDocument, forgetting: Forgetting) -> DraftDocument:
    """A draft without them."""
    event = forgetting.event(draft.event)
    scrub = _Scrub(forgetting, draft.event)
    conversation, origins = scrub.conversation(draft.conversation)
    return DraftDocument(
        heard=scrub.conversation(draft.heard)[0] if draft.heard else None,
        conversation=conversation,
        themed=scrub.themed(draft.themed, origins),
        summary=scrub.summary(draft.summary),
        event=event,
    )


class _Scrub:
    """Records without the forgotten, with the numbers of the roster as they are without them."""

    def __init__(self, forgetting: Forgetting, event: Event) -> None:
        self._forgetting = forgetting
        self._spans = [s for p in forgetting.people for s in p.spans]
        kept = [n for n, r in enumerate(event.registered) if not forgetting.is_forgotten(r.name)]
        self._numbers = {str(old): str(new) for new, old in enumerate(kept)}

    def conversation(self, conversation: Conversation) -> tuple[Conversation, list[int]]:
        turns, origins = without(conversation.turns, self._spans)
        named = [t.model_copy(update={"words": self._forgetting.words(t.words)}) for t in turns if not self._is(t.name)]
        origins = [at for t, at in zip(turns, origins, strict=True) if not self._is(t.name)]
        speakers = [
            s.model_copy(update={"evidence": self.evidence(s.evidence)})
            for s in conversation.speakers
            if not self._is(s.name)
        ]
        questions = tuple(self._questions(conversation.questions))
        return conversation.model_copy(
            update={"turns": tuple(named), "speakers": tuple(speakers), "questions": questions}
        ), origins

    def _is(self, name: str | None) -> bool:
        return name is not None and self._forgetting.is_forgotten(name)

    def key(self, key: str) -> str | None:
        """A key of the event file as it is now; None for what went."""
        parts = key.split(".")
        if parts[0] == "registered" and len(parts) > 1:
            if parts[1] not in self._numbers:
                return None
            parts[1] = self._numbers[parts[1]]
        return ".".join(parts)

    def evidence(self, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        kept: list[Evidence] = []
        for e in evidence:
            if isinstance(e, Spoken):
                if not self._said(e):
                    kept.append(e.model_copy(update={"words": self._forgetting.text(e.words)}))
            elif (key := self.key(e.event)) is not None:
                kept.append(FromEvent(event=key))
        return tuple(kept)

    def _said(self, e: Spoken) -> bool:
        middle = (e.start + e.end) / 2
        return any(start <= middle <= end for start, end in self._spans)

    def point(self, point: Point) -> Point | None:
        """A statement, unless it is about them or rests on what they said."""
        if any(self._is(n) for n in point.speakers) or MASK in point.text or self._forgetting.mentions(point.text):
            return None
        evidence = self.evidence(point.evidence)
        lost = any(isinstance(e, Spoken) and self._said(e) for e in point.evidence)
        return None if lost or not evidence else point.model_copy(update={"evidence": evidence})

    def _questions(self, questions: tuple[Question, ...]) -> Iterator[Question]:
        for q in questions:
            evidence = self.evidence(q.evidence)
            if not self._forgetting.mentions(q.text) and (evidence or not q.evidence):
                yield q.model_copy(update={"evidence": evidence})

    def summary(self, summary: Summary) -> Summary:
        sections = [
            s.model_copy(update={"points": tuple(p for x in s.points if (p := self.point(x)))})
            for s in summary.sections
        ]
        text = self._forgetting.text
        meeting = summary.meeting.model_copy(
            update={
                "title": text(summary.meeting.title),
                "organisers": tuple(text(o) for o in summary.meeting.organisers),
                "links": {text(k): v for k, v in summary.meeting.links.items()},
            }
        )
        people = [
            p.model_copy(update={"evidence": self.evidence(p.evidence)}) for p in summary.people if not self._is(p.name)
        ]
        return Summary(
            meeting=meeting,
            people=tuple(people),
            sections=tuple(self._filled(sections)),
            questions_for_editor=tuple(self._questions(summary.questions_for_editor)),
        )

    def _filled(self, sections: list[Section]) -> Iterator[Section]:
        for s in sections:
            if s.points:
                yield s.model_copy(update={"heading": self._forgetting.text(s.heading)})

    def themed(self, themed: Themed, origins: list[int]) -> Themed:
        parts = []
        for part in themed.parts:
            inside = [n for n, at in enumerate(origins) if part.first <= at <= part.last]
            if inside:
                parts.append(Part(kind=part.kind, first=inside[0], last=inside[-1]))
        themes = [
            t.model_copy(
                update={
                    "speakers": tuple(n for n in t.speakers if not self._is(n)),
                    "evidence": tuple(e for e in self.evidence(t.evidence) if isinstance(e, Spoken)),
                }
            )
            for t in themed.themes
            if not self._forgetting.mentions(t.label)
        ]
        return themed.model_copy(update={"parts": tuple(parts), "themes": tuple(t for t in themes if t.evidence)})


def _edits(ledger: list[Signed], forgetting: Forgetting, event: Event) -> Iterator[Signed]:
    """The edits without those that have anything of them in it, signatures too."""
    scrub = _Scrub(forgetting, event)
    for signed in ledger:
        data = _renumbered(signed.edit.model_dump(mode="json"), scrub)
        if data is None or _mentioned_in(data, forgetting):
            continue
        who = MASK if forgetting.mentions(signed.who) else signed.who
        yield signed.model_copy(update={"who": who, "edit": EDIT.validate_python(data)})


def _renumbered(data: Any, scrub: _Scrub) -> Any:
    """The JSON value with the roster's numbers as they are now; None when it rests on what went."""
    if isinstance(data, dict):
        if set(data) == {"event"}:
            key = scrub.key(data["event"])
            return None if key is None else {"event": key}
        made = {k: _renumbered(v, scrub) for k, v in data.items()}
        return None if any(made[k] is None and v is not None for k, v in data.items()) else made
    if isinstance(data, list):
        items = [_renumbered(v, scrub) for v in data]
        return None if any(i is None and v is not None for i, v in zip(items, data, strict=True)) else items
    return data


def _mentioned_in(data: Any, forgetting: Forgetting) -> bool:
    if isinstance(data, str):
        return forgetting.mentions(data)
    if isinstance(data, dict):
        return any(_mentioned_in(v, forgetting) for v in data.values())
    return isinstance(data, list) and any(_mentioned_in(v, forgetting) for v in data)


def _scrub_run(path: Path, forgetting: Forgetting) -> None:
    """`run.json` may repeat a name in a warning."""
    if path.is_file():
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [forgetting.text(line) if forgetting.mentions(line) else line for line in lines]
        if kept != lines:
            write_whole(path, ("\n".join(kept) + "\n").encode())
