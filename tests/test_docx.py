"""The Word file: real styles, working links, the same bytes each time, whatever the text holds."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from pipeline.docx import word_file
from pipeline.page import Page, page_of
from tests.fixtures import CONVERSATION, EVENT, QUESTIONS, SUMMARY, THEMED
from tests.naughty import NAUGHTY
from tests.stages.test_render import saying


def page(*, approved: bool = False) -> Page:
    return page_of(SUMMARY, CONVERSATION, THEMED, EVENT, approved=approved, transcript_at="transcript.html")


def opened(data: bytes):
    return Document(io.BytesIO(data))


def in_style(document, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == style]


def test_it_uses_words_own_styles():
    """An organiser changes the look in one place, and Word shows the headings in its navigation."""
    document = opened(word_file(page()))
    assert in_style(document, "Title") == [SUMMARY.meeting.title]
    assert in_style(document, "Heading 1") == [
        "Summary", "Keynote", "Panel", "Who spoke", "Areas covered in the discussion", "Announcements", "Poll",
        "Further information", "Questions for the editor",
    ]  # fmt: skip
    assert in_style(document, "Heading 2") == ["Chair", "Thanks", "Recording", "Mailing list", "About"]
    bullets = in_style(document, "List Bullet")
    assert "Bronwen Pugh & Idris Sal, Upper Tamsel Trust & Millbrook Parish Meeting (21:02)" in bullets
    assert any(b.endswith("who mends the gates (21:41, 40:10)") for b in bullets)


def test_links_open_the_recording_and_the_named_things():
    """Hyperlinks are real ones, in the order of the text."""
    document = opened(word_file(page()))
    links = [(h.text, h.url) for p in document.paragraphs for h in p.hyperlinks]
    assert ("21:41", "https://rivers.example/2025/spring.mp4#t=1301") in links
    assert ("The Pocket Gauge", "https://rivers.example/pocket-gauge") in links
    assert ("wardens@rivers.example", "mailto:wardens@rivers.example") in links


def test_a_draft_is_marked_on_every_page():
    """In the text and in the header; the final file has neither mark nor questions."""
    draft, final = opened(word_file(page())), opened(word_file(page(approved=True)))
    assert "DRAFT" in draft.sections[0].header.paragraphs[0].text
    assert any(QUESTIONS[0].text in p.text for p in draft.paragraphs)
    text = "\n".join(p.text for s in (final, final.sections[0].header) for p in s.paragraphs)
    assert "draft" not in text.lower()
    assert QUESTIONS[0].text not in text


def test_the_same_page_gives_the_same_bytes():
    """No clock and no machine in it: the properties carry the meeting's date."""
    data = word_file(page())
    assert data == word_file(page())
    properties = opened(data).core_properties
    assert properties.title == SUMMARY.meeting.title
    assert properties.author == "River Wardens’ Forum and Upper Tamsel Trust"
    assert properties.created.date().isoformat() == properties.modified.date().isoformat() == "2025-03-11"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_any_text_can_be_opened_again(text: str):
    """Control characters and markup do not break the file."""
    event = EVENT.model_copy(update={"links": {text: text}})
    naughty = page_of(saying(text), CONVERSATION, THEMED, event, approved=False, transcript_at="transcript.html")
    document = opened(word_file(naughty))
    assert in_style(document, "Title") == [naughty.title]


def test_an_organisers_own_document_lends_its_styles(tmp_path: Path):
    """Its sample text is left out; a style that it lacks is done without."""
    own = Document()
    own.add_paragraph("Sample text")
    own.sections[0].footer.paragraphs[0].text = "Our footer"
    own.styles["List Bullet"].delete()
    own.save(str(tmp_path / "page.docx"))
    document = opened(word_file(page(), base=tmp_path / "page.docx"))
    assert "Sample text" not in [p.text for p in document.paragraphs]
    assert document.sections[0].footer.paragraphs[0].text == "Our footer"
    assert in_style(document, "Title") == [SUMMARY.meeting.title]
