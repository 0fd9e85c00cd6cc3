"""Dates and telephone numbers in a petition's lines, where OCR takes O for 0 and l for 1."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from daemon.domain.petition import NOT_FOUND, Box, Found, Spot
from daemon.domain.petition_lines import Part, Placed
from daemon.domain.text import fold

_MONTH_NAMES = "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik"
_MONTHS = tuple(_MONTH_NAMES.split())
_D = r"[0-9oOlIıiİ|]"
_SEPARATOR = r"\s{0,2}[./,\-–·:]\s{0,2}"
_NUMERIC = re.compile(
    rf"(?<![a-zçğıöşü\d/])({_D}{{1,2}}){_SEPARATOR}({_D}{{1,2}}){_SEPARATOR}([12l]{_D}{{3}}|\d\d)(?![\d/])"
)
_SLASHES_AS_ONES = re.compile(r"(?<!\d)(\d\d)[1l|I](\d\d)[1l|I](20\d\d)(?!\d)")
"""25/07/2026 read as 2510712026."""
_POINT_LOST = re.compile(r"(?<![\d./-])(\d\d)(?:[./-](\d\d)|(\d\d)[./-])(20[2-5]\d)(?![\d./-])")
"""23.102026, where one point was not seen."""
_SPECKLED_YEAR = re.compile(r"(?<!\d)(\d\d)[./-](\d\d)[./-](20(?:\d[^\W\d_]\d|[^\W\d_]\d\d))(?!\w)")
"""24/03/202b6: a speck among the figures."""
_WORDY = re.compile(r"(?<!\w)([\doOzZlI]{1,2})(?:\s*[.'’]\s*|\s+)([^\W\d]{3,8})[\s.]{1,3}(20\d\d)(?!\d)")
_YEAR_LOST = re.compile(
    rf"(?<![\d/.,])(?:({_D}{{1,2}}){_SEPARATOR}(\d{{1,2}})|(\d\d) (\d\d))\b(?!\W*[^\W\d]{{2}})"
)
_WORDY_YEAR_LOST = re.compile(r"(?<!\w)([\doOzZlI]{1,2})(?:\s*[.'’]\s*|\s+)([^\W\d]{4,8})\b")
"""27 Ağustos 2(, 26.12.2073, 21 09: the year was misread or lost."""
_DIGITS = str.maketrans("oOlIıiİ|", "00111111")
_Z = str.maketrans("zZ", "22")
_CUT_SHORT = re.compile(r"\d[./-]0\d[./-]")
"""5.02.2026: who writes the month with a nought does so with the day, so a figure was lost."""
_AT_MOST = 0.8
_GUESSED_YEAR = 0.5
_YEAR_MISREAD = 9
"""Letters at most that a misread year leaves behind day and month."""
_LIKE_A_MONTH = 72
"""Of 100, how like a month's name a word has to be."""
_REFERRED = re.compile(
    r"^\W*(?:ve\b|tarihli|tarihinde|tarihinden|tarihine|gunu|gunlu|itibari|tarih\s+ve|'?\s*d[ea]\b|yilinda)"
)
_DATE_LABEL = re.compile(r"\btarih[i]?\s*[:;.=]?\s*$")
_REGISTRY = re.compile(r"\bevrak\b.{0,12}\b(?:kayit|kayd|giris)|\bgelen\s*evrak|\bkayit\s*(?:no|tarih)")
_NUMBERED = re.compile(r"\bevrak\b.{0,3}\bno")
"""In a register's stamp; below a headman's letterhead it is his own number."""
_OWN_HEAD = re.compile(r"muhtarli[gk]")
_WRITTEN_THAT_DAY = re.compile(
    r"^\W*tarihinde\s+(?:tarafi\w+\s+)?(?:duzenlen|yazil|yazdi|kaleme|imzala|hazirla)"
)
"""29 Temmuz 2024 tarihinde düzenlenmiştir: it tells of itself."""
_CROSSING = 24
"""So many letters at a line's end may be the beginning of a day that ends in the next."""
_INSTITUTION = re.compile(r"(?:baskanligi|belediyesi|mudurlugu|kaymakamligi|valiligi)\W*$")
_FAXED = re.compile(
    r"\d{1,2}[:.]\d\d\W+(?:\w+\W+){0,2}fa(?:x|ks)\b|\bfa(?:x|ks)\b.*\b[sp]\W?\s?\d{1,3}\s?/\s?\d{1,3}\b"
)
"""A fax machine's own line above the page: day, hour, name, page."""
_CLOSED = re.compile(r"\b(?:ederi[mz]|ederim|olunur|sunar[iu][mz])\W*$")
"""A day at the end of the closing line, at the page's right."""
_TOP = 0.35
_YEARS = range(2020, 2060)
"""A petition of an earlier day is none that comes in now: 2006 is 2026, misread."""
_SPACED = re.compile(r"(?<!\d)(?<!\d )(\d\d)[ ./,-]{1,3}(\d\d)[ ./,-]{1,3}(20[0-5]\d)(?! ?\d)")
"""28 09. 2026, where a point was not seen."""
_LABELLED = re.compile(r"(?:(?<=tarih)[i]?\W{1,3}|^\s*)(\d{1,2}) (\d{1,2}) (20[0-5]\d)\s*$", re.IGNORECASE)
"""Tarih 5 12 2025: behind its label, or alone, no points are needed."""
SURE_DIGITS = 0.86
"""Words with figures are believed from this confidence on: a figure misread leaves no trace in spelling."""
SURE_PHONE = 0.9


@dataclass(frozen=True, slots=True)
class _Candidate:
    value: str
    score: float
    confidence: float
    spot: Spot


def find_date(lines: Sequence[Placed], came: date) -> Found:
    """The day that the petition bears: labelled, or alone in the head or beside the signature; not one it tells of.
    Where only its year cannot be read, the last such day until the petition ``came`` is a guess."""
    found = _best(_dates(lines), SURE_DIGITS)
    return found if found.value else next(_days_without_year(lines, came), NOT_FOUND)


def _best(candidates: Iterable[_Candidate], sure_from: float) -> Found:
    """The best; sure when no other says otherwise nearly as loudly."""
    ranked = sorted(candidates, key=lambda c: -c.score)
    if not ranked:
        return NOT_FOUND
    best = ranked[0]
    rival = next((c.score for c in ranked if c.value != best.value), 0.0)
    clear = best.score >= 2.0 and best.score - rival >= 1.0
    share = best.confidence * (1.0 if clear else 0.6)
    return Found(best.value, round(share, 3), clear and best.confidence >= sure_from, best.spot)


def _dates(lines: Sequence[Placed]) -> Iterator[_Candidate]:
    for n, line in enumerate(lines):
        for start, end, day in dates_in(line.text):
            before, after = line.folded[:start], line.folded[end:]
            if _is_registered(lines, n) or _FAXED.search(line.folded):
                continue  # whoever took the petition in, or the machine that sent it
            onward = f"{after} {lines[n + 1].folded}" if n + 1 < len(lines) else after
            score = {Part.LETTERHEAD: 2.5, Part.LABEL: 2.5, Part.ADDRESSEE: 1.0, Part.REFERENCE: -3.0, Part.BODY: 0.0,
                     Part.CLOSING: 0.5, Part.SIGNATURE: 2.2, Part.CONTACT: 1.0}[line.part]  # fmt: skip
            alone = len(line.text) - (end - start)
            score += 1.5 if _DATE_LABEL.search(before) else 0.0
            score += 1.0 if alone <= 12 else 0.0
            score += 2.0 if alone <= 4 and line.part is Part.BODY and line.height_share < _TOP else 0.0
            itself = _WRITTEN_THAT_DAY.match(onward) is not None
            score += 4.0 if itself else 0.0
            score -= 3.0 if _REFERRED.match(after) and not itself else 0.0
            score += 2.0 if _CLOSED.search(before) and not after.strip() else 0.0
            if score >= 0:
                confidence = line.confidence(start, end)
                if _CUT_SHORT.match(line.text[start:end]):
                    confidence = min(confidence, _AT_MOST)
                yield _Candidate(day.isoformat(), score, confidence, line.spot(start, end))
    yield from _days_across(lines)


def _days_across(lines: Sequence[Placed]) -> Iterator[_Candidate]:
    """The day on which a letter says that it was written, if it begins in one line and ends in the next."""
    for line, below in zip(lines, lines[1:], strict=False):
        tail, at = line.text[-_CROSSING:], max(0, len(line.text) - _CROSSING)
        for start, end, day in dates_in(f"{tail} {below.text}"):
            into = end - len(tail) - 1
            if start < len(tail) < end and _WRITTEN_THAT_DAY.match(below.folded[into:]):
                confidence = min(line.confidence(at + start), below.confidence(0, into))
                yield _Candidate(day.isoformat(), 4.0, confidence, line.spot(at + start))


def _days_without_year(lines: Sequence[Placed], came: date) -> Iterator[Found]:
    """Behind a label, or with nothing else in a line outside of the text, or behind the closing words."""
    for n, line in enumerate(lines):
        if line.part is Part.REFERENCE or _is_registered(lines, n) or _FAXED.search(line.folded):
            continue
        for start, end, day, month in _days_and_months(line.text):
            before = line.folded[:start]
            labelled = _DATE_LABEL.search(before)
            alone = not before.strip() and line.part not in {Part.BODY, Part.CLOSING}
            ends = len(line.text) - end <= _YEAR_MISREAD
            if labelled or ((alone or _CLOSED.search(before)) and ends):
                for written in _last_such_day(day, month, came):
                    share = min(line.confidence(start), _GUESSED_YEAR)
                    yield Found(written.isoformat(), round(share, 3), spot=line.spot(start))


def _days_and_months(text: str) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, day, month) of what may be dates without a year."""
    for found in _WORDY_YEAR_LOST.finditer(text):
        if month := _month_of(found[2]):
            yield *found.span(), _day_of(found[1]), month
    for found in _YEAR_LOST.finditer(text):
        day, month = (int(part.translate(_DIGITS)) for part in found.groups() if part)
        yield *found.span(), day, month


def _last_such_day(day: int, month: int, came: date) -> Iterator[date]:
    days = (_made(day, month, year) for year in (came.year, came.year - 1))
    yield from (each for each in days if each is not None and each <= came)


def _is_registered(lines: Sequence[Placed], n: int) -> bool:
    """Whether a date stands in the stamp of whoever took the petition in: "… BAŞKANLIĞI / Evrak Kayıt / Tarih …"."""
    near = [line for line in lines[max(0, n - 3) : n + 2] if line.page == lines[n].page]
    above = lines[max(0, n - 2) : n]
    signs = [_REGISTRY] if any(_OWN_HEAD.search(line.folded) for line in above) else [_REGISTRY, _NUMBERED]
    if any(s.search(line.folded) and _is_above(line.box, lines[n].box) for s in signs for line in near):
        return True
    in_foot = lines[n].part in {Part.SIGNATURE, Part.CONTACT}
    return in_foot and any(_INSTITUTION.search(line.folded) for line in above)


def _is_above(one: Box, other: Box) -> bool:
    """Whether they stand above each other, as the lines of a stamp do."""
    return min(one.right, other.right) > max(one.left, other.left)


def dates_in(text: str) -> Iterator[tuple[int, int, date]]:
    """(start, end, day) of every date written in ``text``."""
    for found in _numeric(text):
        day, month, year = (int(part.translate(_DIGITS)) for part in found.groups())
        if (made := _made(day, month, year if year > 99 else 2000 + year)) is not None:
            yield found.start(), found.end(), made
    for found in chain(
        *(each.finditer(text) for each in (_SLASHES_AS_ONES, _SPACED, _SPECKLED_YEAR, _LABELLED, _POINT_LOST))
    ):
        if _NUMERIC.search(found.group()):
            continue  # told above
        if (made := _made(*(int(_figures(part)) for part in found.groups() if part))) is not None:
            yield found.start(1), found.end(), made
    for found in _WORDY.finditer(text):
        if (month := _month_of(found[2])) and (made := _made(_day_of(found[1]), month, int(found[3]))):
            yield found.start(), found.end(), made


def _month_of(text: str) -> int:
    """The month whose name is most like it, from 1 on; 0 if none is."""
    word = fold(text)
    likeness, best = max((fuzz.ratio(word, name), -n) for n, name in enumerate(_MONTHS, 1))
    return -best if likeness >= _LIKE_A_MONTH else 0


def _day_of(text: str) -> int:
    """ "oz" is 02, beside the name of a month."""
    figures = text.translate(_DIGITS).translate(_Z)
    return int(figures) if any(c.isdigit() or c in "zZ" for c in text) else 0


def _numeric(text: str) -> Iterator[re.Match[str]]:
    """Also what begins inside a match that is no day: "95 - 14.10.2026"."""
    at = 0
    while found := _NUMERIC.search(text, at):
        day, month, year = (int(part.translate(_DIGITS)) for part in found.groups())
        is_day = _made(day, month, year if year > 99 else 2000 + year) is not None
        at = found.end() if is_day else found.end(1)
        yield found


def _figures(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _made(day: int, month: int, year: int) -> date | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


# --- telephone ----------------------------------------------------------------------------------------------

_P = r"[0-9oOlIı©]"
_GAP = r"[\s().\-–/]{0,4}"
_PHONE = re.compile(
    rf"(?<![\d/.])(?:[+4*]?\s?9{_P}{_GAP})?(?:[0oO©]{_GAP})?([2-5]{_P}{_P}){_GAP}({_P}{{3}}){_GAP}({_P}{_P}){_GAP}({_P}{_P})(?!\d|\s\d\d(?!\d))"
)
_RUN_ON = re.compile(r"(?<!\d)0(5\d{9})\d{1,3}(?!\d)")
_PHONE_DIGITS = str.maketrans("oOlIı©", "001110")
_ADDRESS = re.compile(r"\b(?:adres|mah|sok|sk|cad|cd|no)\b")
_MOBILE = 0.7
"""A landline beside a mobile telephone is the office's, not the petitioner's."""
_READ = 0.5
"""A number read with less confidence may be the register's, misread."""
_TRACE, _GUESSED, _TAIL = 6, 0.2, 7
"""So many figures are a number's trace; how much a guess is believed; so many at its end tell whose number it is."""
_ALMOST, _MISREAD, _BELIEVED_AT_MOST = 1, 2, 0.8
"""Figures in which it may differ if it was read well, or badly; and how much it is believed then."""
_PHONE_LABEL_AMID = re.compile(r"\b(?:tel|telefon|telefonu|gsm|cep|irtibat|tlf)\b[^a-z0-9]*(?:no[^a-z0-9]*)?")
_PHONE_LABEL = re.compile(
    r"\b(?:tel|telefon|telefonu|gsm|cep|irtibat|tlf|no|numarasi|numaram|hat)\b[^a-z0-9]*(?:no[^a-z0-9]*)?$"
)


