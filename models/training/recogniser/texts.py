"""Sentences to speak: real meeting talk, and templates for what a chaired webinar adds to it.

Takes the gzipped list of meeting sentences (one a line). Gives `Sentence` records, shuffled by a seed.
"""

from __future__ import annotations

import gzip
import random
import re
from dataclasses import dataclass
from pathlib import Path

from . import lists

ALLOWED = re.compile(r"[A-Za-z0-9 .,?!'%$&-]+\Z")
STUTTER = re.compile(r"(?:^|\s)([b-hj-zB-HJ-NP-Z]|\w+ \w+ \w+ \w+ \w+ [b-hj-z])(?=[\s.,?!]|$)")


@dataclass(frozen=True)
class Sentence:
    """One thing to say; `names` are the people and bodies in it, for prompts."""

    text: str
    names: tuple[str, ...] = ()


def clean(line: str) -> str | None:
    """The line as the recogniser should write it, or None if it is broken, too long or hardly text."""
    text = re.sub(r"[;:]", ",", line.strip().replace("’", "'").replace('"', ""))
    text = re.sub(r"\s*-{2,}\s*|\s+-\s*|\s*-\s+", " ", text)
    text = re.sub(r"\.(?=[A-Z][a-z])", ". ", text)
    text = re.sub(r"\s+([.,?!])", r"\1", re.sub(r"\s+", " ", text)).strip(" -,")
    if not ALLOWED.match(text) or not 4 <= len(text) <= 220:
        return None
    words = text.split()
    if len(words) > 40 or STUTTER.search(text) or not any(c.isalpha() for c in text):
        return None
    lowered = [w.strip(".,?!").lower() for w in words]
    if any(a == b == c for a, b, c in zip(lowered, lowered[1:], lowered[2:])):
        return None
    return text


def meeting_sentences(path: Path) -> list[str]:
    """Cleaned, distinct sentences of real meetings, in file order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        cleaned = (clean(line) for line in lines)
        return list(dict.fromkeys(text for text in cleaned if text))


class Templates:
    """Writes sentences of a chaired webinar with names, bodies, dates and counts drawn from wide lists."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self._names: list[str] = []

    def _pick(self, options: list[str]) -> str:
        return self.rng.choice(options)

    def last(self) -> str:
        roll = self.rng.random()
        if roll < 0.2:
            name = self._pick(lists.NAME_STARTS) + self._pick(lists.NAME_ENDS)
        elif roll < 0.25:
            name = self._pick(lists.LAST_NAMES) + "-" + self._pick(lists.LAST_NAMES)
        else:
            name = self._pick(lists.LAST_NAMES)
        return name

    def first(self) -> str:
        return self._pick(lists.FIRST_NAMES)

    def person(self) -> str:
        roll = self.rng.random()
        if roll < 0.6:
            name = f"{self.first()} {self.last()}"
        elif roll < 0.8:
            name = self.first()
        else:
            name = f"{self._pick(lists.TITLES)} {self.last() if roll < 0.92 else self.first() + ' ' + self.last()}"
        self._names.append(name)
        return name

    def organisation(self) -> str:
        roll = self.rng.random()
        start = self._pick(lists.ORG_STARTS if roll < 0.6 else lists.PLACES)
        if roll < 0.15:
            name = f"University of {self._pick(lists.PLACES)}"
        elif roll < 0.3:
            name = f"{start} {self._pick(lists.ORG_ENDS)}"
        else:
            name = f"{start} {self._pick(lists.ORG_TOPICS)} {self._pick(lists.ORG_ENDS)}"
        self._names.append(name)
        return name

    def number(self) -> str:
        size = self.rng.choice([10, 20, 100, 100, 1000, 10000, 100000])
        return f"{self.rng.randint(2, size):,}" if self.rng.random() < 0.8 else f"{self.rng.randint(1, 99) * 100:,}"

    def small(self) -> str:
        return self._pick(
            "two three four five six seven eight nine ten twelve fifteen twenty thirty forty fifty sixty".split()
        )

    def percent(self) -> str:
        style = self.rng.random()
        value = str(self.rng.randint(1, 99))
        if style < 0.15:
            value += f".{self.rng.randint(1, 9)}"
        return value + ("%" if style < 0.6 else " percent")

    def year(self) -> str:
        return str(self.rng.choice([self.rng.randint(2000, 2030), self.rng.randint(1950, 2030)]))

    def date(self) -> str:
        day = f"{self.rng.randint(1, 28)} {self._pick(lists.MONTHS)}"
        return self.rng.choice(
            [
                day,
                f"{day} {self.year()}",
                f"{self._pick(lists.DAYS)} {day}",
                f"{self._pick(lists.MONTHS)} {self.year()}",
            ]
        )

    def money(self) -> str:
        unit = self._pick(["", " thousand", " million", " million", " billion"])
        return self.rng.choice(
            [
                f"${self.number()}" if not unit else f"${self.rng.randint(1, 99)}{unit}",
                f"{self.rng.randint(1, 900)}{unit or ',000'} {self._pick(['pounds', 'euros', 'dollars'])}",
            ]
        )

    def clock(self) -> str:
        return f"{self.rng.randint(1, 12)} o'clock"

    def sentence(self) -> Sentence:
        """One filled template, ready to speak."""
        self._names = []
        pattern = self._pick(PATTERNS)
        slots = {
            "P": self.person,
            "O": self.organisation,
            "R": lambda: self._pick(lists.ROLES),
            "T": lambda: self._pick(lists.TOPICS),
            "L": lambda: self._pick(lists.PLACES),
            "N": self.number,
            "S": self.small,
            "C": self.percent,
            "Y": self.year,
            "D": self.date,
            "M": self.money,
            "F": self.first,
            "W": lambda: self._pick(lists.DAYS),
            "H": lambda: self._pick(lists.MONTHS),
            "E": lambda: self._pick(lists.EVENTS),
            "I": lambda: self._pick(lists.THINGS),
            "G": lambda: self._pick(lists.GROUPS),
            "K": self.clock,
        }
        text = re.sub(r"\{(\w)\}", lambda match: slots[match.group(1)](), pattern)
        return Sentence(text[0].upper() + text[1:], tuple(self._names))


