"""Commands as people type them: what they print, their exit codes, and never a traceback."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from daemon.cli.certificate import write_certificate
from daemon.domain.errors import ConfigurationError
from daemon.erasing import Erased
from daemon.resources import shipped
from tests.commands import muhtarlik as run_muhtarlik
from tests.scans.files import typed_pdf

Muhtarlik = Callable[..., subprocess.CompletedProcess[str]]

_SETTINGS = """\
[office]
name = "Örnek Belediyesi Muhtarlık İşleri Müdürlüğü"
address = "muhtarlik@ornek.bel.tr"
manager = "mudur@ornek.bel.tr"
[imap]
host = "localhost"
port = 1
user = "muhtarlik"
password_file = "parola"
[smtp]
host = "localhost"
port = 1
security = "none"
[trust]
authserv_id = "mx.ornek.bel.tr"
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    shutil.copyfile(shipped("mappings.yaml"), tmp_path / "mappings.yaml")
    (tmp_path / "parola").write_text("gizli\n")
    (tmp_path / "parola").chmod(0o600)
    (tmp_path / "muhtarlik.toml").write_text(_SETTINGS)
    return tmp_path


@pytest.fixture
def muhtarlik(office: Path) -> Muhtarlik:
    return partial(run_muhtarlik, config=office / "muhtarlik.toml")


