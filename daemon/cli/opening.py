"""Opening the application for a command: which settings, which clock, which log."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import click
import structlog

from daemon.app import App
from daemon.cli.turkish import config_of
from daemon.domain.clock import ISTANBUL
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


def log_to_stderr(*, level: int = logging.INFO) -> None:
    """Logs go to standard error, one line each: for people on a terminal, as key=value otherwise."""
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
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
