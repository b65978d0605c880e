"""Finds the names of people in a doc: registered ones with their registered spelling, others by form and entities.

Recognised speech is often without capitals, and small models call first names places; so a name is taken from the
roster first, then from a title before it, then from the entities, then from a list of first names. What only looks
like a name (capitalised, unknown) is kept as `person=False`, for the introductions that accept it.
"""

import re
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.language import notes
from pipeline.language.lexicon import fold, is_ordinary
from pipeline.language.lists import (
    COURTESIES,
    HONOURS,
    NOT_NAMES,
    ORGANISATION_WORDS,
    PARTICLES,
    SHORTENED,
    TITLES,
    given_names,
)
from pipeline.language.people import Directory, Entry, directory_of

FACTORY = "afterword_roster"
_WORD = re.compile(r"[^\W\d_]+(?:[.'’\-][^\W\d_]*)*")
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_NAME = 5  # words
_NUMBERED = re.compile(r"^[A-Z]?-?\d")
_TITLES = COURTESIES | TITLES.keys()
_BEFORE_POSTS = frozenset("mr mrs ms madam madame mister the our hon honourable honorable right".split())
_LONGEST_POST = 12  # words


@dataclass(frozen=True)
class Mention:
    """A name as it was said: tokens [start, end) with its titles and honours."""

    start: int
    end: int
    name: str  # without titles and honours, as said
    title: str = ""  # shown titles, e.g. "Dr"
    letters: str = ""  # shown honours after the name, e.g. "OBE"
    courtesy: str = ""  # "Mr", "Minister", ... as said before it
    person: bool = True  # False: capitalised and unknown, may be a body or a thing
    known: bool = False  # somebody on the roster has this name
    post: bool = False  # not a name but what somebody is known to be: "the Minister for Health"

    @property
    def surname(self) -> bool:
        """A single word here is a family name."""
        return bool(self.courtesy or self.title)

    @property
    def full(self) -> bool:
        """First and family name were said."""
        return len(self.name.split()) > 1

    @property
    def likely(self) -> bool:
        """A person, or an unknown word that may be one: short, in no dictionary, and no word for a body in it."""
        words = self.name.lower().split()
        if self.person or len(words) > 3 or any(w in ORGANISATION_WORDS for w in words):
            return self.person
        return not any(is_ordinary(w) for w in words) or words[0] in given_names()

    @property
    def honours(self) -> str | None:
        """ "Dr", "OBE" or "Dr ... OBE"."""
        return " ... ".join(part for part in (self.title, self.letters) if part) or None


def find_names(doc: Doc, directory: Directory) -> list[Mention]:
    """All names in the doc, left to right, not overlapping."""
    finder = _Finder(doc, directory)
    found: list[Mention] = []
    at = 0
    while at < len(doc):
        mention = finder.at(at)
        if mention is None:
            at += 1
        else:
            found.append(mention)
            at = mention.end
    return found


