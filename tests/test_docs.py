"""What the product offers is what README says: commands, settings, mapping keys."""

import re
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from daemon.cli import muhtarlik
from daemon.mappings import schema
from daemon.settings import Settings

README = Path(__file__).parent.parent.joinpath("README.md").read_text(encoding="utf-8")


def _section(heading: str) -> str:
    return README.split(f"## {heading}\n")[1].split("\n## ")[0]


def _commands(group: click.Group) -> list[str]:
    nowhere = click.Context(group)
    found = {name: group.get_command(nowhere, name) for name in group.list_commands(nowhere)}
    return [name for name, command in found.items() if command and not command.hidden]


@pytest.mark.parametrize("name", _commands(muhtarlik))
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"`{name}" in _section("Commands")


def _keys(model: type[BaseModel], prefix: str = "") -> list[str]:
    found: list[str] = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found += _keys(kind, f"{prefix}{name}.")
        elif not (model is Settings and name == "folder"):
            found.append(f"{prefix}{name}")
    return found


@pytest.mark.parametrize("key", _keys(Settings))
def test_every_setting_stands_in_the_readme(key: str) -> None:
    section, _, name = key.rpartition(".")
    lines = [line for line in _section("Settings").splitlines() if f"`{section}." in line]
    assert any(re.search(rf"`({re.escape(section)})?\.{name}`", line) for line in lines), key


def _entries() -> list[type[BaseModel]]:
    return [
        kind
        for kind in vars(schema).values()
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__module__ == schema.__name__
    ]


@pytest.mark.parametrize("entry", _entries(), ids=lambda entry: entry.__name__)
def test_every_mapping_key_stands_in_the_readme(entry: type[BaseModel]) -> None:
    told = _section("Mappings")
    missing = [key for name, f in entry.model_fields.items() if f"`{(key := f.alias or name)}`" not in told]
    assert missing == []


def test_the_commands_of_the_readme_exist() -> None:
    named = re.findall(r"^\| `([a-z-]+)", _section("Commands"), re.M)
    assert set(named) <= set(_commands(muhtarlik))
