"""From a scan's pages to petitions: split, fields read, doubts named, and the stable JSON form (``reading SCAN``)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from daemon.domain.office import Office
from daemon.domain.petitions.dates import dates_in, find_date
from daemon.domain.petitions.form import LIST_UNKNOWN, number_in, read_code
from daemon.domain.petitions.lines import (
    LABEL,
    Part,
    Placed,
    is_addressee,
    lay_out,
    names_subject,
    second_label,
)
from daemon.domain.petitions.petition import (
    NOT_FOUND,
    Condition,
    Fields,
    FormCode,
    Found,
    Page,
    Petition,
    Spot,
)
from daemon.domain.petitions.phones import digits_of, find_phone
from daemon.domain.petitions.places import find_whose
from daemon.domain.petitions.quality import is_borne_out, mended
from daemon.domain.petitions.signing import placed_again
from daemon.domain.petitions.split import begins_petition, split
from daemon.domain.petitions.stack import may_be_stacked
from daemon.domain.petitions.ticks import doubts_of_form, route_form
from daemon.domain.registry import Registry
from daemon.domain.routing.splitting import row_starts
from daemon.domain.routing.values import Nature, Routing
from daemon.domain.text import one_line, tidy

_HARD_TO_READ = 0.72
_SUBJECT_SURE = 0.8
_CLEAR = 0.93
_LEAST_LETTERS = 40
_ABOUT = re.compile(r"[\s.,;:-]*\b(?:[hfne]k|[hl]ik)\b\.?[\s.]*$", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:h[kl]\b|hakkinda)\W*$")
_NOT_SAID = " .,:;-–|_=*'\"«»“”‘’„"
"""Round a subject these are dust or ornament."""
_BARS = re.compile(r"^[iıİI|l(\[]\s+(?=\w{2})|\s+[iıİI|l\]]$")
"""A table's rules beside a cell's words look like one of these."""
_LABEL_AMID = re.compile(r"\s(?:konu(?:su)?|ozet[i]?|ozu)\s*[:;]\s*(?=\S)")
_BESIDE = 0.6
_A_TITLE = 10
"""Words at most."""
_INDENTED = 0.04
"""Of the page's width: a value that stands so far behind the margin has its second line under itself."""
_DAY_BESIDE = 4
"""So many letters wide is the gap before a day in the same line."""
_SECOND_COLON = re.compile(r"^\W*[oO0]{1,2}\s*[:;]\s*")
"""A form's colon, once as a circle."""
_BODY_LABEL = re.compile(
    r"^\W*(?:(?:talebin|dilekcenin)\s*)?(?:aciklama(?:lar)?[iu]?|icerigi)\s*[:;]\s*|^:\s+"
)
"""A form's label before the text itself (folded)."""
_BULLETED = re.compile(r"^\W*(?:\d{1,2}[.)-]|[-•*])\s")


def read_petitions(pages: Sequence[Page], registry: Registry, came: date) -> tuple[Petition, ...]:
    """Every petition of a file that ``came`` that day, in order."""
    return tuple(_read(group, registry, came) for group in split(pages))


def _read(pages: tuple[Page, ...], registry: Registry, came: date) -> Petition:
    if pages[0].form is not None:
        return _from_form(pages, registry)
    lines = lay_out(pages)
    whose = find_whose(lines, registry, [again for page in pages for again in placed_again(page)])
    known = [digits_of(phone) for phone in whose.place.headman.phones] if whose.place else []
    body = _body(lines)
    written = find_date(lines, came)
    fields = Fields(
        neighbourhood=whose.neighbourhood,
        headman=whose.headman,
        written=written,
        subject=_subject(lines, body, written),
        phone=find_phone(lines, known),
    )
    return Petition(pages, fields, body, tuple(_doubts(pages, fields, body, contradicted=whose.contradicted)))


