"""Made-up meeting talk in which every name is known: introductions, hand-overs, thanks, announcements.

A *piece* is a list of (text, label) segments; the label is empty for ordinary words.  Pieces are set among
real meeting sentences that hold no names, roughened the way a recogniser would, and turned into Docs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from corpus import to_names_only
from names import LISTS, Names
from spacy.language import Language
from spacy.tokens import Doc

Piece = list[tuple[str, str]]

ROLES = tuple(
    r.strip()
    for r in """director; the director; executive director; programme manager; project manager; head of policy;
    head of research; a researcher; a senior lecturer; professor of law; a software engineer; an accessibility consultant; chief
    executive; chair; chair of the board; vice president; a nurse; a teacher; a journalist; the founder; co-founder; a trustee; policy
    officer; communications lead; a freelance designer; the treasurer; secretary; a PhD student; an analyst; community manager; a
    volunteer; the moderator; our host; deputy director; general secretary; a consultant; product manager; the mayor; chief scientist;
    user researcher; a solicitor; a doctor; an architect; data lead; the project lead; a board member; outreach coordinator""".split(
        ";"
    )
)
TOPICS = tuple(
    t.strip()
    for t in """the budget; how we tested it; what we learned last year; accessible forms; the new guidelines; climate
    policy; the pilot; training for staff; user research; it took longer than we thought; this is hard to measure; we need more
    volunteers; captions; the survey results; water quality; public transport; open data; mental health at work; we should ask the
    users; school meals; the remote control; battery life; screen readers; keyboard navigation; the timetable; recruitment; the
    data is not there yet; language models; nobody had looked at it; really great; very helpful; social housing; early childhood;
    the code of practice; it was cheaper in the end; procurement; the website; that would be wonderful; fascinating""".split(
        ";"
    )
)
OTHERS = tuple(
    o.strip()
    for o in """Spanish; French; German; Arabic; Welsh; Hindi; Urdu; Bengali; Swahili; Mandarin; Latin; Greek; Portuguese; Somali;
    Polish; Turkish; Italian; Korean; Scottish; Irish; Canadian; American; African; Asian; Nigerian; Indian; Mexican; Dutch; Muslim;
    Christian; Jewish; Buddhist; Hindu; Victorian; Tudor; Roman; Viking; Marxist; Republican; Democratic; Christmas; Easter; Ramadan;
    Diwali; Thanksgiving; Halloween; Brexit; Covid; COVID-19; God; Heaven; Mass; Java; Python; Excel; Word; PowerPoint; PDF; HTML; CSS;
    JavaScript; Windows; Linux; Android; Bluetooth; Wi-Fi; the Internet; the Web; the Bible; the Koran; the Moon; Table Two; Section
    Twelve; Part Four; Appendix B; Plan B; Option A; Level 2; Year Nine; Grade Ten; Question Time; Chapter Three; Article 8; Rule 5;
    Schedule A; Clause Four; Type 2; Vitamin D; Q and A; FAQ; PPE; DIY; IT; HR; PR; AI; VAT; GPS; GCSE; A-level; PhD; CV; URL; DNA; HIV;
    TV; DVD; CO2; Dear All; Monopoly; Scrabble; Minecraft; Hamlet; Macbeth; Parmesan; Cheddar; Chardonnay; Labrador; Friesian; Bantam;
    Romanesque; Gothic; Baroque; Impressionist; Olympics; Paralympics; World Cup; Premier League; Parliament Hill Day; Open Day; Refugee
    Week; Black History Month; Earth Day; Independence Day; Freedom of Information; Human Rights; Data Protection; Equality; Clean Air;
    Housing; Companies; Theft; Charities; Welfare Reform; Climate Change; Children's; Transport; Highways; Public Records""".split(
        ";"
    )
)
"""Words with capitals that are no names of ours: languages, peoples, feasts, things, papers, abbreviations."""
DAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SLOT = re.compile(r"\{([A-Z]+)\}")
_OPTION = re.compile(r"\[([^\]]*)\]")
_LEADS = (
    "So, ",
    "Okay, ",
    "Right, ",
    "And ",
    "Now, ",
    "Well, ",
    "Great. ",
    "Yes. ",
    "Um, ",
    "Uh, ",
    "Alright, ",
    "But ",
    "Lovely. ",
)
_CAPITAL = re.compile(r"(?<=[\w,;:] )(?!I\b|I')[A-Z]")
_INNER = re.compile(r"[a-z][A-Z]|\b[A-Z]{2}")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Miss|Professor)\.? [A-Z][\w'-]+(?: [A-Z][\w'-]+)?")
_NEVER_NAMES = frozenset(
    """will may mark bill grace hope joy rose art grant dean frank pat sue miles june april august victor max drew page
    rich chase gene guy jack jean ray rob van long son song so an my can kim you he she we do no go in on at the yes man men day chi phi psi
    sun young white black brown green gray king may-be hue dial mac penny ivy holly daisy mike christian norman iris violet ruby pearl
    sandy rocky faith dawn eve carol lance christ jesus god dick herb clay heath cliff ford mercedes china paris austin jordan israel
    florence virginia georgia carolina chelsea kent dale glen jade amber crystal melody summer autumn star noble major""".split()
)


