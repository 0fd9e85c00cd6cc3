"""Lines of exports as Android, iOS and BiP write them, in Turkish and English."""

import gc
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.domain.chats.chat import Chat, ChatApp, Message, called, read_chat
from daemon.domain.chats.words import MediaSort, Sort
from daemon.domain.clock import ISTANBUL

LRM = "\u200e"
NNBSP = "\u202f"


def read(text: str, name: str = "_chat.txt", until: date | None = None) -> Chat:
    chat = read_chat(text, name=name, until=until)
    assert chat is not None
    return chat


def local(message: Message) -> str:
    return f"{message.at.astimezone(ISTANBUL):%Y-%m-%d %H:%M}"


TWO = ("Ahmet Yılmaz", "Selam")


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("25.11.2026 09:14 - {}: {}", "2026-11-25 09:14"),
        ("25.11.2026 9:14 - {}: {}", "2026-11-25 09:14"),
        ("5.11.2026 09:14 - {}: {}", "2026-11-05 09:14"),
        ("25.11.26 09:14 - {}: {}", "2026-11-25 09:14"),
        ("25.11.2026, 09:14 - {}: {}", "2026-11-25 09:14"),
        ("25/11/2026, 09:14 - {}: {}", "2026-11-25 09:14"),
        ("25/11/26, ÖS 2:14 - {}: {}", "2026-11-25 14:14"),
        ("25.11.2026 ÖÖ 12:14 - {}: {}", "2026-11-25 00:14"),
        ("25.11.2026 ÖS 12:14 - {}: {}", "2026-11-25 12:14"),
        ("25.11.2026 2:14 ÖS - {}: {}", "2026-11-25 14:14"),
        (f"11/25/26, 9:14{NNBSP}AM - {{}}: {{}}", "2026-11-25 09:14"),
        ("11/25/26, 9:14 PM - {}: {}", "2026-11-25 21:14"),
        ("11/25/2026, 9:14 p.m. - {}: {}", "2026-11-25 21:14"),
        ("2026-11-25 09:14 - {}: {}", "2026-11-25 09:14"),
        ("2026-11-25, 9:14 a.m. - {}: {}", "2026-11-25 09:14"),
        ("[25.11.2026 09:14:03] {}: {}", "2026-11-25 09:14"),
        ("[25.11.2026, 09:14:03] {}: {}", "2026-11-25 09:14"),
        (f"{LRM}[25.11.2026 09:14:03] {{}}: {LRM}{{}}", "2026-11-25 09:14"),
        ("[25.11.2026 ÖS 2:14:03] {}: {}", "2026-11-25 14:14"),
        ("[25/11/2026, 14:14:03] {}: {}", "2026-11-25 14:14"),
        (f"[11/25/26, 2:14:03{NNBSP}PM] {{}}: {{}}", "2026-11-25 14:14"),
        ("[2026-11-25, 14:14:03] {}: {}", "2026-11-25 14:14"),
        ("[14:14, 25.11.2026] {}: {}", "2026-11-25 14:14"),
        ("25.11.2026 09:14:03 {}: {}", "2026-11-25 09:14"),
        ("25.11.2026 09:14 | {}: {}", "2026-11-25 09:14"),
        ("25/11/2026 09:14 {}: {}", "2026-11-25 09:14"),
        ("25 Kasım 2026 09:14 - {}: {}", "2026-11-25 09:14"),
        ("25 Nov 2026, 09:14 - {}: {}", "2026-11-25 09:14"),
        ("{} (25.11.2026 09:14): {}", "2026-11-25 09:14"),
        ("{}, [25.11.2026 09:14] {}", "2026-11-25 09:14"),
    ],
)
def test_every_build_of_line_is_read(line: str, when: str) -> None:
    chat = read(f"{line.format(*TWO)}\n{line.format('Ofis', 'Buyurun')}\n")
    assert [local(message) for message in chat.messages] == [when, when]
    assert [(m.sender, m.text) for m in chat.messages] == [TWO, ("Ofis", "Buyurun")]


