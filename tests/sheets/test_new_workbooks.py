"""New workbooks: alike but for what is each one's own. What they offer is proven in ``test_workbook.py``."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from daemon.domain.sheet import DIRECTORATE_SHEETS, OFFICE_SHEETS
from daemon.sheets import create
from daemon.sheets.lists import Lists
from daemon.sheets.setup import new_workbook

TITLES = ("Fen & <Yol> İşleri", "Park ve Bahçeler", 'Temizlik "A"')


def _made(layouts: Any, title: str) -> Any:
    return load_workbook(BytesIO(new_workbook(layouts, Lists(title=title, own_directorates=TITLES))))


@pytest.mark.parametrize("title", TITLES)
def test_each_bears_its_own_title_however_many_were_made_before(title: str) -> None:
    book = _made(DIRECTORATE_SHEETS, title)
    assert book.properties.title == title
    pages = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert [page.oddHeader.left.text for page in pages] == [title.replace("&", "&&")] * len(pages)
    assert _made(OFFICE_SHEETS, title)["Genel Bakış"]["A1"].value == title


def test_each_bears_the_time_at_which_it_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    _made(DIRECTORATE_SHEETS, TITLES[0])
    later = datetime.now(UTC).replace(microsecond=0) + timedelta(days=40)

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return later

    monkeypatch.setattr(create, "datetime", Later)
    properties = _made(DIRECTORATE_SHEETS, TITLES[0]).properties
    assert properties.created == properties.modified == later.replace(tzinfo=None)
