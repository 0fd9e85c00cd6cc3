"""Alternatives put together by their first letters find what the list as written finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.domain.routing import advertising
from daemon.domain.routing.alternatives import grouped


@pytest.mark.parametrize(
    ("pattern", "arranged"),
    [
        ("ab|ac|b", "a(?:b|c)|b"),
        (r"a(?:b|c)|[x|y]z|ad|\d", r"a(?:(?:b|c)|d)|[x|y]z|\d"),
        (r"a?b|ac|\|x", r"a(?:c)|a?b|\|x"),
        ("ilk|ilk ay", "i(?:lk|lk ay)"),
    ],
)
def test_alternatives_stand_together_by_their_first_letter(pattern: str, arranged: str) -> None:
    assert grouped(pattern) == arranged


@given(st.text(alphabet="abcdx ", max_size=30))
def test_what_is_found_stays_the_same(text: str) -> None:
    pattern = r"ab|a(?:c|d)|abc|b\w|cab|bx? |ba"
    assert re.compile(grouped(pattern)).findall(text) == re.compile(pattern).findall(text)


def test_signs_of_advertising_are_found_as_written() -> None:
    assert advertising.is_advertising(
        "", "Sayın yetkili, toptan fiyat listemiz ve indirim kampanyamız ektedir."
    )
    assert not advertising.is_advertising("", "Sokağımızdaki çukur kapatılsın, firma kazıp bıraktı.")
