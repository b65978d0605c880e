"""Patterns that stand beside the statistical `ner`, as spaCy entity rulers.

:func:`before` gives what is certain enough to be set first; :func:`after` what only fills the gaps that the
statistical component leaves, so that a listed name is not lost where the frame around it is new.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from names import ACRONYMS, BODIES, COMPANIES, FIELDS, SCHOOLS, WORLDLY, _places, _words

Pattern = dict[str, Any]

WORDS = frozenset(
    """will may mark bill grace hope joy rose art grant dean frank pat sue miles june april august victor max drew page rich chase gene
    guy jack jean ray rob van long son song so an my can kim you he she we do no go in on at the yes man men day chi phi psi sun young
    white black brown green gray king hue dial mac penny ivy holly daisy mike christian norman iris violet ruby pearl sandy rocky faith
    dawn eve carol lance christ jesus god dick herb clay heath cliff ford mercedes china paris austin jordan israel florence virginia
    georgia carolina chelsea kent dale glen jade amber crystal melody summer autumn star noble major blanca angel luz paz sol concepcion
    dolores pilar consuelo salvador bo long ning ping tam thu thanh linh mai van dung due nam son lan hai bao bin kai made wei li lei na
    juan hao hong hui jie jing lin ming jun jian qiang yong peng feng chao dong gang guang qing rui shan tao ting xia xiang xin xue yan
    yang ying yu yuan yue yun zhen zhi mei fang hua shu yui rie mio miki nana mika mina dara ama ade akin bola ike sade simi tobi wale
    yaw awa ali amal aya noor sana sara mona hala hoda asha uma usha ram raj dev anand hari kiran chandra devi rani sita radha kajal
    harry woody sunny candy ginger olive basil pepper sage reed rusty buddy junior prince duke earl marshal marina valentine dolly misty
    ash ray roy rex leo ivan don jay gay robin martin morgan logan blake taylor jamie cameron quinn harper hayden riley reese rowan lee
    ben sam ken ted ed al jo jan pam tim tom dan ron ian ann amy lee les viv mo hon sandy jen meg tina lori trang tien minh thi luc solange
    alain fanta salama made lani talia mere tama tane rangi sky chance cash hunter piper archer forest brook lake delta victory justice
    honor harmony serenity patience prudence charity constance verity felicity temperance clement constant innocent grant noble royal
    auma barasa nari sora hana mai rika kei ken mai mari tari ifrah selam kinga beata eva noa""".split()
)
"""Given names that are also words, places, surnames or too short to be sure of without capitals."""

COMMON_PLACES = frozenset("reading bath turkey jordan chad georgia hull cork mali niger kent york lincoln essex nice mobile sofia derby "
                          "preston washington chester durham florence guinea troy bristol virginia lima".split())
"""Places whose names, in small letters or as people's names, are something else."""

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("january", "february", "april", "june", "july", "august", "september", "october", "november", "december")
HONORIFICS = ("mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "prof.", "professor", "senator", "councillor", "dame", "baroness")
PROPER: Pattern = {"POS": "PROPN", "IS_ALPHA": True}


@cache
def safe_firsts() -> list[str]:
    """Given names that are hardly anything else, in small letters."""
    places = {place.lower() for place in _places()}
    return sorted({name.lower() for name in _words("first_names.txt")} - WORDS - places)


def before() -> list[dict[str, Any]]:
    """Titles with a name behind them."""
    title = {"LOWER": {"IN": list(HONORIFICS)}}
    return [{"label": "PERSON", "pattern": [title, {**PROPER, "OP": "{1,2}"}]}]


def after() -> list[dict[str, Any]]:
    """Listed given names with the proper nouns behind them, listed places and bodies, days and months."""
    first = {"LOWER": {"IN": safe_firsts()}, "POS": "PROPN"}
    patterns: list[dict[str, Any]] = [
        {"label": "PERSON", "pattern": [first, {**PROPER, "OP": "{0,2}"}]},
        {"label": "DATE", "pattern": [{"LOWER": {"IN": [*DAYS, *MONTHS]}}]},
        {"label": "ORG", "pattern": [{"ORTH": {"IN": [a for a in ACRONYMS if len(a) > 2]}}]},
        {"label": "ORG", "pattern": [{"ORTH": {"IN": [c for c in COMPANIES if c.lower() not in _EVERYDAY]}, "POS": "PROPN"}]},
        {"label": "ORG", "pattern": [{"LOWER": {"IN": ["university", "ministry", "department"]}}, {"LOWER": "of"}, {**PROPER, "OP": "{1,3}"}]},
    ]
    for place in _places():
        words = place.split()
        if len(words) == 1 and place.lower() in COMMON_PLACES:
            continue
        patterns.append({"label": "LOC", "pattern": [{"LOWER": word.lower()} for word in words]})
    return patterns


_EVERYDAY = frozenset("apple amazon meta target orange visa mind crisis scope shelter zoom slack oracle intel stripe guardian congress "
                      "parliament senate ford citizens leonard sightsavers reliance uber canonical bosch".split())
_ = (BODIES, FIELDS, SCHOOLS, WORLDLY)