PATTERNS = """
Good morning everyone, and welcome to this webinar on {T}.
Good afternoon and welcome. I'm {P}, {R} of the {O}, and I will be chairing today.
Hello, my name is {P} and I'm the {R} at {O}.
Thank you, {P}. I'm {P} from the {O}.
Thank you very much, {F}, for that kind introduction.
Our first speaker is {P}, {R} at the {O}.
Our next speaker is {P}, who is {R} at {O} and works on {T}.
It is my great pleasure to introduce {P} from {O}.
Please join me in welcoming {P}.
I will now hand over to {P}. {F}, the floor is yours.
Over to you, {F}.
{F}, over to you.
Let's go to {P} for the first question.
Thank you, {F}. Next we have {P}.
The next question comes from {P} of the {O}.
{P} asks whether the {I} on {T} will be published.
There is a question in the chat from {P}: when does the {E} start?
{F}, would you like to take that one?
Can I ask {P} to come in on {T}?
Thanks, {F}. That was really helpful.
Many thanks to {P} and to {P} for their talks.
I'd like to thank {P}, {P} and {P} for joining us today.
I want to thank the {O} for hosting us.
We are joined by {P}, {R} at {O}, and by {P}, {R} at {O}.
As {P} said, {T} is a matter for all of us.
As {F} mentioned, about {C} of {G} were affected.
I agree with {F} about {T}.
I would like to add something to what {P} said about {T}.
In {Y} we started a {I} on {T} with {N} {G}.
We surveyed {N} {G} in {L} and {L}.
About {C} of the {G} said that {T} was their main concern.
The number of {G} rose from {N} to {N} between {Y} and {Y}.
By {Y}, {C} of {G} in {L} will have access.
In {Y} it was {C}, and by {Y} it had fallen to {C}.
The {I} cost {M} and took {S} years.
We received {M} from the {O} for {T}.
The budget for {T} was cut by {C} last year.
We have {S} partners, including the {O} and the {O}.
Our next {E} is on {D} in {L}.
The {E} will take place on {D} at {K}.
Registration for the {E} closes on {D}.
The deadline for comments is {D}.
The call for papers on {T} is open until {D}.
We will publish the {I} in {H} {Y}.
On {D} we launch a new {I} on {T}.
Please save the date, {D}, for our {E} on {T}.
The slides and the recording will be sent to the mailing list.
This session is being recorded, and the recording will be on our website by {W}.
Please put your questions in the chat.
Please mute yourself when you are not speaking.
We have time for {S} more questions.
We have about {S} minutes left.
Let's move on to the panel.
Let's turn to the announcements.
What does the {I} say about {T}?
How many {G} took part in the {I}?
How did you reach {G} in {L}?
Why did the {O} decide to stop the {I}?
What would you do differently, {F}?
Do you think that {T} can work in {L}?
Is there any evidence that {T} helps {G}?
Who pays for {T} after {Y}?
The first point is that {T} needs long term funding.
The second area is {T}, and the third is {T}.
We work in {S} areas: {T}, {T} and {T}.
Our {S} priorities are {T}, {T} and {T}.
I think the biggest challenge is {T}.
{T} is not a luxury, it is a public good.
{P} from {O} has shown that {T} reduces costs by {C}.
My colleague {P} is the {R} for {T}.
The {R}, {P}, will present the results.
{P} was elected {R} in {H}.
{P} is retiring after {S} years as {R}.
We lost {P}, our {R}, in {Y}.
Congratulations to {P} on becoming {R} of {O}.
You can reach me at the {O}.
The {O} and the {O} signed an agreement in {Y}.
The {O} has opened an office in {L}.
In {L}, {T} is run by the {O}.
The results of the vote are {N} in favour and {N} against.
The {I} was approved with {C} of the votes.
Of the {N} {G} we contacted, {N} replied.
That is {S} times as many as in {Y}.
It takes {S} days and costs less than {M}.
Between {H} and {H} we visited {N} {G}.
More than {N} {G} have signed the {I}.
Only {S} out of {S} {G} knew about the {I}.
So, to sum up, {T} is working in {L} but not yet in {L}.
Before we close, {P} has an announcement about the {E}.
With that, I declare the meeting closed. Thank you all, and goodbye.
Thank you for coming, and see you on {W}.
The next meeting will be held on {W} {D}.
{P}, {R} at the {O}, will give the keynote.
Without further ado, here is {P}.
{P} joins us from {L} this {W}.
I'm speaking on behalf of {P}, who can't be with us today.
Sorry, {F}, you are on mute.
I see {P} has raised a hand.
And {P}, {R}, {O}.
{P}, {P} and {P}.
From {O}, we have {P}.
Is {P} on the line?
The {O} runs {N} {G} across {L}.
We trained {N} {G} in {T} over {S} months.
At the {O} we collect data on {T} every {S} weeks.
""".strip().splitlines()


