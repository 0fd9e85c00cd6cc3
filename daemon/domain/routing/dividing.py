"""The requests that one message holds, each with the sentences that belong to it."""

from collections.abc import Callable, Sequence

from daemon.domain.routing.beginnings import CLEAR, Meeting, Whole, clearly_spoken_of, signs
from daemon.domain.routing.judgement import Judgement
from daemon.domain.routing.shared_heads import each_of_its_own
from daemon.domain.routing.splitting import Cut, Piece, announces_several, items_of, pieces_of
from daemon.domain.routing.stretches import Stretch
from daemon.domain.routing.supporting import without_backing
from daemon.domain.routing.weights import SOME

_ON_THE_SAME_LINE = frozenset((Cut.COMMA, Cut.VERB, Cut.AND))
_PLAIN, _A_SENTENCE = 0.7, 3
"""A step speaks of somebody else for certain from this share on; it has so many words at least."""
_HARDLY = -5.0
"""Where the odds that a request begins are less, the stretches on both sides are joined without looking again."""
_NO_END = " \t\n,;:-–/+"

Look = Callable[[str, str], Stretch]
"""What a text, written about a neighbourhood (its name, or ""), says."""


class Divider:
    """Divides messages by the signs that sample texts taught; without these only lists are divided."""

    def __init__(self, look: Look, begins: Judgement | None, backs: Callable[[str, str], bool]) -> None:
        """``backs`` tells whether a text, written about a neighbourhood, only backs up what others ask for."""
        self._look, self._backs = look, backs
        self._begins = begins

    def requests_in(self, body: str, place: str) -> list[str]:
        """The texts of the requests; ``body`` itself, if it holds but one."""
        return each_of_its_own(body, lambda text: self._divided(text, pieces_of(text), place))

    def listed_in(self, body: str, place: str) -> list[str]:
        """The same of a body that speaks to one addressee only: nothing but a list can hold several requests then."""
        return each_of_its_own(body, lambda text: self._divided(text, items_of(text), place))

    def _divided(self, body: str, pieces: Sequence[Piece], place: str) -> list[str]:
        if len(pieces) < 2:
            return [body]
        parts = (
            self._listed(pieces, place) if pieces[0].cut is Cut.LISTED else self._told(body, pieces, place)
        )
        if len(parts) < 2:
            return [body]
        together = self._without_repetitions(self._without_weak(parts, place), place)
        return [part.text.strip(_NO_END) for part in together] if len(together) > 1 else [body]

    def _listed(self, items: Sequence[Piece], place: str) -> list[Piece]:
        """A list's items stand alone; one that says nothing goes on from the one before it. The numbered steps of a
        letter that ends in one wish ("1) Yaşlımız yürüyemiyor. 2) Durumu elverişli değil. 3) … verilsin") are one."""
        seen = [self._look(item.text, place) for item in items]
        if _are_steps(seen):
            return [Piece("\n".join(item.text for item in items), Cut.SENTENCE)]
        return _joined_up(items, [n == 0 or here.evidence >= SOME for n, here in enumerate(seen)])

    def _told(self, body: str, pieces: Sequence[Piece], place: str) -> list[Piece]:
        """Prose, divided where a new request begins."""
        if self._begins is None:
            return [Piece(body, Cut.SENTENCE)]
        return _joined_up(pieces, Telling(body, pieces, self._look, place).divided(self._begins))

    def _without_weak(self, parts: Sequence[Piece], place: str) -> list[Piece]:
        """A part that speaks to nobody, or only backs up others, goes with the one before it; before the first, with
        the one that follows."""
        seen = [self._look(self._pressed(part.text, place), place) for part in parts]
        strong = [
            (stretch.evidence >= SOME or stretch.clearness >= CLEAR) and not self._backs(stretch.text, place)
            for stretch in seen
        ]
        first = strong.index(True) if any(strong) else 0
        return _joined_up(parts, [n == 0 or (each and n > first) for n, each in enumerate(strong)])

    def _pressed(self, text: str, place: str) -> str:
        """The text without the clauses that only back it up."""
        return without_backing(text, lambda clause: self._backs(clause, place))

    def _without_repetitions(self, parts: list[Piece], place: str) -> list[Piece]:
        """Two stretches of prose that go to the same addressee are one request, unless a joint ("ayrıca …") sets them
        apart; a list's items stand alone."""
        kept: list[Piece] = []
        for part in parts:
            best = self._look(part.text, place).best
            same = [
                n
                for n, other in enumerate(kept)
                if part.cut < Cut.JOINT and self._look(other.text, place).best == best
            ]
            if same:
                kept[same[0]] = _joined(kept[same[0]], part)
            else:
                kept.append(part)
        return kept


