"""Invented people, organisations and places, made from the lists in `lists/`.

:class:`Names` draws from them; :func:`swap_names` puts drawn ones into treebank sentences.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from treebank import TITLES, Sentence, Token

LISTS = Path(__file__).parent / "lists"


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(re.sub(r"\s+", " ", phrase).strip() for phrase in text.split(";"))


HONORIFICS = _phrases(
    """
    Dr; Dr.; Doctor; Professor; Prof.; Mr; Mr.; Mrs; Ms; Ms.; Miss; Sir; Dame; Lord; Lady; Baroness; Councillor;
    Senator; Reverend; Father; Sister; Captain; Colonel; Minister
    """
)
FIELDS = _phrases(
    """
    Health; Education; Transport; Justice; Housing; Energy; Agriculture; Labour; Labor; Defence; Trade; Finance;
    Environment; Culture; Work and Pensions; Foreign Affairs; Public Safety; Digital Services; Science and
    Technology; Children and Families; Climate Change; Immigration; Planning; Sport; Tourism
    """
)
CAUSES = _phrases(
    """
    Disability; Youth; Arts; Heritage; Wildlife; Mental Health; Cancer Research; Climate; Refugee; Literacy;
    Open Data; Digital Rights; Food; Homelessness; Women's; Children's; Autism; Carers; Community;
    Accessibility; Dementia; Rivers; Woodland; Debt; Housing; Sickle Cell; Deaf; Music; Theatre; Poverty;
    Migration; Human Rights; Peace; Family; Farming; Veterans; Education; Science; Energy; Civic; Legal;
    Consumer; Blind; Sports; Ocean; Parkinson's; Cycling; Robotics; Dance; Mediation; Social Care
    """
)
WORLDLY = _phrases(
    """
    National; Royal; International; European; African; American; British; Scottish; Welsh; Irish; Global; World;
    Central; United; Federal; Canadian; Australian; Indian; Asian; Nordic; Caribbean; Northern; Southern;
    Eastern; Western; Greater; Pan-African; Commonwealth; German; French; Japanese; Latin American
    """
)
BODIES = _phrases(
    """
    Trust; Foundation; Council; Institute; Association; Society; Alliance; Network; Centre; Center; Agency;
    Commission; Committee; Forum; Federation; Union; Group; Partnership; Fund; Board; Charity; Collective;
    Coalition; Initiative; Project; Consortium; Authority; Bureau; League; Academy; Cooperative; Service;
    Campaign; Observatory; Laboratory; Press; Guild; Hub; Assembly; Office
    """
)
SCHOOLS = _phrases(
    """
    University; College; High School; Primary School; School; Polytechnic; Business School; Law School; Academy;
    Hospital; General Hospital; Medical School; City Council; County Council; Borough Council; Museum; Library;
    Chamber of Commerce; Police; Fire Service; Housing Association; Law Centre; City; United; Rovers; Town
    Council; State University; Community College; Orchestra; Film Festival Trust; Health Board; Water; Airport
    """
)
TRADES = _phrases(
    """
    Systems; Technologies; Labs; Software; Consulting; Partners; Holdings; Industries; Media; Analytics; Bank;
    Energy; Foods; Motors; Pharma; Robotics; Solutions; Studios; Networks; Capital; Publishing; Airlines;
    Insurance; Design; Digital; Logistics; Health; Security; Records; Books; Books Ltd; Limited; Ltd; Inc;
    Incorporated; plc; LLC; Group; and Sons; and Company; Associates; Architects; Interactive; Biotech
    """
)
COMPANIES = tuple(
    """Google Microsoft Apple Amazon Facebook Meta Twitter LinkedIn Netflix Adobe Oracle Intel Nvidia Samsung Sony Siemens
    Bosch Philips Nokia Ericsson Volvo Toyota Honda Nissan Hyundai Ford Tesla Boeing Airbus Unilever Nestle Tesco Sainsbury's Asda Aldi
    Lidl Ikea Walmart Target Starbucks McDonald's Pfizer Moderna AstraZeneca Novartis Bayer Roche Deloitte Accenture Capgemini McKinsey
    Barclays Lloyds Santander Citibank Visa Mastercard PayPal Stripe Shopify Spotify Airbnb Uber Lyft Dropbox Slack Zoom Mozilla
    Wikipedia GitHub GitLab Canonical Ubuntu Debian WordPress Automattic Reddit TikTok YouTube Instagram WhatsApp Oxfam Barnardo's Unicef
    Unesco Greenpeace Mencap Scope Shelter Crisis Mind Nesta Ofcom Ofsted Parliament Congress Senate Interpol Europol Nato Acas Citizens
    Sightsavers Leonard Amnesty Reuters Bloomberg Guardian Wikimedia Canva Figma Asana Trello Salesforce Cisco Dell Lenovo
    Huawei Alibaba Tencent Infosys Wipro Tata Reliance Safaricom Econet MTN Vodafone Orange Telefonica Verizon Comcast""".split()
)
ACRONYMS = tuple(
    """BBC NHS UN EU WHO IMF NASA FBI CIA MIT UCL LSE NATO UNICEF UNESCO OECD W3C IEEE ACM IETF CNN ITV NPR PBS IBM SAP HSBC
    RNIB RNID RSPB RSPCA NSPCC YMCA TUC CBI GMB ACLU NAACP FDA EPA NOAA CDC NIH USAID DFID DEFRA HMRC DVLA MOD FAO ILO WTO ICRC IRC MSF
    WWF IUCN GCHQ MI5 ESA CERN AT&T KPMG PwC EY BP BT EDF TfL NUS UCAS UKRI ESRC EPSRC AHRC BAFTA FIFA UEFA IOC""".split()
)
_SYLLABLES = _phrases(
    """
    ver; lum; nex; tra; cor; zen; alt; bri; son; qua; mer; ori; fin; sol; ty; gra; pel; dax; ova; lin; tek; mo;
    ra; vi; ka; ro; ni; sta; clo; ark; hal; ibe; jun; wyn; eco; ful
    """
)


def list_words(name: str) -> tuple[str, ...]:
    """The words of a list, each once; lines that begin with # are left out."""
    lines = (LISTS / name).read_text(encoding="utf-8").splitlines()
    return tuple(dict.fromkeys(word for line in lines if not line.startswith("#") for word in line.split()))


