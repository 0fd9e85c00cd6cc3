"""The three-way merge by tables of plain values: which row is whose, who said what, what must be written."""

from collections.abc import Mapping
from datetime import date

import pytest

from daemon.domain.merge import (
    MOST_RESTORED,
    Base,
    Clash,
    clash_note,
    confirmed,
    diff,
    is_copy,
    is_touched,
    looks_like,
    match,
    merge_notes,
    new_base,
    plan,
    taken,
)
from daemon.domain.sheet import TALEPLER, CellValue, SheetRow, Table

A, B, C, D = (f"MHT-2026-{n:06d}" for n in range(1, 5))
DUE = date(2026, 11, 3)


def cells(number: str | None = A, **changed: CellValue) -> dict[str, CellValue]:
    told: dict[str, CellValue] = {
        "number": number,
        "neighbourhood": "Atapark",
        "subject": f"Konu {number}",
        "description": "Yolda çukur var.",
        "status": "Yönlendirildi",
        "due": DUE,
        "days_left": 15,
    }
    return told | changed


def table(*rows: Mapping[str, CellValue]) -> Table:
    return Table("Talepler", tuple(SheetRow(at, row) for at, row in enumerate(rows, 2)))


def bases(*numbers: str) -> dict[str, Base]:
    return {number: base(cells(number)) for number in numbers}


def base(
    theirs: Mapping[str, CellValue], ours: Mapping[str, CellValue] | None = None, **restored: int
) -> Base:
    return Base(new_base(TALEPLER, theirs, theirs if ours is None else ours, restored))


# --- rows -------------------------------------------------------------------------------------------------


def test_rows_are_found_by_their_number_wherever_they_stand() -> None:
    found = match(TALEPLER, bases(A, B), table(cells(B), {}, cells(A)))
    assert {number: row.position for number, row in found.rows.items()} == {B: 2, A: 4}
    assert (found.extra, found.fresh, found.strays, found.gone, found.stopped) == (
        (),
        (),
        (),
        frozenset(),
        "",
    )


@pytest.mark.parametrize("spelt", [A, f" {A} ", A.lower(), "MHT - 2026 - 000001"])
def test_a_number_is_the_same_however_it_is_spelt(spelt: str) -> None:
    assert set(match(TALEPLER, bases(A), table(cells(number=spelt))).rows) == {A}


@pytest.mark.parametrize("spoilt", [None, "", "yanlış", "MHT-2026-000777", 5, "#REF!"])
def test_a_row_whose_number_was_spoilt_is_found_by_what_it_says(spoilt: CellValue) -> None:
    found = match(TALEPLER, bases(A, B), table(cells(A) | {"number": spoilt}, cells(B)))
    assert {number: row.position for number, row in found.rows.items()} == {A: 2, B: 3}
    assert (found.fresh, found.strays, found.gone) == ((), (), frozenset())


def test_a_number_dragged_over_another_row_leaves_both_rows_to_their_requests() -> None:
    found = match(TALEPLER, bases(A, B), table(cells(A), cells(B) | {"number": A}))
    assert {number: row.position for number, row in found.rows.items()} == {A: 2, B: 3}
    assert found.extra == ()


def test_of_two_rows_with_one_number_the_one_nearest_the_base_keeps_it() -> None:
    found = match(TALEPLER, bases(A), table(cells(A, subject="Başka", due=None), cells(A, note="x")))
    assert found.rows[A].position == 3
    assert [(number, row.position) for number, row in found.extra] == [(A, 2)]


def test_rows_without_a_number_are_fresh_and_unknown_numbers_are_strays() -> None:
    found = match(TALEPLER, bases(A), table(cells(A), {"subject": "Yeni"}, cells(D), {"x:Ekip": "yalnız"}))
    assert [row.position for row in found.fresh] == [3]
    assert [(number, row.position) for number, row in found.strays] == [(D, 4)]


def test_an_expected_number_is_known_without_a_base() -> None:
    assert set(match(TALEPLER, {}, table(cells(A)), expected={A}).rows) == {A}
    assert match(TALEPLER, {}, table(), expected={A}).gone == frozenset()


@pytest.mark.parametrize(
    ("before", "after", "stops"),
    [(1, 0, False), (2, 0, False), (3, 0, True), (9, 6, True), (9, 7, False), (10, 7, False), (30, 20, True)],
)
def test_a_sheet_that_lost_many_rows_is_stopped(before: int, after: int, stops: bool) -> None:
    numbers = [f"MHT-2026-{n:06d}" for n in range(before)]
    found = match(TALEPLER, bases(*numbers), table(*(cells(number) for number in numbers[:after])))
    assert bool(found.stopped) is stops
    assert ("önceki sürümünden geri getiriniz" in found.stopped) is stops, "what to do next"
    assert len(found.gone) == (0 if stops else before - after)


