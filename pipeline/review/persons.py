"""The people of a page under edit: how they are written on one line, and two that become one. Pure functions."""

from collections.abc import Iterator

from pipeline.records import Capacity, Event, FromEvent, Person


def detail(person: Person) -> str:
    """A person as the page has them, on one line."""
    return ", ".join(t for t in (person.honours, person.name, person.role, person.organisation) if t)


def merged_people(people: list[Person], old: str, new: str) -> Iterator[Person]:
    """The people with `old` called `new`; one entry where both were there."""
    was, there = (next((p for p in people if p.name == n), None) for n in (old, new))
    for p in people:
        if p is was and there is None:
            yield p.model_copy(update={"name": new, "status": "confirmed"})
        elif p is there and was is not None:
            both: tuple[Capacity, ...] = tuple(dict.fromkeys((*was.capacities, *p.capacities)))
            yield p.model_copy(
                update={
                    "capacities": both,
                    "spoke": p.spoke or was.spoke,
                    "status": "confirmed",
                    "role": p.role or was.role,
                    "organisation": p.organisation or was.organisation,
                    "evidence": tuple(dict.fromkeys((*p.evidence, *was.evidence))),
                }
            )
        elif p is not was:
            yield p


def as_registered(people: list[Person], name: str, event: Event, at: int) -> list[Person]:
    """The people with what the roster's entry says of the one who was found there."""
    entry, key = event.registered[at], FromEvent(event=f"registered.{at}")
    return [
        p.model_copy(
            update={
                "role": entry.role or p.role,
                "organisation": entry.organisation or p.organisation,
                "evidence": p.evidence if key in p.evidence else (*p.evidence, key),
            }
        )
        if p.name == name
        else p
        for p in people
    ]
