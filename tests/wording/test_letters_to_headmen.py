"""What letters to headmen say: number, day, addressee, result, and the way back."""

from datetime import date, timedelta

import pytest

from daemon.domain.notice import Occasion
from daemon.domain.request import Status
from tests.wording.desk import (
    LIAISON,
    NOW,
    WORDING,
    buttons,
    letter,
    plain,
    request,
    said,
    seen,
)

NUMBER = "MHT-2026-000123"


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


def test_of_several_requests_day_and_receipt_are_told_once() -> None:
    others = (request(124, external_body="ASKİ", urgent=True), request(125, directorate=""))
    worded = letter(Occasion.HEADMAN_CONFIRMATION, request(), *others)
    for text in (said(worded), seen(worded)):
        assert text.count("20.11.2026") == text.count("kayıt altına alınmış") == 1
        assert "Talebiniz Fen İşleri Müdürlüğüne iletilmiştir." in text
        assert "Talebinizin ASKİ'nin görev alanında olduğu" in text
        assert "İlgili birim belirleniyor" in text
        assert text.index("112 Acil") < text.index("20.11.2026"), "what to do first stands first"


def test_a_request_for_another_authority_quotes_the_law() -> None:
    worded = letter(Occasion.HEADMAN_CONFIRMATION, request(external_body="ASKİ"))
    for text in (said(worded), seen(worded)):
        assert "ASKİ'nin görev alanında olduğu anlaşıldığından, 3071 sayılı Kanun'un 5 inci maddesi" in text
        assert "ASKİ'ye iletilmiştir" in text
        assert "185" in text
        assert "Kimlik" not in text


@pytest.mark.parametrize(
    "occasion", [Occasion.HEADMAN_CONFIRMATION, Occasion.HEADMAN_TRANSFER, Occasion.HEADMAN_REOPENED]
)
def test_a_day_is_promised_with_its_weekday_and_only_while_it_can_be_kept(occasion: Occasion) -> None:
    for due, promised in ((NOW.date(), True), (NOW.date() - timedelta(days=1), False)):
        about = request(due=due)
        worded = letter(occasion, about)
        for text in (said(worded), seen(worded), WORDING.tell(occasion, about, NOW)):
            assert ("07.12.2026 Pazartesi" in text) is promised
            assert ("En geç" in text) is promised


@pytest.mark.parametrize("occasion", [Occasion.HEADMAN_CONFIRMATION, Occasion.HEADMAN_REOPENED])
def test_whose_danger_begins_or_goes_on_is_told_the_emergency_number(occasion: Occasion) -> None:
    for urgent in (True, False):
        about = request(urgent=urgent)
        worded = letter(occasion, about)
        for text in (said(worded), seen(worded), WORDING.tell(occasion, about, NOW)):
            assert ("112 Acil Çağrı Merkezini" in text) is urgent


def test_a_request_of_another_authority_that_is_opened_again_goes_there_again() -> None:
    about = request(external_body="ASKİ")
    worded = letter(Occasion.HEADMAN_REOPENED, about)
    for text in (said(worded), seen(worded), WORDING.tell(Occasion.HEADMAN_REOPENED, about, NOW)):
        assert "ASKİ'ye tekrar ileti" in text
        assert "Müdürlüğüne tekrar" not in text
    asked = letter(Occasion.LIAISON_REOPENED, about, recipient=LIAISON)
    for text in (said(asked), seen(asked)):
        assert "ASKİ'ye yeniden iletilmesini" in text


@pytest.mark.parametrize(
    ("occasion", "words"),
    [
        (Occasion.HEADMAN_CONFIRMATION, "Abonelik başvurusunda hazır bulundurulması gereken belgeler"),
        (Occasion.HEADMAN_TRANSFER, "Abonelik başvurusunda hazır bulundurulması gereken belgeler"),
        (Occasion.LIAISON_REFERRAL, "Muhtara bildirilen abonelik belgeleri"),
    ],
)
def test_a_subscription_names_the_documents_asked_for(occasion: Occasion, words: str) -> None:
    about = request(external_body="ASKİ", category="Su aboneliği")
    for text in (said(letter(occasion, about)), seen(letter(occasion, about))):
        assert words in text
        assert "DASK poliçesi" in text
    assert "DASK poliçesi" in WORDING.tell(Occasion.HEADMAN_CONFIRMATION, about, NOW)


@pytest.mark.parametrize("status", [Status.DONE, Status.REJECTED, Status.CANCELLED])
def test_a_closed_subscription_asks_for_no_documents_any_more(status: Status) -> None:
    closed = request(
        external_body="ASKİ",
        category="Su aboneliği",
        status=status,
        result="Sözleşme imzalandı.",
        closed_at=NOW,
    )
    worded = letter(Occasion.HEADMAN_CLOSURE, closed)
    for text in (said(worded), seen(worded), WORDING.tell(Occasion.HEADMAN_CLOSURE, closed, NOW)):
        assert "Sözleşme imzalandı." in text
        assert "belgeler" not in text
        assert "DASK poliçesi" not in text


@pytest.mark.parametrize("subject", ["Su ABONELİĞİ açtırma", "Su saatini üzerime almak istiyorum"])
def test_a_subscription_without_a_category_is_known_by_its_subject(subject: str) -> None:
    about = request(external_body="ASKİ", category="", subject=subject)
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
        assert "06.01.2027 Çarşamba gününe kadar" in text
        assert "SORUN SÜRÜYOR" in text
        assert "SORUN ÇÖZÜLDÜ" in text
    assert [label for label, *_ in buttons(worded)] == ["SORUN ÇÖZÜLDÜ", "SORUN SÜRÜYOR"]


@pytest.mark.parametrize(("body", "unit"), [("", "Fen İşleri Müdürlüğü"), ("ASKİ", "ASKİ")])
def test_an_interim_answer_is_no_result_and_promises_one(body: str, unit: str) -> None:
    words = "2027 yılı yatırım programında değerlendirilecektir."
    about = request(external_body=body)
    worded = letter(Occasion.HEADMAN_INTERIM, about, facts={"words": words})
    assert worded.subject == f"[{NUMBER}] Talebinize ilişkin ara cevap: Çınar Sokak'taki yol çukuru"
    for text in (said(worded), seen(worded)):
        assert f"talebiniz {unit} tarafından değerlendirilmiş, aşağıdaki ara cevap verilmiştir." in text
        assert words in text
        assert "Bu bilgi talebinizin sonucu değildir" in text
        assert "7 nci maddesi uyarınca ayrıca bildirilecektir" in text
        assert "sonuçlandırılmıştır" not in text
    assert buttons(worded) == []
    told = WORDING.tell(Occasion.HEADMAN_INTERIM, about, NOW, words=words)
    assert f"talebiniz {unit} tarafından değerlendirildi. Verilen ara cevap: “{words}”" in told
    assert "sonucunu ayrıca bildireceğiz" in told
    assert "“" not in WORDING.tell(Occasion.HEADMAN_INTERIM, about, NOW).partition("konulu")[2]


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


def test_the_state_of_a_late_request_says_that_its_day_is_past() -> None:
    worded = letter(Occasion.HEADMAN_STATUS, request(due=date(2026, 12, 4)), request(2))
    for text in (said(worded), seen(worded)):
        assert "04.12.2026 Cuma (süre geçmiştir; cevap takip edilmektedir)" in " ".join(text.split())
        assert text.count("süre geçmiştir") == 1


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
