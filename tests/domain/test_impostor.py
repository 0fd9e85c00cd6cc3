"""Who looks like somebody known and is not: a table of names and addresses that people have been taken in by."""

import pytest

from daemon.domain.impostor import suspect
from daemon.domain.mail import Address
from daemon.domain.registry import same_address
from tests.wording.desk import HEADMAN, LIAISON, REGISTRY

NAME, _, DOMAIN = LIAISON.partition("@")
FULL_NAME = REGISTRY.speakers[same_address(LIAISON)]


@pytest.mark.parametrize(
    ("email", "name", "imitated"),
    [
        ("x@example.net", LIAISON, LIAISON),
        ("x@example.net", f"Fen İşleri <{LIAISON}>", LIAISON),
        ("x@example.net", f"{HEADMAN} yerine", HEADMAN),
        ("x@example.net", FULL_NAME, LIAISON),
        ("x@example.net", FULL_NAME.upper(), LIAISON),
        (f"{NAME}@ornek-bel.tr", "", LIAISON),
        (f"{NAME}@ornek.bel.tr.example.com", "", LIAISON),
        (f"{NAME}@ornek.be1.tr", "", LIAISON),
        (f"{NAME}@0rnek.bel.tr", "", LIAISON),
        (f"{NAME}@ornekk.bel.tr", "", LIAISON),
        (f"{NAME}@onrek.bel.tr", "", LIAISON),
        (f"{NAME}@omek.bel.tr", "", LIAISON),
        (f"{NAME}@оrnek.bel.tr", "", LIAISON),
        (f"{NAME}@xn--rnek-45d.bel.tr", "", LIAISON),
        (f"{NAME}@örnek.bel.tr", "", LIAISON),
        (LIAISON.replace("e", "е"), "", LIAISON),
        (LIAISON.replace("i", "ı"), "", LIAISON),
        (LIAISON.replace("i", "l"), "", LIAISON),
        (LIAISON.replace(".", "\u200b.", 1), "", LIAISON),
        ("baska@ornek-bel.tr", "", ""),
        ("x@example.net", "rt.leb.kenro@\u202etabitri.nef", ""),
    ],
)
def test_an_imitation_is_seen_and_so_is_whom_it_imitates(email: str, name: str, imitated: str) -> None:
    found = suspect(Address(email, name), REGISTRY)
    assert found is not None
    assert found.imitated == imitated


@pytest.mark.parametrize(
    ("email", "name"),
    [
        (LIAISON, FULL_NAME),
        (LIAISON, "mudur@ornek.bel.tr"),
        (HEADMAN, "Muhtar"),
        ("vatandas@example.com", "Ayşe Vatandaş"),
        ("vatandas@example.com", "vatandas@example.com"),
        ("bilgi@ornek.bel.tr", "Örnek Belediyesi"),
        ("bilgi@sub.ornek.bel.tr", ""),
        ("bilgi@baska.bel.tr", "Başka Belediyesi"),
        ("", "Muhtar"),
        ("", ""),
    ],
)
def test_who_looks_like_nobody_else_is_not_suspected(email: str, name: str) -> None:
    assert suspect(Address(email, name), REGISTRY) is None


def test_a_hostile_name_takes_no_time() -> None:
    assert suspect(Address("a@b.tr", "@".join(["a"] * 50_000)), REGISTRY) is None
