"""Noun phrases that people really used, found from tags (robust where the parse is not) and joined by the parse.

A `Phrase` is a run of tokens with its head; `phrases` gives those of a sentence that can stand on a page: no
pronouns, no fillers, no bare generic noun.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline.language.phrase_lists import BARE, DEICTIC, GENERIC, LINKS, VAGUE_MODIFIERS
from pipeline.language.wording.words import HUMANS, TIME_NOUNS

__all__ = ["Phrase", "Token", "core_end", "disfluent", "is_content", "joined", "lemma", "phrases"]

_INNER = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_HEADS = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True)
class Phrase:
    """A noun phrase: tokens of one document, from the first modifier to the last complement."""

    tokens: tuple[Token, ...]
    head: Token

    @property
    def text(self) -> str:
        """As spoken, without what hesitation put between."""
        return joined(self.tokens)

    @property
    def content(self) -> tuple[str, ...]:
        """The lemmas that carry its meaning."""
        return tuple(lemma(t) for t in self.tokens if is_content(t))


def joined(tokens: Iterable[Token]) -> str:
    """Tokens as text, with the spacing of writing."""
    kept = list(tokens)
    out = ""
    for i, t in enumerate(kept):
        out += t.text
        if i + 1 < len(kept):
            glued = not t.whitespace_ and kept[i + 1].i == t.i + 1
            out += "" if glued or kept[i + 1].text in {",", ".", "'s", "’s"} else " "
    return out.strip()


def lemma(token: Token) -> str:
    """The lemma in small letters, or the word itself where the model gives none."""
    return (token.lemma_ or token.text).lower()


def marked(token: Token) -> bool:
    """Whether the token is marked as a filler, a repetition or as taken back."""
    return bool(Token.has_extension("disfluency") and token._.disfluency)


def taken_back(token: Token) -> bool:
    """Whether the token is marked as taken back by what follows."""
    return bool(Token.has_extension("disfluency") and token._.disfluency == "repair")


def disfluent(token: Token) -> bool:
    """Whether the token is a filler, a repeat or a false start."""
    return marked(token) or (token.dep_ == "reparandum" and not _wanted(token))


def _wanted(token: Token) -> bool:
    """ "The earliest it could possibly be is ...": a superlative, or a verb with its modal, is not said in vain.

    Nor is a particle before another preposition ("plug in at the station"), or whom a preposition is said of ("been with you 25 years").
    """
    before = token.nbor(-1) if token.i else token
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    if after.lower_ != token.lower_ and (
        (token.lower_ in _PARTICLES and before.pos_ == "VERB" and after.pos_ == "ADP")
        or (token.pos_ == "PRON" and before.pos_ == "ADP" and after.pos_ in ("NUM", "DET", "ADP"))
    ):
        return True
    modal = token.tag_ == "VB" and any(t.tag_ == "MD" for t in token.doc[max(0, token.i - 2) : token.i])
    return token.tag_ in ("JJS", "RBS") or modal


_PARTICLES = frozenset("in out up down on off over back through along away".split())


def is_content(token: Token) -> bool:
    """Whether a token names something: a noun, name, number, adjective or full verb that is not everybody's."""
    if token.pos_ not in {"NOUN", "PROPN", "ADJ", "VERB", "NUM"} or disfluent(token):
        return False
    word = lemma(token)
    return len(word) > 1 and word not in GENERIC and word not in BARE and not word.startswith("'")


def phrases(span: Span | Doc) -> Iterator[Phrase]:
    """The noun phrases of a span, longest form, left to right."""
    tokens = [t for t in span if not disfluent(t) and t.pos_ != "INTJ"]
    at = 0
    while at < len(tokens):
        end = core_end(tokens, at)
        if end is None:
            at += 1
            continue
        head = tokens[end - 1]
        end = _extended(tokens, end, head)
        trimmed = _trim(tokens[at:end])
        if trimmed and _fit(trimmed, head):
            yield Phrase(tokens=tuple(trimmed), head=head)
        at = end


def core_end(tokens: Sequence[Token], start: int) -> int | None:
    """Where the run of modifiers and nouns that begins here ends, if it ends in a noun."""
    at, last = start, None
    while at < len(tokens):
        t = tokens[at]
        if t.pos_ == "DET" and at == start:
            pass
        elif t.pos_ in _HEADS:
            last = at + 1
        elif not _inside(tokens, at):
            break
        at += 1
        if at - start > 9:
            break
    return last


def _inside(tokens: Sequence[Token], at: int) -> bool:
    t = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if t.pos_ in _INNER or (t.pos_ == "VERB" and t.dep_ == "amod"):
        return True
    if following is None:
        return False
    if t.pos_ == "PART" and t.lower_ in {"'s", "’s", "'", "’"}:
        return following.pos_ in _INNER
    if t.pos_ == "ADV" and t.lower_.endswith("ly"):
        return following.pos_ in {"ADJ", "VERB"} and following.dep_ == "amod"
    if t.text in {"-", "/"}:
        return following.pos_ in _INNER and following.idx == t.idx + 1
    return t.lower_ in {"and", "&"} and _pairs(tokens, at)


