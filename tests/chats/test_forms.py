"""The short form by which staff enter requests by mail."""

import pytest

from daemon.domain.positions import with_map_links
from daemon.domain.request import Channel
from daemon.domain.structured.mail_form import completed, read_forms
from tests.chats.exports import STAFF, arrive, export_mail, requests, reviews
from tests.chats.test_people_and_matters import REGISTRY
from tests.steps.sheet_office import SheetOffice

FULL = """\
Kanal: Telefon
Mahalle: Yayla
Muhtar: Mustafa Şahinbey
Konu: Çukur
Açıklama: Yol çöktü
Müdürlük: Fen İşleri"""


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        (
            FULL,
            [
                {
                    "channel": "Telefon",
                    "neighbourhood": "Yayla",
                    "headman": "Mustafa Şahinbey",
                    "subject": "Çukur",
                    "description": "Yol çöktü",
                    "directorate": "Fen İşleri",
                }
            ],
        ),
        (
            "KONU :çöp\nMAHALLE:  Köşk Mah.\nkanal= tel",
            [{"subject": "çöp", "neighbourhood": "Köşk Mah.", "channel": "tel"}],
        ),
        (
            "Kanal: Sözlü\nMahalle: Yayla\nAciklama: Birinci satır\nikinci satır: devamı\n\nson satır\nKonu: x",
            [
                {
                    "channel": "Sözlü",
                    "neighbourhood": "Yayla",
                    "description": "Birinci satır\nikinci satır: devamı\n\nson satır",
                    "subject": "x",
                }
            ],
        ),
        (
            "Merhaba,\n* Kanal: Telefon\n* Mahalle:\nKöşk\n* Konu: a\n\nKanal: Saha\nMahalle: Yayla\nKonu: b",
            [
                {"channel": "Telefon", "neighbourhood": "Köşk", "subject": "a"},
                {"channel": "Saha", "neighbourhood": "Yayla", "subject": "b"},
            ],
        ),
        (
            "kanal - sözlü\nmahalle – uyanış\nkonu - park\nmuhtar onarım istedi",
            [
                {
                    "channel": "sözlü",
                    "neighbourhood": "uyanış",
                    "subject": "park",
                    "description": "muhtar onarım istedi",
                }
            ],
        ),
        (
            "Kanal: Telefon\nMahalle: Uyanış\nKonu: Park\n\nSalıncak onarılsın istedi.\n\nİyi çalışmalar.\nAli Veli",
            [
                {
                    "channel": "Telefon",
                    "neighbourhood": "Uyanış",
                    "subject": "Park",
                    "description": "Salıncak onarılsın istedi.",
                }
            ],
        ),
        (
            "Kanal: Tel\nMahalle: Yayla\nAçıklama: Taşlar sökük\nMüdürlük: Fen İşleri\n"
            "Yer: Okul Sokak 12 önü, bir hanım düştü\nAcil yapılsın\n\nAyşe Kaya\nMuhtarlık İşleri Müdürlüğü",
            [
                {
                    "channel": "Tel",
                    "neighbourhood": "Yayla",
                    "description": "Taşlar sökük\nYer: Okul Sokak 12 önü, bir hanım düştü\nAcil yapılsın",
                    "directorate": "Fen İşleri",
                }
            ],
        ),
        (
            "Açıklama: Taşlar sökük\nMahalle: Yayla\nKanal: Tel\n\nİyi çalışmalar\nAyşe Kaya\n\nNot: cumaya kadar",
            [{"description": "Taşlar sökük\nNot: cumaya kadar", "neighbourhood": "Yayla", "channel": "Tel"}],
        ),
        (
            "Açıklama: Taşlar sökük\nMahalle: Yayla\nKanal: Tel\nAyşe Kaya",
            [{"description": "Taşlar sökük", "neighbourhood": "Yayla", "channel": "Tel"}],
        ),
        (
            "kanal telefon\nmahalle köşk\nmüdürlük fen işleri\nkonu köpek\naçıklama köpekler saldırıyor",
            [
                {
                    "channel": "telefon",
                    "neighbourhood": "köşk",
                    "directorate": "fen işleri",
                    "subject": "köpek",
                    "description": "köpekler saldırıyor",
                }
            ],
        ),
        (
            "kanal: telefon\naçıklama: çöp\nmahalle halkı istiyor\nmahalle sakinleri şikayetçi\nmahalle: yayla",
            [
                {
                    "channel": "telefon",
                    "description": "çöp\nmahalle halkı istiyor\nmahalle sakinleri şikayetçi",
                    "neighbourhood": "yayla",
                }
            ],
        ),
        ("> **Kanal:** Tel\n> **Mahalle:** Yayla", [{"channel": "Tel", "neighbourhood": "Yayla"}]),
        (
            "Kanal: Sözlü Mahalle: Emek, Açıklama: Çöp var Konu: bu da metin",
            [{"channel": "Sözlü", "neighbourhood": "Emek", "description": "Çöp var Konu: bu da metin"}],
        ),
        (
            "Kanal: BiP Mahalle: Emek Konu: Köpek Saati: gece Açıklama: Başıboş köpekler var",
            [
                {
                    "channel": "BiP",
                    "neighbourhood": "Emek",
                    "subject": "Köpek Saati: gece",
                    "description": "Başıboş köpekler var",
                }
            ],
        ),
        (
            "Kanal: BiP\nTel: 0500 000 04 21\nAçıklama: Çukur\nTel: 0532 111 22 33",
            [
                {
                    "channel": "BiP",
                    "phone": "0500 000 04 21",
                    "description": "Çukur\nTel: 0532 111 22 33",
                }
            ],
        ),
        ("Konu: toplantı\nSaat: 10:00", []),
        ("Mahalle: Yayla", []),
        ("", []),
    ],
)
def test_labels_are_read_in_any_order_and_spelling(text: str, forms: list[dict[str, str]]) -> None:
    assert read_forms(text) == forms


