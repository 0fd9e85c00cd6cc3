"""Database errors, said in the daemon's own terms: what the administrator must mend, and what will pass."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from daemon.domain.errors import ConfigurationError, MuhtarlikError, Temporary, Unprocessable

BUSY = "Kayıt defteri şu anda meşgul; işlem kendiliğinden yeniden denenecektir."
FULL = "Sunucunun diski dolu; yer açılınca işlem kendiliğinden sürecektir."
TROUBLE = "Kayıt defterine şu anda erişilemiyor; işlem kendiliğinden yeniden denenecektir."
CORRUPT = (
    "Kayıt defteri dosyası bozuk veya bir kayıt defteri değil; en son sağlam yedekten geri yüklenmelidir."
)
READ_ONLY = "Kayıt defteri dosyasına yazılamıyor; dosya ve klasör izinleri denetlenmelidir."
NO_ACCESS = "Kayıt defteri dosyası açılamıyor; klasörün varlığı ve izinleri denetlenmelidir."
CLASH = "Kayıt, defterdeki başka bir kayıtla çelişiyor; bir görevlinin bakması gerekir."
NEWER = "Kayıt defteri, programın daha yeni bir sürümüne ait; program güncellenmelidir."

_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EISDIR})

_CLASHES = frozenset({"IntegrityError", "UniqueViolation", "ForeignKeyViolation", "NotNullViolation"})

# SQLite's primary result codes, https://www.sqlite.org/rescode.html
_TEMPORARY = {5: BUSY, 6: BUSY, 13: FULL}
_CONFIGURATION = {3: NO_ACCESS, 8: READ_ONLY, 11: CORRUPT, 14: NO_ACCESS, 26: CORRUPT}


@contextmanager
def translating() -> Iterator[None]:
    """Let only the daemon's own errors out of the ledger."""
    try:
        yield
    except DBAPIError as error:
        raise translated(error.orig or error) from error
    except sqlite3.Error as error:
        raise translated(error) from error
    except PoolTimeout as error:
        raise Temporary(f"ledger: {error}", reason=BUSY) from error


def translated(error: BaseException) -> MuhtarlikError:
    """Unknown trouble counts as temporary: it is tried again, and a person told at the third failure."""
    said = f"ledger: {str(error).splitlines()[0]}" if str(error) else f"ledger: {type(error).__name__}"
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if type(error).__name__ in _CLASHES:
        return Unprocessable(said, reason=CLASH)
    if code in _CONFIGURATION:
        return ConfigurationError(said, reason=_CONFIGURATION[code])
    return Temporary(said, reason=_TEMPORARY.get(code, TROUBLE))


def translated_os_error(error: OSError) -> MuhtarlikError:
    """The same for files and folders."""
    said = f"ledger: {error.strerror or error}: {error.filename or ''}".rstrip(": ")
    if error.errno in _DISK_FULL:
        return Temporary(said, reason=FULL)
    if error.errno in _FORBIDDEN:
        return ConfigurationError(said, reason=NO_ACCESS)
    return Temporary(said, reason=TROUBLE)
