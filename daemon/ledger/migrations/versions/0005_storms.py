"""Arrivals know their sender, so that each has his turn and a storm is one entry.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("arrivals", sa.Column("sender", sa.Text(), nullable=False, server_default=""))
    op.add_column("arrivals", sa.Column("shape", sa.String(32), nullable=False, server_default=""))
    op.add_column("arrivals", sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("arrivals", sa.Column("held_by", sa.Integer()))
    op.drop_index("arrivals_by_state", "arrivals")
    op.create_index("arrivals_by_state", "arrivals", ["state", "turn", "id"])
    op.create_index("arrivals_alike", "arrivals", ["sender", "shape", "received_at"])
