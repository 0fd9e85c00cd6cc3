"""A document's words as lines, in the order in which they are read: what documents of a word processor have in common.

A table's row is a line with tabs between its cells; a text box stands before the paragraph that it is anchored in, not
amid its words.
"""


class Writing:
    """Takes what a document holds piece by piece."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._open: list[list[str]] = [[]]

    def say(self, text: str) -> None:
        if text:
            self._open[-1].append(text)

    def end_paragraph(self) -> None:
        self._done += [*self._open[-1], "\n"]
        self._open[-1].clear()

    def end_cell(self) -> None:
        if self._done and self._done[-1] == "\n":
            self._done.pop()
        self._done.append("\t")

    def end_row(self) -> None:
        if self._done and self._done[-1] == "\t":
            self._done.pop()
        self._done.append("\n")

    def begin_box(self) -> None:
        self._open.append([])

    def end_box(self) -> None:
        if len(self._open) > 1:
            if self._open[-1]:
                self.end_paragraph()
            self._open.pop()

    @property
    def text(self) -> str:
        return "".join((*self._done, *(piece for paragraph in self._open for piece in paragraph))).strip()


def together(*texts: str) -> str:
    """Heads, body, notes, feet: each once, for a document may have the same head for odd and even pages."""
    return "\n".join(dict.fromkeys(filter(None, texts)))
