"""What each letter says, to whom, with which begun answers."""

import re
from datetime import date, timedelta
from pathlib import Path, PurePath

import pytest

from daemon.domain.mail import Address, Mail
from daemon.domain.notice import Letter, Occasion
from daemon.domain.reading import Kind, Meaning, read_mail
from daemon.domain.request import Status
from daemon.domain.telling import KINDS
from daemon.domain.token import verify
from daemon.resources import shipped
from daemon.wording.facts import samples
from tests.wording.desk import (
    HEADMAN,
    KEY,
    LIAISON,
    MANAGER,
    NOW,
    OFFICE,
    REGISTRY,
    SUPERIOR,
    WORDING,
    buttons,
    html,
    letter,
    parsed,
    plain,
    request,
    said,
    seen,
    wording,
)

TODAY = NOW.date()
NUMBER = "MHT-2026-000123"
EVERY = [(occasion, sample) for occasion in Occasion for sample in samples(occasion, REGISTRY, NOW)]


@pytest.mark.parametrize(("occasion", "sample"), EVERY, ids=lambda value: getattr(value, "value", ""))
def test_every_occasion_is_worded_for_every_sample(occasion: Occasion, sample: tuple) -> None:  # type: ignore[type-arg]
    worded = WORDING.word(*sample, NOW)
    assert parsed(worded)["X-Muhtarlik-Letter"] == occasion.value
    for text in (plain(worded), html(worded), worded.subject):
        assert text.strip()
        assert not re.search(r"\bNone\b|\{\{|\{%|Undefined|<built-in|object at 0x", text)
    assert max(map(len, plain(worded).splitlines())) < 78
    assert "\n\n\n" not in plain(worded)
    assert '<html lang="tr">' in html(worded)


def test_all_templates_are_well() -> None:
    assert WORDING.faults(NOW) == []


# --- to headmen -------------------------------------------------------------------------------------------


def test_a_confirmation_says_number_date_subject_and_directorate() -> None:
    worded = letter(Occasion.HEADMAN_CONFIRMATION, request())
    assert worded.subject == f"[{NUMBER}] Talebiniz kayda alındı: Çınar Sokak'taki yol çukuru"
    for text in (said(worded), seen(worded)):
        assert "Sayın Ayşe YILMAZ Yayla Mahallesi Muhtarı" in text
        assert f"20.11.2026 tarihli talebiniz {NUMBER} numarasıyla kayıt altına alınmış" in text
        assert "Fen İşleri Müdürlüğüne iletilmiştir." in text
        assert "11.12.2026" in text
        assert "3071 sayılı" in text
        assert "2004/12" in text
        assert "Bilgilerinize sunarız." in text
        assert "resmî belge niteliğinde değildir" in text
        assert "6698 sayılı" in text
        assert "DURUM" in text


def test_a_request_for_another_authority_quotes_the_law() -> None:
    worded = letter(Occasion.HEADMAN_CONFIRMATION, request(external_body="ASKİ"))
    for text in (said(worded), seen(worded)):
        assert "ASKİ'nin görev alanında olduğu anlaşıldığından, 3071 sayılı Kanun'un 5 inci maddesi" in text
        assert "ASKİ'ye iletilmiştir" in text
        assert "185" in text
        assert "Kimlik" not in text


@pytest.mark.parametrize(
    ("occasion", "changes", "words"),
    [
        (Occasion.HEADMAN_CONFIRMATION, {}, "Abonelik başvurusunda hazır bulundurulması gereken belgeler"),
        (Occasion.HEADMAN_TRANSFER, {}, "Abonelik başvurusunda hazır bulundurulması gereken belgeler"),
        (Occasion.HEADMAN_CLOSURE, {"status": Status.DONE}, "Kuruma şahsen başvurulacaksa istenen belgeler"),
        (Occasion.HEADMAN_CLOSURE, {"status": Status.REJECTED}, "Yeniden başvurulması hâlinde istenen"),
        (Occasion.LIAISON_REFERRAL, {}, "Muhtara bildirilen abonelik belgeleri"),
    ],
)
def test_a_subscription_names_the_documents_asked_for(
    occasion: Occasion, changes: dict[str, object], words: str
) -> None:
    about = request(external_body="ASKİ", category="Su aboneliği", result="Uygundur.", **changes)
    for text in (said(letter(occasion, about)), seen(letter(occasion, about))):
        assert words in text
        assert "DASK poliçesi" in text
    assert "DASK poliçesi" in WORDING.tell(Occasion.HEADMAN_CONFIRMATION, about, NOW)