def listed_places() -> tuple[str, ...]:
    """The places of places.txt, of one word and of several."""
    single, _, several = (LISTS / "places.txt").read_text(encoding="utf-8").partition("# several words, one a line\n")
    words = [word for line in single.splitlines() if not line.startswith("#") for word in line.split()]
    return tuple(dict.fromkeys([*words, *filter(None, several.splitlines())]))


class Names:
    """Draws names at random from the lists; the same seed draws the same names."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.firsts, self.lasts, self.places = (
            list_words("first_names.txt"),
            list_words("surnames.txt"),
            listed_places(),
        )

    def first(self) -> str:
        """A given name; now and then a double one ("Mary-Ann")."""
        name = self.rng.choice(self.firsts)
        return f"{name}-{self.rng.choice(self.firsts)}" if self.rng.random() < 0.01 else name

    def last(self) -> str:
        """A surname; now and then one never seen elsewhere, or a double one."""
        chance = self.rng.random()
        if chance < 0.12:
            return self.coined().capitalize()
        name = self.rng.choice(self.lasts)
        return f"{name}-{self.rng.choice(self.lasts)}" if chance > 0.97 else name

    def coined(self) -> str:
        """A word that no list has."""
        return "".join(self.rng.choice(_SYLLABLES) for _ in range(self.rng.choice((2, 2, 3))))

    def full(self) -> str:
        """First name and surname, sometimes with an initial, a middle name, a particle or a title."""
        chance = self.rng.random()
        middle = ""
        if chance < 0.04:
            middle = self.rng.choice("ABCDEFGHJKLMNPRSTW") + ". "
        elif chance < 0.08:
            middle = self.first() + " "
        elif chance < 0.12:
            middle = self.rng.choice(
                ("van ", "de ", "von ", "van der ", "al ", "bin ", "de la ", "di ", "el ", "Ben ", "St. ")
            )
        title = self.rng.choice(HONORIFICS) + " " if self.rng.random() < 0.08 else ""
        return f"{title}{self.first()} {middle}{self.last()}"

    def titled(self) -> str:
        """A title and a surname."""
        return f"{self.rng.choice(HONORIFICS)} {self.last()}"

    def person(self) -> str:
        """Any way of naming a person."""
        chance = self.rng.random()
        return (
            self.full()
            if chance < 0.55
            else self.first()
            if chance < 0.88
            else self.titled()
            if chance < 0.95
            else self.last()
        )

    def place(self) -> str:
        """A place, town, country or region."""
        return self.rng.choice(self.places)

    def acronym(self) -> str:
        """Known or made-up initials."""
        if self.rng.random() < 0.5:
            return self.rng.choice(ACRONYMS)
        return "".join(self.rng.choice("ABCDEFGHIKLMNOPRSTUVW") for _ in range(self.rng.choice((2, 3, 3, 3, 4, 4))))

    def company(self) -> str:
        """A firm of one or two words."""
        chance = self.rng.random()
        if chance < 0.4:
            return self.rng.choice(COMPANIES)
        root = self.coined().capitalize() if chance < 0.75 else self.last()
        return f"{root} {self.rng.choice(TRADES)}" if self.rng.random() < 0.6 else root

    def organisation(self) -> str:
        """A body of any of the usual patterns, without the article."""
        pick, place = self.rng.choice, self.place()
        patterns = (
            self.company,
            self.company,
            self.acronym,
            self.acronym,
            lambda: f"University of {place}",
            lambda: f"{place} {pick(SCHOOLS)}",
            lambda: f"{place} {pick(SCHOOLS)}",
            lambda: (
                f"{pick(('Department', 'Ministry', 'Office', 'Bureau'))} {pick(('of', 'of', 'for'))} {pick(FIELDS)}"
            ),
            lambda: f"{pick(WORLDLY)} {pick(CAUSES)} {pick(BODIES)}",
            lambda: f"{pick(WORLDLY)} {pick(BODIES)}",
            lambda: f"{place} {pick(CAUSES)} {pick(BODIES)}",
            lambda: f"{pick(CAUSES)} {pick(BODIES)}",
            lambda: f"{self.last()} {pick(BODIES)}",
            lambda: f"{self.full()} {pick(('Foundation', 'Trust', 'Institute', 'Centre'))}",
            lambda: (
                f"{pick(('Institute', 'Centre', 'Center', 'Society', 'Campaign', 'Council', 'Museum'))} {pick(('for', 'of'))} {pick(CAUSES)}"
            ),
            lambda: f"{pick(('Bank', 'Museum', 'Church', 'Diocese', 'Government', 'Royal College'))} of {place}",
            lambda: f"{pick(CAUSES)} {pick(('UK', 'Action', 'Now', 'Direct', 'First', 'Matters', 'Watch', place))}",
            lambda: f"{pick(FIELDS)} {pick(('Committee', 'Department', 'Board', 'Commission', 'Authority', 'Agency'))}",
            lambda: f"{self.last()} {pick(('and', '&'))} {self.last()}",
            lambda: f"St {self.first()}'s {pick(('Hospital', 'College', 'School'))}",
        )
        return pick(patterns)()


def swap_names(sentences: Sequence[Sentence], names: Names) -> list[Sentence]:
    """The sentences with people, places and plain organisations renamed, alike throughout and word for word."""
    given: dict[tuple[str, str], str] = {}
    return [_swapped(sentence, names, given) for sentence in sentences]


def _swapped(sentence: Sentence, names: Names, given: dict[tuple[str, str], str]) -> Sentence:
    tokens = list(sentence.tokens)
    for start, end, label in sentence.entities:
        places = [i for i in range(start, end) if _swappable(tokens[i])]
        for order, index in enumerate(places):
            word = _stand_in(tokens[index].text, order, len(places), label, end - start, names, given)
            if word and " " not in word and "-" not in word and "'" not in word:
                tokens[index] = replace(tokens[index], text=word, lemma=word)
    return Sentence(tokens, list(sentence.entities), sentence.speaker)


def _swappable(token: Token) -> bool:
    return (
        token.pos == "PROPN"
        and token.tag == "NNP"
        and token.text.isalpha()
        and len(token.text) > 2
        and token.text.lower() not in TITLES
    )


def _stand_in(
    word: str, order: int, count: int, label: str, length: int, names: Names, given: dict[tuple[str, str], str]
) -> str:
    key = (label, word.lower())
    if key in given:
        return given[key]
    made = ""
    if label == "PERSON":
        family = (count > 1 and order == count - 1) or (length > 1 and count == 1)
        made = names.last() if family else names.first()
    elif label == "LOC" and length == 1:
        made = names.place()
    elif label == "ORG" and length == 1:
        made = names.acronym() if word.isupper() else names.company()
    elif label == "ORG" and order == 0 and word.lower() not in _BODY_WORDS and word not in WORLDLY:
        made = names.place() if names.rng.random() < 0.6 else names.last()
    return given.setdefault(key, made)


_BODY_WORDS = frozenset(
    word.lower()
    for phrase in (
        *BODIES,
        *SCHOOLS,
        *TRADES,
        "Department",
        "Ministry",
        "House",
        "Congress",
        "Court",
        "Supreme",
        "Church",
        "Bank",
        "Government",
        "Parliament",
        "Senate",
    )
    for word in phrase.split()
)
