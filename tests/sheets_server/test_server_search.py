"""How Drive compares names in a search, as its users report it: case never counts, words are found by their start."""

import gspread
import pytest

from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.conftest import Ask
from tests.sheets_server.server import SheetsServer

NAMES = ("Talepler", "TALEPLER", "AR_Ab-ops-U-FI-DO_2022_11", "Fen İşleri arşivi")


@pytest.fixture
def sheets(server: SheetsServer, account: ServiceAccount) -> list[str]:
    return [server.add_spreadsheet(name, shared_with=[account.email]) for name in NAMES]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("name = 'talepler'", {"Talepler", "TALEPLER"}),
        ("name != 'talepler'", set(NAMES[2:])),
        ("name contains 'tal'", {"Talepler", "TALEPLER"}),
        ("name contains 'lepler'", set()),
        ("name contains 'AR_Ab-ops-DO_'", {NAMES[2]}),
        ("name contains 'arşiv fen'", {NAMES[3]}),
        ("fullText contains 'arşiv'", set()),
        ("fullText contains 'arşivi'", {NAMES[3]}),
    ],
)
def test_a_name_is_compared_word_by_word_and_without_case(
    ask: Ask, sheets: list[str], q: str, found: set[str]
) -> None:
    told = ask("GET", "/drive/v3/files", params={"q": q}).json()["files"]
    assert {each["name"] for each in told} == found


@pytest.mark.parametrize("q", ["name > 'a'", "fullText = 'a'"])
def test_other_comparisons_of_text_are_refused(ask: Ask, q: str) -> None:
    assert ask("GET", "/drive/v3/files", params={"q": q}).status_code == 400


def test_gspread_opens_only_the_exact_title(google: gspread.Client, sheets: list[str]) -> None:
    assert google.open("TALEPLER").id == sheets[1]
    with pytest.raises(gspread.SpreadsheetNotFound):
        google.open("talepler")
