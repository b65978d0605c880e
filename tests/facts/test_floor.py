"""The floor: what a question is about, who answered it; and announcements that others break into."""

import re
from pathlib import Path

from pipeline.engines.nlp import Language
from tests.facts.test_frames import OPENING, TALK, section
from tests.facts.test_told import CLOSING
from tests.stages.test_summarise import language, page

__all__ = ["language"]


def test_a_question_says_what_it_is_about_and_a_chair_who_presses_asks_no_new_one(
    language: Language, tmp_path: Path
) -> None:
    """ "When is it coming back?" is about what its asker said before; what the asker mutters is no answer."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you, Bo. Let's go to questions. Eve Park, I see your hand."),
        ("Eve Park", "In 2023 you cut the Sunday service on the north line. So it's two years. When is it coming back?"),
        ("Bo Falk", "I can't give you a date tonight. The farm pays 900 pounds a month for the shuttle bus until then."),
        ("Eve Park", "Two years. Come on."),
        ("Ann Lee", "Eve, hang on. Bo, is it in the draft plan for next June, yes or no?"),
        ("Bo Falk", "It is in the draft. The money for it has been promised by the council for June."),
        ("Eve Park", "Well, I am writing that down in my green book with the date."),
        CLOSING,
    )  # fmt: skip
    areas = section(draft, "areas")
    assert sum("Sunday service" in t and "asked by Eve Park" in t for t in areas) == 1
    assert not any("green book" in t or "question about the draft plan" in t for t in areas)


def test_a_question_whose_answer_cannot_be_told_says_who_gave_it(language: Language, tmp_path: Path) -> None:
    """Whoever asked will look for the moment; the page says whose words to look for, and no more."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you, Bo. Let's go to questions. Eve Park, I see your hand."),
        ("Eve Park", "Who pays for the new fence along the river?"),
        ("Bo Falk", "Oh, well, you know, that. I mean, what can I say. Ask me another."),
        ("Ann Lee", "Thank you, Bo. Thank you all for coming, and goodbye."),
    )
    assert any("(asked by Eve Park; answered by Bo Falk)" in t for t in section(draft, "areas"))


def test_an_announcement_does_not_begin_with_what_points_at_nothing(language: Language, tmp_path: Path) -> None:
    """ "We're doing it together with ...": of what, only the words before say."""
    draft = page(
        language,
        tmp_path,
        OPENING,
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you, Bo. There are two announcements. The first is from Cy Orr. Cy?"),
        ("Cy Orr", "Thank you, Ann. So, Repair Week. It'll be from the 13th to the 19th of October, and we're doing it together with the Harbour School. You can register your event with us from the first of June."),
        ("Ann Lee", "Thank you. The next hearing will be on the eleventh of March, when we shall hear from..."),
        ("Cy Orr", "The fourth of March, Ann."),
        ("Ann Lee", "So it is. The fourth of March. Thank you all for coming, and goodbye."),
    )  # fmt: skip
    found = section(draft, "announcements")
    assert not any(re.search(r"said that (?:they|the \w+) (?:was|were) doing it", t) for t in found)
    assert any("Repair Week" in t and "Harbour School" in t for t in found)
    assert any("next hearing would be on 4 March" in t for t in found)
