"""More than 800 answers of liaisons and headmen, a line each in ``answers/``; the file's name says what is expected.

``<who>-<meaning>[-sure].txt``, and ``<who>-never-closes.txt`` for what may be read as this or that but must
not close a request without a person's look. ``\\n`` stands for a line's end.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from daemon.domain.answers.meaning import Meaning, understand
from daemon.domain.text import fold

ANSWERS = Path(__file__).parent / "answers"
SPELLINGS: dict[str, Callable[[str], str]] = {
    "as written": str,
    "without Turkish letters": fold,
    "capitals": lambda text: fold(text).upper(),
}


def _lines(name: str) -> Iterator[str]:
    for line in (ANSWERS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        yield line.replace("\\n", "\n")


def _cases() -> Iterator[object]:
    for path in sorted(ANSWERS.glob("*.txt")):
        who, _, expected = path.stem.partition("-")
        for text in _lines(path.stem):
            yield pytest.param(text, who == "headman", expected, id=f"{path.stem}: {text[:60]!r}")


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(("text", "to_headman", "expected"), list(_cases()))
def test_an_answer_says_what_its_writer_meant(
    text: str, to_headman: bool, expected: str, spelling: str
) -> None:
    understood = understand(SPELLINGS[spelling](text), to_headman=to_headman)
    if expected == "never-closes":
        assert not (understood.sure and understood.meaning in {Meaning.DONE, Meaning.REJECTED}), understood
        return
    meaning, _, sure = expected.partition("-")
    assert understood.meaning == meaning, understood
    assert understood.sure or not sure, understood


@pytest.mark.parametrize("text", list(_lines("liaison-never-closes")))
def test_what_never_closes_does_not_close_for_an_unknown_writer_either(text: str) -> None:
    understood = understand(text)
    assert not (understood.sure and understood.meaning in {Meaning.DONE, Meaning.REJECTED}), understood
