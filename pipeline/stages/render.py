"""The meeting as files: the page in HTML, Markdown and Word, the data, the subtitles.

The door to Jinja2. Templates lie in `pipeline/templates`; an organiser's own folder goes before it, so that any one
of them can be replaced. Templates run in a sandbox, with everything escaped and nothing undefined let pass.
"""

import hashlib
import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pipeline import docx, exports
from pipeline.errors import UsageError
from pipeline.page import Page, page_of
from pipeline.records import (
    Conversation,
    Event,
    MeetingFacts,
    Person,
    Point,
    Question,
    Section,
    SectionKind,
    Span,
    Spoken,
    Summary,
    Theme,
    Themed,
    Turn,
    Word,
)

OURS = Path(__file__).parent.parent / "templates"
HTML, TRANSCRIPT, MARKDOWN, WORD = "page.html.j2", "transcript_page.html.j2", "page.md.j2", "page.docx"
TRANSCRIPT_FILE = "transcript.html"
# What code in a template can raise besides Jinja's own errors: a template is somebody else's program.
_TEMPLATE_FAULTS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
_FAULT_PLACES = 120  # characters of a foreign message that are repeated


@dataclass(frozen=True)
class Render:
    """Takes the checked summary and what it was made from; gives the files by name; can fail with `UsageError`.

    Quick and deterministic, so nothing of it is kept under a fingerprint.
    """

    templates: Path | None = None  # a folder that goes before our own
    formats: frozenset[str] = frozenset({"html", "md", "docx", "json", "vtt", "srt", "txt"})
    name: ClassVar[str] = "render"
    version: ClassVar[int] = 3

    def settings(self) -> dict[str, object]:
        """The formats, and the content of the organiser's templates."""
        own = sorted(self.templates.rglob("*")) if self.templates else []
        parts = [p.relative_to(self.templates or p).as_posix().encode() + p.read_bytes() for p in own if p.is_file()]
        digest = hashlib.sha256(b"\0".join(parts)).hexdigest() if self.templates else None
        return {"formats": sorted(self.formats), "templates": digest}

    def __call__(
        self, summary: Summary, conversation: Conversation, themed: Themed, event: Event, *, approved: bool = False
    ) -> dict[str, bytes]:
        """File name -> content. Data and RTTM are always among them; `approved` takes the draft marks off."""
        page = page_of(summary, conversation, themed, event, approved=approved, transcript_at=TRANSCRIPT_FILE)
        wanted: dict[str, tuple[str, Callable[[], str | bytes]]] = {
            "summary.json": ("", lambda: exports.summary_json(summary)),
            "summary.html": ("html", lambda: self._filled(HTML, page)),
            "summary.md": ("md", lambda: self._filled(MARKDOWN, page)),
            "summary.docx": ("docx", lambda: docx.word_file(page, base=self._word_base())),
            "conversation.json": ("", lambda: exports.conversation_json(conversation)),
            "transcript.vtt": ("vtt", lambda: exports.transcript_vtt(conversation)),
            "transcript.srt": ("srt", lambda: exports.transcript_srt(conversation)),
            "transcript.txt": ("txt", lambda: exports.transcript_txt(conversation)),
            "speakers.rttm": ("", lambda: exports.speakers_rttm(conversation)),
        }
        if not page.recording:  # the times of its statements must lead somewhere
            wanted[TRANSCRIPT_FILE] = ("html", lambda: self._filled(TRANSCRIPT, page))
        made = {name: make() for name, (kind, make) in wanted.items() if not kind or kind in self.formats}
        return {name: data if isinstance(data, bytes) else _encoded(data) for name, data in made.items()}

    def check(self) -> None:
        """Fill the templates with a small meeting, so that a broken one is known before the work begins."""
        if self.templates is None:
            return
        if not self.templates.is_dir():
            raise UsageError(f"There is no folder of templates at {self.templates}.", do="Correct --template.")
        ours = [*sorted(p.name for p in OURS.iterdir() if p.suffix == ".j2"), WORD]
        if not any((self.templates / name).is_file() for name in ours):
            raise UsageError(
                f"{self.templates} holds none of the templates that can be replaced.",
                do=f"Name your files as ours are named: {', '.join(ours)}.",
            )
        for approved in (False, True):
            self(*_specimen(), approved=approved)

    def _filled(self, template: str, page: Page) -> str:
        try:
            text = (
                _environment(self.templates, html=template.endswith(".html.j2"))
                .get_template(template)
                .render(page=page)
            )
        except _TEMPLATE_FAULTS as error:
            if self.templates is None:  # our own template: a mistake of ours, not of the user's
                raise
            raise self._explained(error, template) from error
        return text.rstrip() + "\n"

    def _word_base(self) -> Path | None:
        own = self.templates / WORD if self.templates else None
        return own if own and own.is_file() else None

    def _explained(self, error: Exception, template: str) -> UsageError:
        """Which template is broken, in which line, and what to do."""
        file, line = _place(error, self.templates) or (template, None)
        missing = isinstance(error, TemplateNotFound) and error.name != template
        what = f'there is no template "{error}" to include' if missing else " ".join(str(error).split())
        return UsageError(
            f"The template {file}{f', line {line}' if line else ''} cannot be used: "
            f"{what[:_FAULT_PLACES].rstrip('.') or type(error).__name__}.",
            do=f"Mend it, or take it out of the folder given with --template; our own {Path(file).name} is then used.",
        )


