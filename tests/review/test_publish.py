"""Publishing: exactly the approved revision, and an archive in which nothing else is touched."""

import hashlib
import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest

from pipeline.errors import BelowGateError, InputError, UsageError
from pipeline.review.edits import MeetingEdit
from pipeline.review.meeting import Meeting
from pipeline.review.publish import publish, withdraw
from pipeline.review.site import Site
from tests.review.helpers import DRAFT, meeting_folder

ATOM = "{http://www.w3.org/2005/Atom}"


def approve(folder: Path, who: str = "Edna") -> str:
    """Approve a meeting as it is; gives the revision hash."""
    meeting = Meeting(folder)
    return meeting.approve(who, meeting.revision()).revision


def another(library: Path, name: str, date: str | None) -> Path:
    """Another meeting of the same words."""
    facts = DRAFT.summary.meeting.model_copy(update={"id": name, "title": f"Meeting {name}", "date": date})
    draft = DRAFT.model_copy(update={"summary": DRAFT.summary.model_copy(update={"meeting": facts})})
    return meeting_folder(library, draft)


def test_a_draft_is_refused(tmp_path: Path):
    """Exit 8, and nothing is written."""
    folder = meeting_folder(tmp_path)
    with pytest.raises(BelowGateError, match="nobody has approved"):
        publish(folder)
    assert not (folder / "final").exists()


def test_a_change_takes_the_approval_back(tmp_path: Path):
    """What is published is what was approved, nothing later."""
    folder = meeting_folder(tmp_path)
    approve(folder)
    ledger = Meeting(folder).ledger
    ledger.append([MeetingEdit(title="Another title")], who="Otto", group="g", revision=ledger.revision())
    with pytest.raises(BelowGateError, match="changed after it was approved"):
        publish(folder)
    ledger.append([MeetingEdit(title=DRAFT.summary.meeting.title)], who="Otto", group="h", revision=ledger.revision())
    publish(folder)  # the very revision again


def test_what_is_no_meeting_is_refused(tmp_path: Path):
    """Exit 3."""
    with pytest.raises(InputError):
        publish(tmp_path)


def test_the_final_folder_holds_every_form_without_draft_marks(tmp_path: Path):
    """HTML, Markdown, Word, JSON, WebVTT and SubRip, and who approved."""
    folder = meeting_folder(tmp_path)
    revision = approve(folder)
    final = publish(folder)
    names = {p.name for p in final.iterdir()}
    assert {"summary.html", "summary.md", "summary.docx", "summary.json", "transcript.vtt", "transcript.srt"} <= names
    page = (final / "summary.html").read_text()
    assert "Nobody has checked this page" not in page
    assert "Questions for the editor" not in page
    assert json.loads((final / "summary.json").read_text())["questions_for_editor"] == []
    record = json.loads((final / "publication.json").read_text())
    assert (record["approved_by"], record["revision"]) == ("Edna", revision)
    assert record["files"]["summary.html"] == hashlib.sha256(page.encode()).hexdigest()
    assert zipfile.is_zipfile(final / "summary.docx")


def test_the_same_revision_gives_the_same_bytes(tmp_path: Path):
    """Publishing twice changes nothing."""
    folder = meeting_folder(tmp_path)
    approve(folder)
    first = {p.name: p.read_bytes() for p in publish(folder).iterdir()}
    assert first == {p.name: p.read_bytes() for p in publish(folder).iterdir()}


def test_outputs_of_an_approved_meeting_are_no_drafts(tmp_path: Path):
    """The page says that it is a draft until it is approved, and again after a change."""
    folder = meeting_folder(tmp_path)
    assert "Draft" in (folder / "summary.html").read_text()
    approve(folder)
    Meeting(folder).write_outputs()
    assert "Nobody has checked" not in (folder / "summary.html").read_text()


