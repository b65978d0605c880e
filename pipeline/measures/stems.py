"""A word's stem by rule, for comparing what a page says with what was said. Independent of the language model."""

import re
from functools import lru_cache

_IRREGULAR = """
be am is are was were been being | have has had having | do does did done doing | go goes went gone | say said
make made | take took taken | come came | see saw seen | know knew known | get got gotten | give gave given
find found | think thought | tell told | become became | leave left | feel felt | put | bring brought | begin began begun
keep kept | hold held | write wrote written | stand stood | hear heard | let | mean meant | set | meet met | run ran
pay paid | sit sat | speak spoke spoken | lie lay lain | lead led | read | grow grew grown | lose lost | fall fell fallen
send sent | build built | understand understood | draw drew drawn | break broke broken | spend spent | cut
rise rose risen | drive drove driven | buy bought | wear wore worn | choose chose chosen | seek sought | throw threw thrown
catch caught | deal dealt | win won | forget forgot forgotten | sell sold | fight fought | teach taught | eat ate eaten
sing sang sung | strike struck | hang hung | shake shook shaken | ride rode ridden | feed fed | shoot shot
drink drank drunk | hit | arise arose | fly flew flown | spread | sleep slept | cost | beat beaten | light lit
show shown showed | learn learnt learned | bind bound | swim swam swum | freeze froze frozen | steal stole stolen
wake woke woken | hide hid hidden | ring rang rung | shut | stick stuck | sweep swept | tear tore torn | bear bore borne
bite bit bitten | blow blew blown | dig dug | hurt | lend lent | shine shone | sink sank sunk | slide slid | split
swing swung | undertake undertook undertaken | overcome overcame | withdraw withdrew withdrawn | knit | quit | rid
child children | man men | woman women | person people persons | foot feet | tooth teeth | mouse mice | life lives
half halves | leaf leaves | self selves | wife wives | shelf shelves | knife knives | loaf loaves | this these | that those
good better best | bad worse worst | will would | can could | may might | shall should | need needed | die dying died dies
"""
_BASE = {
    form: forms[0] for group in _IRREGULAR.replace("\n", " | ").split("|") if (forms := group.split()) for form in forms
}
_SPELLINGS = (
    (r"isation", "ization"), (r"is(e|es|ed|ing|er|ers)$", r"iz\1"), (r"yse", "yze"), (r"our(?=$|s$|ed$|ing$|able|ful|ite)", "or"),
    (r"([aeiou])ll(ed|ing|er|ers)$", r"\1l\2"), (r"tre(s?)$", r"ter\1"), (r"ence$", "ense"), (r"ogue$", "og"), (r"programme", "program"),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word: "readings" and "read", "moved" and "moves" come together."""
    word = word.removesuffix("'s").removesuffix("'")
    if word in _BASE:
        return _ended(_BASE[word])
    for pattern, instead in _SPELLINGS:
        word = re.sub(pattern, instead, word)
    if len(word) < 4 or not word.isalpha():
        return word
    return _cut(word)


def _cut(word: str) -> str:
    if word.endswith(("ies", "ied")):
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed", "ly", "er", "ers", "ment", "ation", "ness"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and re.search("[aeiouy]", word[: -len(ending)]):
            word = word[: -len(ending)]
            break
    word = _BASE.get(word, word)
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return _ended(word)


def _ended(word: str) -> str:
    if word.endswith("y") and len(word) > 3:
        return word[:-1] + "i"
    return word[:-1] if word.endswith("e") and len(word) > 3 else word
