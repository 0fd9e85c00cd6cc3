"""How each program quotes, signs and says that somebody is away, in Turkish and English.

Tables of raw pieces; the corpus beside this file holds mails as a whole.
"""
# ruff: noqa: E501 - mails stand here as they were written

import pytest

from daemon.domain.answers.meaning import Meaning
from daemon.domain.reading import Kind, read_mail
from tests.mail.pieces import BODY, NUMBER, OFFICE, SUBJ, mail, read, reply, w

# --- replies ----------------------------------------------------------------------------------------------

QL = (
    "Sayın ilgili,\n\nAşağıda bilgileri yer alan muhtar talebi Müdürlüğünüze iletilmiştir.\n\n"
    f"Talep No : {NUMBER}\nKonu : Yol çukuru\n\nTAMAMLANDI / İŞLEMDE / BİZE AİT DEĞİL / EK SÜRE"
)
QM = "\n".join(f"> {line}" for line in QL.split("\n"))
FROM = f"Muhtarlık İşleri <{OFFICE}>"
UNMARKED = {
    "ol-tr": f"-----Özgün İleti-----\nKimden: {FROM}\nGönderilme: Salı, 8 Aralık 2026 09:00\nKime: Selim Akgündüz\nKonu: {SUBJ}\n\n{QL}",
    "ol-desk": f"From: {FROM} \nSent: Tuesday, December 8, 2026 9:00 AM\nTo: Selim Akgündüz <fen.irtibat@ornek.bel.tr>\nSubject: {SUBJ}\n\n{QL}",
    "ol-web": f"________________________________\nKimden: {FROM}\nGönderildi: 8 Aralık 2026 Salı 09:00\nKime: Selim Akgündüz <fen.irtibat@ornek.bel.tr>\nKonu: {SUBJ}\n\n{QL}",
    "ol-mobile": f"iOS için Outlook'u<https://aka.ms/o0ukef> edinin\n________________________________\nKimden: {FROM}\nGönderildi: Salı, Aralık 8, 2026 9:00 AM\nKime: Selim Akgündüz <fen.irtibat@ornek.bel.tr>\nKonu: {SUBJ}\n\n{QL}",
    "samsung": f"Samsung Galaxy akıllı telefonumdan gönderildi.\n\n-------- Orijinal mesaj --------\nGönderen: {FROM}\nTarih: 8.12.2026 09:00 (GMT+03:00)\nAlıcı: fen.irtibat@ornek.bel.tr\nKonu: {SUBJ}\n\n{QL}",
    "huawei": f"Huawei telefonumdan gönderildi\n\n-------- Orijinal Mesaj --------\nKonu: {SUBJ}\nGönderen: {FROM}\nAlıcı: fen.irtibat@ornek.bel.tr\nCC: \n\n{QL}",
    "yandex-mobile": f'Yandex.Mail mobil uygulamasından gönderildi\n\n08.12.2026, 09:00, "Muhtarlık İşleri" <{OFFICE}>:\n\n{QL}',
    "yahoo": f"    8 Aralık 2026 Salı 09:00:00 GMT+3 tarihinde, {FROM} şunu yazdı:  \n \n {QL}",
    "yahoo-android": f"Android'de Yahoo Postadan gönderildi \n \n  Sal, Ara 8, 2026 saat 9:00 tarihinde Muhtarlık İşleri<{OFFICE}> şunu yazdı:   {QL}",
    "zimbra": f'----- Orijinal Mesaj -----\nKimden: "Muhtarlık İşleri" <{OFFICE}>\nKime: "Selim Akgündüz" <fen.irtibat@ornek.bel.tr>\nGönderilenler: 8 Aralık Salı 2026 9:00:00\nKonu: {SUBJ}\n\n{QL}',
    "mailru": f"Salı, 8 Aralık 2026, 09:00 +03:00 tarihinde Muhtarlık İşleri <{OFFICE}> yazmış:\n\n{QL}",
}
MARKED = {
    "gmail": f"Muhtarlık İşleri <{OFFICE}>, 8 Ara 2026 Sal, 09:00 tarihinde şunu yazdı:\n\n{QM}",
    "gmail-wrapped": f"Örnek Belediyesi Muhtarlık İşleri Müdürlüğü <{OFFICE}>, 8 Ara 2026 Sal,\n09:00 tarihinde şunu yazdı:\n\n{QM}",
    "gmail-old": f"8 Aralık 2026 Salı 09:00 tarihinde Muhtarlık İşleri <{OFFICE}> yazdı:\n\n{QM}",
    "gmail-en": f"On Tue, Dec 8, 2026 at 9:00 AM Muhtarlık İşleri <{OFFICE}>\nwrote:\n\n{QM}",
    "apple": f"Muhtarlık İşleri <{OFFICE}> şunları yazdı (8 Ara 2026 09:00):\n\n{QM}",
    "apple-ios": f"8 Ara 2026 tarihinde 09:00 saatinde, Muhtarlık İşleri <{OFFICE}> şunları yazdı:\n\n{QM}",
    "apple-nbsp": f"8 Ara 2026 tarihinde 09:00 saatinde, Muhtarlık İşleri <{OFFICE}> şunları yazdı:\n\n\ufeff{QM}",
    "tb": f"08.12.2026 09:00 tarihinde Muhtarlık İşleri yazdı:\n{QM}",
    "tb2": f"8.12.2026 09:00 tarihinde, Muhtarlık İşleri yazdı:\n{QM}",
    "tb-en": f"On 8.12.2026 09:00, Muhtarlık İşleri wrote:\n{QM}",
    "yandex": f'08.12.2026, 09:00, "Muhtarlık İşleri" <{OFFICE}>:\n{QM}',
    "roundcube": f"Muhtarlık İşleri, 2026-12-08 09:00 yazdı:\n{QM}",
    "roundcube2": f"2026-12-08 09:00 tarihinde Muhtarlık İşleri yazdı:\n{QM}",
    "horde": f"{FROM} yazmış:\n\n{QM}",
    "quoted-block": f"> -----Özgün İleti-----\n> Kimden: {FROM}\n{QM}",
    "none": QM,
}

