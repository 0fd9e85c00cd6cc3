"""Words that only say where somebody is to be reached: "Telefon: 0500 …" is no matter of the telephone company's."""

import re
from collections.abc import Iterator, Sequence

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.routing.tokens import Token

_NUMBER = r"\(?(?:\+?90|0)?[ (]*\d{3}\)?(?:[ .-]?\d){4,7}"
_TELEPHONE = re.compile(
    rf"\b(?:(?:irtibat|iletisim|cep|ev|is|sabit)\w* )*(?:tel|telefon\w*|gsm|cep|irtibat|iletisim|numara\w*)\b\.?"
    rf"(?: ?(?:no|nosu|numara\w*))?\W{{0,3}}{_NUMBER}"
    r"(?=\s*(?:$|\n|[,;.)/]|(?:dahili|adres|e-?posta|e-?mail|mail|tel|gsm|cep)\b))"
)
"""With nothing said of it: "telefonum 0500 000 00 00 kesik" is a complaint."""
_STREET = r"(?:sok|sk|sokak|sokag|cad|cd|cadde|bulvar|blv|apt|apartman|mah|mh|mahalle|site)"
_NO_STREET = r"(?:kayit|bilgi|sistem|no|numara|degis|tespit|tabela|levha)"
_ADDRESS = re.compile(
    rf"\badres(?:i|im|imiz|leri)?(?:n?dir)?\b\W{{0,3}}"
    rf"(?=(?!{_NO_STREET})\w+\W{{1,2}}(?:(?!{_NO_STREET})\w+\W{{1,2}}){{0,2}}{_STREET}\w*\b)"
)
"""Before the street that it is: "adres kaydı" is a matter of the numbering's."""
_BEGIN = ("tel", "gsm", "cep", "irtib", "ileti", "numar", "adres")
"""With one of these such words begin: most texts have none, and need not be searched."""


def contact_words(found: Sequence[Token], text: str) -> Iterator[int]:
    """The places of the words before a telephone number or an address, and of the number."""
    if not any(token.folded.startswith(_BEGIN) for token in found):
        return
    folded = fold_aligned(text)
    spans = [match.span() for pattern in (_TELEPHONE, _ADDRESS) for match in pattern.finditer(folded)]
    for start, end in spans:
        yield from (token.place for token in found if start <= token.start < end)
