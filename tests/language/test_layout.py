"""Which turns are talks, questions and announcements, and who chairs: on a meeting that nothing was learned from."""

from collections.abc import Sequence

import pytest

from pipeline.engines.nlp import Language
from pipeline.language.layout import LABELS, best_path
from pipeline.language.rounds import rounds
from pipeline.language.said import sentences
from pipeline.language.structure import Outline, outline
from pipeline.records import Conversation, PartKind, Speaker
from tests.stages.test_summarise import language, turn

__all__ = ["language"]

KEYNOTE = (
    "The weirs on our rivers stop the eels. We counted 4,000 of them last year. Take out the lowest weir first. " * 12
)
TALK = (
    "We built an eel pass at the mill for 900 pounds. Two schools painted the sign. In May 300 eels went through it. "
    * 7
)
PROGRAMME = (
    ("Ann Lee", "Good morning and welcome to the River Network's meeting. We are on Zoom because the hall is flooded. " * 2 + "Our keynote speaker is Bo Falk. Bo, over to you."),
    ("Bo Falk", KEYNOTE),
    ("Ann Lee", "Sorry to break in, Bo, was that last year?"),
    ("Bo Falk", "Last year, yes. " + KEYNOTE[:500]),
    ("Ann Lee", "Thank you, Bo. Now our panel of three members. The first is Cy Dunn of the mill."),
    ("Cy Dunn", TALK),
    ("Ann Lee", "Lovely. Next is Di Moss."),
    ("Di Moss", TALK),
    ("Ann Lee", "And last, Ed Ash."),
    ("Ed Ash", TALK),
    ("Ann Lee", "Thank you all. Let's take some questions. Flo Gray asks, how long does an eel pass last?"),
    ("Cy Dunn", "About twenty years, if somebody clears it each spring."),
    ("Ann Lee", "And who pays for it? That one is from the chat."),
    ("Di Moss", "The water company paid for ours, after we had asked three times."),
    ("Ann Lee", "We can't answer the rest today, I'm afraid. We must turn to the announcements. Gus Hay, you are first."),
    ("Gus Hay", "Thank you. Today we are launching the Eel Book, a guide that I wrote with the Rivers Trust. It is free for members from the first of May, and you can download it from our website."),
    ("Ann Lee", "Thank you all for coming, thanks to the speakers, and goodbye."),
)  # fmt: skip


@pytest.fixture(scope="module")
def shape(language: Language) -> Outline:
    """The outline of the programme above."""
    return shape_of(language, PROGRAMME)


def shape_of(language: Language, turns: Sequence[tuple[str, str]]) -> Outline:
    """The outline of a conversation."""
    made = [turn(text, 200.0 * n, name) for n, (name, text) in enumerate(turns)]
    speakers = tuple(
        Speaker(name=name, honours=None, role=role, organisation=None, status="confirmed", evidence=())
        for name, role in (("Ann Lee", "Coordinator"), ("Bo Falk", "Chair of the Eel Committee"))
    )
    conversation = Conversation(
        meeting="m", language="en", turns=tuple(made), speakers=speakers, questions=(), duration=4000.0
    )
    return outline(conversation, sentences(conversation, language))


def test_the_parts_follow_each_other(shape: Outline) -> None:
    """A word of clarification ends no keynote; talks that are called one after the other are the panel."""
    kinds = [shape.part_of_turn[i] for i in range(len(PROGRAMME))]
    assert kinds[1] == kinds[3] == "keynote"
    assert {kinds[5], kinds[7], kinds[9]} == {"panel"}
    assert {kinds[11], kinds[13]} == {"discussion"}
    assert kinds[15] == "announcements"
    assert kinds[16] == "closing"


def test_who_calls_everybody_chairs(shape: Outline) -> None:
    """Not the guest who chairs something elsewhere."""
    assert shape.chairs == ("Ann Lee",)


def test_one_turn_ends_a_part_and_opens_the_next(shape: Outline) -> None:
    """An answer to the last question is not among the announcements, what follows the turn to them is."""
    parts = [shape.part(s) for s in shape.of_turn(14)]
    assert parts[0] != "announcements"
    assert parts[-1] == "announcements"


