"""What a sentence cannot stand without, and what its speaker did not mean."""

import pytest

from pipeline.engines.nlp import Language
from pipeline.facts.grounds import introduced_by, joked, sequel
from pipeline.facts.referents import half_told
from pipeline.language.said import Said
from pipeline.language.structure import Outline
from tests.facts.test_corrections import spoken_by
from tests.stages.test_summarise import language

__all__ = ["language"]


def own(language: Language, text: str) -> dict[int, Said]:
    """The sentences of one contribution by their index."""
    return {s.index: s for s in spoken_by(language, ("Ann Lee", text))}


@pytest.mark.parametrize(
    ("text", "at", "ground"),
    [
        ("We built a platform at the edge of the water. It rained in May. Schools may book the platform on Wednesdays.", 2, 0),
        ("The platform is old. It rained in May. Schools may book the platform on Wednesdays.", 2, None),
        ("We built a platform at the water. It rained in May. Schools may book the wooden platform on Wednesdays.", 2, None),
    ],
)  # fmt: skip
def test_a_thing_is_told_with_the_sentence_that_introduces_it(
    language: Language, text: str, at: int, ground: int | None
) -> None:
    """ "The platform" of which nobody heard says nothing; one that stood there with "the" before needs no introduction."""
    said = own(language, text)
    found = introduced_by(said[at], said)
    assert (found.index if found else None) == ground


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("You may have heard that we are merging with the Harbour Choir. We're not.", 1),
        ("Ten years ago eleven schools had a garden. Today it's seven.", 1),
        ("For years we gave every child a test of forty minutes. We stopped.", 1),
        ("The group would like to close the road at night. Nothing has been decided.", 1),
        ("We planted two hundred trees. The school helped with the water.", None),
        ("We planted two hundred trees. We did not lose one of them in the long dry summer of that year.", None),
    ],
)
def test_what_takes_a_sentence_back_is_told_with_it(language: Language, text: str, then: int | None) -> None:
    """The rumour without the denial, the old figure without the new one, would be untrue."""
    said = own(language, text)
    found = sequel(said[0], said)
    assert (found.index if found else None) == then


def test_what_its_speaker_calls_a_joke_is_none_of_the_answer(language: Language) -> None:
    """ "They can carry me out. No, seriously, ..." """
    said = spoken_by(
        language,
        (
            "Ann Lee",
            "They can carry me out with the jigsaws. No, seriously, we talk to everyone once a year. It works.",
        ),
    )
    outline = Outline(said=said, acts=tuple(frozenset[str]() for _ in said), chairs=(), parts=())
    assert [joked(s, outline) for s in said] == [True, False, False]


def test_what_a_but_turns_against_is_not_told_alone(language: Language) -> None:
    """Half of a concession says the opposite of the whole."""
    said = own(language, "Hiding the salt is all very well, but it's the bread and the soup that have it.")[0]
    assert half_told("said that hiding the salt was all very well", said)
    assert not half_told("said that hiding the salt was all very well, but it was the bread that had it", said)
    assert not half_told("said that it was the bread and the soup that had it", said)
