"""The knobs over HTTP, for tests that run the stand-in as a process of its own.

``GET /-/calls`` and ``DELETE /-/calls``; ``POST /-/knobs`` with ``faults``, ``quotas``, ``advanceSeconds``,
``driveLagSeconds``, ``delegation``, ``expireTokens``, ``machinesOwnStorage``, ``clearFaults``; ``POST /-/edit`` is a
person's edit; ``POST /-/spreadsheets`` a person's new spreadsheet; ``POST /-/accounts`` teaches a public key.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from tests.sheets_server.errors import ApiError
from tests.sheets_server.faults import Fault
from tests.sheets_server.quotas import Quotas
from tests.sheets_server.wire import Answer, Request, as_json

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer


class Control:
    """Answers what lies under ``/-/``."""

    def __init__(self, server: "SheetsServer") -> None:
        self._server = server
        self._paths: Mapping[tuple[str, str], Callable[[Mapping[str, Any]], Any]] = {
            ("GET", "/-/health"): lambda told: {"status": "ok"},
            ("GET", "/-/calls"): self._calls,
            ("DELETE", "/-/calls"): self._forget,
            ("GET", "/-/knobs"): self._knobs,
            ("POST", "/-/knobs"): self._turn,
            ("POST", "/-/edit"): self._edit,
            ("POST", "/-/spreadsheets"): self._spreadsheet,
            ("POST", "/-/drives"): self._drive,
            ("POST", "/-/accounts"): self._account,
        }

    def answer(self, request: Request) -> Answer:
        """The knob's answer; 400 with a sentence where it was turned wrongly."""
        act = self._paths.get((request.verb, request.path))
        if act is None:
            known = ", ".join(f"{verb} {path}" for verb, path in self._paths)
            return as_json({"error": f"There is {known}."}, 404)
        try:
            told = json.loads(request.body or b"{}")
            if not isinstance(told, dict):
                raise ValueError("the body must be a JSON object")
            return as_json(act(told))
        except ApiError as error:
            return as_json({"error": error.message}, error.status)
        except (ValueError, TypeError, KeyError) as error:
            return as_json({"error": f"{type(error).__name__}: {error}"}, 400)

    def _calls(self, told: Mapping[str, Any]) -> Any:
        calls = self._server.calls
        return {"counts": calls.counts(), "calls": [call.as_json() for call in calls]}

    def _forget(self, told: Mapping[str, Any]) -> Any:
        self._server.calls.reset()
        return {"counts": self._server.calls.counts()}

    def _knobs(self, told: Mapping[str, Any]) -> Any:
        server = self._server
        quotas = server.meter.quotas
        return {
            "now": server.now().isoformat(),
            "quotas": asdict(quotas) if quotas else None,
            "faults": [asdict(fault) for fault in server.faults.waiting],
            "driveLagSeconds": server.drive.lag.total_seconds(),
            "delegation": server.accounts.delegation,
            "machinesOwnStorage": server.gate.machines_own_storage,
        }

    def _turn(self, told: Mapping[str, Any]) -> Any:
        turns: Mapping[str, Callable[[Any], None]] = {
            "clearFaults": self._clear,
            "faults": self._add_faults,
            "quotas": self._set_quotas,
            "advanceSeconds": lambda value: self._server.advance(timedelta(seconds=float(value))),
            "driveLagSeconds": lambda value: setattr(
                self._server.drive, "lag", timedelta(seconds=float(value))
            ),
            "delegation": lambda value: setattr(self._server.accounts, "delegation", bool(value)),
            "machinesOwnStorage": lambda value: setattr(
                self._server.gate, "machines_own_storage", bool(value)
            ),
            "tokenLifetime": lambda value: setattr(self._server.accounts, "lifetime", int(value)),
            "expireTokens": lambda value: self._server.accounts.expire_tokens() if value else None,
        }
        if unknown := set(told) - set(turns):
            raise ValueError(f"no such knob: {', '.join(sorted(unknown))}; there is {', '.join(turns)}")
        with self._server.lock:
            for name in turns:
                if name in told:
                    turns[name](told[name])
        return self._knobs(told)

    def _clear(self, value: Any) -> None:
        if value:
            self._server.faults.clear()

    def _add_faults(self, value: Any) -> None:
        for fault in [Fault.from_json(each) for each in value]:
            self._server.faults.add(fault)

    def _set_quotas(self, value: Any) -> None:
        known = {each.name for each in fields(Quotas)}
        if value is not None and (unknown := set(value) - known):
            raise ValueError(
                f"no such quota: {', '.join(sorted(unknown))}; there is {', '.join(sorted(known))}"
            )
        self._server.meter.quotas = None if value is None else Quotas(**value)
        self._server.meter.reset()

    def _edit(self, told: Mapping[str, Any]) -> Any:
        identifier, who = told["spreadsheetId"], told.get("user", "memur@ornek.bel.tr")
        if identifier not in self._server.books:
            raise KeyError(identifier)
        with self._server.person(identifier, who) as book:
            for each in told.get("values", []):
                body = {"range": each["range"], "majorDimension": "ROWS", "values": each["values"]}
                book.values_update(each["range"], body, {"valueInputOption": "USER_ENTERED"})
            if told.get("requests"):
                book.batch_update({"requests": list(told["requests"])})
        return {"spreadsheetId": identifier, "revision": self._server.books[identifier].revision}

    def _spreadsheet(self, told: Mapping[str, Any]) -> Any:
        shared = [(each["address"], each.get("role", "writer")) for each in told.get("sharedWith", [])]
        owner = {"owner": told["owner"]} if told.get("owner") else {}
        identifier = self._server.add_spreadsheet(
            told["title"], shared_with=shared, folder=told.get("folder", ""), body=told.get("body"), **owner
        )
        return {"spreadsheetId": identifier}

    def _drive(self, told: Mapping[str, Any]) -> Any:
        members = [(each["address"], each.get("role", "organizer")) for each in told.get("members", [])]
        return {"driveId": self._server.add_shared_drive(told["name"], members)}

    def _account(self, told: Mapping[str, Any]) -> Any:
        key = load_pem_public_key(told["publicKey"].encode("ascii"))
        if not isinstance(key, RSAPublicKey):
            raise ValueError("the key must be an RSA public key")
        self._server.accounts.register(told["email"], key, told.get("keyId", ""))
        return {"email": told["email"]}
