"""``check``: the whole configuration proved, every fault at once."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from daemon.app import App
from daemon.domain.clock import day_of
from daemon.domain.errors import ConfigurationError, MuhtarlikError
from daemon.mappings import OfficeFacts, load_mappings
from daemon.settings import mappings_named_in


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of ``check``."""

    what: str
    text: str
    good: bool = True
    warning: bool = False


def findings(app: App) -> Iterator[Finding]:
    """Prove everything; go on after a fault, so that all are told at once."""
    yield Finding("Ayarlar", "okundu")
    for warning in app.settings.warnings():
        yield Finding("Ayarlar", warning, warning=True)
    usable = True
    for finding in _proved("Eşlemeler", partial(_mappings, app)):
        usable = usable and finding.good
        yield finding
    yield from _proved("Kayıt defteri", partial(_ledger, app))
    yield from _proved("IMAP", partial(_imap, app))
    yield from _proved("SMTP", partial(_smtp, app))
    if usable:
        yield from _proved("Şablonlar", partial(_templates, app))
        yield from _workbooks(app)


def mappings_faults(config: Path) -> tuple[str, ...]:
    """What is wrong with the mappings beside settings that cannot be used: all faults are told at once."""
    path = mappings_named_in(config)
    try:
        load_mappings(path, OfficeFacts("", "", ""))
    except ConfigurationError as fault:
        return fault.faults
    return ()


def _proved(what: str, prove: Callable[[], Iterable[str]]) -> Iterator[Finding]:
    try:
        for line in list(prove()) or ["tamam"]:
            yield Finding(what, line)
    except ConfigurationError as fault:
        for line in fault.faults:
            yield Finding(what, line, good=False)
    except MuhtarlikError as fault:
        yield Finding(what, fault.reason, good=False)


def _mappings(app: App) -> Iterator[str]:
    registry = app.office.registry
    yield (
        f"{len(registry.directorates)} müdürlük, {len(registry.neighbourhoods)} mahalle, "
        f"{len(app.mappings.categories)} kategori"
    )


def _ledger(app: App) -> Iterator[str]:
    with app.ledger.view() as view:
        counts = view.counts(day_of(app.clock()))
    yield f"{counts['open']} açık, {counts['closed']} kapalı talep"


def _imap(app: App) -> Iterable[str]:
    return app.source.check()


def _smtp(app: App) -> Iterable[str]:
    return app.connect_smtp().check()


def _templates(app: App) -> Iterable[str]:
    if faults := app.template_faults():
        raise ConfigurationError(f"{len(faults)} faulty templates", faults=tuple(faults))
    return ()


def _workbooks(app: App) -> Iterator[Finding]:
    sheets = app.settings.sheets
    folder = sheets.workbook.folder
    if sheets.backend == "workbook" and folder.exists() and not os.access(folder, os.W_OK):
        yield Finding("Tablolar", f"{folder} klasörüne yazma izni yok", good=False)
    absent = []
    for code, workbook in app.all_workbooks().items():
        try:
            if not workbook.fingerprint():
                absent.append(code)
                continue
            tables = workbook.read().tables.values()
        except ConfigurationError as fault:  # the same for all of them
            for line in fault.faults:
                yield Finding("Tablolar", line, good=False)
            return
        except MuhtarlikError as fault:
            yield Finding(f"Tablo {code}", fault.reason, good=False)
            continue
        for table in tables:
            if table.missing:
                missing = ", ".join(table.missing)
                yield Finding(f"Tablo {code}", f"{table.title}: eksik başlıklar: {missing}", good=False)
    if absent:
        text = f"{len(absent)} tablo henüz yok; ilk çalışmada veya setup-sheets ile oluşturulur"
        yield Finding("Tablolar", text, warning=True)
    for name in app.strange_files():
        yield Finding("Tablolar", f"{name} bir kopya gibi görünüyor; okunmaz", warning=True)
