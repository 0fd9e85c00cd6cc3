"""Whether a sender may be believed: a table of what mail servers write, and what forgers try."""

import pytest

from daemon.domain.mail import Address, Mail, Trust
from daemon.mail.mime import parse_mail
from daemon.mail.trust import judge_sender

PASSED, FAILED, UNKNOWN = Trust.PASSED, Trust.FAILED, Trust.UNKNOWN
OURS = "mx.ornek.bel.tr"
OUR_HOP = "Received: from dis.example.net (203.0.113.5) by mx.ornek.bel.tr (Postfix) with ESMTPS id 1"
LMTP_HOP = "Received: from mx.ornek.bel.tr ([127.0.0.1]) by imap01 with LMTP id x"
FOREIGN_HOP = "Received: from a by relay.example.net (Postfix) with ESMTP id 2"


def a_mail(*trace: str, sender: str = "muhtar@example.com", author: str | None = None) -> Mail:
    lines = [*trace, f"From: {author or sender}", "Subject: Talep"]
    headers = tuple(
        (name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)
    )
    address = Address(sender)
    return Mail("<1@x>", address, (), (), (), "Talep", None, "", headers=headers)


def results(said: str, authserv_id: str = OURS) -> str:
    return f"Authentication-Results: {authserv_id}; {said}"


def trust_of(*trace: str, sender: str = "muhtar@example.com", author: str | None = None) -> Trust:
    return judge_sender(a_mail(*trace, sender=sender, author=author), authserv_id=OURS, require="dmarc").trust


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("dmarc=pass header.from=example.com", PASSED),
        ("dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.com", PASSED),
        ("dmarc=pass header.from=example.com;", PASSED),
        ("dmarc = pass  header.from = EXAMPLE.com", PASSED),
        ('dmarc=pass reason="hepsi tamam; dmarc=fail" header.from=example.com', PASSED),
        ("dmarc/1=pass header.from=example.com", PASSED),
        ("dmarc=fail header.from=example.com", FAILED),
        ("dmarc=fail (p=none) header.from=example.com; dkim=pass header.d=example.com", FAILED),
        ("dkim=pass header.d=example.com; dmarc=fail header.from=example.com", FAILED),
        ("dmarc=pass header.from=baska.example.net", FAILED),
        ("dmarc=none header.from=example.com; dkim=pass header.d=example.com", PASSED),
        ("dkim=pass header.d=posta.example.com", PASSED),
        ("dkim=pass header.i=@example.com header.s=x header.b=ab==", PASSED),
        ("dkim=pass header.b=ab==/+ header.d=example.com", PASSED),
        ("dkim=pass header.d=example.net", UNKNOWN),
        ("dkim=pass header.d=notexample.com", UNKNOWN),
        ("dkim=pass header.d=com", UNKNOWN),
        ("dkim=fail header.d=example.com", UNKNOWN),
        ("dkim=fail header.d=example.com; dkim=pass header.d=example.com", PASSED),
        ("spf=pass smtp.mailfrom=muhtar@example.com", PASSED),
        ("spf=pass smtp.mailfrom=example.com", PASSED),
        ("spf=pass smtp.mailfrom=toplu@gonderim.example.net; dmarc=none", UNKNOWN),
        ("spf=softfail smtp.mailfrom=muhtar@example.com", UNKNOWN),
        ('spf=pass smtp.mailfrom="a;dmarc=pass header.from=example.com"@evil.example.net', UNKNOWN),
        (
            "spf=pass (example.com; dmarc=pass header.from=example.com) smtp.mailfrom=evil.example.net",
            UNKNOWN,
        ),
        ("spf=pass (iç (içe) dmarc=pass) smtp.mailfrom=x@example.net", UNKNOWN),
        ("spf=none (kapanmayan; dmarc=pass header.from=example.com", UNKNOWN),
        ('spf=none reason="kapanmayan; dmarc=pass header.from=example.com', UNKNOWN),
        ("iprev=pass policy.iprev=203.0.113.5", UNKNOWN),
        ("none", UNKNOWN),
        ("", UNKNOWN),
        ("=; ;;= dmarc", UNKNOWN),
        ("dmarc=temperror header.from=example.com", UNKNOWN),
        ("dmarc=bestguesspass header.from=example.com; spf=pass smtp.mailfrom=a@example.com", PASSED),
        ("dmarcx=pass header.from=example.com", UNKNOWN),
        ("x dmarc=pass header.from=example.com", UNKNOWN),
    ],
)
def test_what_the_own_server_says_decides(said: str, expected: Trust) -> None:
    assert trust_of(results(said), OUR_HOP) is expected


