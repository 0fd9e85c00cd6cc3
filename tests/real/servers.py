"""A whole mail office on loopback: Debian's Dovecot and Postfix, TLS on, started in well under 2 s.

``MailServers()`` makes a directory of its own below ``/tmp`` (certificates, configurations, mailboxes,
queue), so several can run at once. Any address ``@ornek.bel.tr`` or ``@example.com`` has a mailbox and the
password :data:`PASSWORD`; a bare user name means ``@ornek.bel.tr``. Postfix delivers over LMTP into Dovecot,
so what was sent can be read back. Recipients whose local part begins with

    ``yok``     are unknown                          550 5.1.1
    ``mesgul``  are busy for now                     450 4.2.1
    ``kota``    make the account's daily limit show  550 5.4.5

Usable without pytest (benchmarks); needs root, because Postfix does, and the packages dovecot-imapd,
dovecot-lmtpd, postfix and openssl.
"""

import contextlib
import os
import random
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.real.server_configs import CAPABILITIES, DOVECOT_CONF, MAILBOXES, MAIN_CF, MASTER_CF, RECIPIENTS

PASSWORD = "gizli-Şifre-1"
DOMAIN = "ornek.bel.tr"

_POSTFIX = Path("/usr/lib/postfix/sbin")
_DOVECOT = Path("/usr/sbin/dovecot")
_NEEDED = (_DOVECOT, Path("/usr/lib/dovecot/imap"), Path("/usr/lib/dovecot/lmtp"), _POSTFIX / "master")

# Queue directories as Postfix's own start script makes them: (name, owner, group, mode).
_QUEUE = (
    *((name, "postfix", "root", 0o700) for name in ("active", "bounce", "corrupt", "defer", "deferred")),
    *(
        (name, "postfix", "root", 0o700)
        for name in ("flush", "hold", "incoming", "private", "saved", "trace")
    ),
    ("maildrop", "postfix", "postdrop", 0o730),
    ("public", "postfix", "postdrop", 0o710),
    ("pid", "root", "root", 0o755),
)


