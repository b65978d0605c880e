"""Names on turns: from labels, from what is said, and never a guess."""

import time
from pathlib import Path

import pytest

from pipeline.engines.nlp import Language
from pipeline.progress import Quiet
from pipeline.records import Conversation, Event, Registered, Turns, VoicedTurn, Word
from pipeline.stages import Work
from pipeline.stages.names import NameSpeakers, _directory

LANGUAGE = Language.blank()


def meeting(*said: tuple[str | None, str], labels: bool = False) -> Turns:
    turns, at = [], 0.0
    for voice, text in said:
        words = []
        for part in text.split():
            words.append(Word(text=part, start=at, end=at + 0.3, probability=1.0))
            at += 0.3
        label = voice if labels else None
        turns.append(VoicedTurn(start=words[0].start, end=at, voice=voice, label=label, words=tuple(words)))
    return Turns(meeting="m", language="en", duration=at, turns=tuple(turns))


def name(turns: Turns, *roster: str | Registered) -> Conversation:
    people = tuple(p if isinstance(p, Registered) else Registered(name=p) for p in roster)
    return NameSpeakers(LANGUAGE)(turns, Event(registered=people), Work(Path(), Quiet()))


def names(conversation: Conversation) -> list[str | None]:
    return [turn.name for turn in conversation.turns]


LONG = "We mended forty looms last year and the shed has a new roof, which took us until March."


def test_a_self_introduction_names_the_voice_in_all_its_turns() -> None:
    made = name(meeting(("V01", f"My name is Rosa Lindqvist. {LONG}"), ("V02", LONG), ("V01", "That is all.")))
    assert names(made) == ["Rosa Lindqvist", None, "Rosa Lindqvist"]
    assert made.turns[0].named_by == "introduction"


def test_a_first_name_resolves_through_the_roster_and_evidence_is_kept() -> None:
    made = name(meeting(("V01", "Over to you, Tariq."), ("V02", LONG)), "Tariq Osei", "Mina Osei")
    assert names(made) == [None, "Tariq Osei"]
    (speaker,) = made.speakers
    assert any(getattr(e, "words", "") == "Over to you, Tariq." for e in speaker.evidence)


def test_two_people_with_one_first_name_stay_blank() -> None:
    made = name(
        meeting(("V01", "Over to you, Daniel."), ("V02", f"{LONG} {LONG} {LONG}")), "Daniel Turner", "Daniel Mensah"
    )
    assert names(made) == [None, None]
    assert any(q.id == "name-V02" for q in made.questions)


def test_who_is_only_talked_about_is_no_speaker() -> None:
    text = f"A group led by Helen Marsh will report. Helen Marsh is away. {LONG}"
    made = name(meeting(("V01", text), ("V02", LONG)), "Helen Marsh", "Ruth Abel")
    assert names(made) == [None, None]
    assert made.speakers == ()


def test_who_thanks_somebody_is_not_that_person() -> None:
    made = name(meeting(("V01", LONG), ("V02", "Thank you, Ana. Thank you very much.")), "Ana Ruiz")
    assert names(made) == ["Ana Ruiz", None]


def test_labels_give_people_and_two_devices_are_one_person() -> None:
    made = name(
        meeting(("Ana Ruiz | Harbour Heat", LONG), ("Ana's iPhone", LONG), ("Speaker 2", LONG), labels=True), "Ana Ruiz"
    )
    assert names(made)[:2] == ["Ana Ruiz", "Ana Ruiz"]
    assert len([s for s in made.speakers if s.name == "Ana Ruiz"]) == 1
    assert made.speakers[0].status == "confirmed"


def test_a_label_that_contradicts_the_introduction_is_kept_and_asked_about() -> None:
    made = name(meeting(("Ben Obi", f"My name is Rosa Lindqvist. {LONG}"), labels=True))
    assert names(made) == ["Ben Obi"]
    assert any("Rosa Lindqvist" in q.text for q in made.questions)


def test_without_voices_the_words_are_cut_at_handovers_and_stay_in_order() -> None:
    text = (
        "Good morning, my name is Rosa Lindqvist. Welcome to our meeting. Tariq, the floor is yours. "
        f"Thank you, Rosa. {LONG} {LONG} Back to you, Rosa. Thank you, Tariq. Mina, over to you. "
        f"Thanks, Rosa. {LONG} Thank you, Mina. Goodbye everyone."
    )
    source = meeting((None, text))
    made = name(source, "Rosa Lindqvist", "Tariq Osei", "Mina Abel")
    assert [w for t in made.turns for w in t.words] == list(source.turns[0].words)
    by = {n: " ".join(t.text for t in made.turns if t.name == n) for n in names(made) if n}
    assert "Thank you, Rosa." not in by.get("Rosa Lindqvist", "")
    assert "forty looms" not in by.get("Rosa Lindqvist", "")
    assert "forty looms" in by.get("Tariq Osei", "")


def test_without_voices_somebody_spoken_to_by_name_speaks_next() -> None:
    text = (
        "Good morning, my name is Rosa Lindqvist. Welcome to our meeting. Tariq, the floor is yours. "
        f"Thank you, Rosa. {LONG} Thank you, Tariq. Now the dye works. Mina, welcome. "
        "Thank you, Rosa. We dyed a mile of wool with onion skins. Thank you, Mina. Goodbye everyone."
    )
    made = name(meeting((None, text)), "Rosa Lindqvist", "Tariq Osei", "Mina Abel")
    by = {n: " ".join(t.text for t in made.turns if t.name == n) for n in names(made) if n}
    assert "onion skins" in by.get("Mina Abel", "")
    assert "forty looms" in by.get("Tariq Osei", "")


