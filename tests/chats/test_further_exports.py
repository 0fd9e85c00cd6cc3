"""What other telephones and messengers write of files, and what staff say beside an export."""

from datetime import UTC, datetime

import pytest

from daemon.domain.chats.chat import read_chat
from daemon.domain.chats.words import Media, MediaSort, read_words
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


@pytest.mark.parametrize(
    ("words", "sort", "name"),
    [
        ("<eklenen: 00000003-PHOTO-2026-10-05.jpg>", MediaSort.PHOTO, "00000003-PHOTO-2026-10-05.jpg"),
        ("<Anhang: 00000004-AUDIO-2026-10-05.opus>", MediaSort.VOICE, "00000004-AUDIO-2026-10-05.opus"),
        ("<ekli dosya: Dilekçe son hali.pdf>", MediaSort.DOCUMENT, "Dilekçe son hali.pdf"),
        ("resim.jpg", MediaSort.PHOTO, "resim.jpg"),
        ("1. Liste: a.pdf (dosya ekli)", MediaSort.DOCUMENT, "1. Liste: a.pdf"),
        ("DOC-20261009-WA0010. (dosya ekli)", MediaSort.DOCUMENT, "DOC-20261009-WA0010."),
        ("20261009_112233.mp4", MediaSort.VIDEO, "20261009_112233.mp4"),
        ("dilekçe.pdf • 2 sayfa belge dahil edilmedi", MediaSort.DOCUMENT, ""),
        ("tek görünümlük fotoğraf dahil edilmedi", MediaSort.PHOTO, ""),
        ("[Fotoğraf]", MediaSort.PHOTO, ""),
        ("🎤 Sesli mesaj (0:12)", MediaSort.VOICE, ""),
        ("📷 Fotoğraf", MediaSort.PHOTO, ""),
    ],
)  # fmt: skip
def test_a_file_is_one_however_the_telephone_says_so(words: str, sort: MediaSort, name: str) -> None:
    said = read_words(words)
    assert (said.media, said.text) == ((Media(sort, name),), "")


@pytest.mark.parametrize(
    "words",
    [
        "Fotoğraf gönderdim",
        "Sesli mesaj attım dinlediniz mi",
        "(fotoğrafını çektim)",
        "Dosya: yol.jpg diye gönderdim",
        "ekte sunulan belge.pdf dosyasına bakınız",
        "<not: yarın gelsin>",
        "Gül Sokak bozuk. (ekli dosya)",
    ],
)
def test_words_about_files_stay_words(words: str) -> None:
    said = read_words(words)
    assert (said.text, said.media) == (words, ())


def test_an_iphones_photo_completes_the_request_of_an_android_export(office: SheetOffice) -> None:
    bring(
        office,
        chat_file(android(("09:15", HEADMAN, "Yol çöktü"), ("09:15", HEADMAN, "<Medya dahil edilmedi>"))),
    )
    text = f"[09.10.2026 09:15:14] {HEADMAN}: Yol çöktü\n"
    text += f"\u200e[09.10.2026 09:15:31] {HEADMAN}: \u200e<eklenen: 3.jpg>\n"
    bring(office, {f"WhatsApp Chat - {HEADMAN}.zip": zipped({"_chat.txt": text, "3.jpg": JPEG})})
    [request] = requests(office)
    assert len(request.attachments) == 1
    assert "eklenen" not in request.note


def test_files_that_no_message_names_are_asked_about_once(office: SheetOffice) -> None:
    text = android(("09:15", HEADMAN, "Yol çöktü, çukur var"))
    files = {"20261009.jpg": JPEG, "ses.opus": b"OggS", "STK-1.webp": b"RIFF"}
    for body in ("Ektedir.", "Bir daha."):
        bring(office, chat_zip(text, files), body=body)
    [review] = reviews(office)
    assert "hiçbir mesajın anmadığı dosyalar" in review.reason
    assert review.read == "20261009.jpg, ses.opus"
    assert review.link.endswith(".zip")
    assert len(requests(office)) == 1


@pytest.mark.parametrize(
    "body",
    [
        "Köşk Mahallesi Muhtarının mesajlarıdır.",
        "Hatice Çelikkol'un yazdıkları ektedir.",
        "Köşk muhtarlığından gelen sohbet.",
    ],
)
def test_staff_name_the_headman_in_a_sentence_beside_the_export(office: SheetOffice, body: str) -> None:
    text = android(("09:15", "Hatice Abla", "Yol çöktü, çukur var"), ("09:16", "Ayşe", "Bakıyoruz"))
    bring(office, chat_file(text, "Hatice Abla"), body=body)
    assert [request.neighbourhood for request in requests(office)] == ["Köşk"]


