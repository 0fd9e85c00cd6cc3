"""Routing: how often the first guess is acceptable, how often what is filed without a person is right, how fast.

Beside a plain list of stems: each names a directorate, the most stems win, and a text with any of them is a request.

    python -m tests.bench.routing
"""

import time
from collections.abc import Callable, Mapping

from daemon.domain.registry import Registry
from daemon.domain.routing.values import Nature, Route, Routing
from daemon.domain.text import fold
from tests.routing.score import HERE, Score, judged, labelled, shipped_router

SETS = (
    *("dev", "registers", "nuances", "voices", "petitions"),
    *(
        "unseen",
        "ordinary",
        "registers-held",
        "nuances-held",
        "voices-held",
        "several-held",
        "petitions-held",
        "misleading-held",
        "ordinary-held",
        "mixed-held",
        "wide-held",
        "fresh-held",
        "letters-held",
        "office-held",
    ),
)
"""The first row was taught, the others never."""
STEMS: Mapping[str, str] = {
    "fen": "asfalt çukur yol kaldırım parke bordür rampa merdiven istinat kar buz tuzlama köprü duba bariyer greyder "
    "muhtarlık stabilize yama",
    "temizlik": "çöp konteyner süpür yıka moloz koltuk eşya süprüntü bidon",
    "park": "park bank ağaç budan çim salıncak kaydırak fidan yeşil oyun kamelya çiçek",
    "zabita": "işgal seyyar dilenci pazar hurda tezgah afiş kurban fiyat gramaj",
    "ruhsat": "ruhsat işyeri kahvehane asansör imalathane",
    "imar": "imar tapu arsa parsel numarataj tabela dönüşüm",
    "yapi-kontrol": "kaçak metruk inşaat yıkıl iskele bina",
    "veteriner": "köpek kedi hayvan ahır kümes barınak kuduz",
    "cevre": "sinek ilaçla haşere fare gürültü duman koku hafriyat geri",
    "sosyal-yardim": "yardım erzak gıda kömür tekerlekli muhtaç yoksul bez",
    "kultur": "konser gezi kütüphane sünnet şenlik etüt tiyatro",
    "genclik-spor": "spor saha basketbol halı forma yüzme",
    "kadin-aile": "kadın kreş kurs şiddet hanım",
    "saglik": "cenaze ambulans hasta taziye pansuman",
    "emlak": "kamulaştır kira istimlak",
    "gelirler": "vergi harç borç",
    "destek": "masa sandalye bayrak çadır",
    "bilgi-islem": "bilgisayar yazıcı şifre uygulama",
    "ulasim": "kasis ayna levha otopark ring",
    "insan-kaynaklari": "staj memur işe",
    "evlendirme": "nikah nikâh",
    "basin": "randevu başkan haber",
    "muhtarlik-isleri": "mühür",
    "ASKİ": "su rögar kanal mazgal boru logar",
    "Başkent EDAŞ": "elektrik lamba trafo direk aydınlatma ışık",
    "Başkentgaz": "gaz doğalgaz",
    "EGO": "otobüs durak metro",
    "UKOME": "trafik sinyal dolmuş",
    "Emniyet": "hırsız uyuşturucu polis",
    "Türk Telekom": "internet telefon fiber",
    "Milli Eğitim": "okul öğretmen",
    "Müftülük": "cami imam ezan",
}


def main() -> None:
    router, registry = shipped_router()
    by_stems = _stem_list(registry)
    for name in SETS:
        items = labelled(HERE / f"{name}.jsonl")
        ours = judged(items, router.route, registry)
        plain = judged(items, by_stems, registry)
        print(f"{name:<15} ours: {_said(ours)}")
        print(f"{'':<15} stems: {_said(plain)}")
    _tell_speed()


def _said(score: Score) -> str:
    filed = score.unreviewed / (score.unreviewed + score.reviewed) if score.expected else 0.0
    right = score.unreviewed_right / score.unreviewed if score.unreviewed else 0.0
    return (
        f"first guess {score.accuracy:5.1%} of {score.expected}; {filed:5.1%} filed without a person, of these "
        f"{right:5.1%} right; {len(score.opened)} of {score.closed} others opened"
    )


def _tell_speed() -> None:
    """Every text once, none of them seen before: no reading is remembered."""
    texts = [(item["subject"], item["body"]) for name in SETS for item in labelled(HERE / f"{name}.jsonl")]
    fresh, _ = shipped_router()
    started = time.process_time()
    for subject, body in texts:
        fresh.route(subject=subject, body=body)
    seconds = time.process_time() - started
    print(f"{len(texts) / seconds:,.0f} messages a second of one core's time ({len(texts)} messages)")


def _stem_list(registry: Registry) -> Callable[..., Routing]:
    stems = [(fold(stem), who) for who, words in STEMS.items() for stem in words.split()]

    def route(*, subject: str, body: str, channel: str = "") -> Routing:
        words = fold(f"{subject} {body}").replace("'", " ").split()
        votes: dict[str, int] = {}
        for stem, who in stems:
            votes[who] = votes.get(who, 0) + sum(word.startswith(stem) for word in words)
        best = max(votes, key=lambda who: votes[who])
        if not votes[best]:
            return Routing(Nature.CHATTER)
        outside = registry.external_body(best) is not None
        return Routing(
            Nature.REQUEST,
            (
                Route(
                    subject=subject,
                    text=body,
                    directorate="" if outside else best,
                    external_body=best if outside else "",
                    category="",
                    confidence=1.0,
                    review=False,
                    neighbourhood="",
                    urgent=False,
                    because=(),
                ),
            ),
        )

    return route


if __name__ == "__main__":
    main()
