"""Which structured source a mail is from, and what it says: nothing is decided and nothing written."""

from collections.abc import Sequence
from dataclasses import dataclass

from daemon.domain.mail import Mail
from daemon.domain.office import Office
from daemon.domain.structured.reading import Told, read_lists, read_message
from daemon.domain.structured.sources import Material, SourceRule
from daemon.ports.incoming import ReadMaterial


@dataclass(frozen=True, slots=True)
class Structured:
    """A mail of a structured source. ``told`` is ``None`` when it names a list of the source that has no header of
    it, or that cannot be read: ``fault`` then says why, in Turkish."""

    rule: SourceRule
    told: Told | None
    fault: str = ""


def recognise(
    mail: Mail, sender: str, office: Office, read: ReadMaterial, *, from_office: bool
) -> Structured | None:
    """By the sender of the mail (or of the one that a colleague forwards); a list also by what stands in it, when
    the office itself hands it in."""
    if not office.sources:
        return None
    if rule := _rule_of(sender, mail, office.sources):
        return _from_system(mail, rule, read(mail))
    has_files = mail.attachments or (mail.forwarded and mail.forwarded.attachments)
    return _from_office(office.sources, read(mail)) if from_office and has_files else None


def _rule_of(sender: str, mail: Mail, rules: Sequence[SourceRule]) -> SourceRule | None:
    """Several systems may write from one address: then the subject tells them apart."""
    mine = [rule for rule in rules if rule.is_from(sender)]
    subject = (mail.forwarded or mail).subject
    return next((rule for rule in mine if rule.has_subject(subject)), mine[0] if mine else None)


def _from_system(mail: Mail, rule: SourceRule, material: Material) -> Structured:
    if material.lists and (listed := read_lists(material.lists, rule)):
        return Structured(rule, listed)
    told_by = mail.forwarded or mail
    told = read_message(told_by.text, material, rule, subject=told_by.subject)
    return Structured(rule, told, _unread(material))


def _from_office(rules: Sequence[SourceRule], material: Material) -> Structured | None:
    """The rule whose file name it has, else the one with the most columns."""
    names = [grid.name for grid in material.lists] + [file.name for file in material.unread]
    named = [rule for rule in rules if any(rule.has_file(name) for name in names)]
    for some in (named, rules):
        read = [(rule, told) for rule in some if (told := read_lists(material.lists, rule))]
        if read:
            rule, told = max(read, key=lambda each: _facts_in(each[1]))
            return Structured(rule, told, _unread(material))
    if not named:
        return None
    return Structured(named[0], None, _unread(material) or "listede beklenen başlıklar bulunamadı")


def _facts_in(told: Told) -> int:
    records = [*told.records, *(record for record, _ in told.broken)]
    return len({fact for record in records[:50] for fact in record.facts})


def _unread(material: Material) -> str:
    return "; ".join(f"{file.name}: {file.reason}" for file in material.unread)
