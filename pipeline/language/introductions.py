"""Finds who introduces whom, and as what: "I'm X, and I look after training at Y", "please welcome X, who is the
director of Y", "X from Y". Roles and organisations are kept as they were said.

Somebody described in the past tense ("who used to be at X", "formerly of X") keeps no role from it.
"""

from dataclasses import dataclass
from itertools import product

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.language import notes
from pipeline.language.frames import Found, Frames, Reduced, reduce
from pipeline.language.lists import FRAME_LISTS, OTHER_FRAMES, ROLES, SELF_FRAMES
from pipeline.language.posts import Post, post_after
from pipeline.language.roster import Mention

FACTORY = "afterword_introductions"
_SELF = Frames(SELF_FRAMES, FRAME_LISTS)
_OTHER = Frames(OTHER_FRAMES, FRAME_LISTS)
_ROLL_CALL = 16  # tokens
_NOT_ME = ("not", "n't", "never", "if", "like", "as")


@dataclass(frozen=True)
class Introduction:
    """Somebody is named together with what they do, or names themselves. Tokens [start, end) of the doc."""

    kind: str  # "self": the speaker; "introduced": by somebody else, about to speak; "described": in passing
    start: int
    end: int
    name: str
    title: str = ""
    letters: str = ""
    courtesy: str = ""
    role: str = ""
    organisation: str = ""
    former: bool = False  # the role or organisation is a past one
    person: bool = True  # False: the name may be no person's
    surname: bool = False  # a single word here is a family name

    @property
    def honours(self) -> str | None:
        """ "Dr", "OBE" or "Dr ... OBE"."""
        return " ... ".join(part for part in (self.title, self.letters) if part) or None


def find_introductions(doc: Doc, mentions: list[Mention]) -> list[Introduction]:
    """All introductions in the doc; one per name and place, self-introductions first."""
    reduced = reduce(doc, mentions)
    found: dict[int, Introduction] = {}
    for frame in _SELF.find(reduced):
        for at in frame.names[:1]:
            mention = reduced.names[at]
            if at not in found and _is_self(reduced, frame, mention):
                found[at] = _make(doc, "self", reduced, frame, _said_in_full(reduced, at))
    for frame in _OTHER.find(reduced):
        for at in frame.names[:1]:
            if reduced.names[at].post:
                continue
            if at in found and found[at].kind in ("self", "introduced"):
                continue
            made = _make(doc, frame.key, reduced, frame, at)
            if frame.key == "introduced" or made.role or made.organisation:
                found[at] = made
    for at, step in product([at for at, made in found.items() if made.kind == "introduced"], (-2, 2)):
        _beside(doc, reduced, found, at, step)
    _roll_call(doc, reduced, found)
    return [found[at] for at in sorted(found)]


