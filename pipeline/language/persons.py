"""What is said about a person: role, organisation, honours, from introductions by themselves and by others."""

from dataclasses import dataclass, field, replace

from pipeline.language.clues import Read, Resolver
from pipeline.language.introductions import Introduction
from pipeline.language.people import Directory

_ORDER = {"self": 0, "introduced": 1, "described": 2}


@dataclass(frozen=True)
class Facts:
    """What the meeting says of one person, and where: (turn, token start, token end)."""

    role: str = ""
    organisation: str = ""
    honours: str | None = None
    said: tuple[tuple[int, int, int], ...] = field(default_factory=tuple)


def facts_of(read: Read, resolve: Resolver, directory: Directory) -> dict[int, Facts]:
    """The facts by person; the person's own words come first, then the first that others said."""
    found: list[tuple[int, int, Introduction, int]] = []
    for at, introductions in enumerate(read.introductions):
        for intro in introductions:
            who = (
                resolve(at, intro.name, courtesy=intro.courtesy, surname=intro.surname)
                if intro.person or intro.kind == "self"
                else ()
            )
            if len(who) == 1:
                found.append((_ORDER[intro.kind], at, intro, next(iter(who))))
    facts: dict[int, Facts] = {}
    for _, at, intro, person in sorted(found, key=lambda f: (f[0], f[1])):
        facts[person] = _with(facts.get(person, Facts()), at, intro)
    _add_honours(read, directory, facts)
    return facts


def _with(facts: Facts, at: int, intro: Introduction) -> Facts:
    new = facts
    if not intro.former:
        new = replace(new, role=new.role or intro.role, organisation=new.organisation or intro.organisation)
    new = replace(new, honours=new.honours or intro.honours)
    return replace(new, said=(*new.said, (at, intro.start, intro.end))) if new != facts else facts


def _add_honours(read: Read, directory: Directory, facts: dict[int, Facts]) -> None:
    for mentions in read.names:
        for mention in mentions:
            if mention.honours:
                who = directory.candidates(mention.name, courtesy=True)
                for person in who if len(who) == 1 else ():
                    known = facts.get(person, Facts())
                    facts[person] = replace(known, honours=known.honours or mention.honours)
