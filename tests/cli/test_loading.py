"""A command loads its own module and what that needs, nothing of the others."""

import subprocess
import sys
from importlib import import_module

import click
import pytest

from daemon.cli import HOMES, muhtarlik


def test_every_command_is_found_where_it_is_said_to_be() -> None:
    context = click.Context(muhtarlik)
    held = {
        command.name
        for home in set(HOMES.values())
        for command in import_module(f"daemon.cli.{home}").COMMANDS
    }
    assert held == set(HOMES) == set(muhtarlik.list_commands(context))
    assert all(muhtarlik.get_command(context, name) for name in HOMES)
    assert muhtarlik.get_command(context, "yok") is None


@pytest.mark.parametrize("arguments", [["route", "çöp alınmıyor"], ["due", "2026-12-07"]])
def test_what_only_explains_loads_neither_ledger_nor_mail_nor_spreadsheets(arguments: list[str]) -> None:
    program = (
        "import sys; from daemon.cli import muhtarlik; muhtarlik.main(sys.argv[1:], standalone_mode=False);"
        "print(*(name for name in sys.modules if name.startswith(('daemon.', 'sqlalchemy', 'structlog'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[1] if "." in name else name for name in done.stdout.splitlines()[-1].split()}
    assert "rules" in loaded
    assert loaded.isdisjoint(
        {"app", "ledger", "mail", "sheets", "steps", "scans", "wording", "sqlalchemy", "structlog"}
    )


def test_a_command_looks_seldom_and_at_its_end_not_at_all_through_what_it_loaded() -> None:
    program = (
        "import atexit, gc; from daemon.cli import main;"
        "atexit.register(lambda: print(gc.get_threshold()[0] > 10_000, gc.get_freeze_count() > 10_000)); main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "due", "2026-12-07"], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "True True"
