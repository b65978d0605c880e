"""What a question from the floor is about: as a phrase in statement order, else in its asker's own words."""

import re
from collections.abc import Iterator

from pipeline.facts.bare import bare_tokens
from pipeline.facts.inverted import MARKS, in_statement_order
from pipeline.facts.polish import copied, figures
from pipeline.facts.quoting import LONGEST, spaced
from pipeline.facts.reading import LEAST, sound
from pipeline.facts.view import Meeting
from pipeline.facts.wording import tell
from pipeline.language.phrases import Phrase, Token, ends_asking, is_content, phrases, taken_back
from pipeline.language.reported import question_topic
from pipeline.language.said import Said, Span, misheard
from pipeline.language.wording.fluent import fluent, substance
from pipeline.language.wording.line import inflected, is_base_verb, is_noun, is_word

RELAY = re.compile(
    r"\b(?:asks?|asked|asking|writes?|wrote|wants? to know|would like to know|wonders?|wondering|wondered|says?|saying|adds(?! up\b)|continues|put(?! (?:in|on|up|out|it|a|the|this|that)\b)|"
    r"question is)\b(?: us| me| you| all of you| the panel| (?:mr|mrs|ms|dr|professor)?\.? ?(?!so\b|it\b|that\b)[a-z]+(?= (?:how|what|why|whether|if|who|when|where)\b)|"
    r" (?:mr|mrs|ms|dr|professor|miss)\.? [\w'-]+(?: [\w'-]+)?(?=,))*[,:]?\s*"
)
# A question inside a statement keeps its order whatever mark stands behind it: "he asks who is liable?"
_RELAYED = re.compile(r"\b(?:asks|wonders|wants to know|would like to know|'d like to know)\b")
_TURNED = re.compile(
    r"(?:who|what|when|where|why|how|which)(?: \w+)? (?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|might|may) "
    r"(?:you|we|they|i|he|she|it|the|an?|this|that|these|those|there|people|any\w*|some\w*)\b"
)
# A second question behind the first, or what whoever reads it out adds: "who is liable, and what about the insurance?"
_MORE = re.compile(
    r",? (?:and|but) (?:(?:what|how) about\b|(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have) [a-z]+\b|i(?:'m|'d|'ve)? |she says|he says|they say).*$|"
    r",? (?:yes or no|or what|or)$|, (?:she|he|it|they) says?\b"
)
_OWN_WORD = re.compile(r"\b(?:i|we)(?:'d|'ll| would| will| can| could| might)?(?: \w+)? says?[ ,]+$|\bsay[ ,]+$")
_OFTEN = re.compile(
    r"\b(?:keeps?|kept|always|often|everyone|everybody) (?:on )?ask\w*\b"
)  # no question of anybody's here
_INDIRECT = re.compile(r"^(?:who|what|when|where|why|how|which|whose|whether|if)\b")
CALLS = re.compile(
    r"\b(?:would you like|would you (?:try|be)|(?:would|could|can|will) you (?:please )?(?:call the (?:names|roll|vote)|read (?:it|that|them|the \w+) out|introduce yourself)|(?:do|did|d'|would) ?you (?:want|like)|can you take|could you take|want to take|can we come|shall we|over to|"
    r"any (?:other|more|further)|have you got (?:one|any|anything|another|a question|something)|are there|is there any(?:body|one)|^(?:(?:and|so|okay|right|now),? )?(?:anyone|anybody)|"
    r"(?:can|could|shall|may) we (?:now )?(?:have|hear|bring|get) (?:\w+ ?){1,3}\??$|(?:are|can) you (?:there|with us|hear)\b|(?:anyone|anybody) (?:else|want|wish|care to|got (?:a|any) (?:question|comment)|have (?:a|any) (?:question|comment))s?|who wants|who would like|can (?:i|we) (?:just |quickly )?(?:ask|come|say|add|go back)|may i|ready|"
    r"would you (?:two|both|all)|okay\?|right\?|yes\?|isn't it|is that it|should (?:i|we) do|who(?:'s| is) next|(?:do|have) we (?:have |got )?time)\b|"
    r"\bwhat(?:'s| is| has| have|'ve)\b[^.?!]{0,30}\b(?:chat|box|q&a|come in|got for us)\b|\bis there (?:one|another|something)\b"
)
_POINTS = re.compile(
    r"^(?:whether|how|why|what|when|where|who) .*\b(?:is|was), (?:is|was|are|do|does)\b|^(?:\w+ ){1,2}(?:that|this|it) (?:is|was|would be|will be) \w+(?: \w+)?$|^(?:whether|how|why|what) (?:that|this)\b"
)
# "There's one here about parking, from Ann": the topic is all that is said of the question.
ABOUT = re.compile(
    r"\b(?:one|another|question|hand)(?: one)?(?: here| now| in the (?:chat|box|q&a))*,? (?:is )?(?:about|on|concerning) "
    r"(?P<topic>[a-z][^,.?!]{3,60}?),? (?:and it(?:'s| is) |that(?:'s| is) )?from\b"
)
WHOLE = 6  # words of a question that needs no sentence before it
BRIEFLY = 16  # words of a question that may be quoted in a long discussion
SHORTEST = 4  # words of a question
BACK = 3  # sentences before a question that only points, in which what it points to is looked for


