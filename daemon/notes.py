"""What an adapter asks of another one, joined here so that neither sees the other."""

from daemon.ports.files import FILE, Files
from daemon.ports.ledger import Ledger


class LedgerNotes:
    """Fulfils :class:`daemon.ports.spreadsheets.Notes` with the ledger's notes."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, key: str) -> str:
        with self._ledger.view() as view:
            return view.note(key)

    def set(self, key: str, value: str) -> None:
        with self._ledger.transaction() as tx:
            tx.set_note(key, value)


class NamedFiles:
    """Files whose link is their name: the spreadsheet's adapter finds out how a browser opens them."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def keep(self, name: str, data: bytes) -> str:
        return self._files.keep(name, data)

    def link(self, path: str) -> str:
        return f"{FILE}{path}"
