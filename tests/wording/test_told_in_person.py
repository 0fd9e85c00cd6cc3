"""What staff tell a headman who gets no letters."""

from datetime import date
from pathlib import Path

from daemon.domain.notice import Occasion
from daemon.domain.request import Status
from daemon.domain.telling import KINDS
from daemon.resources import shipped
from tests.wording.desk import (
    NOW,
    WORDING,
    request,
    wording,
)


def test_every_occasion_for_a_headman_can_be_told_in_person() -> None:
    for occasion in KINDS:
        assert (shipped("templates") / "told" / f"{occasion.removeprefix('headman/')}.txt").is_file()


def test_a_told_confirmation_names_number_addressee_and_day_in_two_sentences() -> None:
    said = WORDING.tell(Occasion.HEADMAN_CONFIRMATION, request(headman_email=""), NOW)
    for word in ("Sayın Ayşe YILMAZ", "MHT-2026-000123", "Fen İşleri Müdürlüğüne", "11.12.2026"):
        assert word in said
    late = WORDING.tell(Occasion.HEADMAN_CONFIRMATION, request(due=date(2026, 12, 1)), NOW)
    assert "En geç" not in late, "a day that has passed is no promise"


def test_what_is_told_masks_identity_numbers_and_stays_text() -> None:
    said = WORDING.tell(
        Occasion.HEADMAN_CLOSURE,
        request(status=Status.DONE, closed_at=NOW, result="10000000146 {{ 7*7 }} <b>\n\nikinci satır"),
        NOW,
    )
    assert "10000000146" not in said
    assert "{{ 7*7 }} <b>" in said


def test_a_fault_in_what_is_told_is_found_by_check(tmp_path: Path) -> None:
    (tmp_path / "told").mkdir()
    (tmp_path / "told" / "closure.txt").write_text("Sayın {{ request.adi }}")
    [fault] = wording(site=tmp_path).faults(NOW)
    assert "told/closure.txt:1" in fault
