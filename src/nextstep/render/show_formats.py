"""Everything about one thing, in each format of `nextstep show`."""

from __future__ import annotations

from typing import TypeAlias

from nextstep.render.page import Page, Reading
from nextstep.reports.show_commitment import CommitmentView
from nextstep.reports.show_plan import PlanView
from nextstep.reports.show_process import ProcessView
from nextstep.reports.show_run import RunView, StepView

FORMATS = ("text", "markdown", "json")
View: TypeAlias = CommitmentView | RunView | StepView | PlanView | ProcessView


def show_page(view: View, reading: Reading) -> Page:
    """Return the page about anything."""
    if isinstance(view, CommitmentView):
        from nextstep.render.show_commitment_words import commitment_page

        return commitment_page(view, reading)
    if isinstance(view, RunView):
        from nextstep.render.show_run_words import run_page

        return run_page(view, reading)
    if isinstance(view, StepView):
        from nextstep.render.show_step_words import step_page

        return step_page(view, reading)
    if isinstance(view, ProcessView):
        from nextstep.render.show_process_words import process_page

        return process_page(view, reading)
    from nextstep.render.show_plan_words import plan_page

    return plan_page(view, reading)


def show_json(view: View, reading: Reading) -> str:
    """Return a `nextstep.show/1` document: ``kind`` says what it is about."""
    from nextstep.render.json import document, plain

    speech = reading.speech
    return document(
        "nextstep.show/1",
        {
            "today": speech.today,
            "timezone": speech.calendar.timezone,
            "commit": reading.origin.commit,
            "kind": view.kind,
            view.kind: {name: value for name, value in plain(view).items() if name != "kind"},
            "unread": reading.unread,
        },
    )
