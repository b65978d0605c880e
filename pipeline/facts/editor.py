"""What only the editor can settle about a page: two chairs, figures that were corrected, two keynote speakers."""

from pipeline.facts.corrections import corrected
from pipeline.facts.handed import handed_over
from pipeline.facts.view import Meeting
from pipeline.language.reported import join_and
from pipeline.records import Question, Spoken


def editor_questions(meeting: Meeting) -> tuple[Question, ...]:
    """The questions that the page itself raises, each with its moment."""
    return (*_two_chairs(meeting), *_two_keynotes(meeting), *corrected(meeting))


def _two_chairs(meeting: Meeting) -> list[Question]:
    handed = handed_over(meeting)
    names = [handed.before, handed.after] if handed else list(meeting.chairs)
    if len(names) < 2:
        return []
    evidence = (handed.said.evidence,) if handed else tuple(_first(meeting, n) for n in names)
    text = f"{join_and(names)} seem both to have chaired the meeting. Is that right, and who chaired which part?"
    return [Question(id="chairs", text=text, evidence=evidence)]


def _two_keynotes(meeting: Meeting) -> list[Question]:
    words: dict[str, int] = {}
    for s in meeting.said_in("keynote"):
        if s.name and s.name not in meeting.chairs:
            words[s.name] = words.get(s.name, 0) + len(s.words)
    names = [n for n, count in words.items() if count >= 60]
    if len(names) < 2:
        return []
    text = f"{join_and(names)} both spoke in the keynote. Were they joint keynote speakers?"
    return [Question(id="keynotes", text=text, evidence=tuple(_first(meeting, n) for n in names))]


def _first(meeting: Meeting, name: str) -> Spoken:
    return next(s.evidence for s in meeting.outline.said if s.name == name)
