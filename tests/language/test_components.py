"""What the components find in sentences of many fields; none of these sentences trained or tuned anything."""

import pytest

from pipeline.engines.nlp import Language
from pipeline.language.acts import Act


@pytest.fixture(scope="module")
def language() -> Language:
    return Language.blank()


@pytest.mark.parametrize(
    ("said", "fluent"),
    [
        ("The kiln is, um, is ready.", "The kiln is ready."),
        ("We open on the Friday, sorry, the Saturday.", "We open on the Saturday."),
        ("It was two hundred, sorry, three hundred ewes.", "It was three hundred ewes."),
        ("It was a very very long night.", "It was a very very long night."),
        ("On the Sunday it ran, on the Monday it stopped.", "On the Sunday it ran, on the Monday it stopped."),
        ("We di- we dug three wells.", "We dug three wells."),
        ("But they couldn't - but they can't pay twice.", "But they can't pay twice."),
        ("She said — um, she wrote that it leaks.", "She wrote that it leaks."),
        ("The loom - the one from Bergen - is mended.", "The loom - the one from Bergen - is mended."),
        ("We'll use the, the the old barn.", "We'll use the old barn."),
        ("A twenty-year lease – no less – was signed.", "A twenty-year lease – no less – was signed."),
    ],
)
def test_disfluencies_are_marked_and_meant_words_are_kept(language: Language, said: str, fluent: str) -> None:
    assert language.docs([said])[0]._.fluent == fluent


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Thornbeck publishes its repair times every quarter, estate by estate, and it publishes the bad ones too.", 1),
        ("Last year thirty-one choirs, none of them rich, put in a hundred and twenty pounds each and commissioned one piece together. All have sung it.", 2),
        ('So I said, "Well, come and show us." Now we have fourteen elders who teach with us.', 2),
    ],
)  # fmt: skip
def test_sentences_end_at_their_marks(said: str, count: int) -> None:
    """Where somebody punctuated, a second verb begins no sentence."""
    assert len(list(Language().docs([said])[0].sents)) == count


def test_a_sentence_said_twice_without_any_mark_is_two_sentences() -> None:
    said = "that was the ferry that was the ferry and then in the in the end it left"
    assert Language().docs([said])[0]._.fluent == "that was the ferry that was the ferry and then in the end it left"


@pytest.mark.parametrize(
    ("said", "name", "role", "organisation"),
    [
        ("My name is Rosa Lindqvist, and I run the clinic.", "Rosa Lindqvist", "", ""),
        ("I'm Tariq Osei from the Harbour Choir.", "Tariq Osei", "", "Harbour Choir"),
        (
            "Good evening, I'm Joanna Pike, the treasurer of the Fell Rescue Team.",
            "Joanna Pike",
            "treasurer",
            "Fell Rescue Team",
        ),
        ("Hi everyone, Petra here from the city archive.", "Petra", "", ""),
        ("So my name's Kofi, Kofi Mensah, and I head up the blood service.", "Kofi Mensah", "", ""),
        ("Hi, it's Ingrid from accounts.", "Ingrid", "", ""),
        ("I'm Hannah Weiss, formerly of the Treasury, now at Oxfam.", "Hannah Weiss", "", "Oxfam"),
        ("I'm Ravi Patel. I used to be at the Met Office.", "Ravi Patel", "", ""),
        (
            "I'm Oluwaseun Adeyemi, lead developer at Brightwater Software.",
            "Oluwaseun Adeyemi",
            "lead developer",
            "Brightwater Software",
        ),
        ("I am Professor Yuto Tanaka of the University of Leeds.", "Yuto Tanaka", "", "University of Leeds"),
        ("I'm not Hannah, I'm Ruth Weiss from the Refugee Council.", "Ruth Weiss", "", "Refugee Council"),
        ("I'm Grace, I'm a volunteer with the lifeboats.", "Grace", "volunteer", ""),
        ("This is Mehmet speaking, from the Istanbul branch.", "Mehmet", "", ""),
    ],
)
def test_self_introductions(language: Language, said: str, name: str, role: str, organisation: str) -> None:
    (found,) = [i for i in language.docs([said])[0]._.introductions if i.kind == "self"]
    assert (found.name, found.role, found.organisation) == (name, role, organisation)


@pytest.mark.parametrize(
    "said",
    [
        "I'm not Sarah.",
        "I'm Kenyan.",
        "I'm glad to be here.",
        "If I'm Sarah, I say no.",
        "This is great.",
        "I'm Scottish, so I know about rain.",
        "If you need help, it's Ines again.",
        "I'm happy with that.",
    ],
)
def test_what_only_looks_like_a_self_introduction(language: Language, said: str) -> None:
    assert not [i for i in language.docs([said])[0]._.introductions if i.kind == "self"]


