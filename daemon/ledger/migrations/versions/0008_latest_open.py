"""The latest open requests of a place and kind are found without reading the older ones.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    still_open = sa.text("closed_at IS NULL")
    op.drop_index("requests_open_by_place", "requests")
    op.create_index(
        "requests_open_by_place",
        "requests",
        ["neighbourhood", "category", "number"],
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
