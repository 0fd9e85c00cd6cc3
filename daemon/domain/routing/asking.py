"""Whether a text asks for anything: what the rules say (:mod:`.nature`), judged anew by many signs.

Who thanks, reports, chats or asks how an earlier petition stands, names streets, asphalt and water too; and trouble is
often told without any wish. The rules go on telling what kind of talk it is, and which sentences ask.
"""

import math
from dataclasses import replace

from daemon.domain.routing.judgement import Judgement
from daemon.domain.routing.nature import Understood, pleads, tells_of_trouble
from daemon.domain.routing.values import Nature
from daemon.domain.routing.weights import SOME

_MOST = 6.0
"""More evidence than this makes nothing surer."""

_TURNS_A_REQUEST = 0.25
"""Log-odds for talk from which on a text is talk in which the rules see a request: a lost one costs more than one too
many, which a person sees."""


def judged(ruled: Understood, signs: dict[str, float], talks: Judgement, body: str) -> Understood:
    """What the rules say, reconsidered; they keep the last word where a text's form is plain."""
    if ruled.certain:
        return ruled
    odds = talks.odds(signs)
    if ruled.nature is Nature.REQUEST:
        return Understood(Nature.CHATTER) if odds > _TURNS_A_REQUEST else ruled
    if odds > 0:
        return ruled
    return replace(ruled, nature=Nature.REQUEST, asking=ruled.asking or body)


def signs_of(
    ruled: Understood, text: str, *, talk: float, core: float, evidence: float, confidence: float
) -> dict[str, float]:
    """By name, what speaks for talk or a request. ``talk`` is the model's log-odds for talk, ``core`` the same of the
    clauses that ask; ``evidence`` and ``confidence`` are the words' for their first addressee."""
    return {
        "ruled a request": float(ruled.nature is Nature.REQUEST),
        "ruled a question": float(ruled.nature is Nature.STATUS),
        "ruled thanks": float(ruled.nature is Nature.THANKS),
        "model": talk,
        "model of its core": core,
        "asks": float(pleads(text)),
        "complains": float(tells_of_trouble(text)),
        "evidence": min(evidence, _MOST),
        "no evidence": float(evidence < SOME),
        "confidence": confidence,
        "length": math.log(1 + len(text.split())),
        "question mark": float("?" in text),
    }
