"""An office with workbooks for the tests of the sheet step, and one with a scanner's folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.app import App
from daemon.resources import shipped
from daemon.settings import load_settings
from tests.steps.sheet_office import _SETTINGS, START, SheetOffice


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SheetOffice]:
    found = SheetOffice(tmp_path / "ofis")
    yield found
    found.close()


@pytest.fixture
def desk(office: SheetOffice) -> SheetOffice:
    """The office with its workbooks made."""
    office.rest()
    return office


@pytest.fixture
def three(office: SheetOffice) -> list[str]:
    """Three requests that stand in the sheet."""
    numbers = [office.ask(subject) for subject in ("Çukur", "Kaldırım", "Rögar")]
    office.rest()
    return numbers


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """The office itself, without people at its workbooks; its scanner writes into ``tarama``."""
    (tmp_path / "mappings.yaml").write_bytes(shipped("mappings.yaml").read_bytes())
    (tmp_path / "password").write_text("gizli\n")
    (tmp_path / "password").chmod(0o600)
    (tmp_path / "muhtarlik.toml").write_text(_SETTINGS + '[scans]\nfolder = "tarama"\n')
    with App.open(load_settings(tmp_path / "muhtarlik.toml"), lambda: START) as app:
        yield app