def test_a_sheet_without_a_needed_header_is_stopped() -> None:
    found = match(TALEPLER, bases(A), Table("Talepler", (), ("status", "result")))
    assert found.stopped == "Şu sütun başlıkları bulunamadı: Durum, Sonuç. Lütfen yeniden yazınız."
    assert found.gone == frozenset()


@pytest.mark.parametrize(
    ("changed", "copy"),
    [
        ({}, True),
        ({"note": "x", "status": "İşlemde"}, True),
        ({"subject": "x"}, False),
        ({"headman": "x"}, False),
    ],
)
def test_a_copy_says_the_same_request_again(changed: dict[str, CellValue], copy: bool) -> None:
    assert is_copy(TALEPLER, SheetRow(2, cells(A) | changed), cells(A)) is copy


@pytest.mark.parametrize(
    ("changed", "alike"),
    [({"number": None}, True), ({"note": "x", "due": None}, True), ({"description": "x"}, False)],
)
def test_a_row_looks_like_the_one_that_the_base_remembers(changed: dict[str, CellValue], alike: bool) -> None:
    assert looks_like(TALEPLER, SheetRow(2, cells(A) | changed), base(cells(A))) is alike


def test_a_base_that_says_nothing_is_like_no_row() -> None:
    assert not looks_like(TALEPLER, SheetRow(2, {}), Base())


# --- people's edits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "was", "shown"),
    [("days_left", 15, 15.0), ("due", DUE, "3.11.2026"), ("note", "a b", " a  b"), ("note", None, "")],
)
def test_a_change_of_form_is_no_edit(key: str, was: CellValue, shown: CellValue) -> None:
    before = cells(A, **{key: was})
    assert not is_touched(TALEPLER, base(before), SheetRow(2, before | {key: shown}))
    assert diff(TALEPLER, base(before), before | {key: shown}, before).edits == {}


@pytest.mark.parametrize(
    ("was", "theirs", "ours", "edits", "clashes"),
    [
        ("Yol", "Yol", "Yol", {}, ()),
        ("Yol", "Su", "Yol", {"category": "Su"}, ()),
        ("Yol", None, "Yol", {"category": None}, ()),
        ("Yol", "Yol", "Su", {}, ()),
        ("Yol", "Su", "Su", {}, ()),
        ("Yol", "Su", "Park", {"category": "Su"}, (Clash("Kategori", "Su", "Park"),)),
    ],
)
def test_whoever_alone_changed_a_persons_cell_is_right_and_in_a_clash_the_person(
    was: CellValue,
    theirs: CellValue,
    ours: CellValue,
    edits: dict[str, CellValue],
    clashes: tuple[Clash, ...],
) -> None:
    found = diff(TALEPLER, base(cells(category=was)), cells(category=theirs), cells(category=ours))
    assert (found.edits, found.clashes) == (edits, clashes)


def test_the_daemons_columns_are_never_edited_by_people() -> None:
    assert diff(TALEPLER, base(cells()), cells(subject="x", days_left=99), cells()).edits == {}


@pytest.mark.parametrize(
    ("was", "theirs", "ours", "both"),
    [
        ("", "kişi", "biz", "kişi\nbiz"),
        ("eski", "eski\nkişi", "eski\nbiz", "eski\nkişi\nbiz"),
        ("eski", "", "eski\nbiz", "biz"),
        ("eski", "kişi", "eski", "kişi"),
        ("", "aynı", "aynı", "aynı"),
    ],
)
def test_both_texts_stay_in_not(was: str, theirs: str, ours: str, both: str) -> None:
    assert merge_notes(was, theirs, ours) == both


def test_a_clash_is_told_with_the_value_that_lost() -> None:
    assert "“Park”" in clash_note(Clash("Kategori", "Su", "Park"))
    assert "“boş”" in clash_note(Clash("Kategori", "Su", None))


# --- what must be written ---------------------------------------------------------------------------------


def written(
    before: Base, theirs: Mapping[str, CellValue], ours: Mapping[str, CellValue]
) -> dict[str, CellValue]:
    return {write.key: write.value for write in plan(TALEPLER, before, SheetRow(2, theirs), ours).writes}


def test_only_what_the_ledger_changed_is_written() -> None:
    ours = cells(status="İşlemde", days_left=14)
    assert written(base(cells()), cells(), ours) == {"status": "İşlemde", "days_left": 14}
    assert written(base(cells()), cells(note="kişinin"), cells()) == {}