def _beside(doc: Doc, reduced: Reduced, found: dict[int, Introduction], at: int, step: int) -> None:
    """ "Ana Ruiz and Tom Okoro join us": who is named on the other side of the "and" is introduced as well."""
    other = at + step
    mention = reduced.names.get(other)
    if mention is None or not mention.person or mention.post or other in found:
        return
    if reduced.doc[at + step // 2].lower_ in ("and", "&", ","):
        found[other] = _make(doc, "introduced", reduced, Found("introduced", other, other + 1, (other,)), other)
        _beside(doc, reduced, found, other, step)


def _roll_call(doc: Doc, reduced: Reduced, found: dict[int, Introduction]) -> None:
    """ "Ana Ruiz, chief inspector." and nothing more: somebody answering "please introduce yourselves"."""
    mention = reduced.names.get(0)
    if mention is None or not mention.full or not mention.person or len(doc) > _ROLL_CALL:
        return
    post = post_after(doc, mention.end)
    if post.role and not any(t.pos_ in ("VERB", "AUX") for t in doc):
        found[0] = _make(doc, "self", reduced, Found("self", 0, 1, (0,)), 0)


def _said_in_full(reduced: Reduced, at: int) -> int:
    """ "I'm Kofi, Kofi Mensah": the second time is the whole name."""
    for place in (at + 1, at + 2):  # the comma may have gone with what was taken for a repetition
        again = reduced.names.get(place)
        if again is not None and again.full and again.name.split()[0] == reduced.names[at].name:
            return place
    return at


def _is_self(reduced: Reduced, frame: Found, mention: Mention) -> bool:
    """ "I'm Kenyan" and "if I'm Daniel" are no introductions: an unknown name must be a full one, or follow "name is"."""
    before = [t.lower_ for t in reduced.doc[max(0, frame.start - 2) : frame.start]]
    if any(word in _NOT_ME for word in before):
        return False
    words = [t.lower_ for t in reduced.doc[frame.start : frame.end]]
    if mention.end - mention.start == 1 and "name" not in words and _is_people(reduced, mention):
        return False  # "I'm Scottish, so I know about rain"
    placed = mention.likely and words[-1] in ("from", "speaking", "here") and words[0] in ("this", "it", "hello", "hi")
    return mention.person or mention.full or "name" in words or placed


def _is_people(reduced: Reduced, mention: Mention) -> bool:
    token = reduced.source[mention.start]
    return bool(token.ent_type_ == "NORP" or token.pos_ == "ADJ" or token.tag_ == "JJ")


def _make(doc: Doc, kind: str, reduced: Reduced, frame: Found, at: int) -> Introduction:
    mention = reduced.names[at]
    post = post_after(doc, mention.end, spoken_by_self=kind == "self")
    if post.former:
        post = _now(doc, post)
    if not post.role and kind != "self":
        post = _role_before(doc, mention, post)
    start = min(reduced.spans[frame.start][0], mention.start)
    end = max(reduced.spans[frame.end - 1][1], mention.end, post.end)
    return Introduction(
        kind,
        start,
        end,
        mention.name,
        mention.title,
        mention.letters,
        mention.courtesy,
        post.role,
        post.organisation,
        post.former,
        mention.person,
        mention.surname,
    )


def _now(doc: Doc, post: Post) -> Post:
    """ "formerly of the Treasury, now at Oxfam": what they are today."""
    for at in range(post.end, min(len(doc), post.end + 3)):
        if doc[at].lower_ in ("now", "currently"):
            today = post_after(doc, at)
            return today if today.role or today.organisation else post
    return post


def _role_before(doc: Doc, mention: Mention, post: Post) -> Post:
    """ "our treasurer Fiona Macleod", "the chair of the network, Grace Holloway"."""
    at = mention.start - 1
    if at >= 0 and doc[at].text == ",":
        at -= 1
    if at < 0 or doc[at].lower_ not in ROLES:
        return post
    begin = at
    while begin > 0 and doc[begin - 1].is_alpha and doc[begin - 1].pos_ in ("NOUN", "ADJ", "PROPN") and at - begin < 3:
        begin -= 1
    if begin == 0 or doc[begin - 1].lower_ not in ("our", "the", "my", "your", "their", "its"):
        return post
    return Post(doc[begin : at + 1].text, post.organisation, post.former, post.end)


@Language.factory(FACTORY, assigns=["doc._.introductions"], requires=["doc._.names"])
def make(nlp: Language, name: str) -> "Introductions":  # noqa: ARG001 - spaCy calls factories so
    """The component, for `nlp.add_pipe`; wants "afterword_roster" before it."""
    return Introductions()


class Introductions:
    """Sets `doc._.introductions` (a tuple of `Introduction`)."""

    def __init__(self) -> None:
        if not Doc.has_extension("introductions"):
            Doc.set_extension("introductions", getter=lambda doc: notes.show(doc, "introductions", Introduction))

    def __call__(self, doc: Doc) -> Doc:
        """Find the doc's introductions."""
        found = find_introductions(doc, list(notes.show(doc, "names", Mention)))
        rows = [
            (
                i.kind,
                i.start,
                i.end,
                i.name,
                i.title,
                i.letters,
                i.courtesy,
                i.role,
                i.organisation,
                i.former,
                i.person,
                i.surname,
            )
            for i in found
        ]
        notes.keep(doc, "introductions", rows)
        return doc
