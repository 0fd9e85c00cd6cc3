"""The command ``reading``: what is read from a mail, a conversation or a scan. It writes nothing."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from daemon.app.explaining import explain_file
from daemon.cli.chat_lines import chat_lines
from daemon.cli.opening import opened_or_shipped
from daemon.cli.scans import scan_lines
from daemon.cli.turkish import TurkishCommand, config_option
from daemon.cli.values import print_json
from daemon.domain.structured.sources import SHOWN as _FACTS


@click.command(
    cls=TurkishCommand,
    help="Bir iletiden, dışa aktarılmış sohbetten veya taranmış dilekçeden ne okunduğunu gösterir.",
)
@config_option
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DOSYA…")
@click.option("--json", "as_json", is_flag=True, help="Sonucu JSON olarak yazar.")
@click.pass_context
def reading(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    with opened_or_shipped(ctx) as app:
        found = [explain_file(app, path) for path in files]
    if as_json:
        print_json(found[0] if len(found) == 1 else found)
        return
    for path, facts in zip(files, found, strict=True):
        click.echo(f"{path.name}")
        lines = scan_lines(facts) if "petitions" in facts else _reading_lines(facts)
        for label, value in lines:
            first, *more = value.split("\n")
            click.echo(f"  {label:<14} {first}")
            for line in more:
                click.echo(f"  {'':<14} {line}")


SHOWN = {fact.value: shown for fact, shown in _FACTS.items()} | {"map": "Harita"}
_KINDS = {
    "request": "Talep",
    "reply": "Yanıt",
    "auto_reply": "Otomatik yanıt",
    "bounce": "Teslim edilemedi bildirimi",
    "list": "Toplu ileti",
    "spam": "İstenmeyen ileti",
    "empty": "Boş ileti",
}
_MEANINGS = {
    "done": "Tamamlandı",
    "in_progress": "İşlemde",
    "rejected": "Olumsuz",
    "not_ours": "Bize ait değil",
    "transfer": "Başka birime ait",
    "question": "Bilgi isteniyor",
    "extension": "Ek süre isteniyor",
    "out_of_office": "Görevde değil",
    "thanks": "Teşekkür",
    "reopen": "Sorun sürüyor",
    "status": "Durum soruluyor",
    "unclear": "Belirsiz",
}


def _structured_lines(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a mail or list of another system says, record by record, and what is wrong with it."""
    for record in facts.get("records", ())[:_MOST_RECORDS]:
        label = record["place"] or "Kayıt"
        fields = "\n".join(f"{SHOWN.get(key, key)}: {value}" for key, value in record["fields"].items())
        yield label, fields + (f"\n! {record['lacks']}" if record["lacks"] else "")
    if (more := len(facts.get("records", ())) - _MOST_RECORDS) > 0:
        yield "", f"… ve {more} kayıt daha"
    yield "Hata", facts.get("fault", "")


_MOST_RECORDS = 50


def _reading_lines(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What was read, for a clerk; what is empty is left out."""
    if facts["kind"] in {"chat", "chats"}:
        return (line for chat in facts.get("chats", [facts]) for line in chat_lines(chat))
    return _mail_lines(facts)


def _mail_lines(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    sender = f"{facts['from_name']} <{facts['from']}>" if facts["from_name"] else facts["from"]
    meaning = _MEANINGS[facts["meaning"]] + (f" → {facts['target']}" if facts["target"] else "")
    lines = (
        ("Tür", _KINDS[facts["kind"]]),
        ("Gönderen", sender),
        ("İleten", facts["forwarded_by"]),
        ("Konu", facts["subject"]),
        ("Tarih", f"{datetime.fromisoformat(facts['date']):%d.%m.%Y %H:%M}" if facts["date"] else ""),
        ("Talep No", facts["number"]),
        ("Anlam", f"{meaning} ({'kesin' if facts['sure'] else 'kesin değil'})"),
        ("Belirleyen", ", ".join(facts["because"])),
        ("Kaynak", facts.get("source", "")),
        *_structured_lines(facts),
        ("Metin", "" if facts.get("source") else facts["text"]),
        ("İleten notu", facts["note"]),
        ("İmza", facts["signature"]),
        ("Alıntı", facts["quoted"]),
        ("Ekler", "\n".join(f"{a['name']} ({a['type']}, {a['size']} bayt)" for a in facts["attachments"])),
    )
    return ((label, value) for label, value in lines if value)


COMMANDS = (reading,)
