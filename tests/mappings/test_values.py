"""What a sound file becomes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from daemon.domain.deadline import Term, Unit
from daemon.domain.request import Channel
from daemon.domain.structured.sources import Fact
from daemon.mappings import Mappings, load_mappings
from daemon.resources import shipped
from tests.mappings.office_file import FACTS, write_office


def loaded(folder: Path, **sections: str | None) -> Mappings:
    return load_mappings(write_office(folder, **sections), FACTS)


def test_the_shipped_office_is_whole_and_sound() -> None:
    mappings = load_mappings(shipped("mappings.yaml"), FACTS)
    registry = mappings.office.registry
    assert len(registry.neighbourhoods) == 51
    assert len(registry.directorates) >= 14
    assert len(mappings.categories) >= 60
    assert registry.external_bodies
    assert mappings.reminders
    assert mappings.office.home() is not None
    for category in mappings.categories:
        assert registry.directorate(category.directorate) or registry.external_body(category.external_body)


def test_the_offices_facts_stand_in_its_register(tmp_path: Path) -> None:
    registry = loaded(tmp_path).office.registry
    assert (registry.office_name, registry.office_address) == (FACTS.name, FACTS.address)
    assert registry.is_staff(FACTS.manager)


def test_the_same_file_read_for_another_office_has_that_office_s_facts(tmp_path: Path) -> None:
    path = write_office(tmp_path)
    names = ["Örnek", "Başka", "Örnek"]
    read = [load_mappings(path, replace(FACTS, name=name)) for name in names]
    assert [mappings.office.registry.office_name for mappings in read] == names


def test_what_is_optional_may_be_absent(tmp_path: Path) -> None:
    mappings = loaded(
        tmp_path,
        calendar=None,
        deadlines=None,
        reminders=None,
        external_bodies=None,
        categories="[{name: Yol, directorate: fen}]",
    )
    assert mappings.reminders == ()
    assert mappings.office.term_for("Yol", "E-posta") == Term(15)


def test_a_key_without_a_value_is_as_good_as_absent(tmp_path: Path) -> None:
    mappings = loaded(
        tmp_path,
        calendar="\n  half_days_count:\n  administrative_leave:\n",
        deadlines="",
        reminders="",
        neighbourhoods="\n  - name: Yayla\n    aliases:\n    headman: {name: Ak, emails: , phones: ~}\n",
    )
    assert mappings.office.calendar.half_days_count
    assert mappings.office.registry.neighbourhoods[0].headman.emails == ()


def test_texts_stay_as_they_were_typed(tmp_path: Path) -> None:
    """YAML 1.1 takes these for numbers, truth values, octals, dates and times."""
    mappings = loaded(
        tmp_path,
        neighbourhoods="""
  - name: 19
    aliases: [23.10, no, 0010]
    streets: [1071, 12:30, 2026-01-01]
    headman: {name: Ak, phones: [05321234567, +90 532 123 45 67]}