def test_a_subscription_without_a_category_is_known_by_its_subject() -> None:
    about = request(external_body="ASKİ", category="", subject="Su ABONELİĞİ açtırma")
    assert "DASK poliçesi" in said(letter(Occasion.HEADMAN_CONFIRMATION, about))


def test_a_fault_of_the_same_body_asks_for_no_documents() -> None:
    about = request(external_body="ASKİ", category="Su arızası", subject="Abonelerin suyu yok")
    assert "DASK poliçesi" not in said(letter(Occasion.HEADMAN_CONFIRMATION, about))


@pytest.mark.parametrize("occasion", [Occasion.LIAISON_URGENT, Occasion.OFFICE_URGENT])
def test_danger_is_told_with_the_emergency_number_and_the_bodys_own_line(occasion: Occasion) -> None:
    worded = letter(occasion, request(external_body="ASKİ", urgent=True), recipient="buro1@ornek.bel.tr")
    for text in (said(worded), seen(worded)):
        assert "112 Acil Çağrı Merkezi" in text
        assert "Kurumun 185 numaralı hattının gecikmeksizin aranarak" in text


def test_danger_in_a_mail_without_a_request_shows_who_wrote_what() -> None:
    facts = {"sender": "Veli <v@example.com>", "subject": "Acil", "words": "Gaz <kokusu> var."}
    worded = letter(Occasion.OFFICE_URGENT, recipient="buro1@ornek.bel.tr", facts=facts)
    assert worded.subject == "İVEDİ – Can güvenliği bildirimi: Acil"
    for text in (said(worded), seen(worded)):
        for word in ("v@example.com", "Gaz <kokusu> var.", "İnceleme"):
            assert word in text


def test_staff_are_asked_to_learn_the_answer_of_the_body_outside() -> None:
    worded = letter(
        Occasion.OFFICE_FOLLOW_UP,
        request(external_body="ASKİ"),
        request(124, external_body="ASKİ"),
        recipient="buro1@ornek.bel.tr",
        facts={"days_left": {NUMBER: 3}},
    )
    for text in (said(worded), seen(worded)):
        for word in ("ASKİ (185)", "Sonuç", NUMBER, "MHT-2026-000124", "2 talebin yanıtı"):
            assert word in text


def test_an_authority_that_the_register_does_not_know_is_named_all_the_same() -> None:
    assert "Karayollarına iletilmiştir" in said(
        letter(Occasion.HEADMAN_CONFIRMATION, request(external_body="Karayolları"))
    )


def test_a_request_under_review_says_so() -> None:
    worded = letter(Occasion.HEADMAN_CONFIRMATION, request(directorate=""))
    for text in (said(worded), seen(worded)):
        assert "kayıt altına alınmıştır. İlgili birim belirleniyor" in text
        assert "Müdürlüğüne iletilmiştir" not in text


def test_several_requests_of_one_mail_are_confirmed_in_one_letter() -> None:
    worded = letter(
        Occasion.HEADMAN_CONFIRMATION,
        request(1),
        request(2, directorate="park", subject="Budama"),
        request(3),
    )
    assert worded.subject == "[MHT-2026-000001] ve 2 talep daha – Talepleriniz kayda alındı"
    for text in (said(worded), seen(worded)):
        assert "3 talep ayrı ayrı" in text
        assert all(f"MHT-2026-00000{n}" in text for n in (1, 2, 3))
        assert "Park ve Bahçeler Müdürlüğüne iletilmiştir" in text


def test_danger_to_life_points_to_the_emergency_number() -> None:
    assert "112 Acil Çağrı Merkezini" in said(letter(Occasion.HEADMAN_CONFIRMATION, request(urgent=True)))
    assert "112" not in said(letter(Occasion.HEADMAN_CONFIRMATION, request()))


