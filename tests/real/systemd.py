"""A real systemd as process 1 of namespaces of its own, over a throw-away copy of this machine's files.

The copy is an overlay in memory: what a unit installs or writes is gone at the end, the machine itself is not touched.
It needs root, and a kernel that allows it; :func:`why_not` tells.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]
_PYTHON = Path("/usr/bin/python3.11")
"""The units see no home folder, so an interpreter that lives in one does not serve."""
_BOOT = """\
set -e
mount --make-rprivate /
mount -t tmpfs tmpfs {folder}
mkdir {folder}/up {folder}/work {folder}/root
mount -t overlay overlay -o lowerdir=/,upperdir={folder}/up,workdir={folder}/work {folder}/root
cd {folder}/root
mkdir -p opt/muhtarlik/bin opt/muhtarlik/source opt/muhtarlik/packages old
mount --bind {source} opt/muhtarlik/source
mount --bind {packages} opt/muhtarlik/packages
mount -t proc proc proc
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
mount --rbind /dev dev
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
rm -rf etc/systemd/system/*.wants lib/systemd/system/*.wants
pivot_root . old
cd /
umount -l /old
mount --make-rshared /
exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system --unit=basic.target
"""
_START = """\
#!{python}
import sys
sys.path[:0] = ["/opt/muhtarlik/source", "/opt/muhtarlik/packages"]
from daemon.cli import main
main()
"""


def why_not() -> str:
    """Why it cannot be tried here; empty if it can."""
    if os.geteuid() != 0:
        return "only root may make the namespaces"
    if not _PYTHON.exists() or sys.version_info[:2] != (3, 11):
        return "the units need an interpreter outside home folders that fits the tests' packages"
    tried = subprocess.run(
        [
            "unshare",
            "--mount",
            "--pid",
            "--fork",
            "--cgroup",
            "sh",
            "-c",
            "mount -t cgroup2 c /sys/fs/cgroup",
        ],
        capture_output=True,
        check=False,
    )
    return "" if tried.returncode == 0 else f"no namespaces here: {tried.stderr.decode().strip()}"


class Systemd:
    """Runs from construction until :meth:`close`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        packages = next(path for path in sys.path if path.endswith("site-packages"))
        boot = _BOOT.format(folder=folder, source=ROOT, packages=packages)
        apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--uts", "--ipc", "--cgroup"]
        self._process = subprocess.Popen([*apart, "sh", "-c", boot], stdout=subprocess.DEVNULL)
        self._first = self._await_first()
        self.files = Path(f"/proc/{self._first}/root")
        """All files as systemd and its units see them."""
        start = self.files / "opt/muhtarlik/bin/muhtarlik"
        start.write_text(_START.format(python=_PYTHON))
        start.chmod(0o755)

    def _await_first(self) -> int:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            children = (
                Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
            )
            if children and Path(f"/proc/{children[0]}/comm").read_text() == "systemd\n":
                first = int(children[0])
                if self._run(first, "systemctl is-system-running --wait").stdout.strip() == "running":
                    return first
            time.sleep(0.2)
        self.close()
        raise RuntimeError("systemd did not come up")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, command: str) -> str:
        """What a shell there prints. Raises :class:`RuntimeError` where it fails."""
        done = self._run(self._first, command)
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stdout}{done.stderr}")
        return done.stdout

    @staticmethod
    def _run(first: int, command: str) -> subprocess.CompletedProcess[str]:
        inside = ["nsenter", "-t", str(first), "--all", "--root", "--wd", "sh", "-c", command]
        return subprocess.run(inside, capture_output=True, text=True, check=False, timeout=120)

    def shown(self, unit: str, name: str) -> str:
        """One of a unit's properties."""
        return self.run(f"systemctl show {unit} -p {name} --value").strip()

    def install(self, *units: Path) -> None:
        target = self.files / "etc/systemd/system"
        for unit in units:
            copy = shutil.copytree if unit.is_dir() else shutil.copy
            copy(unit, target / unit.name)
        self.run("systemctl daemon-reload")

    def close(self) -> None:
        self._process.kill()  # and, by --kill-child, systemd with all of its units
        self._process.wait()
