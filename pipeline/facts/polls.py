"""Polls: what was asked, and how many chose what, as one statement."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.facts.paragraphs import bare_of
from pipeline.facts.polish import figures
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import supported, tell
from pipeline.language.lexicon import is_ordinary
from pipeline.language.phrases import ends_asking, phrases
from pipeline.language.said import Said

REACH = 40  # sentences from the poll's announcement to its result
GAP = 3  # sentences that may stand between two lines of a result
_OPENS = re.compile(
    r"\b(?:there's|there is|here's|here is|let's|launch\w*|open\w*|start\w*|run\w*|put up|tak(?:e|ing)|do|doing|have|has|got|answer)\b(?: \w+){0,3}? "
    r"(?:a|the|this|our|one) (?:\w+ )?(?P<what>poll|vote|ballot|show of hands|survey)\b|^(?:[a-z]+,? )?(?P<bare>poll|vote|ballot)[?.!]?$|"
    r"\b(?:launch|clos)ing (?:it|the (?P<named>poll|vote|ballot))\b"
)
_LEAD = r"^(?:(?:so|and|then|well|now|okay|oh|no|sorry),? )*"
_CHOICE = r"(?P<choice>(?!(?:(?:so|and|then|well|now|okay),? )*(?:i|we|you|they|it|that|there|this|who|what|he|she)\b)[^\W\d_](?:[^\W\d_]|[' -]){1,50}?)"
_COUNT = r"(?P<n>\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine)(?P<share> ?(?:%|per ?cent))?"
_AT = r"(?:(?:on|at|with|by|just|about) )"
_END = r"(?: votes?| of you| hands?)?(?=[.,;]|$| and\b)"
_LINES = (
    re.compile(
        rf"{_LEAD}{_CHOICE}(?: is| are| was| has| have| had|'s)?"
        rf"(?: got it| got| gets| won it| won| wins| took| takes| came in| comes in| has| had),? {_AT}*{_COUNT}{_END}"
    ),
    re.compile(
        rf"{_LEAD}{_CHOICE}(?: is| are| was|'s) (?:the )?(?:first|second|third|next|last|top|winner),? (?:with|at|on) {_COUNT}{_END}"
    ),
    # "is 51" may be anything's number: a bare copula gives votes only with "on" or "at".
    re.compile(rf"{_LEAD}{_CHOICE}(?: is| are| was|'s) {_AT}+{_COUNT}{_END}"),
    # "In the past year is thirty-one percent", "One to three years ago, twenty-two": shares, or what stands among them.
    re.compile(
        rf"{_LEAD}(?P<choice>[^\W\d_](?:[^\W_]|[' -]){{1,50}}?)(?:,| is,?| are,?|'s)(?: (?:um|uh|er),)? (?P<n>\d[\d.,]*|(?:two|three|four|five|six|seven|eight|nine)(?= per))(?P<share> ?(?:%|per ?cent))?(?:, not .*)?$"
    ),
    re.compile(
        rf"{_LEAD}{_COUNT}(?: votes?| people| of you)? (?:for|said|say|chose|choose|picked|pick|went for|go for|voted for|want|wanted|ticked|"
        rf"prefer|preferred) (?P<choice>[^\W\d_](?:[^\W\d_]|[' -]){{1,50}}?)(?=[.,;]|$)"
    ),
)
# One of several lines in a sentence: "Earlier payment 46 per cent, longer contracts 31, mapping 15".
_ITEM = re.compile(
    rf"{_LEAD}(?:the )?(?P<choice>[^\W\d_](?:[^\W\d_]|[' -]){{1,40}}?)(?: is| are| was| has| had| got| gets| took| at| with| only)* "
    r"(?P<n>\d[\d.]*|one|two|three|four|five|six|seven|eight|nine)(?P<share> ?(?:%|per ?cent))?(?: votes?)?"
)
_TOTAL = re.compile(r"\b(?P<n>\d[\d,]*) (?:votes|responses|answers|of you voted|people voted)\b")
BARE = 3  # the place of the line without a verb of choosing among them
_NOT_BINDING = re.compile(
    r"\b(?:not binding|doesn't bind|does not bind|only to (?:tell|show|give)|advisory|indicative|just to (?:get|see|give) (?:a|an|us))\b"
)


@dataclass(frozen=True)
class Result:
    """One line of a result."""

    choice: str
    count: str
    said: Said
    shared: bool = False  # counted in per cent
    bare: bool = False  # "never is 28": a result only where per cent are counted beside it


def polls(meeting: Meeting) -> list[Statement]:
    """Every poll of which two or more lines of the result were read out."""
    out: list[Statement] = []
    said = meeting.outline.said
    end = 0
    for cue in said:
        opened = _OPENS.search(cue.plain)
        if not opened or cue.index < end:
            continue
        near = said[cue.index + 1 : cue.index + 1 + REACH]
        following, found = _held(cue, near)
        what = opened["what"] or opened["bare"] or opened["named"] or "poll"
        made = _statement(meeting, cue, what, found, following) if len(found) > 1 else None
        if made:
            out.append(made)
            end = found[-1].said.index
    return out


HOLDERS = 3  # people who speak after a poll was called for, one of whom may hold it
MENDED = 8  # sentences behind a result in which a line of it is read out again


def _held(cue: Said, near: Sequence[Said]) -> tuple[list[Said], list[Result]]:
    """What the holder of a poll says, and its result: who calls for one may leave it to somebody else to hold it."""
    people = list(dict.fromkeys([cue.who, *(s.who for s in near)]))[:HOLDERS]
    tried = []
    for who in people:
        own = [s for s in near if s.who == who]
        found = _results(own)
        # Somebody else's figures are a result only where votes or shares are counted.
        counted = any(r.shared for r in found) or any(_TOTAL.search(figures(s.plain)) for s in own)
        tried.append((own, found if counted or who == cue.who else []))
    return max(tried, key=lambda t: len(t[1]), default=([], []))


def _results(following: Sequence[Said]) -> list[Result]:
    """The first run of lines that each give a choice its count."""
    run: list[Result] = []
    for s in following:
        if run and s.index - run[-1].said.index > GAP:
            if len(run) > 1:
                break
            run = []  # one line alone is a figure of something else
        run += _lines(s)
    late = [s for s in following if run and 0 < s.index - run[-1].said.index <= MENDED]
    again = [r for s in late for r in _lines(s) or _put_right(s) if any(r.choice == o.choice for o in run)]
    run = list({r.choice: r for r in (*run, *again)}.values())  # what was said last counts
    return run if any(r.shared for r in run) else [r for r in run if not r.bare]


def _lines(said: Said) -> list[Result]:
    """The lines of a result that a sentence gives: one, or several that follow each other."""
    text = figures(said.plain.strip(" .!"))
    parts = re.split(r", (?:and )?|; ", text)
    matches = [_ITEM.fullmatch(part) for part in (parts if len(parts) >= LEAST else text.split(" and "))]
    items = [m for m in matches if m]
    if len(items) == len(matches) >= LEAST and not ends_asking(said.text):
        return [_result(m, said) for m in items]
    one = _line(said)
    return [one] if one else []


def _put_right(said: Said) -> list[Result]:
    """A line read out again: "sorry, longer contracts 31 per cent, not 33"."""
    line = _ITEM.fullmatch(re.sub(r",? not \S+$", "", figures(said.plain.strip(" .!"))))
    return [_result(line, said)] if line else []


LEAST = 2  # lines in a sentence


def _result(match: re.Match[str], said: Said, *, bare: bool = False) -> Result:
    choice = _as_written(match["choice"].strip(" ,").removesuffix("'s"), said)
    shared = bool(match["share"])
    return Result(choice, f"{match['n']}{_share(said) if shared else ''}", said, shared=shared, bare=bare)


def _line(said: Said) -> Result | None:
    text = figures(said.plain.strip(" .!"))
    found = [(n, m) for n, line in enumerate(_LINES) if (m := line.search(text))]
    if not found or ends_asking(said.text):
        return None
    kind, match = found[0]
    return _result(match, said, bare=kind == BARE)


def _share(said: Said) -> str:
    return " percent" if "percent" in said.plain else " per cent"


def _as_written(choice: str, said: Said) -> str:
    """A choice with its capitals, but for the one that begins the sentence."""
    at = said.text.lower().find(choice)
    if at < 0:
        return choice
    text = said.text[at : at + len(choice)]
    return text[:1].lower() + text[1:] if at == 0 and is_ordinary(text.split()[0].lower()) else text


def _statement(
    meeting: Meeting, cue: Said, what: str, found: Sequence[Result], following: Sequence[Said]
) -> Statement | None:
    told = dict.fromkeys(_listed(found, counts) for counts in (_counts(found), [r.count for r in found]))
    subject, asked = _subject(meeting, cue, following, found[0].said)
    last = found[-1].said
    binding = next(
        (s for s in following if last.index < s.index <= last.index + 5 and _NOT_BINDING.search(s.plain)), None
    )
    remark = tell(binding, meeting, after=True) if binding else None
    bare = bare_of(remark) if remark else None
    total = next(
        (m for s in following if s.index < found[0].said.index and (m := _TOTAL.search(figures(s.plain)))), None
    )
    cast = f" ({total['n']} votes)" if total else ""
    texts = [f"The {what}{subject} gave{cast}: {lines}." + (f" {bare}." if bare else "") for lines in told]
    texts += [f"The {what} gave: {lines}." for lines in told]
    counted = [
        s.evidence for s in following if total and s.index < found[0].said.index and total[0] in figures(s.plain)
    ]
    called = meeting.outline.said[max(0, cue.index - REACH) : cue.index + 1]
    named = [s.evidence for s in reversed(called) if re.search(rf"\b{what}\b", s.plain)][:1]
    evidence = (*named, cue.evidence, *(s.evidence for s in asked), *counted, *(r.said.evidence for r in found))
    if bare and binding:
        evidence = (*evidence, binding.evidence)
    made = (Statement(text, evidence) for text in texts)
    return next((m for m in made if supported(m, meeting)), None)


def _listed(found: Sequence[Result], counts: Sequence[str]) -> str:
    return "; ".join(f"{r.choice} {count}" for r, count in zip(found, counts, strict=True))


def _counts(found: Sequence[Result]) -> list[str]:
    """The counts; where they are shares of a whole, all of them say so: "52 per cent", then only "14"."""
    counts = [r.count for r in found]
    shared = next((r for r in found if r.shared), None)
    whole = sum(
        float(c.split()[0].rstrip(".")) if c[0].isdigit() else float(_SMALL.get(c.split()[0], 0)) for c in counts
    )
    if shared is None or abs(whole - 100) > ROUNDED:
        return counts
    return [c if r.shared else f"{c}{_share(shared.said)}" for r, c in zip(found, counts, strict=True)]


_SMALL = {w: n for n, w in enumerate("one two three four five six seven eight nine".split(), 1)}
ROUNDED = 3  # by which shares that were rounded may miss a hundred


def _subject(meeting: Meeting, cue: Said, following: Sequence[Said], first: Said) -> tuple[str, list[Said]]:
    """ " on the old glasshouse": the thing that the question names, between the announcement and the result."""
    for s in (cue, *(f for f in following if f.index < first.index)):
        asks = meeting.outline.does(s, "question") or re.search(
            r"\b(?:what|which|should|how|whether) (?:\w+ )*(?:we|you|be|the)\b", s.plain
        )
        named = [
            p
            for p in phrases(s.span)
            if p.head.pos_ == "NOUN" and p.content and p.head.lower_ not in ("poll", "vote", "thing")
        ]
        if asks and named:
            phrase = max(named, key=lambda p: len(p.tokens))
            text = " ".join(t.text for t in phrase.tokens)
            the = phrase.tokens[0].nbor(-1).lower_ if phrase.tokens[0].i else ""
            return f" on {the + ' ' if the in ('the', 'a', 'an') else ''}{text}", [s]
    return "", []
