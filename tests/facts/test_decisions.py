"""What a committee decides, and what it does not: minutes, interests, votes, seconders, requests."""

from pathlib import Path

import pytest

from pipeline.engines.nlp import Language
from pipeline.measures.support import unsupported
from pipeline.records import Conversation, Event, Point, Spoken, Turn, Word
from tests.facts.test_frames import section
from tests.stages.test_summarise import language, page

__all__ = ["language"]

OPENING = (
    "Ann Lee",
    "Good morning everyone, and welcome to the Harbour Committee. I am Ann Lee and I chair it. Apologies from Councillor Munro.",
)
CLOSING = ("Ann Lee", "Thank you all for coming, and goodbye.")
TALK = "The pier needs new fenders. The old fenders are forty years old. The ferry comes three times a day. "


def results(language: Language, folder: Path, *turns: tuple[str, str]) -> list[str]:
    agreed = ("Ann Lee", "The minutes are agreed.")
    return section(page(language, folder, OPENING, agreed, *turns, CLOSING), "results")


def test_minutes_are_agreed_with_their_day(language: Language, tmp_path: Path) -> None:
    """ "The minutes are agreed" says which only together with the sentence before."""
    found = results(language, tmp_path, ("Ann Lee", "The minutes of the eighth of October, are there any corrections? No. The minutes are agreed."),
                    ("Bo Falk", TALK))  # fmt: skip
    assert "The minutes of 8 October were agreed." in found


def test_an_interest_is_declared_in_its_owners_words(language: Language, tmp_path: Path) -> None:
    """A sister must stay the speaker's sister."""
    found = results(language, tmp_path, ("Ann Lee", "Are there any declarations of interest?"),
                    ("Bo Falk", "Only to say that my sister works in the ticket office."), ("Ann Lee", "Noted. " + TALK))  # fmt: skip
    assert any(t.startswith("Bo Falk declared an interest: “") and "sister works" in t for t in found)


def test_a_vote_has_its_count_and_what_it_settled(language: Language, tmp_path: Path) -> None:
    """The item's subject is what the chair called it."""
    found = results(
        language,
        tmp_path,
        ("Ann Lee", "Item four, fares. I propose that we hold it over until January."),
        ("Bo Falk", "I am against that. People have waited since the spring."),
        (
            "Ann Lee",
            "We'll take a vote then. That's three to one, and item four is held over until the January meeting.",
        ),
    )
    assert any(
        "the vote was three to one and item four (fares) was held over until the January meeting" in t for t in found
    )


def test_a_motion_without_a_seconder_stays_one(language: Language, tmp_path: Path) -> None:
    """The chair's "no" is the answer to the chair's question."""
    found = results(
        language,
        tmp_path,
        ("Bo Falk", "I move that we charter a second ferry from the new year."),
        ("Ann Lee", "Is there a seconder for that? No. I don't see one."),
        ("Cy Orr", "I propose that we write to the health board."),
        ("Bo Falk", "I'd second that."),
        ("Ann Lee", "Agreed."),
    )
    assert any("Bo Falk moved" in t and t.endswith("there was no seconder.") for t in found)
    assert any("Cy Orr proposed" in t and "Bo Falk seconded it and it was agreed" in t for t in found)


def test_a_chair_asks_somebody_for_a_note(language: Language, tmp_path: Path) -> None:
    """Who is to bring what."""
    found = results(language, tmp_path, ("Theo Falk", TALK), ("Ann Lee", "Theo, could we have a note on who owns the fenders, please?"),
                    ("Theo Falk", "Yes, of course."))  # fmt: skip
    assert any("Ann Lee asked Theo Falk for a note on who owned the fenders" in t for t in found)


