"""Opening the application for a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click

from daemon.app import App
from daemon.cli.chosen import settings_of, settings_or_shipped


@contextmanager
def opened(ctx: click.Context, *, at: datetime | None = None) -> Iterator[App]:
    """The application on the office's settings."""
    with App.open(settings_of(ctx), (lambda: at) if at else None) as app:
        yield app


@contextmanager
def opened_or_shipped(ctx: click.Context) -> Iterator[App]:
    """For commands that need no servers: without any settings the shipped example office answers."""
    with App.open(settings_or_shipped(ctx)) as app:
        yield app
