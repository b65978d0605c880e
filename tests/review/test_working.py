"""The draft with edits applied: a change shows everywhere at once, and what a person wrote wins."""

import pytest

from pipeline.records import Point, Spoken
from pipeline.review.draft import DraftDocument
from pipeline.review.edits import (
    Content,
    DecisionEdit,
    MeetingEdit,
    PersonEdit,
    QuestionEdit,
    Signed,
    SpeakerEdit,
    TextEdit,
    Undo,
    WordsEdit,
    active,
    undoable,
)
from pipeline.review.meeting import Document, document_of, edited
from pipeline.review.voices import stretches_of
from pipeline.review.working import Working, working_on
from tests.review.helpers import DRAFT


def sign(*edits: Content | Undo, who: str = "Edna") -> list[Signed]:
    """A ledger."""
    return [Signed(seq=n, at="2026-01-01", who=who, group=f"g{n}", edit=e) for n, e in enumerate(edits, start=1)]


def after(*edits: Content | Undo, draft: DraftDocument = DRAFT) -> Working:
    """The draft with edits."""
    return edited(draft, sign(*edits))


def based(point: str, draft: DraftDocument = DRAFT):
    """A statement as edits refer to it."""
    return next(s for s in working_on(draft).statements if s.generated.id == point).based


def texts(working: Working) -> dict[str, str]:
    """Statements of the page by id."""
    return {p.id: p.text for s in working.summary().sections for p in s.points}


def with_texts(change: dict[str, str | None], draft: DraftDocument = DRAFT, *, shift: bool = False) -> DraftDocument:
    """A draft made anew: other texts, statements gone (None), and with `shift` other ids for all of them."""
    sections = []
    for s in draft.summary.sections:
        kept = [p for p in s.points if change.get(p.id, "") is not None]
        points = [p.model_copy(update={"text": change.get(p.id) or p.text}) for p in kept]
        if shift:
            extra = Point(
                id="x", text="A new statement that nobody has seen.", speakers=(), evidence=(Spoken(start=1, end=2, words="welcome"),)
            )  # fmt: skip
            points = [p.model_copy(update={"id": f"{s.kind}-{n}"}) for n, p in enumerate([extra, *points], start=1)]
        sections.append(s.model_copy(update={"points": tuple(points)}))
    return draft.model_copy(update={"summary": draft.summary.model_copy(update={"sections": tuple(sections)})})


def test_without_edits_the_document_is_the_draft():
    """Review adds nothing of its own."""
    document = document_of(working_on(DRAFT))
    assert document.conversation == DRAFT.conversation
    assert document.themed.parts == DRAFT.themed.parts
    assert document.summary == DRAFT.summary


def test_a_renamed_person_is_renamed_everywhere():
    """Transcript, list of people, statements and their speakers; surnames that stand alone too."""
    working = after(PersonEdit(name="Bronwen Pugh", to="Bronwen Puw"))
    document = document_of(working)
    said = document.summary.model_dump_json(exclude={"people": {"__all__": {"evidence"}}})
    assert "Bronwen Puw" in {t.name for t in document.conversation.turns}
    assert "Bronwen Pugh" not in {t.name for t in document.conversation.turns}
    assert "Pugh" not in said
    assert "Bronwen Puw, of the Upper Tamsel Trust, launched" in said


def test_a_named_voice_is_on_the_page_with_what_the_roster_says():
    """Naming an unknown voice after somebody registered brings their organisation along."""
    working = after(SpeakerEdit(spans=stretches_of("V08", working_on(DRAFT)), name="Silvia Marchetti", voice="V08"))
    person = next(p for p in working.summary().people if p.name == "Silvia Marchetti")
    assert (person.spoke, person.status, person.organisation) == (True, "confirmed", "Lower Ford Anglers")
    assert "Silvia Marchetti" in {t.name for t in working.turns}


def test_one_voice_for_two_people_is_merged_by_one_name():
    """Two voices with one name are one person on the page, with both their parts."""
    spans = stretches_of("V04", working_on(DRAFT))
    working = after(SpeakerEdit(spans=spans, name="Bronwen Pugh", voice="V04"))
    names = [p.name for p in working.summary().people]
    assert names.count("Bronwen Pugh") == 1
    assert "Idris Sal" not in names
    assert "Idris Sal" not in texts(working)["announcements-1"]


def test_two_registered_people_are_not_mixed_up():
    """A line that was put to the wrong one moves; what is said of the other elsewhere stays."""
    registered = (*DRAFT.event.registered, *(r for r in ()))
    event = DRAFT.event.model_copy(
        update={
            "registered": (
                *registered,
                registered[0].model_copy(update={"name": "Catalina Ruiz"}),
                registered[0].model_copy(update={"name": "Pia Lindqvist"}),
            )
        }
    )
    draft = DRAFT.model_copy(update={"event": event})
    working = edited(draft, sign(SpeakerEdit(spans=((1753.0, 2110.0),), name="Pia Lindqvist", voice="V05")))
    said = texts(working)
    assert said["areas-2"].count("Pia Lindqvist") == 1  # rests on that line
    assert "Pia Lindqvist" in said["areas-3"]


