"""Texts about the same matter, and texts that only sound alike; all of one neighbourhood and category."""

import time

import pytest

from daemon.domain.duplicates import ALIKE, is_reworded, is_told_by_any, likeness, matter_of

SAME = [
    (
        "Çınar Sokak 12 numaranın önünde derin bir çukur oluştu, araçlar zarar görüyor.",
        "ÇINAR SOKAKTA DERİN ÇUKUR VAR ARAÇLAR ZARAR GÖRÜYOR",
    ),
    (
        "1478. Sokak'ta çöp konteyneri kırık, yenilensin.",
        "1478 sokaktaki kirik cop konteyneri yenilensin lutfen",
    ),
    (
        "Gül Sk. No: 4 önündeki sokak lambası yanmıyor.",
        "Gül Sokak no 4 deki sokak lambası hâlâ yanmıyor, gereğini arz ederim.",
    ),
    (
        "Başıboş köpekler çocuklara saldırıyor, toplatılsın.",
        "Mahallemizde basibos kopekler cocuklara saldiriyor",
    ),
    (
        "Sivrisinek ilaçlaması yapılması",
        "Dere kenarındaki sivrisinekler için ilaçlama yapılmasını istiyoruz.",
    ),
    (
        "İstinat duvarı çöktü, toprak yola aktı.",
        "Yola toprak akıyor çünkü istinat duvarı çöktü; ekip bekliyoruz.",
    ),
]
LATER = [
    (
        "5. sokaktaki çukur hala duruyor, yama yapılsın lütfen",
        "Esertepe 5. sokakta asfalt çöktü, büyük bir çukur oluştu. Yama yapılmasını rica ederim.",
    ),
    ("5. Sokakta çukur oluşmuş, kapatılsın", "Esertepe 5. sokakta asfalt çöktü, büyük bir çukur oluştu."),
    ("Konteyner hâlâ gelmedi, ne oldu?", "Gül sokaktaki çöp konteyneri kırıldı, yenilenmesini rica ederim."),
]
"""(the later text, the one before): one thing in common, in the same street or asked for again."""
OTHER = [
    ("Çınar Sokak'ta derin çukur var.", "Gül Sokak'ta derin çukur var."),
    ("Çınar Sokak 12 önünde derin çukur var.", "Çınar Sokak 48 önünde derin çukur var."),
    ("Çınar Sokak'ta derin çukur var.", "Mahallemizde derin çukurlar var, yama istiyoruz."),
    ("Çukur var.", "Okulun önündeki çukur yağmurda doluyor."),
    ("Parktaki salıncak kırık.", "Parktaki banklar boyansın, çimler sulansın."),
    ("1478. Sokak'a kasis yapılsın.", "1480. Sokak'a kasis yapılsın."),
    ("Gül Sokak'ta bank kırık.", "Gül Sokak'ta çeşme kırık, onarılsın."),
    ("9. sokaktaki çukur hâlâ duruyor", "5. sokakta büyük bir çukur oluştu."),
    ("Hâlâ gelmedi, ne oldu?", "Gül sokaktaki çöp konteyneri kırıldı, yenisi gelmedi."),
    ("Gereğini arz ederim.", "Gereğini rica ederim."),
    ("", ""),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_matter_in_other_words_is_offered(one: str, other: str) -> None:
    assert likeness(matter_of(one), matter_of(other)) >= ALIKE
    assert likeness(matter_of(other), matter_of(one)) >= ALIKE


@pytest.mark.parametrize(("one", "other"), LATER)
def test_one_thing_in_the_same_street_or_asked_for_again_is_offered(one: str, other: str) -> None:
    assert likeness(matter_of(one), matter_of(other)) >= ALIKE


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_street_another_house_or_another_thing_is_not(one: str, other: str) -> None:
    assert likeness(matter_of(one), matter_of(other)) < ALIKE


TOLD = "Lale Sokakta asfalt çöktü, derin çukurlar oluştu. Yama yapılmasını arz ederim."
AGAIN = "Lale Sokak'ta asfaltın çökmesi sonucu oluşan derin çukurlara yama yapılması talebidir"


def test_a_list_of_thousands_is_looked_through_at_a_glance() -> None:
    others = [
        f"{n}. Sokakta çöp konteynerleri taşıyor, günlerdir boşaltılmıyor, koku yapıyor"
        for n in range(20_000)
    ]
    began = time.process_time()
    assert not is_told_by_any(TOLD, others)
    assert time.process_time() - began < 0.3, "for each request of a list: the ledger is locked meanwhile"
    assert is_reworded(AGAIN, TOLD)
    assert is_told_by_any(TOLD, [*others[:9], AGAIN])
