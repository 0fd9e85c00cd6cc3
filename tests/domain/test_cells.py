"""How people tick: a mark, a word, or the day on which it was done."""

from datetime import UTC, date, datetime

import pytest

from daemon.domain.cells import is_ticked
from daemon.domain.sheet import CellValue

_YES = (
    "x",
    "X",
    "evet",
    "EVET",
    "✓",
    "✔\ufe0f",
    "☑",
    "✅",
    "+",
    "TRUE",
    True,
    1,
    1.0,
    "Söylendi.",
    "söyledim",
)
_DAYS = (date(2026, 11, 27), datetime(2026, 11, 27, 10, 0, tzinfo=UTC), "27.11.2026", "27/11/2026")
_NO = (
    None,
    "",
    False,
    0,
    "hayır",
    "-",
    "ulaşılamadı",
    "yarın aranacak",
    "✗",
    "aranmadı",
    "27.11.2026 aranacak",
)


@pytest.mark.parametrize("value", [*_YES, *_DAYS])
def test_it_is_ticked(value: CellValue) -> None:
    assert is_ticked(value)


@pytest.mark.parametrize("value", _NO)
def test_it_is_not_ticked(value: CellValue) -> None:
    assert not is_ticked(value)
