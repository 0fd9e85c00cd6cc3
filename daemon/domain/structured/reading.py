"""What a structured mail or list says: records of one source, and what is wrong with those that say too little.

Attached JSON and XML are surest, then tables, then lines of text; each fills what the ones before left open.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from daemon.domain.answers.phrases import SENTENCE
from daemon.domain.chats.wording import map_link
from daemon.domain.clock import ISTANBUL, day_of
from daemon.domain.structured.grids import Listing, facts_in_form, read_list, unknown_in_form
from daemon.domain.structured.lines import facts_in_text, records_in_text, unknown_in_text
from daemon.domain.structured.sources import (
    EMBEDDED,
    SHOWN,
    Fact,
    Grid,
    Material,
    Record,
    SourceRule,
    Standing,
)
from daemon.domain.structured.trees import facts_in_tree, unknown_in_tree
from daemon.domain.structured.unknown_labels import Unknown, placed
from daemon.domain.structured.values import (
    Position,
    number_key,
    read_address,
    read_moment,
    read_number,
    read_phone,
    read_position,
    without_markup,
)
from daemon.domain.text import fold, one_line, tidy

_LONGEST = 20_000
_LONGEST_LINK = 500
"""Letters of a photo's link or name; what is longer tells a person nothing."""
_PHOTO = re.compile(r"\S+://\S+|/\S+|\S+\.\w{3,4}[,;]?")
"""A link, or a file's name of one word."""
_MAHALLE = re.compile(r"\bmah(?:\.|allesi\b)")
"""A row that says no more than this is the heading of the rows below it."""
_SUBJECT_PARTS = re.compile(r"\s[-–—|]\s|[()\[\];]")
_NUMBERED = re.compile(r"(?<![\w/])(\w[\w./-]*\d)\s+(?:numaral[ıi]|no['’]?lu|say[ıi]l[ıi])\b", re.IGNORECASE)
_OF_A_LAW = re.compile(r"\s+(?:kanun|yasa|genelge|yönetmelik)", re.IGNORECASE)
_SHORT = frozenset(Fact) - {Fact.TEXT, Fact.REST}

Row = tuple[Mapping[Fact, str], str, Sequence[Unknown]]
"""What a record says, where it stood, and what stood there under labels that are not known."""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that one mail or file brought from one source.

    ``broken`` are records without a number or without words, with the reason beside each. ``contradicts`` is a
    Turkish reason when parts of one mail name different numbers. ``unknown`` are labels that nobody made known, with
    words under them.
    """

    rule: SourceRule
    records: tuple[Record, ...] = ()
    broken: tuple[tuple[Record, str], ...] = ()
    is_list: bool = False
    contradicts: str = ""
    unknown: tuple[str, ...] = ()

    def __add__(self, other: "Told") -> "Told":
        return Told(
            self.rule,
            self.records + other.records,
            self.broken + other.broken,
            self.is_list or other.is_list,
            self.contradicts or other.contradicts,
            tuple(dict.fromkeys(self.unknown + other.unknown)),
        )


def read_message(text: str, material: Material, rule: SourceRule, *, subject: str = "") -> Told:
    """One mail of the system itself: usually one record, but also several.

    Where nothing else does, the mail's subject names its number, and the one map that it links to its place.
    """
    trees = [facts for tree in material.trees for facts in facts_in_tree(tree, rule)]
    listings = [found for grid in material.tables if (found := read_list(grid, rule))]
    rows = [row for listing in listings for row in listing.rows]
    listed = [dict(row.facts) for row in rows]
    forms: dict[Fact, str] = {}
    for grid in material.tables:
        forms = {**facts_in_form(grid, rule), **forms}
    lines = facts_in_text(text, rule)
    several = _numbered(trees) or _numbered(listed) or _numbered(records_in_text(text, rule))
    if len(several) > 1:
        beside = {id(facts): row.unknown for facts, row in zip(listed, rows, strict=True)}
        return _told([(facts, "", beside.get(id(facts), ())) for facts in several], rule)
    layers = [*trees[:1], *listed[:1], forms, lines]
    merged: dict[Fact, str] = {}
    for facts in layers:
        merged = {**facts, **merged}
    named = (read_number(facts.get(Fact.NUMBER, "")) for facts in layers)
    numbers = {number for number in named if number}
    if not numbers and (number := _number_in_subject(subject, rule)):
        merged[Fact.NUMBER] = number
    if not numbers and not {Fact.NUMBER, Fact.TEXT} & merged.keys():
        merged[Fact.NUMBER] = _number_in_words(text)
    if Fact.POSITION in merged and _place(merged) is None and len(material.map_links) == 1:
        merged[Fact.POSITION] = material.map_links[0]
    told = _told([(merged, "", _unknown(text, material, rule, listings))], rule)
    if len({number_key(number, rule.channel.value) for number in numbers}) < 2:
        return told
    reason = f"İletide birden çok sistem numarası var ({', '.join(sorted(numbers))})"
    return Told(rule, broken=tuple((record, reason) for record in told.records), contradicts=reason)


def _unknown(text: str, material: Material, rule: SourceRule, listings: Sequence[Listing]) -> list[Unknown]:
    """What stands under labels that are not known; the lines of a mail only repeat its tables."""
    found = [each for tree in material.trees[:1] for each in unknown_in_tree(tree, rule)]
    found += [each for listing in listings[:1] for row in listing.rows[:1] for each in row.unknown]
    beside = (
        [each for grid in material.tables for each in unknown_in_form(grid, rule)] if not listings else []
    )
    return found + (beside or unknown_in_text(text, rule))


def _number_in_subject(subject: str, rule: SourceRule) -> str:
    """``Başvuru No: 2026/12`` or ``2026/12 numaralı başvuru``, when the subject names one only."""
    plain = one_line(subject, 300)
    labelled = [
        facts.get(Fact.NUMBER, "").split(" ")[0]
        for part in _SUBJECT_PARTS.split(plain)
        if (facts := facts_in_text(part, rule))
    ]
    said = [found[1] for found in _NUMBERED.finditer(plain)]
    numbers = {number for each in (*labelled, *said) if (number := read_number(each))}
    return numbers.pop() if len(numbers) == 1 else ""


def _number_in_words(text: str) -> str:
    """A reminder names its number in a sentence; a record that lost its number may well name another's."""
    found = (each for each in _NUMBERED.finditer(text[:_LONGEST]) if not _OF_A_LAW.match(text, each.end()))
    numbers = {number for each in found if (number := read_number(each[1]))}
    return numbers.pop() if len(numbers) == 1 else ""


