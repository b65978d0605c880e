"""Finds the words that say who speaks next, who spoke before, and who is being spoken to.

"Over to you, Priya", "we'll go to Mr Epp", "Mr Waugh." and "Priya, would you like to take that one?" name the next
speaker; "thank you, Priya" the one before; "Priya, you mentioned" only says that the speaker is not Priya; "as Priya
said" likewise, and that she is a person of this meeting.
"""

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.language import notes
from pipeline.language.floor import gives_floor
from pipeline.language.frames import Found, Frames, Reduced, reduce
from pipeline.language.lists import FRAME_LISTS, HANDOVER_FRAMES
from pipeline.language.roster import Mention

FACTORY = "afterword_handovers"
_FRAMES = Frames(HANDOVER_FRAMES, FRAME_LISTS)
_STRENGTH = {"settled": 6, "previous": 5, "next": 4, "hello": 3, "address": 2, "about": 1}
_CALLS = frozenset(("next", "previous"))
_READ_OUT = frozenset(
    "chat asks asked writes wrote written typed posted sent email emailed q&a anonymous says wonders".split()
)
_OF_PLACES = frozenset("for of in at near the a an".split())
_HELLOS = FRAME_LISTS["hello"] | {"good"}
_SELF = frozenset("i 'm ’m am name me myself this it here".split())
_NOT_NOW = frozenset("not n't never cannot before after until".split())


@dataclass(frozen=True)
class Handover:
    """A name in a frame. Tokens [start, end) of the doc; `left` is how many words follow it in the doc."""

    kind: str  # "next" | "previous" | "hello" | "settled" | "address" | "about"
    start: int
    end: int
    name: str
    courtesy: str = ""
    left: int = 0
    before: int = 0  # words before it in the doc
    person: bool = True
    question: bool = False  # its sentence is a question
    surname: bool = False  # a single word here is a family name
    closing: bool = False  # nothing in its sentence says that it is about somebody who has spoken

    @property
    def full(self) -> bool:
        """First and family name were said."""
        return len(self.name.split()) > 1


def find_handovers(doc: Doc, mentions: list[Mention]) -> list[Handover]:
    """One finding per name: its strongest frame ("thank you, X" beats "X." at the end of a sentence)."""
    reduced = reduce(doc, mentions)
    best: dict[int, Found] = {}
    for frame in _FRAMES.find(reduced):
        if not frame.names:
            continue
        at = frame.names[-1] if frame.key != "previous" else frame.names[0]
        mention = reduced.names[at]
        if not _may_speak(doc, mention) or (frame.key in _CALLS and _owns(doc, mention)):
            continue
        if frame.key == "next" and _ruled_out(reduced, frame):
            continue
        if at not in best or _STRENGTH[frame.key] > _STRENGTH[best[at].key]:
            best[at] = frame
    _add_floor(doc, reduced, best)
    _greet(reduced, best)
    _add_rest(reduced, best)
    return [_make(reduced, best[at], at) for at in sorted(best)]


def _add_floor(doc: Doc, reduced: Reduced, best: dict[int, Found]) -> None:
    """Adds the people who get the floor in a sentence that no frame fits."""
    for at, mention in reduced.names.items():
        if at in best and _STRENGTH[best[at].key] > _STRENGTH["address"]:
            continue
        verb = gives_floor(doc, mention)
        if verb is None or not _may_speak(doc, mention) or _owns(doc, mention):
            continue
        start = next((i for i, (first, last) in enumerate(reduced.spans) if first <= verb < last), at)
        frame = Found("next", start, at + 1, (at,))
        if not _ruled_out(reduced, frame):
            best[at] = frame


def _greet(reduced: Reduced, best: dict[int, Found]) -> None:
    """ "Hi, Ana, Ben." calls nobody, whatever stands at its end."""
    for at, frame in best.items():
        if frame.key in ("next", "address") and _first_word(reduced, at) in _HELLOS and frame.end - frame.start <= 3:
            best[at] = Found("hello", frame.start, frame.end, frame.names)


def _first_word(reduced: Reduced, at: int) -> str:
    while at and not reduced.doc[at].is_sent_start:
        at -= 1
    return reduced.doc[at].lower_


