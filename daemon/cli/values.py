"""Moments and days as they are given to a command, and the JSON that it gives back."""

import json
from datetime import UTC, date, datetime
from typing import Any

import click

from daemon.domain.clock import ISTANBUL


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
