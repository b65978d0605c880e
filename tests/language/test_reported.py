"""Reported speech: what a reader who was not there may be told, and what must rather be left out."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest
from spacy.tokens import Span

from pipeline.engines.nlp import Language
from pipeline.language.reported import clean, compress, join_and, noun_phrase, question_topic, report, sentence_case

TALK = Path(__file__).parents[3] / "shared" / "data" / "meeting-sentences.txt.gz"


@cache
def language() -> Language:
    return Language()


def span(text: str) -> Span:
    return language().docs([text])[0][:]


def told(text: str, **options: object) -> str | None:
    return report(span(text), **{"speaker": "Ada Bell", "body": "the orchard", "pronoun": "she", **options})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("spoken", "reported"),
    [
        ("So, um, we will publish the results next week.", "Ada Bell said that the orchard would publish the results the following week"),
        ("We haven't decided whether the lab will stay open.", "Ada Bell said that the orchard had not decided whether the lab would stay open"),
        ("I'd like to thank Amina and her team for organising the field trip.", "Ada Bell thanked Amina and her team for organising the field trip"),
        ("Today we are launching The Meter Book.", "Ada Bell launched The Meter Book"),
        ("I think that the rents might go up again.", "Ada Bell thought that the rents might go up again"),
        ("Please send your photographs to the archive.", "Ada Bell asked members to send their photographs to the archive"),
        ("Don't forget to bring your own tools to the workshop.", "Ada Bell asked members not to forget to bring their own tools to the workshop"),
        ("My advice is, train two people, not one.", "Ada Bell advised members to train two people, not one"),
        ("I suggest we write to the minister about the delay.", "Ada Bell suggested that the orchard should write to the minister about the delay"),
        ("Nothing's decided, and the sums may not work.", "Ada Bell said that nothing was decided, and the sums might not work"),
        ("The council's decided to pay for the roof.", "Ada Bell said that the council had decided to pay for the roof"),
        ("Could the parish councils share a single clerk?", "Ada Bell asked whether the parish councils could share a single clerk"),
        ("does the council have any plans to repair the footbridge", "Ada Bell asked whether the council had any plans to repair the footbridge"),
    ],
)  # fmt: skip
def test_a_spoken_sentence_becomes_reported_speech(spoken: str, reported: str) -> None:
    """Person, tense, order and the reporting verb follow what the speaker did."""
    assert told(spoken) == reported


@pytest.mark.parametrize(
    "spoken",
    [
        "It works.",
        "That was what I meant.",
        "They told us about it.",
        "You said so yourself.",
        "Which one?",
        "Well, um.",
        "and the",
        "Isn't it nice?",
    ],
)
def test_what_needs_the_room_to_be_understood_is_left_out(spoken: str) -> None:
    """No sentence is better than one whose "it" nobody can resolve."""
    assert told(spoken) is None


def test_modality_and_denial_are_kept() -> None:
    """A possibility never becomes a fact, and nothing that was denied is affirmed."""
    assert "might not suit" in str(told("The scheme may not suit the smaller groups."))
    assert "would look at whether" in str(told("So the network will look at whether a shared scheme could work."))


@pytest.mark.parametrize(
    ("spoken", "reported"),
    [
        ("We opened a second kitchen in Leeds in 2019.", "the orchard opened a second kitchen in Leeds in 2019"),
        ("We hope to start a trial in May.", "they hoped to start a trial in May"),
        ("You need three ovens to bake that many loaves.", "one needed three ovens to bake that many loaves"),
        ("The exhibition opens on Monday in the town hall.", "the exhibition would open on Monday in the town hall"),
        ("The baker's offered to host the next supper.", "the baker had offered to host the next supper"),
        ("The crust is so much stiffer that it cracks.", "the crust was so much stiffer that it cracked"),
        ("I'd like to say very clearly that the recipe was hers.", "the recipe was hers"),
        ("10 years earlier the mill had closed.", "ten years earlier the mill had closed"),
        ("Our team counted 4100 sparrows in 2022.", "the orchard's team counted 4,100 sparrows in 2022"),
    ],
)
def test_parties_tenses_and_numbers(spoken: str, reported: str) -> None:
    """Who "we" and "you" are, what a set date, a contraction and a number become."""
    assert told(spoken) == f"Ada Bell said that {reported}"


@pytest.mark.parametrize(
    "spoken",
    [
        "So here we are in the barn again.",
        "In this country we throw away a third of our bread.",
        "The first was a lack of water.",
        "From that we took three lessons.",
        "The other thing we wanted to say was about salt.",
        "Her book, it's called How You Bake Bread, is out today.",
        "Because flour is so expensive.",
    ],
)
def test_what_claims_nothing_or_has_no_party_is_left_out(spoken: str) -> None:
    """Generic "we", bare pointers, commands and titles are no statements of a body."""
    assert told(spoken) is None


def test_a_but_that_denies_is_never_cut_off() -> None:
    """ "We could build it, but it is not allowed" must not end at the comma."""
    text = told("We could build a second hall, but nobody has given us the money.")
    assert text is None or "nobody" in text


def test_a_number_is_never_cut_in_two() -> None:
    """ "A hundred and forty people" must not become forty."""
    assert "140 people" in str(told("A hundred and forty people have registered, and I can see you all."))


def test_without_a_body_we_are_they() -> None:
    """Where nobody knows what "we" stands for, it is not made up."""
    assert (
        told("We planted two thousand trees along the river.", body=None)
        == "Ada Bell said that they planted two thousand trees along the river"
    )


def test_options_for_assembling() -> None:
    """The page's macros begin with the verb, use another verb, or state the thing itself."""
    assert told("The clinic will open in June.", with_subject=False) == "said that the clinic would open in June"
    assert told("The clinic will open in June.", verb="added") == "Ada Bell added that the clinic would open in June"
    assert told("The clinic will open in June.", verb="") == "The clinic will open in June"
    assert (
        told("It will open in June.", referents={"it": "the clinic"})
        == "Ada Bell said that the clinic would open in June"
    )


