"""The subject in the head of a letter written on a computer."""

import pytest

from daemon.domain.petitions.letter_subject import subject_in


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "T.C.\nYAYLA MAHALLESİ MUHTARLIĞI\n\nKonu: Kaldırım onarımı hk.\n\nMahallemiz …",
            "Kaldırım onarımı",
        ),
        ("Sayı : 2026/12\nKonu\t: Park bankı talebi", "Park bankı talebi"),
        ("Sayı: 12\tKonu: Park bankı talebi", "Park bankı talebi"),
        ("Tarih: 12.10.2026 Konu: Yol bozuk", "Yol bozuk"),
        ("Konu\tPark bankı\tTelefon\t0500 000 04 21", "Park bankı"),
        ("KONU :\nÇöp konteyneri talebi\nMUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE", "Çöp konteyneri talebi"),
        ("Dilekçenin konusu: “Yol”", "Yol"),
    ],
)
def test_it_is_found(text: str, subject: str) -> None:
    assert subject_in(text) == subject


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Konu:\nMUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE\nKaldırım bozuk.",
        "Konu:\nTarih: 12.10.2026",
        "Konu ile ilgili olarak gereğini arz ederim.",
        "Konut sorunu: evler yıkılıyor",
        "Bahse konu: çukur hâlâ duruyor",
        f"{'Mahallemizde kaldırımlar sökülmüştür. ' * 6}\nKonu: bu değil",
        "satır\n" * 30 + "Konu: bu değil",
    ],
)
def test_no_other_words_are_taken_for_it(text: str) -> None:
    assert subject_in(text) == ""
