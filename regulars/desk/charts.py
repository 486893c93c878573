"""Charts: from numbers to places on paper. The templates in charts/ draw them; nothing here knows HTML.

Each chart carries its finding in words and the same numbers as a table, for whoever does not see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor, log10

ROW = 40  # height of one bar with its words above it
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 360, 210, 46, 24, 10
CELL = 22  # the side of the fullest square of a heat table


@dataclass(frozen=True)
class Table:
    """The numbers behind a chart, as people write them; the first column names the row."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Bar:
    """One bar; `part` and `other` are its lengths in percent of the longest, `y` the top of its row."""

    label: str
    said: str
    part: float
    other: float | None
    y: int


@dataclass(frozen=True)
class Bars:
    name: str
    caption: str
    bars: list[Bar]
    table: Table
    legend: Sequence[str] = ()
    height: int = 0


def bars(
    name: str,
    caption: str,
    rows: Sequence[tuple[str, str, float]],
    table: Table,
    *,
    others: Sequence[float] = (),
    legend: Sequence[str] = (),
) -> Bars:
    """Lying bars, readable on a phone: (label, the number in words, the number), below zero drawn as zero.

    `others` are the second bar of each row (drawn quietly); `legend` then names the first and the second.
    """
    longest = max([number for _, _, number in rows] + list(others), default=0)
    row = ROW + (10 if others else 0)
    drawn = [
        Bar(
            label=label,
            said=said,
            part=_percent(number, longest),
            other=_percent(others[i], longest) if others else None,
            y=i * row,
        )
        for i, (label, said, number) in enumerate(rows)
    ]
    return Bars(name, caption, drawn, table, legend, height=row * len(drawn))


@dataclass(frozen=True)
class Line:
    """`curve` and `other` are points for a polyline, `band` a closed path; marks stand along the axes."""

    name: str
    caption: str
    curve: str
    table: Table
    band: str = ""
    other: str = ""
    dots: list[tuple[float, float, bool]] = field(default_factory=list)  # where, and whether it is a signal
    across: list[tuple[float, str]] = field(default_factory=list)
    up: list[tuple[float, str]] = field(default_factory=list)
    left: int = LEFT
    right: int = WIDTH
    base: int = HEIGHT - BOTTOM


def line(
    name: str,
    caption: str,
    points: Sequence[float],
    table: Table,
    *,
    labels: Sequence[str],
    marks: Sequence[tuple[float, str]],
    band: tuple[Sequence[float], Sequence[float]] = ((), ()),
    other: Sequence[float] = (),
    signals: Sequence[int] | None = None,
) -> Line:
    """A line through evenly spaced `points`, all at or above zero, from left to right.

    `labels` stand under the axis, the first at its left end and the last at its right. `marks` are heights
    with their words, the highest of them the top of the chart. `band` is its lower and upper edge, `other` a
    second, quiet line. With `signals`, one for each point, every point is a dot, and those that are not 0 another
    shape.
    """
    top = max([height for height, _ in marks] + [1e-9])
    low, high = band
    edge = [_point(i, len(high), height, top) for i, height in enumerate(high)]
    edge += [_point(i, len(low), height, top) for i, height in reversed(list(enumerate(low)))]
    return Line(
        name,
        caption,
        _path(points, top),
        table,
        band=" ".join(edge),
        other=_path(other, top),
        dots=[
            (_x(i, len(points)), _y(height, top), signal != 0)
            for i, (height, signal) in enumerate(zip(points, signals or (), strict=False))
        ],
        across=[(_x(i, len(labels)), label) for i, label in enumerate(labels)],
        up=[(_y(height, top), said) for height, said in marks],
    )


@dataclass(frozen=True)
class Cell:
    """A share of its row: `side` of the square that shows it, where the square begins, and the number."""

    said: str
    count: str
    side: float
    place: float


@dataclass(frozen=True)
class Heat:
    name: str
    caption: str
    heads: Sequence[str]
    rows: list[tuple[str, str, list[Cell]]]
    box: int = CELL


def heat(
    name: str,
    caption: str,
    heads: Sequence[str],
    rows: Sequence[tuple[str, str, Sequence[tuple[float, str, str]]]],
) -> Heat:
    """A table whose cells show a share as a square of that area.

    `rows`: (name of the row, its size in words, its cells); a cell is (share from 0 to 1, the share in words,
    the count in words). The shape says what a colour would, so that both do.
    """
    drawn = [(label, size, [_cell(*cell) for cell in cells]) for label, size, cells in rows]
    return Heat(name, caption, heads, drawn)


def ticks(highest: float, steps: int = 3) -> list[float]:
    """0 and round heights up to the first at or above `highest`: about `steps` of them."""
    if highest <= 0:
        return [0.0, 1.0]
    rough = highest / steps
    size = 10.0 ** floor(log10(rough))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough * 0.999999)
    marks = [0.0]
    while marks[-1] < highest * 0.999999:
        marks.append(step * len(marks))
    return marks


def _cell(share: float, said: str, count: str) -> Cell:
    side = round(CELL * min(max(share, 0.0), 1.0) ** 0.5, 1)
    return Cell(said, count, side, round((CELL - side) / 2, 1))


def _percent(number: float, longest: float) -> float:
    return round(100 * max(number, 0) / longest, 2) if longest > 0 else 0.0


def _x(i: int, of: int) -> float:
    return round(LEFT + (WIDTH - LEFT) * (i / (of - 1) if of > 1 else 0.0), 1)


def _y(height: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * height / top, 1)


def _point(i: int, of: int, height: float, top: float) -> str:
    return f"{_x(i, of)},{_y(height, top)}"


def _path(points: Sequence[float], top: float) -> str:
    return " ".join(_point(i, len(points), height, top) for i, height in enumerate(points))
