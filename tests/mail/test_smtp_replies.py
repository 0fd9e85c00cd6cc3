"""What the replies of a submission server mean for a letter."""

import pytest

from daemon.domain.errors import ConfigurationError
from daemon.mail.smtp import ACCOUNT_PAUSE, LIMIT_PAUSE, SmtpAccount, SmtpMailer, judge


@pytest.mark.parametrize(
    "said",
    [
        "550 5.1.1 <yok@example.com>: Recipient address rejected: User unknown",
        "550 5.1.1 The email account that you tried to reach does not exist. NoSuchUser",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
        "553 5.1.3 bad address syntax",
        "550 5.2.1 The email account that you tried to reach is disabled",
        "552 5.3.4 Message size exceeds fixed maximum message size",
        "554 5.6.0 content rejected",
        "556 5.1.10 domain does not accept mail",
    ],
)
def test_these_refuse_the_recipient_or_the_letter(said: str) -> None:
    delivery = judge(int(said[:3]), said)
    assert (delivery.accepted, delivery.refused) == (False, True)
    assert delivery.detail == said


@pytest.mark.parametrize(
    "said",
    [
        "550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to",
        "550 5.4.5 Daily SMTP relay limit exceeded for customer",
        "552 5.2.2 mailbox full",
        "554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Failed to process message",
        "550 5.7.233 Message rejected: tenant has exceeded its daily sending limit",
        "452 4.5.3 Too many messages in this hour, rate limit",
        "451 4.7.1 Throttled, try again later",
        "421 4.7.28 rate limit reached",
    ],
)
def test_these_mean_later_although_some_begin_with_5(said: str) -> None:
    delivery = judge(int(said[:3]), said)
    assert (delivery.accepted, delivery.refused, delivery.retry_after) == (False, False, LIMIT_PAUSE)


@pytest.mark.parametrize(
    "said", ["450 4.2.1 Mailbox busy", "451 4.3.0 local error", "-1 ???", "421 4.3.2 closing"]
)
def test_these_mean_later_in_the_usual_time(said: str) -> None:
    delivery = judge(int(said.split(maxsplit=1)[0]), said)
    assert (delivery.accepted, delivery.refused, delivery.retry_after) == (False, False, None)


@pytest.mark.parametrize(
    "said",
    [
        "530 5.7.0 Authentication required",
        "554 5.7.1 <a@example.net>: Relay access denied",
        "553 5.7.1 <muhtarlik@ornek.bel.tr>: Sender address rejected: not owned by user",
        "550 5.7.60 SMTP; Client does not have permissions to send as this sender: SendAsDenied",
    ],
)
def test_these_are_about_our_account_and_refuse_nobody(said: str) -> None:
    delivery = judge(int(said[:3]), said)
    assert (delivery.accepted, delivery.refused, delivery.retry_after) == (False, False, ACCOUNT_PAUSE)


def test_250_is_accepted() -> None:
    assert judge(250, "250 2.0.0 Ok: queued as 1").accepted


def test_a_password_never_leaves_the_machine_in_the_clear() -> None:
    account = SmtpAccount("smtp.ornek.bel.tr", "muhtarlik@ornek.bel.tr", "x", "gizli", security="none")
    with pytest.raises(ConfigurationError) as caught, SmtpMailer(account):
        pass
    assert "şifresiz" in caught.value.reason
    assert "gizli" not in repr(account)