def test_words_corrected_everywhere_reach_page_and_evidence():
    """A statement and what it rests on say the same afterwards, so the check still holds."""
    working = after(WordsEdit(before="gate", after="stile", everywhere=True))
    assert "gate " not in " ".join(t.text for t in working.turns)
    assert "the stile was ours to mend" in working.summary().model_dump_json()


def test_the_editors_words_are_not_touched_by_word_corrections():
    """Human text wins."""
    working = after(
        TextEdit(base=based("areas-1"), text="Who mends a gate."),
        WordsEdit(before="gate", after="stile", everywhere=True),
    )
    assert texts(working)["areas-1"] == "Who mends a gate."


def test_dropped_statements_leave_the_page_and_empty_sections_go():
    """A section without statements has no heading either."""
    working = after(DecisionEdit(base=based("results-1"), decision="dropped", text="x"))
    assert "results" not in {s.kind for s in working.summary().sections}


def test_accepted_holds_for_the_text_that_was_accepted():
    """A later wording has to be accepted anew."""
    base = based("keynote-2")
    accepted = DecisionEdit(base=base, decision="accepted", text=base.point.text)
    assert next(s for s in after(accepted).statements if s.generated.id == "keynote-2").accepted
    worded = after(accepted, TextEdit(base=base, text="Cheap gauges are worth more."))
    assert not next(s for s in worded.statements if s.generated.id == "keynote-2").accepted


def test_undo_takes_back_and_keeps_the_record():
    """The ledger still has the edit; the page does not."""
    edit = TextEdit(base=based("keynote-2"), text="Other words.")
    ledger = sign(edit, Undo(group="g1"))
    assert len(ledger) == 2
    assert active(ledger) == []
    assert undoable(ledger[:1], "Edna") == ("g1", None)
    assert undoable(ledger, "Edna") == (None, "g1")
    assert undoable(ledger[:1], "Otto") == (None, None)


def test_a_settled_question_is_not_asked_again():
    """Until it is opened again."""
    question = DRAFT.summary.questions_for_editor[0]
    assert question not in after(QuestionEdit(question=question, settled=True)).open_questions()
    again = after(QuestionEdit(question=question, settled=True), QuestionEdit(question=question, settled=False))
    assert question in again.open_questions()


def test_the_header_can_be_corrected_but_not_emptied():
    """A page has a title."""
    facts = after(MeetingEdit(title="", date="2025-03-12", platform="")).summary().meeting
    assert (facts.title, facts.date, facts.platform) == (DRAFT.summary.meeting.title, "2025-03-12", None)


# ---- a draft made anew ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shift", [False, True])
def test_the_editors_wording_survives_regeneration(shift: bool):
    """Other numbers, other words around it: the human text wins, and the new wording is shown beside it."""
    mine = "In his view a gauge that is read is worth more than a costly one."
    edit = TextEdit(base=based("keynote-2"), text=mine)
    anew = with_texts(
        {"keynote-2": "In his view, a cheap gauge read on time beats a costly one that nobody visits."}, shift=shift
    )
    working = after(edit, draft=anew)
    kept = [s for s in working.statements if s.text == mine]
    assert len(kept) == 1
    assert kept[0].anew is not None
    assert "beats" in kept[0].anew
    assert len(texts(working)) == len([p for s in anew.summary.sections for p in s.points])


def test_a_statement_that_the_new_draft_lacks_is_kept_for_the_editors_words():
    """Nothing that a person wrote is lost, and ids stay unique."""
    edit = TextEdit(base=based("announcements-2"), text="The Forum may become a charity.")
    working = after(edit, draft=with_texts({"announcements-2": None}))
    assert "The Forum may become a charity." in texts(working).values()
    ids = [p.id for s in working.summary().sections for p in s.points]
    assert len(ids) == len(set(ids))


def test_a_dropped_statement_stays_dropped_when_it_moves():
    """It does not come back under another number."""
    edit = DecisionEdit(base=based("areas-2"), decision="dropped", text="x")
    working = after(edit, draft=with_texts({}, shift=True))
    assert not any("gap between spring and autumn" in t for t in texts(working).values())


def test_what_nobody_touched_takes_the_new_wording():
    """The merge is not a freeze."""
    working = after(TextEdit(base=based("keynote-2"), text="Mine."), draft=with_texts({"panel-1": "Four spoke."}))
    assert texts(working)["panel-1"] == "Four spoke."


def test_parts_are_counted_in_the_turns_as_they_are():
    """A turn that was cut in two does not shift the parts behind it."""
    working = after(SpeakerEdit(spans=((200.0, 300.0),), name="Bo Reed"))
    document: Document = document_of(working)
    closing = document.themed.parts[-1]
    assert document.conversation.turns[closing.first].text.startswith("Thank you to everybody")
    keynote = document.themed.parts[1]
    assert keynote.last - keynote.first == 2
