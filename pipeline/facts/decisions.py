"""Decisions, votes, deferrals and undertakings of a meeting that decides things: typed, in their order, modality kept.

A proposal is told as a proposal; only what somebody then says of it ("carried", "deferred") makes it more than that.
"""

import re
from collections.abc import Sequence

from pipeline.facts.bare import bare_tokens
from pipeline.facts.paragraphs import short_name
from pipeline.facts.polish import capitals, figures
from pipeline.facts.reading import sound
from pipeline.facts.retell import third_person
from pipeline.facts.salience import told_or_quoted
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.votes import BALLOT, POLLS, REACH, Decided, ballot
from pipeline.facts.wording import quote, supported, tell
from pipeline.language.phrases import Token, disfluent, ends_asking
from pipeline.language.said import Said
from pipeline.language.wording.line import verb_lemma
from pipeline.language.wording.words import DAYS, MONTHS
from pipeline.records import Evidence

SHORT = 6  # words
PROMISED = 4  # sentences in which whoever is asked to do something says by when
OUTCOME = 20  # sentences in which a proposal finds its outcome; names may be called before it
_PROPOSES = re.compile(
    r"\b(?:i|we)(?:'d| would| will|'ll| do| can| also)* (?:(?:also|formally|like to) )*(?P<verb>propose|move(?! (?:that )?(?:on|to|into|forwards?|along|over|back|straight|now|away|up|off|past|ahead|from|towards?|around|beyond|us|things|swiftly|quickly)\b)(?! (?:our|the|it|this)\b)|(?:suggest|recommend)(?! (?:that|it|this) to\b))(?: that)? (?=\w)"
)
_SECONDS = re.compile(r"\b(?:i'll|i'd|i would|i will|i|happy to) second (?:that|it|the)\b|^seconded\b")
_UNSECONDED = re.compile(r"\b(?:no seconder|don't see (?:one|a seconder)|not seconded|falls for (?:want|lack))\b")
_ASKS_SECONDER = re.compile(r"\bis there a seconder\b|\bwho(?:'ll| will) second\b|\bdo (?:i|we) have a seconder\b")
_CARRIED = re.compile(
    r"^(?:(?:so|and|right|okay|good|then),? )*(?:(?:that's|that is|it's|it is|the motion is|motion is|motion)(?: therefore| now)? )?"
    r"(?P<how>agreed|carried|approved|passed|decided|accepted)(?: (?:unanimously|then|thank you|good))*[.!, ]*$"
)
_TILL = (
    rf"(?P<till> (?:to|until|till) (?:the )?(?:(?:next|following|{'|'.join(MONTHS)}) ?)*"
    rf"(?:meeting|session|year|spring|summer|autumn|winter)?\b(?<=\w))?"
)
_DEFERRED = re.compile(
    rf"\b(?:that's|that is|it's|it is|(?P<item>item \w+|the (?:item|matter|motion|proposal|paper)) (?:is|was)) "
    rf"(?P<how>deferred|held over|put off|postponed|adjourned){_TILL}"
)
_COUNTED = re.compile(
    r"\b(?P<tally>(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+) (?:votes? )?(?:to|against) (?:one|two|three|four|five|six|seven|eight|nil|nothing|\d+))\b"
)
_IN_FAVOUR = re.compile(
    r"\b(?P<tally>(?:\w+(?: votes?)?) (?:in favour|for),? (?:and )?(?:none|no one|nobody|nil|one|two|three|four|five|six|seven|eight|nine|ten|\d+)(?: votes?)? against"
    r"(?:,? (?:and |with )?(?:no|none|one|two|three|four|five|six|seven|eight|nine|ten|\d+) abst\w+)?)\b"
)
_ITEM = r"\bitem {number}(?: is|,| on)?(?: the)? (?P<what>[a-z][a-z ]{{2,40}}?)(?:[.,;]| we | there |$)"
_AGREED_MINUTES = re.compile(
    r"\bminutes (?:are|were|is|have been) (?:therefore |all )?(?P<how>agreed|approved|accepted|adopted|signed)\b"
)
_MINUTES_OF = re.compile(
    rf"\bminutes (?:of|from) (?:the )?(?:meeting (?:of|on) )?(?P<of>the [a-z ]+? of (?:{'|'.join(MONTHS)})|(?:{'|'.join(MONTHS)}) \w+)\b"
)
_INTERESTS = re.compile(r"\bdeclarations? of (?:\w+ )?interests?\b|\binterests to declare\b")
_WANTS = re.compile(
    r"\b(?:could|can|may|might) (?:we|i|you)(?: all)?(?: please)? (?:have|get|let (?:us|me) have|send (?:us|me)|give (?:us|me)|bring (?:us|me)|write (?:us|me)) (?P<what>an? \w+ (?:on|about|of|to|for|that|with|from)\b[^?]{6,110})"
)
_DECIDES = re.compile(
    r"\b(?:we|the (?:committee|board|council|group|team|members))(?:'ve| have| had)? (?:all |also )?(?:agreed|decided|resolved|voted)\b(?! with)|"
    r"\bso that's decided,? \w|\b(?:decision|conclusion) (?:is|was) (?:to|that)\b|\bmotion (?:is|was)? ?(?:carried|passed|lost)\b|"
    r"\belected unopposed\b|\b(?:are|is|were|was) (?:all )?(?:agreed|approved|carried|adopted|elected|accepted|resolved)[.! ]*$"
)
_PUTS_OFF = re.compile(
    r"\b(?:is|are|was|were) (?:deferred|held over|put off|postponed|adjourned|left open)\b|\bno decision (?:has been|was|is|will be)\b|"
    r"\bwe(?:'ll| will) (?:come back to|leave \w+(?: \w+)? open|defer|postpone|return to)\b|\bdoesn't bind\b|\bnot binding\b"
)
_VOTES = re.compile(
    r"\b(?:votes?|ballot|in favour|against|abstain\w*|abstentions?|per ?cent|majority|has it|got it,? with|(?:three|four|five|six|seven|eight|nine|ten|\d+) to "
    r"(?:one|two|three|four|five|six|seven|eight|nil|nothing|\d+))\b"
)
_TALLY = re.compile(r"\b(?:got|has|had|is on|are on|for|with|chose|picked)\b")
_PROMISES = re.compile(
    r"\b(?:i|we)(?:'ll| will| am going to|'m going to) (?!be\b|see\b|come\b|say\b|start\b|just\b|now\b|take\b|go\b|have\b|tell\b|show\b|do\b)\w+ .*"
    r"\b(?:by|before|from|until|on)(?: \w+){0,3} (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|"
    r"may|june|july|august|september|october|november|december|meeting|week|month)\b"
)
_ASKS_TO = re.compile(r"\b(?:could|can|would|will) you (?:please |also |just |all )*(?P<what>[a-z]+ (?!me\b|us\b)\w.*)")
# Why something is asked for may go; under what condition, since when and until when may not.
_ASKED_FOR = re.compile(r",? (?:so (?:that )?they|because)\b.*$|, which\b.*$")
_ASIDE = re.compile(r"\bthe \w+, they (?:did not know|thought|supposed|would say), (?=the\b)")
_DUE = re.compile(
    rf"\b(?:by|before|on|next|this|until)(?: \w+){{0,3}} (?:{'|'.join((*DAYS, *MONTHS))}|week|weekend|month|year|meeting|call|session)\b|"
    rf"\b(?:{'|'.join(DAYS)}|tomorrow|tonight)\b"
)
_APOLOGIES = re.compile(r"\bapologies (?:have been received |were received |received )?from (?=\w)")
_MINUTES = re.compile(
    r"\b(?:got|has|have|says|said|shows|gives|put) (?P<what>the [a-z ]{3,30}?) (?:down )?as (?P<old>.+?),? (?:and|but|when) it "
    r"(?:was|is|should (?:be|have been)|ought to be) (?P<new>[^.]+)"
)
_OUTCOME = re.compile(
    r"\b(?:agreed|decided|resolved|voted?|carried|passed|lost|approved|adopted|elected|accepted|deferred|held over|put off|postponed|adjourned|"
    r"open|would|decision|bind\w*|majority|unanimous\w*|favour|against)\b"
)
_PAST = {"propose": "proposed", "move": "moved", "suggest": "suggested", "recommend": "recommended"}


