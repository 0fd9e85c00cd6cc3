"""``muhtarlik demo``: the whole job on embedded parts, nothing to configure.

An in-process mail server with a web page, xlsx workbooks in a folder, the shipped example office. The clock
moves through a request's life: receipt, referral, reminder, reply, closure — and one that is opened again.
"""

import shutil
import signal
import threading
from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from rich.console import Console

from daemon.app import App
from daemon.demo import story
from daemon.demo.server import PASSWORD, MailServer
from daemon.demo.tables import GoogleTables, Tables, WorkbookTables
from daemon.domain.clock import istanbul, show_moment
from daemon.domain.errors import ConfigurationError
from daemon.domain.registry import Directorate
from daemon.domain.request import Request, Status
from daemon.domain.text import one_line
from daemon.ports.ledger import View
from daemon.ports.records import LetterRecord, RequestFilter
from daemon.resources import shipped
from daemon.settings import Settings, load_settings

OFFICE = "muhtarlik@ornek.bel.tr"
FIRST_DAY = date(2026, 12, 7)
LETTERS = "mektuplar"
_MARK = ".muhtarlik-demo"
_OPENING = """\
Örnek bir belediyenin Muhtarlık İşleri Müdürlüğünde üç hafta. Postalar, tablolar ve mektuplar gerçektir;
yalnızca saat ileri alınır.
  ✉ gelen ileti    • talebin geçmişi    → gönderilen mektup    ▦ tabloya yazılan"""
_SCHEDULED = (
    (date(2026, 12, 14), "Pazartesi: müdürlere haftalık özet; geciken su arızası bildiriliyor"),
    (date(2026, 12, 21), "Pazartesi: müdürlere haftalık özet"),
    (date(2026, 12, 23), "Üç iş günü kaldı: irtibat personeline hatırlatma"),
    (date(2026, 12, 28), "Pazartesi: haftalık özet; bazı taleplerin son günü"),
    (date(2026, 12, 29), "Süresi geçenler irtibata ve müdürüne bildiriliyor"),
)

_SETTINGS = """\
# Gösterimin ayarları; her çalıştırmada yeniden yazılır.
[office]
name = "Örnek Belediyesi Muhtarlık İşleri Müdürlüğü"
address = "{office}"
manager = "muhtarlik.mudur@ornek.bel.tr"
mappings = "mappings.yaml"
[ledger]
path = "ledger.db"
[imap]
host = "127.0.0.1"
port = {imap}
security = "none"
user = "{office}"
password_file = "password"
[smtp]
host = "127.0.0.1"
port = {smtp}
security = "none"
user = "{office}"
password_file = "password"
[trust]
require = "none"
[files]
folder = "ekler"
"""


def run(folder: Path | None, *, stay: bool, google: bool = False) -> None:
    """Play the demo in ``folder`` (default ``demo``); with ``stay``, keep the mail page up until Ctrl-C. With
    ``google`` the spreadsheets are in a stand-in for Google."""
    chosen = (folder or Path("demo")).resolve()
    console = Console(highlight=False, soft_wrap=True)
    tables: Tables = GoogleTables() if google else WorkbookTables()
    with MailServer(OFFICE) as server, tables:
        settings = _prepare(chosen, server, tables)
        clock = _Clock(istanbul(FIRST_DAY, 9, 12))
        with App.open(settings, clock.read) as app:
            app.migrate()
            play = _Play(app, server, tables, clock, console, chosen / LETTERS)
            play.perform()
            play.tell_end()
        _say_where(console, chosen, tables, server.web_page if stay else "")
        if stay:
            _wait(console)