""",
        categories="[{name: Sayılar, directorate: fen, words: [on, yes, 112, 1_000, null hat]}]",
    )
    place = mappings.office.registry.neighbourhoods[0]
    assert (place.name, place.aliases) == ("19", ("23.10", "no", "0010"))
    assert place.streets == ("1071", "12:30", "2026-01-01")
    assert place.headman.phones == ("05321234567", "+90 532 123 45 67")
    assert [word for word, _ in mappings.categories[0].words] == ["on", "yes", "112", "1_000", "null hat"]


def test_decomposed_letters_and_stray_blanks_are_mended(tmp_path: Path) -> None:
    mappings = loaded(tmp_path, external_bodies='[{name: "  C\u0327ankaya   Su ", aliases: ASKİ}]')
    assert mappings.office.registry.external_bodies[0].name == "Çankaya Su"


@pytest.mark.parametrize(
    "headman",
    [
        "{name: Ak, email: yayla@example.com, phone: 0532}",
        "{name: Ak, emails: yayla@example.com, phones: 0532}",
        "{name: Ak, emails: [yayla@example.com], phones: [0532]}",
        "{name: Ak, emails: [Yayla@Example.com], email: yayla@example.com, phones: [0532]}",
    ],
)
def test_a_headmans_addresses_may_be_one_or_several(tmp_path: Path, headman: str) -> None:
    mappings = loaded(tmp_path, neighbourhoods=f"[{{name: Yayla, headman: {headman}}}]")
    found = mappings.office.registry.neighbourhoods[0].headman
    assert (found.emails, found.phones) == (("yayla@example.com",), ("0532",))


@pytest.mark.parametrize(
    "words",
    [
        "[çukur, yol çukuru: 3, kar: -1.5, tuz: '2,5']",
        "{çukur: 1, yol çukuru: 3, kar: -1.5, tuz: 2.5}",
        "[çukur, 'yol çukuru: 3', 'kar : -1.5', 'tuz: 2,5']",
    ],
)
def test_words_carry_weights(tmp_path: Path, words: str) -> None:
    mappings = loaded(tmp_path, categories=f"[{{name: Yol, directorate: fen, words: {words}}}]")
    expected = (("çukur", 1.0), ("yol çukuru", 3.0), ("kar", -1.5), ("tuz", 2.5))
    assert mappings.categories[0].words == expected


@pytest.mark.parametrize(
    "name", ["fen", "Fen İşleri Müdürlüğü", "FEN İŞLERİ", "fen isleri mudurlugu", "Yol Bakım", "Fen"]
)
def test_a_directorate_is_named_by_code_name_or_alias(tmp_path: Path, name: str) -> None:
    categories = f"[{{name: Yol, directorate: {name}}}]"
    assert loaded(tmp_path, categories=categories).categories[0].directorate == "fen"


@pytest.mark.parametrize(
    ("given", "expected"), [(None, "muhtarlik"), ("fen", "fen"), ("Fen İşleri Müdürlüğü", "fen")]
)
def test_the_home_directorate_is_named_or_the_headmens_own(
    tmp_path: Path, given: str | None, expected: str
) -> None:
    assert loaded(tmp_path, home_directorate=given).office.registry.home_directorate == expected


def test_staff_may_be_addresses_or_persons(tmp_path: Path) -> None:
    staff = "[buro1@ornek.bel.tr, {name: Ali, email: Buro2@ornek.bel.tr}]"
    registry = loaded(tmp_path, office_staff=staff).office.registry
    assert registry.office_staff == ("buro1@ornek.bel.tr", "buro2@ornek.bel.tr")


@pytest.mark.parametrize(
    "away",
    [
        "{from: 2026-07-01, to: 2026-07-15, deputy: vekil@ornek.bel.tr}",
        "[{from: 01.07.2026, to: 15.07.2026, deputy: VEKIL@ornek.bel.tr}]",
        "[{from: '1.7.2026', to: \"2026-7-15\", deputy: vekil@ornek.bel.tr}]",
    ],
)
def test_an_absence_sends_letters_to_the_deputy(tmp_path: Path, away: str) -> None:
    liaison = f"{{name: Ayşe, email: fen@ornek.bel.tr, away: {away}}}"
    directorates = f"[{{code: fen, name: Fen İşleri, manager: m@ornek.bel.tr, liaisons: {liaison}}}]"
    found = loaded(tmp_path, directorates=directorates).office.registry.directorates[0].liaisons[0]
    assert found.address_on(date(2026, 6, 30)) == "fen@ornek.bel.tr"
    assert found.address_on(date(2026, 7, 1)) == "vekil@ornek.bel.tr"
    assert found.address_on(date(2026, 7, 15)) == "vekil@ornek.bel.tr"
    assert found.address_on(date(2026, 7, 16)) == "fen@ornek.bel.tr"


# --- calendar, deadlines, reminders -----------------------------------------------------------------------


def test_leave_is_a_day_or_several_whole_or_half(tmp_path: Path) -> None:
    calendar = loaded(
        tmp_path,
        calendar="""
  administrative_leave_counts: hayır
  administrative_leave:
    - 2026-06-10
    - 11.06.2026
    - {date: 2026-06-12, note: Kar tatili}
    - {from: 2026-06-15, to: 16.06.2026, note: Köprü}
    - {date: 2026-06-17, half: evet}
  extra_business_days: [13.06.2026]
""",
    ).office.calendar
    off = {n: calendar.why_not(date(2026, 6, n)) for n in range(9, 19)}
    assert off[9] == off[13] == off[17] == off[18] == ""
    assert off[10] == off[11] == "idari izin"
    assert off[12] == "idari izin: Kar tatili"
    assert off[15] == off[16] == "idari izin: Köprü"
    assert not calendar.is_letter_day(date(2026, 6, 17))


@pytest.mark.parametrize("value", ["false", "no", "hayır", "HAYIR", "0"])
def test_no_may_be_said_in_several_ways(tmp_path: Path, value: str) -> None:
    assert not loaded(tmp_path, calendar=f"{{half_days_count: {value}}}").office.calendar.half_days_count


@pytest.mark.parametrize(
    ("deadlines", "term"),
    [
        ("{default: {business_days: 10}}", Term(10)),
        ("{business_days: 10}", Term(10)),
        ("{calendar_days: 30}", Term(30, Unit.CALENDAR)),
        ("{default: 30 gün}", Term(30, Unit.CALENDAR)),
        ("15 iş günü", Term(15)),
        ("12", Term(12)),
        ("{channels: {Telefon: 3}}", Term(15)),
    ],
)
def test_the_standard_term_is_said_in_several_ways(tmp_path: Path, deadlines: str, term: Term) -> None:
    assert loaded(tmp_path, deadlines=deadlines).office.term_for("", "E-posta") == term


@pytest.mark.parametrize(
    ("category", "channel", "term"),
    [
        ("Başka", "E-posta", Term(15)),
        ("Başka", "Muhtar Bilgi Sistemi", Term(12)),
        ("Başka", "MUHTAR BİLGİ SİSTEMİ", Term(12)),
        ("Yol çukuru", "E-posta", Term(5)),
        ("Yol çukuru", "Muhtar Bilgi Sistemi", Term(5)),
        ("İmar planı", "E-posta", Term(30, Unit.CALENDAR)),
        ("İmar planı", "Muhtar Bilgi Sistemi", Term(12)),  # where two terms apply, the earlier binds
        ("Kazı izni", "E-posta", Term(7)),
    ],
)
def test_categories_and_channels_have_terms_of_their_own(
    tmp_path: Path, category: str, channel: str, term: Term
) -> None:
    office = loaded(
        tmp_path,
        deadlines="{channels: {Muhtar Bilgi Sistemi: {business_days: 12}}, categories: {Kazı izni: 7}}",
        categories="""
  - {name: Yol çukuru, directorate: fen, deadline: {business_days: 5}}
  - {name: İmar planı, directorate: fen, deadline: {calendar_days: 30}}
  - {name: Kazı izni, directorate: fen}
  - {name: Başka, directorate: fen}
