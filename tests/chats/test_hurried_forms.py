"""Short forms as hurried people mail them: counted, on one line, without colons, misspelt, with more than the sheet's
labels; and staff's mails in their own words."""

from datetime import date

import pytest

from daemon.domain.clock import day_of
from daemon.domain.request import Channel
from daemon.domain.said_channel import said_channel
from daemon.domain.structured.mail_form import completed, read_forms
from tests.chats.exports import STAFF, arrive, export_mail, requests, reviews
from tests.chats.test_people_and_matters import REGISTRY
from tests.steps.sheet_office import SheetOffice

PLAIN = {
    "channel": "Telefon",
    "neighbourhood": "Yayla",
    "subject": "Çöp",
    "description": "Çöpler alınmıyor",
}


@pytest.mark.parametrize(
    "text",
    [
        "Kanal Telefon\nMahalle Yayla\nKonu Çöp\nAçıklama Çöpler alınmıyor",
        "Kanal: Telefon\nMahalle Yayla\nKonu: Çöp\nAçıklama: Çöpler alınmıyor",
        "Kanal: Telefon, Mahalle: Yayla, Konu: Çöp, Açıklama: Çöpler alınmıyor",
        "1) Kanal: Telefon\n2) Mahalle: Yayla\n3) Konu: Çöp\n4) Açıklama: Çöpler alınmıyor",
        "Kanl: Telefon\nMahale: Yayla\nKonuu: Çöp\nAcıklma: Çöpler alınmıyor",
        "Kanal: Telefon\nMahalle: Yayla\nKonu: Çöp\nAçıklama: Çöpler alınmıyor\n-----\n",
        "📞 Kanal: Telefon\n📍 Mahalle: Yayla\n🗑 Konu: Çöp\n📝 Açıklama: Çöpler alınmıyor",
        "Kanal: Telefon\nMuhtarlık: Yayla\nTalep Konusu: Çöp\nTalep: Çöpler alınmıyor",
    ],
)
def test_a_form_is_read_however_its_labels_are_written(text: str) -> None:
    assert read_forms(text) == [PLAIN]


def test_counted_forms_below_one_another_are_two() -> None:
    forms = read_forms(
        "1) Kanal: Telefon\n   Mahalle: Yayla\n   Açıklama: Çöp kutusu istiyor\n"
        "2) Kanal: Sözlü\n   Mahalle: Köşk\n   Açıklama: Elektrik kablosu sarkıyor\n"
    )
    assert [form["description"] for form in forms] == ["Çöp kutusu istiyor", "Elektrik kablosu sarkıyor"]
    ruled = read_forms(
        "Kanal: Sözlü\nMahalle: Yayla\nAçıklama: Bank kırık\n---\nKanal: BiP\nMahalle: Köşk\nKonu: Çöp"
    )
    assert [form.get("description") for form in ruled] == ["Bank kırık", None]


@pytest.mark.parametrize(
    "text",
    [
        "Mahalle halkı toplantıya geldi.\nKonu görüşüldü.\nMuhtar teşekkür etti.",
        "Kanal temizliği yapıldı.\nMahalle sakinleri memnun.",
        "Konum: 39,92 32,85\nKonut: 12 daire",
    ],
)
def test_sentences_that_begin_like_labels_are_no_form(text: str) -> None:
    assert read_forms(text) == []


def test_words_within_a_description_are_no_labels() -> None:
    [form] = read_forms(
        "Kanal: Telefon\nMahalle: Yayla\nAçıklama: Çöpler alınmıyor\nKonu acildir\nMuhtar bekliyor"
    )
    assert form["description"] == "Çöpler alınmıyor\nKonu acildir\nMuhtar bekliyor"


def test_a_label_that_the_sheet_has_not_goes_along_with_the_description() -> None:
    [form] = read_forms(
        "Kanal: Telefon\nMahalle: Yayla\nKonu: Yol\nAdres: Gül Sokak No 5\nAçıklama: Çukur var\n\nSaygılarımla\nAli"
    )
    assert form["description"] == "Çukur var\n\nSaygılarımla\nAli\nAdres: Gül Sokak No 5"


def test_a_misspelt_channel_is_the_one_meant() -> None:
    assert completed({"channel": "Telfon"}, REGISTRY)["channel"] == "Telefon"
    assert completed({"channel": "Telsiz"}, REGISTRY)["channel"] == "Telsiz"


def test_a_headman_called_by_a_part_of_his_name_is_the_registers() -> None:
    for who in ("Mustafa Bey", "Muhtar Bey", "0500 000 04 21", "mustafa şahinbey"):
        assert (
            completed({"neighbourhood": "Yayla", "headman": who}, REGISTRY)["headman"] == "Mustafa Şahinbey"
        )
    assert completed({"neighbourhood": "Yayla", "headman": "Veli Bey"}, REGISTRY)["headman"] == "Veli Bey"


