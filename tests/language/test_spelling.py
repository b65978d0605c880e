"""Names are put right where the recogniser was unsure, and ordinary words are never turned into names."""

from pipeline.language.spelling import MOST_HOTWORDS, Speller, Term, hotwords
from pipeline.records import Event, Registered, Word


def word(text: str, probability: float) -> Word:
    return Word(text=text, start=0, end=1, probability=probability)


def test_an_unsure_near_name_is_put_right_with_its_reason() -> None:
    speller = Speller([Term("Wiktor Szczepanski", "name")])
    assert speller.word(word("Szepanski,", 0.3)).text == "Szczepanski,"
    assert "Szepanski" in speller.changes[0]


def test_ordinary_and_sure_words_are_left_alone() -> None:
    speller = Speller([Term("Hannah York", "name"), Term("Prysm", "body"), Term("Marek Novak", "name")])
    for text in ("work", "Work", "prism", "Prism", "Mark", "market"):
        assert speller.word(word(text, 0.2)).text == text
    assert speller.word(word("Nowak", 0.99)).text == "Nowak"


def test_a_contraction_is_no_name() -> None:
    """ "I've" is not "Ieva", whoever is registered."""
    speller = Speller([Term("Ieva Kalnina", "name")], probabilities=False)
    assert speller.word(word("I've", 0.2)).text == "I've"


def test_two_near_names_change_nothing() -> None:
    speller = Speller([Term("Anna Petersson", "name"), Term("Olle Pettersen", "name")])
    assert speller.word(word("Petersen", 0.2)).text == "Petersen"


def test_at_most_twenty_hotwords() -> None:
    event = Event(registered=tuple(Registered(name=f"Person Number{i}") for i in range(5000)))
    assert len(hotwords(event)) == MOST_HOTWORDS


def test_a_word_made_of_a_name_is_not_its_misspelling() -> None:
    """A Nigerian speaker is not a "Niger speaker" because the Niger Bend University is registered."""
    speller = Speller([Term("Niger Bend University", "body"), Term("Jane London", "name")], probabilities=False)
    for text in ("Nigerian", "Londoner", "Nigerians"):
        assert speller.word(word(text, 0.2)).text == text


def test_another_name_that_sounds_alike_is_left_alone_where_nobody_says_how_sure_the_recogniser_was() -> None:
    """Captions that people wrote are right about Bernadette, Kieran and Grenada."""
    known = [Term("Adam Brandt", "name"), Term("Una Kerrigan", "name"), Term("Porto Grande School", "body")]
    speller = Speller(known, probabilities=False)
    for text in ("Bernadette", "Kieran", "Grenada"):
        assert speller.word(word(text, 1.0)).text == text
    assert speller.word(word("Kerigan", 1.0)).text == "Kerrigan"
