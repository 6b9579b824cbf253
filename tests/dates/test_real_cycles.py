"""The weeks of real release cycles: what their calendars say, the expressions give."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from nextstep.dates.expressions import parse, resolve
from nextstep.model.calendar import Calendar

Row = Mapping[str, str]


def rows_of(path: Path) -> list[Row]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def day_of(text: str, start: date) -> object:
    """Return what an expression comes to in a cycle that begins on a day."""
    return resolve(
        parse(text),
        anchor=lambda anchor: start if anchor.name == "release" else None,
        inputs={},
        calendar=Calendar(),
        cycle_start=start,
    ).day


def starts_of(rows: list[Row]) -> dict[str, date]:
    """Return the first day of each cycle, from any row that says how far it is from it."""
    starts: dict[str, date] = {}
    for row in rows:
        if row["date"] and row["day_offset"]:
            start = date.fromisoformat(row["date"]) - timedelta(days=int(row["day_offset"]))
            assert starts.setdefault(row["release"], start) == start
    return starts


def why_not(row: Row) -> str | None:
    """Say why a row cannot be asked for its date; None where week and weekday are stated."""
    if not row["date"]:
        return "no date is set" if not row["week"] else "a week is set, and no date"
    if not row["week"] and not row["weekday_text"]:
        return "neither week nor weekday is stated"
    if not row["week"]:
        return "no week is stated"
    if not row["weekday_text"]:
        return "no weekday is stated"
    return None if row["week_ok"] == "true" else "the stated week is not that of the date"


def test_week_and_weekday_alone_give_the_date_of_every_step_that_states_them(facts: Path) -> None:
    rows = rows_of(facts / "real" / "release_runs.csv")
    starts = starts_of(rows)
    stated = [row for row in rows if row["week_ok"] == "true" and row["weekday_text"]]
    wrong = [
        (row["release"], row["what"])
        for row in stated
        if day_of(f"{row['weekday_text']} of week {row['week']}", starts[row["release"]])
        != date.fromisoformat(row["date"])
    ]
    assert (len(rows), len(starts), len(stated), wrong) == (459, 13, 376, [])


def test_the_other_steps_are_counted_by_what_they_do_not_state(facts: Path) -> None:
    rows = rows_of(facts / "real" / "release_runs.csv")
    reasons = Counter(why_not(row) for row in rows)
    assert reasons == {
        None: 376,
        "no week is stated": 32,
        "a week is set, and no date": 29,
        "no weekday is stated": 20,
        "no date is set": 1,
        "neither week nor weekday is stated": 1,
    }
    assert len(rows) - reasons[None] == 83


def contradictions(rows: list[Row]) -> Iterator[tuple[str, str]]:
    """Yield cycle and label of every week that is not that many weeks from the release.

    A week is meant, so any day of it will do: one cycle counts from a release on a Wednesday.
    """
    for row in rows:
        sign, weeks = row["label"][1], row["label"][2:]
        side = "before" if sign == "-" else "after"
        release = date.fromisoformat(row["release_week"])
        day = day_of(f"{weeks}w {side} release", release)
        assert isinstance(day, date)
        if not date.fromisoformat(row["start"]) <= day <= date.fromisoformat(row["end"]):
            yield row["cycle"], row["label"]


def test_every_cycle_whose_weeks_contradict_their_dates_is_found(facts: Path) -> None:
    rows = rows_of(facts / "real" / "relative_weeks.csv")
    found = list(contradictions(rows))
    said = [(row["cycle"], row["label"]) for row in rows if row["ok"] == "false"]
    assert found == said
    assert {cycle for cycle, _ in found} == {"wallaby"}
    assert (len(rows), len({row["cycle"] for row in rows}), len(found)) == (547, 21, 26)