def test_the_day_on_which_he_called_counts_and_stands_in_no_subject(office: SheetOffice) -> None:
    body = "Kanal: Telefon\nMahalle: Yayla\nAçıklama: Terk edilmiş araç kaldırılsın\nTarih: 09.10.2026"
    arrive(office, export_mail({}, subject="Telefon", body=body))
    [request] = requests(office)
    assert day_of(request.received_at) == date(2026, 10, 9)
    assert (request.subject, request.description) == ("Terk edilmiş araç kaldırılsın",) * 2
    assert request.due == date(2026, 11, 2)


def test_a_day_that_cannot_be_stays_in_the_words(office: SheetOffice) -> None:
    body = "Tarih: 12.12.2026\nKanal: Telefon\nMahalle: Yayla\nAçıklama: Terk edilmiş araç kaldırılsın"
    arrive(office, export_mail({}, subject="Telefon", body=body))
    [request] = requests(office)
    assert request.received_at == office.now
    assert request.subject == "Terk edilmiş araç kaldırılsın"
    assert request.description.endswith("\nTarih: 12.12.2026")


def test_a_form_in_the_subject_alone_is_one(office: SheetOffice) -> None:
    arrive(
        office, export_mail({}, subject="Kanal: Telefon Mahalle: Yayla Konu: Asfaltta çukur açıldı", body=" ")
    )
    [request] = requests(office)
    assert (request.channel, request.subject) == (Channel.PHONE, "Asfaltta çukur açıldı")


def test_a_form_whose_headman_is_nobodys_is_entered_and_its_sender_told(office: SheetOffice) -> None:
    body = "Kanal: Telefon\nMahalle: Yayla\nMuhtar: Veli Kara\nAçıklama: Asfaltta çukur açıldı"
    arrive(office, export_mail({}, subject="Telefon", body=body))
    assert [(r.neighbourhood, r.headman) for r in requests(office)] == [("Yayla", "Mustafa Şahinbey")]
    with office.ledger.view() as view:
        told = [letter for letter in view.letters_waiting(office.now, 99) if letter.recipient == STAFF]
    assert [letter.occasion for letter in told] == ["office/notice"]


def test_a_form_with_another_neighbourhoods_headman_waits(office: SheetOffice) -> None:
    body = "Kanal: Telefon\nMahalle: Yayla\nMuhtar: Hatice Çelikkol\nAçıklama: Asfaltta çukur açıldı"
    arrive(office, export_mail({}, subject="Telefon", body=body))
    assert requests(office) == []
    [review] = reviews(office)
    assert "“Hatice Çelikkol”, Köşk Mahallesi muhtarı; Mahalle veya Muhtar" in review.reason


def test_the_headmans_name_and_surname_are_labelled_too(office: SheetOffice) -> None:
    body = "Kanal: Telefon\nMuhtar Adı Soyadı: Hatice Çelikkol\nTalep Açıklaması: Asfaltta çukur açıldı"
    arrive(office, export_mail({}, subject="Telefon", body=body))
    [request] = requests(office)
    assert (request.neighbourhood, request.headman, request.note) == ("Köşk", "Hatice Çelikkol", "")
    assert request.description == "Asfaltta çukur açıldı"


def test_a_form_with_several_matters_names_whom_else_it_concerns(office: SheetOffice) -> None:
    body = (
        "Kanal: Saha\nMahalle: Yayla\nAçıklama: Çöpler alınmıyor. Ayrıca parktaki salıncak kırık, onarılsın."
    )
    arrive(office, export_mail({}, subject="Saha", body=body))
    [request] = requests(office)
    assert request.directorate == "temizlik"
    assert "Birden çok konu olabilir; ayrıca ilgili görünen: Park ve Bahçeler Müdürlüğü." in request.note


