"""Names of people, apart from any text: their parts, and the directory that says whom a spoken name can mean."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from pipeline.language.lexicon import fold
from pipeline.language.lists import COURTESIES, HONOURS, NICKNAMES, TITLES

_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>|[<>]", re.IGNORECASE | re.DOTALL)
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]?")
_HONOUR_KEYS = {h.lower(): h for h in HONOURS}


@dataclass(frozen=True)
class PersonName:
    """A name taken apart: "Professor Daniel Mensah OBE" is ("Daniel Mensah", "Professor", "OBE")."""

    name: str  # without titles, courtesies and honours
    title: str = ""
    letters: str = ""

    @property
    def honours(self) -> str | None:
        """ "Dr", "OBE" or "Dr ... OBE"; None without any."""
        return " ... ".join(part for part in (self.title, self.letters) if part) or None

    @property
    def words(self) -> list[str]:
        """The name's words, folded."""
        return fold(self.name).split()


def parse_name(text: str) -> PersonName:
    """Take a written name apart; markup, brackets and what follows a bar are dropped."""
    plain = _BRACKETS.sub(" ", _TAGS.sub(" ", text)).split("|")[0].replace(",", " ")
    words = plain.split()
    titles: list[str] = []
    while len(words) > 1 and _bare(words[0]) in COURTESIES | TITLES.keys():
        title = TITLES.get(_bare(words.pop(0)))
        if title:
            titles.append(title)
    letters: list[str] = []
    while len(words) > 1 and (words[-1].strip(".") in HONOURS or words[-1].strip(".") == "OBE"):
        letters.insert(0, words.pop().strip("."))
    if len(words) == 1 and not titles and not letters and words[0].lower() in _HONOUR_KEYS:
        return PersonName(words[0])
    return PersonName(" ".join(words), " ".join(titles), " ".join(letters))


def _bare(word: str) -> str:
    return word.lower().strip(".,")


@cache
def short_forms(first: str) -> frozenset[str]:
    """The first name and its short and long forms, folded."""
    return frozenset({first}).union(*(group for group in NICKNAMES if first in group))


@dataclass(frozen=True)
class Entry:
    """Somebody whom the meeting may mean by a name."""

    name: str
    registered: int | None = None  # place in the roster; None: only heard
    aliases: tuple[str, ...] = ()
    organisation: str = ""
    role: str = ""
    honours: str | None = None
    heard_as: str = ""  # shown instead of the name, for "Mr Epp" of whom no more was said


@dataclass
class Directory:
    """Everybody known by name so far, and whom "Daniel", "Mr Epp" or "Jean White" can mean."""

    entries: list[Entry] = field(default_factory=list)
    _full: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _first: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _last: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _posts: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _post_begins: set[str] = field(default_factory=set)
    _begins: set[str] = field(default_factory=set)  # first words of all of these

    def add(self, entry: Entry) -> int:
        """Add a person; one with the same folded name is returned instead."""
        written = [parse_name(n) for n in (entry.name, *entry.aliases)]
        for same in self._full.get(" ".join(written[0].words), ()):
            return same
        at = len(self.entries)
        self.entries.append(entry)
        for name in written:
            self._index(name, at)
        return at

    def _index(self, name: PersonName, at: int) -> None:
        words = name.words
        if not words:
            return
        self._full[" ".join(words)].add(at)
        self._begins |= {form for word in words for form in short_forms(word)}
        if len(words) > 1 or not name.title:
            for form in short_forms(words[0]):
                self._first[form].add(at)
        if len(words) > 1 or name.title:
            # "Van Bynen", "El-Khoury": the family name may be more than the last word.
            for begin in range(1 if len(words) > 1 else 0, len(words)):
                self._last[" ".join(words[begin:])].add(at)

    def add_post(self, at: int, role: str, organisation: str = "") -> None:
        """Remember what somebody is, so that "Minister" or "the member for Lakeside" can mean them."""
        words = fold(role.split("(", maxsplit=1)[0]).split()
        if not words:
            return
        whole = " ".join(words)
        heads = {whole}
        for link in (" for ", " of ", " at ", " with ", ", "):
            heads.add(whole.split(link)[0].strip(" ,"))
        if organisation:
            heads.add(f"{words[0]} for {fold(organisation)}")
        for head in heads:
            self._posts[head].add(at)
            self._post_begins.add(re.split(r"[\s-]", head, maxsplit=1)[0])

    def posts_begin(self, word: str) -> bool:
        """True when some post may begin with this word."""
        return fold(word) in self._post_begins

    def is_post(self, words: str) -> bool:
        """True when these (folded) words are the post of one person and nobody else."""
        return len(self._posts.get(words, ())) == 1

    def begins(self, word: str) -> bool:
        """True when somebody's first name, family name or full name may begin with this (folded) word."""
        return word.split(" ", maxsplit=1)[0] in self._begins

    def knows(self, words: str) -> bool:
        """True when these (folded) words are all of somebody's name, first name or family name."""
        return words in self._first or words in self._last or words in self._full

    def candidates(self, name: str, *, courtesy: bool = False) -> frozenset[int]:
        """Who can be meant, best reading only; empty when nobody known is.

        `courtesy`: the name was said after "Mr", "Minister" and the like, so a single word is a family name.
        """
        words = fold(name)
        if words in self._full:
            return frozenset(self._full[words])
        if self.is_post(words):
            return frozenset(self._posts[words])
        parts = words.split()
        if not parts:
            return frozenset()
        if len(parts) == 1 or words in self._last:
            tables = (self._last, self._first) if courtesy else (self._first, self._last)
            for table in tables:
                if words in table:
                    return frozenset(table[words])
            return frozenset()
        firsts = frozenset().union(*(self._first.get(form, ()) for form in short_forms(parts[0])))
        return frozenset(firsts & self._last.get(parts[-1], set()))


def directory_of(people: Iterable[Entry]) -> Directory:
    """A directory of the given people."""
    directory = Directory()
    for person in people:
        directory.add(person)
    return directory
