"""A field that says something else, in words."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.render.row_words import named
from nextstep.reports.review_changes import Edit

_LABELS: Mapping[str, str] = {
    "after": "what it waits for",
    "approve": "what is approved",
    "based_on": "what it is a variant of",
    "benefit": "the benefit",
    "customer.who": "the customer",
    "deputy": "the deputy",
    "do": "what is done",
    "done_when": "when it is done",
    "due": "the time frame",
    "each": "its parts",
    "escalate": "who is told when it is late",
    "expects": "what the customer checks",
    "follows": "what it came out of",
    "for": "for whom it is",
    "grace": "the grace",
    "handoff.accept_within": "the time to answer",
    "handoff.tell": "who is told",
    "handoff.to": "who receives it",
    "handoff.watch_for": "what to watch for",
    "how": "the guide",
    "inputs": "what a request must contain",
    "items": "what is ticked off",
    "need": "how many have to approve",
    "not_before": "the earliest date",
    "on_return.max_rounds": "how often it may come back",
    "on_return.to": "where it goes back to",
    "order": "the order",
    "outcome": "the outcome",
    "owner": "the owner",
    "part_of": "the plan",
    "partner": "who asks how it went",
    "people": "who takes part",
    "promise.due": "the promised time",
    "promise.text": "the promise",
    "promise_due": "the promised date",
    "proof": "the proof",
    "provides": "what it provides",
    "reason": "the reason for the variant",
    "repeat": "how often it comes again",
    "review.every": "how often it is reviewed",
    "review.last": "the last review",
    "role": "the role",
    "roles": "the roles",
    "rule": "the time frame",
    "source": "where it was agreed",
    "state": "the state",
    "strength.level": "how firmly the order is kept",
    "strength.until": "until when the order is kept firmly",
    "template": "the template",
    "title": "the title",
    "training": "the training",
    "undoes": "what it undoes",
    "until": "the last date",
    "what": "what is to be done",
    "when": "when it is needed",
    "who": "who does it",
    "with": "with whom",
}
_YES_OR_NO: Mapping[str, tuple[str, str]] = {
    "blind": ("votes are hidden until all are in", "votes are not hidden any more"),
    "critical": ("there is no way back from it", "it is not marked as having no way back any more"),
    "handoff.readback": ("the receiver says back what comes next", "nothing is said back any more"),
    "keeps_promise": ("it keeps the promise", "it does not keep the promise any more"),
    "on_return.stop": ("a no is final", "a no is not final any more"),
    "optional": ("it may be skipped", "it may not be skipped any more"),
}
_NAMED: Mapping[str, str] = {
    "because": "the reason for {}",
    "inputs": "the input {}",
    "people": "who is {}",
    "targets": "the target {}",
}
_LISTS: Mapping[str, tuple[str, str]] = {
    "handoff.must_include": ("the hand-off no longer asks for", "the hand-off asks for"),
    "handoff.must_include.critical": ("no longer critical to hand over:", "critical to hand over:"),
    "items": ("no longer ticked off:", "to be ticked off:"),
    "items.critical": ("no longer critical:", "critical:"),
    "expects": ("the customer is no longer said to check", "the customer checks"),
}


def edit_words(edit: Edit) -> str:
    """Return what a field says now and said before, after the name of its step."""
    if edit.field == f"steps.{edit.step}":
        return _whole_step(edit)
    if edit.field == "steps":
        return f"the steps come in another order: {edit.after}"
    field = edit.field.removeprefix(f"steps.{edit.step}.") if edit.step else edit.field
    words = _field_words(field, edit)
    if edit.silent:
        words += ", and its log does not say so"
    return f"{edit.step}: {words}" if edit.step else words


def setting_words(edit: Edit) -> str:
    """Return what the settings say otherwise."""
    field, _, name = edit.field.partition(".")
    if edit.gone or edit.added:
        label = "closed days" if edit.field == "calendar.closed" else field
        return _from_list(f"{label}:", edit)
    if field in ("people", "roles", "coaching") and name:
        return f"{name} ({field}): other {edit.after}" if edit.after else f"{name} ({field})"
    if field == "rules":
        return f"rule {name} is {_or_usual(edit.after)} now, and was {_or_usual(edit.before)}"
    return _from_to(edit.field, edit)


def _or_usual(weight: str | None) -> str:
    return weight or "as usual"


def _whole_step(edit: Edit) -> str:
    if edit.before is None:
        return f'new step {edit.step}: "{edit.after}"'
    return f'step {edit.step} is taken out: "{edit.before}"'


def _field_words(field: str, edit: Edit) -> str:
    phrase = _YES_OR_NO.get(field)
    if phrase is not None:
        return phrase[0] if edit.after else phrase[1]
    if field in _LISTS and (edit.before is None or edit.after is None or edit.gone or edit.added):
        return _of_list(field, edit)
    if edit.gone or edit.added:
        return _from_list(f"{_label(field)}:", edit)
    return _from_to(_label(field), edit)


def _label(field: str) -> str:
    if field in _LABELS:
        return _LABELS[field]
    first, _, rest = field.partition(".")
    return _NAMED[first].format(rest) if rest and first in _NAMED else field


def _of_list(field: str, edit: Edit) -> str:
    """Return the items of a list that are gone, and those that are new."""
    gone, added = _LISTS[field]
    taken = edit.gone or ((edit.before,) if edit.before and not edit.after else ())
    put = edit.added or ((edit.after,) if edit.after and not edit.before else ())
    return ", and ".join(
        f"{start} {_quoted(items)}" for start, items in ((gone, taken), (added, put)) if items
    )


def _from_list(label: str, edit: Edit) -> str:
    told = ((", no longer", edit.gone), (", new", edit.added))
    words = "".join(f"{start} {named(items)}" for start, items in told if items)
    return label + words.removeprefix(",")


def _from_to(label: str, edit: Edit) -> str:
    if edit.before is None:
        return f'{label} is "{edit.after}", where nothing was said'
    if edit.after is None:
        return f'{label} is taken out: "{edit.before}"'
    return f'{label} is "{edit.after}", and was "{edit.before}"'


def _quoted(items: tuple[str, ...]) -> str:
    return named(tuple(f'"{item}"' for item in items))
