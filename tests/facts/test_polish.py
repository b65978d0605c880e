"""Figures, names and copied runs on a page: what a reader would notice first."""

import pytest

from pipeline.facts.polish import capitals, copied, figures, mended, one_subject, tidied, undoubled


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("a hundred and forty people", "140 people"),
        ("two hundred and ten local people", "210 local people"),
        ("forty-five lofts", "45 lofts"),
        ("nine days", "nine days"),
        ("in twenty twenty-one", "in 2021"),
        ("since nineteen ninety-one", "since 1991"),
        ("one thousand nine hundred pounds", "1,900 pounds"),
        ("two thousand people in two thousand and seven", "2,000 people in 2007"),
        ("fifteen thousand euros", "€15,000"),
        ("it cost nineteen pounds each", "it cost £19 each"),
        ("sold forty pounds of honey", "sold 40 pounds of honey"),
        ("the calf gained thirty pounds", "the calf gained 30 pounds"),
        ("until the thirtieth of June", "until 30 June"),
        ("on the twenty first of May twenty twenty-six", "on 21 May 2026"),
        ("March of twenty twenty-seven", "March 2027"),
        ("you may first of all ask", "you may first of all ask"),
        ("a swell of one point eight metres", "a swell of 1.8 metres"),
        ("three four hundred pounds", "three four hundred pounds"),
        ("passes two and three", "passes two and three"),
        ("it received three euros sixty.", "it received €3.60."),
        ("four dollars and fifty cents in a day", "$4.50 in a day"),
        ("two pounds and fifty sheep", "two pounds and 50 sheep"),
        ("The theme was Every Ten Minutes", "The theme was Every Ten Minutes"),
        ("one hour and fifty minutes", "1 hour 50 minutes"),
        ("we give between five hundred and four thousand pounds", "we give between £500 and £4,000"),
        ("between a hundred and twenty and two hundred", "between 120 and 200"),
        ("eight from ten calls", "eight from ten calls"),
        ("with every hundred plants", "with every hundred plants"),
        ("April fifteenth through seventeenth, in Peoria", "15 to 17 April, in Peoria"),
    ],
)
def test_numbers_from_ten_up_become_figures_and_nonsense_stays(spoken: str, written: str) -> None:
    """A figure on the page must be the number that was said."""
    assert figures(spoken) == written


@pytest.mark.parametrize(
    "told",
    [
        "said that no tenant objected",
        "said that hopefully the quay would reopen in May",
        "said that it would cost 40 or so",
        "said that the beam was safe, I think",
        "said that just under half voted",
        "said that well over 100 came",
    ],
)
def test_what_carries_the_sense_is_no_mere_opener(told: str) -> None:
    """A denial, a doubt or a measure must not be tidied away."""
    assert tidied(told) == told


def test_openers_set_off_by_a_comma_go() -> None:
    """What only leads in says nothing."""
    assert tidied("said that no, the hall was full") == "said that the hall was full"


def test_known_names_get_their_capitals_back() -> None:
    """A sentence that begins with a body's name must not lose its capital when it is reported."""
    assert capitals("said that green Valley Wind had one turbine", ["Green Valley Wind"]).startswith("said that Green")


def test_a_body_is_not_named_twice_in_a_row() -> None:
    """ "At Harbour Heat we take" must not become "at Harbour Heat Harbour Heat took"."""
    assert undoubled("said that at Harbour Heat Harbour Heat took warmth", "Harbour Heat") == (
        "said that Harbour Heat took warmth"
    )


def test_a_long_copied_run_is_broken_without_changing_what_is_claimed() -> None:
    """No more than eleven spoken words in a row may stand on the page."""
    spoken = "the operator fell ill in january and for nine days nobody could restart the pump"
    text = "said that the operator fell ill in January, and for nine days nobody could restart the pump"
    assert copied(text, spoken)
    assert not copied(mended(text, spoken), spoken)


@pytest.mark.parametrize(
    "text",
    [
        "there were no more than two doctors in the whole of the valley for half a million people that year",
    ],
)
def test_breaking_a_copied_run_keeps_the_sense(text: str) -> None:
    """ "No over two" and "half one million" are not what was said."""
    broken = mended(text, text)
    assert "no more than two" in broken
    assert "half a million" in broken


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("said that last winter Orr wrote to 48 leaders, and Orr asked each of them a question", "said that last winter Orr wrote to 48 leaders and asked each of them a question"),
        ("said that they gave it to Orr, and Orr had two children", "said that they gave it to Orr, and Orr had two children"),
    ],
)  # fmt: skip
def test_a_subject_is_named_once(text: str, one: str) -> None:
    """Unless it was no subject before."""
    assert one_subject(text, "Orr") == one
