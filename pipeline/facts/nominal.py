"""What is only named, without a verb: "announced the next class, on 4 May"; and dates as a page has them."""

import re

from pipeline.facts.polish import capitals, copied, figures, mended
from pipeline.facts.reading import FINITE, sound
from pipeline.facts.retell import third_person
from pipeline.facts.view import Meeting
from pipeline.facts.wording import Told, borne_out
from pipeline.language.phrases import disfluent
from pipeline.language.said import Said, Token

_SMALL = "first second third fourth fifth sixth seventh eighth ninth".split()
_DAYS = {
    w: n
    for n, w in enumerate(
        [
            *_SMALL,
            *"tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
            *(f"twenty-{w}" for w in _SMALL),
            "thirtieth",
            "thirty-first",
        ],
        start=1,
    )
}
_DATE = re.compile(
    rf"\bthe ({'|'.join(w.replace('-', '[- ]') for w in sorted(_DAYS, key=len, reverse=True))}) of "
    r"(january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def dated(text: str) -> str:
    """ "the tenth of March" -> "10 March"."""
    return _DATE.sub(lambda m: f"{_DAYS[m[1].lower().replace(' ', '-')]} {m[2].capitalize()}", text)


def nominal(said: Said, meeting: Meeting, *, verb: str) -> Told | None:
    """A noun phrase without a verb: "the next class, on the fourth of May" -> "announced the next class, on ..."."""
    tokens = tokens_of(said)
    if not 3 <= len(tokens) <= 30 or any(t.tag_ in FINITE for t in tokens):
        return None
    if not any(t.pos_ in {"NOUN", "PROPN"} and not t.like_num for t in tokens[:6]):
        return None  # "a hundred and forty, to start with"
    if any(
        t.text in {"'s", "’s"} and (t.nbor().like_num or t.nbor().pos_ in {"DET", "ADV", "VERB"}) for t in tokens[:-1]
    ):
        return None  # "the current figure's one point eight": a verb, whatever its tag
    if tokens[0].lower_ not in {"the", "a", "an", "our", "two", "three", "four"} or any(
        t.lower_ in {"i", "we", "you", "your", "thanks", "thank"} for t in tokens
    ):
        return None
    text = third_person(tokens)
    return checked(f"{verb} " + re.sub(r"^their\b", "the", text), said, meeting) if text else None


def tokens_of(said: Said) -> list[Token]:
    """A sentence's tokens without fillers, the words that open it and stray punctuation."""
    tokens = [t for t in said.span if not disfluent(t) and not t.is_space and t.pos_ != "INTJ"]
    while tokens and (tokens[0].is_punct or tokens[0].lower_ in {"so", "and", "but", "now", "well"}):
        tokens.pop(0)
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    kept: list[Token] = []
    for t in tokens:
        if not (t.is_punct and kept and kept[-1].is_punct):
            kept.append(t)
    return kept


def checked(text: str, said: Said, meeting: Meeting, *, least: int = 3) -> Told | None:
    """A wording as it would stand on the page, where the check on every point will let it pass."""
    for own in dict.fromkeys((dated(text), text)):
        made = capitals(mended(figures(own), said.plain), meeting.bodies)
        fits = len(made.split()) >= least and (sound(made) or least < 3) and not copied(made, said.plain)
        if fits and borne_out(f"{said.who} {made}", said, meeting):
            return Told(made, said)
    return None
