"""What the ledger and each spreadsheet last agreed on, cell by cell: the base of the three-way merge."""

from collections.abc import Iterable, Mapping

from sqlalchemy import and_, bindparam, delete, select

from daemon.ledger.dialect import upsert
from daemon.ledger.part import Part
from daemon.ledger.schema import requests, sheet_bases, sheet_states
from daemon.ports.records import SheetBase, SheetInNeed

_b, _s = sheet_bases.c, sheet_states.c
_BASES = select(_b.title, _b.row_key, _b.cells, _b.revision, _b.missing_since).where(
    _b.sheet == bindparam("of")
)
_here, _there = sheet_bases.alias("here"), sheet_bases.alias("there")
_SUPERSEDED = (
    select(_here.c.title, _here.c.row_key)
    .join(requests, requests.c.number == _here.c.row_key)
    .join(_there, and_(_there.c.row_key == _here.c.row_key, _there.c.sheet == requests.c.directorate))
    .where(_here.c.sheet == bindparam("of"), requests.c.directorate != _here.c.sheet)
    .distinct()
)
_NEED = (
    select(_s.sheet, _s.key, _s.value)
    .where(_s.key.in_(("fault", "fault_since", "waits", "waiting_since")), _s.value != "")
    .order_by(_s.sheet)
)
_STATE = select(_s.key, _s.value).where(_s.sheet == bindparam("of"))

_SAVE_BASE = upsert(sheet_bases, "sheet", "title", "row_key")
_DROP_BASE = delete(sheet_bases).where(
    _b.sheet == bindparam("from_sheet"), _b.title == bindparam("from_title"), _b.row_key == bindparam("row")
)
_SAVE_STATE = upsert(sheet_states, "sheet", "key")


class SheetsRead(Part):
    def sheet_bases(self, sheet: str) -> dict[tuple[str, str], SheetBase]:
        """By title and row key."""
        return {(row.title, row.row_key): SheetBase(*row) for row in self._run(_BASES, of=sheet)}

    def superseded_rows(self, sheet: str) -> list[tuple[str, str]]:
        return [(row.title, row.row_key) for row in self._run(_SUPERSEDED, of=sheet)]

    def sheet_state(self, sheet: str) -> dict[str, str]:
        return dict(map(tuple, self._run(_STATE, of=sheet)))

    def sheets_in_need(self) -> list[SheetInNeed]:
        found: dict[str, dict[str, str]] = {}
        for row in self._run(_NEED):
            found.setdefault(row.sheet, {})[row.key] = row.value
        return [
            SheetInNeed(sheet, state[reason], state[since])
            for sheet, state in found.items()
            for reason, since in (("fault", "fault_since"), ("waits", "waiting_since"))
            if reason in state and since in state
        ]


class SheetsWrite(SheetsRead):
    def save_bases(self, sheet: str, bases: Iterable[SheetBase]) -> None:
        self._run_for_each(
            _SAVE_BASE,
            (
                {
                    "sheet": sheet,
                    "title": base.title,
                    "row_key": base.row_key,
                    "cells": base.cells,
                    "revision": base.revision,
                    "missing_since": base.missing_since,
                }
                for base in bases
            ),
        )

    def drop_bases(self, sheet: str, rows: Iterable[tuple[str, str]]) -> None:
        self._run_for_each(
            _DROP_BASE, ({"from_sheet": sheet, "from_title": title, "row": row} for title, row in rows)
        )

    def save_sheet_state(self, sheet: str, state: Mapping[str, str]) -> None:
        """Keys not given stay as they are."""
        self._run_for_each(
            _SAVE_STATE, ({"sheet": sheet, "key": key, "value": value} for key, value in state.items())
        )
