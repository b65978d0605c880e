"""Words that point at the day and the room of the meeting, rewritten for later readers."""

from pipeline.language.wording.line import Line
from pipeline.language.wording.words import SHIFTED_TIMES


def shift_times(line: Line) -> None:
    """Rewrite "today", "next week", "here" and their like."""
    lower = [t.lower_ for t in line.tokens]
    n = 0
    while n < len(line.tokens):
        size = next((k for k in (3, 2, 1) if tuple(lower[n : n + k]) in SHIFTED_TIMES), 0)
        if size and not _governed(line, n):
            group = line.tokens[n : n + size]
            line.put(group[0], SHIFTED_TIMES[tuple(lower[n : n + size])])
            for token in group[1:]:
                line.put(token, "")
            around = [line.tokens[k] for k in (n - 1, n + size) if 0 <= k < len(line.tokens)]
            if not line.text_of(group[0]) and [t.text for t in around] == [",", ","]:
                for comma in around:
                    line.put(comma, "")  # "the price is, today, about nine pounds"
        n += size or 1
    for token in line.tokens:
        late_here = token.lower_ == "here" and token.i > token.head.i
        early_now = token.lower_ == "now" and token.i == line.tokens[0].i
        if token.dep_ == "advmod" and (late_here or early_now):
            line.put(token, "")


def _governed(line: Line, n: int) -> bool:
    # "by today", "today's meeting": dropping the word would leave its governor without an end.
    token = line.tokens[n]
    if n and line.tokens[n - 1].lower_ in ("the", "this", "that"):
        return True  # "over the last month"
    return bool(n and line.tokens[n - 1].dep_ == "case") or any(c.dep_ == "case" for c in token.children)
