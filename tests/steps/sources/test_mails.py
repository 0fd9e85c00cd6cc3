"""Mails of Muhtar Bilgi Sistemi, from the raw mail to the request; what stops matching."""

import json
from datetime import date

import pytest

from daemon.domain.clock import day_of
from daemon.domain.request import Channel
from daemon.sheets import OFFICE_CODE
from tests.outbox import send_all
from tests.steps.sources.office import APP, HEADER, MBS, STAFF, SourceOffice, app_text, notification, row
from tests.steps.test_urgent import alarms, everybody, plain, told

# --- a mail of the system ---------------------------------------------------------------------------------


def test_a_notification_becomes_a_request_with_the_systems_number_and_its_own_clock(
    desk: SourceOffice,
) -> None:
    desk.deliver(MBS, "Muhtar Bilgi Sistemi - Yeni Başvuru", notification())
    request = desk.only()
    assert (request.channel, request.external_number) == (Channel.MBS, "2026/4711")
    assert request.neighbourhood == "Atapark"
    assert request.headman == desk.app.office.registry.neighbourhood("Atapark").headman.name  # type: ignore[union-attr]
    assert (request.subject, request.directorate) == ("Asfalt yaması", "fen")
    assert request.description.startswith("Lale Sokakta asfalt çöktü, derin çukurlar oluştu.\nYama")
    assert "otomatik" not in request.description
    assert day_of(request.received_at) == date(2026, 10, 8)
    assert request.due == desk.app.office.due("", Channel.MBS.value, date(2026, 10, 8)).due
    assert desk.letters(request.number)["headman/confirmation"] == 1
    assert desk.letters(request.number)["liaison/referral"] > 0


def test_a_notification_that_says_it_is_automatic_is_no_automatic_reply(desk: SourceOffice) -> None:
    machine = {"Auto-Submitted": "auto-generated", "Precedence": "bulk", "X-Auto-Response-Suppress": "All"}
    desk.deliver(MBS, "MBS bildirim", notification(), headers=machine)
    assert desk.only().external_number == "2026/4711"


@pytest.mark.parametrize(
    ("own", "counted"),
    [
        ("08.10.2026 14:35", date(2026, 10, 8)),
        ("2026-10-08T14:35:00+03:00", date(2026, 10, 8)),
        ("8 Ekim 2026", date(2026, 10, 8)),
        ("13.10.2026", date(2026, 10, 12)),
        ("08.10.2016", date(2026, 10, 12)),
        ("geçen hafta", date(2026, 10, 12)),
    ],
)
def test_the_term_counts_from_the_systems_date_when_that_can_be_true(
    desk: SourceOffice, own: str, counted: date
) -> None:
    desk.deliver(MBS, "MBS", notification(**{"Başvuru Tarihi": own}))
    request = desk.only()
    assert day_of(request.received_at) == counted
    assert ("geçerli görülmedi" in desk.texts(request.number)) == (counted == date(2026, 10, 12))
    assert ("geçerli görülmedi" in request.note) == (counted == date(2026, 10, 12))


@pytest.mark.parametrize(
    "changed",
    [
        {"Başvuru No": "Başvuru Numarası", "Açıklama": "AÇIKLAMALAR", "Mahalle": "Mahallesi"},
        {"Başvuru No": "MBS NO", "Konu": "Başvurunun Konusu", "Açıklama": "Başvuru Metni"},
        {"Başvuru No": "basvuru no", "Açıklama": "Aciklama", "Başvuru Tarihi": "Basvuru Tarihi"},
        {"Başvuru No": "Başvuru  No *", "Mahalle": "MAHALLE ADI"},
        {"Başvuru Tarihi": "Başvurunun Yapıldığı Tarih"},
        {"Başvuru Tarihi": "Bildirim Tarihi"},
    ],
)
def test_renamed_labels_are_read(desk: SourceOffice, changed: dict[str, str]) -> None:
    text = notification()
    for old, new in changed.items():
        text = text.replace(f"{old}:", f"{new}:")
    desk.deliver(MBS, "MBS", text)
    request = desk.only()
    assert (request.external_number, request.neighbourhood) == ("2026/4711", "Atapark")
    assert "çukurlar" in request.description
    assert day_of(request.received_at) == date(2026, 10, 8)