@pytest.mark.parametrize(
    "way", [(sys.executable, "-m", "daemon"), (str(Path(sys.executable).with_name("muhtarlik")),)]
)
def test_the_program_starts_from_nothing(office: Path, way: tuple[str, ...]) -> None:
    command = [*way, "ingest", "yok.eml", "--config", str(office / "muhtarlik.toml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "böyle bir dosya yok" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("once", "--at", "olmaz"), "--at: geçersiz değer"),
        (("due", "2026-13-01"), "TARİH: geçersiz değer"),
        (("run", "--only", "uyumak"), "“uyumak” diye bir adım yok"),
        (("route",), "METİN ya da --batch"),
        (("uyu",), "Böyle bir komut yok"),
        (("due", "2026-12-07", "--days", "0"), "--days: geçersiz değer (0, 1 ile 3650 arasında değil)"),
        (("requests", "--limit", "0"), "--limit: geçersiz değer (0, en az 1 olmalıdır)"),
        (("due", "2026-12-07", "--days", "iki"), "--days: geçersiz değer (“iki” bir tam sayı değil)"),
        (("show", "MHT-2026-000001", "x"), "fazladan değer: x"),
        (("route", "--batch", "yok.jsonl"), "--batch: geçersiz değer (“yok.jsonl”: böyle bir dosya yok)"),
        (("form", "--out", "."), "--out: geçersiz değer (“.” bir klasör)"),
        (("report", "--from", "2026-01-01"), "Eksik: --to"),
        (("report", "--from", "2026-02-01", "--to", "2026-01-31"), "ilk gün (01.02.2026)"),
        (("report", "--from", "2026-01-01", "--to", "2026-03-31", "--out", "r.doc"), "r.doc: rapor dosyası"),
    ],
)
def test_wrong_usage_is_told_in_turkish(muhtarlik: Muhtarlik, arguments: tuple[str, ...], said: str) -> None:
    done = muhtarlik(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("group", [(), ("held",), ("audit",)])
def test_a_group_s_help_is_turkish(muhtarlik: Muhtarlik, group: tuple[str, ...]) -> None:
    told = muhtarlik(*group, "--help").stdout
    assert "Kullanım: " in told
    assert "Komutlar:" in told
    assert "Bu yardımı gösterir." in told
    assert not {"Usage:", "Options:", "Commands:", "Show this message and exit."} & set(told.split("\n"))
    assert "OPTIONS" not in told


def test_a_text_is_routed_in_one_line_as_those_of_a_file_are(muhtarlik: Muhtarlik, tmp_path: Path) -> None:
    path = tmp_path / "metinler.jsonl"
    path.write_text(json.dumps({"id": "", "body": "Parktaki bank kırık"}), encoding="utf-8")
    asked = muhtarlik("route", "Parktaki bank kırık", "--json")
    assert asked.stdout == muhtarlik("route", "--batch", str(path)).stdout
    assert len(asked.stdout.splitlines()) == 1


def test_a_file_of_texts_is_routed_line_by_line_up_to_the_first_that_cannot_be_read(
    muhtarlik: Muhtarlik, tmp_path: Path
) -> None:
    lines = [json.dumps({"id": n, "body": f"Gül Sokak {n} önünde çöp alınmıyor"}) for n in range(200)]
    path = tmp_path / "metinler.jsonl"
    path.write_text("\n".join([*lines[:150], "", *lines[150:], "{", lines[0]]), encoding="utf-8")
    done = muhtarlik("route", "--batch", str(path))
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == list(range(200))
    assert done.stderr.strip() == "muhtarlik: 202. satır geçerli bir JSON değil."


@pytest.mark.parametrize("name", ["dilekçe.pdf", "foto.jpg"])
def test_a_scan_handed_in_that_is_none_is_held_with_its_reason(
    muhtarlik: Muhtarlik, office: Path, name: str
) -> None:
    path = office / name
    path.write_bytes(b"Atapark Mahallesi'nde asfalt bozuk, yama istiyoruz.")
    assert muhtarlik("ingest", str(path)).stdout == f"{name}: alındı\n"
    assert muhtarlik("ingest", str(path)).stdout == f"{name}: daha önce alınmış\n"
    assert "içeriği taranmış bir belge değil; açılmadı." in (told := muhtarlik("held").stdout)
    assert name in told


def test_what_is_held_says_whose_it_is(muhtarlik: Muhtarlik, office: Path) -> None:
    advert = (
        "From: =?utf-8?Q?=C3=96zg=C3=BCr?= <ozgur@example.net>\r\nTo: muhtarlik@ornek.bel.tr\r\n"
        "Subject: =?utf-8?Q?F=C4=B1rsat?=\r\nList-Unsubscribe: <mailto:x@example.net>\r\nPrecedence: bulk\r\n\r\n"
        "Buyuk indirim! Hemen alin."
    )
    (office / "reklam.eml").write_bytes(advert.encode())
    muhtarlik("ingest", str(office / "reklam.eml"))
    [waiting] = json.loads(muhtarlik("held", "--json").stdout)
    assert waiting["what"] == "arrival"
    assert (waiting["sender"], waiting["subject"]) == ("Özgür <ozgur@example.net>", "Fırsat")
    assert "Özgür <ozgur@example.net>" in muhtarlik("held").stdout
    wrong = muhtarlik("held", "drop", str(waiting["id"]), "99")
    assert (wrong.returncode, wrong.stderr) == (1, "muhtarlik: “99” numaralı bekleyen bir ileti yok.\n")
    assert muhtarlik("held", "drop", str(waiting["id"])).stdout == "1 ileti kaldırıldı.\n", (
        "nothing was, before"
    )


def test_what_is_decided_in_a_sheet_is_not_dropped_by_command(muhtarlik: Muhtarlik, office: Path) -> None:
    (office / "biri.eml").write_bytes(
        b"From: biri@example.net\r\nTo: muhtarlik@ornek.bel.tr\r\nSubject: Kaldirim\r\n\r\n"
        b"Kaldirim taslari kirik, onarilmasini rica ederim."
    )
    muhtarlik("ingest", str(office / "biri.eml"))
    [waiting] = json.loads(muhtarlik("held", "--json").stdout)
    assert waiting["what"] == "review"
    for command in ("retry", "drop"):
        done = muhtarlik("held", command, waiting["id"])
        assert done.returncode == 1
        assert done.stderr.strip().endswith("bu kayda ofis tablosunun İnceleme sayfasında karar verilir.")


def test_a_scan_completed_while_it_was_held_is_read_at_the_retry(muhtarlik: Muhtarlik, office: Path) -> None:
    (office / "muhtarlik.toml").write_text(_SETTINGS + '[scans]\nfolder = "tarama"\n')
    (office / "tarama").mkdir()
    path, whole = office / "tarama" / "SCAN0001.pdf", typed_pdf("Yayla Mahallesi, dilekçe. " * 200)
    path.write_bytes(whole[:5_000])
    os.utime(path, (1_700_000_000, 1_700_000_000))
    muhtarlik("once")
    [waiting] = json.loads(muhtarlik("held", "--json").stdout)
    assert (waiting["what"], waiting["file"]) == ("arrival", "SCAN0001.pdf")
    held = office / "tarama" / "Bekleyenler" / "SCAN0001.pdf"
    held.write_bytes(whole)
    os.utime(held, (1_700_000_100, 1_700_000_100))
    muhtarlik("held", "retry")
    muhtarlik("once")
    [waiting] = json.loads(muhtarlik("held", "--json").stdout)
    assert waiting["what"] == "review", "it has been read, and a person decides"


@pytest.mark.parametrize("name", ["sohbet.txt", "sohbet.zip", "liste.xlsx"])
def test_a_file_handed_in_waits_for_a_person_with_the_file_beside_it(
    muhtarlik: Muhtarlik, office: Path, name: str
) -> None:
    path = office / name
    path.write_bytes(b"Atapark Mahallesi'nde asfalt bozuk, yama istiyoruz.")
    assert muhtarlik("ingest", str(path)).stdout == f"{name}: alındı\n"
    assert muhtarlik("ingest", str(path)).stdout == f"{name}: daha önce alınmış\n"
    [waiting] = json.loads(muhtarlik("held", "--json").stdout)
    assert waiting["subject"] == path.stem
    assert json.loads(muhtarlik("requests", "--json").stdout) == []
    assert [kept.read_bytes() for kept in (office / "ekler").rglob("*") if kept.is_file()] == [
        path.read_bytes()
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [("yok.eml", "böyle bir dosya yok"), (".", "bu bir klasör"), ("program.exe", "bu tür dosya alınamıyor")],
)
def test_what_cannot_be_taken_is_told_by_name(
    muhtarlik: Muhtarlik, office: Path, name: str, said: str
) -> None:
    (office / "program.exe").write_bytes(b"MZ")
    done = muhtarlik("ingest", str(office / name))
    assert done.returncode == 1
    assert said in done.stderr


def test_a_corrupt_ledger_is_told_in_turkish(muhtarlik: Muhtarlik, office: Path) -> None:
    (office / "ledger.db").write_bytes(b"bu bir defter degil" * 1000)
    done = muhtarlik("status")
    assert done.returncode == 1
    assert "yedekten geri yüklenmelidir" in done.stderr


def test_a_step_that_has_not_run_yet_had_no_success_that_could_be_dated(muhtarlik: Muhtarlik) -> None:
    lines = [line.split() for line in muhtarlik("status").stdout.splitlines() if "çalışmadı" in line]
    assert ["intake", "henüz", "çalışmadı,", "bekleyen", "0"] in lines


def test_a_workbook_left_alone_is_listed_with_its_reason(muhtarlik: Muhtarlik, office: Path) -> None:
    muhtarlik("setup-sheets")
    (office / "tablolar" / "fen.xlsx").write_bytes(b"bozuk")
    done = muhtarlik("once")
    assert done.returncode == 1, "a person must mend it; later does not help"
    assert "muhtarlik: fen.xlsx: Dosya bozuk" in done.stderr
    [waiting] = json.loads(muhtarlik("held", "--json").stdout)
    assert (waiting["id"], waiting["what"]) == ("fen", "sheet")
    told = json.loads(muhtarlik("status", "--json").stdout)
    assert (told["steps"]["sheets"]["waiting"], told["held"]) == (1, 1)
    (office / "tablolar" / "fen.xlsx").unlink()
    muhtarlik("setup-sheets")
    muhtarlik("once")
    assert json.loads(muhtarlik("held", "--json").stdout) == []


def test_the_office_s_own_workbook_is_called_by_its_file(muhtarlik: Muhtarlik, office: Path) -> None:
    muhtarlik("setup-sheets")
    (office / "tablolar" / "muhtarlik.xlsx").write_bytes(b"bozuk")
    muhtarlik("once")
    [waiting] = json.loads(muhtarlik("held", "--json").stdout)
    assert waiting["reason"].startswith("muhtarlik.xlsx: ")
    with sqlite3.connect(office / "ledger.db") as ledger:
        letters = [str(row) for row in ledger.execute("SELECT owed, mime FROM outbox")]
    assert letters
    assert not any("@office" in letter or "=40office" in letter for letter in letters)


def test_a_workbook_that_is_open_is_for_later(muhtarlik: Muhtarlik, office: Path) -> None:
    muhtarlik("setup-sheets")
    (office / "tablolar" / "~$muhtarlik.xlsx").write_bytes(b"")
    mail = office / "talep.eml"
    mail.write_text("From: x@example.com\nSubject: Yol\n\nYolda asfalt bozuk, yama istiyoruz.\n")
    muhtarlik("ingest", str(mail))
    done = muhtarlik("once", "--json")
    told = json.loads(done.stdout)
    assert "açık" in told["waiting"]["muhtarlik"]
    assert "sheets" not in told["faults"], "somebody at work is no fault"
    waiting = json.loads(muhtarlik("held", "--json").stdout)
    assert [(item["id"], item["what"]) for item in waiting if item["what"] == "sheet"] == [
        ("muhtarlik", "sheet")
    ]
    assert (office / "tablolar" / "~$muhtarlik.xlsx").exists()


def test_setting_up_twice_changes_nothing(muhtarlik: Muhtarlik, office: Path) -> None:
    assert "fen: " in muhtarlik("setup-sheets").stdout
    before = {path.name: path.read_bytes() for path in (office / "tablolar").iterdir()}
    assert muhtarlik("setup-sheets").stdout == "Bütün tablolar yerinde; değişiklik gerekmedi.\n"
    assert {path.name: path.read_bytes() for path in (office / "tablolar").iterdir()} == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Ciceklii", "“Ciceklii” adında bir mahalle yok; şunu mu demek istediniz: Çiçekli?"),
        ("Uzakköy", "“Uzakköy” adında bir mahalle yok."),
    ],
)
def test_a_form_for_a_misspelt_neighbourhood_offers_the_near_name(
    muhtarlik: Muhtarlik, office: Path, typed: str, said: str
) -> None:
    done = muhtarlik("form", "--neighbourhood", typed, "--out", str(office / "form.pdf"))
    assert (done.returncode, done.stderr) == (1, f"muhtarlik: {said}\n")
    assert not (office / "form.pdf").exists()


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("yok/form.pdf", "“{office}/yok” diye bir klasör yok"),
        ("muhtarlik.toml/f.pdf", "“{office}/muhtarlik.toml” diye"),
    ],
)
def test_a_form_that_cannot_be_written_is_told_in_turkish(
    muhtarlik: Muhtarlik, office: Path, path: str, why: str
) -> None:
    done = muhtarlik("form", "--neighbourhood", "Çiçekli", "--out", str(office / path))
    assert done.returncode == 1
    assert done.stderr.startswith(f"muhtarlik: {office / path}: yazılamıyor ({why.format(office=office)}")
    assert "such" not in done.stderr