ANSWER = "Çukur 7 Aralık'ta ekiplerimizce asfaltla kapatılmıştır.\nBilgilerinize arz ederim."
SIGNATURES = [
    "",
    "\n\n-- \nSelim Akgündüz\nFen İşleri Müdürlüğü",
    "\n\nSaygılarımla,\nSelim AKGÜNDÜZ\nİnşaat Teknikeri\nFen İşleri Müdürlüğü\nTel: 0312 000 00 00 / 1234",
    "\n\nSelim Akgündüz\nFen İşleri Müdürlüğü\n\nBu e-posta ve ekleri gizli bilgi içerebilir. Yanlışlıkla aldıysanız lütfen siliniz.",
    "\n\niPhone'umdan gönderildi",
]


@pytest.mark.parametrize("signature", SIGNATURES, ids=range(len(SIGNATURES)))
@pytest.mark.parametrize("program", [*UNMARKED, *MARKED])
def test_an_answer_above_the_quotation_closes_its_request(program: str, signature: str) -> None:
    found = reply(f"{ANSWER}{signature}\n\n{(UNMARKED | MARKED)[program]}")
    assert (found.text, found.number) == (ANSWER, NUMBER)
    assert (found.kind, found.meaning, found.sure) == (Kind.REPLY, Meaning.DONE, True)
    assert "Müdürlüğünüze iletilmiştir" in found.quoted


@pytest.mark.parametrize("program", MARKED)
def test_an_answer_below_or_between_the_quotation_is_found(program: str) -> None:
    assert reply(f"{MARKED[program]}\n\n{ANSWER}{SIGNATURES[2]}").text == ANSWER
    between = reply(MARKED[program].replace("> Talep No :", "\nÇukur kapatıldı.\n\n> Talep No :"))
    assert between.text == "Çukur kapatıldı."


# --- what stands below a request --------------------------------------------------------------------------