def test_a_closure_brings_the_result_and_a_way_back() -> None:
    closed = request(status=Status.DONE, result="Asfalt yaması yapıldı.", closed_at=NOW)
    worded = letter(Occasion.HEADMAN_CLOSURE, closed)
    for text in (said(worded), seen(worded)):
        assert "Fen İşleri Müdürlüğü tarafından sonuçlandırılmıştır" in text
        assert "Asfalt yaması yapıldı." in text
        assert "06.01.2027 tarihine kadar" in text
        assert "SORUN SÜRÜYOR" in text
        assert "SORUN ÇÖZÜLDÜ" in text
    assert [label for label, *_ in buttons(worded)] == ["SORUN ÇÖZÜLDÜ", "SORUN SÜRÜYOR"]


def test_a_refusal_is_reasoned() -> None:
    closed = request(status=Status.REJECTED, result="Yol özel mülkiyettedir.", closed_at=NOW)
    for text in (
        said(letter(Occasion.HEADMAN_CLOSURE, closed)),
        seen(letter(Occasion.HEADMAN_CLOSURE, closed)),
    ):
        assert "karşılanması mümkün olmamıştır" in text
        assert "7 nci maddesi uyarınca" in text
        assert "Gerekçe" in text
        assert "Yol özel mülkiyettedir." in text
        assert "sonuçlandırılmıştır" not in text


def test_the_status_answer_lists_what_is_open() -> None:
    worded = letter(Occasion.HEADMAN_STATUS, request(1), request(2, directorate=""), facts={"more": 4})
    assert worded.subject == "[MHT-2026-000001] ve 5 talep daha – Açık taleplerinizin durumu"
    for text in (said(worded), seen(worded)):
        assert "07.12.2026 tarihi itibarıyla açık talepleriniz" in text
        assert "MHT-2026-000001" in text
        assert "MHT-2026-000002" in text
        assert "Belirleniyor" in text
        assert "4 açık talebiniz daha" in text


def test_a_body_outside_is_named_as_the_one_that_answered() -> None:
    closed = request(external_body="ASKİ", status=Status.DONE, result="Boru onarıldı.", closed_at=NOW)
    for text in (
        said(letter(Occasion.HEADMAN_CLOSURE, closed)),
        seen(letter(Occasion.HEADMAN_CLOSURE, closed)),
    ):
        assert "talebiniz ASKİ tarafından sonuçlandırılmıştır" in text
    confirmed = letter(Occasion.HEADMAN_CONFIRMATION, request(external_body="ASKİ"))
    assert "İlgili kurum : ASKİ" in said(confirmed)


def test_thanks_for_several_name_each_with_its_result() -> None:
    done = request(1, status=Status.DONE, result="Yama yapıldı.", closed_at=NOW)
    refused = request(2, status=Status.REJECTED, result="Özel mülkiyet.", closed_at=NOW)
    worded = letter(Occasion.LIAISON_THANKS, done, refused, recipient=LIAISON)
    assert worded.subject == "[MHT-2026-000001] ve 1 talep daha – Yanıtınız için teşekkür ederiz"
    for text in (said(worded), seen(worded)):
        for part in (
            "Yama yapıldı.",
            "Özel mülkiyet.",
            "Olumsuz",
            "2 talebe ilişkin",
            "e-posta ile bildirilmektedir",
        ):
            assert part in text


def test_a_long_value_is_broken_beneath_itself() -> None:
    worded = letter(Occasion.HEADMAN_CONFIRMATION, request(subject="Uzun bir konu " * 6))
    lines = plain(worded).splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("Konu  "))
    margin = len(lines[first + 1]) - len(lines[first + 1].lstrip())
    assert margin == lines[first].index("Uzun")


def test_the_status_answer_says_when_nothing_is_open() -> None:
    worded = letter(Occasion.HEADMAN_STATUS, recipient_name="Ayşe Yılmaz")
    for text in (said(worded), seen(worded)):
        assert "açık talebiniz bulunmamaktadır" in text
        assert "Sayın Ayşe YILMAZ" in text


def test_an_unknown_headman_is_still_greeted() -> None:
    stranger = request(headman="", neighbourhood="")
    worded = letter(Occasion.HEADMAN_CONFIRMATION, stranger, recipient="yeni@example.com")
    assert plain(worded).startswith("Sayın Muhtar,\n")


