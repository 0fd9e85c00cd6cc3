"""What ``reading`` shows of structured mails and lists; writes nothing."""

from daemon.domain.errors import Unprocessable
from daemon.domain.mail import Mail
from daemon.domain.office import Office
from daemon.domain.reading import Kind, Reading, read_mail, reading_json
from daemon.domain.structured.reading import shown_facts
from daemon.domain.structured.sources import Record
from daemon.ports.incoming import ReadMaterial
from daemon.steps.recognising import Structured, recognise


def explained_mail(mail: Mail, reading: Reading, office: Office, read: ReadMaterial) -> dict[str, object]:
    """Further keys for a mail of a structured source; none for any other."""
    sender = reading.sender if reading.sender.email else mail.sender
    from_office = office.registry.is_staff(mail.sender.email)
    found = recognise(mail, sender.email, office, read, from_office=from_office)
    return _shown(found) if found else {}


def explained_list(mail: Mail, name: str, office: Office, read: ReadMaterial) -> dict[str, object]:
    """A list handed in as a file. Raises :class:`Unprocessable` when it is no list of a known source."""
    found = recognise(mail, mail.sender.email, office, read, from_office=True)
    if found is None or found.told is None:
        unread = "; ".join(file.reason for file in read(mail).unread)
        why = unread or (found.fault if found else "")
        why = why or "mappings.yaml dosyasındaki kaynaklardan (sources) birinin listesi değil"
        raise Unprocessable(f"{name} is no list of a source", reason=f"{name}: {why}.")
    reading = read_mail(mail, office_address=office.registry.office_address)
    return reading_json(mail, reading) | _shown(found)


def _shown(found: Structured) -> dict[str, object]:
    told = found.told
    records = [(record, "") for record in told.records] if told else []
    records += [(record, why) for record, why in told.broken] if told else []
    return {
        "kind": Kind.REQUEST.value,
        "source": found.rule.name,
        "channel": found.rule.channel.value,
        "is_list": bool(told and told.is_list),
        "fields": shown_facts(records[0][0]) if records else {},
        "records": [_record(record, why) for record, why in records],
        "fault": found.fault or (told.contradicts if told else ""),
    }


def _record(record: Record, why: str) -> dict[str, object]:
    return {
        "place": record.place,
        "fields": shown_facts(record),
        "standing": record.standing.value,
        "lacks": why,
    }