def _pairs(tokens: Sequence[Token], at: int) -> bool:
    """ "teaching and learning materials", "Children and Young People": modifiers or names joined by "and"."""
    before, after = tokens[at - 1] if at else None, tokens[at + 1]
    if before is None:
        return False
    if before.pos_ == "ADJ" and after.pos_ == "ADJ":
        return True
    return before.pos_ == after.pos_ == "PROPN" and before.text[:1].isupper() and after.dep_ != "nsubj"


def _extended(tokens: Sequence[Token], end: int, head: Token) -> int:
    """Up to two complements ("of the swimming pool", "for families in need")."""
    for _ in range(2):
        if end >= len(tokens) or tokens[end].lower_ not in LINKS:
            return end
        more = core_end(tokens, end + 1)
        if more is None or more - end > 7:
            return end
        inner = tokens[more - 1]
        if inner.pos_ == "PRON" or not _attached(tokens, end, inner, head):
            return end
        end, head = more, inner
    return end


def _attached(tokens: Sequence[Token], end: int, inner: Token, head: Token) -> bool:
    if tokens[end].lower_ == "of":
        return True
    return inner.dep_ == "nmod" and (inner.head == head or inner.head in tokens[max(0, end - 6) : end])


def _trim(tokens: Sequence[Token]) -> list[Token]:
    """Without leading articles, vague or deictic modifiers."""
    kept = list(tokens)
    while kept and (kept[0].lower_ in DEICTIC or kept[0].lower_ in VAGUE_MODIFIERS or kept[0].pos_ == "PUNCT"):
        kept.pop(0)
    return kept


def _fit(tokens: Sequence[Token], head: Token) -> bool:
    if head not in tokens or any(t.lower_ in BARE for t in tokens):
        return False
    if len(tokens) == 1 and head.pos_ != "PROPN":
        return lemma(head) not in GENERIC and len(head.text) > 3
    return any(is_content(t) for t in tokens) and len(tokens) <= 14


_OF_SEVERAL = frozenset({"they", "them", "their", "theirs"})
_OF_ONE = frozenset({"he", "him", "his", "she", "her", "hers"})
_ANYBODY = frozenset("everyone everybody someone somebody anyone anybody nobody people who whoever those".split())


def ends_asking(text: str) -> bool:
    """Whether a text ends in a question mark, be it inside the quotation marks of what is read out."""
    return text.rstrip(" \"'”’)").endswith("?")


def points_back(span: Span) -> bool:
    """Whether something in a sentence stands for somebody or something named before the sentence.

    "We put in two of them", "they gave it to the carers" and "that exercise" do; "the bees eat when they are cold" does not.
    Whom "I", "we" and "you" mean is known.
    """
    named: list[Token] = []
    for t in span:
        low = t.lower_
        if low in _OF_SEVERAL and not any(_several(n) for n in named):
            return True
        if low in _OF_ONE and not any(n.pos_ in ("NOUN", "PROPN") or n.lower_ in _ANYBODY for n in named):
            return True
        inside = low in ("it", "its") and named and not t.dep_.startswith(("nsubj", "expl"))
        if inside and not any(_thing(n) and not _does(n, t) for n in named):
            return True
        if _pointed_at(t) and not any(n.lemma_ == t.lemma_ for n in named):
            return True
        if t.pos_ in ("NOUN", "PROPN") or low in _ANYBODY:
            named.append(t)
    return False


def _thing(noun: Token) -> bool:
    """Whether "it" can stand for a noun: one, no person and no time."""
    word = lemma(noun)
    person = word in HUMANS or noun.ent_type_ == "PERSON" or word.endswith(("er", "ist"))
    return noun.tag_ in ("NN", "NNP") and noun.dep_ != "compound" and not person and word not in TIME_NOUNS


def _does(noun: Token, pronoun: Token) -> bool:
    """Whether a noun does what is done to "it": nothing does it to itself."""
    return pronoun.dep_ == "obj" and noun.dep_.startswith("nsubj") and noun.head == pronoun.head


def _pointed_at(noun: Token) -> bool:
    """ "Those buildings", "the other group": a noun that only what came before tells, unless something behind it does."""
    if noun.pos_ != "NOUN" or lemma(noun) in TIME_NOUNS | _OPEN_KINDS:
        return False
    words = {c.lower_ for c in noun.children if c.i < noun.i}
    points = words & {"that", "those", "these"} or {"the", "other"} <= words
    told = any(
        c.dep_ in ("acl:relcl", "acl") or (c.dep_ == "nmod" and any(x.lower_ == "of" for x in c.children))
        for c in noun.children
    )
    return bool(points) and not told


_OPEN_KINDS = frozenset(
    "kind sort way thing point case people reason size number side hand end member participant person".split()
)


def _several(noun: Token) -> bool:
    """Whether "they" can stand for a noun: a plural, one of two joined, a body or a person."""
    joined_up = noun.dep_ == "conj" or any(c.dep_ == "conj" for c in noun.children)
    return (
        noun.tag_ in ("NNS", "NNPS")
        or noun.lower_ in _ANYBODY
        or joined_up
        or noun.pos_ == "PROPN"
        or noun.lower_ in _BODIES
    )


_BODIES = frozenset(
    "group team family council committee board company society association club school staff public audience crew government "
    "class community charity bank university hospital department office network trust union person member student child "
    "teacher customer patient doctor driver farmer speaker visitor volunteer".split()
)
