"""Questions as areas covered: what was asked by whom, and as much of the answer as there is room for."""

import re
from collections.abc import Sequence

from pipeline.facts.paragraphs import by_speaker
from pipeline.facts.questions import LISTED, Asked, words_by
from pipeline.facts.salience import selected
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import Told, supported

BRIEFLY = 30  # words of a question and its answer in a long discussion
SPARE = 10  # words left over for which an answer is made fuller


def areas_asked(meeting: Meeting, questions: Sequence[Asked], *, budget: int) -> list[Statement]:
    """Each question with its answer as an area covered."""
    made: dict[int, Statement] = {}
    left = budget
    for n, q in enumerate(questions):
        share = left // (len(questions) - n)
        one = _area(meeting, q, max(16, min(share, BRIEFLY) if meeting.long else share))
        if one and (one.words <= left + SPARE or not made):
            made[n] = one
            left -= one.words
    for n in sorted(made, key=lambda n: made[n].words):  # the shortest first: what is left over goes to them
        if left >= SPARE and not meeting.long:
            fuller = _area(meeting, questions[n], made[n].words + left)
            left -= fuller.words - made[n].words if fuller else 0
            made[n] = fuller or made[n]
    return [made[n] for n in sorted(made)]


def _area(meeting: Meeting, q: Asked, share: int) -> Statement | None:
    lead = _lead(q, listed=_listed(q, meeting))
    left = share - len(lead.split())
    told = _told(meeting, q, left) or _told(meeting, q, ANSWERED)
    speakers = [q.asker] if q.asker and q.asker in meeting.speakers else []
    evidence = [q.question.evidence, *q.evidence]
    answered, first = [*told], next((a for a in q.answers if a.who not in meeting.outline.chairs), q.answers[0])
    while True:
        if not answered and q.asker is None and q.topic.startswith("a question about "):
            return None  # neither who asked, nor what, nor the answer
        if answered:
            text = f"{lead}: {by_speaker(answered)}"
        else:  # nothing of the answer can be told but who gave it
            text = (
                f"{lead.removesuffix(')')}; answered by {first.name})."
                if first.name and lead[-1] == ")"
                else f"{lead}."
            )
        names = tuple(dict.fromkeys([*speakers, *(t.said.name for t in answered if t.said.name)]))
        replies = [e for t in answered for e in t.evidence] or ([first.evidence] if first.name else [])
        made = Statement(text, (*evidence, *replies), names)
        if supported(made, meeting):
            return made
        if not answered:
            return None
        answered.pop()


def _listed(q: Asked, meeting: Meeting) -> bool:
    """Whether the list of people has the asker's body: they did more than ask, or so many spoke that room is short."""
    return q.asker in meeting.speakers and (meeting.crowded or words_by(q.asker, meeting) >= LISTED)


def _lead(q: Asked, *, listed: bool) -> str:
    """The topic and who asked; with the body, unless the list of people has it."""
    who = q.asker
    if not who:
        return q.topic[:1].upper() + q.topic[1:]
    body = f", {q.organisation}" if q.organisation and not listed else ""
    return f"{q.topic[0].upper()}{q.topic[1:]} (asked by {who}{body})"


def _told(meeting: Meeting, q: Asked, budget: int) -> list[Told]:
    voices = list(dict.fromkeys((a.who, 0 if a.name else a.turn) for a in q.answers))[:3]
    plainly = _plainly(q)
    chosen: list[Told] = []
    for who, turn in voices:
        own = [a for a in q.answers if a.who == who and (a.name or a.turn == turn)]
        told = selected(own, meeting, budget=max(12, budget // len(voices)), answers=q.answers[0], question=q.question)
        if plainly and plainly.said.who == who and plainly.said.index not in [t.said.index for t in told]:
            told = [plainly, *told]
        chosen += told
    return chosen


_POLAR = re.compile(
    r"(?:whether|“(?:so |and |but )?(?:is|are|was|were|am|do|does|did|can|could|will|would|should|has|have|may|might|must)(?:n't)?) ",
    re.IGNORECASE,
)
_PLAINLY = re.compile(r"(?:[\w' ]{2,18}[,.!] )?(?:and |so )?(?P<word>no|yes)(?:[,.!]|$)")
# "So, no, I don't believe she was."
_VERDICT = re.compile(
    r"(?:so|in short|in the end|(?:so )?(?:my|the) (?:short |honest |simple )?answer(?:'s| is)),? (?P<word>no|yes)[,.]"
)
ANSWERED = 24  # words that an answer may take where its share holds none: a question by itself tells little
FIRST = 2  # sentences of an answer within which it says yes or no
FLATLY = 5  # words of a sentence that says no more than yes; with more, it may only open what follows


def _plainly(q: Asked) -> Told | None:
    """The yes or no with which somebody answers a question of that kind."""
    if not _POLAR.match(q.topic):
        return None
    for a in q.answers:
        if verdict := _VERDICT.match(a.plain):
            return Told(f"said {verdict['word']}", a)
    said = {w for a in q.answers[:FIRST] for w in re.findall(r"\b(?:yes|no)\b", a.plain)}
    for a in q.answers[:FIRST] if len(said) == 1 else ():
        found = _PLAINLY.match(a.plain)
        if (
            found
            and (found["word"] == "no" or len(a.words) <= FLATLY)
            and a.who == q.answers[0].who
            and (a.name or a.turn == q.answers[0].turn)
        ):
            return Told(f"said {found['word']}", a)
    return None
