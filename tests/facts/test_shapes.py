"""What a page takes from the shape of a meeting: parts opened by a word, guests, the floor, counts, thanks."""

from pathlib import Path

import pytest

from pipeline.engines.nlp import Language
from pipeline.event import Event
from pipeline.facts.polish import figures
from pipeline.records import Draft
from tests.facts.test_frames import section
from tests.stages.test_summarise import language, page

__all__ = ["language"]

TALK = "Our farm planted 200 trees last year. The trees need water every week. We paid for the fence ourselves. " * 8
OPENING = (
    "Ann Lee",
    "Good morning everyone, and welcome to the Tree Day. I am Ann Lee and I chair the Tree Network. ",
)


def everything(draft: Draft) -> str:
    return "\n".join(p.text for s in draft.sections for p in s.points)


def test_one_guest_before_the_panel_gave_the_opening_talk(language: Language, tmp_path: Path) -> None:
    """Nobody said "keynote", so the page does not; its place is the same."""
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "To start us off, somebody who is not one of us. Bo Falk, it's yours."),
        ("Bo Falk", TALK * 2),
        ("Ann Lee", "Thank you, Bo. Now the panel. We have three speakers. Cy Orr, please."),
        ("Cy Orr", "Cy Orr, head of the Hill School. " + TALK),
        ("Ann Lee", "Thank you. Dina Holm, please."),
        ("Dina Holm", TALK),
        ("Ann Lee", "Thank you. Eve Park, please."),
        ("Eve Park", TALK),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )
    assert next(s.heading for s in draft.sections if s.kind == "keynote") == "Opening talk"
    assert "The opening talk was given by Bo Falk" in everything(draft)
    assert "keynote" not in everything(draft).lower()


def test_who_introduces_themselves_is_in_the_list_and_not_in_the_text(language: Language, tmp_path: Path) -> None:
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "Over to you, Bo."),
        ("Bo Falk", "Bo Falk, deputy head at the Hill School in Leeds. I'm what they call a forester. " + TALK),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )
    assert "200 trees" in everything(draft)
    assert "deput" not in everything(draft)
    assert "forester" not in everything(draft)


def test_a_bare_word_opens_the_questions_and_a_speakers_own_question_opens_nothing(
    language: Language, tmp_path: Path
) -> None:
    """ "Questions." is enough for the chair; "What went wrong?", answered in the same breath, is no question."""
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "Over to you, Bo."),
        ("Bo Falk", "What went wrong with the trees? The deer ate 40 of them in one winter. " + TALK),
        ("Ann Lee", "Thank you, Bo. Questions. Eve Park, please."),
        ("Eve Park", "Who pays for the water in a dry summer?"),
        ("Bo Falk", "The council pays for half of the water. The farm pays for the other half."),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )
    areas = " ".join(section(draft, "areas"))
    assert "Eve Park" in areas
    assert "went wrong" not in areas


def test_a_chair_who_answers_the_floor_is_told(language: Language, tmp_path: Path) -> None:
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "Over to you, Bo."),
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you, Bo. Time for questions. Eve Park, please."),
        ("Eve Park", "I can't get the gate of the orchard to open. Is it me?"),
        ("Ann Lee", "The lock of the gate is broken. A new lock comes on the first of March."),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )
    areas = " ".join(section(draft, "areas"))
    assert "gate of the orchard" in areas
    assert "1 March" in areas


@pytest.mark.parametrize(
    ("said", "holds", "lacks"),
    [
        (
            [("Ann Lee", "We've three hundred and sixteen registered, which is"), ("Bo Falk", "Sixty-one. Sorry."),
             ("Ann Lee", "Three hundred and sixty-one, then, out of twenty-seven countries.")],
            "361 people, from 27 countries, registered", "316",
        ),
        ([("Ann Lee", "We had 90 people sign up. So there's 58 on the call.")], "90 people registered and 58 joined", "61"),
        (
            [("Ann Lee", "There's twelve hundred and forty of you registered and, let me look, six hundred and twelve on right now."), ("Bo Falk", "Forty-four percent paper, wow.")],
            "1,240 people registered and 612 joined", "44",
        ),
    ],
)  # fmt: skip
def test_counts_are_those_that_stood_in_the_end(
    language: Language, tmp_path: Path, said: list[tuple[str, str]], holds: str, lacks: str
) -> None:
    draft = page(
        language, tmp_path, OPENING, *said, ("Ann Lee", "Over to you, Bo."), ("Bo Falk", TALK),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )  # fmt: skip
    summary = " ".join(section(draft, "summary"))
    assert holds in summary
    assert lacks not in summary


