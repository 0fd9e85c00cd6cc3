"""Whether a mail's sender may be believed, by what the office's own mail server said (RFC 8601, 7489).

Only ``Authentication-Results`` with exactly the office's ``authserv-id`` count, and only its topmost block:
the fields down to the next ``Received``. Fields further down came in with the mail, and so did fields that
lie below the ``Received`` of a foreign host; anybody can write such. RFC 8601 §5 obliges the server to remove
forged fields of its own name; an office whose server does not do so must not set ``trust.authserv_id``.
"""

import ipaddress
import re
from collections.abc import Iterator
from typing import Literal

from daemon.domain.mail import Mail, Trust, Verdict
from daemon.mail.authentication import AuthenticationResults, Result, read_results
from daemon.mail.headers import addresses

Require = Literal["dmarc", "none"]

_BY = re.compile(r"\bby\s+([^\s;()]+)", re.IGNORECASE)
_LOCAL_DELIVERY = re.compile(r"\bwith\s+LMTPS?A?\b", re.IGNORECASE)
_PRIVATE = {
    "local",
    "localdomain",
    "lan",
    "internal",
    "intranet",
    "corp",
    "home",
    "arpa",
    "localhost",
    "test",
}
# Names under which anybody may register: no alignment through them (enough of the public suffix list for us).
_PUBLIC = {
    "av",
    "bbs",
    "bel",
    "biz",
    "co",
    "com",
    "dr",
    "edu",
    "gen",
    "gov",
    "info",
    "k12",
    "kep",
    "mil",
    "name",
}
_PUBLIC |= {"net", "org", "pol", "tel", "tv", "tsk", "web", "ac"}


def judge_sender(mail: Mail, *, authserv_id: str, require: Require) -> Verdict:
    """Judge the ``From`` address of ``mail``. Never raises."""
    if require == "none":
        return Verdict(Trust.PASSED, "not checked: trust.require is none")
    if fault := _fault_of_sender(mail):
        return Verdict(Trust.FAILED, fault)
    if not authserv_id:
        return Verdict(Trust.UNKNOWN, "trust.authserv_id is not set")
    block = list(_own_block(mail, authserv_id.lower()))
    if not block:
        return Verdict(Trust.UNKNOWN, f"no Authentication-Results of {authserv_id}")
    results = [result for field in block for result in field.results]
    evidence = tuple(str(result) for result in results)
    trust, why = _weigh(results, mail.sender.email, authserv_id.lower())
    return Verdict(trust, why, evidence)


def _fault_of_sender(mail: Mail) -> str:
    """Why the mail has no one author that could be checked; ``""`` when it has."""
    fields = mail.header_all("from")
    if len(fields) > 1:
        return "several From fields"
    authors = {found.email for field in fields for found in addresses(field.encode()) if found.email}
    if len(authors) > 1:
        return "several authors in From"
    if not fields or not mail.sender.email:
        return "no author in From"
    return ""


# --- which fields count -----------------------------------------------------------------------------------


def _own_block(mail: Mail, authserv_id: str) -> Iterator[AuthenticationResults]:
    found = False
    for name, value in mail.headers:
        if name == "received":
            if found or not _is_our_hop(value, authserv_id):
                return
        elif name == "authentication-results":
            field = read_results(value)
            if field.authserv_id == authserv_id:
                found = True
                yield field


def _is_our_hop(received: str, authserv_id: str) -> bool:
    """A hop inside the office's own mail system: its domain, local delivery, or a name that is not public."""
    host = match[1].strip("[]").lower().rstrip(".") if (match := _BY.search(received)) else ""
    if _LOCAL_DELIVERY.search(received) or "." not in host or host.rpartition(".")[2] in _PRIVATE:
        return True
    return (
        _is_address(host) or _aligned(host, authserv_id) or _organisation(host) == _organisation(authserv_id)
    )


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.removeprefix("ipv6:"))
    except ValueError:
        return False
    return True


# --- what they say ----------------------------------------------------------------------------------------


def _weigh(results: list[Result], sender: str, authserv_id: str) -> tuple[Trust, str]:
    domain = sender.rpartition("@")[2]
    dmarc = [result for result in results if result.method == "dmarc"]
    if any(result.result == "fail" for result in dmarc):
        return Trust.FAILED, f"dmarc=fail for {domain}"
    for result in dmarc:
        if result.result == "pass":
            return _dmarc_passed(result, domain)
    for result in results:
        if result.result == "pass" and _authenticates(result, domain, authserv_id):
            return Trust.PASSED, f"{result} aligned with {domain}"
    said = ", ".join(f"{result.method}={result.result}" for result in results) or "none"
    return Trust.UNKNOWN, f"nothing authenticates {domain} ({said})"


def _dmarc_passed(result: Result, domain: str) -> tuple[Trust, str]:
    about = result.property("header.from").rpartition("@")[2].lower().rstrip(".")
    if about and about != domain:
        return Trust.FAILED, f"dmarc=pass is about {about}, not {domain}"
    return Trust.PASSED, f"dmarc=pass for {domain}"


def _authenticates(result: Result, domain: str, authserv_id: str) -> bool:
    """Whether a pass of ``dkim``, ``spf`` or ``auth`` (submission with a password) is for that domain."""
    match result.method:
        case "dkim":
            named = result.property("header.d", "header.i")
        case "spf":
            named = result.property("smtp.mailfrom", "smtp.mail")
        case "auth":
            named = result.property("smtp.auth", "smtp.mailfrom")
            if named and "@" not in named:  # a bare login name belongs to the server's own domain
                named = _organisation(authserv_id)
        case _:
            return False
    return _aligned(named.rpartition("@")[2].lower().rstrip("."), domain)


def _aligned(one: str, other: str) -> bool:
    """Relaxed alignment: the same domain, or one below the other, but never by a public suffix."""
    if not one or not other:
        return False
    if one == other:
        return True
    upper, lower = sorted((one, other), key=len)
    return lower.endswith(f".{upper}") and not _is_public(upper)


def _organisation(domain: str) -> str:
    """The domain that somebody registered: ``mx.ornek.bel.tr`` → ``ornek.bel.tr``."""
    labels = domain.split(".")
    for count in range(2, len(labels)):
        candidate = ".".join(labels[-count:])
        if not _is_public(candidate):
            return candidate
    return domain


def _is_public(domain: str) -> bool:
    labels = domain.split(".")
    return len(labels) == 1 or (len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _PUBLIC)
