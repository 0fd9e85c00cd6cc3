"""Days to come in an answer: what is to be finished on one of them is not finished yet, whatever else closes it."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from daemon.domain.answers import finishing, phrases
from daemon.domain.answers.heads import fold_aligned
from daemon.domain.answers.soon import COUNTS, DAYS, latest
from daemon.domain.clock import MONTHS, day_of, show_day
from daemon.domain.petitions.dates import dates_in

_WITHOUT_YEAR = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})\b(?!\W*20\d\d)")
_WEEKDAY = rf"(?:{'|'.join(DAYS)})"
_NO_DAY = "gunler|pazar(?!tesi)|sok|sk|cad|cd|mah|bulvar|meydan|cami|dere"
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(COUNTS)}|birkac)"
_SOON = re.compile(
    rf"\bhaftaya(?: {_WEEKDAY})?\b|\byarin\b|\b(?:gelecek|onumuzdeki) (?:hafta|ay|gun|{_WEEKDAY})\w*|"
    rf"\b(?:hafta|ay) (?:sonu|basi|ortasi)\w*|\b(?:{'|'.join(MONTHS)}) ay\w*(?: (?:sonu|basi|ortasi|icinde)\w*)?|"
    rf"\b{_COUNT} (?:is )?(?:gun|hafta|ay)\w* (?:icinde|icerisinde|sonra)|"
    rf"(?<!\bher )\b(?!pazar\b(?! gun)){_WEEKDAY}\b(?! (?:{_NO_DAY})\w*)(?: gun\w*)?"
)
"""Days that only what is said of them puts into the future: "pazartesi günü" may have been. What is done every week is
put off to none, and a market ("pazar yeri"), a street or a mosque may bear a day's name."""
FUTURE = re.compile(
    r"\b(?!\w*m[ae]y[ae]c)\w{2,}[ae]c[ae](?:k(?:t[iu]r|l[ae]r(?:d[iu]r)?)?|g[iu]z|g[iu]m)\b(?! (?:olan|sekilde|kadar))|"
    r"\b(?:planlan|ongorul|hedeflen|programlan)(?!m[ae]m)\w*"
)
"""What will be, or is planned."""
WILL = re.compile(
    FUTURE.pattern + r"|"
    r"\b(?:(?:teslim|tamir|monte|imal) eder(?:iz|ler)?|biter|bitiririz|bitirilir|bit\w* olur|yapariz|yapilir|"
    r"tamamlanir|tamamlariz|baslariz|baslanir|geliriz|hallederiz|hallolur|onaririz|onarilir|temizleriz|temizlenir|takilir|"
    r"takariz|kapatilir|kapatiriz|cozulur|cozeriz|(?:bitir|yap|basla|gel|tamamla)[iu]yoruz)\b"
)
"""The same, or a present tense that says it of a day to come."""
_OF_ANOTHER_TIME = re.compile(
    r"\b(?:sonraki|periyodik|rutin|duzenli|garanti|gecerli|vade|tekrar|yeniden|randevu|sure(?!kli|c)|sozlesme|kira(?!z|lik))\w*"
)
"""What comes after the work itself, or runs until a day: the next control, a guarantee."""
_UNTIL = re.compile(r"\b(?:kadar|tarihli|sayili)\b")
_FEW = 5
"""So many words of a sentence may stand around a day that is all that it says."""


def promised(text: str, now: datetime) -> str:
    """The day to come, as written, on which ``text`` says that the work will be finished, or was: "" if it names none.

    A day that has not come on which something "was" finished is a slip, or a plan entered as done.
    """
    sentences = phrases.SENTENCE.findall(text)
    return next((day for each in sentences if (day := promised_in(each, fold_aligned(each), now))), "")


def last_day(text: str, now: datetime) -> date | None:
    """The last day for which ``text`` promises the work, "haftaya" being the next week's last; ``None`` where it
    promises none."""
    promising = (
        each for each in phrases.SENTENCE.findall(text) if promised_in(each, fold_aligned(each), now)
    )
    return max((day for each in promising if (day := _last_in(each, day_of(now)))), default=None)


def _last_in(sentence: str, today: date) -> date | None:
    folded = fold_aligned(sentence)
    soon = _SOON.search(folded)
    named = max((day for day, _ in _days_to_come(sentence, folded, today)), default=None)
    return named or (latest(soon[0], today) if soon else None)


def promised_in(sentence: str, folded: str, now: datetime) -> str:
    """The same of one sentence; what it says is read in ``folded``, which is as long."""
    if _OF_ANOTHER_TIME.search(folded):
        return ""
    day = next(_days_to_come(sentence, folded, day_of(now)), None)
    soon = _SOON.search(folded)
    if not day and not soon:
        return ""
    done = next((found for found in finishing.DONE.finditer(folded)), None)
    bare = not done and len(re.findall(r"[^\W\d_]+", folded)) < _FEW and not phrases.NEGATION.search(folded)
    shown = show_day(day[0]) if day else sentence[soon.start() : soon.end()] if soon else ""
    if WILL.search(folded) or bare:
        return shown
    if not day or not done or done.start() < day[1]:
        return ""
    return "" if _UNTIL.search(folded[day[1] : done.start()]) else shown


def _days_to_come(sentence: str, folded: str, today: date) -> Iterator[tuple[date, int]]:
    """Each with where it ends."""
    for _, end, day in dates_in(sentence):
        if day > today:
            yield day, end
    for found in _WITHOUT_YEAR.finditer(folded):
        near = _nearest(int(found[1]), MONTHS.index(found[2]) + 1, today)
        if near and near > today:
            yield near, found.end()


def _nearest(day: int, month: int, today: date) -> date | None:
    """The day of this month's name nearest to today."""
    around = (today.year - 1, today.year, today.year + 1)
    try:
        return min((date(year, month, day) for year in around), key=lambda each: abs(each - today))
    except ValueError:
        return None
