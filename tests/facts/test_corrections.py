"""Figures that were taken back: only the right one may be told."""

from types import SimpleNamespace

import pytest

from pipeline.engines.nlp import Language
from pipeline.facts.corrections import Correction, mending, put_right, swapped, taken_back, tells_retracted, unvouched
from pipeline.language.said import Said, sentences
from pipeline.records import Conversation
from tests.stages.test_summarise import language, turn

__all__ = ["language"]


@pytest.mark.parametrize(
    ("spoken", "found"),
    [
        ("we had thirty, sorry, forty days", ("thirty", "forty")),
        ("there were ninety and, sorry, the page is smudged", ("ninety", None)),
        ("we had forty days", None),
        ("i followed 41,000 pupils, no, forgive me, it is 14,000 pupils", ("41,000", "14,000")),
    ],
)
def test_a_figure_that_was_taken_back_is_found(spoken: str, found: tuple[str, str | None] | None) -> None:
    """Both values, or only the wrong one where the right one does not follow at once."""
    assert taken_back(SimpleNamespace(plain=spoken)) == found  # type: ignore[arg-type]


def test_the_retracted_figure_is_never_told() -> None:
    """The old figure bars a wording; the corrected one does not."""
    said = SimpleNamespace(plain="we had thirty, sorry, forty days")
    assert tells_retracted("said that there had been 30 days", said)  # type: ignore[arg-type]
    assert not tells_retracted("said that there had been 40 days", said)  # type: ignore[arg-type]


def spoken_by(language: Language, *turns: tuple[str, str]) -> tuple[Said, ...]:
    """The sentences of a conversation."""
    made = [turn(text, 60.0 * n, name) for n, (name, text) in enumerate(turns)]
    return tuple(
        sentences(
            Conversation(meeting="m", language="en", turns=tuple(made), speakers=(), questions=(), duration=600.0),
            language,
        )
    )


@pytest.mark.parametrize(
    ("turns", "wrong"),
    [
        ([("Ann Lee", "For thirty-three of them there is only one maker. No. Sorry. Thirty-eight.")], 0),
        ([("Ann Lee", "The course has six modules."), ("Bo Falk", "We've put two together, so it's five modules now.")], 0),
        ([("Ann Lee", "We planted forty oaks."), ("Bo Falk", "Forty-four, Ann."), ("Ann Lee", "Thank you.")], 0),
        ([("Ann Lee", "We planted forty oaks."), ("Bo Falk", "The school has twelve apple trees.")], None),
        ([("Ann Lee", "They went from eighteen percent to twelve, in those eleven. Hang on, my slide. Eleven percent.")], 0),
        ([("Ann Lee", "The slide says that thirty had left. The slide is wrong. It was forty.")], 0),
        ([("Ann Lee", "We open on Saturdays, nine till twelve. No, sorry, nine till one, we changed it.")], 0),
        ([("Ann Lee", "Every year we lose 80,000 tonnes. No, wait. 180,000. I forgot the one.")], 0),
        ([("Ann Lee", "The Association had 340 broken poles. That was in thirty hours."), ("Bo Falk", "Sorry, can I jump in? It was 430."), ("Ann Lee", "430. Thank you.")], 0),
        ([("Ann Lee", "Write to me by the 13th of March."), ("Bo Falk", "31st, Ann."), ("Ann Lee", "I beg your pardon?"), ("Bo Falk", "It's the 31st of March."), ("Ann Lee", "So it is. The 31st.")], 0),
        ([("Ann Lee", "It closes on the 30th of November."), ("Bo Falk", "Isn't the 30th a Sunday?"), ("Ann Lee", "Let me look. Yes. You're right, now you correct me. It is Friday, 28 November.")], 0),
        ([("Ann Lee", "We have 2.4 million for it. The rest is ours."), ("Bo Falk", "Thank you."), ("Bo Falk", "Dr Lee mentioned 2.4 million. That was last year's. The current figure is 1.8.")], 0),
        ([("Ann Lee", "It took thirty days. I think that's wrong, and we want to change it.")], None),
        ([("Ann Lee", "We are nineteen children, and we had two teachers. In the one year they went from four to twelve out of the nineteen.")], None),
        ([("Ann Lee", "We had ten floods."), ("Ann Lee", "We lost forty, I beg your pardon, fifty bridges. I still got it wrong.")], None),
    ],
)  # fmt: skip
def test_a_figure_that_is_put_right_later_is_found(
    language: Language, turns: list[tuple[str, str]], wrong: int | None
) -> None:
    """By its speaker or by somebody else; other figures nearby take nothing back."""
    assert set(put_right(spoken_by(language, *turns))) == (set() if wrong is None else {wrong})


