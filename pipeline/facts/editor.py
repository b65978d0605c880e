"""What only the editor can settle about a page: two chairs, figures that were corrected, two keynote speakers."""

from pipeline.facts.corrections import Correction, taken_back
from pipeline.facts.handed import handed_over
from pipeline.facts.polish import figures
from pipeline.facts.view import Meeting
from pipeline.language.reported import join_and
from pipeline.language.said import Said
from pipeline.records import Question, Spoken

MOST = 5  # questions about figures
WHOLE = 5  # words of a sentence about whose figure it is worth asking


def editor_questions(meeting: Meeting) -> tuple[Question, ...]:
    """The questions that the page itself raises, each with its moment."""
    return (*_two_chairs(meeting), *_two_keynotes(meeting), *_corrected(meeting))


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


def _corrected(meeting: Meeting) -> list[Question]:
    """A question to the editor for each figure that was taken back."""
    out: list[Question] = []
    for s in meeting.outline.said:
        found = taken_back(s)
        if found is None or found[0] == found[1] or len(s.words) < 4:
            continue
        old, new = (figures(x) if x else None for x in found)
        text = (
            f"{s.who or 'A speaker'} first said {old} and then corrected it to {new}. Is {new} right?"
            if new
            else f"{s.who or 'A speaker'} took back the figure {old}. Which figure is right? The sentence was left out."
        )
        out.append(Question(id=f"corrected-{len(out) + 1}", text=text, evidence=(s.evidence,)))
    return [*out, *_put_right(meeting, after=len(out))][:MOST]


def _put_right(meeting: Meeting, *, after: int) -> list[Question]:
    """A question for each sentence with a value that was put right in another sentence."""
    said = [s for s in meeting.outline.said if s.index in meeting.put_right and len(s.words) >= WHOLE]
    return [
        Question(id=f"corrected-{n}", text=_doubt(s, meeting.put_right[s.index]), evidence=_heard(s, meeting))
        for n, s in enumerate((s for s in said if not taken_back(s)), start=after + 1)
    ]


def _doubt(said: Said, correction: Correction) -> str:
    if not correction.swaps:
        return (
            f"A figure here was put right, and the sentence left out: “{said.text}” Does the page have the right one?"
        )
    wrong, right = (" ".join(pair[side].capitalize() for pair in correction.swaps) for side in (0, 1))
    return f"{said.who or 'A speaker'} said {wrong}, and that was put right to {right}. Is {right} right?"


def _heard(said: Said, meeting: Meeting) -> tuple[Spoken, ...]:
    by = meeting.put_right[said.index].by
    return (said.evidence, by.evidence) if by else (said.evidence,)
