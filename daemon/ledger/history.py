"""The history: what happened to each request, in the order in which it was decided; only ever added to."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from sqlalchemy import Integer, Text, and_, bindparam, column, func, insert, or_, select, table, update

from daemon.domain.request import Entry
from daemon.ledger import chain
from daemon.ledger.columns import to_json
from daemon.ledger.dialect import among
from daemon.ledger.part import Part
from daemon.ledger.schema import history, history_head

_h = history.c
_ENTRY = select(_h.at, _h.actor, _h.kind, _h.text, _h.number, _h.data).order_by(_h.seq)
_OF_REQUEST = _ENTRY.where(_h.number == bindparam("of"))
_OF_KIND = _ENTRY.where(among(_h.number, "numbers"), _h.kind == bindparam("kind"))
# The chain is made of values as they lie in the file: this is the same table without any conversion.
_as_stored = table(
    "history", *(column(name, Integer if name == "seq" else Text) for name in chain.Link._fields)
)
_CHAIN = select(*_as_stored.c).order_by(_as_stored.c.seq)
_ADD = insert(_as_stored)
_CORRECTIONS = select(func.count(_h.number.distinct())).where(
    _h.number != "",
    or_(
        _h.kind.in_(["transferred", "decided"]),
        and_(_h.kind == "edited", _h.text.startswith("Kategori: ")),
    ),
)
_HEAD = select(history_head.c.count, history_head.c.hash)
_MOVE_HEAD = update(history_head)


class HistoryRead(Part):
    def history(self, number: str) -> list[Entry]:
        return [Entry(*row) for row in self._run(_OF_REQUEST, of=number)]

    def entries(self, kind: str, numbers: Sequence[str]) -> list[Entry]:
        rows = self._run(_OF_KIND, kind=kind, numbers=to_json(list(numbers)))
        return [Entry(*row) for row in rows]

    def corrections(self) -> int:
        return int(self._run(_CORRECTIONS).scalar_one())

    def verify_chain(self, anchor: chain.Head | None = None) -> chain.Verdict:
        """Check every entry; ``anchor`` is a head noted down earlier, elsewhere."""
        return chain.verify(self._links(), self._head(), anchor)

    def export_chain(self) -> Iterator[str]:
        """JSON lines, oldest first. Streamed: read it within the view."""
        return chain.exported(self._links())

    def _links(self) -> Iterator[chain.Link]:
        return (chain.Link(*row) for row in self._run(_CHAIN))

    def _head(self) -> chain.Head | None:
        row = self._run(_HEAD).one_or_none()
        return chain.Head(*row) if row else None


class HistoryWrite(HistoryRead):
    _last: chain.Head | None = None
    """The head after this transaction's own entries: nobody else writes meanwhile."""

    @cached_property
    def _added(self) -> list[chain.Link]:
        """Written together; who reads the history within the transaction has them written first."""
        return []

    def append_history(self, entries: Iterable[Entry]) -> None:
        links = chain.next_links(self._head() or chain.Head(0, chain.START), entries)
        if links:
            self._added.extend(links)
            self._last = chain.Head(links[-1].seq, links[-1].hash)

    def _write_added(self) -> None:
        self._run_for_each(_ADD, [link._asdict() for link in self._added])
        self._added.clear()

    def history(self, number: str) -> list[Entry]:
        self._write_added()
        return super().history(number)

    def entries(self, kind: str, numbers: Sequence[str]) -> list[Entry]:
        self._write_added()
        return super().entries(kind, numbers)

    def corrections(self) -> int:
        self._write_added()
        return super().corrections()

    def _links(self) -> Iterator[chain.Link]:
        self._write_added()
        return super()._links()

    def settle(self) -> None:
        self._write_added()
        if self._last:
            self._run_for_one(_MOVE_HEAD, "history head", count=self._last.entries, hash=self._last.hash)
        super().settle()

    def _head(self) -> chain.Head | None:
        return self._last or super()._head()
