"""``python -m tests.sheets_server --port N``: the stand-in alone, for any client on this machine.

Here every service account may create spreadsheets, quotas are off unless ``--quotas`` is given, and an account
whose key is unknown is taken on its well-formed word: an assertion does not carry its public key. With
``--account FILE`` that account's signatures are verified; ``--new-account FILE`` makes one that points here.
"""

import argparse
import json
import signal
import sys
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.quotas import Quotas
from tests.sheets_server.server import SheetsServer


def main() -> None:
    """Serves until SIGINT or SIGTERM."""
    options = _options()
    server = SheetsServer(
        host=options.host,
        port=options.port,
        quotas=Quotas() if options.quotas else None,
        machines_own_storage=not options.no_storage,
        strangers=True,
        drive_lag=timedelta(seconds=options.drive_lag),
    )
    server.accounts.delegation = options.delegation
    for path in options.account:
        _register(server, path)
    if options.new_account:
        ServiceAccount.make(server).write(options.new_account)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    print(f"Sheets v4, Drive v3 and /token at {server.url} (a page for people at {server.url}/)", flush=True)
    try:
        server.serve()
    except KeyboardInterrupt:
        sys.exit(0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.sheets_server", description=__doc__)
    parser.add_argument("--port", type=int, default=8085)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--quotas", action="store_true", help="60 reads and 60 writes a minute, as Google")
    parser.add_argument(
        "--no-storage", action="store_true", help="service accounts own no files, as at Google"
    )
    parser.add_argument("--delegation", action="store_true", help="service accounts may act for people")
    parser.add_argument(
        "--drive-lag", type=float, default=180, help="seconds until Drive tells people's edits"
    )
    parser.add_argument("--account", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--new-account", type=Path, metavar="FILE")
    return parser.parse_args()


def _register(server: SheetsServer, path: Path) -> None:
    info = json.loads(path.read_text(encoding="utf-8"))
    key = load_pem_private_key(info["private_key"].encode("ascii"), password=None)
    if not isinstance(key, RSAPrivateKey):
        sys.exit(f"{path}: the account's key is not RSA")
    server.accounts.register(info["client_email"], key.public_key(), info.get("private_key_id", ""))


if __name__ == "__main__":
    main()
