"""An office with workbooks for the tests of the sheet step."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.steps.sheet_office import SheetOffice


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
