"""The folder with all workbooks: one per directorate, and the office's own ``muhtarlik.xlsx``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from daemon.domain.registry import Registry
from daemon.domain.request import Channel, Status
from daemon.domain.routing import Category
from daemon.domain.sheet import DECISIONS, DIRECTORATE_SHEETS, OFFICE_SHEETS
from daemon.domain.text import fold, sort_key
from daemon.ports import Workbook
from daemon.sheets.create import Lists
from daemon.sheets.workbook import XlsxWorkbook

OFFICE_CODE = "@office"
"""Names the office's own sheets; no directorate can have this code."""
OFFICE_FILE = "muhtarlik"
_COPY = re.compile(r" ?\(\d+\)$| - kopya( \(\d+\))?$| - copy( \(\d+\))?$|conflicted copy|çakışan kopya", re.I)


class WorkbookFolder:
    """Makes the adapters. A directorate whose code is ``muhtarlik`` shares the office's file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self, registry: Registry, categories: Sequence[Category]) -> Mapping[str, Workbook]:
        """Every workbook by directorate code; the office's under :data:`OFFICE_CODE`, first."""
        found: dict[str, Workbook] = {}
        shared = registry.directorate(OFFICE_FILE) is not None
        office_layouts = (*OFFICE_SHEETS, *(DIRECTORATE_SHEETS if shared else ()))
        found[OFFICE_CODE] = XlsxWorkbook(
            self._folder / f"{OFFICE_FILE}.xlsx",
            OFFICE_CODE,
            OFFICE_SHEETS,
            file_layouts=office_layouts,
            lists=_lists(registry, categories, OFFICE_FILE),
        )
        for directorate in registry.directorates:
            found[directorate.code] = XlsxWorkbook(
                self._folder / f"{directorate.code}.xlsx",
                directorate.code,
                DIRECTORATE_SHEETS,
                file_layouts=office_layouts if directorate.code == OFFICE_FILE else DIRECTORATE_SHEETS,
                lists=_lists(registry, categories, directorate.code),
            )
        return found

    def strangers(self, registry: Registry) -> Iterator[str]:
        """Workbooks that look like copies ("fen (1).xlsx"): nobody reads them, so people must be told."""
        known = {OFFICE_FILE, *(directorate.code for directorate in registry.directorates)}
        for path in sorted(self._folder.glob("*.xlsx")):
            if path.stem not in known and not path.name.startswith(("~$", ".")) and _COPY.search(path.stem):
                yield path.name


def _lists(registry: Registry, categories: Sequence[Category], code: str) -> Lists:
    directorate = registry.directorate(code)
    others = [d.name for d in registry.directorates] + [b.name for b in registry.external_bodies]
    return Lists(
        title=directorate.name if directorate else registry.office_name,
        statuses=tuple(status.value for status in Status),
        channels=tuple(channel.value for channel in Channel),
        decisions=DECISIONS,
        categories=tuple(sorted((c.name for c in categories), key=sort_key)),
        directorates=tuple(others),
        neighbourhoods=tuple(sorted((n.name for n in registry.neighbourhoods), key=sort_key)),
        liaisons=tuple(liaison.name for liaison in directorate.liaisons) if directorate else (),
        own_directorates=tuple(
            sorted((d.name for d in registry.directorates), key=lambda n: sort_key(fold(n)))
        ),
    )