def _encoded(text: str) -> bytes:
    # Half a surrogate pair cannot be written; a question mark stands for it.
    return text.encode("utf-8", errors="replace")


def _place(error: Exception, own: Path | None) -> tuple[str, int | None] | None:
    """File and line of the innermost of the organiser's templates that an error passed through, else of ours."""
    if isinstance(error, TemplateSyntaxError):
        return error.filename or error.name or "", error.lineno
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")]
    theirs = [f for f in frames if own and Path(f.filename).is_relative_to(own)]
    return next(((f.filename, f.lineno) for f in reversed(theirs or frames)), None)


# ---- the environment -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)  # compiled templates are kept; a changed file is read again
def _environment(templates: Path | None, *, html: bool) -> Environment:
    loader = ChoiceLoader([FileSystemLoader(folder) for folder in (templates, OURS) if folder])
    environment = ImmutableSandboxedEnvironment(
        loader=loader,
        autoescape=html,
        finalize=None if html else markdown_text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["link"] = markdown_link
    return environment


_MARKDOWN = re.compile(r"([\\`*_\[\]<>~|])")
_MARKDOWN_START = re.compile(r"^(\s*)([#+\-=]|\d+(?=[.)]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def markdown_text(value: object) -> object:
    """Text in which nothing is markup. Used for whatever a Markdown template puts out; links come as `Markup`."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    text = _ENTITY.sub("&amp;", _MARKDOWN.sub(r"\\\1", value))
    return _MARKDOWN_START.sub(lambda m: m[1] + (f"{m[2]}\\" if m[2].isdigit() else f"\\{m[2]}"), text)


def markdown_link(text: str, address: str) -> Markup:
    """`[text](<address>)`, with whatever would end either of them made harmless."""
    target = address.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    return Markup("[{}]({})").format(Markup(markdown_text(text)), Markup(f"<{target}>"))  # noqa: S704 - Markdown, escaped


def _specimen() -> tuple[Summary, Conversation, Themed, Event]:
    """A meeting with one of each thing, for a try."""
    heard = (Spoken(start=0, end=1, words="Check."),)
    word = Word(text="Check.", start=0, end=1, probability=1)
    turn = Turn(start=0, end=1, voice="V01", name="A. Check", confidence=1, named_by="label", words=(word,))
    person = Person(
        name="A. Check", honours=None, role=None, organisation=None, capacities=("chair",), spoke=True,
        status="unconfirmed", evidence=heard,
    )  # fmt: skip
    kinds: tuple[SectionKind, ...] = ("summary", "areas", "about")
    sections = tuple(
        Section(kind=k, heading=k, points=(Point(id=k, text=k, speakers=(), evidence=heard),)) for k in kinds
    )
    asked = (Question(id="q", text="Check?", evidence=heard),)
    facts = MeetingFacts(id="check", title="Check", date=None, platform=None, organisers=(), links={}, duration=1)
    theme = Theme(label="check", spans=(Span(start=0, end=1),), speakers=(), seconds=1, evidence=heard)
    return (
        Summary(meeting=facts, people=(person,), sections=sections, questions_for_editor=asked),
        Conversation(meeting="check", language="en", duration=1, turns=(turn,), speakers=(), questions=()),
        Themed(meeting="check", parts=(), themes=(theme,)),
        Event(),
    )
