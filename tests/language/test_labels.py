"""A platform's labels become people, and rooms and phones do not."""

import pytest

from pipeline.language.labels import NOBODY, read_label, read_labels


@pytest.mark.parametrize(
    ("label", "name", "organisation"),
    [
        ("Ana Ruiz | Harbour Heat", "Ana Ruiz", "Harbour Heat"),
        ("Ana Ruiz (she/her)", "Ana Ruiz", None),
        ("Ben Obi - Skerry Academy", "Ben Obi", "Skerry Academy"),
        ("Justine Flor (Besano)", "Justine Flor", "Besano"),
        ("Karim T. (matkt)", "Karim T.", None),
        ("Priya's iPhone", "Priya", None),
        ("Lund, Greta", "Greta Lund", None),
        ("<b>Eve Moss</b>", "Eve Moss", None),
        ("Łukasz Różański", "Łukasz Różański", None),
        ("محمد علي", "محمد علي", None),
        ("Stuart Hall", "Stuart Hall", None),
        ("Ilse Brandt-Hall", "Ilse Brandt-Hall", None),
    ],
)
def test_people(label: str, name: str, organisation: str | None) -> None:
    read = read_label(label)
    assert (read.name, read.organisation) == (name, organisation)


@pytest.mark.parametrize(
    "label", ["iPhone", "Zoom user", "Meeting Room 3", "Town Hall", "+44 7700 900123", "Guest 2", "", "  "]
)
def test_nobody(label: str) -> None:
    assert read_label(label) == NOBODY


def test_a_body_spelled_by_one_label_ends_the_name_in_another() -> None:
    read = read_labels(["Mat Vena | Riva Labs", "Ina Vicar RivaLabs"])
    assert read["Ina Vicar RivaLabs"].name == "Ina Vicar"
    assert read["Ina Vicar RivaLabs"].organisation == "Riva Labs"


def test_an_office_in_a_label_is_held_by_who_stands_in_its_brackets() -> None:
    """ "The Chair" alone is the same person, where one label of the meeting says who that is."""
    read = read_labels(
        ["The Chair", "The Chair (Hon. Ana Ruiz (Harbour North, Lib.))", "The Acting Chair (Mr. Ben Obi)"]
    )
    assert read["The Chair"].name == "Ana Ruiz"
    assert read["The Chair (Hon. Ana Ruiz (Harbour North, Lib.))"].role == "Chair"
    assert (read["The Acting Chair (Mr. Ben Obi)"].name, read["The Acting Chair (Mr. Ben Obi)"].role) == (
        "Ben Obi",
        "Acting Chair",
    )
