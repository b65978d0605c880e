"""What is mended before a wording may stand: whom it is of, what it asks, what it points to, what was voted."""

from pathlib import Path

import pytest

from pipeline.engines.nlp import Language
from pipeline.facts.bodies import names_its_body, posts_of, takes_article
from pipeline.facts.closing import listed_thanks
from pipeline.facts.corrections import put_right
from pipeline.facts.paragraphs import together
from pipeline.language.phrases import points_back
from pipeline.language.reported import report
from pipeline.language.wording.clean import clean
from pipeline.records import Draft
from tests.facts.test_corrections import spoken_by
from tests.stages.test_summarise import language, page

__all__ = ["language"]

TALK = "Our farm planted 200 trees last year. The trees need water every week. We paid for the fence ourselves. " * 8
OPENING = (
    "Ann Lee",
    "Good morning everyone, and welcome to the Tree Day. I am Ann Lee and I chair the Tree Network. Over to you, Bo.",
)
CLOSING = ("Ann Lee", "Thank you all for coming, and goodbye.")


def everything(draft: Draft) -> str:
    return "\n".join(p.text for s in draft.sections for p in s.points)


@pytest.mark.parametrize(
    ("spoken", "back"),
    [
        ("We trained the home carers to give it.", True),
        ("Volunteers had drawn those buildings from the air.", True),
        ("The other group had a trim and a tablet for three days.", True),
        ("We bought a fence and we painted it in May.", False),
        ("The bees eat when they are cold.", False),
        ("Those people who came early helped with the chairs.", False),
    ],
)
def test_what_points_at_something_unsaid(language: Language, spoken: str, back: bool) -> None:
    (doc,) = language.docs([spoken])
    assert points_back(doc[:]) is back


@pytest.mark.parametrize(
    ("spoken", "reported"),
    [
        ("Any member school may book the platform on a Wednesday.", "could book"),
        ("The ferry may be late on the day of the fair.", "might be late"),
        ("Our next webinar is Thursday, February twelfth.", "would be"),
        ("The next assembly is in person, in Altenfels, on Saturday 21 March.", "would be in person"),
        ("In our region the average wait for a kidney is about two years.", "average wait for a kidney was"),
    ],
)
def test_permission_dates_and_commas_are_kept(language: Language, spoken: str, reported: str) -> None:
    (doc,) = language.docs([spoken])
    text = report(doc[:], speaker="Ann Lee", body="the network", with_subject=False)
    assert text is not None
    assert reported in text


def test_who_speaks_of_themselves_is_the_subject(language: Language, tmp_path: Path) -> None:
    """ "Bo Falk said that they had ..." could be several."""
    draft = page(language, tmp_path, OPENING, ("Bo Falk", "I've counted the 300 apple trees on the hill for eleven years. " * 2 + TALK), CLOSING)  # fmt: skip
    assert "Falk had counted the 300 apple trees" in everything(draft)


def test_a_request_ends_where_a_statement_begins(language: Language, tmp_path: Path) -> None:
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", "Measure the soil temperature in the orchard, write it down, and there's a table for the roots. " * 2 + TALK),
        CLOSING,
    )  # fmt: skip
    assert "to measure the soil temperature in the orchard and write it down" in everything(draft)
    assert "and there was a table" not in everything(draft)


@pytest.mark.parametrize(
    ("named", "text"),
    [
        (["Roz", "Lena", "Derek"], "Roz, Lena and Derek"),
        (["Farah", "the wardens, Alan and Kath", "Peter for the computer"], "Farah; the wardens, Alan and Kath; and Peter for the computer"),
        (["Bo, the panel"], "Bo and the panel"),
    ],
)  # fmt: skip
def test_thanks_are_a_list(named: list[str], text: str) -> None:
    assert listed_thanks(named) == text


def test_people_with_posts_are_told_apart_by_commas() -> None:
    assert together(["Ann Lee", "Bo Falk"]) == "Ann Lee and Bo Falk"
    assert together(["Ann Lee, head of Hill School", "Bo Falk"]) == "Ann Lee, head of Hill School, and Bo Falk"


def test_posts_and_bodies() -> None:
    assert posts_of("Head teacher and chair of the Hill Network") == ["Head teacher", "chair of the Hill Network"]
    assert posts_of("Head of Research and Training") == ["Head of Research and Training"]
    assert names_its_body("President of the association")
    assert not names_its_body("Professor of Community Nursing")
    assert takes_article("Hill Trust")
    assert takes_article("University of Kent")
    assert not takes_article("Hill Primary School")


def test_a_clause_behind_a_filler_keeps_its_comma(language: Language) -> None:
    (doc,) = language.docs(["We did want to meet in person, um, we had a hall booked in Leeds."])
    assert "person , we had" in " ".join(t.text for t in clean(doc[:]))
    (doc,) = language.docs(["We wrote to, um, forty schools in the county."])
    assert "wrote to forty schools" in " ".join(t.text for t in clean(doc[:]))


def test_a_figure_named_again_beside_the_right_one_is_put_right(language: Language) -> None:
    """However long its speaker went on in between; of several figures any may be meant."""
    long = " The drivers wait a lot and nobody pays for it." * 9
    said = spoken_by(
        language,
        ("Ann Lee", "In Oltmar the cost of a wagon fell from 94 euros to 61." + long),
        ("Bo Falk", "One small thing, you said 94 euros in Oltmar, and in the paper it's 84."),
        ("Ann Lee", "Ah. Wait. Yes, 84, you're right. From 84 to 61."),
    )
    assert put_right(said)[0].swaps == (("94", "84"),)


