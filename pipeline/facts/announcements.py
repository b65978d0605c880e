"""Announcements: who, in what capacity, launched or said what, with whom, when, and what it means."""

import itertools
import math
import re
from collections.abc import Mapping

from pipeline.facts.corrections import Correction
from pipeline.facts.kinds import with_kind
from pipeline.facts.news import bare, names_it, told_news
from pipeline.facts.opening import CLOCK
from pipeline.facts.paragraphs import called, short_name, statement
from pipeline.facts.referents import leans
from pipeline.facts.salience import UNSETTLED, led, worth
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import Told
from pipeline.language.cues import VOTE_OF_THANKS
from pipeline.language.said import Said
from pipeline.measures.normalise import ORDINALS

NEXT = re.compile(
    r"\b(?:next|following) (?:\w+ )?(?:meeting|gathering|webinar|session|event|call|conference|assembly|seminar|class|workshop|evening|hearing|sitting|lecture|talk|forum|congress|town hall)\b|"
    r"\b(?:meeting|gathering|webinar|session|event|call|class|workshop|hearing|sitting|lecture|talk) after (?:this|that)\b|\bmeet again\b|\bsee you (?:all )?on\b"
)
# "There are two announcements. The first is from the Trust." only opens what follows.
_OPENS = re.compile(
    r"\b(?:announcements?|notices?|news)\b(?!.*\b(?:launch|will|is that|are that)\b)|^(?:and )?(?:the )?(?:first|second|third|fourth|fifth|next|last|other)(?: and last)?(?: one| notice| announcement| of them| of these)? (?:is|was|comes|concerns|one)\b(?!.{40})|"
    r"\b(?:congratulat|well done|let (?:her|him|them)|tell you about it|(?:can|could|may) i (?:just )?add one|dates? for (?:your|the) diar)|\b(?:something|a thing) (?:which|that)\b"
)
# Said for manners: "I want to be careful here", "Joseph couldn't be here today".
_MANNER = re.compile(
    r"^(?:and )?(?:the )?(?:last|next|first|final|one|another)(?: one| thing| quick one)? from (?:me|us)[.,!]?$|"
    r"\bi (?:want|wish|have|need)(?: to)? (?:to )?be (?:careful|clear|honest|quick|brief)\b|\b(?:can't|cannot|couldn't|could not) be (?:here|with us)\b"
)
SIDE = ("thanks", "mailing", "recording", "aside", "greeting", "housekeeping", "introduction", "frame", "question")
_CALLED = re.compile(
    r"\b(?:called|call(?:ing)? (?:it|them)|named|titled|launch\w*|announc(?:e|es|ed|ing)|publish\w*|went live)\b"
)
_ORDINAL = re.compile(
    r"^(?:(?:and|so|now|then|ok|okay|right)[, ]+)*(?:(?:the )?(?:second|third|fourth|fifth|next|last|other|final)(?: and last)?"
    r"(?: (?:notice|announcement|item|thing|one|piece of news))?,? (?:is|was|concerns|comes)\b|(?:number|item) (?:one|two|three|four|five|six)\b|"
    r"one (?:last |more |final |other )*thing(?: from me)?\b)"
)


