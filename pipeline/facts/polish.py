"""The last hand on a wording: figures, names' capitals, doubled bodies, runs of copied words."""

import re
from collections.abc import Iterable

from pipeline.language.wording.words import MONTHS
from pipeline.measures.normalise import BETWEEN, ORDINALS, decades

_ONES = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {w: n * 10 for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORD = "|".join([*_ONES, *_TENS, *_SCALE])
_NUMBER = re.compile(
    rf"\b(?:a (?=hundred|thousand))?(?:{_WORD})(?:(?:[ -]| and (?=(?:{_WORD})\b))(?:{_WORD}))*\b", re.IGNORECASE
)
LONGEST_COPY = 11  # spoken words in a row


_MONTHS = "|".join(sorted(month.capitalize() for month in MONTHS))
_DAY = rf"(?:(?P<tens>twenty|thirty)[ -])?(?P<ones>{'|'.join(ORDINALS)})|(?P<digits>\d{{1,2}})(?:st|nd|rd|th)"
_DAY_OF_MONTH = re.compile(rf"\b(?:the )?(?:{_DAY})(?: of)? (?P<month>{_MONTHS})\b", re.IGNORECASE)
_ANY_DAY = re.sub(r"\(\?P<\w+>", "(?:", _DAY)
_TWO_DAYS = re.compile(
    rf"\b(?:the )?(?P<one>{_ANY_DAY}) (?P<joint>and|to|or) (?:the )?(?P<two>{_ANY_DAY})(?: of)? (?P<month>{_MONTHS})\b",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"\b(?P<month>{_MONTHS}) (?:the )?(?:{_DAY})(?! (?:time|of|one|half|quarter|week)\b)", re.IGNORECASE
)
_MONTH_TWO_DAYS = re.compile(
    rf"\b(?P<month>{_MONTHS}) (?:the )?(?P<one>{_ANY_DAY}) (?P<joint>and|to|or|through|until) (?:the )?(?P<two>{_ANY_DAY})\b"
    r"(?! (?:time|of|one|half|quarter|week|year|grade)\b)",
    re.IGNORECASE,
)
_MONTH_OF_YEAR = re.compile(rf"\b({_MONTHS}) of (?=(?:19|20)\d\d\b)")
_MONEY = re.compile(
    r"\b(\d[\d,]*(?:\.\d+)?)((?: thousand| million| billion)?) (pound(?=[,.;]|$| (?:for|and|in|to|a)\b)|pounds|dollars|euros)\b(?! of (?!(?:that|this|it|them|those|which)\b))"
)
# Pounds may be a weight: they are money where the sentence speaks of money, and never "of" a thing.
_PRICED = re.compile(
    r"\b(?:cost|pric|pay|paid|fund|grant|budget|charg|charter|fare|fee|spend|spent|sav(?:e|ing)|earn|ow(?:e|ing)|sold|sell|buy|bought|bill|"
    r"income|comes? to|came to|donat|prize|giv|award|rent|loan|debt|share|worth|tax|salar|wage|money)\w*|\bpounds (?:an?|per|each|for)\b"
)
# "one pound twenty", "four dollars and 50 cents"; the smaller unit may be left out where nothing is counted by the number.
_SMALLER = re.compile(
    rf"\b(?P<whole>\d+|{'|'.join(list(_ONES)[1:11])}) (?P<unit>pound|dollar|euro)s? (?:and )?(?P<part>\d\d)"
    r"(?: (?:cents|pence|p)\b|(?=[,.;:]|$| (?:an?|per|each|for|in|on|to|if|and|or|but|now|today|of the)\b))"
)
_SIGNS = {"pounds": "£", "pound": "£", "dollars": "$", "euros": "€"}
_POINT = re.compile(
    rf"\b(?P<whole>\d+|{'|'.join(_ONES)}) point (?P<part>(?:{'|'.join(list(_ONES)[:10])})(?: (?:{'|'.join(list(_ONES)[:10])}))?)\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(rf"(?:\b(?:in|of|since|until|till|by|from|to|before|after|during|{_MONTHS})|\d)$", re.IGNORECASE)


def figures(text: str) -> str:
    """Figures as a page has them: "two hundred and ten" is "210", "the twenty first of May" "21 May"; "nine days" stays."""
    text = BETWEEN.sub(lambda m: f"{m[1]}{figures(m[2])} and {figures(m[3])}", decades(text))
    text = _DAY_OF_MONTH.sub(_date, _MONTH_TWO_DAYS.sub(_two_days, _TWO_DAYS.sub(_two_days, text)))
    text = _MONTH_DAY.sub(_date, text)
    text = _POINT.sub(_decimal, text)
    text = _MONTH_OF_YEAR.sub(r"\1 ", _NUMBER.sub(_figure, text))
    text = _LASTS.sub(lambda m: f"{_ONES.get(m['hours'], m['hours'])} {m['unit']} {m['part']} ", text)
    text = _SMALLER.sub(lambda m: f"{_SIGNS[m['unit'] + 's']}{_ONES.get(m['whole'], m['whole'])}.{m['part']}", text)
    priced = bool(_PRICED.search(text))
    text = _MONEY.sub(lambda m: f"{_SIGNS[m[3]]}{m[1]}{m[2]}" if priced or m[3][:5] != "pound" else m[0], text)
    text = _NEXT_OF_YEAR.sub(r"in \1", text)
    return re.sub(r"\b(between )(\d[\d,.]*) and ([£$€])(?=\d)", r"\1\3\2 and \3", text)


_NEXT_OF_YEAR = re.compile(r"\b(?<!of )(?<!in )(?<!by )next ([A-Z][a-z]+ 20\d\d)\b")  # "next March 2026"


def day_of(spoken: str) -> str | None:
    """A spoken ordinal as a day's number: "twenty first" is "21"; None for other words."""
    found = re.fullmatch(_DAY, spoken, re.IGNORECASE)
    return str(_day(found)) if found else None


def _day(match: re.Match[str]) -> int:
    if match["digits"]:
        return int(match["digits"])
    tens = {"twenty": 20, "thirty": 30}.get((match["tens"] or "").lower(), 0)
    return tens + ORDINALS[match["ones"].lower()]


def _date(match: re.Match[str]) -> str:
    day = _day(match)
    # "May" and "march" are also verbs: a month has its capital.
    return f"{day} {match['month']}" if 1 <= day <= 31 and match["month"][0].isupper() else match[0]


def _two_days(match: re.Match[str]) -> str:
    one, two = day_of(match["one"]), day_of(match["two"])
    known = one and two and match["month"][0].isupper()
    joint = "to" if match["joint"] in ("through", "until") else match["joint"]
    return f"{one} {joint} {two} {match['month']}" if known else match[0]


def _decimal(match: re.Match[str]) -> str:
    whole = match["whole"] if match["whole"].isdigit() else str(_ONES[match["whole"].lower()])
    return f"{whole}.{''.join(str(_ONES[w]) for w in match['part'].lower().split())}"


_OF_TEN = re.compile(rf"(?i:\b(?:{'|'.join(list(_ONES)[1:10])}) (?:\w+ )?(?:from|or|to)|\b(?:in|of))$")
# "one hour and fifty minutes": both parts in figures.
_LASTS = re.compile(
    rf"\b(?P<hours>\d+|{'|'.join(list(_ONES)[1:13])}) (?P<unit>hours?|minutes?) (?:and )?(?P<part>\d+) (?=minutes?\b|seconds?\b)"
)


_SCALES = ("hundred", "thousand", "million", "billion")  # "half a million", "2.5 million" stay as they are
_MILLION = 1_000_000


def _figure(match: re.Match[str]) -> str:
    words = re.split(r"[ -]", match[0].lower())
    if match[0][0].isupper() and re.search(r"[a-z,] $", match.string[: match.start()]):
        return match[0]  # in a title: "Every Ten Minutes"
    value = None if len(words) == 1 and words[0] in _SCALES else _value([w for w in words if w not in {"and", "a"}])
    before = match.string[: match.start()].rstrip()
    if (
        value is None
        or value < 10
        or (" and " in match[0].lower() and "hundred" not in match[0].lower() and "thousand" not in match[0].lower())
    ):
        return match[0]
    if value == 10 and _OF_TEN.search(before):
        return match[0]  # "nine out of ten", "eight from ten"
    if value >= _MILLION and value % (_MILLION // 10) == 0:
        return f"{value / _MILLION:g} million"
    year = 1900 <= value <= 2099 and words[0] != "one" and bool(_YEARLY.search(before))
    like_year = 1900 <= value <= 2099 and words[0] in {"nineteen", "twenty"}
    return f"{value:,}" if value >= 1_000 and not year and not like_year else str(value)


def _value(words: list[str]) -> int | None:
    """The number that the words say, or None where they say none ("twenty ten", "three four hundred")."""
    if (
        len(words) in (2, 3)
        and words[0] in {"twenty", "nineteen"}
        and words[1] in _TENS.keys() | {w for w, n in _ONES.items() if n >= 10}
    ):
        rest = _value(words[1:])
        return (_ONES | _TENS)[words[0]] * 100 + rest if rest is not None else None
    total = current = 0
    last = 10**9  # below what the next number word must stay
    for w in words:
        if w in _SCALE:
            current = max(1, current) * _SCALE[w]
            if w != "hundred":
                total, current = total + current, 0
            last = 100
        else:
            n = (_ONES | _TENS)[w]
            if n >= last:
                return None
            current, last = current + n, (10 if n >= 20 else 1)
    return total + current


# Hedges ("hopefully", "or so", "I think") and words that may carry the sense ("no", "just", "well over") are no openers:
# what cannot be told with them is not told without them.
_LEADING = re.compile(
    r"^((?:said|added|thought|noted|explained) that )(?:(?:(?:exactly|sorry|yes|no|well|okay|so|just|here|again),|(?:(?:anyway|firstly|secondly|"
    r"thirdly|finally|lastly|actually|basically|obviously|of course|in fact|with (?:all due )?respect|for example|for instance|as well|"
    r"like i said|in that sense|to be (?:very |perfectly |completely )?(?:clear|honest|fair)|"
    r"(?:mr|mrs|ms|madam)\.? (?:chair\w*|speaker|president|deputy speaker)),?)) (?=\w))+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:, (?:yes|no|right|so (?!far\b)\w+)|(?<! or),? (?:and )?(?:(?:so|though|too|anyway|and (?:so on|so forth|things like that|stuff like that|all that)|you know|"
    r"for example|in a way|at all, really|really)))$"
)
_REQUESTED = re.compile(r"^(?:advised|asked|urged|encouraged|reminded) [\w ]{4,24}? (?:not )?to ")
_STRAY = re.compile(
    r"(?<=[a-z,] )(The|A|An|Of|It|In|On|And|So|But|That|This|To|For|With|Is|Was|They|We|If|When|Something|What|Which|At|By|From|Should|Both|Can|Could|Would|Because|Or|As|Are|Were|Be|Has|Have|Than|These|Those)(?= [a-z])"
)
_SPLICE = re.compile(
    r"^(?P<lead>(?:said|added|thought|noted|explained) that (?!(?:if|when|because|as|since|although|though|while|once|before|after|in|on|at|for|with|by|from|to|what|where|whenever)\b)[^,;]*?), "
    r"(?=(?:they|he|she|it|there) (?:was|were|had|did|could|would|should|might|[a-z]+ed)\b)"
)


# "the trolley by the gate, the bank started it in June": what was set before its sentence goes where its pronoun stands.
_FRONTED = re.compile(
    r"^(?P<claim>(?:said|added|explained) that )(?P<front>(?:the|their|this|that|an?) [^,;]{3,40}?), "
    r"(?P<rest>(?:they|he|she|the \w+|a \w+) \w+ (?:\w+ )??)(?P<it>it|them)\b(?P<end>(?! (?:was|were|is|had))[^,;]*)$"
)


# "the waiting list, because they always got asked, it stood at 203": its own subject said again.
_DISLOCATED = re.compile(
    r"^(?P<claim>(?:said|added|explained) that )(?P<front>(?:the|their|this|that|an?|one of|some of|many of|most of) (?![^,]*\b(?:who|which|that|it|them|was|were|had|did|is|are|has|have|would|could|should|will|might|must)\b)[^,;]{3,40}), "
    r"(?:(?:because|as|since|like|which) [^,;]{3,40}, )?(?:it|they|he|she) (?=(?:was|were|had|did|could|would|should|might|stood|[a-z]+ed)\b)"
)


def _in_place(match: re.Match[str]) -> str:
    plural = match["front"].split()[-1].endswith("s")
    if re.search(r"\b(?:was|were|had|is|are|has|did|who|which|that|when|if|\w+ed)\b", match["front"]) or (
        (match["it"] == "them") != plural and match["it"] == "them"
    ):
        return match[0]
    return f"{match['claim']}{match['rest']}{match['front']}{match['end']}"


# "Last full dredge was in 2013": spoken without its article.
_BARE_FIRST = re.compile(
    r"^((?:said|added|explained) that )(?=(?:last|next|main|biggest|largest|lowest|highest) "
    r"(?!(?:year|month|week|night|time|summer|winter|spring|autumn|fall|\w+day|of|was|were|had)\b)[a-z-]+ )"
)


def unstrayed(text: str) -> str:
    """Small words in small letters, where a recogniser wrote a capital inside a sentence ("the hash Of the code")."""
    return _STRAY.sub(lambda m: m[0].lower(), text)


def tidied(text: str) -> str:
    """Without the words by which speech begins and trails off; stray capitals and commas mended."""
    text = re.sub(r"(\w)- (?=[a-z])", r"\1-", text)
    text = unstrayed(text)
    text = _LEADING.sub(r"\1", text)
    before = ""
    while before != text:
        before, text = text, _TRAILING.sub("", text.rstrip(" ,;:.…"))
    text = re.sub(
        r"^said that they (thought|believed|hoped|felt|proposed|suggested|recommended|expected|agreed) (?:that )?(?=\w+ \w+)(?!to\b)",
        r"\1 that ",
        text,
    )
    text = re.sub(r", (?:was|were|did|had|would|could) not (?:it|they|he|she|there)(?=,|$)", "", text)  # "isn't it"
    text = _BARE_FIRST.sub(r"\1the ", text)
    text = re.sub(r"\bfor now\b", "for the time being", text)
    text = re.sub(r"(?<=\w)(?<!\bby)(?<!\bfrom)(?<!\buntil)(?<!\btill)(?<!\bright)(?<!\beven)(?<!\bnot) now$", "", text)
    text = re.sub(r"(?<!\w)['’]em\b", "them", text)
    text = re.sub(r"(?<=said that )The (?=[A-Z])", "the ", text)
    text = re.sub(r",? what, (?=[a-z0-9])", " ", text)
    if _REQUESTED.match(text):  # "switch it off, and do not enter a name"
        text = re.sub(r",? and (?:did|do) not (?=[a-z]+ )", " and not to ", text)
    # What stood between two commas is gone: "the full transcript, would be up".
    text = re.sub(
        r"^(said that (?:the|an?|its|their) [^,]{3,40}), (?=(?:would|was|were|had|could|might)\b)", r"\1 ", text
    )
    text = re.sub(r"\b((?:invited|asked|advised|urged) \w+), (?=to\b)", r"\1 ", text)
    text = re.sub(r"\bthat was to say\b", "that is to say", text)
    text = re.sub(r"\b(one of (?:these|those|them|the \w+s)) were\b", r"\1 was", text)
    text = re.sub(r"\b([Tt]hey) (was|has)\b", lambda m: f"{m[1]} {'were' if m[2] == 'was' else 'had'}", text)
    text = re.sub(r"\b(\w{3,})['’]s (?=\w{2,}ing (?:on|to|at|in|for|with|it|them|the|a|an)\b)", r"\1 was ", text)
    text = re.sub(r"\b(let|make|help) ((?:the|a|their|its|his|her) \w+|them|him|her|it) had\b", r"\1 \2 have", text)
    text = re.sub(
        r"\bhad got(?:ten)? (?=(?:to|an?|the|no|any|some|\d[\d,]*|[a-z-]+ (?:of|[a-z-]+s)|plot|their|its|his|her|living|more|many)\b)",
        "had ",
        text,
    )
    text = re.sub(rf"\bhad got(?:ten)? (?=(?:{_WORD})\b)", "had ", text)
    text = re.sub(
        r"\b([Tt]here) was (?=(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|several|many|some|a few|a number of|a couple of|lots of) (?:\w+ )?[a-z]+s\b)",
        r"\1 were ",
        text,
    )
    text = re.sub(r"\b(some|many|most|all|few|several|any|\d+) of (?=(?:members|participants)\b)", r"\1 ", text)
    text = re.sub(r"^said that (?:members|participants|those present) (?:remembered|knew) that ", "said that ", text)
    text = re.sub(r"([£$€]) (?=\d)", r"\1", text)
    text = re.sub(r"(?<=\w)\"? ?\"(\w[^\"]*)\"", r" “\1”", text)
    text = _DISLOCATED.sub(r"\g<claim>\g<front> ", text)
    text = _FRONTED.sub(_in_place, text)
    return _SPLICE.sub(r"\g<lead>; ", text)


def capitals(text: str, names: Iterable[str]) -> str:
    """Known names as they are written, wherever they stand."""
    for name in names:
        if len(name) > 3 and name.lower() in text.lower() and name not in text:
            text = re.sub(rf"\b{re.escape(name)}\b", name, text, flags=re.IGNORECASE)
    return text


def undoubled(text: str, body: str | None) -> str:
    """ "at Harbour Heat Harbour Heat took" -> "Harbour Heat took"; "the network's centre" of the centre itself -> "the centre"."""
    if not body:
        return text
    b = re.escape(body)
    if body.endswith("s"):
        text = text.replace(f"{body}'s", f"{body}'")
    text = re.sub(rf"\b(?:at|in|for|here at|with) {b},? {b}\b", body, text)
    return re.sub(rf"\b{b}'s {re.escape(body.split()[-1])}\b", body, text)


def one_subject(text: str, subject: str) -> str:
    """ "Lee wrote to them, and Lee asked each a question" -> "Lee wrote to them and asked each a question"."""
    s = re.escape(subject)
    verb = r"(?=(?:was|were|had|did|would|could|[a-z]{3,}) )"
    return re.sub(rf"({_NO_OBJECT}\b{s} (?!and\b){verb}[^,;]*?),? and (?:that )?{s} {verb}", r"\1 and ", text)


_NO_OBJECT = "".join(
    rf"(?<!\b{w} )" for w in ("to", "of", "for", "with", "by", "from", "at", "in", "on", "and", "or", "as")
)


def mended(text: str, spoken: str) -> str:
    """The text with a longer copied run broken where English allows it."""
    if not copied(text, spoken):
        return text
    text = re.sub(r", who used to be (at|in|with|of) (the )?", r", formerly \1 \2", text)
    text = re.sub(
        r"^((?:said|added|thought|explained|noted|reported) that .*?), (and|but) (?=(?:they|he|she|it|there|the|an?|this|these|those|their|its|his|her|nobody|everybody|people|some|many|most|all|each|one|no)\b|[A-Z0-9])(?=[^,;]*\b(?:was|were|had|did|could|would|should|might|\w+ed|went|came|took|made|gave|put|found|got|saw|ran|led|left|kept|held|brought|built|began|became|cut|set|won|lost|met|paid|sold|sent|spent|told|thought|wrote|grew|fell|rose|stood)\b)",
        r"\1, \2 that ",
        text,
        count=1,
    )
    for old, new in _OTHERWISE:
        if not copied(text, spoken):
            break
        text = re.sub(rf"\b{old}\b", new, text, count=1)
    return text


# Ways of saying the same, for places where too many of the speaker's own words stand in a row.
_OTHERWISE = (
    (r"because of", "owing to"), ("because(?! of)", "as"), ("nobody", "no one"), ("together with", "with"), ("a lot of", "plenty of"), ("in order to", "to"),
    ("until", "till"), ("wanted to", "wished to"), ("had to", "needed to"), ("every", "each"), ("those who", "people who"),
    ("such as", "like"), ("a third (?=of)", "one third "), ("wrote it with", "wrote it together with"), (r"about (?=\d|one |two |three |half |twice )", "around "), ("only", "just"),
    ("was able to", "could"), ("at the (?=University|university|college|College)", "of the "), ("began", "started"),
    ("each other", "one another"), ("often", "frequently"), ("big", "large"), ("buy", "purchase"), ("as well", "too"),
    (r"during (?=the|an?\b)", "in "), (r"before (?=the \w+(?:,|$))", "ahead of "), (r"called (?=the [a-z])", "termed "),
    (r"for the first (?=time)", "for the very first "), (r"and then (?=they|it)", "then "), (r"got (?=an?\b)", "received "),
    (r"(?<!no )(?<!not )(?:by )?more than (?=\d|one |two |three |half |a (?:hundred|thousand|million|dozen|year|month|week|day|decade)\b)", "over "), (r"both of them", "both"), (r"in the (?=spring|summer|autumn|winter)", "during the "),
    (r"would like to know", "wished to know"), (r"(?<!half )a (?=million|hundred|thousand|dozen)", "one "),
    (r"showed (?=that)", "revealed "), (r"so that (?=(?:they|he|she|it|the|an?|no|nobody|every\w+|people|all|any\w*|their|its) )", "in order that "), ("thanks to", "owing to"), ("turned out to be", "proved to be"), ("so far", "to date"),
    ("instead of", "rather than"), ("nearly", "almost"), ("whole", "entire"), ("usually", "normally"), ("a number of", "several"),
    (r"(?<=times )a (?=day|week|month|year)", "each "), ("at the moment", "at present"),
    (r"(?<=\w )(?<!said )(?<!so )that (?=(?:had|has|was|were|would|could|might) (?:\w+ed|been|not)\b)", "which "), (r"the last (?=\w+ (?:years?|months?|weeks?|days?))", "the past "),
)  # fmt: skip


def copied(text: str, spoken: str) -> bool:
    """Whether more words in a row are the speaker's own than a page may copy."""
    page = _plain(text)
    source = " " + " ".join(_plain(spoken)) + " "
    n = LONGEST_COPY + 1
    return any(f" {' '.join(page[i : i + n])} " in source for i in range(len(page) - n + 1))


def _plain(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def finished(text: str) -> str:
    """A statement with single spaces, a capital, and a stop unless it is a bare phrase that ends otherwise."""
    text = re.sub(r"\s+", " ", text).strip().replace(" ,", ",").replace(",,", ",").replace(",.", ".")
    text = _BEGINS_WITH.sub(lambda m: _SPELT[int(m[1])].capitalize() if int(m[1]) < len(_SPELT) else m[0], text)
    text = re.sub(r"(?<=[.?!]”)\.", "", text)  # a title that ends its sentence
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", re.sub(r",(?=[.;:])", "", text))


# A sentence does not begin with a small figure: "Ten years ago".
_BEGINS_WITH = re.compile(r"(?:^|(?<=[.?!] )|(?<=“))(\d{1,2})(?= (?!per\b|p\.?m\b|a\.?m\b)[a-z])")
_SPELT = (*_ONES, "twenty")