@pytest.mark.parametrize(
    ("trace", "expected"),
    [
        # Where mail servers put the field: above, between and below their own Received fields.
        ((results("dmarc=pass header.from=example.com"), OUR_HOP), PASSED),
        ((LMTP_HOP, results("dmarc=pass header.from=example.com"), OUR_HOP, FOREIGN_HOP), PASSED),
        ((LMTP_HOP, OUR_HOP, results("dmarc=pass header.from=example.com"), FOREIGN_HOP), PASSED),
        (
            (
                "Received: by 2002:a05:7300:1 with SMTP id 1",
                OUR_HOP,
                results("spf=pass smtp.mailfrom=example.com"),
            ),
            PASSED,
        ),
        (
            ("Received: from a by mail.ornek.bel.tr with ESMTP", results("dkim=pass header.d=example.com")),
            PASSED,
        ),
        (
            ("Received: from a by EXCH01.ornek.local with SMTP", results("dkim=pass header.d=example.com")),
            PASSED,
        ),
        # A second field of that name may have come in with the mail; only its "fail" counts.
        ((results("spf=fail"), results("dkim=pass header.d=example.com"), OUR_HOP), UNKNOWN),
        ((results("dmarc=none"), results("dmarc=pass header.from=example.com"), OUR_HOP), UNKNOWN),
        ((OUR_HOP, results("spf=none"), results("dmarc=pass header.from=example.com")), UNKNOWN),
        ((results("dmarc=pass header.from=example.com"), results("dmarc=fail"), OUR_HOP), FAILED),
        # Case of the name does not matter, its sameness does.
        ((results("dmarc=pass", "MX.Ornek.Bel.TR"),), PASSED),
        ((results("dmarc=pass", '"mx.ornek.bel.tr"'),), PASSED),
        ((results("dmarc=pass", "mx.ornek.bel.tr 1"),), PASSED),
        ((results("dmarc=pass", "mx.ornek.bel.tr (bizim)"),), PASSED),
        ((results("dmarc=pass", "x.mx.ornek.bel.tr"),), UNKNOWN),
        ((results("dmarc=pass", "mx.ornek.bel.tr.example.net"),), UNKNOWN),
        ((results("dmarc=pass", "baska (mx.ornek.bel.tr)"),), UNKNOWN),
        (("Authentication-Results: dmarc=pass header.from=example.com",), UNKNOWN),
        # Forged fields came in with the mail: below the server's own, or below a foreign hop.
        ((results("dmarc=fail"), OUR_HOP, results("dmarc=pass header.from=example.com")), FAILED),
        ((results("spf=none"), OUR_HOP, results("dmarc=pass header.from=example.com")), UNKNOWN),
        ((OUR_HOP, FOREIGN_HOP, results("dmarc=pass header.from=example.com")), UNKNOWN),
        ((FOREIGN_HOP, results("dmarc=pass header.from=example.com")), UNKNOWN),
        (("X-Authentication-Results: mx.ornek.bel.tr; dmarc=pass",), UNKNOWN),
        (("ARC-Authentication-Results: i=1; mx.ornek.bel.tr; dmarc=pass",), UNKNOWN),
        ((OUR_HOP,), UNKNOWN),
        ((), UNKNOWN),
    ],
)
def test_only_the_own_servers_topmost_fields_count(trace: tuple[str, ...], expected: Trust) -> None:
    assert trust_of(*trace) is expected


@pytest.mark.parametrize(
    ("sender", "said", "expected"),
    [
        ("fen@ornek.bel.tr", "auth=pass smtp.auth=fen@ornek.bel.tr", PASSED),
        ("fen@ornek.bel.tr", "auth=pass (login) smtp.auth=ayse", PASSED),
        ("fen@ornek.bel.tr", "auth=pass smtp.auth=ayse smtp.mailfrom=fen@ornek.bel.tr", PASSED),
        ("muhtar@example.com", "auth=pass smtp.auth=ayse", UNKNOWN),
        ("fen@ornek.bel.tr", "auth=fail smtp.auth=fen@ornek.bel.tr", UNKNOWN),
        ("fen@ornek.bel.tr", "dkim=pass header.d=bel.tr", UNKNOWN),
        ("fen@ornek.bel.tr", "dkim=pass header.d=baska.bel.tr", UNKNOWN),
        ("a@alt.ornek.bel.tr", "spf=pass smtp.mailfrom=ornek.bel.tr", PASSED),
    ],
)
def test_alignment_is_by_domain(sender: str, said: str, expected: Trust) -> None:
    assert trust_of(results(said), OUR_HOP, sender=sender) is expected


