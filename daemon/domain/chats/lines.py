"""The lines of an exported conversation: where each message begins, when it was written and by whom.

A file is written by one telephone in one way: the build of its lines is settled on its first lines and then holds
for all, so that a date inside a message begins none. Whether day or month comes first is decided for the whole file
too. Everything is linear in the text's length.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from itertools import takewhile

from daemon.domain.clock import ENGLISH_MONTHS, MONTHS, istanbul
from daemon.domain.text import fold

Numbers = tuple[int, int, int]
"""A date's three numbers as written; ``(day, month, year)`` where the month is a word."""

_MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\x00"
_BLANKS = "\u202f\u00a0\u2009\u2007\t"
_MONTHS = {name[:3]: n for names in (MONTHS, ENGLISH_MONTHS) for n, name in enumerate(names, 1)}
_NOON = r"(?:ÖÖ|ÖS|öö|ös|Öö|Ös|OO|OS|[AaPp]\.?[Mm]\.?)"
_DAY = r"(?P<day>\d{1,4}(?P<s>[./-]) ?\d{1,2}(?P=s) ?\d{2,4}|\d{1,2} [^\W\d]{3,8}\.? \d{4})"
_TIME = rf"(?:(?P<before>{_NOON}) ?)?(?P<h>\d{{1,2}})[:.](?P<m>\d\d)(?:[:.](?P<sec>\d\d))?(?: ?(?P<after>{_NOON}))?"
_WHEN = rf"{_DAY}(?:,? (?:saat )?|T| - ){_TIME}"
_BUILDS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[\[(]{_WHEN}[\])] ?(?P<rest>.*)",
        rf"\[{_TIME}, {_DAY}\] (?P<rest>.*)",
        rf"{_WHEN} [-–—] (?P<rest>.*)",
        rf"(?P<name>[^:\[\](){{}}]{{1,60}}?) ?[\[(]{_WHEN}[\])]:? ?(?P<rest>.*)",
        rf"(?P<name>[^:\[\](){{}},\d]{{1,60}}), {_WHEN}:?(?P<rest>)",
        rf"{_WHEN}(?: ?[:|;,]|) (?P<rest>.*)",
    )
)
"""iOS; copied from WhatsApp Web; Android; name first; name and time above the words; anything else behind the time."""
_COLUMNS = re.compile(
    r"^(\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?[ \t;|]{1,3}\d{1,2}[:.]\d\d(?:[:.]\d\d)?)[ ]?[\t;|][ ]?([^\t;|:\n]{1,60}?)[ ]?[\t;|][ ]?",
    re.M,
)
"""Day and time, name and words in columns."""
SELF_NAMED = "~"
"""WhatsApp's mark before the name of somebody whom the telephone's owner has not saved."""
_SAMPLE = 400
"""Lines on which the build is settled."""
_LONGEST_PASTED = 20_000
_LONGEST_NAME = 80


