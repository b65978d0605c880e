"""One way of writing words, so that spelling conventions are not counted as differences.

Case, accents, punctuation and hyphens are folded, fillers dropped, and numbers brought to digits however they were
written: "two hundred and ten", "210" and "two-hundred-and-ten" are one word, "210".
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.measures.lists import MONTHS

FILLERS = frozenset("um uh er erm uhm hmm mm mmm mhm ah eh umm uhh ehm hm huh".split())
UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)} | {
    "fourty": 40
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
        1,
    )
} | {f"{w[:-1]}ieth": v for w, v in TENS.items()}
CONTRACTIONS = {
    "n't": " not", "'ll": " will", "'ve": " have", "'re": " are", "'m": " am",
    "gonna": "going to", "wanna": "want to", "gotta": "got to", "can't": "can not", "cannot": "can not",
    "won't": "will not", "shan't": "shall not", "let's": "let us", "okay": "ok", "alright": "all right",
}  # fmt: skip
_MONEY = [
    (re.compile(rf"{re.escape(sign)}\s?(\d[\d,.]*\d|\d)((?:\s(?:million|billion|thousand))?)"), word)
    for sign, word in {"£": "pounds", "$": "dollars", "€": "euros"}.items()
]
KEPT = 20_000  # texts whose words are kept


def fold(text: str) -> str:
    """Lower case, no accents, plain quotes and dashes, single spaces."""
    text = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).split())


_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "…": " "})


def words_of(text: str) -> list[str]:
    """The words of a text, folded, numbers in digits, fillers left out."""
    return list(_words_of(text))


def plain_words(text: str) -> list[str]:
    """The words of a text, folded, fillers left out, numbers as they were written."""
    return list(_plain_words(text))


# Whether a statement is supported is asked of the same names and sentences again and again.
@lru_cache(maxsize=KEPT)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(unify(_plain_words(text)))


@lru_cache(maxsize=KEPT)
def _plain_words(text: str) -> tuple[str, ...]:
    text = fold(text)
    for money, word in _MONEY:
        text = money.sub(rf"\1\2 {word}", text)
    text = BETWEEN.sub(r"\1\2 to \3", text)
    text = re.sub(r"(\d)\s?%", r"\1 percent", text).replace("per cent", "percent").replace("&", " and ")
    text = re.sub(r"(\d),(?=\d{3}\b)", r"\1", text)
    text = re.sub(r"\b(cannot|gonna|wanna|gotta|can't|won't|shan't|let's|okay|alright)\b", _expand, text)
    text = re.sub(r"(?<=\w)(n't|'ll|'ve|'re|'m)\b", _expand, text)
    text = re.sub(r"(?<=\w)'s\b", "'s", text)
    found = re.findall(r"\d+(?:\.\d+)?(?:st|nd|rd|th)?|[^\W\d_]+(?:'[^\W\d_]+)*|\d+", text)
    return tuple(w for w in found if w not in FILLERS)


_COUNTING = "|".join([*UNITS, *TENS, *SCALES])
# "between five hundred and four thousand" is no 504,000.
BETWEEN = re.compile(
    rf"\b(between )((?:(?:{_COUNTING}|an?|and) )*?(?:{_COUNTING})) and "
    rf"((?:an? )?(?:{_COUNTING})(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and )(?:{_COUNTING}))*)(?! and (?:an? )?(?:{_COUNTING})\b)",
    re.IGNORECASE,
)


def _expand(match: re.Match[str]) -> str:
    return CONTRACTIONS[match.group(0)]


def unify(words: Sequence[str]) -> list[str]:
    """The words with every number in digits; ordinals keep their ending ("10th")."""
    return [word for word, _ in numbered(words)]


def numbered(words: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Each unified word with the words that it was made of."""
    n = 0
    while n < len(words):
        size, value = _number(words, n)
        yield (value, words[n : n + size]) if size else (words[n], words[n : n + 1])
        n += size or 1


@dataclass
class _Reading:
    """A number being read word by word."""

    total: float = 0.0
    current: float = 0.0
    last: str = ""
    size: int = 0

    def take(self, word: str, following: str) -> bool:
        """Take the next word in, if it goes on with the number."""
        if word in ("a", "an") and not self.size and following in SCALES:
            self.current = 1
        elif word in UNITS and UNITS[word] < _room(self.last):
            self.current += UNITS[word]
        elif word in TENS and self.last in ("", "hundred", "thousand", "million", "and"):
            self.current += TENS[word]
        elif word in SCALES and self.size:
            self._scale(SCALES[word])
        elif re.fullmatch(r"\d+(\.\d+)?", word) and not self.size and following in SCALES:
            self.current = float(word)
        elif word != "and" or self.last not in ("hundred", "thousand", "million") or following not in _SMALL:
            return False
        self.last, self.size = (self.last if word == "and" else word), self.size + 1
        return True

    def _scale(self, scale: int) -> None:
        if scale in (100, 12):
            self.current = (self.current or 1) * scale
        else:
            self.total, self.current = self.total + (self.current or 1) * scale, 0.0

    @property
    def value(self) -> float:
        return self.total + self.current


_FIRST = UNITS.keys() | TENS.keys() | ORDINALS.keys() | SCALES.keys() | {"a", "an"}  # words with which a number begins
_SMALL = UNITS.keys() | TENS.keys() | ORDINALS.keys()


