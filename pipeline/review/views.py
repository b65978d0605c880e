"""What the pages are told, as JSON values: read-only views of a meeting under review."""

import json
from typing import Any

from pipeline.plain import clean
from pipeline.records import Event
from pipeline.review.claims import Claim, warnings_for
from pipeline.review.commands import describe
from pipeline.review.edits import undoable
from pipeline.review.media import Sound
from pipeline.review.meeting import Meeting
from pipeline.review.publish import FINAL
from pipeline.review.speech import places_of
from pipeline.review.voices import lines_of, voices_of

SHOWN_PLACES = 100


def meeting(found: Meeting, who: str, claims: list[Claim]) -> dict[str, Any]:
    """A meeting with its people, voices and claims."""
    with found.open() as working:
        document, history = found.document(), found.history()
        back, forth = undoable(history, who)
        approvals, publications = found.ledger.approvals(), found.ledger.publications()
        facts = document.summary.meeting
        return {
            "revision": found.revision(),
            "generation": found.generation(),
            "hash": document.hash,
            "state": found.state(),
            "who": who,
            "title": clean(facts.title),
            "date": facts.date,
            "platform": facts.platform,
            "duration": facts.duration,
            "sound": Sound.of(found.folder) is not None,
            "undo": back is not None,
            "redo": forth is not None,
            "people": [
                p.model_dump(include={"name", "honours", "role", "organisation", "status", "spoke"})
                for p in working.people
            ],
            "roster": roster(working.event),
            "voices": [v.model_dump() for v in voices_of(working)],
            "claims": [c.model_dump() for c in claims],
            "approval": approvals[-1].model_dump() if approvals else None,
            "publication": publications[-1].model_dump() if publications else None,
            "final": str(found.folder / FINAL),
        }


def roster(event: Event) -> list[dict[str, str]]:
    """Who is registered."""
    return [
        {"name": clean(r.name), "role": clean(r.role or ""), "organisation": clean(r.organisation or "")}
        for r in event.registered
    ]


def transcript(found: Meeting) -> bytes:
    """The words: of each line its time, speaker, voice, words, and their starts and ends in milliseconds."""
    with found.open() as working:
        lines = [
            {
                "start": line.start,
                "end": line.end,
                "voice": line.voice,
                "name": line.name,
                "by": line.named_by,
                "words": [w.text for w in line.words],
                "at": [round(w.start * 1000) for w in line.words],
                "to": [round(w.end * 1000) for w in line.words],
            }
            for line in lines_of(working)
        ]
        body = {"revision": found.revision(), "lines": lines}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", errors="replace")


def history(found: Meeting) -> dict[str, Any]:
    """Every change, the latest first, with approvals and publications."""
    made = found.history()
    undone: set[str] = set()
    for signed in made:
        kind, group = signed.edit.kind, getattr(signed.edit, "group", "")
        if kind == "undo":
            undone.add(group)
        elif kind == "redo":
            undone.discard(group)
    return {
        "edits": [{**describe(s, made), "undone": s.group in undone} for s in reversed(made)],
        "approvals": [a.model_dump() for a in reversed(found.ledger.approvals())],
        "publications": [p.model_dump() for p in reversed(found.ledger.publications())],
    }


def places(found: Meeting, before: str, after: str) -> dict[str, Any]:
    """How often words stand in the transcript, and the first of these places."""
    shown: list[dict[str, Any]] = []
    count = 0
    with found.open() as working:
        for turn in working.turns:
            for first, last in places_of(turn.words, before, after or None):
                count += 1
                if len(shown) < SHOWN_PLACES:
                    words = [w.text for w in turn.words]
                    shown.append(
                        {
                            "start": turn.words[first].start,
                            "speaker": turn.name or turn.voice,
                            "before": " ".join(words[max(0, first - 6) : first]),
                            "found": " ".join(words[first:last]),
                            "after": " ".join(words[last : last + 6]),
                        }
                    )
    return {"count": count, "places": shown}


def check(found: Meeting, point: str, text: str) -> dict[str, Any]:
    """What the evidence of a statement does not support in a wording."""
    with found.open() as working:
        statement = next((s for s in working.statements if s.generated.id == point), None)
        if statement is None or not clean(text):
            return {"warnings": []}
        return {"warnings": warnings_for(statement.point().model_copy(update={"text": clean(text)}), working)}
