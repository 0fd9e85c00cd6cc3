"""What one look at a spreadsheet at Google costs by the number of its rows: bytes as sent, compressed, and time.

Against the stand-in on loopback, which does not compress; Google does when asked, as every client here asks.
"""

import gzip
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from daemon.domain.sheet import TALEPLER, Append, Changes, Shape
from daemon.sheets.google.spreadsheet import Spreadsheet
from tests.sheets.google_people import GoogleOffice, shipped_registry
from tests.sheets_server.server import SheetsServer

ROWS = (100, 1_000, 5_000)
WORDS = (
    "sokak", "kaldırım", "çukur", "park", "ağaç", "çöp", "konteyner", "aydınlatma", "yol", "asfalt", "talep", "mahalle",
)  # fmt: skip


def main() -> None:
    print(f"{'a look at Talepler of':<24}{'read whole before':>28}{'now':>28}{'ms before':>12}{'ms now':>8}")
    with tempfile.TemporaryDirectory() as name, SheetsServer(quotas=None) as server:
        for count in ROWS:
            folder = Path(name) / str(count)
            folder.mkdir()
            _one(server, folder, count)


def _one(server: SheetsServer, folder: Path, count: int) -> None:
    google = GoogleOffice(server, folder, shipped_registry("fen"))
    google.move_to_shared_drive()
    book = google.google.all(google.registry, ())["fen"]
    google.calls._timeout = (5.0, 120.0)
    book.set_up()
    book.write(Changes(appends=tuple(_row(n) for n in range(count))), book.read())
    spreadsheet = next(iter(google.google._spreadsheets.values()))
    bodies: list[bytes] = []
    client = google.calls._open()
    client.session.hooks["response"].append(lambda answer, **_: bodies.append(answer.content))
    before = _measured(bodies, lambda: spreadsheet.read(google.clock(), titles=[TALEPLER.title]))
    now = _measured(bodies, lambda: _look(spreadsheet, google))
    sizes = [f"{a / 1024:,.0f} KiB ({b / 1024:,.1f} gzip)" for a, b, _ in (before, now)]
    print(f"{count:>9,} rows{'':<10}{sizes[0]:>28}{sizes[1]:>28}{before[2]:>12.0f}{now[2]:>8.0f}", flush=True)


def _look(spreadsheet: Spreadsheet, google: GoogleOffice) -> None:
    """As :meth:`daemon.sheets.google.workbook.GoogleWorkbook.fingerprint` does when it is time."""
    if not spreadsheet.is_as_known(TALEPLER.title):
        spreadsheet.read(google.clock(), titles=[TALEPLER.title])


def _measured(bodies: list[bytes], look: Callable[[], None]) -> tuple[int, int, float]:
    """Bytes, compressed bytes, milliseconds (the best of three, the stand-in's own work among them)."""
    took = []
    for _ in range(3):
        bodies.clear()
        started = time.perf_counter()
        look()
        took.append(1000 * (time.perf_counter() - started))
    return sum(map(len, bodies)), sum(len(gzip.compress(body)) for body in bodies), min(took)


def _row(n: int) -> Append:
    """A row such as a request makes: a description of some 300 letters, every third one answered."""
    chosen = random.Random(n)
    text = " ".join(chosen.choice(WORDS) for _ in range(45))
    cells: dict[str, Any] = {}
    for column in TALEPLER.columns:
        match column.shape:
            case Shape.DATE:
                cells[column.key] = date(2026, 1 + n % 12, 1 + n % 28)
            case Shape.NUMBER:
                cells[column.key] = n % 30 - 10
            case _:
                cells[column.key] = text[: 20 + n % 20]
    shown = {"number": f"MHT-2026-{n:06d}", "status": "Yönlendirildi", "description": text, "sevk": None}
    answered = {"result": text[:80], "note": text[80:120]} if n % 3 == 0 else {"result": None, "note": None}
    return replace(Append(TALEPLER.title, cells), cells={**cells, **shown, **answered})


if __name__ == "__main__":
    main()
