"""Questions from the floor: who asked what (in person or through the chair), and what was answered by whom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.facts.asking import ABOUT, BACK, CALLS, RELAY, indirect, topic_asked
from pipeline.facts.handed import handed_over
from pipeline.facts.panel import contributions, one_voice
from pipeline.facts.salience import worth
from pipeline.facts.view import Meeting, Statement
from pipeline.language.lists import ORGANISATION_WORDS
from pipeline.language.said import Said
from pipeline.records import Evidence, Spoken

_FOR = re.compile(
    r"\b(?:from|with|asks|writes|typed|sent in|has put|who(?:'s| is)|hands?|next|name|yes|come in|over to)\b"
)
# "It says, are bonfires still allowed": a question that is read out, whatever mark stands behind it.
_READ_OUT = re.compile(
    r"\b(?:says|asks|asking|writes|put|typed|reads),? (?:but |and |so )?(?:(?:what|how|why|when|where|who|which) )?(?:is|are|was|were|do|does|did|can|could|should|will|would|has|have) (?:the|a|an|my|our|your|it|there|this|that|we|i|you|they|any\w*|\w+s)\b"
)
_FROM_CHAT = re.compile(r"\b(?:chat|inbox|q&a|no name|anonymous|signed in|e-?mail)\b")
_NAME = r"^(?:yes|and|so|ok|okay|next|right|then)?,? ?[a-z' -]{2,30}[.,]$"
_BY_NAME = re.compile(_NAME)
_CALLED_ON = re.compile(rf"\bhands?\b|\bfrom\b|{_NAME}|\b(?:question|go ahead|over to|come in|floor)\b")


ANSWERS = 0.8  # worth of a chair's sentence that answers and does not steer
REPLIES = 4  # sentences with which one panellist's question is answered by others
AMONG = 3  # questions that the speakers put to each other, from which on that is a discussion among them
CALLED = 8  # words in which somebody is called on
GOES_ON = 40  # words behind a question after which its speaker was not asking
ANSWERED = 24  # words behind a question with which whoever was asked says it over and answers it
SHORT = 6  # words: less is a nod to the chair's own answer


@dataclass(frozen=True)
class Asked:
    """A question from the floor and its answers."""

    question: Said
    topic: str  # the question as a phrase: "who pays when a battery wears out"
    asker: str | None
    organisation: str | None
    evidence: tuple[Evidence, ...]  # of who asked
    answers: tuple[Said, ...]


def asked(meeting: Meeting, voted: Sequence[Statement] = ()) -> list[Asked]:
    """The questions of the discussion in time order, without those of polls (`voted`); only where somebody chairs and the floor asks."""
    turns = [i for i in range(len(meeting.conversation.turns)) if meeting.outline.part_of_turn.get(i) == "discussion"]
    chairs = _chairs(meeting)
    found: list[Asked] = []
    talked = {c.name for c in contributions(meeting)}
    panellists = talked if meeting.outline.round_table else set()
    called: set[int] = set()  # questions that a chair reads out or calls on somebody to put
    held = [_span(p) for p in voted]
    for at, turn in enumerate(turns):
        question = _question(meeting, turn)
        if question is None or any(begin <= question.start <= end for begin, end in held):
            continue  # what a poll asks is told with its result
        asker, organisation, evidence = _asker(meeting, turns[: at + 1], question, chairs)
        presiding = _presiding(meeting, question, chairs)
        read_out = question.who in chairs and asker not in (None, question.who)
        answers = (
            *_answered_by_chair(meeting, question, presiding),
            *_answers(meeting, turns[at + 1 :], question, presiding, read_out=read_out),
        )
        thrown_in = meeting.outline.round_table and asker in panellists and len(answers) < REPLIES
        if not answers or thrown_in or _between_chairs(question, asker, answers, chairs):
            continue  # what panellists throw in is no question of the floor
        if _from_floor(meeting, question, asker, chairs):
            called.add(question.index)
        elif not meeting.outline.programme:
            continue
        own = question.who in chairs and asker in (None, *chairs) and not _passed_on(question, meeting)
        if own and found and found[-1].asker and found[-1].asker == _pressed(question, presiding, meeting):
            found[-1] = replace(found[-1], answers=(*found[-1].answers, *answers))  # "So, yes or no?"
            continue
        topic = topic_asked(question, meeting, own=own)
        if topic:
            if topic.startswith(("“", "a question about ")):  # the sentences before it may say what it is about
                evidence = (*evidence, *(s.evidence for s in _just_before(question, meeting)))
            found.append(Asked(question, topic, asker, organisation, evidence, answers))
    inner = sum(q.asker in talked for q in found)
    if meeting.outline.programme and inner >= max(AMONG, sum(q.asker not in (None, *talked, *chairs) for q in found)):
        found = [q for q in found if q.question.index in called and q.asker not in talked]
    return _without_readers(found)


def _between_chairs(question: Said, asker: str | None, answers: Sequence[Said], chairs: Sequence[str]) -> bool:
    """Whether one chair asks the other by name: "Ann, are you reading the next one, or am I?" """
    others = {a.who for a in answers} - {question.who}
    called = any(re.search(rf"\b{re.escape(who.split()[0].lower())}\b", question.plain) for who in others if who)
    return (
        question.who in chairs and asker in (None, question.who) and bool(others) and others <= set(chairs) and called
    )


def _without_readers(found: Sequence[Asked]) -> list[Asked]:
    """Who reads out other people's questions has not asked the one that came without a name."""
    readers = {q.question.who for q in found if q.asker and q.asker != q.question.who}
    return [
        replace(q, asker=None, organisation=None, evidence=(q.question.evidence,))
        if q.asker == q.question.who and q.asker in readers and not _OWN.search(q.question.plain)
        else q
        for q in found
    ]


