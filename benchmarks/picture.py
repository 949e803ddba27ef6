"""The figures as a picture: for each thing wanted one bar, as long as the share of the limit that it uses."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from benchmarks.figures import Figure
from benchmarks.table import TITLES, number

WIDTH, LABELS, BARS, ROW, HEAD = 980, 430, 330, 26, 40
LIMIT_AT = 0.75  # the limit lies at three quarters of the bars' width; what is longer is cut at the end
STYLE = """
text { font: 14px "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: #1c1f24; }
.quiet { fill: #5b626c; font-size: 13px; } .goal { font-weight: 600; font-size: 15px; } .figure { font-variant-numeric: tabular-nums; }
.ground { fill: #fdfdfb; } .met { fill: #2f6fbd; } .missed { fill: #b3362c; } .track { fill: #e9eaea; } .limit { stroke: #1c1f24; stroke-width: 1.5; }
.spread { stroke: #1c1f24; stroke-width: 1; opacity: .55; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e7e9; } .quiet { fill: #a3a9b2; } .ground { fill: #15181c; } .met { fill: #6aa5ee; } .missed { fill: #f0857b; }
  .track { fill: #2a2e34; } .limit, .spread { stroke: #e6e7e9; }
}
"""


def draw(figures: Sequence[Figure], caption: str) -> str:
    """An SVG that needs nothing else and follows the reader's light or dark."""
    shown = [figure for figure in figures if figure.share is not None]
    pieces, y = [], 64
    for goal, of_goal in groupby(shown, key=lambda figure: figure.goal):
        pieces.append(f'<text class="goal" x="24" y="{y}">{goal} · {TITLES[goal]}</text>')
        y += 12
        for figure in of_goal:
            pieces.append(_row(figure, y))
            y += ROW
        y += HEAD
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img" aria-labelledby="title">',
            f'<title id="title">{escape(_in_words(shown))}</title>',
            f"<style>{STYLE}</style>",
            f'<rect class="ground" width="{WIDTH}" height="{y}"/>',
            f'<text class="quiet" x="24" y="30">{escape(caption)}</text>',
            *pieces,
            f'<text class="quiet" x="24" y="{y - 14}">A bar that ends before the line keeps what is wanted; thin lines are the rounds.</text>',
            "</svg>\n",
        ]
    )


def _row(figure: Figure, y: int) -> str:
    """One figure: its words, its bar, its number and the limit."""
    start, limit = LABELS, LABELS + BARS * LIMIT_AT
    kind = "met" if figure.met else "missed"
    ends = sorted(_end(figure, value) for value in (figure.found.low, figure.found.high))
    spread = f'<line class="spread" x1="{ends[0]:.1f}" x2="{ends[1]:.1f}" y1="{y + 10}" y2="{y + 10}"/>' if ends[1] - ends[0] > 1 else ""
    unit = figure.unit if figure.unit in ("×", "%") else f" {figure.unit}"
    words = f"{number(figure.found.value)}{unit}, wanted {figure.sign} {number(figure.wanted or 0)}{unit}"
    return (
        f'<text x="24" y="{y + 15}">{escape(figure.what)}</text>'
        f'<rect class="track" x="{start}" y="{y + 4}" width="{BARS}" height="13"/>'
        f'<rect class="{kind}" x="{start}" y="{y + 4}" width="{max(1.0, _end(figure, figure.found.value) - start):.1f}" height="13"/>{spread}'
        f'<line class="limit" x1="{limit}" x2="{limit}" y1="{y + 1}" y2="{y + 20}"/>'
        f'<text class="figure quiet" x="{start + BARS + 14}" y="{y + 15}">{escape(words)}</text>'
    )


def _end(figure: Figure, value: float) -> float:
    """Where the bar of this value would end."""
    wanted = figure.wanted or 1.0
    share = value / wanted if figure.sign == "≤" else wanted / value if value else 9.0
    return LABELS + BARS * min(1.0, share * LIMIT_AT)


def _in_words(figures: Sequence[Figure]) -> str:
    """The picture for those who don't see it."""
    missed = [figure.what for figure in figures if not figure.met]
    kept = f"{len(figures) - len(missed)} of {len(figures)} figures keep what is wanted of them."
    return f"{kept} Not kept: {'; '.join(missed)}." if missed else kept