BELOW = [
    "-- \nHasan Kurt\nAtapark Mahallesi Muhtarı\n0532 000 00 00",
    "Saygılarımla\nHasan KURT\nAtapark Mah. Muhtarı",
    "Hasan Kurt\nMuhtar",
    "Hasan KURT\nAtapark Mahalle Muhtarı\nTel: 0532 000 00 00",
    "iPhone’umdan gönderildi",
    "iPhone'dan gönderildi",
    "Sent from my Samsung Galaxy smartphone.",
    "Samsung Galaxy akıllı telefonumdan gönderildi.",
    "Android için Outlook'tan gönderildi",
    "Android için Outlook’u edinin",
    "Get Outlook for Android",
    "Windows 10 için Posta ile gönderildi",
    "Windows için Posta'dan gönderildi",
    "Yahoo Mail: Ara, Düzenle, Fethet",
    "Android'de Yahoo Postadan gönderildi",
    "Yandex.Mail mobil uygulamasından gönderildi: http://m.ya.ru/ymail",
    "Huawei telefonumdan gönderildi",
    "Xiaomi telefonumdan gönderildi",
    "Mail.ru için Android uygulamasından gönderildi",
    "Cep telefonumdan gönderildi",
    "iPad'imden gönderildi",
    "Gmail Mobil'den gönderildi",
    "Bu e-posta virüslere karşı Avast antivirüs yazılımı tarafından kontrol edilmiştir.\nwww.avast.com",
    "Virüs bulunmuyor. www.avast.com",
    "Virus-free.www.avast.com",
    "This email has been checked for viruses by Avast antivirus software.\nhttps://www.avast.com/antivirus",
    "YASAL UYARI: Bu e-posta mesajı kişiye özel olup gizli bilgiler içerebilir. Mesajın muhatabı değilseniz siliniz.",
    "Bu mesaj ve ekleri, mesajda gönderildiği belirtilen kişi/kişilere özeldir ve gizlidir. Bu mesajın muhatabı olmamanıza rağmen tarafınıza ulaşmış olması halinde mesaj içeriğinin gizliliği ve bu gizlilik yükümlülüğüne uyulması zorunluluğu tarafınız için de söz konusudur.",
    "Bu e-posta ve muhtemel eklerinde verilen bilgiler kişiye özel ve gizli olup, yalnızca mesajda belirlenen alıcı ile ilgilidir.",
    "GİZLİLİK NOTU: Bu ileti yalnızca alıcısı içindir.",
    "This message (including any attachments) contains confidential information intended for a specific individual and purpose.",
    "The information in this e-mail is confidential and may be legally privileged.",
    "DISCLAIMER: This e-mail is intended only for the person.",
    "KVKK Aydınlatma Metni: Kişisel verileriniz 6698 sayılı Kanun kapsamında işlenmektedir. Detay için www.ornek.bel.tr/kvkk",
    "Kişisel verileriniz 6698 sayılı Kişisel Verilerin Korunması Kanunu kapsamında işlenmektedir.",
    "Çevreni düşün! Bu e-postayı yazdırmadan önce düşünün.",
    "Lütfen bu e-postayı yazdırmadan önce çevreyi düşününüz.",
    "Please consider the environment before printing this e-mail.",
    "Bu e-posta Örnek Belediyesi güvenlik sistemleri tarafından taranmıştır.",
    "UYARI: Bu e-posta kurum dışından gelmiştir. Bağlantılara tıklamayınız.",
    "[EXTERNAL]",
    "Saygılar",
    "İyi çalışmalar dilerim.",
]


@pytest.mark.parametrize("below", BELOW)
def test_what_a_program_or_a_lawyer_adds_is_not_the_writers(below: str) -> None:
    assert read(mail(f"{BODY}\n\n{below}\n")).text == BODY


# --- machines ---------------------------------------------------------------------------------------------

