"""Told sentences joined: a paragraph of one speaker with its evidence, or of several in order."""

import re
from collections.abc import Sequence

from pipeline.facts.polish import copied
from pipeline.facts.quoting import inner
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import Told, supported
from pipeline.language.reported import join_and
from pipeline.language.said import Said
from pipeline.records import Evidence


def paragraph(subject: str, told: Sequence[Told], *, short: str, body: str | None = None) -> str:
    """Predicates as sentences: "Priya Raman said that A. B, and C. Raman commended D."

    After the first, plain statements and quotations stand by themselves: the paragraph says whose they are.
    """
    sentences: list[str] = []
    for n, t in enumerate(told):
        bare = bare_of(t)
        advice = ADVICE.match(t.predicate)
        if n and advice and f" {advice['lead']} " in sentences[-1] and len(sentences[-1].split()) < JOINED:
            before = sentences[-1].replace(", and to ", ", to ").replace(", and not to ", ", not to ")
            sentences[-1] = f"{before.rstrip('.')}, and {advice['what']}"
        elif bare and (own := _own(bare, t.said, short if n else subject)):
            sentences.append(own)
        elif n and bare:
            sentences.append(bare)
        elif n and (own := inner(t.predicate)):
            if inner(told[n - 1].predicate) and follows(told[n - 1], t):
                sentences[-1] = f"{sentences[-1].removesuffix('”')} {own}”"
            else:
                sentences.append(f"“{own}”")
        else:
            predicate = re.sub("^said that ", "added that ", t.predicate) if n else t.predicate
            sentences.append(f"{subject if n == 0 else short} {predicate}")
    return " ".join(s if s.endswith("”") else s.rstrip(".") + "." for s in _with_it(sentences, body))


_I = re.compile(
    r"^(?P<before>(?:[\w']+,? ){0,3}?)(?:i(?:'m|'ve|'d|'ll)?\b(?! (?:think|believe|suppose|guess|mean|hope)\b)|(?P<my>my)\b)"
)
_OTHERS = re.compile(r"\b(?:we|they|we're|we've|they're|they've|our|their)\b")


def _own(bare: str, said: Said, name: str) -> str | None:
    """A sentence of its speaker's "I" or "my" with their name; None where it begins with something else.

    "They" behind a sentence about others would be those, and "said that they" says twice who it is.
    """
    found = _I.match(said.plain)
    if found is None or _OTHERS.search(found["before"]) or name == "The speaker":
        return None
    begun = next((b for b in ("Their ", "They ") if bare.startswith(b)), None)
    if begun is None or (begun == "Their ") != bool(found["my"]):
        return None
    rest = re.sub(r"^were\b", "was", bare.removeprefix(begun))
    return f"{name} {rest}" if begun == "They " else f"{name}'s {rest}" if "," not in name else None


ADVICE = re.compile(
    r"(?P<lead>(?:advised|asked|urged) (?!not\b)[a-z]+(?: (?!not\b|to\b)[a-z]+)*) (?P<what>(?:not )?to .*)"
)
JOINED = 36  # words of a sentence to which more advice is joined


def _with_it(sentences: Sequence[str], body: str | None) -> list[str]:
    """A body that begins one sentence after the other is "it" from the second on ("Harbour Heat took ... It saved ...").

    A long name is "it" wherever it stands again in a sentence, and its possessive in the next.
    """
    if not body:
        return list(sentences)
    name = f"{body[:1].upper()}{body[1:]} "
    long = len(body.removeprefix("the ").split()) >= LONG
    out: list[str] = []
    for n, s in enumerate(sentences):
        before = sentences[n - 1] if n else ""
        its_own = before.startswith(name) or f" that {body} " in before
        again = s.startswith(name) and its_own and before.count(body) == 1
        text = f"It {s.removeprefix(name)}" if again else s
        out.append(_again(text, body, named=body in before) if long else text)
    return out


LONG = 3  # words of a body's name that tires when it is said again


def _again(sentence: str, body: str, *, named: bool) -> str:
    """A sentence in which a body that was named before is "it" or "its"; quotations stay as they are."""
    if "“" in sentence:
        return sentence
    own = re.compile(rf"{re.escape(body)}(?:'s|’s|')(?= )")
    first = sentence.find(body)
    if first < 0:
        return sentence
    kept = first + len(body) if not (named and own.match(sentence, first)) else first
    head, rest = sentence[:kept], sentence[kept:]
    if re.search(r"[a-z,] [A-Z]", rest.split(body)[0]) and head:
        return sentence  # another name stands between: "it" might be that
    rest = own.sub("its", rest if head else own.sub("Its", rest, count=1))
    return head + re.sub(rf"(?<=[a-z,] ){re.escape(body)}(?= [a-z])", "it", rest)


def follows(one: Told, other: Told) -> bool:
    """Whether the second was said right after the first."""
    return other.said.index == one.said.index + 1


def bare_of(told: Told) -> str | None:
    """A plain statement without its "said that", as a sentence; None for acts, and where too much would be copied."""
    if not told.predicate.startswith("said that "):
        return None
    bare = told.predicate.removeprefix("said that ").replace(", and that ", ", and ").replace(", but that ", ", but ")
    return None if copied(bare, told.said.plain) else bare[:1].upper() + bare[1:]


SOMEBODY = "A speaker"  # who said it, where nobody knows yet


def called(said: Said) -> str:
    """Who says a sentence, as the page has it."""
    return said.name or SOMEBODY


def short_name(name: str) -> str:
    """How a person is called when named again: the surname, or a single name as it is."""
    if name == SOMEBODY:
        return "The speaker"
    words = name.split()
    return words[-1] if len(words) in (2, 3) and all(w[:1].isupper() for w in words) else name


def together(people: Sequence[str]) -> str:
    """People with their posts as one list: "Ann Lee, head of the Hill School, and Bo Falk"."""
    if len(people) < 2 or not any("," in p for p in people):
        return join_and(people)
    return f"{'; '.join(people[:-1])}{';' if len(people) > FEW else ','} and {people[-1]}"


FEW = 2  # people whom commas tell apart


def statement(
    subject: str, short: str, told: Sequence[Told], *, meeting: Meeting, extra: Sequence[Evidence] = ()
) -> Statement | None:
    """A paragraph about one speaker with the evidence of each of its sentences, shortened until the check lets it pass."""

    def made(kept: Sequence[Told]) -> Statement:
        name = kept[0].said.name
        return Statement(
            paragraph(subject, kept, short=short, body=meeting.we_of(kept[0].said)),
            (*extra, *(e for t in kept for e in t.evidence)),
            (name,) if name else (),
        )

    if told and supported(whole := made(told), meeting):
        return whole
    # One sentence that fails must not take those after it along.
    kept: list[Told] = []
    for t in told:
        if supported(made([*kept, t]), meeting):
            kept.append(t)
    return made(kept) if kept else None


def by_speaker(told: Sequence[Told]) -> str:
    """What several people said, in order, a paragraph for each run of one of them."""
    groups: list[list[Told]] = []
    for t in told:
        last = groups[-1][0].said if groups else None
        if last and last.who == t.said.who and (t.said.who or last.turn == t.said.turn):
            groups[-1].append(t)
        else:
            groups.append([t])
    return " ".join(paragraph(who := called(g[0].said), g, short=short_name(who)) for g in groups)
