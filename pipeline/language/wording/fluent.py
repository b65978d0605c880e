"""Whether a finished statement reads as an English sentence: what its own tags must show before it may be published.

The rules that make a statement look at the spoken sentence; these look at the statement itself, as its reader will,
so that what two sound steps broke together is still seen. They rest on tags and order, which hold up where a parse of
half a sentence does not. A statement that fails is left out.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import lemminflect
from spacy.tokens import Doc, Token

from pipeline.language.wording.words import TIME_NOUNS, TRANSITIVE, WH

_FINITE = frozenset({"MD", "VBD", "VBP", "VBZ"})
_SPOKEN = re.compile(
    r"\b(?:kind of|sort of|you know|i mean|or (?:something|whatever|anything)(?: like that)?|and (?:everything|stuff)|stuff|guys|gonna|"
    r"wanna|gotta|kinda|yeah|okay|ok|all right|alright|sorry|exactly|um|uh|er|erm|dunno|blah|got to|question mark|"
    r"the (?:other|second|third|first|last|next|only) (?:thing|one|bit|point|part)s?\b[^,.]{0,40} (?:is|was|were))\b|"
    r"\w['’](?:d|ll|ve|re|m)\b|\bn['’]t\b|[a-z]{2,}[.?!] [a-z]|[,;:] ?[,;:.?!]|…|\w- \w|"
    r"^they said\b|, \w+ did not know$|\bwas (?:they|we|he|she|it) (?:was|were|had|would)\b|^(?:the|one|another) (?:only )?(?:other |second |last |next )?thing\b|"
    r"^\w+ (?:just |only |really )?(?:wanted|wished|would like) to (?:add|say|ask|mention|pick up|raise|touch|come back|follow|echo|clarify|note|highlight|make|explicitly ask)\b|"
    r"^(?:\w+ )?(?:in|on|at|for|from|of|with|by|to),|^\w+ would (?:start|begin|talk|speak|show|tell|come back|return|turn|move on|go) (?:with|by|about|to|on|through|now)\b|"
    r"\b(?:he|she|they|it|we|i) (?:he|she|they|it|we|i)\b|\b(?:a|an|the) (?:that|this|it|they|he|she|was|were|had|and|but|of|to)\b|(?<!of )\b(?:them|him|us) (?:was|were|had|could|would)\b|"
    r"\b(?:and|but) what (?:they|he|she) (?:want|wish|need|mean)\w* to \w+(?: \w+){0,2}$|,[^,]{1,9},[^,]{1,9},",
    re.IGNORECASE,
)
_TAIL = frozenset(
    "so then like just really potentially though because which who what also and or but is am anyway either".split()
)
_NOMINATIVE = frozenset({"he", "she", "they", "i", "we"})
_OPEN_TAGS = frozenset({"DT", "PRP$", "CC", "TO", "MD", "WDT", "WP", "WP$", "PDT"})
_CLOSING_DET = frozenset({"both", "all", "each", "this", "that", "those", "these", "any", "some", "another", "half"})
_PREPOSITIONS = frozenset("for of with from to at by into about than between among towards without on as".split())
_SUBORDINATE = frozenset(
    "because if unless whether although though while when where whenever wherever until who whom whose which what why how".split()
)
_GLUE = frozenset(
    {
        "a",
        "an",
        "the",
        "my",
        "your",
        "his",
        "her",
        "its",
        "our",
        "their",
        "was",
        "were",
        "is",
        "are",
        "had",
        "has",
        "of",
        "to",
        "with",
        "from",
        "at",
        "for",
        "into",
        "that",
        "because",
        "than",
        "be",
        "could",
        "would",
        "should",
        "might",
    }
)


def fluent(doc: Doc) -> bool:
    """Whether one statement, with its capital and its full stop, is a whole sentence that a page may carry."""
    words = _words(doc)
    if len(words) < 3 or _SPOKEN.search(doc.text.rstrip(" .")):
        return False
    return not (
        _commands_late(words)
        or _no_clause(_without_opinions(words))
        or _joined_to_nothing(words)
        or _open_end(words)
        or _torn(doc)
        or _asks(words)
        or _left_standing(doc)
        or _spliced(doc)
        or _misread_perfect(words)
        or _half_shifted(words)
    )


def _half_shifted(words: Sequence[Token]) -> bool:
    """A request told as what was done: "open morning at the hall, came and see it"."""
    return any(
        t.tag_ == "VB"
        and t.dep_ == "conj"
        and t.head.tag_ == "VBD"
        and t.lower_ not in SAME_IN_PAST
        and not any(c.dep_ in ("aux", "mark", "nsubj") for c in t.children)
        and not any(c.dep_ == "aux" for c in t.head.children)
        for t in words
    )


# What nobody is advised to do, though a general "you" does it.
_NOT_ADVICE = frozenset(
    "want try have need like know see think remember mess lose fail forget get mean feel understand".split()
)


def whole_request(doc: Doc) -> bool:
    """The same of an infinitive ("Keep that book for five years."), of which no subject is asked."""
    words = _words(doc)
    if len(words) < 2 or _SPOKEN.search(doc.text.rstrip(" .")):
        return False
    comma = words[0].i + 1 < len(doc) and doc[words[0].i + 1].text == ","
    states = words[0].lemma_.lower() in _NOT_ADVICE and not any(t.lower_ in ("not", "never") for t in words[:2])
    return not (_open_end(words) or _torn(doc) or comma or states or _stated_late(words))


def _stated_late(words: Sequence[Token]) -> bool:
    """A statement read as a request: "bring a friend nights did not work"."""
    finite = [t for t in words[1:] if t.tag_ in ("VBD", "MD") and t.pos_ == "AUX"]
    bound = sum(_subordinates(words, n) for n in range(len(words)))
    return len(finite) > bound and any(t.i and t.nbor(-1).pos_ == "NOUN" for t in finite)


# Past tenses that look like the infinitive or like a noun, and words after which they are none.
SAME_IN_PAST = frozenset("shut put cut set hit cost let spread hurt quit bet shed split".split())
_NO_FINITE = frozenset("to the a an of not would could should might must did its their this that each".split())


def _words(doc: Doc) -> list[Token]:
    return [t for t in doc if not t.is_punct and not t.is_space]


def is_finite(token: Token) -> bool:
    """Whether a tag says finite, or a participle could as well be a past tense ("clients called FCU")."""
    if token.tag_ in _FINITE:
        return True
    if token.tag_ in ("NN", "NNP", "VB") and token.lower_ in SAME_IN_PAST and token.text.islower():
        return token.i > 0 and token.nbor(-1).lower_ not in _NO_FINITE
    if token.tag_ != "VBN" or token.dep_ in ("amod", "xcomp"):
        return False
    helped = any(
        t.lemma_ in ("be", "have", "get") and t.pos_ in ("AUX", "VERB")
        for t in token.doc[max(0, token.i - 4) : token.i]
    )
    return not helped and token.lower_ in lemminflect.getInflection(token.lemma_, tag="VBD")  # type: ignore[no-untyped-call]


def _subordinates(words: Sequence[Token], n: int) -> bool:
    """Whether a word makes the next finite verb a subordinate one."""
    token = words[n]
    if token.lower_ == "that":
        return token.tag_ in ("IN", "WDT") or token.pos_ == "SCONJ" or token.dep_ == "mark"
    if token.lower_ == "case":
        return (
            n > 0
            and words[n - 1].lower_ == "in"
            and n + 1 < len(words)
            and words[n + 1].lower_ in ("there", "it", "they", "the", "that")
        )
    if token.lower_ not in _SUBORDINATE:
        return False
    follows = words[n + 1] if n + 1 < len(words) else None
    if follows is None or follows.lower_ in ("to", "of", "possible", "necessary", "not"):
        return False
    # "until January", "where possible" govern no clause; a question word always does.
    return token.lower_ in WH or any(is_finite(t) for t in words[n + 1 : n + 12])


def _no_clause(words: Sequence[Token]) -> bool:
    """Without a finite verb that no joint claims, or with nothing before it."""
    finite = [t for t in words if is_finite(t)]
    if not finite or finite[0].i == words[0].i:
        return True
    joints = sum(_subordinates(words, n) for n in range(len(words)))
    return len(finite) <= joints


_OPINES = frozenset("thought believed supposed guessed said knew reckoned imagined hoped".split())


def _without_opinions(words: Sequence[Token]) -> list[Token]:
    """Words without ", they thought," in between, whose verb is none of the sentence's own."""
    out: list[Token] = []
    skip = -1
    for n, t in enumerate(words):
        if n <= skip:
            continue
        follows = words[n + 1] if n + 1 < len(words) else None
        between = t.i > 0 and t.nbor(-1).text == "," and follows is not None and follows.i + 1 < len(t.doc)
        if between and t.lower_ in _NOMINATIVE and follows.lower_ in _OPINES and follows.nbor(1).text == ",":  # type: ignore[union-attr]
            skip = n + 1
        else:
            out.append(t)
    return out


