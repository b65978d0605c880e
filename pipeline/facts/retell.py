"""A plainer way of reporting for sentences whose parse is doubtful: word by word, from the tags alone.

It keeps the order of the words, sets finite verbs back by a tense, and writes "they" for the speaker and those for
whom they speak. It answers None for questions, requests, sentences about "you", and whatever points outside itself.
"""

import re
from collections.abc import Sequence

from pipeline.facts.bare import bare_tokens
from pipeline.language.phrases import Token, ends_asking
from pipeline.language.said import Span
from pipeline.language.wording.clauses import is_plural_noun, is_settled, permits
from pipeline.language.wording.contractions import is_time
from pipeline.language.wording.guards import OWNED, ends_hoping, wished
from pipeline.language.wording.line import inflected, is_base_verb, is_noun, verb_lemma
from pipeline.language.wording.words import BARE_INFINITIVE, DAYS, EVENTS, MONTHS, NAMING, PERFECT, SCHEDULED, TO_COME

_PEOPLE = {
    "i": "they", "me": "them", "my": "their", "mine": "theirs", "myself": "themselves", "we": "they", "us": "them",
    "our": "their", "ours": "theirs", "ourselves": "themselves", "today": "that day", "here": "there", "'em": "them",
}  # fmt: skip
_MODALS = {
    "will": "would",
    "'ll": "would",
    "’ll": "would",
    "can": "could",
    "ca": "could",
    "may": "might",
    "shall": "should",
    "wo": "would",
    "'d": "would",
}
_BARRED = frozenset("please sorry let thank thanks hello welcome guess mean gonna wanna um uh er here".split())
_ADDRESSED = {"you": "they", "your": "their", "yours": "theirs", "yourself": "themselves"}
_POINTING = frozenset("it they he she them him her his its their".split())
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_THERE = frozenset({"this", "that", "these", "those", "which", "there's"})


def retell(span: Span, *, body: str | None, after: bool, limit: int, audience: str) -> str | None:
    """The sentence as a predicate in the third person and the past ("said that ...", "advised ..."), or None."""
    tokens = bare_tokens(span)
    words = [t for t in tokens if not t.is_punct]
    if not 4 <= len(words) <= limit or ends_asking(span.text):
        return None
    advised = _advice(tokens, audience) or _instruction(tokens, audience) or _conditioned(tokens, audience)
    if advised:
        return advised
    if not _tellable(words, after=after):
        return None
    text = third_person(tokens, body=body, audience=audience)
    if text and _cleft(words):
        text = _CLEFT.sub(lambda m: f"{m[1]} was {'that ' if _finite_behind(words) else ''}", text, count=1)
    return f"said that {text}" if text else None


def third_person(
    tokens: Sequence[Token], *, body: str | None = None, addressed: bool = False, audience: str = ""
) -> str | None:
    """Tokens in the third person and the past; with `addressed`, "you" is "they", already introduced."""
    text: str | None
    out: list[str] = []
    glue: list[bool] = []
    used = body is None
    for n, t in enumerate(tokens):
        if (
            audience
            and not addressed
            and t.lower_ == "you"
            and n + 1 < len(tokens)
            and tokens[n + 1].tag_ in {"VBP", "MD", "VBD"}
        ):
            if _anybody(tokens, n):
                return None
            text, addressed = audience, True  # the first "you" is the audience, the others "they"
        elif audience and not addressed and t.lower_ in _ADDRESSED:
            return None
        else:
            text, used = _written(tokens, n, used, body, out, addressed)
        if text is None:
            return None
        if text == "were" and out == [body] and not out[0].endswith("s"):
            text = "was"  # "we are" is "the school was"
        if text:
            out.append(text)
            same = text == t.text
            glue.append(
                t.is_punct
                or (same and t.text in {"'s", "’s", "'", "’"})
                or (same and n > 0 and _tied(tokens[n - 1], t))
            )
    whole = "".join(("" if g or not i else " ") + w for i, (w, g) in enumerate(zip(out, glue, strict=True)))
    return whole.strip(" ,.;:!-") or None


_STATES = frozenset(
    "know see have be find think want mean like remember get believe feel understand notice hear need got can lose pay win live".split()
)


def _advice(tokens: Sequence[Token], audience: str) -> str | None:
    """ "You trickle it, five millilitres for each seam" -> "advised members to trickle it, ..."."""
    at = next((i for i, t in enumerate(tokens[:6]) if t.lower_ == "you"), None)
    if at is None or at + 1 >= len(tokens) or (at > 0 and tokens[at - 1].text != ","):
        return None
    verb, rest = tokens[at + 1], tokens[at + 2 :]
    denied = ""
    if verb.lower_ in {"do", "should", "must"} and rest and rest[0].lower_ in {"n't", "n’t", "not"}:
        denied, verb, rest = "not ", rest[1] if len(rest) > 1 else verb, rest[2:]
    elif verb.lower_ == "should" and rest:
        verb, rest = rest[0], rest[1:]
    if verb.tag_ not in {"VBP", "VB"} or verb_lemma(verb) in _STATES or any(t.lower_ in {"i", "we"} for t in rest):
        return None
    text = third_person(_all_asked(rest), addressed=True)
    return f"advised {audience} {denied}to {verb_lemma(verb)} {text}" if text else None


