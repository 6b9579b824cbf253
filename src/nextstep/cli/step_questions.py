"""The steps of a process that begins: one a line, and a question for each part that is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, Reader, Unfit, ask, confirm
from nextstep.cli.output import note
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.new_process import NewStep, fault_of, step_id, time_names
from nextstep.rules.wording import is_vague

_CALLED = {"do": "what is done", "who": "who", "due": "by when", "done_when": "done when"}
_PARTS = tuple(_CALLED)
_SIGNS = ("|", "·")
_FORM = "write do | who | by when | done when"
_FLAG = "--step STEP"
_STEPS = Question(
    words="One a line: do | who | by when | done when. An empty line ends.",
    flag=_FLAG,
    example="Write the offer | sales-rep | 2bd after start | the price is in it",
)
_MISSING: Mapping[str, Question] = {
    "who": Question(words="  Who does it?", flag=_FLAG, example="sales-rep"),
    "due": Question(words="  By when?", flag=_FLAG, example="2bd after start, or none for no date"),
    "done_when": Question(
        words="  How can everybody see that it is done?",
        flag=_FLAG,
        example="the customer has confirmed it",
    ),
}


def steps_told(answers: Answers, given: Sequence[str]) -> tuple[NewStep, ...]:
    """Return the steps of the flags, else those that are named on the terminal; there may be none.

    Raises NextstepError for a flag that lacks a part, or has one that does not fit.
    """
    steps: list[NewStep] = []

    def read(line: str) -> str:
        step = _told(line, {one.id for one in steps}, answers)
        steps.append(step)
        if answers.asks:
            note(f"  step {len(steps)} is {step.id}")
        return " | ".join(getattr(step, name) for name in _PARTS)

    wanted = given or not answers.asks
    if wanted or confirm("Name the steps now?", _FLAG, default=True):
        answers.lines(_STEPS, given, read)
    return tuple(steps)


def _told(line: str, taken: set[str], answers: Answers) -> NewStep:
    """Return the step that a line tells; what it does not say is asked, or Unfit."""
    sign = next((one for one in _SIGNS if one in line), None)
    parts = [part.strip() for part in line.split(sign)] if sign else [line.strip()]
    if len(parts) > len(_PARTS):
        raise Unfit("this has more than four parts", _FORM)
    if not parts[0]:
        raise Unfit("this does not say what is done", _FORM)
    said = {name: part for name, part in zip(_PARTS, parts, strict=False) if part}
    for name, part in said.items():
        _part(name)(part)
    lacking = [name for name in _PARTS if name not in said]
    if lacking and not answers.asks:
        told = " and ".join(_CALLED[name] for name in lacking)
        raise Unfit(f"`{line}` does not say {told}", _FORM)
    try:
        for name in lacking:
            said[name] = ask(_MISSING[name], _part(name))
    except (KeyboardInterrupt, NextstepError):
        answers.keep(_STEPS, " | ".join(said.get(name, "") for name in _PARTS))
        raise
    return NewStep(id=step_id(said["do"], taken.__contains__), **said)


def _part(name: str) -> Reader:
    """Return the reader of a part of a step."""

    def read(text: str) -> str:
        fault = fault_of(name, text, step=True)
        if fault is not None:
            raise Unfit(*fault)
        if name == "who" and "," in text:
            raise Unfit("several names stand here", "name the one role that answers for it")
        return telling_when(text) if name == "due" else text

    return read


def telling_when(text: str) -> str:
    """Return a time expression as it is; Unfit where it counts from a word such as `soon`."""
    vague = next((name for name in time_names(text) if is_vague(name)), None)
    if vague is not None:
        raise Unfit(f"`{vague}` does not say by when", "write a day or a length: `5bd after start`")
    return text
