"""Electronically signed files and mails (.p7m, S/MIME): what was signed is read, the envelope is kept."""

import base64
import subprocess
from pathlib import Path
from time import process_time

import pytest

from daemon.app import App
from daemon.domain.request import Channel
from daemon.mail.cms import signed_content
from daemon.mail.mime import parse_mail
from tests.mail.letters import docx
from tests.office import requests_of, reviews_of
from tests.scans import files
from tests.steps.conftest import app as app
from tests.steps.test_letters_in_documents import LETTER
from tests.steps.test_unopened_files import WORDS, arrives

PDF = files.typed_pdf(LETTER)
CUT_OPEN = b"\x30\x80" + bytes.fromhex("06092a864886f70d010702") + b"\xa0\x80\x30\x80\x02\x01\x01\x31\x80"


@pytest.fixture
def sealed(tmp_path: Path) -> "Sealer":
    return Sealer(tmp_path)


class Sealer:
    """Signs with OpenSSL, as the programs of e-signatures do."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._run(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k", "-out", "c", "-subj", "/CN=x"
        )

    def __call__(self, content: bytes, *how: str) -> bytes:
        (self._folder / "in").write_bytes(content)
        what = how or ("-sign", "-nodetach", "-signer", "c", "-inkey", "k")
        recipient = ("c",) if "-encrypt" in how else ()
        self._run("cms", "-binary", "-in", "in", "-out", "out", "-outform", "DER", *what, *recipient)
        return (self._folder / "out").read_bytes()

    def _run(self, *command: str) -> None:
        subprocess.run(["openssl", *command], cwd=self._folder, check=True, capture_output=True)


STREAMED = ("-sign", "-stream", "-nodetach", "-signer", "c", "-inkey", "k")
DETACHED = ("-sign", "-signer", "c", "-inkey", "k")


def test_the_content_is_taken_out_however_it_is_written(sealed: Sealer) -> None:
    whole = sealed(PDF)
    encoded = base64.encodebytes(whole)
    for envelope in (
        whole,
        sealed(PDF, *STREAMED),
        encoded,
        b"-----BEGIN PKCS7-----\n" + encoded + b"-----END",
    ):
        assert signed_content(envelope) == PDF


def test_what_holds_none_says_so_quickly(sealed: Sealer) -> None:
    begun = process_time()
    whole = sealed(PDF)
    for data in (sealed(PDF, *DETACHED), sealed(PDF, "-encrypt"), whole[:900], b"", b"MI" + b"A" * 90, PDF):
        assert signed_content(data) is None
    for data in (b"\x30\x80" * 1_000_000, CUT_OPEN + b"\x02\x00" * 5_000_000, b"\x30\x84\xff\xff\xff\xff"):
        assert signed_content(data) is None
    assert process_time() - begun < 10


@pytest.mark.parametrize("name", ["dilekce.pdf", "dilekce.docx"])
def test_a_signed_petition_is_read(app: App, sealed: Sealer, name: str) -> None:
    envelope = sealed(PDF if name.endswith("pdf") else docx(LETTER))
    arrives(app, "Dilekçem ektedir.", (f"{name}.p7m", envelope))
    (request,) = requests_of(app)
    assert (request.channel, request.directorate) == (Channel.PETITION, "park")
    assert envelope in [app.files.read(path) for path in request.attachments]
    assert not reviews_of(app)


def test_an_encrypted_one_is_told(app: App, sealed: Sealer) -> None:
    arrives(app, WORDS, ("dilekce.p7m", sealed(PDF, "-encrypt")))
    (review,) = reviews_of(app)
    assert (
        "dilekce.p7m (şifreli veya bozuk e-imza zarfı; içindeki belge ayrıca gönderilmelidir)"
        in review.reason
    )


def test_a_signature_beside_its_file_is_no_fault(app: App, sealed: Sealer) -> None:
    arrives(app, WORDS, ("kroki.dwg", b"x"), ("kroki.dwg.p7s", sealed(b"x", *DETACHED)))
    assert len(requests_of(app)) == 1
    assert not reviews_of(app)


def test_a_mail_signed_as_a_whole_says_what_stands_in_it(sealed: Sealer) -> None:
    inner = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{WORDS}\r\n".encode()
    raw = (
        b"From: yayla.muhtari@example.com\r\nSubject: Talep\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(sealed(inner))
    )
    mail = parse_mail(raw)
    assert (mail.text, mail.attachments) == (WORDS, ())
