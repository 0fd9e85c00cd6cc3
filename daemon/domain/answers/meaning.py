"""What a reply says: done, under way, refused, not ours … and whether that is beyond doubt.

Turkish tells "yapıldı", "yapılmadı" and "yapılacak" apart by a suffix, so nothing here rests on a stem alone.
Each sentence gives signals; signals that contradict each other are never ``sure``. Closing a request wrongly
is the worst fault, so a statement is ``sure`` only as a button's word or a finite past verb that ends its
clause, without negation, condition, question, hedge or a promise beside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from daemon.domain.answers import finishing, phrases, refusing
from daemon.domain.answers.heads import fold_aligned
from daemon.domain.answers.phrases import Signal
from daemon.domain.answers.targets import find_named_target


class Meaning(StrEnum):
    """What a reply (or a headman's short mail) says."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    REJECTED = "rejected"
    NOT_OURS = "not_ours"
    TRANSFER = "transfer"
    QUESTION = "question"
    EXTENSION = "extension"
    OUT_OF_OFFICE = "out_of_office"
    THANKS = "thanks"
    REOPEN = "reopen"
    STATUS = "status"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Understanding:
    """``because`` are the words that decided; ``target`` the unit a transfer names, as written."""

    meaning: Meaning
    sure: bool = False
    target: str = ""
    because: tuple[str, ...] = ()


BUTTONS = {
    "tamamlandi": Meaning.DONE,
    "islemde": Meaning.IN_PROGRESS,
    "bize ait degil": Meaning.NOT_OURS,
    "ek sure": Meaning.EXTENSION,
    "sorun cozuldu": Meaning.DONE,
    "sorun suruyor": Meaning.REOPEN,
    "durum": Meaning.STATUS,
    "olumsuz": Meaning.REJECTED,
    "beklemede": Meaning.IN_PROGRESS,
    "ara cevap": Meaning.IN_PROGRESS,
}
_BUTTON = re.compile(
    r"[\W_]*(" + "|".join(sorted(BUTTONS, key=len, reverse=True)) + r")[\W_]*?(?:$|[-–—:;>→=.,!|/]+\s*(.*)$)",
    re.DOTALL,
)


def understand(text: str, *, to_headman: bool | None = None) -> Understanding:
    """What ``text`` (the writer's own words) says. ``to_headman`` tells whose letter it answers, if known.

    A headman's "yapılmadı" reports that the trouble goes on, a liaison's that the work is not finished.
    """
    folded = fold_aligned(text[:8_000])
    text = text[:8_000]
    lead = len(folded) - len(folded.lstrip())
    button = _BUTTON.match(folded[lead:].partition("\n")[0])
    if button is not None:
        return _understand_button(text, folded, button[1], lead + button.end(1), to_headman)
    return _conclude(text, folded, to_headman)


def _understand_button(
    text: str, folded: str, word: str, rest_at: int, to_headman: bool | None
) -> Understanding:
    """The button's word counts unless the words behind it (from ``rest_at`` on) say something else."""
    meaning = BUTTONS[word]
    rest = _conclude(text[rest_at:], folded[rest_at:], to_headman)
    because = (word, *rest.because)
    if meaning is Meaning.NOT_OURS:
        target = rest.target or find_named_target(text[rest_at:], folded[rest_at:], alone=True)
        against = (
            rest.meaning in {Meaning.DONE, Meaning.IN_PROGRESS, Meaning.EXTENSION, Meaning.REJECTED}
            and rest.sure
        )
        kind = Meaning.TRANSFER if target else Meaning.NOT_OURS
        return Understanding(kind, not against, target, because)
    if meaning is Meaning.REJECTED and _gives_reason(rest.meaning, folded[rest_at:]):
        return Understanding(meaning, True, "", because)
    agrees = _AGREES.get(meaning, frozenset())
    if rest.meaning is meaning or rest.meaning in agrees:
        doubtful = meaning is Meaning.REJECTED or (
            meaning is Meaning.DONE and not rest.sure and _has_doubt(folded[rest_at:])
        )
        return Understanding(meaning, not doubtful, "", because)
    if meaning in {Meaning.STATUS, Meaning.EXTENSION, Meaning.IN_PROGRESS} and not rest.sure:
        return Understanding(meaning, True, "", because)
    return Understanding(
        meaning if meaning is Meaning.EXTENSION else Meaning.UNCLEAR, False, rest.target, because
    )


_AGREES = {
    Meaning.DONE: frozenset({Meaning.THANKS, Meaning.UNCLEAR}),
    Meaning.IN_PROGRESS: frozenset({Meaning.THANKS, Meaning.UNCLEAR, Meaning.EXTENSION, Meaning.QUESTION}),
    Meaning.EXTENSION: frozenset({Meaning.THANKS, Meaning.UNCLEAR, Meaning.IN_PROGRESS}),
    Meaning.REOPEN: frozenset(
        {Meaning.UNCLEAR, Meaning.IN_PROGRESS, Meaning.QUESTION, Meaning.STATUS, Meaning.THANKS}
    ),
    Meaning.STATUS: frozenset({Meaning.UNCLEAR, Meaning.QUESTION, Meaning.THANKS}),
    Meaning.REJECTED: frozenset({Meaning.UNCLEAR, Meaning.THANKS}),
}
_MAY_BE_REASON = frozenset({Meaning.REJECTED, Meaning.UNCLEAR, Meaning.THANKS, Meaning.IN_PROGRESS})


def _gives_reason(meaning: Meaning, folded: str) -> bool:
    """Whether what stands behind ``OLUMSUZ`` is why it is refused, and takes none of it back."""
    said = list(_signals_in(folded[refusing.cause_of_no(folded) :]))
    refused = any(signals & refusing.SAYS_NO for _, signals in said)
    return meaning in _MAY_BE_REASON and (
        meaning is Meaning.REJECTED
        or not any(refusing.takes_back(sentence, signals, refused=refused) for sentence, signals in said)
    )


def _has_doubt(folded: str) -> bool:
    return any(signals & _DOUBTS for signals in (set(s) for s, _ in _signals(folded)))


def _conclude(text: str, folded: str, to_headman: bool | None) -> Understanding:
    found: set[Signal] = set()
    because: list[str] = []
    for signals, words in _signals(folded):
        found |= signals
        because.extend(words)
    target = find_named_target(text, folded, alone=False)
    meaning, sure = _weigh(found, target, to_headman)
    if meaning not in {Meaning.TRANSFER, Meaning.NOT_OURS}:
        target = ""
    return Understanding(meaning, sure, target, tuple(dict.fromkeys(because))[:12])


_DOUBTS = set(Signal) - {
    Signal.DONE,
    Signal.UNDONE,
    Signal.FOR_NOW,
    Signal.THANKS,
    Signal.WISH,
    Signal.STEP,
}
_PROGRESS = {Signal.UNDER_WAY, Signal.SENT_OUT, Signal.WILL_BE, Signal.PARTLY}


def _weigh(found: set[Signal], target: str, to_headman: bool | None) -> tuple[Meaning, bool]:
    """The table: which meaning the signals give, and whether they leave no doubt."""
    s = Signal
    done = s.DONE in found
    if s.ABSENT in found:
        return (Meaning.UNCLEAR, False) if done else (Meaning.OUT_OF_OFFICE, True)
    if s.NOT_OURS in found or target:
        clear = s.NOT_OURS in found and not found & {
            s.DONE,
            s.EXTENSION,
            s.STILL_BAD,
            s.QUESTION,
            s.STATUS,
            s.PARTLY,
        }
        if done:
            return Meaning.UNCLEAR, False
        return (Meaning.TRANSFER if target else Meaning.NOT_OURS), clear
    complains = s.STILL_BAD in found or (s.UNDONE in found and s.FOR_NOW not in found)
    if complains and to_headman is not False:
        return Meaning.REOPEN, not found & {s.DONE, s.WILL_BE, s.EXTENSION, s.REFUSED}
    if s.NOT_DONE in found and to_headman:
        return Meaning.REOPEN, not found & {s.DONE, s.WILL_BE}
    if s.UNDER_WAY in found and to_headman and not found & {s.DONE, s.WILL_BE, s.THANKS}:
        return Meaning.REOPEN, False
    if s.EXTENSION in found and not done:
        return Meaning.EXTENSION, not found & {s.REFUSED, s.STILL_BAD}
    if done:
        against = found & _DOUBTS
        if not against:
            return Meaning.DONE, True
        if against & _PROGRESS:
            return (Meaning.REOPEN if to_headman else Meaning.IN_PROGRESS), False
        if against <= {s.HEDGE, s.MAYBE_DONE, s.QUESTION, s.OPEN}:
            return Meaning.DONE, False
        return Meaning.UNCLEAR, False
    if found & {s.REFUSED, s.UNABLE}:
        if to_headman:
            return Meaning.REOPEN, False
        if found & {s.WILL_BE, s.UNDER_WAY, s.SENT_OUT}:
            return Meaning.IN_PROGRESS, False
        return Meaning.REJECTED, s.REFUSED in found and not found & {
            s.FOR_NOW,
            s.QUESTION,
            s.STATUS,
            s.MAYBE_DONE,
            s.HEDGE,
            s.PARTLY,
        }
    if s.STATUS in found and to_headman is not False:
        return Meaning.STATUS, not found & {s.STILL_BAD}
    if found & {s.QUESTION, s.STATUS}:
        return Meaning.QUESTION, s.MAYBE_DONE not in found
    if found & (_PROGRESS | {s.NOT_DONE, s.STILL_BAD}):
        return Meaning.IN_PROGRESS, s.MAYBE_DONE not in found and bool(
            found & {s.UNDER_WAY, s.SENT_OUT, s.WILL_BE, s.NOT_DONE}
        )
    if s.STEP in found and s.MAYBE_DONE not in found:
        return Meaning.IN_PROGRESS, False
    if s.MAYBE_DONE in found:
        return (Meaning.UNCLEAR, False) if s.NEGATED in found else (Meaning.DONE, False)
    if s.THANKS in found and not found & {s.WISH, s.HEDGE, s.NEGATED}:
        return Meaning.THANKS, True
    return Meaning.UNCLEAR, False


def _signals(folded: str) -> Iterator[tuple[set[Signal], list[str]]]:
    for sentence in _sentences(folded):
        yield _signals_of(sentence)


def _signals_in(folded: str) -> Iterator[tuple[str, set[Signal]]]:
    for sentence in _sentences(folded):
        yield sentence, _signals_of(sentence)[0]


def _sentences(folded: str) -> Iterator[str]:
    """Sentences with their end mark; a line that was wrapped by the mail program is joined to the next."""
    joined: list[str] = []
    for line in folded.split("\n"):
        line = line.strip()
        if joined and joined[-1] and line and len(joined[-1]) >= 50 and joined[-1][-1] not in ".!?:;":
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    for line in joined:
        for found in phrases.SENTENCE.finditer(line):
            if any(c.isalnum() for c in found[0]):
                yield found[0].strip()


def _signals_of(sentence: str) -> tuple[set[Signal], list[str]]:
    found: set[Signal] = set()
    words: list[str] = []
    sentence = phrases.without_rest(sentence)
    for signal, pattern in phrases.PATTERNS:
        if match := pattern.search(sentence):
            found.add(signal)
            words.append(match[0].strip())
    done, word = _done_signal(sentence)
    if done is not None:
        found.add(done)
        words.append(word)
    if phrases.NEGATION.search(phrases.HARMLESS_NEGATION.sub(" ", sentence)):
        found.add(Signal.NEGATED)
    if Signal.STILL_BAD in found:
        found.discard(Signal.UNDER_WAY)
    if done is Signal.DONE:
        found.discard(Signal.SENT_OUT)
    if Signal.STATUS not in found and _asks(sentence):
        found.add(Signal.QUESTION)
        words.append("?")
    return found, words


def _asks(sentence: str) -> bool:
    if "?" in sentence:
        return bool(phrases.INTERROGATIVE.search(sentence.rstrip("?!. ")) or len(sentence) > 4)
    return bool(phrases.ASKS_FOR.search(sentence) or re.search(r"\bm[iu](?:siniz|sunuz)\b", sentence))


def _done_signal(sentence: str) -> tuple[Signal | None, str]:
    """The clearest statement in the sentence that the work is done."""
    best: tuple[Signal | None, str] = (None, "")
    if "?" in sentence:
        return best
    for found in finishing.DONE.finditer(sentence):
        if finishing.QUESTION_AFTER.match(sentence, found.end()):
            continue
        finish = finishing.finish_in(sentence, found)
        if finish is not Signal.DONE:
            best = (finish, found[0]) if best[0] is None else best
        elif not found["report"] and finishing.HEARSAY.match(sentence, found.end()):
            best = (Signal.MAYBE_DONE, found[0])
        elif found["report"] or finishing.AFTER_DONE.match(sentence, found.end()):
            return Signal.DONE, found[0]
        else:
            best = (Signal.MAYBE_DONE, found[0])
    if best[0] is None and (short := finishing.DONE_SHORT.search(sentence)):
        best = (Signal.MAYBE_DONE, short[0])
    return best if best[0] is not None else finishing.slip_in(sentence)
