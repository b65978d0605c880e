"""The end of the page: who chaired, who was thanked for what, the recording, the mailing list, about the organisers."""

from pipeline.facts.salience import selected
from pipeline.facts.view import Meeting, Statement, finished
from pipeline.facts.wording import Told, short_name, statement, tell
from pipeline.language.reported import join_and
from pipeline.records import Evidence, FromEvent


def chairs(meeting: Meeting) -> list[Statement]:
    """Who chaired, in what roles."""
    names = list(meeting.chairs)
    if not names:
        return []
    evidence: list[Evidence] = []
    for n in names:
        evidence += meeting.person_evidence(n)
        evidence += [s.evidence for s in meeting.by(meeting.outline.said, n) if meeting.outline.does(s, "chairing", "welcome")][:1]
        if not evidence:
            evidence += [s.evidence for s in meeting.by(meeting.outline.said, n)][:1]
    return [Statement(finished(f"The meeting was chaired by {join_and([meeting.presented(n).rstrip(',') for n in names])}."), tuple(evidence), tuple(names))]


def thanks(meeting: Meeting) -> list[Statement]:
    """Whom the chair thanked at the end, and for what."""
    out: list[Statement] = []
    best: Told | None = None
    for s in meeting.outline.said[len(meeting.outline.said) // 2 :]:
        if not s.name or s.who not in meeting.outline.chairs or not meeting.outline.does(s, "thanks") or len(s.words) < 7:
            continue
        told = tell(s, meeting, verb="said")
        if told and "thank" in told.predicate and (best is None or told.words >= best.words):
            best = told
    if best:
        out.append(Statement(f"{best.said.who} {best.predicate}.", (best.said.evidence,), (best.said.who,)))
    return out


def recording(meeting: Meeting) -> list[Statement]:
    """Where the recording is: the event's link, or what was said of it."""
    link = meeting.event.links.get("recording")
    if link:
        return [Statement(f"A recording is available at {link}", (FromEvent(event="links.recording"),))]
    for s in meeting.outline.said:
        if meeting.outline.does(s, "recording") and "will" in s.plain.split() and s.name:
            told = tell(s, meeting)
            if told and "recording" in told.predicate:
                return [Statement(f"{s.who} {told.predicate}.", (s.evidence,), (s.who,))]
    return []


def mailing(meeting: Meeting) -> list[Statement]:
    """How to join the mailing list."""
    if meeting.event.mailing_list:
        return [Statement(meeting.event.mailing_list, (FromEvent(event="mailing_list"),))]
    for s in meeting.outline.said:
        if meeting.outline.does(s, "mailing") and s.name:
            told = tell(s, meeting)
            if told:
                return [Statement(f"{s.who} {told.predicate}.", (s.evidence,), (s.who,))]
    return []


def about(meeting: Meeting) -> list[Statement]:
    """The organiser's own standing text."""
    return [Statement(meeting.event.about, (FromEvent(event="about"),))] if meeting.event.about else []


def results(meeting: Meeting, *, budget: int) -> list[Statement]:
    """What a poll or vote gave."""
    out = []
    for who in dict.fromkeys(s.who for s in meeting.said_in("results") if s.name):
        said = [s for s in meeting.by(meeting.said_in("results"), who) if any(t.like_num for t in s.span) or "%" in s.text]
        told = selected(said, meeting, budget=budget)
        if told:
            made = statement(who, short_name(who), told, meeting=meeting)
            if made:
                out.append(made)
    return out
