"""Whether a statement is supported by its evidence: derived from the words alone, not from how it was made.

The rules look at names, numbers, dates, denials, possibility, attribution and the share of content words. They know
nothing of parses, frames or templates, so that a mistake there is seen here.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby

from pipeline.measures.ground import Ground, event_text, ground_of, heard, near, registration
from pipeline.measures.lists import (
    DAYS,
    DECISIONS,
    DENIALS,
    HEDGES,
    MODALS,
    MONTHS,
    PAGE_WORDS,
    POSSIBLE,
    REPORTING,
    SCOPED,
    STOP_WORDS,
    TITLES,
)
from pipeline.measures.normalise import KEPT, fold, numbers_of, sums_of, words_of
from pipeline.measures.stems import stem
from pipeline.records import Conversation, Event, Evidence, Person, Point, Spoken

COVERED = 0.7  # share of a sentence's content words that its evidence must hold
HEARD = 0.9  # share of the quoted words that must have been said at that moment, in order
LONGEST_GAP = 3  # content words in a row that the evidence may lack


def unsupported(point: Point, conversation: Conversation, event: Event, people: Sequence[Person]) -> list[str]:
    """Why a statement is not supported by its evidence, one sentence a reason; empty when it is."""
    ground = ground_of(point.evidence, conversation, event, people)
    text = re.sub(r"[*_`]|<[^>]+>", "", point.text)
    reasons = _evidence(point.evidence, conversation, event)
    for rule in (
        _people,
        _speakers,
        _attribution,
        _honours,
        _capitals,
        _numbers,
        _denial,
        _possibility,
        _decision,
        _counted,
        _coverage,
    ):
        reasons += rule(text, point, ground)
    return reasons


def _evidence(evidence: Sequence[Evidence], conversation: Conversation, event: Event) -> list[str]:
    reasons = [] if evidence else ["It has no evidence."]
    for item in evidence:
        if isinstance(item, Spoken):
            if heard(item, conversation) < HEARD:
                reasons.append(f"The words “{_short(item.words)}” were not said at {item.start:.0f} s.")
        elif event_text(event, item.event) is None:
            reasons.append(f"The event file has no {item.event!r}.")
    return reasons


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + (" ..." if len(words) > 8 else "")


def backed_speakers(point: Point, ground: Ground) -> tuple[str, ...]:
    """The point's speakers without those who are only listed: neither heard nor named in the evidence, nor in its text."""
    return tuple(
        name
        for name in point.speakers
        if name in ground.voices or ground.mentions(name) or fold(name) in fold(point.text)
    )


def named_in(text: str, people: Iterable[Person]) -> list[Person]:
    """The people whose full name stands in a text."""
    folded = f" {' '.join(_plain_words(text))} "
    return [p for p in people if f" {' '.join(_plain_words(p.name))} " in folded]


@lru_cache(maxsize=KEPT)
def _plain_words(text: str) -> tuple[str, ...]:
    return tuple(w.removesuffix("'s") for w in re.findall(r"[^\W_]+(?:'[^\W_]+)*", fold(text)))


def _people(text: str, _: Point, ground: Ground) -> list[str]:
    missing = [p.name for p in named_in(text, ground.people) if p not in ground.backed]
    return [f"{name} is neither heard nor named in the evidence." for name in missing]


def _speakers(text: str, point: Point, ground: Ground) -> list[str]:
    """Who is said to have said it must be heard there."""
    reasons = [
        f"{name} is given as a speaker but is neither heard nor named in the evidence."
        for name in point.speakers
        if name not in ground.voices and not ground.mentions(name)
    ]
    for person, called in _called(text, ground.people):
        said = re.findall(rf"\b{re.escape(called)}(?:,[^,.]*,)?\s+(\w+)", text)
        if ground.turns and person.name not in ground.voices and any(v.lower() in REPORTING for v in said):
            reasons.append(f"{person.name} is said to have spoken, but somebody else is heard in the evidence.")
    return reasons


