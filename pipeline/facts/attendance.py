"""Who signed up, who came and from where, from the opening: the right figures, where some were put right."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.facts.polish import figures
from pipeline.facts.view import Meeting, Statement
from pipeline.language.phrases import ends_asking
from pipeline.language.said import Said
from pipeline.measures.normalise import numbers_of
from pipeline.records import Evidence

FEW = 8  # less than that many people are no attendance that anybody announces
BRIEFLY = 30  # words of somebody who only puts a figure right
LATE = 40  # sentences at the end, in which a chair may say how many there were
EARLY = 60  # sentences in which a meeting says how it came about and who came
_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand"
).split()
_ONE = "|".join(_UNITS)
_NUMBER = re.compile(
    rf"\b(?:(?:about|around|over|more than|nearly|almost|some|just over|just under|at least) )?"
    rf"(?:\d[\d,]*|(?:a (?=hundred|thousand))?(?:{_ONE})(?:(?:[ -]| and (?=(?:{_ONE})\b))(?:{_ONE}))*)\b"
)
_BOOKED_AFTER = re.compile(
    r"^(?: of (?:you|us|them))?(?: \w+){0,2}? (?:have |had |has |are |were )?(?:been )?(?:put (?:your|their) names? down|registered|register|"
    r"signed up|sign up|booked|enrolled|rsvp\w*|took tickets|on the list|names on)\b|^ (?:registrations|sign-ups|bookings|names|tickets)\b"
)
_BOOKED_BEFORE = re.compile(r"(?:registrations|registered|sign-ups|bookings|booked|tickets|signed up)[^.,]{0,25}$")
_THERE_AFTER = re.compile(
    r"^(?: or so| or thereabouts)?(?: of (?:you|us|them))?(?: people| members| participants| colleagues| guests)?(?: (?:are|is)(?= \w+ ))?(?: \w+)? ?(?:with us|here|online|on the (?:call|line)|"
    r"in the (?:room|call|meeting|lobby)|present|joined|joining|have joined|are (?:here|with us|on)|attending|logged|watching|listening|now|right now|on (?:right )?now|on at the moment|on(?=[,.]))\b|"
    r"^ of (?:you|us)\b|^,? at (?:the|our|its) (?:busiest|peak|most|height|fullest)\b"
)
_THERE_BEFORE = re.compile(
    r"\b(?:see|count|looking at|make it|makes|there are|we have|we've got|i have|i've got|we are|we're)(?: now)?(?: with)? $"
)
# "We have fifty minutes" counts no people: what follows the number must be people, or no noun at all.
_OF_PEOPLE = re.compile(
    r"^(?:[.,;!?]|$| (?:people|members|participants|colleagues|guests|attendees|persons|friends|delegates|residents|of (?:you|us|them)|"
    r"on|here|in|with|now|today|so|and|at|this)\b)"
)
_FROM_BEFORE = re.compile(
    r"\bfrom, (?:i (?:think|believe|make it)|let me see), $|(?:booked|registered|signed up), $|\b(?:from|in|across|representing|and|out of|(?:it|that)(?:'s| is)) $|^$"
)
_PUTS_RIGHT = re.compile(r"\b(?:sorry|actually|wrong|no|not|correction|it's|typed|meant)\b")
_AT_MOST = re.compile(r"\bat (?:the|our|its) (?:busiest|peak|most|height|fullest)\b")
_FROM_AFTER = re.compile(
    r"^ ((?:different |local |member |partner )?(?:\w+ )?(?:countries|groups|organisations|organizations|schools|towns|cities|regions|"
    r"councils|clubs|societies|companies|universities|branches|teams|states|counties|nations|villages|districts|charities|libraries|farms|museums|hospitals|parishes|hospices|practices|surgeries|clinics|provinces|shops|stores|bookshops|agencies|institutes|firms|parishes))\b"
)

_FROM_ANY = re.compile(
    r"^ ((?!(?:minutes|hours|days|weeks|months|years|people|miles|pounds|dollars|euros)\b)[a-z]{3,}s)\b"
)


def early(meeting: Meeting) -> list[Said]:
    """The sentences in which the hosts open the meeting, before the first long turn of somebody else."""
    chosen = meeting.said_in("opening", "keynote", "panel", "talk", "discussion", "aside")[:EARLY]
    end = next(
        (
            s.turn
            for s in chosen
            if s.turn and len(meeting.conversation.turns[s.turn].words) > 150 and s.who not in meeting.outline.chairs
        ),
        None,
    )
    return [s for s in chosen if end is None or s.turn < end]


@dataclass(frozen=True)
class Count:
    """A number and what it counts."""

    phrase: str
    kind: str  # "registered", "present", "from"
    said: Said
    by: Said | None = None  # the sentence that put it right

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What it rests on."""
        return (self.said.evidence, self.by.evidence) if self.by else (self.said.evidence,)


