"""Announcements: what is announced, what sort of thing it is; topics that were only named; votes of thanks."""

from pathlib import Path

import pytest

from pipeline.engines.nlp import Language
from tests.facts.test_frames import TALK, section
from tests.stages.test_summarise import language, page

__all__ = ["language"]

WELCOME = (
    "Ann Lee",
    "Good morning everyone, and welcome. I am Ann Lee and I chair the Network. We have one talk today, and then your questions. Over to you, Bo.",
)
CLOSING = ("Ann Lee", "Thank you all for coming, and goodbye.")


@pytest.mark.parametrize("opened", ["Okay, news. Cy.", "Two bits of network news now. Cy, are you there?"])
def test_news_is_known_by_short_words_and_what_is_named_is_told_with_its_kind(
    language: Language, tmp_path: Path, opened: str
) -> None:
    """ "It's called Room for the Sea" is told with "a guide to setback lines"; a question about the call stays out."""
    draft = page(
        language,
        tmp_path,
        WELCOME,
        ("Bo Falk", TALK * 2),
        ("Ann Lee", f"Thank you, Bo. {opened}"),
        ("Cy Orr", "So we have promised you a guide to setback lines for the whole coast. It's called Room for the Sea, and it's out today, I've got one here, can you see it? We wrote it with the Harbour School, and members get it for nothing."),
        CLOSING,
    )  # fmt: skip
    told = section(draft, "announcements")
    assert any("announced Room for the Sea, a guide to setback lines" in t for t in told)
    assert not any("can you see" in t for t in told)


def test_a_vote_of_thanks_is_thanks_and_no_news(language: Language, tmp_path: Path) -> None:
    """What a guest says in praise of the speakers is no announcement."""
    draft = page(
        language,
        tmp_path,
        WELCOME,
        ("Bo Falk", TALK * 2),
        ("Ann Lee", "Thank you, Bo. Now the news. Our next webinar is on the 9th of June. And to thank our speaker, Dan Holt."),
        ("Dan Holt", "Bo planted two hundred trees where the rest of us wrote three reports. I carry home the fence and the water. I propose a warm vote of thanks to Bo."),
        CLOSING,
    )  # fmt: skip
    assert "Dan Holt proposed a vote of thanks." in section(draft, "thanks")
    assert not any("Dan Holt" in t for t in section(draft, "announcements"))


def test_a_topic_that_was_only_named_leads_what_is_said_of_it(language: Language, tmp_path: Path) -> None:
    """ "Now, salt. Six grams a day is the most.": without the topic nobody knows of what."""
    draft = page(
        language,
        tmp_path,
        WELCOME,
        ("Bo Falk", "I have worked in the hospital kitchen for years. " * 12 + "Now, salt. Six grams a day is the most for a grown person."),
        ("Ann Lee", "Thank you, Bo."),
        CLOSING,
    )  # fmt: skip
    told = " ".join(t for kind in ("keynote", "panel") for t in section(draft, kind))
    assert "on salt, six grams a day was the most" in told.lower()


def test_who_speaks_asks_for_themselves_whomever_they_name(language: Language, tmp_path: Path) -> None:
    """A group "chaired by Professor Dylan Jones" did not ask; a question without a name is nobody's."""
    draft = page(
        language,
        tmp_path,
        WELCOME,
        ("Bo Falk", TALK * 2),
        ("Ann Lee", "Thank you, Bo. We have time for questions. Eve Park, please."),
        ("Eve Park", "What part has the farm had in the water group that is chaired by Professor Dylan Jones?"),
        ("Bo Falk", "The farm paid for the first report of the water group, and the council paid for the second."),
        ("Ann Lee", "There's another in the chat, this one's not got a name on it. Who pays for the fence along the river?"),
        ("Bo Falk", "The council pays for half of the fence, and the farm pays for the other half."),
        CLOSING,
    )  # fmt: skip
    areas = section(draft, "areas")
    assert any("asked by Eve Park" in t for t in areas)
    assert not any("asked by Dylan Jones" in t or "asked by Ann Lee" in t for t in areas)
