"""Every way in which a clerk may break the file: each fault is told, in Turkish, with its line.

A line that is at fault ends in ``#!``; the faults must stand on exactly these lines.
"""

from pathlib import Path

import pytest

from tests.mappings.office_file import faults_of, line_with, write_office

_LIAISONS = "liaisons: [{name: Ali, email: ali@ornek.bel.tr}]"
_DIRECTORATE = f"code: fen, name: Fen İşleri, manager: m@ornek.bel.tr, {_LIAISONS}"


def marked_lines(text: str) -> list[int]:
    return [number for number, line in enumerate(text.split("\n"), 1) if line.rstrip().endswith("#!")]


def lines_of(faults: tuple[str, ...], path: Path) -> list[int]:
    return [int(fault.removeprefix(f"{path}:").split(":")[0]) for fault in faults]


_FAULTS = {
    "unknown section": ("directorats", "[] #!", "directorates?"),
    "unknown key": ("directorates", f"\n  - {{{_DIRECTORATE},\n     manger: x@y.tr}} #!\n", "manager?"),
    "unknown key without a value": ("calendar", "\n  half_day_counts: #!\n", "half_days_count?"),
    "unknown key deep down": (
        "directorates",
        "\n  - code: fen\n    name: Fen\n    manager: m@ornek.bel.tr\n    liaisons:\n"
        "      - name: Ali\n        mail: ali@ornek.bel.tr #!\n        email: ali@ornek.bel.tr\n",
        "email?",
    ),
    "source of an unknown channel": (
        "sources",
        "\n  - {name: a, channel: Muhtar Mobl, sender: a@b.org, labels: {number: No, text: Metin}} #!\n",
        "Muhtar Mobil?",
    ),
    "source with an unknown fact": (
        "sources",
        "\n  - name: a\n    channel: BiP\n    sender: a@b.org\n    labels:\n      number: No\n"
        "      text: Metin\n      datee: Tarih #!\n",
        "date?",
    ),
    "source without a number": (
        "sources",
        "\n  - name: a\n    channel: BiP\n    sender: a@b.org\n    labels: {text: Metin} #!\n",
        "number yazılmalı",
    ),
    "source without words": (
        "sources",
        "\n  - name: a\n    channel: BiP\n    sender: a@b.org\n    labels: {number: No} #!\n",
        "text veya subject",
    ),
    "source that nothing comes from": (
        "sources",
        "\n  - {name: a, channel: BiP, labels: {number: No, text: Metin}} #!\n",
        "sender veya list_name",
    ),
    "source whose sender is no address": (
        "sources",
        "\n  - {name: a, channel: BiP, sender: icisleri, labels: {number: No, text: Metin}} #!\n",
        "e-posta adresi veya @alan.adi değil",
    ),
    "one label for two facts": (
        "sources",
        "\n  - name: a\n    channel: BiP\n    sender: a@b.org\n    labels:\n      number: Talep No\n"
        "      text: Metin\n      subject: [Konu, TALEP NUMARASI] #!\n",
        "number için de",
    ),
    "section of another kind": ("calendar", "[1, 2] #!", "bölüm"),
    "list of another kind": ("directorates", "{fen: Fen} #!", "liste"),
    "text where a mapping stands": (
        "neighbourhoods",
        "\n  - Yayla #!\n",
        "bölüm",
    ),
    "mapping where a text stands": ("home_directorate", "{a: b} #!", "metin"),
    "empty list": ("categories", "[] #!", "en az bir"),
    "empty neighbourhoods": ("neighbourhoods", "[] #!", "en az bir"),
    "no liaisons key": (
        "directorates",
        "\n  - {code: fen, name: Fen, manager: m@ornek.bel.tr} #!\n",
        "liaisons: eksik",
    ),
    "no liaisons": (
        "directorates",
        "\n  - {code: fen, name: Fen, manager: m@ornek.bel.tr, liaisons: []} #!\n",
        "en az bir",
    ),
    "code with Turkish letters": (
        "directorates",
        f"\n  - {{code: Fen İşleri, name: Fen, manager: m@ornek.bel.tr, {_LIAISONS}}} #!\n",
        "küçük harf",
    ),
    "nameless": ("neighbourhoods", '\n  - {name: "", headman: {name: Ak}} #!\n', "boş olamaz"),
    "headman missing": ("neighbourhoods", "\n  - {name: Yayla} #!\n", "headman: eksik"),
    "bad headman address": (
        "neighbourhoods",
        "\n  - name: Yayla\n    headman:\n      name: Ak\n      emails:\n        - yayla@example.com\n"
        "        - yayla.example.com #!\n",
        "yayla.example.com",
    ),
    "bad single address": (
        "neighbourhoods",
        "\n  - name: Yayla\n    headman:\n      name: Ak\n      email: yayla@ #!\n",
        "e-posta",
    ),
    "shared address": (
        "neighbourhoods",
        "\n  - {name: Yayla, headman: {name: Ak, email: bir@example.com}}\n"
        "  - {name: Atapark, headman: {name: Taş, emails: [iki@example.com, BIR@example.com]}} #!\n",
        "başka bir muhtarda",
    ),
    "doubled neighbourhood": (
        "neighbourhoods",
        "\n  - {name: Yayla, headman: {name: Ak}}\n  - {name: YAYLA Mahallesi, headman: {name: Taş}} #!\n",
        "iki kez",
    ),
    "alias of another neighbourhood": (
        "neighbourhoods",
        "\n  - {name: Yayla, headman: {name: Ak}}\n  - name: Köşk\n    aliases: [yayla] #!\n"
        "    headman: {name: Taş}\n",
        "iki kez",
    ),
    "doubled code": (
        "directorates",
        f"\n  - {{{_DIRECTORATE}}}\n  - code: fen #!\n    name: Park\n    manager: p@ornek.bel.tr\n"
        f"    {_LIAISONS}\n",
        "iki kez",
    ),
    "doubled directorate": (
        "directorates",
        f"\n  - {{{_DIRECTORATE}}}\n  - code: fen2\n    name: Fen İşleri Müdürlüğü #!\n"
        f"    manager: p@ornek.bel.tr\n    {_LIAISONS}\n",
        "iki kez",
    ),
    "doubled category": (
        "categories",
        "\n  - {name: Yol, directorate: fen}\n  - {name: YOL, directorate: fen} #!\n",
        "iki kez",
    ),
    "doubled key": ("calendar", "\n  half_days_count: true\n  half_days_count: false #!\n", "iki kez"),
    "unknown directorate": (
        "categories",
        "\n  - name: Yol\n    directorate: fenn #!\n",
        "şunu mu demek istediniz: fen?",
    ),
    "unknown body": ("categories", "\n  - {name: Su, external_body: ASKI Genel} #!\n", "ASKI Genel"),
    "whose category": ("categories", "\n  - {name: Su, words: [su]} #!\n", "external_body yazılmalı"),
    "weight that is no number": (
        "categories",
        "\n  - name: Yol\n    directorate: fen\n    words:\n      - çukur\n      - asfalt: çok #!\n",
        "ağırlığı",
    ),
    "word without letters": ("categories", "\n  - {name: Yol, directorate: fen, words: ['?!']} #!\n", "harf"),
    "category deadline of both kinds": (
        "categories",
        "\n  - {name: Yol, directorate: fen, deadline: {business_days: 5, calendar_days: 7}} #!\n",
        "yalnızca biri",
    ),
    "category deadline of no length": (
        "categories",
        "\n  - {name: Yol, directorate: fen, deadline: {business_days: 0}} #!\n",
        "en az 1",
    ),
    "deadline in words": ("deadlines", "{default: iki hafta} #!", "bir süre değil"),
    "deadline of an unknown channel": (
        "deadlines",
        "\n  channels:\n    Muhtar Bilgi Sitemi: {business_days: 15} #!\n",
        "Muhtar Bilgi Sistemi?",
    ),
    "deadline of an unknown category": ("deadlines", "\n  categories:\n    Yol çukur: 5 #!\n", "Yol çukuru?"),
    "two standard terms": ("deadlines", "{default: 15, business_days: 15} #!", "birlikte"),
    "days not a number": ("deadlines", "{business_days: on beş} #!", "tam sayı"),
    "unknown home": ("home_directorate", "muhtarlk #!", "muhtarlik?"),
    "leave neither day nor period": ("calendar", "\n  administrative_leave:\n    - {note: Kar} #!\n", "date"),
    "leave both day and period": (
        "calendar",
        "\n  administrative_leave:\n    - {date: 2026-01-02, from: 2026-01-02, to: 2026-01-03} #!\n",
        "date",
    ),
    "leave that is no date": ("calendar", "\n  administrative_leave:\n    - 31.02.2026 #!\n", "31.02.2026"),
    "leave backwards": (
        "calendar",
        "\n  administrative_leave:\n    - {from: 2026-01-05, to: 2026-01-02} #!\n",
        "önce olamaz",
    ),
    "worked day that is no date": (
        "calendar",
        "\n  extra_business_days: [cumartesi] #!\n",
        "bir tarih değil",
    ),
    "not a truth value": ("calendar", "\n  half_days_count: belki #!\n", "evet"),
    "reminder of neither kind": (
        "reminders",
        "\n  - {name: a, to: liaison, template: liaison/reminder} #!\n",
        "business_days_left veya business_days_late",
    ),
    "reminder of both kinds": (
        "reminders",
        "\n  - {name: a, business_days_left: 1, business_days_late: 1, to: liaison, template: a/b} #!\n",
        "yalnızca biri",
    ),
    "reminder to nobody known": (
        "reminders",
        "\n  - {name: a, business_days_left: 1, to: müdür, template: a/b} #!\n",
        "directorate_manager",
    ),
    "reminder without a template": (
        "reminders",
        "\n  - {name: a, business_days_left: 1, to: liaison, template: hatırlatma} #!\n",
        "şablon adı",
    ),
    "reminder repeated for ever": (
        "reminders",
        "\n  - {name: a, business_days_late: 1, to: liaison, template: a/b, repeat_every: 0} #!\n",
        "en az 1",
    ),
    "doubled reminder": (
        "reminders",
        "\n  - {name: a, business_days_left: 1, to: liaison, template: a/b}\n"
        "  - {name: a, business_days_left: 2, to: liaison, template: a/b} #!\n",
        "iki kez",
    ),
    "staff without an address": ("office_staff", "\n  - a@ornek.bel.tr\n  - {name: Ali} #!\n", "boş olamaz"),
    "staff with an unknown key": (
        "office_staff",
        "\n  - {name: Ali, mail: ali@ornek.bel.tr} #!\n",
        "name, email",
    ),
    "body's bad address": ("external_bodies", "\n  - {name: ASKİ, email: aski} #!\n", "e-posta"),
    "yaml alias": ("calendar", "*tatil #!", "tırnak"),
    "yaml tag": ("calendar", "\n  half_days_count: !evet true #!\n", "tırnak"),
}


