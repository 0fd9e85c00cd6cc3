"""Which requests a reply names, and what it says of each: only where one pairing is possible."""

import pytest

from daemon.domain.answers.naming import Said, read_naming
from daemon.domain.reading import bare_subject
from daemon.domain.request import request_number

LISTED = tuple(request_number(2026, serial) for serial in (12, 15, 20))


def said(text: str) -> dict[int, str]:
    return {int(each.number[9:]): each.words for each in read_naming(text, LISTED).said}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MHT-2026-000012 tamamlandı, 000015 işlemde", {12: "tamamlandı", 15: "işlemde"}),
        ("000012 tamamlandı\n000015 işlemde", {12: "tamamlandı", 15: "işlemde"}),
        (
            "1) MHT-2026-000012: tamamlandı.\n2) MHT-2026-000015: bize ait değil → Park ve Bahçeler",
            {12: "tamamlandı.", 15: "bize ait değil → Park ve Bahçeler"},
        ),
        ("MHT-2026-000012 - TAMAMLANDI; MHT-2026-000015 - İŞLEMDE", {12: "TAMAMLANDI", 15: "İŞLEMDE"}),
        ("MHT-2026-000012 ve 000015 numaralı talepler tamamlandı.", {12: "tamamlandı.", 15: "tamamlandı."}),
        ("MHT-2026-000012 ve 000015 numaralı taleplerin her ikisi de bitti.", {12: "bitti.", 15: "bitti."}),
        ("Tamamlandı: MHT-2026-000012, MHT-2026-000015", {12: "Tamamlandı", 15: "Tamamlandı"}),
        ("TAMAMLANDI\nMHT-2026-000012\nMHT-2026-000015", {12: "TAMAMLANDI", 15: "TAMAMLANDI"}),
        (
            "TAMAMLANDI:\n- 000012\n- 000015\nİŞLEMDE:\n- 000020",
            {12: "TAMAMLANDI:", 15: "TAMAMLANDI:", 20: "İŞLEMDE:"},
        ),
        (
            "000012\ntamamlandı\n000015\nişlemde, ekip gitti\nyarın biter",
            {12: "tamamlandı", 15: "işlemde, ekip gitti\nyarın biter"},
        ),
        ("Merhaba,\n12 nolu talep tamamlandı", {12: "tamamlandı"}),
        ("Merhaba MHT-2026-000012 tamamlandı", {12: "Merhaba tamamlandı"}),
        ("Merhaba Ahmet Bey,\n000012 tamamlandı", {12: "tamamlandı"}),
        ("Bugün MHT-2026-000012 tamamlandı", {12: "Bugün tamamlandı"}),
        (
            "Sayın yetkili,\nMHT-2026-000012 için yama yapıldı.\nÇukur kapatıldı.\n000015 henüz yapılmadı.",
            {12: "yama yapıldı.\nÇukur kapatıldı.", 15: "henüz yapılmadı."},
        ),
        ("MHT-2026-000777 tamamlandı", {777: "tamamlandı"}),
        ("MHT-2026-000777 tamamlandı, 000778 işlemde", {777: "tamamlandı", 778: "işlemde"}),
    ],
)
def test_each_number_gets_its_own_words(text: str, expected: dict[int, str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "işlemde (000012), tamamlandı (000015)",
        "000012 tamamlandı; henüz başlanmadı 000015",
        "MHT-2026-000012 tamamlandı, MHT-2026-000012 işlemde",
        "Aşağıdakiler bitti:\nMHT-2026-000012 kaldırım\nMHT-2026-000015 yol",
        "TAMAMLANDI\n000012\nİŞLEMDE\n000015\nteşekkürler",
        "MHT-2026-000012\nMHT-2026-000015",
    ],
)
def test_what_could_be_paired_otherwise_is_not_paired(text: str) -> None:
    naming = read_naming(text, LISTED)
    assert naming.numbers
    assert naming.said == ()


@pytest.mark.parametrize(
    "text",
    [
        "Tamamlandı",
        "12 numaralı bina önü tamamlandı",
        "15.10.2026 tarihinde tamamlandı",
        "0532 123 45 67 numaralı telefondan arayınız",
        "05321234567",
        "000777 tamamlandı",
    ],
)
def test_other_figures_name_no_request(text: str) -> None:
    assert read_naming(text, LISTED).numbers == ()


def test_no_text_says_nothing() -> None:
    assert read_naming("").said == ()
    assert read_naming("MHT-2026-000012: bitti").said == (Said(request_number(2026, 12), "bitti"),)


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Re: [MHT-2026-000012] Yeni talep: Kaldırım", "Yeni talep: Kaldırım"),
        ("Ynt: [MHT-2026-000012] ve 3 talep daha – Hatırlatma", "Hatırlatma"),
        ("Parka ve 3 talep daha", "Parka ve 3 talep daha"),
    ],
)
def test_what_our_letters_put_before_a_subject_falls_away(subject: str, bare: str) -> None:
    assert bare_subject(subject) == bare
