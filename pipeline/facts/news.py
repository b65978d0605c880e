"""How one sentence of an announcement is told: without its frame, whole or clause by clause, and what it names first.

"The first of them is that we're opening a store" is told from "we're opening" on; "it's called the Green Log" names the
thing, so it is "announced the Green Log"; "number three, the next class, on the fourth of May" has no verb and is
"announced the next class, on the fourth of May".
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.facts.leadins import OPENER, part_of, unframed
from pipeline.facts.nominal import checked, dated, nominal, tokens_of
from pipeline.facts.polish import capitals
from pipeline.facts.quoting import loses
from pipeline.facts.reading import FINITE
from pipeline.facts.retell import third_person
from pipeline.facts.salience import shortest, without_tail
from pipeline.facts.view import Meeting
from pipeline.facts.wording import Told, borne_out, quote
from pipeline.language.phrases import ends_asking
from pipeline.language.said import Said

_NAMED = re.compile(
    r"^(?:(?:it|this|that)(?:'s| is| was)(?: going to be)? (?:called|named|titled|entitled) |(?:the|its) (?:name|title) (?:is|was|will be) |"
    r"(?:we|they|i)(?:'ve|'re| have| are)? (?:call(?:ed|ing)?|named?|naming) it (?:as )?|what(?:'s| is) new(?: here)? is |it(?:'s| is) (?=the \w+))"
)
_BARE = re.compile(r"^said that (?:it|its|they|their|this|these|those|he|she|that|which)\b")
_LEFT_OVER = re.compile(
    r"\bthat (?:were|had|should) (?:the|a|an|this)\b|\b(?:it|them|him|her), (?:which|who) (?:was|were)\b"
)
_CONDITION = re.compile(r"^were (?P<what>(?:the|a|an|this|that|members?) ?\w*) to (?P<rest>[^,]+), (?P<then>.+?)[.]?$")
_LEADS = frozenset("for from on at in if until by there".split())
_BARRED = frozenset("i me my let please".split())


def told_news(said: Said, meeting: Meeting, *, after: bool) -> list[Told]:
    """The sentence as one or two predicates; nothing where it holds only a frame or cannot be told safely."""
    cut = unframed(said, meeting)
    if cut is None:
        return []
    named = _naming(cut, meeting)
    if named:
        return [named]
    whole = (
        shortest(cut, meeting, after=after)
        or _something(nominal(cut, meeting, verb="announced"))
        or _as_it_stands(cut, meeting, after=after)
    )
    own = quote(cut, meeting, after=after)
    if whole and not _LEFT_OVER.search(whole.predicate):
        best = own if own and loses(whole.predicate, own.predicate) else _with_dates(whole, meeting)
        return [replace(best, predicate=without_tail(best.predicate, meeting))]
    parts: list[Told] = []
    for c in _clauses(cut):
        told = _inverted(c, meeting) or shortest(c, meeting, after=after or bool(parts))
        told = told or _as_it_stands(c, meeting, after=after or bool(parts))
        if told and not _LEFT_OVER.search(told.predicate):
            parts.append(_with_dates(told, meeting))
        elif not parts:
            after = False  # the second half may point back to the first
    lost = own and loses(" ".join(t.predicate for t in parts), own.predicate)
    if own and (lost or not parts):
        return [replace(own, predicate=without_tail(own.predicate, meeting))]
    return parts


def _something(told: Told | None) -> Told | None:
    """What is only named, where it is more than "the next meeting": with a figure, a name, or at length."""
    return told if told and (told.words > BARE_NAME or re.search(r" [A-Z]|\d", told.predicate)) else None


BARE_NAME = 5  # words of "announced the next summer meeting"


def _with_dates(told: Told, meeting: Meeting) -> Told:
    text = dated(told.predicate)
    return replace(told, predicate=text) if borne_out(f"{told.said.who} {text}", told.said, meeting) else told


def bare(told: Told) -> bool:
    """Whether it begins with a pronoun or a plain "there was": unfit to open a point. Whom "we" means is known."""
    own = re.match(r"said that the(?:y|ir)\b", told.predicate) and _OURS.match(OPENER.sub("", told.said.plain))
    return not own and bool(_BARE.match(told.predicate))


_OURS = re.compile(r"(?:(?:and|so|but|well|yes|now|also),? )*(?:we|we're|we've|we'll|our|i|i'm|i've|i'll|my)\b")


def _clauses(said: Said) -> Iterator[Said]:
    """The halves of two full clauses joined by "and" or "but"."""
    words = [w.text.lower() for w in said.words]
    for n in range(4, len(words) - 4):
        if words[n] not in ("and", "but") or not words[n - 1].endswith(","):
            continue
        first, second = part_of(said, 0, n), part_of(said, n + 1, len(words))
        if first and second and _has_verb(first) and _has_verb(second):
            yield from (first, second)
            return


def _inverted(said: Said, meeting: Meeting) -> Told | None:
    """ "Were the vote to go in favour, the rule would change" -> "if the vote were to go in favour, ..."."""
    found = _CONDITION.match(said.plain)
    if not found or re.search(r"\b(?:i|you|we|your|our|my)\b", found["then"]):
        return None
    text = f"said that if {found['what']} were to {found['rest']}, {found['then']}"
    for t in said.span:
        if t.text[:1].isupper() and t.pos_ == "PROPN":
            text = re.sub(rf"\b{re.escape(t.lower_)}\b", t.text, text)
    return checked(text, said, meeting)


def _has_verb(said: Said) -> bool:
    return any(t.tag_ in FINITE and n > 0 for n, t in enumerate(said.span))


def names_it(said: Said) -> bool:
    """Whether a sentence says what the thing is called ("what's new is the Small Grant")."""
    return bool(_NAMED.match(OPENER.sub("", said.plain))) and any(t.pos_ == "PROPN" for t in said.span)


def _naming(said: Said, meeting: Meeting) -> Told | None:
    """ "So it's called the Green Log." -> "announced the Green Log"."""
    found = _NAMED.match(OPENER.sub("", said.plain))
    lead = len(said.plain.split()) - len(OPENER.sub("", said.plain).split())
    if not found:
        return None
    words = [w.text for w in said.words[lead + len(found[0].split()) :]]
    name: list[str] = []
    for n, w in enumerate(words):
        # A title is what is written with capitals, and the small words inside it.
        if w[:1].isupper() or w.strip(",.").lower() in {"the", "a", "an", "of", "for", "and", "to", "in", "on", "with"}:
            name.append(w.strip("."))
            if w.endswith((",", ".", ";")):
                break
        elif n == 0 or not (len(words) > n + 1 and words[n + 1][:1].isupper()):
            break
        else:
            name.append(w)
    while name and not name[-1][:1].isupper():
        name.pop()
    if len(name) > 1 and name[0].lower() in {"a", "an"} and name[1][:1].islower():
        return None  # "A working group ..." is no title
    text = capitals("announced " + " ".join(name).strip(",. "), meeting.bodies)
    return checked(text, said, meeting, least=2) if name and any(w[:1].isupper() for w in name) else None


def _as_it_stands(said: Said, meeting: Meeting, *, after: bool) -> Told | None:
    """Word by word, where the other ways give up: what a thing is, when the next one is, and what begins with "for" or "on"."""
    tokens = tokens_of(said)
    low = [t.lower_ for t in tokens]
    if len(tokens) < 4 or len(tokens) > 34 or ends_asking(said.text):
        return None
    defines = (
        after
        and low[0] == "it"
        and low[1] in {"is", "'s", "’s", "was"}
        and low[2] in {"a", "an", "the", "free", "open"}
    )
    coming = low[0] in {"the", "our"} and low[1] in {"next", "following"}
    if not (defines or coming or low[0] in _LEADS) or any(w in _BARRED for w in low):
        return None
    addressed = any(w in {"you", "your"} for w in low)
    if addressed and not defines:
        return None
    if not (after or coming) and any(w in {"it", "they", "them", "he", "she"} for w in low):
        return None
    text = third_person(tokens, addressed=True) if any(t.tag_ in FINITE for t in tokens) else None
    if not text:
        return None
    if addressed:
        text = re.sub(
            r"\bthey\b|\btheir\b", lambda m: meeting.audience + ("" if m[0] == "they" else "'"), text, count=1
        )
    if coming:
        text = re.sub(r"^their\b", "the", re.sub(r"\bwas (?=on|in|at)\b", "would be ", text, count=1))
    return checked(f"said that {text}", said, meeting)
