"""Which verbs of a sentence are finite, whose subject each has, and what a past report makes of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.language.wording.contractions import expand, perfect
from pipeline.language.wording.line import Line, inflected, is_comparative, is_noun, verb_lemma
from pipeline.language.wording.words import (
    BARE_INFINITIVE,
    DAYS,
    EVENTS,
    FULL_FORMS,
    MONTHS,
    NAMING,
    NEGATIONS,
    SCHEDULED,
    SHIFTED_MODALS,
    SLANG,
    TO_COME,
)

AUX = ("aux", "aux:pass", "cop")
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer", "expl")


@dataclass(frozen=True)
class Clause:
    """A predicate with its auxiliaries in order, the one of them that is finite, and its subject."""

    head: Token
    verbs: tuple[Token, ...]
    finite: Token | None
    subject: Token | None

    @property
    def negated(self) -> bool:
        """Whether the predicate itself is denied."""
        return any(c.lower_ in NEGATIONS and c.dep_ in ("advmod", "neg", "det") for c in self.head.children)


def clause_of(head: Token, kept: set[int] | None = None) -> Clause:
    """The clause of which this token is the predicate, within the kept places if some are given."""
    children = [c for c in head.children if kept is None or c.i in kept]
    verbs = [c for c in children if c.dep_ in AUX and c.lower_ != "na"]
    if head.pos_ in ("VERB", "AUX"):
        verbs.append(head)
    verbs.sort(key=lambda t: t.i)
    subjects = [c for c in children if c.dep_ in SUBJECTS]
    expletive = [c for c in subjects if c.dep_ == "expl"]
    subject = next(iter(expletive or subjects), None)
    finite = _finite(verbs, subject, children)
    return Clause(head, tuple(verbs), finite, subject)


def _finite(verbs: Sequence[Token], subject: Token | None, children: Sequence[Token]) -> Token | None:
    if not verbs:
        return None
    first = verbs[0]
    if first.tag_ in ("MD", "VBP", "VBZ", "VBD") or first.lower_ in SHIFTED_MODALS or first.lower_ in FULL_FORMS:
        return first
    to = any(c.dep_ == "mark" and c.lower_ == "to" for c in children) or first.lower_ == "to"
    head = first.head if first.dep_ in AUX else first
    bare = head.dep_ in ("ccomp", "xcomp") and head.head.lemma_.lower() in BARE_INFINITIVE
    if subject is not None and first.tag_ in ("VB", "VBN") and not to and not bare and len(verbs) == 1:
        return first
    return None


def predicates(tokens: Iterable[Token]) -> list[Token]:
    """The heads of the clauses among these tokens, in order."""
    kept = {t.i for t in tokens}
    found = []
    for token in tokens:
        if token.dep_ in AUX:
            continue
        verbal = token.pos_ in ("VERB", "AUX")
        if verbal or any(c.i in kept and (c.dep_ in SUBJECTS or c.dep_ in AUX) for c in token.children):
            found.append(token)
    return found


def is_passive_have(token: Token, clause: Clause) -> bool:
    """Whether a contracted "'s" stands for "has"."""
    after = [v for v in clause.verbs if v.i > token.i]
    if not after and token.i + 1 < len(token.doc) and token.nbor(1).tag_ == "VBN":
        after = [token.nbor(1)]
    if not after or token.dep_ == "cop" or after[0].lower_ in NAMING:  # "it's called the Elm Book"
        return False
    been = after[0].lower_ in ("been", "got", "had")
    last = after[0] if after[0].tag_ == "VBN" else after[-1]  # "my laptop's decided to do an update"
    if not been and clause.subject is not None and is_settled(clause.subject, last):
        return False
    done = last.tag_ in ("VBN", "VBD") and perfect(last, list(last.doc[last.i + 1 : last.i + 3]))
    if not been and not done and clause.subject is not None and clause.subject.dep_.endswith(":pass"):
        return False
    return been or done or (token.dep_ == "aux" and after[0].tag_ == "VBN") or token.lemma_.lower() == "have"


_SETTLED = frozenset("decide agree settle fix plan confirm sign book finalise finalize approve".split())


def is_settled(subject: Token, done: Token) -> bool:
    """ "Nothing's decided", "everything's booked": what settles itself is not what decides."""
    return subject.lower_ in ("nothing", "everything", "it", "that") and verb_lemma(done) in _SETTLED


def is_plural_noun(token: Token) -> bool:
    """A plural noun that was read as a verb: it has a copula ("were real barrows"), or a count and a noun before it ("46 nurse visits")."""
    if token.tag_ != "VBZ" or not is_noun(verb_lemma(token)):
        return False
    subject = token.nbor(-1) if token.i else token
    if subject.pos_ == "PRON" or subject.lower_ in ("someone", "somebody", "everyone", "everybody", "nobody"):
        return False  # "the problem is that someone moves"
    at = token.i - token.sent.start
    counted = at > 1 and token.nbor(-1).tag_ == "NN" and token.nbor(-2).tag_ == "CD" and token.nbor(-2).lower_ != "one"
    before = [t.tag_ for t in token.doc[max(token.sent.start, token.i - 2) : token.i]]
    counted = counted or before in (["DT", "CD"], ["PRP$", "CD"])  # "the nine curves"
    return counted or any(c.dep_ == "cop" and c.lower_ not in ("'s", "’s") for c in token.children)


_FORMS_OF = {
    "be": ("am", "is", "are", "was", "were", "'m", "'re", "ai"),
    "have": ("has", "have", "had", "'ve"),
    "do": ("do", "does", "did"),
}
_BASES = {form: base for base, forms in _FORMS_OF.items() for form in forms} | {w: b for w, (b, _) in SLANG.items()}


def base_of(token: Token, clause: Clause) -> str:
    """The base form of a finite verb, contractions told apart."""
    text = token.lower_.replace("’", "'")
    after = next((v for v in clause.verbs if v.i > token.i), None)
    if text == "'s":
        return "have" if is_passive_have(token, clause) else "be"
    if text == "'d":
        follows = token.nbor(1) if token.i + 1 < len(token.doc) else None
        owns = follows is not None and (
            follows.pos_ in ("DET", "NUM") or follows.tag_ == "NNS" or follows.lower_ in ("better", "people")
        )
        return "have" if owns or (after is not None and after.tag_ in ("VBN", "VBD")) else "would"
    if text in _BASES:
        return _BASES[text]
    return FULL_FORMS.get(text, text) if token.tag_ == "MD" or text in SHIFTED_MODALS else verb_lemma(token)


def permits(subject: Token | None) -> bool:
    """Whether "may" with this subject allows something: "you may book it", "any member may come"."""
    return subject is not None and (
        subject.lower_ in ("you", "anyone", "anybody", "everyone", "everybody", "nobody")
        or any(c.lower_ in ("any", "every", "each") for c in subject.children)
    )


def past_of(token: Token, clause: Clause, *, plural: bool) -> str:
    """The finite verb after "said that"."""
    text = token.lower_.replace("’", "'")
    base = base_of(token, clause)
    if base == "may" and permits(clause.subject):
        return "could"
    if base in SHIFTED_MODALS:
        return SHIFTED_MODALS[base]
    if base in ("would", "could", "might", "must", "should", "ought"):
        return base
    if base == "be":
        return "were" if plural or (text == "were" and clause.subject is None) else "was"
    if token.tag_ == "VBD" and text not in ("'s", "'d"):
        return text
    if token.tag_ == "VBN" and inflected(base, "VBN") == text:
        return inflected(base, "VBD")
    return inflected(base, "VBD")


def present_of(token: Token, clause: Clause, *, plural: bool) -> str:
    """The finite verb in its own tense, with the number of a changed subject and without contraction."""
    text = token.lower_.replace("’", "'")
    base = base_of(token, clause)
    if token.tag_ == "VBD" and text not in ("'s", "'d"):
        return past_of(token, clause, plural=plural)
    if token.tag_ == "MD" or base in SHIFTED_MODALS or base in ("would", "could", "might", "must", "should", "ought"):
        return base
    if base == "be":
        return "are" if plural else "is"
    if base == "have":
        return "have" if plural else "has"
    return base if plural else inflected(base, "VBZ")


def is_plural(subject: Token | None, line: Line, finite: Token) -> bool:
    """The number of a verb's subject as it will be written."""
    if subject is None:
        return finite.lower_ in ("are", "'re", "were", "have", "do")
    if line.is_put(subject):
        return line.text_of(subject).lower() in ("they", "members", "those present", "people")
    if finite.lower_ in ("are", "'re", "were", "'ve", "is", "'s", "was", "has", "does"):
        return finite.lower_ in ("are", "'re", "were", "'ve")  # its speaker knew best
    if any(c.dep_ == "conj" for c in subject.children):
        return True
    return subject.tag_ in ("NNS", "NNPS") or subject.lower_ in (
        "they",
        "these",
        "those",
        "people",
        "both",
        "many",
        "some",
    )


