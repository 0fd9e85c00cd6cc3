"""The folder with all workbooks: one per directorate, and the office's own ``muhtarlik.xlsx``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from daemon.domain.registry import Registry
from daemon.domain.request import Channel, Status
from daemon.domain.routing.values import Category
from daemon.domain.sheet import DECISIONS, DIRECTORATE_SHEETS, OFFICE_SHEETS
from daemon.domain.text import fold, sort_key
from daemon.ports.spreadsheets import Workbook
from daemon.sheets.lists import Lists
from daemon.sheets.workbook import XlsxWorkbook

OFFICE_CODE = "@office"
"""Names the office's own sheets; no directorate can have this code."""
OFFICE_FILE = "muhtarlik"
_OTHER_KINDS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv")
_COPY = re.compile(
    r"\(\d+\)|kopya|copy|conflict|cakis|yedek|backup|sync-conflict|\bson\b|\byeni\b|\beski\b", re.IGNORECASE
)


def name_of(code: str) -> str:
    """The workbook's name as people know it, without its ending."""
    return OFFICE_FILE if code == OFFICE_CODE else code


class WorkbookFolder:
    """Makes the adapters. A directorate whose code is ``muhtarlik`` shares the office's file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self, registry: Registry, categories: Sequence[Category]) -> Mapping[str, Workbook]:
        """Every workbook by directorate code; the office's under :data:`OFFICE_CODE`, first."""
        shared = registry.directorate(OFFICE_FILE) is not None
        office_layouts = (*OFFICE_SHEETS, *(DIRECTORATE_SHEETS if shared else ()))
        found: dict[str, Workbook] = {
            OFFICE_CODE: XlsxWorkbook(
                self._folder / f"{name_of(OFFICE_CODE)}.xlsx",
                OFFICE_CODE,
                OFFICE_SHEETS,
                file_layouts=office_layouts,
                lists=partial(lists_of, registry, categories, OFFICE_FILE),
            )
        }
        for directorate in registry.directorates:
            code = directorate.code
            found[code] = XlsxWorkbook(
                self._folder / f"{code}.xlsx",
                code,
                DIRECTORATE_SHEETS,
                file_layouts=office_layouts if code == OFFICE_FILE else DIRECTORATE_SHEETS,
                lists=partial(lists_of, registry, categories, code),
            )
        return found

    def take_hints(self) -> None:
        """The files' stamps say all."""

    def forget_files(self, paths: Sequence[str]) -> None:
        """There are no copies: the cells lead to the stored files themselves."""

    def strangers(self, registry: Registry) -> Iterator[str]:
        """Files that look like copies of our workbooks ("fen (1).xlsx", "fen - Kopya.xlsx", "fen.ods"):
        nobody reads them, so people must be told."""
        known = {OFFICE_FILE, *(directorate.code for directorate in registry.directorates)}
        for path in sorted(self._folder.glob("*")):
            if path.suffix.lower() in _OTHER_KINDS and not path.name.startswith(("~$", ".")):
                if path.stem in known and path.suffix == ".xlsx":
                    continue
                if _looks_like_copy(fold(path.stem), {fold(code) for code in known}):
                    yield path.name


def _looks_like_copy(stem: str, codes: set[str]) -> bool:
    """One of our names with something before or after it, or a copy's mark anywhere."""
    return _COPY.search(stem) is not None or any(
        stem == code or re.search(rf"(^|\W){re.escape(code)}(\W|_|$)", stem) for code in codes
    )


def lists_of(registry: Registry, categories: Sequence[Category], code: str) -> Lists:
    directorate = registry.directorate(code)
    names = sorted((d.name for d in registry.directorates), key=sort_key)
    return Lists(
        title=directorate.name if directorate and code != OFFICE_FILE else registry.office_name,
        statuses=tuple(status.value for status in Status),
        channels=tuple(channel.value for channel in Channel),
        decisions=DECISIONS,
        categories=tuple(sorted({c.name for c in categories}, key=sort_key)),
        directorates=(*names, *(body.name for body in registry.external_bodies)),
        neighbourhoods=tuple(sorted((n.name for n in registry.neighbourhoods), key=sort_key)),
        liaisons=tuple(liaison.name for liaison in directorate.liaisons) if directorate else (),
        own_directorates=tuple(names),
    )
