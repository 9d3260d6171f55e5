"""Charts as inline SVG: no script, no font, nothing fetched. Every mark carries its value as a title."""

from collections.abc import Sequence
from html import escape

from eval.measures.calibration import Reliability
from eval.measures.intervals import Estimate
from eval.measures.latency import Latency
from eval.report.words import STEPS, milliseconds, percent

_ROW = 26
_LABEL = 210
_BAR = 350
_WIDTH = 800
_QUARTERS = (0, 0.25, 0.5, 0.75, 1)
_INK, _BLUE, _PALE, _GRID = "#1b1f24", "#2563a8", "#9dbfe3", "#dde3ea"


def bars(rows: Sequence[tuple[str, Estimate]], title: str) -> str:
    """Horizontal bars of shares with their intervals as whiskers, one per (label, estimate)."""
    height = _ROW * len(rows) + 26
    parts = _grid(height)
    for number, (label, value) in enumerate(rows):
        y = _ROW * number + 4
        low, high = (_LABEL + bound * _BAR for bound in (value.low, value.high))
        whisker = f"M{low:.1f} {y + 9}H{high:.1f}M{low:.1f} {y + 5}v8M{high:.1f} {y + 5}v8"
        parts += [
            _text(_LABEL - 8, y + 13, _cut(label), "end"),
            _bar(y, value.mean * _BAR, _PALE, f"{label}: {_figure(value)}"),
            f'<path d="{whisker}" stroke="{_INK}" stroke-width="1.3"/>',
            _text(_LABEL + _BAR + 12, y + 13, _figure(value)),
        ]
    return _svg(height, title, parts)


def reliability_curve(curve: Reliability, title: str) -> str:
    """What was said against what was right; a dot grows with its count. The diagonal would be perfect."""
    size, left, top = 260, 60, 14
    bottom, beside = top + size, left + size + 24
    most = max((item.count for item in curve.bins), default=1)
    parts = [
        f'<rect x="{left}" y="{top}" width="{size}" height="{size}" fill="none" stroke="{_GRID}"/>',
        f'<path d="M{left} {bottom}L{left + size} {top}" stroke="{_GRID}" stroke-width="2"/>',
    ]
    for share in _QUARTERS:
        parts.append(_text(left - 8, bottom - share * size + 4, percent(share), "end"))
        parts.append(_text(left + share * size, bottom + 18, percent(share), "middle"))
    points = [(left + item.said * size, top + (1 - item.right) * size) for item in curve.bins]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="{_BLUE}" stroke-width="2"/>')
    for (x, y), item in zip(points, curve.bins, strict=True):
        told = f"Tự chấm {percent(item.said)}, đúng thật {percent(item.right)}, {item.count} câu"
        radius = 3 + 8 * (item.count / most) ** 0.5
        dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{_BLUE}" fill-opacity=".75">'
        parts.append(f"{dot}<title>{told}</title></circle>")
    parts += [
        _text(left + size / 2, bottom + 38, "Điểm trợ lý tự chấm", "middle"),
        _text(beside, top + 30, "Cao hơn đường chéo: trợ lý quá dè dặt."),
        _text(beside, top + 52, "Thấp hơn đường chéo: trợ lý quá tự tin."),
        _text(beside, top + 84, f"Sai lệch trung bình: {percent(curve.gap)}"),
        _text(beside, top + 106, f"Điểm Brier: {_decimal(curve.brier)} ({curve.count} câu)"),
    ]
    return _svg(bottom + 48, title, parts)


def latency_bars(steps: dict[str, Latency], title: str) -> str:
    """Median (dark) up to the 99th percentile (pale) of every step."""
    longest = max((value.p99 for value in steps.values()), default=1) or 1
    height = _ROW * len(steps) + 8
    parts: list[str] = []
    for number, (step, value) in enumerate(steps.items()):
        y = _ROW * number + 4
        label = STEPS.get(step, step)
        wide = value.p99 / longest * _BAR
        told = f"{label}: nửa số câu ≤ {milliseconds(value.median)}, 99 % ≤ {milliseconds(value.p99)}"
        parts += [
            _text(_LABEL - 8, y + 13, label, "end"),
            _bar(y, wide, _PALE, told),
            _bar(y, value.median / longest * _BAR, _BLUE, told),
            _text(_LABEL + wide + 8, y + 13, f"{milliseconds(value.median)} / {milliseconds(value.p99)}"),
        ]
    return _svg(height, title, parts)


def gauge(value: Estimate) -> str:
    """A thin bar with the interval, for a card."""
    low, width = value.low * 200, max((value.high - value.low) * 200, 1)
    head = f'viewBox="0 0 200 12" preserveAspectRatio="none" role="img" aria-label="{percent(value.mean)}"'
    return (
        f'<svg class="gauge" {head}><rect width="200" height="12" rx="6" fill="{_GRID}"/>'
        f'<rect width="{value.mean * 200:.1f}" height="12" rx="6" fill="{_BLUE}"/>'
        f'<rect x="{low:.1f}" y="4.5" width="{width:.1f}" height="3" fill="{_INK}" fill-opacity=".55"/></svg>'
    )


def _svg(height: float, title: str, parts: Sequence[str]) -> str:
    head = f'viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(title)}"'
    return f"<svg {head}>{''.join(parts)}</svg>"


def _text(x: float, y: float, content: str, anchor: str = "start", look: str = "") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} class="{look}">{escape(content)}</text>'


def _bar(y: float, width: float, colour: str, told: str) -> str:
    shape = f'x="{_LABEL}" y="{y}" width="{max(width, 1):.1f}" height="18" rx="2" fill="{colour}"'
    return f"<rect {shape}><title>{escape(told)}</title></rect>"


def _grid(height: int) -> list[str]:
    lines = []
    for share in _QUARTERS:
        x = _LABEL + share * _BAR
        lines.append(f'<path d="M{x} 0V{height - 22}" stroke="{_GRID}"/>')
        lines.append(_text(x, height - 6, percent(share), "middle", "faint"))
    return lines


def _figure(value: Estimate) -> str:
    spread = f" ({percent(value.low)[:-2]}–{percent(value.high)[:-2]})" if value.low < value.high else ""
    return f"{percent(value.mean)}{spread}, {value.count} câu"


def _cut(label: str) -> str:
    return label if len(label) <= 30 else f"{label[:29]}…"


def _decimal(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")
