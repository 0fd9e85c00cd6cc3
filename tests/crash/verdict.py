"""What must hold at the end, looked at from outside: mailboxes, spreadsheets, the ledger's file, ``audit verify``."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from tests.crash.office import DIRECTORATES, NUMBER, CrashOffice, liaison_of, numbers_in
from tests.crash.people import Told
from tests.crash.spreadsheets import ARCHIVE, LIVE, OWN, Row
from tests.office import ADDRESS

_COLUMNS = {
    "Durum": "status",
    "Sonuç": "result",
    "Not": "note",
    "Konu": "subject",
    "Açıklama": "description",
    "Mahalle": "neighbourhood",
    "Kategori": "category",
    "İrtibat": "liaison",
    "Sevk": "sevk",
    "Son Tarih": "due",
}
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong (nothing, one hopes), and what SMTP doubled: it cannot do better."""

    faults: tuple[str, ...]
    requests: int
    letters: int
    doubled: int
    held: int
    """Mails that were held because the daemon died three times over them, and then read at a person's wish."""


def settle(office: CrashOffice) -> tuple[int, list[str]]:
    """Let the daemon finish undisturbed; returns how many mails a person had to release, and what went wrong."""
    office.heal()
    held, said = 0, ""
    code = -1
    for _ in range(_ROUNDS):
        office.later(timedelta(hours=5))
        code, said = office.once()
        released = office.command("held", "retry")[1]
        held += int(released.split()[0]) if released.split()[:1] and released.split()[0].isdigit() else 0
        if code == 0 and _is_at_rest(office):
            return held, []
    return held, [f"never came to rest: once ends with {code}: {said}"]


def _is_at_rest(office: CrashOffice) -> bool:
    waiting = _ask(office, "SELECT count(*) n FROM outbox WHERE state IN ('queued', 'sending')")[0]["n"]
    unread = _ask(office, "SELECT count(*) n FROM arrivals WHERE state != 'read'")[0]["n"]
    scanned = any(office.scanner.glob("tarama-*.pdf"))
    return not waiting and not unread and not scanned and not office.servers.mailbox(ADDRESS)


def judge(office: CrashOffice, told: Told) -> Verdict:
    """Settle, then look at everything."""
    held, faults = settle(office)
    requests = {row["number"]: row for row in _ask(office, "SELECT * FROM requests")}
    letters = _await_letters(office)
    rows = office.sheets.rows()
    faults += [
        *_mails(office, told),
        *_papers(office, told),
        *_requests(office, told, requests),
        *divergent_rows(requests, rows),
        *_typed(told, requests, rows, _histories(office)),
        *_letters(office, told, requests, letters),
        *(
            f"{name} lies in Drive more than once"
            for name in (office.google.doubled() if office.google else ())
        ),
        *_history(office),
    ]
    copies = Counter(str(x["Message-ID"]) for mine in letters.values() for x in mine)
    doubled = sum(n - 1 for n in copies.values())
    return Verdict(tuple(faults), len(requests), len(copies), doubled, held)


# --- mails and requests -----------------------------------------------------------------------------------


def _mails(office: CrashOffice, told: Told) -> Iterator[str]:
    done = [
        raw for folder in ("Islenenler", "Bekleyenler") for raw in office.servers.mailbox(ADDRESS, folder)
    ]
    for word, copies in told.mails.items():
        lying = sum(word.encode() in raw for raw in done)
        if lying != copies:
            yield f"mail {word}: {lying} copies put away of {copies}"
        known = _ask(
            office, "SELECT state FROM arrivals WHERE source = 'imap' AND instr(raw, ?)", word.encode()
        )
        if [row["state"] for row in known] != ["read"]:
            yield f"mail {word} is not one arrival that was read: {[row['state'] for row in known]}"


