"""The log for what seldom says anything: structlog takes longer to load than a short command to run.

So it is loaded, and made ready, at the first line; what logs as a matter of course imports structlog itself.
"""

from collections.abc import Callable
from typing import Any

_prepare: list[Callable[[], None]] = []


def prepared_by(prepare: Callable[[], None]) -> None:
    """``prepare`` makes the log ready: it is called once, before the first line."""
    _prepare[:] = [prepare]


def make_ready() -> None:
    """To be called as soon as something is loaded that logs by itself."""
    while _prepare:
        _prepare.pop()()


def log() -> Any:
    """structlog's logger, ready."""
    make_ready()
    import structlog

    return structlog.get_logger()
