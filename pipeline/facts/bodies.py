"""Bodies and posts: what a body is called in a sentence, whom "we" may mean, honours before and behind a name."""

import re

from pipeline.records import Speaker

PREFIXES = frozenset(
    "dr dr. prof prof. professor sir dame lord lady rev rev. reverend baroness baron mr mrs ms mx judge justice minister councillor cllr".split()
)
TAKES_ARTICLE = re.compile(
    r"\b(?:centre|center|institute|trust|network|council|association|society|office|group|foundation|ministry|department|board|agency|"
    r"commission|union|federation|committee|university|college|school|academy|museum|library|service|authority|bureau|"
    r"alliance|partnership|club|charity|league|consortium|forum|fund|bank|company|party|guild|initiative|programme|project|museums|archive)\b",
    re.IGNORECASE,
)
# What else says of a body what it is: "we" of the Inzira Cooperative is "the cooperative".
KIND = re.compile(
    TAKES_ARTICLE.pattern.removesuffix(r")\b")
    + r"|cooperative|co-operative|co-op|choir|circle|orchestra|band|clinic|hospital|practice|laboratory|lab|farm|team|coalition|"
    r"collective|observatory|gallery|theatre|theater|nursery|brewery|bakery|church|parish|mill|institution|campaign|secretariat)\b",
    re.IGNORECASE,
)


_HEADS = re.compile(r"^(?:co-?)?(?:chair|president|convener|convenor)\w*$", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(?:university|college|school|academy)s?(?:,.*)?$", re.IGNORECASE)


def takes_article(body: str) -> bool:
    """Whether a body has "the" before it: "the Hill Trust", "the University of Kent"; "Hill School" and "Kent University" have none."""
    return bool(TAKES_ARTICLE.search(body)) and not _WITHOUT.search(body)


def heads(post: str) -> bool:
    """Whether a post is a mere "co-chair", which beside another post is one of the meeting and not of the body at home."""
    return bool(_HEADS.match(post))


def posts_of(role: str) -> list[str]:
    """The posts in a role: "Head teacher and chair of the network" has two."""
    return [
        p.strip()
        for p in re.split(r";| and (?=(?:co-)?(?:chair|president|vice|secretary|treasurer|member|convener)\b)", role)
        if p.strip()
    ]


SCHOLARS = re.compile(r"\b(?:university|universities|college|institute of)\b", re.IGNORECASE)


def speaks_for(speaker: Speaker) -> bool:
    """Whether "we" in a speaker's mouth is the body beside the name: a minister's portfolio or a member's seat is none."""
    body, role = speaker.organisation or "", (speaker.role or "").lower().split()
    post = bool(_POSTS & set(body.lower().replace(",", " ").split()))
    return not (post or "," in body or _POSTS & set(role))


OF_BODY = re.compile(
    r" of (?:the )?(?:[A-Z][\w'’-]+ )+(?:Network|Society|Association|Federation|Alliance|Committee|Commission|Council|Trust|Union|Board|Forum|Group|Club|Institute|Foundation|Circle|Fellowship|Coalition|Exchange|Section)\b"
)
_OWN_BODY = re.compile(
    r"\b(?:of|for) (?:the |this |our )?(?:association|society|network|federation|alliance|council|trust|union|forum|fellowship|coalition|exchange)\b|"
    r"['’]s (?:\w+ )?(?:group|committee|board|council|panel)\b"
)


_BEHIND = re.compile(
    r"[a-z]+ (?:committee|group|board|panel), (?:[A-Z][\w'’-]+ ?){2,}$"
)  # "chair of the committee, Hill Schools"


def names_its_body(role: str) -> bool:
    """Whether a post is, by what it says, one of another body: "President of the association", "chair of the network's steering group"."""
    return bool(OF_BODY.search(role) or _OWN_BODY.search(role) or _BEHIND.search(role))


SEAT = re.compile(r", (?:[A-Z]{2,5}|[A-Z][a-z]{1,4}\.)$")
# Posts of people who sit for a place or hold a portfolio.
_POSTS = frozenset(
    "minister ministers cabinet member mp mla leader speaker senator councillor secretary-general deputy-minister".split()
)


def several_posts(role: str | None, body: str | None) -> list[tuple[str, str]]:
    """The posts of somebody who has one in each of several bodies ("President; Chief Pharmacist", "Mortar; St Mary's")."""
    roles, bodies = ([p.strip() for p in (text or "").split(";") if p.strip()] for text in (role, body))
    return list(zip(roles, bodies, strict=True)) if len(roles) == len(bodies) > 1 else []


def kind_of(body: str) -> str | None:
    """What a body is, by the last word before "of" or "for": "cooperative" of the Inzira Cooperative; None for "Farm Vets"."""
    head = re.split(r"\b(?:of|for|in|on|at)\b", body)[0].split()
    last = head[-1].strip("',") if head else ""
    return last.lower() if KIND.fullmatch(last) else None


def with_honours(name: str, honours: str | None) -> str:
    """A name between its titles and its letters."""
    if not honours:
        return name
    before, dots, after = honours.partition("...")
    if dots:
        return " ".join(x for x in (before.strip(), name, after.strip()) if x)
    words = honours.split()
    front = [w for w in words if w.lower() in PREFIXES]
    back = [w for w in words if w.lower() not in PREFIXES]
    return " ".join([*front, name, *back])