def _from_form(pages: tuple[Page, ...], registry: Registry) -> Petition:
    """Our printed form says whose it is by its code, or where nothing reads that any more, by its printed head; its
    handwriting stays a picture."""
    doubts = [
        f"{page.number}. sayfa okunamadı: {page.reason}"
        for page in pages
        if page.condition is Condition.FAILED
    ]
    codes = ((read_code(code.text), code) for code in pages[0].codes)
    coded = next(((known, code) for known, code in codes if known is not None), None)
    if coded is None:
        return _from_printed_head(pages, registry, doubts)
    known, shown = coded
    place = registry.neighbourhood(known.neighbourhood)
    if place is None:
        doubts.append(f"Formdaki mahalle ({known.neighbourhood}) kayıtlarda yok.")
        return Petition(pages, Fields(), "", tuple(doubts), known)
    spot = Spot(pages[0].number, shown.box)
    fields = Fields(
        neighbourhood=Found(place.name, 0.99, sure=True, spot=spot),
        headman=Found(place.headman.name, 0.9, sure=True, spot=spot),
    )
    return Petition(pages, fields, "", tuple(doubts), known)


def _from_printed_head(pages: tuple[Page, ...], registry: Registry, doubts: list[str]) -> Petition:
    """Sure where the printed neighbourhood and its headman's name say the same."""
    whose = find_whose(lay_out(pages[:1]), registry)
    place, headman = whose.neighbourhood, whose.headman
    agreed = whose.place is not None and headman.value == whose.place.headman.name and bool(headman.spot)
    if whose.contradicted:
        doubts.append("Formun karekodu okunamadı; basılı mahalle ile muhtar adı birbirini tutmuyor.")
    fields = Fields(
        neighbourhood=replace(place, sure=place.sure and agreed and not whose.contradicted), headman=headman
    )
    return Petition(
        pages, fields, "", tuple(doubts), FormCode(place.value, number_in(pages[0].text), LIST_UNKNOWN)
    )


def _doubts(pages: Sequence[Page], fields: Fields, body: str, *, contradicted: bool) -> list[str]:
    found = [
        f"{page.number}. sayfa okunamadı: {page.reason}"
        for page in pages
        if page.condition is Condition.FAILED
    ]
    letters = sum(len(page.text) for page in pages)
    if letters < _LEAST_LETTERS and not found:
        return ["Sayfada okunabilen yazı çok az; el yazısı olabilir."]
    if any(may_be_stacked(page) for page in pages):
        found.append("Sayfada birden fazla dilekçe olabilir; kesin olarak ayrılamadı.")
    confidence = sum(page.confidence * len(page.text) for page in pages) / max(1, letters)
    if confidence < _HARD_TO_READ:
        found.append(f"Yazı güçlükle okunabildi (%{round(100 * confidence)}).")
    if contradicted:
        found.append("Mahalle ile imzadaki muhtar adı birbirini tutmuyor.")
    if not body:
        found.append("Dilekçenin metni bulunamadı.")
    return found


def bears_signs(petition: Petition) -> bool:
    """Whether it looks like a petition: our form, an addressee or letterhead, or a headman's name below some text. A
    photograph or an annex has none of these."""
    signed = petition.fields.headman.spot is not None and bool(petition.body)
    return petition.form is not None or signed or begins_petition(petition.pages[0])


def doubt_of_place(fields: Fields) -> str:
    """Why the neighbourhood needs a person (Turkish); empty when it is sure."""
    if not fields.neighbourhood.value:
        return "Mahalle okunamadı."
    return "" if fields.neighbourhood.sure else f"Mahalle kesin değil: {fields.neighbourhood.value} olabilir."


# --- subject and body -----------------------------------------------------------------------------------------


def _subject(lines: Sequence[Placed], body: str, written: Found) -> Found:
    for n, line in enumerate(lines):
        label = LABEL.match(line.folded)
        if label is None or not names_subject(label["label"]) or line.part is Part.BODY:
            continue
        start = label.start("value")
        end = _end_of(line, start, written)
        if not line.text[start:end].strip():
            continue
        read = plain_subject(line.text[start:end] + _goes_on(lines, n, start))
        value = mended(read, body)
        confidence = line.confidence(start, end)
        whole = confidence >= _SUBJECT_SURE and not _lacks_words(line, start)
        sure = value == read and whole and is_borne_out(read, body, surely_read=_is_clear(lines, confidence))
        return Found(value, round(confidence, 3), sure, line.spot(start))
    for found in (_beside(lines), _titled(lines)):
        if found is not None:
            return found
    return Found(one_line(body, 80), 0.3) if body else NOT_FOUND


