"""A request as a row of its directorate's sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from daemon.domain.clock import day_of, show_moment
from daemon.domain.office import Office
from daemon.domain.personal import mask_identity_numbers as masked
from daemon.domain.request import Request
from daemon.domain.sheet import ARSIV, TALEPLER, CellValue, Layout
from daemon.ports import Files


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that the ledger wants in a row, and where its links lead."""

    layout: Layout
    cells: Mapping[str, CellValue]
    links: Mapping[str, str]


def row_of(request: Request, *, office: Office, files: Files, now: datetime) -> Row:
    """The row of a request; personal numbers masked, ``Kalan İş Günü`` as of ``now``."""
    action = request.last_action
    if request.last_action_at is not None:
        action = f"{show_moment(request.last_action_at)} {action}"
    cells: dict[str, CellValue] = {
        "number": request.number,
        "received": day_of(request.received_at),
        "channel": request.channel.value,
        "neighbourhood": request.neighbourhood,
        "headman": request.headman,
        "subject": masked(request.subject),
        "description": masked(request.description),
        "category": request.category,
        "status": request.status.value,
        "liaison": request.liaison,
        "due": request.due,
        "days_left": office.days_left(request, now),
        "result": masked(request.result),
        "note": masked(request.note),
        "sevk": request.sevk,
        "attachments": _names(request.attachments),
        "last_action": action,
    }
    links = {"attachments": files.link(request.attachments[0])} if request.attachments else {}
    return Row(ARSIV if request.archived else TALEPLER, cells, links)


def _names(paths: tuple[str, ...]) -> str:
    if not paths:
        return ""
    names = [path.rpartition("/")[2].partition("-")[2] or path for path in paths]
    return names[0] if len(names) == 1 else f"{names[0]} (+{len(names) - 1})"
