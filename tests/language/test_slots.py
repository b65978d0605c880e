"""Who is given the floor for a talk, by who names whom and who then speaks at length."""

from pipeline.language.slots import named_in, talks_of
from pipeline.records import Turn, Word

CHAIR = frozenset({"Una Brook"})


def turn(who: str, text: str, at: float) -> Turn:
    words = tuple(Word(text=w, start=at + i, end=at + i + 1, probability=1) for i, w in enumerate(text.split()))
    return Turn(start=at, end=at + len(words), voice=None, name=who, confidence=1, named_by="label", words=words)


def talk(*said: tuple[str, str]) -> list[Turn]:
    return [turn(who, text, 1000.0 * n) for n, (who, text) in enumerate(said)]


LONG = "We mended the old mill and wrote down what it cost. " * 8


def test_each_who_is_called_gives_a_talk() -> None:
    """An informal chair says no more than a name; the talk knows the turns that led to it."""
    turns = talk(
        ("Una Brook", "Right, Ravi, off you go."),
        ("Ravi Shah", LONG),
        ("Una Brook", "Ha, lovely. Petra next."),
        ("Petra Lund", LONG),
    )
    found = talks_of(turns, ["talk"] * 4, CHAIR)
    assert [(t.who, t.call) for t in found] == [(["Ravi Shah"], [0]), (["Petra Lund"], [2])]


def test_a_talk_goes_on_after_an_interruption() -> None:
    """Sound trouble and a word from somebody else do not end it."""
    turns = talk(
        ("Una Brook", "Ravi, off you go."),
        ("Ravi Shah", LONG),
        ("Joe Marsh", "We cannot hear you."),
        ("Una Brook", "Now we can."),
        ("Ravi Shah", LONG),
    )
    (found,) = talks_of(turns, ["talk"] * 5, CHAIR)
    assert (found.first, found.last, found.words) == (1, 4, 176)


def test_two_people_named_in_one_call_who_take_turns_give_one_talk() -> None:
    """The second of two speakers must not be lost, nor be taken for the next one."""
    turns = talk(
        ("Una Brook", "Ravi Shah keeps the mill, and Petra Lund drew the plans. Over to you both."),
        ("Ravi Shah", LONG),
        ("Petra Lund", LONG),
        ("Ravi Shah", LONG),
        ("Una Brook", "Thank you both very much indeed, that was a fine thing to hear on a wet night. And now it is Joe Marsh."),
        ("Joe Marsh", LONG),
    )  # fmt: skip
    assert [t.who for t in talks_of(turns, ["talk"] * 6, CHAIR)] == [["Ravi Shah", "Petra Lund"], ["Joe Marsh"]]


def test_a_name_may_be_misheard() -> None:
    """A recogniser's spelling of a name is near enough to know who is called."""
    assert named_in(turn("Una Brook", "First up, Pyotr.", 0), "Piotr Zielinski")
    assert not named_in(turn("Una Brook", "First up, water.", 0), "Piotr Zielinski")