def _numbered(records: Iterable[Mapping[Fact, str]]) -> list[Mapping[Fact, str]]:
    """Those with a number, each once."""
    by_number = {number_key(read_number(facts.get(Fact.NUMBER, ""))): facts for facts in records}
    return [facts for number, facts in by_number.items() if number]


def read_lists(grids: Sequence[Grid], rule: SourceRule) -> Told | None:
    """The rows of every worksheet that has this source's header; ``None`` when none has."""
    listings = [found for grid in grids if (found := read_list(grid, rule))]
    if not listings:
        return None
    told = Told(rule, is_list=True)
    for listing in listings:
        told += _told_list(listing, rule)
    return told


def _told_list(listing: Listing, rule: SourceRule) -> Told:
    whole = rule.standing_in_title(listing.sheet) or rule.standing_in_title(listing.title)
    rows: list[Row] = []
    heading: dict[Fact, str] = {}
    for row in listing.rows:
        if not _is_remark(row.facts):
            rows.append(({**heading, **row.facts}, f"{row.row}. satır", row.unknown))
        elif place := next((value for value in row.facts.values() if _MAHALLE.search(fold(value))), ""):
            heading = {Fact.NEIGHBOURHOOD: place}
    return _told(rows, rule, whole)


def _is_remark(facts: Mapping[Fact, str]) -> bool:
    """A single cell that is no number: who made the list, when, how many there are."""
    return len(facts) == 1 and not read_number(facts.get(Fact.NUMBER, ""))


def _told(told: Sequence[Row], rule: SourceRule, whole: Standing = Standing.UNKNOWN) -> Told:
    records: list[Record] = []
    broken: list[tuple[Record, str]] = []
    unknown: list[str] = []
    for facts, place, beside in told:
        full, labels = placed(facts, beside)
        unknown += labels
        clean = clean_facts(full)
        standing = rule.standing(clean[Fact.STATUS]) if Fact.STATUS in clean else whole
        record = Record(rule.name, rule.channel, clean, standing, place)
        lacks = lacking(record)
        if lacks:
            broken.append((record, lacks))
        else:
            records.append(record)
    return Told(rule, tuple(records), tuple(broken), unknown=tuple(dict.fromkeys(unknown)))