def test_whom_the_chair_gives_the_chair_chairs_too(language: Language) -> None:
    """ "I'm going to hand the chair over now": who runs the discussion calls on people, and is no panellist."""
    handed = (
        *PROGRAMME[:10],
        ("Ann Lee", "Thank you all. I'm going to hand the chair over now. Hal Ives is our treasurer. Hal, they're all yours."),
        ("Hal Ives", "Thank you, Ann. Say your name and your river. Who's first? Flo, go ahead."),
        ("Flo Gray", "How long does an eel pass last?"),
        ("Cy Dunn", "About twenty years, if somebody clears it each spring."),
        ("Hal Ives", "Twenty years, write that down. And who pays for it?"),
        ("Di Moss", "The water company paid for ours, after we had asked three times."),
        ("Hal Ives", "Good. One more. Ike, you had your hand up."),
        ("Ike Rowe", "Do the eels find it by themselves?"),
        ("Ed Ash", "They do, within a week, if the water runs over the lip."),
        ("Hal Ives", "There it is. I'm giving it back to you, Ann."),
        PROGRAMME[-1],
    )  # fmt: skip
    shape = shape_of(language, handed)
    assert shape.chairs == ("Ann Lee", "Hal Ives")


def test_a_keynote_after_a_sound_check_is_a_talk(language: Language) -> None:
    """ "You see my slides?" - "We see your email.": the talk begins behind it."""
    checked = (
        *PROGRAMME[:1],
        ("Bo Falk", "Thank you, Ann. Do you see my slides?"),
        ("Ann Lee", "We see your email, Bo."),
        ("Bo Falk", "Oh, sorry. Now?"),
        ("Ann Lee", "Now we see a river."),
        *PROGRAMME[1:],
    )
    shape = shape_of(language, checked)
    assert shape.part_of_turn[5] == "keynote"


@pytest.mark.parametrize(
    ("call", "answer", "kind"),
    [
        ("We come to our guest, Bo Falk, who runs the mill at Kelby and has done for thirty years. Bo, the floor is all yours.", "Thank you, Ann. ", "talk"),
        ("Our witness is Bo Falk, who runs the mill at Kelby. If I can start, Bo, by asking you if you are satisfied with the progress.", "Thank you, Ann. ", "discussion"),
        ("Our witness is Bo Falk, who runs the mill at Kelby and has done for thirty years. We go straight in, Bo, with the progress.", "Thank you for that question. ", "discussion"),
    ],
)  # fmt: skip
def test_who_answers_the_chairs_question_gives_no_talk(call: str, answer: str, kind: PartKind) -> None:
    """A first long turn behind a call is a talk; a committee's witness who was asked something is answering it."""
    said = [turn(text, 200.0 * n, who) for n, (who, text) in enumerate([("Ann Lee", call), ("Bo Falk", answer + TALK)])]
    labels = rounds(["opening", "discussion"], said, ("Ann Lee",), asking=frozenset(), voting=frozenset())
    assert labels[1] == kind


def test_the_best_path_weighs_transitions() -> None:
    """A turn that says little by itself is what its neighbours make of it."""
    model = {"a": {"talk": 2.0}, "after talk": {"talk": 1.0}, "after start": {"opening": 0.5}}
    assert best_path([["a"], [], ["a"]], model) == ["talk", "talk", "talk"]
    assert best_path([], model) == []
    assert set(best_path([["unknown"]], model)) <= set(LABELS)


ROUND = (
    ("Ann Lee", "Good morning and welcome to the monthly call of the Seed Network. I'm Ann Lee and I chair this call together with Ida. First a round of news, then we talk about returns. Cyril, you are first."),
    ("Cyril Dunn", TALK),
    ("Ida Holt", "Lovely, Cyril. Dina, you are next, and you have four minutes."),
    ("Dina Moss", TALK),
    ("Ann Lee", "Thank you. Edgar, can you go while the line is good?"),
    ("Edgar Ash", TALK),
    ("Dina Moss", "It was you who ate them. Tell me it was you."),
    ("Edgar Ash", "It was us, yes. Forty people came on the first day, and most of them brought seed of their own in jam jars."),
    ("Ida Holt", "Thank you, Edgar. And now Flora Gray, please."),
    ("Flora Gray", TALK),
    ("Ida Holt", "Thank you, Flora. Last in the round is Gustav Hay."),
    ("Gustav Hay", TALK),
    ("Ann Lee", "Thank you all for that. So, should we ask people to bring seed back? That is our topic for today."),
    *(
        ("Cyril Dunn", "I would ask them once and leave it, because nobody likes to be chased for a packet of beans."),
        ("Edgar Ash", "Some of them lost everything to the slugs, and they feel bad enough about it as it is."),
    ) * 10,
    ("Ann Lee", "Thank you all for coming, and goodbye."),
)  # fmt: skip


