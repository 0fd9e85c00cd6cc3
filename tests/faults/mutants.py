"""``make mutants``: take the cures out of the fault matrix, one by one, and show that each row's test then fails.

Each :class:`Mutant` is a small change of the source that undoes one cure. It is made in a copy of the tree; the
row's test must pass there before the change and fail after it. Prints the table that ``tests/README.md`` records;
exit 1 when a mutant survives. Words on the command line choose rows. A cure that has moved is an error, not a
survivor: bring its mutant up to date.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TREE = Path(__file__).parents[2]
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", ".*_cache", "*.db*", "demo", "dist", "build"
)
_LONGEST = 200
"""Seconds for one test, with the start of its servers."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A cure taken out of ``file``: ``old``, which stands there once, becomes ``new``."""

    row: str
    cure: str
    test: str
    file: str
    old: str
    new: str


MUTANTS = (
    Mutant(
        row="any: power lost after a commit",
        cure="each commit is synced",
        test="ledger/test_faults.py::test_committed_work_is_synced_to_the_disk",
        file="daemon/ledger/dialect.py",
        old='synchronous = "FULL" if durable else "OFF"',
        new='synchronous = "NORMAL" if durable else "OFF"',
    ),
    Mutant(
        row="any: two daemons at once",
        cure="the lock on the ledger",
        test="real/test_daemon.py::test_a_second_daemon_on_the_same_ledger_is_told_and_goes",
        file="daemon/app/parts.py",
        old="fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)",
        new="fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)",
    ),
    Mutant(
        row="intake: line cut before the move",
        cure="a mail counts as put away only after the move",
        test="faults/test_network.py::test_a_line_cut_before_a_mail_is_moved_moves_it_later",
        file="daemon/steps/intake.py",
        old="""            self._source.settle(keys, held=state == "held")
            with self._ledger.transaction() as tx:
                tx.mark_settled(self.name, keys)
""",
        new="""            with self._ledger.transaction() as tx:
                tx.mark_settled(self.name, keys)
            self._source.settle(keys, held=state == "held")
""",
    ),
    Mutant(
        row="intake: UIDVALIDITY reset",
        cure="a mail is known by its content",
        test="faults/test_mailbox.py::"
        "test_a_mailbox_that_numbers_its_mails_anew_is_read_once_more_and_nothing_counts_twice",
        file="daemon/mail/imap.py",
        old="content_hash=sha256(raw).hexdigest(),",
        new="content_hash=sha256(self._key(session, uid).encode()).hexdigest(),",
    ),
    Mutant(
        row="sending: killed with a letter marked, not handed over",
        cure="what is in doubt goes again",
        test="faults/test_network.py::"
        "test_a_daemon_that_dies_with_a_letter_in_its_hand_hands_it_over_at_its_next_start",
        file="daemon/ledger/letters.py",
        old='or_(_o.state == "sending", and_(_o.state == "queued", _o.next_at <= bindparam("now")))',
        new='and_(_o.state == "queued", _o.next_at <= bindparam("now"))',
    ),
    Mutant(
        row="sending: time-out after the effect",
        cure="a letter that goes again keeps its Message-ID",
        test="faults/test_network.py::test_a_letter_whose_acceptance_was_never_heard_goes_again_as_the_same_letter",
        file="daemon/ledger/letters.py",
        old="message_id, subject, mime, about) if mime else None",
        new="message_id, subject, mime.replace(message_id.strip('<>').encode(), token_hex(9).encode()), about)"
        " if mime else None",
    ),
    Mutant(
        row="sheets: emptied, half of its rows gone",
        cure="no person deletes like that",
        test="steps/test_sheet_losses.py::test_a_sheet_that_lost_many_rows_is_left_alone",
        file="daemon/domain/merge.py",
        old="MANY_LOST = 3\n",
        new="MANY_LOST = 3_000\n",
    ),
    Mutant(
        row="sheets: disk full",
        cure="written beside, then put in place",
        test="sheets/test_workbook.py::test_a_full_disk_leaves_the_file_as_it_was",
        file="daemon/sheets/files.py",
        old="        _keep_version(path, before)\n",
        new="        _keep_version(path, before)\n        before = after[:1000]\n        path.write_bytes(before)\n",
    ),
    Mutant(
        row="sheets: 429 from Google",
        cure="every call waits as long as Google wishes",
        test="sheets/test_google_calls.py::test_a_429_holds_back_every_call_for_as_long_as_google_wishes",
        file="daemon/sheets/google/calls.py",
        old="        self._hold(wait, _BUSY)\n",
        new="",
    ),
    Mutant(
        row="sheets: killed, or cut, after an attachment went to Google Drive",
        cure="its id is kept before the upload",
        test="sheets/test_google.py::test_an_attachment_whose_upload_was_cut_is_put_into_drive_once",
        file="daemon/sheets/google/attachments.py",
        old="""            known = self._drive.new_id()
            self._notes.set(key, known)
""",
        new="""            known = self._drive.new_id()
""",
    ),
    Mutant(
        row="ledger: damaged",
        cure="restored by itself at the start",
        test="faults/test_ledger.py::"
        "test_a_damaged_ledger_is_restored_by_itself_and_the_whole_office_is_as_it_was",
        file="daemon/app/app.py",
        old="recovery = safekeeping.mend(self.settings.ledger, self.clock())",
        new="recovery = None",
    ),
    Mutant(
        row="ledger: older than the sheets, record lost",
        cure="no number is given that a sheet shows",
        test="faults/test_ledger.py::test_without_a_record_numbers_are_not_given_twice_and_mails_are_read_again",
        file="daemon/app/app.py",
        old="                tx.give_no_number_until(year, serial)\n",
        new="                _ = (year, serial)\n",
    ),
    Mutant(
        row="reading: the process that opens mails ahead dies or hangs",
        cure="it is given up, the reader does it himself",
        test="steps/test_opening_ahead.py::test_the_reader_does_it_himself_when_the_other_fails",
        file="daemon/beside.py",
        old="        except (EOFError, OSError):\n",
        new="        except TimeoutError:\n",
    ),
)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="muhtarlik-mutants-") as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(TREE, copy, ignore=_LEFT_OUT)
        print("| row | cure taken out | test | said |\n|---|---|---|---|", flush=True)
        chosen = [mutant for mutant in MUTANTS if all(word in mutant.row for word in sys.argv[1:])]
        survivors = [mutant for mutant in chosen if not _falls(mutant, copy)]
    sys.exit(f"{len(survivors)} of {len(chosen)} survived" if survivors else 0)