def find_phone(lines: Sequence[Placed], known: Sequence[str]) -> Found:
    """The petitioner's number. ``known`` are the register's digits (ten each) for the neighbourhood: one of them is
    believed at once."""
    found = _best(_phones(lines, known), SURE_PHONE)
    read = digits_of(found.value)
    if read in known:
        return Found(found.value, max(found.confidence, 0.97), sure=True, spot=found.spot)
    if near := next((number for number in known if Levenshtein.distance(read, number) <= _ALMOST), ""):
        return Found(show_phone(near), min(found.confidence, _BELIEVED_AT_MOST), spot=found.spot)
    if found.confidence < _READ:
        found = next(_misread(lines, known), found)
    if not found.value:
        found = next(_overlong(lines), NOT_FOUND)
    return found if found.value else _unread(lines, known)


def _misread(lines: Sequence[Placed], known: Sequence[str]) -> Iterator[Found]:
    """Figures that are a number of the register's but for two of them; a person is asked."""
    for line in lines:
        label = _PHONE_LABEL_AMID.search(line.folded)
        if label is None and line.part not in {Part.CONTACT, Part.SIGNATURE, Part.LETTERHEAD}:
            continue
        start = label.end() if label else 0
        read = _figures(line.text[start:].translate(_PHONE_DIGITS)).removeprefix("90").removeprefix("0")
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
        ends = [number for number in known if _figures(line.text)[-_TAIL:] == number[-_TAIL:]]
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


def _phones(lines: Sequence[Placed], known: Sequence[str]) -> Iterator[_Candidate]:
    for line in lines:
        for start, end, digits in phones_in(line.text):
            score = {Part.CONTACT: 2.5, Part.SIGNATURE: 2.0, Part.LABEL: 2.0, Part.LETTERHEAD: 1.5}.get(
                line.part, 0.0
            )
            score += 1.5 if _PHONE_LABEL.search(line.folded[:start].rstrip(" (+:")) else 0.0
            score += 2.0 if digits in known else 0.0
            score += _MOBILE if digits.startswith("5") else 0.0
            confidence = line.confidence(number_starts(line.text, start, end), end)
            yield _Candidate(show_phone(digits), score, confidence, line.spot(start, end))


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
    return _figures(phone)[-10:]


def show_phone(digits: str) -> str:
    """ "0500 000 04 21"."""
    return f"0{digits[:3]} {digits[3:6]} {digits[6:8]} {digits[8:]}"
