"""Turns of a transcript without voices: who was called speaks until the chair is heard again, and doubt stays blank."""

from pathlib import Path

import pytest

from pipeline.engines.nlp import Language
from pipeline.progress import Quiet
from pipeline.records import Conversation, Event, Registered, Transcript, Turns, Utterance, Voices, Word
from pipeline.stages import Work
from pipeline.stages.names import NameSpeakers
from pipeline.stages.turns import JoinTurns

WORK = Work(Path(), Quiet())
PAUSE, BREATH = 1.3, 0.1  # s between two speakers, and between two captions of one
PEOPLE = ("Greta Olafsen", "Idowu Bello", "Sanna Virtanen")


@pytest.fixture(scope="module")
def language() -> Language:
    return Language()


def name(language: Language, *turns: str, roster: tuple[str, ...] = PEOPLE, pause: float = PAUSE) -> Conversation:
    """Name the sentences of the turns, each its own caption, without any label."""
    at, utterances = 0.0, []
    for turn in turns:
        for sentence in turn.split("|"):
            words = []
            for word in sentence.split():
                words.append(Word(text=word, start=at, end=at + 0.3, probability=1.0))
                at += 0.3
            utterances.append(Utterance(start=words[0].start, end=at, label=None, words=tuple(words)))
            at += BREATH if pause else 0.0
        at += pause
    transcript = Transcript(
        meeting="m", language="en", duration=at, made_by="test", coverage=1.0, utterances=tuple(utterances)
    )
    joined: Turns = JoinTurns()(transcript, Voices(meeting="m", made_by="none", spans=()), WORK)
    event = Event(registered=tuple(Registered(name=n) for n in roster))
    return NameSpeakers(language)(joined, event, WORK)


def said_by(conversation: Conversation, who: str) -> str:
    return " ".join(turn.text for turn in conversation.turns if turn.name == who)


OPENING = "Good evening, everyone, and welcome to the lighthouse keepers' forum.| My name is Greta Olafsen."
TALK = "We keep nine lamps on the north coast.| Four of them burn oil.| The oldest was lit before the railway came."
DUTY = "I paint the towers.| It takes a ton of white paint each summer.| The gulls undo it by the autumn."


def test_who_is_called_speaks_until_they_are_thanked(language: Language) -> None:
    made = name(
        language,
        f"{OPENING}| Idowu, the floor is yours.",
        f"Thank you, Greta.| {TALK}",
        "Thank you, Idowu.| Our next speaker is Sanna Virtanen.| Sanna, over to you.",
        f"Thank you, Greta.| {DUTY}",
        "Thank you, Sanna.| Goodbye, everyone.",
    )
    assert "nine lamps" in said_by(made, "Idowu Bello")
    assert "gulls" in said_by(made, "Sanna Virtanen")
    assert "forum" in said_by(made, "Greta Olafsen")
    assert "lamps" not in said_by(made, "Greta Olafsen")


def test_a_sound_check_between_call_and_answer_breaks_no_link(language: Language) -> None:
    made = name(
        language,
        f"{OPENING}| Over to you, Idowu.",
        f"Can you hear me?| {TALK}",
        "Thank you, Idowu.| Goodbye, everyone.",
    )
    assert "nine lamps" in said_by(made, "Idowu Bello")


def test_a_chair_spoken_to_by_the_post_is_not_who_says_so(language: Language) -> None:
    made = name(
        language,
        f"{OPENING}| Idowu, please go ahead.",
        f"Thank you, Madam Chair.| {TALK}| I will stop there, Chair.",
        "Thank you, Idowu.| Goodbye, everyone.",
    )
    assert "nine lamps" in said_by(made, "Idowu Bello")
    assert "Madam Chair" not in said_by(made, "Greta Olafsen")


def test_an_answer_is_not_given_to_who_asked(language: Language) -> None:
    made = name(
        language,
        f"{OPENING}| Idowu, you have a question.",
        "Thank you.| Who pays for the paint?",
        "The harbour board pays.| It has done so for ninety years.",
        "Very good.| We move on to the accounts.",
    )
    assert "ninety years" not in said_by(made, "Idowu Bello")
    assert "ninety years" not in said_by(made, "Greta Olafsen")


def test_chatter_before_the_meeting_is_left_blank(language: Language) -> None:
    made = name(
        language,
        "Is this working?",
        "Loud and clear, Sanna.",
        "Oh good.",
        f"{OPENING}| Idowu, the floor is yours.",
        f"Thank you, Greta.| {TALK}",
        "Thank you, Idowu.| Goodbye, everyone.",
    )
    assert all(turn.name is None for turn in made.turns if turn.start < 4)
    assert "nine lamps" in said_by(made, "Idowu Bello")


def test_where_two_chair_the_chair_stays_unnamed(language: Language) -> None:
    made = name(
        language,
        f"{OPENING}| I'm one of your two co-chairs.| Idowu, the floor is yours.",
        f"Thank you, Greta.| {TALK}",
        "Thank you, Idowu.| Now the paint.| Sanna, over to you.",
        f"Thank you.| {DUTY}",
        "Thank you, Sanna.| Goodbye, everyone.",
    )
    assert "Sanna, over to you" not in said_by(made, "Greta Olafsen")
    assert "nine lamps" in said_by(made, "Idowu Bello")


def test_a_name_checked_with_okay_does_no_harm(language: Language) -> None:
    made = name(language, f"{OPENING}| Okay, Idowu?", "Yes.", "Idowu, the floor is yours.", f"Thank you.| {TALK}")
    assert len(made.turns) > 1


def test_the_words_stay_the_same_and_in_order(language: Language) -> None:
    turns = (f"{OPENING}| Idowu, the floor is yours.", f"Thank you, Greta.| {TALK}", "Thank you, Idowu.")
    made = name(language, *turns)
    said = " ".join(turns).replace("|", "").split()
    assert [w.text for t in made.turns for w in t.words] == said