ANDROID = """\
25.11.2026 09:14 - Mesajlar ve aramalar uçtan uca şifrelidir. Bu sohbetin dışındaki hiç kimse okuyamaz.
25.11.2026 09:14 - Ahmet: Merhaba
iki satır
26.11.2026 14:00 toplantı: gelin
25.11.2026 09:15 - Ahmet: IMG-20261125-WA0001.jpg (dosya ekli)
yolun hâli
25.11.2026 09:16 - Ofis: <Medya dahil edilmedi>
25.11.2026 09:17 - Ahmet: Bu mesaj silindi
25.11.2026 09:18 - Ahmet: Saat 10:30'da oradayım <Bu mesaj düzenlendi>
25.11.2026 09:19 - Ahmet: konum: https://maps.google.com/?q=39.9123,32.8456
25.11.2026 09:20 - Cevapsız sesli arama
25.11.2026 09:21 - Ahmet ile olan güvenlik kodunuz değişti. Daha fazla bilgi için dokunun.
25.11.2026 09:22 - Ahmet, grup adını "A: B" iken "Muhtarlar: 2026" olarak değiştirdi
25.11.2026 09:23 - Ahmet: PTT-20261125-WA0002.opus (dosya ekli)
25.11.2026 09:24 - Ahmet: Ali Usta.vcf (dosya ekli)
25.11.2026 09:25 - Ahmet: ANKET:
Yol yapılsın mı?
SEÇENEK: Evet (3 oy)
25.11.2026 09:26 - Ahmet: null
25.11.2026 09:27 - Ahmet:
25.11.2026 09:28 - Ahmet: Bakın: https://example.com/a?b=c
"""


def test_an_android_export_in_turkish() -> None:
    chat = read(ANDROID, "WhatsApp Sohbeti - Ahmet.txt")
    assert (chat.app, chat.title, chat.is_group) == (ChatApp.WHATSAPP, "Ahmet", True)
    said = [m for m in chat.messages if m.sort is Sort.SAID]
    assert [m.text for m in said] == [
        "Merhaba\niki satır\n26.11.2026 14:00 toplantı: gelin",
        "yolun hâli",
        "",
        "Saat 10:30'da oradayım",
        "",
        "",
        "",
        "",
        "",
        "Bakın: https://example.com/a?b=c",
    ]
    assert [media.name for m in said for media in m.media] == [
        "IMG-20261125-WA0001.jpg",
        "",
        "PTT-20261125-WA0002.opus",
        "Ali Usta.vcf",
    ]
    assert [media.sort for m in said for media in m.media] == [
        MediaSort.PHOTO,
        MediaSort.UNKNOWN,
        MediaSort.VOICE,
        MediaSort.CONTACT,
    ]
    assert [m.place for m in said if m.place] == [(39.9123, 32.8456)]
    assert [m.is_edited for m in said].count(True) == 1
    assert [m.sort for m in chat.messages].count(Sort.DELETED) == 1
    assert {m.sender for m in chat.messages if m.sort is Sort.SYSTEM} == {""}


ANDROID_EN = f"""\
11/25/26, 9:14{NNBSP}AM - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
11/25/26, 9:15{NNBSP}AM - Ahmet: <Media omitted>
11/25/26, 9:16{NNBSP}AM - Ahmet: IMG-20261125-WA0001.jpg (file attached)
the hole
11/25/26, 9:17{NNBSP}AM - Ahmet: This message was deleted
11/25/26, 9:18{NNBSP}AM - Ahmet: big hole <This message was edited>
11/25/26, 9:19{NNBSP}AM - Ahmet: location: https://maps.google.com/?q=39.9,32.8
11/25/26, 9:20{NNBSP}AM - Missed voice call
11/25/26, 9:21{NNBSP}AM - Your security code with Ahmet changed. Tap to learn more.
11/25/26, 9:22{NNBSP}AM - Ahmet created group "X: Y"
11/25/26, 9:23{NNBSP}AM - Ahmet: POLL:
Which?
"""


def test_an_android_export_in_english() -> None:
    chat = read(ANDROID_EN, "WhatsApp Chat with Ahmet.txt")
    assert chat.title == "Ahmet"
    assert [(m.text, m.sort.value, len(m.media), m.place) for m in chat.messages if m.sender] == [
        ("", "said", 1, None),
        ("the hole", "said", 1, None),
        ("", "deleted", 0, None),
        ("big hole", "said", 0, None),
        ("", "said", 0, (39.9, 32.8)),
    ]
    assert {local(m)[:10] for m in chat.messages} == {"2026-11-25"}