@pytest.mark.parametrize(
    ("subject", "text", "channel"),
    [
        ("Yayla Mahallesi saha ziyareti", "Bank kırık", Channel.FIELD),
        ("Telefonla gelen talep", "Bank kırık", Channel.PHONE),
        ("Talep", "Muhtarımız telefonla aradı, çöpler alınmıyormuş.", Channel.PHONE),
        ("Talep", "Muhtar sözlü olarak bildirdi, bank kırık.", Channel.VERBAL),
        ("Talep", "Muhtar WhatsApp'tan yazdı, bank kırık.", Channel.WHATSAPP),
        ("Talep", "Telefon direği devrildi, saha düzenlensin.", Channel.EMAIL),
        ("Halı saha", "Halı sahanın telleri kopuk, telefon kulübesi de kırık.", Channel.EMAIL),
        ("Telefon", "Çukur var.", Channel.PHONE),
        ("Telefon direği", "Telefon direği devrildi.", Channel.EMAIL),
        ("Tel. talebi", "Çukur var.", Channel.PHONE),
        ("Telefon araması - Yayla", "Çukur var.", Channel.PHONE),
        ("", "Yayla muhtarı Mustafa Bey aradı, konteyner kırık.", Channel.PHONE),
        ("", "Muhtarımız Fatma Hanım bugün bizi arayarak çukuru bildirdi.", Channel.PHONE),
        ("", "Vatandaşlar muhtarı aradı, çöp alınmıyor.", Channel.EMAIL),
        ("", "Muhtar aranarak bilgi verilsin.", Channel.EMAIL),
        ("Şifahi talep", "Çukur var.", Channel.VERBAL),
        ("", "Muhtar şifahen bildirdi.", Channel.VERBAL),
        ("", "Köşk muhtarı müdürlüğümüze gelerek bank istedi.", Channel.VERBAL),
        ("", "Ofisimize gelen yol bozuk.", Channel.EMAIL),
        ("Sahadan notlar", "Çukur var.", Channel.FIELD),
        ("Saha - 19 Mayıs", "Çukur var.", Channel.FIELD),
        ("Saha çimleri", "Spor sahasının çimleri bozuk.", Channel.EMAIL),
        ("", "Bugün mahallede gezerken gördük, bank kırık.", Channel.FIELD),
        ("", "Mahallede gezen köpekler var.", Channel.EMAIL),
        ("Watsaptan gelen", "Çukur var.", Channel.WHATSAPP),
        ("", "Whatsapptan mesaj attı, çöp alınmıyor.", Channel.WHATSAPP),
        ("WP'den gelen talep", "Çukur var.", Channel.WHATSAPP),
    ],
)
def test_staffs_own_words_say_how_they_heard_of_it(subject: str, text: str, channel: Channel) -> None:
    assert said_channel(subject, text) is channel


def test_a_field_visit_in_plain_words_is_one_and_its_subject_decides_nothing(office: SheetOffice) -> None:
    body = "Yayla Mahallesinde merdiven korkuluğu kırık, fotoğrafı ektedir."
    arrive(office, export_mail({}, subject="Yayla Mahallesi saha ziyareti", body=body))
    [request] = requests(office)
    assert (request.channel, request.directorate) == (Channel.FIELD, "fen")
    assert request.subject.startswith("Yayla Mahallesinde merdiven korkuluğu kırık")
    assert reviews(office) == []


def test_a_colleagues_mail_about_two_headmen_is_filed_for_neither(office: SheetOffice) -> None:
    body = "Çınarlı muhtarı telefonla aradı, kaldırım taşları sökülmüş.\nBoğaziçi muhtarı aradı, parkta bank kırık."
    arrive(office, export_mail({}, subject="Bugünkü telefonlar", body=body))
    assert requests(office) == []
    [review] = reviews(office)
    assert "birden çok mahallenin muhtarı anılıyor (Boğaziçi, Çınarlı)" in review.reason
    assert "parkta bank kırık" in review.read


def test_the_offices_name_below_a_form_without_colons_is_no_neighbourhood() -> None:
    [form] = read_forms("Kanal Telefon\nMuhtar Mustafa Şahinbey\nKonu Çöp\nMuhtarlık İşleri Müdürlüğü")
    assert "neighbourhood" not in form


@pytest.mark.parametrize("below", ["", "\n\n-----Özgün İleti-----\nKimden: Ali\nKonu: Talepler\n\nSelam"])
def test_several_forms_are_entered_though_the_later_ones_look_like_a_signature(
    office: SheetOffice, below: str
) -> None:
    body = (
        "Kanal: telefon\nMahalle: YAYLA MAH\nKonu: çukur\nAçıklama: Çınar Sokak 5 önünde çukur\n\n"
        "Kanal: Wp\nMahalle: Yayla\nMuhtar: M. Şahinbey\nKonu: çöp\nAçıklama: Konteyner kırık\n\n"
        "KANAL : SÖZLÜ\nMAHALLESİ : KÖŞK\nAÇIKLAMA : OKUL SOKAK KALDIRIM BOZUK"
    )
    arrive(office, export_mail({}, subject="Günlük kayıtlar", body=body + below))
    entered = {(request.channel, request.neighbourhood) for request in requests(office)}
    asked = {review.reason for review in reviews(office)}
    assert entered == {(Channel.PHONE, "Yayla"), (Channel.WHATSAPP, "Yayla"), (Channel.VERBAL, "Köşk")}, asked


def test_a_form_s_labels_may_be_wordier(office: SheetOffice) -> None:
    body = (
        "Talep Kanalı: Telefonla\nMahale: Yayla\nMuhtarın Adı: Mustafa Şahinbey\nTlf: 5000000421\n"
        "Talebin Konusu: Park\nTalep Detayı: Su Deposu Sokak yanındaki parkta bank kırık"
    )
    arrive(office, export_mail({}, subject="talep", body=body))
    [request] = requests(office)
    assert (request.channel, request.neighbourhood, request.subject) == (Channel.PHONE, "Yayla", "Park")
    assert request.description == "Su Deposu Sokak yanındaki parkta bank kırık"
