"""The queue: what is likeliest to be wrong comes first, and what is wrong is said."""

from pipeline.records import Person
from pipeline.review.claims import RISKS, Claim, claims_of, warnings_for
from pipeline.review.draft import DraftDocument
from pipeline.review.edits import DecisionEdit, PersonEdit, SpeakerEdit
from pipeline.review.voices import lines_of, stretches_of, voices_of
from pipeline.review.working import working_on
from tests.review.helpers import DRAFT
from tests.review.test_working import after, based, with_texts


def claim(name: str, draft: DraftDocument = DRAFT) -> Claim:
    """A claim of a draft without edits."""
    return next(c for c in claims_of(working_on(draft)) if c.ref == name)


def with_person(name: str, **update: object) -> DraftDocument:
    """The draft with somebody else's details."""
    people: tuple[Person, ...] = tuple(
        p.model_copy(update=update) if p.name == name else p for p in DRAFT.summary.people
    )
    return DRAFT.model_copy(update={"summary": DRAFT.summary.model_copy(update={"people": people})})


def test_claims_come_by_risk():
    """The groups never mix."""
    risks = [RISKS.index(c.risk) for c in claims_of(working_on(DRAFT))]
    assert risks == sorted(risks)
    assert len(set(risks)) >= 4


def test_a_name_that_was_not_said_is_not_supported():
    """It comes to the very top, with the reason."""
    found = claim("keynote-2", with_texts({"keynote-2": "Idris Sal said that a cheap gauge beats the best probe."}))
    assert found.risk == "unsupported"
    assert any("Idris Sal" in w for w in found.warnings)


def test_a_number_is_looked_at_and_a_wrong_one_first():
    """A number that was not said is not supported; one that was is still listened to."""
    assert claim("results-1").risk in ("numbers", "unsupported")
    wrong = claim("results-1", with_texts({"results-1": "Asked when they measure, 72% chose the morning."}))
    assert any("72" in w for w in wrong.warnings)


def test_a_role_that_nobody_gave_is_not_supported():
    """Roles come from the roster or from what was said."""
    assert claim("Henrik Solberg", with_person("Henrik Solberg", role="Treasurer")).risk == "unsupported"
    assert not any("role" in w for w in claim("Marguerite Oyelaran").warnings)


def test_names_off_the_roster_are_said():
    """Where there is a roster."""
    assert any("roster" in w for w in claim("Bronwen Pugh").why)
    without = DRAFT.model_copy(update={"event": DRAFT.event.model_copy(update={"registered": ()})})
    assert not any("roster" in w for w in claim("Bronwen Pugh", without).why)


def test_decisions_show():
    """Accepted, dropped, confirmed; a confirmed person whose details change is open again."""
    base = based("keynote-2")
    states = {
        c.ref: c.state
        for c in claims_of(
            after(
                DecisionEdit(base=base, decision="accepted", text=base.point.text),
                DecisionEdit(base=based("keynote-1"), decision="dropped", text="x"),
                PersonEdit(name="Idris Sal", confirmed=True),
                PersonEdit(name="Bronwen Pugh", confirmed=True),
                PersonEdit(name="Bronwen Pugh", role="Warden"),
            )
        )
    }
    assert states["keynote-2"] == "accepted"
    assert states["keynote-1"] == "dropped"
    assert states["Idris Sal"] == "accepted"
    assert states["Bronwen Pugh"] == "open"


def test_an_edited_claim_is_checked_against_its_evidence():
    """The same check as before publication."""
    working = working_on(DRAFT)
    point = next(s for s in working.statements if s.generated.id == "announcements-2").point()
    assert warnings_for(point.model_copy(update={"text": "The Forum will move to Paris in 2031."}), working)


def test_voices_have_excerpts_reasons_and_lines():
    """What an editor needs to say who it is."""
    working = working_on(DRAFT)
    voices = {v.key: v for v in voices_of(working)}
    assert len(voices["V03"].excerpts) == 3
    assert voices["V03"].excerpts[0].start < voices["V03"].excerpts[1].start
    assert voices["V08"].name is None
    assert "Nothing" in voices["V08"].reason
    assert voices["V01"].reason == "Introduces themselves."
    assert sum(len(line.words) for line in lines_of(working)) == sum(len(t.words) for t in working.turns)
    assert max(line.end - line.start for line in lines_of(working)) < 90


def test_a_voice_with_two_people_says_so():
    """After one line of it was corrected."""
    spans = stretches_of("V03", working_on(DRAFT))[:1]
    voice = next(v for v in voices_of(after(SpeakerEdit(spans=spans, name="Idris Sal"))) if v.key == "V03")
    assert set(voice.names) == {"Bronwen Pugh", "Idris Sal"}
    assert voice.name == "Bronwen Pugh"