@pytest.mark.parametrize(
    "body", ["Atapark Mah. Belediye Cad. No: 1", "Köşk muhtarı ile Yayla muhtarının konuştukları", "Ektedir."]
)
def test_an_address_or_two_headmen_beside_it_settle_nothing(office: SheetOffice, body: str) -> None:
    text = android(("09:15", "Hatice Abla", "Yol çöktü, çukur var"), ("09:16", "Ayşe", "Bakıyoruz"))
    bring(office, chat_file(text, "Hatice Abla"), body=body)
    assert requests(office) == []


def test_whom_an_unknown_writer_says_he_is_is_offered_to_the_clerk(office: SheetOffice) -> None:
    number = "+90 532 111 22 33"
    text = android(
        ("09:15", number, "Ben Yayla muhtarı Mustafa, yeni numaram bu"),
        ("09:16", number, "Su Deposu Sokakta yol çöktü, çukur var"),
    )
    bring(office, chat_file(text, number))
    assert requests(office) == []
    [review] = reviews(office)
    assert review.neighbourhood == "Yayla"
    assert review.guess.startswith("Olası mahalle: Yayla (Mustafa Şahinbey); Fen İşleri Müdürlüğü")


@pytest.mark.parametrize(
    "text",
    [
        "09.10.2026 11:20\tMustafa Şahinbey\tSelam\n09.10.2026 11:21\tMustafa Şahinbey\tYol çöktü, çukur var\n",
        "09.10.2026 11:20;Mustafa Şahinbey;Selam\n09.10.2026 11:21;Mustafa Şahinbey;Yol çöktü, çukur var\n",
        "(09.10.2026 11:20:01) Mustafa Şahinbey: Selam\n(09.10.2026 11:21:05) Mustafa Şahinbey: Yol çöktü, çukur var\n",
        "Mustafa Şahinbey, 09.10.2026 11:20\nSelam\n\nMustafa Şahinbey, 09.10.2026 11:21\nYol çöktü, çukur var\n",
    ],
)
def test_bips_lines_are_read_in_columns_brackets_and_below_a_name(office: SheetOffice, text: str) -> None:
    bring(office, {"BiP Sohbeti - Mustafa Şahinbey.txt": text.encode()}, subject="BiP")
    [request] = requests(office)
    assert (request.channel, request.neighbourhood) == (Channel.BIP, "Yayla")
    assert request.description == "Yol çöktü, çukur var"
    assert request.received_at == datetime(2026, 10, 9, 8, 21, tzinfo=UTC)


def test_a_photo_below_a_message_with_several_matters_goes_with_each_of_them_once(
    office: SheetOffice,
) -> None:
    text = android(
        ("09:14", HEADMAN, "1- Yol çöktü, yama yapılsın\n2- Parkta bank kırık, onarılsın"),
        ("09:15", HEADMAN, "IMG-1.jpg (dosya ekli)"),
    )
    for body in ("Ektedir.", "Bir daha."):
        bring(office, chat_zip(text, {"IMG-1.jpg": JPEG}), body=body)
    assert [(r.directorate, len(r.attachments)) for r in requests(office)] == [("fen", 1), ("park", 1)]
    assert [r.note.count("WhatsApp") for r in requests(office)] == [0, 0]


def test_what_goes_on_after_its_closure_is_told_from_a_new_matter_of_another_kind(
    office: SheetOffice,
) -> None:
    asked = android(("09:15", HEADMAN, "Parktaki çeşmenin musluğu kırık tamir edilsin"))
    bring(office, chat_file(asked))
    [first] = requests(office)
    office.set_up()
    office.reply(first.number, Status.DONE, "Musluk değiştirildi.")
    later = asked + android(("10:00", HEADMAN, "Musluk yine kırıldı, su boşa akıyor"), day="12.10.2026")
    bring(office, chat_file(later))
    second = requests(office)[-1]
    assert second.category != first.category
    assert f"Kapanan talebin devamı olabilir: {first.number}." in second.note


