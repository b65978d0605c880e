"""Who is meant: the pronouns of speech turned into people, bodies and members, or doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from pipeline.language.wording.line import Doubtful, Line
from pipeline.language.wording.parties import BODY, NOBODY, PEOPLE, THE, is_practical, party
from pipeline.language.wording.words import (
    DEMONSTRATIVES,
    FIRST_PLURAL,
    FIRST_SINGULAR,
    HUMANS,
    PRONOUN_FORMS,
    SECOND,
    THIRD_PERSON,
    THIRD_PLURAL,
    THIRD_SINGULAR,
    TIME_NOUNS,
    VAGUE_NOUNS,
)

_MODAL_YOU = frozenset("can could may might should must will would need 'll ca wo 'd".split())


@dataclass
class Voice:
    """Who speaks for whom, and how each is called."""

    speaker: str
    body: str | None
    pronoun: str = "they"
    audience: str = "members"
    addressed: bool = False  # whether "you" has been introduced as the audience
    referents: Mapping[str, str] = field(default_factory=dict)
    strict: bool = True  # unresolved third persons are doubtful
    bare: bool = False  # nothing says who speaks, so that "they" would hang in the air
    nameless: bool = False  # "I", and "we" without a body, are doubtful too

    def to(self, addressed: bool) -> "Voice":
        """The same, with "you" introduced as the audience or not."""
        return replace(self, addressed=addressed)


def resolve(line: Line, voice: Voice) -> None:
    """Write every pronoun of the line for a reader who was not there; raises `Doubtful` where that cannot be done."""
    said_body = False
    addressed = voice.addressed
    name = _surname(line, voice)
    for token in list(line.tokens):
        text = token.lower_.replace("’", "'")
        if line.is_put(token) or (token.pos_ not in ("PRON", "DET", "ADV") and text not in FIRST_SINGULAR):
            continue
        if text == "i" and token.i + 1 < len(token.doc) and token.nbor(1).is_title:
            continue  # a title: "the I Want to Help website"
        if text in SECOND and _in_title(token):
            continue
        first = text in FIRST_SINGULAR or (text in FIRST_PLURAL and voice.body is None)
        if voice.nameless and first and token.pos_ == "PRON":
            raise Doubtful
        if text in FIRST_SINGULAR and (text != "mine" or token.pos_ == "PRON"):
            line.put(token, _singular(FIRST_SINGULAR[text], voice, name))
        elif text in FIRST_PLURAL and (token.pos_ == "PRON" or text not in ("'s", "us")):
            said_body = _plural(line, token, FIRST_PLURAL[text], voice, said_body)
        elif text in SECOND:
            addressed = _you(line, token, SECOND[text], voice, addressed)
        elif voice.strict:
            _third(line, token, text, voice)


def _surname(line: Line, voice: Voice) -> str:
    """The speaker's surname where "they" for one person could be read as several; "" where it is plain enough."""
    lower = [t.lower_ for t in line.tokens]
    plural = any(t in THIRD_PLURAL or t in ("we", "us") for t in lower) or any(
        t.tag_ in ("NNS", "NNPS") and t.dep_.startswith("nsubj") for t in line.tokens
    )
    mine = [t for t in lower if t in FIRST_SINGULAR]
    if voice.pronoun != "they" or not plural or not mine or len(voice.speaker.split()) < 2:
        return ""
    if len(mine) > 2:
        raise Doubtful
    last = voice.speaker.split()[-1]
    return last if last[:1].isupper() else ""


def _singular(form: int, voice: Voice, name: str) -> str:
    if not name or form == 4:
        return PRONOUN_FORMS[voice.pronoun][form]
    return name if form < 2 else f"{name}'s"


def _in_title(token: Token) -> bool:
    """ "The Loaves You Bake": a "You" with a capital beside other words with one."""
    if not token.is_title or not token.i or token.nbor(-1).text in (".", "?", "!", ":", '"', "“", ","):
        return False
    beside = [token.nbor(-1)] + ([token.nbor(1)] if token.i + 1 < len(token.doc) else [])
    return any(t.is_title for t in beside)


def _plural(line: Line, token: Token, form: int, voice: Voice, said: bool) -> bool:
    """Write "we" as the body, as "they", or as nobody in particular, which is doubtful."""
    which = BODY if voice.body is None or voice.addressed else party(token)
    if which == NOBODY or (which == PEOPLE and voice.bare):
        raise Doubtful
    if which == THE:
        line.put(token, "the")
        return said
    return _body(line, token, form, None if which == PEOPLE else voice.body, said)