IOS = f"""\
{LRM}[25.11.2026 09:14:03] Ahmet Yılmaz: {LRM}Mesajlar ve aramalar uçtan uca şifrelidir. Kimse okuyamaz.
[25.11.2026 09:14:10] Ahmet Yılmaz: Merhaba
{LRM}[25.11.2026 09:15:03] Ahmet Yılmaz: {LRM}<eklenmiş: 00000012-PHOTO-2026-11-25-09-15-03.jpg>
{LRM}[25.11.2026 09:15:20] Ahmet Yılmaz: Dilekçe.pdf • {LRM}1 sayfa {LRM}<eklenmiş: 00000013-Dilekçe.pdf>
{LRM}[25.11.2026 09:16:03] Ahmet Yılmaz: {LRM}görüntü dahil edilmedi
{LRM}[25.11.2026 09:16:04] Ahmet Yılmaz: {LRM}ses dahil edilmedi
{LRM}[25.11.2026 09:16:05] Ahmet Yılmaz: {LRM}Çıkartma dahil edilmedi
{LRM}[25.11.2026 09:17:03] Ahmet Yılmaz: {LRM}Bu mesaj silindi.
[25.11.2026 09:18:03] Ahmet Yılmaz: çukur büyük {LRM}<Bu mesaj düzenlendi>
{LRM}[25.11.2026 09:19:03] Ahmet Yılmaz: {LRM}Konum: https://maps.google.com/?q=39.9,32.8
{LRM}[25.11.2026 09:20:03] Ahmet Yılmaz: {LRM}Cevapsız sesli arama
{LRM}[25.11.2026 09:20:30] Ahmet Yılmaz: {LRM}Sesli arama, {LRM}3 dk.
[25.11.2026 09:21:03] Ofis: Buyurun
"""


def test_an_ios_export_in_turkish() -> None:
    chat = read(IOS)
    assert chat.title == "Ahmet Yılmaz"
    ahmet = [m for m in chat.messages if m.sender == "Ahmet Yılmaz"]
    assert [(m.text, m.sort.value, [(x.sort.value, x.name) for x in m.media]) for m in ahmet] == [
        ("Merhaba", "said", []),
        ("", "said", [("photo", "00000012-PHOTO-2026-11-25-09-15-03.jpg")]),
        ("", "said", [("document", "00000013-Dilekçe.pdf")]),
        ("", "said", [("photo", "")]),
        ("", "said", [("voice", "")]),
        ("", "said", [("sticker", "")]),
        ("", "deleted", []),
        ("çukur büyük", "said", []),
        ("", "said", []),
    ]


IOS_EN = f"""\
[11/25/26, 2:14:03{NNBSP}PM] Ahmet: {LRM}Messages and calls are end-to-end encrypted. Nobody can read them.
{LRM}[11/25/26, 2:15:03{NNBSP}PM] Ahmet: {LRM}<attached: 00000012-PHOTO-2026-11-25-14-15-03.jpg>
{LRM}[11/25/26, 2:16:03{NNBSP}PM] Ahmet: {LRM}image omitted
{LRM}[11/25/26, 2:17:03{NNBSP}PM] Ahmet: {LRM}You deleted this message.
{LRM}[11/25/26, 2:18:03{NNBSP}PM] Ahmet: {LRM}Missed voice call, {LRM}Tap to call back
{LRM}[11/25/26, 2:19:03{NNBSP}PM] Ahmet: {LRM}Contact card omitted
"""


def test_an_ios_export_in_english() -> None:
    chat = read(IOS_EN)
    assert [(m.text, m.sort.value, [x.sort.value for x in m.media]) for m in chat.messages if m.sender] == [
        ("", "said", ["photo"]),
        ("", "said", ["photo"]),
        ("", "deleted", []),
        ("", "said", ["contact"]),
    ]


