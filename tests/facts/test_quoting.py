"""Quotations: what no wording of ours can carry safely, in the speaker's own words and in no others."""

import re
from pathlib import Path

import pytest

from pipeline.engines.nlp import Language
from pipeline.facts.quoting import calls, loses
from pipeline.records import Spoken
from tests.facts.test_frames import OPENING, TALK, section
from tests.facts.test_told import CLOSING, told
from tests.stages.test_summarise import language, page

__all__ = ["language"]


def quotations(text: str) -> list[str]:
    return re.findall(r"“([^”]*)”", text)


def spoken_words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def in_order(wanted: list[str], said: list[str]) -> bool:
    left = iter(said)
    return all(word in left for word in wanted)


def test_what_is_quoted_was_said_in_this_order_by_this_speaker(language: Language, tmp_path: Path) -> None:
    """Only fillers and repetitions may be missing between quotation marks."""
    talk = (
        "Well, the, um, the old mill cost eleven thousand pounds. You dry the seed twice, once in the sun and, er, once in the barn. "
        "If the store drops below four degrees, open the small door. Mould doesn't need warmth, damp is enough. "
        "A strap round the box and round the post. What the shed never got enough of is light and air. "
    )
    draft = page(language, tmp_path, OPENING, ("Bo Falk", TALK + talk), CLOSING)
    found = [(own, p) for s in draft.sections for p in s.points for own in quotations(p.text)]
    assert found
    for own, point in found:
        said = " ".join(e.words for e in point.evidence if isinstance(e, Spoken))
        words = [w for w in spoken_words(own) if not w.isdigit()]
        assert in_order(words, spoken_words(said)), own
        assert "Bo Falk" in point.speakers


@pytest.mark.parametrize(
    "sentence",
    [
        "Can everybody see the map of the north field on my screen?",
        "What does the council pay for the north field.",
        "Because the north field has forty trees and the south field has sixty.",
        "People said to me, the north field is lost.",
        "We planted eight hundred trees there, sorry, eighty.",
    ],
)
def test_questions_stumbles_and_other_peoples_words_are_not_quoted(
    language: Language, tmp_path: Path, sentence: str
) -> None:
    """A quotation must stand by itself, and be the speaker's own."""
    draft = page(language, tmp_path, OPENING, ("Bo Falk", TALK + sentence), CLOSING)
    start = " ".join(sentence.split()[:4])
    assert not any(own.startswith(start) for own in quotations(told(draft)))


def test_rough_talk_is_not_quoted_where_it_breaks_off(language: Language, tmp_path: Path) -> None:
    """A transcript of half sentences makes no quotations."""
    rough = (
        "Um, the, the trees, so… it's, uh, forty of them, but… we, we can't, you know… water the, the north field. " * 6
    )
    draft = page(language, tmp_path, OPENING, ("Bo Falk", rough), CLOSING)
    assert "…" not in told(draft)


@pytest.mark.parametrize(
    ("told_as", "said_as", "lost"),
    [
        ("said that they gave some of it away", "said: “We gave 940 kilos of it away.”", True),
        ("said that they gave 940 kilos away", "said: “We gave 940 kilos away.”", False),
        ("said that the store moved", "said: “The store moved to Kirkby.”", True),
        ("said that the store moved to Kirkby", "said: “The store moved to Kirkby.”", False),
    ],
)
def test_a_wording_that_loses_a_figure_or_a_name_is_noticed(told_as: str, said_as: str, *, lost: bool) -> None:
    """The quotation is then the better sentence."""
    assert loses(told_as, said_as) is lost


def test_a_question_that_makes_no_topic_is_given_as_it_was_put(language: Language, tmp_path: Path) -> None:
    """ "Is it going up?" needs the sentence before it, and its asker's name."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you, Bo. We have time for questions. Eve, you've got your hand up."),
        ("Eve Park", "Thanks. It's the rent for the north field. Is it going up?"),
        (
            "Bo Falk",
            "The rent stays at forty pounds for each field this year. The council decides on it in the autumn.",
        ),
        CLOSING,
    )
    (area,) = [t for t in section(draft, "areas") if "Eve Park" in t]
    assert area.startswith("“It's the rent for the north field. Is it going up?” (asked by Eve Park)")
    assert "40" in area


def test_a_chair_may_answer_what_the_chair_read_out(language: Language, tmp_path: Path) -> None:
    """The question is the writer's, the answer the chair's."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK),
        ("Ann Lee", (
            "Thank you, Bo. We have time for questions. There's one from Dina Holm. Are bonfires still allowed on the field? "
            "They are allowed from November until the end of March, after dusk, and it's in the lease."
        )),
        ("Bo Falk", "That is right."),
        CLOSING,
    )  # fmt: skip
    (area,) = [t for t in section(draft, "areas") if "Dina Holm" in t]
    assert "bonfires" in area
    assert "March" in area


def test_a_verb_that_looks_like_a_courtesy_is_quoted(language: Language) -> None:
    """ "Miss the limit and you've lost" calls nobody."""
    doc = language.docs(["Miss the limit and you've lost, so that's what we teach now."])[0]
    assert not calls([t for t in doc if not t.is_space])
