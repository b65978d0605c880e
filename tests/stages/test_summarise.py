"""The page of meetings that are hardly meetings: never an invented one, never an error."""

from pathlib import Path

import pytest

from pipeline.engines.nlp import Language
from pipeline.errors import MissingError
from pipeline.progress import Quiet
from pipeline.records import Conversation, Draft, Event, Speaker, Spoken, Turn, Word
from pipeline.stages import Work
from pipeline.stages.summarise import Summarise
from pipeline.stages.themes import FindThemes


@pytest.fixture(scope="module")
def language() -> Language:
    try:
        return Language()
    except MissingError:
        pytest.skip("the bundled language model is not there")


def turn(text: str, start: float, name: str | None) -> Turn:
    words = tuple(
        Word(text=w, start=start + 0.4 * i, end=start + 0.4 * i + 0.4, probability=1)
        for i, w in enumerate(text.split())
    )
    end = words[-1].end if words else start
    return Turn(start=start, end=end, voice=None, name=name, confidence=1, named_by=None, words=words)


def page(
    language: Language, folder: Path, *said: tuple[str | None, str], event: Event | None = None, meeting: str = "m"
) -> Draft:
    turns, at = [], 0.0
    for name, text in said:
        turns.append(turn(text, at, name))
        at = turns[-1].end + 0.5
    names = dict.fromkeys(n for n, _ in said if n)
    speakers = tuple(Speaker(name=n, status="confirmed", evidence=()) for n in names)
    conversation = Conversation(
        meeting=meeting, language="en", duration=at, turns=tuple(turns), speakers=speakers, questions=()
    )
    work = Work(folder, Quiet())
    event = event or Event()
    themed = FindThemes(language)(conversation, event, work)
    return Summarise(language)(conversation, themed, event, work)


@pytest.mark.parametrize(
    "said",
    [
        (),
        ((None, ""),),
        (("Ann Lee", "Hello."),),
        ((None, "so what we"),),
        (("Ann Lee", "the pump works and the pump is new and " * 300),),
    ],
    ids=["nothing", "no words", "one word", "mid-word", "an hour without punctuation"],
)
def test_a_meeting_that_says_little_gives_a_short_page(
    language: Language, tmp_path: Path, said: tuple[tuple[str | None, str], ...]
) -> None:
    """Empty slots stay out: no section without a point, no point without evidence."""
    draft = page(language, tmp_path, *said)
    assert all(s.points for s in draft.sections)
    assert all(p.evidence for s in draft.sections for p in s.points)
    assert sum(len(p.text.split()) for s in draft.sections for p in s.points) < 200


def test_modality_and_names_of_an_announcement_are_kept(language: Language, tmp_path: Path) -> None:
    """ "Will look at whether" must not become a decision, and what is said is tied to who said it."""
    draft = page(
        language,
        tmp_path,
        ("Ann Lee", "Good morning everyone, and welcome. I am Ann Lee and I chair the Network. Over to you, Bo."),
        ("Bo Falk", "Thank you, Ann. Our farm planted 200 trees last year. The trees need water every week. " * 6),
        (
            "Ann Lee",
            (
                "Thank you, Bo. Now we have one announcement. The Network will look at whether a shared pump could "
                "work. Nothing has been decided. Thank you all for coming, and goodbye."
            ),
        ),
    )
    text = " ".join(p.text for s in draft.sections for p in s.points)
    assert "whether" in text
    assert "decided to" not in text


def test_a_page_is_the_same_twice_and_every_id_is_its_own(language: Language, tmp_path: Path) -> None:
    """Links and edits hang on the ids."""
    said = (("Ann Lee", "The new bridge costs 40 pounds. The old bridge has fallen down. We painted the school red."),)
    first, second = page(language, tmp_path, *said), page(language, tmp_path, *said)
    assert first == second
    ids = [p.id for s in first.sections for p in s.points]
    assert len(ids) == len(set(ids))
    assert all(e.words for s in first.sections for p in s.points for e in p.evidence if isinstance(e, Spoken))


def test_a_file_name_that_says_nothing_is_no_title(language: Language, tmp_path: Path) -> None:
    """A call saved as "transcript.vtt" is called after who chaired it; other names stay."""
    turns = (
        ("Ann Lee", "Good morning everyone, and welcome. I am Ann Lee and I chair the Network. Over to you, Bo."),
        ("Bo Falk", "Our farm planted 200 trees last year. The trees need water every week. We paid for the fence ourselves."),
        ("Ann Lee", "Thank you, Bo. Thank you all for coming, and goodbye."),
    )  # fmt: skip
    named = page(language, tmp_path, *turns, meeting="spring-gathering")
    assert named.meeting.title == "Spring gathering"
    assert page(language, tmp_path, *turns, meeting="transcript").meeting.title == "Meeting chaired by Ann Lee"
