"""Files of a mail that nobody can open: the request stands by its words, a person sees to the file."""

from dataclasses import replace

from daemon.domain import decision
from daemon.domain.decision import Outcome
from daemon.domain.unopenable import faults_of
from daemon.steps.case import Case, Ruled
from daemon.steps.exports import files_of


def with_file_faults(case: Case, ruled: Ruled) -> Ruled:
    """One question about all such files of a mail, at the first request that it brought."""
    with_files = next((request for request in ruled.outcome.added if request.attachments), None)
    faults = faults_of(files_of(case.box.mail)) if with_files else ""
    if with_files is None or not faults:
        return ruled
    reason = (
        f"Talebin eki açılamıyor: {faults}. Gerekiyorsa muhtardan yeniden isteyiniz, "
        "sonra “Gereği yapıldı” seçiniz."
    )
    asked = decision.ask(with_files, "files", reason, case.now)
    return replace(ruled, outcome=ruled.outcome + Outcome(reviews=(asked,)))
