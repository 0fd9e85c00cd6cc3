"""A letter is worded when it is sent: until then the outbox keeps what is owed. No letter waits for an hour of its own.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("owed", sa.Text, nullable=False, server_default=""))
    op.drop_column("outbox", "not_before")
