"""Labels, lines, trees and tables: which value belongs to which fact."""

import pytest

from daemon.domain.request import Channel
from daemon.domain.structured.grids import facts_in_form, read_list
from daemon.domain.structured.labels import LabelBook
from daemon.domain.structured.lines import facts_in_text
from daemon.domain.structured.sources import Fact, Grid, SourceRule
from daemon.domain.structured.trees import facts_in_tree

LABELS = {
    Fact.NUMBER: ("Başvuru No", "Talep No"),
    Fact.DATE: ("Başvuru Tarihi", "Tarih"),
    Fact.NEIGHBOURHOOD: ("Mahalle", "Mahalle Adı"),
    Fact.HEADMAN: ("Muhtar", "Ad Soyad"),
    Fact.KIND: ("Başvuru Türü", "Tür"),
    Fact.SUBJECT: ("Konu",),
    Fact.TEXT: ("Açıklama", "Başvuru Metni"),
    Fact.PHONE: ("Telefon",),
    Fact.EMAIL: ("E-posta",),
    Fact.LATITUDE: ("Enlem", "lat"),
    Fact.LONGITUDE: ("Boylam", "lng"),
    Fact.POSITION: ("Konum",),
}
RULE = SourceRule("MBS", Channel.MBS, ("@mbs.example.org",), labels=LABELS)


@pytest.mark.parametrize(
    ("label", "fact"),
    [
        ("Başvuru No", Fact.NUMBER),
        ("BAŞVURU NUMARASI", Fact.NUMBER),
        ("basvuruNo", Fact.NUMBER),
        ("basvuru_no", Fact.NUMBER),
        ("Başvuru No (zorunlu) *", Fact.NUMBER),
        ("Başvru No", Fact.NUMBER),
        ("Basvuru Tarihi", Fact.DATE),
        ("Başvurunun Tarihi", Fact.DATE),
        ("Mahallesi", Fact.NEIGHBOURHOOD),
        ("Acıklama", Fact.TEXT),
        ("Açıklamalar", Fact.TEXT),
        ("Tel.", Fact.PHONE),
        ("TLF.", Fact.PHONE),
        ("BAŞVURU TRH.", Fact.DATE),
        ("Baş. Açık.", None),
        ("Telefon Numarası", None),
        ("e-mail", Fact.EMAIL),
        ("No", None),
        ("Kon", None),
        ("Sıra No", None),
        ("Başvuru", None),
        ("", None),
        ("Açıklama" * 50, None),
    ],
)
def test_a_label_is_found_however_spelt_and_a_doubtful_one_is_not(label: str, fact: Fact | None) -> None:
    assert LabelBook(LABELS).fact_of(label) is fact


def test_a_label_as_near_to_two_facts_is_neither() -> None:
    book = LabelBook({"a": ["kayıt numara bir"], "b": ["kayıt numara iki"]})
    assert book.fact_of("kayıt numara ibi") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mahalle: Yayla\nKonu : Yol", {Fact.NEIGHBOURHOOD: "Yayla", Fact.SUBJECT: "Yol"}),
        ("Mahalle\tYayla\nKonu = Yol", {Fact.NEIGHBOURHOOD: "Yayla", Fact.SUBJECT: "Yol"}),
        ("*Mahalle:* Yayla\n• Konu: *Yol*", {Fact.NEIGHBOURHOOD: "Yayla", Fact.SUBJECT: "Yol"}),
        ("Mahalle......: Yayla", {Fact.NEIGHBOURHOOD: "Yayla"}),
        ("Mahalle: Yayla   Konu: Yol", {Fact.NEIGHBOURHOOD: "Yayla", Fact.SUBJECT: "Yol"}),
        ("Mahalle:\n\nYayla\nbaşka satır\nKonu\nYol", {Fact.NEIGHBOURHOOD: "Yayla", Fact.SUBJECT: "Yol"}),
        ("Açıklama: bir\niki\n\nüç\nKonu: Yol", {Fact.TEXT: "bir\niki\n\nüç", Fact.SUBJECT: "Yol"}),
        ("Açıklama:\nsaat: 10'da gelin\nnot: acil", {Fact.TEXT: "saat: 10'da gelin\nnot: acil"}),
        ("Konu: Yol\nAçıklama: bir\nKonu: iki", {Fact.SUBJECT: "Yol", Fact.TEXT: "bir\nKonu: iki"}),
        ("Açıklama: bir\n\nBu e-posta otomatik olarak gönderilmiştir.", {Fact.TEXT: "bir"}),
        ("Açıklama: bir\n-----------\nKurum adı", {Fact.TEXT: "bir"}),
        ("> Mahalle: Yayla", {Fact.NEIGHBOURHOOD: "Yayla"}),
        ("Mahallede yol bozuk: asfalt isteriz", {}),
        ("Mahalle:\nKonu: Yol", {Fact.SUBJECT: "Yol"}),
        (
            "Başvuru No: 2026-7 Başvuru Tarihi: 08.10.2026 14:35 Mahalle: Yayla, Açıklama: Yol bozuk: asfalt isteriz",
            {
                Fact.NUMBER: "2026-7",
                Fact.DATE: "08.10.2026 14:35",
                Fact.NEIGHBOURHOOD: "Yayla",
                Fact.TEXT: "Yol bozuk: asfalt isteriz",
            },
        ),
        ("Açıklama: Konu: yol, Mahalle: bizim", {Fact.TEXT: "Konu: yol, Mahalle: bizim"}),
        ("Sayın yetkili, Konu: yol, Mahalle: bizim, Telefon: yok", {}),
    ],
)
def test_labels_in_lines(text: str, found: dict[Fact, str]) -> None:
    assert facts_in_text(text, RULE) == found


