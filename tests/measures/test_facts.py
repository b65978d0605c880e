"""The fact scorer: what counts as being on the page, and what does not."""

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.measures.facts import lines_of_html, load_reference, score_facts

REFERENCE = {
    "fact": [
        {"id": "who", "groups": [["Siobhan Keane"], ["council"]]},
        {"id": "apart", "groups": [["council"], ["pump"]]},
        {"id": "anywhere", "groups": [["council"], ["pump"]], "anywhere": True},
    ],
    "forbidden": [{"id": "x", "together": ["pump", "mended"], "unless": "not"}],
}


def test_groups_must_meet_on_one_line_whatever_accents_and_dashes() -> None:
    """A name on one line and its body on another are not tied together."""
    score = score_facts(["Siobhán Keane – the Council", "The pump was not mended"], REFERENCE)
    assert score.present == ("who", "anywhere")
    assert score.missing == ("apart",)
    assert score.claimed == ()


def test_a_forbidden_claim_is_seen_unless_it_is_excused() -> None:
    """The excuse must stand on the same line."""
    assert score_facts(["The pump was mended", "not"], REFERENCE).claimed == ("x",)


def test_html_is_read_by_block_without_styles() -> None:
    """Only what a reader sees counts."""
    page = "<style>p{}</style><h1>Title</h1><ul><li>one <b>two</b></li><li>three</li></ul><script>x</script>"
    assert lines_of_html(page) == ["Title", "one two", "three"]


def test_times_drawing_and_draft_are_no_text_of_the_page() -> None:
    """They would lengthen it, and a theme that is only drawn is not told."""
    page = (
        '<head><title>Draft: T</title></head><aside class="draft"><p>Draft<br>unchecked</p></aside><p>Said'
        '<span class="moments"><a>1:02</a></span>.</p><section class="block timeline"><h2>At a glance</h2></section><p>Two</p>'
    )
    assert lines_of_html(page) == ["Said.", "Two"]


def test_an_unreadable_reference_is_one_sentence(tmp_path: Path) -> None:
    """A broken file is the user's to mend."""
    (tmp_path / "r.toml").write_text("[[fact")
    with pytest.raises(UsageError):
        load_reference(tmp_path / "r.toml")
