"""Other systems' numbers: each known once, carried by one request at most.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "foreign_records",
        sa.Column("channel", sa.String(40), primary_key=True),
        sa.Column("number", sa.Text(), primary_key=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("received_at", sa.String(32), nullable=False),
        sa.Column("answer_to", sa.Text(), nullable=False),
    )
    has_number = sa.text("external_number <> ''")
    op.create_index(
        "requests_by_external_number",
        "requests",
        ["channel", "external_number"],
        unique=True,
        sqlite_where=has_number,
        postgresql_where=has_number,
    )
    op.create_index("requests_by_channel", "requests", ["channel", "closed_at"])


def downgrade() -> None:
    raise NotImplementedError("a ledger is not taken back to an older program")
