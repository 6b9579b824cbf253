"""What every agreed next step has: somebody who answers for it, an outcome and a date."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, commitment_example
from nextstep.model.commitment import Commitment
from nextstep.rules.losses import Losses
from nextstep.rules.place import found_at

_FULL = "what: Send Lena the offer\noutcome: She can decide on Friday\ndue: 2026-11-27\n"
_PEOPLE = "people:\n  dev: {name: Dev Rao}\n"
_PLACE = "commitments/2026/11/offer-globex-k3f9.yaml"

NO_OUTCOME = Rule(
    code="NS401",
    name="no-outcome",
    severity=Severity.WARNING,
    what="An open commitment does not say what for.",
    why="Without an outcome nobody can tell whether it was kept: the offer was sent, and was it "
    "of any use?",
    fix="Add `outcome`: what will be different for somebody, once it is done.",
    bad=commitment_example("what: Send Lena the offer\ndue: 2026-11-27\n"),
    good=commitment_example(_FULL),
)
NO_DATE = Rule(
    code="NS402",
    name="no-date-agreed",
    severity=Severity.WARNING,
    what="An open commitment has no `due`.",
    why="What has no date is asked about by nobody, and slips without anybody moving it.",
    fix="Agree a date and write it as `due`, or write `asap`.",
    bad=commitment_example("what: Send Lena the offer\noutcome: She can decide\n"),
    good=commitment_example(_FULL),
)
NOBODY_ANSWERS = Rule(
    code="NS403",
    name="nobody-answers-for-it",
    severity=Severity.WARNING,
    what="An open commitment has no `who`, in a ledger that names people.",
    why="What is everybody's is nobody's. Exactly one person answers for it; others are `with`.",
    fix="Add `who` with one name.",
    bad=Example({"nextstep.yaml": _PEOPLE, _PLACE: _FULL}),
    good=Example({"nextstep.yaml": _PEOPLE, _PLACE: _FULL + "who: dev\n"}),
)

RULES = (NO_OUTCOME, NO_DATE, NOBODY_ANSWERS)


def lacking(commitment: Commitment, losses: Losses, *, with_people: bool) -> Iterator[Diagnostic]:
    """Yield what an open or proposed commitment does not say."""
    source = commitment.source
    if commitment.outcome is None and not losses.hides(source, "outcome"):
        yield _found(
            NO_OUTCOME,
            commitment,
            "no outcome: nothing says what this is for",
            "add outcome: what will be different once it is done",
        )
    if commitment.due is None and not losses.hides(source, "due"):
        yield _found(
            NO_DATE,
            commitment,
            "no date agreed",
            "add due: a day such as 2026-11-27, or asap",
        )
    if with_people and commitment.who is None and not losses.hides(source, "who"):
        yield _found(
            NOBODY_ANSWERS, commitment, "nobody answers for it", "add who: the name of one person"
        )


def _found(rule: Rule, commitment: Commitment, message: str, hint: str) -> Diagnostic:
    return found_at(rule, commitment.source, ("what",), message, hint=hint, key=True)