def test_thanks_said_in_fragments_are_one_sentence(language: Language, tmp_path: Path) -> None:
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "Over to you, Bo."),
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank yous. To Bo Falk. And to Eve Park, who could not be here. Goodbye."),
    )
    assert section(draft, "thanks") == ["Ann Lee thanked Bo Falk and Eve Park."]


def test_what_nobody_is_named_for_is_told_of_a_speaker(language: Language, tmp_path: Path) -> None:
    """Without labels a talk is told, and it is left open who gave it."""
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "We have two talks for you today. Over to you, please."),
        (None, TALK),
        ("Ann Lee", "Thank you very much. Over to our second speaker."),
        (None, "We built a pump at the river for 900 pounds. " * 12),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )
    text = everything(draft)
    assert "A speaker said" in text
    assert "200 trees" in text or "900" in text


def test_the_votes_that_a_host_reads_out_are_a_poll(language: Language, tmp_path: Path) -> None:
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "Over to you, Bo."),
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you. Cy, poll?"),
        ("Cy Orr", "Yes, launching it. The question is, when did you last plant a tree?"),
        ("Cy Orr", "Okay, closing it. So we had 164 votes. In the past year is thirty-one percent. One to three years ago, forty. And never is twenty-nine."),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )  # fmt: skip
    told = " ".join(section(draft, "results"))
    assert "(164 votes)" in told
    assert "in the past year 31 percent" in told
    assert "never 29" in told
    assert "when did you last" not in " ".join(section(draft, "areas"))


def test_a_day_that_is_put_right_in_the_next_breath_is_not_told(language: Language, tmp_path: Path) -> None:
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "Over to you, Bo."),
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you, Bo. Some announcements. The Tree School is in Leeds, June ninth through the twelfth. Eleventh. Sorry, it's three days. It costs 40 pounds for members."),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )  # fmt: skip
    assert "twelfth" not in everything(draft)
    assert "12 June" not in everything(draft)


def test_a_denial_keeps_what_it_is_bound_to(language: Language, tmp_path: Path) -> None:
    """ "We don't go in when the water's fast" is no "they did not go in"."""
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "Over to you, Bo."),
        ("Bo Falk", TALK + "We don't go into the river when the water's moving at more than half a metre a second, that's the rule."),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )  # fmt: skip
    assert all("half a metre" in line for line in everything(draft).split("\n") if "not go into the river" in line)


def test_a_witness_who_speaks_at_length_does_not_chair(language: Language, tmp_path: Path) -> None:
    answer = "I come back to the question about trees. I welcome the question of the committee. " + TALK
    draft = page(
        language,
        tmp_path,
        ("Ann Lee", "Good morning and welcome to this meeting of the committee. I'd like to welcome Bo Falk. Do you want to start?"),
        ("Bo Falk", answer),
        ("Ann Lee", "Thank you. I'd like to bring in Cy Orr."),
        ("Cy Orr", "What will the forest cost next year?"),
        ("Bo Falk", answer),
        ("Ann Lee", "Thank you. We move on to questions from Dina Holm."),
        ("Dina Holm", "Who looks after the oaks?"),
        ("Bo Falk", answer),
        ("Ann Lee", "Thank you all for coming. That brings us to the end of the meeting."),
    )  # fmt: skip
    assert section(draft, "chair") == ["The meeting was chaired by Ann Lee."]


def test_every_announcement_finds_room(language: Language, tmp_path: Path) -> None:
    """With eight of them the page has fewer words on each, and all of them."""
    names = ["Bo Falk", "Cy Orr", "Dina Holm", "Eve Park", "Finn Roy", "Gus Hall", "Hana Ito", "Ivo Berg"]
    things = ["Oak Book", "Elm Book", "Ash Book", "Fir Book", "Yew Book", "Fig Book", "Bay Book", "Box Book"]
    news = [
        (name, f"So it's called the {thing}. It has 300 pages on how to plant a tree on a hill. It comes out in May, and it costs 12 pounds for members.")
        for name, thing in zip(names, things, strict=True)
    ]  # fmt: skip
    draft = page(
        language, tmp_path, (OPENING[0], OPENING[1] + "Over to you, Bo."), ("Bo Falk", TALK * 4),
        ("Ann Lee", "Thank you, Bo. Announcements, then. There are eight."), *news,
        ("Ann Lee", "Thank you all for coming, and goodbye."), event=Event(title="Tree Day"),
    )  # fmt: skip
    told = " ".join(section(draft, "announcements"))
    assert all(thing in told for thing in things)


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("Ghent, the seventh and the eighth of October", "Ghent, 7 and 8 October"),
        ("it was nineteen thousand dollars a year", "it was $19,000 a year"),
        ("the second of March", "2 March"),
    ],
)
def test_days_and_sums_as_a_page_writes_them(spoken: str, written: str) -> None:
    assert figures(spoken) == written