def _body(line: Line, token: Token, form: int, body: str | None, said: bool) -> bool:
    """Write "we" as the body it stands for; the first time by name, then as "it"."""
    if body is None:
        line.put(token, PRONOUN_FORMS["they"][form])
        return said
    following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    if following in ("all", "both") or (token.dep_ == "nmod" and token.head.lower_ in _QUANTIFIERS):
        raise Doubtful  # "all of us": people, not the body
    if form == 2 and following in body.lower().split() and token.nbor(1) in line:
        line.put(token, "it" if said else body)  # "our centre", said at the centre
        line.put(token.nbor(1), "'s" if token.i + 2 < len(token.doc) and token.nbor(2).pos_ in ("NOUN", "ADJ") else "")
    elif said or form in (3, 4):
        line.put(token, PRONOUN_FORMS["it"][form])
    else:
        line.put(token, body + ("'s" if form == 2 else ""))
    for after in token.doc[token.i + 1 : token.i + 4]:
        if (
            form == 0
            and after.lower_ in ("all", "both")
            and after.dep_ in ("advmod", "det", "nsubj", "appos")
            and after in line
        ):
            line.put(after, "")
    return True


_QUANTIFIERS = frozenset({"all", "some", "most", "many", "both", "one", "each", "none", "few"})


def _you(line: Line, token: Token, form: int, voice: Voice, addressed: bool) -> bool:
    if addressed:
        object_form = form == 0 and not token.dep_.startswith("nsubj")
        line.put(token, PRONOUN_FORMS["they"][1 if object_form else form])
        return True
    modal = token.dep_ == "nsubj" and any(
        c.dep_ == "aux" and c.lower_.replace("’", "'") in _MODAL_YOU for c in token.head.children
    )
    needs = token.dep_ == "nsubj" and token.head.lemma_.lower() == "need"
    if token.i and token.nbor(-1).lower_ == "if":
        raise Doubtful  # "if you could ...": a request to somebody
    if form != 0 or not (modal or needs):
        raise Doubtful
    if token.head.lower_ in ("forgive", "excuse") or any(
        c.dep_ == "aux" and c.lemma_.lower() == "have" for c in token.head.children
    ):
        raise Doubtful
    practical = is_practical(token)
    line.put(token, voice.audience if practical else "one")
    return practical


def _third(line: Line, token: Token, text: str, voice: Voice) -> None:
    if text in DEMONSTRATIVES:
        _demonstrative(line, token, text)
        return
    wants = (
        "it" if text in THIRD_SINGULAR else "person" if text in THIRD_PERSON else "they" if text in THIRD_PLURAL else ""
    )
    if not wants or token.dep_ == "expl" or (text == "it" and is_expletive(token)):
        return
    main = token.dep_ in ("nsubj", "nsubj:pass") and (
        token.head.dep_ == "ROOT" or not any(t.i < token.i for t in line.tokens)
    )
    if not main and any(_could_be(t, wants) for t in line.tokens if t.i < token.i):
        return
    given = voice.referents.get(text)
    if given is None:
        raise Doubtful
    line.put(token, given)


def is_expletive(token: Token) -> bool:
    """Whether "it" only holds a place ("it is important that ...")."""
    head = token.head
    late = [c for c in head.children if c.dep_ in ("csubj", "ccomp", "xcomp", "csubj:pass") and c.i > head.i]
    return head.pos_ == "ADJ" and bool(late) and token.dep_ in ("nsubj", "expl")


def _could_be(token: Token, wants: str) -> bool:
    if token.pos_ not in ("NOUN", "PROPN") or token.lemma_.lower() in TIME_NOUNS:
        return False
    plural = token.tag_ in ("NNS", "NNPS") or token.lower_ == "people"
    if wants == "they":
        return (
            plural
            or any(c.dep_ == "conj" for c in token.children)
            or token.lower_ in ("everyone", "everybody", "group", "team", "committee", "council")
        )
    if wants == "it":
        return not plural and token.ent_type_ != "PERSON"
    return not plural and (
        token.pos_ == "PROPN" or token.lower_ in HUMANS or token.lower_.endswith(("er", "or", "ist", "ant"))
    )


def _demonstrative(line: Line, token: Token, text: str) -> None:
    if token.dep_ == "mark" or token.tag_ in ("WDT", "WP", "IN") or token.pos_ in ("SCONJ", "ADV"):
        return
    if token.dep_ == "det":
        noun = token.head.lemma_.lower()
        if noun in TIME_NOUNS:
            return
        if noun in VAGUE_NOUNS:
            raise Doubtful
        if token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "DET":
            raise Doubtful
        if text in ("this", "these"):
            line.put(token, "the")
        return
    relative = any(a.dep_ == "acl:relcl" for a in [token.head, *token.head.ancestors]) and text == "that"
    described = any(c.dep_ in ("acl:relcl", "acl", "nmod") for c in token.children) and text == "those"
    if not (relative or described):
        raise Doubtful