def _falls(mutant: Mutant, copy: Path) -> bool:
    """Whether the test passes with the cure and fails without it; prints the row."""
    passes, said = _run(mutant.test, copy)
    if not passes:
        raise SystemExit(f"{mutant.test} fails with its cure in place:\n{said}")
    with without_cure(mutant, copy):
        survives, said = _run(mutant.test, copy)
    why = "**survives**" if survives else f"`{_why(said)}`"
    print(f"| {mutant.row} | {mutant.cure} | `{mutant.test.partition('::')[2]}` | {why} |", flush=True)
    return not survives


@contextmanager
def without_cure(mutant: Mutant, tree: Path) -> Iterator[None]:
    """The source without it. Raises :class:`ValueError` when the cure is not where it was."""
    path = tree / mutant.file
    source = path.read_text(encoding="utf-8")
    if source.count(mutant.old) != 1:
        raise ValueError(f"{mutant.row}: its cure is not (or not once) in {mutant.file}")
    path.write_text(source.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(source, encoding="utf-8")


def _run(test: str, tree: Path) -> tuple[bool, str]:
    """Whether it passes, and what pytest says. A test that never ends has failed, too; one that is not there, or
    whose very setting cannot be made, is an error (pytest's exit code 4 or 5; its word ERROR)."""
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-p", "no:cacheprovider", f"tests/{test}"]
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    try:
        done = subprocess.run(
            command, check=False, cwd=tree, env=environment, capture_output=True, text=True, timeout=_LONGEST
        )
    except subprocess.TimeoutExpired:
        return False, "E  never ends"
    if done.returncode not in (0, 1) or "\nERROR tests/" in done.stdout:
        raise SystemExit(f"{test} cannot be run:\n{done.stdout}{done.stderr}")
    return done.returncode == 0, done.stdout


def _why(said: str) -> str:
    """The first line of the failure, short enough for a table."""
    lines = [line[2:].strip() for line in said.splitlines() if line.startswith("E ")]
    ended = [line.strip("+ ") for line in said.splitlines() if "Timeout" in line]
    found = [*lines, *ended, "failed"][0].replace("|", "¦").replace("`", "'")
    return found if len(found) <= 80 else found[:79] + "…"


if __name__ == "__main__":
    main()