def indirect(said: Said) -> str | None:
    """The question inside "she would like to know whether ..."; None where there is none."""
    for relay in RELAY.finditer(said.plain):
        rest = said.plain[relay.end() :]
        if _OWN_WORD.search(said.plain[: relay.end()]) or _OFTEN.search(said.plain[: relay.end()]):
            continue  # "I'd only say, when it's three months, ..."
        asks = not ends_asking(said.text) or (_RELAYED.search(relay[0]) and not _TURNED.match(rest))
        if _INDIRECT.match(rest) and asks and len(rest.split()) > 4:
            return _MORE.sub("", rest.rstrip(" .?!"))
    return None


def topic_asked(question: Said, meeting: Meeting, *, own: bool) -> str | None:
    """What a question is about, as the page has it; None where nothing safe can be said of it.

    `own`: it is a chair's own, to the room, and not worth quoting.
    """
    topics = (re.sub(r'["“”]', "", t) for t in _topics(question, meeting))
    topic = next((t for t in topics if _reads_well(t, meeting)), None)
    if topic is None or topic.startswith("a question about "):
        topic = (None if own else _own_words(question, meeting)) or topic
    if topic is None:
        return None
    topic = re.sub(r", (?:he|she|it|they) (?:says?|asks?),?(?= )", "", topic)
    topic = re.sub(
        r"\b(?:them|it), ((?:the|those|these|that|this) [\w-]+(?: [\w-]+)?)$", r"\1", topic
    )  # "see them, the invoices"
    topic = re.sub(r",? if (?:they|you) (?:don't|do not|didn't) mind (?:their|them|my|me) asking\b", "", topic)
    return re.sub(r"\b(let|help|ask|tell|give|for|to|with|from|of|by|stop|allow|send) they\b", r"\1 them", topic)


def _topics(question: Said, meeting: Meeting) -> Iterator[str]:
    """The question as it was put, else what it was about."""
    for topic in (topic_of(question, meeting), _subject(question)):
        if topic and not _is_person(topic, meeting):
            yield topic


def _own_words(question: Said, meeting: Meeting) -> str | None:
    """The question as it was put, in quotation marks, with the sentence before it where it leans on that."""
    text = _asked_aloud(question)
    if text is None or CALLS.search(question.plain) or misheard(question):
        return None
    if _ASKING.match(text):
        text = re.sub(r"\.$", "?", text)  # captions end many a question with a full stop
    if meeting.long and len(text.split()) > BRIEFLY:
        return None  # in a long discussion the themes say more in less room
    before = next((s for s in meeting.outline.of_turn(question.turn) if s.index == question.index - 1), None)
    contents = sum(is_content(t) for t in question.span)
    if contents < LEAST:
        relays = before is not None and (
            RELAY.search(before.plain) or _FROM.match(before.plain) or meeting.outline.does(before, "question time")
        )
        lead = _asked_aloud(before) if before and not misheard(before) and not relays else None
        if relays and contents and len(text.split()) >= WHOLE:
            return f"“{figures(text)}”" if len(text.split()) <= LONGEST else None
        if before is None or lead is None or not any(_names(t) for t in before.span):
            return None
        text = f"{lead} {text}"
    return f"“{figures(text)}”" if SHORTEST <= len(text.split()) <= LONGEST else None


# "Next, from Jolene Fitzwater, Clay Bottoms Food Shelf."
_FROM = re.compile(
    r"^(?:(?:and|so|now|okay|right|then)[, ]+)*(?:next|another|one|this|that|here|last|also)?(?:'s| is)?,? from \w+ \w+"
)


def _names(token: Token) -> bool:
    """Whether a word names what a question may be about: "so it's two years" names nothing."""
    return is_content(token) and token.pos_ != "NUM" and token.ent_type_ not in ("DATE", "TIME", "CARDINAL")


