"""Commands that take care: ``setup-sheets``, ``ingest``, ``audit``, ``erase``, ``backup``, ``restore``, ``migrate``."""

from pathlib import Path

import click

from daemon.app import App
from daemon.by_hand import ensure_folder_for, ensure_readable
from daemon.cli.logs import log_to_stderr
from daemon.cli.opening import opened
from daemon.cli.turkish import FAULT, TurkishCommand, TurkishGroup, config_option
from daemon.domain.errors import MuhtarlikError

_FILES = click.Path(path_type=Path)


@click.command(
    "setup-sheets", cls=TurkishCommand, help="Tabloları kurar veya onarır; kimsenin yazdığına dokunmaz."
)
@config_option
@click.pass_context
def setup_sheets(ctx: click.Context) -> int:
    with opened(ctx) as app:
        faults = changed = 0
        for name, lines, fault in app.set_up_sheets():
            faults += fault is not None
            changed += bool(lines)
            for line in lines:
                click.echo(f"{name}: {line}")
            if fault is not None:
                click.echo(f"muhtarlik: {name}: {fault.reason}", err=True)
    if not faults and not changed:
        click.echo("Bütün tablolar yerinde; değişiklik gerekmedi.")
    return FAULT if faults else 0


@click.command(
    cls=TurkishCommand,
    help="Dosyaları posta kutusuna gelmiş gibi alır (.eml, .msg, .pdf, .tif, .jpg, .png, "
    ".docx, .doc, .odt, .rtf, .txt, .zip, .tar.gz, .xlsx).",
)
@config_option
@click.argument("files", nargs=-1, required=True, type=_FILES, metavar="DOSYA…")
@click.pass_context
def ingest(ctx: click.Context, files: tuple[Path, ...]) -> int:
    log_to_stderr()
    faults = 0
    with opened(ctx) as app, App.locked(app.settings):
        app.migrate()
        for path in files:
            try:
                click.echo(f"{path.name}: {app.ingest(path)}")
            except MuhtarlikError as fault:
                faults += 1
                click.echo(f"muhtarlik: {path.name}: {fault.reason}", err=True)
    return FAULT if faults else 0


@click.group(cls=TurkishGroup, help="Kayıtların değiştirilmediğini kanıtlar.")
@config_option
def audit() -> None:
    """Group of the audit's commands."""


@audit.command(cls=TurkishCommand, help="Geçmiş zincirini doğrular; bozulan ilk kaydı gösterir.")
@config_option
@click.pass_context
def verify(ctx: click.Context) -> int:
    with opened(ctx) as app:
        count, fault = app.verify_history()
    if fault is None:
        click.echo(f"Geçmiş sağlam: {count} kayıt doğrulandı.")
        return 0
    click.echo(f"muhtarlik: geçmiş bozulmuş: {fault}", err=True)
    return FAULT


@audit.command(cls=TurkishCommand, help="Bütün geçmişi JSON satırları olarak yazar.")
@config_option
@click.pass_context
def export(ctx: click.Context) -> None:
    with opened(ctx) as app:
        for line in app.export_history():
            click.echo(line)


@click.command(cls=TurkishCommand, help="Defterin güvenli bir kopyasını alır.")
@config_option
@click.argument("file", type=_FILES, metavar="DOSYA")
@click.pass_context
def backup(ctx: click.Context, file: Path) -> None:
    ensure_folder_for(file)
    with opened(ctx) as app:
        app.backup(file)
    click.echo(f"Yedek alındı: {file}")


@click.command(cls=TurkishCommand, help="Defteri yedekten geri yükler; şimdiki defter kenarda saklanır.")
@config_option
@click.option("--as-it-was", is_flag=True, help="Yedekten sonra kaydedilen işlemler yeniden uygulanmaz.")
@click.argument("file", type=_FILES, metavar="DOSYA")
@click.pass_context
def restore(ctx: click.Context, file: Path, as_it_was: bool) -> None:
    ensure_readable(file)
    with opened(ctx) as app, App.locked(app.settings):
        done = app.restore(file, as_it_was=as_it_was)
    click.echo(f"Defter geri yüklendi. Önceki defter: {done.aside or 'yoktu'}")
    click.echo(f"Yedekten sonra kaydedilip yeniden uygulanan işlem: {done.replayed.transactions}")
    if not done.replayed.is_whole:
        click.echo("Yedekten sonraki kayıt tam değil; iletiler posta kutusundan yeniden okunacak.")


@click.command(cls=TurkishCommand, help="Defteri bu sürümün biçimine getirir.")
@config_option
@click.pass_context
def migrate(ctx: click.Context) -> None:
    with opened(ctx) as app, App.locked(app.settings):
        app.migrate()
    click.echo("Defter güncel.")


@click.command(
    cls=TurkishCommand,
    help="Bir kişinin verilerini (ad soyad, e-posta veya telefon) ya da saklama süresi dolanları defterden, "
    "dosyalardan ve tablolardan siler; tutanağını yazar.",
)
@config_option
@click.argument("whom", required=False, metavar="[KİŞİ]")
@click.option("--expired", is_flag=True, help="Eşlemelerdeki retention sürelerini dolduranları siler.")
@click.option("--dry-run", is_flag=True, help="Neyin silineceğini gösterir; hiçbir şeyi silmez.")
@click.option("--out", type=_FILES, default=None, metavar="DOSYA", help="Tutanak dosyası (.pdf veya .txt).")
@click.pass_context
def erase(ctx: click.Context, whom: str | None, expired: bool, dry_run: bool, out: Path | None) -> None:
    from daemon.cli.certificate import lines_of, write_certificate
    from daemon.erasing import erase_expired, erase_person

    if bool(whom) == expired:
        raise click.UsageError("bir kişi veya --expired veriniz (ikisinden yalnızca biri)")
    with opened(ctx) as app, App.locked(app.settings):
        app.migrate()
        erased = (
            erase_expired(app, dry_run=dry_run) if expired else erase_person(app, whom or "", dry_run=dry_run)
        )
        office_name = app.settings.office.name
    for line in lines_of(erased, office_name):
        click.echo(line)
    if out is not None:
        write_certificate(out, erased, office_name)
        click.echo(f"Tutanak yazıldı: {out}")


COMMANDS = (setup_sheets, ingest, audit, erase, backup, restore, migrate)
