"""How each program forwards, in Turkish and English.

Tables of raw pieces; the corpus beside this file holds mails as a whole.
"""
# ruff: noqa: E501 - mails stand here as they were written

import pytest

from daemon.domain.reading import Kind
from tests.mail.pieces import mail, read, w

QW = "Çöpler üç gündür toplanmadı, koku yapıyor."
QT = f"{QW}\n\nŞükrü Çağlı\nYayla Mahallesi Muhtarı"
FORWARDS = {
    "outlook-tr": "-----Özgün İleti-----\nKimden: Şükrü Çağlı [mailto:sukru@example.com]\nGönderilme: Pazartesi, 7 Aralık 2026 09:00\nKime: baska@ornek.bel.tr\nKonu: Çöp şikâyeti\n\n",
    "outlook-new": "________________________________\nKimden: Şükrü Çağlı <sukru@example.com>\nGönderildi: 7 Aralık 2026 Pazartesi 09:00\nKime: baska@ornek.bel.tr <baska@ornek.bel.tr>\nKonu: Çöp şikâyeti\n\n",
    "outlook-en": "-----Original Message-----\nFrom: Şükrü Çağlı <sukru@example.com>\nSent: Monday, December 7, 2026 9:00 AM\nTo: baska@ornek.bel.tr\nSubject: Çöp şikâyeti\n\n",
    "outlook-bare": "From: Şükrü Çağlı <sukru@example.com>\nSent: Monday, December 7, 2026 9:00 AM\nTo: baska@ornek.bel.tr\nSubject: Çöp şikâyeti\n\n",
    "outlook-imp": "Kimden: Şükrü Çağlı <sukru@example.com>\nGönderildi: 7 Aralık 2026 Pazartesi 09:00\nKime: baska@ornek.bel.tr\nBilgi: Ali Veli <ali@ornek.bel.tr>\nKonu: Çöp şikâyeti\nÖnem Derecesi: Yüksek\n\n",
    "gmail-tr": "---------- Forwarded message ---------\nGönderen: Şükrü Çağlı <sukru@example.com>\nDate: 7 Ara 2026 Pzt, 09:00\nSubject: Çöp şikâyeti\nTo: <baska@ornek.bel.tr>\n\n\n",
    "gmail-en": "---------- Forwarded message ---------\nFrom: Şükrü Çağlı <sukru@example.com>\nDate: Mon, Dec 7, 2026 at 9:00 AM\nSubject: Çöp şikâyeti\nTo: <baska@ornek.bel.tr>\n\n\n",
    "gmail-tr2": "---------- Yönlendirilen ileti ----------\nGönderen: Şükrü Çağlı <sukru@example.com>\nTarih: 7 Aralık 2026 Pazartesi 09:00\nKonu: Çöp şikâyeti\nAlıcı: baska@ornek.bel.tr\n\n",
    "gmail-tr3": "---------- İletilmiş ileti ----------\nKimden: Şükrü Çağlı <sukru@example.com>\nTarih: 7 Ara 2026 09:00\nKonu: Çöp şikâyeti\nKime: baska@ornek.bel.tr\n\n",
    "apple-tr": "İletilen ileti başlangıcı:\n\nKimden: Şükrü Çağlı <sukru@example.com>\nKonu: Çöp şikâyeti\nTarih: 7 Aralık 2026 09:00:00 GMT+3\nKime: baska@ornek.bel.tr\n\n",
    "apple-tr2": "Başlangıç: iletilen ileti\n\nKimden: Şükrü Çağlı <sukru@example.com>\nTarih: 7 Aralık 2026 09:00:00 GMT+3\nKime: baska@ornek.bel.tr\nKonu: Çöp şikâyeti\n\n",
    "apple-en": "Begin forwarded message:\n\nFrom: Şükrü Çağlı <sukru@example.com>\nSubject: Çöp şikâyeti\nDate: 7 December 2026 at 09:00:00 GMT+3\nTo: baska@ornek.bel.tr\n\n",
    "apple-quoted": "Başlangıç: İletilen İleti\n\n> Kimden: Şükrü Çağlı <sukru@example.com>\n> Konu: Çöp şikâyeti\n> Tarih: 7 Aralık 2026 09:00:00 GMT+3\n> Kime: baska@ornek.bel.tr\n> \n",
    "tb-tr": "-------- İletilmiş İleti --------\nKonu: \tÇöp şikâyeti\nTarih: \tMon, 7 Dec 2026 09:00:00 +0300\nKimden: \tŞükrü Çağlı <sukru@example.com>\nKime: \tbaska@ornek.bel.tr\n\n\n",
    "tb-tr2": "-------- Yönlendirilmiş İleti --------\nKonu: Çöp şikâyeti\nTarih: Mon, 7 Dec 2026 09:00:00 +0300\nKimden: Şükrü Çağlı <sukru@example.com>\nKime: baska@ornek.bel.tr\n\n",
    "tb-en": "-------- Forwarded Message --------\nSubject: \tÇöp şikâyeti\nDate: \tMon, 7 Dec 2026 09:00:00 +0300\nFrom: \tŞükrü Çağlı <sukru@example.com>\nTo: \tbaska@ornek.bel.tr\n\n\n",
    "yahoo-tr": "   ----- Yönlendirilmiş Mesaj -----\nKimden: Şükrü Çağlı <sukru@example.com>\nKime: baska@ornek.bel.tr\nGönderildi: 7 Aralık 2026 Pazartesi 09:00:00 GMT+3\nKonu: Çöp şikâyeti\n\n",
    "yahoo-en": "   ----- Forwarded Message -----\nFrom: Şükrü Çağlı <sukru@example.com>\nTo: baska@ornek.bel.tr\nSent: Monday, December 7, 2026 at 09:00:00 AM GMT+3\nSubject: Çöp şikâyeti\n\n",
    "yandex-tr": '-------- Yönlendirilen mesaj --------\n07.12.2026, 09:00, "Şükrü Çağlı" <sukru@example.com>:\n\n',
    "yandex-tr2": "-------- Yönlendirilen mesajın başlangıcı --------\n07.12.2026, 09:00, Şükrü Çağlı (sukru@example.com):\n\n",
    "yandex-en": '-------- Forwarded message --------\n07.12.2026, 09:00, "Şükrü Çağlı" <sukru@example.com>:\n\n',
    "samsung-tr": "-------- Orijinal mesaj --------\nGönderen: Şükrü Çağlı <sukru@example.com>\nTarih: 7.12.2026 09:00 (GMT+03:00)\nAlıcı: baska@ornek.bel.tr\nKonu: Çöp şikâyeti\n\n",
    "huawei": "-------- Orijinal Mesaj --------\nKonu: Çöp şikâyeti\nGönderen: Şükrü Çağlı \nAlıcı: baska@ornek.bel.tr\nCC: \n\n",
    "mailru": "-------- Yönlendirilen ileti --------\nKimden: Şükrü Çağlı <sukru@example.com>\nKime: baska@ornek.bel.tr\nTarih: Pazartesi, 7 Aralık 2026, 09:00 +03:00\nKonu: Çöp şikâyeti\n\n",
    "roundcube": "-------- Orijinal Mesaj --------\nKonu: Çöp şikâyeti\nTarih: 2026-12-07 09:00\nGönderen: Şükrü Çağlı <sukru@example.com>\nAlıcı: baska@ornek.bel.tr\n\n",
    "zimbra": '----- İletilen İleti -----\nKimden: "Şükrü Çağlı" <sukru@example.com>\nKime: "baska" <baska@ornek.bel.tr>\nGönderilenler: 7 Aralık Pazartesi 2026 9:00:00\nKonu: Çöp şikâyeti\n\n',
    "hotmail-old": "Kimden: sukru@example.com\nKime: baska@ornek.bel.tr\nKonu: Çöp şikâyeti\nTarih: Mon, 7 Dec 2026 09:00:00 +0300\n\n",
    "star": "*Kimden:* Şükrü Çağlı <sukru@example.com>\n*Gönderildi:* 7 Aralık 2026 Pazartesi 09:00\n*Kime:* baska@ornek.bel.tr\n*Konu:* Çöp şikâyeti\n\n",
    "lotus": "----- Forwarded by Büro Bir/Ornek on 07.12.2026 09:30 -----\n\nKimden:\tŞükrü Çağlı <sukru@example.com>\nKime:\tbaska@ornek.bel.tr\nTarih:\t07.12.2026 09:00\nKonu:\tÇöp şikâyeti\n\n",
    "nospace": "Kimden:Şükrü Çağlı <sukru@example.com>\nGönderildi:7 Aralık 2026 Pazartesi 09:00\nKime:baska@ornek.bel.tr\nKonu:Çöp şikâyeti\n\n",
}


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "Bilgilerinize.\n\n",
        "Merhaba, muhtarımızın talebi aşağıdadır, kayda alınması rica olunur.\n\nBüro Bir\nMuhtarlık İşleri Müdürlüğü\n\n",
    ],
)
@pytest.mark.parametrize("program", FORWARDS)
def test_a_colleagues_forward_speaks_with_the_headmans_voice(program: str, comment: str) -> None:
    inner = "".join(f"> {line}\n" for line in QT.split("\n")) if program == "apple-quoted" else QT
    found = read(
        mail(comment + FORWARDS[program] + inner, sender="buro1@ornek.bel.tr", subject=w("İlt: Çöp şikâyeti"))
    )
    assert (found.kind, found.text) == (Kind.REQUEST, QW)
    if program == "huawei":
        assert found.sender.name == "Şükrü Çağlı"
    else:
        assert found.sender.email == "sukru@example.com"


def test_where_a_forwarded_mail_ends_is_not_part_of_it() -> None:
    body = (
        FORWARDS["yandex-tr"] + QW + "\n\n-------- Yönlendirilen mesajın sonu --------\nBüro Bir\nDahili 1234"
    )
    assert read(mail(body, sender="buro1@ornek.bel.tr", subject="Fwd: x")).text == QW


def test_a_mail_attached_as_a_plain_file_is_forwarded_too() -> None:
    inner = (
        f"From: Sukru <sukru@example.com>\nSubject: Cop\nContent-Type: text/plain; charset=utf-8\n\n{QW}\n"
    )
    part = 'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="talep.eml"\n\n'
    found = mail(
        f"--b\n\nEkte.\n--b\n{part}{inner}--b--\n",
        sender="buro1@ornek.bel.tr",
        subject="Fwd: x",
        kind="multipart/mixed; boundary=b",
    )
    assert (read(found).sender.email, read(found).text) == ("sukru@example.com", QW)