_TO_ROOM = frozenset(
    "let go come wait hold excuse hear see look thank welcome mute unmute say hang move carry sorry stop guess type click raise "
    "remember imagine think mind note bear start please do be have have take ask tell".split()
)


def _instruction(tokens: Sequence[Token], audience: str) -> str | None:
    """ "Slide a board in, count the mites, and divide by seven" -> "advised members to slide a board in, count ..."."""
    if len(tokens) < 4:
        return None
    first, second = tokens[0], tokens[1]
    verb = first.lower_
    governs = (
        second.pos_ in {"DET", "NUM"} or second.tag_ in {"PRP$", "RP"} or second.lower_ in {"it", "them", "one", "your"}
    )
    if (
        verb in _TO_ROOM
        or not governs
        or (second.pos_ == "NUM" and tokens[2].lower_ == "of")  # "version three of the interface"
        or not is_base_verb(verb)
        or first.tag_ in {"VBD", "VBZ", "MD", "DT", "IN", "CD", "JJ", "PRP"}
    ):
        return None
    if any(t.lower_ in {"i", "we"} for t in tokens) or any(t.tag_ in {"VBD", "MD"} for t in tokens[1:5]):
        return None
    text = third_person(_all_asked(tokens[1:]), addressed=True)
    return f"advised {audience} to {verb} {text}" if text else None


_CONDITIONS = frozenset({"if", "when", "before", "after", "once", "unless", "until"})


def _conditioned(tokens: Sequence[Token], audience: str) -> str | None:
    """ "If it's wet, put some insulation above the board" -> "advised members to put some insulation ... if it was wet"."""
    if not tokens or tokens[0].lower_ not in _CONDITIONS:
        return None
    comma = next((n for n, t in enumerate(tokens) if t.text == ","), None)
    if comma is None or comma < 3 or any(t.text == "," for t in tokens[comma + 1 :]):
        return None
    asked = _instruction(tokens[comma + 1 :], audience)
    condition = third_person(tokens[1:comma], addressed=True)
    return f"{asked} {tokens[0].lower_} {condition}" if asked and condition else None


def _all_asked(tokens: Sequence[Token]) -> list[Token]:
    """ "tap it once and you listen" asks for both: the second "you" goes, so that its verb stands as an infinitive."""
    return [
        t
        for n, t in enumerate(tokens)
        if not (
            t.lower_ == "you"
            and 0 < n < len(tokens) - 1
            and tokens[n - 1].lower_ in {"and", "then", "or", ","}
            and tokens[n + 1].tag_ in {"VBP", "VB"}
        )
    ]


def _tied(before: Token, token: Token) -> bool:
    if before.i + 1 != token.i or before.whitespace_:
        return False
    return not _is_word(token) or before.text in {"-", "/"}


def _is_word(token: Token) -> bool:
    return str(token) not in {"-", "/", "%"} and not str(token).startswith(("-", "'", "’"))


def _cleft(words: Sequence[Token]) -> bool:
    """ "What did work was a stall on the market": a statement, though it begins as a question does."""
    copula = next((n for n, w in enumerate(words) if n > 1 and w.lower_ in {"is", "was", "'s", "’s"}), None)
    return words[0].lower_ == "what" and copula is not None and len(words) > copula + 2


_CLEFT = re.compile(r"^(what [^,]*?) (?:was|were) (?!(?:that|whether|how|when|where|why|if|to)\b)")


def _finite_behind(words: Sequence[Token]) -> bool:
    """Whether a clause stands behind the copula of a cleft: "what went wrong is the mast went off"."""
    copula = next(n for n, w in enumerate(words) if n > 1 and w.lower_ in {"is", "was", "'s", "’s"})
    relative = {"who", "which", "that", "where"}
    rest = words[copula + 1 :]
    end = next((n for n, w in enumerate(rest) if w.lower_ in relative), len(rest))
    return any(w.tag_ in _FINITE for w in rest[1:end])