def _just_before(question: Said, meeting: Meeting) -> list[Said]:
    return [s for s in meeting.outline.of_turn(question.turn) if question.index - BACK <= s.index < question.index]


def _pressed(question: Said, presiding: str | None, meeting: Meeting) -> str | None:
    """Who spoke right before a chair presses for an answer to what they asked, and otherwise says little."""
    before = meeting.outline.of_turn(question.turn - 1)
    if not before or question.who != presiding or before[0].who in {c.name for c in contributions(meeting)}:
        return None
    return before[0].who if words_by(before[0].who, meeting) < LISTED else None


def _span(made: Statement) -> tuple[float, float]:
    spoken = [e for e in made.evidence if isinstance(e, Spoken)]
    return min((e.start for e in spoken), default=0.0), max((e.end for e in spoken), default=0.0)


def _passed_on(question: Said, meeting: Meeting) -> bool:
    """Whether a chair puts somebody else's question, whoever that is ("chat again, no name")."""
    said = [s for s in meeting.outline.of_turn(question.turn) if s.index <= question.index]
    return any(
        meeting.outline.does(s, "question time") or RELAY.search(s.plain) or _FROM_CHAT.search(s.plain) for s in said
    )


def _chairs(meeting: Meeting) -> tuple[str, ...]:
    """Everybody who chaired, one after another too."""
    handed = handed_over(meeting)
    return tuple(dict.fromkeys((*meeting.outline.chairs, *((handed.before, handed.after) if handed else ()))))


def _from_floor(meeting: Meeting, question: Said, asker: str | None, chairs: Sequence[str]) -> bool:
    """In a meeting that is all discussion: whether the chair reads a question out, or calls on who puts it."""
    if asker and asker not in (question.who, *chairs):
        return True  # read out for somebody
    if question.who in chairs:
        return False
    before = next(
        (t for t in range(question.turn - 1, max(-1, question.turn - 3), -1) if meeting.outline.of_turn(t)), None
    )
    said = meeting.outline.of_turn(before) if before is not None else ()
    call = said[-2:] if said and said[0].who in chairs else ()
    first = question.who.split()[0].lower() if question.who else "?"
    return any(first in s.plain and _CALLED_ON.search(s.plain) for s in call)


def puts_question(said: Said, meeting: Meeting) -> bool:
    """Whether a sentence puts a question, directly or as "I wanted to ask how ..."."""
    return _is_question(said, meeting)


def _question(meeting: Meeting, turn: int) -> Said | None:
    """The question that a turn puts: its last one that is no mere call to somebody."""
    said = meeting.outline.of_turn(turn)
    candidates = [s for s in said if _is_question(s, meeting) and not _rhetorical(s, meeting)]
    return max(candidates, key=lambda s: (len(s.words) >= 5, s.index), default=None)


def _rest(question: Said, meeting: Meeting) -> int:
    """How many words its speaker says in the same turn behind a question."""
    return sum(len(s.words) for s in meeting.outline.of_turn(question.turn) if s.index > question.index)


