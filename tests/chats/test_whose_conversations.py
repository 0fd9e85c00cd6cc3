"""Whose messages an exported conversation holds, and who may send it."""

import pytest

from tests.chats.exports import (
    HEADMAN,
    MONDAY,
    OFFICE,
    android,
    arrive,
    bring,
    chat_file,
    export_mail,
    requests,
    reviews,
)
from tests.steps.sheet_office import SheetOffice


@pytest.mark.parametrize(
    "name", ["+90 500 000 04 21", "Yayla Muhtarı", "YAYLA MAH. MUHTAR", "Muhtar Mustafa Şahinbey"]
)
def test_a_contact_is_known_by_telephone_or_by_the_name_that_staff_gave_it(
    office: SheetOffice, name: str
) -> None:
    bring(
        office,
        chat_file(android(("09:15", name, "Yol çöktü, çukur var"), ("09:16", "Ayşe", "Bakıyoruz")), name),
    )
    assert [request.neighbourhood for request in requests(office)] == ["Yayla"]


def test_an_unknown_contact_waits_for_a_person_with_a_guess(office: SheetOffice) -> None:
    text = android(("09:15", "Muhtar Mustafa", "Yol çöktü, çukur var"), ("09:16", "Ayşe", "Bakıyoruz"))
    bring(office, chat_file(text, "Muhtar Mustafa"))
    assert requests(office) == []
    [review] = reviews(office)
    assert "“Muhtar Mustafa” kayıtlı bir muhtarla kesin olarak eşleşmedi" in review.reason
    assert review.guess.startswith("Olası mahalle: Yayla (Mustafa Şahinbey); Fen İşleri Müdürlüğü")
    assert review.neighbourhood == "Yayla"
    bring(office, chat_file(text, "Muhtar Mustafa"), body="Bir daha.")
    assert len(reviews(office)) == 1


def test_the_neighbourhood_that_staff_name_beside_the_export_settles_who_it_is(office: SheetOffice) -> None:
    text = android(("09:15", "Mustafa Abi", "Yol çöktü, çukur var"), ("09:16", "Ayşe", "Bakıyoruz"))
    bring(office, chat_file(text, "Mustafa Abi"), body="Mahalle: Köşk\nSohbet ektedir.")
    assert [request.neighbourhood for request in requests(office)] == ["Köşk"]


def test_in_a_group_each_headman_gets_his_own_requests(office: SheetOffice) -> None:
    text = android(
        ("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü"),
        ("09:15", "Köşk Muhtarı", "Parkta bank kırık, onarılmasını rica ederim"),
        ("09:16", OFFICE, "Not alındı"),
        ("09:17", "~ Veli", "Bizim sokakta da çöpler alınmadı"),
        ("09:18", "Köşk Muhtarı", "Teşekkürler"),
    )
    bring(office, chat_file(text, "Muhtarlar Grubu"))
    assert [(r.neighbourhood, r.directorate) for r in requests(office)] == [
        ("Yayla", "fen"),
        ("Köşk", "park"),
    ]
    [review] = reviews(office)
    assert (review.sender, review.subject) == ("Veli", "Bizim sokakta da çöpler alınmadı")


def test_a_headmans_own_export_waits_for_a_person(office: SheetOffice) -> None:
    bring(office, chat_file(android(*MONDAY)), sender="yayla.muhtari@example.com", body="")
    assert requests(office) == []
    [review] = reviews(office)
    assert (
        review.reason
        == "Muhtar kendi sohbetinin dışa aktarımını göndermiş; kayıt için ofis personeli karar vermelidir."
    )


def test_a_strangers_export_changes_nothing(office: SheetOffice) -> None:
    bring(office, chat_file(android(*MONDAY)), sender="biri@example.com")
    assert requests(office) == []
    assert [review.reason for review in reviews(office)] == ["Gönderen, kayıtlı bir muhtar değil."]


def test_who_answers_headmen_in_private_is_the_office_in_their_group_too(office: SheetOffice) -> None:
    private = android(("09:15", HEADMAN, "Yol çöktü"), ("09:16", "Ayşe Kaya", "Bakıyoruz"))
    bring(office, chat_file(private))
    group = android(
        ("10:00", "Ayşe Kaya", "Çöpler alınmadı, ekip gönderilmesini istiyoruz"),
        ("10:01", "Köşk Muhtarı", "Parkta bank kırık, onarılsın"),
        ("10:02", "Veli", "Merhaba"),
    )
    bring(office, chat_file(group, "Muhtarlar"))
    assert [request.neighbourhood for request in requests(office)] == ["Yayla", "Köşk"]
    assert reviews(office) == []


def test_a_group_of_two_writers_is_a_group_all_the_same(office: SheetOffice) -> None:
    text = "09.10.2026 08:00 - Ayşe bu grubu oluşturdu\n" + android(
        ("09:15", HEADMAN, "Yol çöktü"), ("09:16", "Veli", "Bizim sokakta çöpler alınmadı")
    )
    bring(office, chat_file(text, "Muhtarlar"))
    assert [request.neighbourhood for request in requests(office)] == ["Yayla"]
    assert [review.sender for review in reviews(office)] == ["Veli"]


def test_what_only_the_office_wrote_to_a_headman_is_no_request_of_his(office: SheetOffice) -> None:
    said = (("09:15", "Ayşe Kaya", "Muhtarım çöp konteyneri istemiştiniz, yenisi konulacak"),)
    bring(office, chat_file(android(*said), name=HEADMAN))
    assert requests(office) == []
    [review] = reviews(office)
    assert "“Ayşe Kaya” kayıtlı bir muhtarla kesin olarak eşleşmedi" in review.reason


@pytest.mark.parametrize(
    ("said", "entered"),
    [
        ("spf=none", 1),
        ("spf=pass smtp.mailfrom=a@example.net", 0),
        ("dmarc=fail header.from=ornek.bel.tr", 0),
    ],
)
def test_an_export_in_a_colleagues_name_by_another_is_not_taken(
    office: SheetOffice, said: str, entered: int
) -> None:
    trust = office.app.settings.trust.model_copy(
        update={"require": "dmarc", "authserv_id": "mx.ornek.bel.tr"}
    )
    office.app.settings = office.app.settings.model_copy(update={"trust": trust})
    text = android(("09:15", HEADMAN, "Yol çöktü, çukur var"), ("09:16", "Ayşe", "Bakıyoruz"))
    proof = f"Authentication-Results: mx.ornek.bel.tr; {said}\r\n".encode()
    arrive(office, proof + export_mail(chat_file(text)))
    assert len(requests(office)) == entered
    assert bool(reviews(office)) is not bool(entered)
