"""``muhtarlik COMMAND`` as a process of its own for each command, its modules and mappings read once for all of them.

A process waits with the whole program imported, and forks for each command; what the command does, it does from
:func:`daemon.cli.main` on to the interpreter's end, with its own arguments, files and exit code. Before it forks it
reads the office's mappings: a process remembers what a text of them means, and the shipped text is most offices'.
What a command loads by itself is proven in ``tests/cli/test_loading.py``, and that it starts from nothing in
``tests/cli/test_commands.py``, in the demo's test and wherever a daemon is started.
"""

import atexit
import gc
import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import daemon
from daemon.domain.errors import MuhtarlikError


def muhtarlik(*arguments: str, config: Path) -> subprocess.CompletedProcess[str]:
    """What it printed and its exit code; never a traceback."""
    command = ["muhtarlik", *arguments, "--config", str(config)]
    with tempfile.TemporaryDirectory() as folder:
        out, error = Path(folder) / "out", Path(folder) / "error"
        ask = {"argv": command, "out": str(out), "error": str(error), "environment": dict(os.environ)}
        code = _ask(json.dumps(ask))
        done = subprocess.CompletedProcess(command, code, out.read_text(), error.read_text())
    assert "Traceback" not in done.stdout + done.stderr
    return done


def _ask(line: str) -> int:
    waiting = _waiting()
    assert waiting.stdin is not None
    assert waiting.stdout is not None
    waiting.stdin.write(line + "\n")
    waiting.stdin.flush()
    return int(waiting.stdout.readline())


@cache
def _waiting() -> subprocess.Popen[str]:
    """The process that forks; it ends with its standard input."""
    started = subprocess.Popen(
        [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(started.communicate)
    return started


def _serve() -> None:
    from daemon.cli import main

    for module in walk_packages(daemon.__path__, "daemon."):
        if not module.name.endswith("__main__") and "migrations" not in module.name:  # these run when read
            import_module(module.name)
    for line in sys.stdin:
        ask = json.loads(line)
        _remember_mappings(Path(ask["argv"][-1]))
        gc.freeze()  # a child's collections, its last one too, would copy all that they walk through
        if child := os.fork():
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
            continue
        sys.argv = ask["argv"]
        os.environ.clear()
        os.environ.update(ask["environment"])
        _redirect(0, os.devnull, os.O_RDONLY)
        _redirect(1, ask["out"], os.O_WRONLY | os.O_CREAT)
        _redirect(2, ask["error"], os.O_WRONLY | os.O_CREAT)
        main()
        return


def _remember_mappings(config: Path) -> None:
    from daemon.rules import Rules
    from daemon.settings import load_settings

    with suppress(MuhtarlikError):  # whatever is wrong with them, the command says
        _ = Rules(load_settings(config)).mappings


def _redirect(descriptor: int, path: str, flags: int) -> None:
    opened = os.open(path, flags, 0o600)
    os.dup2(opened, descriptor)
    os.close(opened)


if __name__ == "__main__":
    _serve()
