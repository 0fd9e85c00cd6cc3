"""The day that a petition bears, where OCR takes O for 0 and l for 1."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from rapidfuzz import fuzz

from daemon.domain.clock import MONTHS
from daemon.domain.petitions.lines import Part, Placed
from daemon.domain.petitions.numbers import Candidate, best_of, figures_in
from daemon.domain.petitions.petition import NOT_FOUND, Box, Found
from daemon.domain.text import fold

_D = r"[0-9oOlIıiİ|]"
_SEPARATOR = r"\s{0,2}[./,\-–·:]\s{0,2}"
_NUMERIC = re.compile(
    rf"(?<![a-zçğıöşü\d/])({_D}{{1,2}}){_SEPARATOR}({_D}{{1,2}}){_SEPARATOR}['’]?([12l]{_D}{{3}}|\d\d)(?![\d/])"
)
_SLASHES_AS_ONES = re.compile(r"(?<!\d)(\d\d)[17l|I](\d\d)[17l|I](20\d\d)(?!\d)")
"""25/07/2026 read as 2510712026, or as 2510772026."""
_POINT_LOST = re.compile(r"(?<![\d./-])(\d\d)(?:[./-](\d\d)|(\d\d)[./-])(20[2-5]\d)(?![\d./-])")
"""23.102026, where one point was not seen."""
_SPECKLED_YEAR = re.compile(r"(?<!\d)(\d\d)[./-](\d\d)[./-](20(?:\d[^\W\d_]\d|[^\W\d_]\d\d))(?!\w)")
"""24/03/202b6: a speck among the figures."""
_WORDY = re.compile(r"(?<!\w)([\doOzZlI]{1,2})(?:\s*[.'’]\s*|\s+)([^\W\d]{3,8})[\s.:;,-]{1,3}(20\d\d)(?!\d)")
_YEAR_LOST = re.compile(
    rf"(?<![\d/.,])(?:({_D}{{1,2}}){_SEPARATOR}(\d{{1,2}})|(\d\d) (\d\d))\b(?!\W*[^\W\d]{{2}})"
)
_WORDY_YEAR_LOST = re.compile(r"(?<!\w)([\doOzZlI]{1,2})(?:\s*[.'’]\s*|\s+)([^\W\d]{4,8})\b")
"""27 Ağustos 2(, 26.12.2073, 21 09: the year was misread or lost."""
_ROMAN = re.compile(r"(?<!\d)(\d{1,2})\s?[./]\s?(I{1,3}|IV|VI{0,3}|IX|XI{0,2})\s?[./]\s?(20\d\d)(?!\d)")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
"""16.IX.2024"""
_MONTH_FIRST = re.compile(
    r"(?<!\w)([^\W\d]{4,7})(?:['’]?[ıiuü]n|\s+ay[ıi]n[ıi]n)\s+(\d{1,2})['’]?[^\W\d]{0,4}\W{1,3}(20\d\d)(?!\d)"
)
"""Haziran'ın 16'sı, 2025"""
_DIGITS = str.maketrans("oOlIıiİ|", "00111111")
_Z = str.maketrans("zZ", "22")
_CUT_SHORT = re.compile(r"\d[./-]0\d[./-]")
"""5.02.2026: who writes the month with a nought does so with the day, so a figure was lost."""
_YEAR_CUT = re.compile(r"\D20$")
"""18/09/20: of 2026 the second half was lost; what was written in 2020 does not come in now."""
_AT_MOST = 0.8
_GUESSED_YEAR = 0.5
_YEAR_MISREAD = 9
"""Letters at most that a misread year leaves behind day and month."""
_BEHIND_DAY = re.compile(r"\W*\bimza\W*$")
"""What may stand beside the day without being its year."""
_SWOLLEN_YEAR = re.compile(r"\W{0,3}(\d{5})\b")
_SHORT = 5
_LIKE_A_MONTH = 72
"""Of 100, how like a month's name a word has to be."""
_REFERRED = re.compile(
    r"^\W*(?:ve\b|tarihli|tarihinde|tarihinden|tarihine|gunu|gunlu|itibari|tarih\s+ve|'?\s*d[ea]\b|yilinda"
    r"|sabahi\b|aksami\b|gecesi\b)"
)
_OTHER_LABEL = re.compile(
    r"\b(?:rapor|olay|dogum|karar|muayene|fatura|kaza|ariza|toplanti|nikah|vefat|olum|sozlesme|ihtar|teblig|kira)\w*"
    r"\s+tarih[i]?\W*$"
)
"""Rapor tarihi: what is told of has a day, too."""
_DATE_LABEL = re.compile(r"\btarih[i]?\s*[:;.=]?\s*$")
_REGISTRY = re.compile(r"\bevrak\b.{0,12}\b(?:kayit|kayd|giris)|\bgelen\s*evrak|\bkayit\s*(?:no|tarih)")
_STAMPED = 0.05
"""Of the page's width, so far apart two lines of one stamp may stand."""
_PASSED_ON = re.compile(r"\bhavale")
_NUMBERED = re.compile(r"\bevrak\b.{0,3}\bno")
"""In a register's stamp; below a headman's letterhead it is his own number."""
_OWN_HEAD = re.compile(r"muhtarli[gk]")
_WRITTEN_THAT_DAY = re.compile(
    r"^\W*tarihinde\s+(?:(?:tarafi|bu|is|dilekce|yazi)\w*\s+){0,3}"
    r"(?:duzenlen|yazil|imzalan|hazirlan|yazdi|yaziyor|kaleme)"
)
_ITSELF = re.compile(r"\b(?:isbu|bu)\s+(?:dilekce|yazi|talep)|\btarafim")
"""İşbu dilekçe 29 Temmuz 2024 tarihinde düzenlenmiştir; "12.01.2024 tarihinde düzenlenmiş tutanak" is another paper."""
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
_SPACED = re.compile(
    r"(?:(?<!\d)(?<!\d )|(?<=\d )(?=[\d ]{10}$))(\d\d)[ ./,:-]{1,3}(\d\d)[ ./,:-]{1,3}(20[0-5]\d)(?! ?\d)"
)
"""28 09. 2026, where a point was not seen."""
_LABELLED = re.compile(r"(?:(?<=tarih)[i]?\W{1,3}|^\s*)(\d{1,2}) (\d{1,2}) (20[0-5]\d)\s*$", re.IGNORECASE)
"""Tarih 5 12 2025: behind its label, or alone, no points are needed."""
_RUN_TOGETHER = re.compile(r"(?<=tarih)[i]?\W{1,3}(\d\d)(\d\d)(20[2-5]\d)\s*$", re.IGNORECASE)
"""Tarih 15102025: both points were lost."""
_SHORTLY = 60
"""Petitions come within so many days of what they bear."""
SURE_DIGITS = 0.86
"""Words with figures are believed from this confidence on: a figure misread leaves no trace in spelling."""


def find_date(lines: Sequence[Placed], came: date) -> Found:
    """The day that the petition bears: labelled, or alone in the head or beside the signature; not one it tells of.
    Where only its year cannot be read, the last such day until the petition ``came`` is a guess."""
    found = best_of(_dates(lines, came), SURE_DIGITS)
    return found if found.value else next(_days_without_year(lines, came), NOT_FOUND)


def _dates(lines: Sequence[Placed], came: date) -> Iterator[Candidate]:
    for n, line in enumerate(lines):
        for start, end, day in dates_in(line.text):
            before, after = line.folded[:start], line.folded[end:]
            if _is_of_others(lines, n, line.spot(start, end).box):
                continue
            onward = f"{after} {lines[n + 1].folded}" if n + 1 < len(lines) else after
            score = {Part.LETTERHEAD: 2.5, Part.LABEL: 2.5, Part.ADDRESSEE: 1.0, Part.REFERENCE: -3.0, Part.BODY: 0.0,
                     Part.CLOSING: 0.5, Part.SIGNATURE: 2.2, Part.CONTACT: 1.0}[line.part]  # fmt: skip
            alone = len(line.text) - (end - start)
            score += 1.5 if _DATE_LABEL.search(before) else 0.0
            score += 1.0 if alone <= 12 else 0.0
            score += 2.0 if alone <= 4 and line.part is Part.BODY and line.height_share < _TOP else 0.0
            itself = _tells_of_itself(before, onward)
            score += 4.0 if itself else 0.0
            of_another = _REFERRED.match(after) or _OTHER_LABEL.search(before)
            score -= 3.0 if of_another and not itself else 0.0
            score += 2.0 if _CLOSED.search(before) and not after.strip() else 0.0
            if score >= 0:
                confidence = line.confidence(start, end)
                said = line.text[start:end]
                if _YEAR_CUT.search(said):
                    day = next(_last_such_day(day.day, day.month, came), day)
                if _CUT_SHORT.match(said) or _YEAR_CUT.search(said) or _is_of_another_year(day, came):
                    confidence = min(confidence, _AT_MOST)
                yield Candidate(day.isoformat(), score, confidence, line.spot(start, end))
    yield from _days_across(lines)


def _is_of_another_year(day: date, came: date) -> bool:
    """Whether the same day stands shortly before the petition came: an older year is rather misread, or mistyped."""
    return any(
        day < each and (came - each).days <= _SHORTLY for each in _last_such_day(day.day, day.month, came)
    )


def _tells_of_itself(before: str, after: str) -> bool:
    written = _WRITTEN_THAT_DAY.match(after)
    return written is not None and _ITSELF.search(f"{before[-_CROSSING:]} {written[0]}") is not None


def _days_across(lines: Sequence[Placed]) -> Iterator[Candidate]:
    """The day on which a letter says that it was written, if it begins in one line and ends in the next."""
    for line, below in zip(lines, lines[1:], strict=False):
        tail, at = line.text[-_CROSSING:], max(0, len(line.text) - _CROSSING)
        for start, end, day in dates_in(f"{tail} {below.text}"):
            into = end - len(tail) - 1
            if start < len(tail) < end and _tells_of_itself(line.folded[: at + start], below.folded[into:]):
                confidence = min(line.confidence(at + start), below.confidence(0, into))
                yield Candidate(day.isoformat(), 4.0, confidence, line.spot(at + start))


def _days_without_year(lines: Sequence[Placed], came: date) -> Iterator[Found]:
    """Behind a label, or with nothing else in a line outside of the text, or behind the closing words."""
    for n, line in enumerate(lines):
        if line.part is Part.REFERENCE:
            continue
        for start, end, day, month in _days_and_months(line.text):
            if _is_of_others(lines, n, line.spot(start, end).box):
                continue
            before = line.folded[:start]
            labelled = _DATE_LABEL.search(before)
            alone = not before.strip() and line.part not in {Part.BODY, Part.CLOSING}
            ends = len(_BEHIND_DAY.sub("", line.folded[end:])) <= _YEAR_MISREAD
            if labelled or ((alone or _CLOSED.search(before)) and ends):
                swollen = _without_a_figure(day, month, line.folded[end:])
                days = [each for each in swollen if each <= came] or _last_such_day(day, month, came)
                for written in days:
                    share = min(line.confidence(start), _GUESSED_YEAR)
                    yield Found(written.isoformat(), round(share, 3), spot=line.spot(start))


def _without_a_figure(day: int, month: int, after: str) -> list[date]:
    """The days of a year that has a figure too many, a speck or another part of one: 23/03/20324."""
    found = _SWOLLEN_YEAR.match(after)
    years = {int(found[1][:n] + found[1][n + 1 :]) for n in range(5)} if found else set()
    days = (_made(day, month, year) for year in sorted(years, reverse=True))
    return [each for each in days if each is not None]


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


def _is_of_others(lines: Sequence[Placed], n: int, place: Box) -> bool:
    """Whether a day there is that of whoever took the petition in or passed it on, or of the machine that sent it."""
    folded = lines[n].folded
    return bool(_FAXED.search(folded) or _PASSED_ON.search(folded)) or _is_registered(lines, n, place)


def _is_registered(lines: Sequence[Placed], n: int, place: Box) -> bool:
    """Whether a day at ``place`` stands in a register's stamp: "… BAŞKANLIĞI / Evrak Kayıt / Tarih …"."""
    near = [line for line in lines[max(0, n - 3) : n + 2] if line.page == lines[n].page]
    above = lines[max(0, n - 2) : n]
    signs = [_REGISTRY] if any(_OWN_HEAD.search(line.folded) for line in above) else [_REGISTRY, _NUMBERED]
    slack = round(_STAMPED * lines[n].page_width)
    for line in near:
        found = (sign.search(line.folded) for sign in signs)
        if any(_is_above(line.spot(*each.span()).box, place, slack) for each in found if each):
            return True
    in_foot = lines[n].part in {Part.SIGNATURE, Part.CONTACT}
    return in_foot and any(_INSTITUTION.search(line.folded) for line in above)


def _is_above(one: Box, other: Box, slack: int) -> bool:
    """Whether they stand above each other, as the lines of a stamp do."""
    return min(one.right, other.right) + slack > max(one.left, other.left)


def dates_in(text: str) -> Iterator[tuple[int, int, date]]:
    """(start, end, day) of every date written in ``text``."""
    for found in _numeric(text):
        day, month, year = (int(part.translate(_DIGITS)) for part in found.groups())
        if (made := _made(day, month, year if year > 99 else 2000 + year)) is not None:
            yield found.start(), found.end(), made
    for found in chain(
        *(
            each.finditer(text)
            for each in (_SLASHES_AS_ONES, _SPACED, _SPECKLED_YEAR, _LABELLED, _RUN_TOGETHER, _POINT_LOST)
        )
    ):
        if _NUMERIC.search(found.group()):
            continue  # told above
        if (made := _made(*(int(figures_in(part)) for part in found.groups() if part))) is not None:
            yield found.start(1), found.end(), made
    for found in _WORDY.finditer(text):
        if (month := _month_of(found[2])) and (made := _made(_day_of(found[1]), month, int(found[3]))):
            yield found.start(), found.end(), made
    for found in _ROMAN.finditer(text):
        if made := _made(int(found[1]), _ROMANS.index(found[2]) + 1, int(found[3])):
            yield found.start(), found.end(), made
    for found in _MONTH_FIRST.finditer(text):
        if (month := _month_of(found[1])) and (made := _made(int(found[2]), month, int(found[3]))):
            yield found.start(), found.end(), made


def _month_of(text: str) -> int:
    """The month whose name is most like it, or begins so ("Haz."), from 1 on; 0 if none is."""
    word = fold(text)
    if len(word) < _SHORT and (begun := [n for n, name in enumerate(MONTHS, 1) if name.startswith(word)]):
        return begun[0] if len(word) > 2 else 0
    likeness, best = max((fuzz.ratio(word, name), -n) for n, name in enumerate(MONTHS, 1))
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


def _made(day: int, month: int, year: int) -> date | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