def _number(words: Sequence[str], n: int) -> tuple[int, str]:
    """How many words from place `n` on make one number, and that number in digits."""
    if words[n] not in _FIRST and not words[n][0].isdigit():
        return 0, ""
    reading = _Reading()
    while n + reading.size < len(words):
        word = words[n + reading.size]
        following = words[n + reading.size + 1] if n + reading.size + 1 < len(words) else ""
        if word in ORDINALS and ORDINALS[word] < _room(reading.last):
            return reading.size + 1, _ordinal(int(reading.value + ORDINALS[word]))
        if word == "point" and reading.last not in ("", "a", "an") and following in UNITS:
            return _decimals(words, n, reading.size, reading.value)
        if reading.last in _SMALL and not reading.total and _year(reading.current, word, following):
            return _in_two(words, n, reading.size, int(reading.current))
        if not reading.take(word, following):
            break
    return (reading.size, _digits(reading.value)) if reading.size else (0, "")


def _room(last: str) -> int:
    """The smallest value that cannot follow directly ("twenty" + "three", but not "twenty" + "thirteen")."""
    if last in TENS:
        return 10
    return 1_000 if last in ("", "hundred", "thousand", "million", "billion") else 0


def _year(current: float, word: str, following: str) -> bool:
    """ "nineteen eighty-four", "twenty twenty-five"."""
    small = word in TENS or (word in UNITS and UNITS[word] >= 10) or (word in ("oh", "o") and following in UNITS)
    return small and 15 <= current <= 20


def _in_two(words: Sequence[str], n: int, size: int, century: int) -> tuple[int, str]:
    if words[n + size] in ("oh", "o"):
        return size + 2, str(century * 100 + UNITS[words[n + size + 1]])
    rest_size, rest = _number(words, n + size)
    return (
        (size + rest_size, str(century * 100 + int(rest)))
        if rest.isdigit() and int(rest) < 100
        else (size, str(century))
    )


def _decimals(words: Sequence[str], n: int, size: int, whole: float) -> tuple[int, str]:
    digits = ""
    size += 1
    while n + size < len(words) and words[n + size] in UNITS and UNITS[words[n + size]] < 10:
        digits += str(UNITS[words[n + size]])
        size += 1
    if n + size < len(words) and words[n + size] in SCALES:
        return size + 1, _digits(float(f"{int(whole)}.{digits}") * SCALES[words[n + size]])
    return size, f"{int(whole)}.{digits}"


def _digits(value: float) -> str:
    return str(round(value)) if abs(value - round(value)) < 1e-6 else f"{value:g}"


def _ordinal(value: int) -> str:
    ending = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def _day_of_month(around: Sequence[str]) -> bool:
    """Whether the words around an ordinal name a month beside it: "the first of May", "May the first"."""
    return any(word in MONTHS for word in around)


_CENTURIES = {"eighteen": 18, "nineteen": 19}
_DECADES = "twenties thirties forties fifties sixties seventies eighties nineties".split()
_DECADE = re.compile(rf"\b({'|'.join(_CENTURIES)})[ -]({'|'.join(_DECADES)})\b", re.IGNORECASE)


def decades(text: str) -> str:
    """ "the nineteen seventies" -> "the 1970s"."""
    return _DECADE.sub(lambda m: f"{_CENTURIES[m[1].lower()]}{_DECADES.index(m[2].lower()) + 2}0s", text)


_A_HUNDRED = re.compile(
    r"(?<![\w-] )(?<![\w-])\b(hundred|thousand)(?= and\b)", re.IGNORECASE
)  # "Hundred and twenty-one, Ann."


def whole_hundreds(text: str) -> str:
    """ "Hundred and twenty-one, Ann." -> "a hundred and twenty-one, Ann."."""
    return _A_HUNDRED.sub(r"a \1", text)


@lru_cache(maxsize=KEPT)
def numbers_of(text: str) -> frozenset[str]:
    """The numbers that a text names, as digits without ordinal endings.

    The words "one", "a", "first" and "second" alone are none, unless they are the day of a month.
    """
    found = set()
    read = list(numbered(plain_words(whole_hundreds(decades(text)))))
    for n, (value, source) in enumerate(read):
        alone = len(source) == 1 and source[0] in ("one", "second", "first")
        if not value[0].isdigit() or (alone and not _day_of_month([v for v, _ in read[max(0, n - 2) : n + 3]])):
            continue
        found.add(re.sub(r"(?<=\d)(st|nd|rd|th)$", "", value))
    return frozenset(found)


@lru_cache(maxsize=KEPT)
def sums_of(text: str) -> frozenset[str]:
    """Sums of money told in two units ("one pound twenty", "4 dollars and 50 cents") as decimals: "1.20", "4.50"."""
    words = unify(plain_words(text))
    return frozenset(
        f"{whole}.{part}"
        for whole, unit, *rest in (words[n : n + 4] for n in range(len(words) - 2))
        for part in (rest[1:] if rest[0] == "and" else rest[:1])
        if unit in _UNITS_OF_MONEY and whole.isdigit() and re.fullmatch(r"\d\d", part)
    )


_UNITS_OF_MONEY = frozenset("pound pounds dollar dollars euro euros".split())
