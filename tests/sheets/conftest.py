"""What the tests of Google's spreadsheets share; each says itself which ``office`` it is about."""

import pytest

from daemon.ports.spreadsheets import Workbook
from tests.sheets.google_people import GoogleOffice, GoogleUser


@pytest.fixture
def book(office: GoogleOffice) -> Workbook:
    return office.google.all(office.registry, ())["fen"]


@pytest.fixture
def person(office: GoogleOffice) -> GoogleUser:
    return office.person("fen")
