"""What every connection to a mail server demands, whatever the machine's own configuration allows."""

import socket
import ssl
import subprocess
import threading
from pathlib import Path

import pytest

from daemon.domain.errors import ConfigurationError
from daemon.mail.tls import tls_context


def certificate(folder: Path) -> Path:
    """A private authority of its own: certificate and key in one file."""
    path = folder / "server.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(path), "-out", f"{path}.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


def handshake(
    path: Path, context: ssl.SSLContext, most: ssl.TLSVersion, name: str = "localhost"
) -> str | None:
    """The version agreed with a server that speaks at most ``most``."""
    server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_context.load_cert_chain(path)
    server_context.set_ciphers("DEFAULT:@SECLEVEL=0")
    server_context.minimum_version, server_context.maximum_version = ssl.TLSVersion.TLSv1, most
    ours, theirs = socket.socketpair()

    def serve() -> None:
        try:
            server_context.wrap_socket(theirs, server_side=True).close()
        except (ssl.SSLError, OSError):
            theirs.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    ours.settimeout(10)
    try:
        with context.wrap_socket(ours, server_hostname=name) as wrapped:
            return wrapped.version()
    finally:
        ours.close()
        thread.join(10)


@pytest.mark.parametrize("most", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_private_authority_is_believed_for_its_own_server(tmp_path: Path, most: ssl.TLSVersion) -> None:
    path = certificate(tmp_path)
    assert handshake(path, tls_context(path), most) == most.name.replace("_", ".")


@pytest.mark.parametrize("most", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_old_tls_is_refused(tmp_path: Path, most: ssl.TLSVersion) -> None:
    path = certificate(tmp_path)
    context = tls_context(path)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with pytest.raises(ssl.SSLError):
        handshake(path, context, most)


def test_another_name_and_an_unknown_authority_are_refused(tmp_path: Path) -> None:
    path = certificate(tmp_path)
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(path, tls_context(path), ssl.TLSVersion.TLSv1_3, "imap.ornek.bel.tr")
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(path, tls_context(None), ssl.TLSVersion.TLSv1_3)


def test_an_unreadable_authority_is_a_fault_of_the_settings(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        tls_context(tmp_path / "yok.pem")