def decisions(meeting: Meeting, *, budget: int) -> list[Statement]:
    """Every decision, vote, deferral and undertaking, a point each, in time order, as far as there is room."""
    out: list[Statement] = []
    used: set[int] = set()
    left = budget
    if not _decides(meeting):
        return out
    for s in meeting.outline.said:
        if s.index in used or not s.name:
            continue
        found = _filled(s, meeting)
        if found is None:
            continue
        made = _statement(found, meeting)
        if made and made.words <= left:
            out.append(made)
            used |= {x.index for x in found.said}
            left -= made.words
    return out


def _decides(meeting: Meeting) -> bool:
    """Whether the meeting decides at all: a proposal with an outcome, a decision in words, or minutes and apologies."""
    said = meeting.outline.said
    strong = sum(
        bool(
            _CARRIED.search(s.plain)
            or _DECIDES.search(s.plain)
            or _DEFERRED.search(s.plain)
            or _PUTS_OFF.search(s.plain)
        )
        for s in said
    )
    form = sum(bool(_APOLOGIES.search(s.plain) or _PROPOSES.search(s.plain) or _SECONDS.search(s.plain)) for s in said)
    return (strong >= 1 and form >= 1) or strong >= 3 or any(BALLOT.search(figures(s.plain)) for s in said)