def test_a_hyphen_inside_a_number_takes_nothing_back(language: Language) -> None:
    """ "In one night in twenty twenty-one" must not become "in one"."""
    doc = language.docs(["We lost four hives in one night in twenty twenty-one for want of a strap."])[0]
    assert not any(t._.disfluent for t in doc)


def test_one_guest_before_the_questions_gave_a_lecture(language: Language, tmp_path: Path) -> None:
    """The page calls it what the chair called it, and no section is made of keywords of it."""
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "This is our February lecture. Bo Falk, over to you."),
        ("Bo Falk", TALK * 3),
        ("Ann Lee", "Thank you, Bo. We have time for questions. Eve Park, please."),
        ("Eve Park", "Who pays for the water in a dry summer?"),
        ("Bo Falk", "The council pays for half of the water. The farm pays for the other half."),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )
    assert next(s.heading for s in draft.sections if s.kind == "keynote") == "Lecture"
    assert "200 trees" in " ".join(section(draft, "keynote"))
    assert all(p.capacities != ("keynote",) for p in draft.people)


def test_what_hosts_say_to_each_other_first_is_no_discussion(language: Language, tmp_path: Path) -> None:
    """A host who says that a speaker is late does not open the discussion: the keynote still comes."""
    draft = page(
        language,
        tmp_path,
        ("Gus Hall", "Okay, it says that we are recording."),
        ("Ann Lee", "Thank you, Gus. And Cy?"),
        ("Gus Hall", "Cy is connected but he is still on his way from the other building, and he says he will be at his desk in ten minutes."),
        (OPENING[0], OPENING[1] + "So, to our keynote. Bo Falk, the floor is yours."),
        ("Bo Falk", TALK * 3),
        ("Ann Lee", "Thank you, Bo. Now our panel. Cy Orr, please."),
        ("Cy Orr", TALK),
        ("Ann Lee", "Thank you, Cy. Dina Holm, please."),
        ("Dina Holm", TALK),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )  # fmt: skip
    assert [s.kind for s in draft.sections[:3]] == ["summary", "keynote", "panel"]


def test_a_round_table_is_a_panel(language: Language, tmp_path: Path) -> None:
    """Where the chair puts questions to the same few, each of them has a paragraph; the floor's questions stand apart."""
    rounds = [
        turn
        for n in (1, 2, 3)
        for turn in (
            ("Ann Lee", f"Question number {n} is for all of you. Bo, what did last year teach you?"),
            ("Bo Falk", f"We planted {n}00 oaks on the hill last winter. The deer ate {n}0 of them. A fence costs nine pounds a metre."),
            ("Ann Lee", "Cy, is it the same with you?"),
            ("Cy Orr", f"The school has {n}2 apple trees in the yard. The pupils water them every week. The council paid for the tank."),
        )
    ]  # fmt: skip
    draft = page(
        language, tmp_path,
        (OPENING[0], "Good morning everyone, and welcome to the Tree Day, our round table. I am Ann Lee and I chair the Tree Network."),
        *rounds, *rounds,
        ("Ann Lee", "Thank you. I'm going over to the audience now. Eve Park asks, who pays for the water in a dry summer?"),
        ("Bo Falk", "The council pays for half of the water. The farm pays for the other half."),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )  # fmt: skip
    assert {s for p in draft.sections if p.kind == "panel" for q in p.points for s in q.speakers} == {
        "Bo Falk",
        "Cy Orr",
    }
    assert "Eve Park" in " ".join(section(draft, "areas"))


def test_the_reason_is_told_where_it_stands_between_plan_and_move(language: Language, tmp_path: Path) -> None:
    draft = page(
        language, tmp_path,
        (OPENING[0], OPENING[1] + "We were going to meet in the Mill at Wye. In March the roof of the Mill came down in a storm. So here we are on Zoom. Over to you, Bo."),
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )  # fmt: skip
    told = " ".join(section(draft, "summary"))
    assert "Mill at Wye" in told
    assert "storm" in told


def test_a_count_that_somebody_else_puts_right_is_the_right_one(language: Language, tmp_path: Path) -> None:
    """Nobody says "sorry": the other host only says the figure, and the chair repeats it."""
    draft = page(
        language, tmp_path,
        (OPENING[0], OPENING[1] + "We have four hundred and twelve people registered."),
        ("Gus Hall", "Four hundred and twenty-one, Ann. You've swapped the digits."),
        ("Ann Lee", "Have I? Four hundred and twenty-one. Thank you. Over to you, Bo."),
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )  # fmt: skip
    assert "412" not in everything(draft)
    assert "421 people registered" in everything(draft)