def _attribution(text: str, _: Point, ground: Ground) -> list[str]:
    """ "X said that ...": the words that come closest to it must be X's, or name X."""
    reasons = []
    for sentence in re.split(r"(?<=[.?!:])\s+", text):
        for person, called in _called(sentence, ground.people):
            said = re.search(rf"\b{re.escape(called)}(?:,[^,.]*,)?\s+(\w+)(.*)", sentence)
            if said is None or said.group(1).lower() not in REPORTING or person.name not in ground.voices:
                continue
            closest = _closest(said.group(2), ground)
            if closest and not any(person.name in names or called in words for names, words in closest):
                reasons.append(f"What {person.name} is said to have said was said by somebody else.")
    return reasons


def _closest(claim: str, ground: Ground) -> list[tuple[set[str], str]]:
    """The pieces of evidence that share most words with a claim, each with whose it is."""
    wanted = {stem(w) for w in words_of(claim) if w not in STOP_WORDS}
    if len(wanted) < 3:
        return []
    scored = []
    for item in ground.items:
        names = {t.name for t in ground.turns if t.name and min(t.end, item.end) - max(t.start, item.start) > 0.2}
        shared = len(wanted & {stem(w) for w in words_of(item.words)}) / len(wanted)
        scored.append((shared, names, item.words))
    best = max((shared for shared, _, _ in scored), default=0.0)
    return [(names, words) for shared, names, words in scored if names and shared >= best - 0.15] if best >= 0.4 else []


def _called(text: str, people: Sequence[Person]) -> list[tuple[Person, str]]:
    """Who is named in a text, and as what: the full name, or a surname that only one person has."""
    surnames = [p.name.split()[-1] for p in people if p.name.split()]
    found = [(p, p.name) for p in people if p.name and p.name in text]
    alone = [
        (p, s) for p, s in zip((p for p in people if p.name.split()), surnames, strict=True) if surnames.count(s) == 1
    ]
    return found + [(p, s) for p, s in alone if s != p.name and re.search(rf"(?<!\w){re.escape(s)}\b", text)]


def _honours(text: str, _: Point, ground: Ground) -> list[str]:
    """Titles and bodies must stand with the person who has them."""
    reasons = []
    for person in named_in(text, ground.people):
        match = re.search(rf"(?:(\w+)\.?\s+)?{re.escape(person.name)}(?:\s+([A-Z]{{2,4}})\b)?(?:,\s+([^,.;]+))?", text)
        if match is None:
            continue
        own = fold(
            f"{person.honours or ''} {' '.join(registration(person.name, ground.event.registered))} {ground.spoken}"
        )
        titles = [t for t in match.group(1, 2) if t and fold(t) in TITLES and fold(t) not in own]
        reasons += [f"{person.name} is not called “{title}” in the evidence." for title in titles]
        reasons += _other_body(person, match.group(3) or "", ground)
    return reasons


def _other_body(person: Person, phrase: str, ground: Ground) -> list[str]:
    """ "A, director of X" where X is somebody else's body."""
    if (
        not person.organisation
        or fold(person.organisation) in fold(phrase)
        or re.match(r"(?:with|and|who|after|whose)\b", phrase)
    ):
        return []
    others = {p.organisation for p in ground.people if p.organisation and p.name != person.name}
    return [f"{person.name} is not of {o} in the list of people." for o in sorted(others) if fold(o) in fold(phrase)]


def _capitals(text: str, _: Point, ground: Ground) -> list[str]:
    """Names of any kind: every capitalised word inside a sentence, every weekday and month."""
    reasons = []
    own = {w for p in named_in(text, ground.people) for w in _plain_words(p.name)}
    for match in re.finditer(r"[^\W\d_][^\s.,;:!?()“”\"]*", text):
        word, before = match.group(0), text[: match.start()].rstrip(" “\"'(")
        folded = fold(word).removesuffix("'s").strip("'-")
        begins = not before or before[-1] in ".?!:"
        calendar = folded in DAYS or (folded in MONTHS and word[0].isupper())
        if not (calendar or (word[0].isupper() and not begins)) or folded in own or folded in STOP_WORDS:
            continue
        parts = words_of(folded)
        if not all(_known(part, ground) for part in parts):
            reasons.append(f"The name “{word}” is not in the evidence.")
    return reasons


