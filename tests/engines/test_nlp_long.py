"""Long texts are parsed in pieces, so that memory stays flat, and come back as one."""

from pipeline.engines import nlp
from pipeline.engines.nlp import Language

SENTENCES = "Thank you, Maria. We planted forty trees beside the school. Does anybody want to add to that? "


def test_a_long_text_is_parsed_in_pieces_and_comes_back_whole() -> None:
    """The words, sentences and findings of every piece are there, at their places in the whole."""
    text = (SENTENCES * 400).strip()
    assert len(text) > nlp.BATCH
    language = Language()
    whole, short = language.docs([text, SENTENCES.strip()])
    assert whole.text == text
    assert len(whole) == 400 * len(short)
    assert whole.has_annotation("SENT_START")
    assert len(whole._.acts) == len(list(whole.sents))
    last = whole._.acts[-1]
    assert "question" in last.kinds
    assert whole[last.start : last.end].text == "Does anybody want to add to that?"


def test_pieces_are_cut_behind_sentences() -> None:
    """A cut inside a sentence would cost two wrong trees."""
    pieces = nlp._pieces((SENTENCES * 400).strip())
    assert len(pieces) > 1
    assert all(piece.endswith((".", "?")) for piece in pieces)
    assert " ".join(pieces) == (SENTENCES * 400).strip()