def test_a_figure_that_nobody_vouches_for_is_not_told() -> None:
    assert unvouched(SimpleNamespace(plain="it was given up in 1968, but i'm not at all sure", text="in 1968"))  # type: ignore[arg-type]
    assert not unvouched(SimpleNamespace(plain="it was given up in 1968", text="in 1968"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("turns", "swaps"),
    [
        ([("Ann Lee", "We spoke with nineteen hundred farmers. No, I beg your pardon, seventeen hundred.")], (("1900", "1700"),)),
        ([("Ann Lee", "The fair is on the third of December."), ("Bo Falk", "Ann, it's the third of November."), ("Ann Lee", "November, thank you.")], (("december", "november"),)),
        ([("Ann Lee", "The hearing is on Tuesday."), ("Bo Falk", "It's Wednesday, Ann."), ("Ann Lee", "Wednesday, thank you.")], (("tuesday", "wednesday"),)),
        ([("Ann Lee", "There were 108 in favour, 27 against and 9 abstentions."), ("Bo Falk", "That is ten short."), ("Ann Lee", "Let me see. 118 in favour, 27 against and 9 abstaining.")], (("108", "118"),)),
        ([("Ann Lee", "It is on Gozo, from the fifth to the seventh of June."), ("Bo Falk", "Ann, the flyer you sent me has the fourth to the sixth of June. Which one's right?"), ("Ann Lee", "The flyer. Fourth to the sixth of June 2026.")], (("5", "4"), ("7", "6"))),
    ],
)  # fmt: skip
def test_the_right_value_is_known(
    language: Language, turns: list[tuple[str, str]], swaps: tuple[tuple[str, str], ...]
) -> None:
    """Which value stands for which: numbers, months, days of the week, one value of a list."""
    assert put_right(spoken_by(language, *turns))[0].swaps == swaps


def test_a_sum_in_two_units_is_put_right_as_one(language: Language) -> None:
    said = spoken_by(
        language,
        ("Ann Lee", "The farm received three euros sixty. Excuse me, no, that was the year before. Last year it was three euros ninety. We grew beans. The beans were sold in Leeds."),
    )  # fmt: skip
    found = put_right(said)
    assert found[0].swaps == (("3.60", "3.90"),)
    assert mending(said, found) == {1, 2}  # what only puts it right is not told again, what follows is


def test_what_stands_nearer_is_put_right(language: Language) -> None:
    """Of two values, the one that was said last, or is said over, is meant."""
    said = spoken_by(
        language,
        ("Ann Lee", "We had 212 people register. And I see 130 with us already."),
        ("Bo Falk", "It's 147 in the room now, not 130."),
        ("Ann Lee", "147, I stand corrected."),
    )
    assert {said[i].text: c.swaps for i, c in put_right(said).items()} == {
        "And I see 130 with us already.": (("130", "147"),)
    }


def test_the_sentence_that_says_what_is_counted_vouches(language: Language) -> None:
    said = spoken_by(
        language,
        ("Ann Lee", "Cy is leaving after twenty-five years of this."),
        ("Cy Orr", "Twenty-seven, Ann. Twenty-seven years."),
        ("Ann Lee", "Twenty-seven! Of course it is."),
    )
    correction = put_right(said)[0]
    assert correction.swaps == (("25", "27"),)
    assert correction.by is not None
    assert correction.by.text == "Twenty-seven years."


def test_a_question_answered_is_no_correction(language: Language) -> None:
    """ "How many are here?" - "A hundred and seventeen." says nothing about how many signed up."""
    said = spoken_by(
        language,
        ("Ann Lee", "We had 188 people registered. Bo, how many are here?"),
        ("Bo Falk", "A hundred and seventeen."),
        ("Ann Lee", "A hundred and seventeen, thank you."),
    )
    assert not put_right(said)


def test_a_wording_gets_the_right_value() -> None:
    """Where the wrong one stands just once; else there is no safe wording."""
    right = Correction(None, (("24", "1"), ("november", "december")))
    assert (
        swapped("said that it could be downloaded from 24 November", right)
        == "said that it could be downloaded from 1 December"
    )
    assert swapped("said that it had 24 lessons from 24 November", right) is None
    assert swapped("said that five bridges fell", Correction(None, (("5", "3"),))) == "said that three bridges fell"
