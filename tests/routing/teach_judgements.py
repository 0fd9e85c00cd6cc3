"""Teach the judgements: where requests begin, whether a text asks for anything, which of its clauses only back it up,
how surely its addressee is known, whether it tells of danger."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from daemon.domain.registry import Registry
from daemon.domain.routing.clauses import clauses
from daemon.domain.routing.dividing import Telling
from daemon.domain.routing.judgement import WORDED, Judgement, Judgements
from daemon.domain.routing.nature import Understood
from daemon.domain.routing.router import Router
from daemon.domain.routing.splitting import Cut, pieces_of
from daemon.domain.routing.values import Nature, Told, Who
from daemon.domain.routing.weights import SOME

_NEAR = 8
"""So many letters before or behind a cut a marked beginning may stand: connectives are on either side."""
_OFTEN, _HARDLY = 4, 0.05
"""Words that occur less often teach nothing; a smaller weight is not kept."""
_READY_TO_DIVIDE = 1.0
"""Added to the log-odds: two requests taken for one hide a matter, one taken for two only tells it twice."""
_SLOW_TO_CALL_IT_TALK = -0.1
"""Added to the log-odds: a request taken for talk waits for a person, talk taken for a request costs one a glance."""
_WRITTEN_FOR_IT = 2.0
"""For so many ordinary texts each counts that was written to tell danger from what sounds like it."""

Item = dict[str, Any]


class _Lesson:
    """Signs, each time with the right answer."""

    def __init__(self) -> None:
        self.signs: list[dict[str, float]] = []
        self.answers: list[bool] = []
        self.counts: list[float] = []

    def add(self, signs: dict[str, float], answer: bool, counts: float = 1.0) -> None:
        """``counts``: for how many such texts this one stands."""
        self.signs.append(signs)
        self.answers.append(answer)
        self.counts.append(counts)

    def judgement(self, readiness: float = 0.0, freedom: float = 0.1) -> Judgement:
        """The signs' weights, on their own scales."""
        import numpy as np
        from scipy import sparse
        from sklearn.linear_model import LogisticRegression

        names = [name for name in self.signs[0] if not name.startswith(WORDED)]
        rows = np.array([[signs[name] for name in names] for signs in self.signs])
        middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
        words, said = self._words()
        table = sparse.hstack([sparse.csr_matrix((rows - middle) / spread), said]).tocsr()
        linear = LogisticRegression(C=freedom, max_iter=3000).fit(table, self.answers, self.counts)
        weights = linear.coef_[0][: len(names)] / spread
        bias = float(linear.intercept_[0] - weights @ middle) + readiness
        told = {
            w: float(c)
            for w, c in zip(words, linear.coef_[0][len(names) :], strict=True)
            if abs(c) >= _HARDLY
        }
        return Judgement(dict(zip(names, map(float, weights), strict=True)) | told, bias)

    def _words(self) -> tuple[list[str], Any]:
        """The signs that are words, those that occur often enough, and in which rows they stand."""
        from scipy import sparse

        count = Counter(name for signs in self.signs for name in signs if name.startswith(WORDED))
        words = {
            name: n for n, name in enumerate(sorted(name for name, times in count.items() if times >= _OFTEN))
        }
        found = sparse.lil_matrix((len(self.signs), len(words)))
        for row, signs in enumerate(self.signs):
            for name in signs.keys() & words.keys():
                found[row, words[name]] = 1.0
        return list(words), found.tocsr()


