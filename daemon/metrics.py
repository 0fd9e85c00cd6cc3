"""Figures for Prometheus' textfile collector (node_exporter), written whole every minute.

The file's age tells that the daemon lives: alarm on ``time() - muhtarlik_written_seconds``.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from daemon.ports.records import StepState

_HELP = {
    "requests": "Requests by state",
    "waiting": "What waits: mails to read, letters to send, decisions of a person, spreadsheets in need",
    "step_last_success_seconds": "When each step last succeeded (Unix time)",
    "step_failures": "Failures of each step in a row",
    "written_seconds": "When this file was written (Unix time)",
}


def exposition(
    counts: Mapping[str, int], steps: Sequence[StepState], *, sheets_in_need: int, now: datetime
) -> str:
    """The text format, version 0.0.4."""
    waiting = {
        "arrivals": counts["arrivals"],
        "letters": counts["outbox"],
        "held": counts["held"],
        "reviews": counts["reviews"],
        "sheets": sheets_in_need,
    }
    families: dict[str, dict[str, float]] = {
        "requests": {f'{{state="{name}"}}': counts[name] for name in ("open", "late", "closed")},
        "waiting": {f'{{what="{name}"}}': figure for name, figure in waiting.items()},
        "step_last_success_seconds": {
            f'{{step="{step.name}"}}': step.last_success.timestamp() for step in steps if step.last_success
        },
        "step_failures": {f'{{step="{step.name}"}}': step.failures for step in steps},
        "written_seconds": {"": now.timestamp()},
    }
    lines = []
    for name, figures in families.items():
        lines += [f"# HELP muhtarlik_{name} {_HELP[name]}", f"# TYPE muhtarlik_{name} gauge"]
        lines += [f"muhtarlik_{name}{labels} {figure:.15g}" for labels, figure in figures.items()]
    return "\n".join(lines) + "\n"


def write(path: Path, text: str) -> None:
    """Whole or not at all: the collector never reads half a file. Raises :class:`OSError`."""
    new = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        new.write_text(text, encoding="utf-8")
        new.chmod(0o644)
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise
