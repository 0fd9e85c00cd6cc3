"""New workbooks: alike but for what is each one's own. What they offer is proven in ``test_workbook.py``."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from daemon.domain.sheet import DIRECTORATE_SHEETS, OFFICE_SHEETS, Layout
from daemon.sheets import create, look
from daemon.sheets.create import parts_of, skeleton
from daemon.sheets.lists import Lists
from daemon.sheets.setup import new_workbook, repaired

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


@pytest.mark.parametrize("layout", [*DIRECTORATE_SHEETS, *OFFICE_SHEETS], ids=lambda layout: layout.title)
def test_whatever_colour_a_row_has_its_words_can_be_read(layout: Layout) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    at = {column.key: "A" for column in layout.columns}
    pairs = [(colour.fill, colour.font or look.INK) for colour in look.colours_of(layout, at, 1)]
    pairs += [(look.PALE, colour) for _, colour in look.CARDS]
    pairs += [(look.NAVY, look.WHITE), (look.SLATE, look.WHITE), (look.PALE, look.INK)]
    assert [pair for pair in pairs if _contrast(*pair) < 4.5] == []


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_a_share_bears_its_sign_where_turkish_writes_it() -> None:
    sheet = _made(OFFICE_SHEETS, TITLES[0])["İnceleme"]
    [share] = [cell for cell in sheet[1] if cell.value == "Güven"]
    assert sheet.column_dimensions[share.column_letter].number_format == "%0"


@pytest.mark.parametrize("liaisons", [(), ("Ayşe Yılmaz",), ("Can Öz", "Deniz Ak")])
def test_each_is_what_it_were_if_it_alone_had_been_furnished(liaisons: tuple[str, ...]) -> None:
    """Its own liaisons in the drop-down, and none where there are none."""
    for title in TITLES:
        lists = Lists(title=title, statuses=("Açık",), liaisons=liaisons, own_directorates=TITLES)
        alone = repaired(skeleton(DIRECTORATE_SHEETS, lists), DIRECTORATE_SHEETS, lists)[0]
        assert _meaning(new_workbook(DIRECTORATE_SHEETS, lists)) == _meaning(alone)


def _meaning(workbook: bytes) -> dict[str, str]:
    """Of each part but the one with the moment, however its letters are spelt."""
    return {
        name: etree.canonicalize(part.decode())
        for name, part in parts_of(workbook)
        if name != "docProps/core.xml"
    }
