"""What goes to standard error: one line each, without personal data."""

import logging
import sys
import traceback
from pathlib import Path

import structlog
from structlog.typing import EventDict

from daemon.domain.personal import for_the_log


def without_personal_data(_logger: object, _method: str, event: EventDict) -> EventDict:
    """The last word before a line is written (KVKK art. 4): values masked; of an error its kind and its place, for
    its message may quote what somebody wrote."""
    if fault := event.pop("exc_info", None):
        error = sys.exc_info()[1] if fault is True else fault[1] if isinstance(fault, tuple) else fault
        event["trace"] = _place_of(error)
    return {key: _masked(value) for key, value in event.items()}


def _place_of(error: object) -> str:
    if not isinstance(error, BaseException):
        return ""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))
    return f"{type(error).__name__} in {places}"


def _masked(value: object) -> object:
    match value:
        case bool() | int() | float() | None:
            return value
        case list() | tuple() | set() | frozenset():
            return [_masked(each) for each in value]
        case dict():
            return {str(key): _masked(each) for key, each in value.items()}
        case _:
            return for_the_log(str(value))


class _OthersLines(logging.Handler):
    """What libraries log goes the same way, masked alike."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            said, fault = record.getMessage(), record.exc_info
            structlog.get_logger().log(record.levelno, "library", name=record.name, said=said, exc_info=fault)
        except Exception:
            self.handleError(record)


def log_to_stderr(*, level: int = logging.INFO) -> None:
    """Logs go to standard error, one line each: for people on a terminal, as key=value otherwise."""
    logging.basicConfig(handlers=[_OthersLines()], level=max(level, logging.WARNING), force=True)
    renderer = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.KeyValueRenderer(key_order=["event"])
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            without_personal_data,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
