"""``muhtarlik report``: the figures of a period on the screen and in each kind of file."""

import re
import subprocess
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from daemon.app import App
from daemon.domain.clock import istanbul
from daemon.domain.request import Channel, Request, RequestNumber, Status
from daemon.report.pdf import print_out
from daemon.report.tables import BLUE, Report, Table
from daemon.settings import load_settings
from tests.cli.test_commands import office
from tests.commands import muhtarlik as run_muhtarlik

__all__ = ["office"]

Muhtarlik = Callable[..., subprocess.CompletedProcess[str]]
_PERIOD = ("report", "--from", "2026-01-01", "--to", "31.03.2026")
_REASON = "=Ödenek ayrılmamıştır <b>(10000000146)</b>"


@pytest.fixture
def muhtarlik(office: Path) -> Muhtarlik:
    """An office that met one request of three and refused one."""
    config = office / "muhtarlik.toml"
    app = App(load_settings(config), lambda: istanbul(date(2026, 4, 1), 9))
    with app:
        app.migrate()
        with app.ledger.transaction() as tx:
            for n, (status, result) in enumerate(
                [(Status.DONE, "Yapıldı."), (Status.REJECTED, _REASON), (Status.REFERRED, "")], 1
            ):
                tx.add_request(_request(n, status, result))
    return partial(run_muhtarlik, config=config)


def _request(serial: int, status: Status, result: str) -> Request:
    return Request(
        number=RequestNumber(f"MHT-2026-{serial:06}"),
        channel=Channel.PHONE,
        status=status,
        subject="Kaldırım",
        description="",
        received_at=istanbul(date(2026, 1, 12 + serial), 10),
        due=date(2026, 2, 5),
        neighbourhood="Çiçekli",
        directorate="fen",
        result=result,
        closed_at=istanbul(date(2026, 1, 20), 10) if result else None,
    )


def test_on_the_screen(muhtarlik: Muhtarlik) -> None:
    done = muhtarlik(*_PERIOD)
    assert done.returncode == 0
    lines = [re.sub(r"[│ ]+", " ", line).strip() for line in done.stdout.splitlines()]
    assert "Faaliyet Raporu 01.01.2026 – 31.03.2026" in lines
    assert {"Gelen talep 3", "Olumlu sonuçlanan 1", "Olumsuz sonuçlanan 1", "Açık 1"} <= set(lines)
    [fen] = [line for line in lines if line.startswith("Fen İşleri Müdürlüğü 3")]
    assert fen.split("Müdürlüğü ")[1].startswith("3 1 1 0 1 ")
    assert "Ödenek ayrılmamıştır" in done.stdout
    assert "10000000146" not in done.stdout


def test_a_period_without_requests(muhtarlik: Muhtarlik, tmp_path: Path) -> None:
    for kind in ("xlsx", "pdf", "html"):
        out = tmp_path / f"bos.{kind}"
        done = muhtarlik("report", "--from", "2020-01-01", "--to", "2020-03-31", "--out", str(out))
        assert (done.returncode, done.stderr) == (0, "")
        assert out.stat().st_size > 500


def test_a_workbook_with_charts_whose_words_stay_words(muhtarlik: Muhtarlik, tmp_path: Path) -> None:
    out = tmp_path / "rapor.xlsx"
    assert muhtarlik(*_PERIOD, "--out", str(out)).returncode == 0
    book = load_workbook(out)
    sheet = book["Müdürlüklere Göre"]
    assert [cell.value for cell in sheet[4]][:5] == ["Müdürlük", "Gelen", "Olumlu", "Olumsuz", "İptal"]
    assert [cell.value for cell in sheet[5]][:6] == ["Fen İşleri Müdürlüğü", 3, 1, 1, 0, 1]
    row = book["Olumsuz Sonuçlananlar"][5]
    assert row[0].value == "MHT-2026-000002"
    assert row[4].value.date() == date(2026, 1, 20)
    assert row[4].number_format == "dd.mm.yyyy"
    assert (row[5].data_type, row[5].value) == ("s", _REASON.replace("1000000", "*******"))
    with ZipFile(out) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 5


def test_a_worksheet_fits_the_width_of_a_sheet_of_paper(muhtarlik: Muhtarlik, tmp_path: Path) -> None:
    out = tmp_path / "rapor.xlsx"
    assert muhtarlik(*_PERIOD, "--out", str(out)).returncode == 0
    for sheet in load_workbook(out):
        assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$4:$4")
        last = sheet.max_row
        assert [area.coord for area in sheet.merged_cells.ranges] == [
            f"A{last}:{get_column_letter(sheet.max_column)}{last}"
        ], "the footing is as wide as the table"
        for chart in sheet._charts:
            assert (chart.anchor._from.col, chart.anchor._from.row >= last) == (0, True), "beneath the table"
        heads = {cell.value: cell.alignment.horizontal for cell in sheet[4]}
        assert all(
            (side == "right") == isinstance(sheet.cell(5, n).value, int | float | None)
            for n, side in enumerate(heads.values(), 1)
        )


def test_a_page_with_charts_that_quotes_nobody_s_markup(muhtarlik: Muhtarlik, tmp_path: Path) -> None:
    out = tmp_path / "rapor.html"
    assert muhtarlik(*_PERIOD, "--out", str(out)).returncode == 0
    text = out.read_text(encoding="utf-8")
    assert text.count("<svg") == 5
    assert "&lt;b&gt;(*******0146)" in text
    assert not re.search(r"(src|href)=", text), "it needs nothing beside it"
    parts = len(re.findall(r"<svg|<table", text))
    assert len(re.findall(r'<div class="wide"><(?:svg|table)', text)) == parts, (
        "a telephone moves them sideways"
    )


def test_a_print_with_turkish_letters(muhtarlik: Muhtarlik, tmp_path: Path) -> None:
    out = tmp_path / "rapor.pdf"
    assert muhtarlik(*_PERIOD, "--out", str(out)).returncode == 0
    document = pypdfium2.PdfDocument(out)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    assert "Faaliyet Raporu" in text
    assert "Müdürlüklere Göre" in text
    assert "Ödenek ayrılmamıştır" in text


def test_in_print_no_row_takes_the_colour_of_a_bar(tmp_path: Path) -> None:
    """The rows between the shaded ones were blue, with black words on them, once a chart had been drawn."""
    row = ("Fen İşleri Müdürlüğü", 2, 1)
    table = Table("T", ("Müdürlük", "Gelen", "Açık"), (row, row), series=(("Açık", BLUE),))
    [page] = pypdfium2.PdfDocument(print_out(Report("R", "O", "P", "", (table,))))
    painted = page.render(scale=2).to_pil().convert("RGB")
    blue = sum(n for n, pixel in painted.getcolors(1 << 24) if pixel == (31, 95, 168))
    bars = 2 * (170 * 3.8) / (297 * 210)
    assert blue / (painted.width * painted.height) < bars * 1.1


def test_a_report_that_cannot_be_written_is_told_in_turkish(muhtarlik: Muhtarlik, tmp_path: Path) -> None:
    done = muhtarlik(*_PERIOD, "--out", str(tmp_path / "yok" / "rapor.pdf"))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "rapor yazılamıyor" in done.stderr
    assert "diye bir klasör yok" in done.stderr