_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
# A month that is one: "we may" and "march on" are none.
_DATE = (
    rf"(?:{_MONTHS.replace('march|', '').replace('may|', '')})|(?:march|may) (?:the )?(?:\d+|(?:twenty |thirty )?(?:{'|'.join(ORDINALS)}))|"
    r"(?:of|in|until|by|from|on|early|late|since|next|last) (?:march|may)"
)
# What readers look for in an announcement, and the worth that it adds.
_NEWSWORTHY = (
    (re.compile(rf"\b(?:{_DATE}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|deadline|until|by the end)\b"), 1.8),
    (re.compile(r"\b(?:led by|(?:will|to) lead|(?:is|are|'s) leading|leads|heads?|headed by|will head|chaired by|will chair|coordinat\w+|in charge|running it)\b"), 3.9),
    (re.compile(r"\b(?:together with|jointly|in partnership|along with|thanks to|funded by|paid for by|pay(?:s|ing)? for|from a (?:gift|grant))\b|"
                r"\b(?:wrote|written|made|built|produced|developed|put together|organi[sz]\w+|run(?:ning)?|doing|do|did) (?:it |this |them |that |all )*(?:together )?with\b"), 3.6),
    (re.compile(r"\breport(?: back)?(?: to \w+(?: \w+)?)? (?:in|by|at|next)\b"), 3.6),
    (re.compile(r"\b(?:free|costs?|pounds?|dollars?|euros?|price|per cent|percent)\b"), 1.0),
    (UNSETTLED, 2.0),
    (re.compile(r"\b(?:consider\w*|whether to|look at whether|minded to|propos\w+)\b"), 2.5),
)  # fmt: skip
# What is said of a matter that was named before.
_FOLLOWS = re.compile(
    r"\b(?:working|study|small|task) (?:group|party)\b|\breport back\b|\bwill report\b|\b(?:nothing|not been|no decision)\b"
)
MATTER = 0.5  # value of a sentence that says what an announcement is about
OPENINGS = 3  # sentences one of which opens an announcement
REMARK = 0.3  # value below which a sentence is a remark of its speaker's
OPENS = 0.9  # worth of a sentence that may stand first
MOST = 60  # words of an announcement
EACH, AT_MOST = 24, 190  # words that each announcement should have, and all of them together, whatever else is told
LEAST = (52, 44, 36, 28, 20)  # the same where there is little room
NEAR = 2  # sentences back in which "it" may have been named
_ANOTHER = re.compile(r"^(?:and )?(?:also|another thing|separately|secondly|thirdly|in other news)[, ]")
SHORT_ROLE = 2  # words of a role that stands beside a body
REPORTS = 30  # words of a turn that a chair's call leads to
SOON = 3  # turns within which they speak
REPLIES = 20  # words of a turn that only answers
REPLIED = 2  # sentences at the beginning of a turn that may thank the speaker before
AT_LENGTH = 14  # words of a chair's sentence that tells something
GOES_ON = 25  # words of a chair's turn that is more than a word between two announcements
BROKEN_IN = 2  # turns after which somebody in whose announcement another broke in goes on
INTERRUPTED = 8  # sentences after which somebody who was interrupted still goes on
SPARE = 30  # words that an announcement may take beyond the section's share
ELSEWHERE = 3  # announcements told outside their part of the meeting
_TODAY = (
    r"(?:today|tonight|tomorrow|this (?:morning|week|month|evening)|next (?:week|month|year|spring|summer|autumn|winter)|"
    rf"(?:on|from|in|by|until) (?:the )?(?:\w+ of )?(?:{_MONTHS}|(?:mon|tues|wednes|thurs|fri|satur|sun)day))"
)
_SETS = (
    r"(?:we|i|they|it|the \w+)(?:'re|'ve|'m|'ll| are| is| have| has| am| will)?(?: be)?(?: (?:also|just|going to|about to))* "
    r"(?:launch|publish|releas|announc|award|open)(?:e|es|ed|ing|s)?\b"
)
# "It opened in October": no news.
_PAST = re.compile(
    r"\b(?:we|i|they|it|the \w+) (?:launched|published|released|announced|awarded|opened) (?!(?:\w+ ){0,6}(?:today|tonight|this (?:morning|week|month|evening))\b)"
)
_NEWS = re.compile(rf"\b{_SETS}.*\b{_TODAY}\b|\b{_TODAY}\b.*\b{_SETS}")


def announcements(meeting: Meeting, *, budget: int) -> list[Statement]:
    """One paragraph for each announcement."""
    groups = _groups(meeting)
    groups += _elsewhere(meeting, {s.index for g in groups for s in g})
    budget = max(budget, min(EACH * len(groups), AT_MOST))
    made: list[Statement] = []
    for least in LEAST:  # shorter, if otherwise one of them would find no room
        made, all_told = _within(meeting, groups, budget, least)
        if all_told:
            break
    return made


