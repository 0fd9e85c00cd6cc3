"""An office that other systems write to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.steps.sources.office import SourceOffice


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SourceOffice]:
    found = SourceOffice(tmp_path / "ofis")
    yield found
    found.close()
