"""The page as files: complete, safe, linked, the same each time, and open to an organiser's own templates."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.page import Page
from pipeline.records import Conversation, Event, Section, Summary
from pipeline.stages.render import OURS, Render, markdown_text
from tests.fixtures import ANNOUNCEMENTS, CONVERSATION, EVENT, QUESTIONS, SUMMARY, THEMED, turn
from tests.naughty import NAUGHTY

FILES = {
    "summary.json", "summary.html", "summary.md", "summary.docx", "conversation.json",
    "transcript.vtt", "transcript.srt", "transcript.txt", "speakers.rttm",
}  # fmt: skip
VOID = {"meta", "br", "hr", "img", "link", "input", "path", "rect"}


class Reader(HTMLParser):
    """Reads a page strictly: every element is closed in order; collects what the tests ask about."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.scripts: list[str | None] = []
        self.headings: list[int] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        self.attributes |= set(values)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if "href" in values else []
        self.scripts += [values.get("type")] if tag == "script" else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.text += data


def made(
    summary: Summary = SUMMARY, event: Event = EVENT, *, approved: bool = False, **how: object
) -> dict[str, bytes]:
    return Render(**how)(summary, CONVERSATION, THEMED, event, approved=approved)  # type: ignore[arg-type]


def html(summary: Summary = SUMMARY, event: Event = EVENT, *, approved: bool = False, **how: object) -> str:
    return made(summary, event, approved=approved, formats=frozenset({"html"}), **how)["summary.html"].decode()


def unlinked() -> tuple[Summary, Event]:
    """The meeting without a recording to open."""
    meeting = SUMMARY.meeting.model_copy(update={"links": {}})
    return SUMMARY.model_copy(update={"meeting": meeting}), EVENT.model_copy(update={"links": {}})


def saying(text: str) -> Summary:
    """The meeting with one text wherever a text can stand."""
    point = ANNOUNCEMENTS[0].model_copy(update={"text": text, "speakers": (text,)})
    sections = tuple(
        Section(kind=s.kind, heading=text, points=(point.model_copy(update={"id": s.kind}),)) for s in SUMMARY.sections
    )
    people = tuple(p.model_copy(update={"name": text, "role": text, "organisation": text}) for p in SUMMARY.people)
    meeting = SUMMARY.meeting.model_copy(
        update={"title": text, "platform": text, "organisers": (text,), "links": {text: text, "recording": text}}
    )
    questions = tuple(q.model_copy(update={"text": text}) for q in QUESTIONS)
    return SUMMARY.model_copy(
        update={"meeting": meeting, "people": people, "sections": sections, "questions_for_editor": questions}
    )


# ---- files ---------------------------------------------------------------------------------------------------------


def test_all_files_are_made_and_are_the_same_each_time():
    """The contract's list of files; the same input gives the same bytes."""
    first = made()
    assert set(first) == FILES
    assert first == made()


@pytest.mark.parametrize(
    ("formats", "extra"),
    [((), set()), (("json",), set()), (("html",), {"summary.html"}), (("md", "vtt"), {"summary.md", "transcript.vtt"})],
)
def test_only_the_wanted_formats_are_made(formats: tuple[str, ...], extra: set[str]):
    """Data and RTTM are always written: the later commands need them."""
    always = {"summary.json", "conversation.json", "speakers.rttm"}
    assert set(made(formats=frozenset(formats))) == always | extra


# ---- the page --------------------------------------------------------------------------------------------------------


def test_the_page_is_well_formed_and_has_no_scripts():
    """One self-contained file: nothing is fetched, nothing runs."""
    page = Reader(html())
    assert page.scripts == ["application/ld+json"]
    assert not {"src", "onclick", "onerror", "srcset"} & page.attributes
    assert not {"link", "img", "iframe", "form"} & set(page.tags)
    assert "@import" not in html()
    assert "url(" not in html()


def test_headings_go_down_one_step_at_a_time():
    """A screen reader's table of contents has no holes and one top."""
    levels = Reader(html()).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_ids_are_unique_and_inner_links_lead_somewhere():
    """Also where there is no recording: the times then lead into the transcript at the end."""
    for page in (Reader(html()), Reader(html(*unlinked()))):
        assert len(page.ids) == len(set(page.ids))
        assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_the_page_says_what_the_summary_says():
    """Nothing is lost between the record and the page."""
    text = " ".join(Reader(html()).text.split())
    for section in SUMMARY.sections:
        assert section.heading in text
        for point in section.points:
            assert point.text in text
    assert "Tuesday 11 March 2025 via Zoom" in text
    assert "River Wardens’ Forum and Upper Tamsel Trust" in text