def _within(meeting: Meeting, groups: list[list[Said]], budget: int, least: int) -> tuple[list[Statement], bool]:
    """The announcements that find room, each of about `least` words; and whether all did."""
    out: list[Statement] = []
    left, all_told = budget, True
    presented: set[str] = set()
    for n, group in enumerate(groups):
        share = min(MOST, max(least, left // (len(groups) - n)))
        made = _worded(meeting, group, share, again=group[0].who in presented)
        if made and made.words <= left + SPARE:
            out.append(made)
            presented.add(group[0].who)
            left -= made.words
        elif made:
            all_told = False
    return out, all_told


def _elsewhere(meeting: Meeting, used: set[int]) -> list[list[Said]]:
    """What somebody launches, opens or publishes with a date, wherever it is said, and the sentence after it."""
    found: list[list[Said]] = []
    for s in meeting.outline.said:
        news = _NEWS.search(s.plain) and not _PAST.search(s.plain)
        if s.index in used or not s.name or not news or meeting.outline.does(s, *SIDE):
            continue
        turn = [t for t in meeting.outline.of_turn(s.turn) if s.index <= t.index <= s.index + 1]
        group = [t for t in turn if t.index not in used and not meeting.outline.does(t, *SIDE)]
        used |= {t.index for t in group}
        found.append(group)
    return found[:ELSEWHERE]


def _worded(meeting: Meeting, group: list[Said], budget: int, *, again: bool) -> Statement | None:
    """An announcement in about as many words as it may have; `again`: its speaker has been presented before."""
    who = called(group[0])
    told_all = _chosen(meeting, group, budget) or _about_somebody(meeting, group, budget)
    chair = who in meeting.outline.chairs
    subject = who if chair else meeting.titled(who) if again else _presented(meeting, who)
    extra = () if chair or again else meeting.person_evidence(who)
    return statement(subject, short_name(who), told_all, extra=extra, meeting=meeting)


def _chosen(meeting: Meeting, group: list[Said], budget: int) -> list[Told]:
    """Whatever an announcement says is news: what names it, what opens it, then the most telling, as far as there is room."""
    chosen: dict[int, list[Told]] = {}
    left = budget
    group = [s for s in group if s.evidence not in meeting.placed]
    before = {b.index + 1: b for b in group}
    named = [s for s in group if _CALLED.search(s.plain) or names_it(s)]
    first = named or [s for s in group if NEXT.search(s.plain)][:1] or [s for s in group if _begins(s)][:1]
    opening = [s for s in group if _opens(s, meeting)][:OPENINGS]
    matter = [s for s in opening if _value(s, meeting) >= MATTER and not _FOLLOWS.search(s.plain)]
    first = first or matter[:1] or sorted(opening, key=lambda s: -_value(s, meeting))[:1]
    rest = [s for s in group if s not in first and (_value(s, meeting) >= REMARK or _names(s, meeting))]
    rest = sorted(rest, key=lambda s: (-_value(s, meeting), s.start))
    # What could not be told by itself may be when the sentence that it points to stands there.
    for s in (*first, *rest, *rest):
        if s.index in chosen:
            continue
        told = told_news(s, meeting, after=_goes_on(s, chosen) or bool(_CALLED.search(s.plain)))
        told = [with_kind(t, group, meeting) for t in told]
        if not told or leans(told[0].predicate, s):
            # "Repair Week. We're doing it with ...": the name and what is said of it
            told = led(s, before.get(s.index), meeting) or told
        size = sum(t.words for t in told)
        if told and size <= left + 4:
            chosen[s.index] = told
            left -= size
    told_all = [t for i in sorted(chosen) for t in chosen[i]]
    while told_all and (bare(told_all[0]) or leans(told_all[0].predicate, told_all[0].said)):
        told_all.pop(0)
    return told_all


def _names(said: Said, meeting: Meeting) -> bool:
    """Whether a sentence names what is nobody's name: "River Song Day is back"."""
    people = {w.lower() for name in meeting.speakers for w in name.split()}
    named = [t for t in said.span if t.pos_ == "PROPN" and t.lower_ not in people]
    return any(a.i + 1 == b.i for a, b in itertools.pairwise(named))


# "we're starting the Lost Pears Hunt", "on Saturday we're doing the Big Stop Count"
_BEGINS = re.compile(
    r"\b(?:we|i|they)(?:'re|'m|'ll|'ve| are| am| will| have| shall)?(?: (?:also|just|now|going to|about to))*(?: be)? "
    r"(?:start|open|set(?:ting)? up|launch|begin|hold|offer|run|bring out|bringing out|publish|do(?=ing)|creat|found(?=ing)|award|got|have)(?:s|n?ing|ed)?\b"
)


def _begins(said: Said) -> bool:
    """Whether a sentence sets something going that has a name, or is new."""
    found = None if re.search(r"\balso\b", said.plain) else _BEGINS.search(said.plain)  # "we also have" goes on
    names = any(t.pos_ == "PROPN" and t.i > said.span.start for t in said.span)
    return found is not None and (names or bool(re.search(r"\bnew\b", said.plain[found.end() :])))


def _opens(said: Said, meeting: Meeting) -> bool:
    """Whether a sentence can stand first: it is told by itself, begins with no pronoun, and says something."""
    told = told_news(said, meeting, after=False) if worth(said, meeting) >= OPENS else []
    return bool(told) and not bare(told[0]) and not leans(told[0].predicate, said)


def _value(said: Said, meeting: Meeting) -> float:
    """What a sentence of an announcement gives for its words: when, who leads, with whom, at what price, what is open."""
    extra = sum(more for pattern, more in _NEWSWORTHY if pattern.search(said.plain))
    return (worth(said, meeting) + extra) / math.sqrt(max(8, len(said.words)))


def _about_somebody(meeting: Meeting, group: list[Said], budget: int) -> list[Told]:
    """ "Ann Lee's hanging it up": what names somebody may stand first, whatever else it points to."""
    named = (s for s in group if any(t.pos_ == "PROPN" for t in s.span[:3]))
    told_all = next((t for s in named if (t := told_news(s, meeting, after=True))), [])
    for s in (s for s in group if told_all and s.index > told_all[0].said.index):
        more = told_news(s, meeting, after=True)
        if sum(t.words for t in (*told_all, *more)) <= budget:
            told_all = [*told_all, *more]
    return told_all


def _presented(meeting: Meeting, who: str) -> str:
    """Who announces: the organisers' own people with their role, guests with their body, and a short role.

    The list of people has both; with a short role alone where room is short.
    """
    speaker = meeting.speakers.get(who)
    if speaker is None:
        return meeting.presented(who)
    role = speaker.role if speaker.role and not re.search("[,;]", speaker.role) else None
    own = speaker.organisation in (None, *meeting.event.organisers)
    if role and (own or meeting.crowded):
        return f"{meeting.titled(who)}, {meeting.role_text(role)},"
    if meeting.crowded:
        return meeting.titled(who)
    if role and len(role.split()) > SHORT_ROLE and speaker.organisation and not re.search("[,;]", speaker.organisation):
        return f"{meeting.titled(who)}, of {meeting.with_article(speaker.organisation)},"
    return meeting.presented(who)


def _goes_on(said: Said, chosen: Mapping[int, object]) -> bool:
    return any(said.index - NEAR <= i < said.index for i in chosen)


def _groups(meeting: Meeting) -> list[list[Said]]:
    """The sentences of each announcement: one speaker, one stretch, cut where the next one is opened."""
    pool = [s for s in meeting.said_in("announcements", "closing") if not meeting.outline.does(s, *SIDE)]
    pool = [s for s in pool if _in_news(meeting, s) and not _hands_on(meeting, s) and s.index not in meeting.mending]
    pool = [
        s for s in pool if not (s.who in meeting.outline.chairs and CLOCK.search(s.plain) and len(s.words) <= AT_LENGTH)
    ]
    groups: list[list[Said]] = []
    cut = True
    for s in pool:
        if _MANNER.search(s.plain):
            continue
        if (
            (groups and (groups[-1][-1].who != s.who or not (s.who or groups[-1][-1].turn == s.turn)))
            or NEXT.search(s.plain)
            or _ORDINAL.match(s.plain)
            or _ANOTHER.match(s.plain)
        ):
            cut = True
        if _OPENS.search(s.plain) and len(s.words) < (22 if not _ORDINAL.match(s.plain) else 10):
            cut = True
            continue
        if cut or s.index - groups[-1][-1].index > INTERRUPTED:
            groups.append([s])
            cut = False
        else:
            groups[-1].append(s)
    told = [g for g in groups if sum(len(s.words) for s in g) >= 8 and not _gives_thanks(g, meeting)]
    chairs = meeting.outline.chairs
    return _rejoined([g for g in told if g[0].who not in chairs or _is_news(g, meeting)])


def _gives_thanks(group: list[Said], meeting: Meeting) -> bool:
    """Whether it belongs to a vote of thanks."""
    return any(VOTE_OF_THANKS.search(s.plain) for s in meeting.outline.of_turn(group[0].turn))


def _is_news(group: list[Said], meeting: Meeting) -> bool:
    """Whether what a chair says between others' announcements tells something, and is more than a remark."""
    return any(_tells(s, meeting) and not CLOCK.search(s.plain) for s in group) and any(
        NEXT.search(s.plain) or worth(s, meeting) >= OPENS for s in group
    )


def _rejoined(groups: list[list[Said]]) -> list[list[Said]]:
    """Groups of which the second only goes on where somebody broke in: the same speaker's, a turn or two later."""
    out: list[list[Said]] = []
    for group in groups:
        first = group[0]
        last = out[-1][-1] if out else None
        goes_on = last is not None and last.who == first.who and 0 < first.turn - last.turn <= BROKEN_IN
        opens = NEXT.search(first.plain) or _ORDINAL.match(first.plain) or _ANOTHER.match(first.plain)
        if goes_on and not opens and out:
            out[-1] = [*out[-1], *group]
        else:
            out.append(group)
    return out


_DATED = re.compile(rf"\b(?:{_DATE})\b")


def _hands_on(meeting: Meeting, said: Said) -> bool:
    """Whether a chair presents who speaks next: "Ann Lee, from the state office, she's the grants manager"."""
    if said.who not in meeting.outline.chairs or _DATED.search(said.plain):
        return False
    later = [s for s in meeting.outline.said[said.index + 1 :] if said.turn < s.turn <= said.turn + SOON and s.name]
    report = [s for s in later if s.who not in meeting.outline.chairs]
    if sum(len(s.words) for s in report) < REPORTS:
        return False
    names = {w.lower() for w in report[0].who.split()}
    turn = meeting.outline.of_turn(said.turn)
    return any(s.index <= said.index and names & set(re.findall(r"[\w-]+", s.plain)) for s in turn)


def _put_right_by_others(meeting: Meeting) -> list[Correction]:
    return [c for i, c in meeting.put_right.items() if c.by and c.by.who != meeting.outline.said[i].who]


def _in_news(meeting: Meeting, said: Said) -> bool:
    """What a chair says counts only where it is more than a word between two announcements, and before the thanks."""
    if NEXT.search(said.plain):
        return True
    if meeting.outline.part(said) != "announcements":
        return False
    turn = [s for s in meeting.outline.of_turn(said.turn) if meeting.outline.part(s) == "announcements"]
    if said.who not in meeting.outline.chairs and said.who:
        if any(
            c.by is not None and c.by.turn == said.turn and c.by.who == said.who for c in _put_right_by_others(meeting)
        ):
            return False  # who only puts a day or a figure right
        return len(meeting.conversation.turns[said.turn].words) > REPLIES
    opened = any(meeting.outline.does(s, "announcements") or _ORDINAL.match(s.plain) for s in turn)
    thanks = (s.index for n, s in enumerate(turn) if n >= REPLIED and meeting.outline.does(s, "thanks"))
    return (opened or sum(len(s.words) for s in turn) > GOES_ON) and said.index < next(thanks, said.index + 1)


def _tells(said: Said, meeting: Meeting) -> bool:
    """Whether a sentence has a figure, a name that is no speaker's, or length: "we've got a toolkit" only leads to who tells of it."""
    speakers = {w.lower() for name in meeting.speakers for w in name.split()}
    named = any(t.like_num or (t.pos_ == "PROPN" and t.lower_ not in speakers) for t in said.span)
    return named or len(said.words) >= AT_LENGTH or bool(NEXT.search(said.plain))