@pytest.mark.parametrize(
    ("tree", "found"),
    [
        ({"talepNo": "1", "mahalle": "Yayla"}, {Fact.NUMBER: "1", Fact.NEIGHBOURHOOD: "Yayla"}),
        (
            {"talep": {"no": "1", "mahalle": {"id": "7", "adi": "Yayla"}}},
            {Fact.NUMBER: "1", Fact.NEIGHBOURHOOD: "Yayla"},
        ),
        (
            {"alanlar": [{"ad": "Talep No", "deger": "1"}, {"ad": "Konu", "deger": "Yol"}]},
            {Fact.NUMBER: "1", Fact.SUBJECT: "Yol"},
        ),
        (
            {"talep_no": "1", "konum": {"type": "Point", "coordinates": ["32.86", "39.97"]}},
            {Fact.NUMBER: "1", Fact.POSITION: "39.97, 32.86"},
        ),
        ({"no": "1", "id": "2"}, {}),
        ([], {}),
        ("yalnız metin", {}),
    ],
)
def test_labels_in_trees(tree: object, found: dict[Fact, str]) -> None:
    assert facts_in_tree(tree, RULE) == ([found] if found else [])


def test_entries_of_a_list_are_records_that_share_what_stands_above_them() -> None:
    tree = {
        "tarih": "08.10.2026",
        "veri": {"talepler": [{"no": "1"}, {"no": "2", "konu": "Yol"}, {"x": "y"}]},
    }
    assert facts_in_tree(tree, RULE) == [
        {Fact.DATE: "08.10.2026", Fact.NUMBER: "1"},
        {Fact.DATE: "08.10.2026", Fact.NUMBER: "2", Fact.SUBJECT: "Yol"},
    ]


def grid(*rows: str) -> Grid:
    return Grid("liste.xlsx", tuple(tuple(cell.strip() for cell in line.split("|")) for line in rows))


@pytest.mark.parametrize(
    "rows",
    [
        ("Başvuru No|Mahalle|Konu", "1|Yayla|Yol"),
        ("Konu|Sıra|MAHALLE ADI|basvuru no", "Yol|1|Yayla|1"),
        ("RAPOR", "", "x|y", "Başvuru No|Mahalle|Konu", "|||", "1|Yayla|Yol", "Toplam|1|"),
        ("Başvuru||Yer|", "No|Sıra|Mahalle|Konu", "1|1|Yayla|Yol"),
        ("Başvuru No|Mahalle|Konu", "1|Yayla|Yol", "Başvuru No|Mahalle|Konu"),
    ],
)
def test_a_header_is_found_wherever_it_stands(rows: tuple[str, ...]) -> None:
    listing = read_list(grid(*rows), RULE)
    assert listing is not None
    assert [row.facts for row in listing.rows] == [
        {Fact.NUMBER: "1", Fact.NEIGHBOURHOOD: "Yayla", Fact.SUBJECT: "Yol"}
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (),
        ("a|b", "1|2"),
        ("Başvuru No|Telefon", "1|2"),
        ("Mahalle|Konu|Tarih", "Yayla|Yol|08.10.2026"),
        ("Talep No|Mahalle|Konu", "MHT-2026-000001|Yayla|Yol"),
        ("x",) * 50 + ("Başvuru No|Mahalle|Konu", "1|Yayla|Yol"),
    ],
)
def test_what_has_no_header_of_the_source_is_no_list(rows: tuple[str, ...]) -> None:
    assert read_list(grid(*rows), RULE) is None


def test_labels_beside_and_above_their_values_in_a_form() -> None:
    form = grid("Talep No|1|Mahalle:|Yayla", "Açıklama", "Yol bozuk", "Konu|Telefon", "Tarih|08.10.2026")
    assert facts_in_form(form, RULE) == {
        Fact.NUMBER: "1",
        Fact.NEIGHBOURHOOD: "Yayla",
        Fact.TEXT: "Yol bozuk",
        Fact.DATE: "08.10.2026",
    }
