"""Polls, conditions, pronouns and contractions: what a statement must keep, and what it must not stand without."""

from pathlib import Path

import pytest

from pipeline.engines.nlp import Language
from pipeline.facts.bare import bare_tokens
from pipeline.facts.polish import figures, tidied
from pipeline.facts.quoting import spaced
from pipeline.facts.reading import sound
from pipeline.facts.retell import retell
from pipeline.language.phrases import points_back
from pipeline.language.wording.moved import time_first
from pipeline.measures.normalise import numbers_of
from pipeline.records import Draft
from tests.facts.test_frames import OPENING, TALK, section
from tests.stages.test_summarise import language, page

__all__ = ["language"]
CLOSING = ("Ann Lee", "Thank you all for coming, and goodbye.")


def told(draft: Draft) -> str:
    return " ".join(p.text for s in draft.sections for p in s.points)


def test_the_lines_of_a_poll_make_one_result_with_its_subject(language: Language, tmp_path: Path) -> None:
    """A figure without what was asked, or one choice without the others, tells a reader nothing."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you, Bo. Now there's a poll. Which colour should we paint the new ferry? I'll give you a minute. So dark blue has thirty-one. Tromsø green got it, with forty. And white is on nine. This is not binding."),
        CLOSING,
    )  # fmt: skip
    result = " ".join(section(draft, "results"))
    assert "poll on the new ferry gave" in result
    assert "dark blue 31; Tromsø green 40; white nine" in result


def test_what_an_announcement_is_about_comes_first_and_remarks_stay_off(language: Language, tmp_path: Path) -> None:
    """Who leads the group means nothing to who was never told of what; a joke about the loft tells nothing of the library."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you, Bo. There are two announcements. The first is from Cy Orr. Cy?"),
        ("Cy Orr", "Thank you, Ann. I've no slides and no jokes. A number of members suggested a shared seed library for the whole county. Dr Ida Holt, formerly of the Harbour Trust, will lead a small group that reports in October. My wife says hello. Nothing's decided until then."),
        ("Ann Lee", "Thank you, Cy, you've been patient. Our next meeting is on the third of May at the Harbour School. The recording will be on the website by Friday."),
        CLOSING,
    )  # fmt: skip
    news = section(draft, "announcements")
    assert "shared seed library" in news[0]
    assert "Ida Holt" in news[0]
    assert not any("jokes" in t or "wife" in t or "patient" in t for t in news)


@pytest.mark.parametrize(
    ("spoken", "reported"),
    [
        ("What did work was a stall on the Saturday market.", "said that what did work was a stall on the Saturday market"),
        ("What went wrong is the mast went off at noon.", "said that what went wrong was that the mast went off at noon"),
        ("It's saved us about 46 nurse visits a week.", "said that it had saved them about 46 nurse visits a week"),
        ("It leaves a hole, and we plug it with oak and stain it.", "said that it left a hole, and they plugged it with oak and stained it"),
        ("We began to grind the nine curves every spring.", "said that they began to grind the nine curves every spring"),
        ("It's published today on the committee's page.", "said that it was published that day on the committee's page"),
        ("There are 22 boats in the club, all of 'em under ten metres.", "said that there were 22 boats in the club, all of them under ten metres"),
        ("The earliest it could possibly be is the June service change.", "said that the earliest it could possibly be was the June service change"),
        ("The next one of these is Wednesday, May thirteenth.", "said that the next one of these was Wednesday, May thirteenth"),
    ],
)  # fmt: skip
def test_a_cleft_is_a_statement_and_a_counted_noun_no_verb(language: Language, spoken: str, reported: str) -> None:
    doc = language.docs([spoken])[0]
    assert retell(doc[:], body=None, after=True, limit=36, audience="members") == reported


@pytest.mark.parametrize(
    "spoken",
    [
        "Please, nobody wait until midnight on the sixteenth.",
        "Ours was Brandt, and she found twenty-seven problems in one week.",
        "So, version three of the public API, that's third quarter.",
        "It shows you live levels from fourteen gauges, and you can set your own level.",
        "A Spanish version, we hope.",
        "Bengali is a large language, though do ask a speaker to check anything legal.",
    ],
)
def test_what_would_come_out_wrong_is_not_told(language: Language, spoken: str) -> None:
    """A wish, a word for what was named before, what a parser takes for an order or a verb."""
    doc = language.docs([spoken])[0]
    assert retell(doc[:], body=None, after=True, limit=36, audience="members") is None


def test_a_word_that_ends_one_clause_and_begins_the_next_is_quoted_twice(language: Language) -> None:
    """Not so a word that was begun again."""
    doc = language.docs(["It's not the sun that does it, it's the braking."])[0]
    assert spaced(bare_tokens(doc[:], verbatim=True)) == "It's not the sun that does it, it's the braking."
    doc = language.docs(["It, it was a long day."])[0]
    assert spaced(bare_tokens(doc[:], verbatim=True)) == "it was a long day."


def test_a_poll_is_read_out_in_one_sentence_and_mended(language: Language, tmp_path: Path) -> None:
    """By whoever holds it; what was said last counts."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you, Bo. Cy's got a poll for us."),
        ("Cy Orr", "It is on your screens. We got 164 votes. Earlier payment is first, with 46 percent. Longer contracts 33 percent, mapping 15, and help eight. Sorry, longer contracts 31 percent, not 33."),
        CLOSING,
    )  # fmt: skip
    result = " ".join(section(draft, "results"))
    assert "(164 votes)" in result
    assert "earlier payment 46 percent; longer contracts 31 percent; mapping 15 percent; help eight percent" in result


def test_numbers_without_a_poll_are_no_result(language: Language, tmp_path: Path) -> None:
    """Budgets and ages are no votes."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK + "The north field has forty trees. The south field has sixty trees."),
        CLOSING,
    )
    assert not section(draft, "results")