def test_each_statement_links_to_its_moments():
    """Evidence close together is one moment; the recording opens there."""
    links = Reader(html()).links
    for moment in ("21", "41", "3204", "160", "2702"):
        assert f"https://rivers.example/2025/spring.mp4#t={moment}" in links
    assert "https://rivers.example/2025/spring.mp4#t=52" not in links


def test_without_a_recording_the_times_lead_into_the_transcript():
    """A file beside the page holds it, so that the page stays a page."""
    files = made(*unlinked())
    page = Reader(files["summary.html"].decode())
    beside = Reader(files["transcript.html"].decode())
    wanted = [link.partition("#")[2] for link in page.links if link.startswith("transcript.html#")]
    assert wanted
    assert set(wanted) <= set(beside.ids)


def test_a_page_with_a_recording_holds_no_transcript():
    """The recording is the place to look."""
    assert "transcript.html" not in made()


def test_a_draft_says_so_and_an_approved_page_does_not():
    """Nobody may take a draft for the final page."""
    draft, final = html(), html(approved=True)
    assert "Draft: River" in draft
    assert "Nobody has checked this page yet" in draft
    assert "noindex" in draft
    assert f"asks its editor {len(QUESTIONS)} question" in draft
    assert QUESTIONS[0].text not in draft  # the page is what will be published
    assert "draft" not in Reader(final).text.lower()
    assert "please check the name" not in final
    assert "noindex" not in final
    assert QUESTIONS[0].text not in final
    assert b"DRAFT" in made()["summary.md"]
    assert b"Questions for the editor" in made()["summary.md"]
    assert b"DRAFT" not in made(approved=True)["summary.md"]


def test_who_spoke():
    """Who only asked, or only registered, is not listed; pairs share a line; doubt is marked."""
    listed = html().split('id="who-spoke"')[1].split("</section>")[0]
    lines = re.findall(r"<li>(.*?)</li>", listed, re.DOTALL)
    texts = [" ".join(re.sub(r"<[^>]+>|&nbsp;", " ", line).split()).replace(" ,", ",") for line in lines]
    assert texts[0].startswith("Marguerite Oyelaran, Convenor, River Wardens’ Forum chair 0:04")
    assert texts[1].startswith("Professor Henrik Solberg FRS, Director, Institute for Small Waters keynote")
    assert texts[2].startswith("Bronwen Pugh &amp; Idris Sal, Upper Tamsel Trust &amp; Millbrook Parish Meeting")
    assert "please check the name" in texts[3]
    assert "name not confirmed" in texts[4]
    assert len(texts) == 5


def test_the_timeline_has_a_lane_for_everybody_and_words_for_every_lane():
    """What the drawing shows can be read as text."""
    page = html()
    part = page.split('aria-labelledby="timeline"')[1].split("</section>")[0]
    assert part.count('role="img" aria-label="') == part.count("<svg class") == 9
    assert 'aria-label="Henrik Solberg: 18 minutes, ' in part
    assert 'aria-label="Voice V08: 16 seconds, ' in part
    assert all(0 <= float(x) <= 1000 for x in re.findall(r'<rect x="([\d.]+)"', part))


def test_the_timeline_shows_the_themes_that_the_page_tells():
    """A theme that no statement names would be a word out of nowhere."""
    theme = THEMED.themes[0].model_copy(update={"label": ANNOUNCEMENTS[0].text[:24]})
    files = Render()(SUMMARY, CONVERSATION, THEMED.model_copy(update={"themes": (theme,)}), EVENT)
    part = files["summary.html"].decode().split('aria-labelledby="timeline"')[1].split("</section>")[0]
    assert part.count('role="img"') == 10


def test_who_only_asked_has_no_lane_of_their_own():
    """Questioners are named with their question, not among the speakers."""
    people = tuple(p.model_copy(update={"capacities": ("questioner",)}) for p in SUMMARY.people[1:2])
    files = Render()(SUMMARY.model_copy(update={"people": people}), CONVERSATION, THEMED, EVENT)
    part = files["summary.html"].decode().split('aria-labelledby="timeline"')[1].split("</section>")[0]
    assert "From the floor" in part
    assert people[0].name not in part