# --- to directorates --------------------------------------------------------------------------------------


def test_a_referral_holds_every_fact_and_asks_politely() -> None:
    worded = letter(
        Occasion.LIAISON_REFERRAL,
        request(),
        recipient=LIAISON,
        using=wording(link="https://dosya.ornek.bel.tr/ekler/"),
    )
    assert worded.subject == f"[{NUMBER}] Yeni talep: Çınar Sokak'taki yol çukuru"
    for text in (said(worded), seen(worded)):
        assert "Sayın Mehmet IŞIK" in text
        assert "11.12.2026 tarihine kadar sonuçlandırılarak" in text
        assert "rica ederiz" in text
        for fact in (
            "Yayla Mahallesi",
            "Ayşe YILMAZ",
            "0312 000 00 01",
            "E-posta",
            "Yol çukuru",
            "20.11.2026",
        ):
            assert fact in text
        assert "Çocuklar düşüyor." in text
    assert 'href="https://dosya.ornek.bel.tr/ekler/2026/foto 1.jpg"' in html(worded)


def test_a_path_that_no_mail_reader_can_follow_is_shown_not_linked() -> None:
    worded = letter(
        Occasion.LIAISON_REFERRAL, request(), recipient=LIAISON, using=wording(link="/srv/ekler/")
    )
    assert "/srv/ekler/2026/foto 1.jpg" in seen(worded)
    assert 'href="/srv' not in html(worded)


def test_a_referral_carries_four_begun_answers() -> None:
    worded = letter(Occasion.LIAISON_REFERRAL, request(), recipient=LIAISON)
    labels = ["TAMAMLANDI", "İŞLEMDE", "BİZE AİT DEĞİL", "EK SÜRE"]
    assert [label for label, *_ in buttons(worded)] == labels
    for label, address, subject, body in buttons(worded):
        assert address == OFFICE
        assert subject == f"[{NUMBER}] {label}"
        assert body.split("\r\n")[0] == label
        reference = re.search(r"MHT\.[\w-]{20,80}", body)
        assert reference
        assert verify(KEY, reference[0], [LIAISON], TODAY) == NUMBER
        assert verify(KEY, reference[0], [HEADMAN], TODAY) is None
        assert label in plain(worded)


@pytest.mark.parametrize(
    ("occasion", "recipient", "meanings"),
    [
        (
            Occasion.LIAISON_REFERRAL,
            LIAISON,
            [Meaning.DONE, Meaning.IN_PROGRESS, Meaning.NOT_OURS, Meaning.EXTENSION],
        ),
        (Occasion.HEADMAN_CLOSURE, HEADMAN, [Meaning.DONE, Meaning.REOPEN]),
    ],
)
def test_a_pressed_button_is_understood_by_the_reader(
    occasion: Occasion, recipient: str, meanings: list[Meaning]
) -> None:
    worded = letter(occasion, request(status=Status.DONE, closed_at=NOW), recipient=recipient)
    for (_, _, subject, body), meaning in zip(buttons(worded), meanings, strict=True):
        reading = read_mail(
            Mail(
                "<a@b>",
                Address(recipient),
                (Address(OFFICE),),
                (),
                (),
                subject,
                NOW,
                body.replace("\r\n", "\n"),
            ),
            office_address=OFFICE,
        )
        assert (reading.kind, reading.meaning, reading.sure) == (Kind.REPLY, meaning, True)
        assert verify(KEY, reading.reference, [recipient], TODAY) == NUMBER
        assert "Takip" not in reading.text


def test_an_urgent_referral_warns() -> None:
    worded = letter(Occasion.LIAISON_REFERRAL, request(urgent=True), recipient=LIAISON)
    assert worded.subject.startswith(f"[{NUMBER}] İVEDİ – ")
    assert "can güvenliğini" in said(worded)
    assert "can güvenliğini" in seen(worded)


def test_a_referral_for_another_authority_asks_to_forward_it() -> None:
    worded = letter(Occasion.LIAISON_REFERRAL, request(external_body="ASKİ"), recipient=LIAISON)
    for text in (said(worded), seen(worded)):
        assert "ASKİ'ye iletilmesini, sürecin izlenmesini" in text


