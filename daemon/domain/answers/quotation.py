"""What the writer wrote now, apart from what he quotes.

Answers above, below and between the quoted lines are the writer's; a program that quotes without marks
(Outlook) leaves everything below its header block to the quotation.
"""

import re
from dataclasses import dataclass

from daemon.domain.answers.heads import Announces, Head, find_head, fold_aligned

_QUOTED = re.compile(r"^\s{0,3}(?:>|&gt;)")
_SENTENCE_END = re.compile(r"[.:;!?…)\"”]\s*$")


@dataclass(frozen=True, slots=True)
class Split:
    """``own`` are the writer's passages in order; ``quoted`` is everything else, marks kept."""

    own: tuple[str, ...]
    quoted: str


def split_quotation(text: str, *, is_answer: bool) -> Split:
    """Cut quotations off. In a mail that answers nothing, a header block at the very top is content."""
    lines = text.split("\n")
    folded = fold_aligned(text).split("\n")
    own: list[list[str]] = [[]]
    quoted: list[str] = []
    index = 0
    while index < len(lines):
        end = _quoted_run(lines, index)
        if end == index:
            head = find_head(lines, folded, index)
            if head is not None and (is_answer or head.announces is not Announces.BLOCK or _has_words(own)):
                if folded[index].lstrip().startswith("<") and own[-1]:
                    quoted.append(own[-1].pop())
                end = head.after if _is_marked(lines, head) else len(lines)
        if end == index:
            own[-1].append(lines[index])
            index += 1
            continue
        quoted.extend(lines[index:end])
        if own[-1]:
            own.append([])
        index = end
    passages = tuple(passage for lines_ in own if (passage := "\n".join(lines_).strip()))
    return Split(passages, "\n".join(quoted).strip("\n"))


def _has_words(own: list[list[str]]) -> bool:
    return any(line.strip() for passage in own for line in passage)


def _is_marked(lines: list[str], head: Head) -> bool:
    """Whether the quotation below the head carries ``>`` marks, so that unmarked lines are the writer's."""
    following = next((line for line in lines[head.after : head.after + 4] if line.strip()), "")
    return bool(_QUOTED.match(following)) and head.announces is not Announces.BLOCK


def _quoted_run(lines: list[str], index: int) -> int:
    """End of the run of marked lines that begins at ``index`` (``index`` itself when none does)."""
    if not _QUOTED.match(lines[index]):
        return index
    while index < len(lines):
        if _QUOTED.match(lines[index]) or _is_wrapped_rest(lines, index):
            index += 1
        else:
            break
    return index


def _is_wrapped_rest(lines: list[str], index: int) -> bool:
    """A line whose ``>`` was lost when a gateway wrapped the long line above it."""
    if index + 1 >= len(lines) or not _QUOTED.match(lines[index + 1]):
        return False
    above, line = lines[index - 1], lines[index].strip()
    return bool(line) and len(above) >= 60 and not _SENTENCE_END.search(above) and line[:1].islower()
