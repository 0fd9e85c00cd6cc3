"""Whose request it is, and why: weighted words and phrases over folded five-letter prefixes.

Names of places and persons are hidden first. A longer phrase outdoes the words inside it ("park aydınlatması" is no
park), landmarks count less, what stands in the subject more. The words that decided are kept and shown. Where they
are not sure, a second opinion is asked (:mod:`daemon.domain.routing.second_opinion`); where that does not settle
it, and for categories that are always disputed, a person decides.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial

from daemon.domain.registry import Registry
from daemon.domain.routing import asking, urgency
from daemon.domain.routing.agreement import agreement_signs
from daemon.domain.routing.common_words import tells
from daemon.domain.routing.dividing import Divider
from daemon.domain.routing.framing import own_words
from daemon.domain.routing.judgement import worded
from daemon.domain.routing.learned import Spoken, Traits, counts_of, traits_of
from daemon.domain.routing.masking import Places
from daemon.domain.routing.nature import Understood, pleads, tells_of_trouble, understand
from daemon.domain.routing.second_opinion import Ranking, SecondOpinion, Signs, View
from daemon.domain.routing.stretches import Stretch
from daemon.domain.routing.subscribing import kinds_meant
from daemon.domain.routing.supporting import backing_signs, backs, without_backing
from daemon.domain.routing.taught import Taught
from daemon.domain.routing.tokens import tokens
from daemon.domain.routing.values import Category, Guess, Nature, Route, Routing, Told, Who
from daemon.domain.routing.vocabulary import Vocabulary
from daemon.domain.routing.weights import Clue, Weighed, because
from daemon.domain.routing.words import OfficeWords
from daemon.domain.text import one_line

SURE = 0.5
"""From this confidence on a text is taken to speak of its best addressee."""
KNOWN = 0.86
"""A request is filed without a person from this confidence of words and model on."""
FILED, FILED_IF_EXPLAINED, LEFT_UNEXPLAINED = 0.85, 0.7, 3
"""By words alone, a request is filed from the first confidence on, or from the second if no more telling words than
the third had no part in it: "sokağımızda çukur var" says little, but nothing else."""
PLAINLY_ASKED = -2.0
"""Up to these log-odds for talk, a text in which the rules see a request is one: the other signs turned none of two
thousand labelled ones."""
PLAINLY_ONE, _HARDLY = 0.6, 0.05
"""From the model's first share on, and with others' words up to the second of the first's, a text speaks to one: it is
not looked at piece by piece. Of the held-back texts that spares a quarter the looking, and none went elsewhere."""
_IN_SUBJECT = 1.3
_LEAST_GUESS = 0.05
LONGEST = 6_000
"""So many letters of a text are read; whoever writes more has said by then what it is about."""
_REMEMBERED = 256
"""Readings of texts kept: one message is looked at as a whole and clause by clause, several times."""


class Router:
    """Compiled once from the register and the categories; immutable afterwards."""

    def __init__(
        self,
        registry: Registry,
        categories: tuple[Category, ...],
        taught: Taught | None = None,
    ) -> None:
        self._categories = categories
        self._home = registry.home_directorate
        self._whose = [category.who for category in categories]
        self._by_who: dict[Who, list[int]] = defaultdict(list)
        for index, who in enumerate(self._whose):
            self._by_who[who].append(index)
        self._judgements = taught.judgements if taught else None
        self._second = (
            SecondOpinion(taught.model, taught.judgements.known, registry, self._by_who) if taught else None
        )
        self._places = Places(registry)
        self._words = OfficeWords(registry, categories, taught.words if taught else frozenset())
        self._urgent = Vocabulary((text for category in categories for text in category.urgent), strict=True)
        self._spoken = lru_cache(maxsize=_REMEMBERED)(self._heard)
        self._clues = lru_cache(maxsize=_REMEMBERED)(self._read_clues)
        self._weigh = lru_cache(maxsize=_REMEMBERED)(self._weighed)
        self._view = lru_cache(maxsize=_REMEMBERED)(self._seen)
        self._counts = lru_cache(maxsize=_REMEMBERED)(self._counted)
        begins = self._judgements.begins if self._judgements else None
        self._divider = Divider(lru_cache(maxsize=_REMEMBERED)(self.stretch), begins, self._only_backs)

    @property
    def words(self) -> Iterator[tuple[str, Who]]:
        """What it listens for, each with the addressees that it speaks for."""
        return self._words.listened_for

    @property
    def categories(self) -> tuple[Category, ...]:
        """Every kind of request, as the mappings list them."""
        return self._categories

    def route(self, *, subject: str, body: str, neighbourhood: str = "") -> Routing:
        """Understand a text. ``neighbourhood`` is the sender's, when known."""
        body, unread = body[:LONGEST], body[LONGEST:]
        whole, (body, frame) = body + unread, own_words(body)
        place = neighbourhood or self.place_in(subject, body)
        understood = self._understood(subject, body, place)
        if understood.nature is not Nature.REQUEST:
            return Routing(understood.nature)
        parts = self.parts((subject, understood.asking), place)
        told = Told(understood.certain, len(parts))
        if len(parts) > 1:
            texts = [*parts[:-1], parts[-1] + unread + f"\n{frame}" * bool(frame)]  # nothing is lost
            routes = [
                self._route(("", part), text, one_line(part, 80), place, told)
                for part, text in zip(parts, texts, strict=True)
            ]
            found = self._phrases_of_danger((subject, understood.asking))
            if urgency.takes_back(tokens(understood.asking), found):
                routes = urgency.calmed(routes, [self._phrases_of_danger(("", part)) for part in parts])
            return Routing(understood.nature, urgency.as_the_whole_tells(routes, found))
        heading = one_line(subject) or one_line(body, 80)
        route = self._route((subject, understood.asking), whole or subject, heading, place, told)
        return Routing(understood.nature, (route,))

    def parts(self, texts: tuple[str, str], place: str) -> list[str]:
        """The texts of the requests that (subject, body) holds."""
        divide = self._divider.listed_in if self._speaks_to_one(texts, place) else self._divider.requests_in
        return divide(texts[1], place)

    def _understood(self, subject: str, body: str, place: str) -> Understood:
        ruled = self.ruled(subject, body, place)
        if self._judgements is None or ruled.certain:
            return ruled
        view = self._view((subject, ruled.asking or body), place)
        if ruled.nature is Nature.REQUEST and view and view.talk <= PLAINLY_ASKED:
            return ruled  # no other sign would turn it
        signs = self.asking_signs(ruled, subject, body, place)
        judged = asking.judged(ruled, signs, self._judgements.talks, body)
        if judged.nature is Nature.CHATTER and self._tells_of_danger((subject, body), place):
            return Understood(Nature.REQUEST, body)  # "asansörde mahsur kaldılar" asks for nothing in words
        return judged

    def ruled(self, subject: str, body: str, place: str) -> Understood:
        """What the rules alone say of a text."""
        return understand(subject, body, evidence=lambda text: self._weigh(("", text), place).evidence)

    def _without_backing(self, texts: tuple[str, str], place: str) -> tuple[str, str]:
        return texts[0], without_backing(texts[1], lambda clause: self._only_backs(clause, place))

    def _only_backs(self, text: str, place: str) -> bool:
        """Whether a clause, or several, only back up what others ask for, by what their words weigh."""
        if self._judgements is None:
            return False
        signs = self._backing_signs(text, place)
        return backs(text, self._judgements.backs.odds(signs, self._counts(("", text), place)), signs)

    def _backing_signs(self, clause: str, place: str) -> dict[str, float]:
        evidence = self._weigh(("", clause), place).evidence
        return backing_signs(
            clause, evidence=evidence, pleads=pleads(clause), complains=tells_of_trouble(clause)
        )

    def backing_signs(self, clause: str, place: str) -> Mapping[str, float]:
        """By which it is judged whether a clause backs up what others ask for."""
        return self._backing_signs(clause, place) | worded(self._counts(("", clause), place))

    def asking_signs(self, ruled: Understood, subject: str, body: str, place: str) -> dict[str, float]:
        """By which it is judged whether a text asks for anything."""
        texts = (subject, ruled.asking or body)
        weighed = self._weigh(texts, place)
        view = self._view(texts, place)
        whole = not ruled.core or (ruled.core == body.strip() and not subject)
        core = view if whole else self._view(("", ruled.core), place)
        return asking.signs_of(
            ruled,
            f"{subject}\n{body}",
            talk=view.talk if view else 0.0,
            core=core.talk if core else 0.0,
            evidence=weighed.evidence,
            confidence=weighed.confidence,
        )

    def place_in(self, subject: str, body: str) -> str:
        return self._places.find(tokens(body), body) or self._places.find(tokens(subject), subject)

    def _weighed(self, texts: tuple[str, str], place: str) -> Weighed:
        """Weigh (subject, body): each phrase once, where it is worth most."""
        clues: dict[int, Clue] = {}
        for text, factor in zip(texts, (_IN_SUBJECT, 1.0), strict=True):
            for clue in self._clues(text, place):
                worth = clue.worth * factor
                if clue.phrase not in clues or worth > clues[clue.phrase].worth:
                    clues[clue.phrase] = Clue(clue.phrase, clue.written, worth)
        return self._words.weighed(clues.values())

    def _read_clues(self, text: str, place: str) -> tuple[Clue, ...]:
        found, hidden = self._spoken(text, place)
        return tuple(self._words.clues(found, hidden))

    def _route(self, texts: tuple[str, str], text: str, heading: str, place: str, told: Told) -> Route:
        urgent = self._tells_of_danger(texts, place)
        texts = self._without_backing(texts, place)
        weighed = self._weigh(texts, place)
        ranking: Ranking = list(weighed.shares.items())[:4]
        confidence = weighed.confidence
        view = self._view(texts, place)
        if self._second is None or view is None or self._words.decide(weighed):
            sure = bool(ranking) and self._is_sure(confidence, urgent, text, weighed, place)
        else:
            apart = self._apart(texts, place)
            both = self._second.consider(weighed.shares, weighed.evidence, view, told, apart)
            ranking, confidence = both.ranking, both.confidence
            sure = confidence >= SURE if urgent else confidence >= KNOWN and weighed.allows(ranking)
        if not ranking:
            return replace(Route.to_a_person(heading, text, place), urgent=urgent)
        best, *others = (self._guess(who, share, weighed, texts) for who, share in ranking)
        spoken_of = max(weighed.scores, key=weighed.scores.__getitem__, default=None)
        named = {best.category, self._categories[spoken_of].name if spoken_of is not None else ""}
        disputed = any(c.review for c in self._categories if c.name in named)
        return Route(
            subject=heading,
            text=text,
            directorate=best.directorate,
            external_body=best.external_body,
            category=best.category,
            confidence=round(confidence, 3),
            review=disputed or not sure,
            neighbourhood=place,
            urgent=urgent,
            because=because(weighed.clues.get(ranking[0][0], ()))
            or self._seen_in(ranking[0][0], texts, place),
            alternatives=tuple(guess for guess in others if guess.confidence >= _LEAST_GUESS),
        )

    def _tells_of_danger(self, texts: tuple[str, str], place: str) -> bool:
        texts = urgency.unstretched(texts[0]), urgency.unstretched(texts[1])
        found = self._phrases_of_danger(texts)
        if any(found) or self._judgements is None:
            return any(found)
        signs = urgency.danger_signs(map(tokens, texts), said=False)
        odds = self._judgements.dangers.odds(signs, self._counts(texts, place))
        return odds >= urgency.least_odds(found, map(tokens, texts))

    def _phrases_of_danger(self, texts: tuple[str, str]) -> list[bool]:
        """Of each dangerous phrase found, whether it is meant."""
        find = self._urgent.find
        return [each for read in map(tokens, texts) for each in urgency.dangers_in(read, find(read))]

    def danger_signs(self, texts: tuple[str, str], place: str) -> Mapping[str, float]:
        """By which it is judged whether (subject, body) tells of danger to life."""
        signs = urgency.danger_signs(map(tokens, texts), said=any(self._phrases_of_danger(texts)))
        return signs | worded(self._counts(texts, place))

    def known_signs(
        self, texts: tuple[str, str], place: str, told: Told
    ) -> tuple[Who, dict[str, float]] | None:
        """The likeliest addressee of (subject, body), and by what it is judged whether it is the right one."""
        texts = self._without_backing(texts, place)
        weighed = self._weigh(texts, place)
        view = self._view(texts, place)
        if self._second is None or view is None:
            return None
        ranking, signs = self._second.rank(weighed.shares, weighed.evidence, view.shares, told)
        return (ranking[0][0], signs | self._apart(texts, place)(ranking[0][0])) if ranking else None

    def _apart(self, texts: tuple[str, str], place: str) -> Signs:
        """How far the parts of (subject, body) speak for an addressee."""

        def look(part: tuple[str, str]) -> tuple[Weighed, View | None]:
            return self._weigh(part, place), self._view(part, place)

        return partial(agreement_signs, texts=texts, look=look)

    def _seen_in(self, who: Who, texts: tuple[str, str], place: str) -> tuple[str, ...]:
        return self._second.because(who, self.traits(texts, place)) if self._second else ()

    def _is_sure(self, share: float, urgent: bool, text: str, weighed: Weighed, place: str) -> bool:
        """Danger is told to the likeliest directorate at once: there a wait costs more than a wrong turn."""
        return share >= (SURE if urgent else FILED) or (
            share >= FILED_IF_EXPLAINED and self._unexplained(text, weighed, place) <= LEFT_UNEXPLAINED
        )

    def traits(self, texts: tuple[str, str], place: str) -> Traits:
        """What a model sees of (subject, body)."""
        return traits_of(*(self._spoken(text[:LONGEST], place) for text in texts if text))

    def _speaks_to_one(self, texts: tuple[str, str], place: str) -> bool:
        """Whether words and model see plainly one and the same addressee in (subject, body), and hardly another."""
        view, totals = self._view(texts, place), self._weigh(texts, place).totals
        if view is None or not totals:
            return False
        others = totals[1][1] if len(totals) > 1 else 0.0
        return view.shares.get(totals[0][0], 0.0) >= PLAINLY_ONE and others <= _HARDLY * totals[0][1]

    def stretch(self, text: str, place: str) -> Stretch:
        """What words and model see in a piece of a text."""
        weighed = self._weigh(("", text), place)
        view = self._view(("", text), place)
        return Stretch(text, dict(weighed.totals), view)

    def _seen(self, texts: tuple[str, str], place: str) -> View | None:
        return self._second.view(self._counts(texts, place)) if self._second else None

    def _counted(self, texts: tuple[str, str], place: str) -> Mapping[str, int]:
        """How often each trait occurs in (subject, body)."""
        return counts_of(*(self._spoken(text[:LONGEST], place) for text in texts if text))

    def _heard(self, text: str, place: str) -> Spoken:
        """The words of a text, and those among them that name places and persons."""
        found = tokens(text)
        return found, self._places.hidden(found, text, place)

    def _unexplained(self, text: str, weighed: Weighed, place: str) -> int:
        """How many words that tell something had no part in the best guess; names have none to play."""
        found, hidden = self._spoken(text, place)
        said = {word for clue in weighed.clues[weighed.totals[0][0]] for word in clue.written.split()}
        return sum(t.place not in hidden and t.written not in said and tells(t.folded) for t in found)

    def _guess(self, who: Who, share: float, weighed: Weighed, texts: tuple[str, str]) -> Guess:
        """The addressee with its best category; a name alone stands for its first."""
        kinds = kinds_meant(self._by_who[who], self._categories, "\n".join(texts))
        category = self._categories[max(kinds, key=lambda n: (weighed.scores.get(n, 0.0), -n))]
        directorate = category.directorate or self._home
        return Guess(directorate, round(share, 3), category.name, category.external_body)
