"""The short form by which staff enter a request by mail: ``Kanal: Telefon``, ``Mahalle: …``, ``Konu: …``.

The labels are those of the ``Yeni Talep`` sheet, in any order and spelling; several forms may follow one another.
"""

import re
from collections.abc import Iterator

from daemon.domain.chat_people import People
from daemon.domain.naming import COURTESY
from daemon.domain.registry import Neighbourhood, Registry
from daemon.domain.request import Channel
from daemon.domain.text import fold, one_line, tidy

Form = dict[str, str]
"""By the sheet's column keys: channel, neighbourhood, headman, subject, description, directorate, phone."""

BELOW = "phone below"
"""A telephone number that stood where signatures do: it may tell the headman, but is no part of what was asked."""
_REST = "rest"
_TELLING = 3
"""Words below the labels that may say what is wanted; fewer are a name."""
_LABELS = {
    "kanal": "channel",
    "gelis kanali": "channel",
    "mahalle": "neighbourhood",
    "mahallesi": "neighbourhood",
    "muhtar": "headman",
    "muhtari": "headman",
    "muhtar adi": "headman",
    "konu": "subject",
    "konusu": "subject",
    "talep": "description",
    "talebi": "description",
    "aciklama": "description",
    "aciklamasi": "description",
    "mudurluk": "directorate",
    "mudurlugu": "directorate",
    "birim": "directorate",
    "tel": "phone",
    "tel no": "phone",
    "telefon": "phone",
    "telefon no": "phone",
    "telefonu": "phone",
    "cep": "phone",
    "cep telefonu": "phone",
    "gsm": "phone",
    "arayan no": "phone",
    "arayan numara": "phone",
}
_CHANNELS = {
    Channel.PHONE: ("tel", "telefonla", "telefon gorusmesi", "arama", "cep"),
    Channel.VERBAL: ("sozel", "yuz yuze", "yuzyuze", "elden", "ziyaret", "makam"),
    Channel.FIELD: ("saha ziyareti", "saha gezisi", "sahada", "arazi", "yerinde"),
    Channel.WHATSAPP: ("wp", "wapp", "whats app", "watsap", "watsapp", "whatsap"),
    Channel.PETITION: ("dilekce ile", "yazili"),
}
_CHANNEL_WORDS = {word: channel.value for channel, said in _CHANNELS.items() for word in said}
_LINE = re.compile(
    r"^[\s>*•·\-–]{0,6}\**\s?([^\W\d]+(?: [^\W\d]+)?)\**(?:\s{0,4}[:：=]|\s{1,4}[-–](?=\s))\**\s{0,4}(.*)$"
)
_FURTHER = re.compile(r"(?<=\S)[\s,;|/·–-]{1,6}(?=(?P<label>[^\W\d]+(?: [^\W\d]+)?)\**\s{0,4}[:：=])")
_MOST = 50
_RUNS_ON = frozenset({"description"})


def read_forms(text: str) -> list[Form]:
    """The filled-in forms in a mail, none when it holds none. A form names its channel, or its neighbourhood or
    headman with a subject or description."""
    return [form for form in _blocks(text) if _is_form(form)][:_MOST]


def _is_form(form: Form) -> bool:
    whose = "neighbourhood" in form or "headman" in form
    what = "subject" in form or "description" in form
    return ("channel" in form and (whose or what)) or (whose and what)


def _blocks(text: str) -> Iterator[Form]:
    form: Form = {}
    running, left = "", False
    for line in (part for whole in tidy(text).split("\n") for part in _apart(whole)):
        key, value = _labelled(line)
        if key == "phone" and key in form:
            key = ""  # another number is no other form
        if key:
            if key in form:
                yield _trimmed(form)
                form, left = {}, False
            form[key], running = value, key
        elif running in _RUNS_ON or (running and not form[running]):
            form[running] = f"{form[running]}\n{line}".lstrip()
        elif line.strip():
            running = ""
            left = left or bool(COURTESY.fullmatch(fold(line)))
            if form and not left:
                form[_REST] = f"{form.get(_REST, '')}\n{line}".lstrip()
    if form:
        yield _trimmed(form)


def _apart(line: str) -> Iterator[str]:
    """The labels of a line that holds several: "Kanal: Sözlü Mahalle: Emek Açıklama: …". Free words are not cut,
    but for a subject before its description."""
    while (key := _labelled(line)[0]) and key not in _RUNS_ON:
        ends = _RUNS_ON if key == "subject" else _LABELS.values()
        cut = next((found for found in _FURTHER.finditer(line) if _key_of(found["label"]) in ends), None)
        if cut is None:
            break
        yield line[: cut.start()]
        line = line[cut.end() :]
    yield line


def _key_of(label: str) -> str:
    return _LABELS.get(" ".join(fold(label).split()), "")


def _trimmed(form: Form) -> Form:
    """What was written freely below the labels is the description where none is labelled."""
    rest = form.pop(_REST, "")
    if len(rest.split()) >= _TELLING and not form.get("description"):
        form["description"] = rest
    return {key: value.strip() for key, value in form.items()}


def _labelled(line: str) -> tuple[str, str]:
    found = _LINE.match(line)
    key = _key_of(found[1]) if found else ""
    return (key, found[2].strip().strip("*").strip()) if found and key else ("", "")


def completed(form: Form, registry: Registry) -> Form:
    """The channel as the sheet calls it; a headman's name or telephone stands for his neighbourhood where none is
    written."""
    if channel := _CHANNEL_WORDS.get(" ".join(fold(form.get("channel", "")).split())):
        form = {**form, "channel": channel}
    phone, below = form.get("phone", ""), form.get(BELOW, "")
    form = {key: value for key, value in form.items() if key not in {"phone", BELOW}}
    caller = People(registry).place_of(phone or below) if phone or below else None
    if phone and caller is None and (form.get("description") or form.get("subject")):
        said = form.get("description", "")
        form.setdefault("subject", one_line(said, 80))  # no telephone in a subject
        form["description"] = f"{said}\nTelefon: {phone}".lstrip()
    if form.get("neighbourhood"):
        return form
    who = form.get("headman", "")
    place = People(registry).place_of(who) if who else caller
    return {**form, "neighbourhood": place.name, "headman": place.headman.name} if place else form


def place_named(text: str, registry: Registry) -> Neighbourhood | None:
    """The neighbourhood that a line of a mail names beside what is attached: ``Mahalle: Yayla``."""
    for form in _blocks(text):
        place = registry.neighbourhood(completed(form, registry).get("neighbourhood", ""))
        if place is not None:
            return place
    return None


def only_place_in(text: str, registry: Registry) -> str:
    """The one neighbourhood whose name stands in the words, for a person's eye: "Yayla" may be any highland."""
    folded = f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
    found = [
        place.name
        for place in registry.neighbourhoods
        if any(
            f" {' '.join(re.findall(r'[a-z0-9]+', fold(name)))} " in folded
            for name in (place.name, *place.aliases)
        )
    ]
    return found[0] if len(found) == 1 else ""
