"""How a test finds its letter among all that were sent, and what a reader sees of it."""

from email.message import EmailMessage

from tests.real.people import Office

ROAD = "Yolda asfalt çöktü, derin çukurlar oluştu. Yama yapılmasını arz ederim."


def referral(office: Office, number: str) -> EmailMessage:
    letters = office.letters(office.liaison, "liaison/referral")
    return next(letter for letter in letters if str(letter["Subject"]).startswith(f"[{number}]"))


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