def _rhetorical(question: Said, meeting: Meeting) -> bool:
    """Whether a speaker asks only to answer it: "What went wrong? The first year we made them too long. ..."."""
    talked = any(c.name == question.name for c in contributions(meeting)) if question.name else False
    return question.who not in meeting.outline.chairs and _rest(question, meeting) > (ANSWERED if talked else GOES_ON)


def _is_question(said: Said, meeting: Meeting) -> bool:
    least = 4 if said.who in meeting.outline.chairs else 2
    if meeting.outline.does(said, "aside") or len(said.words) < least or CALLS.search(said.plain):
        return False
    about = said.who in meeting.outline.chairs and ABOUT.search(said.plain) is not None
    return (
        meeting.outline.does(said, "question")
        or indirect(said) is not None
        or about
        or bool(_READ_OUT.search(said.plain))
    )


def _asker(
    meeting: Meeting, turns: Sequence[int], question: Said, chairs: Sequence[str]
) -> tuple[str | None, str | None, tuple[Evidence, ...]]:
    """Who asked: the speaker of the question, unless it is read out for somebody who is named before it."""
    chair = question.who in chairs
    before = [s for s in meeting.outline.of_turn(turns[-1]) if s.index <= question.index]
    found: tuple[str | None, str | None, tuple[Evidence, ...]] = (None, None, ())
    if any(_NAMELESS.search(s.plain) for s in before):
        return found
    for s in before:
        presents = _presents(s)
        relayed = RELAY.search(s.plain) or meeting.outline.does(s, "question time")
        # Who is no chair asks for themselves, whomever they name, unless they read out.
        reads = chair or not question.name or _FROM_CHAT.search(s.plain) or _READS.search(s.plain) or _relays(question)
        if not (presents or relayed or _FOR.search(s.plain)):
            continue
        asking = [
            p
            for p in meeting.named(s)
            if p.name not in meeting.speakers
            and not p.former
            and not _addressed(s, p.start)
            and not _is_body(p.name)
            and not _is_firm(p.name, meeting)
            and (reads or _heads(s, p.start))
            and (s is not question or presents or _leads(s, p.start))
        ]
        if asking:
            body = re.sub(r"^of ", "", asking[0].organisation or "") or None
            found = (asking[0].name, body, (s.evidence, *asking[0].evidence))
    if found[0] or chair or _relays(question):
        return found
    speaker = meeting.speakers.get(question.who)
    return (
        question.name,
        speaker.organisation if speaker else None,
        (question.evidence, *(speaker.evidence if speaker else ())),
    )


_NAMELESS = re.compile(
    r"\b(?:no|without a|(?:not|n't) (?:got |have |left |leave )?a|didn't (?:leave|give) (?:a|their)) name\b|\banonymous(?:ly)?\b|\basked (?:me|us) not to (?:say|give|read)\b"
)
# "So this is from Ann Lee at the school."
_READS = re.compile(
    r"\b(?:typed|written in|e-?mailed)\b|\b(?:this|that|it|one|here|another|next)(?:'s| is)?(?: one)?(?: is)? from\b"
)
FIRST = 4  # words of a sentence within which whose question it is stands
LEADS = 6  # words of a question within which who asks it is named


def _presents(said: Said) -> bool:
    """ "Ann Lee, Sun Valley Schools.": a name and a body alone, before what that person asks."""
    return len(said.words) <= CALLED + 2 and not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in said.span)


def _heads(said: Said, start: int) -> bool:
    """Whether a sentence begins with somebody, or says from whom something is: "Ann Lee, from the school, says ...", "one from Ann Lee"."""
    before = said.span.doc[start - 1].lower_ if start > said.span.start else ""
    return before == "from" or start - said.span.start < FIRST


def _leads(said: Said, start: int) -> bool:
    """Whether somebody named in a question puts it: named as it begins, or behind "from"; not "a group chaired by Ann Lee"."""
    before = said.span.doc[start - 1].lower_ if start > said.span.start else ""
    return before == "from" or (start - said.span.start < LEADS and before != "by")


def _is_firm(name: str, meeting: Meeting) -> bool:
    """Whether what somebody is called is a body on the list of those registered."""
    return any(r.organisation and r.organisation.lower() == name.lower() for r in meeting.event.registered)