def _known(word: str, ground: Ground) -> bool:
    if (
        word in ground.words
        or word in ground.raw
        or stem(word) in ground.stems
        or stem(word) in ground.lent
        or word in STOP_WORDS
        or (word.isdigit() and any(f"{word}{end}" in ground.words for end in ("st", "nd", "rd", "th")))
        or (word in ("seconded", "seconder") and "2nd" in ground.words)  # "I'd second that" looks like an ordinal
    ):
        return True
    registered = {w for r in ground.event.registered for t in (r.name, r.organisation) if t for w in words_of(t)}
    return word in registered and near(word, ground.words)


def _numbers(text: str, _: Point, ground: Ground) -> list[str]:
    there = numbers_of(ground.spoken) | numbers_of(ground.written) | {w for w in ground.words if w[0].isdigit()}
    there |= {n for p in ground.backed for t in (p.role, p.organisation) if t for n in numbers_of(t)}
    there |= sums_of(ground.spoken)
    return [f"The number {n} is not in the evidence." for n in sorted(numbers_of(text) - there)]


def _denial(text: str, _: Point, ground: Ground) -> list[str]:
    """A denial must be kept where it was made, and none invented: word by word, what is denied must be the same."""
    said, told = _sentences(ground.spoken + " . " + ground.written), _sentences(_without_bodies(text, ground))
    if any(w in DENIALS for s in told for w in s) and not any(w in DENIALS for s in said for w in s):
        return ["It denies something that the evidence does not deny."]
    there, here = _marked(said, DENIALS, reach=6), _marked(told, DENIALS, reach=6)
    reasons = []
    refused = _answered_no(ground.spoken)
    for word in sorted((here.keys() & there.keys()) - refused - ground.bodies):
        if max(here[word]) > max(there[word]):
            reasons.append(f"The evidence does not deny what it says of “{word}”.")
        elif min(there[word]) > 0 and min(here[word]) == 0:
            reasons.append(f"The evidence denies what it says of “{word}”.")
    return reasons


def _without_bodies(text: str, ground: Ground) -> str:
    """A text without the names of bodies ("not at the school" denies nothing of the Bedside Schools) and of who asked."""
    text = re.sub(r"\(asked by [^)]*\)", " ", text)
    for body in (*ground.event.organisers, *(r.organisation for r in ground.event.registered if r.organisation)):
        text = text.replace(body, " ")
    return text


def _answered_no(spoken: str) -> set[str]:
    """The words of questions that were answered with no: "Is there a seconder? No." denies a seconder."""
    asked = re.findall(
        r"\b((?:is|are|was|were|do|does|did|has|have|can|will|any)\b[^.?!;]*)[.?!][.?!\s]*"
        r"(?:no\b|none\b|nobody\b|(?:i|we) (?:don't|do not) (?:see|have) (?:one|any)\b)",
        fold(spoken),
    )
    return {stem(w) for question in asked for w in words_of(question) if w not in STOP_WORDS}


_HELD = re.compile(r"\bThe meeting was held online, on [^.]*\.")  # the page's own, from the event file


def _possibility(text: str, _: Point, ground: Ground) -> list[str]:
    """What was said as a possibility must not be told as a fact."""
    said, told = _sentences(ground.spoken), _sentences(_HELD.sub(" ", text))
    there, here = _marked(said, POSSIBLE, reach=5), _marked(told, HEDGES, reach=16)
    told_by = {stem("said"), stem("say")}  # the page's own "said" is nothing that was said
    lost = [
        w for w in (here.keys() & there.keys()) - ground.bodies - told_by if min(there[w]) > 0 and min(here[w]) == 0
    ]
    if len(lost) >= 2 or any(w in _focuses(said, MODALS) for w in lost):
        return ["It states as a fact what was said as a possibility."]
    return []


