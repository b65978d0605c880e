"""The page as a Word file, with Word's own styles; the door to python-docx for writing.

The same page gives the same bytes: the properties carry the meeting's date, and the archive has fixed times.
"""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from pipeline.errors import UsageError
from pipeline.page import Block, Line, Moment, Page, Run, Who

DRAFT = "Draft. Nobody has checked this page yet: an editor reads it against the recording before it is published."
NOTES = "Further information"
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_LINK, _DRAFT, _QUIET = RGBColor(0x0B, 0x57, 0x6B), RGBColor(0xA3, 0x24, 0x1C), RGBColor(0x5B, 0x62, 0x6B)


def word_file(page: Page, *, base: Path | None = None) -> bytes:
    """The bytes of a `.docx`; `base` is a document whose styles, header and footer are used instead of Word's own.

    Raises `UsageError` if `base` is no Word file.
    """
    document = _opened(base)
    _properties(document, page)
    _ensure_styles(document)
    _head(document, page)
    for block in page.lead:
        _block(document, block)
    _people(document, page.people)
    for block in page.body:
        _block(document, block)
    if page.notes or page.links:
        _heading(document, NOTES, 1)
    for block in page.notes:
        _block(document, block)
    _links(document, page.links)
    _questions(document, page.questions)
    return _fixed(document)


def _opened(base: Path | None) -> Any:
    try:
        document = Document(str(base)) if base else Document()
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, OSError) as error:
        raise UsageError(
            f"The template {base} is not a Word document.", do="Save it again from Word as .docx, or take it out."
        ) from error
    body = document.element.body
    for child in [c for c in body if c.tag != qn("w:sectPr")]:  # sample text of an organiser's own document
        body.remove(child)
    return document


def _properties(document: Any, page: Page) -> None:
    """Title, organisers and the meeting's date; never the time of writing."""
    try:
        day = datetime.fromisoformat(page.date_iso or "").replace(tzinfo=UTC)
    except ValueError:
        day = _NO_DATE
    properties = document.core_properties
    properties.title, properties.author = page.title[:255], (page.organisers or "Afterword")[:255]
    properties.subject = "Summary of a meeting"
    properties.comments = "Draft" if page.draft else ""
    properties.last_modified_by, properties.revision = "Afterword", 1
    properties.created = properties.modified = day.replace(tzinfo=None)
    properties.language = page.language[:255]


def _ensure_styles(document: Any) -> None:
    """The character styles that Word's plain document lacks; an organiser's own document may have its own."""
    styles = document.styles
    if "Hyperlink" not in styles:
        link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
        link.font.color.rgb, link.font.underline = _LINK, True
    if "Draft Mark" not in styles:
        mark = styles.add_style("Draft Mark", WD_STYLE_TYPE.PARAGRAPH)
        mark.base_style = styles["Normal"]
        mark.font.bold, mark.font.color.rgb, mark.font.size = True, _DRAFT, Pt(11)
    if "Quiet" not in styles:
        quiet = styles.add_style("Quiet", WD_STYLE_TYPE.CHARACTER)
        quiet.font.color.rgb, quiet.font.size = _QUIET, Pt(8.5)


def _paragraph(document: Any, style: str) -> Any:
    """A paragraph in a style, or a plain one if the organiser's document does not have that style."""
    return document.add_paragraph(style=style if style in document.styles else None)


def _heading(document: Any, text: str, level: int) -> None:
    _paragraph(document, f"Heading {level}" if level else "Title").add_run(text)


def _head(document: Any, page: Page) -> None:
    if page.draft:
        _paragraph(document, "Draft Mark").add_run(DRAFT)
        mark = document.sections[0].header.paragraphs
        (mark[0] if mark else document.sections[0].header.add_paragraph()).add_run("DRAFT", style="Quiet")
    _heading(document, page.title, 0)
    where = f"{page.date or ''} via {page.platform}" if page.platform else page.date or ""
    for label, value in (("Date", where.strip()), ("Organisers", page.organisers)):
        if value:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(value)


def _block(document: Any, block: Block) -> None:
    _heading(document, block.heading, 2 if block.layout == "note" else 1)
    for lines in block.paragraphs:
        paragraph = _paragraph(document, "List Bullet") if block.layout == "list" else document.add_paragraph()
        for number, line in enumerate(lines):
            if number:
                paragraph.add_run(" ")
            _line(paragraph, line)


def _line(paragraph: Any, line: Line) -> None:
    for run in line.runs:
        _run(paragraph, run)
    _moments(paragraph, line.moments)


def _run(paragraph: Any, run: Run) -> None:
    if run.href:
        _hyperlink(paragraph, run.text, run.href)
    else:
        paragraph.add_run(run.text)


def _moments(paragraph: Any, moments: tuple[Moment, ...]) -> None:
    """The times in brackets, linked if there is a recording to open."""
    for number, moment in enumerate(moments):
        paragraph.add_run(", " if number else " (", style="Quiet")
        if moment.href:
            _hyperlink(paragraph, moment.label, moment.href, small=True)
        else:
            paragraph.add_run(moment.label, style="Quiet")
    if moments:
        paragraph.add_run(")", style="Quiet")


def _hyperlink(paragraph: Any, text: str, address: str, *, small: bool = False) -> None:
    """python-docx reads hyperlinks but cannot add one: a relationship, and a run inside `w:hyperlink`."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text, style="Hyperlink")
    if small:
        run.font.size = Pt(8.5)
    paragraph._p.append(link)  # noqa: SLF001 - see above
    link.append(run._r)  # noqa: SLF001


def _people(document: Any, people: tuple[Who, ...]) -> None:
    if not people:
        return
    _heading(document, "Who spoke", 1)
    for who in people:
        paragraph = _paragraph(document, "List Bullet")
        paragraph.add_run(who.names).bold = True
        detail = f", {who.detail}" if who.detail else ""
        paragraph.add_run(detail + "".join(f" ({part})" for part in who.parts))
        if who.status == "unconfirmed":
            paragraph.add_run(" [name not confirmed]", style="Quiet")
        _moments(paragraph, who.moments)


def _links(document: Any, links: tuple[Run, ...]) -> None:
    if links:
        _heading(document, "Links", 2)
    for run in links:
        _run(_paragraph(document, "List Bullet"), run)


def _questions(document: Any, questions: tuple[Line, ...]) -> None:
    if not questions:
        return
    _heading(document, "Questions for the editor", 1)
    _paragraph(document, "Draft Mark").add_run("This part is for the editor and is not published.")
    for line in questions:
        _line(_paragraph(document, "List Number"), line)


def _fixed(document: Any) -> bytes:
    """The document's archive, written again with fixed times so that the same page gives the same bytes."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
