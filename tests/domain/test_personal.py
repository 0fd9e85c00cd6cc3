"""Identity numbers are masked, other numbers are not."""

import pytest

from daemon.domain.personal import is_identity_number, mask_identity_numbers


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("TC: 10000000146.", "TC: *******0146."),
        ("10000000146", "*******0146"),
        ("T.C.10000000146 adına", "T.C.*******0146 adına"),
        ("100 000 001 46 numaralı", "*******0146 numaralı"),
        ("10000000146 05321112233", "*******0146 05321112233"),
        ("5321112233 10000000146", "5321112233 *******0146"),
        ("ilki 10000000146, ikincisi 19191919190", "ilki *******0146, ikincisi *******9190"),
        ("10000000147", "10000000147"),
        ("05321112233", "05321112233"),
        ("110000000146", "110000000146"),
        ("abone no 123456789012345", "abone no 123456789012345"),
        ("07.12.2026 12:30", "07.12.2026 12:30"),
        ("", ""),
    ],
)
def test_only_valid_numbers_are_masked(text: str, masked: str) -> None:
    assert mask_identity_numbers(text) == masked


@pytest.mark.parametrize("digits", ["10000000146", "19191919190"])
def test_the_checksum_holds(digits: str) -> None:
    assert is_identity_number(digits)


@pytest.mark.parametrize(
    "digits", ["00000000000", "10000000145", "1000000014", "1000000014x", "１0000000146", ""]
)
def test_the_checksum_fails(digits: str) -> None:
    assert not is_identity_number(digits)
