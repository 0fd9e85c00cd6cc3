"""The demo as a newcomer runs it: one command, nothing to configure, a whole life and where to look."""

import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook


@pytest.mark.timeout(120)
def test_the_demo_shows_a_request_from_mail_to_closure(tmp_path: Path) -> None:
    folder = tmp_path / "gosterim"
    command = [sys.executable, "-m", "daemon", "demo", "--once", "--dir", str(folder)]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=110, check=True).stdout
    for act in ("kayda alındı", "yönlendirildi", "Hatırlatma", "TAMAMLANDI", "kapatıldı", "Yeniden açıldı"):
        assert act in shown
    assert "İnceleme’de bir kişinin kararını bekliyor" in shown
    assert "http://" not in shown, "the mail page has gone when the demo has ended"
    letters = [path.name for path in (folder / "mektuplar").iterdir()]
    for occasion in ("headman-confirmation", "liaison-referral", "liaison-reminder", "headman-closure"):
        assert any(occasion in name for name in letters)
    sheet = load_workbook(folder / "park.xlsx")["Talepler"]
    assert "Tamamlandı" in {cell.value for row in sheet.iter_rows() for cell in row}