# ---- the archive ---------------------------------------------------------------------------------------------------------


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def broken_links(site: Path) -> list[str]:
    """Links of the archive's pages that lead nowhere inside it."""
    broken = []
    for page in site.rglob("*.html"):
        parser = _Links()
        parser.feed(page.read_text())
        for link in parser.found:
            parts = urlsplit(link)
            if parts.scheme or not parts.path:
                continue
            if not (page.parent / unquote(parts.path)).exists():
                broken.append(f"{page}: {link}")
    return broken


def test_the_archive_has_an_index_by_date_and_a_feed(tmp_path: Path):
    """The latest meeting first, undated ones last; every link works; the feed holds what Atom wants."""
    site = tmp_path / "site"
    for name, date in (("old one", "2023-05-01"), ("new", "2025-01-02"), ("undated", None)):
        folder = another(tmp_path / "lib", name, date)
        approve(folder)
        publish(folder, site=site)
    index = (site / "index.html").read_text()
    assert index.index("Meeting new") < index.index("Meeting old one") < index.index("Meeting undated")
    assert broken_links(site) == []
    feed = ET.parse(site / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3
    ids = [e.findtext(f"{ATOM}id") for e in entries]
    assert len(set(ids)) == 3
    for e in entries:
        assert e.findtext(f"{ATOM}updated", "").endswith("Z")
        link = e.find(f"{ATOM}link")
        assert link is not None
        assert (site / unquote(link.attrib["href"])).is_file()


def test_publishing_again_replaces_the_page(tmp_path: Path):
    """One meeting has one page, under the same address, with the same id in the feed."""
    folder, site = meeting_folder(tmp_path / "lib"), tmp_path / "site"
    approve(folder)
    publish(folder, site=site)
    before = ET.parse(site / "feed.xml").getroot().findtext(f"{ATOM}entry/{ATOM}id")
    ledger = Meeting(folder).ledger
    ledger.append([MeetingEdit(title="A better title")], who="Edna", group="g", revision=0)
    approve(folder)
    publish(folder, site=site)
    assert ET.parse(site / "feed.xml").getroot().findtext(f"{ATOM}entry/{ATOM}id") == before
    assert [p.name for p in site.iterdir() if p.is_dir()] == ["river-wardens-spring"]
    assert "A better title" in (site / "river-wardens-spring/summary.html").read_text()


def test_nothing_else_in_the_site_is_touched(tmp_path: Path):
    """Other files stay as they are, and a folder of somebody else's is not taken over."""
    folder, site = meeting_folder(tmp_path / "lib"), tmp_path / "site"
    (site / "river-wardens-spring").mkdir(parents=True)
    (site / "river-wardens-spring" / "mine.txt").write_text("mine")
    (site / "style.css").write_text("body {}")
    approve(folder)
    publish(folder, site=site)
    assert (site / "style.css").read_text() == "body {}"
    assert [p.name for p in (site / "river-wardens-spring").iterdir()] == ["mine.txt"]
    assert (site / "river-wardens-spring-2" / "summary.html").is_file()


def test_a_site_of_somebody_elses_is_refused(tmp_path: Path):
    """Its index is not overwritten, and nothing is published by half."""
    folder, site = meeting_folder(tmp_path / "lib"), tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("my own")
    approve(folder)
    with pytest.raises(UsageError, match=r"index\.html"):
        publish(folder, site=site)
    assert (site / "index.html").read_text() == "my own"
    assert not (folder / "final").exists()


def test_what_was_published_can_be_withdrawn(tmp_path: Path):
    """From the folder and from every site."""
    folder, site = meeting_folder(tmp_path / "lib"), tmp_path / "site"
    approve(folder)
    publish(folder, site=site)
    assert len(withdraw(folder)) == 2
    assert not (folder / "final").exists()
    assert not (site / "river-wardens-spring").exists()
    assert "River Wardens" not in (site / "index.html").read_text()
    assert Site(site).remove("unknown") is False