def test_numbers_after_a_poll_are_none_of_its_lines(language: Language, tmp_path: Path) -> None:
    """What another person says later, and what simply is a number, was chosen by nobody."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Ann Lee", "There's a poll. Which colour should we paint the new ferry? Thank you, that is closed. The average age is 51. The deposit is 20."),
        ("Bo Falk", TALK + "The north field has forty. The south field has sixty."),
        CLOSING,
    )  # fmt: skip
    assert "gave:" not in told(draft)


def test_a_condition_is_not_lost(language: Language, tmp_path: Path) -> None:
    """ "Were the grant to come, the pool would open" must never become "the pool would open"."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK + "Nothing is signed, and were the grant to be paid, the swimming pool would open in May."),
        CLOSING,
    )
    text = told(draft)
    assert "would open in May" not in text or "if the grant" in text.lower() or "were the grant" in text.lower()


def test_she_is_told_only_beside_her_name(language: Language, tmp_path: Path) -> None:
    """A "she" without a name would be taken for the speaker."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        (
            "Bo Falk",
            TALK + "Nobody knew the old wells. In the county archive she found maps of forty wells in one week.",
        ),
        CLOSING,
    )
    assert "she found" not in told(draft)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("We put two of them behind the school.", True),
        ("Their rent went up in April.", True),
        ("He paid for the new roof.", True),
        ("The nurses said that they were tired.", False),
        ("Maria said that she was tired.", False),
        ("Everyone brought their own cup.", False),
        ("We closed the library in June.", False),
    ],
)
def test_pronouns_that_point_out_of_their_sentence(language: Language, text: str, back: bool) -> None:
    """Whether a reader can tell from the sentence alone who is meant."""
    assert points_back(language.docs([text])[0][:]) is back


def test_a_sentence_that_points_back_comes_with_the_one_before_it(language: Language, tmp_path: Path) -> None:
    """ "It cost 860 pounds" is worth telling, and means nothing alone."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", "We bought a drying shed for the seeds in March. It cost us eight hundred and sixty pounds."),
        CLOSING,
    )
    text = told(draft)
    assert "860" in text
    assert text.index("drying shed") < text.index("860")


def test_advice_under_a_condition_keeps_it(language: Language, tmp_path: Path) -> None:
    """ "If it rains, close the vents" advises nobody to close them in the sun."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK + "If the cellar floods, close the gas valve behind the boiler."),
        CLOSING,
    )
    text = told(draft)
    assert "close the gas valve" in text
    assert "if the cellar flood" in text


def test_a_time_at_the_end_can_stand_first(language: Language) -> None:
    """So that fewer of the speaker's words stand in a row."""
    doc = language.docs(["The hospital had closed four wards in the last year."])[0]
    assert time_first(doc) == "in the last year, the hospital had closed four wards"
    assert time_first(language.docs(["The hospital had closed four wards."])[0]) is None


def test_what_belongs_to_a_noun_stays_with_it(language: Language) -> None:
    """ "A report from last year" is not something that was so last year."""
    assert time_first(language.docs(["It was a long and detailed report from last year."])[0]) is None


def test_contractions_on_nouns_are_split(language: Language) -> None:
    """spaCy splits "we'll" and leaves "the treasurer'll"."""
    words = [t.text for t in language.docs(["The treasurer'll send it, and the clerks've agreed."])[0]]
    assert "'ll" in words
    assert "'ve" in words


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("from the first of December", {"1"}),
        ("May the second", {"2"}),
        ("the first of them", set()),
        ("a second look", set()),
        ("the twenty-first of June", {"21"}),
    ],
)
def test_a_day_of_a_month_is_a_number(text: str, numbers: set[str]) -> None:
    """The page writes "1 December", and the check must find it in the words."""
    assert numbers_of(text) == numbers


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("said that the clinic would offer two places", True),
        ("said that they could only ask the committee", True),
        ("said that the clinic would of", False),
        ("said that they should if", False),
    ],
)
def test_a_torn_sentence_is_told_by_its_words_not_by_how_they_begin(text: str, *, whole: bool) -> None:
    """ "Would of" is torn; "would offer" is not."""
    assert sound(text) == whole


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("nine million dollars", "$9 million"),
        ("half a million people", "half a million people"),
        ("2.5 million people", "2.5 million people"),
        ("one million two hundred and thirty thousand people", "1,230,000 people"),
    ],
)
def test_millions_as_a_page_writes_them(spoken: str, written: str) -> None:
    assert figures(spoken) == written


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("said that last full dredge was in 2013", "said that the last full dredge was in 2013"),
        ("said that only members could vote", "said that only members could vote"),
        ("said that first people should ask", "said that first people should ask"),
        ("said that last year 40 people came", "said that last year 40 people came"),
        ("said that the last bus left at eight forty now", "said that the last bus left at eight forty"),
        ("said that it should be ready by now", "said that it should be ready by now"),
    ],
)
def test_articles_and_a_now_that_has_passed(text: str, mended: str) -> None:
    """Speech leaves an article out; "now" is no longer now when the page is read."""
    assert tidied(text) == mended