def _add_rest(reduced: Reduced, best: dict[int, Found]) -> None:
    """Names in no frame: said about somebody, so that the speaker is somebody else."""
    for at, mention in reduced.names.items():
        if at not in best and mention.known and not mention.post and not _names_self(reduced, at):
            best[at] = Found("about", at, at + 1, (at,))


def _names_self(reduced: Reduced, at: int) -> bool:
    """First in a roll call ("Ana Ruiz, chief inspector"), or after "I'm", "name is", "this is"."""
    before = [t.lower_ for t in reduced.doc[max(0, at - 3) : at]]
    return at == 0 or bool(_SELF & set(before))


def _owns(doc: Doc, mention: Mention) -> bool:
    """ "We'll come back to Priya's question" calls nobody; "it's Priya's turn" and "Priya's next" do."""
    if mention.end + 1 >= len(doc) or doc[mention.end].lower_ not in ("'s", "’s"):
        return False
    thing = doc[mention.end + 1]
    if not doc.has_annotation("TAG"):
        return thing.lower_ != "turn" and thing.is_alpha and not thing.is_stop
    return thing.lower_ != "turn" and thing.pos_ in ("NOUN", "ADJ", "PROPN", "NUM") and doc[mention.end].tag_ == "POS"


def _may_speak(doc: Doc, mention: Mention) -> bool:
    """Somebody, and not a place or body: "the member for Victoria", "the CEWS"."""
    if mention.known or mention.courtesy or mention.title:
        return True
    if mention.start and doc[mention.start - 1].lower_ in _OF_PLACES:
        return mention.full and mention.person
    return mention.likely and not (mention.name.isupper() and len(mention.name) > 2)


def _ruled_out(reduced: Reduced, frame: Found) -> bool:
    """ "before we go to Priya" hands nothing over, nor does "a question in the chat from Omar"."""
    before = reduced.doc[max(0, frame.start - 4) : frame.start]
    if any(token.lower_ in _NOT_NOW for token in before):
        return True
    if reduced.doc[max(0, frame.names[-1] - 1)].lower_ == "for":
        return False  # "the next is for Priya, somebody asks": Priya is to answer it
    around = reduced.doc[max(0, frame.start - 6) : min(len(reduced.doc), frame.end + 8)]
    return any(token.lower_ in _READ_OUT for token in around) and not _spoken_to(reduced, frame)


def _spoken_to(reduced: Reduced, frame: Found) -> bool:
    """ "Priya, would you like to take that one from the chat?" is said to Priya."""
    return any(t.lower_ in ("you", "your", "yours", "please") for t in reduced.doc[frame.start : frame.end + 3])


def _make(reduced: Reduced, frame: Found, at: int) -> Handover:
    mention = reduced.names[at]
    words = [i for i, t in enumerate(reduced.doc) if not t.is_punct]
    return Handover(
        frame.key,
        reduced.spans[frame.start][0],
        reduced.spans[frame.end - 1][1],
        mention.name,
        mention.courtesy,
        sum(1 for i in words if i >= frame.end),
        sum(1 for i in words if i < frame.start),
        mention.person,
        _in_question(reduced, at),
        mention.surname,
        frame.key == "address" or reduced.doc[frame.start].lower_ in ("from", "to", "with", "by", "for"),
    )


def _in_question(reduced: Reduced, at: int) -> bool:
    for token in reduced.doc[at:]:
        if token.text in (".", "?", "!"):
            return bool(token.text == "?")
    return False


@Language.factory(FACTORY, assigns=["doc._.handovers"], requires=["doc._.names"])
def make(nlp: Language, name: str) -> "Handovers":  # noqa: ARG001 - spaCy calls factories so
    """The component, for `nlp.add_pipe`; wants "afterword_roster" before it."""
    return Handovers()


class Handovers:
    """Sets `doc._.handovers` (a tuple of `Handover`)."""

    def __init__(self) -> None:
        if not Doc.has_extension("handovers"):
            Doc.set_extension("handovers", getter=lambda doc: notes.show(doc, "handovers", Handover))

    def __call__(self, doc: Doc) -> Doc:
        """Find the doc's hand-overs."""
        found = find_handovers(doc, list(notes.show(doc, "names", Mention)))
        rows = [
            (h.kind, h.start, h.end, h.name, h.courtesy, h.left, h.before, h.person, h.question, h.surname, h.closing)
            for h in found
        ]
        notes.keep(doc, "handovers", rows)
        return doc