@pytest.mark.parametrize(
    "roster",
    [
        ["Ana Ruiz", "Ana Ruiz", "ANA RUIZ"],
        ["A", "B", "Ana Ruiz"],
        ["<script>alert(1)</script>Ana Ruiz"],
        ["محمد علي", "Ana Ruiz", "Zoë Ångström"],
        ["Ana Ruiz", "Madonna", ""],
    ],
)
def test_odd_rosters_do_no_harm(roster: list[str]) -> None:
    made = name(meeting(("V01", "Over to you, Ana."), ("V02", LONG)), *roster)
    assert made.turns[0].name is None
    assert (made.turns[1].name or "").endswith("Ana Ruiz")
    assert "<" not in (made.turns[1].name or "")


def test_a_roster_of_five_thousand_rows_is_fine() -> None:
    many = [Registered(name=f"Nomen{i} Exemplar{i}") for i in range(5000)]
    made = name(meeting(("V01", "Over to you, Nomen77."), ("V02", LONG)), *many)
    assert made.turns[1].name in (None, "Nomen77 Exemplar77")


def test_the_same_input_gives_the_same_output() -> None:
    turns = meeting(("V01", "Over to you, Tariq."), ("V02", LONG))
    assert name(turns, "Tariq Osei") == name(turns, "Tariq Osei")


def test_people_who_cannot_attend_do_not_get_the_posts_holders_voice() -> None:
    made = name(
        meeting(
            ("V01", "Good morning. The Chair, Rosa Lindqvist, is unable to attend today."),
            ("V02", f"I will take the meeting, then. {LONG}"),
            ("V03", "Thank you, Chair, and good morning."),
        ),
        "Rosa Lindqvist",
        "Tariq Osei",
    )
    assert "Rosa Lindqvist" not in names(made)


def test_a_possessive_hands_nothing_over() -> None:
    made = name(meeting(("V01", "We will come back to Tariq's question."), ("V02", LONG)), "Tariq Osei", "Mina Abel")
    assert names(made)[1] is None


def test_a_greeting_of_several_names_calls_nobody() -> None:
    made = name(meeting(("V01", "Hi, Tariq, Mina."), ("V02", LONG)), "Tariq Osei", "Mina Abel")
    assert names(made)[1] is None


def test_an_unknown_interjection_is_nobody_while_the_names_are_known() -> None:
    made = name(meeting(("V01", "Besu?"), ("V02", LONG)), "Tariq Osei", "Mina Abel")
    assert names(made)[1] is None


def test_a_time_call_and_a_short_hand_over_name_the_next_voice() -> None:
    made = name(
        meeting(("V01", "Tariq, you have about two minutes."), ("V02", LONG), ("V01", "Mina on this."), ("V03", LONG)),
        "Tariq Osei",
        "Mina Abel",
    )
    assert [names(made)[1], names(made)[3]] == ["Tariq Osei", "Mina Abel"]


def test_a_large_roster_with_posts_takes_no_longer_for_each_word() -> None:
    many = [Registered(name=f"Nomen{i} Exemplar{i}", role=f"Keeper of lamp {i}") for i in range(5000)]
    directory = _directory(Event(registered=tuple(many)))
    began = time.perf_counter()
    for _ in range(50_000):
        directory.posts_begin("lamp")
    assert time.perf_counter() - began < 2


def test_two_labels_of_one_first_name_stay_two_people() -> None:
    made = name(meeting(("Sam Okoro", LONG), ("Sam Lind", LONG), labels=True), "Sam Okoro", "Sam Lind")
    assert names(made) == ["Sam Okoro", "Sam Lind"]


def test_every_voice_without_a_name_is_asked_about_with_its_moment() -> None:
    talk = f"{LONG} {LONG} {LONG}"
    made = name(meeting(("V01", talk), ("V02", talk), ("V03", f"My name is Rosa Lindqvist. {talk}")))
    asked = {q.id: q for q in made.questions}
    assert {"name-V01", "name-V02"} <= asked.keys()
    assert "name-V03" in asked  # nobody registered her
    assert asked["name-V03"].text.startswith("Is this Rosa Lindqvist?")
    assert all(q.evidence for q in asked.values())


def test_a_name_that_rests_on_one_clue_is_asked_about_and_a_certain_one_is_not() -> None:
    made = name(meeting(("V01", f"My name is Rosa Lindqvist. {LONG} Over to you, Tariq."), ("V02", LONG)),
                "Rosa Lindqvist", "Tariq Osei")  # fmt: skip
    (question,) = made.questions
    assert question.id == "name-V02"
    assert question.text == "Is this Tariq Osei? Little that was said points to it."
    own, clue = question.evidence
    assert getattr(own, "words", "").startswith(LONG[:20])
    assert getattr(clue, "words", "").endswith("you, Tariq.")


def test_without_a_roster_a_first_name_resolves_through_the_full_name_said_earlier() -> None:
    made = name(
        meeting(("V01", f"Professor Ines Okafor joins us from Leeds. {LONG} Over to you, Ines."), ("V02", LONG))
    )
    assert names(made) == [None, "Ines Okafor"]


def test_without_a_roster_two_full_names_of_one_first_name_leave_it_blank() -> None:
    text = f"Professor Ines Okafor and Doctor Ines Brandt join us. {LONG} Over to you, Ines."
    made = name(meeting(("V01", text), ("V02", f"{LONG} {LONG} {LONG}")))
    assert names(made)[1] not in ("Ines Okafor", "Ines Brandt")
