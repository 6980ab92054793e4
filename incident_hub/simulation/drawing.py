"""A timeline as a drawing: a lane for every post, time from left to right, every call where it falls. Pure.

The drawing carries its own colours when it is a file; on a page the page's stylesheet has them, under the same names.
"""

from __future__ import annotations

from datetime import datetime
from html import escape
from itertools import groupby
from zoneinfo import ZoneInfo

from .colours import STYLE
from .layout import BAR, BOTTOM, LEFT, MARK, PAD, TOP, Lane, Mark, Row, Scale, bar_end, bar_start, rows_of, scale_of
from .telling import moment_words, step_words
from .timeline import Debt, Step, Timeline
from .words import say

# Two instants whose labels would touch share one.
_LABEL = 46
_LEGEND = ("call", "remind", "inform", "answer", "vacant", "withheld", "exhausted")


def draw(timeline: Timeline, language: str, *, styled: bool = True) -> str:
    """The drawing as SVG; without `styled` it leaves the colours to the page it stands on."""
    scale = scale_of(timeline)
    rows = rows_of(timeline, _marks(timeline, language), scale)
    height = (rows[-1].top + rows[-1].height if rows else TOP) + BOTTOM
    width = max(scale.width, LEFT + 560)
    title = timeline.title.of(language)
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    named = f'class="simulation" role="img" aria-label="{escape(title)}"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {named} {size}>']
    parts += [f"<style>{STYLE}</style>"] if styled else []
    parts += _head(timeline, language)
    parts += _lanes(rows, width, language)
    parts += _grid(timeline, scale, height)
    parts += _events(timeline, scale, language)
    for row in rows:
        parts += _row(timeline, row, scale, language)
    return "\n".join([*parts, "</svg>", ""])


def _head(timeline: Timeline, language: str) -> list[str]:
    zone = ZoneInfo(timeline.zone)
    since, until = (one.astimezone(zone) for one in (timeline.start, timeline.until))
    words = f"{since:%Y-%m-%d %H:%M} – {until:%Y-%m-%d %H:%M} {timeline.zone} · {timeline.plan} · {timeline.operation}"
    parts = [_text(12, 22, timeline.title.of(language), "title"), _text(12, 40, words, "faint")]
    x = 12.0
    for kind in _LEGEND:
        label = say(
            {"withheld": "not_cleared", "answer": "answers", "exhausted": "last_call"}.get(kind, kind), language
        )
        parts += [_shape(kind, x + 6, 58), _text(x + 18, 62, label, "faint")]
        x += 34 + sum(12 if ord(one) > 255 else 6.6 for one in label)
    return parts


def _lanes(rows: list[Row], width: float, language: str) -> list[str]:
    parts: list[str] = []
    for number, (desk, group) in enumerate(groupby(rows, key=lambda row: row.lane[0])):
        lanes = list(group)
        top, height = lanes[0].top, sum(one.height for one in lanes)
        if number % 2 == 0:
            parts.append(f'<rect class="lane" x="0" y="{top:.1f}" width="{width:.0f}" height="{height:.1f}"/>')
        for place, row in enumerate(lanes):
            post = say(row.lane[1], language)
            label = f"{desk} · {post}" if place == 0 else f"· {post}"
            parts.append(_text(LEFT - 10, row.top + PAD + 11, label, "" if place == 0 else "faint", "end"))
    return parts


def _grid(timeline: Timeline, scale: Scale, height: float) -> list[str]:
    zone, parts, last = ZoneInfo(timeline.zone), list[str](), -1e9
    day = timeline.start.astimezone(zone).date()
    for at, x in zip(scale.instants, scale.places, strict=True):
        local = at.astimezone(zone)
        if x - last < _LABEL:
            continue
        last = x
        label = f"{local:%H:%M}" if local.date() == day else f"{local:%m-%d %H:%M}"
        day = local.date()
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{height - BOTTOM + 4:.1f}"/>')
        parts += [_text(x, at_y, label, "faint", "middle") for at_y in (TOP - 12, height - BOTTOM + 18)]
    return parts