def _end_of(line: Placed, start: int, written: Found) -> int:
    """Where a subject ends, if the letter's day stands in the same line ("Konu: Yol            Ankara, 12.03.2026"), or
    a table's second column. Where the gap before a day is narrow, it has to be the one found for the letter."""
    words = line.words_in(start, len(line.text))
    letter = sum(w.box.right - w.box.left for w in words) / max(1, sum(len(w.text) for w in words))
    at = start
    for before, word in zip(words, words[1:], strict=False):
        at = line.text.find(word.text, at + len(before.text))
        is_apart = word.box.left - before.box.right > _DAY_BESIDE * letter
        ends_in_it = written.spot is not None and written.spot == line.spot(at)
        if (is_apart or ends_in_it) and any(dates_in(line.text[at:])):
            return at
    return second_label(line.folded, start)


def _titled(lines: Sequence[Placed]) -> Found | None:
    """A subject without a label: a short line above the text that ends in "hk." or "hakkında"."""
    for line in lines:
        words = len(line.text.split())
        if words > _A_TITLE:
            return None
        if words > 1 and _TITLED.search(line.folded) and not is_addressee(line.folded):
            return Found(
                plain_subject(line.text), round(min(line.confidence(), _BESIDE), 3), spot=line.spot()
            )
    return None


def _beside(lines: Sequence[Placed]) -> Found | None:
    """A subject whose label does not begin the line: columns side by side were read as one line."""
    for line in lines:
        label = _LABEL_AMID.search(line.folded)
        if label and line.height_share < 0.6 and (said := plain_subject(line.text[label.end() :])):
            confidence = min(line.confidence(label.end()), _BESIDE)
            return Found(said, round(confidence, 3), spot=line.spot(label.end()))
    return None


def plain_subject(text: str) -> str:
    """A subject without ornaments and "hk."."""
    framed = _BARS.sub("", _SECOND_COLON.sub("", tidy(text)).strip(_NOT_SAID))
    read = _ABOUT.sub("", framed.strip(_NOT_SAID)).strip(_NOT_SAID)
    return read if "(" in read and ")" in read else read.strip(_NOT_SAID + "()")


def _is_clear(lines: Sequence[Placed], confidence: float) -> bool:
    """Whether so clear a page, and so clear a line, need no second witness: on a copy of a copy Tesseract is sure of
    what it guesses."""
    letters = sum(len(line.text) for line in lines)
    page = sum(line.line.confidence * len(line.text) for line in lines) / max(1, letters)
    return confidence >= _CLEAR and page >= _CLEAR


def _lacks_words(line: Placed, start: int) -> bool:
    """A gap wider than a few letters before or in the subject: something there was not read. Forms have one column
    of labels, so there the gap before the value means nothing, unless that begins in the middle of a sentence."""
    words = line.words_in(start, len(line.text))
    before = line.words_in(0, start) if ":" in line.text[:start] or line.text[start:][:1].islower() else ()
    row = (*before[-1:], *words)
    letter = sum(w.box.right - w.box.left for w in words) / max(1, sum(len(w.text) for w in words))
    return any(b.box.left - a.box.right > 7 * letter for a, b in zip(row, row[1:], strict=False))


def _goes_on(lines: Sequence[Placed], n: int, start: int) -> str:
    """A subject's second line stands under its first, not under its label."""
    if (
        n + 1 >= len(lines)
        or _TITLED.search(lines[n].folded)
        or not (first := lines[n].words_in(start, len(lines[n].text)))
    ):
        return ""
    below = lines[n + 1]
    below_value = first[0].box.left - lines[n].box.left > _INDENTED * below.page_width
    full = lines[n].box.right >= 0.7 * below.page_width
    if not (full or below_value) or below.part in {Part.BODY, Part.CLOSING}:
        return ""
    close = below.box.top - lines[n].box.bottom < 1.2 * lines[n].box.height
    under = abs(below.box.left - first[0].box.left) < 0.03 * below.page_width
    if (
        below.page != lines[n].page
        or not (close and under)
        or LABEL.match(below.folded)
        or is_addressee(below.folded)
    ):
        return ""
    return f" {below.text}"


