"""The summary in up to three short paragraphs: how the meeting came about, its keynote, its panel and questions."""

from collections.abc import Sequence

from pipeline.facts.keynote import speaker as keynote_speaker
from pipeline.facts.opening import attendance, reason, theme
from pipeline.facts.panel import contributions, made_up
from pipeline.facts.questions import Asked
from pipeline.facts.view import Meeting, Statement, finished
from pipeline.language.reported import join_and
from pipeline.records import Evidence, FromEvent


def summary(meeting: Meeting, questions: Sequence[Asked], *, budget: int) -> list[Statement]:
    """The paragraphs that can be filled."""
    del budget
    made = [_held(meeting), _keynote(meeting), _discussion(meeting, questions)]
    return [m for m in made if m]


def _held(meeting: Meeting) -> Statement | None:
    texts: list[str] = []
    evidence: list[Evidence] = []
    for r in reason(meeting):
        texts.append(r.text.rstrip(".") + ".")
        evidence += r.evidence
    came = attendance(meeting)
    if came:
        texts.append(came.text)
        evidence += came.evidence
    named = theme(meeting)
    if named:
        texts.append(f"The theme was {named[0]}.")
        evidence += named[1]
    if meeting.event.organisers and not texts:
        texts.append(f"The meeting was organised by {join_and([meeting.with_article(o) for o in meeting.event.organisers])}.")
        evidence.append(FromEvent(event="organisers"))
    return Statement(" ".join(texts), tuple(evidence)) if texts else None


def _keynote(meeting: Meeting) -> Statement | None:
    who = keynote_speaker(meeting)
    if who is None:
        return None
    call = [s.evidence for s in meeting.outline.said if meeting.outline.does(s, "keynote") and s.who in meeting.outline.chairs][:1]
    post = meeting.presented(who).rstrip(",")
    return Statement(finished(f"The keynote was given by {post}."), (*meeting.person_evidence(who), *call), (who,))


def _discussion(meeting: Meeting, questions: Sequence[Asked]) -> Statement | None:
    texts: list[str] = []
    evidence: list[Evidence] = []
    names: list[str] = []
    arranged = made_up(meeting)
    if arranged:
        texts.append(arranged.text)
        evidence += arranged.evidence
    speakers = contributions(meeting)
    if speakers and not arranged:
        who = [c.who for c in speakers[:8]]
        texts.append(f"{join_and(who)} spoke.")
        evidence += [c.said[0].evidence for c in speakers[:8]]
        names += who
    if questions:
        texts.append("Questions came from the floor.")
        evidence += [q.question.evidence for q in questions[:3]]
    if not texts and meeting.themed.themes:
        top = meeting.themed.themes[:3]
        texts.append(f"The discussion turned on {join_and([t.label for t in top])}.")
        evidence += [t.evidence[0] for t in top]
    return Statement(" ".join(texts), tuple(evidence), tuple(names)) if texts else None
