"""How each program forwards, quotes, signs, names files and says that somebody is away, in Turkish and English.

Tables of raw pieces, put together into whole mails here; the corpus beside this file holds mails as a whole.
"""
# ruff: noqa: E501 - mails stand here as they were written

import base64
import unicodedata

import pytest

from daemon.domain.mail import Mail
from daemon.domain.meaning import Meaning
from daemon.domain.reading import Kind, Reading, read_mail
from daemon.mail.mime import parse_mail

OFFICE = "muhtarlik@ornek.bel.tr"
NUMBER = "MHT-2026-000123"
SUBJ = f"[{NUMBER}] Yeni talep: Yol çukuru"
BODY = "Atapark Mahallesi Lale Sokak'ta büyük bir çukur oluştu. Araçlar geçemiyor, gereğini arz ederim."


def w(text: str) -> str:
    """``text`` as an encoded word (RFC 2047)."""
    return f"=?utf-8?B?{base64.b64encode(text.encode()).decode()}?="


def mail(
    body: bytes | str,
    *,
    sender: bytes | str = "Hasan Kurt <hasan@example.com>",
    subject: bytes | str = "Yol",
    kind: str = "text/plain; charset=utf-8",
    extra: str = "",
) -> Mail:
    """A whole mail; text is UTF-8."""
    pieces = [
        *(b"From: ", sender, b"\nTo: ", OFFICE, b"\nSubject: ", subject, b"\nContent-Type: ", kind, b"\n"),
        *(extra, b"\n", body),
    ]
    return parse_mail(b"".join(piece if isinstance(piece, bytes) else piece.encode() for piece in pieces))


def read(found: Mail) -> Reading:
    return read_mail(found, office_address=OFFICE)


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


# --- forwards ---------------------------------------------------------------------------------------------

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


def reply(body: str) -> Reading:
    return read(
        mail(
            body,
            sender="fen.irtibat@ornek.bel.tr",
            subject=w(f"Ynt: {SUBJ}"),
            extra="In-Reply-To: <x@ornek.bel.tr>\n",
        )
    )


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
