"""The spaCy door: parses once, keeps to its bounds, and says what to type when something is absent."""

from pathlib import Path

import pytest
import spacy
from spacy.training import Example

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


@pytest.fixture
def other_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An importable spaCy package whose `ner` was taught one place, with a tok2vec of its own."""
    nlp = spacy.blank("en")
    text = "We met in Qaanaaq ."
    lesson = Example.from_dict(nlp.make_doc(text), {"entities": [(10, 17, "GPE")]})
    nlp.add_pipe("ner")
    optimizer = nlp.initialize(lambda: [lesson])
    for _ in range(30):
        nlp.update([lesson], sgd=optimizer)
    package = tmp_path / "xx_taught_ner"
    package.mkdir()
    nlp.to_disk(package / "model")
    (package / "__init__.py").write_text(
        "from pathlib import Path\nimport spacy\n\n\ndef load():\n"
        "    return spacy.load(Path(__file__).parent / 'model')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    return package.name


def test_names_of_an_installed_model_are_added_beside_ours(other_model: str) -> None:
    language = Language(extra_ner=other_model)
    place, person = language.docs(["We met in Qaanaaq .", "Thank you, Tomasz."])
    assert [(e.text, e.label_) for e in place.ents] == [("Qaanaaq", "LOC")]
    assert ("Tomasz", "PERSON") in [(e.text, e.label_) for e in person.ents]
    assert other_model in language.revision


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
