"""Turns: labels win, voices follow the words, sentences stay whole."""

from pathlib import Path

from pipeline.progress import Quiet
from pipeline.records import Transcript, Turns, Utterance, Voices, VoiceSpan
from pipeline.stages import Work
from pipeline.stages.turns import JoinTurns
from tests.stages.helpers_sound import utterance


def turns_of(utterances: list[Utterance], *spans: tuple[float, float, str]) -> Turns:
    transcript = Transcript(
        meeting="m", language="en", duration=100, made_by="test", coverage=1, utterances=tuple(utterances)
    )
    voices = Voices(
        meeting="m", made_by="builtin", spans=tuple(VoiceSpan(start=a, end=b, voice=v) for a, b, v in spans)
    )
    return JoinTurns()(transcript, voices, Work(Path(), Quiet()))


def seen(turns: Turns) -> list[tuple[str | None, str]]:
    return [(t.voice, t.text) for t in turns.turns]


def test_labels_become_voices_in_order_of_appearance_and_are_kept() -> None:
    turns = turns_of(
        [
            utterance("Good morning.", 0, label="Grace"),
            utterance("Welcome.", 2, label="Grace"),
            utterance("Thank you.", 4, label="Tom"),
            utterance("So.", 6, label="Grace"),
        ]
    )
    assert seen(turns) == [("V01", "Good morning. Welcome."), ("V02", "Thank you."), ("V01", "So.")]
    assert [t.label for t in turns.turns] == ["Grace", "Tom", "Grace"]


def test_labels_win_over_acoustics() -> None:
    turns = turns_of([utterance("Good morning.", 0, label="Grace")], (0, 9, "V07"))
    assert seen(turns) == [("V01", "Good morning.")]


def test_an_utterance_without_a_label_is_nobodys() -> None:
    turns = turns_of([utterance("Yes.", 0, label="Grace"), utterance("No.", 2), utterance("Well.", 4, label="Grace")])
    assert seen(turns) == [("V01", "Yes."), (None, "No."), ("V01", "Well.")]


def test_words_take_the_voice_that_covers_them() -> None:
    turns = turns_of([utterance("We begin now. Thank you very much.", 0, step=1.0)], (0, 3.1, "V01"), (3.1, 8, "V02"))
    assert seen(turns) == [("V01", "We begin now."), ("V02", "Thank you very much.")]


def test_a_border_beside_the_end_of_a_sentence_moves_there() -> None:
    said = [utterance("That is all from me. Thank you, Grace, for that.", 0, step=0.5)]
    late = turns_of(said, (0, 3.0, "V01"), (3.0, 9, "V02"))
    early = turns_of(said, (0, 2.0, "V01"), (2.0, 9, "V02"))
    for turns in (late, early):
        assert seen(turns) == [("V01", "That is all from me."), ("V02", "Thank you, Grace, for that.")]


def test_a_stray_frame_does_not_split_a_sentence() -> None:
    said = [utterance("We have met the council about the lease of the old hall twice this year.", 0, step=0.4)]
    turns = turns_of(said, (0, 2.4, "V01"), (2.4, 3.0, "V02"), (3.0, 9, "V01"))
    assert [t.voice for t in turns.turns] == ["V01"]


def test_a_long_interruption_is_believed() -> None:
    said = [utterance("one two three four five six seven eight nine ten", 0, step=1.0)]
    turns = turns_of(said, (0, 5, "V01"), (5, 10, "V02"))
    assert [t.voice for t in turns.turns] == ["V01", "V02"]


def test_words_just_outside_a_span_go_to_the_nearest_voice() -> None:
    turns = turns_of([utterance("Hello there.", 0.5, step=0.3)], (1.4, 3, "V01"))
    assert [t.voice for t in turns.turns] == ["V01"]


def test_a_very_long_pause_ends_a_turn_of_one_voice() -> None:
    turns = turns_of([utterance("We pause.", 0), utterance("We go on.", 60)], (0, 1, "V01"), (60, 62, "V01"))
    assert len(turns.turns) == 2


def test_without_voices_turns_are_cut_at_long_pauses_after_sentences() -> None:
    turns = turns_of(
        [
            utterance("We begin.", 0),
            utterance("It is", 1.0),
            utterance("late.", 5.0),
            utterance("Any questions?", 9.0),
            utterance("Yes.", 60.0),
        ]
    )
    assert seen(turns) == [(None, "We begin. It is late."), (None, "Any questions?"), (None, "Yes.")]


def test_no_word_is_lost_or_doubled() -> None:
    said = [utterance("one two. three four five. six", i * 5.0) for i in range(8)]
    turns = turns_of(said, *((i * 1.7, i * 1.7 + 1.7, f"V{i % 3 + 1:02d}") for i in range(24)))
    assert sorted(w.start for t in turns.turns for w in t.words) == sorted(w.start for u in said for w in u.words)


def test_nothing_said_gives_no_turns() -> None:
    assert turns_of([]).turns == ()


def test_a_label_that_is_no_name_tells_voices_apart_only() -> None:
    turns = turns_of(
        [
            utterance("Good morning.", 0, label="Speaker 1"),
            utterance("Hello.", 5, label="Ann Lee"),
            utterance("Yes.", 9, label="Speaker 1"),
        ]
    )
    assert [(t.voice, t.label) for t in turns.turns] == [("V01", None), ("V02", "Ann Lee"), ("V01", None)]
