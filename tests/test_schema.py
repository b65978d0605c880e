"""The outside: summary.json and conversation.json hold to a JSON Schema made from the records, and to the contract."""

import json
import re
from typing import Any, Literal

import pytest
from jsonschema import Draft202012Validator

from pipeline.records import Conversation, NamedBy, Record, Seconds, Share, Summary, Word
from pipeline.stages.render import Render
from tests.fixtures import CONVERSATION, EVENT, SUMMARY, THEMED
from tests.naughty import NAUGHTY
from tests.stages.test_render import saying


class TurnFile(Record):
    """A turn of conversation.json: the record's fields, and its text."""

    start: Seconds
    end: Seconds
    voice: str | None
    name: str | None
    confidence: Share
    named_by: NamedBy | None
    words: tuple[Word, ...]
    text: str


class ConversationFile(Record):
    """conversation.json, schema version 1."""

    schema_version: Literal[1]
    language: str
    turns: tuple[TurnFile, ...]


def strict(schema: dict[str, Any]) -> dict[str, Any]:
    """The same schema with every property required: a file leaves nothing out."""
    for part in (schema, *schema.get("$defs", {}).values()):
        if "properties" in part:
            part["required"] = sorted(part["properties"])
    return schema


def conversation_schema() -> dict[str, Any]:
    schema = ConversationFile.model_json_schema()
    # A record's field cannot be called "schema".
    schema["properties"]["schema"] = schema["properties"].pop("schema_version")
    return strict(schema)


def files(summary: Summary = SUMMARY, conversation: Conversation = CONVERSATION) -> tuple[Any, Any]:
    made = Render(formats=frozenset())(summary, conversation, THEMED, EVENT)
    return json.loads(made["summary.json"]), json.loads(made["conversation.json"])


def faults(schema: dict[str, Any], data: object) -> list[str]:
    return [f"{e.json_path}: {e.message}" for e in Draft202012Validator(schema).iter_errors(data)]


@pytest.mark.parametrize("summary", [SUMMARY, *map(saying, NAUGHTY)], ids=["plain", *map(str, range(len(NAUGHTY)))])
def test_summary_json_is_what_the_records_say(summary: Summary):
    """A reader in another language can rely on the schema."""
    data, _ = files(summary)
    assert faults(strict(Summary.model_json_schema()), data) == []


def test_conversation_json_is_what_the_records_say():
    """The same for the conversation, text included."""
    _, data = files()
    assert faults(conversation_schema(), data) == []


def test_the_schema_refuses_what_it_should():
    """A check that passes everything would be no check."""
    data, talk = files()
    data["sections"][0]["points"][0]["evidence"] = []
    data["people"][0]["capacities"] = ["king"]
    del data["meeting"]["date"]
    talk["turns"][0]["extra"] = 1
    assert len(faults(strict(Summary.model_json_schema()), data)) == 3
    assert len(faults(conversation_schema(), talk)) == 1


def test_the_keys_of_the_contract_and_no_others():
    """Written out, so that renaming a record's field cannot pass unseen."""
    data, talk = files()
    assert list(data) == ["schema", "meeting", "people", "sections", "questions_for_editor"]
    assert data["schema"] == talk["schema"] == 1
    assert set(data["meeting"]) == {"id", "title", "date", "platform", "organisers", "links", "duration"}
    person = {"name", "honours", "role", "organisation", "capacities", "spoke", "status", "evidence"}
    assert all(set(p) == person for p in data["people"])
    assert all(set(s) == {"kind", "heading", "points"} for s in data["sections"])
    points = [p for s in data["sections"] for p in s["points"]]
    assert all(set(p) == {"id", "text", "speakers", "evidence"} for p in points)
    assert all(set(q) == {"id", "text", "evidence"} for q in data["questions_for_editor"])
    evidence = [e for p in (*points, *data["people"], *data["questions_for_editor"]) for e in p["evidence"]]
    assert all(set(e) in ({"start", "end", "words"}, {"event"}) for e in evidence)
    assert list(talk) == ["schema", "language", "turns"]
    turn = {"start", "end", "voice", "name", "confidence", "named_by", "words", "text"}
    assert all(set(t) == turn for t in talk["turns"])
    assert all(set(w) == {"text", "start", "end", "probability"} for t in talk["turns"] for w in t["words"])


def test_the_rules_of_the_contract():
    """What a schema cannot say: unique ids, times in order, a name only with how it was found."""
    data, talk = files()
    points = [p for s in data["sections"] for p in s["points"]]
    assert len({p["id"] for p in points}) == len(points)
    assert all(p["evidence"] and p["text"] for p in points)
    assert all(s["heading"] for s in data["sections"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", data["meeting"]["date"])
    starts = [t["start"] for t in talk["turns"]]
    assert starts == sorted(starts)
    assert all(t["start"] <= t["end"] for t in talk["turns"])
    assert all((t["name"] is not None) == (t["named_by"] is not None) for t in talk["turns"])
