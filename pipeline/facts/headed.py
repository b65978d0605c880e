"""What a sentence is about, where its speaker only named it before: "Now, salt. Six grams a day is the most." """

from collections.abc import Mapping
from dataclasses import replace

from pipeline.facts.reading import FINITE
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import Told, supported
from pipeline.language.phrases import disfluent, is_content, lemma
from pipeline.language.said import Said

LONGEST = 4  # words of what is only named
_OPENS = frozenset(
    "so now then next and okay ok right well first second third fourth last lastly finally also but".split()
)
_CLOSES = frozenset("next now then first too".split())
_NO_TOPIC = frozenset(
    "time year month week day hour minute thing way point question answer news lot bit people everyone everybody today tomorrow yesterday "
    "morning afternoon evening night thanks thank joke example number finding result slide item part".split()
)
LEAD = "said that "
_LED = ("on ", "in ", "at ", "if ", "when ", "for ", "before ", "after ", "since ", "with ", "by ", "from ", "to ")


def headed(told: Told, own: Mapping[int, Said], meeting: Meeting) -> Told:
    """A told sentence with the topic that stood before it as a heading: "said that on salt, six grams a day was the most"."""
    before = own.get(told.said.index - 1)
    if before is None or before.turn != told.said.turn or not told.predicate.startswith(LEAD) or told.by:
        return told
    topic = _topic(before)
    rest = told.predicate.removeprefix(LEAD)
    if topic is None or rest.startswith(_LED) or any(w in rest.lower().split() for w in topic.split()):
        return told
    made = replace(told, predicate=f"{LEAD}on {topic}, {rest}", by=before)
    whole = Statement(f"{told.said.who} {made.predicate}", made.evidence, (told.said.name,) if told.said.name else ())
    return made if supported(whole, meeting) else told


def _topic(said: Said) -> str | None:
    """What a sentence without a verb names ("Then, home dialysis."); None where it is more or less than a thing."""
    tokens = [t for t in said.span if not t.is_punct and not disfluent(t) and t.pos_ != "INTJ"]
    while tokens and tokens[0].lower_ in _OPENS:
        tokens = tokens[1:]
    while tokens and tokens[-1].lower_ in _CLOSES:
        tokens = tokens[:-1]
    if not tokens or len(tokens) > LONGEST or not said.text.rstrip().endswith("."):
        return None
    named = [t for t in tokens if is_content(t)]
    things = [t for t in named if t.pos_ == "NOUN"]
    apart = any(t.is_punct and t.i < tokens[-1].i for t in said.span if t.i > tokens[0].i)
    if (
        apart
        or not things
        or any(lemma(t) in _NO_TOPIC for t in named)
        or tokens[-1].pos_ not in ("NOUN", "PROPN")
        or tokens[0].pos_ not in ("NOUN", "ADJ", "DET", "PROPN")
    ):
        return None
    if any(t.tag_ in FINITE or t.pos_ in ("PRON", "NUM") or t.ent_type_ == "PERSON" for t in tokens):
        return None
    words = [t.text if t.pos_ == "PROPN" else t.lower_ for t in tokens]
    return " ".join(words).removeprefix("a ").removeprefix("an ")
