"""How each program labels letters, writes senders and subjects, and names files, in Turkish and English.

Tables of raw pieces; the corpus beside this file holds mails as a whole.
"""
# ruff: noqa: E501 - mails stand here as they were written

import base64
import unicodedata

import pytest

from tests.mail.pieces import BODY, mail, read, w

# --- charsets ---------------------------------------------------------------------------------------------

LETTERS = "Şişli Caddesinde ığdır ağacı çürüdü, gübre, ÖĞÜN, İĞNE."


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable"])
@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("cp1254", "windows-1254"), ("cp1254", "iso-8859-9"), ("cp1254", "utf-8"), ("cp1254", "us-ascii"), ("cp1254", "turkish"),
        ("cp1254", "latin5"), ("cp1254", "iso-8859-9-windows"), ("utf-8", "windows-1254"), ("utf-8", "iso-8859-9"), ("utf-8", "us-ascii"),
        ("utf-8", "iso-8859-1"), ("utf-8", "x-unknown"), ("utf-8", "UTF_8"), ("iso-8859-9", "iso-8859-1"), ("cp857", "ibm857"),
        ("mac_turkish", "x-mac-turkish"), ("utf-8-sig", "utf-8"),
    ],
)  # fmt: skip
def test_turkish_letters_survive_every_label(written: str, label: str, transfer: str) -> None:
    data = LETTERS.encode(written)
    packed = base64.encodebytes(data) if transfer == "base64" else b"".join(b"=%02X" % byte for byte in data)
    found = mail(
        packed, kind=f"text/plain; charset={label}", extra=f"Content-Transfer-Encoding: {transfer}\n"
    )
    assert read(found).text == LETTERS


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "7bit", "8-bit", "x-foo"])
def test_words_that_were_never_encoded_are_read_as_they_stand(transfer: str) -> None:
    assert read(mail(BODY, extra=f"Content-Transfer-Encoding: {transfer}\n")).text == BODY


def test_decomposed_letters_are_composed() -> None:
    assert (
        read(mail(unicodedata.normalize("NFD", BODY), subject=w(unicodedata.normalize("NFD", "Çöp")))).text
        == BODY
    )


# --- headers ----------------------------------------------------------------------------------------------

SENDERS = [
    ("raw1254", "Şükrü Çağlı <s@example.com>".encode("cp1254"), "Şükrü Çağlı", "s@example.com"),
    ("rawutf8", "Şükrü Çağlı <s@example.com>".encode(), "Şükrü Çağlı", "s@example.com"),
    (
        "rawutf8quoted",
        '"Şükrü ÇAĞLI, Muhtar" <s@example.com>'.encode(),
        "Şükrü ÇAĞLI, Muhtar",
        "s@example.com",
    ),
    ("b2047", w("Şükrü Çağlı") + " <s@example.com>", "Şükrü Çağlı", "s@example.com"),
    ("q9", "=?iso-8859-9?Q?=DE=FCkr=FC_=C7a=F0l=FD?= <s@example.com>", "Şükrü Çağlı", "s@example.com"),
    ("q1wrong", "=?iso-8859-1?Q?=DE=FCkr=FC_=C7a=F0l=FD?= <s@example.com>", "Şükrü Çağlı", "s@example.com"),
    ("q1254", "=?windows-1254?Q?=DE=FCkr=FC_=C7a=F0l=FD?= <s@example.com>", "Şükrü Çağlı", "s@example.com"),
    (
        "quotedew",
        '"=?utf-8?B?' + base64.b64encode("Şükrü Çağlı".encode()).decode() + '?=" <s@example.com>',
        "Şükrü Çağlı",
        "s@example.com",
    ),
    ("twowords", w("Şükrü") + " " + w(" Çağlı") + " <s@example.com>", "Şükrü Çağlı", "s@example.com"),
    (
        "twowords-folded",
        w("Şükrü") + "\r\n " + w(" Çağlı") + "\r\n <s@example.com>",
        "Şükrü Çağlı",
        "s@example.com",
    ),
    ("nospace", w("Şükrü Çağlı") + "<s@example.com>", "Şükrü Çağlı", "s@example.com"),
    ("spaces-in-ew", "=?utf-8?Q?Şükrü Çağlı?= <s@example.com>".encode(), "Şükrü Çağlı", "s@example.com"),
    ("bare", "s@example.com", "", "s@example.com"),
    ("angle", "<S@Example.COM>", "", "s@example.com"),
    ("comment", "s@example.com (Sukru Cagli)", "Sukru Cagli", "s@example.com"),
    ("utf8label1254", "=?utf-8?Q?=DE=FCkr=FC_=C7a=F0l=FD?= <s@example.com>", "Şükrü Çağlı", "s@example.com"),
    ("comma-unquoted", "Çağlı, Şükrü <s@example.com>".encode(), "Çağlı, Şükrü", "s@example.com"),
    (
        "split-mb",
        "=?utf-8?B?"
        + base64.b64encode("Şükr".encode() + "ü".encode()[:1]).decode()
        + "?= =?utf-8?B?"
        + base64.b64encode("ü".encode()[1:] + " Çağlı".encode()).decode()
        + "?= <s@example.com>",
        "Şükrü Çağlı",
        "s@example.com",
    ),
    ("lang-tag", "=?utf-8*tr?Q?=C5=9E=C3=BCkr=C3=BC?= <s@example.com>", "Şükrü", "s@example.com"),
    ("emailname", '"s@example.com" <s@example.com>', "s@example.com", "s@example.com"),
    ("single-quotes", "'Şükrü Çağlı' <s@example.com>".encode(), "Şükrü Çağlı", "s@example.com"),
]