def _body(lines: Sequence[Placed]) -> str:
    """What is asked: running text, lines joined to paragraphs."""
    paragraphs: list[str] = []
    rows = row_starts([line.text for line in lines])
    for n, (before, line) in enumerate(zip([None, *lines], lines, strict=False)):
        if line.part not in {Part.BODY, Part.CLOSING}:
            continue
        label = _BODY_LABEL.match(line.folded)
        text = line.text[label.end() :] if label else line.text
        if paragraphs and before is not None and n not in rows and _runs_on(before, line):
            paragraphs[-1] = _joined(paragraphs[-1], text)
        else:
            paragraphs.append(text)
    return tidy("\n".join(paragraphs))


def _runs_on(before: Placed, line: Placed) -> bool:
    """Whether a line continues the one above: not after a full stop with an indent, nor at an item of a list."""
    if before.part not in {Part.BODY, Part.CLOSING} or _BULLETED.match(line.text):
        return False
    indented = line.box.left - before.box.left > 0.025 * line.page_width
    return not (indented and before.text.rstrip().endswith((".", ":", "!", "?")))


def _joined(text: str, more: str) -> str:
    if re.search(r"[^\W\d]-$", text) and more[:1].islower():
        return text[:-1] + more
    return f"{text} {more}"


# --- what comes of it -----------------------------------------------------------------------------------------


def route_petition(petition: Petition, office: Office) -> Routing:
    """Whose requests the petition's words, or the ticks on its form, are."""
    if petition.form is not None:
        return route_form(petition, office)
    subject = petition.fields.subject
    return office.router.route(
        subject=subject.value if subject.confidence > 0.3 else "",
        body=petition.body or petition.text,
        neighbourhood=petition.fields.neighbourhood.value,
    )


def doubts_about(petition: Petition, routing: Routing, office: Office) -> tuple[str, ...]:
    """Why a person must look at it (Turkish); empty when it can be filed."""
    place = doubt_of_place(petition.fields)
    found = [*petition.doubts, *([place] if place else []), *doubts_of_form(petition, office)]
    if routing.nature is not Nature.REQUEST or not routing.routes:
        found.append("Belgede bir talep bulunamadı.")
    elif any(route.review for route in routing.routes):
        found.append("Sorumlu müdürlük kesin olarak belirlenemedi.")
    return tuple(found)


def scan_json(pages: Sequence[Page], office: Office, came: date) -> dict[str, object]:
    """The form of ``reading SCAN --json``."""
    return {
        "pages": len(pages),
        "blank_pages": [page.number for page in pages if page.condition is Condition.BLANK],
        "petitions": petitions_json(pages, office, came),
    }


def petitions_json(pages: Sequence[Page], office: Office, came: date) -> list[dict[str, object]]:
    """Its list of petitions alone."""
    return [_petition_json(each, office) for each in read_petitions(pages, office.registry, came)]


def _petition_json(petition: Petition, office: Office) -> dict[str, object]:
    routing = route_petition(petition, office)
    doubts = doubts_about(petition, routing, office)
    fields = petition.fields
    named = {
        "neighbourhood": fields.neighbourhood,
        "headman": fields.headman,
        "date": fields.written,
        "subject": fields.subject,
        "phone": fields.phone,
    }
    return {
        "pages": list(petition.numbers),
        "text": petition.text,
        "body": petition.body,
        "fields": {name: _field_json(found) for name, found in named.items()},
        "form": (petition.form.number or "okunamadı") if petition.form else None,
        "requests": len(routing.routes),
        "directorates": [
            _addressee(route.directorate, route.external_body, office) for route in routing.routes
        ],
        "review": bool(doubts),
        "reason": " ".join(doubts),
    }


def _addressee(code: str, external_body: str, office: Office) -> str | None:
    directorate = office.registry.directorate(code)
    return external_body or (directorate.name if directorate else None)


def _field_json(found: Found) -> dict[str, object]:
    box = found.spot.box if found.spot else None
    return {
        "value": found.value or None,
        "confidence": round(found.confidence, 3),
        "sure": found.sure,
        "page": found.spot.page if found.spot else None,
        "box": [box.left, box.top, box.right, box.bottom] if box else None,
    }