def read_frames() -> tuple[str, ...]:
    """The frames of lists/frames.txt."""
    lines = (LISTS / "frames.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def fill(frame: str, names: Names) -> Piece:
    """A frame with its options settled and its slots filled."""
    rng = names.rng
    frame = _OPTION.sub(lambda found: found.group(1) if rng.random() < 0.5 else "", frame)
    makers = {
        "P": (names.person, "PERSON"),
        "F": (lambda: names.first() if rng.random() < 0.9 else names.full(), "PERSON"),
        "N": (names.full, "PERSON"),
        "S": (names.titled, "PERSON"),
        "LAST": (names.last, "PERSON"),
        "O": (names.organisation, "ORG"),
        "L": (names.place, "LOC"),
        "R": (lambda: rng.choice(ROLES), ""),
        "T": (lambda: rng.choice(TOPICS), ""),
        "D": (lambda: rng.choice(DAYS), "DATE"),
        "X": (lambda: rng.choice(OTHERS), ""),
    }
    piece: Piece = []
    at = 0
    for slot in _SLOT.finditer(frame):
        piece.append((frame[at : slot.start()], ""))
        at = slot.end()
        if slot.group(1) == "SUR":
            title = re.search(r"(Mr\.|Ms\.) $", piece[-1][0])
            piece[-1] = (piece[-1][0][: title.start()] if title else piece[-1][0], "")
            piece.append(((title.group(0) if title else "") + names.last(), "PERSON"))
            continue
        make, label = makers[slot.group(1)]
        piece.append((make(), label))
    piece.append((frame[at:], ""))
    return [segment for segment in piece if segment[0]]


def nameless(sentences: Sequence[str]) -> list[str]:
    """The sentences that can hold no name: no capital but the first and "I", and a first word that is seen in small letters too."""
    common = {word for s in sentences for word in s.split() if word.islower()}
    return [
        s
        for s in sentences
        if 2 < len(s.split()) < 40
        and not _CAPITAL.search(s)
        and not _INNER.search(s)
        and (s.split()[0].strip(".,").lower() in common or s.startswith(("I ", "I'")))
    ]


def overheard(sentences: Sequence[str], names: Names) -> list[Piece]:
    """Real sentences whose only capitals are titled surnames or listed given names; those become the names."""
    known = {first.lower() for first in names.firsts} - _NEVER_NAMES - {place.lower() for place in names.places}
    pieces: list[Piece] = []
    for sentence in sentences:
        piece = _known_names(sentence, known) if _CAPITAL.search(sentence) else None
        if piece:
            pieces.append(piece)
    return pieces


def _known_names(sentence: str, known: set[str]) -> Piece | None:
    spans = [found.span() for found in _TITLED.finditer(sentence)]
    for found in re.finditer(r"\b[A-Z][a-z]+\b", sentence):
        if found.group().lower() in known and not any(a <= found.start() < b for a, b in spans):
            spans.append(found.span())
    spans.sort()
    rest = "".join(char if not any(a <= i < b for a, b in spans) else "x" for i, char in enumerate(sentence))
    if not spans or _CAPITAL.search(rest):
        return None
    piece: Piece = []
    at = 0
    for start, end in spans:
        piece += [(sentence[at:start], ""), (sentence[start:end], "PERSON")]
        at = end
    return [segment for segment in [*piece, (sentence[at:], "")] if segment[0]]


def renamed(piece: Piece, names: Names) -> Piece:
    """The piece with other people in it, titles kept."""

    def other(text: str) -> str:
        words = text.split()
        if len(words) == 1:
            return names.first()
        return " ".join([words[0], *(names.last() for _ in words[1:])])

    return [(other(text), label) if label == "PERSON" else (text, label) for text, label in piece]


def roughened(piece: Piece, rng: random.Random) -> Piece:
    """As a recogniser might write it: hesitations, lost capitals, lost punctuation."""
    if rng.random() < 0.35:
        piece = [(text if label else _hesitant(text, rng), label) for text, label in piece]
    chance = rng.random()
    if chance < 0.30:
        piece = [(_unpunctuated(text, label).lower(), label) for text, label in piece]
    elif chance < 0.40:
        piece = [(_unpunctuated(text, label), label) for text, label in piece]
    elif chance < 0.50:
        piece = [(text.lower(), label) for text, label in piece]
    elif chance < 0.55:
        piece = [(text.replace(",", ""), label) if not label else (text, label) for text, label in piece]
    return piece


def _hesitant(text: str, rng: random.Random) -> str:
    def maybe(found: re.Match[str]) -> str:
        return (
            found.group()
            if rng.random() > 0.12
            else f" {rng.choice(('uh', 'um', 'er', 'uh,', 'um,', 'like', 'you know,'))} "
        )

    return re.sub(r" ", maybe, text)


def _unpunctuated(text: str, label: str) -> str:
    return re.sub(r"[.,;:?!\"]+", "", text) if not label else text.replace(".", "").replace(",", "")


def pieces(frames: Sequence[str], heard: Sequence[Piece], names: Names) -> Iterator[Piece]:
    """Endless pieces: mostly filled frames, those with organisations and places rather oftener, some of them led in by a short word, some overheard ones."""
    rng = names.rng
    weights = [1 + 0.8 * (frame.count("{O}") + frame.count("{L}")) for frame in frames]
    while True:
        if heard and rng.random() < 0.2:
            yield renamed(rng.choice(heard), names)
            continue
        piece = fill(rng.choices(frames, weights)[0], names)
        if rng.random() < 0.2:
            text, label = piece[0]
            first = text if label or text.startswith(("I ", "I'")) else text[:1].lower() + text[1:]
            piece = [(rng.choice(_LEADS), ""), (first, label), *piece[1:]]
        yield piece


def to_doc(nlp: Language, segments: Piece) -> Doc | None:
    """The piece as a Doc; None where a name does not fall on word borders."""
    text = "".join(text for text, _ in segments)
    made = nlp.make_doc(text)
    spans: list[tuple[int, int, str]] = []
    at = 0
    for part, label in segments:
        if label:
            span = made.char_span(at, at + len(part))
            if span is None:
                return None
            spans.append((span.start, span.end, label))
        at += len(part)
    return to_names_only(nlp.vocab, [t.text for t in made], [bool(t.whitespace_) for t in made], spans)


def made_up_docs(nlp: Language, talk: Sequence[str], names: Names, count: int) -> list[Doc]:
    """`count` Docs, each of some pieces among nameless sentences, all roughened alike."""
    rng = names.rng
    quiet, heard = nameless(talk), overheard(talk, names)
    source = pieces(read_frames(), heard, names)
    docs: list[Doc] = []
    while len(docs) < count:
        segments: Piece = []
        for _ in range(rng.choice((1, 2, 3, 4, 6))):
            part = next(source) if rng.random() < 0.6 else [(rng.choice(quiet), "")]
            segments += [*part, (" ", "")]
        doc = to_doc(nlp, roughened(_tidy(segments), rng))
        if doc is not None and len(doc):
            docs.append(doc)
    return docs


def _tidy(segments: Piece) -> Piece:
    return [(re.sub(r" {2,}", " ", text), label) for text, label in segments]
