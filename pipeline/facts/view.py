"""The meeting as the frames read it: sentences with acts and parts, people, the event file."""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.facts.bodies import (
    SCHOLARS,
    SEAT,
    heads,
    kind_of,
    names_its_body,
    posts_of,
    several_posts,
    speaks_for,
    takes_article,
    with_honours,
)
from pipeline.facts.corrections import Correction, mending, put_right
from pipeline.facts.grounds import joked
from pipeline.facts.polish import finished
from pipeline.language.lists import ROLES
from pipeline.language.people import Directory, Entry, directory_of
from pipeline.language.phrases import is_content, lemma, marked
from pipeline.language.posts import post_after
from pipeline.language.reported import join_and
from pipeline.language.roster import find_names
from pipeline.language.said import Doc, Said, Span
from pipeline.language.structure import Outline
from pipeline.records import Conversation, Event, Evidence, FromEvent, PartKind, Person, Point, Speaker, Spoken, Themed

CROWDED = 120  # words of the list of people
LONG = 6000  # spoken words
ROUGH = 0.03  # share of words that break off or fill: written-up webinars have 0.02, real calls 0.05


@dataclass(frozen=True)
class Statement:
    """Something worded, before it has its place on the page."""

    text: str
    evidence: tuple[Evidence, ...]
    speakers: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """Its length on the page."""
        return len(self.text.split())


