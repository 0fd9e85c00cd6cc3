"""What a clerk or a liaison says in a sheet goes out once, though the power goes before or after it is written back."""

from collections.abc import Callable

import pytest

from daemon.domain.sheet import OFFICE_SHEETS
from daemon.sheets import OFFICE_CODE
from tests.steps.memory import Crash, MemoryWorkbook
from tests.steps.post import answers
from tests.steps.sheet_office import SheetOffice

PUT_OFF = "Talep 2027 yılı yatırım programında değerlendirilecektir."
DOUBTFUL = "Ödenek olmadığından bu yıl yapılamayacak, 2027 programına alınmıştır."


@pytest.fixture
def desk(office: SheetOffice) -> SheetOffice:
    """The office with workbooks in memory, which may fail."""
    books = (MemoryWorkbook(OFFICE_CODE, OFFICE_SHEETS), MemoryWorkbook("fen"))
    office.books = {book.code: book for book in books}
    office.sync = office.another_process()
    office.rest()
    return office


def book(desk: SheetOffice, code: str) -> MemoryWorkbook:
    found = desk.books[code]
    assert isinstance(found, MemoryWorkbook)
    return found


def put(desk: SheetOffice, code: str, title: str, number: str, **cells: str) -> None:
    lines = book(desk, code).lines(title)
    [index] = [n for n, line in enumerate(lines) if line.get("Talep No") == number]
    for header, value in cells.items():
        book(desk, code).put(index, header, value, title)


def answer_question(desk: SheetOffice, number: str) -> str:
    answers(desk, number, "Çukur kaç numaranın önünde?")
    put(desk, OFFICE_CODE, "İnceleme", number, Karar="Gereği yapıldı", Not="12 numaranın önünde.")
    return "liaison/answer"


def answer_late(desk: SheetOffice, number: str) -> str:
    answers(desk, number, "Çukur kaç numaranın önünde?")
    put(desk, OFFICE_CODE, "İnceleme", number, Karar="Gereği yapıldı")
    desk.rest()
    put(desk, OFFICE_CODE, "İnceleme", number, Not="12 numaranın önünde.")
    return "liaison/answer"


def decide_interim(desk: SheetOffice, number: str) -> str:
    answers(desk, number, DOUBTFUL)
    put(desk, OFFICE_CODE, "İnceleme", number, Karar="Ara cevap olarak bildir")
    return "headman/interim"


def type_interim(desk: SheetOffice, number: str) -> str:
    put(desk, "fen", "Talepler", number, Durum="Beklemede", Sonuç=PUT_OFF)
    return "headman/interim"


@pytest.mark.parametrize("fault", ["fails_before", "crashes_after"])
@pytest.mark.parametrize("act", [answer_question, answer_late, decide_interim, type_interim])
def test_it_goes_out_once_though_the_power_goes_while_it_is_written_back(
    desk: SheetOffice, act: Callable[[SheetOffice, str], str], fault: str
) -> None:
    number = desk.ask("Çukur")
    desk.rest()
    occasion = act(desk, number)
    where = book(desk, "fen" if act is type_interim else OFFICE_CODE)
    setattr(where, fault, True)
    for _ in range(2):
        try:
            desk.look(minutes=1)
        except Crash:
            desk.sync = desk.another_process()
    setattr(where, fault, False)
    desk.rest(minutes=30)
    assert desk.letters(number)[occasion] == 1
    kinds = desk.kinds(number)
    assert kinds.count("answered") + kinds.count("interim") == 1
    desk.quiet()
