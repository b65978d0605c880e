"""The summary in up to three short paragraphs: how the meeting came about, its keynote, its panel and questions."""

import re
from collections.abc import Sequence

from pipeline.facts.keynote import speakers as keynote_speakers
from pipeline.facts.keynote import title
from pipeline.facts.opening import held
from pipeline.facts.panel import introduced, made_up, on_panel, talked
from pipeline.facts.panel import speakers as panel_speakers
from pipeline.facts.paragraphs import short_name, together
from pipeline.facts.polish import finished
from pipeline.facts.questions import Asked
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import supported
from pipeline.language.reported import join_and
from pipeline.records import Evidence, FromEvent

SPOKEN = 3  # sentences of a speaker one of which may show that they spoke
FEW = 3  # speakers whom the summary names
ALONE = 7  # words of a paragraph that does not stand by itself


def summary(meeting: Meeting, questions: Sequence[Asked]) -> list[Statement]:
    """The paragraphs that can be filled, each only as far as it is borne out."""
    opened = held(meeting) or _organised(meeting)
    made = [opened, _keynote(meeting), _discussion(meeting, questions, known=opened.text if opened else "")]
    return _gathered([m for m in made if m and supported(m, meeting)])


def _gathered(made: list[Statement]) -> list[Statement]:
    """The paragraphs, a last one of a few words joined to the one before it."""
    if len(made) < 2 or made[-1].words > ALONE:
        return made
    before, last = made[-2:]
    speakers = tuple(dict.fromkeys((*before.speakers, *last.speakers)))
    return [*made[:-2], Statement(f"{before.text} {last.text}", (*before.evidence, *last.evidence), speakers)]


def _organised(meeting: Meeting) -> Statement | None:
    if not meeting.event.organisers:
        return None
    bodies = join_and([meeting.with_article(o) for o in meeting.event.organisers])
    return Statement(f"The meeting was organised by {bodies}.", (FromEvent(event="organisers"),))


def _keynote(meeting: Meeting) -> Statement | None:
    givers = keynote_speakers(meeting)
    who = givers[0] if givers else None
    single = panel_speakers(meeting) if meeting.outline.programme else []
    if who is None and len(single) != 1:
        return None
    what = title(meeting) if who else "talk"
    name = who or single[0].name or ""
    call = [
        s.evidence
        for s in meeting.outline.said
        if meeting.outline.does(s, "keynote") and s.who in meeting.outline.chairs
    ][:1]
    spoke = [s.evidence for s in meeting.by(meeting.said_in("keynote", "talk", "panel"), name)][:SPOKEN]
    if len(givers) > 1:
        return _given_jointly(meeting, givers, call)
    text = finished(f"The {what} was given by {meeting.presented(name).rstrip(',')}.")
    known = introduced(meeting, name)
    extra = [re.sub(rf"^(?:\w+\.? )?{re.escape(name)}\b", short_name(name), k.text) for k in known]
    person = meeting.person_evidence(name)
    # The call may deny something else ("without any more of me, our keynote"), and a first sentence be a mere wish.
    rests = [(*person, *c, *s) for c in (call, []) for s in (*([e] for e in spoke), [])]
    full = Statement(" ".join([text, *extra]), (*rests[0], *(e for k in known for e in k.evidence)), (name,))
    tried = (full, *(Statement(text, r, (name,)) for r in rests if r))
    return next((made for made in tried if supported(made, meeting)), None)


def _given_jointly(meeting: Meeting, givers: Sequence[str], call: Sequence[Evidence]) -> Statement:
    """A keynote that several people gave together."""
    text = finished(
        f"The {title(meeting)} was given by {together([meeting.presented(g).rstrip(',') for g in givers])}."
    )
    own = [e for g in givers for e in meeting.person_evidence(g)]
    spoke = [meeting.by(meeting.said_in("keynote"), g)[0].evidence for g in givers]
    return Statement(text, (*own, *call, *spoke), tuple(givers))


def _discussion(meeting: Meeting, questions: Sequence[Asked], *, known: str) -> Statement | None:
    texts: list[str] = []
    evidence: list[Evidence] = []
    names: list[str] = []
    arranged = made_up(meeting, known=known) if meeting.outline.programme else None
    if arranged:
        texts.append(arranged.text)
        evidence += arranged.evidence
    speakers = panel_speakers(meeting) if meeting.outline.programme else []
    if 1 < len(speakers) <= FEW and not arranged:  # more are told of below, each with what they said
        who = [c.name for c in speakers if c.name]
        texts.append(f"Talks were given by {join_and(who)}.")
        evidence += [c.said[0].evidence for c in speakers]
        names += who
    if followed := _followed(meeting, many=len(speakers) > FEW and not arranged, before=bool(texts), asked=questions):
        texts.append(followed)
        evidence += [c.said[0].evidence for c in speakers if not names and not arranged]
        evidence += [q.question.evidence for q in questions[:3]]
    if not texts and not questions and meeting.themed.themes:
        top = meeting.themed.themes[:3]
        texts.append(f"The main subjects were: {join_and([t.label for t in top])}.")
        evidence += [t.evidence[0] for t in top]
    return Statement(" ".join(texts), tuple(evidence), tuple(names)) if texts else None


def _followed(meeting: Meeting, *, many: bool, before: bool, asked: Sequence[Asked]) -> str:
    """What came after the keynote, or after what stands `before`: a panel or talks that have not been told of, and questions."""
    floor = not {q.asker for q in asked} <= talked(meeting)
    several = "questions" if len(asked) > 1 else "a question"
    put = f"{several} from the floor" if floor else several
    held = ("a panel" if on_panel(meeting) else "talks") if many else ""
    if not (before or many):
        return ""
    if held and not keynote_speakers(meeting):
        led = f"{held} {'were' if held == 'talks' else 'was'} followed by {put}." if asked else ""
    else:
        led = f"{' and '.join(filter(None, (held, put if asked else '')))} followed." if held or asked else ""
    return f"{led[:1].upper()}{led[1:]}"
