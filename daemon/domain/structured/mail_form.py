"""The short form by which staff enter a request by mail: ``Kanal: Telefon``, ``Mahalle: …``, ``Konu: …``.

The labels are those of the ``Yeni Talep`` sheet, in any order and spelling; several forms may follow one another.
"""

import re
from collections.abc import Iterator

from daemon.domain.answers.naming import COURTESY
from daemon.domain.chats.people import People
from daemon.domain.near_names import neighbourhood_meant
from daemon.domain.registry import Neighbourhood, Registry
from daemon.domain.row_headman import is_he
from daemon.domain.structured.form_labels import bare_labelled, channel_named, key_of, labelled, value_at
from daemon.domain.text import fold, one_line, tidy

Form = dict[str, str]
"""By the sheet's column keys: channel, neighbourhood, headman, subject, description, directorate, phone."""

BELOW = "phone below"
"""A telephone number that stood where signatures do: it may tell the headman, but is no part of what was asked."""
_REST = "rest"
_BETWEEN = "between"
_TELLING = 3
"""Words below the labels that may say what is wanted; fewer are a name."""
_FURTHER = re.compile(r"(?<=\S)[\s,;|/·–-]{1,6}(?=(?P<label>[^\W\d]+(?: [^\W\d]+){0,2})\**\s{0,4}[:：=])")
_MOST = 50
_RUNS_ON = frozenset({"description"})
_NOTE = re.compile(r"\W*(?:not|dipnot|ek|ekleme|p\.?s)\s*[:.]")
"""A line (folded) that is written below the leave-taking and still belongs to what is asked."""
_NAME = re.compile(r"[^\W\d]+\.?(?: [^\W\d]+\.?){0,4},?|")
_RULE = re.compile(r"[\s\-–—_=*~#.]{3,}$")
"""A line drawn between two forms, or above a signature."""


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
    lines = [part for whole in tidy(text).split("\n") for part in _apart(whole)]
    names_channel = any(_names_channel(line) for line in lines)
    for line in lines:
        key, value = labelled(line)
        if not key and names_channel:
            key, value = bare_labelled(line)
            free = running in _RUNS_ON and bool(form[running]) and key in {"subject", "description"}
            key = key if key == "channel" or (key not in form and not free) else ""
        if key in {"phone", "date"} and key in form:
            key = ""  # another number is no other form
        if key:
            if key in form:
                yield _trimmed(form)
                form, left = {}, False
            form[key], running = value, key
            if rest := form.pop(_REST, ""):
                form[_BETWEEN] = f"{form.get(_BETWEEN, '')}\n{rest}".lstrip()
        elif _RULE.match(line) and line.strip():
            running = ""
        elif running in _RUNS_ON or (running and not form[running]):
            form[running] = f"{form[running]}\n{line}".lstrip()
        elif line.strip():
            running = ""
            left = (left and not _NOTE.match(fold(line))) or bool(COURTESY.fullmatch(fold(line)))
            if form and not left:
                form[_REST] = f"{form.get(_REST, '')}\n{line}".lstrip()
    if form:
        yield _trimmed(form)


def _names_channel(line: str) -> bool:
    """Then the mail is a form, and a label may have lost its colon."""
    key, value = labelled(line)
    return (key == "channel" and bool(channel_named(value))) or bare_labelled(line)[0] == "channel"


def _apart(line: str) -> Iterator[str]:
    """The labels of a line that holds several: "Kanal: Sözlü Mahalle: Emek Açıklama: …". Free words are not cut,
    but for a subject before its description."""
    while (key := labelled(line)[0]) and key not in _RUNS_ON:
        further = ((found, key_of(found["label"])) for found in _FURTHER.finditer(line, value_at(line)))
        cut = next(
            (found for found, label in further if label in _RUNS_ON or (label and key != "subject")), None
        )
        if cut is None:
            break
        yield line[: cut.start()]
        line = line[cut.end() :]
    yield line


def _trimmed(form: Form) -> Form:
    """What was written freely below the labels belongs to the description, and so does what stands between them
    ("Adres: …")."""
    rest, between = form.pop(_REST, ""), form.pop(_BETWEEN, "")
    told = _without_names(rest)
    if len(rest.split()) >= _TELLING and not form.get("description"):
        told = told or rest
    said = (form.get("description", ""), between, told)
    if between or told:
        form["description"] = "\n".join(part for part in said if part.strip())
    return {key: value.strip() for key, value in form.items()}


def _without_names(rest: str) -> str:
    """Without the writer's name and office at the end: short lines of capitalised words, without a figure or a mark."""
    lines = rest.rstrip().split("\n")
    while lines and _NAME.fullmatch(lines[-1].strip()) and all(w[0].isupper() for w in lines[-1].split()):
        lines.pop()
    return "\n".join(lines).strip()


def completed(form: Form, registry: Registry) -> Form:
    """The channel and the neighbourhood as the sheet calls them; a headman's name or telephone stands for his
    neighbourhood where none is written, or there."""
    if channel := channel_named(form.get("channel", "")):
        form = {**form, "channel": channel}
    phone, below = form.get("phone", ""), form.get(BELOW, "")
    form = {key: value for key, value in form.items() if key not in {"phone", BELOW}}
    caller = People(registry).place_of(phone or below) if phone or below else None
    if phone and caller is None and (form.get("description") or form.get("subject")):
        said = form.get("description", "")
        form.setdefault("subject", one_line(said, 80))  # no telephone in a subject
        form["description"] = f"{said}\nTelefon: {phone}".lstrip()
    who = form.get("headman", "")
    if written := form.get("neighbourhood"):
        place = neighbourhood_meant(written, registry) or People(registry).place_of(written)
        if place is None:
            return form
        own = {"headman": place.headman.name} if who and is_he(who, place, registry) else {}
        named = {} if registry.neighbourhood(written) else {"neighbourhood": place.name}
        return {**form, **named, **own}
    place = People(registry).place_of(who) if who else caller
    return {**form, "neighbourhood": place.name, "headman": place.headman.name} if place else form


def place_named(text: str, registry: Registry) -> Neighbourhood | None:
    """The neighbourhood that a mail names beside what is attached: ``Mahalle: Yayla``, or by its headman."""
    for form in _blocks(text):
        place = registry.neighbourhood(completed(form, registry).get("neighbourhood", ""))
        if place is not None:
            return place
    return place_told(text, registry)


_HEADMANS = r"(?: (?:mah|mh|mahalle|mahallesi|koyu|koy))? (?:muhtar(?:i|imiz|in|inin|ina|ligi|ligin\w*)?)\b"


def place_told(text: str, registry: Registry) -> Neighbourhood | None:
    """The one neighbourhood whose headman the words name; ``None`` where they name two."""
    found = places_told(text, registry)
    return found[0] if len(found) == 1 else None


def places_told(text: str, registry: Registry) -> list[Neighbourhood]:
    """The neighbourhoods whose headmen the words name: "Yakacık Mahallesi muhtarı", "Kemal Gökçeli". A place alone is
    none of it: it may be the office's own address."""
    folded = f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
    return [
        place
        for place in registry.neighbourhoods
        if _stands(place.headman.name, folded, r"(?:\b| )")
        or any(_stands(name, folded, _HEADMANS) for name in (place.name, *place.aliases))
    ]


def _stands(name: str, folded: str, behind: str) -> bool:
    plain = " ".join(re.findall(r"[a-z0-9]+", fold(name)))
    return bool(plain) and plain in folded and re.search(rf" {plain}{behind}", folded) is not None


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