def test_a_bip_export_is_known_by_its_name_and_read_alike() -> None:
    text = (
        "25.11.2026 09:14:03 Ahmet: Merhaba\n25.11.2026 09:15:00 Ofis: Buyurun\n"
        "25.11.2026 09:16:00 Ahmet: IMG_20261125_091600.jpg\n"
    )
    chat = read(text, "BiP Sohbeti - Ahmet.txt")
    assert (chat.app, chat.title) == (ChatApp.BIP, "Ahmet")
    assert [media.name for media in chat.messages[-1].media] == ["IMG_20261125_091600.jpg"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("WhatsApp Sohbeti - Ahmet Yılmaz.txt", (ChatApp.WHATSAPP, "Ahmet Yılmaz")),
        ("WhatsApp Sohbeti - Ahmet Yılmaz (2).zip", (ChatApp.WHATSAPP, "Ahmet Yılmaz")),
        ("WhatsApp Chat with Ahmet.txt", (ChatApp.WHATSAPP, "Ahmet")),
        ("WhatsApp Chat - Ahmet.zip", (ChatApp.WHATSAPP, "Ahmet")),
        ("Ahmet ile WhatsApp Sohbeti.txt", (ChatApp.WHATSAPP, "Ahmet")),
        ("WhatsApp_Sohbeti_-_Ahmet_Yılmaz.txt", (ChatApp.WHATSAPP, "Ahmet Yılmaz")),
        ("WhatsApp Sohbeti: Yayla Muhtar", (ChatApp.WHATSAPP, "Yayla Muhtar")),
        ("WhatsApp Sohbeti - +90 500 000 04 21.txt", (ChatApp.WHATSAPP, "+90 500 000 04 21")),
        ("BiP Sohbeti - Ahmet.txt", (ChatApp.BIP, "Ahmet")),
        ("_chat.txt", (None, "")),
        ("dilekçe.txt", (None, "")),
    ],
)
def test_the_files_name_says_messenger_and_contact(name: str, expected: tuple[ChatApp | None, str]) -> None:
    assert called(name) == expected


def _dates(*days: str, until: date | None = None) -> list[str]:
    text = "".join(f"{day}, 09:14 - {who}: x\n" for n, day in enumerate(days) for who in ("A", "B")[n % 2 :])
    return list(dict.fromkeys(local(m)[:10] for m in read(text, until=until).messages))


@pytest.mark.parametrize(
    ("days", "until", "expected"),
    [
        (("05/06/26", "13/06/26"), None, ["2026-06-05", "2026-06-13"]),
        (("05/06/26", "05/13/26"), None, ["2026-05-06", "2026-05-13"]),
        (("05/06/26", "06/06/26", "07/06/26"), None, ["2026-06-05", "2026-06-06", "2026-06-07"]),
        (("11/02/26", "11/03/26", "12/01/26"), None, ["2026-11-02", "2026-11-03", "2026-12-01"]),
        (("10/09/26", "10/10/26"), date(2026, 10, 12), ["2026-10-09", "2026-10-10"]),
        (("09/12/26", "09/12/26"), date(2026, 10, 12), ["2026-09-12"]),
        (("05/06/26", "05/06/26"), None, ["2026-06-05"]),
        (("05/06/26", "05/06/26"), date(2026, 6, 8), ["2026-06-05"]),
        (("05/11/26", "05/11/26"), date(2026, 5, 12), ["2026-05-11"]),
    ],
)
def test_day_and_month_are_told_apart_for_the_whole_file(
    days: tuple[str, ...], until: date | None, expected: list[str]
) -> None:
    assert _dates(*days, until=until) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sayın Başkanım, 25.11.2026 09:14'te aradım.",
        "25.11.2026 09:14 - Ahmet: tek satırlık not",
        "Toplantı notları\n25.11.2026 09:14 toplantı başladı\n",
        "\x00\x01\x02",
        "[99.99.2026 99:99:99] A: b",
    ],
)
def test_what_is_no_conversation_is_none(text: str) -> None:
    assert read_chat(text, name="not.txt") is None


@given(st.text(alphabet="[]0123456789.:/- \nöÖsSAM,aB\u200e\u202f<>()", max_size=400))
@settings(max_examples=300, deadline=None)
def test_nothing_that_looks_like_lines_raises(text: str) -> None:
    read_chat(text)
    read_chat(f"25.11.2026 09:14 - A: x\n{text}\n25.11.2026 09:15 - B: y\n{text}", until=date(2026, 11, 25))