def _papers(office: CrashOffice, told: Told) -> Iterator[str]:
    """Each scan is one arrival, and the scanner's file lies once among those put away."""
    for word in told.scanned:
        name = f"tarama-{word}.pdf"
        known = _ask(office, "SELECT state FROM arrivals WHERE source = 'scans' AND name = ?", name)
        if [row["state"] for row in known] != ["read"]:
            yield f"scan {word} is not one arrival that was read: {[row['state'] for row in known]}"
        lying = [str(path.parent.name) for path in office.scanner.rglob(f"tarama-{word}*.pdf")]
        if len(lying) != 1 or lying[0] not in {"Islenenler", "Bekleyenler"}:
            yield f"scan {word} lies in {lying}"
    for word in told.enclosed:
        scans = "SELECT state FROM arrivals WHERE source = 'mail-scans' AND instr(raw, ?)"
        known = _ask(office, scans, word.encode())
        if [row["state"] for row in known] != ["read"]:
            yield f"scan in mail {word} is not one arrival that was read: {[row['state'] for row in known]}"


def _requests(office: CrashOffice, told: Told, requests: Mapping[str, Any]) -> Iterator[str]:
    yield from numbers_out_of_line(requests)
    for word, code in told.asked.items():
        mine = [r for r in requests.values() if word in r["subject"] + r["description"]]
        if len(mine) != 1:
            yield f"{word} was asked once and is {len(mine)} requests: {[r['number'] for r in mine]}"
            continue
        wanted = told.moved.get(mine[0]["number"], code)
        if mine[0]["directorate"] != wanted:
            yield f"{mine[0]['number']} ({word}) stands with {mine[0]['directorate']}, not {wanted}"
    if strange := len(requests) - len(told.asked):
        yield f"{strange} requests that nobody asked for"
    for word, number in told.closed.items():
        request = requests.get(number)
        if request is None or request["status"] != "Tamamlandı" or word not in request["result"]:
            yield f"{number} is not closed as {word} said: {request and (request['status'], request['result'])}"


def numbers_out_of_line(numbers: Iterable[str]) -> Iterator[str]:
    """Each year's begin with 1 and follow one another."""
    years: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        head, _, serial = number.rpartition("-")
        years[head].append(int(serial))
    for head, serials in years.items():
        if sorted(serials) != list(range(1, len(serials) + 1)):
            yield f"numbers {head} are not one after the other: {sorted(serials)}"


def divergent_rows(requests: Mapping[str, Any], rows: Sequence[Row]) -> Iterator[str]:
    """One row for each request, in its directorate's sheet, that says what the ledger says."""
    standing = defaultdict(list)
    for row in rows:
        standing[row.number].append(row)
    for number in standing.keys() - requests.keys():
        yield f"a row shows {number}, which is no request"
    for number, request in requests.items():
        title = ARCHIVE if request["archived"] else LIVE
        places = [(row.sheet, row.title) for row in standing[number]]
        if places != [(request["directorate"], title)]:
            yield f"{number} stands in {places}, not only in {request['directorate']}/{title}"
            continue
        for header, name in _COLUMNS.items():
            shown, wanted = _text(standing[number][0].cells.get(header)), _text(request[name])
            if shown != wanted:
                yield f"{number} {header}: the row says {shown!r}, the ledger {wanted!r}"


def _typed(
    told: Told, requests: Mapping[str, Any], rows: Sequence[Row], histories: Mapping[str, str]
) -> Iterator[str]:
    cells = {row.number: row.cells for row in rows}
    for word, number in told.notes.items():
        if number not in requests or word not in requests[number]["note"]:
            yield f"note {word} on {number} is lost"
    for word, number in told.own.items():
        if word not in str(cells.get(number, {}).get(OWN, "")) + histories.get(number, ""):
            yield f"own column {word} on {number} is lost"
    for word, number in told.replied.items():
        if word not in histories.get(number, ""):
            yield f"reply {word} is not in the history of {number}"


# --- letters ----------------------------------------------------------------------------------------------


