"""Danger to life that is told of later, or by somebody whom nobody knows, is told at once all the same."""

from datetime import timedelta

import pytest

from daemon.domain.alarm import URGENT_MARK
from daemon.domain.request import Status
from daemon.sheets import OFFICE_CODE
from tests.chats.exports import android, bring, chat_file
from tests.steps.post import answers, letters, writes
from tests.steps.sheet_office import SheetOffice
from tests.steps.test_told_sheet import asked, tick
from tests.steps.test_urgent import FEN, alarms, everybody, plain, told

WALL = "Yanındaki duvar yıkılmak üzere, altından çocuklar geçiyor."
HOLE = "Kuyunun ağzı açık, çocuk düştü."


@pytest.fixture
def closed(desk: SheetOffice) -> str:
    """A request that told of no danger and was answered."""
    number = desk.ask("Kaldırım")
    desk.rest()
    desk.reply(number, Status.DONE, "Kaldırım onarıldı.")
    desk.rest()
    return number


def test_a_headman_who_opens_his_request_again_with_danger_alarms_directorate_and_office(
    desk: SheetOffice, closed: str
) -> None:
    answers(desk, closed, f"SORUN SÜRÜYOR\n{WALL}", "headman/closure")
    assert desk.request(closed).urgent
    assert told(desk, "liaison/urgent") == FEN
    assert told(desk, "office/urgent") == everybody(desk)
    for occasion in ("liaison/urgent", "office/urgent"):
        assert "duvar yıkılmak üzere" in plain_of(desk, closed, occasion)
    assert URGENT_MARK in str(desk.row(closed)["Not"]).splitlines()[0]


def test_a_headman_who_opens_his_request_again_without_danger_alarms_nobody(
    desk: SheetOffice, closed: str
) -> None:
    answers(desk, closed, "SORUN SÜRÜYOR\nKaldırım taşları yine oynuyor.", "headman/closure")
    assert desk.request(closed).is_open
    assert told(desk, "liaison/urgent") | told(desk, "office/urgent") == set()


def test_danger_that_was_thought_over_and_goes_on_is_told_again(desk: SheetOffice, closed: str) -> None:
    desk.change(closed, urgent=True)
    desk.edit("fen", closed, Durum="İşlemde")
    desk.rest()
    assert told(desk, "liaison/urgent") == FEN
    assert told(desk, "office/urgent") == everybody(desk)
    [letter, *_] = letters(desk, closed, "liaison/reopened")
    assert "İVEDİ – Talep yeniden açıldı" in letter.subject


def test_danger_in_a_complaint_about_an_open_request_alarms_the_office(desk: SheetOffice) -> None:
    number = desk.ask("Kaldırım")
    desk.rest()
    answers(desk, number, f"Sorun sürüyor. {WALL}", "headman/confirmation")
    assert told(desk, "office/urgent") == everybody(desk)
    assert "duvar yıkılmak üzere" in plain_of(desk, number, "office/urgent")


def test_danger_in_an_answer_long_after_the_closure_makes_an_urgent_request(
    desk: SheetOffice, closed: str
) -> None:
    desk.now += timedelta(days=40)
    answers(desk, closed, f"Sorun sürüyor. {WALL}", "headman/closure")
    number = desk.numbers()[-1]
    assert number != closed
    assert desk.request(number).urgent
    assert told(desk, "liaison/urgent") == FEN


def test_danger_in_a_strangers_answer_to_a_letter_alarms_the_office(desk: SheetOffice) -> None:
    number = desk.ask("Kaldırım")
    desk.rest()
    writes(desk, "vatandas@example.com", f"Re: [{number}] Talebiniz", WALL)
    assert told(desk, "office/urgent") == everybody(desk)


def test_danger_that_a_headman_speaks_of_when_he_is_told_alarms_the_office_once(desk: SheetOffice) -> None:
    number = asked(desk)
    desk.rest()
    tick(desk, number, Not="Muhtar ayrıca elektrik telinin koptuğunu, yerde durduğunu söyledi")
    desk.rest()
    tick(desk, number, Bildirildi=None)
    desk.rest()
    tick(desk, number)
    desk.rest()
    assert told(desk, "office/urgent") == everybody(desk)
    assert desk.letters(number)["office/urgent"] == len(everybody(desk))