def test_a_certificate_that_cannot_be_written_is_told_in_turkish(office: Path) -> None:
    erased = Erased("x", datetime.now(UTC), is_dry_run=True)
    with pytest.raises(ConfigurationError) as fault:
        write_certificate(office / "yok" / "tutanak.txt", erased, "Ofis")
    assert fault.value.reason.endswith(f"tutanak yazılamıyor (“{office}/yok” diye bir klasör yok)")


def test_a_command_that_loads_no_log_logs_what_goes_wrong_all_the_same(
    muhtarlik: Muhtarlik, office: Path
) -> None:
    (office / "ledger.db-learned.json").write_text("{")
    done = muhtarlik("route", "çöp alınmıyor")
    [line] = done.stderr.splitlines()
    assert line.startswith("event='learned model refused'")
    assert "level='warning'" in line
    assert done.stdout.startswith("Temizlik")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("restore", "yok.db"), "yok.db: okunamıyor (böyle bir dosya yok)"),
        (("restore", "."), ".: okunamıyor (bu bir klasör)"),
        (("backup", "yok/yedek.db"), "yok/yedek.db: yazılamıyor (“yok” diye bir klasör yok)"),
    ],
)
def test_a_backup_s_file_is_named_when_it_is_the_fault(
    muhtarlik: Muhtarlik, command: tuple[str, ...], said: str
) -> None:
    done = muhtarlik(*command)
    assert (done.returncode, done.stderr) == (1, f"muhtarlik: {said}\n")