def test_a_crowd_shares_a_lane():
    """Forty speakers do not make a drawing of forty lanes."""
    crowd = CONVERSATION.model_copy(update={"turns": tuple(turn(n, n + 1, f"Person {n}", "x") for n in range(40))})
    page = Render(formats=frozenset({"html"}))(SUMMARY, crowd, THEMED, EVENT)["summary.html"].decode()
    assert page.count('class="lane voice"') == 12
    assert "29 others" in page


def test_short_statements_run_on_and_long_ones_stand_alone():
    """A paragraph per speaker, but no paragraph of one short sentence after the other."""
    page = html()
    part = page.split('<section class="block prose summary"')[1].split("</section>")[0]
    assert part.count("<p>") == 1
    part = page.split('<section class="block prose keynote"')[1].split("</section>")[0]
    assert part.count("<p>") == 2


def test_the_event_is_there_as_data():
    """Search engines read schema.org; what is not known stays out."""
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', html(), re.DOTALL)[0])
    assert data["@type"] == "Event"
    assert data["startDate"] == "2025-03-11"
    assert [o["name"] for o in data["organizer"]] == list(SUMMARY.meeting.organisers)
    assert data["performer"] == [{"@type": "Person", "name": "Henrik Solberg"}]


def test_a_meeting_of_which_nothing_is_known_still_has_a_page():
    """No event file, no people, nothing said."""
    meeting = SUMMARY.meeting.model_copy(
        update={"date": None, "platform": None, "organisers": (), "links": {}, "title": "x", "duration": 0.0}
    )
    summary = Summary(meeting=meeting, people=(), sections=(), questions_for_editor=())
    talk = Conversation(meeting="x", language="en", duration=0, turns=(), speakers=(), questions=())
    themed = THEMED.model_copy(update={"themes": (), "parts": ()})
    files = Render()(summary, talk, themed, Event())
    assert set(files) == FILES | {"transcript.html"}
    assert "Who spoke" not in Reader(files["summary.html"].decode()).text


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_colours_can_be_read_in_both_schemes():
    """WCAG AA: 4.5 for text, 3 for the bars of the drawing."""
    css = (OURS / "style.css.j2").read_text(encoding="utf-8")
    schemes = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in css.split(":root {")[1:3]]
    for colours in schemes:
        for ink, paper, least in (
            *((ink, paper, 4.5) for ink in ("ink", "soft", "accent") for paper in ("paper", "panel")),
            *((ink, "warn-paper", 4.5) for ink in ("ink", "soft", "warn", "accent")),
            ("warn", "paper", 4.5),
            ("bar", "track", 3),
            ("theme", "track", 3),
        ):
            low, high = sorted(_luminance(colours[c]) for c in (ink, paper))
            assert (high + 0.05) / (low + 0.05) >= least, (ink, paper)


# ---- what somebody else wrote ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_no_text_can_become_markup(text: str):
    """Whatever a name, a title or a statement holds, it is shown, not obeyed."""
    summary = saying(text)
    talk = CONVERSATION.model_copy(update={"turns": (turn(0, 9, text, text), turn(9, 10, None, text, voice=text))})
    themed = THEMED.model_copy(update={"themes": (THEMED.themes[0].model_copy(update={"label": text}),)})
    event = EVENT.model_copy(update={"title": text, "about": text, "links": {text: text}})
    for approved in (False, True):
        page_only = frozenset({"html"})
        files = Render(formats=page_only)(summary, talk, themed, event, approved=approved)
        files |= Render(formats=page_only | {"md"})(summary, talk, themed, event, approved=approved)
        for name in ("summary.html", "transcript.html"):
            page = Reader(files[name].decode())
            assert page.scripts in (["application/ld+json"], [])
            assert not {"img", "b onerror", "onerror", "src"} & (set(page.tags) | page.attributes)
            assert all(re.match(r"https?://|mailto:|#|transcript.html#|summary.html", link) for link in page.links)
            assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", page.text)
        json.loads(files["summary.json"])
        markdown = files["summary.md"].decode()
        assert not re.search(r"(?<!\\)<(?!https?:|mailto:)[a-z!/]", markdown)
        assert not re.search(r"(?<!\\)\]\(", re.sub(r"\]\(<(?:https?|mailto):[^<>]*>\)", "", markdown))


def test_only_web_addresses_become_links():
    """`javascript:` and `data:` in an event file are text."""
    links = {"recording": "javascript:alert(1)", "Notes page": "data:text/html,x", "Minutes": " https://x.example/a b "}
    summary = SUMMARY.model_copy(update={"meeting": SUMMARY.meeting.model_copy(update={"links": links})})
    page = Reader(html(summary, EVENT.model_copy(update={"links": links})))
    assert "https://x.example/a%20b" in page.links
    assert not [link for link in page.links if link.startswith(("javascript", "data"))]


