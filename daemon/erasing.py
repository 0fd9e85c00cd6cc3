"""``muhtarlik erase``: one person, or what is past its time, out of ledger, files and spreadsheets (KVKK art. 7).

Everything in the ledger happens in one transaction; a dry run does it and takes it back, so its figures are true.
Files go after the commit, and spreadsheets follow by their ordinary turn, so that nothing people typed is lost.
What could not be reached is told in the certificate, never passed over.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from daemon import copies
from daemon.app import App
from daemon.domain.clock import day_of, istanbul
from daemon.domain.erasing import (
    MARK,
    Person,
    Retention,
    find_person,
    months_before,
    without_content,
    without_person,
)
from daemon.domain.errors import ConfigurationError, MuhtarlikError
from daemon.domain.request import Request
from daemon.ledger.ledger import SqlTransaction
from daemon.ports.records import RequestFilter

_ELSEWHERE = (
    "Elle alınmış yedekler (muhtarlik backup) silinen verileri taşır; saklama süreleri sonunda yok edilmelidir.",
    "Posta kutusunun klasörlerindeki ve alıcılara ulaşmış iletiler bu işlemin dışındadır.",
)


class _DryRun(Exception):
    """Ends the transaction without keeping anything."""


@dataclass
class Erased:
    """What was (or would be) erased, by kind, and what remains to be done by people."""

    whom: str
    at: datetime
    is_dry_run: bool
    counts: dict[str, int] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    head: str = ""
    """The history's head afterwards; its chain was verified."""

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def erase_person(app: App, told: str, *, dry_run: bool) -> Erased:
    """Raises :class:`ConfigurationError` when nobody can be meant by ``told``."""
    person = find_person(told, app.office.registry)
    if not person:
        line = f"“{told}” bir ad soyad, e-posta adresi veya telefon numarası değil"
        raise ConfigurationError("nobody to erase", reason=line)
    erased = Erased(_hinted(told), app.clock(), dry_run)
    _carry_out(app, erased, lambda tx: _take_out_person(tx, person, erased))
    if not dry_run:
        erased.left += _still_named(app, person)
    erased.left += _ELSEWHERE
    return erased


def erase_expired(app: App, *, dry_run: bool) -> Erased:
    """What ``retention`` in the mappings no longer keeps."""
    retention = app.mappings.retention
    if retention == Retention():
        line = "mappings.yaml dosyasında retention bölümü yok; hiçbir şeyin saklama süresi belirlenmemiş"
        raise ConfigurationError("no retention", reason=line)
    erased = Erased("saklama süresi dolanlar", app.clock(), dry_run)
    _carry_out(app, erased, lambda tx: _take_out_expired(tx, retention, erased))
    erased.left += _ELSEWHERE
    return erased


def _carry_out(app: App, erased: Erased, take_out: Callable[[SqlTransaction], set[str]]) -> None:
    files: set[str] = set()
    with suppress(_DryRun), app.ledger.transaction() as tx:
        files = take_out(tx)
        copies.owe(tx, files)
        erased.counts["ek dosya"] = len(files)
        if erased.is_dry_run:
            raise _DryRun
    if erased.is_dry_run:
        return
    for path in files:
        app.files.remove(path)
    _follow_in_sheets(app, erased)
    app.ledger.compact()
    try:
        app.forget_former_backups()
    except MuhtarlikError as kept:
        erased.left.append(f"Eski yedekler kaldırılamadı: {kept.reason}")
    count, fault = app.verify_history()
    if fault:
        erased.left.append(f"Geçmiş zinciri doğrulanamadı: {fault}")
    with app.ledger.view() as view:
        erased.head = f"{count} kayıt, {view.verify_chain().head.hash}"


def _follow_in_sheets(app: App, erased: Erased) -> None:
    try:
        app.run_step("sheets")
    except MuhtarlikError as fault:
        erased.left.append(f"Tablolar güncellenemedi: {fault.reason}")
    erased.left += [f"Tablo sonra güncellenecek: {fault.reason}" for fault in app.sheet_faults()]
    with app.ledger.view() as view:
        standing = copies.owed(view)
    if standing:
        erased.left.append(
            f"{standing} ekin Google Drive’daki kopyası henüz silinemedi; saatte bir yeniden denenecektir."
        )
    elif erased.counts["ek dosya"] and app.settings.sheets.backend == "google":
        erased.left.append(
            "Google Drive’daki ek kopyaları silindi; ortak Drive’ın çöp kutusundakileri Google 30 gün içinde yok eder."
        )


# --- one person -------------------------------------------------------------------------------------------


