"""Headmen's mails that a colleague passes on."""
# ruff: noqa: E501 - mails and sentences stand here as they were written

from typing import Any

from tests.mail.make_corpus.raw import DATE, head, plain, put, quote


def forwards() -> None:
    staff: dict[str, Any] = {"sender": "buro1@ornek.bel.tr", "name": "Büro Personeli"}
    base: dict[str, Any] = {
        "kind": "request",
        "from": "muhtar.yayla@example.com",
        "from_name": "Elif Ak",
        "text": "Parkta bank kırık, değiştirilmesini rica ederim.",
        "number": None,
    }
    inner = "Parkta bank kırık, değiştirilmesini rica ederim.\n\nElif Ak\nYayla Mahallesi Muhtarı\n"
    h = head("İLT: Bank", **staff)
    put(
        "forward-outlook",
        plain(
            h,
            f"Bilgilerinize.\n\nKimden: Elif Ak <muhtar.yayla@example.com>\nGönderildi: 7 Aralık 2026 Pazartesi 16:00\nKime: Büro Personeli\nKonu: Bank\n\n{inner}",
        ),
        **base,
    )
    put(
        "forward-outlook-bare",
        plain(
            h,
            f"Kimden: Elif Ak [mailto:muhtar.yayla@example.com]\nGönderilme: 7 Aralık 2026 Pazartesi 16:00\nKime: Büro Personeli\nKonu: Bank\n\n{inner}",
        ),
        **base,
    )
    put(
        "forward-gmail",
        plain(
            head("Fwd: Bank", **staff),
            f"---------- Forwarded message ---------\nGönderen: Elif Ak <muhtar.yayla@example.com>\nDate: 7 Ara 2026 Pzt, 16:00\nSubject: Bank\nTo: Büro <buro1@ornek.bel.tr>\n\n\n{inner}",
        ),
        **base,
    )
    put(
        "forward-gmail-turkish",
        plain(
            head("Fwd: Bank", **staff),
            f"Gereği için.\n\n---------- İletilen ileti ---------\nGönderen: Elif Ak <muhtar.yayla@example.com>\nTarih: 7 Ara 2026 Pzt, 16:00\nKonu: Bank\nKime: Büro <buro1@ornek.bel.tr>\n\n\n{inner}",
        ),
        **base,
    )
    put(
        "forward-apple",
        plain(
            head("İlt: Bank", **staff),
            f"İletilen mesaj başlangıcı:\n\n> Kimden: Elif Ak <muhtar.yayla@example.com>\n> Konu: Bank\n> Tarih: 7 Aralık 2026 16:00:00 GMT+3\n> Kime: buro1@ornek.bel.tr\n> \n{quote(inner)}\n",
        ),
        **base,
    )
    put(
        "forward-thunderbird",
        plain(
            head("Fwd: Bank", **staff),
            f"-------- İletilmiş Mesaj --------\nKonu: \tBank\nTarih: \tMon, 7 Dec 2026 16:00:00 +0300\nKimden: \tElif Ak <muhtar.yayla@example.com>\nKime: \tburo1@ornek.bel.tr\n\n\n\n{inner}",
        ),
        **base,
    )
    put(
        "forward-of-forward",
        plain(
            h,
            f"Gereği.\n\nKimden: Sekreter <sekreter@ornek.bel.tr>\nGönderildi: 8 Aralık 2026 Salı 09:00\nKime: Büro Personeli\nKonu: İLT: Bank\n\nBilgilerinize\n\nKimden: Elif Ak <muhtar.yayla@example.com>\nGönderildi: 7 Aralık 2026 Pazartesi 16:00\nKime: Sekreter\nKonu: Bank\n\n{inner}",
        ),
        **base,
    )
    b = "fw1"
    attached = f'{h}Content-Type: multipart/mixed; boundary="{b}"\n\n--{b}\nContent-Type: text/plain; charset=utf-8\n\nEkteki iletiye bakınız.\n\n--{b}\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\nFrom: Elif Ak <muhtar.yayla@example.com>\nTo: buro1@ornek.bel.tr\nSubject: Bank\nDate: {DATE}\nContent-Type: text/plain; charset=utf-8\n\n{inner}\n--{b}--\n'
    put("forward-as-attachment", attached, **base)
    put(
        "forward-html-outlook",
        h
        + "Content-Type: text/html; charset=utf-8\n\n"
        + f'<html><body><p class="MsoNormal">Gereği rica olunur.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>Kimden:</b> Elif Ak &lt;muhtar.yayla@example.com&gt; <br><b>Gönderildi:</b> 7 Aralık 2026 Pazartesi 16:00<br><b>Kime:</b> Büro Personeli<br><b>Konu:</b> Bank</p></div><p class="MsoNormal">{inner.split(chr(10), maxsplit=1)[0]}</p></body></html>',
        **base,
    )