def test_the_answer_to_the_offices_question_next_day_opens_nothing(office: SheetOffice) -> None:
    asked = android(
        ("09:01", HEADMAN, "Sokakta kanepe atılmış alınsın"),
        ("16:01", OFFICE, "Hangi sokak?"),
        day="08.10.2026",
    )
    answered = asked + android(
        ("08:30", HEADMAN, "Papatya sokak 14"), ("08:31", HEADMAN, "<Medya dahil edilmedi>")
    )
    bring(office, chat_file(answered))
    [request] = requests(office)
    assert request.description.startswith("Sokakta kanepe atılmış alınsın\nPapatya sokak 14")


def test_the_answer_comes_to_the_request_that_an_earlier_export_brought(office: SheetOffice) -> None:
    asked = android(
        ("09:01", HEADMAN, "Sokakta kanepe atılmış alınsın"),
        ("16:01", OFFICE, "Hangi sokak?"),
        day="08.10.2026",
    )
    bring(office, chat_file(asked))
    bring(office, chat_file(asked + android(("08:30", HEADMAN, "Papatya sokak 14"))))
    [request] = requests(office)
    assert "Papatya sokak 14" in request.note
    assert reviews(office) == []


def test_that_all_is_well_by_now_reaches_the_request(office: SheetOffice) -> None:
    text = android(
        ("09:01", HEADMAN, "Su Deposu Sokakta lamba yanmıyor"),
        ("11:01", OFFICE, "Yapıldı muhtarım"),
        ("11:05", HEADMAN, "Evet yanıyor artık teşekkürler"),
    )
    bring(office, chat_file(text))
    [request] = requests(office)
    assert request.description.endswith("Evet yanıyor artık teşekkürler")


def test_two_messages_of_one_export_about_one_hole_are_offered_as_such(office: SheetOffice) -> None:
    text = android(
        ("09:01", HEADMAN, "5. sokakta çukur var, yama yapılsın"),
        ("12:01", HEADMAN, "5. sokaktaki çukuru kapatmadılar hala"),
    )
    bring(office, chat_file(text))
    first, second = requests(office)
    assert f"Benzer açık talep: {first.number}." in second.note
    assert "Benzer" not in first.note


def test_documents_are_attached_though_their_names_hold_a_colon_or_no_ending(office: SheetOffice) -> None:
    names = ("1. Liste: sokaklar.pdf", "DOC-20261009-WA0010.")
    said = [(f"09:1{n}", HEADMAN, f"{name} (dosya ekli)") for n, name in enumerate(names, 6)]
    text = android(("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü"), *said)
    bring(office, chat_zip(text, {name: b"belge " + name.encode() for name in names}))
    [request] = requests(office)
    assert request.description == "Su Deposu Sokakta yol çöktü"
    assert len(request.attachments) == 2


@pytest.mark.parametrize("name", [f"WhatsApp Sohbeti - {HEADMAN}.txt", "Sohbet.txt"])
def test_a_conversation_in_which_nobody_has_written_yet_brings_nothing(
    office: SheetOffice, name: str
) -> None:
    bring(office, {name: android().encode()})
    assert (requests(office), reviews(office), held(office)) == ([], [], [])


def test_a_note_that_begins_with_a_day_is_no_conversation() -> None:
    assert read_chat("09.10.2026 08:00 - Mesajlar ve aramalar uçtan uca şifrelidir.", name="not.txt") is None
    assert read_chat("09.10.2026 08:00 - Parkta bank kırık", name="WhatsApp Sohbeti - Ali.txt") is None


def test_a_voice_message_that_did_not_come_is_to_be_heard_on_the_telephone(office: SheetOffice) -> None:
    said = (("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü"), ("09:16", HEADMAN, "ses dahil edilmedi"))
    bring(office, chat_file(android(*said)))
    [review] = reviews(office)
    assert review.reason.startswith("Talebin sesli mesajı dışa aktarımda yer almıyor; telefondan dinleyip")


def test_who_calls_himself_a_headman_is_asked_about_and_guessed(office: SheetOffice) -> None:
    said = (
        ("09:15", f"~ {HEADMAN}", "Su Deposu Sokakta yol çöktü"),
        ("09:16", "~ Köşk Muhtarı", "Bank kırık"),
    )
    bring(office, chat_file(android(*said), name="Mahalle Dayanışma"))
    assert requests(office) == []
    assert [(r.sender, r.neighbourhood) for r in reviews(office)] == [
        (HEADMAN, "Yayla"),
        ("Köşk Muhtarı", "Köşk"),
    ]
