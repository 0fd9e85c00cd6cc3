"""The ledger kept safe: nightly backups, and what is done when it is found damaged or gone.

A damaged ledger is put aside, never overwritten; the newest sound backup takes its place, brought up to date with
what was recorded since. Done by itself only where that loses nothing a person could still save: the former file is
kept, and the office is told.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import structlog

from daemon.domain.clock import ISTANBUL, day_of
from daemon.domain.errors import ConfigurationError
from daemon.ledger import nightly
from daemon.ledger.backup import Restored, restore
from daemon.ledger.faults import CORRUPT
from daemon.ledger.ledger import SqlLedger
from daemon.settings.sections import LedgerSettings

log = structlog.get_logger()

NIGHT = time(2)
"""The day's backup is made after this hour in Istanbul; the very first one at once."""
MARGIN = 100
"""Numbers left out after a restoration that cannot know which ones were given last."""


def is_due(ledger: LedgerSettings, now: datetime) -> bool:
    """Whether today's backup is still to be made."""
    if not ledger.backups:
        return False
    backups = nightly.kept(ledger.path)
    today = f"{ledger.path.stem}-{day_of(now)}{ledger.path.suffix}"
    if any(backup.name == today for backup in backups):
        return False
    return not backups or now.astimezone(ISTANBUL).time() >= NIGHT


def make(ledger: SqlLedger, settings: LedgerSettings, now: datetime) -> None:
    """Raises :class:`ConfigurationError` or :class:`Temporary`."""
    made = nightly.keep(ledger, settings.path, today=day_of(now), most=settings.backups)
    if made:
        log.info("backed up", file=str(made))


def forget_former(ledger: SqlLedger, settings: LedgerSettings, now: datetime) -> None:
    """After an erasure: no backup and no record holds what went."""
    nightly.renew(ledger, settings.path, today=day_of(now))


@dataclass(frozen=True, slots=True)
class Recovery:
    """A ledger that was restored from ``backup``, and what is known of the time since."""

    backup: Path
    restored: Restored

    @property
    def since(self) -> date:
        """The day from which mails are looked at again: the one before the backup, for a clock may be wrong."""
        made = datetime.fromtimestamp(self.backup.stat().st_mtime, ISTANBUL).date()
        return date.fromordinal(made.toordinal() - 1)

    def lines(self, why: str) -> tuple[str, ...]:
        """What the office is told, in Turkish."""
        count = self.restored.replayed.transactions
        whole = (
            f"Yedekten sonra kaydedilen {count} işlem yeniden uygulandı; kayıp yoktur.",
            "Bir işlem yapmanız gerekmiyor.",
        )
        torn = (
            f"Yedekten sonraki işlemlerin tümü bulunamadı ({count} işlem yeniden uygulandı). Yedekten sonra gelen "
            "iletiler yeniden okunmaktadır; bu iletiler için ikinci kez bildirim gidebilir.",
            "Tablolarda defterde bulunmayan talepler Not sütununda işaretlenir; lütfen bunları denetleyiniz. "
            "Talep numaraları, verilmiş olabilecek numaralardan sonra sürecektir.",
        )
        kept = f"Önceki dosya saklandı: {self.restored.aside}" if self.restored.aside else ""
        told = whole if self.restored.replayed.is_whole else torn
        return tuple(line for line in (why, f"Yüklenen yedek: {self.backup.name}", *told, kept) if line)


def mend(settings: LedgerSettings, now: datetime) -> Recovery | None:
    """Restore a ledger that is damaged or gone; ``None`` when it is sound. Nobody may have it open.

    Raises :class:`ConfigurationError` when there is no sound backup; nothing is changed then.
    """
    if not _is_lost(settings.path):
        return None
    backup = nightly.newest_good(settings.path)
    if backup is None:
        folder = nightly.folder_of(settings.path)
        line = (
            f"{settings.path}: {CORRUPT} {folder} klasöründe sağlam yedek bulunamadı; başka bir yerde yedek varsa: "
            "muhtarlik restore DOSYA"
        )
        raise ConfigurationError(f"ledger {settings.path} is damaged, and no backup is sound", reason=line)
    log.error("ledger damaged or gone; restoring", ledger=str(settings.path), backup=str(backup))
    return Recovery(backup, restore(backup, settings.path, now, record=nightly.folder_of(settings.path)))


def _is_lost(path: Path) -> bool:
    """Damaged; or gone or empty although it has backups: a new one would give the same numbers again."""
    if path.exists() and path.stat().st_size:
        return not nightly.is_sound(path)
    return bool(nightly.kept(path))


def how_to_restore(path: Path) -> str:
    """What a command that finds the ledger damaged tells the administrator to type."""
    backup = nightly.newest_good(path)
    return f"En son sağlam yedeği geri yüklemek için: muhtarlik restore {backup}" if backup else ""


def last_numbers(seen: Iterable[str], former: Path | None) -> dict[int, int]:
    """By year, the highest serial that may have been given: of those seen in spreadsheets and in the former
    ledger, as far as it can be read, with a margin."""
    numbers = list(seen)
    if former is not None:
        with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{former}?mode=ro", uri=True)) as damaged:
            numbers += [str(row[0]) for row in damaged.execute("SELECT number FROM requests")]
    found: dict[int, int] = {}
    for number in numbers:
        head, _, serial = number.rpartition("-")
        year = head.rpartition("-")[2]
        if serial.isdecimal() and year.isdecimal():
            found[int(year)] = max(found.get(int(year), 0), int(serial))
    return {year: serial + MARGIN for year, serial in found.items()}
