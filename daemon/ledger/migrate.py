"""Bringing a ledger's tables to what this version of the program expects (Alembic, in-process).

Alembic is imported only when there is something to migrate: a start stays quick and the daemon small.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from daemon.domain.errors import ConfigurationError
from daemon.ledger.dialect import READING, WRITING
from daemon.ledger.faults import CORRUPT, NEWER

HEAD = "0008"
"""The newest revision in ``migrations/versions``."""
SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> bool:
    """Upgrade where needed, whole or not at all; return whether there was anything to do."""
    with engine.connect().execution_options(purpose=READING) as connection, connection.begin():
        if _revision(connection) == HEAD:
            return False
    with engine.connect().execution_options(purpose=WRITING) as connection, connection.begin():
        if (revision := _revision(connection)) == HEAD:  # another process was quicker
            return False
        _upgrade(connection, revision)
    return True


def _revision(connection: Connection) -> str:
    """``""`` for an empty database. Raises for a database that is something else."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
    if tables:
        raise ConfigurationError("ledger: this database holds something else", reason=CORRUPT)
    return ""


def _upgrade(connection: Connection, revision: str) -> None:
    from alembic import command, config, script

    settings = config.Config()
    settings.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    known = {found.revision for found in script.ScriptDirectory.from_config(settings).walk_revisions()}
    if revision and revision not in known:
        raise ConfigurationError(f"ledger: revision {revision} is newer than this program", reason=NEWER)
    command.upgrade(settings, "head")
