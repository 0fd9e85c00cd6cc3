"""An office for conversations: a real ledger, the shipped mappings, files in a folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.steps.sheet_office import SheetOffice


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SheetOffice]:
    found = SheetOffice(tmp_path / "ofis")
    yield found
    found.close()