@dataclass(frozen=True)
class Named:
    """A person whom somebody named: how they are called on the page, and what was said or registered of them."""

    name: str
    role: str | None
    organisation: str | None
    former: bool  # the role or organisation is a past one
    start: int  # tokens [start, end) of the document
    end: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Meeting:
    """All that the frames may look at."""

    conversation: Conversation
    event: Event
    themed: Themed
    outline: Outline
    read: Callable[[str], Doc] | None = None  # how a finished sentence is parsed; without it, it is not read again

    @cached_property
    def told(self) -> dict[tuple[int, str, bool, int], str | None]:
        """Wordings that were made already."""
        return {}

    @cached_property
    def placed(self) -> set[Evidence]:
        """The moments of sentences that have their place on the page already."""
        return set()

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The words of the names of everybody who spoke or is registered, in small letters."""
        known = (*self.speakers, *(r.name for r in self.event.registered))
        return frozenset(w.lower() for name in known for w in name.split())

    @cached_property
    def put_right(self) -> dict[int, Correction]:
        """The sentences with a value that was put right after them, and what puts it right."""
        return put_right(self.outline.said)

    @cached_property
    def mending(self) -> frozenset[int]:
        """The brief sentences that only put an earlier one right, which is told with the right value: nothing to tell again."""
        return mending(self.outline.said, self.put_right)

    @cached_property
    def jokes(self) -> frozenset[int]:
        """The sentences that their speaker calls a joke."""
        return frozenset(s.index for s in self.outline.said if joked(s, self.outline))

    def centrality(self, span: Span) -> float:
        """How near a sentence is to the meeting as a whole: the cosine of their words, rare words counting for more."""
        own = Counter(lemma(t) for t in span if is_content(t))
        rarity, whole, size = self._vocabulary
        length = math.sqrt(sum((n * rarity.get(w, 0.0)) ** 2 for w, n in own.items())) * size
        return sum(n * whole[w] * rarity.get(w, 0.0) ** 2 for w, n in own.items()) / length if length else 0.0

    @cached_property
    def _vocabulary(self) -> tuple[dict[str, float], Counter[str], float]:
        """The rarity of each naming word, how often it is said, and the length of that vector."""
        said = [[lemma(t) for t in s.span if is_content(t)] for s in self.outline.said]
        within = Counter(w for words in said for w in set(words))
        whole = Counter(w for words in said for w in words)
        rarity = {w: math.log(len(said) / n) for w, n in within.items()}
        return rarity, whole, math.sqrt(sum((n * rarity[w]) ** 2 for w, n in whole.items()))

    @cached_property
    def crowd(self) -> tuple[Person, ...]:
        """The speakers, as the check on a statement wants them."""
        return tuple(
            Person(
                name=s.name, honours=s.honours, role=s.role, organisation=s.organisation,
                capacities=(), spoke=True, status=s.status, evidence=s.evidence,
            )
            for s in self.conversation.speakers
        )  # fmt: skip

    def around(self, evidence: Iterable[Evidence]) -> Conversation:
        """The conversation around some evidence: all that a check on it need look at."""
        near: set[int] = set()
        for e in evidence:
            if isinstance(e, Spoken):
                at = bisect_right(self._starts, e.end)
                near |= set(range(max(0, at - 4), min(at + 2, len(self._starts))))
        turns = tuple(self.conversation.turns[i] for i in sorted(near))
        return self.conversation.model_copy(update={"turns": turns})

    @cached_property
    def _starts(self) -> list[float]:
        return [t.start for t in self.conversation.turns]

    @cached_property
    def speakers(self) -> dict[str, Speaker]:
        """Speakers by name."""
        return {s.name: s for s in self.conversation.speakers}

    @cached_property
    def chairs(self) -> tuple[str, ...]:
        """The named chairs."""
        return tuple(c for c in self.outline.chairs if c in self.speakers)

    @cached_property
    def body(self) -> str | None:
        """The body whose meeting this is, which "we" in the chair's mouth stands for."""
        if self.event.organisers:
            return self.event.organisers[0]
        chair = self.speakers.get(self.chairs[0]) if self.chairs else None
        return chair.organisation if chair else None

    @cached_property
    def long(self) -> bool:
        """Whether so much was said that each area can only have a few lines."""
        return sum(len(s.words) for s in self.outline.said) > LONG

    @cached_property
    def crowded(self) -> bool:
        """Whether so many people spoke that the list of them takes much of the page: posts are then not told again."""
        return sum(len(f"{s.name} {s.role} {s.organisation}".split()) for s in self.conversation.speakers) > CROWDED

    @cached_property
    def rough(self) -> bool:
        """Whether the talk is full of fillers, repetitions and broken-off sentences: not to be quoted lightly."""
        tokens = [t for s in self.outline.said for t in s.span]
        return sum(marked(t) or t.text in ("…", "...") for t in tokens) > ROUGH * len(tokens)

    @cached_property
    def audience(self) -> str:
        """Whom a speaker's "you" means."""
        about = f"{self.event.about or ''} {self.event.mailing_list or ''}".lower()
        return "members" if "members" in about or self.spoken.count("members") > 1 else "participants"

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """The names of bodies, and the meeting's title, as they are written."""
        titles = (t.strip() for t in re.split(r"[:–—|]", self.event.title or ""))
        known = [
            *(t for t in titles if sum(w[:1].isupper() for w in t.split()) > 2),
            *self.event.organisers,
            *(r.organisation for r in self.event.registered),
            *(s.organisation for s in self.conversation.speakers),
        ]
        return tuple(dict.fromkeys(k for k in known if k))

    @cached_property
    def spoken(self) -> str:
        """Everything that was said, in small letters."""
        return " ".join(s.plain for s in self.outline.said)

    def said_in(self, *kinds: PartKind) -> list[Said]:
        """The sentences of these kinds of part."""
        return [s for s in self.outline.said if self.outline.part(s) in kinds]

    def by(self, said: Iterable[Said], who: str) -> list[Said]:
        """Those of a speaker."""
        return [s for s in said if s.who == who]

    def body_of(self, who: str) -> str | None:
        """The body which "we" stands for in this speaker's mouth."""
        speaker = self.speakers.get(who)
        own = speaker.organisation if speaker and speaks_for(speaker) else None
        # A chair speaks for the meeting's body, whatever else they belong to.
        steers = who in self.outline.chairs
        body = self.body if steers and self.event.organisers else own or (self.body if steers else None)
        return None if body and self._is_place(body) else body

    def _is_place(self, body: str) -> bool:
        """Whether a body is only a place ("Chief Medical Officer, Wales"): "we" in its officer's mouth is not the place."""
        if self.read is None or len(body.split()) > 2:
            return False
        places = [e for e in self.read(f"She works for {body} and lives in {body}.").ents if e.label_ in ("GPE", "LOC")]
        return len(places) > 1

    def body_text(self, who: str) -> str | None:
        """What "we" is written as: "the network" for a body of that kind, else its name."""
        body = self.body_of(who)
        if not body:
            return None
        kind = kind_of(body)
        return f"the {kind}" if kind else self.with_article(body)

    def we_of(self, said: Said) -> str | None:
        """What "we" is written as in a sentence; None where it may be another body than the speaker's.

        Who brings news brings the organisers', whatever else they belong to; scholars speak of a study, not of their university.
        """
        own = self.body_of(said.who)
        others = own and self.event.organisers and own not in (*self.event.organisers, self.body)
        news = self.outline.part(said) in ("announcements", "closing", "results")
        return None if others and (news or SCHOLARS.search(own or "")) else self.body_text(said.who)

    def with_article(self, body: str) -> str:
        """The body as it stands in a sentence: "the Open Meter Trust", "Harbour Heat"."""
        low = body.lower()
        if low.startswith("the "):
            return body
        plain = self.spoken
        with_the = plain.count(f"the {low}")
        without = plain.count(low) - with_the
        if with_the or without:
            return f"the {body}" if with_the > without or (with_the and takes_article(body)) else body
        return f"the {body}" if takes_article(body) else body

    def titled(self, name: str) -> str:
        """The name with its honours: "Professor Daniel Mensah OBE"."""
        speaker = self.speakers.get(name)
        return with_honours(name, speaker.honours if speaker else None)

    def presented(self, name: str) -> str:
        """The name with role and body, for a first mention: "Marek Novak, engineer at Harbour Heat,"."""
        speaker = self.speakers.get(name)
        if speaker is None:
            return name
        return f"{self.titled(name)}{self.post(speaker)}"

    def post(self, speaker: Speaker) -> str:
        """What follows the name on first mention, with its commas; nothing when nothing is known."""
        role, body = speaker.role, speaker.organisation
        named = bool(role) and any(w.strip(",").lower() in ROLES for w in (role or "").split())
        if body and SEAT.search(body):  # a seat and a party: nobody is the chair "of" it
            return f", {self.role_text(role)} ({body})," if role else f" ({body})"
        posts = several_posts(role, body)
        if posts:
            return f", {join_and([self._one_post(r, b) for r, b in posts])},"
        if role and named and body and body.lower() not in role.lower():
            return self._post_and_body(role, self.with_article(body))
        if body and not named:
            return f", of {self.with_article(body)},"
        if role:
            return f", {self.role_text(role)},"
        return ""

    def _post_and_body(self, role: str, body: str) -> str:
        """A role that does not name its body: "of" that body, but for what in it is a post elsewhere."""
        posts = [self.role_text(p) for p in posts_of(role)]
        elsewhere = [p for p in posts if names_its_body(p) or (len(posts) > 1 and heads(p))]
        if elsewhere:  # "headteacher of Hill School and chair of the network"
            here = f"{join_and([p for p in posts if p not in elsewhere])} of {body}".strip()
            return f", {(', and ' if ',' in body else ' and ').join([here, *elsewhere])},"
        if ";" in role:
            return f", {join_and(posts)} of {body},"
        if "," in role:  # of which of the two it is a post, nobody said
            return f" ({self.role_text(role)}), of {body},"
        return f", {self.role_text(role)} of {body},"

    def _one_post(self, role: str, body: str) -> str:
        own = self.role_text(role)
        return own if body.lower() in role.lower() else f"{own} of {self.with_article(body)}"

    def role_text(self, role: str) -> str:
        """A role as it stands in a sentence: one with a capital only because a list gave it one is written small."""
        first, *rest = role.split()
        plain = first[1:].islower() and not any(w[:1].isupper() or w[:1].isdigit() for w in rest)
        return role[0].lower() + role[1:] if plain else role

    @cached_property
    def directory(self) -> Directory:
        """Whom a spoken name can mean: speakers first, then who signed up."""
        entries = [
            Entry(s.name, organisation=s.organisation or "", role=s.role or "") for s in self.conversation.speakers
        ]
        entries += [
            Entry(r.name, i, r.aliases, r.organisation or "", r.role or "") for i, r in enumerate(self.event.registered)
        ]
        return directory_of(entries)

    def named(self, said: Said) -> list[Named]:
        """The people whom a sentence names, known ones by their full names."""
        found = []
        doc = said.span.doc
        for m in find_names(doc, self.directory):
            if not (said.span.start <= m.start < said.span.end) or not m.person:
                continue
            known = self.directory.candidates(m.name, courtesy=bool(m.courtesy))
            entry = self.directory.entries[next(iter(known))] if len(known) == 1 else None
            if entry is None and not m.full:
                continue
            post = post_after(doc, m.end)
            moment = said.moment(doc[m.start : max(m.end, min(post.end, said.span.end))])
            found.append(
                Named(
                    name=entry.name if entry else m.name,
                    role=post.role or (entry.role if entry else "") or None,
                    organisation=post.organisation or (entry.organisation if entry else "") or None,
                    former=post.former,
                    start=m.start,
                    end=m.end,
                    evidence=(moment, *self._registered(entry)),
                )
            )
        return found

    def _registered(self, entry: Entry | None) -> tuple[Evidence, ...]:
        if entry is None:
            return ()
        return tuple(
            FromEvent(event=f"registered.{i}.{key}")
            for i, r in enumerate(self.event.registered)
            if r.name == entry.name
            for key in ("name", "organisation", "role")
            if getattr(r, key)
        )

    def person_evidence(self, name: str) -> tuple[Evidence, ...]:
        """What the name, role and body of a speaker rest on."""
        speaker = self.speakers.get(name)
        return speaker.evidence if speaker else ()


def points(kind: str, statements: Sequence[Statement]) -> tuple[Point, ...]:
    """Statements as numbered points; one without evidence is no point."""
    kept = [s for s in statements if s.text.strip() and s.evidence]
    return tuple(
        Point(id=f"{kind}-{n}", text=finished(s.text), speakers=s.speakers, evidence=unique(s.evidence))
        for n, s in enumerate(kept, start=1)
    )


def unique(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each piece once: spoken ones in time order, the event's after them."""
    pieces = list(dict.fromkeys(evidence))
    spoken = sorted((e for e in pieces if isinstance(e, Spoken)), key=lambda e: (e.start, e.end))
    return (*spoken, *(e for e in pieces if isinstance(e, FromEvent)))