def lacking(record: Record) -> str:
    """What a record needs and does not have, in Turkish; ``""`` when it says enough."""
    lacks = []
    if not record.number:
        lacks.append("sistem numarası bulunamadı")
    if not record.text:
        lacks.append("talebin metni bulunamadı")
    return " ve ".join(lacks)


def clean_facts(facts: Mapping[Fact, str]) -> dict[Fact, str]:
    """Values in one form, in the order of :class:`Fact`; what cannot be read stays as it was written."""
    clean = {
        fact: one_line(value, 1_000) if fact in _SHORT else tidy(value[:_LONGEST])
        for fact in Fact
        if (value := without_markup(facts.get(fact, "")))
    }
    if Fact.NUMBER in clean:
        clean[Fact.NUMBER] = read_number(clean[Fact.NUMBER])
    if address := read_address(clean.get(Fact.ANSWER_TO, "")):
        clean[Fact.ANSWER_TO] = address
    return {fact: value for fact, value in clean.items() if value}


def shown_facts(record: Record) -> dict[str, str]:
    """What ``reading --json`` shows: keys as in the mappings, days as ISO, the position as a link."""
    shown = {fact.value: value for fact, value in record.facts.items()}
    if moment := read_moment(record.facts.get(Fact.DATE, "")):
        shown[Fact.DATE.value] = moment.astimezone(ISTANBUL).isoformat()
    if link := position_link(record):
        shown["map"] = link
    return shown


def position_link(record: Record) -> str:
    found = _place(record.facts)
    return map_link(*found) if found else ""


def describe(record: Record) -> str:
    """The request's description: what was asked, then what else helps to find and judge it."""
    facts = record.facts
    lines = [record.text, "", facts.get(Fact.REST, ""), ""]
    lines += [f"{SHOWN[fact]}: {facts[fact]}" for fact in (Fact.KIND, Fact.PHONE) if fact in facts]
    lines += [
        f"{SHOWN[Fact.PHOTO]}: {photo}"
        for photo in _photos(facts.get(Fact.PHOTO, ""))
        if len(photo) <= _LONGEST_LINK
    ]
    if link := position_link(record):
        lines.append(f"Konum: {link}")
    return tidy("\n".join(lines))


def _photos(told: str) -> list[str]:
    """Links and names of files each, and words as they stand ("2 adet, ektedir")."""
    parts = [part for part in told.split() if not part.startswith(EMBEDDED)]
    return parts if all(_PHOTO.fullmatch(part) for part in parts) else [" ".join(parts)]


def news(known: Mapping[Fact, str], told: Mapping[Fact, str]) -> dict[Fact, tuple[str, str]]:
    """(old, new) of every fact that says something new. A list cuts long texts, so a beginning is nothing new."""
    found = {}
    for fact, new in told.items():
        old = known.get(fact, "")
        before, after = _comparable(fact, old), _comparable(fact, new)
        is_beginning = fact not in {Fact.PHONE, Fact.DATE} and before.startswith(after)
        if before != after and not is_beginning:
            found[fact] = (old, new)
    if (place := _place(told)) and place == _place(known):  # the same place in one text, or in two
        found = {fact: change for fact, change in found.items() if fact not in _OF_PLACE}
    return found


def new_words(changes: Mapping[Fact, tuple[str, str]]) -> str:
    """Of what is new, the sentences that somebody wrote and that did not stand there before."""
    return "\n".join(
        sentence.strip()
        for fact, (old, new) in changes.items()
        if fact in _WRITTEN
        for sentence in SENTENCE.findall(new)
        if (said := _comparable(fact, sentence)) and said not in _comparable(fact, old)
    )


_WRITTEN = (Fact.SUBJECT, Fact.TEXT, Fact.REST)
_OF_PLACE = (Fact.POSITION, Fact.LATITUDE, Fact.LONGITUDE)


def _place(facts: Mapping[Fact, str]) -> Position | None:
    return read_position(*(facts.get(fact, "") for fact in _OF_PLACE))


def _comparable(fact: Fact, value: str) -> str:
    match fact:
        case Fact.PHONE:
            return read_phone(value)
        case Fact.DATE:
            moment = read_moment(value)
            return day_of(moment).isoformat() if moment else ""
        case _:
            return " ".join(fold(value).split()).rstrip(" ….")
