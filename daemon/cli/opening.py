"""Opening the application for a command: which settings, which clock, which log."""

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import structlog
from structlog.typing import EventDict

from daemon.app import App
from daemon.cli.turkish import config_of
from daemon.domain.clock import ISTANBUL
from daemon.domain.personal import for_the_log
from daemon.settings import example_settings, find_config, load_settings


@contextmanager
def opened(ctx: click.Context, *, at: datetime | None = None) -> Iterator[App]:
    """The application on the office's settings."""
    settings = load_settings(find_config(config_of(ctx)))
    with App.open(settings, (lambda: at) if at else None) as app:
        yield app


@contextmanager
def opened_or_shipped(ctx: click.Context) -> Iterator[App]:
    """For commands that need no servers: without any settings the shipped example office answers."""
    chosen = config_of(ctx)
    path = find_config(chosen)
    settings = load_settings(path) if chosen is not None or path.exists() else example_settings()
    with App.open(settings) as app:
        yield app


class IsoMoment(click.ParamType[datetime]):
    """An ISO time; without an offset it is Europe/Istanbul."""

    name = "ZAMAN"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} bir zaman değil; örnek: 2026-12-07T09:00", param, ctx)
        return (moment if moment.tzinfo else moment.replace(tzinfo=ISTANBUL)).astimezone(UTC)


class Day(click.ParamType[date]):
    """A day, ISO or gg.aa.yyyy."""

    name = "TARİH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        text = str(value)
        try:
            return date.fromisoformat("-".join(reversed(text.split("."))) if "." in text else text)
        except ValueError:
            self.fail(f"{text!r} bir tarih değil; örnek: 2026-12-07", param, ctx)


MOMENT = IsoMoment()
DAY = Day()


def print_json(value: object) -> None:
    """One JSON document, letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


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