def test_one_reminder_lists_all_with_the_most_urgent_first() -> None:
    late = request(2, due=TODAY - timedelta(days=3), subject="Kaldırım")
    today = request(3, due=TODAY, subject="Rögar")
    soon = request(1, due=date(2026, 12, 10))
    left = {soon.number: 3, late.number: -1, today.number: 0}
    worded = letter(
        Occasion.LIAISON_REMINDER, soon, today, late, recipient=LIAISON, facts={"days_left": left, "more": 5}
    )
    assert worded.subject == "[MHT-2026-000002] ve 7 talep daha – Hatırlatma: 8 talep sonuç bekliyor"
    for text in (said(worded), seen(worded)):
        order = [text.index(each.number) for each in (late, today, soon)]
        assert order == sorted(order)
        assert "1 iş günü gecikti" in text
        assert "Bugün son gün" in text
        assert "3 iş günü kaldı" in text
        assert "5 talep daha" in text
        assert "1 talebin süresi geçmiştir" in text
    pressed = buttons(worded)
    assert len(pressed) == 12
    for _, _, subject, body in pressed:
        reference = re.search(r"MHT\.[\w-]+", body)
        assert reference
        assert f"[{verify(KEY, reference[0], [LIAISON], TODAY)}]" in subject


def test_a_reminder_about_one_request_names_it() -> None:
    late = request(due=TODAY - timedelta(days=3))
    worded = letter(Occasion.LIAISON_REMINDER, late, recipient=LIAISON, facts={"days_left": {NUMBER: -1}})
    assert worded.subject == f"[{NUMBER}] Süresi geçen talep: Çınar Sokak'taki yol çukuru"
    assert "süresi geçtiği hâlde" in said(worded)


def test_a_letter_about_many_carries_no_reference_to_one() -> None:
    worded = letter(Occasion.LIAISON_REMINDER, request(1), request(2), recipient=LIAISON)
    assert "MHT." not in plain(worded)
    assert "MHT." not in seen(worded)
    assert "MHT." not in worded.message_id


def test_a_hundred_requests_stay_below_what_mail_readers_clip() -> None:
    many = [request(n, subject="Ğ" * 110) for n in range(1, 101)]
    left = {each.number: -1 for each in many}
    worded = letter(Occasion.LIAISON_REMINDER, *many, recipient=LIAISON, facts={"days_left": left})
    body = html(worded)
    assert len(body.encode()) < 100_000
    assert all(each.number in body for each in many)


def test_a_question_asks_for_the_missing_result() -> None:
    open_still = request(status=Status.DONE)
    worded = letter(Occasion.LIAISON_QUESTION, open_still, recipient=LIAISON, facts={"about": "result"})
    for text in (said(worded), seen(worded)):
        assert "“Tamamlandı” olarak bildirilmiş, ancak Sonuç bilgisi yazılmamıştır" in text
    assert buttons(worded)


def test_a_question_quotes_the_reply_that_was_not_understood() -> None:
    facts = {"about": "reply", "words": "Bakılacak inşallah."}
    worded = letter(Occasion.LIAISON_QUESTION, request(), recipient=LIAISON, facts=facts)
    for text in (said(worded), seen(worded)):
        assert "kesin olarak anlaşılamamıştır" in text
        assert "Bakılacak inşallah." in text


def test_thanks_tell_that_the_headman_is_told() -> None:
    closed = request(status=Status.DONE, result="Yapıldı.", closed_at=NOW)
    assert "muhtarımıza e-posta ile bildirilmektedir" in said(
        letter(Occasion.LIAISON_THANKS, closed, recipient=LIAISON)
    )
    by_phone = request(status=Status.DONE, result="Yapıldı.", closed_at=NOW, headman_email="")
    assert "tarafımızca ayrıca bildirilecektir" in said(
        letter(Occasion.LIAISON_THANKS, by_phone, recipient=LIAISON)
    )


