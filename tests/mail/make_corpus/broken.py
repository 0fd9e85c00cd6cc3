"""Mails that break the rules."""
# ruff: noqa: E501 - mails and sentences stand here as they were written

from tests.mail.make_corpus.raw import DATE, OFFICE, head, put, word


def broken() -> None:
    put(
        "broken-from",
        f"From: <\nTo: {OFFICE}\nSubject: Yol\n\nÇukur var.\n",
        kind="request",
        text="Çukur var.",
        **{"from": ""},
    )
    put(
        "broken-from-literal",
        "From: a@[\nTo: <a@b> <\nSubject: Yol\n\nÇukur var.\n",
        kind="request",
        text="Çukur var.",
        **{"from": ""},
    )
    put(
        "broken-address-in-word",
        f"From: {word('Hasan Ökten <hasan@example.com>')}\nTo: {OFFICE}\nSubject: Yol\n\nÇukur var.\n",
        kind="request",
        **{"from": "hasan@example.com", "from_name": "Hasan Ökten"},
    )
    put(
        "broken-comma-in-name",
        f'From: "Kurt, Hasan (Muhtar)" <hasan@example.com>\nTo: {OFFICE}\nSubject: Yol\nDate: bozuk tarih\n\nÇukur var.\n',
        kind="request",
        date=None,
        **{"from": "hasan@example.com", "from_name": "Kurt, Hasan (Muhtar)"},
    )
    put(
        "broken-nul-charset",
        head("Yol").encode() + b'Content-Type: text/plain; charset="utf\x00-8"\n\n' + "Çukur var.".encode(),
        kind="request",
        text="Çukur var.",
    )
    put(
        "broken-surrogate",
        head("Yol") + "Content-Type: text/plain; charset=utf-7\n\n\xc7ukur +2AA- var.\n",
        kind="request",
    )
    put(
        "broken-multipart-without-boundary",
        head("Yol") + "Content-Type: multipart/mixed\n\nÇukur var.\n",
        kind="request",
        text="Çukur var.",
    )
    put(
        "broken-header-folding",
        f"From: Hasan <hasan@example.com>\nSubject: Lale Sokak\nyol sorunu\nTo: {OFFICE}\nDate: {DATE}\n\nÇukur var.\n",
        kind="request",
        subject="Lale Sokak yol sorunu",
        text="Çukur var.",
    )
