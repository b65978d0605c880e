"""What a platform writes beside a speaker's words, read as a person: "Ana Ruiz | Harbour", "Ana's iPhone", "ana (she/her)".

A label is what the platform knows of a device, not of a person: two devices may be one person, and a device may be
a room. Rooms, phones without an owner and "Guest 3" are voices, not names.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.language.lexicon import fold, is_ordinary
from pipeline.language.lists import ORGANISATION_WORDS, ROLES, given_names
from pipeline.language.people import Directory, PersonName, parse_name

_PRONOUN = r"(?:she|he|they|her|him|them|hers|his|theirs|ze|zir|elle|il|iel|ella|el|any)"
_PRONOUNS = re.compile(rf"[(\[]?\b{_PRONOUN}(?:\s*[/,]\s*{_PRONOUN})+\b[)\]]?", re.IGNORECASE)
_NOISE = re.compile(
    r"[(\[](?:host|co-?host|guest|external|unverified|me|you|presenter|organi[sz]er|muted|\d+|.)[)\]]", re.IGNORECASE
)
_MARKUP = re.compile(r"<[^<>]*>|[<>]")
_DEVICE = r"(?:i\s?phone|i\s?pad|mac\s?book(?:\s(?:pro|air))?|i\s?mac|galaxy|laptop|desktop|pc|phone|mobile|tablet|android|computer|device|surface|pixel|chromebook)"
_OWNED = re.compile(rf"^(?P<who>.+?)(?:['’]s?|\s)\s*{_DEVICE}(?:\s.*)?$", re.IGNORECASE)
_OWNED_BY = re.compile(rf"^{_DEVICE}\s+(?:of|de|von|di|van)\s+(?P<who>.+)$", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[]([^)\]]*)[)\]]")
_PARTED = re.compile(r"\s+[|/@•·~]\s*|\s*[|•·]\s+|\s+[-–—]+\s+|\s*\|\s*|\s+(?:at|from)\s+|,\s+")
_NOBODY = re.compile(
    rf"^(?:{_DEVICE}.*|(?:zoom|teams|webex|meet)\b.*|user\s?\w*|guest.*"
    r"|unknown.*|participant.*|attendee.*|host|co-?host|panellist|panelist|caller.*|call.in.*|[+()\d\s.\-*xX]{5,}|anonymous.*|me|you|admin(?:istrator)?"
    r"|test|recording|moderator|interpreter.*|speaker|notetaker|.*\b(?:otter\.ai|fireflies|read\.ai|note\s?taker)\b.*)$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?<![\w-])(?:room|boardroom|lobby|hall|studio|desk|team account)\b", re.IGNORECASE)


# An office and, in brackets, who holds it: "The Acting Chair (Mr. Ben Obi (Harbour North))".
_OFFICE = re.compile(
    r"^(?:the\s+)?(?P<role>(?:(?:acting|deputy|temporary|assistant|vice)[\s-]+)*(?:chair(?:man|woman|person)?|speaker|president|convener|presiding officer|clerk|moderator))"
    r"\s*(?:\((?P<who>[^()]+(?:\([^()]*\))?[^()]*)\)\s*)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Labelled:
    """A label read: a person with what else the label says, or nobody (`name` empty)."""

    name: str
    organisation: str | None = None
    role: str | None = None
    honours: str | None = None
    handle: str | None = None  # what stood in brackets as a user name
    several: bool = False  # "Ana Ruiz & Ben Obi": more than one person behind one device


NOBODY = Labelled("")


def read_label(label: str) -> Labelled:
    """Take one label apart; `NOBODY` for rooms, phones and numbered guests."""
    text = " ".join(_MARKUP.sub(" ", label).split())
    office = _OFFICE.match(text)
    if office and office["who"] and len(office["who"].split()) > 1:
        holder = read_label(office["who"])
        return replace(holder, role=office["role"]) if holder.name else holder
    text = _NOISE.sub(" ", _PRONOUNS.sub(" ", text)).strip(" -–—|,/")
    owned = _OWNED.match(text) or _OWNED_BY.match(text)
    if owned and not _NOBODY.match(owned["who"]):
        text = owned["who"]
    elif _NOBODY.match(text) or (_PLACE.search(text) and not (text.endswith("Hall") and _personal(text))):
        return NOBODY  # "Stuart Hall" is no hall
    text, organisation, handle = _brackets(text)
    parts = [part.strip() for part in _PARTED.split(text) if part.strip()]
    if not parts or not any(c.isalpha() for c in parts[0]) or _NOBODY.match(parts[0]):
        return NOBODY
    name, others = _name_first(parts)
    role = next((p for p in others if set(p.lower().split()) & ROLES), None)
    organisation = organisation or next((p for p in others if p != role), None)
    person = parse_name(name)
    several = bool(re.search(r"\s(?:&|and|\+)\s", person.name))
    return Labelled(person.name, organisation, role, person.honours, handle, several)


def _brackets(text: str) -> tuple[str, str | None, str | None]:
    """The text without brackets, and whether they held an organisation or a user name."""
    organisation = handle = None
    for found in _BRACKET.findall(text):
        inside = found.strip()
        if len(inside) > 1 and (" " in inside or inside[:1].isupper()):
            organisation = organisation or inside
        elif len(inside) > 1:
            handle = inside
    return " ".join(_BRACKET.sub(" ", text).split()), organisation, handle


def _name_first(parts: list[str]) -> tuple[str, list[str]]:
    """Which part is the person: the first, unless it is plainly a body and the next plainly a name."""
    if len(parts) > 1 and parts[0].lower() in ROLES:
        return parts[1], [parts[0], *parts[2:]]
    if len(parts) > 1 and _bodily(parts[0]) and not _bodily(parts[1]) and _personal(parts[1]):
        return parts[1], [parts[0], *parts[2:]]
    if len(parts) > 1 and _reversed(parts):
        return f"{parts[1]} {parts[0]}", parts[2:]
    return parts[0], parts[1:]


def _bodily(text: str) -> bool:
    words = fold(text).split()
    return any(w in ORGANISATION_WORDS for w in words) or (len(words) == 1 and text.isupper() and len(text) > 2)


def _personal(text: str) -> bool:
    return fold(text).split()[:1] != [] and fold(text).split()[0] in given_names()


def _reversed(parts: list[str]) -> bool:
    """ "Ruiz, Ana": a family name, a comma, a first name."""
    return len(parts[0].split()) == 1 and _personal(parts[1]) and len(parts[1].split()) <= 2 and not _personal(parts[0])


def read_labels(labels: Iterable[str]) -> dict[str, Labelled]:
    """All labels of a meeting, read together: what one spells apart tells where another ends."""
    read = {label: read_label(label) for label in dict.fromkeys(labels)}
    held = {
        fold(office["role"]): read[label]
        for label in read
        if (office := _OFFICE.match(label)) and len((office["who"] or "").split()) > 1 and read[label].name
    }
    for label, person in read.items():  # "The Chair" beside "The Chair (Hon. Ana Ruiz)" is the same person
        office = _OFFICE.match(label)
        if office and not office["who"]:
            read[label] = held.get(fold(office["role"]), person)
    bodies = {fold(p.organisation).replace(" ", ""): p.organisation for p in read.values() if p.organisation}
    return {label: _without_body(person, bodies) for label, person in read.items()}


def _without_body(person: Labelled, bodies: dict[str, str]) -> Labelled:
    """ "Ana Ruiz HarbourHeat" beside "Ben Obi | Harbour Heat"."""
    words = person.name.split()
    for size in (1, 2, 3):
        body = bodies.get(fold("".join(words[-size:])).replace(" ", ""))
        if body and len(words) - size >= 1 and not person.organisation:
            return Labelled(" ".join(words[:-size]), body, person.role, person.honours, person.handle, person.several)
    return person


def registered_as(person: Labelled, directory: Directory) -> int | None:
    """Who on the roster this label means: by full name, by a handle written in one word, or by a first name of one."""
    for name in filter(None, (person.name, person.handle)):
        who = directory.candidates(name)
        if len(who) == 1:
            return next(iter(who))
    squashed = _squash(person.name)
    for at, entry in enumerate(directory.entries):
        if len(squashed) > 5 and squashed == _squash(parse_name(entry.name).name):
            return at
    return None


def _squash(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def is_handle(name: str) -> bool:
    """A user name rather than a written name: one word, small letters or with digits."""
    return " " not in name and (name.islower() or any(c.isdigit() for c in name)) and not is_ordinary(name)


__all__ = ["NOBODY", "Labelled", "PersonName", "is_handle", "read_label", "read_labels", "registered_as"]
