"""What an entry of the history says may be erased, with its salt; nothing else of it ever changes.

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEPT = ("seq", "number", "at", "kind", "digest", "hash")
_OTHER = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in _KEPT)
_STATEMENTS = {
    "sqlite": (
        "DROP TRIGGER history_is_never_changed",
        f"""CREATE TRIGGER history_is_never_changed BEFORE UPDATE ON history
            WHEN NEW.salt <> '' OR {_OTHER}
            BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    ),
    "postgresql": (
        "DROP TRIGGER history_is_never_changed ON history",
        f"""CREATE TRIGGER history_is_never_changed BEFORE UPDATE ON history FOR EACH ROW
            WHEN (NEW.salt <> '' OR {_OTHER}) EXECUTE FUNCTION history_is_append_only()""",
        """CREATE TRIGGER history_is_never_removed BEFORE DELETE OR TRUNCATE ON history
           EXECUTE FUNCTION history_is_append_only()""",
    ),
}


def upgrade() -> None:
    for statement in _STATEMENTS[op.get_bind().dialect.name]:
        op.execute(statement)