def test_a_headman_or_his_telephone_stands_for_his_neighbourhood() -> None:
    for who in ("Mustafa Şahinbey", "0500 000 04 21"):
        form = completed({"channel": "telefonla", "headman": who, "subject": "x"}, REGISTRY)
        assert (form["channel"], form["neighbourhood"], form["headman"]) == (
            "Telefon",
            "Yayla",
            "Mustafa Şahinbey",
        )


def test_the_callers_telephone_tells_the_neighbourhood_and_a_strangers_stays_in_the_text() -> None:
    known = completed({"channel": "Telefon", "phone": "0500 000 04 21", "description": "Çukur"}, REGISTRY)
    assert (known["neighbourhood"], known["description"]) == ("Yayla", "Çukur")
    strange = completed({"channel": "Telefon", "phone": "0532 1112233", "description": "Çukur"}, REGISTRY)
    assert "neighbourhood" not in strange
    assert strange["description"] == "Çukur\nTelefon: 0532 1112233"
    assert strange["subject"] == "Çukur"
    empty = completed({"channel": "Telefon", "phone": "0532 1112233"}, REGISTRY)
    assert "description" not in empty


def test_a_telephone_is_not_what_a_form_is_about(office: SheetOffice) -> None:
    body = "Kanal: Telefon\nMahalle: Yayla\nAçıklama: Kaldırım taşları sökük\nTelefonu: 0532 111 22 33\nAcil yapılsın\n"
    arrive(office, export_mail({}, subject="Telefon", body=body))
    [request] = requests(office)
    assert request.description == "Kaldırım taşları sökük\nAcil yapılsın\nTelefon: 0532 111 22 33"
    assert (request.directorate, request.note) == ("fen", "")


def test_the_offices_own_telephone_below_a_form_is_no_part_of_it(office: SheetOffice) -> None:
    body = f"{FULL}\n\nAyşe Kaya\nMuhtarlık İşleri Müdürlüğü\nTel: 0312 000 00 00\n"
    arrive(office, export_mail({}, subject="Telefon", body=body))
    [request] = requests(office)
    assert request.description == "Yol çöktü"