def counts(meeting: Meeting) -> list[Count]:
    """Who signed up, who came, from where: numbers in the opening beside words of coming."""
    opening = _Opening(meeting)
    for s in early(meeting):
        if not meeting.outline.does(s, "aside") or s.index in meeting.put_right:
            opening.hear(s)
    late = [s for s in meeting.outline.said[-LATE:] if s.who in meeting.outline.chairs]
    for c in (c for s in late for c in counts_of(s, after_booking=False) if _AT_MOST.search(s.plain)):
        opening.seen.setdefault("present", replace(c, kind="present"))
    return opening.known()


class _Opening:
    """The counts heard so far, sentence by sentence."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.seen: dict[str, Count] = {}
        self.before: str | None = None  # the kind of the last count
        self.doubted: str | None = None  # the kind of count that somebody else puts right

    def known(self) -> list[Count]:
        """What was counted; a count that was put right, while nobody said the right figure whole, is left out."""
        return [c for kind, c in self.seen.items() if kind != self.doubted]

    def hear(self, said: Said) -> None:
        """Take in a sentence of the opening."""
        last = self.seen[self.before].said if self.before else None
        if last is not None and last.who != said.who and said.turn == last.turn + 1:
            self._answered(said, last)
        else:
            self._told(said)

    def _answered(self, said: Said, last: Said) -> None:
        """Somebody else speaks right after a count: they were asked how many there are, or put it right, or say from where."""
        if _asks_how_many(self.meeting, said.turn - 1):
            answer = [Count(figures(m[0]), "present", said) for m in _NUMBER.finditer(said.plain)][:1]
            present = next(_corrected(answer, self.meeting), None)
            if present and not _apart(self.seen):
                self.seen["present"] = present
            return
        turn = self.meeting.outline.of_turn(said.turn)
        own = [c for t in turn for c in counts_of(t, after_booking=False)]
        elsewhere = any(c.by is said for i, c in self.meeting.put_right.items() if i != last.index)
        known = elsewhere or last.index in self.meeting.put_right or any(c.kind != self.before for c in own)
        brief = sum(len(t.words) for t in turn) <= BRIEFLY
        corrects = brief and not known and any(_PUTS_RIGHT.search(t.plain) for t in turn)
        if corrects and _NUMBER.search(said.plain):
            self.doubted = self.before
        for c in own:
            if c.said is said and (c.kind == "from" or not corrects):
                self._take(c)

    def _told(self, said: Said) -> None:
        after_booking = self.before == "registered" and self.seen["registered"].said.who == said.who
        found = counts_of(said, after_booking=after_booking, corrected=self.doubted)
        for c in _corrected(found, self.meeting):
            if said.index in self.meeting.mending and c.kind != "from":
                continue  # "168.", which puts "186 signed up" right
            if c.kind == self.doubted and said.who == self.seen[c.kind].said.who:
                self.seen[c.kind], self.doubted = c, None
            self._take(c)
            self.before = c.kind

    def _take(self, count: Count) -> None:
        """The first of a kind; of those present a later one, where more were still to come."""
        first = self.seen.setdefault(count.kind, count)
        if count.kind == "present" and _CLIMBING.search(first.said.plain):
            self.seen[count.kind] = count


_CLIMBING = re.compile(
    r"\b(?:climbing|rising|going up|coming in|joining us still|so far|ticking up)\b"
)  # more came later
_HOW_MANY = re.compile(
    r"(?<!from )\bhow many(?! (?:countries|states|organi[sz]ations|schools|places))\b|\bwhat (?:are we|is it|have we)\b|\b(?:number|count|figure)s?\b"
)


def _apart(seen: Mapping[str, Count]) -> bool:
    """Whether the number of those present is known, and another than of those who signed up."""
    return (
        "present" in seen and seen["present"].phrase != seen["registered"].phrase
        if "registered" in seen
        else "present" in seen
    )


def _asks_how_many(meeting: Meeting, turn: int) -> bool:
    """Whether a turn ends by asking how many are there."""
    said = meeting.outline.of_turn(turn)
    return bool(said) and ends_asking(said[-1].text) and bool(_HOW_MANY.search(said[-1].plain))


def _corrected(found: Iterable[Count], meeting: Meeting) -> Iterator[Count]:
    """Counts with the value that was put right; those of which the right one is not known are left out."""
    for c in found:
        correction = meeting.put_right.get(c.said.index)
        swaps = dict(correction.swaps) if correction else {}
        number = c.phrase.split()[0].replace(",", "")
        if correction and number in swaps:
            right = c.phrase.replace(c.phrase.split()[0], f"{int(swaps[number]):,}", 1)
            yield replace(c, phrase=right, by=correction.by)
        elif correction is None or swaps:
            yield c


def counts_of(said: Said, *, after_booking: bool, corrected: str | None = None) -> list[Count]:
    """The counts of a sentence; `corrected` is the kind of count that it puts right if it begins with a number."""
    out: list[Count] = []
    text = said.plain
    for m in _NUMBER.finditer(text):
        if all(float(n) < FEW for n in numbers_of(m[0])):
            continue
        before, after = text[: m.start()], text[m.end() :]
        phrase = figures(m[0])
        if before.endswith(" at "):
            continue  # the time of day
        source = _FROM_AFTER.match(after) or (_FROM_ANY.match(after) if before.endswith("from ") else None)
        if corrected and not before.strip():
            out.append(Count(phrase, corrected, said))
        elif source and _FROM_BEFORE.search(before):
            out.append(Count(f"{phrase} {source[1]}", "from", said))
        elif _BOOKED_AFTER.match(after) or _BOOKED_BEFORE.search(before):
            out.append(Count(phrase, "registered", said))
        elif (
            _THERE_AFTER.match(after)
            or (_THERE_BEFORE.search(before) and _OF_PEOPLE.match(after))
            or (after_booking and not before.strip() and _OF_PEOPLE.match(after))
        ):
            out.append(Count(phrase, "present", said))
    return out


def attendance(meeting: Meeting) -> Statement | None:
    """Who signed up and who came, as one sentence."""
    found = {c.kind: c for c in counts(meeting)}
    signed, came, source = (found.get(kind) for kind in ("registered", "present", "from"))
    last = _counted_with(source, [c for c in (signed, came) if c]) if source else None
    of_signed, of_came = (f", from {source.phrase}," if source and c and c is last else "" for c in (signed, came))
    if signed and came and signed.phrase == came.phrase:
        came = None
    if signed and came:
        text = f"{signed.phrase} people{of_signed} registered and {came.phrase}{of_came} joined."
    elif signed:
        text = f"{signed.phrase} people{of_signed} registered."
    elif came:
        text = f"{came.phrase} people{of_came} took part."
    else:
        return None
    told = [c for c in (signed, came, source if last else None) if c]
    return Statement(text[:1].upper() + text[1:], tuple(e for c in told for e in c.evidence))


def _counted_with(source: Count, others: Sequence[Count]) -> Count | None:
    """The figure to which "from 19 countries" belongs: the one that was said last before it, and not long before."""
    if _BOOKINGS.search(source.said.plain):
        others = [c for c in others if c.kind == "registered"]
    there = numbers_of(source.said.text)
    if len(beside := [c for c in others if numbers_of(c.phrase) & there]) == 1:
        return beside[0]  # "412 people, from 37 countries"
    before = [c for c in others if _place(c) <= _place(source)]
    near = [c for c in before if source.said.index - (c.by or c.said).index <= WITH]
    return max(near, key=_place, default=None)


def _place(count: Count) -> tuple[int, int]:
    """Where a count was said: sentence, and how far into it."""
    return count.said.index, figures(count.said.plain).find(count.phrase.split()[-1])


_BOOKINGS = re.compile(r"\b(?:registrations|sign-ups|bookings)\b")
WITH = 3  # sentences within which somebody says from where those counted come
