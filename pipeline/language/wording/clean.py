"""Speech without what a listener does not hear: fillers, false starts, repeats, greetings by name."""

import itertools
import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from pipeline.language.wording.line import is_word
from pipeline.language.wording.words import (
    ADDRESSES,
    APOLOGIES,
    ASIDES,
    DISCOURSE,
    FILLERS,
    KEEP_DOUBLE,
    OPENERS,
    SHORT_WORDS,
)

REACH = 5  # words from a false start to its repair
_NOT_FILLER_KNOW = frozenset("what how if whether where who why when about that which".split())
_KNOW_NEEDS = frozenset("do did if let don't n't not to as will would should you'd might may can".split())


def clean(span: Span) -> list[Token]:
    """The span's tokens without disfluent ones, fillers, discourse markers, false starts and vocatives."""
    tokens = [t for t in span if not t.is_space]
    gone: set[int] = set()
    for rule in (_marked, _fillers, _phrases, _asides, parentheses, _vocatives):
        gone |= rule(tokens)
    tokens = without(tokens, gone)
    tokens = without(tokens, _corrections(tokens))
    tokens = without(tokens, _repeats(tokens))
    return _open(tokens)


def without(tokens: Sequence[Token], gone: set[int]) -> list[Token]:
    """Without these, and without a comma that stood beside one of them."""
    kept: list[Token] = []
    after_gap = closed = False
    for n, token in enumerate(tokens):
        if token.i in gone:
            hesitates = token.lower_ in FILLERS or token.pos_ == "INTJ"
            closed = (closed and after_gap) or hesitates or not kept
            after_gap = True
            if kept and kept[-1].text == "," and not _list_comma(kept) and not _begins_clause(tokens, n, gone):
                kept.pop()
                closed = True
            continue
        if after_gap and closed and token.text == "," and (not kept or kept[-1].text != ","):
            continue  # "training again, fire and first aid" keeps its comma: none stood before what goes
        kept.append(token)
        after_gap = closed = False
    return kept


def _begins_clause(tokens: Sequence[Token], n: int, gone: set[int]) -> bool:
    """Whether a new clause stands behind what goes: "we did want to meet, um, we had a hall booked"."""
    rest = [t for t in tokens[n + 1 : n + 5] if t.i not in gone and not t.is_punct]
    return len(rest) > 1 and rest[0].lower_ in _SUBJECTS and rest[1].pos_ in ("VERB", "AUX")


_SUBJECTS = frozenset("i we they he she it there".split())


def _list_comma(kept: Sequence[Token]) -> bool:
    # A comma that closes a fronted clause or a list is wanted; only short asides lose theirs.
    return len(kept) > 2 and kept[-2].pos_ in ("NUM", "ADJ") and kept[-1].head.i > kept[-1].i


def _marked(tokens: Sequence[Token]) -> set[int]:
    marked = Token.has_extension("disfluent")
    return {t.i for t in tokens if (marked and t._.disfluent) or _false_start(t) or _cut_off(t) or _begun(t)}


def _false_start(token: Token) -> bool:
    """What the parse holds for taken back, where what stands for it follows soon and is of its kind; no whole clause."""
    alike = token.pos_ == token.head.pos_ and 0 < token.head.i - token.i <= REACH
    return token.dep_ == "reparandum" and alike and not any("subj" in c.dep_ for c in token.children)


def _cut_off(token: Token) -> bool:
    text = token.text
    if len(text) > 1 and text[0].isalpha() and text.endswith(("-", "–", "—")):
        return True
    if (
        len(text) > 3
        or not text.isalpha()
        or not text.islower()
        or text in SHORT_WORDS
        or token.i + 1 >= len(token.doc)
    ):
        return False
    follows = [t for t in token.doc[token.i + 1 : token.i + 3] if not t.is_punct]
    return len(text) == 1 or any(t.lower_.startswith(text) and t.lower_ != text for t in follows[:1])


def _begun(token: Token) -> bool:
    """A word broken off and said again in full shortly after ("we shou we should")."""
    text = token.lower_
    if len(text) < 2 or not text.isalpha() or text in SHORT_WORDS:
        return False
    following = token.doc[token.i + 1 : token.i + 5]
    whole = any(t.lower_.startswith(text) and len(t.lower_) > len(text) for t in following)
    return whole and not is_word(text)


def _fillers(tokens: Sequence[Token]) -> set[int]:
    return {t.i for t in tokens if t.lower_ in FILLERS or (t.lower_ in DISCOURSE and t.pos_ in ("ADV", "INTJ"))}