def _events(timeline: Timeline, scale: Scale, language: str) -> list[str]:
    told = [one for one in timeline.moments if one.kind != "answer"]
    return [
        f"<g><title>{escape(_clock(timeline, one.at) + ' ' + moment_words(one, language))}</title>"
        f'<path class="event" d="M{scale.x(one.at):.1f} {TOP - 1}l-5 -7h10z"/></g>'
        for one in told
    ]


def _row(timeline: Timeline, row: Row, scale: Scale, language: str) -> list[str]:
    parts: list[str] = []
    for debt, level in row.bars:
        parts += _bar(timeline, debt, scale, row.top + PAD + level * BAR, language)
    top = row.top + PAD + row.bar_rows * BAR
    for mark, level in row.marks:
        words = escape(f"{_clock(timeline, mark.at)} {mark.words}")
        shape = _shape(mark.kind, scale.x(mark.at), top + level * MARK + MARK / 2)
        parts.append(f"<g><title>{words}</title>{shape}</g>")
    return parts


def _bar(timeline: Timeline, debt: Debt, scale: Scale, y: float, language: str) -> list[str]:
    x, end = scale.x(bar_start(debt, timeline)), scale.x(bar_end(debt, timeline))
    state = debt.state if debt.state in ("open", "missed", "met", "met_late") else "ended"
    words = f"{debt.id} {debt.rule} {debt.desk}:{debt.post} {_clock(timeline, debt.starts_at)}–"
    words += f"{_clock(timeline, debt.due_at)} {say(debt.state, language)}"
    parts = [f'<g><title>{escape(words)}</title><rect class="bar {state}" x="{x:.1f}" y="{y:.1f}" rx="2" ']
    parts[0] += f'width="{max(end - x, 3):.1f}" height="{BAR - 3}"/>'
    if debt.due_at <= timeline.until:
        due = scale.x(debt.due_at)
        parts[0] += f'<line class="due" x1="{due:.1f}" x2="{due:.1f}" y1="{y - 2:.1f}" y2="{y + BAR - 1:.1f}"/>'
    return [parts[0] + _text(x + 3, y + 8.5, debt.rule, "rule") + "</g>"]


def _marks(timeline: Timeline, language: str) -> list[tuple[Lane, Mark]]:
    found: list[tuple[Lane, Mark]] = []
    for step in timeline.steps:
        words = step_words(timeline, step, language)
        found += [(lane, Mark(step.at, kind, words)) for lane, kind in _reached(step)]
    for moment in timeline.moments:
        desk, _, post = moment.by.partition(":")
        if moment.kind == "answer" and post:
            found.append(((desk, post), Mark(moment.at, "answer", moment_words(moment, language))))
    return found


def _reached(step: Step) -> list[tuple[Lane, str]]:
    kind = "exhausted" if step.exhausted else step.kind
    reached = [((one.desk, one.post), kind) for one in step.targets]
    left_out = {"vacant": "vacant", "no_desk": "vacant", "not_cleared": "withheld"}
    return reached + [
        ((one.desk, one.post), left_out[one.why])
        for one in step.withheld
        if one.desk and one.post and one.why in left_out
    ]


def _shape(kind: str, x: float, y: float) -> str:
    match kind:
        case "call":
            return f'<path class="call" d="M{x - 5:.1f} {y - 5:.1f}l11 5l-11 5z"/>'
        case "remind":
            return f'<circle class="remind" cx="{x:.1f}" cy="{y:.1f}" r="4.2"/>'
        case "inform":
            return f'<rect class="inform" x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>'
        case "vacant":
            return f'<path class="vacant" d="M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8"/>'
        case "withheld":
            stroke = f'<path d="M{x - 3:.1f} {y + 3:.1f}l6 -6"/>'
            return f'<g class="withheld"><circle cx="{x:.1f}" cy="{y:.1f}" r="4.6"/>{stroke}</g>'
        case "answer":
            return f'<path class="answer" d="M{x - 5:.1f} {y:.1f}l4 4l7 -8"/>'
        case _:
            return f'<path class="exhausted" d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z"/>'


def _text(x: float, y: float, words: str, look: str = "", anchor: str = "start") -> str:
    name = f' class="{look}"' if look else ""
    return f'<text{name} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _clock(timeline: Timeline, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(timeline.zone)):%H:%M:%S}"
