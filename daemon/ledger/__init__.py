"""The ledger (SQLAlchemy Core on SQLite or PostgreSQL) and the files that belong to it."""
