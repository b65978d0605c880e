"""The check before anything is published: every statement must be supported by its evidence.

Takes the draft page, the conversation and the event file; gives the page with what is supported. What is not becomes
a question for the editor when it rests on something that was said, and is dropped otherwise. Cannot fail.
`check_folder` repeats the check on a meeting's folder, after edits too.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.measures.ground import ground_of
from pipeline.measures.support import backed_speakers, unsupported
from pipeline.progress import LOG
from pipeline.records import (
    Conversation,
    Draft,
    Event,
    Point,
    Question,
    Section,
    Speaker,
    Spoken,
    Summary,
)
from pipeline.stages import Work

__all__ = ["Verify", "check_folder", "unsupported"]


@dataclass(frozen=True)
class Verify:
    """Keeps what is supported, and asks the editor about the rest."""

    name: ClassVar[str] = "verify"
    version: ClassVar[int] = 8

    def settings(self) -> dict[str, object]:
        """Nothing but its input."""
        return {}

    def __call__(self, draft: Draft, conversation: Conversation, event: Event, work: Work) -> Summary:
        """The page with what is supported only."""
        sections: list[Section] = []
        questions = list(draft.questions_for_editor)
        for done, section in enumerate(draft.sections):
            kept = []
            for drafted in section.points:
                ground = ground_of(drafted.evidence, conversation, event, draft.people)
                point = drafted.model_copy(update={"speakers": backed_speakers(drafted, ground)})
                reasons = unsupported(point, conversation, event, draft.people)
                if not reasons:
                    kept.append(point)
                    continue
                LOG.info("left out: %s (%s)", point.text, " ".join(reasons), extra={"meeting": conversation.meeting})
                questions += _question(point, reasons)
            if kept:
                sections.append(section.model_copy(update={"points": tuple(kept)}))
            work.progress.advance(done + 1, len(draft.sections))
        return Summary(
            meeting=draft.meeting,
            people=draft.people,
            sections=tuple(sections),
            questions_for_editor=tuple(questions),
        )


def _question(point: Point, reasons: list[str]) -> list[Question]:
    spoken = tuple(e for e in point.evidence if isinstance(e, Spoken))
    if not spoken:
        return []
    text = f"This was left out because the recording does not bear it out: “{point.text}” {' '.join(reasons)}"
    return [Question(id=f"check-{point.id}", text=text, evidence=spoken)]


# ---- on disk -----------------------------------------------------------------------------------------------------


def check_folder(folder: Path) -> list[str]:
    """What is not supported in a meeting's folder, one line a statement; empty when all is well.

    Raises `InputError` when the folder does not hold a meeting.
    """
    summary = _summary(folder)
    conversation = _conversation(folder, summary)
    event = _event(folder)
    problems = []
    for section in summary.sections:
        for point in section.points:
            reasons = unsupported(point, conversation, event, summary.people)
            if reasons:
                problems.append(f"{section.heading}, {point.id}: {point.text} -- {' '.join(reasons)}")
    ids = [p.id for s in summary.sections for p in s.points]
    problems += [
        f"The id {i} is used for more than one statement." for i in sorted({i for i in ids if ids.count(i) > 1})
    ]
    return problems


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path} cannot be read: {error}.", do="Name a meeting folder, as `afterword run` writes it."
        ) from error


def _summary(folder: Path) -> Summary:
    data = _json(folder / "summary.json")
    try:
        return Summary.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"{folder / 'summary.json'} is not a summary: {place}: {first['msg']}.",
            do="Run `afterword run` on the recording again.",
        ) from error


def _conversation(folder: Path, summary: Summary) -> Conversation:
    data = _json(folder / "conversation.json")
    try:
        turns = [{k: v for k, v in turn.items() if k != "text"} for turn in data["turns"]]
        return Conversation.model_validate(
            {
                "meeting": summary.meeting.id,
                "language": data["language"],
                "duration": summary.meeting.duration,
                "turns": turns,
                "speakers": tuple[Speaker, ...](),
                "questions": tuple[Question, ...](),
            }
        )
    except (ValidationError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{folder / 'conversation.json'} is not a conversation.", do="Run `afterword run` on the recording again."
        ) from error


def _event(folder: Path) -> Event:
    """The event file as it was when the page was made; an empty one for a folder that does not keep it."""
    path = folder / ".afterword" / "event.json"
    if not path.is_file():
        return Event()
    data: Mapping[str, Any] = _json(path)
    try:
        return Event.model_validate(data)
    except ValidationError as error:
        raise InputError(f"{path} is not an event.", do="Run `afterword run` on the recording again.") from error
