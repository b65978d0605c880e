"""A fictional meeting, rich in shapes: what a page can hold, written by hand.

Two people share a slot, one only asked a question, one is not confirmed, one registered person stayed silent, one
voice has no name; two people talk at once; one theme comes back; one statement rests on the event file alone.
"""

from pipeline.records import (
    Conversation,
    Event,
    MeetingFacts,
    NamedBy,
    Part,
    Person,
    Point,
    Question,
    Registered,
    Section,
    Span,
    Speaker,
    Spoken,
    Summary,
    Theme,
    Themed,
    Turn,
    Word,
)
from pipeline.records import FromEvent as Key

DURATION = 3312.4


def said(start: float, length: float, words: str) -> Spoken:
    """Evidence: words that begin at `start` and take `length` seconds."""
    return Spoken(start=start, end=start + length, words=words)


def turn(start: float, end: float, name: str | None, text: str, *, voice: str | None = "V01") -> Turn:
    """A turn whose words share its time evenly."""
    texts = text.split()
    step = (end - start) / max(len(texts), 1)
    words = tuple(
        Word(text=t, start=start + n * step, end=start + (n + 1) * step, probability=0.9371)
        for n, t in enumerate(texts)
    )
    named_by: NamedBy | None = "introduction" if name else None
    return Turn(start=start, end=end, voice=voice, name=name, confidence=0.91, named_by=named_by, words=words)


EVENT = Event(
    title="River Wardens’ Forum, spring meeting 2025",
    date="2025-03-11",
    platform="Zoom",
    organisers=("River Wardens’ Forum", "Upper Tamsel Trust"),
    about="The River Wardens’ Forum brings together people who look after small rivers.",
    mailing_list="To join the mailing list, write to wardens@rivers.example.",
    theme="Clear Water by Habit",
    links={
        "recording": "https://rivers.example/2025/spring.mp4",
        "The Pocket Gauge": "https://rivers.example/pocket-gauge",
    },
    registered=(Registered(name="Silvia Marchetti", organisation="Lower Ford Anglers"),),
)


def person(name: str, *capacities: str, **more: object) -> Person:
    """A person of the page, confirmed unless said otherwise."""
    known = {"honours": None, "role": None, "organisation": None, "spoke": True, "status": "confirmed", "evidence": ()}
    return Person.model_validate({"name": name, "capacities": capacities, **known, **more})


PAIR = said(1262.0, 4.0, "our next two are Bronwen Pugh and Idris Sal, please, both of you")

PEOPLE = (
    person(
        "Marguerite Oyelaran",
        "chair",
        "announcer",
        role="Convenor",
        organisation="River Wardens’ Forum",
        evidence=(said(4.0, 4.0, "I am Marguerite Oyelaran, convenor of the Forum"),),
    ),
    person(
        "Henrik Solberg",
        "keynote",
        honours="Professor ... FRS",
        role="Director",
        organisation="Institute for Small Waters",
        evidence=(said(142.2, 6.0, "Professor Henrik Solberg, who directs the Institute for Small Waters"),),
    ),
    person("Bronwen Pugh", "panellist", organisation="Upper Tamsel Trust", evidence=(PAIR,)),
    person("Idris Sal", "panellist", organisation="Millbrook Parish Meeting", evidence=(PAIR,)),
    person(
        "Catalina Ruiz",
        "panellist",
        role="Hydrologist",
        organisation="Office of Inland Waters",
        status="suggested",
        evidence=(said(1745.0, 3.0, "over to Catalina from Inland Waters"),),
    ),
    person(
        "Yusuf Demir", "speaker", status="unconfirmed", evidence=(said(2120.0, 2.0, "thanks, Yusuf, I think it was"),)
    ),
    person(
        "Pia Lindqvist", "questioner", organisation="Heron Watch", evidence=(said(2301.0, 2.0, "Pia Lindqvist asks"),)
    ),
    person("Silvia Marchetti", spoke=False),
)


def point(name: str, text: str, *evidence: Spoken | Key, by: tuple[str, ...] = ()) -> Point:
    """A statement and what it rests on."""
    return Point(id=name, text=text, speakers=by, evidence=evidence)


