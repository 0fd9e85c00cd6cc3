"""The certificate of an erasure, as text or PDF: what was erased, by which right, and what remains."""

from collections.abc import Iterator
from pathlib import Path

from daemon.by_hand import why_unwritable
from daemon.domain.clock import show_moment
from daemon.domain.errors import ConfigurationError
from daemon.erasing import Erased

_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def lines_of(erased: Erased, office_name: str) -> Iterator[str]:
    yield "KİŞİSEL VERİ SİLME TUTANAĞI" + (" (DENEME: hiçbir şey silinmedi)" if erased.is_dry_run else "")
    yield office_name
    yield f"Tarih: {show_moment(erased.at)}"
    yield f"Konu: {erased.whom}"
    yield "Dayanak: 6698 sayılı Kişisel Verilerin Korunması Kanunu, madde 7."
    yield ""
    yield "Silinecek olanlar:" if erased.is_dry_run else "Silinenler:"
    for what, count in erased.counts.items():
        yield f"  {what}: {count}"
    if erased.head:
        yield ""
        yield f"Geçmiş zinciri silmeden sonra doğrulandı: {erased.head}"
    yield ""
    yield "Bu işlemin dışında kalanlar:"
    for line in erased.left:
        yield f"  {line}"


def write_certificate(path: Path, erased: Erased, office_name: str) -> None:
    """Raises :class:`ConfigurationError`."""
    lines = list(lines_of(erased, office_name))
    try:
        path.touch(0o600)
        if path.suffix.lower() == ".pdf":
            _write_pdf(path, lines)
        else:
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as fault:
        what = f"{path}: tutanak yazılamıyor ({why_unwritable(fault, path)})"
        raise ConfigurationError(f"cannot write {path}: {fault}", reason=what) from fault


def _write_pdf(path: Path, lines: list[str]) -> None:
    from fpdf import FPDF

    if not _FONT.exists():
        raise OSError(f"{_FONT} yok; fonts-dejavu-core paketini kurunuz veya .txt olarak yazdırınız")
    page = FPDF(format="A4")
    page.add_page()
    page.add_font("DejaVu", fname=_FONT)
    for number, line in enumerate(lines):
        page.set_font("DejaVu", size=14 if number == 0 else 10)
        page.multi_cell(0, 6, line or " ", new_x="LMARGIN", new_y="NEXT")
    page.output(str(path))