def test_a_question_read_out_in_quotation_marks_is_one(language: Language, tmp_path: Path) -> None:
    draft = page(
        language, tmp_path,
        (OPENING[0], OPENING[1] + "Over to you, Bo."),
        ("Bo Falk", TALK * 2),
        ("Ann Lee", 'Thank you, Bo. Questions. Eve Park asks, "Should the council plant an oak in every village?"'),
        ("Bo Falk", "The council pays for half of the water. The farm pays for the other half."),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )  # fmt: skip
    areas = " ".join(section(draft, "areas"))
    assert "Whether the council should plant an oak in every village (asked by Eve Park)" in areas


def test_no_keynote_where_the_chair_says_so(language: Language, tmp_path: Path) -> None:
    """A long first talk is none then."""
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "No keynote today. We have a panel of three. First up is Bo Falk. Bo, please."),
        ("Bo Falk", TALK * 2),
        ("Ann Lee", "Thank you, Bo. Cy Orr, please."),
        ("Cy Orr", TALK),
        ("Ann Lee", "Thank you. Dina Holm, please."),
        ("Dina Holm", TALK),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )
    assert "keynote" not in everything(draft).lower()
    assert not section(draft, "keynote")


def test_everybody_thanked_is_named_with_what_they_did(language: Language, tmp_path: Path) -> None:
    """In one sentence or in fragments; the rest of what is said at the end is no thanks."""
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "Over to you, Bo."),
        ("Bo Falk", TALK),
        ("Ann Lee", "Thank you, Bo. It only remains for me to say thank you. To Bo, to our four panellists, and to Nadia Lund for running the chat. And a special thank you to Dina Holm, who checked all the captions and isn't on camera. Mind how you go. Goodbye."),
    )  # fmt: skip
    (thanks,) = section(draft, "thanks")
    assert thanks == (
        "Ann Lee thanked Bo; the four panellists; Nadia Lund for running the chat; and Dina Holm, who checked all the captions."
    )


@pytest.mark.parametrize(
    ("question", "answer", "area"),
    [
        ("She asks who is liable if a child falls in the river, and what about the insurance?", "The school is liable for every child on the trip.", "Who is liable if a child falls in the river (asked"),
        ("Can the library see what people read at home?", "No. We keep no log of what people read at home.", "said no."),
    ],
)  # fmt: skip
def test_what_was_asked_stands_without_its_messenger_and_is_answered(
    language: Language, tmp_path: Path, question: str, answer: str, area: str
) -> None:
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "Over to you, Bo."),
        ("Bo Falk", TALK * 2),
        ("Ann Lee", f"Thank you, Bo. Now your questions. The first is from Robert Lund, of Hill School. {question}"),
        ("Bo Falk", answer),
        ("Ann Lee", "Thank you. The next is from Una Berg. How do you keep the deer out of the new wood?"),
        ("Bo Falk", "We put a fence of two metres around the wood."),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )
    assert area in everything(draft)


def test_lead_ins_go_and_orders_stay_orders(language: Language, tmp_path: Path) -> None:
    """ "Two, don't close a job" is advice, whatever its first word was taken for."""
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "Over to you, Bo."),
        ("Bo Falk", "We learned three rules from 2,600 complaints about repairs. One, put a named person on every complaint. Two, don't close a job until the tenant says it's done. " + TALK),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )  # fmt: skip
    assert (
        "to put a named person on every complaint, and not to close a job until the tenant said it was done"
        in everything(draft)
    )


def test_the_summary_says_that_a_panel_and_questions_followed(language: Language, tmp_path: Path) -> None:
    """More speakers than it names: each is told of in the panel's own section."""
    panel = [
        turn
        for name in ("Cy Orr", "Dina Holm", "Eve Park", "Finn Roe")
        for turn in (("Ann Lee", f"Thank you. {name}, please."), (name, TALK))
    ]
    draft = page(
        language,
        tmp_path,
        (OPENING[0], OPENING[1] + "Our keynote speaker is Bo Falk. Bo, the floor is yours."),
        ("Bo Falk", TALK * 2),
        ("Ann Lee", "Thank you, Bo. Now our panel. We have four speakers."),
        *panel,
        (
            "Ann Lee",
            "Thank you, all of you. Now we have time for questions from the floor. Gus Hall asks, who waters the trees in August?",
        ),
        ("Cy Orr", "In August the school caretaker waters the trees, two evenings every week."),
        ("Ann Lee", "Ida Jung asks, what did the fence cost?"),
        ("Dina Holm", "The fence cost 400 pounds, and the parents paid half of it."),
        ("Ann Lee", "Thank you all for coming, and goodbye."),
    )
    assert "The keynote was given by Bo Falk. A panel and questions from the floor followed." in everything(
        draft
    ).replace("\n", " ")