# --- rank -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recipient", "opening", "verb", "not_said"),
    [
        (MANAGER, "FEN İŞLERİ MÜDÜRLÜĞÜNE", "rica ederiz", "arz ederiz"),
        (SUPERIOR, "Sayın Müdürüm,", "arz ederiz", "rica ederiz"),
        ("baska@ornek.bel.tr", "Sayın Yetkili,", "rica ederiz", "arz ederiz"),
    ],
)
@pytest.mark.parametrize(
    "occasion", [Occasion.MANAGER_LATE, Occasion.LIAISON_URGENT, Occasion.DIRECTORATE_DIGEST]
)
def test_the_verb_follows_the_rank(
    occasion: Occasion, recipient: str, opening: str, verb: str, not_said: str
) -> None:
    worded = letter(occasion, request(due=date(2026, 12, 1)), recipient=recipient)
    assert plain(worded).startswith(opening + "\n")
    for text in (said(worded), seen(worded)):
        assert verb in text
        assert not_said not in text


def test_the_digest_shows_its_figures() -> None:
    facts = {
        "directorate": "Fen İşleri Müdürlüğü",
        "open": 1234,
        "late": 77,
        "due_this_week": 55,
        "closed_last_week": 99,
        "days_left": {NUMBER: 4},
    }
    worded = letter(Occasion.DIRECTORATE_DIGEST, request(), recipient=MANAGER, facts=facts)
    assert worded.subject == "Haftalık talep özeti – Fen İşleri Müdürlüğü (07.12.2026)"
    for text in (said(worded), seen(worded)):
        assert "Fen İşleri Müdürlüğünün 07.12.2026 tarihi itibarıyla" in text
        assert all(figure in text for figure in ("1234", "77", "55", "99", "4 iş günü kaldı"))


def test_the_office_is_told_line_by_line() -> None:
    facts = {"title": "Bir adrese ileti ulaşmıyor", "lines": ("İlk satır.", "", "İkinci satır.")}
    worded = letter(Occasion.OFFICE_NOTICE, recipient=SUPERIOR, facts=facts)
    assert worded.subject == "Bir adrese ileti ulaşmıyor"
    for text in (said(worded), seen(worded)):
        assert "İlk satır. İkinci satır." in text


def test_reviews_may_lack_everything_but_their_reason() -> None:
    facts = {"reviews": [{"reason": "Boş ileti."}], "more": 2, "held": 3}
    worded = letter(Occasion.OFFICE_REVIEW, recipient="buro@ornek.bel.tr", facts=facts)
    assert worded.subject == "İnceleme: 3 kayıt kararınızı bekliyor"
    for text in (said(worded), seen(worded)):
        assert "Boş ileti." in text
        assert "2 kayıt daha" in text
        assert "3 ileti okunamadığı" in text


def test_the_subject_of_a_daily_letter_tells_of_both_duties() -> None:
    telling = {"number": "MHT-2026-000001", "kind": "Sonuç", "way": "Telefonla", "headman": "Ali Veli"}
    telling |= {"neighbourhood": "Yayla", "phone": "", "due": date(2026, 12, 9), "is_late": False}
    facts = {"reviews": [{"reason": "Boş ileti."}], "tellings": [telling], "more_tellings": 6}
    worded = letter(Occasion.OFFICE_REVIEW, recipient="buro@ornek.bel.tr", facts=facts)
    assert worded.subject == "İnceleme: 1 kayıt kararınızı bekliyor; Bildirilecekler: 7 bildirim"


# --- what strangers wrote ---------------------------------------------------------------------------------

EVIL = '<script>alert(1)</script> {{ 7 * 7 }} {% raw %} </td></table> "><img src=x onerror=1> & http://kotu.example/'


def _everywhere(text: str) -> Letter:
    return letter(
        Occasion.LIAISON_REOPENED,
        request(subject=text, description=text, headman=text, neighbourhood=text, category=text, result=text),
        recipient=LIAISON,
        facts={"words": text},
        recipient_name=text,
    )


def test_what_strangers_wrote_stays_text() -> None:
    worded = _everywhere(EVIL)
    body = html(worded)
    assert "<script" not in body
    assert "<img" not in body
    assert "49" not in body
    assert body.count("</table>") == html(_everywhere("x")).count("</table>")
    assert "{{ 7 * 7 }}" in plain(worded)
    assert "{{ 7 * 7 }}" in body
    assert 'href="http' not in body


