"""The file itself: read, proven, taken up when it changed. All faults at once, with lines, in Turkish."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from daemon.domain.errors import ConfigurationError
from daemon.domain.system_faults import told_of
from daemon.fields import explain
from daemon.mappings.relations import faults_between
from daemon.mappings.samples import taught_by_samples
from daemon.mappings.schema import Document
from daemon.mappings.tree import Tree, read_tree
from daemon.mappings.values import Mappings, OfficeFacts, to_mappings


def load_mappings(path: Path, facts: OfficeFacts, *, untaught: bool = False) -> Mappings:
    """Read, prove and compile the file. Raises :class:`ConfigurationError` with every fault and its line.

    ``untaught``: without what the shipped samples taught, as for teaching them.
    """
    return _load(path, _read(path), facts, untaught=untaught)


class MappingsFile:
    """The mappings in force, and the file that they came from."""

    def __init__(self, path: Path, facts: OfficeFacts) -> None:
        raw = _read(path)
        self._path = path
        self._facts = facts
        self._seen = sha256(raw).digest()
        self.current = _load(path, raw, facts)

    def refresh(self) -> tuple[str, ...]:
        """Take up a changed file; return the faults of a broken one, once for each state of it.

        Compares the content: a time stamp may stand still through two quick edits, or move without one.
        """
        try:
            raw = _read(self._path)
        except ConfigurationError as fault:
            return fault.faults if self._is_new(fault.faults[0].encode()) else ()
        if not self._is_new(raw):
            return ()
        try:
            self.current = _load(self._path, raw, self._facts)
        except ConfigurationError as fault:
            return fault.faults
        return ()

    def _is_new(self, state: bytes) -> bool:
        before, self._seen = self._seen, sha256(state).digest()
        return self._seen != before


def _load(path: Path, raw: bytes, facts: OfficeFacts, *, untaught: bool = False) -> Mappings:
    found = _understood(_text(path, raw), facts, untaught)
    if isinstance(found, Mappings):
        return found
    lines = dict.fromkeys(f"{path}:{line}: {what}" for line, what in found)
    raise ConfigurationError(f"{path}: {len(lines)} faults", faults=tuple(lines))


@lru_cache(maxsize=1)  # half a second's work; an office opened again in the same process finds the same text
def _understood(text: str, facts: OfficeFacts, untaught: bool) -> Mappings | tuple[tuple[int, str], ...]:
    """What the text says, or the (line, what) of all that is wrong with it, from the top down."""
    tree = read_tree(text)
    faults = list(tree.faults)
    document = None
    if isinstance(tree.data, dict):
        document, found = _prove(tree)
        faults += found
    elif not faults:
        faults.append(
            (1, "dosya boş" if tree.data is None else "dosya bölümlerden (directorates: …) oluşmalı")
        )
    if faults or document is None:
        return tuple(sorted(faults, key=lambda f: f[0]))
    return to_mappings(document, facts, None if untaught else taught_by_samples())


def _prove(tree: Tree) -> tuple[Document | None, list[tuple[int, str]]]:
    """The document, and (line, what) of everything that is wrong with it."""
    document, faults = None, []
    try:
        document = Document.model_validate(tree.data)
    except ValidationError as fault:
        faults = [(error["loc"], explain(error, Document)) for error in fault.errors(include_url=False)]
    if isinstance(tree.data, dict):
        faults += faults_between(tree.data)
    return document, [(tree.line_of(place), f"{_spelt(place)}: {what}") for place, what in faults]


def _spelt(place: tuple[int | str, ...]) -> str:
    """``categories[4].directorate``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise _unreadable(path, "eşleme dosyası yok") from fault
    except IsADirectoryError as fault:
        raise _unreadable(path, "bu bir klasör, dosya olmalı") from fault
    except PermissionError as fault:
        raise _unreadable(path, "okuma izni yok") from fault
    except OSError as fault:
        raise _unreadable(path, f"okunamıyor ({told_of(fault)})") from fault


def _unreadable(path: Path, what: str) -> ConfigurationError:
    return ConfigurationError(f"cannot read mappings at {path}", faults=(f"{path}: {what}",))


def _text(path: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        advice = "dosya UTF-8 değil, Türkçe harfler okunamıyor; “Farklı Kaydet” ile kodlamayı UTF-8 seçiniz"
        raise ConfigurationError(f"{path} is not UTF-8", faults=(f"{path}:{line}: {advice}",)) from fault