def _tellable(words: Sequence[Token], *, after: bool) -> bool:
    first = words[0]
    tags = [w.tag_ for w in words]
    low = [w.lower_.replace("’", "'") for w in words]
    if any(w in _BARRED for w in low) or low[0] in _THERE or "?" in low:
        return False
    if (
        wished(words)
        or ends_hoping(low)
        or low[0] in OWNED
        or any(_urged(w) for w in words)
        or any(_given(w) for w in words)
    ):
        return False
    if first.tag_ in {"VB", "VBG", "MD", "WP", "WRB", "WDT", "CC", "VBZ", "VBP", "VBD", "TO"} and not _cleft(words):
        return False
    if (
        first.tag_ in {"NN", "NNP"}
        and first.dep_ not in {"nsubj", "nsubj:pass", "compound"}
        and words[1].tag_ in {"DT", "PRP$", "CD", "PRP"}
    ):
        return False  # "Lift one side", misread as a noun
    if low[0] in {"if", "because", "when", "as", "while", "although", "since", "like", "or", "not", "for"}:
        return False
    if low[0] in _POINTING and not after:
        return False
    finite = next((i for i, t in enumerate(tags) if t in _FINITE), None)
    if finite is None or finite == 0 or words[-1].tag_ in {"DT", "IN", "CC", "PRP$", "TO", "MD", "WP", "WDT"}:
        return False
    return any(w.pos_ in {"NOUN", "PROPN", "PRON", "NUM"} for w in words[:finite])


def _urged(token: Token) -> bool:
    """ "..., though do ask a speaker": an order behind a statement."""
    of = [*token.head.children]
    alone = all(c.dep_ != "nsubj" for c in of) and (token.i == 0 or token.nbor(-1).pos_ != "PRON")
    return token.lower_ == "do" and token.dep_ == "aux" and token.tag_ in {"VBP", "VB"} and alone


def _given(token: Token) -> bool:
    """ "It shows you live levels": what is given, an adjective and its noun, taken for a verb and its object."""
    before = token.nbor(-1) if token.i else token
    obj = any(c.dep_ == "obj" and c.i == token.i + 1 and c.tag_ == "NNS" for c in token.children)
    gives = token.head.lemma_.lower() in GIVING and before.head == token and before.pos_ == "PRON"
    return token.tag_ in {"VB", "VBP"} and token.dep_ in {"ccomp", "xcomp"} and obj and gives


GIVING = frozenset("show give send offer bring buy teach lend pay sell get".split())


def _auxiliary(tokens: Sequence[Token], n: int) -> str | None:
    """A denial, a modal, or a present that speaks of a set date, in the past; "'d" is "had" before a participle ("who'd had one")."""
    low = tokens[n].lower_.replace("’", "'")
    if low == "n't":
        return "not"
    if low in _MODALS and tokens[n].tag_ == "MD":
        if low == "may" and n and permits(tokens[n - 1]):
            return "could"
        perfect = low == "'d" and n + 1 < len(tokens) and tokens[n + 1].tag_ in {"VBN", "VBD"}
        return "had" if perfect else _MODALS[low]
    return f"would {verb_lemma(tokens[n])}" if _is_set(tokens, n) else None


def _written(
    tokens: Sequence[Token], n: int, used: bool, body: str | None, out: Sequence[str], addressed: bool
) -> tuple[str | None, bool]:
    t = tokens[n]
    low = t.lower_.replace("’", "'")
    if low == "we" and not used and body and not out:
        return body, True
    if low in _PEOPLE and not (low == "mine" and t.pos_ == "NOUN"):
        return _PEOPLE[low], used
    if addressed and low in _ADDRESSED:
        acts = n + 1 < len(tokens) and tokens[n + 1].tag_ in _FINITE  # "you've said you miss it"
        obj = low == "you" and not acts and (n == 0 or tokens[n - 1].pos_ in {"VERB", "ADP"})
        return ("them" if obj else _ADDRESSED[low]), used
    if (auxiliary := _auxiliary(tokens, n)) is not None:
        return auxiliary, used
    if t.tag_ in {"VBZ", "VBP"}:
        asked = addressed and n > 0 and tokens[n - 1].lower_ in {"and", "then", "or", ","} and t.tag_ == "VBP"
        bare = (
            t.tag_ == "VBP"
            and tokens[n - 1].lower_ not in {"i", "we", "they"}
            and any(b.lemma_.lower() in BARE_INFINITIVE for b in tokens[max(0, n - 4) : n])
        )
        return (verb_lemma(t) if asked or bare else _past(tokens, n)), used
    of_you = t.tag_ == "VB" and n and tokens[n - 1].lower_ == "you" and out and out[-1] not in {"they", "them"}
    if of_you or (not addressed and _goes_with_present(t)):
        return _past(tokens, n), used
    if t.tag_ == "VBD" and low == "was" and out and out[-1] == "they":
        return "were", used
    text = str(t.text)
    if not out and not (t.pos_ == "PROPN" or text.isupper()):
        text = text[0].lower() + text[1:]
    return text, used


