"""The bundled spaCy pipeline: that it is whole, small, needs none of our code, and reads meeting talk."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

BUNDLED = Path(__file__).parents[2] / "models" / "bundled" / "language"
LIMIT = 15_000_000  # bytes; the whole folder, model card included


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(BUNDLED)


def names(doc: spacy.tokens.Doc) -> set[tuple[str, str]]:
    return {(entity.text.lower(), entity.label_) for entity in doc.ents}


def test_folder_is_small_enough_to_travel_with_the_package() -> None:
    assert sum(file.stat().st_size for file in BUNDLED.rglob("*") if file.is_file()) <= LIMIT


def test_pipeline_has_every_component_and_says_what_it_is(nlp: Language) -> None:
    wanted = {"tok2vec", "tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner"}
    assert wanted <= set(nlp.pipe_names)
    assert "senter" in nlp.disabled  # trained and there, but the parser sets the sentences
    assert (nlp.lang, nlp.meta["name"]) == ("en", "afterword_spoken")
    assert nlp.meta["license"]
    assert nlp.meta["sources"]


def test_labels_are_those_of_universal_dependencies_and_of_the_card(nlp: Language) -> None:
    assert {"PERSON", "ORG", "LOC", "DATE"} <= set(nlp.get_pipe("ner").labels)
    assert {"nsubj", "obj", "obl", "discourse", "reparandum", "ROOT"} <= set(nlp.get_pipe("parser").labels)


def test_factories_are_spacys_own_so_no_project_code_is_needed() -> None:
    config = spacy.util.load_config(BUNDLED / "config.cfg")
    assert not (BUNDLED / "code").exists()
    assert all(part["factory"] in Language.factories for part in config["components"].values())


def test_nothing_of_the_training_machine_is_left_in_the_folder() -> None:
    config = spacy.util.load_config(BUNDLED / "config.cfg")
    assert not any(config["paths"].values())
    assert "/home" not in (BUNDLED / "meta.json").read_text(encoding="utf-8")


def test_card_tells_data_licences_figures_and_limits() -> None:
    card = (BUNDLED / "README.md").read_text(encoding="utf-8").lower()
    for word in ("gum", "licence", "attribution", "limits", "upos", "las", "person", "words per second"):
        assert word in card
    assert json.loads((BUNDLED / "meta.json").read_text(encoding="utf-8"))["version"] in card


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thanks, Priya. Over to you, Tomasz.", {("priya", "PERSON"), ("tomasz", "PERSON")}),
        ("My name is Mary Okafor and I work for the Department of Health.", {("mary okafor", "PERSON")}),
        ("thank you tomasz that was very helpful", {("tomasz", "PERSON")}),
        ("The next conference is in Nairobi.", {("nairobi", "LOC")}),
        ("I'm speaking on behalf of the National Youth Trust.", {("national youth trust", "ORG")}),
    ],
)
def test_names_in_the_usual_places_are_found(nlp: Language, text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= names(nlp(text))


def test_words_that_may_be_names_are_left_alone_where_they_are_not(nlp: Language) -> None:
    for text in (
        "We will mark the papers in the morning.",
        "i hope we may grant that request",
        "So what do you think?",
    ):
        assert not names(nlp(text)), text


def test_tags_trees_and_lemmas_of_a_plain_sentence(nlp: Language) -> None:
    doc = nlp("She has written two reports about the schools.")
    assert [token.pos_ for token in doc] == ["PRON", "AUX", "VERB", "NUM", "NOUN", "ADP", "DET", "NOUN", "PUNCT"]
    assert [doc[2].lemma_, doc[4].lemma_, doc[7].lemma_] == ["write", "report", "school"]
    assert (doc[0].dep_, doc[2].dep_, doc[4].dep_, doc[4].head.i) == ("nsubj", "ROOT", "obj", 2)


def test_a_hesitation_is_an_interjection(nlp: Language) -> None:
    assert nlp("So, um, we need more time.")[2].pos_ == "INTJ"


def test_sentences_are_split_at_the_marks(nlp: Language) -> None:
    doc = nlp("That is the plan. We start on Monday. Does anybody have a question?")
    assert [sentence.text[-1] for sentence in doc.sents] == [".", ".", "?"]


def test_contractions_are_two_words(nlp: Language) -> None:
    assert [token.text for token in nlp("We don't wanna go.")] == ["We", "do", "n't", "wan", "na", "go", "."]


def test_empty_and_strange_input_is_borne(nlp: Language) -> None:
    for text in ("", " ", "\n\n", "…", "🙂 🙂", "uh uh uh uh", "a" * 5_000):
        assert nlp(text).text == text
