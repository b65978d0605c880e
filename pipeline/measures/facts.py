"""Which of the expected facts stand on a page, and which forbidden claims it makes.

The reference is a TOML file: `[[fact]]` with `id` and `groups` (each group a list of alternative strings, one of which
must occur; by default all groups on one line, list item or paragraph; `anywhere = true` lifts that), `[[forbidden]]`
with `id`, `together` (strings on one line) and optionally `unless` (a string, or strings, that excuse it). Case, accents,
quotation marks and dashes do not matter.
"""

import html
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError

_BLOCKS = frozenset(
    "p li h1 h2 h3 h4 h5 h6 tr dt dd div section article header footer title caption figcaption blockquote ul ol table br td".split()
)
_SILENT = frozenset({"script", "style", "svg", "template", "title", "head"})
# What is no text of the page: links into the recording, the drawing with its labels, the mark of a draft, the skip link.
_APART = frozenset({"moments", "timeline", "draft", "skip"})
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_FOLDED = str.maketrans(
    dict.fromkeys("‘’‛`´", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("‐‑‒–—―−", "-") | {"\u00a0": " "}
)


@dataclass(frozen=True)
class FactScore:
    """What was found on a page."""

    present: tuple[str, ...]
    missing: tuple[str, ...]
    claimed: tuple[str, ...]  # forbidden claims that the page makes
    words: int

    @property
    def share(self) -> float:
        """Share of the expected facts on the page; 1 when none are expected."""
        total = len(self.present) + len(self.missing)
        return len(self.present) / total if total else 1.0


def fold(text: str) -> str:
    """Text as it is compared: small letters, no accents, plain quotes and dashes, single spaces."""
    plain = unicodedata.normalize("NFKD", text.translate(_FOLDED)).casefold()
    return re.sub(r"\s+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def load_reference(path: Path) -> dict[str, Any]:
    """The reference file; raises `UsageError` when it cannot be used."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"The reference {path} cannot be read: {error}.", do="Give a TOML file with [[fact]] tables."
        ) from error


def score_facts(lines: Iterable[str], reference: dict[str, Any]) -> FactScore:
    """Score a page given as its lines, list items and paragraphs."""
    page = [fold(line) for line in lines if line.strip()]
    present: list[str] = []
    missing: list[str] = []
    for fact in reference.get("fact", ()):
        (present if _holds(fact, page) else missing).append(str(fact["id"]))
    claimed = [str(f["id"]) for f in reference.get("forbidden", ()) if _claims(f, page)]
    return FactScore(tuple(present), tuple(missing), tuple(claimed), sum(len(line.split()) for line in page))


def _holds(fact: dict[str, Any], page: Sequence[str]) -> bool:
    groups = [[fold(a) for a in group] for group in fact["groups"]]
    where = [" ".join(page)] if fact.get("anywhere") else page
    return any(all(any(a in line for a in group) for group in groups) for line in where)


def _claims(claim: dict[str, Any], page: Sequence[str]) -> bool:
    together = [fold(t) for t in claim["together"]]
    unless = claim.get("unless", [])
    excuses = [fold(u) for u in ([unless] if isinstance(unless, str) else unless)]
    return any(all(t in line for t in together) and not any(u in line for u in excuses) for line in page)


def lines_of_html(page: str) -> list[str]:
    """The text of an HTML page, one line for each block element; without times, drawing and the mark of a draft."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [line for line in (re.sub(r"\s+", " ", text).strip() for text in reader.lines) if line]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._open: list[tuple[str, bool]] = []  # elements, and whether each begins what is left out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag not in _VOID:
            self._open.append((tag, tag in _SILENT or not _APART.isdisjoint(classes)))
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        while any(tag == name for name, _ in self._open):
            if self._open.pop()[0] == tag:
                break
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not any(apart for _, apart in self._open):
            self.lines[-1] += html.unescape(data)