def test_others_are_introduced_with_post_and_honours(language: Language) -> None:
    (doc,) = language.docs(["Please welcome Dr Samira Haddad OBE, who is the director of the Marsh Bird Trust."])
    (found,) = [i for i in doc._.introductions if i.kind == "introduced"]
    assert (found.name, found.honours, found.role) == ("Samira Haddad", "Dr ... OBE", "director")
    assert found.organisation == "Marsh Bird Trust"


@pytest.mark.parametrize(
    ("said", "name", "role", "organisation"),
    [
        (
            "our next speaker is Dr Salma Haddad, consultant in palliative care at St Jude's Hospice",
            "Salma Haddad",
            "consultant in palliative care",
            "St Jude's Hospice",
        ),
        ("Let me introduce our treasurer, Miguel Santos.", "Miguel Santos", "treasurer", ""),
        (
            "Our guest tonight is Bjorn Larsen, curator at the Maritime Museum.",
            "Bjorn Larsen",
            "curator",
            "Maritime Museum",
        ),
    ],
)
def test_others_are_introduced(language: Language, said: str, name: str, role: str, organisation: str) -> None:
    (found,) = language.docs([said])[0]._.introductions
    assert (found.name, found.role, found.organisation) == (name, role, organisation)


def test_a_former_post_is_marked_as_such(language: Language) -> None:
    (doc,) = language.docs(["A group led by Helen Marsh, who used to be at the Port Office, will report."])
    assert all(i.former for i in doc._.introductions)


@pytest.mark.parametrize(
    ("said", "kind", "name"),
    [
        ("Over to you, Priya.", "next", "Priya"),
        ("Over to, um, you, Priya.", "next", "Priya"),
        ("We'll now go to Mr. Kowalski.", "next", "Kowalski"),
        ("Ms Adeyemi, you have the floor.", "next", "Adeyemi"),
        ("Marek, is the pump loud?", "next", "Marek"),
        ("Elena, would you like to add anything?", "next", "Elena"),
        ("Thank you very much, Tom.", "previous", "Tom"),
        ("As Hannah said, the glaze cracks.", "about", "Hannah"),
    ],
)
def test_handovers(language: Language, said: str, kind: str, name: str) -> None:
    (found,) = language.docs([said])[0]._.handovers
    assert (found.kind, found.name) == (kind, name)


@pytest.mark.parametrize(
    "said",
    [
        "Before we go to Priya, a word about the tea.",
        "Will you go ahead with the roof?",
        "There is a question in the chat from Omar Farouk.",
        "May I go on?",
    ],
)
def test_no_handover(language: Language, said: str) -> None:
    assert not [h for h in language.docs([said])[0]._.handovers if h.kind == "next"]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("How many hives did you lose?", "question"),
        ("do you have a date for the boiler", "question"),
        ("Today we are launching a new guide.", "announcement"),
        ("You're on mute.", "housekeeping"),
        ("Nothing has been decided.", "undecided"),
        ("Thank you all.", "thanks"),
    ],
)
def test_acts(language: Language, said: str, kind: str) -> None:
    (act,) = language.docs([said])[0]._.acts
    assert isinstance(act, Act)
    assert kind in act.kinds


def test_modality_stays_with_the_act(language: Language) -> None:
    (act,) = language.docs(["We may look at whether a shared van could work."])[0]._.acts
    assert {"possible", "considered"} <= set(act.modality)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("And with that I'll pass you over to our chief nurse, Adaeze Obi.", "Adaeze Obi"),
        ("I'll stop there and give way to Farid.", "Farid"),
        ("We turn to the question of the weir, and to Dr Lindqvist.", "Lindqvist"),
        ("Could we now go, with a slight change of order, to Henrik Falk?", "Henrik Falk"),
    ],
)
def test_the_floor_is_given_by_the_verb_whatever_stands_between(said: str, name: str) -> None:
    (found,) = Language().docs([said])[0]._.handovers
    assert (found.kind, found.name) == ("next", name)


@pytest.mark.parametrize(
    "said",
    [
        "We went to a school where Farid teaches.",
        "I'd like to give a shout-out to Farid.",
        "We are not going back to Farid.",
        "I moved to a system that Farid designed.",
    ],
)
def test_going_and_giving_of_other_kinds_hand_nothing_over(said: str) -> None:
    assert not [h for h in Language().docs([said])[0]._.handovers if h.kind == "next"]
