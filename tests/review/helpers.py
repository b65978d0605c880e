"""A meeting folder as `run` leaves it, made from the fictional meeting of `tests.fixtures` or from words given."""

import json
from pathlib import Path

from pipeline.review.draft import DraftDocument, write_draft
from pipeline.review.meeting import Meeting
from pipeline.store import WORK
from tests.fixtures import CONVERSATION, EVENT, SUMMARY, THEMED

DRAFT = DraftDocument(conversation=CONVERSATION, themed=THEMED, summary=SUMMARY, event=EVENT)


def meeting_folder(library: Path, draft: DraftDocument = DRAFT, *, name: str | None = None) -> Path:
    """The folder, with its files written."""
    folder = library / (name or draft.summary.meeting.id)
    (folder / WORK).mkdir(parents=True)
    write_draft(folder, draft)
    settings = {"format": ["html", "md", "docx", "json", "vtt", "srt", "txt"], "template": None}
    (folder / "run.json").write_text(json.dumps({"settings": settings, "coverage": {}}))
    (folder / WORK / "event.json").write_text(draft.event.model_dump_json())
    source = {"path": f"/recordings/{folder.name}.m4a", "digest": f"digest of {folder.name}"}
    (folder / WORK / "source.json").write_text(json.dumps(source))
    Meeting(folder).write_outputs()
    return folder


def add_sound(folder: Path, seconds: float) -> None:
    """A quiet hum as the meeting's sound."""
    wave = bytes((n * 37) % 251 if n % 2 == 0 else 0 for n in range(3200))
    with (folder / WORK / "audio.s16").open("wb") as file:
        for _ in range(int(seconds * 10)):
            file.write(wave)
