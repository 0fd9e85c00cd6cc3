"""The first ledger.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY = {
    "sqlite": (
        """CREATE TRIGGER history_is_never_changed BEFORE UPDATE ON history
           BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
        """CREATE TRIGGER history_is_never_removed BEFORE DELETE ON history
           BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$""",
        """CREATE TRIGGER history_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON history
           EXECUTE FUNCTION history_is_append_only()""",
    ),
}


def upgrade() -> None:
    _arrivals()
    _requests()
    _history()
    _letters()
    _rest()


def _arrivals() -> None:
    op.create_table(
        "arrivals",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), unique=True, nullable=False),
        sa.Column("received_at", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempted_at", sa.String(32)),
        sa.Column("next_at", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("original", sa.String(64)),
        sa.Column("raw", sa.LargeBinary()),
    )
    op.create_index("arrivals_by_state", "arrivals", ["state", "id"])
    op.create_table(
        "arrival_keys",
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("arrival_id", sa.Integer(), sa.ForeignKey("arrivals.id"), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("arrival_keys_by_arrival", "arrival_keys", ["arrival_id"])
    op.create_index("arrival_keys_unsettled", "arrival_keys", ["source", "settled"])


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("number", sa.String(24), primary_key=True),
        sa.Column("revision", sa.Integer(), unique=True, nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("received_at", sa.String(32), nullable=False),
        sa.Column("due", sa.Date()),
        sa.Column("neighbourhood", sa.Text(), nullable=False),
        sa.Column("headman", sa.Text(), nullable=False),
        sa.Column("headman_email", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("directorate", sa.Text(), nullable=False),
        sa.Column("external_body", sa.Text(), nullable=False),
        sa.Column("liaison", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sevk", sa.Text(), nullable=False),
        sa.Column("attachments", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("clock_event", sa.Text(), nullable=False),
        sa.Column("referred_on", sa.Date()),
        sa.Column("closed_at", sa.String(32)),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("last_action", sa.Text(), nullable=False),
        sa.Column("last_action_at", sa.String(32)),
        sa.Column("source_message_id", sa.Text(), nullable=False),
        sa.Column("review_reason", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("alternatives", sa.Text(), nullable=False),
        sa.Column("external_number", sa.Text(), nullable=False),
    )
    op.create_index("requests_by_directorate", "requests", ["directorate", "revision"])
    op.create_index("requests_by_headman", "requests", ["headman_email", "closed_at"])
    op.create_index("requests_by_message", "requests", ["source_message_id"])
    op.create_index("requests_by_neighbourhood", "requests", ["neighbourhood"])
    still_open = sa.text("closed_at IS NULL")
    op.create_index(
        "requests_open",
        "requests",
        ["due", "directorate", "number", "clock_event", "referred_on", "received_at", "closed_at"],
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Integer(), nullable=False),
    )


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("history_by_number", "history", ["number", "seq"])
    op.create_table(
        "history_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.execute(f"INSERT INTO history_head (id, count, hash) VALUES (1, 0, '{'0' * 64}')")
    for statement in _APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def _letters() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.Text(), unique=True, nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), unique=True, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("not_before", sa.String(32)),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.String(32), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("tried_at", sa.String(32)),
        sa.Column("sent_at", sa.String(32)),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("mime", sa.LargeBinary(), nullable=False),
    )
    op.create_index("outbox_by_sent_at", "outbox", ["sent_at"])
    op.create_index("outbox_by_state", "outbox", ["state", "id"])
    op.create_table(
        "letter_about",
        sa.Column("letter_id", sa.Integer(), sa.ForeignKey("outbox.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("letter_about_by_number", "letter_about", ["number", "letter_id"])
    op.create_table(
        "addresses",
        sa.Column("address", sa.Text(), primary_key=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
    )
    op.create_table(
        "reminded",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sqlite_with_rowid=False,
    )


def _rest() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.Text(), unique=True, nullable=False),
        sa.Column("opened_at", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("arrival_id", sa.Integer()),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("neighbourhood", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("read", sa.Text(), nullable=False),
        sa.Column("guess", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float()),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.String(32)),
        sa.Column("decision", sa.Text(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("reviews_by_decision", "reviews", ["decided_at", "id"])
    op.create_table(
        "sheet_bases",
        sa.Column("sheet", sa.Text(), primary_key=True),
        sa.Column("title", sa.Text(), primary_key=True),
        sa.Column("row_key", sa.Text(), primary_key=True),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("missing_since", sa.String(32)),
    )
    op.create_table(
        "sheet_states",
        sa.Column("sheet", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
    op.create_table(
        "steps",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("last_success", sa.String(32)),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.String(32)),
        sa.Column("detail", sa.Text(), nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("there is no ledger before the first one")