class Lessons:
    """From labelled texts, as a router sees them whose model has not seen them."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._begins, self._talks, self._known = _Lesson(), _Lesson(), _Lesson()
        self._dangers, self._backs = _Lesson(), _Lesson()

    def take(self, items: Iterable[Item], router: Router) -> None:
        """What is asked for at all, and where requests begin."""
        for item in items:
            subject, body = item["subject"], item["body"]
            place = router.place_in(subject, body)
            ruled = router.ruled(subject, body, place)
            if not ruled.certain:
                self._talks.add(router.asking_signs(ruled, subject, body, place), not asks(item))
            if asks(item):
                self._take_beginnings(item, _asking(ruled, body), router, place)

    def take_known(self, items: Iterable[Item], router: Router) -> None:
        """How surely the addressees are known: of the parts into which the router itself divides a text."""
        for item in filter(asks, items):
            subject, body = item["subject"], item["body"]
            place = router.place_in(subject, body)
            ruled = router.ruled(subject, body, place)
            asking = _asking(ruled, body)
            wanted = set[Who]().union(*(who_are(names, self._registry) for names in item["requests"]))
            parts = router.parts((subject, asking), place)
            for part in parts:
                texts = ("", part) if len(parts) > 1 else (subject, asking)
                if known := router.known_signs(texts, place, Told(ruled.certain, len(parts))):
                    first, signs = known
                    self._known.add(signs, first in wanted)

    def take_dangers(self, items: Iterable[Item], ordinary: Iterable[Item], router: Router) -> None:
        """Whether life is in danger, by ``items`` written for that and by ``ordinary`` ones: sets of which nobody said
        so teach nothing, nor do texts in which a phrase speaks of danger and the label does not: there it was mostly
        forgotten, and the phrase decides alone."""
        for item in items:
            self._dangers.add(_danger_signs(item, router), item["urgent"], _WRITTEN_FOR_IT)
        for item in ordinary:
            if "urgent" not in item:
                continue
            signs = _danger_signs(item, router)
            if item["urgent"] or not signs["said"]:
                self._dangers.add(signs, item["urgent"])

    def take_backing(self, sentences: Iterable[str], items: Iterable[Item], router: Router) -> None:
        """What only backs up a request, beside clauses that tell of the matter itself: those by whose words its
        addressee is known."""
        for sentence in sentences:
            for clause in clauses(sentence):
                self._backs.add(dict(router.backing_signs(clause, "")), answer=True)
        for item in filter(asks, items):
            for _, body, names in parts_of(item):
                who, told = who_is(names[0], self._registry), clauses(body)
                place = router.place_in("", body)
                for clause in told:
                    if len(told) == 1 or router.stretch(clause, place).totals.get(who, 0.0) >= SOME:
                        self._backs.add(dict(router.backing_signs(clause, place)), answer=False)

    def judgements(self) -> Judgements:
        return Judgements(
            begins=self._begins.judgement(_READY_TO_DIVIDE, freedom=0.3),
            talks=self._talks.judgement(_SLOW_TO_CALL_IT_TALK),
            known=self._known.judgement() if self._known.answers else Judgement({}),
            dangers=self._dangers.judgement(),
            backs=self._backs.judgement(freedom=0.5),
        )

    def _take_beginnings(self, item: Item, asking: str, router: Router, place: str) -> None:
        pieces = pieces_of(asking)
        starts = _starts(asking, [piece.text for piece in pieces], item)
        if starts is None or len(pieces) < 2 or pieces[0].cut is Cut.LISTED:
            return
        telling = Telling(asking, pieces, router.stretch, place)
        ends = [0, *sorted(starts), len(pieces)]
        for n in range(1, len(pieces)):
            before, after = max(end for end in ends if end < n), min(end for end in ends if end > n)
            self._begins.add(telling.signs(before, n, after), n in starts)


def _danger_signs(item: Item, router: Router) -> dict[str, float]:
    texts = item.get("subject", ""), item["body"]
    return dict(router.danger_signs(texts, router.place_in(*texts)))


def asks(item: Item) -> bool:
    """Whether a labelled text asks for anything."""
    return bool(item["kind"] != "not_request")


def parts_of(item: Item) -> list[tuple[str, str, list[str]]]:
    """(subject, body, addressees) of each request of a labelled text, if it is known where they begin."""
    wanted = item["requests"] if asks(item) else []
    if len(wanted) < 2:
        return [(item["subject"], item["body"], *wanted)] if wanted else []
    if "starts" not in item:
        return []
    ends = [0, *(item["body"].index(start) for start in item["starts"]), len(item["body"])]
    cut = zip(ends, ends[1:], wanted, strict=False)
    return [("", item["body"][a:b], names) for a, b, names in cut]


def who_are(names: Iterable[str], registry: Registry) -> set[Who]:
    """The addressees of a label."""
    return {who_is(name, registry) for name in names}


def who_is(name: str, registry: Registry) -> Who:
    """The addressee of a name in a label: a code, a name, or a body outside."""
    if body := registry.external_body(name):
        return "", body.name
    directorate = registry.directorate(name) or registry.directorate_named(name)
    assert directorate, name
    return directorate.code, ""


def _asking(ruled: Understood, body: str) -> str:
    return ruled.asking if ruled.nature is Nature.REQUEST else body


def _starts(asking: str, pieces: Sequence[str], item: Item) -> frozenset[int] | None:
    """The pieces with which the second request and those after it begin; ``None`` where nobody can tell, or where
    the text is not cut there."""
    if len(item["requests"]) < 2:
        return frozenset()
    if "starts" not in item or not all(start in asking for start in item["starts"]):
        return None
    whole, at = _letters(asking), 0
    places = list[int]()
    for piece in pieces:
        at = whole.find(_letters(piece), at)
        if at < 0:
            return None
        places.append(at)
        at += len(_letters(piece))
    found = set[int]()
    for start in item["starts"]:
        begins = len(_letters(asking[: asking.index(start)]))
        nearest = min(range(1, len(places)), key=lambda n: abs(places[n] - begins), default=0)
        if not nearest or abs(places[nearest] - begins) > _NEAR:
            return None
        found.add(nearest)
    return frozenset(found)


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