@pytest.mark.parametrize(("label", "raw", "name", "email"), SENDERS)
def test_a_sender_is_read_however_written(label: str, raw: bytes | str, name: str, email: str) -> None:
    found = mail(BODY, sender=raw).sender
    assert (found.name, found.email) == (name, email)


SUBJECTS = [
    ("raw1254", "Çöp şikâyeti ığdır".encode("cp1254"), "Çöp şikâyeti ığdır"),
    ("rawutf8", "Çöp şikâyeti".encode(), "Çöp şikâyeti"),
    (
        "unencoded-split-b64",
        "=?UTF-8?B?" + base64.b64encode("Çöp şikâyeti".encode()).decode().rstrip("=") + "?=",
        "Çöp şikâyeti",
    ),
    ("q-underscore", "=?ISO-8859-9?Q?=C7=F6p_=FEik=E2yeti?=", "Çöp şikâyeti"),
    ("q-mixed", "Konu: =?utf-8?Q?=C3=87=C3=B6p?= hakkinda", "Konu: Çöp hakkinda"),
    ("adjacent-no-space", "=?utf-8?Q?=C3=87=C3=B6p?==?utf-8?Q?_var?=", "Çöp var"),
    ("folded-ew", w("Çöp şikâyeti ") + "\r\n\t" + w("hakkında"), "Çöp şikâyeti hakkında"),
    ("folded-raw", "Cop\r\n  sikayeti", "Cop sikayeti"),
    ("mojibake", w("Çöp".encode().decode("cp1252")), "Çöp"),
    ("nfd", w(unicodedata.normalize("NFD", "Çöp şikâyeti")), "Çöp şikâyeti"),
    ("nul", b"Cop\x00 var", "Cop var"),
    ("missing-end", "=?utf-8?Q?=C3=87=C3=B6p var", None),
    ("unknown-cs", "=?x-foo?Q?=C3=87=C3=B6p?=", "Çöp"),
    ("empty", "", ""),
]


@pytest.mark.parametrize(("label", "raw", "subject"), [case for case in SUBJECTS if case[2] is not None])
def test_a_subject_is_read_however_written(label: str, raw: bytes | str, subject: str) -> None:
    assert mail(BODY, subject=raw).subject == subject


FILE_NAMES = [
    (
        "2231",
        "attachment; filename*=UTF-8''%C3%A7ukur%20foto%C4%9Fraf%C4%B1.pdf",
        "application/pdf",
        "çukur fotoğrafı.pdf",
    ),
    ("2231-tr", "attachment; filename*=iso-8859-9'tr'%E7ukur.pdf", "application/pdf", "çukur.pdf"),
    (
        "2231-parts",
        "attachment; filename*0*=UTF-8''%C3%A7u; filename*1*=kur%20; filename*2=yeni.pdf",
        "application/pdf",
        "çukur yeni.pdf",
    ),
    (
        "2231-parts-outoforder",
        'attachment; filename*1="ikinci.pdf"; filename*0="bir-"',
        "application/pdf",
        "bir-ikinci.pdf",
    ),
    ("2231-mislabelled", "attachment; filename*=UTF-8''%E7ukur.pdf", "application/pdf", "çukur.pdf"),
    (
        "2047",
        'attachment; filename="=?utf-8?B?' + base64.b64encode("çukur şubat.pdf".encode()).decode() + '?="',
        "application/pdf",
        "çukur şubat.pdf",
    ),
    ("2047-unquoted", "attachment; filename=" + w("çukur.pdf"), "application/pdf", "çukur.pdf"),
    ("rawutf8", 'attachment; filename="çukur.pdf"', "application/pdf", "çukur.pdf"),
    ("name-only", "attachment", 'application/pdf; name="cukur.pdf"', "cukur.pdf"),
    (
        "both",
        "attachment; filename=\"cukur.pdf\"; filename*=UTF-8''%C3%A7ukur.pdf",
        "application/pdf",
        "çukur.pdf",
    ),
    ("path", 'attachment; filename="C:\\\\Belgeler\\\\cukur.pdf"', "application/pdf", "cukur.pdf"),
    ("traversal", 'attachment; filename="../../etc/passwd.pdf"', "application/pdf", "passwd.pdf"),
    ("noname", "attachment", "application/pdf", "ek-1.pdf"),
    ("octet", 'attachment; filename="rapor.pdf"', "application/octet-stream", "rapor.pdf"),
    ("unquoted-spaces", "attachment; filename=cukur resmi son.pdf", "application/pdf", "cukur resmi son.pdf"),
    ("semicolon", 'attachment; filename="cukur;son.pdf"', "application/pdf", "cukur;son.pdf"),
    ("raw1254", None, "application/pdf", "çukur ışık.pdf"),
]


@pytest.mark.parametrize(("label", "disposition", "kind", "name"), FILE_NAMES)
def test_a_file_keeps_its_name_however_written(
    label: str, disposition: str | None, kind: str, name: str
) -> None:
    raw = disposition.encode() if disposition else 'attachment; filename="çukur ışık.pdf"'.encode("cp1254")
    part = b"Content-Type: " + kind.encode() + b"\nContent-Disposition: " + raw + b"\n\n%PDF-1.4 x\n"
    found = mail(
        b"--b\n\nEktedir.\n--b\n" + part + b"--b--\n", kind="multipart/mixed; boundary=b"
    ).attachments
    assert [(file.name, file.type) for file in found] == [(name, "application/pdf")]
