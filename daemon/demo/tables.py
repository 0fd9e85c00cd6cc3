"""The demo's spreadsheets: workbooks in its folder, or a stand-in for Google that a checkout brings along."""

import importlib
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from daemon.domain.errors import ConfigurationError
from daemon.domain.request import Request, Status
from daemon.domain.sheet import TALEPLER

GOOGLE = """\
[sheets]
backend = "google"
quiet_seconds = 0
[sheets.google]
credentials_file = "service-account.json"
folder = "{folder}"
endpoint = "{endpoint}"
calls_per_minute = 10000
"""
WORKBOOKS = """\
[sheets.workbook]
folder = "."
"""
_ONLY_IN_A_CHECKOUT = (
    "demo --google yalnızca kaynak deposunda çalışır; depo klasöründe “make demo GOOGLE=1” yazınız."
)


class Tables(Protocol):
    """Where the demo's spreadsheets are, and the clerk who types into them."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def settings(self, folder: Path) -> str:
        """Lines for ``muhtarlik.toml``; called once the folder is there."""

    def close(self, request: Request, directorate: str, result: str) -> str:
        """A person chooses ``Durum``, writes ``Sonuç`` and saves; return where that was."""

    def where(self, folder: Path) -> str:
        """Where to look, in Turkish."""


class WorkbookTables:
    """xlsx files in the demo's folder."""

    def __init__(self) -> None:
        self._folder = Path()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None: ...

    def settings(self, folder: Path) -> str:
        self._folder = folder
        return WORKBOOKS

    def close(self, request: Request, directorate: str, result: str) -> str:
        from openpyxl import load_workbook

        path = self._folder / f"{request.directorate}.xlsx"
        book = load_workbook(path)
        sheet = book[TALEPLER.title]
        headers = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            if row[headers.index("Talep No")].value == request.number:
                row[headers.index("Durum")].value = Status.DONE.value
                row[headers.index("Sonuç")].value = result
        book.save(path)
        return path.name

    def where(self, folder: Path) -> str:
        return f"{folder}/fen.xlsx, temizlik.xlsx, … ve muhtarlik.xlsx (LibreOffice veya Excel ile)"


class GoogleTables:
    """A stand-in for Google on loopback, with a page that shows the spreadsheets."""

    def __init__(self) -> None:
        try:
            self._server: Any = importlib.import_module("tests.sheets_server.server").SheetsServer(
                quotas=None
            )
            self._accounts: Any = importlib.import_module("tests.sheets_server.accounts")
        except ImportError as fault:
            raise ConfigurationError(
                f"no stand-in for Google: {fault}", faults=(_ONLY_IN_A_CHECKOUT,)
            ) from fault

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.close()

    def settings(self, folder: Path) -> str:
        account = self._accounts.ServiceAccount.make(self._server)
        key = folder / "service-account.json"
        account.write(key)
        key.chmod(0o600)
        drive = self._server.add_shared_drive("Muhtarlık İşleri", [(account.email, "fileOrganizer")])
        return GOOGLE.format(folder=drive, endpoint=self._server.url)

    def close(self, request: Request, directorate: str, result: str) -> str:
        where = next(key for key, book in self._server.books.items() if book.title == directorate)
        [rows] = [self._server.books[where].values_get(f"{TALEPLER.title}!A1:Z500", {})["values"]]
        headers = rows[0]
        number = next(n for n, row in enumerate(rows, 1) if row[headers.index("Talep No")] == request.number)
        for header, value in (("Durum", Status.DONE.value), ("Sonuç", result)):
            column = chr(ord("A") + headers.index(header))
            self._server.type_in(where, f"{TALEPLER.title}!{column}{number}", [value])
        return directorate

    def where(self, folder: Path) -> str:
        return f"{self._server.url}/ (gösterim açıkken tarayıcıyla; yalnızca okunur)"