class _Finder:
    def __init__(self, doc: Doc, directory: Directory) -> None:
        self._doc = doc
        self._tokens = list(doc)  # indexing a list is much cheaper than indexing a doc
        self._directory = directory
        self._tagged = doc.has_annotation("TAG")
        letters = [t for t in doc if t.is_alpha]
        self._cased = any(t.text[0].isupper() and t.lower_ != "i" for t in letters)

    def at(self, start: int) -> Mention | None:
        """The name that begins at this token, titles included."""
        post = self._post(start)
        if post is not None:
            return post
        begin, titles = self._titles(start)
        titled = begin > start
        core = self._core(begin, titled=titled)
        if core is None:
            return None
        end, person, known = core
        text = " ".join(self._doc[begin:end].text.split())
        if end < len(self._tokens) and not self._tokens[end - 1].is_punct and _NUMBERED.search(self._tokens[end].text):
            return None  # "Bill C-7"
        if text.endswith(("'s", "’s")):
            return None
        letters, last = self._letters(end)
        title = " ".join(TITLES[t] for t in titles if t in TITLES)
        courtesy = "" if title or not titled else self._tokens[start].text
        return Mention(start, last, text, title, letters, courtesy, person or titled, known)

    def _post(self, start: int) -> Mention | None:
        """ "Minister", "the Deputy Minister", "Mr. Chair", where the meeting knows who that is."""
        begin, _ = self._titles(start, only=_BEFORE_POSTS)
        if begin >= len(self._tokens) or not self._directory.posts_begin(self._tokens[begin].lower_):
            return None
        for end in range(min(len(self._doc), begin + _LONGEST_POST), begin, -1):
            words = fold(self._doc[begin:end].text)
            if self._directory.is_post(words):
                return self._as_post(start, begin, end, words)
        return None

    def _as_post(self, start: int, begin: int, end: int, words: str) -> Mention | None:
        following = self._tokens[end] if end < len(self._tokens) else None
        named = following is not None and following.text[:1].isupper() and not self._first_in_sentence(following)
        if named and not following.is_sent_start and following.lower_ != "i":  # type: ignore[union-attr]
            return None  # "Minister Blair"
        single = end - begin == 1 and begin == start
        if single and not self._tokens[begin].text[:1].isupper() and not self._alone(begin):
            return None
        return Mention(start, end, words, known=True, post=True)

    def _alone(self, at: int) -> bool:
        """Between commas or stops, or after "thank you"."""
        before = self._tokens[at - 1].lower_ if at else "."
        after = self._tokens[at + 1].text if at + 1 < len(self._tokens) else "."
        return before in (",", ".", "you", "thanks", "?") and after in (",", ".", "?", "!")

    def _titles(self, at: int, only: frozenset[str] | None = None) -> tuple[int, list[str]]:
        titles: list[str] = []
        doc = self._tokens
        while (
            at < len(doc) and doc[at].lower_.strip(".") in (only or _TITLES) and not (titles and doc[at].is_sent_start)
        ):
            titles.append(doc[at].lower_.strip("."))
            at += 1
            if at < len(doc) and doc[at].text == "." and not doc[at - 1].whitespace_ and titles[-1] in SHORTENED:
                at += 1
        return at, titles

    def _letters(self, end: int) -> tuple[str, int]:
        doc, letters, last, at = self._doc, [], end, end
        while at < len(doc) and (doc[at].text in HONOURS or (doc[at].text == "," and at + 1 < len(doc))):
            if doc[at].text in HONOURS:
                letters.append(doc[at].text)
                last = at + 1
            elif doc[at + 1].text not in HONOURS:
                break
            at += 1
        return " ".join(letters), last

    def _core(self, begin: int, *, titled: bool) -> tuple[int, bool, bool] | None:
        """(end, certainly a person, on the roster) of the longest name that begins here."""
        if begin >= len(self._tokens):
            return None
        registered = self._registered(begin, titled=titled)
        if registered is not None:
            grown = self._grown(begin, registered)
            if grown > registered and not self._directory.knows(fold(self._doc[begin:grown].text)):
                # "Daniel Turner" is not the registered Daniel Mensah.
                return grown, True, False
            return registered, True, True
        end = self._grown(begin, begin)
        if end == begin or (not titled and self._is_title_alone(begin, end)):
            return None
        return end, titled or self._is_person(begin, end), False

    def _registered(self, begin: int, *, titled: bool) -> int | None:
        if not self._directory.begins(fold(self._tokens[begin].text)):
            return None
        for end in range(min(len(self._doc), begin + 2 * _LONGEST_NAME), begin, -1):
            if self._tokens[end - 1].is_punct and self._tokens[end - 1].text != "-":
                continue
            words = fold(self._doc[begin:end].text)
            if words and self._directory.knows(words) and self._wanted(begin, end, titled=titled):
                return end
        return None

    def _wanted(self, begin: int, end: int, *, titled: bool) -> bool:
        """A single registered word that is also an ordinary one ("will", "grace") must look like a name."""
        if end - begin > 1 or titled:
            return True
        token = self._tokens[begin]
        if len(token.text) < 2:
            return False
        return not is_ordinary(token.text) or self._capital(token) or (not self._cased and self._tag_name(token))

    def _capital(self, token: Token) -> bool:
        """Written with a capital that its place does not explain."""
        if not token.text[:1].isupper():
            return False
        if not self._first_in_sentence(token):
            return True
        return self._tag_name(token) or not is_ordinary(token.text) or self._called(token)

    def _called(self, token: Token) -> bool:
        """Alone before a comma or a stop at the start of a sentence: "Grace, the floor is yours"."""
        follows = token.i + 1 < len(self._doc) and self._tokens[token.i + 1].text in (",", ".", "?", "!")
        return follows and token.lower_ in given_names()

    def _first_in_sentence(self, token: Token) -> bool:
        return (
            token.i == 0
            or bool(token.is_sent_start)
            or self._tokens[token.i - 1].text in (".", "?", "!", "…", '"', "“")
        )

    def _tag_name(self, token: Token) -> bool:
        return self._tagged and token.tag_ in ("NNP", "NNPS", "PROPN")

    def _namey(self, token: Token) -> bool:
        """Could this token be part of a name that is not on the roster?"""
        if token.is_punct or token.like_num or token.is_space or token.lower_ in NOT_NAMES or token.lower_ in _TITLES:
            return False
        if token.text[:1] in "'’" or not _WORD.fullmatch(token.text) or _run_together(token.text):
            return False
        if self._cased:
            return self._capital(token) and not (token.is_stop and not self._tag_name(token))
        if is_ordinary(token.text):
            return token.ent_type_ == "PERSON"
        return token.ent_type_ == "PERSON" or token.lower_ in given_names() or self._tag_name(token)

    def _grown(self, begin: int, end: int) -> int:
        """How far a run of name-like tokens goes on from `end`."""
        doc = self._doc
        while end < len(doc) and end - begin < 2 * _LONGEST_NAME:
            token = doc[end]
            if end > begin and token.text in HONOURS:
                break
            if self._namey(token):
                end += 1
            elif end > begin and self._joins(end):
                end += 2
            else:
                break
        return end

    def _joins(self, at: int) -> bool:
        """A hyphen, an initial's full stop or a particle between two parts of a name."""
        doc, token = self._doc, self._doc[at]
        if at + 1 >= len(doc) or not self._namey(doc[at + 1]):
            return False
        if token.text == "-":
            return not token.whitespace_ and not doc[at - 1].whitespace_
        if token.text == ".":
            return len(doc[at - 1]) == 1 and not doc[at - 1].whitespace_
        return token.lower_ in PARTICLES and (token.lower_ not in ("y", "e") or not self._cased)

    def _is_title_alone(self, begin: int, end: int) -> bool:
        return all(t.lower_ in _TITLES for t in self._doc[begin:end])

    def _is_person(self, begin: int, end: int) -> bool:
        span = self._doc[begin:end]
        words = [t.lower_ for t in span if t.is_alpha]
        if not words or len(words) > _LONGEST_NAME or any(w in ORGANISATION_WORDS for w in words):
            return False
        if self._tokens[begin - 1].lower_ in ("the", "a", "an") if begin else False:
            return False
        kinds = {t.ent_type_ for t in span}
        if len(words) > 1 and kinds <= {"GPE", "LOC"}:
            return False
        if words[0] in given_names():
            return "ORG" not in kinds or len(words) == 2
        unknown = any(not is_ordinary(word) for word in words)
        return unknown and "PERSON" in kinds and "ORG" not in kinds