def test_a_remark_without_danger_alarms_nobody(desk: SheetOffice) -> None:
    number = asked(desk)
    desk.rest()
    tick(desk, number, Not="Teşekkür etti, çukurun yerini yine anlattı")
    desk.rest()
    assert told(desk, "office/urgent") == set()


def test_danger_in_a_chat_with_somebody_unknown_alarms_the_office_once(desk: SheetOffice) -> None:
    said = [("03:06", "Ahmet Bilinmeyen", HOLE)]
    for _ in range(2):
        bring(desk, chat_file(android(*said), "Ahmet Bilinmeyen"))
        said.append(("03:30", "Ahmet Bilinmeyen", "Selam"))
    assert desk.numbers() == []
    [letter] = alarms(desk)
    words = plain(desk, letter)
    assert "çocuk düştü" in words
    assert "kayıtlı bir muhtarla kesin olarak eşleşmedi" in words


def test_danger_of_long_ago_in_a_chat_alarms_nobody(desk: SheetOffice) -> None:
    bring(desk, chat_file(android(("09:06", "Mustafa Şahinbey", HOLE), day="02.03.2026")))
    assert desk.reviews()
    assert told(desk, "office/urgent") == set()


def test_danger_added_in_a_chat_to_an_open_request_alarms_the_office(desk: SheetOffice) -> None:
    said = [("09:05", "Mustafa Şahinbey", "Çınar Sokakta kaldırım taşları kırık, onarılsın")]
    bring(desk, chat_file(android(*said)))
    [number] = desk.numbers()
    said.append(("09:06", "Mustafa Şahinbey", "12 numaranın önü, çocuk çukura düştü"))
    bring(desk, chat_file(android(*said)))
    assert "chat-added" in desk.kinds(number)
    assert told(desk, "office/urgent") == everybody(desk)


LEFT = "elektrik kablosu hâlâ açıkta, çarpılma tehlikesi var."


@pytest.mark.parametrize(
    ("text", "reviewed"),
    [
        (f"Arıza giderildi ama {LEFT}", "anlamı kesin değil"),
        (f"TAMAMLANDI\nLamba onarıldı. {LEFT.capitalize()}", "süren bir can güvenliği tehlikesinden"),
        (f"İŞLEMDE\nEkip bekliyoruz; {LEFT}", ""),
    ],
)
def test_danger_in_a_liaisons_answer_alarms_the_office_and_closes_nothing(
    desk: SheetOffice, text: str, reviewed: str
) -> None:
    number = desk.ask("Kaldırım")
    desk.rest()
    answers(desk, number, text)
    assert desk.request(number).is_open
    assert told(desk, "office/urgent") == everybody(desk)
    assert "çarpılma tehlikesi" in plain_of(desk, number, "office/urgent")
    reasons = [review.reason for review in desk.reviews()]
    assert any(reviewed in reason for reason in reasons) if reviewed else not reasons


def test_danger_that_is_left_when_an_urgent_request_is_refused_is_told(desk: SheetOffice) -> None:
    number = desk.ask("Kaldırım")
    desk.rest()
    desk.change(number, urgent=True)
    answers(desk, number, f"OLUMSUZ\nDirek özel mülkiyettedir; {LEFT}")
    assert told(desk, "office/urgent") == everybody(desk)


def test_danger_in_an_answer_that_names_several_requests_alarms_the_office(desk: SheetOffice) -> None:
    first, second = desk.ask("Kaldırım"), desk.ask("Bordür")
    desk.rest()
    answers(desk, first, f"{first}: Kaldırım onarıldı.\n{second}: Çukur duruyor, {LEFT}")
    assert not desk.request(first).is_open
    assert "çarpılma tehlikesi" in plain_of(desk, second, "office/urgent")