@pytest.mark.parametrize(
    "author",
    [
        "a@example.com, b@example.com",
        "a@example.com, Müdür <b@evil.example.net>",
        "<a@example.com> <b@x.example.net>",
    ],
)
def test_several_authors_fail(author: str) -> None:
    assert trust_of(results("dmarc=pass"), sender="a@example.com", author=author) is FAILED


def test_a_second_from_field_fails() -> None:
    assert trust_of(results("dmarc=pass"), "From: muhtar@example.com") is FAILED


@pytest.mark.parametrize("name", ["Subject", "Date", "Message-ID", "In-Reply-To", "References"])
def test_a_field_that_stands_twice_fails_for_a_signature_covers_only_one(name: str) -> None:
    passed = results("dmarc=pass header.from=example.com")
    assert trust_of(passed, f"{name}: a" if name == "Subject" else f"{name}: <a>") is (
        FAILED if name == "Subject" else PASSED
    )
    assert trust_of(passed, f"{name}: <a>", f"{name}: <b>") is FAILED


@pytest.mark.parametrize(
    "author",
    [
        '"muhtar@example.com" <@evil.example.net>',
        '"muhtar@example.com" <>',
        "(muhtar@example.com)",
        "x" * 3_000,
    ],
)
def test_an_author_only_in_the_display_name_fails(author: str) -> None:
    assert trust_of(results("dmarc=pass"), author=author) is FAILED


def test_no_author_fails() -> None:
    assert trust_of(results("dmarc=pass"), sender="", author="Muhtar") is FAILED


def test_an_address_in_the_display_name_changes_nothing() -> None:
    author = '"mudur@ornek.bel.tr" <muhtar@example.com>'
    assert trust_of(results("dmarc=pass header.from=example.com"), author=author) is PASSED
    assert trust_of(results("dmarc=pass header.from=ornek.bel.tr"), author=author) is FAILED


def test_when_nothing_is_demanded_everybody_is_believed_and_it_is_said() -> None:
    verdict = judge_sender(a_mail(), authserv_id="", require="none")
    assert verdict.trust is PASSED
    assert "not checked" in verdict.why


def test_without_the_servers_name_nothing_is_known() -> None:
    verdict = judge_sender(a_mail(results("dmarc=pass")), authserv_id="", require="dmarc")
    assert verdict.trust is UNKNOWN


def test_the_verdict_shows_its_evidence() -> None:
    mail = a_mail(results("spf=pass smtp.mailfrom=x.example.net; dmarc=pass header.from=example.com"))
    verdict = judge_sender(mail, authserv_id=OURS, require="dmarc")
    assert verdict.evidence == ("spf=pass smtp.mailfrom=x.example.net", "dmarc=pass header.from=example.com")


@pytest.mark.parametrize(
    "garbage", ["(" * 50_000, '"' * 50_001, ";" * 50_000, "a=" * 50_000, "\\" * 9, "\0;\0=\0"]
)
def test_garbage_neither_raises_nor_takes_long(garbage: str) -> None:
    assert trust_of(results(garbage)) is UNKNOWN


def test_a_mail_as_it_comes_from_the_wire_is_judged() -> None:
    raw = (
        b"Return-Path: <muhtar@example.com>\r\nReceived: from mx by imap01\r\n\twith LMTP id 1\r\n"
        b"Authentication-Results: mx.ornek.bel.tr;\r\n\tdkim=pass header.d=example.com;\r\n"
        b"\tdmarc=pass (p=none)\r\n\theader.from=example.com\r\n"
        b"Received: from a by mx.ornek.bel.tr with ESMTPS\r\n"
        b"From: =?utf-8?q?Ay=C5=9Fe?= <muhtar@example.com>\r\nSubject: x\r\n\r\nx\r\n"
    )
    assert judge_sender(parse_mail(raw), authserv_id=OURS, require="dmarc").trust is PASSED


def test_an_encoded_word_in_the_senders_address_never_becomes_syntax() -> None:
    word = "=?utf-8?q?=3Bdmarc=3Dpass_header=2Efrom=3Dexample=2Ecom=3B?="
    raw = (
        f"Authentication-Results: mx.ornek.bel.tr; spf=pass smtp.mailfrom={word}@evil.example.net\r\n"
        "Received: from a by mx.ornek.bel.tr with ESMTPS\r\n"
        "From: muhtar@example.com\r\nSubject: x\r\n\r\nx\r\n"
    ).encode()
    assert judge_sender(parse_mail(raw), authserv_id=OURS, require="dmarc").trust is UNKNOWN