def _joined_to_nothing(words: Sequence[Token]) -> bool:
    """ "Six bursaries, and they were for members": a clause joined by "and" to what is none."""
    for n, t in enumerate(words[1:-2], start=1):
        if t.lower_ not in ("and", "but") or any(is_finite(w) for w in words[:n]):
            continue
        subject, verb = words[n + 1], words[n + 2]
        own = subject.lower_ in _NOMINATIVE | {"it", "there", "that"} and is_finite(verb)
        if own or (subject.lower_ == "one" and verb.lower_ == "of"):
            return True
    return False


def _commands_late(words: Sequence[Token]) -> bool:
    """A request hung on a statement: "..., so if they had changed their phone, tell Ines"."""
    for n, t in enumerate(words[1:], start=1):
        if t.tag_ not in ("VB", "VBP") or not t.i or t.nbor(-1).text != "," or t.pos_ == "AUX":
            continue
        before = {w.lower_ for w in words[max(0, n - 6) : n]}
        if not before & {
            "to",
            "would",
            "could",
            "should",
            "might",
            "must",
            "did",
            "not",
            "let",
            "can",
            "will",
            "help",
            "helped",
        }:
            return True
    return False


def _open_end(words: Sequence[Token]) -> bool:
    last = words[-1]
    if last.lower_ in _TAIL or last.lower_ in _NOMINATIVE:
        return True
    if last.tag_ in _OPEN_TAGS and last.lower_ not in _CLOSING_DET:
        return True
    relative = any(t.tag_ in ("WDT", "WP", "WRB") or t.lower_ == "that" for t in words[:-1])
    infinitive = any(a.pos_ in ("NOUN", "PRON", "ADJ") and b.lower_ == "to" for a, b in pairwise(words))
    if last.lower_ in _PREPOSITIONS:
        passive = any(t.lemma_ == "be" for t in words[-4:-1])
        return not (relative or infinitive or passive)
    if last.lower_ in ("was", "were", "are", "be"):
        return not (relative or any(t.lower_ in ("as", "than") for t in words))
    verb = last.pos_ == "VERB" and last.tag_ not in ("VBN", "VBG") and last.lemma_.lower() in TRANSITIVE
    return verb and not (relative or infinitive)