def _relays(question: Said) -> bool:
    """Whether a question is read out: "it says, how did you get ...", "she's asking what ..."."""
    return bool(_READ_OUT.search(question.plain)) or (
        indirect(question) is not None and not _OWN.search(question.plain)
    )


_OWN = re.compile(r"\bi(?:'m| am|'d| would| was| want| wanted)?\b")


def _is_body(name: str) -> bool:
    """Whether what looks like a name is a place or a body ("Harlan Township")."""
    return any(w in ORGANISATION_WORDS or w in _PLACES for w in name.lower().split())


_PLACES = frozenset("township county village city town district".split())


def _addressed(said: Said, start: int) -> bool:
    """Whether somebody named is whom the question is for: "I wanted to ask Mr Prosser ..."."""
    before = [t.lower_ for t in said.span.doc[max(said.span.start, start - 2) : start]]
    return bool({"ask", "asked", "asking", "for", "to"} & set(before))


def _answers(
    meeting: Meeting, turns: Sequence[int], question: Said, presiding: str | None, *, read_out: bool
) -> tuple[Said, ...]:
    """What others than asker and presiding chair said until the next question is put.

    A chair who reads out somebody's question may answer it: what follows it in the same breath, if nobody else does.
    """
    answers: list[Said] = []
    pressed = _pressed(question, presiding, meeting)
    for turn in turns:
        said = meeting.outline.of_turn(turn)
        if not said:
            continue
        who = said[0].who
        if who in (question.who, presiding, pressed):
            if answers or _question(meeting, turn):
                break
            continue
        asks = _question(meeting, turn)
        if asks and (not answers or who != answers[-1].who) and _rest(asks, meeting) < ANSWERED:
            break
        if not who:  # nobody knows who: only what comes at once is sure to answer
            return tuple(answers or one_voice(said, meeting))
        reads = who in meeting.outline.chairs  # a second chair may read out what comes next
        ends = (n for n, s in enumerate(said) if reads and meeting.outline.does(s, "question time"))
        answers.extend(said[: next(ends, len(said))])
    if sum(len(s.words) for s in answers) >= SHORT or not read_out:
        return tuple(answers)
    rest = [s for s in meeting.outline.of_turn(question.turn) if s.index > question.index]
    return (*_until_it_goes_on(rest, meeting), *answers)


def _until_it_goes_on(rest: list[Said], meeting: Meeting) -> list[Said]:
    if rest and len(rest[0].words) <= CALLED and (_goes_on(rest[0], meeting) or meeting.outline.does(rest[0], "aside")):
        rest = rest[1:]  # "I'll take that one"
    return rest[: next((n for n, s in enumerate(rest) if _goes_on(s, meeting)), len(rest))]


def _answered_by_chair(meeting: Meeting, question: Said, presiding: str | None) -> tuple[Said, ...]:
    """What the presiding chair answers somebody on the floor, where nobody else is called on to."""
    turn = meeting.outline.of_turn(question.turn + 1)
    if question.who == presiding or not turn or turn[0].who != presiding:
        return ()
    said = _until_it_goes_on(list(turn), meeting)
    calls = len(said) < len(turn) and turn[len(said)].index == turn[-1].index
    told = sum(worth(s, meeting) > ANSWERS for s in said)
    return tuple(said) if told and not calls else ()


def _goes_on(said: Said, meeting: Meeting) -> bool:
    """Whether a chair turns from an answer to what comes next."""
    says = any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in said.span) and not meeting.outline.does(said, "handover")
    if _ADDRESSES.match(said.text) and meeting.named(said):
        return True
    called = len(said.words) <= CALLED and _CALLED_ON.search(said.plain) and not (says and _BY_NAME.search(said.plain))
    return bool(called) or meeting.outline.does(said, "handover", "frame", "question", "question time", "announcements")


# "Helen Schroeder, you've been very patient."
_ADDRESSES = re.compile(r"(?:\w+, )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+, (?:you|your|are you|do you|can you)\b")


def _presiding(meeting: Meeting, question: Said, chairs: Sequence[str]) -> str | None:
    """The chair who spoke last before a question, or who puts it."""
    before = reversed(meeting.outline.said[: question.index + 1])
    return next((s.who for s in before if s.who in chairs), None)


def words_by(name: str | None, meeting: Meeting) -> int:
    """How many words somebody said in the whole meeting."""
    return sum(len(s.words) for s in meeting.outline.said if s.who == name)


LISTED = 120  # words of somebody who does more than ask
