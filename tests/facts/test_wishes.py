"""What speakers ask of everybody, however politely."""

from types import SimpleNamespace

import pytest

from pipeline.engines.nlp import Language
from pipeline.facts.wishes import wishes
from tests.stages.test_summarise import language

__all__ = ["language"]


@pytest.mark.parametrize(
    ("spoken", "asked"),
    [
        ("I would like your visit logs by the end of May, please.", ["asked members for their visit logs by the end of May"]),
        ("Would each of you count the hours in your building, and send me one page by June?", ["asked members to count the hours in their building, and send the speaker one page by June"]),
        ("So email me by the tenth of June, and no, you don't have to sing.", ["asked members to email the speaker by the tenth of June"]),
        ("I'd like all of you to check the gauges, just the two by the bridge, before October.", ["asked members to check the gauges, just the two by the bridge, before October", "asked members to check the gauges before October"]),
        ("I'd like all of you to check the gauges, if it is safe, on Sunday.", ["asked members to check the gauges, if it was safe, on Sunday"]),
        ("Would you like to come in?", []),
        ("Would you say that it works?", []),
        ("I'd like to show you the map.", []),
    ],
)  # fmt: skip
def test_requests_to_everybody(language: Language, spoken: str, asked: list[str]) -> None:
    """A condition stays; what is asked of one person, or of nobody, is no request."""
    said = SimpleNamespace(span=language.docs([spoken])[0][:])
    found = wishes(said, "members")  # type: ignore[arg-type]
    assert [w.split(", and they")[0] for w in found] == asked