def test_a_vote_is_told_with_its_count(language: Language, tmp_path: Path) -> None:
    """The count that the chair gave last is the one that holds."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK + "The proposal is that we release twice a year."),
        ("Ann Lee", "Thank you. Now we vote on the proposal. The poll is open. So we have 61 yes, 5 no, and 8 abstain. It's carried."),
        ("Cy Orr", "Ann, two came from the same body. So it's 60 yes."),
        ("Ann Lee", "Ah, honest people. 60 yes, 5 no, 8 abstentions. Carried."),
        CLOSING,
    )  # fmt: skip
    assert "The vote was 60 yes, 5 no and 8 abstentions; it was carried." in everything(draft)
    assert "61" not in everything(draft)


def test_what_a_speaker_recalls_puts_their_earlier_figure_right(language: Language) -> None:
    long = " The drivers wait a lot and nobody pays for it." * 15
    said = spoken_by(
        language,
        ("Ann Lee", "Visits are up 41 percent since the fall." + long),
        ("Bo Falk", "We gave out 56 boxes of pears with 44 volunteers." + long),
        ("Ann Lee", "Sorry, one more thing. I said 41 percent. It's 31. 41 is the number for Dunmore only."),
        ("Bo Falk", "And it was 46 volunteers, now I think of it, not 44."),
    )
    found = put_right(said)
    assert found[0].swaps == (("41", "31"),)
    assert next(c for i, c in found.items() if said[i].who == "Bo Falk").swaps == (("44", "46"),)


def test_a_day_put_right_into_another_month_takes_the_month_along(language: Language) -> None:
    """And of several dates the one that shares a value with the correction is meant."""
    said = spoken_by(
        language,
        ("Ann Lee", "The closing date is Friday the 24th of April."),
        ("Bo Falk", "Isn't the 24th still in the holidays?"),
        ("Ann Lee", "No, they're back on the 20th. Oh, you're right, I've got it wrong. It's the 1st of May."),
    )
    assert put_right(said)[0].swaps == (("24", "1"), ("april", "may"))
    said = spoken_by(
        language,
        ("Ann Lee", "The autumn meeting is on the 18th of September, online again. It may be in a third country in 2026. The committee will talk about it in June."),
        ("Bo Falk", "Sorry, Ann, it's the 25th. September 25th."),
        ("Ann Lee", "The 25th! Thank you, Bo. September 25th."),
    )  # fmt: skip
    assert {i: c.swaps for i, c in put_right(said).items()} == {0: (("18", "25"),)}


def test_a_sentence_may_begin_with_a_figure(language: Language) -> None:
    (doc,) = language.docs(["It's free. 25 places, and lunch. We meet at No. 5 in the lane."])
    assert [s.text for s in doc.sents][1].startswith("25 places")
    assert any("No. 5 in the lane" in s.text for s in doc.sents)


def test_an_announcement_may_begin_with_what_its_people_do(language: Language, tmp_path: Path) -> None:
    """ "They had bursaries ...": whom "we" means is known."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you, Bo. Now, the news. Cy, you're first."),
        ("Cy Orr", "We've bursaries for young gardeners in the county of Moss. There are five, each is 400 pounds. Apply by the 3rd of May."),
        ("Ann Lee", "Thank you, Cy. That is all the news."),
        CLOSING,
    )  # fmt: skip
    assert "bursaries for young gardeners" in everything(draft)


def test_a_word_that_points_at_the_day_takes_its_commas_along(language: Language) -> None:
    (doc,) = language.docs(["A new coupler is, today, about nine pounds a wagon."])
    text = report(doc[:], speaker="Ann Lee", body=None, with_subject=False)
    assert text == "said that a new coupler was about nine pounds a wagon"
    (doc,) = language.docs(["We published two articles over the last month."])
    text = report(doc[:], speaker="Ann Lee", body="the club", with_subject=False)
    assert text == "said that the club published two articles over the last month"


def test_a_statement_that_begins_with_what_asks_nothing(language: Language, tmp_path: Path) -> None:
    said = "So, what we are proposing to the ministry, and I underline proposing, it's not adopted, is a model agreement of 6 pages for every farm. "
    draft = page(language, tmp_path, OPENING, ("Bo Falk", said + TALK), CLOSING)
    assert "asked what" not in everything(draft)


@pytest.mark.parametrize(
    "turns",
    [
        [("Ann Lee", "In March 40 schools took part."), ("Bo Falk", "Lovely."), ("Ann Lee", "As I said, 40 schools took part. It was 60 the year before.")],
        [("Ann Lee", "We hoped for 20 boxes of pears." + " The drivers wait a lot and nobody pays for it." * 15), ("Bo Falk", "And?"), ("Ann Lee", "It was 30 boxes, not 20, and we were glad.")],
        [("Ann Lee", "We went to 94 farms last year."), ("Bo Falk", "Thank you. 94 farms! And you have 84 helpers?"), ("Ann Lee", "Thanks, yes, 84 helpers, all of them students.")],
    ],
)  # fmt: skip
def test_another_figure_puts_none_right_where_nobody_says_that_one_was_wrong(
    language: Language, turns: list[tuple[str, str]]
) -> None:
    assert not put_right(spoken_by(language, *turns))
