"""Transport security of both mail connections: what is checked, and what a failed check means.

Certificates and host names are always checked (RFC 8314, RFC 9525); an office with its own certificate
authority names it in ``ca_file``. Mail without TLS is for servers on the same machine only.
"""

import ipaddress
import socket
import ssl
from pathlib import Path
from typing import Literal

from daemon.domain.errors import ConfigurationError, MuhtarlikError, Temporary

Security = Literal["tls", "starttls", "none"]

# A dead peer is noticed after about a minute (30 s + 3 × 10 s), not after two hours.
_KEEPALIVE = {"TCP_KEEPIDLE": 30, "TCP_KEEPINTVL": 10, "TCP_KEEPCNT": 3, "TCP_USER_TIMEOUT": 60_000}
_LOOKS_PLAIN = {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNEXPECTED_MESSAGE", "UNKNOWN_PROTOCOL"}


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Context that checks certificate and host name, against ``ca_file`` or the system's authorities; TLS 1.2 and
    later only (RFC 8996), whatever the machine's own configuration allows."""
    try:
        context = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except (OSError, ssl.SSLError) as fault:
        raise ConfigurationError(
            f"cannot read certificates from {ca_file}: {fault}",
            reason=f"Sertifika dosyası okunamıyor: {ca_file}",
        ) from fault
    context.minimum_version = max(context.minimum_version, ssl.TLSVersion.TLSv1_2)
    return context


def demand_loopback(host: str, setting: str) -> None:
    """Refuse an unencrypted connection that would leave this machine."""
    if host == "localhost" or _is_loopback(host):
        return
    raise ConfigurationError(
        f'{setting} = "none" sends the password in the clear to {host}; use "tls" or "starttls"',
        reason=f"{setting}: şifresiz bağlantıya yalnızca aynı makinedeki sunucu için izin verilir ({host}).",
    )


def keep_alive(sock: socket.socket) -> None:
    """Notice a vanished peer, and send small commands at once."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for name, value in _KEEPALIVE.items():
        if option := getattr(socket, name, None):
            sock.setsockopt(socket.IPPROTO_TCP, option, value)


def network_fault(fault: OSError, where: str) -> MuhtarlikError:
    """Our error for a failed connection to ``where`` (``"IMAP imap.ornek.bel.tr:993"``)."""
    if isinstance(fault, ssl.SSLCertVerificationError):
        return ConfigurationError(
            f"{where}: certificate refused: {fault.verify_message}",
            reason=f"{where} sunucusunun sertifikası doğrulanamadı ({fault.verify_message}).",
        )
    if isinstance(fault, ssl.SSLError) and fault.reason in _LOOKS_PLAIN:
        return ConfigurationError(
            f"{where}: the server does not speak TLS on this port ({fault.reason}); check port and security",
            reason=f"{where} bu kapıda TLS konuşmuyor; port ve security ayarlarını denetleyiniz.",
        )
    if isinstance(fault, TimeoutError):
        return Temporary(f"{where}: no answer in time", reason=f"{where} sunucusu zamanında yanıt vermedi.")
    if isinstance(fault, socket.gaierror):
        return Temporary(
            f"{where}: name cannot be resolved: {fault.strerror}",
            reason=f"{where} sunucusunun adı çözümlenemedi; adı ve ağ bağlantısını denetleyiniz.",
        )
    return Temporary(
        f"{where}: {fault.strerror or fault or type(fault).__name__}",
        reason=f"{where} sunucusuna ulaşılamıyor veya bağlantı koptu.",
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
