"""Signed references: worth something only in the right hand, and only for a while."""

import base64
import re
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daemon.domain.token import MAX_AGE_DAYS, fingerprint, sign, verify

KEY = b"a key of thirty-two bytes, indeed"
DAY = date(2026, 12, 7)
NUMBER = "MHT-2026-000123"
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
OWNER = "Fen.Irtibat@ornek.bel.tr"


def test_a_token_brings_back_its_number() -> None:
    assert verify(KEY, sign(KEY, NUMBER, OWNER, DAY), [OWNER], DAY) == NUMBER


@UNHURRIED
@given(
    year=st.integers(2000, 2255),
    serial=st.integers(1, 0xFFFFFF),
    day=st.dates(date(2000, 1, 1), date(2170, 1, 1)),
)
def test_every_number_and_day_comes_back(year: int, serial: int, day: date) -> None:
    number = f"MHT-{year}-{serial:06d}"
    assert verify(KEY, sign(KEY, number, OWNER, day), [OWNER], day) == number


def test_a_token_has_the_promised_form() -> None:
    token = sign(KEY, NUMBER, OWNER, DAY)
    assert re.fullmatch(r"MHT\.[A-Za-z0-9_-]{20,80}", token)
    assert token == sign(KEY, NUMBER, OWNER, DAY)


def test_the_bearer_s_address_counts_however_it_is_spelt() -> None:
    token = sign(KEY, NUMBER, OWNER, DAY)
    assert verify(KEY, token, [" FEN.IRTIBAT@ORNEK.BEL.TR "], DAY) == NUMBER
    assert verify(KEY, token, ["baskasi@ornek.bel.tr", OWNER], DAY) == NUMBER


@pytest.mark.parametrize("bearers", [[], [""], ["baskasi@ornek.bel.tr"]])
def test_in_another_hand_it_is_void(bearers: list[str]) -> None:
    assert verify(KEY, sign(KEY, NUMBER, OWNER, DAY), bearers, DAY) is None


def test_another_office_s_key_opens_nothing() -> None:
    assert verify(b"another key", sign(KEY, NUMBER, OWNER, DAY), [OWNER], DAY) is None


def test_changing_any_bit_voids_it() -> None:
    raw = base64.urlsafe_b64decode(sign(KEY, NUMBER, OWNER, DAY).removeprefix("MHT."))
    for place in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[place // 8] ^= 1 << place % 8
        forged = "MHT." + base64.urlsafe_b64encode(bytes(changed)).decode()
        assert verify(KEY, forged, [OWNER], DAY) is None


@pytest.mark.parametrize(
    ("later", "holds"),
    [(-2, False), (-1, True), (0, True), (MAX_AGE_DAYS, True), (MAX_AGE_DAYS + 1, False)],
)
def test_it_holds_for_a_while_only(later: int, holds: bool) -> None:
    token = sign(KEY, NUMBER, OWNER, DAY)
    assert (verify(KEY, token, [OWNER], DAY + timedelta(days=later)) is not None) is holds


@UNHURRIED
@given(st.text(max_size=60))
def test_rubbish_is_no_token(text: str) -> None:
    assert verify(KEY, text, [OWNER], DAY) is None
    assert verify(KEY, f"MHT.{text}", [OWNER], DAY) is None


@pytest.mark.parametrize(
    "number", ["", "MHT-2026", "MHT-1999-000001", "MHT-2026-99999999", "MHT-٢٠٢٦-000001"]
)
def test_only_numbers_are_signed(number: str) -> None:
    with pytest.raises(ValueError, match="number"):
        sign(KEY, number, OWNER, DAY)


def test_fingerprints_differ_by_key_and_text() -> None:
    prints = {fingerprint(key, text) for key in (KEY, b"x") for text in ("bir", "iki")}
    assert len(prints) == 4
    assert all(re.fullmatch(r"[a-z2-7]{20}", one) for one in prints)
