"""The revisions and the tables that the code knows are the same."""

from dataclasses import fields
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from daemon.domain.request import Request
from daemon.domain.review import Review
from daemon.domain.telling import Telling
from daemon.ledger.ledger import open_ledger
from daemon.ledger.migrate import HEAD, SCRIPTS
from daemon.ledger.schema import metadata, requests, reviews, tellings


def test_a_migrated_ledger_has_the_tables_that_the_code_expects(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.db")
    with ledger.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    ledger.close()


def test_the_newest_revision_is_the_one_that_a_start_looks_for() -> None:
    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS))
    assert ScriptDirectory.from_config(settings).get_heads() == [HEAD]


def test_every_field_of_a_request_and_of_a_review_has_a_column() -> None:
    assert {field.name for field in fields(Telling)} == set(tellings.c.keys())
    assert {field.name for field in fields(Request)} | {"revision"} == set(requests.c.keys())
    assert {field.name for field in fields(Review)} == set(reviews.c.keys())
