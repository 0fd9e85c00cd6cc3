"""The table in ``tests/README.md`` names tests that exist."""

import re
from pathlib import Path

import pytest

from tests.faults.mutants import MUTANTS, TREE, Mutant

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


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.row)
def test_a_cure_that_can_be_taken_out_is_where_it_was_and_its_row_is_in_the_table(mutant: Mutant) -> None:
    """``make mutants`` shows that the row's test then fails; here only that it can still be asked."""
    assert (TREE / mutant.file).read_text(encoding="utf-8").count(mutant.old) == 1
    assert tuple(mutant.test.split("::")) in NAMED
