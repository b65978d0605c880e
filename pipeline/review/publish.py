"""`afterword publish`: the final page of exactly the revision that was approved, and the static archive that it joins."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pipeline.errors import BelowGateError
from pipeline.review.ledger import Approval, Ledger
from pipeline.review.meeting import Meeting
from pipeline.review.site import Entry, Site
from pipeline.store import WORK, cannot_write, write_whole

FINAL = "final"
RECORD = "publication.json"


def publish(folder: Path, *, site: Path | None = None) -> Path:
    """Write `final/` of an approved meeting, and add it to a site; gives the folder of the final page.

    Raises `InputError` when the folder holds no meeting, `BelowGateError` when it is not approved as it is now, and
    `OutputError`; what was published before is then still there.
    """
    meeting = Meeting(folder)
    meeting.draft()  # raises for what is no meeting
    archive = Site(site) if site else None
    with meeting.held():
        approval = approval_of(meeting)
        files = meeting.render(approved=True, every_format=True)
        files[RECORD] = _record(meeting, approval, files)
        final = folder / FINAL
        _replace(final, files)
        meeting.ledger.note_publication(approval.revision, FINAL)
        if archive:
            archive.add(_entry(meeting, approval, files), files)
            meeting.ledger.note_publication(approval.revision, str(archive.path))
    return final


def approval_of(meeting: Meeting) -> Approval:
    """The approval of the meeting as it is now; raises `BelowGateError` when there is none."""
    approvals = meeting.ledger.approvals()
    review = f"Open it with `afterword review {meeting.folder.parent}` and approve it."
    if not approvals:
        raise BelowGateError(f"{meeting.folder} is a draft that nobody has approved.", do=review)
    if approvals[-1].revision != meeting.document().hash:
        raise BelowGateError(f"{meeting.folder} was changed after it was approved.", do=review)
    return approvals[-1]


def _record(meeting: Meeting, approval: Approval, files: Mapping[str, bytes]) -> bytes:
    """What was published, and on whose word. The same revision gives the same bytes."""
    facts = meeting.document().summary.meeting
    body = {
        "schema": 1,
        "meeting": facts.id,
        "title": facts.title,
        "date": facts.date,
        "revision": approval.revision,
        "approved_by": approval.who,
        "approved_at": approval.at,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    return json.dumps(body, indent=1, ensure_ascii=False).encode() + b"\n"


def _replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder of files in place of the one there, so that it is never a mixture of both."""
    new, old = folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")
    try:
        for rest in (new, old):
            shutil.rmtree(rest, ignore_errors=True)
        new.mkdir()
        for name, data in files.items():
            write_whole(new / name, data)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
        if old.exists() and not folder.exists():
            old.rename(folder)


def _entry(meeting: Meeting, approval: Approval, files: Mapping[str, bytes]) -> Entry:
    summary = meeting.document().summary
    facts = summary.meeting
    lead = next((p.text for s in summary.sections if s.kind == "summary" for p in s.points), "")
    return Entry(
        key=_key(meeting.folder, facts.id),
        folder=facts.id,
        title=facts.title,
        date=facts.date,
        organisers=facts.organisers,
        duration=facts.duration,
        lead=lead,
        revision=approval.revision,
        updated=approval.at,
        files=tuple(sorted(files)),
    )


def _key(folder: Path, meeting: str) -> str:
    """What a meeting is known by in an archive, whatever its folder is called: its recording."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return str(json.loads((folder / WORK / "source.json").read_text(encoding="utf-8"))["digest"])
    return meeting


def withdraw(folder: Path) -> list[str]:
    """Take back everything that was published of a meeting; gives where. Sites that are gone are passed over."""
    ledger, taken = Ledger(folder / WORK), []
    if (folder / FINAL).is_dir():
        shutil.rmtree(folder / FINAL)
        taken.append(str(folder / FINAL))
    key = _key(folder, folder.name)
    sites = dict.fromkeys(p.place for p in ledger.publications() if p.place != FINAL)
    return taken + [site for site in sites if Site.is_one(Path(site)) and Site(Path(site)).remove(key)]
