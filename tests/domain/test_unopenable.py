"""Files that cannot be opened are told by what they are, not by what they are called."""

import pytest

from daemon.domain.mail import Attachment
from daemon.domain.unopenable import PROGRAM, fault_of


def named(name: str, data: bytes) -> Attachment:
    return Attachment(name, "application/octet-stream", data, "0" * 64)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("d.pdf", b"", "boş (0 bayt)"),
        ("d.pdf", b"MZ\x90\0 program", PROGRAM),
        ("d.pdf.exe", b"#!/bin/sh", PROGRAM),
        ("d.pdf", b"<html>Oturum doldu</html>", "PDF değil veya bozuk"),
        ("d.pdf", b"%PDF-1.7\n" + b"0" * 9_000 + b"trailer<</Encrypt 9 0 R>>", "parola korumalı görünüyor"),
        ("foto.jpg", b"\0" * 900, "resim değil veya bozuk"),
        ("yazı.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "parola korumalı"),
        ("foto.zip", b"PK\x03\x04\x14\0\x01\0", "parola korumalı"),
        ("d.pdf", b"\r\n%PDF-1.4\n%%EOF", ""),
        ("foto.jpg", b"\x89PNG\r\n\x1a\n", ""),
        ("foto.heic", b"\0\0\0\x18ftypheic", ""),
        ("foto.zip", b"PK\x03\x04\x14\0\0\0", ""),
        ("yazı.udf", b"PK\x03\x04\x14\0\0\0", ""),
    ],
)
def test_a_file_is_judged_by_its_bytes(name: str, data: bytes, why: str) -> None:
    assert fault_of(named(name, data)) == why
