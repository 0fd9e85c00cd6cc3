"""The bytes of a letter: what every mail program and server between must be able to take."""

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daemon.domain.notice import Letter, Occasion
from daemon.domain.token import verify
from tests.wording.desk import (
    HEADMAN,
    KEY,
    LIAISON,
    NOW,
    OFFICE,
    REGISTRY,
    html,
    letter,
    parsed,
    plain,
    request,
    wording,
)

NUMBER = "MHT-2026-000123"


def confirmation(**more: object) -> Letter:
    changes = {key: more.pop(key) for key in ("subject", "description", "headman") if key in more}
    return letter(Occasion.HEADMAN_CONFIRMATION, request(**changes), **more)  # type: ignore[arg-type]


def test_the_structure_is_plain_text_beside_html() -> None:
    message = parsed(confirmation())
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert {part.get_content_charset() for part in message.iter_parts()} == {"utf-8"}
    assert [part.defects for part in message.walk()] == [[], [], []]


def test_headers_say_who_what_and_why() -> None:
    worded = confirmation(in_reply_to="<talep-1@example.com>")
    message = parsed(worded)
    assert message["From"].addresses[0].addr_spec == OFFICE
    assert message["From"].addresses[0].display_name == REGISTRY.office_name
    assert message["Reply-To"].addresses[0].addr_spec == OFFICE
    assert [(a.display_name, a.addr_spec) for a in message["To"].addresses] == [("Ayşe YILMAZ", HEADMAN)]
    assert message["Subject"] == worded.subject
    assert message["Date"].datetime == NOW
    assert str(message["Date"]).endswith("+0300")
    assert message["Message-ID"] == worded.message_id
    assert message["X-Muhtarlik-Letter"] == "headman/confirmation"
    assert message["X-Muhtarlik-Request"] == NUMBER
    assert message["MIME-Version"] == "1.0"
    assert message["Bcc"] is None
    assert len(message.keys()) == len({key.lower() for key in message})


@pytest.mark.parametrize(
    ("occasion", "answers", "auto"),
    [
        (Occasion.HEADMAN_CONFIRMATION, "<talep-1@example.com>", "auto-replied"),
        (Occasion.HEADMAN_STATUS, "<durum@example.com>", "auto-replied"),
        (Occasion.HEADMAN_STATUS, "", "auto-generated"),
        (Occasion.HEADMAN_CLOSURE, "", "auto-generated"),
        (Occasion.LIAISON_REFERRAL, "", "auto-generated"),
    ],
)
def test_no_machine_answers_a_letter(occasion: Occasion, answers: str, auto: str) -> None:
    message = parsed(letter(occasion, request(), in_reply_to=answers))
    assert message["Auto-Submitted"] == auto
    suppressed = message["X-Auto-Response-Suppress"].replace(" ", "").split(",")
    assert {"OOF", "AutoReply"} <= set(suppressed)
    assert not {"All", "NDR"} & set(suppressed), "bounces must come back"


def test_a_letter_to_the_headman_joins_his_thread() -> None:
    closure = parsed(letter(Occasion.HEADMAN_CLOSURE, request(), in_reply_to="<yanit-2@example.com>"))
    assert closure["In-Reply-To"] == "<yanit-2@example.com>"
    assert closure["References"] == "<talep-1@example.com> <yanit-2@example.com>"
    assert parsed(letter(Occasion.HEADMAN_CLOSURE, request()))["In-Reply-To"] == "<talep-1@example.com>"
    assert parsed(letter(Occasion.LIAISON_REFERRAL, request(), recipient=LIAISON))["References"] is None


@pytest.mark.parametrize(
    "broken", ["kimlik@example.com", "<a b@c>", "<a@b>\r\nBcc: x@y", "<>", "<a@b" + "c" * 900 + ">"]
)
def test_a_broken_message_id_stays_outside(broken: str) -> None:
    worded = letter(Occasion.LIAISON_THANKS, request(), recipient=LIAISON, in_reply_to=broken)
    message = parsed(worded)
    assert message["Bcc"] is None
    assert message["In-Reply-To"] in {None, "<a@b>"}


def test_the_message_id_carries_the_signed_reference() -> None:
    found = re.fullmatch(r"<(MHT\.[\w-]{20,80})\.[a-z2-7]{20}@ornek\.bel\.tr>", confirmation().message_id)
    assert found
    assert verify(KEY, found[1], [HEADMAN], NOW.date()) == NUMBER