def _phrases(tokens: Sequence[Token]) -> set[int]:
    gone: set[int] = set()
    for n, token in enumerate(tokens[:-1]):
        before = tokens[n - 1].lower_ if n else ""
        after = tokens[n + 2].lower_ if n + 2 < len(tokens) else ""
        pair = (token.lower_, tokens[n + 1].lower_)
        if (
            (pair == ("you", "know") and before not in _KNOW_NEEDS and after not in _NOT_FILLER_KNOW)
            or (pair == ("i", "mean") and before not in ("what", "if", "that"))
            or (pair in (("sort", "of"), ("kind", "of")) and _hedging(tokens, n))
            or pair in (("of", "course"), ("you", "see"))
        ):
            gone |= {token.i, tokens[n + 1].i}
    for n, token in enumerate(tokens):
        wanted = n > 0 and tokens[n - 1].lower_ in ("would", "'d", "’d", "to", "not", "n't", "i", "we", "they", "you")
        if (
            token.lower_ == "like"
            and not wanted
            and (_between_commas(tokens, n) or (_hollow(token) and _before_verb(tokens, n)))
        ):
            gone.add(token.i)
    return gone


_ASIDES_BY_FIRST = {first: tuple(p for p in ASIDES if p[0] == first) for first in {p[0] for p in ASIDES}}


def _asides(tokens: Sequence[Token]) -> set[int]:
    """Set phrases and interjections inside a sentence."""
    lower = [t.lower_ for t in tokens]
    gone: set[int] = set()
    for n, token in enumerate(tokens):
        ends = n == 0 or lower[n - 1] in ("and", "but", "so") or tokens[n - 1].is_punct
        for phrase in _ASIDES_BY_FIRST.get(lower[n], ()):
            after = lower[n + len(phrase)] if n + len(phrase) < len(lower) else "."
            whole = tuple(lower[n : n + len(phrase)]) == phrase
            if whole and phrase == ("and", "so", "on") and after not in ".,;!?":
                continue  # "and so on Monday night they met"
            if whole and (ends or phrase[0] in ("and", "or")) and (len(phrase) > 1 or after == ","):
                gone |= {t.i for t in tokens[n : n + len(phrase)]}
        if (
            token.pos_ == "INTJ"
            and token.lower_ in ("yeah", "okay", "ok", "oh", "right", "well", "hey", "please")
            and n
        ):
            gone |= {token.i} if token.lower_ != "please" else set()
    return gone


# What a speaker says to the listeners in passing; a doubt ("I think", "as far as we know") is none.
_IN_PASSING = re.compile(
    r"(?:i (?:should|must|have to|ought to|will|'ll|would|'d) (?:just |also )?(?:say|add|admit|confess|be (?:honest|straight|frank|blunt)(?: with you)?)|"
    r"let (?:'s|us|me) be (?:quite |very )?(?:honest|clear|frank|straight)(?: with you)?|to be (?:quite |very |perfectly |completely )?(?:honest|straight|frank|blunt|clear)(?: with you)?|"
    r"as (?:you|we|some of you|most of you|many of you)(?: all| may| will| might| probably| 'll)* (?:know|remember|recall|see|saw|heard|imagine)|"
    r"believe it or not|if you (?:like|will|ask me)|so to speak|oddly enough|i (?:do n't|do not) mind (?:saying|telling you)|for my sins|bless (?:him|her|them|you)|frankly|funnily enough)"
)


def parentheses(tokens: Sequence[Token]) -> set[int]:
    """What is said to the listeners in passing, between commas or at an end: "I'll be straight with you"."""
    gone: set[int] = set()
    edges = [-1, *(n for n, t in enumerate(tokens) if t.text in (",", ".", "!", "-", "–")), len(tokens)]
    for start, end in itertools.pairwise(edges):
        part = tokens[start + 1 : end]
        guesses = (
            len(part) == 1 and part[0].lower_ == "what" and 0 < end < len(tokens) - 1
        )  # "we had, what, two things"
        if guesses and tokens[end + 1].pos_ in ("NUM", "DET"):
            gone.add(part[0].i)
        elif 0 < len(part) < len(tokens) - 2 and _IN_PASSING.fullmatch(
            " ".join(t.lower_.replace("’", "'") for t in part)
        ):
            gone |= {t.i for t in part}
    return gone


def _hedging(tokens: Sequence[Token], n: int) -> bool:
    if n == 0:
        return False
    before = tokens[n - 1]
    return not (
        before.pos_ in ("DET", "ADJ", "NUM") or before.lower_ in ("what", "that", "this", "which", "same", "some")
    )


def _hollow(token: Token) -> bool:
    return token.dep_ == "discourse" or token.pos_ == "INTJ"


def _before_verb(tokens: Sequence[Token], n: int) -> bool:
    """ "I was like going": elsewhere "like" may compare, and then the sentence turns on it."""
    return n + 1 < len(tokens) and tokens[n + 1].pos_ in ("VERB", "AUX")


def _between_commas(tokens: Sequence[Token], n: int) -> bool:
    return 0 < n < len(tokens) - 1 and tokens[n - 1].text == "," and tokens[n + 1].text == ","