""",
    ).office
    assert office.term_for(category, channel) == term


def test_reminders_count_days_left_or_late(tmp_path: Path) -> None:
    rules = loaded(
        tmp_path,
        reminders="""
  - {name: a, business_days_left: 3, to: liaison, template: liaison/reminder}
  - {name: b, business_days_late: 5, to: office_manager, template: manager/late, repeat_every: 5}
""",
    ).reminders
    assert [(rule.name, rule.days_left, rule.to, rule.repeat_every) for rule in rules] == [
        ("a", 3, "liaison", None),
        ("b", -5, "office_manager", 5),
    ]


def test_a_reminder_may_be_for_what_a_body_outside_has_to_answer(tmp_path: Path) -> None:
    [rule] = loaded(
        tmp_path,
        reminders="""
  - {name: takip, business_days_left: 5, to: office, template: office/follow_up, external_body: evet}
""",
    ).reminders
    assert rule.external_body


def test_a_subscription_asks_for_its_own_papers_or_for_its_bodys(tmp_path: Path) -> None:
    registry = loaded(
        tmp_path,
        categories="""
  - {name: Su aboneliği, external_body: ASKİ, subscription: true}
  - {name: Şantiye aboneliği, external_body: ASKİ, subscription: true, documents: [Ruhsat]}
  - {name: Köyün suyu, external_body: Su İdaresi, subscription: true}
  - {name: Su arızası, external_body: ASKİ}
""",
        external_bodies="""
  - {name: ASKİ, aliases: [Su İdaresi], documents: [Kimlik, Tapu]}
  - {name: EDAŞ, documents: [Kimlik, Tesisat numarası]}
""",
    ).office.registry
    assert registry.papers_for("SU ABONELİĞİ", "ASKİ", "") == ("Kimlik", "Tapu")
    assert registry.papers_for("Şantiye aboneliği", "ASKİ", "") == ("Ruhsat",)
    assert registry.papers_for("Köyün suyu", "ASKİ", "") == ("Kimlik", "Tapu")
    assert registry.papers_for("Su arızası", "ASKİ", "abone") == ()
    moved = registry.papers_for("Su aboneliği", "EDAŞ", "")
    assert moved == ("Kimlik", "Tesisat numarası"), "the body to which a person sent it asks for its own"


def test_sources_say_how_other_systems_are_read(tmp_path: Path) -> None:
    sources = """
  - name: MBS
    channel: muhtar bilgi sistemi
    sender: ["@ICISLERI.gov.tr", bildirim@mbs.example.org]
    list_name: mbs*
    labels: {number: [Başvuru No, MBS No], text: Açıklama}
    closed: [Sonuçlandı]
    open: Bekliyor
"""
    found = loaded(tmp_path, sources=sources)
    [rule] = found.sources
    assert found.office.sources == found.sources
    assert rule.channel is Channel.MBS
    senders = (
        "kimse@icisleri.gov.tr",
        "x@alt.icisleri.gov.tr",
        "bildirim@mbs.example.org",
        "x@mbs.example.org",
    )
    assert [rule.is_from(sender) for sender in senders] == [True, True, True, False]
    assert not rule.is_from("kimse@sahteicisleri.gov.tr")
    assert (rule.has_file("MBS Bekleyen.xlsx"), rule.has_file("fen.xlsx")) == (True, False)
    assert rule.book.fact_of("basvuruNo") is Fact.NUMBER
    said = ("Sonuçlandı - Olumlu", "BEKLİYOR", "Sonuçlanmadı", "")
    assert [rule.standing(each).value for each in said] == ["closed", "open", "", ""]
