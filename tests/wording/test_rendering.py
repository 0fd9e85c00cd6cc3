"""The HTML letters in a real browser: nothing leaves the page on a wide screen or a telephone."""

import json
import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path

import pytest

from daemon.domain.notice import Occasion
from daemon.wording.facts import samples
from tests.wording.desk import LIAISON, NOW, REGISTRY, WORDING, html, letter, request

WIDTHS = (600, 380)
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
)

MEASURE = """
<script>
addEventListener("load", () => {
  const report = [...document.querySelectorAll("iframe")].map(frame => {
    const page = frame.contentDocument, width = page.documentElement.clientWidth;
    const outside = [...page.body.querySelectorAll("*")].filter(
      e => e.getBoundingClientRect().right > width + 1);
    const small = [...page.body.querySelectorAll("td, p, a, b")].filter(
      e => e.innerText.trim() && parseFloat(getComputedStyle(e).fontSize) < 13);
    return {name: frame.title, width, scroll: page.documentElement.scrollWidth,
            outside: outside.map(e => e.tagName), small: small.length, text: page.body.innerText.length};
  });
  document.body.textContent = "REPORT" + JSON.stringify(report) + "END";
});
</script>
"""


SHAPES = {
    Occasion.HEADMAN_CONFIRMATION: "many",
    Occasion.HEADMAN_CLOSURE: "done",
    Occasion.HEADMAN_STATUS: "many",
    Occasion.LIAISON_REFERRAL: "one",
    Occasion.LIAISON_REMINDER: "many",
    Occasion.LIAISON_URGENT: "body",
    Occasion.OFFICE_URGENT: "body",
    Occasion.OFFICE_FOLLOW_UP: "many",
    Occasion.DIRECTORATE_DIGEST: "many",
    Occasion.OFFICE_REVIEW: "one",
}
"""One letter of every shape; the others are made of the same parts."""


def _letters() -> dict[str, str]:
    pages = {
        notice.key: html(WORDING.word(notice, requests, NOW))
        for occasion, case in SHAPES.items()
        for notice, requests in samples(occasion, REGISTRY, NOW)
        if notice.key.endswith(f"/{case}")
    }
    long = "Çekoslovakyalılaştıramadıklarımızdanmışsınızcasına" * 6
    pages["long words"] = html(
        letter(
            Occasion.LIAISON_REFERRAL,
            request(
                subject=long,
                description=f"https://example.com/{long}\n{long}",
                neighbourhood=long,
                headman=f"{long} {long}",
                category=long,
                attachments=(f"2026/{long}.jpg",),
            ),
            recipient=LIAISON,
            recipient_name=long,
        )
    )
    return pages


@pytest.mark.real
@pytest.mark.timeout(300)
def test_nothing_overflows_in_a_browser(tmp_path: Path) -> None:
    if BROWSER is None:
        pytest.fail("Chromium is needed to look at the letters (apt-get install chromium)")
    pages = _letters()
    frames = [
        f'<iframe title="{escape(name)}" style="border:0;width:{width}px;height:900px"'
        f' srcdoc="{escape(page)}"></iframe>'
        for name, page in pages.items()
        for width in WIDTHS
    ]
    sheet = tmp_path / "letters.html"
    sheet.write_text(
        "<!doctype html><meta charset=utf-8><body>" + "".join(frames) + MEASURE, encoding="utf-8"
    )
    done = subprocess.run(
        [BROWSER, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", sheet.as_uri()],
        capture_output=True,
        text=True,
        timeout=280,
        check=True,
    )
    found = re.search(r"REPORT(.*)END", done.stdout, re.DOTALL)
    assert found, done.stderr[-2000:]
    report = json.loads(unescape(found[1]))
    assert len(report) == len(pages) * len(WIDTHS)
    assert {row["width"] for row in report} == set(WIDTHS)
    assert [row for row in report if row["scroll"] > row["width"] or row["outside"]] == []
    assert [row["name"] for row in report if row["small"] or row["text"] < 300] == []
