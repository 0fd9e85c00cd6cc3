"""Personal data that no letter, log or sheet needs: the T.C. kimlik no is masked outside the ledger.

Law 6698 (KVKK) art. 4: limited to what the purpose needs. The number's checksum lets only 1 % of random
eleven-digit numbers pass, so telephone and subscriber numbers keep standing.
"""

import re

_ADDRESS = re.compile(r"[^\s<>\"'(),:;=/\\@\[\]{}]{1,100}@(?=[\w-])")
_PHONE = re.compile(
    r"(?<![\w.:-])(?:\+?90|0)[\s().-]{0,3}[2-5]\d{2}[\s().-]{0,3}\d{3}(?:[\s.-]?\d{2}){2}(?![\w:])|"
    r"(?<![\w.:-])5\d{2}[\s.-]?\d{3}(?:[\s.-]?\d{2}){2}(?![\w:])",
    re.ASCII,
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
LONGEST_LOGGED = 500
"""Characters of one value: more is somebody's text, not a reason."""
_ELEVEN = re.compile(r"(?<!\d)[1-9](?:[ .-]?\d){10}(?!\d)", re.ASCII)


def mask_identity_numbers(text: str) -> str:
    """Return ``text`` with every valid T.C. kimlik no reduced to its last four digits."""
    return _ELEVEN.sub(_mask, text)


def for_the_log(text: str) -> str:
    """What a log may hold of a text: no address but its domain, no telephone, no identity number, on one line.

    Control characters and marks that turn the direction of writing are escaped: nothing forges a line.
    """
    short = text if len(text) <= LONGEST_LOGGED else f"{text[:LONGEST_LOGGED]}…"
    masked = _PHONE.sub("<telefon>", _ADDRESS.sub("<adres>@", mask_identity_numbers(short)))
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", masked)


def is_identity_number(digits: str) -> bool:
    """Whether eleven digits carry the two check digits of a T.C. kimlik no."""
    if len(digits) != 11 or not (digits.isascii() and digits.isdecimal()) or digits[0] == "0":
        return False
    n = [int(c) for c in digits]
    tenth = (7 * sum(n[0:9:2]) - sum(n[1:8:2])) % 10
    return n[9] == tenth and n[10] == sum(n[:10]) % 10


def _mask(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    return "*" * 7 + digits[-4:] if is_identity_number(digits) else found[0]