def _prepare(folder: Path, server: MailServer, tables: Tables) -> Settings:
    """An empty folder with settings; only a folder that an earlier demo made is emptied."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).exists():
            raise ConfigurationError(
                f"{folder} is not empty",
                faults=(f"{folder} klasörü boş değil; --dir ile boş bir klasör veriniz.",),
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).touch()
    shutil.copyfile(shipped("mappings.yaml"), folder / "mappings.yaml")
    password = folder / "password"
    password.write_text(PASSWORD + "\n")
    password.chmod(0o600)
    path = folder / "muhtarlik.toml"
    servers = _SETTINGS.format(office=OFFICE, imap=server.ports.imap, smtp=server.ports.smtp)
    path.write_text(servers + tables.settings(folder))
    return load_settings(path)


@dataclass(slots=True)
class _Clock:
    now: datetime

    def read(self) -> datetime:
        return self.now


class _Play:
    """The acts, in order. After each one the daemon runs until nothing is left to do."""

    def __init__(
        self, app: App, server: MailServer, tables: Tables, clock: _Clock, console: Console, letters: Path
    ) -> None:
        self._app = app
        self._server = server
        self._tables = tables
        self._clock = clock
        self._console = console
        self._told: dict[str, int] = {}
        self._sent: set[str] = set()
        self._letters = letters
        self._letters.mkdir(exist_ok=True)

    def perform(self) -> None:
        self._console.print(_OPENING, markup=False)
        self._act(istanbul(FIRST_DAY, 9, 12), "Muhtarlardan altı ileti geldi")
        self._first_morning()
        self._run()
        self._act(istanbul(FIRST_DAY, 14, 30), "Temizlik İşleri, yönlendirme mektubunu yanıtlıyor")
        waste = self._about("konteyner")
        self._liaison_replies(waste, "TAMAMLANDI\nKonteynerler boşaltıldı, çevresi yıkandı ve ilaçlandı.")
        self._run()
        self._act(istanbul(date(2026, 12, 8), 10, 5), "Muhtar, sorunun sürdüğünü bildiriyor")
        self._headman_replies(waste, "SORUN SÜRÜYOR\nBir konteyner hâlâ dolu duruyor.")
        self._run()
        self._act(istanbul(date(2026, 12, 9), 11, 0), "Park ve Bahçeler, sonucu kendi tablosuna yazıyor")
        self._clerk_types(self._about("SALINCAK"), "Salıncak yenilendi, banklar onarıldı.")
        self._run()
        self._weeks()
        self._act(istanbul(date(2026, 12, 29), 15, 20), "Fen İşleri yanıtlıyor, talep kapanıyor")
        self._liaison_replies(self._about("çukur"), "Söz konusu yolda asfalt yama çalışması tamamlanmıştır.")
        self._run()

    def _weeks(self) -> None:
        """Letters on schedule: nobody writes, the calendar does."""
        for day, title in _SCHEDULED:
            self._act(istanbul(day, 9, 0), title)
            self._run()

    def tell_end(self) -> None:
        """How the requests stand."""
        with self._app.ledger.view() as view:
            requests = view.requests(RequestFilter())
        closed = sum(not request.is_open for request in requests)
        title = f"Sonunda: {len(requests)} talep, {closed} kapandı; {len(self._sent)} mektup gönderildi"
        self._console.print(f"\n[bold]{title}[/]")
        for request in requests:
            found = self._app.office.registry.directorate(request.directorate)
            unit = request.external_body or (found.name if found else "İnceleme’de")
            self._line(
                " ", f"{request.number}  {request.status.value:<13}  {unit}: {one_line(request.subject, 50)}"
            )

    # --- what people do -------------------------------------------------------------------------------

    def _first_morning(self) -> None:
        scan = Path(__file__).with_name("dilekce.pdf").read_bytes()
        for place, letter in story.first_morning(self._app.office.registry, scan):
            self._line("✉", f"{place.name} Mahallesi Muhtarı {letter.name}: {letter.subject}")
            self._deliver(letter)

    def _liaison_replies(self, request: Request, text: str) -> None:
        directorate = self._directorate(request)
        liaison = directorate.liaisons[0]
        address = liaison.address_on(self._clock.now.date())
        self._reply(request, address, liaison.name, "liaison/referral", text)

    def _headman_replies(self, request: Request, text: str) -> None:
        self._reply(request, request.headman_email, request.headman, "headman/closure", text)

    def _reply(self, request: Request, sender: str, name: str, occasion: str, text: str) -> None:
        with self._app.ledger.view() as view:
            letters = view.letters_of(request.number)
        answered = [letter.message_id for letter in letters if letter.occasion == occasion][-1]
        self._line("✉", f"{name}: {text.splitlines()[0]}")
        self._deliver(story.reply(sender, name, f"[{request.number}] {request.subject}", text, answered))

    def _clerk_types(self, request: Request, result: str) -> None:
        """A person opens the spreadsheet, chooses ``Durum``, writes ``Sonuç`` and saves."""
        where = self._tables.close(request, self._directorate(request).name, result)
        self._line("▦", f"{where}: {request.number} → {Status.DONE.value}, Sonuç: {result}")

    def _deliver(self, letter: story.Letter) -> None:
        self._server.deliver(
            story.mime(letter, OFFICE, self._clock.now), sender=letter.sender, recipient=OFFICE
        )

    def _about(self, word: str) -> Request:
        with self._app.ledger.view() as view:
            return next(r for r in view.requests(RequestFilter()) if word in r.subject)

    def _directorate(self, request: Request) -> Directorate:
        found = self._app.office.registry.directorate(request.directorate)
        if found is None:
            raise ConfigurationError(f"the example office has no directorate {request.directorate!r}")
        return found

    # --- what the daemon did --------------------------------------------------------------------------

    def _act(self, moment: datetime, title: str) -> None:
        self._clock.now = moment
        self._console.print(f"\n[bold]{show_moment(moment)}  {title}[/]")

    def _run(self) -> None:
        tally = self._app.run_until_quiet()
        for fault in (*tally.faults.values(), *tally.waiting.values()):
            raise fault
        with self._app.ledger.view() as view:
            for request in view.requests(RequestFilter()):
                history = view.history(request.number)
                for entry in history[self._told.get(request.number, 0) :]:
                    self._line("•", f"{request.number}  {one_line(entry.text, 130)}")
                self._told[request.number] = len(history)
                for letter in view.letters_of(request.number):
                    if letter.sent_at and letter.message_id not in self._sent:
                        self._sent.add(letter.message_id)
                        self._line("→", f"{letter.recipient}  {one_line(letter.subject, 110)}")
                        self._keep(letter, view)

    def _keep(self, letter: LetterRecord, view: View) -> None:
        """Lay the letter down as a page that any browser opens, also when the mail server is gone."""
        stored = view.letter_about(letter.message_id)
        letter_sent = stored.letter if stored else None
        page = (
            message_from_bytes(letter_sent.mime, policy=default).get_body(("html",)) if letter_sent else None
        )
        if page is not None:
            occasion = letter.occasion.replace("/", "-")
            name = f"{len(self._sent):02d} {occasion} {letter.recipient}.html"
            (self._letters / name).write_text(str(page.get_content()), encoding="utf-8")

    def _line(self, sign: str, text: str) -> None:
        self._console.print(f"  {sign} {text}", markup=False)


def _say_where(console: Console, folder: Path, tables: Tables, web_page: str) -> None:
    console.print("\n[bold]Nereye bakmalı?[/]")
    console.print(f"  Tablolar   {tables.where(folder)}")
    console.print(f"  Mektuplar  {folder}/{LETTERS}/ (her mektup bir sayfa, tarayıcıyla açılır)")
    if web_page:
        console.print(f"  Posta      {web_page} (bütün posta kutuları, gösterim açıkken)")
    console.print(f"  Geçmiş     muhtarlik show MHT-2026-000001 --config {folder}/muhtarlik.toml")


def _wait(console: Console) -> None:
    console.print("\nMektuplar sayfası açık. Bitirmek için Ctrl-C.")
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    done.wait()