def _await_letters(office: CrashOffice) -> dict[str, list[EmailMessage]]:
    """Everybody's letters, once all that the ledger calls sent have come."""
    sent: dict[str, set[str]] = defaultdict(set)
    for row in _ask(office, "SELECT recipient, message_id FROM outbox WHERE state = 'sent'"):
        sent[row["recipient"]].add(row["message_id"])
    for user, ids in sent.items():
        office.servers.await_mail(user, len(ids), seconds=20)
    return {user: office.letters(user) for user in office.users()[1:]}


def _letters(
    office: CrashOffice, told: Told, requests: Mapping[str, Any], letters: Mapping[str, list[EmailMessage]]
) -> Iterator[str]:
    owed = {(r["recipient"], r["message_id"]): r for r in _ask(office, "SELECT * FROM outbox")}
    come = {(user, str(x["Message-ID"])) for user, mine in letters.items() for x in mine}
    for (user, message_id), row in owed.items():
        if row["state"] != "sent" or (user, message_id) not in come:
            yield f"{row['key']} ({row['state']}) has not come to {user}"
    for user, message_id in come - owed.keys():
        yield f"{user} has a letter that the ledger does not know: {message_id}"
    yield from _occasions(told, requests, letters)
    for code in DIRECTORATES:
        mine = [x for x in letters[liaison_of(code)] if x["X-Muhtarlik-Letter"] == "liaison/reminder"]
        days: dict[date, set[str]] = defaultdict(set)
        for letter in mine:
            days[letter["Date"].datetime.date()].add(str(letter["Message-ID"]))
        yield from (
            f"{code} was reminded {len(ids)} times on {day}" for day, ids in days.items() if len(ids) > 1
        )


def told_of(letter: EmailMessage) -> set[str]:
    """The requests that a letter speaks of; its subject names the first of several only."""
    body = letter.get_body(("plain",))
    more = "talep daha" in str(letter["Subject"]) and body is not None
    return {*numbers_in(letter), *(NUMBER.findall(body.get_content()) if more and body else ())}


def _occasions(
    told: Told, requests: Mapping[str, Any], letters: Mapping[str, list[EmailMessage]]
) -> Iterator[str]:
    """Each request is confirmed once, referred once to each directorate, closed once."""
    said: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for user, mine in letters.items():
        for letter in mine:
            for number in told_of(letter):
                said[letter["X-Muhtarlik-Letter"], number, user].add(str(letter["Message-ID"]))
    for number, request in requests.items():
        headman, liaison = request["headman_email"], liaison_of(request["directorate"])
        closed = request["closed_at"] is not None
        wanted = {("headman/confirmation", headman): 1, ("headman/closure", headman): int(closed)}
        wanted[("liaison/referral", liaison)] = 1
        for (occasion, user), times in wanted.items():
            found = len(said[occasion, number, user])
            if found != times:
                yield f"{number}: {occasion} went out {found} times, not {times}"
    for word, number in told.replied.items():
        thanks = sum(len(ids) for key, ids in said.items() if key[:2] == ("liaison/thanks", number))
        if thanks != 1:
            yield f"{number}: {thanks} letters of thanks for {word}"


# --- the ledger -------------------------------------------------------------------------------------------


def _history(office: CrashOffice) -> Iterator[str]:
    code, said = office.command("audit", "verify")
    if code:
        yield f"audit verify: {said}"


def _histories(office: CrashOffice) -> dict[str, str]:
    found: dict[str, str] = defaultdict(str)
    for row in _ask(office, "SELECT number, text FROM history ORDER BY seq"):
        found[row["number"]] += row["text"] + "\n"
    return found


def _ask(office: CrashOffice, query: str, *values: object) -> list[Any]:
    ledger = office.config.with_name("ledger.db")
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=10)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(query, values).fetchall()


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value).strip().replace("\r\n", "\n")
