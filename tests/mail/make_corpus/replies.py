"""Answers of liaisons and headmen below and above what their programs quote."""
# ruff: noqa: E501 - mails and sentences stand here as they were written

from typing import Any

from tests.mail.make_corpus.raw import (
    ANSWERS,
    LETTER,
    LIAISON,
    OFFICE,
    RE,
    TO_HEADMAN,
    YNT,
    head,
    plain,
    put,
    quote,
)


def replies() -> None:
    done: dict[str, Any] = {"kind": "reply", "from": "ayse.demir@ornek.bel.tr", "from_name": "Ayşe Demir", "number": "MHT-2026-000123", "meaning": "done", "sure": True,
                            "text": "Çukur kapatılmıştır.", "quoted_has": ["MHT-2026-000123"]}  # fmt: skip
    h = head(YNT, **LIAISON, extra=ANSWERS)
    gmail = f"Çukur kapatılmıştır.\n\nMuhtarlık İşleri Müdürlüğü <{OFFICE}>, 8 Ara 2026 Sal, 09:12\ntarihinde şunu yazdı:\n\n{quote(LETTER)}\n"
    put("reply-gmail", plain(h, gmail), **done)
    old_gmail = f"Çukur kapatılmıştır.\n\n8 Aralık 2026 Salı 09:12 tarihinde Muhtarlık İşleri Müdürlüğü\n<{OFFICE}> şunu yazdı:\n\n{quote(LETTER)}\n"
    put("reply-gmail-old", plain(h, old_gmail, "utf-8", "quoted-printable"), **done)
    gmail_html = f'<div dir="ltr">Çukur kapatılmıştır.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Muhtarlık &lt;<a href="mailto:{OFFICE}">{OFFICE}</a>&gt;, 8 Ara 2026 Sal, 09:12 tarihinde şunu yazdı:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid">{LETTER.replace(chr(10), "<br>")}</blockquote></div>'
    put("reply-gmail-html-only", h + "Content-Type: text/html; charset=utf-8\n\n" + gmail_html, **done)
    outlook = f"Çukur kapatılmıştır.\n\nAyşe DEMİR\nFen İşleri Müdürlüğü\nDahili: 1122\n\n-----Özgün İleti-----\nKimden: Muhtarlık İşleri <{OFFICE}>\nGönderilme: 8 Aralık 2026 Salı 09:12\nKime: Ayşe Demir <ayse.demir@ornek.bel.tr>\nKonu: [MHT-2026-000123] Yol çukuru\n\n{LETTER}\n"
    put("reply-outlook-divider", plain(h, outlook, "windows-1254"), **done)
    block = f"Çukur kapatılmıştır.\n\nKimden: Muhtarlık İşleri <{OFFICE}>\nGönderildi: 8 Aralık 2026 Salı 09:12\nKime: Ayşe Demir <ayse.demir@ornek.bel.tr>\nKonu: [MHT-2026-000123] Yol çukuru\n\n{LETTER}\n"
    put("reply-outlook-block", plain(h, block), **done)
    html = f'<div>Çukur kapatılmıştır.</div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>Kimden:</b> Muhtarlık &lt;{OFFICE}&gt;<br><b>Gönderildi:</b> 8 Aralık 2026 Salı 09:12<br><b>Kime:</b> Ayşe Demir<br><b>Konu:</b> [MHT-2026-000123] Yol çukuru</font></div><div>{LETTER.replace(chr(10), "<br>")}</div>'
    put("reply-outlook-web-html", h + "Content-Type: text/html; charset=utf-8\n\n" + html, **done)
    mobile = f"Çukur kapatılmıştır.\n\nAndroid için Outlook<https://aka.ms/AAb9ysg>'u edinin\n________________________________\nFrom: Muhtarlık İşleri <{OFFICE}>\nSent: Tuesday, December 8, 2026 9:12:00 AM\nTo: Ayşe Demir <ayse.demir@ornek.bel.tr>\nSubject: [MHT-2026-000123] Yol çukuru\n\n{LETTER}\n"
    put("reply-outlook-mobile", plain(h, mobile, "utf-8", "base64"), **done)
    apple = f"Çukur kapatılmıştır.\n\niPhone’umdan gönderildi\n\n> Muhtarlık İşleri <{OFFICE}> şunları yazdı (8 Ara 2026 09:12):\n> \n{quote(LETTER)}\n"
    put("reply-iphone", plain(h, apple), **done)
    mac = f"Çukur kapatılmıştır.\n\n> 8 Ara 2026 tarihinde saat 09:12’de, Muhtarlık İşleri <{OFFICE}> şunları yazdı:\n> \n{quote(LETTER)}\n"
    put("reply-apple-mail", plain(h, mac), **done)
    yahoo = f"Çukur kapatılmıştır.\n\n    8 Aralık 2026 Salı 09:12:03 GMT+3 tarihinde, Muhtarlık İşleri <{OFFICE}> şunu yazdı:\n\n {LETTER}\n"
    put("reply-yahoo", plain(h, yahoo), **done)
    bird = f"Çukur kapatılmıştır.\n\n8.12.2026 09:12 tarihinde Muhtarlık İşleri yazdı:\n{quote(LETTER)}\n\n-- \nAyşe Demir\n"
    put("reply-thunderbird", plain(h, bird), **done)
    bottom = f"On 8.12.2026 09:12, Muhtarlık İşleri wrote:\n{quote(LETTER)}\n\nÇukur kapatılmıştır.\n\nSaygılarımla\nAyşe Demir\n"
    put("reply-bottom-posted", plain(head(RE, **LIAISON, extra=ANSWERS), bottom), **done)
    samsung = f"Çukur kapatılmıştır.\n\n\nSamsung Mobile cihazımdan gönderildi\n\n\n-------- Orijinal mesaj --------\nGönderen: Muhtarlık İşleri <{OFFICE}>\nTarih: 8.12.2026 09:12 (GMT+03:00)\nAlıcı: ayse.demir@ornek.bel.tr\nKonu: [MHT-2026-000123] Yol çukuru\n\n{LETTER}\n"
    put("reply-samsung", plain(h, samsung), **done)
    yandex = f'Çukur kapatılmıştır.\n\n08.12.2026, 09:12, "Muhtarlık İşleri" <{OFFICE}>:\n{quote(LETTER)}\n\n-- \nYandex Mail\'den gönderildi\n'
    put("reply-yandex", plain(h, yandex), **done)
    between = f"8.12.2026 09:12 tarihinde Muhtarlık İşleri <{OFFICE}> yazdı:\n> Çukur kapatıldı mı?\n\nEvet, çukur kapatılmıştır.\n\n> Kaldırım da onarıldı mı?\n\nKaldırım da onarılmıştır.\n"
    put(
        "reply-interleaved",
        plain(h, between),
        **{
            **done,
            "text": "Evet, çukur kapatılmıştır.\n\nKaldırım da onarılmıştır.",
            "quoted_has": ["kapatıldı mı?", "onarıldı mı?"],
        },
    )
    put(
        "reply-no-turkish-letters",
        plain(h, gmail.replace("Çukur kapatılmıştır.", "COKMUS YOL ONARILMISTIR")),
        **{**done, "text": "COKMUS YOL ONARILMISTIR"},
    )
    by_button = "TAMAMLANDI\n\nLale Sokak'taki çukur asfaltlandı.\n"
    put(
        "reply-button",
        plain(head("Re: [MHT-2026-000123] TAMAMLANDI", **LIAISON), by_button),
        **{**done, "text": by_button.strip(), "quoted_has": []},
    )
    cases = {
        "reply-not-yet": ("Henüz tamamlanmadı, çalışma sürüyor.", "in_progress", True),
        "reply-next-year": ("Talep 2027 yatırım programında değerlendirilecektir.", "in_progress", True),
        "reply-transfer": ("BİZE AİT DEĞİL → Temizlik İşleri", "transfer", True),
        "reply-not-ours": ("Bize ait değildir.", "not_ours", True),
        "reply-extension": ("Malzeme beklendiğinden 10 gün daha ek süre rica ederiz.", "extension", True),
        "reply-question": ("Tam adres nedir? Fotoğraf gönderebilir misiniz?", "question", None),
        "reply-refused": ("Talebin yapılması mülkiyet nedeniyle mümkün değildir.", "rejected", True),
        "reply-unclear": ("Bilgi edinilmiştir.", "unclear", False),
        "reply-partly": ("Çalışma kısmen tamamlandı, kalan kısım haftaya yapılacak.", "in_progress", None),
    }
    for name, (text, meaning, sure) in cases.items():
        expected = {**done, "text": text, "meaning": meaning} | ({} if sure is None else {"sure": sure})
        if sure is None:
            expected.pop("sure")
        put(name, plain(h, gmail.replace("Çukur kapatılmıştır.", text)), **expected)
    headman = {"kind": "reply", "from": "muhtar.atapark@example.com", "number": "MHT-2026-000123"}
    for name, text, meaning, sure in (
        ("headman-reopens", "Sorun sürüyor, çukur tekrar açıldı.", "reopen", True),
        ("headman-not-done", "Yapılmadı.", "reopen", True),
        ("headman-thanks", "Teşekkür ederim, elinize sağlık.", "thanks", True),
        ("headman-solved", "SORUN ÇÖZÜLDÜ", "done", True),
    ):
        body = f"{text}\n\n8 Ara 2026 Sal, 09:12 tarihinde Muhtarlık <{OFFICE}> şunu yazdı:\n\n{quote(TO_HEADMAN)}\n"
        put(name, plain(head(RE, extra=ANSWERS), body), **headman, text=text, meaning=meaning, sure=sure)
    put(
        "headman-status",
        plain(head("DURUM"), "DURUM\n\nHasan Kurt\nAtapark Mahallesi Muhtarı"),
        kind="request",
        text="DURUM",
        meaning="status",
        sure=True,
        number=None,
    )
    put(
        "reply-number-in-words",
        plain(head("Talebim"), "mht 2026 - 123 numaralı talebim ne oldu?"),
        kind="reply",
        number="MHT-2026-000123",
        meaning="status",
    )
