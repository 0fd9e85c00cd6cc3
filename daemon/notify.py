"""systemd's notification protocol (sd_notify(3)): READY, WATCHDOG, STATUS, STOPPING."""

import contextlib
import os
import socket


def notify(*lines: str) -> None:
    """Tell systemd; silent when not started by systemd. Never raises: telling is not the job."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    target = "\0" + address[1:] if address.startswith("@") else address
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.setblocking(False)  # a listener that does not listen must not stop the work
        sock.sendto("\n".join(lines).encode(), target)


def watchdog_seconds() -> float | None:
    """Half of the interval in which systemd wants to hear from us, or ``None``."""
    micros = os.environ.get("WATCHDOG_USEC", "")
    return int(micros) / 2_000_000 if micros.isdigit() and int(micros) else None