@pytest.mark.parametrize(
    "text",
    [
        "Kopan elektrik teli onarıldı.",
        "TAMAMLANDI\nSarkan elektrik kablosu kaldırılmıştır.",
        "Kaldırım onarıldı.",
    ],
)
def test_danger_that_a_liaison_says_is_over_alarms_nobody(desk: SheetOffice, text: str) -> None:
    number = desk.ask("Kaldırım")
    desk.rest()
    answers(desk, number, text)
    assert not desk.request(number).is_open
    assert told(desk, "office/urgent") == set()


def test_a_mending_in_an_answer_that_is_not_sure_alarms_nobody(desk: SheetOffice, open_one: str) -> None:
    answers(desk, open_one, "Rögar kapağı yoktu, takılmış. Yarın kontrol edilecek.")
    assert desk.request(open_one).is_open
    assert told(desk, "office/urgent") == set()


def plain_of(desk: SheetOffice, number: str, occasion: str) -> str:
    """The first such letter's text as one line."""
    with desk.ledger.view() as view:
        waiting = view.letters_waiting(desk.now, 999)
    return plain(desk, next(x for x in waiting if x.occasion == occasion and number in x.about))


@pytest.fixture
def open_one(desk: SheetOffice) -> str:
    number = desk.ask("Kaldırım")
    desk.rest()
    return number


@pytest.mark.parametrize("column", ["Not", "Sonuç"])
def test_danger_that_staff_type_into_a_row_alarms_the_office_once(
    desk: SheetOffice, open_one: str, column: str
) -> None:
    desk.edit("fen", open_one, **{column: WALL})
    desk.rest()
    assert told(desk, "office/urgent") == everybody(desk)
    assert "duvar yıkılmak üzere" in plain_of(desk, open_one, "office/urgent")
    desk.edit("fen", open_one, İrtibat="Ayşe Hanım", Not=f"{desk.row(open_one)['Not'] or ''}\nArandı.")
    desk.rest()
    assert desk.letters(open_one)["office/urgent"] == len(everybody(desk))


def test_what_is_written_on_behind_danger_alarms_nobody_anew_unless_it_tells_of_another(
    desk: SheetOffice, open_one: str
) -> None:
    said = "Duvar yıkılmak üzere"
    for more in ("", ", çocuklar uyarıldı", ", çocuklar uyarıldı. Fen arandı."):
        desk.edit("fen", open_one, Not=said + more)
        desk.rest()
    assert desk.letters(open_one)["office/urgent"] == len(everybody(desk))
    desk.edit("fen", open_one, Not=f"{said}, çocuklar uyarıldı. Fen arandı. Elektrik teli de koptu, yerde.")
    desk.rest()
    assert desk.letters(open_one)["office/urgent"] == 2 * len(everybody(desk))


def test_a_remark_that_becomes_danger_by_what_is_added_is_told(desk: SheetOffice, open_one: str) -> None:
    desk.edit("fen", open_one, Not="Köşedeki istinat duvarı")
    desk.rest()
    desk.edit("fen", open_one, Not="Köşedeki istinat duvarı çöktü")
    desk.rest()
    assert told(desk, "office/urgent") == everybody(desk)


def test_danger_of_a_result_that_is_taken_back_is_not_told_anew(desk: SheetOffice, open_one: str) -> None:
    desk.edit("fen", open_one, Durum="Tamamlandı", Sonuç=f"Kaldırım onarıldı. {WALL}")
    desk.rest()
    before = len(letters(desk, open_one, "office/urgent"))
    desk.edit("fen", open_one, Durum="İşlemde")
    desk.rest()
    assert "Önceki sonuç: " in desk.request(open_one).note
    assert (before, len(letters(desk, open_one, "office/urgent"))) == (len(everybody(desk)),) * 2


def test_danger_that_the_result_of_an_urgent_request_leaves_is_told(desk: SheetOffice, open_one: str) -> None:
    desk.change(open_one, urgent=True)
    desk.edit("fen", open_one, Not=WALL)
    desk.rest()
    assert told(desk, "office/urgent") == set(), "of an open one that is urgent everybody knows"
    desk.edit("fen", open_one, Durum="Tamamlandı", Sonuç=f"Lamba onarıldı. {LEFT.capitalize()}")
    desk.rest()
    assert told(desk, "office/urgent") == everybody(desk)


