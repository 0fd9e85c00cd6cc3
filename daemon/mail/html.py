"""HTML mail as readable plain text.

A tokenizer, not a tree: mail is tag soup, and a tree parser can be sunk by 100,000 nested tags. It keeps what
the later steps need and an ordinary converter loses: quotations (``<blockquote>``) become ``> `` lines and
Outlook's reply divider becomes a line of underscores, so that plain and HTML mails are cut by one rule.
Hidden text (preheaders), styles and scripts are dropped. Linear in the length, which is limited.
"""

import re

from daemon.mail.entities import resolved

MAX_HTML = 1_000_000
_SKIPPED = frozenset(
    ["style", "script", "head", "title", "noscript", "template", "svg", "object", "select", "textarea", "xml"]
)
_BLOCKS = frozenset(
    {
        *("p", "div", "br", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr"),
        *("section", "article", "header", "footer", "address", "blockquote", "dl", "dt", "dd", "center"),
        *("form", "fieldset", "tbody", "thead", "body", "html", "main", "aside", "figure"),
    }
)
_PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "pre"])
_VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "param", "source", "wbr"]
)
_TAG_NAME = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,30})")
_ANGLES = re.compile("<+")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]{1,30})\s*=\s*(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s>]{1,2000}))")
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt)?\s*(?:;|$|"
    r"!)|"
    r"max-height\s*:\s*0(?:px)?\s*(?:;|$|!)"
)
_SPACE = re.compile(r"[ \t\r\n\f]+")


