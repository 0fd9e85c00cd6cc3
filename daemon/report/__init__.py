"""The activity report: the office's figures as tables and charts (:mod:`daemon.report.tables`), written as workbook,
page or print. Which kind of file it becomes, its name's ending says.
"""

from collections.abc import Callable
from pathlib import Path

from daemon.report.tables import Report


def writer_for(path: Path) -> Callable[[Report], bytes] | None:
    """What makes the file's content; ``None`` for an ending that is none of :data:`ENDINGS`.

    The writer raises ``OSError`` where the machine lacks what it needs. Each is loaded when it is asked for.
    """
    match path.suffix.lower():
        case ".xlsx":
            from daemon.report.xlsx import workbook

            return workbook
        case ".html" | ".htm":
            from daemon.report.html import page

            return page
        case ".pdf":
            from daemon.report.pdf import print_out

            return print_out
        case _:
            return None


ENDINGS = (".xlsx", ".pdf", ".html")

__all__ = ["ENDINGS", "Report", "writer_for"]