def _statement(found: Decided, meeting: Meeting) -> Statement | None:
    evidence: tuple[Evidence, ...] = tuple(s.evidence for s in found.said)
    names = tuple(dict.fromkeys(s.name for s in found.said if s.name and s.name in found.text))
    text = capitals(figures(found.text), meeting.bodies).rstrip(". ")
    text += "" if text.endswith("”") else "."
    made = Statement(text[:1].upper() + text[1:], evidence, names)
    ours = re.sub(r"“[^”]*”", "it", made.text)  # what is quoted is as it was said
    return made if sound(ours) and supported(made, meeting) else None


def _filled(said: Said, meeting: Meeting) -> Decided | None:
    """The frame that begins with this sentence, if one does."""
    if meeting.outline.does(said, "aside", "greeting"):
        return None
    for frame in (
        _apologies,
        _interest,
        _minutes,
        _minutes_agreed,
        _proposal,
        ballot,
        _counted,
        _request,
        _undertaking,
    ):
        found = frame(said, meeting)
        if found:
            return found
    question = meeting.outline.does(said, "question")
    plain = said.plain
    hit = _DECIDES.search(plain) or _PUTS_OFF.search(plain) or _PROMISES.search(plain)
    tally = _VOTES.search(plain) and _TALLY.search(plain) and any(t.like_num for t in said.span)
    if tally and not hit:  # "thirty per cent cheaper" is no vote
        tally = any(POLLS.search(s.plain) for s in meeting.outline.said[max(0, said.index - REACH) : said.index + 1])
    return _plainly(said, meeting) if (hit or tally) and not question else None


def _plainly(said: Said, meeting: Meeting) -> Decided | None:
    told = told_or_quoted(said, meeting, after=False, least=0.0)
    if told is None or not (_OUTCOME.search(told.predicate) or any(c.isdigit() for c in told.predicate)):
        return None  # what made it a decision was left out of its wording
    return Decided(f"{said.who} {told.predicate}", (said,))


def _apologies(said: Said, _: Meeting) -> Decided | None:
    match = _APOLOGIES.search(said.plain)
    if not match:
        return None
    names: list[str] = []
    for t in _tokens(said, match.end()):
        if t.pos_ == "PROPN" or t.text[:1].isupper() or t.lower_ in {"councillor", "dr", "and", ",", "mr", "mrs", "ms"}:
            names.append(t.text)
        else:
            break
    while names and not names[-1][:1].isupper():
        names.pop()
    people = " ".join(names).replace(" ,", ",").replace("councillor", "Councillor")
    return Decided(f"Apologies were received from {people}", (said,)) if people else None


def _minutes(said: Said, meeting: Meeting) -> Decided | None:
    match = _MINUTES.search(said.plain)
    before = [s for s in meeting.outline.said[max(0, said.index - 4) : said.index + 1] if "minutes" in s.plain]
    if not match or not before:
        return None
    return Decided(
        f"{said.who} corrected the minutes: {match['what']} was {match['new'].strip()}", (*before[-1:], said)
    )


def _minutes_agreed(said: Said, meeting: Meeting) -> Decided | None:
    """ "The minutes are agreed", with the day that they were said to be of."""
    match = _AGREED_MINUTES.search(said.plain)
    if not match:
        return None
    before = meeting.outline.said[max(0, said.index - 3 * REACH) : said.index + 1]
    of, named = next(((m["of"], s) for s in reversed(before) if (m := _MINUTES_OF.search(s.plain))), ("", said))
    return Decided(f"The minutes{' of ' + _months(of) if of else ''} were {match['how']}", (named, said))


