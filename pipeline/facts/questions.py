"""Questions from the floor: who asked what (in person or through the chair), and what was answered by whom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.facts.salience import selected
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.polish import copied
from pipeline.facts.wording import Told, paragraph, short_name, sound
from pipeline.language.reported import question_topic, report
from pipeline.language.said import Said
from pipeline.records import Evidence

_RELAY = re.compile(
    r"\b(?:asks?|asked|asking|writes?|wrote|wants? to know|would like to know|wonders?|wondering|wondered|says|saying|question(?: is)?)\b"
    r"(?: us| me| you| all of you| the panel)*[,:]?\s*"
)
_INDIRECT = re.compile(r"^(?:who|what|when|where|why|how|which|whose|whether|if)\b")
_CALL = re.compile(
    r"\b(?:would you like|do you want|can you take|could you take|want to take|can we come|shall we|over to|any (?:other|more|further)|"
    r"are there|is there any(?:body|one)|anyone|anybody|who wants|who would like|can i (?:ask|come)|may i|ready|okay\?|right\?|yes\?)\b"
)


@dataclass(frozen=True)
class Asked:
    """A question from the floor and its answers."""

    question: Said
    topic: str  # the question as a phrase: "who pays when a battery wears out"
    asker: str | None
    organisation: str | None
    evidence: tuple[Evidence, ...]  # of who asked
    answers: tuple[Said, ...]


def asked(meeting: Meeting) -> list[Asked]:
    """The questions of the discussion in time order; only where somebody chairs and the floor asks."""
    turns = meeting.conversation.turns
    open_turns = [i for i in range(len(turns)) if meeting.outline.part_of_turn.get(i) == "discussion"]
    found: list[Asked] = []
    for at, turn in enumerate(open_turns):
        question = _question(meeting, turn)
        if question is None:
            continue
        topic = topic_of(question, meeting)
        if not topic:
            continue
        asker, organisation, evidence = _asker(meeting, open_turns[: at + 1], question)
        found.append(Asked(question, topic, asker, organisation, evidence, _answers(meeting, open_turns[at + 1 :], question)))
    return [a for a in found if a.answers]


def _question(meeting: Meeting, turn: int) -> Said | None:
    """The question that a turn puts: its last one that is no mere call to somebody."""
    candidates = [s for s in meeting.outline.of_turn(turn) if _is_question(s, meeting)]
    return max(candidates, key=lambda s: (len(s.words) >= 5, s.index), default=None)


def _is_question(said: Said, meeting: Meeting) -> bool:
    if meeting.outline.does(said, "aside") or len(said.words) < 4:
        return False
    if meeting.outline.does(said, "question"):
        return not _CALL.search(said.plain)
    relay = _RELAY.search(said.plain)
    return bool(relay and _INDIRECT.match(said.plain[relay.end() :])) and said.who in meeting.outline.chairs


def topic_of(question: Said, meeting: Meeting) -> str | None:
    """The question as a phrase in statement order, or None where that cannot be done safely."""
    span = question.span
    relay = _RELAY.search(question.plain)
    starts = [span.start]
    if relay and relay.end() < len(question.plain):
        rest = question.plain[relay.end() :]
        if _INDIRECT.match(rest) and not question.text.rstrip().endswith("?"):
            text = rest.rstrip(" .?!")
            return text if sound(text) and not copied(text, question.plain) else None
        words = len(question.plain[: relay.end()].split())
        starts.insert(0, next((t.i for t in span if t.idx >= question.offsets[min(words, len(question.offsets) - 1)]), span.start))
    body = meeting.body_of(question.who)
    for start in starts:
        text = question_topic(span.doc[start : span.end], body=meeting.with_article(body) if body else None)
        if text and sound(text):
            return text
    return None


def _asker(meeting: Meeting, turns: Sequence[int], question: Said) -> tuple[str | None, str | None, tuple[Evidence, ...]]:
    """Who asked: the speaker of the question, unless the chair reads it out for somebody."""
    if question.who not in meeting.outline.chairs:
        speaker = meeting.speakers.get(question.who)
        return question.name, speaker.organisation if speaker else None, (question.evidence, *(speaker.evidence if speaker else ()))
    before = [s for s in meeting.outline.of_turn(turns[-1]) if s.index <= question.index]
    spoke = set(meeting.speakers)
    found: tuple[str | None, str | None, tuple[Evidence, ...]] = (None, None, ())
    for s in before:
        if not meeting.outline.does(s, "question time", "question") and not _RELAY.search(s.plain):
            continue
        for person in meeting.named(s):
            if person.name not in spoke and not person.former:
                found = (person.name, person.organisation, (s.evidence, *person.evidence))
    return found


def _answers(meeting: Meeting, turns: Sequence[int], question: Said) -> tuple[Said, ...]:
    """What others than asker and chair said until the next question is put."""
    answers: list[Said] = []
    for turn in turns:
        said = meeting.outline.of_turn(turn)
        if not said:
            continue
        who = said[0].who
        if who == question.who or who in meeting.outline.chairs:
            if answers or _question(meeting, turn):
                break
            continue
        if _question(meeting, turn) and not answers:
            break
        answers.extend(said)
    return tuple(answers)


def areas_asked(meeting: Meeting, questions: Sequence[Asked], *, budget: int) -> list[Statement]:
    """Each question with its answer as an area covered."""
    if not questions:
        return []
    share = max(16, budget // len(questions))
    out = []
    for q in questions:
        out.append(_area(meeting, q, share))
    return [s for s in out if s]


def _area(meeting: Meeting, q: Asked, share: int) -> Statement | None:
    who = q.asker or ""
    source = f" (asked by {who}{', ' + q.organisation if q.organisation else ''})" if who else ""
    lead = q.topic[:1].upper() + q.topic[1:] + source
    told = _told(meeting, q, share - len(lead.split()))
    speakers = tuple(dict.fromkeys([*([who] if who and who in meeting.speakers else []), *(t.said.who for t in told if t.said.name)]))
    evidence = (q.question.evidence, *q.evidence, *(t.said.evidence for t in told))
    if not told:
        names = list(dict.fromkeys(a.name for a in q.answers if a.name))
        if names:
            return Statement(f"{lead}: answered by {names[0]}.", (*evidence, q.answers[0].evidence), (*speakers, names[0]))
        return Statement(f"{lead}.", evidence, speakers)
    groups: list[list[Told]] = []
    for t in told:
        if groups and groups[-1][0].said.who == t.said.who:
            groups[-1].append(t)
        else:
            groups.append([t])
    text = " ".join(paragraph(g[0].said.who, g, short=short_name(g[0].said.who)) for g in groups)
    return Statement(f"{lead}: {text}", evidence, speakers)


def _told(meeting: Meeting, q: Asked, budget: int) -> list[Told]:
    named = [a for a in q.answers if a.name]
    chosen: list[Told] = []
    for who in dict.fromkeys(a.who for a in named):
        own = [a for a in named if a.who == who]
        chosen += selected(own, meeting, budget=max(12, budget // max(1, len({a.who for a in named}))))
    return chosen


def question_reported(question: Said, meeting: Meeting) -> str | None:
    """The question as a predicate: "asked whether ..."."""
    body = meeting.body_of(question.who)
    text = report(question.span, speaker=question.who, body=body, with_subject=False)
    return text if text and sound(text) else None
