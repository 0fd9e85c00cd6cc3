"""What no person wrote: automatic answers, bounces, lists, advertising."""
# ruff: noqa: E501 - mails and sentences stand here as they were written

from tests.mail.make_corpus.raw import ANSWERS, DATE, LETTER, LIAISON, OFFICE, head, plain, put, word


def machines() -> None:
    ooo = "Merhaba,\n14.12.2026 tarihine kadar yıllık izinde olacağım. Acil durumlarda Ali Kaya ile görüşebilirsiniz.\n"
    put("auto-exchange", plain(head("Otomatik yanıt: [MHT-2026-000123] Yol çukuru", **LIAISON, extra="Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n" + ANSWERS), ooo),
        kind="auto_reply", meaning="out_of_office", number="MHT-2026-000123")  # fmt: skip
    put(
        "auto-gmail",
        plain(
            head(
                "Otomatik Yanıt: Re: [MHT-2026-000123] Yol çukuru",
                **LIAISON,
                extra="Precedence: bulk\nX-Autoreply: yes\nAuto-Submitted: auto-replied\n",
            ),
            ooo,
        ),
        kind="auto_reply",
        meaning="out_of_office",
    )
    put(
        "auto-subject-alone",
        plain(head("Ofis dışında: Yol çukuru", **LIAISON), ooo),
        kind="auto_reply",
        meaning="out_of_office",
    )
    put(
        "auto-receipt",
        plain(head("Talebiniz", extra="Auto-Submitted: auto-replied\n"), "Mesajınız tarafımıza ulaşmıştır."),
        kind="auto_reply",
        meaning="unclear",
        sure=False,
    )
    put(
        "own-letter-back",
        plain(
            head(
                "[MHT-2026-000123] Talebiniz",
                sender=OFFICE,
                name="Muhtarlık",
                extra="X-Muhtarlik-Letter: headman/confirmation\n",
            ),
            LETTER,
        ),
        kind="auto_reply",
    )
    b = "dsn1"
    put("bounce-postfix", f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.ornek.bel.tr (Mail Delivery System)\nSubject: Undelivered Mail Returned to Sender\nTo: {OFFICE}\nDate: {DATE}\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{b}"\n\n--{b}\nContent-Type: text/plain\n\nThis is the mail system at host mx.ornek.bel.tr.\n\n<yok@example.com>: host mx.example.com said: 550 5.1.1 User unknown\n\n'
        f"--{b}\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.ornek.bel.tr\n\nFinal-Recipient: rfc822; yok@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n\n"
        f"--{b}\nContent-Type: message/rfc822\n\nFrom: {OFFICE}\nSubject: [MHT-2026-000123] Talebiniz\nMessage-ID: <mht-1@ornek.bel.tr>\n\nmetin\n--{b}--\n",
        kind="bounce", number="MHT-2026-000123", attachments=[])  # fmt: skip
    put("bounce-exchange-turkish", plain(f"Return-Path: <>\nFrom: {word('Posta Yöneticisi')} <postmaster@ornek.bel.tr>\nTo: {OFFICE}\nSubject: {word('Teslim edilemedi: [MHT-2026-000123] Yol çukuru')}\nDate: {DATE}\n",
        "İletiniz şu alıcılara teslim edilemedi:\n\nyok@ornek.bel.tr\n\nGirdiğiniz e-posta adresi bulunamadı.\n"), kind="bounce", number="MHT-2026-000123")  # fmt: skip
    put("bounce-gmail", plain(f"From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nTo: {OFFICE}\nSubject: Delivery Status Notification (Failure)\nX-Failed-Recipients: yok@example.com\nAuto-Submitted: auto-replied\nDate: {DATE}\n",
        "Adres bulunamadı\nİletiniz yok@example.com adresine teslim edilemedi.\n"), kind="bounce")  # fmt: skip
    put(
        "list-mail",
        plain(
            head(
                "Bülten Aralık 2026",
                sender="bulten@example.org",
                name="Bülten",
                extra="List-Id: <bulten.example.org>\nList-Unsubscribe: <mailto:cik@example.org>\nPrecedence: bulk\n",
            ),
            "Bu ayın haberleri",
        ),
        kind="list",
    )
    put(
        "spam-flagged",
        plain(head("Kampanya", extra="X-Spam-Flag: YES\nX-Spam-Status: Yes, score=12.1\n"), "Ucuz ürünler"),
        kind="spam",
    )
    put(
        "spam-obvious",
        plain(
            head("Deneme bonusu!", sender="x@example.net", name="Bahis"),
            "Casino ve bahis sitesi deneme bonusu, hemen tıklayın! Abonelikten çıkmak için tıklayınız.",
        ),
        kind="spam",
    )
    put("empty", plain(head(""), "\n\n"), kind="empty", text="", attachments=[])
    put(
        "read-receipt",
        plain(head("Okundu: [MHT-2026-000123] Yol çukuru", **LIAISON), "İletiniz okundu."),
        kind="auto_reply",
    )