def _torn(doc: Doc) -> bool:
    """A comma behind a word that leans on what follows, with no second one to make a parenthesis of it."""
    tokens = [t for t in doc if not t.is_space]
    commas = [n for n, t in enumerate(tokens) if t.text in ",;:"]
    for n in commas:
        if n == 0 or n + 1 >= len(tokens):
            return True
        before, after = tokens[n - 1], tokens[n + 1]
        if before.lower_ in ("a", "an", "the", "its", "their", "his"):
            return True
        if len(commas) == 1 and after.lower_ in ("was", "were", "had"):
            return True  # "They made it, was to ...": the comma parts a verb from its subject
        closed = any(n + 1 < m <= n + 8 for m in commas)
        answers = before.lower_ in (
            "was",
            "were",
            "had",
            "would",
            "could",
            "should",
            "might",
            "to",
            "at",
            "for",
            "with",
            "of",
        )
        if before.lower_ in _GLUE and not (closed or (answers and after.pos_ in ("CCONJ", "SCONJ"))):
            return True
        if before.pos_ == "VERB" and before.tag_ in ("VBD", "VB") and after.pos_ in ("NUM", "DET") and not closed:
            clause = any(is_finite(t) for t in tokens[n + 1 :])
            if not clause and any(c.dep_ == "obj" and c.i > n for c in before.children):
                return True
    return False


