"""Reading FETCH answers (RFC 3501 §7.4.2): quickly what servers usually write, by imapclient the rest.

imapclient's lexer goes character by character, which is half the cost of fetching a mail; two regular
expressions read the same in a tenth of the time. Whatever they do not match in full goes to the lexer.
"""

import re
from datetime import datetime, timedelta, timezone
from typing import Any

from imapclient.response_parser import parse_fetch_response

Answer = dict[bytes, Any]
"""Items of one mail by name: ``UID``, ``RFC822.SIZE``, ``INTERNALDATE`` (aware), ``BODY[]`` …"""

_ITEM = rb'(?:UID \d+|RFC822\.SIZE \d+|MODSEQ \(\d+\)|FLAGS \([^()"]*\)|INTERNALDATE "[^"\\]*")'
_BODY = rb"BODY\[(?:HEADER)?\](?:<0>)?"
_WITHOUT_LITERAL = re.compile(rb"\d+ \(((?:%s ?)+)\)" % _ITEM)
_WITH_LITERAL = re.compile(rb"\d+ \(((?:%s )*)(%s) \{\d+\}" % (_ITEM, _BODY))
_AFTER_LITERAL = re.compile(rb"((?: %s)*)\)" % _ITEM)
_NUMBER = re.compile(rb"(UID|RFC822\.SIZE) (\d+)")
_DATE = re.compile(
    rb'INTERNALDATE "([ \d]\d)-([A-Z][a-z]{2})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"'
)
_MONTHS = {
    name: number for number, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)
}


def read_answers(response: list[Any]) -> list[Answer]:
    """The mails in one untagged FETCH response as imaplib hands it out: lines, and (line, literal) pairs."""
    quick = _quick(response)
    if quick is not None:
        return [quick]
    return list(parse_fetch_response(response, normalise_times=False, uid_is_key=False).values())


def _quick(response: list[Any]) -> Answer | None:
    match response:
        case [bytes(line)]:
            whole = _WITHOUT_LITERAL.fullmatch(line)
            return _items(whole[1]) if whole else None
        case [(bytes(line), bytes(literal)), bytes(rest)]:
            before, after = _WITH_LITERAL.fullmatch(line), _AFTER_LITERAL.fullmatch(rest)
            if not before or not after:
                return None
            answer = _items(before[1] + after[1])
            if answer is not None:
                answer[before[2]] = literal
            return answer
        case _:
            return None


def _items(text: bytes) -> Answer | None:
    answer: Answer = {name: int(value) for name, value in _NUMBER.findall(text)}
    if b"INTERNALDATE" in text:
        date = _DATE.search(text)
        moment = _moment(date) if date else None
        if moment is None:
            return None
        answer[b"INTERNALDATE"] = moment
    return answer


def _moment(date: re.Match[bytes]) -> datetime | None:
    day, month, year, hour, minute, second, sign, hours, minutes = date.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    try:
        zone = timezone(-offset if sign == b"-" else offset)
        return datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=zone)
    except (KeyError, ValueError):
        return None