def _take_out_person(tx: SqlTransaction, person: Person, erased: Erased) -> set[str]:
    before = tx.requests(RequestFilter())
    after = [without_person(request, person) for request in before]
    naming = {old.number for old, new in zip(before, after, strict=True) if new != old}
    files = _save(tx, before, after)
    mails = tx.mails_to_erase(sender=person.emails, ids=tx.arrivals_of(naming))
    letters = tx.letters_to_erase(to=person.emails, about=naming)
    stopped = tx.stop_letters(person.emails)
    underway = tx.letters_underway(naming)
    erased.counts |= {
        "talep": len(naming),
        "gelen ileti": tx.erase_mails(mails),
        "bekleyen mektup": stopped,
        "gönderilmiş mektup": tx.erase_letters(letters),
        "soru ve adres kaydı": tx.clean_words(person.cleaned),
        "geçmiş kaydı": tx.rewrite_history(
            lambda number, said: _cleaned(person, said), why="Kişinin silme isteği.", now=erased.at
        ),
    }
    if underway:
        erased.left.append(
            f"Müdürlüklere ve personele {underway} mektup henüz gönderilmedi; gönderildikten sonra komutu yineleyiniz."
        )
    return files


def _cleaned(person: Person, said: tuple[str, str, str]) -> tuple[str, str, str]:
    actor, text, data = map(person.cleaned, said)
    return actor, text, data


def _save(tx: SqlTransaction, before: list[Request], after: list[Request]) -> set[str]:
    """Save what changed; return the files that no request needs any more."""
    for old, new in zip(before, after, strict=True):
        if new != old:
            tx.save_request(new)
    kept = {path for request in after for path in request.attachments}
    return {path for request in before for path in request.attachments} - kept


def _still_named(app: App, person: Person) -> Iterator[str]:
    """Where people must lend a hand: the mappings, and cells that belong to them."""
    with suppress(OSError):
        if person.is_named_in(app.settings.office.mappings.read_text(encoding="utf-8")):
            yield "Kişi mappings.yaml dosyasında duruyor; görevi sona erdiyse oradan da kaldırılmalıdır."
    for workbook in app.all_workbooks().values():
        try:
            tables = workbook.read().tables
        except MuhtarlikError:
            yield f"{workbook.name}: şu anda okunamıyor; ayrıca bakılmalıdır."
            continue
        for title, table in tables.items():
            for row in table.rows:
                if any(isinstance(value, str) and person.is_named_in(value) for value in row.cells.values()):
                    yield f"{workbook.name}, {title}, {row.position}. satır: kişi bir hücrede hâlâ anılıyor."


# --- what is past its time --------------------------------------------------------------------------------


def _take_out_expired(tx: SqlTransaction, retention: Retention, erased: Erased) -> set[str]:
    def limit(months: int) -> datetime | None:
        return istanbul(months_before(day_of(erased.at), months)) if months else None

    mails, attachments, closed = map(
        limit, (retention.mail_months, retention.attachment_months, retention.closed_request_months)
    )
    before = tx.requests(RequestFilter(open=False))
    after = [_past_its_time(request, attachments, closed) for request in before]
    files = _save(tx, before, after) - {
        p for r in tx.requests(RequestFilter(open=True)) for p in r.attachments
    }
    gone = {new.number for new in after if new.description == MARK}
    fresh = {new.number for old, new in zip(before, after, strict=True) if new != old and new.number in gone}
    about = tx.letters_to_erase(about=fresh)
    erased.counts |= {
        "talep": len(fresh),
        "gelen ileti": tx.erase_mails(tx.mails_to_erase(before=mails, ids=tx.arrivals_of(fresh))),
        "gönderilmiş mektup": tx.erase_letters(tx.letters_to_erase(before=mails, about=fresh)),
        "soru ve adres kaydı": tx.forget_questions(fresh),
        "geçmiş kaydı": tx.rewrite_history(
            lambda number, said: ("", MARK, "{}") if number in fresh else said,
            why="Saklama süresi doldu.",
            now=erased.at,
        ),
    }
    tx.forget_recipients(about)
    tx.forget_foreign(fresh)
    return files


def _past_its_time(request: Request, attachments: datetime | None, closed: datetime | None) -> Request:
    when = request.closed_at
    if when is None:
        return request
    if closed is not None and when < closed:
        return without_content(request)
    if attachments is not None and when < attachments:
        return replace(request, attachments=())
    return request


def _hinted(told: str) -> str:
    """Enough to tell the certificate's reader whom it is about, if he knows it already."""
    local, at, domain = told.partition("@")
    if at:
        return f"{local[:2]}***@{domain}"
    if any(c.isalpha() for c in told):
        return " ".join(f"{word[:1]}***" for word in told.split())
    return f"***{told[-2:]}"
