"""Requests with files, however these are named and packed."""
# ruff: noqa: E501 - mails and sentences stand here as they were written

import base64

from tests.mail.make_corpus.raw import (
    REQUEST,
    head,
    put,
)


def attachments() -> None:
    pdf, jpg = (
        base64.encodebytes(b"%PDF-1.4 ornek").decode(),
        base64.encodebytes(b"\xff\xd8\xff\xe0 ornek").decode(),
    )
    b = "=_Part_1"
    top = f'Content-Type: multipart/mixed; boundary="{b}"\n\n'
    words = f"--{b}\nContent-Type: text/plain; charset=utf-8\n\nDilekçemiz ektedir.\n\n"
    put("attachment-2231", head("Dilekçe") + top + words + f"--{b}\nContent-Type: application/pdf\nContent-Disposition: attachment;\n filename*0*=UTF-8''Dilek%C3%A7e%20;\n filename*1*=%C3%B6rne%C4%9Fi.pdf\nContent-Transfer-Encoding: base64\n\n{pdf}\n--{b}--\n",
        kind="request", text="Dilekçemiz ektedir.", attachments=[{"name": "Dilekçe örneği.pdf", "type": "application/pdf", "size": 14}])  # fmt: skip
    put("attachment-2047-name", head("Dilekçe") + top + words + f'--{b}\nContent-Type: image/jpeg; name="=?windows-1254?Q?foto=F0raf.jpg?="\nContent-Transfer-Encoding: base64\n\n{jpg}\n--{b}--\n',
        kind="request", attachments=[{"name": "fotoğraf.jpg", "type": "image/jpeg", "size": 10}])  # fmt: skip
    put("attachment-evil-names", head("Dilekçe") + top + words + f'--{b}\nContent-Type: application/pdf; name="../../etc/cron.d/x.pdf"\nContent-Transfer-Encoding: base64\n\n{pdf}\n'
        f'--{b}\nContent-Type: application/pdf; name="C:\\\\Temp\\\\CON.pdf"\nContent-Transfer-Encoding: base64\n\n{pdf}\n--{b}\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n{pdf}\n--{b}--\n',
        kind="request", attachments=[{"name": "x.pdf", "type": "application/pdf", "size": 14}, {"name": "_CON.pdf", "type": "application/pdf", "size": 14},
                                     {"name": "ek-3.pdf", "type": "application/pdf", "size": 14}])  # fmt: skip
    put("attachment-only", head("") + top + f'--{b}\nContent-Type: image/jpeg; name="IMG_001.jpg"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n{jpg}\n--{b}--\n',
        kind="request", text="", attachments=[{"name": "IMG_001.jpg", "type": "image/jpeg", "size": 10}])  # fmt: skip
    words_file = base64.encodebytes(REQUEST.encode("cp1254")).decode()
    put("text-in-attachment", head("Dilekçe") + top + f"--{b}\nContent-Type: text/plain; charset=utf-8\n\n\n--{b}\nContent-Type: text/plain; name=dilekce.txt\nContent-Disposition: attachment; filename=dilekce.txt\nContent-Transfer-Encoding: base64\n\n{words_file}\n--{b}--\n",
        kind="request", text=REQUEST, attachments=[{"name": "dilekce.txt", "type": "text/plain", "size": len(REQUEST.encode("cp1254"))}])  # fmt: skip
    put("attachment-no-final-boundary", head("Dilekçe") + top + words + f"--{b}\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n{pdf}",
        kind="request", text="Dilekçemiz ektedir.", attachments=[{"name": "a.pdf", "type": "application/pdf", "size": 14}])  # fmt: skip
    put("signed-smime", head("Yol") + f'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary="{b}"\n\n--{b}\nContent-Type: text/plain; charset=utf-8\n\nÇukur var.\n\n--{b}\nContent-Type: application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: base64\n\nMIAG\n--{b}--\n',
        kind="request", text="Çukur var.", attachments=[])  # fmt: skip
