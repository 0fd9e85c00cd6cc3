"""What headmen are told in person; open requests by neighbourhood; clocks know the body outside.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tellings",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.Text(), unique=True, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.String(32), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("settled_at", sa.String(32)),
        sa.Column("told_by", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
    )
    op.create_index("tellings_by_state", "tellings", ["state", "id"])
    op.create_index("tellings_by_number", "tellings", ["number"])
    op.create_index(
        "requests_open_by_place",
        "requests",
        ["neighbourhood", "category"],
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )

    op.drop_index("requests_open", "requests")
    _add_clocks("closed_at", "external_body")


def _add_clocks(*last: str) -> None:
    op.create_index(
        "requests_open",
        "requests",
        ["due", "directorate", "number", "clock_event", "referred_on", "received_at", *last],
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("requests_open", "requests")
    _add_clocks("closed_at")
    op.drop_index("requests_open_by_place", "requests")
    op.drop_table("tellings")
