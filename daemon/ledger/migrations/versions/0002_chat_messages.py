"""Messages of exported conversations.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat_messages",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("slot", sa.String(32), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("with_files", sa.Boolean(), nullable=False),
        sa.Column("arrival_id", sa.Integer(), sa.ForeignKey("arrivals.id"), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("chat_messages_by_slot", "chat_messages", ["slot"])


def downgrade() -> None:
    op.drop_table("chat_messages")