def is_kept_aside(text: str) -> bool:
    """Whether this text belongs to the share (about 2 %) that no model may train on."""
    import zlib

    return zlib.crc32(re.sub(r"[^a-z]", "", text.lower()).encode()) % 50 == 0


def training_sentences(path: Path, seed: int) -> list[Sentence]:
    """All meeting sentences not kept aside, plus one template for every three of them, shuffled."""
    real = [Sentence(text) for text in meeting_sentences(path) if not is_kept_aside(text)]
    templates = Templates(seed)
    made = [s for s in (templates.sentence() for _ in range(len(real) * 2 // 5)) if not is_kept_aside(s.text)]
    made = [Sentence(text, s.names) for s in made if (text := clean(s.text))]
    everything = real + made
    random.Random(seed).shuffle(everything)
    return everything


def held_out_sentences(path: Path, seed: int) -> list[Sentence]:
    """Sentences no model trains on: real ones and, one in four, templates; shuffled."""
    real = [Sentence(text) for text in meeting_sentences(path) if is_kept_aside(text) and len(text.split()) >= 3]
    templates = Templates(seed + 1)
    made: list[Sentence] = []
    while len(made) < len(real) // 3:
        sentence = templates.sentence()
        text = clean(sentence.text)
        if text and is_kept_aside(text):
            made.append(Sentence(text, sentence.names))
    everything = real + made
    random.Random(seed).shuffle(everything)
    return everything
