"""In which states each verb was tried, as a table."""

from __future__ import annotations

from collections import Counter

Visits = Counter[tuple[str, str, bool]]
"""How often a verb was tried in a state, and whether it was possible there."""


def table(visited: Visits) -> str:
    """Return a line for each verb: in each state how often it was done, and refused (`2/7`)."""
    states = sorted({_state(label) for _, label, _ in visited})
    rows = sorted({row for row, _, _ in visited})
    lines = [_line("", states)]
    for row in rows:
        counts = Counter[tuple[str, bool]]()
        for (one, label, possible), count in visited.items():
            if one == row:
                counts[_state(label), possible] += count
        lines.append(_line(row, [f"{counts[one, True]}/{counts[one, False]}" for one in states]))
    return "\n".join(lines)


def _state(label: str) -> str:
    """Return a state without its flags."""
    return label.partition(",")[0] or "any"


def _line(head: str, cells: list[str]) -> str:
    return f"{head:24}" + "".join(f"{cell:>26}" for cell in cells)


def never_done(visited: Visits, rows: set[str]) -> set[str]:
    """Return the verbs that were possible nowhere."""
    return rows - {row for row, _, possible in visited if possible}


def never_refused(visited: Visits, rows: set[str]) -> set[str]:
    """Return the verbs that were possible everywhere."""
    return rows - {row for row, _, possible in visited if not possible}
