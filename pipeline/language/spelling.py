"""Names and bodies spelled as registered: a recognised word that sounds and looks like one of them, and was unsure.

The danger is the ordinary word turned into a name ("work" into "York"), so a change needs three things at once: the
word is no ordinary English word (or was recognised with low probability and stands where a name stands), one known
name is clearly nearest by letters and by sound, and no other is near.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import jellyfish
from rapidfuzz.distance import JaroWinkler, Levenshtein

from pipeline.language.labels import Labelled
from pipeline.language.lexicon import fold, is_ordinary
from pipeline.language.people import parse_name
from pipeline.records import Event, VoicedTurn, Word

MOST_HOTWORDS = 20  # more is cut silently by the recogniser, and may be hallucinated into the text
NEAR = 0.84  # similarity that a changed word must reach
VERY_NEAR = 0.9  # where nobody knows how sure the recogniser was
FEW_LETTERS = 2  # letters by which it may then differ
MARGIN = 0.06  # over the next best
SURE = 0.85  # a word recognised with more than this is believed, unless it is no English word at all
_CONTRACTION = re.compile(r"['’](?:ve|re|ll|d|m|t)$", re.IGNORECASE)  # "I've" is no "Ieva"
_STRIP = ".,?!;:…\"'“”‘’()[]"


@dataclass(frozen=True)
class Term:
    """A known spelling and what it is."""

    text: str
    kind: str  # "name" | "body"


@dataclass
class Speller:
    """Corrects words towards the known terms; `changes` says what was changed, and why."""

    terms: Sequence[Term]
    probabilities: bool = True  # False: the source does not say how sure it was (every word has 1.0)
    changes: list[str] = field(default_factory=list)
    _words: dict[str, str] = field(default_factory=dict)
    _by_start: dict[str, list[str]] = field(default_factory=dict)
    _seen: dict[tuple[str, bool], str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for term in self.terms:
            for word in term.text.split():
                key = fold(word)
                if len(key) > 3 and not is_ordinary(word):
                    self._words.setdefault(key, word.strip(_STRIP))
        for key in self._words:
            for start in {_sound(key)[:1], key[:1].upper()}:
                self._by_start.setdefault(start, []).append(key)

    def turn(self, turn: VoicedTurn) -> VoicedTurn:
        """The turn with its misspelt names put right."""
        words = tuple(self.words(turn.words))
        return turn if words == turn.words else turn.model_copy(update={"words": words})

    def words(self, words: Sequence[Word]) -> list[Word]:
        """The words, each with the known spelling where it is misspelt."""
        return [self.word(word) for word in words]

    def word(self, word: Word) -> Word:
        """The word, or a copy with the known spelling."""
        core = word.text.strip(_STRIP)
        whole = fold(core) in self._words  # "St Brigid's" is a name as it stands
        stem = core if whole else core.removesuffix("'s").removesuffix("’s")
        better = self._better(stem, unsure=word.probability < SURE or not self.probabilities) if len(stem) > 3 else None
        if better is None or better == stem:
            return word
        self.changes.append(f"spelled {stem!r} as the known {better!r} at {word.start:.1f} s")
        return word.model_copy(update={"text": word.text.replace(stem, better, 1)})

    def _better(self, stem: str, *, unsure: bool) -> str | None:
        key = (stem, unsure)
        if key not in self._seen:
            self._seen[key] = self._search(stem, unsure=unsure)
        return self._seen[key]

    def _search(self, stem: str, *, unsure: bool) -> str | None:
        low = fold(stem)
        if not stem[0].isupper() or " " in low or not self._words or _CONTRACTION.search(stem):
            return None
        if low in self._words or low.removesuffix("s") in self._words:
            known = self._words.get(low, stem)
            return known if known.lower() != stem.lower() and not is_ordinary(stem) else None  # accents, apostrophes
        if is_ordinary(stem) or not unsure:
            return None
        near = {key for start in (_sound(low)[:1], low[:1].upper()) for key in self._by_start.get(start, [])}
        near = {key for key in near if _digits(key) == _digits(low) and not _derived(low, key)}
        if (
            not self.probabilities
        ):  # perhaps it was heard well: "Bernadette" sounds like "Brandt" to a rule, not to an ear
            near = {key for key in near if Levenshtein.distance(low, key) <= FEW_LETTERS}
        scored = sorted(((likeness(low, key), key) for key in near), reverse=True)[:2]
        if not scored or scored[0][0] < (NEAR if self.probabilities else VERY_NEAR):
            return None
        if len(scored) > 1 and scored[0][0] - scored[1][0] < MARGIN:
            return None
        return self._words[scored[0][1]]


# What makes another word of a name: a Nigerian is no Niger, a Londoner no London.
_ENDINGS = frozenset("n an ian ean ns ans ians eans ese ish er ers i is ic ist ists man men ite ites".split())


def _derived(one: str, other: str) -> bool:
    """Whether one word is the other with an ending of its own."""
    short, long = sorted((one, other), key=len)
    stems = {short, short.rstrip("aeiouy")}
    return any(len(s) > 2 and long.startswith(s) and long[len(s) :] in _ENDINGS for s in stems)


def _digits(word: str) -> str:
    return "".join(c for c in word if c.isdigit())


def _sound(word: str) -> str:
    return str(jellyfish.metaphone(word)) or word[:1]


@lru_cache(maxsize=50_000)
def likeness(one: str, other: str) -> float:
    """How alike two folded words look and sound, 0..1."""
    letters = JaroWinkler.similarity(one, other)
    sounds = JaroWinkler.similarity(_sound(one), _sound(other))
    return 0.5 * letters + 0.5 * sounds


def terms_of(event: Event, labelled: Iterable[Labelled] = ()) -> list[Term]:
    """Everything whose spelling is known: the roster, the event file and the platform's labels."""
    terms = [Term(parse_name(p.name).name, "name") for p in event.registered]
    terms += [Term(a, "name") for p in event.registered for a in p.aliases]
    terms += [Term(p.organisation, "body") for p in event.registered if p.organisation]
    terms += [Term(o, "body") for o in event.organisers]
    terms += [Term(person.name, "name") for person in labelled]
    return list(dict.fromkeys(terms))


def hotwords(event: Event) -> list[str]:
    """At most 20 names and bodies for the recogniser to expect; those with roles first, ordinary words last."""
    people = sorted(event.registered, key=lambda p: (p.role is None, p.organisation is None))
    wanted = [*event.organisers, *(parse_name(p.name).name for p in people), event.theme or ""]
    wanted += [p.organisation for p in people if p.organisation]
    return list(dict.fromkeys(w for w in wanted if len(w) > 2))[:MOST_HOTWORDS]