def _interest(said: Said, meeting: Meeting) -> Decided | None:
    """What somebody declares when the chair has asked for interests, in their own words."""
    if said.who in meeting.outline.chairs or not _declares(said):
        return None
    before = meeting.outline.said[max(0, said.index - 5) : said.index]
    asked = next((s for s in before if _INTERESTS.search(s.plain) and s.who != said.who), None)
    if asked is None or any(s.who == said.who and _declares(s) for s in before):
        return None
    own = quote(said, meeting, after=True)
    return (
        Decided(f"{said.who} declared an interest: {own.predicate.removeprefix('said: ')}", (asked, said))
        if own
        else None
    )


def _declares(said: Said) -> bool:
    """Whether it says more than that there is something to declare."""
    return len(said.words) > SHORT and not _INTERESTS.search(said.plain)


def _counted(said: Said, meeting: Meeting) -> Decided | None:
    """ "That's three to one and item four is held over": a vote with what it settled."""
    tally = _COUNTED.search(said.plain)
    if not tally or said.who not in meeting.outline.chairs:
        return None
    before = meeting.outline.said[max(0, said.index - REACH) : said.index]
    called = next((s for s in reversed(before) if POLLS.search(s.plain)), None)
    if called is None:
        return None
    deferred = _DEFERRED.search(said.plain)
    return Decided(f"The vote was {tally['tally']}{_and_deferred(deferred, said, meeting)}", (called, said))


def _and_deferred(found: re.Match[str] | None, said: Said, meeting: Meeting) -> str:
    if found is None:
        return ""
    return f" and {found['item'] or 'it'}{_subject_of(found['item'], said, meeting)} was {found['how']}{_months(found['till'] or '')}"


def _subject_of(item: str | None, said: Said, meeting: Meeting) -> str:
    """What an item of the agenda is about, as the chair called it: " (fares)"."""
    number = (item or "").removeprefix("item ")
    before = meeting.outline.said[max(0, said.index - 60) : said.index]
    found = (
        re.search(_ITEM.format(number=number), s.plain) for s in reversed(before) if s.who in meeting.outline.chairs
    )
    what = next((m["what"] for m in found if m), "") if number != item else ""
    return f" ({what.strip()})" if what else ""


def _months(text: str) -> str:
    return re.sub(rf"\b(?:{'|'.join(MONTHS)})\b", lambda m: m[0].capitalize(), text)


def _request(said: Said, meeting: Meeting) -> Decided | None:
    """ "Theo, could we have a note on who owns the fenders": what the chair asks somebody to bring."""
    match = _WANTS.search(said.plain)
    if not match or said.who not in meeting.outline.chairs:
        return None
    tokens = [t for t in _tokens(said, match.start("what")) if t.lower_ != "please"]
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    text = third_person(tokens)
    before = set(re.findall(r"[\w'-]+", said.plain[: match.start()]))
    called = [n for n in meeting.speakers if n != said.who and n.split()[0].lower() in before]
    if not text or len(called) > 1:
        return None
    return Decided(f"{said.who} asked {called[0] + ' ' if called else ''}for {text}", (said,))


def _undertaking(said: Said, meeting: Meeting) -> Decided | None:
    """ "Kaito, could you pull out the worst pairs?", and what Kaito answers, where that says by when."""
    match = _ASKS_TO.search(said.plain)
    following = meeting.outline.said[said.index + 1 : said.index + 1 + PROMISED]
    other = next((s for s in following if s.who != said.who), None)
    if not match or other is None or not other.name:
        return None
    before = set(re.findall(r"[\w'-]+", said.plain[: match.start()]))
    called = [n for n in meeting.speakers if n != said.who and n.split()[0].lower() in before]
    if called and other.name not in called:
        return None  # somebody else spoke up
    reply = next((s for s in following if s.who == other.who and _DUE.search(s.plain)), None)
    told = tell(reply, meeting, after=True) if reply else None
    wanted = {t.i for t in _tokens(said, match.start("what"))}
    text = third_person([t for t in bare_tokens(said.span) if t.i in wanted], addressed=True)
    if not reply or not told or not text or ends_asking(reply.text):
        return None
    what = _ASKED_FOR.sub("", _ASIDE.sub("", text)).rstrip("?")
    return Decided(f"{said.who} asked {other.who} to {what}. {short_name(other.who)} {told.predicate}", (said, reply))