def test_reordered_labels_and_values_below_their_labels_are_read(desk: SourceOffice) -> None:
    text = (
        "Açıklama\nLale Sokakta asfalt çöktü, çukurlar oluştu.\nYama istiyoruz.\n\nKonu\nAsfalt\n\nMahalle\n"
        "ATAPARK MAH.\nBaşvuru Tarihi\n08.10.2026\nBaşvuru No\n4711\n"
    )
    desk.deliver(MBS, "MBS", text)
    request = desk.only()
    assert (request.external_number, request.neighbourhood) == ("4711", "Atapark")
    assert "Yama istiyoruz." in request.description
    assert "Konu" not in request.description


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td><b>{n}</b></td><td>4711</td></tr><tr><td>Mahalle:</td><td>Atapark</td></tr>"
        "<tr><td>Açıklama</td><td>Yol çöktü,<br>asfalt istiyoruz.</td></tr>",
        "<tr><th>{n}</th><th>Mahalle</th><th>Açıklama</th></tr>"
        "<tr><td>4711</td><td>Atapark</td><td>Yol çöktü, asfalt istiyoruz.</td></tr>",
        "<tr><td>Mahalle</td><td>Atapark</td><td>{n}</td><td>4711</td></tr>"
        "<tr><td colspan=4>Açıklama</td></tr><tr><td colspan=4>Yol çöktü, asfalt istiyoruz.</td></tr>",
    ],
)
def test_labels_in_a_table_are_read(desk: SourceOffice, table: str) -> None:
    html = f"<html><body><table><tr><td><table>{table.format(n='Başvuru No')}</table></td></tr></table></body></html>"
    desk.deliver(MBS, "MBS", "HTML görüntüleyiniz.", html=html)
    request = desk.only()
    assert (request.external_number, request.neighbourhood) == ("4711", "Atapark")
    assert "asfalt istiyoruz" in request.description


def test_a_form_on_one_line_is_read(desk: SourceOffice) -> None:
    line = (
        "Başvuru No: 2026-108 Başvuru Tarihi: 08.10.2026 Mahalle: Fatih Konu: Çöp Açıklama: Çöpler alınmıyor."
    )
    desk.deliver(MBS, "MBS Bildirimi", f"{line} Durum: Bekliyor")
    request = desk.only()
    assert (request.external_number, request.neighbourhood) == ("2026-108", "Fatih")
    assert (request.subject, request.description) == ("Çöp", "Çöpler alınmıyor.")
    assert day_of(request.received_at) == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("Muhtar Bilgi Sistemi - 2026-109 numaralı başvuru", "2026-109"),
        ("MBS - Başvuru No: 2026/109", "2026/109"),
        ("MBS | 2026/109 sayılı başvurunuz | Başvuru No: 2026/109", "2026/109"),
        ("MBS - 12.10.2026 tarihli bildirim", ""),
        ("MBS - 2026/1 ve 2026/2 numaralı, 2026/3 numaralı başvurular", ""),
    ],
)
def test_a_number_that_only_the_subject_names_is_read(desk: SourceOffice, subject: str, number: str) -> None:
    desk.deliver(MBS, subject, notification("").replace("Başvuru No: \n", ""))
    assert [request.external_number for request in desk.all()] == ([number] if number else [])
    assert len(desk.reviews()) == (0 if number else 1)


def test_a_missing_date_is_said(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification(**{"Başvuru Tarihi": ""}))
    assert "Sistemdeki tarih bulunamadı; süre, alındığı günden sayıldı." in desk.texts(desk.only().number)
    assert "Sistemdeki tarih bulunamadı; süre, alındığı günden sayıldı." in desk.only().note


def test_a_colleague_forwards_a_notification(desk: SourceOffice) -> None:
    text = (
        f"Bilginize.\n\n---------- İletilmiş ileti ----------\nKimden: MBS <{MBS}>\nTarih: 08.10.2026 14:40\n"
    )
    text += f"Konu: Muhtar Bilgi Sistemi\nKime: muhtarlik@ornek.bel.tr\n\n{notification()}"
    desk.deliver(STAFF, "İLT: Muhtar Bilgi Sistemi", text)
    request = desk.only()
    assert (request.channel, request.external_number) == (Channel.MBS, "2026/4711")


def test_a_stranger_who_forwards_or_imitates_one_is_not_believed(desk: SourceOffice) -> None:
    desk.deliver("biri@example.org", "Muhtar Bilgi Sistemi", notification())
    desk.deliver("biri@sahte-mbs.example.gov.tr", "MBS", notification())
    assert desk.all() == []
    assert {review.reason for review in desk.reviews()} == {"Gönderen, kayıtlı bir muhtar değil."}


