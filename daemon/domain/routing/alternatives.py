"""Long lists of alternatives in regular expressions, arranged so that few are tried at each letter.

Python's ``re`` tries ``aa|ab|b…`` one by one at every place of a text. Put together by their first letters
(``a(?:a|b)|b…``), those that begin with another letter cost nothing. What is found stays the same: alternatives that
begin with different letters never match at the same place, and those of one letter keep their order.
"""

from collections.abc import Iterator

_SPECIAL_NEXT = "?*+{"


def grouped(pattern: str) -> str:
    """``pattern``, an alternation, with its alternatives together by their first letter, the others behind them.

    An alternative that begins with anything but a plain small letter must not match where one of the grouped does,
    or its turn would come later than written; where only the finding counts and not the length, that is no matter.
    """
    by_letter: dict[str, list[str]] = {}
    others: list[str] = []
    for alternative in _split(pattern):
        first, second = alternative[:1], alternative[1:2]
        if "a" <= first <= "z" and second not in _SPECIAL_NEXT:
            by_letter.setdefault(first, []).append(alternative[1:])
        else:
            others.append(alternative)
    return "|".join([*(f"{first}(?:{'|'.join(rest)})" for first, rest in by_letter.items()), *others])


def _split(pattern: str) -> Iterator[str]:
    """The alternatives at the outermost level."""
    depth, start, at = 0, 0, 0
    in_set = False
    while at < len(pattern):
        letter = pattern[at]
        if letter == "\\":
            at += 1
        elif in_set:
            in_set = letter != "]"
        elif letter == "[":
            in_set = True
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == "|" and not depth:
            yield pattern[start:at]
            start = at + 1
        at += 1
    yield pattern[start:]