def retense(line: Line, *, past: bool) -> None:
    """Give every finite verb of the line its form; contractions are written out on the way."""
    kept = {t.i for t in line.tokens}
    expand(line, past=past)
    for token in list(line.tokens):
        if line.is_put(token):
            continue
        clause = clause_of(token.head if token.dep_ in AUX else token, kept)
        if not _is_finite(token, clause):
            continue
        subject = clause.subject or _borrowed(clause.head, kept)
        outer = next((c for c in clause.head.children if c.dep_ == "nsubj:outer" and token.i > c.i), None)
        if outer is not None and token.dep_ == "cop":
            subject = outer
        plural = is_plural(subject, line, token)
        changed = subject is not None and line.is_put(subject)
        if past and _is_set(token, clause):
            line.put(token, f"would {base_of(token, clause)}")
        elif past:
            line.put(token, past_of(token, clause, plural=plural))
        elif changed or token.lower_[0] in "'’" or token.lower_ in ("wo", "ca", "sha"):
            line.put(token, present_of(token, clause, plural=plural))
    _write_out(line)


def _is_finite(token: Token, clause: Clause) -> bool:
    """Whether this verb carries the tense: by its tag, checked against the word before it."""
    text = token.lower_.replace("’", "'")
    if token.pos_ not in ("VERB", "AUX") or text in ("na", "ta") or is_comparative(text) or is_plural_noun(token):
        return False
    if text in SHIFTED_MODALS or text in FULL_FORMS or token.tag_ == "MD":
        return True
    if token.is_title and token.i and not token.is_sent_start:
        return False  # inside a title
    previous = token.doc[token.i - 1] if token.i else None
    if token.tag_ in ("VBP", "VBZ") and token.pos_ == "VERB" and previous is not None and _modifies(previous):
        return False  # a plural noun read as a verb: "sixty features"
    if token.tag_ == "VBP" and previous is not None and _stands_as_noun(token, previous, clause):
        return False  # "the padlock on the bottom gate"
    if token.tag_ in ("VB", "VBP") and token.dep_ in _OF_NOUNS and is_noun(token.lower_):
        return False  # "the average wait for a kidney is two years"
    helped = any(v.i != token.i and v.dep_ in ("aux", "aux:pass") and v.tag_ != "VBG" for v in clause.verbs)
    governed = _word_before(token) in _AUXILIARY or (helped and token.dep_ not in AUX) or _let_do(clause)
    if token.tag_ in ("VBP", "VB") and governed:
        return False
    return token.tag_ in ("VBP", "VBZ", "VBD") or (clause.finite is not None and clause.finite.i == token.i)


