"""The spaCy door: parses once, keeps to its bounds, and says what to type when something is absent."""

import pytest
import spacy

from pipeline.engines.nlp import COMPONENTS, Language
from pipeline.errors import MissingError


def test_a_text_is_parsed_once_and_shared() -> None:
    language = Language.blank()
    first, other, again = language.docs(["Thank you, Ana.", "Hello.", "Thank you, Ana."])
    assert first is again
    assert first is not other
    assert language.docs(["Hello."])[0] is other


def test_an_absent_extra_model_names_the_command_that_installs_it() -> None:
    with pytest.raises(MissingError) as error:
        Language(nlp=spacy.blank("en"), extra_ner="en_core_web_that_is_not_there")
    assert "python -m spacy download en_core_web_that_is_not_there" in error.value.do


def test_the_components_work_in_any_pipeline_and_survive_bytes() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    for factory in COMPONENTS:
        nlp.add_pipe(factory)
    doc = nlp("My name is Rosa Lindqvist. Over to you, Tom.")
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [i.name for i in again._.introductions] == ["Rosa Lindqvist"]
    assert [(h.kind, h.name) for h in again._.handovers] == [("next", "Tom")]
    assert len(again._.acts) == 2


def test_empty_and_odd_texts_do_not_break_the_components() -> None:
    for doc in Language.blank().docs(["", " ", "...", "Mr.", "\u202eabc", "<b>", "😀 😀"]):
        assert doc._.handovers == () or doc.text.strip()
