"""Whether a mail's sender may be believed, by what the office's own mail server said (RFC 8601, 7489).

Only the topmost ``Authentication-Results`` with exactly the office's ``authserv-id`` can speak for a sender. What
lies further down may have come in with the mail, and so may whatever lies below the ``Received`` of a foreign
host; anybody can write such. A ``dmarc=fail`` counts in every field down to the next ``Received``. RFC 8601 §5
obliges the server to remove forged fields of its own name. Where it says nothing about DKIM, the signatures are
checked here (:mod:`daemon.mail.signed`).
"""

import ipaddress
import re
from collections.abc import Callable, Iterator
from typing import Literal

from daemon.domain.mail import Mail, Trust, Verdict
from daemon.mail.alignment import aligned, organisation
from daemon.mail.authentication import AuthenticationResults, Result, read_results
from daemon.mail.headers import addresses

Require = Literal["dmarc", "none"]

_BY = re.compile(r"\bby\s+([^\s;()]+)", re.IGNORECASE)
_LOCAL_DELIVERY = re.compile(r"\bwith\s+LMTPS?A?\b", re.IGNORECASE)
_PRIVATE = frozenset(
    ["local", "localdomain", "lan", "internal", "intranet", "corp", "home", "arpa", "localhost", "test"]
)
_ONCE = ("subject", "date", "message-id", "in-reply-to", "references")
"""RFC 5322 § 3.6 allows one of each. A second one above a genuine signature would be ours to read and not signed."""
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)')
CheckSignatures = Callable[[Mail], Verdict | None]


def judge_sender(
    mail: Mail, *, authserv_id: str, require: Require, check_signatures: CheckSignatures | None = None
) -> Verdict:
    """Judge the ``From`` address of ``mail``. Never raises, if ``check_signatures`` does not."""
    if require == "none":
        return Verdict(Trust.PASSED, "not checked: trust.require is none", is_checked=False)
    if fault := _fault_of_sender(mail):
        return Verdict(Trust.FAILED, fault)
    said = _server_says(mail, authserv_id.lower())
    if said.trust is not Trust.UNKNOWN or check_signatures is None or _has_judged_dkim(said):
        return said
    return check_signatures(mail) or said


def _server_says(mail: Mail, authserv_id: str) -> Verdict:
    if not authserv_id:
        return Verdict(Trust.UNKNOWN, "trust.authserv_id is not set")
    block = list(_own_block(mail, authserv_id))
    if not block:
        return Verdict(Trust.UNKNOWN, f"no Authentication-Results of {authserv_id}")
    evidence = tuple(str(result) for field in block for result in field.results)
    if any(
        result.method == "dmarc" and result.result == "fail" for field in block for result in field.results
    ):
        return Verdict(Trust.FAILED, f"dmarc=fail for {mail.sender.email.rpartition('@')[2]}", evidence)
    trust, why = _weigh(list(block[0].results), mail.sender.email, authserv_id)
    return Verdict(trust, why, evidence)


def _has_judged_dkim(said: Verdict) -> bool:
    return any(result.startswith(("dkim=pass", "dkim=fail", "dkim=policy")) for result in said.evidence)


def _fault_of_sender(mail: Mail) -> str:
    """Why the mail has no one author that could be checked; ``""`` when it has."""
    fields = mail.header_all("from")
    if len(fields) > 1:
        return "several From fields"
    if len("".join(fields)) > 2_000:
        return "From is too long"
    if repeated := next((name for name in _ONCE if len(mail.header_all(name)) > 1), ""):
        return f"several {repeated} fields"
    authors = {found.email for field in fields for found in addresses(field.encode()) if found.email}
    if len(authors) > 1:
        return "several authors in From"
    if not fields or not mail.sender.email:
        return "no author in From"
    if mail.sender.email not in _QUOTED.sub(" ", fields[0]).lower().replace("i\u0307", "i"):
        return "the author stands in From's display name only"
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
    return _is_address(host) or aligned(host, authserv_id) or organisation(host) == organisation(authserv_id)


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
                named = organisation(authserv_id)
        case _:
            return False
    return aligned(named.rpartition("@")[2].lower().rstrip("."), domain)
