"""Our own DKIM check: genuine signatures pass, and nothing that was forged, altered or made to take long does."""

import base64
import re
import subprocess
from functools import cache
from time import monotonic

import dkim
import pytest

from daemon.domain.mail import Trust, Verdict
from daemon.mail import signed
from daemon.mail.mime import parse_mail
from daemon.mail.signed import LookUpText, TextRecords, check_signatures
from daemon.mail.trust import judge_sender

MAIL = (
    b"From: Fen <fen.irtibat@ornek.bel.tr>\r\nTo: muhtarlik@ornek.bel.tr\r\nSubject: Re: [MHT-2026-000001] Yol\r\n"
    b"Date: Mon, 12 Oct 2026 09:00:00 +0300\r\nMessage-ID: <1@ornek.bel.tr>\r\n\r\nTAMAMLANDI\r\nYama yapildi.\r\n"
)
COVERED = [b"from", b"to", b"subject", b"date", b"message-id"]


@cache
def key(bits: int = 2048) -> tuple[bytes, bytes]:
    """(private key in PEM, the TXT record that publishes its other half)."""
    private = subprocess.run(
        ["openssl", "genrsa", "-traditional", str(bits)], check=True, capture_output=True
    ).stdout
    public = subprocess.run(
        ["openssl", "rsa", "-pubout", "-outform", "DER"], input=private, check=True, capture_output=True
    ).stdout
    return private, b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def sign(raw: bytes = MAIL, *, domain: bytes = b"ornek.bel.tr", bits: int = 2048, **how: object) -> bytes:
    options = {"include_headers": COVERED, "canonicalize": (b"relaxed", b"relaxed")} | how
    return bytes(dkim.sign(raw, b"s1", domain, key(bits)[0], **options)) + raw


def dns(bits: int = 2048) -> LookUpText:
    return {"s1._domainkey.ornek.bel.tr.": key(bits)[1], "s1._domainkey.evil.example.net.": key(bits)[1]}.get


def verdict(raw: bytes, look_up: LookUpText | None = None) -> Verdict | None:
    return check_signatures(parse_mail(raw), raw, look_up=look_up or dns())


def trust(raw: bytes, look_up: LookUpText | None = None) -> Trust | None:
    return found.trust if (found := verdict(raw, look_up)) else None


def test_the_author_s_own_signature_passes() -> None:
    assert trust(sign()) is Trust.PASSED


def test_an_unsigned_mail_says_nothing() -> None:
    assert verdict(MAIL) is None


@pytest.mark.parametrize(
    "raw",
    [
        sign().replace(b"TAMAMLANDI", b"OLUMSUZ"),
        sign().replace(b"000001] Yol", b"000002] Yol"),
        sign().replace(b"fen.irtibat@", b"park.irtibat@", 1),
        sign().replace(b"To: muhtarlik@", b"To: baska@"),
        sign(domain=b"evil.example.net"),
        sign(domain=b"bel.tr"),
        sign(length=True) + b"ek satir\r\n",
        sign(length=True),
        sign(signature_algorithm=b"rsa-sha1"),
        sign(include_headers=[b"from"]),
        sign(include_headers=[b"from", b"to", b"date", b"message-id"]),
        b"From: Baska <x@evil.example.net>\r\n" + sign(),
        re.sub(rb"b=[^;]+$", b"b=AAAA", sign().split(b"\r\nFrom:")[0])
        + b"\r\nFrom:"
        + sign().split(b"\r\nFrom:")[1],
        b"DKIM-Signature: v=1; a=rsa-sha256; d=ornek.bel.tr\r\n" + MAIL,
        b"DKIM-Signature: \xff;;;==\r\n" + MAIL,
        b"DKIM-Signature:\r\n" + MAIL,
    ],
    ids=[
        "body changed",
        "subject changed",
        "author changed",
        "recipient changed",
        "a stranger's domain",
        "a public suffix",
        "words below the signed length",
        "a signed length",
        "SHA-1",
        "only From covered",
        "subject not covered",
        "a second From above",
        "a wrong signature",
        "tags missing",
        "rubbish",
        "empty",
    ],
)
def test_what_was_forged_or_altered_does_not_pass(raw: bytes) -> None:
    assert trust(raw) is Trust.UNKNOWN


