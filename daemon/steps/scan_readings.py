"""What was read from one arrival's scans and typed letters, and which of it makes requests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from daemon.domain.files.pdf_portfolio import holds_files, is_portfolio
from daemon.domain.files.unopenable import fault_in, fault_of
from daemon.domain.mail import Arrival, Attachment, Mail
from daemon.domain.petitions.filing import HandedIn, Kept, event_of
from daemon.domain.petitions.petition import Petition
from daemon.domain.petitions.reading import bears_signs
from daemon.domain.petitions.typed import are_copies
from daemon.ports.incoming import OpenPortfolio
from daemon.steps.file_faults import Told
from daemon.steps.scanned_mail import is_letter, is_scan, papers_in

EMPTY_PORTFOLIO = "PDF portföyünün içinde okunabilir belge bulunamadı; belgeler ayrı ayrı gönderilmelidir"
_WITHIN_ANOTHER = "başka bir PDF portföyünün içindeki portföy açılmadı; belgeler ayrı ayrı gönderilmelidir"
_CLOSED = "içindeki ekler açılmadı; ayrı ayrı gönderilmelidir"


@dataclass(frozen=True, slots=True)
class ScanFile:
    """One file to be read."""

    name: str
    data: bytes
    within: tuple[str, ...] = ()
    """Hashes of the files that it was taken out of."""
    words: str = ""
    """Of a typed letter: what it says."""
    fault: str = ""
    """Turkish; why it cannot be read, where that is known before."""
    left: str = ""
    """Turkish; which of the files in it were not taken out. It is read all the same."""


@dataclass(slots=True)
class ScansRead:
    """What was read from an arrival, ready to be decided on. ``faults`` are the files that could not be read."""

    mailed: bool
    petitions: list[tuple[int, Petition, Kept]] = field(default_factory=list)
    originals: dict[int, str] = field(default_factory=dict)
    """What came, by the place of each file. Of a scanned pile only its parts: erasing one leaves the rest."""
    bearing: dict[int, set[int]] = field(default_factory=dict)
    """Of an archive beside the scans the places of those that came in it."""
    faults: list[Told] = field(default_factory=list)
    typed: set[int] = field(default_factory=set)
    """The places of the letters that were typed in a word processor."""
    pages: int = 0
    failed: dict[int, Told] = field(default_factory=dict)
    """Pages that could not be read, by the place of their file."""
    papers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The files that a question's request will have, by the question's key."""
    seen: set[Told] = field(default_factory=set)
    """Those of the faults that the mail's reading has seen, too: the first bytes tell them."""
    whys: list[str] = field(default_factory=list)
    """The same faults for the log."""

    def sees_fault(self, file: "ScanFile | Attachment") -> bool:
        """Note what its first bytes tell against it; whether there is something."""
        fault = fault_in(file) if isinstance(file, Attachment) else fault_of(file.name, file.data)
        if fault is not None:
            self.faults.append((file.name, fault.told))
            self.seen.add(self.faults[-1])
            self.whys.append(fault.why)
        return fault is not None


def files_of(arrival: Arrival, mail: Mail | None) -> Iterator[ScanFile]:
    if mail is None:
        yield ScanFile(arrival.name, arrival.raw)
        return
    for each in papers_in(mail):
        yield ScanFile(each.name, each.data, each.within, each.words if is_letter(each) else "")


def with_members(
    files: Sequence[ScanFile], open_portfolio: OpenPortfolio
) -> tuple[list[ScanFile], list[Attachment]]:
    """The files, with those that a PDF portfolio holds in its place and those that another PDF carries behind it, and
    the portfolios of which something is left. One inside another stays closed: its page says nothing."""
    found: list[ScanFile] = []
    left: list[Attachment] = []
    for file in files:
        is_envelope = is_portfolio(file.data)
        if file.words or not (is_envelope or holds_files(file.data)):
            found.append(file)
            continue
        whole, *members = open_portfolio(file.name, file.data)
        papers = [each for each in members if is_scan(each) or is_letter(each)]
        if not is_envelope:
            found.append(replace(file, left=whole.unread))
        elif not papers:
            found.append(replace(file, fault=whole.unread or EMPTY_PORTFOLIO))
        else:
            left += () if whole.is_emptied else (whole,)
        found += (_member(each, file) for each in papers)
    return found, left


def _member(paper: Attachment, holder: ScanFile) -> ScanFile:
    is_envelope = is_portfolio(paper.data)
    return ScanFile(
        paper.name,
        paper.data,
        (*paper.within, *holder.within),
        paper.words if is_letter(paper) else "",
        _WITHIN_ANOTHER if is_envelope else "",
        _CLOSED if not is_envelope and holds_files(paper.data) else "",
    )


def singly(read: ScansRead) -> list[tuple[int, Petition, Kept]]:
    """Without the copies of typed letters: the same one in another format, or its signed scan."""
    kept: list[tuple[int, Petition, Kept]] = []
    for place, petition, paper in sorted(read.petitions, key=lambda each: each[0] not in read.typed):
        typed = (other for at, other, _ in kept if at in read.typed and at != place)
        if not any(are_copies(petition, other) for other in typed):
            kept.append((place, petition, paper))
    return kept


def worth_filing(
    petitions: Sequence[tuple[int, Petition, Kept]], *, alone: bool
) -> list[tuple[int, Petition, Kept]]:
    """A headman's photographs beside his petition are its attachments, not petitions of their own; a doubtful petition
    is one all the same."""
    if alone:
        return list(petitions)
    clear = ((each, bool(each[1].body) and not each[1].doubts) for each in petitions)
    return [each for each, is_clear in clear if is_clear or bears_signs(each[1])] or list(petitions[:1])


def as_of(handed: HandedIn, place: int, read: ScansRead) -> HandedIn:
    """The same, for one of several files. Nobody is handed what bears another's petition (law 6698): a pile from the
    scanner is everybody's, while what a headman mails is all his own."""
    event = event_of(handed.event, place)
    if handed.writer is not None:
        return replace(handed, event=event)
    bearing = [number for number, _, _ in read.petitions]
    others = {n for n in bearing if n != place or bearing.count(n) > 1}
    others |= {n for n, there in read.bearing.items() if there & others}
    files = tuple(path for n, path in read.originals.items() if n not in others)
    return replace(handed, event=event, files=files)