def test_a_round_of_news_is_talks_whatever_is_thrown_in(language: Language) -> None:
    """Quips between the contributions make no discussion of them, and who calls half of the speakers chairs too."""
    made = [turn(text, 200.0 * n, name) for n, (name, text) in enumerate(ROUND)]
    conversation = Conversation(
        meeting="m", language="en", turns=tuple(made), speakers=(), questions=(), duration=4000.0
    )
    shape = outline(conversation, sentences(conversation, language))
    assert {shape.part_of_turn[i] for i in range(1, 12)} <= {"talk", "panel"}
    assert {shape.part_of_turn[i] for i in range(14, 30)} == {"discussion"}
    assert shape.chairs == ("Ann Lee", "Ida Holt")
    assert shape.programme


def test_what_the_layout_took_for_discussion_inside_a_round_is_talk() -> None:
    """Who is called in turn gives a talk; where somebody asks who gives none, or the meeting votes, it is discussion."""
    turns = [turn(text, 200.0 * n, name) for n, (name, text) in enumerate(ROUND[:12])]
    taken: list[PartKind] = ["opening", "talk", *["discussion"] * 9, "talk"]
    chairs = ("Ann Lee", "Ida Holt")
    assert set(rounds(taken, turns, chairs, asking=frozenset(), voting=frozenset())[1:]) == {"talk"}
    asked = [*turns[:4], turn("How long does a bean keep?", 790.0, "Hal Orr"), turn(TALK, 800.0, "Cyril Dunn")]
    taken = ["opening", "talk", "discussion", "discussion", "discussion", "talk"]
    assert rounds(taken, asked, chairs, asking={4}, voting=frozenset()) == taken


def test_talks_last_until_the_questions_are_opened_and_a_second_panel_is_one() -> None:
    """Pairs who share a slot talk to each other; a panel behind the first questions has its own talks."""
    chairs = ("Ann Lee",)
    pairs = [
        ("Ann Lee", "Welcome. First, Bo and Cy from the Hill School."),
        ("Bo Falk", TALK),
        ("Cy Orr", "And we weighed the bin, didn't we?"),
        ("Bo Falk", TALK),
        ("Cy Orr", TALK),
        ("Ann Lee", "Right, questions. Dina Holm?"),
        ("Dina Holm", "What did it cost?"),
        ("Bo Falk", TALK),
    ]
    turns = [turn(text, 200.0 * n, name) for n, (name, text) in enumerate(pairs)]
    taken: list[PartKind] = ["opening", "talk", "talk", *["discussion"] * 5]
    found = rounds(taken, turns, chairs, asking={2, 6}, voting=frozenset(), opening={5})
    assert found == ["opening", *["talk"] * 4, *["discussion"] * 3]

    second = [
        *pairs,
        ("Ann Lee", "We move now to the second panel. Eve, please, why does nobody know?"),
        ("Eve Park", TALK),
        ("Ann Lee", "Finn?"),
        ("Finn Roe", TALK),
        ("Ann Lee", "Questions for the panel."),
        ("Dina Holm", "Who pays?"),
    ]
    turns = [turn(text, 200.0 * n, name) for n, (name, text) in enumerate(second)]
    taken = ["opening", *["talk"] * 4, *["discussion"] * 9]
    found = rounds(taken, turns, chairs, asking={2, 6, 8, 13}, voting=frozenset(), opening={5, 12}, paneling={8})
    assert found[9:12] == ["talk"] * 3
    assert found[12:] == ["discussion"] * 2
