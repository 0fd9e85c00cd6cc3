"""Conditions of validation rules and conditional formats: which may stand where, with how many values."""

from typing import Any

import pytest

from tests.sheets_server.book import Book
from tests.sheets_server.books import area, book_of, cell_of, do
from tests.sheets_server.errors import ApiError


def _validate(book: Book, kind: str, values: list[str]) -> None:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    do(book, "setDataValidation", range=area(0, 2, 0, 1), rule={"condition": condition})


def _format(book: Book, kind: str, values: list[str]) -> None:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    rule: dict[str, Any] = {"condition": condition, "format": {"textFormat": {"bold": True}}}
    do(book, "addConditionalFormatRule", rule={"ranges": [area(0, 2, 0, 1)], "booleanRule": rule})


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("ONE_OF_LIST", ["a", "=b", "c"]),
        ("ONE_OF_RANGE", ["=Sheet1!A1:A3"]),
        ("BOOLEAN", []),
        ("BOOLEAN", ["Evet", "Hayır"]),
        ("DATE_IS_VALID", []),
        ("NUMBER_BETWEEN", ["1", "2"]),
        ("DATE_ON_OR_AFTER", ["2026-01-05"]),
        ("CUSTOM_FORMULA", ["=A1>1"]),
    ],
)
def test_a_validation_takes_what_fits_it(kind: str, values: list[str]) -> None:
    book = book_of()
    _validate(book, kind, values)
    assert cell_of(book, "A2")["dataValidation"]["condition"]["type"] == kind


@pytest.mark.parametrize("kind", ["BLANK", "NOT_BLANK", "TEXT_STARTS_WITH", "TEXT_ENDS_WITH"])
def test_a_validation_refuses_what_only_formats_know(kind: str) -> None:
    book = book_of()
    values = ["a"] if kind.startswith("TEXT") else []
    with pytest.raises(ApiError, match=f"setDataValidation: .*{kind} is not supported") as caught:
        _validate(book, kind, values)
    assert (caught.value.status, book.revision) == (400, 1)
    _format(book, kind, values)
    assert book.revision == 2


@pytest.mark.parametrize("kind", ["ONE_OF_LIST", "BOOLEAN", "TEXT_IS_EMAIL", "DATE_IS_VALID"])
def test_a_format_refuses_what_only_validations_know(kind: str) -> None:
    with pytest.raises(ApiError, match=f"addConditionalFormatRule: .*{kind} is not supported"):
        _format(book_of(), kind, [])


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("NUMBER_GREATER", [], "takes 1 values, but 0"),
        ("NUMBER_BETWEEN", ["1"], "takes 2 values, but 1"),
        ("TEXT_IS_EMAIL", ["a"], "takes 0 values, but 1"),
        ("BOOLEAN", ["a", "b", "c"], "takes 0 to 2 values, but 3"),
    ],
)
def test_too_few_or_too_many_values_are_refused(kind: str, values: list[str], said: str) -> None:
    with pytest.raises(ApiError, match=said):
        _validate(book_of(), kind, values)


@pytest.mark.parametrize("act", [_validate, _format])
def test_a_formula_that_the_locale_cannot_read_is_refused(act: Any) -> None:
    book = book_of([["#ERROR!", "=SUM("]], locale="tr_TR")
    text = "=AND(A1>1,A1<5)"
    with pytest.raises(ApiError, match=r"Invalid ConditionValue.userEnteredValue: =AND\(A1>1,A1<5\)"):
        act(book, "CUSTOM_FORMULA", [text])
    before = book.revision
    act(book, "CUSTOM_FORMULA", [text.replace(",", ";")])
    act(book, "CUSTOM_FORMULA", ["=B1>1"])
    assert book.revision == before + 2
