"""Patterns that stand beside the statistical `ner`, as two of spaCy's own entity rulers.

:func:`certain` is set before it: names that need no judgement (titles with a surname, listed first name and
surname, countries and large towns, bodies named after their pattern).  The longest match wins, so a place
inside "University of Leeds" stays inside.  :func:`gaps` comes after it and only fills what is still open.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from names import ACRONYMS, BODIES, COMPANIES, SCHOOLS, list_words, listed_places

Pattern = dict[str, Any]

AMBIGUOUS_FIRSTS = frozenset(
    """will may mark bill grace hope joy rose art grant dean frank pat sue miles june april august victor max drew page rich chase gene
    guy jack jean ray rob van long song so an my can kim king hue dial mac penny ivy holly daisy mike christian norman iris violet ruby
    pearl sandy rocky faith dawn eve carol lance jesus dick herb clay heath cliff ford mercedes china paris austin jordan israel
    florence virginia georgia carolina chelsea kent dale glen jade amber crystal melody summer autumn star noble major blanca angel luz
    paz sol concepcion dolores pilar consuelo salvador bo ning ping tam thu thanh linh mai dung due nam son lan hai bao bin kai made wei
    li lei na juan hao hong hui jie jing lin ming jun jian qiang yong peng feng chao dong gang guang qing rui shan tao ting xia xiang
    xin xue yan yang ying yu yuan yue yun zhen zhi mei fang hua shu yui rie mio miki nana mika mina dara ama ade akin bola ike sade simi
    tobi wale yaw awa ali amal aya noor sana sara mona hala hoda asha uma usha ram raj dev anand hari kiran chandra devi rani sita radha
    harry woody sunny candy ginger olive basil rusty buddy prince duke earl marina valentine dolly misty ash roy rex leo ivan don jay gay
    robin martin morgan logan blake taylor jamie cameron quinn harper hayden riley reese rowan lee ben sam ken ted ed al jo jan pam tim
    tom dan ron ian ann amy les viv mo hon jen meg tina lori trang tien minh thi luc solange alain fanta salama lani talia mere tama tane
    rangi chance hunter piper archer forest victory justice honor harmony patience prudence charity constance verity clement constant
    innocent royal auma barasa nari sora hana rika kei mari tari selam kinga beata eva noa bob joe jim bala kumar sun moon lars per ole
    olga magnus ola claude june jerry andy merit temple salma viola""".split()
)
"""Given names that are also words, places or surnames, or too short to be sure of where nothing has capitals."""

AMBIGUOUS_PLACES = frozenset(
    """reading bath turkey jordan chad georgia hull cork mali niger kent york lincoln essex nice mobile sofia derby preston washington
    chester durham florence guinea troy bristol virginia lima perth lancaster bradford bolton devon luton togo orlando kingston hamilton
    cleveland austin chelsea victoria paris sydney adelaide houston madison phoenix peru surrey worcester lille bern tours split granada
    dakota carolina cologne winchester westminster parliament salford""".split()
)
"""Places whose names are also something else: left to the statistical component."""

AMBIGUOUS_FIRMS = frozenset(
    """apple amazon meta target orange visa mind crisis scope shelter zoom slack oracle intel stripe guardian ford citizens leonard
    sightsavers reliance uber canonical bosch""".split()
)
DATES = """monday tuesday wednesday thursday friday saturday sunday january february april june july august september october november
    december""".split()
HOUSES = """Congress; Senate; Parliament; White House; Supreme Court; House of Representatives; House of Commons; House of Lords;
    European Union; European Commission; United Nations; World Bank; World Health Organization; Red Cross; Court of Appeal; Federal
    Reserve; Home Office; Cabinet Office; Foreign Office; Civil Service; National Health Service; Scottish Government; Welsh
    Government; Open University; Labour Party; Conservative Party; Democratic Party; Republican Party; Liberal Democrats; Wall Street
    Journal; New York Times; Financial Times; Citizens Advice; Save the Children; World Wide Web Consortium"""
OFFICES = """chair chairman chairwoman chairperson speaker president chief justice minister secretary moderator mayor ambassador
    commissioner director general and uh um er i so the your""".split()
TITLES = "mr mr. mrs mrs. ms ms. dr dr. prof. professor senator councillor dame baroness minister reverend".split()
RANKS = """president justice judge secretary governor speaker general chancellor congressman congresswoman sir lord lady king queen
    pope prince princess captain colonel""".split()
PROPER: Pattern = {"POS": "PROPN", "IS_ALPHA": True}


@cache
def safe_firsts() -> list[str]:
    """Given names that are hardly anything else, in small letters."""
    places = {place.lower() for place in listed_places()}
    return sorted({name.lower() for name in list_words("first_names.txt")} - AMBIGUOUS_FIRSTS - places)


def certain() -> list[Pattern]:
    """What is set before the statistical component."""
    first = {"LOWER": {"IN": safe_firsts()}, "POS": "PROPN"}
    last = {"LOWER": {"IN": sorted({name.lower() for name in list_words("surnames.txt")})}, "POS": "PROPN"}
    ends = sorted(
        {phrase.split()[-1] for phrase in (*BODIES, *SCHOOLS) if phrase[0].isupper()}
        - {"City", "United", "Press", "Water"}
    )
    capital = {"IS_TITLE": True, "IS_STOP": False, "POS": {"IN": ["PROPN", "ADJ", "NOUN"]}}
    body = {"TEXT": {"IN": ends}, "POS": "PROPN"}
    single, several = _places()
    named = {"POS": "PROPN", "IS_PUNCT": False, "LOWER": {"NOT_IN": [*OFFICES, *RANKS, *DATES]}}
    addressed = {"LOWER": {"NOT_IN": [*OFFICES, *RANKS]}, "POS": {"IN": ["PROPN", "NOUN", "ADJ"]}, "IS_ALPHA": True}
    patterns: list[Pattern] = [
        {"label": "PERSON", "pattern": [{"LOWER": {"IN": TITLES}}, named, {**PROPER, "OP": "?"}]},
        {
            "label": "PERSON",
            "pattern": [
                {"LOWER": "vice", "OP": "?"},
                {"LOWER": {"IN": RANKS}, "POS": "PROPN"},
                named,
                {**PROPER, "OP": "?"},
            ],
        },
        {"label": "PERSON", "pattern": [{"LOWER": {"IN": TITLES[:6]}}, addressed, {**PROPER, "OP": "?"}]},
        {"label": "PERSON", "pattern": [first, {**PROPER, "OP": "?"}, last]},
        {"label": "ORG", "pattern": [{**capital, "OP": "{1,4}"}, body]},
        {
            "label": "ORG",
            "pattern": [
                {"LOWER": {"IN": ["university", "ministry", "department", "institute"]}},
                {"LOWER": {"IN": ["of", "for"]}},
                {**PROPER, "OP": "{1,3}"},
            ],
        },
        {"label": "ORG", "pattern": [{"TEXT": {"IN": [a for a in ACRONYMS if len(a) > 2]}}]},
        {
            "label": "ORG",
            "pattern": [{"TEXT": {"IN": [c for c in COMPANIES if c.lower() not in AMBIGUOUS_FIRMS]}, "POS": "PROPN"}],
        },
        {"label": "LOC", "pattern": [{"LOWER": {"IN": single}}]},
        {"label": "DATE", "pattern": [{"LOWER": {"IN": DATES}}]},
    ]
    patterns += [{"label": "ORG", "pattern": " ".join(house.split())} for house in HOUSES.split(";")]
    return [*patterns, *({"label": "LOC", "pattern": place} for place in several)]


def gaps() -> list[Pattern]:
    """What only fills the gaps: a listed first name by itself or with a proper noun behind it."""
    first = {"LOWER": {"IN": safe_firsts()}, "POS": "PROPN"}
    return [{"label": "PERSON", "pattern": [first, {**PROPER, "OP": "?"}]}]


def _places() -> tuple[list[str], list[str]]:
    places = listed_places()
    single = sorted({p.lower() for p in places if p.isalpha()} - AMBIGUOUS_PLACES)
    return single, [place for place in places if " " in place]
