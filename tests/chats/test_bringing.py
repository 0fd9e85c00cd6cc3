"""From the export in a staff member's mail to requests, and what the same export brings next week."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from daemon.domain.request import Channel, Status
from tests.chats.exports import (
    HEADMAN,
    JPEG,
    OFFICE,
    android,
    bring,
    chat_file,
    chat_zip,
    held,
    requests,
    reviews,
    zipped,
)
from tests.steps.sheet_office import SheetOffice

MONDAY = (
    ("09:14", HEADMAN, "Günaydın başkanım"),
    ("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü, derin çukur var"),
    ("09:15", HEADMAN, "IMG-20261009-WA0001.jpg (dosya ekli)"),
    ("09:40", OFFICE, "Hangi numaranın önü?"),
    ("09:52", HEADMAN, "12 numaranın önü"),
    ("09:53", HEADMAN, "Teşekkürler 🙏"),
)
PHOTO = {"IMG-20261009-WA0001.jpg": JPEG}


def test_messages_near_in_time_become_one_request_of_the_headman(office: SheetOffice) -> None:
    bring(office, chat_zip(android(*MONDAY), PHOTO))
    [request] = requests(office)
    assert request.channel is Channel.WHATSAPP
    assert (request.neighbourhood, request.headman) == ("Yayla", HEADMAN)
    assert request.received_at == datetime(2026, 10, 9, 6, 15, tzinfo=UTC)
    assert request.description == "Su Deposu Sokakta yol çöktü, derin çukur var\n12 numaranın önü"
    assert (request.directorate, request.status) == ("fen", Status.REFERRED)
    assert office.letters(request.number)["headman/confirmation"] == 1
    [photo] = request.attachments
    assert (office.app.files.read(photo)) == JPEG
    assert reviews(office) == []


def test_the_same_export_a_week_later_brings_only_what_is_new(office: SheetOffice) -> None:
    bring(office, chat_zip(android(*MONDAY), PHOTO))
    more = android(*MONDAY) + android(
        ("10:00", HEADMAN, "Parkta bank kırık, onarılmasını rica ederim"), day="16.10.2026"
    )
    office.now = office.now.replace(day=19)
    bring(office, chat_zip(more, PHOTO))
    assert [request.subject for request in requests(office)] == [
        "Su Deposu Sokakta yol çöktü, derin çukur var",
        "Parkta bank kırık, onarılmasını rica ederim",
    ]
    bring(office, chat_zip(more, PHOTO), body="Bir daha gönderiyorum.")
    assert len(requests(office)) == 2
    kinds = office.kinds(requests(office)[0].number)
    assert (kinds.count("received"), kinds.count("referred")) == (1, 1)


def test_an_export_that_grew_in_the_middle_of_a_talk_adds_to_the_request(office: SheetOffice) -> None:
    bring(office, chat_file(android(*MONDAY[:2])))
    [number] = [request.number for request in requests(office)]
    bring(office, chat_zip(android(*MONDAY), PHOTO), body="Devamı ektedir.")
    [request] = requests(office)
    assert request.number == number
    assert "12 numaranın önü" in request.note
    assert len(request.attachments) == 1
    assert office.kinds(number).count("chat-added") == 1


def test_an_export_with_media_completes_what_one_without_had_left_out(office: SheetOffice) -> None:
    without = android(*MONDAY).replace("IMG-20261009-WA0001.jpg (dosya ekli)", "<Medya dahil edilmedi>")
    bring(office, chat_file(without))
    [request] = requests(office)
    assert request.attachments == ()
    assert "(Dışa aktarımda yer almayan: medya.)" in request.description
    for body in ("Fotoğraflı hâli ektedir.", "Bir daha gönderiyorum."):
        bring(office, chat_zip(android(*MONDAY), PHOTO), body=body)
    [request] = requests(office)
    assert len(request.attachments) == 1
    assert office.kinds(request.number).count("chat-added") == 1


def test_the_same_conversation_from_another_telephone_brings_nothing_twice(office: SheetOffice) -> None:
    bring(office, chat_zip(android(*MONDAY), PHOTO))
    ios = "".join(
        f"[09.10.2026 {time}:17] {name}: {words}\n"
        for time, name, words in MONDAY
        if not words.endswith("(dosya ekli)")
    ).replace(HEADMAN, "Yayla Muhtarı")
    bring(office, {"WhatsApp Chat - Yayla Muhtarı.zip": zipped({"_chat.txt": ios})})
    assert len(requests(office)) == 1
    assert reviews(office) == []


def test_a_message_edited_or_deleted_later_opens_nothing_but_is_remarked(office: SheetOffice) -> None:
    two = (
        ("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü"),
        ("11:30", HEADMAN, "Parkta bank kırık, onarılsın"),
    )
    bring(office, chat_file(android(*two)))
    first, second = requests(office)
    changed = android(
        ("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü, 14 numara <Bu mesaj düzenlendi>"),
        ("11:30", HEADMAN, "Bu mesaj silindi"),
    )
    for body in ("Güncel hâli.", "Bir daha."):
        bring(office, chat_file(changed), body=body)
    corrected, untouched = requests(office)
    assert untouched == second
    assert (corrected.description, corrected.subject) == (first.description, first.subject)
    assert "sonradan düzenlendi: “Su Deposu Sokakta yol çöktü, 14 numara”" in corrected.note
    assert office.kinds(first.number).count("chat-changed") == 1
    assert office.kinds(second.number).count("chat-changed") == 1
    assert any("14 numara" in entry.text for entry in office.history(first.number))


def test_several_matters_in_one_burst_are_several_requests_with_their_own_photos(office: SheetOffice) -> None:
    text = android(
        ("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü"),
        ("09:15", HEADMAN, "IMG-1.jpg (dosya ekli)"),
        ("09:17", HEADMAN, "Bir de çöpler üç gündür alınmıyor"),
        ("09:17", HEADMAN, "IMG-2.jpg (dosya ekli)"),
    )
    bring(office, chat_zip(text, {"IMG-1.jpg": JPEG + b"1", "IMG-2.jpg": JPEG + b"2"}))
    road, waste = requests(office)
    assert [road.directorate, waste.directorate] == ["fen", "temizlik"]
    assert [path.rpartition("-")[2] for r in (road, waste) for path in r.attachments] == ["1.jpg", "2.jpg"]
    letters = [office.letters(number)["headman/confirmation"] for number in (road.number, waste.number)]
    assert letters == [1, 1]
    with office.ledger.view() as view:
        confirmations = {
            x.message_id for r in (road, waste) for x in view.letters_of(r.number) if "confirm" in x.occasion
        }
    assert len(confirmations) == 1


def test_talk_makes_no_request_and_asks_nobody(office: SheetOffice) -> None:
    text = android(
        ("09:00", HEADMAN, "Günaydın, hayırlı cumalar"),
        ("09:01", HEADMAN, "IMG-1.jpg (dosya ekli)\nHayırlı cumalar"),
        ("09:05", OFFICE, "Günaydın muhtarım"),
        ("09:06", HEADMAN, "👍"),
        ("10:00", HEADMAN, "Tamam başkanım, teşekkürler 🙏"),
        ("10:01", HEADMAN, "STK-1.webp (dosya ekli)"),
    )
    bring(office, chat_zip(text, {"IMG-1.jpg": JPEG}))
    assert requests(office) == []
    assert reviews(office) == []


def test_a_voice_message_alone_is_a_request_that_a_person_hears(office: SheetOffice) -> None:
    bring(
        office, chat_zip(android(("09:15", HEADMAN, "PTT-1.opus (dosya ekli)")), {"PTT-1.opus": b"OggS" * 50})
    )
    [request] = requests(office)
    [review] = reviews(office)
    assert (request.directorate, request.subject) == ("", "Sesli mesaj")
    assert request.attachments[0].endswith("PTT-1.opus")
    assert (review.number, review.link) == (request.number, request.attachments[0])


def test_a_voice_message_beside_words_is_attached_and_marked_for_a_person(office: SheetOffice) -> None:
    text = android(
        ("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü"), ("09:16", HEADMAN, "PTT-1.opus (dosya ekli)")
    )
    bring(office, chat_zip(text, {"PTT-1.opus": b"OggS" * 50}))
    [request] = requests(office)
    assert request.directorate == "fen"
    assert "Sesli mesaj: PTT-1.opus (dinlenmesi gerekir)" in request.description
    assert [review.number for review in reviews(office)] == [request.number]


def test_photos_without_a_word_are_looked_at_by_a_person(office: SheetOffice) -> None:
    bring(office, chat_zip(android(("09:15", HEADMAN, "IMG-1.jpg (dosya ekli)")), {"IMG-1.jpg": JPEG}))
    assert requests(office) == []
    [review] = reviews(office)
    assert review.link.endswith("IMG-1.jpg")
    assert (review.neighbourhood, review.opened_at) == ("Yayla", datetime(2026, 10, 9, 6, 15, tzinfo=UTC))


def test_a_shared_position_stands_in_the_request_as_a_map(office: SheetOffice) -> None:
    text = android(
        ("09:15", HEADMAN, "Burada yol çöktü"),
        ("09:16", HEADMAN, "konum: https://maps.google.com/?q=39.9123,32.8456"),
    )
    bring(office, chat_file(text))
    [request] = requests(office)
    assert "Konum: https://www.openstreetmap.org/?mlat=39.912300&mlon=32.845600" in request.description


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


def test_an_android_mail_with_its_photos_beside_the_text_is_taken_too(office: SheetOffice) -> None:
    bring(office, chat_file(android(*MONDAY)) | PHOTO)
    [request] = requests(office)
    assert len(request.attachments) == 1


def test_a_bip_export_brings_requests_of_its_own_channel(office: SheetOffice) -> None:
    text = f"09.10.2026 09:15:03 {HEADMAN}: Su Deposu Sokakta yol çöktü\n09.10.2026 09:16:00 {OFFICE}: Bakıyoruz\n"
    bring(office, {f"BiP Sohbeti - {HEADMAN}.txt": text.encode()})
    assert [request.channel for request in requests(office)] == [Channel.BIP]


def test_what_was_written_months_ago_is_told_and_not_entered(office: SheetOffice) -> None:
    text = android(("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü"), day="09.03.2026")
    bring(office, chat_file(text + android(*MONDAY[1:2])))
    assert [request.received_at.month for request in requests(office)] == [10]
    [review] = reviews(office)
    assert "üç aydan eski" in review.reason
    assert review.read.startswith("09.03.2026 09:15 Mustafa Şahinbey: Su Deposu")


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


def test_an_export_handed_in_is_taken_like_a_mailed_one(office: SheetOffice, tmp_path: Path) -> None:
    path = tmp_path / f"WhatsApp Sohbeti - {HEADMAN}.zip"
    path.write_bytes(zipped({f"WhatsApp Sohbeti - {HEADMAN}.txt": android(*MONDAY), **PHOTO}))
    assert office.app.ingest(path) == "alındı"
    assert [request.neighbourhood for request in requests(office)] == ["Yayla"]
    assert office.app.ingest(path) == "daha önce alınmış"


def test_a_question_about_a_conversation_is_filed_with_its_channel_and_day(office: SheetOffice) -> None:
    bring(office, chat_zip(android(("09:15", HEADMAN, "IMG-1.jpg (dosya ekli)")), {"IMG-1.jpg": JPEG}))
    office.set_up()
    office.rest()
    office.type(
        "muhtarlik",
        {"Mahalle": "Yayla"},
        title="İnceleme",
        Karar="Yönlendir",
        Müdürlük="Fen İşleri Müdürlüğü",
    )
    office.rest(minutes=1)
    [request] = requests(office)
    assert (request.channel, request.received_at) == (
        Channel.WHATSAPP,
        datetime(2026, 10, 9, 6, 15, tzinfo=UTC),
    )
    assert request.attachments[0].endswith("IMG-1.jpg")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1254"])
def test_a_text_saved_in_another_encoding_is_read(office: SheetOffice, encoding: str) -> None:
    data = android(*MONDAY).replace("🙏", "").encode(encoding)
    bring(office, {f"WhatsApp Sohbeti - {HEADMAN}.txt": data})
    assert [request.neighbourhood for request in requests(office)] == ["Yayla"]


def test_several_exports_in_one_mail_and_a_broken_one_beside_them(office: SheetOffice) -> None:
    files = chat_file(android(*MONDAY)) | {"WhatsApp Sohbeti - X.zip": b"PK\x03\x04bozuk"}
    files |= chat_file(android(("09:15", "Köşk Muhtarı", "Parkta bank kırık, onarılsın")), "Köşk Muhtarı")
    bring(office, files)
    assert [request.neighbourhood for request in requests(office)] == ["Yayla", "Köşk"]
    assert [review.reason for review in reviews(office)] == ["Arşiv dosyası bozuk, açılamadı."]
    assert held(office) == []


def test_what_staff_write_beside_an_export_is_not_lost(office: SheetOffice) -> None:
    body = "Ektedir. Ayrıca Köşk Mahallesi muhtarı aradı, parkta bank kırıkmış, onarılmasını istiyor."
    bring(office, chat_file(android(*MONDAY)), body=body)
    assert [request.neighbourhood for request in requests(office)] == ["Yayla"]
    [review] = reviews(office)
    assert review.reason == "Sohbet işlendi; iletinin kendi metni de bir talep olabilir."
    assert "parkta bank kırıkmış" in review.read


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


def test_an_export_that_all_has_been_seen_of_routes_nothing_and_writes_nothing(office: SheetOffice) -> None:
    text = android(*MONDAY)
    bring(office, chat_file(text))
    before = office.state()
    bring(office, chat_file(text), body="Yine.")
    assert office.state() == before
    assert [entry.text for entry in office.history("") if entry.kind == "chat"][-1] == (
        "WhatsApp sohbeti (Mustafa Şahinbey): 0 yeni mesaj; 0 talep kaydedildi, 0 ek bilgi talebine işlendi, "
        "0 konu bir kişinin kararını bekliyor."
    )


def test_more_requests_than_can_be_true_are_not_entered(office: SheetOffice) -> None:
    lines = [
        f"{1 + n // 60:02d}.09.2026 {7 + n % 12:02d}:{n // 12 % 60:02d} - {place.headman.name}: Yol bozuk, çukur var\n"
        for n, place in enumerate(office.app.office.registry.neighbourhoods * 8)
    ]
    bring(office, chat_file("".join(lines), "Muhtarlar"))
    assert requests(office) == []
    assert [review.reason.partition(" göründü")[2][:1] for review in reviews(office)] == [";"]


def test_messages_copied_into_a_mail_are_the_headmans_and_an_export_later_brings_them_not_again(
    office: SheetOffice,
) -> None:
    pasted = (
        "Kayda alalım.\n\n"
        f"[09:15, 09.10.2026] {HEADMAN}: Su Deposu Sokakta yol çöktü, derin çukur var\n"
        f"[09:40, 09.10.2026] {OFFICE}: Hangi numaranın önü?\n"
        f"[09:52, 09.10.2026] {HEADMAN}: 12 numaranın önü\n\n"
        "İyi çalışmalar\nAyşe Kaya\n"
    )
    bring(office, {}, body=pasted, subject="Muhtardan mesaj")
    [request] = requests(office)
    assert (request.channel, request.neighbourhood) == (Channel.WHATSAPP, "Yayla")
    assert request.description == "Su Deposu Sokakta yol çöktü, derin çukur var\n12 numaranın önü"
    assert request.received_at == datetime(2026, 10, 9, 6, 15, tzinfo=UTC)
    bring(office, chat_file(android(*MONDAY)))
    assert len(requests(office)) == 1


def test_what_only_the_office_wrote_to_a_headman_is_no_request_of_his(office: SheetOffice) -> None:
    said = (("09:15", "Ayşe Kaya", "Muhtarım çöp konteyneri istemiştiniz, yenisi konulacak"),)
    bring(office, chat_file(android(*said), name=HEADMAN))
    assert requests(office) == []
    [review] = reviews(office)
    assert "“Ayşe Kaya” kayıtlı bir muhtarla kesin olarak eşleşmedi" in review.reason
