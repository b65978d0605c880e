"""Which "we" is an institution, which the people in the room, and which anybody; the same for "you"."""

from spacy.tokens import Token

from pipeline.language.wording.words import (
    ANYBODYS_THINGS,
    COMPANY_VERBS,
    MIND_VERBS,
    PRACTICAL,
    ROOM_NOUNS,
    ROOM_THINGS,
    ROOM_VERBS,
    SHARED_NOUNS,
)

BODY, PEOPLE, THE, NOBODY = "body", "people", "the", "nobody"


def party(token: Token) -> str:
    """Whom a first person plural stands for: a body, "they", "the" (for "our guest"), or nobody to name."""
    text = token.lower_.replace("’", "'")
    head = token.head
    if text == "our":
        noun = head.lemma_.lower()
        return THE if noun in ROOM_NOUNS else NOBODY if noun in SHARED_NOUNS else BODY
    if text in ("us", "'s"):
        counted = head.pos_ == "NUM" or any(c.dep_ == "case" and c.lower_ == "with" for c in token.children)
        return NOBODY if counted or head.lemma_.lower() in COMPANY_VERBS else PEOPLE
    return _subject(token) if text == "we" and token.dep_.startswith("nsubj") else BODY


def _subject(token: Token) -> str:
    verb = token.head
    lemma = verb.lemma_.lower()
    things = {c.lemma_.lower() for c in verb.children if c.dep_ in ("obj", "dobj")}
    inside = {t.lower_ for t in verb.children} | {t.lower_ for t in verb.subtree}
    owns = lemma in ("have", "get")
    if (
        (owns and things & ROOM_THINGS)
        or _anywhere(verb)
        or ("would" in inside and "do" in inside and "well" in inside)
    ):
        return NOBODY
    if verb.pos_ not in ("VERB", "AUX") or lemma in ROOM_VERBS:
        counted = any(t.pos_ == "NUM" for t in verb.subtree) and (verb.pos_ == "ADJ" or lemma in ("go", "stop", "move"))
        acted = bool(things - ROOM_THINGS) and lemma in ("stop", "move", "finish", "begin")
        return BODY if (counted or acted) and not things & ROOM_THINGS else NOBODY
    return PEOPLE if lemma in MIND_VERBS or (owns and things & ANYBODYS_THINGS) else BODY


def _anywhere(verb: Token) -> bool:
    """ "In this country we ...": said of everybody."""
    return any(
        t.lemma_.lower() in SHARED_NOUNS and any(c.lower_ in ("this", "the", "our") for c in t.children)
        for t in verb.children
        if t.dep_ == "obl"
    )


def is_practical(token: Token) -> bool:
    """Whether "you" is told what those who listen may do or will get, rather than what anybody can."""
    verb = token.head
    lemma = verb.lemma_.lower()
    helps = {c.lower_.replace("’", "'") for c in verb.children if c.dep_ == "aux"}
    perfect = any(c.dep_ == "aux" and c.lemma_.lower() == "have" for c in verb.children)
    if perfect or lemma in ("forgive", "know", "notice", "remember", "excuse"):
        return False
    told = lemma == "need" and any(c.dep_ == "xcomp" and c.lemma_.lower() in PRACTICAL for c in verb.children)
    return told or lemma in PRACTICAL or (bool(helps & {"will", "'ll", "must", "should"}) and lemma != "see")
