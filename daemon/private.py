"""Secrets lie in files that nobody else may read: anything wider is refused, with the line that mends it."""

import stat
from pathlib import Path

from daemon.domain.errors import ConfigurationError

OTHERS, ANYBODY_ELSE = 0o007, 0o077


def ensure_private(path: Path, *, forbidden: int = ANYBODY_ELSE) -> None:
    """Raises :class:`ConfigurationError` when others may read or change the file; a missing one is not its concern.

    systemd's credentials may show group rights that are an access list for the service alone: pass ``OTHERS``.
    """
    if line := openness(path, forbidden=forbidden):
        raise ConfigurationError(f"{path} is open to others", reason=line)


def openness(path: Path, *, forbidden: int = ANYBODY_ELSE) -> str:
    """Who else may read or change it, in Turkish; ``""`` for nobody."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return ""
    if not mode & forbidden:
        return ""
    who = "başkaları" if mode & OTHERS else "dosyanın grubu"
    return f"{path}: bu gizli dosyayı {who} da okuyabiliyor ({mode:04o}); chmod 600 ile kapatınız"