def test_a_short_key_does_not_pass() -> None:
    assert trust(sign(bits=768), dns(768)) is Trust.UNKNOWN


def test_the_second_signature_may_be_the_author_s() -> None:
    stranger = sign(domain=b"evil.example.net").removesuffix(MAIL)
    assert trust(stranger + sign()) is Trust.PASSED


def test_only_the_first_few_signatures_are_looked_at() -> None:
    asked: list[str] = []

    def look_up(name: str) -> bytes | None:
        asked.append(name)
        return None

    trust(sign().removesuffix(MAIL) * 50 + MAIL, look_up)
    assert len(asked) == signed.MOST_SIGNATURES


def test_a_name_server_that_does_not_answer_leaves_it_open() -> None:
    def look_up(name: str) -> bytes | None:
        raise TimeoutError(f"no answer for {name}")

    found = verdict(sign(), look_up)
    assert found is not None
    assert (found.trust, "no answer" in found.why) == (Trust.UNKNOWN, True)


@pytest.mark.parametrize(
    "record", [None, b"", b"v=DKIM1; p=", b"v=DKIM1; k=rsa; p=AAAA", b"\xff", b";" * 9_000]
)
def test_no_usable_key_does_not_pass(record: bytes | None) -> None:
    assert trust(sign(), lambda name: record) is Trust.UNKNOWN


@pytest.mark.parametrize(
    "raw",
    [
        sign() + b" " * 1_000_000 + b"x",
        b"DKIM-Signature: v=1; b=" + b" " * 60_000 + b"!\r\n" + MAIL,
        b"X: y\r\n" * 100_000 + sign(),
        b"DKIM-Signature: v=1" + b"\r\n ;x" * 30_000 + b"\r\n" + MAIL,
    ],
    ids=["blanks", "blanks in b=", "a long header", "a folded signature"],
)
def test_nothing_takes_long(raw: bytes) -> None:
    begin = monotonic()
    assert trust(raw) is not Trust.PASSED
    assert monotonic() - begin < 5


def test_answers_are_remembered_and_time_outs_are_not() -> None:
    asked: list[str] = []

    class Scripted(TextRecords):
        def _ask(self, name: str) -> bytes | None:
            asked.append(name)
            if len(asked) == 1:
                raise TimeoutError
            return b"v=DKIM1"

    records = Scripted()
    with pytest.raises(TimeoutError):
        records("a.")
    assert (records("a."), records("a."), len(asked)) == (b"v=DKIM1", b"v=DKIM1", 2)


def test_a_dead_name_server_costs_no_more_than_its_time_out(monkeypatch: pytest.MonkeyPatch) -> None:
    import dns.resolver

    silent = dns.resolver.Resolver(configure=False)
    silent.nameservers, silent.port = ["127.0.0.1"], 9  # nobody listens there
    monkeypatch.setattr(dns.resolver, "default_resolver", silent)
    begin = monotonic()
    with pytest.raises(TimeoutError):
        TextRecords(seconds=0.5)("s1._domainkey.ornek.bel.tr.")
    assert monotonic() - begin < 3


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", Trust.PASSED),
        ("spf=none smtp.mailfrom=x.example.net", Trust.PASSED),
        ("dmarc=temperror header.from=ornek.bel.tr", Trust.PASSED),
        ("dkim=none", Trust.PASSED),
        ("dkim=fail header.d=ornek.bel.tr", Trust.UNKNOWN),
        ("dkim=pass header.d=evil.example.net", Trust.UNKNOWN),
        ("dmarc=fail header.from=ornek.bel.tr", Trust.FAILED),
    ],
)
def test_it_is_asked_only_where_the_server_has_said_nothing(said: str, expected: Trust) -> None:
    field = f"Authentication-Results: mx.ornek.bel.tr; {said}\r\n".encode() if said else b""
    raw = field + sign()
    judged = judge_sender(
        parse_mail(raw),
        authserv_id="mx.ornek.bel.tr",
        require="dmarc",
        check_signatures=lambda mail: check_signatures(mail, raw, look_up=dns()),
    )
    assert judged.trust is expected
