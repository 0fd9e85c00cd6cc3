"""A site's own templates: found first, checked whole, and never a way out of the sandbox."""

from pathlib import Path

import pytest

from daemon.domain.errors import ConfigurationError
from daemon.domain.notice import Occasion
from daemon.resources import shipped
from daemon.wording import Templates
from tests.wording.desk import LIAISON, NOW, html, letter, plain, request, wording


def _put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_site_s_template_is_found_first(tmp_path: Path) -> None:
    _put(
        tmp_path,
        "headman/confirmation.txt",
        '{% extends "_base.txt" %}{% block subject %}Kayıt{% endblock %}'
        "{% block content %}Merhaba.{% endblock %}",
    )
    worded = letter(Occasion.HEADMAN_CONFIRMATION, request(), using=wording(site=tmp_path))
    assert worded.subject == "[MHT-2026-000123] Kayıt"
    assert "Merhaba." in plain(worded)
    assert "Fen İşleri Müdürlüğüne" in html(worded)


def test_a_site_s_template_may_build_on_the_shipped_one(tmp_path: Path) -> None:
    _put(
        tmp_path,
        "headman/confirmation.txt",
        '{% extends "shipped/headman/confirmation.txt" %}'
        "{% block content %}{{ super() }}\nEk cümle.{% endblock %}",
    )
    worded = letter(Occasion.HEADMAN_CONFIRMATION, request(), using=wording(site=tmp_path))
    assert worded.subject.endswith("Talebiniz kayda alındı: Çınar Sokak'taki yol çukuru")
    assert "Bilgilerinize sunarız." in plain(worded)
    assert "Ek cümle." in plain(worded)


def test_a_site_s_sheet_of_paper_serves_every_letter(tmp_path: Path) -> None:
    _put(tmp_path, "_base.txt", "ANTETLİ KÂĞIT\n{% block content %}{% endblock %}")
    for occasion in (Occasion.HEADMAN_CONFIRMATION, Occasion.LIAISON_REFERRAL):
        assert plain(letter(occasion, request(), using=wording(site=tmp_path))).startswith("ANTETLİ KÂĞIT")


def test_a_reminder_of_the_site_s_own_has_its_own_letter(tmp_path: Path) -> None:
    _put(tmp_path, "liaison/gecikme.txt", "{% block subject %}Gecikme{% endblock %}{{ request.number }}")
    _put(
        tmp_path, "liaison/gecikme.html", "<p>{{ request.subject }} {{ facts.days_left[request.number] }}</p>"
    )
    using = wording(site=tmp_path)
    worded = letter(
        "liaison/gecikme",
        request(),
        recipient=LIAISON,
        using=using,
        facts={"days_left": {request().number: -2}},
    )
    assert worded.occasion == "liaison/gecikme"
    assert "-2" in html(worded)
    assert using.faults(NOW) == []


BROKEN = [
    ("{% block subject %}a{% endblock %}\n{{ request.nummer }}", 2, "nummer"),
    ("{% block subject %}a{% endblock %}\n\n{{ bilinmeyen }}", 3, "bilinmeyen"),
    ("{% block subject %}a{% endblock %}\n{% if x %}", 2, ""),
    ("{% block subject %}a{% endblock %}\n{{ request.number|yok }}", 2, "yok"),
    ("{% block subject %}a{% endblock %}\n{{ 1 / 0 }}", 2, "zero"),
    ("{% block subject %}a{% endblock %}\n{{ request.__class__.__mro__ }}", 2, "unsafe"),
    ("{% block subject %}a{% endblock %}\n{{ request._request.note }}", 2, "_request"),
    ("{% block subject %}{{ yok }}{% endblock %}\n", 1, "yok"),
    ("{% block subject %}a{% endblock %}\n{{ range(10000000)|list }}", 2, "large"),
    ("{% block subject %}a{% endblock %}\n{% include 'olmayan.txt' %}", 2, "olmayan.txt"),
    ("{% block subject %}a{% endblock %}\n{{ facts.days_left.pop('x') }}", 2, ""),
]


@pytest.mark.parametrize(("text", "line", "word"), BROKEN)
def test_a_fault_is_told_with_file_and_line(tmp_path: Path, text: str, line: int, word: str) -> None:
    path = _put(tmp_path, "headman/confirmation.txt", text)
    using = wording(site=tmp_path)
    with pytest.raises(ConfigurationError) as caught:
        letter(Occasion.HEADMAN_CONFIRMATION, request(), using=using)
    assert f"{path}:{line}: " in str(caught.value)
    assert word in str(caught.value)
    assert f"{path}:{line}" in caught.value.reason
    assert "\n" not in str(caught.value)


def test_check_names_every_faulty_template_once(tmp_path: Path) -> None:
    one = _put(tmp_path, "headman/closure.txt", "{{ yok }}")
    two = _put(tmp_path, "liaison/thanks.html", "<p>\n{{ request.yok }}")
    three = _put(tmp_path, "liaison/kendi.txt", "{% block subject %}a{% endblock %}")
    faults = wording(site=tmp_path).faults(NOW)
    assert len(faults) == 3
    assert any(f"{one}:1" in fault for fault in faults)
    assert any(f"{two}:2" in fault for fault in faults)
    assert any("liaison/kendi.html" in fault for fault in faults), f"{three} lacks its HTML form"


def test_a_template_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "headman").mkdir()
    (tmp_path / "headman" / "closure.txt").write_bytes("Kapandı: ığşç".encode("windows-1254"))
    with pytest.raises(ConfigurationError) as caught:
        letter(Occasion.HEADMAN_CLOSURE, request(), using=wording(site=tmp_path))
    assert "closure.txt" in str(caught.value)


def test_a_missing_folder_only_means_the_shipped_letters(tmp_path: Path) -> None:
    using = wording(site=tmp_path / "yok")
    assert "Bilgilerinize sunarız" in plain(letter(Occasion.HEADMAN_CLOSURE, request(), using=using))


def test_templates_are_needed() -> None:
    with pytest.raises(ConfigurationError):
        Templates([])


def test_every_occasion_has_both_forms() -> None:
    for occasion in Occasion:
        for form in ("txt", "html"):
            assert (shipped("templates") / f"{occasion}.{form}").is_file()


def test_the_guide_documents_every_name_and_filter() -> None:
    from daemon.wording.facts import facts_of
    from daemon.wording.views import VIEWS

    guide = (shipped("templates") / "README.md").read_text(encoding="utf-8")
    own = set(Templates([shipped("templates")]).filters)
    names = {name for view in VIEWS for name in dir(view) if not name.startswith("_")}
    from daemon.domain.notice import Notice

    facts = {name for occasion in Occasion for name in facts_of(Notice("k", occasion, "a@b.c"))}
    missing = {name for name in own | names | facts if f"`{name}`" not in guide and f".{name}" not in guide}
    assert not missing