def _anybody(tokens: Sequence[Token], n: int) -> bool:
    """Whether "you" is anybody: "at minus two you lose a flower in ten"; "you need a form" and "you've sent us" are said to those there."""
    verb = tokens[n + 1]
    if n and tokens[n - 1].lower_ in {"if", "when", "unless", "whenever"}:
        return True
    meant = verb.tag_ in {"MD", "VBD"} or verb.dep_ in {"aux", "aux:pass", "cop"} or verb_lemma(verb) in _ASKED_OF
    return not meant


_ASKED_OF = frozenset("need have want get receive find see know choose apply pay send sign register join vote".split())


def _goes_with_present(token: Token) -> bool:
    """ "We plug it with oak and stain it": joined to a present, and without an auxiliary, it is one too."""
    head = token.head
    own = {c.dep_ for c in token.children}
    joined = token.tag_ == "VB" and token.dep_ == "conj" and head.tag_ == "VBP" and head.i < token.i
    return joined and own.isdisjoint({"aux", "mark", "nsubj"}) and all(c.dep_ != "aux" for c in head.children)


def _is_set(tokens: Sequence[Token], n: int) -> bool:
    """Whether a present speaks of a set date: "applications open on 1 May, and they close on 12 June"."""
    t = tokens[n]
    behind = {x.lower_ for x in tokens[n + 1 : n + DATED]}
    if t.lower_ in {"is", "'s", "’s", "are"} and n and tokens[n - 1].lower_ in EVENTS:
        coming = any(x.lower_ in {"next", "following"} for x in tokens[max(0, n - 4) : n])
        return t.dep_ != "aux" and (coming or bool(behind & (DAYS | MONTHS - {"may", "march"})))
    present = t.tag_ in {"VBZ", "VBP"} or (n > 0 and tokens[n - 1].lower_ in {"they", "it"} and t.lower_ in SCHEDULED)
    return (
        present
        and verb_lemma(t) in SCHEDULED
        and bool(
            behind & (DAYS | MONTHS - {"may", "march"})
            or any(p.search(" ".join(x.lower_ for x in tokens[n + 1 : n + DATED])) for p in (_DAY_IN, TO_COME))
        )
    )


DATED = 8  # words behind a verb in which its date stands
_DAY_IN = re.compile(
    r"\b(?:of|in|on|until|by) (?:may|march)\b|\b(?:may|march) (?:the )?(?:\d|\w+(?:st|nd|rd|th)\b)|\btomorrow\b"
)


def _in_noun_phrase(tokens: Sequence[Token], n: int) -> bool:
    """Behind a preposition, an adjective, or a noun with its article."""
    before = tokens[n - 1]
    if (before.pos_ == "ADP" and before.tag_ == "IN") or (before.pos_ == "ADJ" and before.tag_ == "JJ"):
        return True
    return n > 1 and before.tag_ == "NN" and tokens[n - 2].pos_ == "DET" and tokens[n].dep_ != "acl:relcl"


def _past(tokens: Sequence[Token], n: int) -> str | None:
    t = tokens[n]
    lemma = verb_lemma(t)
    if not is_base_verb(lemma) and lemma != "be":
        return None  # "something daft", read as a verb
    if t.tag_ == "VBP" and n and is_noun(t.lower_) and _in_noun_phrase(tokens, n):
        return str(t.text)  # "the bottom gate", "the minister for transport"
    if is_plural_noun(t):
        return str(t.text)
    following = tokens[n + 1] if n + 1 < len(tokens) else None
    if (
        t.lower_ in {"'s", "’s"}
        and following is not None
        and following.tag_ == "VBN"
        and n + 2 < len(tokens)
        and following.lower_ not in NAMING
    ):
        lemma = (
            "have"
            if (tokens[n + 2].pos_ in {"NOUN", "DET", "NUM", "PRON", "ADJ", "PROPN"} and not is_time(tokens[n + 2]))
            or following.lower_ in {"been", "got"}
            or (n > 2 and tokens[n - 2].lower_ in {"that", "which", "who"})
            or (following.dep_ != "xcomp" and tokens[n + 2].tag_ == "TO")
            or (verb_lemma(following) in PERFECT and not (n and is_settled(tokens[n - 1], following)))
            else "be"
        )
    if lemma == "be":
        before = tokens[n - 1] if n else None
        one = n > 2 and tokens[n - 2].lower_ == "of" and tokens[n - 3].lower_ == "one"  # "the next one of these is"
        plural = (
            not one
            and before is not None
            and (before.tag_ in {"NNS", "NNPS"} or before.lower_ in {"they", "we", "i", "these", "those"})
        )
        return "were" if plural or t.lower_ in {"are", "'re", "’re"} else "was"
    return inflected(lemma, "VBD")