@given(st.lists(st.text(max_size=60), max_size=20))
@settings(max_examples=200, deadline=None)
def test_words_of_any_kind_never_raise_and_stay_one_message_each(texts: list[str]) -> None:
    lines = "".join(f"25.11.2026 09:{n:02d} - Ahmet: {' '.join(t.split())}\n" for n, t in enumerate(texts))
    chat = read_chat("25.11.2026 08:00 - Ofis: Buyurun\n25.11.2026 08:01 - Ahmet: Merhaba\n" + lines)
    assert chat is not None
    assert len(chat.messages) == len(texts) + 2


def _long(count: int) -> str:
    who = ("Ahmet", "Ofis")
    words = (
        "Günaydın",
        "Sokakta çukur var",
        "IMG-20261125-WA0001.jpg (dosya ekli)",
        "tamam",
        "<Medya dahil edilmedi>",
    )
    return "".join(
        f"{1 + n // 4000:02d}.11.2026 {n // 60 % 24:02d}:{n % 60:02d} - {who[n % 2]}: {words[n % 5]} {n}\n"
        for n in range(count)
    )


def _seconds(text: str) -> float:
    """Of processor time, without a collection of all that other tests left, which may take longer than any reading."""
    gc.disable()
    try:
        start = time.process_time()
        read_chat(text)
        return time.process_time() - start
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "unit",
    [
        "[" * 200,
        "1" * 200,
        "25.11.2026 09:14 - ",
        "a:" * 100,
        "<ekli: " * 30,
        "25.11.2026 09:14 - A: https://google.com/?" + "a=b&" * 40,
    ],
)
def test_reading_takes_time_in_proportion_to_length(unit: str) -> None:
    head = "25.11.2026 09:14 - A: x\n25.11.2026 09:15 - B: y\n"
    short, long = (head + f"{unit}\n" * n for n in (500, 4_000))
    assert _seconds(long) < 0.5 + 24 * _seconds(short)
    one_line = head + unit * 2_000
    assert _seconds(one_line) < 2.0


def test_fifty_thousand_messages_are_read_in_seconds() -> None:
    assert _seconds(_long(50_000)) < 4.0  # measured: some 1.0 s on one core


def test_hours_told_at_the_beginning_of_a_line_belong_to_the_message() -> None:
    chat = read(
        "12.11.2026 14:05 - Sultan Koçbey: Sular kesildi:\n"
        "12.11.2026 10:00 - 18:00 arası su yoktu\n"
        "11.11.2026 de öyleydi\n"
        "12.11.2026 14:07 - Mesajlar ve aramalar uçtan uca şifrelidir.\n"
        "12.11.2026 14:09 - Sultan Koçbey: Selam\n"
    )
    said = [message.text for message in chat.messages if message.sender]
    assert said == [
        "Sular kesildi:\n12.11.2026 10:00 - 18:00 arası su yoktu\n11.11.2026 de öyleydi",
        "Selam",
    ]


@pytest.mark.parametrize("line", ["canlı konum paylaşıldı", "live location shared"])
def test_the_notice_of_a_position_left_out_is_no_word_of_the_headman(line: str) -> None:
    chat = read(f"12.11.2026 14:05 - Ali: {line}\n12.11.2026 14:06 - Ali: Konum belli değil\n")
    assert [message.text for message in chat.messages] == ["", "Konum belli değil"]


def test_an_iphones_file_is_a_conversation_even_with_one_message() -> None:
    line = "[13.11.2026, 01:45:10 ÖS] Osman Kurtuluşlu: Ağaç budanması"
    assert [message.text for message in read(line, "_chat.txt").messages] == ["Ağaç budanması"]
    assert read_chat(line, name="not.txt") is None


def test_one_line_is_a_conversation_where_the_file_is_called_one() -> None:
    line = "09.10.2026 09:01 - Elif Aydınlı: Mezarlık duvarı boyansın"
    for name in ("Sohbet.txt", "Elif Aydınlı sohbeti.txt", "WhatsApp chat.txt"):
        chat = read_chat(line, name=name)
        assert chat is not None, name
        assert chat.senders == ("Elif Aydınlı",)
    assert read_chat(line, name="not.txt") is None