def _asks(words: Sequence[Token]) -> bool:
    """The order of a question in a statement: "14 was that right", "what was the cost"."""
    for a, b in pairwise(words):
        if a.lower_ in ("was", "were", "did", "could", "would") and a.i == words[0].i:
            return True
        ends = b.i + 1 >= words[-1].i
        if a.lower_ in ("was", "were") and b.lower_ in ("that", "it", "this", "they") and ends:
            return True
    for a, b in pairwise(words[:5]):
        # "Dr Olsen who owned the fenders": somebody is addressed and asked.
        if (
            a.pos_ == "PROPN"
            and b.lower_ in WH
            and b.i == a.i + 1
            and not any(is_finite(t) for t in words if t.i < a.i)
        ):
            return True
    first = words[0]
    return (
        first.lower_ in WH
        and len(words) > 2
        and words[1].lower_ in ("was", "were", "did", "would", "could")
        and words[2].pos_ in ("PRON", "DET", "PROPN")
        and not any(is_finite(t) for t in words[2:])
    )


def _left_standing(doc: Doc) -> bool:
    """A noun set before the sentence and left there: "The trolley by the gate, the bank started it"."""
    tokens = [t for t in doc if not t.is_space]
    comma = next((n for n, t in enumerate(tokens) if t.text == ","), None)
    if comma is None or comma == 0 or comma + 2 >= len(tokens):
        return False
    front = tokens[:comma]
    first, follows = front[0], tokens[comma + 1]
    if (
        any(is_finite(t) for t in front)
        or first.pos_ in ("ADP", "ADV", "SCONJ", "VERB", "CCONJ", "PART")
        or first.tag_ in ("VBG", "VBN", "IN", "RB")
    ):
        return False
    if any(t.lemma_.lower() in TIME_NOUNS or t.ent_type_ in ("DATE", "TIME") for t in front):
        return False
    own = follows.pos_ in ("PRON", "DET") and follows.tag_ not in ("WDT", "WP", "WP$")
    until = next((n for n, t in enumerate(tokens) if n > comma and t.text == ","), len(tokens))
    return own and any(is_finite(t) for t in tokens[comma + 1 : min(until, comma + 7)])


def _spliced(doc: Doc) -> bool:
    """Two statements with only a comma between them: "They had a plan, they had no money"."""
    tokens = [t for t in doc if not t.is_space]
    for n, t in enumerate(tokens[:-2]):
        if t.text != "," or n < 2:
            continue
        front = tokens[:n]
        if not any(is_finite(f) for f in front) or any(
            f.lower_ in _SUBORDINATE | {"since", "as", "after", "before", "once"} for f in front
        ):
            continue
        subject, verb = tokens[n + 1], tokens[n + 2]
        if (
            subject.lower_ in _NOMINATIVE | {"it", "that", "this", "there"}
            and is_finite(verb)
            and subject.tag_ != "WDT"
        ):
            return True
    return False


# Verbs whose passive keeps an object.
_WITH_TWO = frozenset("give pay make call name offer show teach tell ask send deny grant award lend owe allow".split())


def _misread_perfect(words: Sequence[Token]) -> bool:
    """ "He was kept bees": "he's kept bees", with "has" taken for "is"."""
    for be, done, thing in zip(words, words[1:], words[2:], strict=False):
        if be.lower_ not in ("was", "were") or thing.tag_ != "NNS" or done.tag_ in ("JJ", "NN", "VBG", "CD"):
            continue
        verbs = lemminflect.getLemma(done.lower_, upos="VERB")  # type: ignore[no-untyped-call]
        form = any(done.lower_ in lemminflect.getInflection(v, tag="VBN") for v in verbs)  # type: ignore[no-untyped-call]
        if form and not _WITH_TWO & set(verbs) and done.lower_ not in verbs:
            return True
    return False


_LIGHT = frozenset(
    "be have do get know see go think want try need say like make take look come mean let start keep put give tell talk happen "
    "seem feel guess hope believe understand agree sure good great fine nice able happy much many more other same such own "
    "thing way lot bit kind sort point question something anything everything nothing someone people time one two".split()
)


def substance(doc: Doc) -> int:
    """How many different words of a statement name something: figures count, verbs and nouns of any talk do not."""
    named = {
        t.lemma_.lower() for t in doc if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ") and t.is_alpha and not t.is_stop
    }
    figures = {t.text for t in doc if t.like_num and t.lower_ not in ("one", "two")}
    denied = any(t.lower_ in ("not", "never", "no", "nobody", "nothing", "cannot") for t in doc)
    size = len(named - _LIGHT) + len(figures)
    return size + (denied and size > 0)