def _vocatives(tokens: Sequence[Token]) -> set[int]:
    gone = {c.i for t in tokens if t.dep_ == "vocative" for c in t.subtree}
    words = [t for t in tokens if t.lower_ not in OPENERS]
    names = 0
    while names < len(words) and words[names].pos_ == "PROPN" and names < 3:
        names += 1
    if not names and words and words[0].lower_ in ADDRESSES and any(t.text == "," for t in words[1:4]):
        comma = next(n for n, t in enumerate(words) if t.text == ",")
        names = (
            comma if all(t.lower_ in ADDRESSES or t.pos_ == "PROPN" or t.lower_ == "and" for t in words[:comma]) else 0
        )
    called = words[:names]
    follows = words[names : names + 2]
    asks = len(follows) == 2 and (follows[1].pos_ in ("AUX", "PRON") or follows[1].tag_ in ("MD", "WP", "WRB"))
    addressed = bool(called) and all(t.lower_ in ADDRESSES for t in called)
    asks = asks or addressed
    if called and len(follows) == 2 and follows[0].text == "," and (asks or not any("subj" in t.dep_ for t in called)):
        gone |= {t.i for t in called}
    return gone


def _corrections(tokens: Sequence[Token]) -> set[int]:
    """ "on the Monday, sorry, the Tuesday": what the speaker took back, and the apology."""
    gone: set[int] = set()
    for n, token in enumerate(tokens):
        if token.lower_ not in APOLOGIES or not 0 < n < len(tokens) - 1:
            continue
        if token.lower_ == "rather" and tokens[n - 1].lower_ not in (",", "or"):
            continue
        after = next((t for t in tokens[n + 1 :] if not t.is_punct), None)
        start = _taken_back(tokens, n, after) if after is not None else None
        if start is not None:
            gone |= {t.i for t in tokens[start : n + 1]}
    return gone


def _taken_back(tokens: Sequence[Token], n: int, after: Token) -> int | None:
    near = [k for k in range(max(0, n - 6), n) if not tokens[k].is_punct]
    same = [k for k in near if tokens[k].lower_ == after.lower_]
    alike = [k for k in near if tokens[k].pos_ == after.pos_ and after.pos_ in ("NUM", "PROPN", "NOUN", "ADJ")]
    if same:
        return same[-1]
    if not alike:
        return None
    start = alike[-1]
    while start > 0 and tokens[start - 1].pos_ == after.pos_:
        start -= 1
    return start


def _repeats(tokens: Sequence[Token]) -> set[int]:
    """The first copy of words said twice in a row ("we were, we were going")."""
    gone: set[int] = set()
    words = [t for t in tokens if not t.is_punct]
    n = 0
    while n < len(words):
        size = next((k for k in (4, 3, 2, 1) if _twice(words, n, k)), 0)
        if size:
            last = words[n + size]
            gone |= {t.i for t in tokens if words[n].i <= t.i < last.i}
        n += size or 1
    return gone


def _twice(words: Sequence[Token], n: int, size: int) -> bool:
    first, second = words[n : n + size], words[n + size : n + 2 * size]
    if len(second) < size or [t.lower_ for t in first] != [t.lower_ for t in second]:
        return False
    after = words[n + 2 * size] if n + 2 * size < len(words) else None
    if size > 1 and n and first[-1].pos_ == "NOUN" and after is not None and after.tag_ in ("VBZ", "VBP", "VBD"):
        return False  # "... the reeds, the reeds move": an object, then a subject
    return size > 1 or (first[0].lower_ not in KEEP_DOUBLE and first[0].pos_ not in ("NUM", "PROPN"))


def _open(tokens: list[Token]) -> list[Token]:
    """Without "Well, so, yes," at the beginning and stray punctuation at either end."""
    while tokens:
        first = tokens[0]
        bare_no = first.lower_ == "no" and len(tokens) > 1 and (tokens[1].is_punct or tokens[1].pos_ == "PRON")
        opener = first.lower_ in OPENERS and first.dep_ not in ("nsubj", "amod", "obj")
        if not (first.is_punct or bare_no or (opener and not _is_so_that(tokens))):
            break
        tokens = tokens[1:]
    while tokens and ((tokens[-1].is_punct and tokens[-1].text not in '.?!)%”"') or _tag(tokens[-1])):
        tokens = tokens[:-1]
    return tokens


def _tag(token: Token) -> bool:
    """ "..., right": a word hung on the end."""
    return token.lower_ in ("right", "okay", "yeah") and token.pos_ == "INTJ"


def _is_so_that(tokens: Sequence[Token]) -> bool:
    return tokens[0].lower_ in ("so", "now") and len(tokens) > 1 and tokens[1].lower_ in ("that", "many", "much", "far")