class MailServers:
    """One Dovecot and one Postfix, running from construction until :meth:`close`."""

    host = "localhost"
    password = PASSWORD

    def __init__(
        self,
        *,
        without: Sequence[str] = (),
        prefix: str = "",
        separator: str = "/",
        certificate_names: Sequence[str] = ("DNS:localhost", "IP:127.0.0.1"),
        postfix: bool = True,
    ) -> None:
        """``without`` are IMAP capabilities left unsaid (``IDLE``, ``MOVE``, ``UIDPLUS``)."""
        _demand_packages()
        self.root = Path(tempfile.mkdtemp(prefix="muhtarlik-mail-", dir="/tmp"))
        self.root.chmod(0o755)
        self._without, self._prefix, self._separator = frozenset(without), prefix, separator
        self._with_postfix = postfix
        self._running: dict[str, tuple[subprocess.Popen[bytes], subprocess.Popen[bytes]]] = {}
        self._serial = 0
        self.imap_port, self.imap_starttls_port, self.smtp_port, self.smtps_port = free_ports(4)
        try:
            self._prepare(certificate_names)
            self.start()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "MailServers":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    # --- life ---------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start what is not running and wait until it answers."""
        if "dovecot" not in self._running:
            self._spawn("dovecot", [str(_DOVECOT), "-F", "-c", str(self.root / "dovecot.conf")])
            self._await("dovecot", self.imap_port, self.imap_starttls_port)
        if self._with_postfix and "postfix" not in self._running:
            (self.root / "queue/pid/master.pid").unlink(missing_ok=True)
            self._spawn("postfix", [str(_POSTFIX / "master"), "-d", "-c", str(self.root / "postfix")])
            self._await("postfix", self.smtp_port, self.smtps_port)

    def stop(self, name: str, *, kill: bool = False) -> None:
        """End ``dovecot`` or ``postfix``; with ``kill`` at once and without a goodbye to its clients."""
        if name not in self._running:
            return
        process, guard = self._running.pop(name)
        guard.kill()
        guard.communicate()
        _signal_group(process.pid, signal.SIGKILL if kill else signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1)
        _signal_group(process.pid, signal.SIGKILL)
        process.wait(5)
        _await_end(process.pid)

    def restart(self, name: str, *, kill: bool = False) -> None:
        self.stop(name, kill=kill)
        self.start()

    def close(self) -> None:
        for name in list(self._running):
            self.stop(name, kill=True)
        shutil.rmtree(self.root, ignore_errors=True)

    # --- mailboxes ----------------------------------------------------------------------------------------

    @property
    def ca_file(self) -> Path:
        return self.root / "ca.pem"

    def deliver(self, user: str, raw: bytes) -> None:
        """Hand one mail to Dovecot as a mail server would (LMTP; it adds its own trace headers on top)."""
        self.deliver_many(user, [raw])

    def deliver_many(self, user: str, raws: Iterable[bytes]) -> None:
        with smtplib.LMTP(str(self.root / "run/lmtp"), timeout=10) as lmtp:
            for raw in raws:
                lmtp.sendmail("gonderen@example.com", [address_of(user)], raw)

    def fill(self, user: str, raws: Iterable[bytes], *, folder: str = "") -> int:
        """Write mails straight into the Maildir, byte for byte, thousands a second; return how many.

        For a mailbox that is not open: an open one may overlook for a second what did not come by LMTP.
        """
        maildir = self._maildir(user, folder)
        _make(self.root / "mail", address_of(user), owner="mail", group="mail")
        _make(self._maildir(user).parent, "Maildir")
        _make(maildir.parent, maildir.name)
        _make(maildir, "tmp", "new", "cur")
        directory = maildir / "new"
        count = 0
        for count, raw in enumerate(raws, 1):  # noqa: B007
            self._serial += 1
            lines = raw.count(b"\n") - raw.count(b"\r\n")
            path = directory / f"1700000000.M{self._serial:08}P1.test,S={len(raw)},W={len(raw) + lines}"
            whole = maildir / "tmp" / path.name  # Dovecot may take it away the moment it stands in "new"
            whole.write_bytes(raw)
            shutil.chown(whole, "mail", "mail")
            whole.rename(path)
        return count

    def mailbox(self, user: str, folder: str = "") -> list[bytes]:
        """Every mail in a folder, oldest first, as stored."""
        directory = self._maildir(user, folder)
        found = [path for part in ("new", "cur") for path in (directory / part).glob("[0-9]*")]
        return [path.read_bytes() for path in sorted(found, key=_age)]

    def await_mail(self, user: str, count: int = 1, *, seconds: float = 10) -> list[bytes]:
        """:meth:`mailbox` once it holds at least ``count`` mails."""
        deadline = time.monotonic() + seconds
        while len(mails := self.mailbox(user)) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{user} has {len(mails)} of {count} mails\n{self.log('postfix')[-3000:]}")
            time.sleep(0.02)
        return mails

    def forget_uids(self, user: str) -> None:
        """Make Dovecot give the inbox a new UIDVALIDITY and number its mails anew, as after a restore."""
        directory = self._maildir(user)
        for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"):
            (directory / name).unlink(missing_ok=True)
        serial = directory / "dovecot-uidvalidity"
        if serial.exists():
            serial.write_text(f"{int(serial.read_text(), 16) + 1000:x}")

    def clear(self, user: str) -> None:
        """Empty all folders of a user."""
        shutil.rmtree(self.root / "mail" / address_of(user), ignore_errors=True)

    # --- what happened ------------------------------------------------------------------------------------

    def log(self, name: str) -> str:
        path = self.root / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def smtp_connections(self) -> int:
        """Connections Postfix has taken so far, the fixture's own probes (which say nothing) left out."""
        return len(re.findall(r"disconnect from .* ehlo=", self.log("postfix")))

    def await_connections(self, count: int, *, seconds: float = 10) -> int:
        """:meth:`smtp_connections` once they are at least ``count`` (Postfix logs a little later)."""
        deadline = time.monotonic() + seconds
        while (found := self.smtp_connections()) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        return found

    # --- making -------------------------------------------------------------------------------------------

    def _prepare(self, certificate_names: Sequence[str]) -> None:
        _make(self.root, "run", "state", "data", "queue", "postfix")
        _make(self.root, "mail", owner="mail")
        shutil.chown(self.root / "data", "postfix")
        for name, owner, group, mode in _QUEUE:
            _make(self.root / "queue", name, owner=owner, group=group, mode=mode)
        self._certify(certificate_names)
        said = " ".join(word for word in CAPABILITIES.split() if word not in self._without)
        self._write(
            "dovecot.conf",
            DOVECOT_CONF.format(
                root=self.root,
                password=PASSWORD,
                prefix=self._prefix,
                separator=self._separator,
                imap=self.imap_starttls_port,
                imaps=self.imap_port,
                capability=f"imap_capability = {said}" if self._without else "",
            ),
        )
        self._write("postfix/main.cf", MAIN_CF.format(root=self.root, sbin=_POSTFIX))
        self._write("postfix/master.cf", MASTER_CF.format(smtp=self.smtp_port, smtps=self.smtps_port))
        self._write("postfix/mailboxes", MAILBOXES)
        self._write("postfix/recipients", RECIPIENTS)

    def _write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")
        # Postfix reads a file again and again for two seconds while it looks freshly written.
        os.utime(self.root / name, (time.time() - 60,) * 2)

    def _certify(self, names: Sequence[str]) -> None:
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"]
        authority = ["-subj", "/CN=Test CA", "-addext", "keyUsage=critical,keyCertSign,cRLSign"]
        self._openssl(*key, *authority, "-keyout", "ca.key", "-out", "ca.pem")
        server = ["-CA", "ca.pem", "-CAkey", "ca.key", "-subj", "/CN=server", "-keyout", "server.key"]
        names_of_server = f"subjectAltName={','.join(names)}"
        self._openssl(
            *key,
            *server,
            "-out",
            "server.pem",
            "-addext",
            names_of_server,
            "-addext",
            "basicConstraints=CA:FALSE",
        )

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(
            ["openssl", "req", "-x509", *arguments], cwd=self.root, check=True, capture_output=True
        )

    def _maildir(self, user: str, folder: str = "") -> Path:
        """Where it is or will be; Dovecot makes it at the first delivery, and nobody may do so beside it."""
        home = self.root / "mail" / address_of(user) / "Maildir"
        return home / f".{_utf7(folder.replace('/', '.'))}" if folder else home

    def _spawn(self, name: str, command: list[str]) -> None:
        # Own session: both masters signal their whole process group. Postfix closes every descriptor it might
        # have, which takes seconds where the limit is a million.
        with (self.root / f"{name}.out").open("ab") as out:
            process = subprocess.Popen(
                ["sh", "-c", 'ulimit -n 4096; exec "$@"', "sh", *command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env={**os.environ, "MAIL_CONFIG": str(self.root / "postfix"), "MAIL_LOGTAG": "postfix"},
                start_new_session=True,
            )
        # The guard reads until we are gone, however we went, and then ends the group: no orphans.
        guard = subprocess.Popen(
            ["sh", "-c", f"read -r _; kill -9 -- -{process.pid}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._running[name] = (process, guard)

    def _await(self, name: str, *ports: int) -> None:
        deadline = time.monotonic() + 15
        for port in ports:
            while not _answers(port):
                if self._running[name][0].poll() is not None or time.monotonic() > deadline:
                    told = (self.root / f"{name}.out").read_text(errors="replace") + self.log(name)
                    raise RuntimeError(f"{name} did not start:\n{told}")
                time.sleep(0.01)


def address_of(user: str) -> str:
    return user if "@" in user else f"{user}@{DOMAIN}"


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on, below those that the system gives to outgoing connections."""
    found: list[int] = []
    while len(found) < count:
        port = random.randrange(15000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in found:
            found.append(port)
    return found


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _make(parent: Path, *names: str, owner: str = "", group: str = "", mode: int = 0o755) -> None:
    inherited = parent.stat()
    for name in names:
        path = parent / name
        path.mkdir(exist_ok=True)
        path.chmod(mode)
        shutil.chown(path, owner or inherited.st_uid, group or inherited.st_gid)


def _signal_group(pid: int, which: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, which)


def _await_end(group: int) -> None:
    """Children outlive their killed master for a moment: one that takes a new server's first connection drops it."""
    deadline = time.monotonic() + 2
    while _lives(group) and time.monotonic() < deadline:
        time.sleep(0.005)


def _lives(group: int) -> bool:
    """Whether a process of the group still runs; one that is only waiting to be reaped does not."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, pgrp = stat.read_text().rpartition(")")[2].split()[:3]
            if int(pgrp) == group and state != "Z":
                return True
    return False


def _age(path: Path) -> tuple[int, int]:
    seconds, _, rest = path.name.partition(".")
    serial = re.match(r"M(\d+)", rest)
    return int(seconds), int(serial.group(1)) if serial else 0


def _utf7(name: str) -> str:
    from imapclient.imap_utf7 import encode

    return encode(name).decode("ascii")


def _demand_packages() -> None:
    missing = [str(path) for path in _NEEDED if not path.exists()]
    if missing or not shutil.which("openssl"):
        raise RuntimeError(
            f"real mail servers are needed for these tests, missing: {', '.join(missing) or 'openssl'}; "
            "install them with: apt-get install dovecot-imapd dovecot-lmtpd postfix openssl"
        )
    if os.geteuid() != 0:
        raise RuntimeError("Postfix starts only as root: run these tests as root (a container will do)")
