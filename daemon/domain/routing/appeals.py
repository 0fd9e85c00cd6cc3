"""Sentences that only appeal to the reader, as letters end: "Yardımlarınız için şimdiden teşekkür eder, saygılar
sunarım" asks the welfare office for nothing."""

import re

from daemon.domain.text import fold

_YOUR_HELP = re.compile(r"\b(?:(?:yardim|destek|katki)(?:lar|ler)?|desteg)[iu]n[iu]z|\byardimci\b")
_COURTEOUS = re.compile(
    r"(?:icin|simdiden|tesekk|saygi|sun|ed[ei]|bekl|arz|rica|gerek|ilgi|ve$|bu$|konu|husus|her$|turlu|biz(?:e|im)?$|"
    r"tarafi?m|siz|ol[mua]|verme|esirge|inan|dile|umar|umut|umud|yardim|destek|desteg|katki|dolayi|otur[iu]|sayin|"
    r"deger|baskan|mudur|belediye|kiymet)\w*"
)
_WORD = re.compile(r"\w+")


def only_appeals(text: str) -> bool:
    """Whether a sentence asks for the reader's help in general, or thanks for it, and says nothing else."""
    folded = fold(text)
    return _YOUR_HELP.search(folded) is not None and all(
        _COURTEOUS.fullmatch(word) for word in _WORD.findall(folded)
    )
