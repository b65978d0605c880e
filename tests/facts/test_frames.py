"""Announcements, questions from the floor, lists and corrected values as a page tells them."""

from pathlib import Path

import pytest

from pipeline.engines.nlp import Language
from pipeline.facts.nominal import dated
from pipeline.records import Draft
from tests.stages.test_summarise import language, page

__all__ = ["language"]

TALK = "Our farm planted 200 trees last year. The trees need water every week. We paid for the fence ourselves. " * 5
OPENING = ("Ann Lee", "Good morning everyone, and welcome. I am Ann Lee and I chair the Network. Over to you, Bo.")


def section(draft: Draft, kind: str) -> list[str]:
    return [p.text for s in draft.sections if s.kind == kind for p in s.points]


def test_the_sentence_that_names_the_thing_comes_first_and_frames_are_gone(language: Language, tmp_path: Path) -> None:
    """ "It's free" is of no use to a reader who was never told what is free; nor is "the first of them is"."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you, Bo. There are two announcements. The first is from Cy. Cy, come in."),
        ("Cy Orr", "Thank you, Ann. So it's called the Tree Book. It's free for members. We wrote it with the Harbour School, and it came out on Monday."),
        ("Ann Lee", "Well done. The second of them is that we are opening a seed store in May. Thank you all for coming, and goodbye."),
    )  # fmt: skip
    told = section(draft, "announcements")
    assert "announced the Tree Book" in told[0]
    assert not any("second of them" in t or "said that it" in t for t in told)


def test_who_asks_is_a_questioner_and_a_relayed_asker_did_not_speak(language: Language, tmp_path: Path) -> None:
    """The list of speakers must not hold those who only put a question, least of all those who were read out."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you, Bo. We have time for questions. There's one from Dina Holm, who's a farmer. She wants to know if the trees need a fence."),
        ("Bo Falk", "Yes, they need a fence for the first four years, because of the deer. After that you can take it down."),
        ("Ann Lee", "Eve, you've got your hand up."),
        ("Eve Park", "Thanks. Who pays for the water in a dry summer?"),
        ("Bo Falk", "The council pays for half of the water. The farm pays for the other half."),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )  # fmt: skip
    people = {p.name: p for p in draft.people}
    assert people["Eve Park"].capacities == ("questioner",)
    assert people["Dina Holm"].capacities == ("questioner",)
    assert not people["Dina Holm"].spoke
    assert any("Dina Holm" in t and "fence" in t for t in section(draft, "areas"))


def test_lessons_that_are_counted_off_are_told_with_what_they_say(language: Language, tmp_path: Path) -> None:
    """ "They took three lessons" tells nothing; the lessons do."""
    draft = page(
        language,
        tmp_path,
        ("Ann Lee", "Good morning everyone, and welcome. I am Ann Lee and I chair the Network. Our keynote speaker is Bo Falk. Over to you, Bo."),
        ("Bo Falk", TALK + "From that I take two lessons. The first is, measure after each flood, and not by the calendar. Second, let other people see your numbers."),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )  # fmt: skip
    told = " ".join(section(draft, "keynote"))
    assert (
        "two lessons: to measure after each flood, and not by the calendar; and to let other people see their numbers"
        in told
    )
    assert "took two lessons" not in told


def test_a_value_that_is_taken_back_is_not_told(language: Language, tmp_path: Path) -> None:
    """The wrong half of a correction must never stand on a page by itself."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK + "There were eight hundred trees in the valley and, sorry, that slide is old, nine hundred of those."),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )  # fmt: skip
    text = " ".join(p.text for s in draft.sections for p in s.points)
    assert "800" not in text
    assert "eight hundred" not in text


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("on the tenth of March", "on 10 March"),
        ("the twenty-first of june", "21 June"),
        ("the first of them", "the first of them"),
    ],
)
def test_spoken_dates_are_written_as_dates(spoken: str, written: str) -> None:
    """A reader looks for a date in figures."""
    assert dated(spoken) == written
