"""A directorate's workbook as a keen Excel user makes it: everything that openpyxl would lose, and more."""

import struct
import zlib
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from daemon.domain.sheet import TALEPLER

HEADERS = [column.header for column in TALEPLER.columns]
OWN = "Toplam gün"


def picture() -> BytesIO:
    """A red dot (PNG)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\0\xff\0\0")
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
    return BytesIO(png)


def rich_workbook(rows: int = 6, **options: Any) -> bytes:
    """``Talepler`` with ``rows`` requests and a formula column, ``Arşiv``, and a person's own ``Özet``."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("Talepler")
    sheet.write_row(0, 0, [*HEADERS, OWN], bold)
    for row in range(1, rows + 1):
        sheet.write_string(row, 0, f"MHT-2026-{row:06d}")
        sheet.write_datetime(row, 1, date(2026, 11, row), day)
        sheet.write_string(row, 5, f"Konu {row}")
        sheet.write_string(row, 8, "İşlemde")
        sheet.write_number(row, 11, 10 * row)
        sheet.write_formula(row, 17, f"=L{row + 1}*2", None, 20 * row)
    sheet.data_validation(1, 8, 999, 8, {"validate": "list", "source": ["İşlemde", "Tamamlandı"]})
    sheet.conditional_format(1, 11, 999, 11, {"type": "3_color_scale"})
    sheet.set_column(5, 5, 40)
    sheet.freeze_panes(1, 1)
    archive = book.add_worksheet("Arşiv")
    archive.write_row(0, 0, HEADERS)
    _add_summary(book, rows, bold)
    book.define_name("Gunler", f"=Talepler!$L$2:$L${rows + 1}")
    book.close()
    return out.getvalue()


def _add_summary(book: Any, rows: int, bold: Any) -> None:
    sheet = book.add_worksheet("Özet")
    sheet.write_formula(0, 0, f"=SUM(Talepler!L2:L{rows + 1})", None, 10 * rows * (rows + 1) // 2)
    sheet.write_formula(1, 0, f"=Talepler!F{rows + 1}", None, f"Konu {rows}")
    sheet.write_rich_string(2, 0, "Bu ", bold, "kalın", " bir nottur")
    for row in range(5):
        sheet.write_number(row, 3, row)
    sheet.add_sparkline(6, 3, {"range": "D1:D5"})
    sheet.conditional_format("D1:D5", {"type": "data_bar", "data_bar_2010": True})
    sheet.insert_textbox(8, 1, "Müdürün notu")
    sheet.insert_image(12, 1, "nokta.png", {"image_data": picture()})
    sheet.write_comment(0, 0, "Toplam kalan gün", {"author": "Ayşe"})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": f"=Talepler!$L$2:$L${rows + 1}", "name": "=Talepler!$L$1"})
    sheet.insert_chart(15, 1, chart)
    sheet.add_table(20, 0, 24, 1, {"columns": [{"header": "Ekip"}, {"header": "Kişi"}]})
