"""Who signed up and who came: the right figures, where they were put right, and from where they came."""

from pathlib import Path

import pytest

from pipeline.engines.nlp import Language
from tests.facts.test_frames import TALK, section
from tests.stages.test_summarise import language, page

__all__ = ["language"]

WELCOME = "Good morning everyone, and welcome. I am Ann Lee and I chair the Network."
CLOSING = ("Ann Lee", "Thank you all for coming, and goodbye.")


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (  # one figure is put right, the other stands
            [("Ann Lee", f"{WELCOME} 410 of you registered. And we've got, let me see, 263 people with us right now."),
             ("Cy Orr", "236, Ann, sorry to butt in."), ("Ann Lee", "So I have. 236, thank you, Cy. Over to you, Bo.")],
            "410 people registered and 236 joined.",
        ),
        (  # somebody asks back before they accept it
            [("Ann Lee", f"{WELCOME} I've got 421 registered, which is a record."), ("Cy Orr", "412."), ("Ann Lee", "Sorry?"),
             ("Cy Orr", "It is 412. You turned the numbers around."), ("Ann Lee", "412, thank you. Over to you, Bo.")],
            "412 people registered.",
        ),
        (  # those present come from nine countries, not those who signed up
            [("Ann Lee", f"{WELCOME} We had 210 people register, and there are 134 of you with us, from nine countries. Over to you, Bo.")],
            "210 people registered and 134, from nine countries, joined.",
        ),
        (  # more came since
            [("Cy Orr", "There are about 150 people in and the counter is still climbing."),
             ("Ann Lee", f"{WELCOME} We had 421 people register. And just now 260 of them are actually here. Over to you, Bo.")],
            "421 people registered and 260 joined.",
        ),
    ],
)  # fmt: skip
def test_figures_of_those_who_came(language: Language, tmp_path: Path, turns: list[tuple[str, str]], told: str) -> None:
    """Nobody wants to read of a record that was a slip of the tongue."""
    draft = page(language, tmp_path, *turns, ("Bo Falk", TALK), CLOSING)
    assert told in " ".join(section(draft, "summary"))


def test_at_least_one_is_no_attendance(language: Language, tmp_path: Path) -> None:
    """ "With at least one cancellation" counts nobody who came."""
    opening = f"{WELCOME} On sixty days there was at least one here who could not sail. Over to you, Bo."
    draft = page(language, tmp_path, ("Ann Lee", opening), ("Bo Falk", TALK), CLOSING)
    assert "took part" not in " ".join(section(draft, "summary"))


def test_why_it_is_held_so_is_told_where_the_chair_looks_back(language: Language, tmp_path: Path) -> None:
    """ "... And that's why we've moved it all on to Zoom": the cause stands before it."""
    opening = (
        f"{WELCOME} St Anne's Hospital has had a lot of flu on the wards. And it asked people to keep away from crowds for now. "
        "And that's why we've moved it all on to Zoom. Over to you, Bo."
    )
    draft = page(language, tmp_path, ("Ann Lee", opening), ("Bo Falk", TALK), CLOSING)
    assert "flu on the wards" in " ".join(section(draft, "summary"))
