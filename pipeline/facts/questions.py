"""Questions from the floor: who asked what (in person or through the chair), and what was answered by whom."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.facts.handed import handed_over
from pipeline.facts.inverted import in_statement_order
from pipeline.facts.polish import copied, figures
from pipeline.facts.quoting import LONGEST, spaced
from pipeline.facts.retell import bare_tokens
from pipeline.facts.salience import selected
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import LEAST, Told, by_speaker, sound, supported, tell
from pipeline.language.phrases import is_content, phrases
from pipeline.language.reported import question_topic
from pipeline.language.said import Said, Span, misheard
from pipeline.language.wording.fluent import fluent, substance
from pipeline.records import Evidence

_RELAY = re.compile(
    r"\b(?:asks?|asked|asking|writes?|wrote|wants? to know|would like to know|wonders?|wondering|wondered|says|saying|put|"
    r"question is)\b(?: us| me| you| all of you| the panel| (?:mr|mrs|ms|dr|professor)?\.? ?[a-z]+(?= (?:how|what|why|whether|if|who|when|where)\b))*[,:]?\s*"
)
_INDIRECT = re.compile(r"^(?:who|what|when|where|why|how|which|whose|whether|if)\b")
_CALL = re.compile(
    r"\b(?:would you like|would you (?:try|be)|(?:do|did|d'|would) ?you (?:want|like)|can you take|could you take|want to take|can we come|shall we|over to|"
    r"any (?:other|more|further)|are there|is there any(?:body|one)|anyone|anybody|who wants|who would like|can i (?:ask|come)|may i|ready|"
    r"okay\?|right\?|yes\?|isn't it|is that it|should (?:i|we) do)\b"
)
_POINTS = re.compile(
    r"^(?:whether|how|why|what|when|where|who) .*\b(?:is|was), (?:is|was|are|do|does)\b|^(?:\w+ ){1,2}(?:that|this|it) (?:is|was|would be|will be) \w+(?: \w+)?$|^(?:whether|how|why|what) (?:that|this)\b"
)
_FOR = re.compile(
    r"\b(?:from|with|asks|writes|typed|sent in|has put|who(?:'s| is)|hands?|next|name|yes|come in|over to)\b"
)
# "There's one here about parking, from Ann": the topic is all that is said of the question.
_ABOUT = re.compile(
    r"\b(?:one|another|question|hand)(?: one)?(?: here| now| in the (?:chat|box|q&a))*,? (?:is )?(?:about|on|concerning) "
    r"(?P<topic>[a-z][^,.?!]{3,60}?),? (?:and it(?:'s| is) |that(?:'s| is) )?from\b"
)
# "It says, are bonfires still allowed": a question that is read out, whatever mark stands behind it.
_READ_OUT = re.compile(
    r"\b(?:says|asks|asking|writes|put|typed|reads),? (?:is|are|was|were|do|does|did|can|could|should|will|would|has|have) (?:the|a|an|my|our|your|it|there|this|that|we|i|you|they|\w+s)\b"
)
_CALLED_ON = re.compile(
    r"\bhands?\b|\bfrom\b|^(?:yes|and|so|ok|okay|next|right|then)?,? ?[a-z' -]{2,30}[.,]$|\b(?:question|go ahead|over to|come in|floor)\b"
)


BRIEFLY = 40  # words of a question and its answer in a long discussion
CALL = 8  # words in which somebody is called on
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


def asked(meeting: Meeting) -> list[Asked]:
    """The questions of the discussion in time order; only where somebody chairs and the floor asks."""
    turns = [i for i in range(len(meeting.conversation.turns)) if meeting.outline.part_of_turn.get(i) == "discussion"]
    found: list[Asked] = []
    for at, turn in enumerate(turns):
        question = _question(meeting, turn)
        if question is None:
            continue
        asker, organisation, evidence = _asker(meeting, turns[: at + 1], question)
        read_out = question.who in _chairs(meeting) and asker not in (None, question.who)
        answers = _answers(meeting, turns[at + 1 :], question, read_out=read_out)
        if not answers:
            continue
        if not meeting.outline.programme and not _from_floor(meeting, question, asker):
            continue
        topic = next((t for t in _topics(question, meeting) if _reads_well(t, meeting)), None)
        if topic is None or topic.startswith("a question about "):
            topic = _own_words(question, meeting, asker) or topic
        if topic:
            topic = re.sub(
                r"\b(let|help|ask|tell|give|for|to|with|from|of|by|stop|allow|send) they\b", r"\1 them", topic
            )
            found.append(Asked(question, topic, asker, organisation, evidence, answers))
    return found


def _chairs(meeting: Meeting) -> tuple[str, ...]:
    """Everybody who chaired, one after another too."""
    handed = handed_over(meeting)
    return tuple(dict.fromkeys((*meeting.outline.chairs, *((handed.before, handed.after) if handed else ()))))


def _from_floor(meeting: Meeting, question: Said, asker: str | None) -> bool:
    """In a meeting that is all discussion: whether the chair reads a question out, or calls on who puts it."""
    if question.who in _chairs(meeting):
        return asker is not None and asker not in _chairs(meeting)
    before = next(
        (t for t in range(question.turn - 1, max(-1, question.turn - 3), -1) if meeting.outline.of_turn(t)), None
    )
    said = meeting.outline.of_turn(before) if before is not None else ()
    call = said[-2:] if said and said[0].who in _chairs(meeting) else ()
    first = question.who.split()[0].lower() if question.who else "?"
    return any(first in s.plain and _CALLED_ON.search(s.plain) for s in call)


def puts_question(said: Said, meeting: Meeting) -> bool:
    """Whether a sentence puts a question, directly or as "I wanted to ask how ..."."""
    return _is_question(said, meeting)


def _question(meeting: Meeting, turn: int) -> Said | None:
    """The question that a turn puts: its last one that is no mere call to somebody."""
    candidates = [s for s in meeting.outline.of_turn(turn) if _is_question(s, meeting)]
    return max(candidates, key=lambda s: (len(s.words) >= 5, s.index), default=None)


def _is_question(said: Said, meeting: Meeting) -> bool:
    if meeting.outline.does(said, "aside") or len(said.words) < 4 or _CALL.search(said.plain):
        return False
    about = said.who in _chairs(meeting) and _ABOUT.search(said.plain) is not None
    return (
        meeting.outline.does(said, "question")
        or _indirect(said) is not None
        or about
        or bool(_READ_OUT.search(said.plain))
    )


def _indirect(said: Said) -> str | None:
    """The question inside "she would like to know whether ..."; None where there is none."""
    for relay in _RELAY.finditer(said.plain):
        rest = said.plain[relay.end() :]
        if _INDIRECT.match(rest) and not said.text.rstrip().endswith("?") and len(rest.split()) > 4:
            return rest.rstrip(" .?!")
    return None


def _topics(question: Said, meeting: Meeting) -> Iterator[str]:
    """The question as it was put, else what it was about."""
    for topic in (topic_of(question, meeting), _subject(question)):
        if topic and not _is_person(topic, meeting):
            yield topic


def _own_words(question: Said, meeting: Meeting, asker: str | None) -> str | None:
    """The question as it was put, in quotation marks, with the sentence before it where it leans on that."""
    text = _asked_aloud(question)
    if text is None or _CALL.search(question.plain) or misheard(question):
        return None
    if asker is None or asker in _chairs(meeting) or meeting.long:
        return None  # a chair's own words to the room; in a long discussion the themes say more in less room
    before = next((s for s in meeting.outline.of_turn(question.turn) if s.index == question.index - 1), None)
    if sum(is_content(t) for t in question.span) < LEAST:
        lead = _asked_aloud(before) if before and not misheard(before) else None
        if before is None or lead is None or not any(is_content(t) for t in before.span):
            return None
        text = f"{lead} {text}"
    return f"“{figures(text)}”" if len(text.split()) <= LONGEST else None


def _asked_aloud(said: Said) -> str | None:
    """A sentence of a question without fillers and without the words that relay it ("She's put, ..."); None where it mends itself."""
    tokens = bare_tokens(said.span, verbatim=True)
    starts = [
        n + 1
        for n, t in enumerate(tokens[:6])
        if t.text in {",", ":"} and _RELAY.search(" ".join(x.lower_ for x in tokens[:n]))
    ]
    tokens = tokens[starts[-1] :] if starts else tokens
    if len(tokens) < 3 or any(t.lower_ in {"sorry", "pardon"} for t in tokens):
        return None
    text = spaced(tokens)
    return text[:1].upper() + text[1:]


def _is_person(topic: str, meeting: Meeting) -> bool:
    """Whether a question would be said to be about somebody who is there."""
    about = topic.removeprefix("a question about ").lower()
    words = {
        w for name in (*meeting.speakers, *(r.name for r in meeting.event.registered)) for w in name.lower().split()
    }
    return about != topic.lower() and any(w in words for w in about.split())


_BROKEN = re.compile(
    r" 's |, (?:is|are|was|were|do|does|did|can|what|how|or) (?:it|they|that|there|about|he|she|,)|, what,|\bstuff\b|\bthing\b|^\w+ (?:they|he|she|it) (?:want|need|have|do|are|is)(?:ed|s)?(?: to)?$",
    re.IGNORECASE,
)


def _reads_well(topic: str, meeting: Meeting) -> bool:
    """Whether a topic, read as "They asked ...", is whole and says something."""
    if _BROKEN.search(topic):
        return False
    if meeting.read is None or topic.startswith("a question about "):
        return True
    doc = meeting.read(f"They asked {topic.rstrip(' .?')}.")
    return substance(doc) >= LEAST and (" to " in topic[:12] or fluent(doc))


def topic_of(question: Said, meeting: Meeting) -> str | None:
    """The question as a phrase in statement order, or as a noun phrase; None where neither can be done safely."""
    if misheard(question):
        return None
    rest = _indirect(question)
    if rest:
        own = _cased(_third(_without_asides(rest)), question)
        own = re.sub(r"^if\b", "whether", own)
        return own if sound(own) and not copied(own, question.plain) else _subject(question)
    about = _ABOUT.search(question.plain)
    if about and not question.text.rstrip().endswith("?"):
        return f"a question about {_cased(_third(about['topic']), question)}"
    for start in _starts(question):
        span = question.span.doc[start : question.span.end]
        turned = _turned(span)
        if turned and sound(turned) and not copied(turned, question.plain):
            return turned
        for text in (in_statement_order(span), question_topic(span, body=None)):
            if text and sound(text) and not copied(text, question.plain) and not _POINTS.search(text):
                return _with_condition(text, question)
    reported = tell(question, meeting)
    if (
        reported
        and re.match(r"asked (?:who|what|when|where|why|how|which|whose|whether)\b", reported.predicate)
        and not _POINTS.search(reported.predicate[6:])
    ):
        return reported.predicate.removeprefix("asked ")
    before = meeting.outline.said[question.index - 1] if question.index else question
    return _subject(question) or (_subject(before) if before.turn == question.turn else None)


_MODALS = frozenset("should can could would must might will".split())


def _turned(span: Span) -> str | None:
    """ "How should an owner set priorities ..." where the parse takes the verb for a noun: "how an owner should set ..."."""
    tokens = [t for t in span if not t.is_space]
    if len(tokens) < 6 or tokens[0].tag_ not in {"WRB", "WP"} or tokens[1].lower_ not in _MODALS:
        return None
    if tokens[2].tag_ != "DT" or tokens[3].dep_ != "compound" or any(t.tag_ == "VB" for t in tokens[2:9]):
        return None
    rest = "".join(t.text_with_ws for t in tokens[4:]).strip(" ?.").removesuffix(" at all")
    if re.search(r"\b(?:i|you|we|my|your|our)\b", rest.lower()):
        return None
    return f"{tokens[0].lower_} {tokens[2].lower_} {tokens[3].text} {tokens[1].lower_} {rest}"


def _with_condition(text: str, question: Said) -> str:
    """ "When you tip rock around a pier, do we not ...?": the condition that leads the question goes behind it."""
    found = re.match(r"(?:(?:and|so|but)[, ]+)?((?:when|if) [a-z' ]{8,60}), ", question.plain)
    if not found or found[1].split()[1] in text.split()[:1] or "," in text or found[1][:12] in text:
        return text
    full = _cased(f"{text} {_third(found[1])}", question)
    return full if sound(full) and not copied(full, question.plain) else text


def _starts(question: Said) -> list[int]:
    """Where the question itself may begin: after "Omar asks,", after a name that is called, at its first word."""
    starts = [question.span.start]
    tokens = list(question.span)
    for i, t in enumerate(tokens[:12]):
        if t.text in {",", ":"} and i + 2 < len(tokens):
            starts.append(tokens[i + 1].i)
    called = len(tokens) > 2 and (
        tokens[1].text == "," or (len(tokens) > 3 and tokens[2].text == "," and tokens[0].pos_ == "PROPN")
    )
    if called or _RELAY.search(" ".join(question.plain.split()[:6])):
        return [*starts[1:], starts[0]]
    return starts


def _without_asides(text: str) -> str:
    text = re.sub(r",? (?:because|since)\b.*$", "", text)
    return re.sub(r",? (?:um|uh|er|you know|actually)\b,?", "", text)


def _third(text: str) -> str:
    swaps = {
        "you": "they",
        "your": "their",
        "i": "they",
        "my": "their",
        "we": "they",
        "our": "their",
        "us": "them",
        "me": "them",
    }
    text = re.sub(r"\b(let|help|ask|tell|give|for|to|with|from|of|by|stop|allow|send) you\b", r"\1 them", text)
    return re.sub(r"\b(?:you|your|i|my|we|our|us|me)\b", lambda m: swaps[m[0]], text)


def _cased(text: str, question: Said) -> str:
    """Names with their capitals again."""
    for t in question.span:
        if t.pos_ == "PROPN" and t.text[:1].isupper():
            text = re.sub(rf"\b{re.escape(t.lower_)}\b", t.text, text)
    return text


def _subject(question: Said) -> str | None:
    found = [p for p in phrases(question.span) if len(p.content) > 1]
    best = max(found, key=lambda p: (len(p.content), -p.tokens[0].i), default=None)
    return f"a question about {best.text}" if best else None


def _asker(
    meeting: Meeting, turns: Sequence[int], question: Said
) -> tuple[str | None, str | None, tuple[Evidence, ...]]:
    """Who asked: the speaker of the question, unless it is read out for somebody who is named before it."""
    chair = question.who in _chairs(meeting)
    before = [s for s in meeting.outline.of_turn(turns[-1]) if s.index <= question.index]
    found: tuple[str | None, str | None, tuple[Evidence, ...]] = (None, None, ())
    for s in before:
        if not _FOR.search(s.plain) and not _RELAY.search(s.plain) and not meeting.outline.does(s, "question time"):
            continue
        for person in meeting.named(s):
            if person.name not in meeting.speakers and not person.former:
                body = re.sub(r"^of ", "", person.organisation or "") or None
                found = (person.name, body, (s.evidence, *person.evidence))
    if found[0] or chair:
        return found
    speaker = meeting.speakers.get(question.who)
    return (
        question.name,
        speaker.organisation if speaker else None,
        (question.evidence, *(speaker.evidence if speaker else ())),
    )


def _answers(meeting: Meeting, turns: Sequence[int], question: Said, *, read_out: bool) -> tuple[Said, ...]:
    """What others than asker and presiding chair said until the next question is put.

    A chair who reads out somebody's question may answer it: what follows it in the same breath, if nobody else does.
    """
    presiding = _presiding(meeting, question)
    answers: list[Said] = []
    for turn in turns:
        said = meeting.outline.of_turn(turn)
        if not said:
            continue
        who = said[0].who
        if who in (question.who, presiding):
            if answers or _question(meeting, turn):
                break
            continue
        if _question(meeting, turn) and (not answers or who != answers[-1].who):
            break
        answers.extend(said)
    if sum(len(s.words) for s in answers) >= SHORT or not read_out:
        return tuple(answers)
    rest = [s for s in meeting.outline.of_turn(question.turn) if s.index > question.index]
    end = next((n for n, s in enumerate(rest) if _goes_on(s, meeting)), len(rest))
    return (*rest[:end], *answers)


def _goes_on(said: Said, meeting: Meeting) -> bool:
    """Whether a chair turns from an answer to what comes next."""
    called = len(said.words) <= CALL and _CALLED_ON.search(said.plain)
    return bool(called) or meeting.outline.does(said, "handover", "frame", "question", "question time", "announcements")


def _presiding(meeting: Meeting, question: Said) -> str | None:
    """The chair who spoke last before a question, or who puts it."""
    before = reversed(meeting.outline.said[: question.index + 1])
    return next((s.who for s in before if s.who in _chairs(meeting)), None)


def areas_asked(meeting: Meeting, questions: Sequence[Asked], *, budget: int) -> list[Statement]:
    """Each question with its answer as an area covered."""
    out: list[Statement] = []
    left = budget
    for n, q in enumerate(questions):
        share = left // (len(questions) - n)
        made = _area(meeting, q, max(16, min(share, BRIEFLY) if meeting.long else share))
        if made:
            out.append(made)
            left -= made.words
    return out


def _area(meeting: Meeting, q: Asked, share: int) -> Statement | None:
    lead = _lead(q)
    told = _told(meeting, q, share - len(lead.split()))
    speakers = [q.asker] if q.asker and q.asker in meeting.speakers else []
    evidence = [q.question.evidence, *q.evidence]
    answered = [*told]
    while True:
        text = lead + (": " + by_speaker(answered) if answered else ".")
        names = tuple(dict.fromkeys([*speakers, *(t.said.name for t in answered if t.said.name)]))
        made = Statement(text, (*evidence, *(t.said.evidence for t in answered)), names)
        if supported(made, meeting):
            return made
        if not answered:
            return None
        answered.pop()


def _lead(q: Asked) -> str:
    who = q.asker
    if not who:
        return q.topic[:1].upper() + q.topic[1:]
    of = f", of {q.organisation}," if q.organisation else ""
    if q.topic.startswith("a question about "):
        return f"{q.topic[0].upper()}{q.topic[1:]} (asked by {who}{of.rstrip(',')})"
    return f"{q.topic[0].upper()}{q.topic[1:]} (asked by {who}{', ' + q.organisation if q.organisation else ''})"


def _told(meeting: Meeting, q: Asked, budget: int) -> list[Told]:
    voices = list(dict.fromkeys(a.who for a in q.answers if a.name))
    chosen: list[Told] = []
    for who in voices[:3]:
        own = [a for a in q.answers if a.who == who]
        chosen += selected(own, meeting, budget=max(12, budget // len(voices[:3])), answers=q.answers[0])
    return chosen
