"""The workbook in memory that the steps' tests work on keeps the same contract as the real ones."""

import pytest

from tests.sheets.contract import WorkbookContract
from tests.steps.memory import MemoryWorkbook


@pytest.fixture
def workbook() -> MemoryWorkbook:
    return MemoryWorkbook("fen")


@pytest.fixture
def person(workbook: MemoryWorkbook) -> MemoryWorkbook:
    return workbook


class TestMemoryWorkbook(WorkbookContract):
    """Nothing of its own: the contract."""
