"""Which sentences of a contribution a page should carry: those with figures, names, findings, advice and acts."""

import math
import re
from collections.abc import Callable, Sequence

from pipeline.facts.view import Meeting
from pipeline.facts.wording import Told, tell
from pipeline.language.phrases import is_content, lemma
from pipeline.language.said import Said

_TELLING = re.compile(
    r"\b(?:advice|advise|recommend|suggest|urge|mistake|lesson|learn(?:ed|t)|found|find|result|showed|shows|answer|problem|helps?|"
    r"work(?:s|ed)|because|so that|need|must|should|important|commend|praise|congratulate|call (?:on|for)|ask|propose|plan|agree|"
    r"decid|launch|publish|report|free|cost|first|only|most|never|nobody|no one|half|third|quarter|double|instead|saved?|"
    r"increase|decrease|fell|rose|grew|cut|risk|concern|worr|hope|want)\w*"
)
_EMPTY = re.compile(
    r"^(?:(?:so|and|but|well|now|yeah|yes|okay|um|uh)[, ]+)*(?:i (?:think|guess|mean)|you know|that's|it's|i don't know|i'm (?:not|sorry)|"
    r"let me|as i said|like i said|again|i'll|i will|i was)\b"
)
_POINTING = re.compile(r"^(?:(?:so|and|but|because)[, ]+)*(?:it|this|that|they|these|those|he|she|which)\b")
BARRED = ("aside", "greeting", "handover", "frame", "closing", "housekeeping", "question")


def worth(said: Said, meeting: Meeting, weight: dict[str, float]) -> float:
    """How much a sentence would give a reader; 0 keeps it off the page."""
    if len(said.words) < 5 or meeting.outline.does(said, *BARRED):
        return 0.0
    content = {lemma(t) for t in said.span if is_content(t)}
    if len(content) < 2:
        return 0.0
    value = sum(weight.get(w, 1.0) for w in content) / math.sqrt(8 + len(said.words))
    value += 1.2 * min(2, sum(t.pos_ == "NUM" or t.like_num for t in said.span))
    value += 0.5 * min(2, len(said.span.ents))
    value += 0.8 * bool(_TELLING.search(said.plain))
    value -= 0.5 * bool(_EMPTY.match(said.plain)) + 0.4 * bool(_POINTING.match(said.plain))
    value -= 0.04 * max(0, len(said.words) - 28)
    return max(0.0, value)


def selected(
    said: Sequence[Said],
    meeting: Meeting,
    *,
    budget: int,
    weight: dict[str, float] | None = None,
    verb: Callable[[Said], str] = lambda _: "said",
) -> list[Told]:
    """The sentences of one speaker that fit into a budget of words, the most telling first, told in time order."""
    ranked = sorted(said, key=lambda s: (-worth(s, meeting, weight or {}), s.start))
    chosen: dict[int, Told] = {}
    left = budget
    for s in ranked:
        if worth(s, meeting, weight or {}) <= 0.3 or left < 8:
            break
        told = tell(s, meeting, verb=verb(s), after=s.index - 1 in chosen)
        if told and told.words <= left + 4:
            chosen[s.index] = told
            left -= told.words
    return [chosen[i] for i in sorted(chosen)]
