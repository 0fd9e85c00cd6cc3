"""Personal data that no letter, log or sheet needs: the T.C. kimlik no is masked outside the ledger.

Law 6698 (KVKK) art. 4: limited to what the purpose needs. The number's checksum lets only 1 % of random
eleven-digit numbers pass, so telephone and subscriber numbers keep standing.
"""

import re

_ELEVEN = re.compile(r"(?<!\d)[1-9](?:[ .-]?\d){10}(?!\d)", re.ASCII)


def mask_identity_numbers(text: str) -> str:
    """Return ``text`` with every valid T.C. kimlik no reduced to its last four digits."""
    return _ELEVEN.sub(_mask, text)


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