def test_two_wishes_under_one_number_are_one_request(desk: SourceOffice) -> None:
    both = "1) Lale Sokakta asfalt çöktü, çukurlar var.\n2) Parktaki salıncak kırık, onarılsın."
    desk.deliver(MBS, "MBS", notification(Konu="", Açıklama=both))
    request = desk.only()
    assert request.external_number == "2026/4711"
    assert "salıncak" in request.description
    assert request.directorate == "", "a person says who answers"
    [review] = desk.reviews()
    assert review.reason.startswith("Kayıtta birden çok konu bulunuyor")
    assert set(review.guess.split("; ")) == {"Fen İşleri Müdürlüğü", "Park ve Bahçeler Müdürlüğü"}
    assert review.confidence is None


def test_two_wishes_of_one_directorate_are_its_request_without_a_question(desk: SourceOffice) -> None:
    both = (
        "1) Lale Sokakta asfalt çöktü, çukurlar var.\n2) Çınar Sokakta kaldırım taşları sökülmüş, onarılsın."
    )
    desk.deliver(MBS, "MBS", notification(Konu="", Açıklama=both))
    assert desk.only().directorate == "fen"
    assert desk.reviews() == []


def test_two_records_below_one_another_in_one_mail_are_two_requests(desk: SourceOffice) -> None:
    first, second = notification("2026/1", "Atapark"), notification("2026/2", "Yayla")
    desk.deliver(MBS, "MBS", f"{first}\n\n{second}")
    kept = {request.external_number: request for request in desk.all()}
    assert {number: request.neighbourhood for number, request in kept.items()} == {
        "2026/1": "Atapark",
        "2026/2": "Yayla",
    }
    assert "2026/2" not in kept["2026/1"].description


def test_a_mail_about_a_concluded_number_that_was_never_here_leaves_a_trace(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification(Durum="Sonuçlandı"))
    assert desk.all() == []
    with desk.ledger.view() as view:
        said = [entry.text for entry in view.history("")]
    assert said == ["İleti okundu. Muhtar Bilgi Sistemi: 1 sonuçlanmış kayıt (talep açılmadı)."]


# --- who it is --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "headman", "why"),
    [
        ("Olmayan", "", "“Olmayan Mahallesi” adında bir mahalle kayıtlı değil"),
        ("Atapark", "Başka Birisi", "Atapark Mahallesi muhtarı olarak kayıtlı değil"),
    ],
)
def test_a_headman_not_in_the_register_is_a_persons_question(
    desk: SourceOffice, place: str, headman: str, why: str
) -> None:
    desk.deliver(MBS, "MBS", notification(place=place, headman=headman))
    desk.hand_in("mbs.xlsx", HEADER, row(place=place, who=headman))
    assert desk.all() == []
    [review] = desk.reviews()
    assert why in review.reason
    assert "Lale Sokakta asfalt çöktü" in review.read
    assert "2026/4711" in review.read


@pytest.mark.parametrize("gone", ["Mahalle: Yayla", "Başvuru No"])
def test_danger_in_a_record_that_waits_for_a_person_alarms_the_office_at_once(
    desk: SourceOffice, gone: str
) -> None:
    text = "\n".join(
        (
            "Başvuru No: 2026/77",
            "Başvuru Tarihi: 12.10.2026",
            "Mahalle: Yayla",
            "Konu: Tehlike",
            "Açıklama: Elektrik teli koptu, yerde duruyor.",
        )
    )
    changed = text.replace(gone, "Mahalle: Olmayan" if gone.startswith("Mahalle") else "Sıra")
    desk.deliver(MBS, "MBS", changed)
    assert desk.all() == []
    [letter] = alarms(desk)
    assert told(desk, "office/urgent") == everybody(desk)
    assert "Elektrik teli koptu" in plain(desk, letter)
    assert "Talep henüz açılmamıştır: Muhtar Bilgi Sistemi" in plain(desk, letter)


