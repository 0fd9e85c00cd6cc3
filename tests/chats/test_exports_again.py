"""What an exported conversation brings when it comes once more: grown, completed, changed, from elsewhere."""

from datetime import UTC, datetime

from daemon.domain.request import Channel
from tests.chats.exports import (
    HEADMAN,
    MONDAY,
    OFFICE,
    PHOTO,
    android,
    bring,
    chat_file,
    chat_zip,
    requests,
    reviews,
    zipped,
)
from tests.steps.sheet_office import SheetOffice


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