def test_the_same_notice_is_the_same_letter_to_the_byte() -> None:
    first, second = confirmation(using=wording()), confirmation(using=wording())
    assert first.mime == second.mime
    assert first == second


def test_other_notices_and_recipients_have_other_message_ids() -> None:
    ids = {
        confirmation().message_id,
        confirmation(recipient="baska@example.com").message_id,
        confirmation(now=NOW + timedelta(days=1)).message_id,
        letter(Occasion.HEADMAN_CLOSURE, request()).message_id,
        letter(Occasion.HEADMAN_STATUS).message_id,
    }
    assert len(ids) == 5


def test_every_line_is_short_ascii_with_crlf() -> None:
    many = [request(n, subject="Ö" * 100, description="ş" * 3000) for n in range(1, 60)]
    for worded in (
        confirmation(subject="ğ" * 300, description="kelime" * 400),
        letter(Occasion.LIAISON_REMINDER, *many, recipient=LIAISON),
        letter(Occasion.LIAISON_REFERRAL, many[0], recipient=LIAISON, recipient_name="Ç" * 200),
    ):
        worded.mime.decode("ascii")
        assert b"\n" not in worded.mime.replace(b"\r\n", b"")
        assert b"\r" not in worded.mime.replace(b"\r\n", b"")
        assert max(map(len, worded.mime.split(b"\r\n"))) <= 78
        assert worded.mime.endswith(b"--\r\n")


def test_the_subject_begins_with_its_number_even_undecoded() -> None:
    raw = next(line for line in confirmation().mime.split(b"\r\n") if line.startswith(b"Subject: "))
    assert raw.startswith(b"Subject: [MHT-2026-000123] =?utf-8?b?")


INJECTIONS = [
    "Konu\r\nBcc: kurban@example.com",
    "Konu\nBcc: kurban@example.com",
    "Konu\rBcc: kurban@example.com",
    "Konu\x0bBcc: kurban@example.com",
    "Konu\u2028Bcc: kurban@example.com",
    "Konu\x85Bcc: kurban@example.com",
    "Konu\r\n\r\n<b>gövde</b>",
    "=?utf-8?b?S29udQ0KQmNjOiBh?=\r\nBcc: kurban@example.com",
    "\x00",
]


@pytest.mark.parametrize("evil", INJECTIONS)
def test_nothing_in_a_text_becomes_a_header(evil: str) -> None:
    for worded in (
        confirmation(subject=evil),
        confirmation(recipient_name=evil),
        confirmation(headman=evil, recipient="kayitsiz@example.com"),
        confirmation(recipient=f"a@example.com{evil}"),
        letter(Occasion.OFFICE_NOTICE, facts={"title": evil, "lines": (evil,)}),
        confirmation(using=wording(registry=replace(REGISTRY, office_name=evil))),
    ):
        message = parsed(worded)
        names = {key.lower() for key in message}
        assert "bcc" not in names
        assert names <= {
            "from", "to", "reply-to", "subject", "date", "message-id", "in-reply-to", "references",
            "auto-submitted", "x-auto-response-suppress", "x-muhtarlik-letter", "x-muhtarlik-request",
            "content-language", "mime-version", "content-type",
        }  # fmt: skip
        assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("address", ["a@b.c, d@e.f", "a@b.c> <d@e.f", "", "kimse", "a@b.c;d@e.f", '"x"@y.z'])
def test_an_odd_address_never_becomes_two(address: str) -> None:
    to = parsed(confirmation(recipient=address))["To"]
    assert len(to.addresses) <= 1
    assert not to.addresses or to.addresses[0].addr_spec == address


def test_a_domain_with_turkish_letters_is_sent_in_ascii() -> None:
    assert (
        parsed(confirmation(recipient="muhtar@örnek.com"))["To"].addresses[0].addr_spec
        == "muhtar@xn--rnek-4qa.com"
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300), st.text(max_size=120))
def test_any_text_comes_back_from_the_library_s_parser(subject: str, name: str) -> None:
    worded = confirmation(subject=subject, description=subject, recipient_name=name)
    message = message_from_bytes(worded.mime, policy=policy.default)
    assert message["Subject"] == worded.subject
    assert len(message["To"].addresses) == 1
    assert plain(worded).endswith("\n")
    assert html(worded).rstrip().endswith("</html>")
    assert max(map(len, worded.mime.split(b"\r\n"))) <= 78