def test_a_position_that_staff_type_gets_its_map_link(office: SheetOffice) -> None:
    body = "Kanal: Saha\nMahalle: Yayla\nAçıklama: Kaldırım taşları sökük\nKonum: 39.95, 32.81\n"
    arrive(office, export_mail({}, subject="Saha", body=body))
    [request] = requests(office)
    assert request.description.startswith(
        "Kaldırım taşları sökük\nKonum: 39.95, 32.81\nKonum: https://www.open"
    )


@pytest.mark.parametrize(
    "text",
    ["q=39.95,32.81", "https://maps.google.com/@39.95,32.81", "12.05, 13.05", "39.95 32.8", "5.3.2026"],
)
def test_figures_that_are_no_position_get_no_link(text: str) -> None:
    assert with_map_links(text) == text


def test_a_whole_form_written_into_an_answer_is_a_request_of_its_own(office: SheetOffice) -> None:
    number = office.ask()
    arrive(office, export_mail({}, subject=f"Re: [{number}] Yeni talep", body=FULL))
    assert [r.subject for r in requests(office) if r.number != number] == ["Çukur"]
    assert reviews(office) == []


def test_a_form_becomes_a_request_of_its_channel(office: SheetOffice) -> None:
    arrive(office, export_mail({}, subject="Telefon", body=f"{FULL}\n\nİyi çalışmalar\nAyşe Kaya\n"))
    [request] = requests(office)
    assert (request.channel, request.neighbourhood, request.directorate) == (Channel.PHONE, "Yayla", "fen")
    assert (request.subject, request.description) == ("Çukur", "Yol çöktü")
    assert office.history(request.number)[0].actor == STAFF
    assert office.letters(request.number)["headman/confirmation"] == 1


def test_several_forms_in_one_mail_are_several_requests(office: SheetOffice) -> None:
    second = "Kanal: yüz yüze\nMuhtar: Hatice Çelikkol\nAçıklama: Parkta bank kırık, onarılmasını istiyor"
    arrive(office, export_mail({}, subject="İki talep", body=f"{FULL}\n\n{second}\n"))
    assert [(r.channel, r.neighbourhood) for r in requests(office)] == [
        (Channel.PHONE, "Yayla"),
        (Channel.VERBAL, "Köşk"),
    ]


def test_a_form_that_lacks_something_waits_and_its_sender_is_told(office: SheetOffice) -> None:
    arrive(
        office,
        export_mail({}, subject="Telefon", body="Kanal: Telefon\nMahalle: Yaylacık\nKonu: Yol çöktü\n"),
    )
    assert requests(office) == []
    [review] = reviews(office)
    assert review.reason == (
        "Personelin kısa formunda eksik bilgi var: “Yaylacık” adında bir mahalle yok (benzer: Yakacık); "
        "listeden seçiniz."
    )
    with office.ledger.view() as view:
        told = {(letter.occasion, letter.recipient) for letter in view.letters_waiting(office.now, 99)}
    assert ("office/notice", STAFF) in told
    office.set_up()
    office.rest()
    office.type(
        "muhtarlik",
        {"Konu": "Yol çöktü"},
        title="İnceleme",
        Karar="Yeni talep olarak kaydet",
        Doğru_Mahalle="Yayla",
    )
    office.rest(minutes=1)
    assert [(r.channel, r.neighbourhood) for r in requests(office)] == [(Channel.PHONE, "Yayla")]


def test_the_same_form_mailed_twice_is_one_request(office: SheetOffice) -> None:
    raw = export_mail({}, subject="Telefon", body=FULL)
    arrive(office, raw)
    arrive(office, raw.replace(b"Subject: Telefon", b"X-Copy: 1\r\nSubject: Telefon"))
    assert len(requests(office)) == 1


def test_a_headman_who_writes_labels_is_a_headman_all_the_same(office: SheetOffice) -> None:
    body = "Kanal: Telefon\nMahalle: Köşk\nKonu: Çukur\nAçıklama: Yol çöktü, onarılmasını rica ederim."
    arrive(office, export_mail({}, sender="yayla.muhtari@example.com", subject="Çukur", body=body))
    assert [(r.channel, r.neighbourhood) for r in requests(office)] == [(Channel.EMAIL, "Yayla")]
