"""Edits of the conversation: who speaks when, and other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Turn, Word
from pipeline.review.speech import name_stretches, places_of, replace_at, replace_everywhere, replace_in_text
from tests.fixtures import turn

TURNS = [
    turn(0.0, 10.0, "Ann Lee", "one two three four five six seven eight nine ten"),
    turn(10.0, 20.0, None, "the boat is the boat of the parish said Boat", voice="V02"),
]


def test_a_whole_turn_is_named_and_signed():
    """The editor's word is certain, and is said to be the editor's."""
    made = name_stretches(TURNS, [(10.0, 20.0)], "Bo Reed")
    assert (made.turns[1].name, made.turns[1].named_by, made.turns[1].confidence) == ("Bo Reed", "editor", 1.0)
    assert made.before == [((10.0, 20.0), None)]
    assert made.turns[0] is TURNS[0]


def test_taking_a_name_away_leaves_nobody():
    """A blank is better than a wrong name, and has no reason either."""
    made = name_stretches(TURNS, [(0.0, 10.0)], None)
    assert (made.turns[0].name, made.turns[0].named_by) == (None, None)


def test_a_stretch_inside_a_turn_cuts_it_between_words():
    """Splitting a voice keeps every word and its time."""
    made = name_stretches(TURNS, [(3.0, 6.0)], "Bo Reed")
    assert [(t.name, t.text) for t in made.turns[:3]] == [
        ("Ann Lee", "one two three"),
        ("Bo Reed", "four five six"),
        ("Ann Lee", "seven eight nine ten"),
    ]
    assert made.origins == [0, 0, 0, 1]
    assert (made.turns[0].start, made.turns[2].end) == (0.0, 10.0)


def test_who_talks_at_the_same_time_keeps_their_name():
    """A stretch that is exactly one turn means that turn, not everybody in the time."""
    both = [turn(0.0, 20.0, "Ann Lee", "a b c d"), turn(5.0, 9.0, None, "e f", voice="V02")]
    made = name_stretches(both, [(5.0, 9.0)], "Bo Reed")
    assert [t.name for t in made.turns] == ["Ann Lee", "Bo Reed"]


@given(st.lists(st.tuples(st.floats(0, 20), st.floats(0, 20)).map(lambda s: (min(s), max(s))), max_size=6))
def test_naming_never_loses_or_moves_a_word(spans: list[tuple[float, float]]):
    """Whatever is named, the words and their times are the same, in the same order."""
    made = name_stretches(TURNS, spans, "Bo Reed")
    assert [w for t in made.turns for w in t.words] == [w for t in TURNS for w in t.words]
    assert all(a.start <= b.start for a, b in zip(made.turns, made.turns[1:], strict=False))


def test_everywhere_keeps_punctuation_and_possessives():
    """Only the word itself changes."""
    turns = [turn(0, 5, None, "“Norak,” said Norak's friend of norak.")]
    assert replace_everywhere(turns, "Norak", "Novák")[0].text == "“Novák,” said Novák's friend of Novák."


def test_everywhere_twice_is_once():
    """A correction that holds what it corrects does not grow with each run."""
    turns = [turn(0, 5, None, "thanks Foster and thanks Foster")]
    once = replace_everywhere(turns, "Foster", "Mei-Lin Foster")
    assert once[0].text == "thanks Mei-Lin Foster and thanks Mei-Lin Foster"
    assert replace_everywhere(once, "Foster", "Mei-Lin Foster") == once
    assert replace_in_text(once[0].text, "Foster", "Mei-Lin Foster") == once[0].text


@pytest.mark.parametrize(("after", "words"), [("a boat", 2), ("boat", 1), ("", 0), ("the big grey boat", 4)])
def test_words_at_a_place_share_its_time(after: str, words: int):
    """More or fewer words stand in the time of the old ones; those around them do not move."""
    old = TURNS[1].words
    made = replace_at(TURNS, old[0].start, old[1].end, "the boat", after)[1].words
    assert made[words:] == old[2:]
    assert all(old[0].start <= w.start <= w.end <= old[1].end + 1e-9 for w in made[:words])
    assert " ".join(w.text for w in made[:words]) == after


def test_places_are_found_in_any_case_but_not_inside_words():
    """The count that an editor is shown is the count that is changed."""
    words = TURNS[1].words
    assert len(places_of(words, "boat")) == 3
    assert len(places_of(words, "boat", "boat")) == 1  # only the capital one would change
    assert places_of(words, "par") == []
    assert places_of(words, "the boat") == [(0, 2), (3, 5)]


def test_a_turn_without_words_is_named_by_its_middle():
    """Laughter has a speaker too."""
    empty = Turn(start=0, end=4, voice=None, name=None, confidence=0, named_by=None, words=tuple[Word, ...]())
    assert name_stretches([empty], [(0, 5)], "Ann Lee").turns[0].name == "Ann Lee"


def test_words_of_somebody_else_at_the_same_time_stay():
    """The correction is of the words that were seen, not of everything in that time; twice is once."""
    both = [turn(0.0, 4.0, "Ann Lee", "we meet at noon"), turn(0.0, 4.0, None, "yes yes yes yes", voice="V02")]
    once = replace_at(both, 3.0, 4.0, "noon", "nine")
    assert [t.text for t in once] == ["we meet at nine", "yes yes yes yes"]
    assert replace_at(once, 3.0, 4.0, "noon", "nine") == once
