"""What ``reading`` shows a clerk of an exported conversation."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

_APPS = {"whatsapp": "WhatsApp", "bip": "BiP"}
_SIDES = {"headman": "muhtar", "office": "ofis", "unknown": "tanınmıyor"}


def chat_lines(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Label and value of each line; what is empty is left out."""
    lines = (
        ("Tür", f"{_APPS[facts['app']]} sohbeti"),
        ("Kişi", facts["contact"]),
        ("Mesaj", f"{facts['messages']} ({_shown(facts['from'])} – {_shown(facts['to'])})"),
        ("Yazanlar", "\n".join(_person(person) for person in facts["people"])),
        *(("Talep", _matter(matter)) for matter in facts["requests"]),
        *(("Karar bekler", _matter(matter)) for matter in facts["questions"]),
        ("Eski", f"üç aydan eski {facts['old']} konu" if facts["old"] else ""),
    )
    return ((label, value) for label, value in lines if value)


def _shown(moment: str) -> str:
    return f"{datetime.fromisoformat(moment):%d.%m.%Y %H:%M}"


def _person(person: dict[str, Any]) -> str:
    known = person["neighbourhood"] or ", ".join(f"{name}?" for name in person["guesses"])
    return f"{person['name']}: {_SIDES[person['side']]}{f', {known}' if known else ''}"


def _matter(matter: dict[str, Any]) -> str:
    where = matter["external_body"] or matter["directorate"] or "birimi belirlenemedi"
    head = f"{_shown(matter['date'])} {matter['neighbourhood'] or matter['from']} → {where}"
    return "\n".join(filter(None, (head, matter["text"], ", ".join(matter["attachments"]))))
