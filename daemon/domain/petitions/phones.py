"""The headman's telephone number in a petition's lines, where OCR takes O for 0 and l for 1."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from daemon.domain.petitions.dates import dates_in
from daemon.domain.petitions.lines import Part, Placed
from daemon.domain.petitions.numbers import Candidate, best_of, figures_in
from daemon.domain.petitions.petition import NOT_FOUND, Found

SURE_PHONE = 0.9
"""Words with figures are believed from this confidence on."""
_P = r"[0-9oOlIı©]"
_GAP = r"[\s().\-–/]{0,4}"
_PHONE = re.compile(
    r"(?:(?<![\d/])(?<!\d\.)|(?<=(?:onu|fon|FON|[Tt]el|TEL|[Gg]sm|GSM|[Cc]ep|CEP) 1)(?=[02-5]))"
    rf"(?:[+4*]?\s?9{_P}{_GAP})?(?:[0oO©]{_GAP})?([2-5]{_P}{_P}){_GAP}({_P}{{3}}){_GAP}({_P}{_P}){_GAP}({_P}{_P})"
    r"(?!\d|\s\d\d(?!\d|[./-]\d))"
)
"""Behind a label its colon may be read as a one: "Telefonu 10532 …"."""
_BEGUN, _REST = re.compile(r"(?<!\d)0?[2-5]\d\d[)\s]*$"), re.compile(r"\W*\d{3}[\s.]?\d\d[\s.]?\d\d(?!\d)")
"""A number that goes on in the next line."""
_RUN_ON = re.compile(r"(?<!\d)0(5\d{9})\d{1,3}(?!\d)")
_PHONE_DIGITS = str.maketrans("oOlIı©", "001110")
_ADDRESS = re.compile(r"\b(?:adres|mah|sok|sk|cad|cd|no)\b")
_TOLD_OF = -0.5
"""A number in the text may be a complainant's."""
_MOBILE = 0.7
"""A landline beside a mobile telephone is the office's, not the petitioner's."""
_READ = 0.5
"""A number read with less confidence may be the register's, misread."""
_TRACE, _GUESSED, _TAIL = 6, 0.2, 7
"""So many figures are a number's trace; how much a guess is believed; so many at its end tell whose number it is."""
_ALMOST, _MISREAD, _BELIEVED_AT_MOST = 1, 2, 0.8
"""Figures in which it may differ if it was read well, or badly; and how much it is believed then."""
_ALIKE = 3
"""In so few figures two people's numbers hardly ever differ: it may be another's, or the register's misread."""
_TAKEN_FOR = frozenset({"09", "06", "08", "17", "14", "38", "39", "56", "58", "68", "89"})
"""Figures that bad print makes one of the other; a slashed nought is a nine or an eight."""
_PHONE_LABEL_AMID = re.compile(r"\b(?:tel|telefon|telefonu|gsm|cep|irtibat|tlf)\b[^a-z0-9]*(?:no[^a-z0-9]*)?")
_PHONE_LABEL = re.compile(
    r"\b(?:tel|telefon|telefonu|gsm|cep|irtibat|tlf|no|numarasi|numaram|hat)\b[^a-z0-9]*(?:no[^a-z0-9]*)?$"
)


def find_phone(lines: Sequence[Placed], known: Sequence[str]) -> Found:
    """The petitioner's number. ``known`` are the register's digits (ten each) for the neighbourhood: one of them is
    believed at once."""
    found = best_of(_phones(lines, known), SURE_PHONE)
    read = digits_of(found.value)
    if read in known:
        return Found(found.value, max(found.confidence, 0.97), sure=True, spot=found.spot)
    near = min(known, key=lambda number: Levenshtein.distance(read, number), default="")
    off = Levenshtein.distance(read, near)
    if near and (off <= _ALIKE or _one_figure_misread(near, read)):
        misread = off <= _ALMOST or (found.confidence < SURE_PHONE and _may_be_taken_for(near, read))
        likelier = show_phone(near) if misread else found.value
        return Found(likelier, min(found.confidence, _BELIEVED_AT_MOST), spot=found.spot)
    if found.confidence < _READ:
        found = next(_misread(lines, known), found)
    if not found.value:
        found = next(_overlong(lines), NOT_FOUND)
    return found if found.value else _unread(lines, known)


def _may_be_taken_for(known: str, read: str) -> bool:
    """Whether bad print makes one of the other: two figures, or more that were all taken for their like."""
    wrong = [a + b for a, b in zip(known, read, strict=False) if a != b]
    alike = all(pair in _TAKEN_FOR or pair[::-1] in _TAKEN_FOR for pair in wrong)
    return len(read) == len(known) and (len(wrong) <= _MISREAD or alike)


