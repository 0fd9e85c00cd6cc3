"""What the office is told of structured mails and lists: what cannot be read, what must be seen to."""

from collections.abc import Sequence
from dataclasses import dataclass

from daemon.domain.clock import day_of
from daemon.domain.decision import NOTHING, Outcome
from daemon.domain.review import Review
from daemon.domain.structured import deciding as foreign
from daemon.domain.structured.labels import label_key
from daemon.domain.structured.reading import Told
from daemon.domain.structured.sources import Record, SourceRule
from daemon.domain.text import one_line
from daemon.steps.asking import alarming
from daemon.steps.case import Case
from daemon.steps.sheet_sync import office_notices

MOST_SHOWN = 30
"""Rows or numbers listed in one notice or line of ``İnceleme``."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a structured mail, and in a Turkish sentence what it was."""

    outcome: Outcome
    reason: str


def why_unread(told: Told, fault: str) -> str:
    reason = told.contradicts or next((why for _, why in told.broken), "kayıt bulunamadı")
    return f"{reason}; {fault}" if fault else reason


def unread(case: Case, rule: SourceRule, told: Told | None, why: str, *, tell: bool = True) -> Taken:
    """Recognised, but not to be read or believed: nothing is lost, a person sees it, the office is told once a day."""
    reason = f"{rule.name} iletisi işlenemedi: {why}."
    records = [*told.records, *(record for record, _ in told.broken)] if told else []
    read = "\n\n".join(filter(None, [*(record.told() for record in records[:MOST_SHOWN]), case.reading.text]))
    review = Review(
        key=foreign.review_key(rule.channel, f"?{case.event}"),
        opened_at=case.now,
        reason=reason,
        arrival_id=case.stored.id,
        sender=case.sender_shown,
        neighbourhood=_neighbourhood(case, records),
        subject=one_line(case.reading.subject) or "(konusuz)",
        read=read or "(metin okunamadı)",
        link=case.box.files[0] if case.box.files else "",
    )
    lines = (
        reason,
        f"Gönderen: {case.sender_shown}; konu: {one_line(case.reading.subject) or '(konusuz)'}.",
        "Kayıt İnceleme sayfasında bekliyor; aslı saklandı. Sistemin ileti veya liste biçimi değiştiyse yeni "
        "etiketleri mappings.yaml dosyasında sources bölümüne ekleyiniz.",
    )
    key = f"source/{rule.name}/{day_of(case.now)}"
    notices = office_notices(key, f"{rule.name}: okunamayan ileti", lines, case.office) if tell else []
    return Taken(alarming(case.office, review) + Outcome(notices=tuple(notices)), reason)


def _neighbourhood(case: Case, records: Sequence[Record]) -> str:
    place = foreign.find_place(records[0].facts, case.office.registry).place if len(records) == 1 else None
    return place.name if place else ""


def told_office(case: Case, told: Told, *, still_open: Sequence[str], fault: str, summary: str) -> Outcome:
    """One notice for a whole list, only when there is something to see to."""
    return _labels_told(case, told) + _records_told(case, told, still_open, fault, summary)


def _labels_told(case: Case, told: Told) -> Outcome:
    """Each label that is not known, once: its words went along, but another list may need it for more."""
    lines = (
        "“{}” etiketi tanınmıyor; altındaki bilgi talebin açıklamasına eklendi.",
        "Etiket bilinen bir bilginin (talep metni, tarih gibi) yeni adıysa mappings.yaml dosyasında sources "
        "bölümünün ilgili satırına ekleyiniz. "
        "Bu etiket için yeniden bildirim yapılmayacaktır.",
    )
    return Outcome(
        notices=tuple(
            notice
            for label in told.unknown[:MOST_SHOWN]
            for notice in office_notices(
                f"source/{told.rule.name}/label/{label_key(label)}",
                f"{told.rule.name}: tanınmayan etiket",
                (lines[0].format(one_line(label, 80)), lines[1]),
                case.office,
            )
        )
    )


def _records_told(case: Case, told: Told, still_open: Sequence[str], fault: str, summary: str) -> Outcome:
    lines: list[str] = []
    asked = NOTHING
    if still_open:
        shown = ", ".join(still_open[:MOST_SHOWN])
        lines.append(
            f"Cevabı girildi olarak işaretlenmiş, ancak {told.rule.name} kaydında hâlâ açık görünen talepler: "
            f"{shown}. İşaretleri kaldırıldı; cevaplar MBS Cevapları sayfasında yeniden bekliyor."
        )
    if told.broken:
        asked = alarming(case.office, _broken_rows(case, told))
        lines.append(f"{len(told.broken)} kayıt okunamadı; İnceleme sayfasında bekliyor.")
    if fault:
        lines.append(f"Okunamayan dosya: {fault}.")
    if not lines:
        return NOTHING
    lines.append(f"Özet: {summary}.")
    title = f"{told.rule.name}: ilgilenilmesi gereken kayıtlar"
    notices = office_notices(f"source/{case.event}", title, tuple(lines), case.office)
    return asked + Outcome(notices=tuple(notices))


def _broken_rows(case: Case, told: Told) -> Review:
    """Rows without a number or words, together on one line of ``İnceleme``."""
    rows = [
        f"{record.place or 'Kayıt'} ({why}): {'; '.join(record.told().splitlines())}"
        for record, why in told.broken[:MOST_SHOWN]
    ]
    more = len(told.broken) - len(rows)
    return Review(
        key=f"mail/{case.event}",
        opened_at=case.now,
        reason=f"{told.rule.name}: {len(told.broken)} kayıt okunamadı (sistem numarası veya metin yok).",
        arrival_id=case.stored.id,
        sender=case.sender_shown,
        subject=one_line(case.reading.subject) or "(konusuz)",
        read="\n".join(rows) + (f"\n… ve {more} kayıt daha" if more else ""),
        link=case.box.files[0] if case.box.files else "",
    )