def test_addresses_in_a_statement_become_links():
    """The mailing list is one tap away."""
    links = Reader(html()).links
    assert "mailto:wardens@rivers.example" in links
    assert "https://rivers.example/pocket-gauge" in links


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("*a* _b_ [c](d)", r"\*a\* \_b\_ \[c\](d)"),
        ("# not a heading", r"\# not a heading"),
        ("1. not a list", r"1\. not a list"),
        ("- nor this", r"\- nor this"),
        ("AT&T &amp; <b>", r"AT&T &amp;amp; \<b\>"),
        ("in 2025. Yes", "in 2025. Yes"),
    ],
)
def test_markdown_is_escaped(text: str, escaped: str):
    """Text stays text in Markdown too."""
    assert markdown_text(text) == escaped


def test_markdown_is_laid_out_as_one_would_by_hand():
    """Headings, tight lists, a paragraph to a line."""
    text = made()["summary.md"].decode()
    assert "\n\n\n" not in text
    assert "\n\n## Further information\n\n### Chair\n\nThe meeting" in text
    assert "\n## Areas covered in the discussion\n\n- how volunteers" in text
    assert re.search(r"#t=2410>\)\)\n- the gap between", text)
    assert "- **Bronwen Pugh & Idris Sal**, Upper Tamsel Trust & Millbrook Parish Meeting\n" in text


# ---- an organiser's own templates ------------------------------------------------------------------------------------


def test_one_template_can_be_replaced(tmp_path: Path):
    """The rest stays ours."""
    (tmp_path / "footer.html.j2").write_text("<p>Ours, {{ page.title }}</p>", encoding="utf-8")
    render = Render(templates=tmp_path)
    render.check()
    page = html(templates=tmp_path)
    assert "<p>Ours, River Wardens’ Forum" in page
    assert "Made with Afterword" not in page
    assert render.settings() != Render().settings()


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("footer.html.j2", "<p>\n{% if %}</p>", 2, "Expected an expression"),
        ("footer.html.j2", "<p>\n\n{{ page.titel }}</p>", 3, "titel"),
        ("footer.html.j2", "{{ nothing }}", 1, "nothing"),
        ("block.md.j2", "\n{{ 1 / 0 }}", 2, "division"),
        ("page.html.j2", '{% include "mine.j2" %}', 1, 'no template "mine.j2"'),
        ("page.html.j2", "{{ page.__class__.__mro__ }}", 1, "unsafe"),
        ("line.html.j2", "{{ line.id() }}", 1, "not callable"),
        ("page.html.j2", "{{ page.people.append(1) }}", 1, "append"),
    ],
)
def test_a_broken_template_is_named_with_its_line(tmp_path: Path, name: str, text: str, line: int, says: str):
    """One clear error before the work begins, and what to do."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        Render(templates=tmp_path).check()
    assert f"{tmp_path / name}, line {line}" in error.value.what
    assert says in error.value.what
    assert name in error.value.do


def test_a_template_that_is_not_text_is_named(tmp_path: Path):
    """Saved in another encoding by an editor of its own mind."""
    (tmp_path / "page.html.j2").write_bytes("<p>Mitglieder für</p>".encode("latin-1"))
    with pytest.raises(UsageError, match=r"page\.html\.j2"):
        Render(templates=tmp_path).check()


def test_a_folder_without_templates_is_refused(tmp_path: Path):
    """A misspelled name must not be passed over in silence."""
    (tmp_path / "Page.html").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError) as error:
        Render(templates=tmp_path).check()
    assert "page.html.j2" in error.value.do
    with pytest.raises(UsageError, match="no folder"):
        Render(templates=tmp_path / "none").check()


def test_a_word_file_of_ones_own_is_checked(tmp_path: Path):
    """A file that only ends in .docx is no Word document."""
    (tmp_path / "page.docx").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="not a Word document"):
        Render(templates=tmp_path).check()


def test_the_templates_readme_names_every_template_and_field():
    """An organiser finds what can be replaced and what can be used, and nothing that is not there."""
    text = (OURS / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w.]+\.(?:j2|docx))`", text))
    assert named == {p.name for p in OURS.glob("*.j2")} | {"page.docx"}
    assert set(re.findall(r"`(\w+)`", text.split("`pipeline/page.py`:")[1])) == set(Page.__dataclass_fields__)
