"""Ranges as clients write them and as Google answers them."""

from collections.abc import Callable

import pytest

from tests.sheets_server.book import Book
from tests.sheets_server.books import RAW, area, book_of, do, held
from tests.sheets_server.errors import ApiError


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("sheet1", "Sheet1!A1:Z1000"),
        ("'Sheet1'", "Sheet1!A1:Z1000"),
        ("A1", "Sheet1!A1"),
        ("Sheet1!B2", "Sheet1!B2"),
        ("Sheet1!$B$2:$C$3", "Sheet1!B2:C3"),
        ("Sheet1!C3:B2", "Sheet1!B2:C3"),
        ("Sheet1!A:C", "Sheet1!A1:C1000"),
        ("Sheet1!2:5", "Sheet1!A2:Z5"),
        ("Sheet1!A2:C", "Sheet1!A2:C1000"),
        ("Sheet1!B2:3", "Sheet1!B2:Z3"),
        ("Sheet1!A1:ZZ2000", "Sheet1!A1:Z1000"),
        ("Sheet1!R2C3:R4C5", "Sheet1!C2:E4"),
        ("It's", "'It''s'!A1:E10"),
        ("'It''s'!A1", "'It''s'!A1"),
        ("'Açık İşler'!B2:C3", "'Açık İşler'!B2:C3"),
        ("'A1'!B2", "'A1'!B2"),
        ("'A1'", "'A1'!A1:E10"),
        ("'a!b'!B2", "'a!b'!B2"),
        ("başlık", "'It''s'!A1:C1"),
        ("Sheet1!başlık", "'It''s'!A1:C1"),
    ],
)
def test_a_range_is_answered_in_full(asked: str, answered: str) -> None:
    book = Book("x", {})
    for number, title in enumerate(["It's", "Açık İşler", "A1", "a!b"], start=1):
        grid = {"rowCount": 10, "columnCount": 5}
        do(book, "addSheet", properties={"title": title, "sheetId": number, "gridProperties": grid})
    do(book, "addNamedRange", namedRange={"name": "başlık", "range": area(0, 1, 0, 3, 1)})
    assert book.values_get(asked, {})["range"] == answered


@pytest.mark.parametrize(
    "text", ["Yok!A1", "Sheet1!", "", "Sheet1!A0", "Sheet1!A1:B2:C3", "Sheet1!7", "A1:?"]
)
def test_what_names_no_range_is_refused(text: str) -> None:
    with pytest.raises(ApiError, match="Unable to parse range: ") as caught:
        book_of().values_get(text, {})
    assert (caught.value.status, caught.value.message) == (400, f"Unable to parse range: {text}")


@pytest.mark.parametrize(
    ("text", "named"),
    [("A21", "Sheet1!A21"), ("K1", "Sheet1!K1"), ("A21:B", "Sheet1!A21:B"), ("Sheet1!K1:L2", "Sheet1!K1:L2")],
)
def test_what_begins_outside_the_grid_is_refused(text: str, named: str) -> None:
    book = book_of()
    message = f"Range ({named}) exceeds grid limits. Max rows: 20, max columns: 10"
    acts: list[Callable[[], object]] = [
        lambda: book.values_get(text, {}),
        lambda: book.values_update(text, {"values": [["x"]]}, RAW),
        lambda: book.values_clear(text),
    ]
    for act in acts:
        with pytest.raises(ApiError) as caught:
            act()
        assert (caught.value.status, caught.value.message) == (400, message)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"startRowIndex": 20, "endColumnIndex": 2}, "A21:B"),
        ({"startRowIndex": 25, "endRowIndex": 26, "endColumnIndex": 2}, "A26:B26"),
        ({"startColumnIndex": 10, "endRowIndex": 2}, "K1:2"),
    ],
)
def test_a_grid_range_that_begins_outside_is_refused_by_name(asked: dict[str, int], named: str) -> None:
    with pytest.raises(ApiError) as caught:
        do(book_of(), "repeatCell", range=asked, cell={}, fields="note")
    assert caught.value.message == (
        f"Invalid requests[0].repeatCell: Range (Sheet1!{named}) exceeds grid limits. "
        "Max rows: 20, max columns: 10"
    )


def test_a_named_range_goes_before_a_sheet_of_that_name_unless_it_is_quoted() -> None:
    book = book_of([["a", "b"]], title="Liste")
    do(book, "addNamedRange", namedRange={"name": "Liste", "range": area(0, 1, 1, 2)})
    assert held(book, "Liste") == [["b"]]
    assert held(book, "'Liste'") == [["a", "b"]]
