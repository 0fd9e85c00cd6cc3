"""Case endings and names, as a Turkish official writes them."""

import pytest

from daemon.domain.grammar import ablative, dative, genitive, neighbourhood, person

ENDINGS = [
    ("Fen İşleri Müdürlüğü", "Müdürlüğüne", "Müdürlüğünün", "Müdürlüğünden"),
    ("Park ve Bahçeler Müdürlüğü", "Müdürlüğüne", "Müdürlüğünün", "Müdürlüğünden"),
    ("FEN İŞLERİ MÜDÜRLÜĞÜ", "MÜDÜRLÜĞÜNE", "MÜDÜRLÜĞÜNÜN", "MÜDÜRLÜĞÜNDEN"),
    ("İtfaiye Dairesi Başkanlığı", "Başkanlığına", "Başkanlığının", "Başkanlığından"),
    ("Büyükşehir Belediyesi", "Belediyesine", "Belediyesinin", "Belediyesinden"),
    ("Karayolları", "Karayollarına", "Karayollarının", "Karayollarından"),
    ("Jandarma Karakolu", "Karakoluna", "Karakolunun", "Karakolundan"),
    ("Müftülük", "Müftülüğe", "Müftülüğün", "Müftülükten"),
    ("Emniyet", "Emniyete", "Emniyetin", "Emniyetten"),
    ("ASKİ", "ASKİ'ye", "ASKİ'nin", "ASKİ'den"),
    ("TOKİ", "TOKİ'ye", "TOKİ'nin", "TOKİ'den"),
    ("EGO", "EGO'ya", "EGO'nun", "EGO'dan"),
    ("UKOME", "UKOME'ye", "UKOME'nin", "UKOME'den"),
    ("ABB", "ABB'ye", "ABB'nin", "ABB'den"),
    ("TCDD", "TCDD'ye", "TCDD'nin", "TCDD'den"),
    ("PTT", "PTT'ye", "PTT'nin", "PTT'den"),
    ("MEB", "MEB'e", "MEB'in", "MEB'den"),
    ("Başkent EDAŞ", "EDAŞ'a", "EDAŞ'ın", "EDAŞ'tan"),
    ("Başkentgaz", "Başkentgaz'a", "Başkentgaz'ın", "Başkentgaz'dan"),
    ("Türk Telekom", "Telekom'a", "Telekom'un", "Telekom'dan"),
    ("Milli Eğitim", "Eğitim'e", "Eğitim'in", "Eğitim'den"),
]


@pytest.mark.parametrize(("name", "to", "of", "from_"), ENDINGS)
def test_names_take_their_endings(name: str, to: str, of: str, from_: str) -> None:
    front = name.rpartition(" ")[0]
    assert (dative(name), genitive(name), ablative(name)) == tuple(
        f"{front} {w}".strip() for w in (to, of, from_)
    )


def test_no_name_takes_no_ending() -> None:
    assert (dative(""), genitive(" "), ablative("")) == ("", "", "")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("ayşe nur yılmaz", "Ayşe Nur YILMAZ"),
        ("İSMAİL IŞIK", "İsmail IŞIK"),
        ("Ali Çelik-iğdeli", "Ali ÇELİK-İĞDELİ"),
        ("  can   öz ", "Can ÖZ"),
        ("", ""),
    ],
)
def test_family_names_are_in_capitals(name: str, written: str) -> None:
    assert person(name) == written


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Yayla", "Yayla Mahallesi"),
        ("YAYLA MAH.", "Yayla Mahallesi"),
        ("yayla mh", "yayla Mahallesi"),
        ("19 Mayıs Mahallesi", "19 Mayıs Mahallesi"),
        ("ÇİÇEKLİ", "Çiçekli Mahallesi"),
        ("Mahallesi", ""),
        ("", ""),
    ],
)
def test_neighbourhoods_are_named_in_full(name: str, written: str) -> None:
    assert neighbourhood(name) == written