@pytest.mark.parametrize(
    ("spoken", "topic"),
    [
        ("How do we bring in younger people?", "how to bring in younger people"),
        ("who pays when a battery wears out", "who pays when a battery wears out"),
        ("Omar asks, who pays when a battery wears out?", "who pays when a battery wears out"),
        ("Will there be money for the buses after April?", "whether there will be money for the buses after April"),
        ("Marek, is a heat pump loud?", "whether a heat pump is loud"),
        ("Why did the museum close its second site?", "why the museum closed its second site"),
        ("We met in the hall.", None),
        ("Do you want to take that one?", None),
    ],
)
def test_a_question_becomes_a_topic(spoken: str, topic: str | None) -> None:
    """Areas covered are topics in statement order; who in particular was asked is none."""
    assert question_topic(span(spoken)) == topic


def test_disfluencies_go_and_corrections_win() -> None:
    """Nobody reads fillers, repeats or what the speaker took back."""
    assert [t.text for t in clean(span("We, um, we meet on the Monday, sorry, the Tuesday."))] == [
        "we",
        "meet",
        "on",
        "the",
        "Tuesday",
        ".",
    ]


def test_compress_keeps_what_matters() -> None:
    """Shorter, but never without a denial, a number, a modal or a name."""
    text = compress(
        span(
            "Well, basically, the council will not repair the twelve bridges in Ashford, which is really a great pity."
        ),
        limit=12,
    )
    assert text is None or all(w in text for w in ("will", "not", "twelve", "Ashford"))


def test_noun_phrase_is_a_label() -> None:
    """A noun with its modifiers, without the speaker's "our"."""
    doc = span("We talked about our widening gap between old and new schools.")
    gap = next(t for t in doc if t.text == "gap")
    assert noun_phrase(gap) == "the widening gap between old and new schools"
    assert noun_phrase(doc[0]) == ""


def test_small_helpers() -> None:
    """Lists and sentences end as English does."""
    assert [join_and(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert [sentence_case(x) for x in ("", "yes", "Why?")] == ["", "Yes.", "Why?"]


@pytest.mark.skipif(not TALK.is_file(), reason="the meeting talk is not beside this checkout")
def test_no_first_person_and_no_filler_reaches_the_page() -> None:
    """Over real talk: nothing that was reported still speaks in the first or second person."""
    lines = gzip.decompress(TALK.read_bytes()).decode().splitlines()[::450]
    reports = [
        r
        for doc in language().docs(lines)
        for s in doc.sents
        if (r := report(s, speaker="Ada Bell", body="the orchard"))
    ]
    bad = [r for r in reports if re.search(r"\b(?:I|me|my|we|us|our|you|your|um|uh|er|gonna|n't)\b", r)]
    assert len(reports) > 25
    assert not bad
