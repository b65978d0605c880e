"""Who is given the floor, where the chair's words are no help: by who names whom, and who then speaks at length."""

from pipeline.language.slots import joint_talk, named_in, panel_run, slots_of
from pipeline.records import Turn, Word

CHAIR = frozenset({"Una Brook"})


def turn(who: str, text: str, at: float) -> Turn:
    words = tuple(Word(text=w, start=at + i, end=at + i + 1, probability=1) for i, w in enumerate(text.split()))
    return Turn(start=at, end=at + len(words), voice=None, name=who, confidence=1, named_by="label", words=words)


def talk(*said: tuple[str, str]) -> list[Turn]:
    return [turn(who, text, 1000.0 * n) for n, (who, text) in enumerate(said)]


LONG = "We mended the old mill and wrote down what it cost. " * 8


def test_people_called_one_after_the_other_are_a_panel() -> None:
    """An informal chair says no more than a name, and that must be enough for a panel."""
    turns = talk(
        ("Una Brook", "Right, Ravi, off you go."),
        ("Ravi Shah", LONG),
        ("Una Brook", "Ha, lovely. Petra next."),
        ("Petra Lund", LONG),
        ("Una Brook", "And then there is Joe."),
        ("Joe Marsh", LONG),
    )
    slots = slots_of(turns, CHAIR, {})
    assert [s.who for s in panel_run(slots)] == ["Ravi Shah", "Petra Lund", "Joe Marsh"]
    assert not joint_talk(turns, CHAIR, slots)


def test_answers_to_questions_are_no_panel() -> None:
    """The chair names somebody before an answer too; but then the turn puts a question."""
    turns = talk(*[x for who in ("Ravi", "Petra", "Joe") for x in (("Una Brook", f"{who}, why?"), (f"{who} X", LONG))])
    acts = {i: [frozenset({"question"})] for i in (0, 2, 4)}
    assert not panel_run(slots_of(turns, CHAIR, acts))


def test_two_people_named_in_one_call_who_take_turns_give_one_talk() -> None:
    """The second of two keynote speakers must not be lost, nor counted as a questioner."""
    turns = talk(
        ("Una Brook", "Ravi Shah keeps the mill, and Petra Lund drew the plans. Over to you both."),
        ("Ravi Shah", LONG),
        ("Petra Lund", LONG),
        ("Ravi Shah", LONG),
        (
            "Una Brook",
            "Thank you both very much indeed, that was a fine thing to hear on a wet night, and now the rest of us.",
        ),
        ("Joe Marsh", LONG),
    )
    assert joint_talk(turns, CHAIR, slots_of(turns, CHAIR, {})) == range(1, 4)


def test_a_name_may_be_misheard() -> None:
    """A recogniser's spelling of a name is near enough to know who is called."""
    assert named_in(turn("Una Brook", "First up, Pyotr.", 0), "Piotr Zielinski")
    assert not named_in(turn("Una Brook", "First up, water.", 0), "Piotr Zielinski")
