"""The words that only lead to what a sentence says: "the first of them is that ...", "second, ...", "I'd like to announce that ..."."""

import re
from dataclasses import replace

from pipeline.facts.view import Meeting
from pipeline.language.said import CUT, Said

_ITEM = r"(?:notice|announcement|item|thing|one|point|(?:bit|piece) of news)"
_POINT = r"(?:thing|point|idea|lesson|change|step|reason|trick|piece of advice|bit of advice)"
_FRAME = re.compile(
    r"^(?:(?:and|so|now|well|then|ok|okay|right|also|finally|lastly|oh)[, ]+)*(?:"
    rf"(?:the |my |our )?(?:first|second|third|fourth|fifth|next|last|other|final)(?: of (?:them|these|those|the \w+))?(?: {_ITEM})?(?: (?:is|was|concerns)\b(?: that)?|,)"
    rf"|(?:number|item|notice) (?:one|two|three|four|five|six|\d+)(?:,| is\b(?: that)?)"
    r"|(?:one|two|three|four|five|first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|last(?:ly)?|finally),"
    rf"|(?:the |my |our |an? )?(?:first|second|third|fourth|one|another|other|next|last|final) {_POINT}(?: is| was|'s)\b(?: that)?"
    r"|(?:one|another|first|second|third|fourth|last) (?:is|was) (?=(?:the|our|my|that|that's|we)\b)(?:that )?"
    rf"|one (?:last |more |final |other |quick )*{_ITEM}(?: from me)?(?:,| is\b)(?: that)?"
    r"|(?:i|we)(?:'d| would)? (?:also |just )?(?:like|want) to (?:announce|say|mention|report|tell you|let you know)(?: that)?\b(?! (?:thank|a word))"
    r"|(?:i|we)(?:'m|'re| am| are) (?:\w+ ){0,2}(?:pleased|delighted|happy|proud|excited|able) to (?:say|report|tell you|let you know)(?: that)?\b"
    r"|what (?:we|i|they)(?:'ve| have| can| could| would|'d)? (?:did|do|done|found|find|learned|learnt|saw|said|say|noticed)(?: \w+){0,2}?(?: is| was|'s|,),? ?(?:that |was,? )?(?:(?<=is, )|(?<=was, )|(?=(?:we|they|i|it|he|she|there|the|an?|in|on|for|if|when)\b))"
    r"|(?:i (?:suppose|guess|think) )?i (?:should|ought to|had better|'d better|have to|must|might|could)(?: also| just| perhaps)? (?:say|add|mention|tell you|point out|stress|warn you)(?: that)?\b(?! (?:thank|a word|something|anything))"
    r"|(?:the (?:main |one |other )?thing i(?:'d| would)(?: like to)? (?:tell you|say|stress|add)|what i(?:'d| would)(?: like to)? (?:tell you|say|stress|add|leave you with))(?: is| was|'s)(?: this| that)?[,:]?"
    r"|it(?:'s| is) (?:my|our) (?:\w+ ){0,2}(?:pleasure|honou?r|privilege|job) to (?:say|announce|tell you|report|let you know)(?: that)?\b"
    r"|what(?:'s| is) (?:true|new|clear|certain|different) (?:now )?is that (?=\w)"
    r"|(?:just )?(?:a reminder|to say|to let you know)(?: that)\b"
    r"),?\s*"
)
LEAST = 3  # words that a sentence must have besides
OPENER = re.compile(r"^(?:(?:and|so|now|well|then|ok|okay|right|also)[, ]+)+")


# Behind a name, what shows that its bearer is spoken to: "Helen, you've been patient".
_SPOKEN_TO = frozenset(
    "you you're you've you'll you'd we we're we've i i'm i've it it's there there's that's if".split()
)
CALLED = 2  # words of a name by which somebody is called


def _calling(said: Said, meeting: Meeting) -> tuple[int, int]:
    """How many words at the beginning and at the end only call somebody: "Helen Schroeder, you've ...", "..., Huw."."""
    words = [w.text.lower() for w in said.words]
    bare = [w.strip(",.!?") in meeting.name_words for w in words]
    before = next((n for n in (1, 2) if n < len(words) and all(bare[:n]) and words[n - 1].endswith(",")), 0)
    if before and words[before].strip(",") not in _SPOKEN_TO:
        before = 0
    for n in range(1, CALLED + 1):
        if len(words) > n + 2 and all(bare[-n:]) and not bare[-n - 1] and words[-n - 1].endswith(","):
            return before, n
    return before, 0


def unframed(said: Said, meeting: Meeting) -> Said | None:
    """The sentence without the words that only lead to it or call somebody, parsed anew; None where nothing else is in it."""
    first, last = _calling(said, meeting)
    called = (
        part_of(said, first, len(said.words) - last) if (first or last) and len(said.words) > first + last else None
    )
    said = _parsed_anew(called, meeting) if called else said
    plain, size = said.plain, 0
    for _ in range(3):
        found = _FRAME.match(plain)
        if not found or not found[0]:
            break
        size += len(found[0].split())
        plain = plain[found.end() :]
    if size == 0:
        return said
    found = OPENER.match(plain)
    size += len(found[0].split()) if found else 0
    cut = part_of(said, size, len(said.words)) if len(said.words) - size >= LEAST else None
    return _parsed_anew(cut, meeting) if cut else None


def _parsed_anew(said: Said, meeting: Meeting) -> Said:
    """A part of a sentence read as a sentence: "Two, don't close a job" has no subject, whatever its first word was taken for."""
    if meeting.read is None:
        return said
    text = said.text[:1].upper() + said.text[1:]
    sizes = [len(w.text) + 1 for w in said.words]
    return replace(said, span=meeting.read(text)[:], offsets=tuple(sum(sizes[:n]) for n in range(len(sizes))))


def part_of(said: Said, first: int, last: int) -> Said | None:
    """Words [first, last) of a sentence as a sentence."""
    begin, end = said.offsets[first], said.offsets[last - 1] + len(said.words[last - 1].text)
    tokens = [t for t in said.span if begin <= t.idx < end]
    if not tokens:
        return None
    span = said.span.doc[tokens[0].i : tokens[-1].i + 1]
    return replace(
        said,
        index=said.index % CUT + CUT * (first + 1 + (len(said.words) - last) * 100),
        span=span,
        words=said.words[first:last],
        offsets=said.offsets[first:last],
    )