def test_a_stranger_s_lines_cannot_pass_for_ours() -> None:
    forged = "Bilgi\n-- \nTakip kodu: MHT.AAAAAAAAAAAAAAAAAAAAAAAA\nTAMAMLANDI"
    worded = letter(Occasion.LIAISON_REFERRAL, request(description=forged), recipient=LIAISON)
    assert "\nTakip kodu: MHT.AAAA" not in plain(worded)
    assert "\nTAMAMLANDI" not in plain(worded)


def test_identity_numbers_never_leave_the_house() -> None:
    worded = _everywhere("TC 10000000146 olan vatandaş")
    for text in (worded.mime.decode("ascii"), plain(worded), html(worded), worded.subject):
        assert "10000000146" not in text
    assert "*******0146" in plain(worded)


def test_an_endless_text_is_cut() -> None:
    worded = letter(Occasion.LIAISON_REFERRAL, request(description="çukur " * 50_000), recipient=LIAISON)
    assert len(worded.mime) < 60_000
    assert "(devamı tablodadır)" in said(worded)


def test_attachments_show_their_name_only() -> None:
    evil = ('2026/"><b>x.pdf', "a/b/javascript:alert(1)")
    worded = letter(Occasion.LIAISON_REFERRAL, request(attachments=evil), recipient=LIAISON)
    assert "<b>x.pdf" not in html(worded)
    assert 'href="javascript' not in html(worded)
    assert PurePath(evil[0]).name in plain(worded)


def test_a_request_that_the_ledger_lost_is_left_out() -> None:
    from daemon.domain.notice import Notice

    notice = Notice("k", Occasion.LIAISON_REMINDER, LIAISON, (NUMBER, "MHT-2026-000999"))
    worded = WORDING.word(notice, {NUMBER: request()}, NOW)
    assert worded.subject.startswith(f"[{NUMBER}] ")
    assert "ve 1 talep daha" not in worded.subject


def test_a_changed_register_is_taken_up_without_compiling_again() -> None:
    from dataclasses import replace

    renamed = replace(REGISTRY, office_name="Yeni Ad Müdürlüğü")
    changed = WORDING.with_registry(renamed)
    assert changed is WORDING.with_registry(renamed)
    assert WORDING.with_registry(REGISTRY) is WORDING
    worded = letter(Occasion.HEADMAN_CONFIRMATION, request(), using=changed)
    assert "Yeni Ad Müdürlüğü" in said(worded)
    assert "Örnek Belediyesi" in said(letter(Occasion.HEADMAN_CONFIRMATION, request()))


# --- what is told in person -------------------------------------------------------------------------------


def test_every_occasion_for_a_headman_can_be_told_in_person() -> None:
    for occasion in KINDS:
        assert (shipped("templates") / "told" / f"{occasion.removeprefix('headman/')}.txt").is_file()


def test_a_told_confirmation_names_number_addressee_and_day_in_two_sentences() -> None:
    said = WORDING.tell(Occasion.HEADMAN_CONFIRMATION, request(headman_email=""), NOW)
    for word in ("Sayın Ayşe YILMAZ", "MHT-2026-000123", "Fen İşleri Müdürlüğüne", "11.12.2026"):
        assert word in said
    late = WORDING.tell(Occasion.HEADMAN_CONFIRMATION, request(due=date(2026, 12, 1)), NOW)
    assert "En geç" not in late, "a day that has passed is no promise"


def test_what_is_told_masks_identity_numbers_and_stays_text() -> None:
    said = WORDING.tell(
        Occasion.HEADMAN_CLOSURE,
        request(status=Status.DONE, closed_at=NOW, result="10000000146 {{ 7*7 }} <b>\n\nikinci satır"),
        NOW,
    )
    assert "10000000146" not in said
    assert "{{ 7*7 }} <b>" in said


def test_a_fault_in_what_is_told_is_found_by_check(tmp_path: Path) -> None:
    (tmp_path / "told").mkdir()
    (tmp_path / "told" / "closure.txt").write_text("Sayın {{ request.adi }}")
    [fault] = wording(site=tmp_path).faults(NOW)
    assert "told/closure.txt:1" in fault
