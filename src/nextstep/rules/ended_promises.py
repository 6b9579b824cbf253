"""Promises that came or went since before: closed with what came of them, and never just deleted."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, changed_example
from nextstep.files.ledger import Ledger
from nextstep.files.syntax import locate
from nextstep.model.commitment import Commitment, Run
from nextstep.model.process import Process
from nextstep.rules.pairs import Pair
from nextstep.rules.place import found_at
from nextstep.rules.short_words import short
from nextstep.runs.states import CommitmentStage
from nextstep.runs.under_settings import commitment_under, run_under

_OFFER = "commitments/2026/11/offer-k3f9.yaml"
_OPEN = """\
what: Send Lena the offer

who: dev
outcome: She can decide on Friday

due: 2026-11-27
"""
_DROPPED = (
    _OPEN + 'log:\n  - {at: 2026-11-20T09:00Z, by: dev, event: closed, result: dropped, why: "she '
    'buys elsewhere"}\n'
)
_CLOSED = _OPEN + "log:\n  - {{at: 2026-11-20T09:00Z, by: dev, event: closed, result: kept{}}}\n"


def _closed(words: str) -> Example:
    return changed_example({_OFFER: _OPEN}, {_OFFER: _CLOSED.format(words)})


DELETED_WHILE_OPEN = Rule(
    code="NS503",
    name="deleted-while-open",
    severity=Severity.ERROR,
    what="The file of something that was open is gone.",
    why="Who was promised it still waits, and no list shows it any more. What ends, ends with a "
    "word: kept, missed, or dropped because.",
    fix="Bring the file back from the commit before, and close it: `nextstep drop ID --why TEXT` "
    "where nobody needs it any more. Closed files stay; they cost nothing.",
    bad=changed_example({_OFFER: _OPEN}, {}),
    good=changed_example({_OFFER: _OPEN}, {_OFFER: _DROPPED}),
)
CLOSING_WITHOUT_NEXT = Rule(
    code="NS504",
    name="closing-without-outcome-or-next",
    severity=Severity.ERROR,
    what="Something was closed, and what came of it is not said, or what comes next: neither `next` "
    "nor `nothing_further`.",
    why="The day on which something ends is the day on which everybody still knows. A week later "
    "the line stays empty.",
    fix="Add `outcome`, and `next: [ID]` or `nothing_further` with the reason. `nextstep done` asks "
    "for both.",
    bad=_closed(', outcome: "she said yes"'),
    good=_closed(', outcome: "she said yes", nothing_further: "in hand"'),
)
NEW_WITHOUT_OUTCOME = Rule(
    code="NS516",
    name="new-without-outcome",
    severity=Severity.ERROR,
    what="A new commitment does not say what for.",
    why="While it is agreed, what it is for is one question away. Later nobody can tell whether it "
    "was kept.",
    fix="Add `outcome`: what will be different for somebody, once it is done.",
    bad=changed_example({}, {_OFFER: _OPEN.replace("outcome: She can decide on Friday\n", "")}),
    good=changed_example({}, {_OFFER: _OPEN}),
)

RULES = (DELETED_WHILE_OPEN, CLOSING_WITHOUT_NEXT, NEW_WITHOUT_OUTCOME)


def check(pair: Pair, ledger: Ledger, now: Now) -> Iterator[Diagnostic]:
    """Yield what ended or began without a word."""
    record = pair.now
    if record is None:
        yield from _gone(pair, ledger, now)
    elif not isinstance(record, Process):
        yield from _closings(pair, record)
        if pair.before is None and isinstance(record, Commitment) and record.outcome is None:
            state = commitment_under(ledger.settings, record, now)
            if state.stage is not CommitmentStage.CLOSED:
                yield found_at(
                    NEW_WITHOUT_OUTCOME,
                    record.source,
                    ("what",),
                    "this is new, and nothing says what it is for",
                    hint="add outcome: what will be different once it is done",
                    key=True,
                )


def _gone(pair: Pair, ledger: Ledger, now: Now) -> Iterator[Diagnostic]:
    record = pair.before
    if isinstance(record, Commitment):
        stage = commitment_under(ledger.settings, record, now).stage
        is_open, title, field = stage is not CommitmentStage.CLOSED, record.what, "what"
    elif isinstance(record, Run):
        state = run_under(ledger.settings, record, now)
        is_open, title, field = state.is_live, record.title, "title"
    else:
        return
    if is_open:
        there = record.source.path not in ledger.sources
        yield DELETED_WHILE_OPEN.found(
            record.source.path,
            locate(record.source, (field,)) if there else None,
            f"this file is gone, and `{short(title)}` was open",
            hint=f"bring the file back, then: nextstep drop {record.id} --why TEXT",
        )


def _closings(pair: Pair, record: Commitment | Run) -> Iterator[Diagnostic]:
    for event in pair.added:
        if event.event != "closed" or event.text("result") == "dropped":
            continue
        has_next = event.texts("next") or event.values.get("nothing_further")
        lacking = [] if event.text("outcome") else ["what came of it"]
        lacking += [] if has_next else ["what comes next"]
        if lacking:
            words = {"what came of it": 'outcome: "..."', "what comes next": "next: [ID]"}
            hints = " and ".join(words[one] for one in lacking)
            other = "" if has_next else ', or nothing_further: "..." with the reason'
            yield found_at(
                CLOSING_WITHOUT_NEXT,
                record.source,
                ("log", event.index, "result"),
                f"this is closed now, and nothing says {' nor '.join(lacking)}",
                hint=f"add {hints}{other}",
            )
