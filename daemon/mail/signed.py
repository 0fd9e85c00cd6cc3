"""Our own check of a mail's DKIM signatures (RFC 6376), where the office's server says nothing of them.

A signature counts only if it is of the author's own domain (DMARC alignment, RFC 7489 § 3.1.1) and covers what
decides here: From, To, Subject, Date, Message-ID and the whole body. Signatures with ``l=`` or SHA-1 do not
count. DNS is asked with a time-out; answers are remembered for a while.
"""

import re
from collections.abc import Callable
from time import monotonic

from daemon.domain.mail import Mail, Trust, Verdict
from daemon.mail.alignment import aligned

LookUpText = Callable[[str], bytes | None]
"""The TXT record of a name, ``None`` where there is none. May raise ``TimeoutError``."""

DNS_SECONDS = 5.0
MOST_SIGNATURES = 4
LONGEST_SIGNATURE = 4_096
LONGEST_HEADER = 262_144
LARGEST_MAIL = 25_000_000
SMALLEST_KEY = 1024
_NEEDED = frozenset({b"from", b"to", b"subject", b"date", b"message-id"})
_BLANKS = re.compile(rb"[ \t]{2000}")
"""The library needs the square of the time for such a run."""


class TextRecords:
    """TXT records from the system's resolver, remembered for ten minutes."""

    KEPT_SECONDS = 600.0
    MOST = 1_000

    def __init__(self, seconds: float = DNS_SECONDS) -> None:
        self._seconds = seconds
        self._known: dict[str, tuple[float, bytes | None]] = {}

    def __call__(self, name: str) -> bytes | None:
        known = self._known.get(name)
        if known and known[0] > monotonic():
            return known[1]
        found = self._ask(name)
        if len(self._known) >= self.MOST:
            self._known.clear()
        self._known[name] = (monotonic() + self.KEPT_SECONDS, found)
        return found

    def _ask(self, name: str) -> bytes | None:
        import dns.exception  # only offices whose server says nothing need it
        import dns.resolver

        try:
            answer = dns.resolver.resolve(name, "TXT", lifetime=self._seconds, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return None
        except (dns.exception.DNSException, OSError) as fault:
            raise TimeoutError(f"{type(fault).__name__} for {name}") from fault
        return next((b"".join(record.strings) for record in answer), None)


def check_signatures(mail: Mail, raw: bytes, *, look_up: LookUpText) -> Verdict | None:
    """``PASSED`` if a signature vouches for the author, else ``UNKNOWN``; ``None`` for an unsigned mail.

    Never raises.
    """
    signatures = mail.header_all("dkim-signature")
    if not signatures:
        return None
    domain = mail.sender.email.rpartition("@")[2]
    if fault := _too_much(signatures, raw):
        return Verdict(Trust.UNKNOWN, fault)
    faults: list[str] = []
    for index in range(min(len(signatures), MOST_SIGNATURES)):
        found = _fault_of(raw, index, domain, look_up)
        if not found:
            return Verdict(
                Trust.PASSED, f"own check: dkim=pass for {domain}", (f"dkim=pass header.d={domain}",)
            )
        faults.append(found)
    return Verdict(Trust.UNKNOWN, f"own check: {'; '.join(faults)}"[:500])


def _too_much(signatures: list[str], raw: bytes) -> str:
    header = re.split(rb"\r?\n\r?\n", raw[: LONGEST_HEADER + 1], maxsplit=1)[0]
    if len(header) > LONGEST_HEADER or len(raw) > LARGEST_MAIL:
        return "own check: the mail is too large"
    if any(len(signature) > LONGEST_SIGNATURE for signature in signatures) or _BLANKS.search(raw):
        return "own check: the mail is made to take long"
    return ""


def _fault_of(raw: bytes, index: int, domain: str, look_up: LookUpText) -> str:
    """Why one signature does not vouch for the author; ``""`` when it does."""
    import dkim

    try:
        checker = dkim.DKIM(raw, minkey=SMALLEST_KEY)
        prepared = checker.verify_headerprep(index)
        if not prepared:
            return "no signature"
        signature, covered, _ = prepared
        if fault := _unfit(signature, covered, domain):
            return fault
        good = checker.verify(index, dnsfunc=lambda name, timeout=0: look_up(name.decode("ascii", "replace")))
    except TimeoutError as fault:
        return str(fault)
    except (
        Exception
    ) as fault:  # the library fails in many ways on hostile headers, and none of them is a pass
        return type(fault).__name__
    return "" if good else f"dkim=fail for {domain}"


def _unfit(signature: dict[bytes, bytes], covered: list[bytes], domain: str) -> str:
    signer = signature[b"d"].decode("ascii", "replace").lower().rstrip(".")
    if not aligned(signer, domain):
        return f"signed by {signer}, not by {domain}"
    if b"l" in signature or signature[b"a"] not in {b"rsa-sha256", b"ed25519-sha256"}:
        return "signed in part or weakly"
    if missing := _NEEDED - set(covered):
        return f"not signed: {b', '.join(sorted(missing)).decode()}"
    return ""