_ASKING = re.compile(
    r"(?:(?:who|what|where|why|how|which)(?:['’]s| is| are| do| does| did| can| could| would| should| has| have)|is|are|do|does|did|can|could|will|would|should) ",
    re.IGNORECASE,
)


def _asked_aloud(said: Said) -> str | None:
    """A sentence of a question without fillers and without the words that relay it ("She's put, ..."); None where it mends itself."""
    opened = _read_out_from(said)
    start = said.span.start if opened is None else opened
    closed = next((t.i for t in said.span if t.i > start + SHORTEST and _closes(t, opened)), said.span.end)
    span = said.span.doc[start:closed]
    tokens = [t for t in bare_tokens(span, verbatim=True) if t.text not in MARKS]
    starts = [
        n + 1
        for n, t in enumerate(tokens[:12])
        if t.text in {",", ":"} and RELAY.search(" ".join(x.lower_ for x in tokens[:n]))
    ]
    tokens = tokens[starts[0] :] if starts else tokens
    while starts and tokens and tokens[0].lower_ in {"but", "and", "so"}:
        tokens = tokens[1:]
    if any(taken_back(t) for t in said.span):
        tokens = _last_clause(tokens)
    if len(tokens) < 3 or any(t.lower_ in {"sorry", "pardon"} for t in tokens):
        return None
    text = re.sub(r",? like, (?=\w)", " ", spaced(tokens))
    text = _CALLED.sub("", _STATED.sub("", text))
    turned = _TURNS_TO_ASK.match(text)
    if turned and len(text.split()) > LED:
        text = turned["asked"]
    return text[:1].upper() + text[1:]


def _closes(token: Token, opened: int | None) -> bool:
    """Whether a quotation mark ends what is read out: behind an opening one, or behind the question itself."""
    return token.text in MARKS and (opened is not None or token.nbor(-1).text == "?")


# "Next, from Ann Lee, Hill School. What does it cost?", "Bo, what does it cost?"
_STATED = re.compile(r"^[^?]*[a-z]{2}\. (?=[A-Z][^.?]{15,}\?$)")
_CALLED = re.compile(
    r"^[A-Z][a-z]+, (?=(?:what|how|who|when|where|why|which|can|could|will|would|do|does|did|is|are|have|has|should)\b)"
)
# "All this about ten years is grand, but what would help you before next winter?"
_TURNS_TO_ASK = re.compile(
    r".{20,}, (?:but|so) (?P<asked>(?:what|how|who|when|where|why|which|can|could|will|would|do|does|is|are|should)\b(?:[^,?]+ ){5}.*\?)$"
)
LED = 14  # words of a question from which on what only leads to it goes


def _read_out_from(said: Said) -> int | None:
    """Where what is read out begins: behind the quotation mark that follows "Ann Lee, of the school, asks,"; None without one."""
    tokens = list(said.span)
    at = next((n for n, t in enumerate(tokens) if t.text in MARKS), None)
    if at is None or at + SHORTEST >= len(tokens):
        return None
    leads = at == 0 or tokens[at - 1].text in {",", ":"} or RELAY.search(" ".join(t.lower_ for t in tokens[:at]))
    return tokens[at + 1].i if leads else None


def _last_clause(tokens: list[Token]) -> list[Token]:
    """What a question comes down to after it was mended: "is the dribble, sorry, the trickle, is it legal" -> "is it legal"."""
    comma = max((n for n, t in enumerate(tokens) if t.text == ","), default=None)
    rest = tokens[comma + 1 :] if comma is not None else []
    return rest if len(rest) > SHORTEST and (rest[0].pos_ == "AUX" or rest[0].tag_ in {"WP", "WRB"}) else []


def _is_person(topic: str, meeting: Meeting) -> bool:
    """Whether a question would be said to be about somebody who is there, by name or by post and body."""
    about = topic.removeprefix("a question about ").lower()
    listed = [f"{s.role or ''} {s.organisation or ''}" for s in meeting.speakers.values()]
    listed += [f"{r.role or ''} {r.organisation or ''}" for r in meeting.event.registered]
    posts = [set(post.lower().replace(",", " ").split()) for post in listed]
    long = {w for w in about.split() if len(w) > SMALL}
    posted = any(len(long & post) >= POSTED and 2 * len(long & post) >= len(long) for post in posts)
    return about != topic.lower() and (posted or any(w in meeting.name_words for w in about.split()))


SMALL = 3  # letters of a word that says nothing
POSTED = 2  # words of somebody's post or body in what a question is said to be about


