"""What holds for every letter, how its recipient's rank is heeded, and what the office itself is told."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from daemon.domain.notice import Occasion
from daemon.domain.registry import ExternalBody
from daemon.wording.facts import samples
from tests.wording.desk import (
    LIAISON,
    MANAGER,
    NOW,
    REGISTRY,
    SUPERIOR,
    WORDING,
    html,
    letter,
    parsed,
    plain,
    request,
    said,
    seen,
    wording,
)

NUMBER = "MHT-2026-000123"
EVERY = [(occasion, sample) for occasion in Occasion for sample in samples(occasion, REGISTRY, NOW)]


@pytest.mark.parametrize(("occasion", "sample"), EVERY, ids=lambda value: getattr(value, "value", ""))
def test_every_occasion_is_worded_for_every_sample(occasion: Occasion, sample: tuple) -> None:  # type: ignore[type-arg]
    worded = WORDING.word(*sample, NOW)
    assert parsed(worded)["X-Muhtarlik-Letter"] == occasion.value
    for text in (plain(worded), html(worded), worded.subject):
        assert text.strip()
        assert not re.search(r"\bNone\b|\{\{|\{%|Undefined|<built-in|object at 0x", text)
    assert max(map(len, plain(worded).splitlines())) < 78
    assert "\n\n\n" not in plain(worded)
    assert '<html lang="tr">' in html(worded)
    for text in (said(worded), seen(worded)):
        assert f"{REGISTRY.office_name} {REGISTRY.office_address} " in text


def test_all_templates_are_well() -> None:
    assert WORDING.faults(NOW) == []


def test_a_request_that_the_ledger_lost_is_left_out() -> None:
    from daemon.domain.notice import Notice

    notice = Notice("k", Occasion.LIAISON_REMINDER, LIAISON, (NUMBER, "MHT-2026-000999"))
    worded = WORDING.word(notice, {NUMBER: request()}, NOW)
    assert worded.subject.startswith(f"[{NUMBER}] ")
    assert "ve 1 talep daha" not in worded.subject


def test_a_changed_register_is_taken_up_without_compiling_again() -> None:
    from dataclasses import replace

    renamed = replace(REGISTRY, office_name="Yeni Ad Müdürlüğü")
    changed = WORDING.with_registry(renamed)
    assert changed is WORDING.with_registry(renamed)
    assert WORDING.with_registry(REGISTRY) is WORDING
    worded = letter(Occasion.HEADMAN_CONFIRMATION, request(), using=changed)
    assert "Yeni Ad Müdürlüğü" in said(worded)
    assert "Örnek Belediyesi" in said(letter(Occasion.HEADMAN_CONFIRMATION, request()))


@pytest.mark.parametrize(
    ("recipient", "opening", "verb", "not_said"),
    [
        (MANAGER, "FEN İŞLERİ MÜDÜRLÜĞÜNE", "rica ederiz", "arz ederiz"),
        (SUPERIOR, "Sayın Müdürüm,", "arz ederiz", "rica ederiz"),
        ("baska@ornek.bel.tr", "Sayın Yetkili,", "rica ederiz", "arz ederiz"),
    ],
)
@pytest.mark.parametrize(
    "occasion", [Occasion.MANAGER_LATE, Occasion.LIAISON_URGENT, Occasion.DIRECTORATE_DIGEST]
)
def test_the_verb_follows_the_rank(
    occasion: Occasion, recipient: str, opening: str, verb: str, not_said: str
) -> None:
    worded = letter(occasion, request(due=date(2026, 12, 1)), recipient=recipient)
    assert plain(worded).startswith(opening + "\n")
    for text in (said(worded), seen(worded)):
        assert verb in text
        assert not_said not in text


def test_the_digest_shows_its_figures() -> None:
    facts = {
        "directorate": "Fen İşleri Müdürlüğü",
        "open": 1234,
        "late": 77,
        "due_this_week": 55,
        "closed_last_week": 99,
        "days_left": {NUMBER: 4},
    }
    worded = letter(Occasion.DIRECTORATE_DIGEST, request(), recipient=MANAGER, facts=facts)
    assert worded.subject == "Haftalık talep özeti – Fen İşleri Müdürlüğü (07.12.2026)"
    for text in (said(worded), seen(worded)):
        assert "Fen İşleri Müdürlüğünün 07.12.2026 tarihi itibarıyla" in text
        assert all(figure in text for figure in ("1234", "77", "55", "99", "4 iş günü kaldı"))


def test_the_office_is_told_line_by_line() -> None:
    facts = {"title": "Bir adrese ileti ulaşmıyor", "lines": ("İlk satır.", "", "İkinci satır.")}
    worded = letter(Occasion.OFFICE_NOTICE, recipient=SUPERIOR, facts=facts)
    assert worded.subject == "Bir adrese ileti ulaşmıyor"
    for text in (said(worded), seen(worded)):
        assert "İlk satır. İkinci satır." in text


def test_reviews_may_lack_everything_but_their_reason() -> None:
    facts = {"reviews": [{"reason": "Boş ileti."}], "more": 2, "held": 3}
    worded = letter(Occasion.OFFICE_REVIEW, recipient="buro@ornek.bel.tr", facts=facts)
    assert worded.subject == "İnceleme: 3 kayıt kararınızı bekliyor"
    for text in (said(worded), seen(worded)):
        assert "Boş ileti." in text
        assert "2 kayıt daha" in text
        assert "3 ileti, okunamadığı ya da istenmeyen ileti sanıldığı için bekletilmektedir; asılları" in text


def test_the_subject_of_a_daily_letter_tells_of_both_duties() -> None:
    telling = {"number": "MHT-2026-000001", "kind": "Sonuç", "way": "Telefonla", "headman": "Ali Veli"}
    telling |= {"neighbourhood": "Yayla", "phone": "", "due": date(2026, 12, 9), "is_late": False}
    facts = {"reviews": [{"reason": "Boş ileti."}], "tellings": [telling], "more_tellings": 6}
    worded = letter(Occasion.OFFICE_REVIEW, recipient="buro@ornek.bel.tr", facts=facts)
    assert worded.subject == "İnceleme: 1 kayıt kararınızı bekliyor; Bildirilecekler: 7 bildirim"


def test_what_is_late_is_told_in_words_and_not_by_colour_alone() -> None:
    telling = {"number": "MHT-2026-000001", "kind": "Sonuç", "way": "Telefonla", "headman": "Ali Veli"}
    telling |= {"neighbourhood": "Yayla", "phone": "", "due": date(2026, 12, 4), "is_late": True}
    worded = letter(Occasion.OFFICE_REVIEW, recipient="buro@ornek.bel.tr", facts={"tellings": [telling]})
    for text in (said(worded), seen(worded)):
        assert "Son gün: 04.12.2026 Cuma (süresi geçti)" in text


@pytest.mark.parametrize("occasion", list(Occasion))
def test_a_list_of_mails_shows_what_the_letter_says_and_not_its_subject_again(occasion: Occasion) -> None:
    for notice, requests in samples(occasion, REGISTRY, NOW):
        worded = WORDING.word(notice, requests, NOW)
        found = re.search(r'<div style="display:none[^>]*>(.*?)</div>', html(worded), re.DOTALL)
        assert found
        shown = unescape(found[1])
        assert 20 < len(shown) <= 140
        assert shown.removesuffix("…").rstrip() in said(worded)
        assert shown not in worded.subject


@pytest.mark.parametrize(
    ("occasion", "numbers"),
    [
        (Occasion.LIAISON_REFERRAL, ["03120000001", "185"]),
        (Occasion.LIAISON_URGENT, ["112", "185", "03120000001", "185"]),
        (Occasion.OFFICE_URGENT, ["112", "185", "03120000001", "185"]),
        (Occasion.HEADMAN_CONFIRMATION, ["112", "185"]),
        (Occasion.HEADMAN_REOPENED, ["112"]),
    ],
)
def test_telephone_numbers_call_when_they_are_touched(occasion: Occasion, numbers: list[str]) -> None:
    about = request(external_body="ASKİ", urgent=True, subject="12 Mart 2026 0312 111 22 33")
    assert re.findall(r'href="tel:([^"]*)"', html(letter(occasion, about))) == numbers


def test_a_contact_stays_text_whatever_it_holds() -> None:
    contact = "<b>444 1 444</b>, +90 (312) 000-00-02; 2026/15"
    bodies = (ExternalBody("ASKİ", "su", contact),)
    worded = letter(
        Occasion.HEADMAN_CONFIRMATION,
        request(external_body="ASKİ"),
        using=wording(registry=replace(REGISTRY, external_bodies=bodies)),
    )
    assert contact.replace(" ", "") in seen(worded).replace(" ", "")
    assert "&lt;b&gt;" in html(worded)
    assert re.findall(r'href="tel:([^"]*)"', html(worded)) == ["4441444", "+903120000002"]


@pytest.mark.parametrize(
    ("table", "where"), [({}, "Yeni Talep"), ({"table": "Fen İşleri Müdürlüğü"}, "Tablolar")]
)
def test_rows_that_lack_something_need_not_say_that_they_stand_in_no_table(
    table: dict[str, str], where: str
) -> None:
    row = {"opened": NOW.date(), "subject": "Bank", "reason": "Mahalle yazınız."} | table
    worded = letter(Occasion.OFFICE_REVIEW, recipient="buro@ornek.bel.tr", facts={"rows": [row]})
    assert worded.subject == f"{where}: 1 eksik satır bekliyor"
    for text in (said(worded), seen(worded)):
        assert "1 satır, eksik bilgi bulunduğundan" in text
        assert ("Fen İşleri Müdürlüğü" in text) is bool(table)
