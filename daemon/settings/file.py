"""Reading ``muhtarlik.toml``. All faults at once, with their lines; an unknown key names its nearest kin."""

import os
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from daemon.domain.errors import ConfigurationError
from daemon.domain.system_faults import told_of
from daemon.fields import explain
from daemon.resources import shipped
from daemon.settings.sections import Settings

DEFAULT_PATH = Path("/etc/muhtarlik/muhtarlik.toml")
VARIABLE = "MUHTARLIK_CONFIG"


def find_config(chosen: Path | None = None) -> Path:
    """``--config``, else ``$MUHTARLIK_CONFIG``, else the default."""
    return chosen or Path(os.environ.get(VARIABLE) or DEFAULT_PATH)


def load_settings(path: Path) -> Settings:
    """Read and prove the settings. Raises :class:`ConfigurationError` with every fault and its line."""
    text = _read(path)
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        line = _syntax_fault(path, text, str(fault))
        raise ConfigurationError(f"{path}: {fault}", faults=(line,)) from fault
    try:
        return Settings.model_validate(found, context={"folder": path.resolve().parent})
    except ValidationError as fault:
        faults = tuple(line for _, line in sorted(_fault(path, text, e) for e in _errors(fault)))
        raise ConfigurationError(f"{path}: {len(faults)} faults", faults=faults) from fault


def mappings_named_in(path: Path) -> Path:
    """Where settings that may be faulty themselves say the mappings are; the default place if they do not."""
    name = "mappings.yaml"
    with suppress(ConfigurationError, tomllib.TOMLDecodeError, RecursionError, AttributeError):
        name = str(tomllib.loads(_read(path)).get("office", {}).get("mappings", name))
    return path.resolve().parent / name


def example_settings(folder: Path | None = None) -> Settings:
    """Settings for commands that need no servers: the shipped example office; files below ``folder``."""
    server = {"host": "localhost", "user": "muhtarlik"}
    office = {
        "name": "Örnek Belediyesi Muhtarlık İşleri Müdürlüğü",
        "address": "muhtarlik@ornek.bel.tr",
        "manager": "muhtarlik.mudur@ornek.bel.tr",
        "mappings": shipped("mappings.yaml"),
    }
    return Settings.model_validate(
        {"office": office, "imap": server, "smtp": server}, context={"folder": folder or Path.cwd()}
    )


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError as fault:
        what = f"{path}: ayar dosyası yok; --config DOSYA veya ${VARIABLE} ile yerini bildiriniz"
        raise ConfigurationError(f"no settings at {path}", faults=(what,)) from fault
    except PermissionError as fault:
        raise ConfigurationError(f"cannot read {path}", faults=(f"{path}: okuma izni yok",)) from fault
    except (OSError, ValueError) as fault:
        why = f"okunamıyor ({told_of(fault)})" if isinstance(fault, OSError) else "UTF-8 olarak kaydediniz"
        raise ConfigurationError(f"cannot read {path}: {fault}", faults=(f"{path}: {why}",)) from fault


# --- faults -----------------------------------------------------------------------------------------------

_SYNTAX = (
    (r"Unescaped '|escape", r"ters bölü (\) içeren değeri tek tırnak içine alınız: 'C:\klasör'"),
    (r"overwrite|twice|mutate|Duplicate", "aynı anahtar veya bölüm iki kez yazılmış"),
    (r"Illegal character|Unterminated|Expected newline", "tırnak kapatılmamış veya fazladan yazı var"),
    (r"Unclosed|Expected '\]'|Expected '\}'", "kapatan ayraç eksik"),
    (r"Expected '='|Invalid statement", "anahtar = değer veya [bölüm] biçiminde olmalı"),
    (r"recursion", "iç içe çok fazla liste var"),
    (r"Invalid value|Invalid date", "metin değerleri tırnak içinde olmalı"),
)


def _syntax_fault(path: Path, text: str, said: str) -> str:
    found = re.search(r"at line (\d+)", said)
    line = int(found[1]) if found else text.rstrip().count("\n") + 1
    advice = next((words for pattern, words in _SYNTAX if re.search(pattern, said)), said)
    return f"{path}:{line}: yazım hatası: {advice}"


def _errors(fault: ValidationError) -> Iterator[Any]:
    """Without the defaults that could not be derived because of another fault."""
    for error in fault.errors(include_url=False):
        if error["type"] != "default_factory_not_called":
            yield error


def _fault(path: Path, text: str, error: Any) -> tuple[int, str]:
    """(line number, "file:line: key: what is wrong")."""
    keys = [str(key) for key in error["loc"]]
    line = _line_of(text, keys)
    where = f"{path}:{line}" if line else str(path)
    return line, f"{where}: {'.'.join(keys)}: {explain(error, Settings)}"


def _line_of(text: str, keys: list[str]) -> int:
    """The line on which the key, or else its section, stands; 0 when neither does."""
    section: list[str] = []
    best = (0, 0)
    for number, line in enumerate(text.split("\n"), 1):
        if heading := re.match(r"\s*\[+([^\]#]+)\]", line):
            place = section = _split(heading[1])
        elif assignment := re.match(r"\s*([^=#\[\]{]+?)\s*=", line):
            place = section + _split(assignment[1])
        else:
            continue
        if place == keys[: len(place)] and len(place) > best[0]:
            best = (len(place), number)
    return best[1]


def _split(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]