@pytest.mark.parametrize(("section", "text", "words"), _FAULTS.values(), ids=_FAULTS)
def test_a_fault_is_told_with_its_line(tmp_path: Path, section: str, text: str, words: str) -> None:
    path = write_office(tmp_path, **{section: text})
    faults = faults_of(path)
    assert lines_of(faults, path) == marked_lines(path.read_text()), faults
    assert words in faults[0]


_AWAY = {
    "no deputy": ("{from: 2026-07-01, to: 2026-07-15}", "deputy: eksik"),
    "deputy malformed": ("{from: 2026-07-01, to: 2026-07-15, deputy: Veli Bey}", "Veli Bey"),
    "ends before it begins": ("{from: 15.07.2026, to: 2026-07-01, deputy: v@ornek.bel.tr}", "önce olamaz"),
    "no date": ("{from: temmuz, to: 2026-07-15, deputy: v@ornek.bel.tr}", "temmuz"),
    "no such day": ("{from: 2026-06-31, to: 2026-07-15, deputy: v@ornek.bel.tr}", "2026-06-31"),
    "open end": ("{from: 2026-07-01, deputy: v@ornek.bel.tr}", "to: eksik"),
    "not a mapping": ("temmuz ayı", "bölüm"),
}


@pytest.mark.parametrize(("away", "words"), _AWAY.values(), ids=_AWAY)
def test_a_faulty_absence_is_told(tmp_path: Path, away: str, words: str) -> None:
    directorates = f"""
  - code: fen
    name: Fen İşleri
    manager: m@ornek.bel.tr
    liaisons:
      - name: Ali
        email: ali@ornek.bel.tr
        away: {away} #!
"""
    path = write_office(tmp_path, directorates=directorates)
    faults = faults_of(path)
    assert lines_of(faults, path) == marked_lines(path.read_text()), faults
    assert words in faults[0]


