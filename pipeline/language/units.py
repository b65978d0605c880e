"""The stretches in which a transcript without voices is cut: what each says about who speaks, and the pause before it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc

from pipeline.language import cues
from pipeline.language.clues import Read, Resolver, Said
from pipeline.language.handovers import Handover
from pipeline.language.lists import CHAIR_POSTS, QUESTION_WORDS

_GREETING = 3  # words: "Hello?" is a sound check
_SHORT = 6  # words of "wonderful, well done to both"
PAUSE = 0.5  # s of silence from which on somebody else may have begun
REPLIES = frozenset(
    "thanks thank yes yeah yep hello hi sure sorry of okay no well absolutely certainly good morning".split()
)
_NOT_ME = {"next": -4.0, "previous": -4.0, "hello": -4.0, "settled": -4.0, "address": -3.0, "about": -1.0}
_YIELDS = frozenset("hand pass back one".split())  # "I'll hand on to", "back to you": said by whoever has the floor
_STEERING = {
    "welcome": cues.WELCOME,
    "chairing": cues.CHAIRING,
    "question time": cues.QUESTION_TIME,
    "panel": cues.PANEL,
    "closing": cues.CLOSING,
    "agenda": cues.AGENDA,
    "item": cues.ITEM,
    "recording": cues.RECORDING,
}
_BEFORE_VOCATIVE = frozenset(", . you thanks yes no morning afternoon evening madam mr sorry sure okay well".split())
_BEFORE_NOUN = frozenset("the a an our my your their as of vice deputy for to by from with is was be".split())

Silences = Sequence[Sequence[float]]  # for each piece, the silence before each of its tokens


@dataclass
class Unit:
    """A stretch of one parse that one person says: tokens [start, end) of piece `piece`."""

    piece: int
    start: int
    end: int
    gap: float = 0.0  # s of silence before it
    called: list[int] = field(default_factory=list)
    addressed: list[int] = field(default_factory=list)
    presented: list[int] = field(default_factory=list)  # "Ivo Brandreth is a therapist with the Trust"
    asked: list[int] = field(default_factory=list)  # "my question is for Priya"
    ends_on: int | None = None  # who is named in its last word, and may be called so if silence follows
    yielded: bool = False
    thanked: list[int] = field(default_factory=list)
    introduced: list[int] = field(default_factory=list)
    not_me: dict[int, float] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    steering: frozenset[str] = frozenset()  # what it does that mostly a chair does
    to_chair: bool = False  # "thank you, Madam Chair", whoever that is
    read_out: bool = False  # what somebody wrote follows, not that person
    named_last: int | None = None  # of those called, addressed or presented
    shares_chair: bool = False  # "one of our two co-chairs": there is more than one
    praises: bool = False  # "wonderful", "that was very clear"
    opens_meeting: bool = False
    opens: str = ""
    words: int = 0


def units_of(pieces: Sequence[Said], read: Read, resolve: Resolver, silences: Silences) -> list[Unit]:
    """The pieces cut into units, with what each says about speakers."""
    units: list[Unit] = []
    for at, piece in enumerate(pieces):
        own = _split(at, piece, read, silences[at])
        for unit in own:
            unit.gap = silences[at][unit.start]
            _describe(unit, piece, read, resolve)
        units += own
    for before, unit in pairwise(units):
        if unit.gap >= PAUSE and before.ends_on is not None and not before.called:
            before.called.append(before.ends_on)
            before.named_last = before.ends_on
        if before.thanked and unit.thanked:  # "thank you, Priya, and thank you, Marek": one of them spoke last
            before.thanked += unit.thanked
        if unit.read_out and not before.read_out:
            before.read_out = bool(before.called or before.addressed)
    return units


def _split(at: int, piece: Said, read: Read, silences: Sequence[float]) -> list[Unit]:
    doc = piece.doc
    borders = {s.start for s in doc.sents} | {0}
    borders |= {i for i, silence in enumerate(silences) if silence >= PAUSE}
    for cue in read.handovers[at]:
        if cue.kind == "next" and cue.end < len(doc) and doc[cue.end].lower_ in REPLIES:
            borders.add(cue.end)
        elif cue.kind == "previous" and doc[cue.start].lower_ in ("thank", "thanks"):
            borders.add(cue.start)
    borders |= {
        i.start for i in read.introductions[at] if i.kind == "self" and doc[i.start].lower_ in ("my", "i", "hello")
    }
    ordered = sorted(b for b in borders if b < len(doc))
    return [Unit(at, a, b) for a, b in zip(ordered, [*ordered[1:], len(doc)], strict=True) if b > a]


def _describe(unit: Unit, piece: Said, read: Read, resolve: Resolver) -> None:
    doc = piece.doc
    for cue in read.handovers[unit.piece]:
        if unit.start <= cue.start < unit.end and (cue.person or cue.kind in ("next", "previous")):
            _take(unit, piece, cue, resolve(unit.piece, cue.name, courtesy=cue.courtesy, surname=cue.surname))
    for intro in read.introductions[unit.piece]:
        if unit.start <= intro.start < unit.end:
            who = resolve(unit.piece, intro.name, courtesy=intro.courtesy, surname=intro.surname)
            if len(who) == 1 and intro.kind == "self":
                unit.introduced += who
            elif len(who) == 1 and intro.person and intro.kind == "introduced" and not unit.called:
                unit.called += who
                unit.named_last = next(iter(who))
            elif len(who) == 1 and intro.person and intro.start <= unit.start + 1:
                unit.presented += who
                unit.named_last = unit.named_last if unit.named_last is not None else next(iter(who))
    acts = [a for a in doc._.acts if a.start < unit.end and unit.start < a.end]
    unit.kinds = frozenset(kind for act in acts for kind in act.kinds)
    words = [t for t in doc[unit.start : unit.end] if not t.is_punct and not t._.disfluency]
    unit.words = len(words)
    unit.opens = words[0].lower_ if words else ""
    said = doc[unit.start : unit.end].text.lower()
    unit.steering = frozenset(kind for kind, pattern in _STEERING.items() if pattern.search(said))
    unit.praises = bool(cues.PRAISE.search(said)) and (unit.words <= _SHORT or said.startswith("that"))
    greets = cues.GREETING.search(said) and unit.words >= _GREETING
    unit.opens_meeting = bool(greets or {"welcome", "chairing"} & unit.steering or unit.introduced)
    unit.shares_chair = bool(cues.SHARED_CHAIR.search(said))
    unit.to_chair = _speaks_to_chair(doc, unit.start, unit.end)
    unit.read_out = bool(cues.READ_OUT.search(said))


def _speaks_to_chair(doc: Doc, start: int, end: int) -> bool:
    """ "Thank you, Madam Chair", "no convener we don't", "can I come in there, Chair": a post as a name."""
    for at in range(start, end):
        if doc[at].lower_ not in CHAIR_POSTS:
            continue
        before = doc[at - 1].lower_ if at > start else ""
        after = doc[at + 1] if at + 1 < end else None
        if before in _BEFORE_NOUN or (after is not None and (after.lower_ == "of" or after.text[:1].isupper())):
            continue
        if not before or before in _BEFORE_VOCATIVE or after is None or (after.is_punct and after.i + 1 >= end):
            return after is None or after.lower_ not in ("is", "'s", "was", "has", "will")
    return False


def _governed(doc: Doc, cue: Handover) -> bool:
    """ "written by Priya", "Priya's", "and Priya": a name that calls nobody."""
    first = doc[cue.start]
    return first.pos_ in ("ADP", "CCONJ", "DET", "SCONJ", "VERB", "AUX") or first.dep_ in ("obj", "obl", "nmod", "conj")


def _take(unit: Unit, piece: Said, cue: Handover, who: frozenset[int]) -> None:
    if len(who) != 1:
        return
    person = next(iter(who))
    said = {t.lower_ for t in piece.doc[max(0, cue.start - 3) : cue.end]}
    following = piece.doc[cue.end : cue.end + 1].text.lower()
    asks = "ask" in said and following != "to"
    if cue.kind == "next" and ({"question", "for"} <= said or (asks and following in QUESTION_WORDS | {"if", "about"})):
        unit.asked.append(person)
    elif cue.kind == "next" or (cue.kind == "address" and cue.question and cue.start <= unit.start + 1):
        unit.called.append(person)
        unit.named_last = person
        unit.yielded = bool(said & _YIELDS)
    elif cue.kind == "previous":
        unit.thanked.append(person)
    elif cue.kind in ("address", "hello"):
        unit.addressed.append(person)
        unit.named_last = person
    if cue.kind in ("address", "about") and cue.end >= unit.end - 1 and not _governed(piece.doc, cue):
        unit.ends_on = person
    unit.not_me[person] = min(unit.not_me.get(person, 0.0), _NOT_ME[cue.kind])
