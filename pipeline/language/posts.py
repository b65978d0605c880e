"""Reads what somebody does and where, from the words after their name.

", who is the engineer at Harbour Heat" is ("engineer", "Harbour Heat"); ", a volunteer with Green Valley Wind" and
"is the manager of the Warm Corner advice centre" likewise; "and I look after training at the Open Meter Trust" is
("look after training", "Open Meter Trust") only as an organisation, since no title of a role was said.
"""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipeline.language.lists import ORGANISATION_WORDS, ROLES, given_names

_LINKS = frozenset("of at for with from in".split())
_FORMER = frozenset("used former formerly previously ex once retired was were been".split())
_BE = frozenset("is 's ’s am 'm ’m are 're".split())
_WORKS = frozenset(
    "work works working look looks looking lead leads run runs chair chairs direct directs head heads represent represents volunteer volunteers teach teaches come comes manage manages".split()
)
_SKIP = frozenset("who whom he she they i and here also currently now today , - – — as".split())
_ARTICLES = frozenset("the a an our my your their its his her".split())
_LONGEST = 30  # words read after the name
_INSIDE = frozenset("of and & for the in on to".split())


@dataclass(frozen=True)
class Post:
    """What somebody does and where; empty strings where it was not said."""

    role: str = ""
    organisation: str = ""
    former: bool = False
    end: int = 0  # token after the last one read


def post_after(doc: Doc, at: int, *, spoken_by_self: bool = False) -> Post:
    """The post that the words from token `at` on describe; nothing when they describe none."""
    limit = min(len(doc), at + _LONGEST)
    found, former, linked = _approach(doc, at, limit, spoken_by_self)
    if found is None:
        return Post()
    role, at = _role(doc, found, limit) if not linked else ("", found)
    organisation, end = "", at
    if at < limit and (linked or role) and doc[at].lower_ in _LINKS | {","}:
        organisation, end = _organisation(doc, at + 1, limit)
    if role and not organisation and at < limit and doc[at].lower_ in _LINKS:
        role, organisation, end = _through_field(doc, at, limit, role)
    if role and not organisation and at < limit and doc[at].text == ",":
        end = at
    return Post(role, organisation, former, end) if role or organisation else Post()


def _approach(doc: Doc, at: int, limit: int, by_self: bool) -> tuple[int | None, bool, bool]:
    """Skip to the noun phrase: (its first token or the link word, past?, begins with a link word?)."""
    former, verb = False, False
    start = at
    while at < limit:
        low = doc[at].lower_
        if low in (".", "?", "!") or (doc[at].is_sent_start and at > start):
            # "I'm Elena Rossi. I look after training at ..." goes on in the next sentence, of oneself only.
            if not (
                by_self and at + 1 < limit and doc[min(at + 1, limit - 1)].lower_ in ("i", "i'm") and at - start < 2
            ):
                return None, former, False
        elif low in _FORMER:
            former = True
        elif low in _LINKS:
            return at, former, True
        elif low in _ARTICLES or low in ROLES:
            return at, former, False
        elif low in _BE or low in _WORKS or verb:
            verb = True
            if at - start > 8:
                return None, former, False
        elif low not in _SKIP:
            # ", Cabinet Secretary for Education"
            apposed = at > start and doc[at - 1].text == "," and _role(doc, at, limit)[0]
            return (at if apposed else None), former, False
        at += 1
    return None, former, False


def _through_field(doc: Doc, at: int, limit: int, role: str) -> tuple[str, str, int]:
    """ "consultant in palliative care at St Jude's": what the role is about lies between it and the body."""
    for link in range(at + 1, min(limit, at + 5)):
        if doc[link].lower_ in ("at", "with", "for"):
            organisation, end = _organisation(doc, link + 1, limit)
            if organisation:
                return f"{role} {doc[at:link].text}", organisation, end
        if not doc[link].is_alpha or doc[link].pos_ in ("VERB", "AUX", "PRON"):
            break
    return role, "", at


def _role(doc: Doc, at: int, limit: int) -> tuple[str, int]:
    """The noun phrase from `at` if a role is its head, and the token after it."""
    begin = at + 1 if doc[at].lower_ in _ARTICLES else at
    end, head = begin, -1
    while end < limit and _in_phrase(doc[end]):
        if doc[end].lower_ in ROLES or doc[end].lower_.rstrip("s") in ROLES:
            head = end
        end += 1
    if head < 0 or head != end - 1 or end - begin > 6:
        return "", at
    return doc[begin:end].text, end


def _in_phrase(token: Token) -> bool:
    if token.text == "-":
        return True
    return token.is_alpha and token.lower_ not in _LINKS | _BE | _ARTICLES | {"and", "who", "but", "so", "to"}


def _organisation(doc: Doc, at: int, limit: int) -> tuple[str, int]:
    """The body that begins at `at`: capitalised words, or (without capitals) up to a word for a body."""
    begin = at
    while begin < limit and doc[begin].lower_ in _ARTICLES:
        begin += 1
    end = begin
    while end < limit and (_is_name_part(doc[end]) or _joined(doc, end, limit)):
        end += 1
    if end > begin and end < limit:
        end = _to_body_word(doc, end, limit)
    if end == begin:
        end = _lower_case(doc, begin, limit)
    if end == begin + 1 and doc[begin].lower_ in given_names():
        return "", at  # "who is substituting for Jack" is of no body called Jack
    return (doc[begin:end].text, end) if end > begin else ("", at)


def _is_name_part(token: Token) -> bool:
    return token.text[:1].isupper() and token.lower_ != "i" and not token.is_punct


def _joined(doc: Doc, at: int, limit: int) -> bool:
    token = doc[at]
    if at + 1 >= limit:
        return False
    if token.text == "-":
        return not token.whitespace_
    if token.text in ("'s", "’s"):
        return _is_name_part(doc[at + 1])
    nexts = list(doc[at + 1 : min(limit, at + 3)])
    return (
        token.lower_ in _INSIDE
        and (_is_name_part(nexts[0]) or (nexts[0].lower_ == "the" and len(nexts) > 1 and _is_name_part(nexts[1])))
        and not (token.lower_ == "and" and nexts[0].ent_type_ == "PERSON")
    )


def _to_body_word(doc: Doc, at: int, limit: int) -> int:
    """ "Warm Corner advice centre": small words that end in a word for a body belong to it."""
    for end in range(at, min(limit, at + 3)):
        if not doc[end].is_alpha or doc[end].lower_ in _INSIDE:
            return at
        if doc[end].lower_ in ORGANISATION_WORDS:
            return end + 1
    return at


def _lower_case(doc: Doc, at: int, limit: int) -> int:
    """In text without capitals: up to the last word for a body before the phrase ends."""
    if any(t.text[:1].isupper() and t.lower_ != "i" for t in doc):
        return at
    for end in range(at, min(limit, at + 6)):
        if doc[end].is_punct or doc[end].lower_ in ("who", "and", "is"):
            return at
        if doc[end].lower_ in ORGANISATION_WORDS:
            return end + 1
    return at
