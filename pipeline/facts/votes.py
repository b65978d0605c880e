"""Votes with their count, as the chair gives it last, and what became of what was voted on."""

import re
from dataclasses import dataclass

from pipeline.facts.polish import figures
from pipeline.facts.view import Meeting
from pipeline.language.said import Said

POLLS = re.compile(r"\b(?:votes?|ballot|show of hands)\b")
REACH = 10  # sentences in which what is counted was put to the vote


@dataclass(frozen=True)
class Decided:
    """One frame that was filled: its wording and the sentences that it rests on."""

    text: str
    said: tuple[Said, ...]


BALLOT = re.compile(
    r"\b(?P<yes>\d[\d,]* (?:votes )?(?:yes|in favou?r|for|ayes?)),? (?:and )?(?P<no>(?:\d[\d,]*|none|nobody) (?:no|against|noes|nays?|opposed))\b"
    r"(?:,? (?:and |with )*(?P<neither>\d[\d,]*) abst\w+)?"
)
_BECAME = re.compile(r"(?<!not )\b(?P<how>carried|adopted|passed|approved|accepted|lost|rejected|defeated)\b")


def ballot(said: Said, meeting: Meeting) -> Decided | None:
    """ "So we have 60 yes, 5 no and 8 abstentions. Carried.": a vote with its count, as the chair gave it last."""
    if said.who not in meeting.outline.chairs or not BALLOT.search(figures(said.plain)):
        return None
    before = meeting.outline.said[max(0, said.index - REACH) : said.index + 1]
    called = next((s for s in reversed(before) if POLLS.search(s.plain)), None)
    own = [s for s in meeting.outline.said[said.index :] if s.who == said.who][:REACH]
    counts = [(s, m) for s in own if (m := BALLOT.search(figures(s.plain)))]
    last, count = counts[-1]
    became = next(((s, m["how"]) for s in own if s.index >= last.index and (m := _BECAME.search(s.plain))), None)
    if called is None or became is None:
        return None
    neither = f" and {count['neither']} abstentions" if count["neither"] else ""
    earlier = [s for s, _ in counts[:-1]]  # told with the last one, so that they are not told again
    return Decided(
        f"The vote was {count['yes']}{',' if neither else ' and'} {count['no']}{neither}; it was {became[1]}",
        (called, *earlier, last, became[0]),
    )
