"""A process that reads files from outside gives up what it does not need: the network, and writing elsewhere.

Unprivileged and by the kernel alone: a network namespace of its own (unshare(2), within a user namespace) and Landlock
(landlock(7), Linux ≥ 5.13). Where the kernel or an outer sandbox (systemd's RestrictNamespaces=) refuses, the outer
one has to do: nothing fails because of it. Both hold for every program that the process starts.
"""

import ctypes
import os
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_NO_NEW_PRIVS = 38
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""The same numbers on every architecture (since the unified table of 5.x)."""
_RULE_PATH_BENEATH = 1
_WRITE_FILE, _TRUNCATE, _REFER = 1 << 1, 1 << 14, 1 << 13
_REMOVE_AND_MAKE = sum(1 << bit for bit in range(4, 13))
_BY_ABI = {1: 0, 2: _REFER, 3: _REFER | _TRUNCATE}
"""What later versions of the interface can also deny."""
_SINK = "/dev/null"
_SCRATCH = "/tmp"


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64),)


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def shut_in(folder: Path | None = None) -> None:
    """From now on this process and its children reach no network and write no file. It must have one thread only.

    With a ``folder`` they may write there, and below ``/tmp``, where Tesseract's picture library (leptonica) puts what
    it compresses, whatever ``$TMPDIR`` says.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    _write_only(libc, folder)


def _write_only(libc: ctypes.CDLL, folder: Path | None) -> None:
    version = libc.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return
    denied = _WRITE_FILE | _REMOVE_AND_MAKE | _BY_ABI[min(version, max(_BY_ABI))]
    rules = _Ruleset(denied)
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.byref(rules), ctypes.sizeof(rules), 0)
    if ruleset < 0:
        return
    try:
        _allow(libc, ruleset, _SINK, denied & (_WRITE_FILE | _TRUNCATE))
        if folder is not None:
            _allow(libc, ruleset, folder, denied)
            _allow(libc, ruleset, _SCRATCH, denied)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.syscall(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path | str, access: int) -> None:
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rule = _PathBeneath(access, handle)
    libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    os.close(handle)
