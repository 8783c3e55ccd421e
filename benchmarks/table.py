"""The table: every figure with its mark and how many times its floor it is; for people, and as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.marks import ROWS, Row, holds

_WIDTH = 62


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures and the floors of one database."""

    database: str
    figures: Mapping[str, float]
    floors: Mapping[str, float]

    def ratio(self, row: Row) -> float | None:
        """How many times its floor a cost is; for a rate, which share of what the floor would allow."""
        floor, figure = self.floors.get(row.floor), self.figures[row.code]
        return figure / floor if floor else None


def text(measured: Measured) -> str:
    """The table as text."""
    lines = [f"{measured.database}", f"{'':{_WIDTH}}{'figure':>10} {'':5} {'must':>9}  {'':3}  to its floor"]
    lines += [_line(row, measured) for row in ROWS.values() if row.code in measured.figures]
    return "\n".join(lines)


def _line(row: Row, measured: Measured) -> str:
    figure, ratio = measured.figures[row.code], measured.ratio(row)
    must = f"{row.better} {row.mark:g}" if row.mark is not None else ""
    verdict = {True: "ok", False: "NOT", None: ""}[holds(row, figure)]
    beside = f"{ratio:.2f} × {row.floor}" if ratio is not None else ""
    return f"{row.what:{_WIDTH}}{_number(figure):>10} {row.unit:5} {must:>9}  {verdict:3}  {beside}".rstrip()


def _number(figure: float) -> str:
    return f"{figure:.0f}" if figure == int(figure) or abs(figure) >= 100 else f"{figure:.1f}"


def rows(measured: Measured) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "database": measured.database,
            "code": row.code,
            "what": row.what,
            "unit": row.unit,
            "figure": round(measured.figures[row.code], 3),
            "must": f"{row.better} {row.mark:g}" if row.mark is not None else None,
            "holds": holds(row, measured.figures[row.code]),
            "floor": row.floor or None,
            "ratio": round(ratio, 3) if (ratio := measured.ratio(row)) is not None else None,
        }
        for row in ROWS.values()
        if row.code in measured.figures
    ]


def failed(measured: Measured) -> list[str]:
    """What falls short of its mark."""
    return [row.what for row in ROWS.values() if holds(row, measured.figures.get(row.code, row.mark or 0)) is False]


def with_rates(floors: Mapping[str, float]) -> dict[str, float]:
    """Add the rates that follow from the floors' milliseconds, on two workers."""
    ten = 10.0
    return {
        **floors,
        "receive rate": 2000 / floors["receive"],
        "read rate": 2000 / (floors["read"] + floors["desk"]),
        "stream speed": ten * 1000 / floors["stream to disk"],
    }