@pytest.mark.parametrize(
    ("key", "typed", "made_of_it", "writes"),
    [
        ("status", "kapandi", "Tamamlandı", {"status": "Tamamlandı"}),
        ("status", "bilmem", "Yönlendirildi", {}),
        ("status", None, "Yönlendirildi", {"status": "Yönlendirildi"}),
        ("due", "haftaya", DUE, {}),
        ("due", None, DUE, {"due": DUE}),
        ("sevk", "Fen İşleri", None, {"sevk": None}),
        ("result", "Yapıldı", "Yapıldı", {}),
        ("result", "#REF!", None, {}),
    ],
)
def test_a_taken_edit_shows_what_the_ledger_made_of_it_and_else_stays_as_typed(
    key: str, typed: CellValue, made_of_it: CellValue, writes: dict[str, CellValue]
) -> None:
    before, theirs, ours = base(cells()), cells(**{key: typed}), cells(**{key: made_of_it})
    after = taken(TALEPLER, before, theirs, [key])
    assert written(after, theirs, ours) == writes
    assert diff(TALEPLER, after, theirs, ours).edits == {}, "heard once, even if the write fails"


def test_our_cell_is_put_back_three_times_then_told_once() -> None:
    before, spoilt = base(cells()), cells(subject="başka")
    for count in range(1, MOST_RESTORED + 1):
        found = plan(TALEPLER, before, SheetRow(2, spoilt), cells())
        assert [write.key for write in found.writes] == ["subject"]
        assert (found.restored["subject"], found.given_up) == (count, ())
        before = Base(new_base(TALEPLER, cells(), cells(), found.restored))
    found = plan(TALEPLER, before, SheetRow(2, spoilt), cells())
    assert (found.writes, found.given_up) == ((), ("Konu",))
    before = Base(new_base(TALEPLER, spoilt, cells(), found.restored))
    found = plan(TALEPLER, before, SheetRow(2, spoilt), cells())
    assert (found.writes, found.given_up) == ((), ())
    assert written(before, spoilt, cells(subject="yeni konu")) == {"subject": "yeni konu"}


def test_what_the_sheet_cannot_show_is_not_written_again_and_again() -> None:
    shown, ours = cells(description="kesildi…"), cells(description="çok uzun")
    assert written(base(shown, ours), shown, ours) == {}


# --- after a crash ----------------------------------------------------------------------------------------


def test_what_we_wrote_before_a_crash_is_no_persons_edit() -> None:
    before = confirmed(base(cells()), {"status": "İşlemde"}, cells(status="İşlemde"))
    found = diff(TALEPLER, before, cells(status="İşlemde"), cells(status="Tamamlandı"))
    assert found.edits == {}
    assert written(before, cells(status="İşlemde"), cells(status="Tamamlandı")) == {"status": "Tamamlandı"}


def test_what_a_person_typed_after_the_crash_is_her_edit() -> None:
    before = confirmed(base(cells()), {"status": "İşlemde"}, cells(status="Beklemede"))
    assert diff(TALEPLER, before, cells(status="Beklemede"), cells(status="İşlemde")).edits
    appended = confirmed(None, cells(), cells(note="kişinin"))
    assert diff(TALEPLER, appended, cells(note="kişinin"), cells()).edits == {"note": "kişinin"}


def test_a_base_keeps_ours_only_where_it_differs() -> None:
    found = new_base(TALEPLER, cells(due="haftaya"), cells(), {"subject": 2, "status": 0})
    kept = Base(found)
    assert (kept.theirs("due"), kept.ours("due")) == ("haftaya", DUE)
    assert (kept.theirs("status"), kept.ours("status")) == ("Yönlendirildi", "Yönlendirildi")
    assert (kept.restored("subject"), kept.restored("status")) == (2, 0)
    assert {key for key in found if key[-1] in "!#"} == {"due!", "subject#"}


def test_after_a_crash_the_row_into_which_we_were_writing_keeps_its_number() -> None:
    """A copy still shows the old values, as the base does."""
    before = base(cells(number="MHT-2026-000001", status="Yönlendirildi"))
    copy = SheetRow(2, cells(number="MHT-2026-000001", status="Yönlendirildi"))
    written = SheetRow(3, cells(number="MHT-2026-000001", status="İşlemde"))
    table = Table("Talepler", (copy, written))
    found = match(
        TALEPLER, {"MHT-2026-000001": before}, table, planned={"MHT-2026-000001": {"status": "İşlemde"}}
    )
    assert found.rows["MHT-2026-000001"] is written
    assert [row for _, row in found.extra] == [copy]