ABSENT = "Yıllık izinde olduğumdan 15 Aralık'a kadar e-postalarınıza cevap veremeyeceğim. Acil durumlarda Yavuz Karahanlı ile görüşebilirsiniz."
ABSENCES = [
    (
        "exch",
        "Otomatik yanıt: " + SUBJ,
        {"Auto_Submitted": "auto-generated", "X_Auto_Response_Suppress": "All"},
        ABSENT,
    ),
    (
        "exch-en",
        "Automatic reply: " + SUBJ,
        {"Auto_Submitted": "auto-generated"},
        "I am out of the office until December 15.",
    ),
    (
        "gmail",
        "Re: " + SUBJ,
        {"Auto_Submitted": "auto-replied", "Precedence": "bulk", "X_Autoreply": "yes"},
        ABSENT,
    ),
    ("gmail-tr", "Ofis dışında Re: " + SUBJ, {}, ABSENT),
    ("subjonly1", "Otomatik Yanıt: " + SUBJ, {}, ABSENT),
    ("subjonly2", "Ofis Dışında: " + SUBJ, {}, "15 Aralık'ta döneceğim."),
    ("subjonly3", "İzindeyim", {}, ABSENT),
    ("subjonly4", "İZİNDEYİM Re: " + SUBJ, {}, ABSENT),
    ("subjonly5", "Otomatik cevap", {}, ABSENT),
    ("subjonly6", "Out of Office: " + SUBJ, {}, "I am away."),
    ("subjonly7", "Ofis dışındayım", {}, ABSENT),
    ("subjonly8", "Otomatik Yanıtla: " + SUBJ, {}, ABSENT),
    ("subjonly9", "Otomatik Yanit (Izindeyim)", {}, ABSENT),
    ("subjonly10", "Yıllık izin - Otomatik yanıt", {}, ABSENT),
    ("subjonly11", "[Otomatik Yanıt] " + SUBJ, {}, ABSENT),
    ("subjonly12", "Yokum: izindeyim", {}, ABSENT),
    ("vacation", "Re: " + SUBJ, {"X_Autorespond": "yes"}, ABSENT),
    ("zimbra", "Re: " + SUBJ, {"Auto_Submitted": "auto-replied (zimbra; vacation)"}, ABSENT),
    ("senelik", "Otomatik yanıt: Ynt: x", {}, "Senelik iznimi kullanmaktayım."),
    ("rapor", "Otomatik yanıt: x", {}, "Raporlu olduğum için ofiste değilim."),
]


@pytest.mark.parametrize(("label", "subject", "headers", "body"), ABSENCES)
def test_whoever_is_away_is_told_from_an_answer(
    label: str, subject: str, headers: dict[str, str], body: str
) -> None:
    extra = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    found = read(mail(body, sender="fen.irtibat@ornek.bel.tr", subject=w(subject), extra=extra))
    assert (found.kind, found.meaning) == (Kind.AUTO_REPLY, Meaning.OUT_OF_OFFICE)


def test_a_person_who_writes_that_he_is_away_has_not_answered() -> None:
    found = reply("Yıllık izindeyim, konuyla Yavuz Bey ilgilenecek.")
    assert (found.kind, found.meaning) == (Kind.REPLY, Meaning.OUT_OF_OFFICE)


def test_a_read_receipt_is_no_bounce() -> None:
    notice = "Content-Type: message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually; displayed\n"
    body = f"--b\n\nİletiniz okundu.\n--b\n{notice}--b--\n"
    kind = "multipart/report; report-type=disposition-notification; boundary=b"
    assert read(mail(body, subject=w(f"Okundu: {SUBJ}"), kind=kind)).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    "words", ["İzinsiz kazı yapılıyor.", "Pazar kurulması için izin verilmesini arz ederim."]
)
def test_a_request_about_a_permit_is_a_request(words: str) -> None:
    assert read(mail(words, subject=w("İzin hakkında"))).kind is Kind.REQUEST


def test_the_sender_decides_whose_words_they_are() -> None:
    found = mail("Yapılmadı.", subject=w(f"Ynt: {SUBJ}"))
    assert read_mail(found, is_headman=lambda _: True).meaning is Meaning.REOPEN
    assert read_mail(found, is_headman=lambda _: False).meaning is Meaning.IN_PROGRESS
