"""The keynote: who gave it in what role, and what they commended, found and asked for."""

from pipeline.facts.salience import selected
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import short_name, statement
from pipeline.language.said import speaker_of


def speaker(meeting: Meeting) -> str | None:
    """Who gave the keynote: the longest voice of that part that is not a chair."""
    words: dict[str, int] = {}
    for part in meeting.outline.parts:
        if part.kind == "keynote":
            for turn in meeting.conversation.turns[part.first : part.last + 1]:
                who = speaker_of(turn)
                if who and who not in meeting.outline.chairs and turn.name:
                    words[who] = words.get(who, 0) + len(turn.words)
    return max(words, key=lambda w: words[w], default=None)


def keynote(meeting: Meeting, *, budget: int) -> list[Statement]:
    """What the keynote said, as one paragraph of the page."""
    who = speaker(meeting)
    if who is None:
        return []
    said = meeting.by(meeting.said_in("keynote"), who)
    made = statement(who, short_name(who), selected(said, meeting, budget=budget), meeting=meeting)
    return [made] if made else []