class Order(Enum):
    """What a date's numbers mean, as places in them: (day, month, year)."""

    DAY_FIRST = (0, 1, 2)
    MONTH_FIRST = (1, 0, 2)
    YEAR_FIRST = (2, 1, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """One message as it stands in the file, continuation lines joined; ``minute`` counts from midnight."""

    day: str
    minute: int
    sender: str
    words: str

    @property
    def written(self) -> str:
        """The whole line again, as near as it matters."""
        return f"{self.day} {self.minute // 60:02d}:{self.minute % 60:02d} - {self.words}"

    def moment(self, order: Order) -> datetime | None:
        """Aware UTC; ``None`` when there is no such day."""
        start = _midnight(self.day, order)
        return start + timedelta(minutes=self.minute) if start is not None else None


def clean(text: str) -> str:
    """Without the marks of writing direction, with plain blanks and line ends; columns as Android writes them."""
    for mark in _MARKS:
        text = text.replace(mark, "")
    if _COLUMNS.search(text):
        text = _COLUMNS.sub(r"\1 - \2: ", text)
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\x85", "\n")


def lines_of(text: str, *, most: int) -> list[Line]:
    """The messages in a file, in order; none when it holds no conversation."""
    raw = clean(text).split("\n")
    build = _build_of(raw)
    if build is None:
        return []
    found: list[Line] = []
    head: tuple[str, int, str] | None = None
    body: list[str] = []
    for line in raw:
        begun = _begins(line, build)
        if begun is None:
            body.append(line)
            continue
        if head is not None:
            found.append(Line(*head, "\n".join(body).strip()))
            if len(found) >= most:
                return found
        head, body = begun[:3], [begun[3]]
    if head is not None:
        found.append(Line(*head, "\n".join(body).strip()))
    return found


def is_pasted(text: str) -> bool:
    """Whether messages were copied out of a messenger's window into ``text``: only there times stand in brackets."""
    return any(
        begun is not None and begun[2] and begun[3]
        for line in clean(text[:_LONGEST_PASTED]).split("\n")
        for begun in (_begins(line, build) for build in _BUILDS[:2])
    )


def words_before(text: str) -> str:
    """What stands before the first message of a conversation; all of a text that holds none."""
    raw = clean(text).split("\n")
    build = _build_of(raw)
    kept = raw if build is None else takewhile(lambda line: not _matches(line, build), raw)
    return "\n".join(kept).strip()


def _build_of(raw: Sequence[str]) -> "re.Pattern[str] | None":
    votes: Counter[int] = Counter()
    for line in [line for line in raw[: 10 * _SAMPLE] if line.strip()][:_SAMPLE]:
        if (n := next((n for n, build in enumerate(_BUILDS) if _matches(line, build)), None)) is not None:
            votes[n] += 1
    return _BUILDS[votes.most_common(1)[0][0]] if votes else None


def _matches(line: str, build: "re.Pattern[str]") -> bool:
    return _begins(line, build) is not None


Begun = tuple[str, int, str, str]


def _begins(line: str, build: "re.Pattern[str]") -> Begun | None:
    """(day, minute of the day, sender, words) of a line that begins a message."""
    found = build.match(line.lstrip(" ")) if len(line) > 8 else None
    if found is None:
        return None
    minute = _minute(found["h"], found["m"], found["before"] or found["after"] or "")
    if minute is None or _numbers(found["day"]) is None:
        return None
    rest = found["rest"]
    if "name" in build.groupindex:
        return found["day"], minute, _named(found["name"].strip(" ,-")), rest
    sender, words = _sender_of(rest)
    return found["day"], minute, sender, words


def _sender_of(rest: str) -> tuple[str, str]:
    """(name, words); a line of the messenger itself names nobody before a colon."""
    name, colon, words = rest.partition(":")
    while colon and words and not words.startswith(" ") and len(name) <= _LONGEST_NAME:
        further, colon, words = words.partition(":")  # "10:30'da" or a link stands in no name
        name = f"{name}:{further}"
    if not colon or len(name) > _LONGEST_NAME:
        return "", rest
    return _named(name), words.strip(" ")


def _named(name: str) -> str:
    """With the mark of a name that its bearer gave himself, so that it is told from a contact's."""
    bare = name.strip(" ~")
    return f"{SELF_NAMED} {bare}" if bare and name.lstrip().startswith(SELF_NAMED) else bare


@lru_cache(maxsize=4_096)
def _minute(hour: str, minute: str, noon: str) -> int | None:
    """Minutes since midnight of a time on either clock."""
    h, m = int(hour), int(minute)
    if h > 23 or m > 59:
        return None
    half = fold(noon).replace(".", "")
    if half in {"os", "pm"} and h < 12:
        h += 12
    elif half in {"oo", "am"} and h == 12:
        h = 0
    return 60 * h + m


# --- dates ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16_384)
def _numbers(day: str) -> Numbers | None:
    one, two, three = (
        part.strip() for part in re.split(r"[./-]|(?<=\d) (?=[^\W\d])|\.? (?=\d)", day, maxsplit=2)
    )
    if not two.isdigit():
        month = _MONTHS.get(fold(two)[:3])
        return (int(one), month, int(three)) if month else None
    return int(one), int(two), int(three)


@lru_cache(maxsize=16_384)
def _date(day: str, order: Order) -> date | None:
    numbers = _numbers(day)
    if numbers is None:
        return None
    order = _fixed_order(day) or order
    d, m, y = (numbers[place] for place in order.value)
    try:
        return date(y + 2000 if y < 100 else y, m, d)
    except ValueError:
        return None


@lru_cache(maxsize=16_384)
def _midnight(day: str, order: Order) -> datetime | None:
    found = _date(day, order)
    return istanbul(found).astimezone(UTC) if found is not None and 2009 <= found.year <= 2100 else None


def _fixed_order(day: str) -> Order | None:
    """A month's name or a year of four digits in front leaves no choice."""
    if len(day.split(" ")) == 3 and not day.replace(" ", "").isdigit() and any(c.isalpha() for c in day):
        return Order.DAY_FIRST
    return Order.YEAR_FIRST if re.match(r"\d{4}", day) else None


def order_of(days: Sequence[str], *, until: date | None = None) -> Order:
    """Whether the day or the month comes first in this file.

    A number above twelve decides; then, where slashes are written (nobody puts the month before a dot), that nothing is written in the future; then that a conversation does not run
    backwards, that its days lie close together, and that it is exported soon after its last message. What none of
    them tells apart has its day first, as Turkey writes.
    """
    written = [day for day, _ in _runs(days) if _fixed_order(day) is None]
    if not written:
        return Order.DAY_FIRST
    slashes = any("/" in day for day in written)
    judges: tuple[Callable[[Order], int], ...] = (
        lambda order: sum(_date(day, order) is None for day in dict.fromkeys(written)),
        lambda order: _late(written, order, until),
        lambda order: _steps_back(written, order),
        lambda order: _span(written, order),
        lambda order: _age(written, order, until),
    )
    for judge in judges if slashes else judges[:1]:
        one, other = judge(Order.DAY_FIRST), judge(Order.MONTH_FIRST)
        if one != other:
            return Order.DAY_FIRST if one < other else Order.MONTH_FIRST
    return Order.DAY_FIRST


def _runs(days: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each run of equal days once, with its length."""
    before, length = "", 0
    for day in days:
        if day != before:
            if length:
                yield before, length
            before, length = day, 0
        length += 1
    if length:
        yield before, length


def _late(days: Sequence[str], order: Order, until: date | None) -> int:
    if until is None:
        return 0
    last = until + timedelta(days=1)
    return sum(1 for day in dict.fromkeys(days) if (found := _date(day, order)) is not None and found > last)


def _steps_back(days: Sequence[str], order: Order) -> int:
    found = [day for written in days if (day := _date(written, order)) is not None]
    return sum(1 for one, other in zip(found, found[1:], strict=False) if other < one)


def _span(days: Sequence[str], order: Order) -> int:
    """Days that the conversation takes."""
    found = [day for written in days if (day := _date(written, order)) is not None]
    return (max(found) - min(found)).days if found else 0


def _age(days: Sequence[str], order: Order, until: date | None) -> int:
    """Half months from the last message to the export."""
    last = _date(days[-1], order)
    return (until - last).days // 15 if until is not None and last is not None else 0