class _Writer:
    """Collects lines; ``quote`` is the depth of quotation that a new line begins with."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quote = 0
        self.preformatted = 0

    def write(self, text: str) -> None:
        if self.preformatted:
            first, *rest = text.split("\n")
            self.line.append(first)
            for more in rest:
                self.break_line(keep_empty=True)
                self.line.append(more)
            return
        text = _SPACE.sub(" ", text)
        if text == " " and (not self.line or self.line[-1].endswith(" ")):
            return
        self.line.append(text)

    def break_line(self, *, keep_empty: bool = False) -> None:
        text = "".join(self.line)
        text = text.rstrip() if self.preformatted else text.strip()
        self.line = []
        if text or keep_empty:
            self.lines.append(("> " * min(self.quote, 20) + text).rstrip())

    def blank_line(self) -> None:
        self.break_line()
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(("> " * min(self.quote, 20)).rstrip())

    def text(self) -> str:
        self.break_line()
        return "\n".join(self.lines).strip("\n")


def to_text(html: str) -> str:
    """Return the visible text of ``html``; quotations are marked with ``> ``."""
    reader = _Reader(html[:MAX_HTML])
    text = reader.read()
    if reader.skip:
        # Something hidden was never closed: better to show too much than to lose the words.
        text = _Reader(html[:MAX_HTML], show_hidden=True).read()
    return text


class _Reader:
    """One pass over the tags. ``skip`` names the element whose content is not shown, with its nesting."""

    def __init__(self, html: str, *, show_hidden: bool = False) -> None:
        self.html = html
        self.show_hidden = show_hidden
        self.last_comment_end = html.rfind("-->")
        self.out = _Writer()
        self.skip, self.skip_depth = "", 0
        self.quotes: list[bool] = []
        self.links: list[tuple[str, int]] = []

    def read(self) -> str:
        html, position = self.html, 0
        while position < len(html):
            start = html.find("<", position)
            if start < 0:
                self._text(html[position:])
                break
            if start > position:
                self._text(html[position:start])
            position = self._markup(start)
        return self.out.text()

    def _markup(self, start: int) -> int:
        """Handle what begins with ``<`` at ``start``; return where to go on."""
        html = self.html
        if html.startswith("<!--", start):
            closed = start + 2 <= self.last_comment_end
            return html.find("-->", start + 2) + 3 if closed else _after(html, start)
        if html.startswith(("<!", "<?"), start):
            return _after(html, start)
        name = _TAG_NAME.match(html, start + 1)
        if name is None:
            run = _ANGLES.match(html, start)
            end = max(start + 1, (run.end() if run else start) - 1)
            self._text(html[start:end])
            return end
        end = _tag_end(html, name.end())
        self._tag(name[2].lower(), html[name.end() : end], closing=bool(name[1]))
        if name[2].lower() in {"style", "script"} and not name[1]:
            return self._raw_text_end(name[2].lower(), end)
        return end + 1

    def _raw_text_end(self, name: str, position: int) -> int:
        closing = re.compile(f"</{name}", re.IGNORECASE).search(self.html, position)
        return closing.start() if closing else len(self.html)

    def _text(self, raw: str) -> None:
        if not self.skip:
            self.out.write(resolved(raw))

    def _tag(self, name: str, attributes: str, *, closing: bool) -> None:
        if self.skip:
            if name == "body" and self.skip in {"head", "title"}:
                self.skip = ""
            elif name == self.skip and not attributes.endswith("/"):
                self.skip_depth += -1 if closing else 1
                self.skip = self.skip if self.skip_depth > 0 else ""
            return
        if closing:
            self._close(name)
            return
        values = _attributes(attributes) if "=" in attributes else {}
        hidden = name in _SKIPPED or (not self.show_hidden and _is_hidden(values, attributes))
        if hidden and name not in _VOID and not attributes.endswith("/"):
            self.skip, self.skip_depth = name, 1
            return
        self._open(name, values)

    def _open(self, name: str, values: dict[str, str]) -> None:
        out = self.out
        if values.get("id", "").lower().removeprefix("x_") == "divrplyfwdmsg":
            out.blank_line()
            out.write("_" * 32)
            out.break_line()
        if name == "br":
            out.break_line(keep_empty=True)
        elif name == "blockquote":
            out.blank_line()
            self.quotes.append(_is_quotation(values))
            out.quote += self.quotes[-1]
        elif name in {"td", "th"}:
            if "".join(out.line).strip():
                out.write(" ")
        elif name in _PARAGRAPHS:
            out.blank_line() if name in {"p", "pre"} or name[0] == "h" else out.break_line()
            out.preformatted += name == "pre"
        elif name in _BLOCKS:
            out.break_line()
            if name == "li":
                out.write("- ")
        elif name == "img" and len(values.get("alt", "")) == 1:
            out.write(values["alt"])
        elif name == "a":
            self.links.append((values.get("href", ""), len(out.line)))

    def _close(self, name: str) -> None:
        out = self.out
        if name == "blockquote":
            out.break_line()
            if self.quotes:
                out.quote -= self.quotes.pop()
            out.blank_line()
        elif name in _PARAGRAPHS:
            out.break_line()
            if name in {"p", "pre"} or name[0] == "h":
                out.blank_line()
            out.preformatted = max(0, out.preformatted - (name == "pre"))
        elif name in _BLOCKS and name != "br":
            out.break_line()
        elif name == "a" and self.links:
            self._close_link(*self.links.pop())

    def _close_link(self, href: str, start: int) -> None:
        """A link without words shows its address; an address that is not the words is no news to a clerk."""
        if href.startswith(("http://", "https://")) and not "".join(self.out.line[start:]).strip():
            self.out.write(href[:200])


def _after(html: str, start: int) -> int:
    end = html.find(">", start)
    return end + 1 if end >= 0 else len(html)


def _tag_end(html: str, start: int) -> int:
    """Index of the ``>`` that ends the tag; one inside quotes does not count (looked at three times)."""
    end = html.find(">", start)
    for _ in range(3):
        if end < 0:
            return len(html)
        inside = html[start:end]
        if inside.count('"') % 2 == 0 and inside.count("'") % 2 == 0:
            return end
        further = html.find(">", end + 1, end + 4_000)
        if further < 0 or "<" in html[end:further]:
            return end
        end = further
    return end


def _attributes(raw: str) -> dict[str, str]:
    return {
        found[1].lower(): resolved(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(raw[:8_000])
    }


def _is_hidden(values: dict[str, str], attributes: str) -> bool:
    style = values.get("style", "")
    if style and _HIDDEN_STYLE.search(style.lower()):
        return True
    return "hidden" in attributes and bool(re.search(r"(?:^|\s)hidden(?:\s|=|$)", attributes))


def _is_quotation(values: dict[str, str]) -> bool:
    """Gmail and Outlook also indent the writer's own words with a border-less blockquote."""
    if (
        values.get("type", "").lower() == "cite"
        or "cite" in values
        or "quote" in values.get("class", "").lower()
    ):
        return True
    style = values.get("style", "").lower().replace(" ", "")
    return not style or ("border-left" in style and "border:none" not in style)
