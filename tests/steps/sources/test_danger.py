"""Danger to life that a known number of Muhtar Bilgi Sistemi tells of later."""

from tests.steps.sources.office import HEADER, MBS, SourceOffice, notification, row
from tests.steps.test_urgent import everybody, told

NEWS = "Lale Sokakta asfalt bozuk. Yanındaki istinat duvarı yıkılmak üzere, altından çocuklar geçiyor."


def test_danger_that_a_known_number_tells_of_later_alarms_the_office_once(desk: SourceOffice) -> None:
    first = row()[:5] + ("Lale Sokakta asfalt bozuk.", "Bekliyor")
    desk.hand_in("mbs.xlsx", HEADER, first)
    number = desk.only().number
    assert told(desk, "office/urgent") == set()
    for words in (NEWS, f"{NEWS} Bilginize."):
        desk.hand_in("mbs.xlsx", HEADER, first[:5] + (words, "Bekliyor"))
    assert told(desk, "office/urgent") == everybody(desk)
    assert desk.letters(number)["office/urgent"] == len(everybody(desk))


def test_a_changed_text_without_danger_alarms_nobody(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification(Açıklama="Lale Sokakta asfalt bozuk."))
    desk.deliver(MBS, "MBS", notification(Açıklama="Lale ve Gül Sokakta asfalt bozuk, yama istiyoruz."))
    assert "foreign-news" in desk.kinds(desk.only().number)
    assert told(desk, "office/urgent") == set()


def test_danger_in_the_words_of_a_mail_about_a_known_number_alarms_the_office(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification(Açıklama="Lale Sokakta asfalt bozuk."))
    desk.deliver(MBS, "MBS", f"Başvuru No: 2026/4711\n\n{NEWS}")
    assert told(desk, "office/urgent") == everybody(desk)
