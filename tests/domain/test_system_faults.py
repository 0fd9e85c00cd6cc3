"""What the operating system refuses is told in Turkish, whoever meets it."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from daemon.app.parts import Parts
from daemon.domain.errors import ConfigurationError
from daemon.domain.system_faults import told_of
from daemon.mappings import MappingsFile
from daemon.settings import example_settings, load_settings
from daemon.sheets.google import Account, Calls
from tests.mappings.office_file import FACTS


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.EACCES, "erişim izni yok"),
        (errno.ENOSPC, "diskte yer yok"),
        (errno.EROFS, "disk salt okunur"),
        (errno.EXDEV, f"işletim sistemi hatası {errno.EXDEV}"),
    ],
)
def test_an_error_has_turkish_words(number: int, told: str) -> None:
    assert told_of(OSError(number, "English words")) == told
    assert told_of(OSError(number, "English words"), {number: "burada başka"}) == "burada başka"


def _lock(path: Path) -> None:
    settings = example_settings()
    ledger = settings.ledger.model_copy(update={"path": path / "defter.db"})
    with Parts.locked(settings.model_copy(update={"ledger": ledger})):
        pass


def _key(path: Path) -> None:
    Calls(Account(path, "", "http://localhost:1")).drive("http://localhost:1/files")


@pytest.mark.parametrize(
    ("open_it", "why"),
    [
        (lambda path: MappingsFile(path, FACTS), "okunamıyor (bağlantılar birbirini gösteriyor)"),
        (_key, "okunamıyor (bağlantılar birbirini gösteriyor)"),
        (load_settings, "okunamıyor (bağlantılar birbirini gösteriyor)"),
        (_lock, "açılamıyor (bağlantılar birbirini gösteriyor)"),
    ],
    ids=["mappings", "key", "settings", "lock"],
)
def test_a_file_that_cannot_be_opened_is_told_without_english(
    tmp_path: Path, open_it: Callable[[Path], object], why: str
) -> None:
    path = tmp_path / "kendine"
    path.symlink_to(path)
    with pytest.raises(ConfigurationError) as refused:
        open_it(path)
    (fault,) = refused.value.faults
    assert fault.endswith(why)


def test_a_lock_in_a_folder_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refused:
        _lock(tmp_path / "yok")
    assert refused.value.faults == (f"{tmp_path}/yok/defter.db.lock: açılamıyor (klasörü yok)",)