CHAIR = ("Marguerite Oyelaran",)
AREAS = (
    point(
        "areas-1",
        "how volunteers who measure a river can agree with farmers on where to cross a field, and who mends the gates",
        said(1301.0, 30.0, "the gate was ours to mend"),
        said(2410.0, 12.0, "coming back to the gates"),
        by=("Bronwen Pugh", "Idris Sal"),
    ),
    point(
        "areas-2",
        "the gap between spring and autumn figures, caused by gauges that are taken in for the winter: "
        "Catalina Ruiz suggested leaving one in every stretch",
        said(1760.0, 25.0, "leave one in every stretch"),
        by=("Catalina Ruiz",),
    ),
    point(
        "areas-3",
        "whether the wardens of two counties could share one boat; Pia Lindqvist, of Heron Watch, asked who "
        "would insure it, and no answer was agreed",
        said(2301.0, 40.0, "who would insure it"),
        by=("Pia Lindqvist", "Yusuf Demir"),
    ),
)
KEYNOTE = (
    point(
        "keynote-1",
        "Professor Henrik Solberg FRS, Director of the Institute for Small Waters, gave the keynote. He commended "
        "wardens who measure the same pool every week, whatever the weather, and asked for their figures.",
        said(160.0, 20.0, "what I admire is the same pool, every week, in the rain"),
        by=("Henrik Solberg",),
    ),
    point(
        "keynote-2",
        "In his view, a cheap gauge read on time is worth more than a costly one that nobody visits.",
        said(655.0, 9.0, "a two-pound gauge that somebody reads beats the best probe that nobody visits"),
        by=("Henrik Solberg",),
    ),
)
SUMMARY_POINTS = (
    point(
        "summary-1",
        "The Forum had planned to meet at the boathouse in Tamsel, but the towpath was under water, and so the "
        "spring meeting was held online.",
        said(21.4, 12.0, "the towpath is under two feet of water, so here we are on Zoom"),
        by=CHAIR,
    ),
    point(
        "summary-2",
        "126 people had registered from 31 groups, and about 80 took part.",
        said(41.0, 5.0, "a hundred and twenty-six of you registered, from thirty-one groups"),
        said(52.0, 3.0, "about eighty of you are here"),
        said(3204.0, 4.0, "eighty people to the end, thank you"),
        by=CHAIR,
    ),
    point("summary-3", "The theme of the meeting was Clear Water by Habit.", Key(event="theme")),
)
PANEL = point(
    "panel-1",
    "Four panellists, chosen from members who had offered, spoke in two groups, on banks and on figures, and "
    "answered questions from the chat.",
    said(1240.0, 14.0, "four of you offered, two on banks and two on figures"),
    by=CHAIR,
)
ANNOUNCEMENTS = (
    point(
        "announcements-1",
        "Bronwen Pugh, of the Upper Tamsel Trust, launched The Pocket Gauge, a guide of forty pages that she wrote "
        "with Idris Sal. It is free to members.",
        said(2702.0, 22.0, "it is called The Pocket Gauge"),
        by=("Bronwen Pugh",),
    ),
    point(
        "announcements-2",
        "Marguerite Oyelaran said that the Forum will consider becoming a charity. No decision has been taken.",
        said(2841.0, 18.0, "we will look at whether to become a charity"),
        by=CHAIR,
    ),
)
POLL = point(
    "results-1",
    "Asked when they measure, 62% chose the morning, 27% the evening and 11% “when the dog wants out”.",
    said(2990.0, 15.0, "sixty-two per cent in the morning"),
    by=CHAIR,
)
CHAIRED = point(
    "chair-1",
    "The meeting was chaired by Marguerite Oyelaran, Convenor of the River Wardens’ Forum.",
    said(4.0, 4.0, "I am Marguerite Oyelaran, convenor of the Forum"),
    Key(event="organisers"),
    by=CHAIR,
)
THANKS = point(
    "thanks-1",
    "She thanked the speakers, the Upper Tamsel Trust and everyone who had cleared the towpath.",
    said(3215.0, 14.0, "thank you to everybody who cleared the towpath"),
    by=CHAIR,
)
RECORDING = point("recording-1", "A recording of the meeting is available.", Key(event="links.recording"))
MAILING = point("mailing-1", EVENT.mailing_list or "", Key(event="mailing_list"))
ABOUT = point("about-1", EVENT.about or "", Key(event="about"))

SECTIONS = (
    Section(kind="summary", heading="Summary", points=SUMMARY_POINTS),
    Section(kind="keynote", heading="Keynote", points=KEYNOTE),
    Section(kind="panel", heading="Panel", points=(PANEL,)),
    Section(kind="areas", heading="Areas covered in the discussion", points=AREAS),
    Section(kind="announcements", heading="Announcements", points=ANNOUNCEMENTS),
    Section(kind="results", heading="Poll", points=(POLL,)),
    Section(kind="chair", heading="Chair", points=(CHAIRED,)),
    Section(kind="thanks", heading="Thanks", points=(THANKS,)),
    Section(kind="recording", heading="Recording", points=(RECORDING,)),
    Section(kind="mailing", heading="Mailing list", points=(MAILING,)),
    Section(kind="about", heading="About", points=(ABOUT,)),
)