_OF_NOUNS = ("nsubj", "nsubj:pass", "obj", "obl", "nmod")


def _stands_as_noun(token: Token, previous: Token, clause: Clause) -> bool:
    """Behind a noun or adjective with its article, a word without a subject of its own that is also a noun."""
    inside = previous.pos_ in ("NOUN", "ADJ") and previous.i > 0 and previous.nbor(-1).pos_ in ("DET", "ADJ", "NUM")
    return (
        inside
        and clause.subject is None
        and token.dep_ in ("xcomp", "dep", "obl", "nmod", "obj", "compound")
        and is_noun(token.lower_)
    )


def _is_set(token: Token, clause: Clause) -> bool:
    """A present that speaks of a set date: "the show opens on Monday", "the fair is on the sixth of May"."""
    if token.tag_ not in ("VBZ", "VBP") or (len(clause.verbs) > 1 and token.dep_ != "cop"):
        return False
    behind = [t.lower_ for t in clause.head.subtree]
    dated = set(behind) & (DAYS | MONTHS) or TO_COME.search(" ".join(behind))
    if token.dep_ == "cop":
        if clause.subject is not None and clause.subject.lower_ in EVENTS:
            coming = any(c.lower_ in ("next", "following") for c in clause.subject.children)
            return coming or bool(dated)  # "the next meeting is in Leeds", "the conference is 15 to 17 April"
        day = clause.head.lower_ in DAYS | MONTHS or clause.head.ent_type_ == "DATE"
        return day and bool(dated) and any(c.dep_ == "case" and c.lower_ == "on" for c in clause.head.children)
    return bool(dated) and verb_lemma(token) in SCHEDULED