_BROKEN = re.compile(
    r", and (?:it|he|she|they) \w+ |\bto \w+ (?:might|would|could|should|will|is|was)\b|\b(?:a little bit|a bit)$|\b(?:that|this|it|these|those)$| 's |, (?:is|are|was|were|do|does|did|can|what|how|or) (?:it|they|that|there|about|he|she|,)|, what,|\bstuff\b|\bthing\b|^\w+ (?:they|he|she|it) (?:want|need|have|do|are|is)(?:ed|s)?(?: to)?$|"
    r", (?:and|or|but) (?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had) (?:it|they|we|he|she|you|there|the|an?|any|th[aeio]\w+|[a-z]+s)\b|"
    r"\b(?:their|the|an?|your|my|our) (?:would|could|should|can|will|is|are|was|were|do|does|did|has|have|had|might|must)\b|"
    r"^how (?:\w+ ){1,3}(?:do|does|did) not\b|^whether (?:they|we|you|it) could not (?:say|have|just|make|put|do|use|try)\b",
    re.IGNORECASE,
)


# "whether they trust them": of what, nobody can tell.
_OF_NOTHING = re.compile(
    r"(?:whether|if|how|why|what|when|where) (?:they|to|can|do)? ?(?:\w+ ){0,3}(?:them|it|this|that)\b(?! \w+s?\b (?:is|are|was))",
    re.IGNORECASE,
)


def _reads_well(topic: str, meeting: Meeting) -> bool:
    """Whether a topic, read as "They asked ...", is whole and says something."""
    if (
        _BROKEN.search(topic)
        or _OF_NOTHING.match(topic)
        or any(w.endswith("ed") and not is_word(w) for w in re.findall(r"\b[a-z]{4,}\b", topic))
    ):
        return False  # "when their systemed last do an audit": a noun, taken for the verb
    if meeting.read is None or topic.startswith("a question about "):
        return True
    doc = meeting.read(f"They asked {topic.rstrip(' .?')}.")
    if any(t.lower_ == "have" and _bare_verb(t.nbor(1).lower_) for t in doc[:-1]):
        return False  # "how to have bring in people", as a recogniser may hear it
    return substance(doc) >= LEAST and (" to " in topic[:12] or fluent(doc))


def _bare_verb(word: str) -> bool:
    """Whether a word is a base verb that is neither a participle ("come") nor a noun ("rest")."""
    return is_base_verb(word) and not is_noun(word) and inflected(word, "VBN") != word


def topic_of(question: Said, meeting: Meeting) -> str | None:
    """The question as a phrase in statement order, or as a noun phrase; None where neither can be done safely."""
    if misheard(question):
        return None
    rest = indirect(question)
    if rest and not _DIRECT.match(rest):
        own = _cased(_third(_without_asides(rest)), question)
        own = re.sub(r"^if\b", "whether", own)
        return own if sound(own) and not copied(own, question.plain) else _subject(question)
    about = ABOUT.search(question.plain)
    if about and not ends_asking(question.text):
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
    back = 1 if question.who in meeting.outline.chairs else BACK  # a chair turns from one thing to the next
    before = [s for s in meeting.outline.of_turn(question.turn) if question.index - back <= s.index < question.index]
    return _subject(question) or next((found for s in reversed(before) if (found := _subject(s))), None)


# "I wanted to ask how can more students have a placement": put as it stands, and no phrase.
_DIRECT = re.compile(r"(?:how|why|when|where) (?:can|could|should|do|does|did|would|will|might|may|is|are) ")
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
    opened = _read_out_from(question)
    if opened is not None:
        return [opened]
    starts = [question.span.start]
    tokens = list(question.span)
    for i, t in enumerate(tokens[:12]):
        if t.text in {",", ":"} and i + 2 < len(tokens):
            starts.append(tokens[i + 2 if tokens[i + 1].text in MARKS else i + 1].i)
    called = len(tokens) > 2 and (
        tokens[1].text == "," or (len(tokens) > 3 and tokens[2].text == "," and tokens[0].pos_ == "PROPN")
    )
    if called or RELAY.search(" ".join(question.plain.split()[:6])):
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
    found = [p for p in found if not all(t.ent_type_ == "PERSON" for t in p.tokens)]
    best = max(found, key=lambda p: (len(p.content), -p.tokens[0].i), default=None)
    return f"a question about {_article(best)}{best.text}" if best else None


def _article(phrase: Phrase) -> str:
    """The article that stood before a phrase, "the" where it was somebody's own or pointed to."""
    first = phrase.tokens[0]
    before = first.nbor(-1).lower_ if first.i else ""
    if before in {"a", "an"}:
        return f"{before} "
    return "the " if before in {"the", "this", "that", "these", "those", "our", "your", "their", "my"} else ""