def _one_figure_misread(known: str, read: str) -> bool:
    """Whether one figure was taken for another wherever it stands, as a slashed nought is."""
    wrong = {a + b for a, b in zip(known, read, strict=False) if a != b}
    return len(known) == len(read) and len(wrong) == 1 and bool(wrong & _TAKEN_FOR)


def _misread(lines: Sequence[Placed], known: Sequence[str]) -> Iterator[Found]:
    """Figures that are a number of the register's but for two of them; a person is asked."""
    for line in lines:
        label = _PHONE_LABEL_AMID.search(line.folded)
        if label is None and line.part not in {Part.CONTACT, Part.SIGNATURE, Part.LETTERHEAD}:
            continue
        start = label.end() if label else 0
        read = figures_in(line.text[start:].translate(_PHONE_DIGITS)).removeprefix("90").removeprefix("0")
        for number in known:
            if Levenshtein.distance(read, number) <= _MISREAD:
                share = min(line.confidence(start), _BELIEVED_AT_MOST)
                yield Found(show_phone(number), round(share, 3), spot=line.spot(start))


def _overlong(lines: Sequence[Placed]) -> Iterator[Found]:
    """A number with figures too many behind it, where a pen or a stamp crosses its end; a person is asked."""
    for line in lines:
        label = _PHONE_LABEL_AMID.search(line.folded)
        if label and (found := _RUN_ON.search(line.text, label.end())):
            share = min(line.confidence(label.end()), _READ)
            yield Found(show_phone(found[1]), round(share, 3), spot=line.spot(found.start(), found.end()))


def _unread(lines: Sequence[Placed], known: Sequence[str]) -> Found:
    """Where a number stands that nobody can read, the register's is a guess for the person who looks at the spot."""
    for line in lines:
        ends = [number for number in known if figures_in(line.text)[-_TAIL:] == number[-_TAIL:]]
        if ends and line.part in {Part.CONTACT, Part.SIGNATURE}:
            return Found(show_phone(ends[0]), _READ, spot=line.spot())
        label = _PHONE_LABEL_AMID.search(line.folded)
        figures = sum(c.isdigit() for c in line.text[label.end() if label else 0 :])
        is_address = label is None and figures < 10 and _ADDRESS.search(line.folded) is not None
        if (
            figures >= _TRACE
            and (label or line.part is Part.CONTACT)
            and not is_address
            and known
            and not any(dates_in(line.text))
        ):
            return Found(show_phone(known[0]), _GUESSED, spot=line.spot(label.end() if label else 0))
    return NOT_FOUND


def _phones(lines: Sequence[Placed], known: Sequence[str]) -> Iterator[Candidate]:
    for line in lines:
        for start, end, digits in phones_in(line.text):
            score = {Part.CONTACT: 2.5, Part.SIGNATURE: 2.0, Part.LABEL: 2.0, Part.LETTERHEAD: 1.5,
                     Part.BODY: _TOLD_OF, Part.CLOSING: _TOLD_OF}.get(line.part, 0.0)  # fmt: skip
            score += 1.5 if _PHONE_LABEL.search(line.folded[:start].rstrip(" (+:")) else 0.0
            score += 2.0 if digits in known else 0.0
            score += _MOBILE if digits.startswith("5") else 0.0
            confidence = line.confidence(number_starts(line.text, start, end), end)
            yield Candidate(show_phone(digits), score, confidence, line.spot(start, end))
    yield from _broken(lines)


def _broken(lines: Sequence[Placed]) -> Iterator[Candidate]:
    """Numbers behind a label that go on in the next line."""
    for line, below in zip(lines, lines[1:], strict=False):
        begun, rest = _BEGUN.search(line.text), _REST.match(below.text)
        if (
            begun is None
            or rest is None
            or not _PHONE_LABEL.search(line.folded[: begun.start()].rstrip(" (+:"))
        ):
            continue
        if found := next(phones_in(f"{begun[0]} {rest[0]}"), None):
            confidence = min(line.confidence(begun.start()), below.confidence(0, rest.end()))
            yield Candidate(show_phone(found[2]), 2.0, confidence, line.spot(begun.start()))


def phones_in(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, ten digits) of every Turkish number written in ``text``."""
    for found in _PHONE.finditer(text):
        digits = "".join(part.translate(_PHONE_DIGITS) for part in found.groups())
        if sum(c.isdigit() for c in found.group()) >= 8:
            yield found.start(), found.end(), digits


def number_starts(text: str, start: int, end: int) -> int:
    """Where the ten digits begin, after 0 or +90: how well a prefix was read says nothing of the number."""
    places = [at for at in range(start, end) if re.match(_P, text[at])]
    return places[-10] if len(places) >= 10 else start


def digits_of(phone: str) -> str:
    """The last ten digits."""
    return figures_in(phone)[-10:]


def show_phone(digits: str) -> str:
    """ "0500 000 04 21"."""
    return f"0{digits[:3]} {digits[3:6]} {digits[6:8]} {digits[8:]}"
