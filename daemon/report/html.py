"""The activity report as one page that needs nothing beside it: charts are drawn in it (SVG)."""

from jinja2 import Environment
from markupsafe import Markup

from daemon.report.tables import Report, Value, shown

_ROW, _LABEL, _WIDTH = 24, 260, 560
"""Pixels: a bar's height with its gap, the room for its name, the longest bar."""

_PAGE = """\
<!doctype html>
<html lang="tr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ report.title }} {{ report.period }}</title>
<style>
body { font: 15px/1.45 "Segoe UI", "DejaVu Sans", Helvetica, Arial, sans-serif; color: #1c2530; margin: 2em auto;
  max-width: 1000px; padding: 0 1em; }
h1 { font-size: 24px; margin: 0; } h2 { font-size: 18px; margin: 2em 0 .5em; color: #1f3a5f; }
p { margin: .2em 0 1em; color: #55606e; }
table { border-collapse: collapse; width: 100%; } th { background: #1f3a5f; color: #fff; text-align: left; }
th, td { padding: 5px 8px; border-bottom: 1px solid #d5dce4; vertical-align: top; } td.n, th.n { text-align: right; }
svg { max-width: 100%; height: auto; margin: .5em 0 1em; } svg text { font-size: 13px; fill: #1c2530; }
@media print { section { break-inside: avoid-page; } body { margin: 0; max-width: none; } }
</style></head><body>
<h1>{{ report.title }}</h1>
<p><b>{{ report.office }}</b><br>{{ report.period }}</p>
{% for table in report.tables %}
<section><h2>{{ table.title }}</h2>
{% if not table.rows %}<p>Bu dönemde kayıt yok.</p>{% else %}
{% if table.series %}{% set bars = table.bars() %}{% set most = longest(bars) %}
<svg role="img" aria-label="{{ table.title }}" width="{{ label + width + 60 }}" height="{{ bars|length * row + 34 }}" \
viewBox="0 0 {{ label + width + 60 }} {{ bars|length * row + 34 }}" xmlns="http://www.w3.org/2000/svg">
{% for header, colour in table.series %}<rect x="{{ label + 110 * loop.index0 }}" y="4" width="12" height="12" \
fill="#{{ colour }}"/><text x="{{ label + 110 * loop.index0 + 18 }}" y="15">{{ header }}</text>
{% endfor %}
{% for name, values in bars %}{% set y = loop.index0 * row + 28 %}
<text x="{{ label - 8 }}" y="{{ y + 13 }}" text-anchor="end">{{ name|truncate(36, true, "…") }}</text>
{% for value in values %}{% if value %}<rect x="{{ (label + values[:loop.index0]|sum * width / most)|round(1) }}" \
y="{{ y }}" width="{{ (value * width / most)|round(1) }}" height="{{ row - 7 }}" fill="#\
{{ table.series[loop.index0][1] }}"><title>{{ name }}: \
{{ table.series[loop.index0][0] }} {{ value }}</title></rect>{% endif %}{% endfor %}
<text x="{{ (label + values|sum * width / most + 6)|round(1) }}" y="{{ y + 13 }}">{{ values|sum }}</text>
{% endfor %}</svg>{% endif %}
<table><thead><tr>{% for header in table.headers %}\
<th scope="col"{{ figure(table.rows[0][loop.index0]) }}>{{ header }}</th>{% endfor %}</tr></thead><tbody>
{% for line in table.rows %}<tr>{% for value in line %}<td{{ figure(value) }}>{{ shown(value) }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table>{% endif %}</section>
{% endfor %}
<p style="margin-top:2em">{{ report.footing }}</p>
</body></html>
"""


def page(report: Report) -> bytes:
    environment = Environment(autoescape=True)
    environment.globals.update(
        shown=shown, figure=_figure, longest=_longest, row=_ROW, label=_LABEL, width=_WIDTH
    )
    return environment.from_string(_PAGE).render(report=report).encode()


def _figure(value: Value) -> Markup:
    """Figures, and the heads of their columns, stand at the right."""
    return Markup(' class="n"' if value is None or isinstance(value, int | float) else "")


def _longest(bars: list[tuple[str, list[int]]]) -> int:
    return max((sum(values) for _, values in bars), default=0) or 1