def test_a_person_files_it_and_it_keeps_channel_number_and_date(desk: SourceOffice) -> None:
    desk.rest()
    desk.deliver(MBS, "MBS", notification(place="Olmayan"))
    desk.rest(days=1)
    [review] = desk.reviews()
    decided = {"Karar": "Yeni talep olarak kaydet", "Doğru_Mahalle": "Atapark"}
    desk.type(OFFICE_CODE, {"Kayıt No": review.id}, "İnceleme", **decided)
    desk.rest()
    request = desk.only()
    assert (request.channel, request.external_number) == (Channel.MBS, "2026/4711")
    assert day_of(request.received_at) == date(2026, 10, 8)
    desk.hand_in("mbs.xlsx", HEADER, row(place="Olmayan"))
    assert len(desk.all()) == 1
    assert desk.reviews() == []


def test_a_list_that_names_the_headman_rightly_settles_the_question(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification(place="Olmayan"))
    desk.hand_in("mbs.xlsx", HEADER, row())
    assert desk.only().external_number == "2026/4711"
    assert desk.reviews() == []


# --- mails that stop matching -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "why"),
    [
        ("Başvuru No", "sistem numarası bulunamadı"),
        ("all", "sistem numarası bulunamadı ve talebin metni bulunamadı"),
    ],
)
def test_a_mail_that_stops_matching_is_told_and_waits(desk: SourceOffice, gone: str, why: str) -> None:
    text = notification(Konu="")
    labels = ("Başvuru No", "Açıklama", "Mahalle", "Durum") if gone == "all" else (gone,)
    for label in labels:
        text = text.replace(f"{label}:", "xyzzy, plugh:")
    desk.deliver(MBS, "MBS", text)
    assert desk.all() == []
    [review] = desk.reviews()
    assert why in review.reason
    assert "Lale Sokakta" in review.read
    assert desk.told() == ["Muhtar Bilgi Sistemi: okunamayan ileti"]
    desk.deliver(MBS, "MBS", text + "\nBir daha.")
    assert len(desk.reviews()) == 2
    assert len(desk.told()) == 1, "told once a day, however many"


def test_contradicting_numbers_in_one_mail_are_a_persons_question(desk: SourceOffice) -> None:
    data = json.dumps({"basvuruNo": "1", "aciklama": "Yol bozuk", "mahalle": "Atapark"}).encode()
    desk.deliver(MBS, "MBS", notification(), files=[("veri.json", data)])
    assert desk.all() == []
    assert "birden çok sistem numarası" in desk.reviews()[0].reason


@pytest.mark.parametrize("sender", [MBS, APP])
@pytest.mark.parametrize(
    "said",
    [
        "dmarc=fail header.from=mbs.example.gov.tr",
        "dmarc=none; spf=pass smtp.mailfrom=a@example.net; dkim=pass header.d=example.net",
        "dmarc=none; spf=softfail smtp.mailfrom=bildirim@mbs.example.gov.tr",
        "spf=fail smtp.mailfrom=bildirim@mbs.example.gov.tr",
    ],
)
def test_a_mail_with_forged_sender_waits(desk: SourceOffice, sender: str, said: str) -> None:
    desk.believe_only("mx.ornek.bel.tr")
    text = notification() if sender == MBS else app_text()
    desk.deliver(sender, "Bildirim", text, headers={"Authentication-Results": f"mx.ornek.bel.tr; {said}"})
    assert desk.all() == []
    assert "kimliği doğrulanamadı" in desk.reviews()[0].reason


@pytest.mark.parametrize(
    "said",
    [
        "dmarc=none; spf=none; dkim=none",
        "spf=pass smtp.mailfrom=b@mbs.example.gov.tr",
        "dmarc=pass header.from=",
    ],
)
def test_a_system_that_nothing_speaks_against_is_read(desk: SourceOffice, said: str) -> None:
    desk.believe_only("mx.ornek.bel.tr")
    desk.deliver(MBS, "MBS", notification(), headers={"Authentication-Results": f"mx.ornek.bel.tr; {said}"})
    assert desk.only().external_number == "2026/4711"


def test_the_systems_thanks_for_our_letter_are_no_unreadable_record(desk: SourceOffice) -> None:
    desk.deliver(APP, "Muhtar Mobil", app_text())
    number = desk.only().number
    send_all(desk.app, desk.now)
    with desk.ledger.view() as view:
        ours = view.letters_of(number)[0].message_id
    thanks = {"In-Reply-To": ours, "Auto-Submitted": "auto-replied"}
    desk.deliver(APP, "Re: cevap", "Cevabınız kullanıcıya iletildi.", headers=thanks)
    assert desk.reviews() == []
    assert desk.told() == []
