"""The table in ``tests/README.md`` names tests that exist."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
NAMED = re.findall(r"`([\w/]+\.py)::(test_\w+)`", (TESTS / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[name for _, name in NAMED])
def test_every_row_has_its_test(file: str, name: str) -> None:
    assert f"def {name}(" in (TESTS / file).read_text(encoding="utf-8")


def test_every_test_of_this_folder_that_is_about_a_fault_has_its_row() -> None:
    here = {
        name
        for path in Path(__file__).parent.glob("test_*.py")
        if path.name not in {"test_matrix.py", "test_unit.py", "test_watching.py"}
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.M)
    }
    assert here - {name for _, name in NAMED} == {"test_a_slow_line_is_no_fault"}
