"""Alembic's entry: runs the revisions in the transaction that ``migrate.py`` opened."""

from alembic import context

from daemon.ledger.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
