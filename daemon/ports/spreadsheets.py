"""The spreadsheets in which people work, each directorate's and the office's own."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from daemon.domain.registry import Registry
from daemon.domain.routing.values import Category
from daemon.domain.sheet import Changes, Snapshot


class Workbook(Protocol):
    """One spreadsheet: a directorate's (``Talepler``, ``Arşiv``) or the office's."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str:
        """As people know it: a file's name, a spreadsheet's title."""

    def fingerprint(self) -> str:
        """Cheap sign of change; ``""`` when the spreadsheet is not there."""

    def read(self) -> Snapshot:
        """Everything at once. :class:`Temporary` when it cannot be read now, :class:`Unprocessable` when
        it is corrupt or has no header (then it is left alone and the office is told)."""

    def write(self, changes: Changes, expected: Snapshot) -> Snapshot:
        """Carry out ``changes`` if the spreadsheet still is as ``expected``; return the state after.

        :class:`Temporary` when a person has it open or it changed in between (read again, merge anew).
        """

    def lists_sign(self) -> str:
        """Changes with what the drop-downs should offer."""

    def renew_lists(self) -> bool:
        """Let the drop-downs offer it, and nothing else; return whether they did not. Raises as :meth:`write`."""

    def set_up(self) -> list[str]:
        """Create or repair; idempotent. Returns English lines on what was done. Never touches typed cells."""


class Workbooks(Protocol):
    """Where all the office's spreadsheets are: a folder, or Google."""

    def all(self, registry: Registry, categories: Sequence[Category]) -> Mapping[str, Workbook]:
        """Every workbook by directorate code; the office's own first."""

    def strangers(self, registry: Registry) -> Iterator[str]:
        """Names of what people may take for one of them; nobody reads it."""

    def take_hints(self) -> None:
        """Once a turn: learn cheaply what may have changed."""

    def forget_files(self, paths: Sequence[str]) -> None:
        """Remove the copies of these stored files that were put beside the spreadsheets, and their links. Raises what
        removing one raises; again with the same files is safe."""


class Notes(Protocol):
    """Small facts that an adapter must remember over a crash; kept once :meth:`set` returns."""

    def get(self, key: str) -> str:
        """``""`` for what was never noted."""

    def set(self, key: str, value: str) -> None: ...
