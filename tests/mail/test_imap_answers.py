"""FETCH answers as servers write them: the quick way and imapclient's must read the same."""

from typing import Any

import pytest
from imapclient.response_parser import parse_fetch_response

from daemon.mail.imap_answers import _quick, read_answers

DATE = b'INTERNALDATE "23-Nov-2026 22:36:01 +0300"'

USUAL: list[list[Any]] = [
    [b"12 (UID 5 RFC822.SIZE 300)"],
    [b"12 (RFC822.SIZE 0 UID 4294967295)"],
    [b"1 (UID 5 FLAGS (\\Seen $Junk) RFC822.SIZE 300)"],
    [(b"12 (UID 5 " + DATE + b" BODY[] {5}", b"a\r\n)\r"), b")"],
    [(b'3 (UID 7 INTERNALDATE " 1-Jan-2024 00:00:00 -0530" BODY[HEADER]<0> {3}', b"x: "), b")"],
    [(b"3 (BODY[] {0}", b""), b" UID 7 FLAGS (\\Recent))"],
    [(b"3 (FLAGS () UID 7 MODSEQ (99) BODY[] {2}", b"\xff\x00"), b")"],
]
UNUSUAL: list[list[Any]] = [
    [b'12 (UID 5 BODY[] "kisa")'],
    [b"12 (UID 5 BODY[] NIL)"],
    [b'12 (UID 5 INTERNALDATE "31-Feb-2026 22:36:01 +0300")'],
    [b'12 (UID 5 INTERNALDATE "bozuk")'],
    [(b"1 (UID 5 X-GM-MSGID 12 BODY[] {1}", b"a"), b")"],
    [(b"1 (UID 5 BODY[HEADER] {1}", b"a"), (b" BODY[TEXT] {1}", b"b"), b")"],
]


def by_library(response: list[Any]) -> list[dict[bytes, Any]]:
    return list(parse_fetch_response(response, normalise_times=False, uid_is_key=False).values())


@pytest.mark.parametrize("response", USUAL)
def test_the_usual_is_read_quickly_and_as_the_library_reads_it(response: list[Any]) -> None:
    quick = _quick(response)
    assert quick is not None
    (library,) = by_library(response)
    assert quick == {name: library[name] for name in quick}
    assert {b"UID", *(name for name in library if name.startswith((b"BODY", b"RFC", b"INT")))} == set(quick)


@pytest.mark.parametrize("response", UNUSUAL)
def test_the_unusual_is_left_to_the_library(response: list[Any]) -> None:
    assert _quick(response) is None
    assert read_answers(response) == by_library(response)