QUESTIONS = (
    Question(
        id="q-1",
        text="Is the speaker at 35:20 Yusuf Demir? Nobody of this name is registered.",
        evidence=(said(2120.0, 2.0, "thanks, Yusuf, I think it was"),),
    ),
    Question(id="q-2", text="Who spoke at 39:05?", evidence=(said(2345.0, 6.0, "we did insure ours, for a season"),)),
)

SUMMARY = Summary(
    meeting=MeetingFacts(
        id="river-wardens-spring",
        title="River Wardens’ Forum, spring meeting 2025",
        date="2025-03-11",
        platform="Zoom",
        organisers=EVENT.organisers,
        links=EVENT.links,
        duration=DURATION,
    ),
    people=PEOPLE,
    sections=SECTIONS,
    questions_for_editor=QUESTIONS,
)

_LONG = (
    "What I admire is the same pool, every week, in the rain, with a gauge that cost two pounds. "
    "I have seen rivers where the best probe in the country lay dead for a year, because nobody lived near it. "
)
_TURNS = (
    turn(2.0, 140.0, "Marguerite Oyelaran", "Good afternoon, everyone, and welcome to the spring meeting. " * 18),
    turn(142.0, 148.0, "Marguerite Oyelaran", "It is my pleasure to welcome Professor Henrik Solberg."),
    turn(150.5, 1236.0, "Henrik Solberg", _LONG * 62, voice="V02"),
    turn(
        1238.0,
        1266.0,
        "Marguerite Oyelaran",
        "Four of you offered, two on banks and two on figures. Our next two are Bronwen Pugh and Idris Sal.",
    ),
    turn(1268.0, 1500.0, "Bronwen Pugh", "The gate was ours to mend, and so we mended it. " * 44, voice="V03"),
    turn(1498.0, 1740.0, "Idris Sal", "A parish has no money, but it does have neighbours. " * 50, voice="V04"),
    turn(1742.0, 1752.0, "Marguerite Oyelaran", "Over to Catalina from Inland Waters."),
    turn(1753.0, 2110.0, "Catalina Ruiz", "Leave one in every stretch, and read it in December. " * 70, voice="V05"),
    turn(
        2115.0, 2290.0, "Yusuf Demir", "Two counties, one boat, and a very long rope between them. " * 30, voice="V06"
    ),
    turn(2300.0, 2340.0, "Pia Lindqvist", "Who would insure it, if I may ask?", voice="V07"),
    turn(2344.0, 2360.0, None, "We did insure ours, for a season.", voice="V08"),
    turn(2405.0, 2640.0, "Bronwen Pugh", "Coming back to the gates, a word with the farmer helps. " * 40, voice="V03"),
    turn(2650.0, 2662.0, None, "[laughter]", voice=None),
    turn(
        2700.0, 2790.0, "Bronwen Pugh", "It is called The Pocket Gauge, and it is free to members. " * 14, voice="V03"
    ),
    turn(2840.0, 3030.0, "Marguerite Oyelaran", "We will look at whether to become a charity. " * 30),
    turn(3200.0, 3301.0, "Marguerite Oyelaran", "Thank you to everybody who cleared the towpath. " * 20),
)

CONVERSATION = Conversation(
    meeting="river-wardens-spring",
    language="en",
    duration=DURATION,
    turns=_TURNS,
    speakers=tuple(
        Speaker(name=p.name, role=p.role, organisation=p.organisation, status=p.status, evidence=p.evidence)
        for p in PEOPLE
        if p.spoke
    ),
    questions=QUESTIONS,
)


def theme(label: str, *spans: tuple[float, float]) -> Theme:
    """A theme over some spans."""
    found = tuple(Span(start=a, end=b) for a, b in spans)
    seconds = sum(b - a for a, b in spans)
    evidence = (said(spans[0][0], 5.0, label),)
    return Theme(label=label, spans=found, speakers=("Bronwen Pugh",), seconds=seconds, evidence=evidence)


THEMED = Themed(
    meeting="river-wardens-spring",
    parts=(
        Part(kind="opening", first=0, last=1),
        Part(kind="keynote", first=2, last=2),
        Part(kind="panel", first=3, last=7),
        Part(kind="discussion", first=8, last=12),
        Part(kind="announcements", first=13, last=14),
        Part(kind="closing", first=15, last=15),
    ),
    themes=(
        theme("the same pool, every week", (160.0, 1100.0)),
        theme("gates and crossing fields", (1290.0, 1500.0), (2405.0, 2640.0)),
        theme("a gauge in every stretch through the winter", (1753.0, 2110.0)),
        theme("one boat for two counties", (2115.0, 2360.0)),
    ),
)
