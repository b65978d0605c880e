"""The meetings of a folder: found, listed, searched. Each is known to the page by an id, never by a path."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import AfterwordError, InputError
from pipeline.plain import clean
from pipeline.progress import LOG
from pipeline.review.claims import Claim, claims_of
from pipeline.review.draft import is_meeting
from pipeline.review.meeting import Meeting

HITS = 60  # places that a search shows
_AROUND = 70  # characters of a place before and behind what was looked for


@dataclass
class Library:
    """The meeting folders directly in `path`, or `path` itself if it is one; folders that come later are found too."""

    path: Path
    _meetings: dict[str, Meeting] = field(default_factory=dict)
    _counted: dict[str, tuple[tuple[int, str], list[Claim]]] = field(default_factory=dict)

    @classmethod
    def at(cls, path: Path) -> "Library":
        """Raises `InputError` when there is no meeting."""
        library = cls(path.absolute())
        if not library.meetings():
            raise InputError(
                f"There is no meeting to review in {path}.",
                do="Name the folder that `afterword run` wrote its meetings to (-o), or run it first.",
            )
        return library

    def meetings(self) -> dict[str, Meeting]:
        """The meetings by id, in the order of their folders' names."""
        folders = list(self._folders())
        found = {_id(f): f for f in folders}
        for name, folder in found.items():
            if name not in self._meetings:
                self._meetings[name] = Meeting(folder)
        return {name: self._meetings[name] for name in found}

    def _folders(self) -> Iterator[Path]:
        if is_meeting(self.path):
            yield self.path
        elif self.path.is_dir():
            yield from (p for p in sorted(self.path.iterdir()) if not p.is_symlink() and is_meeting(p))

    def get(self, name: str) -> Meeting | None:
        """The meeting of an id."""
        return self.meetings().get(name)

    def claims(self, name: str, meeting: Meeting) -> list[Claim]:
        """A meeting's claims; judged again only when something changed."""
        with meeting.open() as working:
            stamp = meeting.revision(), meeting.generation()
            held = self._counted.get(name)
            if held is None or held[0] != stamp:
                held = self._counted[name] = stamp, claims_of(working)
            return held[1]

    def rows(self) -> list[dict[str, Any]]:
        """The library as its page shows it, the latest meeting first; a damaged folder is left out, with a warning."""
        rows = []
        for name, meeting in self.meetings().items():
            try:
                rows.append(self._row(name, meeting))
            except AfterwordError as error:
                LOG.warning("%s", error.what, extra={"meeting": meeting.folder.name})
        return sorted(rows, key=lambda r: (r["date"] or "", r["title"]), reverse=True)

    def _row(self, name: str, meeting: Meeting) -> dict[str, Any]:
        claims = self.claims(name, meeting)
        summary = meeting.document().summary
        people = [p for p in summary.people if p.spoke]
        return {
            "id": name,
            "title": clean(summary.meeting.title),
            "folder": meeting.folder.name,
            "date": summary.meeting.date,
            "duration": summary.meeting.duration,
            "people": [p.name for p in people],
            "state": meeting.state(),
            "open": sum(1 for c in claims if c.kind == "question" and c.state == "open"),
            "claims": len(claims),
            "decided": sum(1 for c in claims if c.state != "open"),
        }

    def search(self, wanted: str) -> list[dict[str, Any]]:
        """Where something was said, or by whom, over all meetings; case does not matter."""
        needle = clean(wanted).casefold()
        hits: list[dict[str, Any]] = []
        if len(needle) < 2:
            return hits
        for name, meeting in self.meetings().items():
            title = meeting.document().summary.meeting.title
            for turn in meeting.document().conversation.turns:
                at = turn.text.casefold().find(needle)
                if at < 0:
                    continue
                done, word = 0, 0
                while word < len(turn.words) - 1 and done + len(turn.words[word].text) + 1 <= at:
                    done += len(turn.words[word].text) + 1
                    word += 1
                text = turn.text
                hits.append(
                    {
                        "id": name,
                        "title": title,
                        "start": turn.words[word].start if turn.words else turn.start,
                        "speaker": turn.name or turn.voice,
                        "before": ("…" if at > _AROUND else "") + text[max(0, at - _AROUND) : at],
                        "found": text[at : at + len(needle)],
                        "after": text[at + len(needle) : at + len(needle) + _AROUND] + "…",
                    }
                )
                if len(hits) >= HITS:
                    return hits
        return hits


def _id(folder: Path) -> str:
    return hashlib.sha256(folder.name.encode("utf-8", errors="surrogateescape")).hexdigest()[:12]