class Telling:
    """A text in prose with what its pieces say: what the boundaries are judged by, and were taught with."""

    def __init__(self, body: str, pieces: Sequence[Piece], look: Look, place: str) -> None:
        self._cuts = [piece.cut for piece in pieces]
        self._pieces = [look(piece.text, place) for piece in pieces]
        self._joined: dict[tuple[int, int], Stretch] = {}
        self._whole = Whole(
            announces_several(body),
            clearly_spoken_of(self._pieces),
            sum(piece.length for piece in self._pieces),
        )

    def divided(self, begins: Judgement) -> list[bool]:
        """Whether a request begins at each piece. The pieces are joined where two neighbours belong together most
        surely, and looked at anew, until each that is left begins one."""
        if len({piece.best for piece in self._pieces if piece.best}) < 2 and Cut.JOINT not in self._cuts:
            return [n == 0 for n in range(len(self._pieces))]  # whoever is spoken to alone is asked once
        ends = [*range(len(self._pieces) + 1)]
        odds = {n: begins.odds(self.signs(n - 1, n, n + 1)) for n in ends[1:-1]}
        while odds and (least := min(odds.values())) <= 0:
            gone = {n for n, value in odds.items() if value <= max(least, _HARDLY)}
            moved = {
                n for a, n, b in zip(ends, ends[1:], ends[2:], strict=False) if not gone.isdisjoint((a, b))
            }
            ends = [n for n in ends if n not in gone]
            for a, n, b in zip(ends, ends[1:], ends[2:], strict=False):
                if n in moved:
                    odds[n] = begins.odds(self.signs(a, n, b))
            odds = {n: value for n, value in odds.items() if n not in gone}
        return [n in odds or n == 0 for n in range(len(self._pieces))]

    def signs(self, start: int, n: int, end: int) -> dict[str, float]:
        """The signs by which the pieces from ``n`` on, up to ``end``, make a request of their own beside those from
        ``start`` on."""
        before, onward = self._stretch(start, n), self._stretch(n, end)
        later = self._pieces[n + 1 :]
        meeting = Meeting(
            before=before,
            here=self._pieces[n],
            onward=onward,
            together=before.joined(onward),
            cut=self._cuts[n],
            returns=any(piece.best == before.best and piece.clearness >= CLEAR for piece in later),
            left=len(self._pieces) - n,
        )
        return signs(meeting, self._whole)

    def _stretch(self, start: int, end: int) -> Stretch:
        """The pieces from ``start`` on, up to ``end``, as one."""
        if end - start == 1:
            return self._pieces[start]
        if (found := self._joined.get((start, end))) is None:
            found = self._joined[start, end] = self._stretch(start, end - 1).joined(self._pieces[end - 1])
        return found


def _are_steps(items: Sequence[Stretch]) -> bool:
    """Whether one item asks, and the others tell of the same matter."""
    asking = [item for item in items if item.asks]
    return (
        len(asking) == 1
        and all(len(item.written) >= _A_SENTENCE for item in items)
        and all(item.best == asking[0].best or item.clearness < _PLAIN for item in items)
    )


def _joined_up(pieces: Sequence[Piece], begins: Sequence[bool]) -> list[Piece]:
    parts: list[Piece] = []
    for piece, anew in zip(pieces, begins, strict=True):
        if anew:
            parts.append(piece)
        else:
            parts[-1] = _joined(parts[-1], piece)
    return parts


def _joined(one: Piece, other: Piece) -> Piece:
    return Piece(one.text + (" " if other.cut in _ON_THE_SAME_LINE else "\n") + other.text, one.cut)
