"""A letter is worded when its turn comes: a template at fault holds back its own letters, and nothing else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import pytest

from daemon.domain.errors import ConfigurationError
from daemon.domain.mail import Arrival
from daemon.domain.notice import Letter
from daemon.ports.outgoing import Delivery
from daemon.resources import shipped
from daemon.steps.sending import FAULTY_PAUSE, Sending
from daemon.wording import Templates
from tests.office import mail
from tests.steps.sheet_office import SheetOffice

BROKEN = (
    '{% extends "shipped/headman/confirmation.txt" %}{% block content %}{{ request.numara.x }}{% endblock %}'
)


class Postbox:
    """A server that takes every letter."""

    def __init__(self) -> None:
        self.taken: list[Letter] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def send(self, letter: Letter) -> Delivery:
        self.taken.append(letter)
        return Delivery(accepted=True)

    def occasions(self) -> list[str]:
        return sorted({letter.occasion for letter in self.taken})


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def asked(office: SheetOffice) -> SheetOffice:
    """One headman's mail has become a request; its letters are owed."""
    text = "Okulun önündeki yolda asfalt bozuldu. Yama yapılmasını arz ederim."
    raw = mail(office.places[0].headman.emails[0], "Asfalt", text, at=datetime(2026, 10, 12, tzinfo=UTC))
    with office.ledger.transaction() as tx:
        tx.keep_arrivals([Arrival("file", "1", "1".ljust(64, "x"), office.now, raw)], office.now)
    office.app.run_step("reading")
    return office


def sending(office: SheetOffice, postbox: Postbox) -> Sending:
    return Sending(office.ledger, lambda: postbox, office.app.word)


def use_templates(office: SheetOffice, *folders: Path) -> None:
    office.app._templates = Templates([*folders, shipped("templates")])
    vars(office.app).pop("_wording", None)


def broken(office: SheetOffice, folder: Path) -> None:
    site = folder / "sablonlar" / "headman" / "confirmation.txt"
    site.parent.mkdir(parents=True)
    site.write_text(BROKEN, encoding="utf-8")
    use_templates(office, folder / "sablonlar")


def test_a_template_at_fault_holds_back_its_own_letter_and_is_told(
    asked: SheetOffice, postbox: Postbox, tmp_path: Path
) -> None:
    broken(asked, tmp_path)
    with pytest.raises(ConfigurationError, match="numara"):
        sending(asked, postbox).run(asked.now, office=asked.app.office)
    assert postbox.occasions() == ["liaison/referral"]


def test_the_letter_goes_once_its_template_is_mended(
    asked: SheetOffice, postbox: Postbox, tmp_path: Path
) -> None:
    broken(asked, tmp_path)
    with pytest.raises(ConfigurationError):
        sending(asked, postbox).run(asked.now, office=asked.app.office)
    use_templates(asked)
    asked.now += FAULTY_PAUSE + timedelta(seconds=1)
    assert sending(asked, postbox).run(asked.now, office=asked.app.office) == 1
    assert postbox.occasions() == ["headman/confirmation", "liaison/referral"]


def test_a_letter_says_what_stood_when_it_was_owed(asked: SheetOffice, postbox: Postbox) -> None:
    """What has become of the request since is another letter's business."""
    [number] = asked.numbers()
    asked.change(number, subject="Başka bir konu")
    sending(asked, postbox).run(asked.now, office=asked.app.office)
    [confirmation] = [letter for letter in postbox.taken if letter.occasion == "headman/confirmation"]
    assert "Asfalt" in confirmation.subject


def test_who_can_reach_a_headman_otherwise_is_told_that_his_letter_was_refused(asked: SheetOffice) -> None:
    headman = asked.places[0].headman.emails[0]

    class Refusing(Postbox):
        def send(self, letter: Letter) -> Delivery:
            self.taken.append(letter)
            unknown = letter.recipient == headman
            return Delivery(accepted=not unknown, refused=unknown, detail="550 unknown" if unknown else "")

    postbox = Refusing()
    sending(asked, postbox).run(asked.now, office=asked.app.office)
    told = {letter.recipient for letter in postbox.taken if letter.occasion == "office/notice"}
    assert told == set(asked.app.office.registry.office_people)
    assert len(told) == 3, "the manager and both of the staff"