def _modifies(token: Token) -> bool:
    return token.tag_ in ("CD", "PRP$", "JJ") or token.lower_ in ("the", "a", "an", "every")


def _let_do(clause: Clause) -> bool:
    """ "see every group try", "letting people fall": a subject behind a verb that takes a bare infinitive."""
    at, doc = clause.head.i, clause.head.doc
    if (
        at > 1
        and doc[at - 1].pos_ in ("NOUN", "PRON", "PROPN")
        and doc[at - 2].lemma_.lower() in BARE_INFINITIVE - {"have"}
    ):
        return True
    if clause.subject is None:
        return False
    start = clause.subject.left_edge.i
    return start > 0 and clause.subject.doc[start - 1].lemma_.lower() in BARE_INFINITIVE - {"have"}


_AUXILIARY = frozenset(
    "to do does did will would can could may might must shall should let let's gonna 'll ca wo".split()
)


def _word_before(token: Token) -> str:
    """The word before a verb, adverbs, negations and an inverted subject passed over."""
    n = token.i - 1
    while n >= 0 and (token.doc[n].pos_ == "ADV" or token.doc[n].lower_ in ("not", "n't", "n’t")):
        n -= 1
    return str(token.doc[n].lower_).replace("’", "'") if n >= 0 else ""


def _borrowed(head: Token, kept: set[int]) -> Token | None:
    """The subject that a coordinated or relative clause takes from elsewhere."""
    if head.dep_ == "conj":
        return clause_of(head.head, kept).subject
    if head.dep_ in ("acl:relcl", "acl"):
        return head.head
    return None


def _write_out(line: Line) -> None:
    for token in line.tokens:
        text = token.lower_.replace("’", "'")
        if text in ("n't", "nt") and not token.is_upper:
            line.put(token, "not")
        elif text in SLANG and SLANG[text][1]:
            written = line.text_of(token) if line.is_put(token) else SLANG[text][0]
            line.put(token, f"{written} to")
        elif text in SLANG and not line.is_put(token):
            line.put(token, SLANG[text][0])
        elif text == "maybe":
            line.put(token, "perhaps")
        elif text in ("na", "ta") and token.i and token.nbor(-1).lower_ in ("gon", "wan", "got"):
            line.put(token, "to")
        elif text in ("'ve", "'re", "'m", "'ll") and not line.is_put(token):
            line.put(token, FULL_FORMS[text])
        elif text == "cannot":
            line.put(token, "could not")


def is_finite(token: Token) -> bool:
    """Whether a verb carries the tense in its own sentence."""
    return _is_finite(token, clause_of(token.head if token.dep_ in AUX else token))