def _run_together(text: str) -> bool:
    """ "MadamChair", "FootnoteLink": two ordinary words without their space, and no "McKay"."""
    parts = _JOINT.split(text)
    return len(parts) == 2 and min(map(len, parts)) > 3 and all(is_ordinary(p) or p.lower() in _TITLES for p in parts)


def _entities(doc: Doc, mentions: list[Mention], directory: Directory) -> None:
    """Registered names become PERSON entities whose id is the registered spelling."""
    spans = []
    for mention in mentions:
        who = directory.candidates(mention.name, courtesy=mention.surname) if mention.known else frozenset()
        if len(who) == 1:
            name = directory.entries[next(iter(who))].name
            spans.append(Span(doc, mention.start, mention.end, label="PERSON", kb_id=name))
    taken = {t for span in spans for t in range(span.start, span.end)}
    doc.ents = [*spans, *(e for e in doc.ents if not taken & set(range(e.start, e.end)))]


@Language.factory(FACTORY, default_config={"names": []}, assigns=["doc._.names", "doc.ents"])
def make(nlp: Language, name: str, names: list[str]) -> "RosterLinker":  # noqa: ARG001 - spaCy calls factories so
    """The component, for `nlp.add_pipe(..., config={"names": [...]})`."""
    return RosterLinker(names)


class RosterLinker:
    """Sets `doc._.names` (a tuple of `Mention`) and links registered names as entities."""

    def __init__(self, names: list[str]) -> None:
        self.directory = directory_of(Entry(name) for name in names)
        if not Doc.has_extension("names"):
            Doc.set_extension("names", getter=lambda doc: notes.show(doc, "names", Mention))

    def __call__(self, doc: Doc) -> Doc:
        """Find the doc's names."""
        mentions = find_names(doc, self.directory)
        if self.directory.entries:
            _entities(doc, mentions, self.directory)
        notes.keep(
            doc,
            "names",
            [(m.start, m.end, m.name, m.title, m.letters, m.courtesy, m.person, m.known, m.post) for m in mentions],
        )
        return doc