@pytest.mark.parametrize(
    ("spoken", "fine"),
    [
        ("Is there a seconder for that motion? No.", True),
        ("Is there a seconder for that motion? I do not know.", False),
        ("Is there a seconder for that motion? Bo is, and he is no stranger.", False),
    ],
)
def test_only_a_no_denies_what_was_asked(spoken: str, *, fine: bool) -> None:
    """ "There was no seconder" rests on the answer, not on the question."""
    words = tuple(Word(text=w, start=float(n), end=n + 1.0, probability=1.0) for n, w in enumerate(spoken.split()))
    end = float(len(words))
    turn = Turn(start=0.0, end=end, voice="V1", name="Ann Lee", confidence=1.0, named_by="label", words=words)
    conversation = Conversation(meeting="m", language="en", duration=end, turns=(turn,), speakers=(), questions=())
    point = Point(
        id="x",
        text="For that motion there was no seconder.",
        speakers=(),
        evidence=(Spoken(start=0.0, end=end, words=spoken),),
    )
    assert (not unsupported(point, conversation, Event(), ())) is fine


def test_a_motion_is_told_as_proposed_with_who_seconded_it_and_the_count(language: Language, tmp_path: Path) -> None:
    """What is moved has not happened, and a vote without its count or its motion tells little."""
    found = results(
        language,
        tmp_path,
        ("Bo Falk", "I move that this committee asks the Ports Authority to publish all its soundings since 2015."),
        ("Cy Orr", "I'll second that, happily."),
        ("Ann Lee", "Then I'll put it to the vote. Dora, would you call the names, please?"),
        ("Dora Holm", "Mr Falk, for. Mr Orr, for. Ms Park, for. Mr Munro abstains. So that's three in favour, none against and one abstention. The motion is carried."),
    )  # fmt: skip
    motion = next(t for t in found if t.startswith("Bo Falk moved"))
    assert "should ask the Ports Authority to publish all its soundings since 2015" in motion
    assert motion.endswith("Cy Orr seconded it and it was carried by three in favour, none against and one abstention.")


def test_who_is_asked_to_do_something_and_says_by_when(language: Language, tmp_path: Path) -> None:
    """An action is worth its line where it has a date; a request that is granted at once is none."""
    found = results(
        language,
        tmp_path,
        ("Bo Falk", "I propose that we write to the health board."),
        ("Ann Lee", "Agreed. Kaito, could you pull out the oldest fenders, so we have something to look at?"),
        ("Kaito Brandt", "Fifty, yes. I can do it by the tenth of June."),
        ("Ann Lee", "And Bo, could you mute yourself for a moment?"),
        ("Bo Falk", "Of course."),
    )
    assert any(
        "Ann Lee asked Kaito Brandt to pull out the oldest fenders. Brandt said that they could do it by 10 June" in t
        for t in found
    )
    assert not any("mute" in t for t in found)


def test_a_share_in_a_sentence_is_no_vote(language: Language, tmp_path: Path) -> None:
    """ "Thirty per cent cheaper" counts nobody's hands."""
    found = results(language, tmp_path, ("Bo Falk", "I propose that we dredge a little every year."), ("Ann Lee", "Agreed."),
                    ("Cy Orr", "It works out about 30 per cent cheaper, because the silt has not had time to set hard."))  # fmt: skip
    assert not any("30 per cent" in t for t in found)


def test_whoever_else_speaks_up_was_not_asked_and_a_condition_stays(language: Language, tmp_path: Path) -> None:
    """ "Kaito, could you ...?" is not for Bo, whatever Bo says; "if the board agrees" is part of what is asked."""
    found = results(
        language,
        tmp_path,
        ("Bo Falk", "I propose that we write to the health board."),
        ("Ann Lee", "Agreed. Kaito, could you pull out the oldest fenders?"),
        ("Bo Falk", "I can paint the others by the tenth of June."),
        ("Kaito Brandt", TALK),
        ("Ann Lee", "Kaito, could you order new fenders if the board agrees?"),
        ("Kaito Brandt", "I can do it by the tenth of July."),
    )
    asked = [t for t in found if "Ann Lee asked" in t]
    assert not any("asked Bo Falk" in t for t in asked)
    assert all("if the board agree" in t for t in asked if "order new fenders" in t)