def _sentences(text: str) -> list[list[str]]:
    """The words of each sentence; "no" as an answer, "not only" and "or not" are no denials and are left out."""
    found = []
    text = re.sub(r"\b(no ?one|nobody|nothing|none)['’]s\b", r"\1 is", text, flags=re.IGNORECASE)
    for part in re.split(
        r"[.?!;:](?!\d)", re.sub(r"\b(?:you know|I mean|sort of|kind of|I (?:should|must|have to) say)\b,?", " ", text)
    ):
        plain = re.sub(
            r"^\W*(?:(?:no|oh|well|yes|yeah|and|but|so)\b[\s,]*)+(?=,|\s(?:I|we|it|they|you|that|there|he|she)\b)",
            " ",
            part,
            flags=re.IGNORECASE,
        )
        plain = re.sub(
            r"\b(?:or not|why not|if not|no doubt|no problem)\b|\bnot (?=only|just|least|to mention)",
            " ",
            plain,
            flags=re.IGNORECASE,
        )
        found.append(words_of(plain))
    return found


def _marked(sentences: Iterable[Sequence[str]], marks: frozenset[str], *, reach: int) -> dict[str, list[int]]:
    """For each content word the number of marks that bear on it, one figure an occurrence.

    A mark bears on the content words behind it as far as the first one that is no quantity, within its reach.
    """
    found: dict[str, list[int]] = {}
    for words in sentences:
        for n, word in enumerate(words):
            if word in STOP_WORDS or word in marks:
                continue
            near = [m for m in range(max(0, n - reach), n) if words[m] in marks]
            bearing = [
                m for m in near if reach > 10 or words[m] in SCOPED or not any(_weighs(w) for w in words[m + 1 : n])
            ]
            found.setdefault(stem(word), []).append(len(bearing))
    return found


def _weighs(word: str) -> bool:
    return (
        word not in STOP_WORDS and word not in ("enough", "yet", "really", "think", "believe") and not word[0].isdigit()
    )


def _focuses(sentences: Iterable[Sequence[str]], marks: frozenset[str]) -> set[str]:
    """The content words directly behind a mark."""
    found = set()
    for words in sentences:
        for n, word in enumerate(words):
            if word in marks:
                found |= {stem(w) for w in [next((w for w in words[n + 1 : n + 5] if w not in STOP_WORDS), "")] if w}
    return found


def _decision(text: str, _: Point, ground: Ground) -> list[str]:
    """Words of decision count only when somebody used them."""
    known = ground.stems | ground.lent
    made = sorted({w for w in words_of(text) if w in DECISIONS and stem(w) not in known})
    return [f"Nobody speaks of “{w}” in the evidence." for w in made]


def _counted(text: str, _: Point, ground: Ground) -> list[str]:
    """A number must count the same thing: "90 pounds" is not "90 visits"."""
    reasons = []
    for words in _sentences(re.sub(r",(?!\d)", ";", text)):
        for n, word in enumerate(words):
            thing = next((w for w in words[n + 1 : n + 4] if w not in STOP_WORDS and not w[0].isdigit()), "")
            if not word[0].isdigit() or not thing or thing in PAGE_WORDS or stem(thing) not in ground.stems:
                continue
            places = [k for k, w in enumerate(ground.words) if re.fullmatch(rf"{re.escape(word)}(?:st|nd|rd|th)?", w)]
            near = any(stem(w) == stem(thing) for k in places for w in ground.words[max(0, k - 4) : k + 8])
            if places and not near:
                reasons.append(f"The evidence does not say {word} of “{thing}”.")
    return reasons


def _coverage(text: str, _: Point, ground: Ground) -> list[str]:
    """Enough of each sentence's content words must be in the evidence, and no stretch of them may be missing."""
    own = {stem(w) for p in named_in(text, ground.people) for w in words_of(p.name)}
    reasons = []
    for words in _sentences(text):
        content = [w for w in words if w not in STOP_WORDS and w not in REPORTING and stem(w) not in own]
        held = [
            w in PAGE_WORDS or stem(w) in ground.stems or stem(w) in ground.lent or _known(w, ground) for w in content
        ]
        weighed = [h for w, h in zip(content, held, strict=True) if w not in PAGE_WORDS]
        missing = [w for w, h in zip(content, held, strict=True) if not h]
        run = max((len(list(g)) for h, g in groupby(held) if not h), default=0)
        share = sum(weighed) / len(weighed) if weighed else 1.0
        if (share < COVERED and len(weighed) > 2) or run > LONGEST_GAP:
            reasons.append(f"Only {share:.0%} of its words are in the evidence; missing: {', '.join(missing[:6])}.")
    return reasons
