"""Which words are ordinary English, so that they are never taken for names: the door to lemminflect's word list."""

import unicodedata
from functools import lru_cache

import lemminflect
from spacy.lang.en.stop_words import STOP_WORDS

from pipeline.language.lists import NOT_NAMES


@lru_cache(maxsize=50_000)
def is_ordinary(word: str) -> bool:
    """True for a word that an English dictionary of common words holds; case does not matter."""
    low = word.lower().strip("'’")
    if low in STOP_WORDS or low in NOT_NAMES or not any(c.isalpha() for c in low):
        return True
    return any(bool(lemminflect.getAllLemmas(form)) for form in (low, low.removesuffix("s")))  # type: ignore[no-untyped-call]


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Lower case without accents, apostrophes and full stops: what two spellings of a name have in common."""
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O"))
    kept = "".join(c for c in plain if not unicodedata.combining(c) and c not in ".'’`´")
    return " ".join(kept.replace("-", " ").lower().split())