@pytest.mark.parametrize("typed", ["Kopan elektrik teli onarıldı.", "Muhtar arandı, konu görüşüldü."])
def test_a_row_in_which_staff_type_of_no_danger_alarms_nobody(
    desk: SheetOffice, open_one: str, typed: str
) -> None:
    desk.edit("fen", open_one, Durum="Tamamlandı", Sonuç=typed, Not=typed)
    desk.rest()
    assert told(desk, "office/urgent") == set()


def beside(desk: SheetOffice, **cells: object) -> None:
    """Type beside the only line of ``İnceleme``."""
    [row] = desk.rows(OFFICE_CODE, "İnceleme")
    desk.type(OFFICE_CODE, {"Kayıt No": row["Kayıt No"]}, "İnceleme", **cells)
    desk.rest()


def test_danger_that_staff_write_beside_a_line_of_inceleme_is_told_before_they_decide(
    desk: SheetOffice,
) -> None:
    desk.ask("Belirsiz", directorate="")
    desk.rest()
    beside(desk, Not=WALL)
    assert told(desk, "office/urgent") == everybody(desk)
    desk.quiet()


def test_danger_written_beside_a_strangers_mail_is_told_with_its_sender(desk: SheetOffice) -> None:
    writes(desk, "vatandas@example.com", "Merhaba", "Sokağımıza bakar mısınız?")
    beside(desk, Not=WALL, Karar="Talep değil")
    [letter] = alarms(desk)
    words = plain(desk, letter)
    assert "duvar yıkılmak üzere" in words
    assert "vatandas@example.com" in words


def test_what_tells_of_danger_and_is_set_aside_as_no_request_is_told_with_the_reason(
    desk: SheetOffice,
) -> None:
    writes(desk, "vatandas@example.com", "Duvar", WALL)
    assert len(alarms(desk)) == 1
    beside(desk, Not="Tatbikat iletisi", Karar="Talep değil")
    _, letter = alarms(desk)
    words = plain(desk, letter)
    assert "“Talep değil” seçilerek kapatılmış" in words
    assert "Tatbikat iletisi" in words
    assert "duvar yıkılmak üzere" in words
    desk.quiet()


def test_a_request_set_aside_though_it_tells_of_danger_is_told(desk: SheetOffice) -> None:
    number = desk.ask("Duvar yıkılmak üzere", directorate="")
    desk.rest()
    beside(desk, Karar="Talep değil")
    assert desk.request(number).status is Status.CANCELLED
    assert told(desk, "office/urgent") == everybody(desk)
    assert "gerekçe yazılmamıştır" in plain_of(desk, number, "office/urgent")


def test_an_urgent_request_set_aside_is_told_whatever_its_line_shows(desk: SheetOffice) -> None:
    number = desk.ask("Belirsiz", directorate="")
    desk.change(number, urgent=True)
    desk.rest()
    beside(desk, Karar="Talep değil", Not="Asılsız ihbar, yerinde bakıldı")
    assert told(desk, "office/urgent") == everybody(desk)
    assert "Asılsız ihbar, yerinde bakıldı" in plain_of(desk, number, "office/urgent")


def test_what_is_no_danger_is_set_aside_in_silence(desk: SheetOffice) -> None:
    desk.ask("Belirsiz", directorate="")
    desk.rest()
    beside(desk, Karar="Talep değil", Not="Bilgi yazısı")
    assert told(desk, "office/urgent") == set()


@pytest.mark.parametrize("column", ["Not", "Sonuç"])
def test_danger_beside_a_row_that_cannot_be_entered_alarms_the_office_once(
    desk: SheetOffice, column: str
) -> None:
    desk.add(
        "fen", Kanal="Telefon", Mahalle="Olmayan", Açıklama="Kaldırım bozuk, onarılsın", **{column: WALL}
    )
    desk.rest()
    assert desk.numbers() == []
    assert told(desk, "office/urgent") == everybody(desk)
    [letter] = alarms(desk)
    words = plain(desk, letter)
    assert "duvar yıkılmak üzere" in words
    assert "Talepler sayfasındaki bir satırda" in words
    desk.rest(minutes=5)
    assert len(alarms(desk)) == 1