@pytest.mark.parametrize(
    "address",
    [
        "fen",
        "fen@",
        "@ornek.bel.tr",
        "fen@ornek",
        "fen@ornek..tr",
        "fen@.tr",
        "fen@ornek.tr.",
        "fen mudur@ornek.tr",
        "fen@ornek.tr; park@ornek.tr",
        "fen@ornek.tr,park@ornek.tr",
        "Ali Veli <ali@ornek.tr>",
        "a@b@ornek.tr",
        "müdür@ornek.tr",
        "fen@örnek.tr",
        ".fen@ornek.tr",
        "fen..mudur@ornek.tr",
        "fen@-ornek.tr",
        "x" * 250 + "@ornek.tr",
    ],
)
def test_what_is_no_mail_address_is_refused(tmp_path: Path, address: str) -> None:
    directorates = f'[{{code: fen, name: Fen, manager: "{address}", {_LIAISONS}}}]'
    (fault,) = faults_of(write_office(tmp_path, directorates=directorates))
    assert "directorates[0].manager" in fault
    assert "bir e-posta adresi değil" in fault


def test_all_faults_are_told_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    path = write_office(
        tmp_path,
        calendar="\n  administrative_leave: [{from: 2026-02-02, to: 2026-01-01}] #!\n",
        reminders="\n  - {name: a, to: kimse, template: a/b} #!\n",
        directorates="\n  - code: fen\n    name: Fen\n    manager: fen.mudur #!\n    manger: x #!\n"
        "    liaisons: []  #!\n",
        neighbourhoods="\n  - {name: Yayla, headman: {name: Ak}}\n"
        "  - {name: YAYLA MAH., headman: {name: Taş}} #!\n",
        categories="\n  - {name: Yol, directorate: park, wrods: [çukur]} #!\n  - {name: Su} #!\n",
        kategoriler="{} #!",
    )
    faults = faults_of(path)
    lines = lines_of(faults, path)
    assert lines == sorted(lines)
    assert sorted(set(lines)) == marked_lines(path.read_text())
    assert len(faults) == 11  # two each in the reminder and in the first category, three in the directorate


def test_a_fault_names_its_place(tmp_path: Path) -> None:
    categories = "\n  - {name: Yol, directorate: fen}\n  - {name: Diğer, directorate: yok}\n"
    path = write_office(tmp_path, categories=categories)
    (fault,) = faults_of(path)
    assert fault.startswith(f"{path}:{line_with(path, 'Diğer')}: categories[1].directorate: ")


def test_without_directorates_their_names_are_not_faulted_too(tmp_path: Path) -> None:
    (fault,) = faults_of(write_office(tmp_path, directorates=None))
    assert fault.endswith("directorates: eksik")
