"""Which finished statements read as English and which give their making away."""

import pytest

from pipeline.engines.nlp import Language
from pipeline.facts.polish import tidied
from pipeline.language.wording.fluent import fluent, substance, whole_request

LANGUAGE = Language()


@pytest.mark.parametrize(
    "text",
    [
        "The parish had mended nine of the fourteen footbridges by the end of May.",
        "What surprised the surveyors was the age of the oldest hedges.",
        "The archive would stay open on Thursdays until the new shelves came.",
        "The rule that nobody had read was the one that mattered.",
        "Two of the choirs that had sent recordings were under ten years old.",
        "Last summer the wardens counted 40 nests.",
        "The council put a bench at each stop.",
        "In the first week, the readers did not like the light.",
    ],
)
def test_whole_sentences_pass(text: str) -> None:
    assert fluent(LANGUAGE.docs([text])[0])


@pytest.mark.parametrize(
    "text",
    [
        "When they opened the second gate.",
        "Especially because the pupils that were walking home.",
        "The survey that the trust was paying for, so the maps.",
        "On who paid the ferryman and what it would cost.",
        "The main difference was, the price of paper.",
        "They were going to start working on.",
        "They printed the, leaflets in March.",
        "The kettle in the hall, the caretaker mended it in June.",
        "Nine was that right.",
        "They dug it, was to keep the water out.",
        "The choir had a piano, it was out of tune.",
        "They had sort of painted the doors.",
        "The tutors'd mark the papers in June.",
        "The gate had a new lock, so if the key stuck, tell Ann.",
        "The other thing they wanted to say was about the key.",
        "Six ladders, and they were for members in the hills.",
        "In one case a barn, for, they thought, 19 years.",
    ],
)
def test_what_gives_its_making_away_fails(text: str) -> None:
    assert not fluent(LANGUAGE.docs([text])[0])


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Wash the jars twice.", True),
        ("Store the seed in a dry room until March.", True),
        ("Forget, a ladder.", False),
        ("Go to the.", False),
    ],
)
def test_requests(text: str, whole: bool) -> None:
    assert whole_request(LANGUAGE.docs([text])[0]) is whole


def test_substance_counts_what_names_something() -> None:
    empty, full = LANGUAGE.docs(["They did not know.", "The mill ground 40 sacks of barley."])
    assert substance(empty) < 2 <= substance(full)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("said that the mill was dry, so", "said that the mill was dry"),
        ("said that exactly, the mill was dry", "said that the mill was dry"),
        ("said that madam chair, the mill was dry", "said that the mill was dry"),
        (
            "said that the mill was dry, it had stood so for years",
            "said that the mill was dry; it had stood so for years",
        ),
        ("said that if the mill was dry, it had to stop", "said that if the mill was dry, it had to stop"),
        ("said that there was nine mills", "said that there were nine mills"),
        ("said that they had got to mend the wheel", "said that they had to mend the wheel"),
        ("said that it showed that The mill was dry", "said that it showed that the mill was dry"),
        (
            "said that the kettle in the hall, the caretaker mended it in June",
            "said that the caretaker mended the kettle in the hall in June",
        ),
        ("launched The Miller's Tale for schools", "launched The Miller's Tale for schools"),
        ("said that the stone- ground flour sold", "said that the stone-ground flour sold"),
    ],
)
def test_leftovers_of_speech_are_mended(text: str, expected: str) -> None:
    assert tidied(text) == expected


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("He was kept bees for 31 years.", False),
        ("The members were given keys to the hall.", True),
        ("The keys were kept in the office.", True),
    ],
)
def test_a_perfect_that_was_read_as_a_passive_is_no_sentence(text: str, whole: bool) -> None:
    """ "He's kept bees" is "he has"."""
    assert fluent(LANGUAGE.docs([text])[0]) is whole