def _proposal(said: Said, meeting: Meeting) -> Decided | None:
    """ "I propose that ..." with who seconded it and what became of it."""
    match = _PROPOSES.search(said.plain)
    if not match or (meeting.outline.does(said, "question") and match.start() == 0):
        return None
    clause = _to_be_done(_tokens(said, match.end()))
    if not clause:
        return None
    clause, _, rest = clause.partition(". ")  # unmarked speech runs on into the answer
    text = f"{said.who} {_PAST[match['verb']]} that {re.sub(r', and that ', ' and that ', clause)}"
    if carried := _CARRIED.search(rest.lower()):
        return Decided(f"{text}; it was {carried['how']}", (said,))
    following = meeting.outline.said[said.index + 1 : said.index + 1 + OUTCOME]
    end = next((i for i, s in enumerate(following) if _PROPOSES.search(s.plain)), len(following))
    outcome, used = _outcome(following[:end], meeting)
    return Decided(text + outcome, (said, *used))


def _to_be_done(tokens: Sequence[Token]) -> str | None:
    """ "we put it off and that we write to the board" -> "they should put it off and that they should write to the board".

    What is proposed has not happened: its verbs take no past tense.
    """
    places = [n for n, t in enumerate(tokens[:-2]) if t.lower_ == "we" and tokens[n + 1].tag_ in {"VB", "VBP"}]
    if not places or places[0] != 0:
        return _should(tokens)
    parts = []
    for n, end in zip(places, [*places[1:], len(tokens)], strict=True):
        rest = third_person(tokens[n + 2 : end], addressed=True)
        if not rest:
            return None
        comma = "," if tokens[n + 2].text == "," else ""
        parts.append(f"they should {tokens[n + 1].lower_}{comma} {rest}")
    return " ".join(parts)


def _should(tokens: Sequence[Token]) -> str | None:
    """ "this committee asks the Authority to publish them" -> "this committee should ask the Authority to publish them"."""
    first = next((n for n, t in enumerate(tokens) if t.tag_ in {"VBZ", "VBP", "VB", "MD", "VBD"}), None)
    if not first or tokens[first].tag_ not in {"VBZ", "VBP"} or tokens[first].dep_ != "ccomp":
        return third_person(tokens)
    subject, rest = third_person(tokens[:first]), third_person(tokens[first + 1 :], addressed=True)
    return f"{subject} should {verb_lemma(tokens[first])} {rest}" if subject and rest else None


def _outcome(following: Sequence[Said], meeting: Meeting) -> tuple[str, tuple[Said, ...]]:
    """What became of a proposal, in the words that were used; nothing said leaves it a proposal."""
    asked: Said | None = None
    called: Said | None = None
    seconded = tally_said = ""
    used: tuple[Said, ...] = ()
    for s in following:
        if for_and_against := _IN_FAVOUR.search(s.plain):
            tally_said, used = f" by {for_and_against['tally']}", (*used, s)
        if POLLS.search(s.plain):
            called = s
        if _ASKS_SECONDER.search(s.plain):
            asked = s
        elif asked and _UNSECONDED.search(s.plain):
            return "; there was no seconder", (asked, s)
        elif _SECONDS.search(s.plain) and s.name:
            seconded, used = f"; {s.who} seconded it", (s,)
        elif deferred := _DEFERRED.search(s.plain):
            so, and_ = seconded or ";", " and" if seconded else ""
            tally = _COUNTED.search(s.plain)
            if tally and called:
                more = _and_deferred(deferred, s, meeting)
                return f"{so}{and_} the vote was {tally['tally']}{more}", (*used, called, s)
            return f"{so}{and_} it was {deferred['how']}{_months(deferred['till'] or '')}", (*used, s)
        elif carried := _CARRIED.search(s.plain):
            return f"{seconded or ';'}{' and' if seconded else ''} it was {carried['how']}{tally_said}", (*used, s)
    return seconded, used


def _tokens(said: Said, place: int) -> list[Token]:
    """The tokens of a sentence from a place in its plain text on."""
    words = len(said.plain[:place].split())
    if words >= len(said.offsets):
        return []
    return [t for t in said.span if t.idx >= said.offsets[words] and not disfluent(t)]
