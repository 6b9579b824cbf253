"""What can be wrong with a field: the rules NS1xx.

They are found while loading: a value that does not fit its field has no place in the model.
"""

from __future__ import annotations

from nextstep.diagnostics.diagnostic import Severity
from nextstep.diagnostics.rule import Example, Rule, commitment_example
from nextstep.files.field_examples import GOOD, GOOD_LOG, GOOD_PROCESS, LOGGED, process_with

UNKNOWN_FIELD = Rule(
    code="NS101",
    name="unknown-field",
    severity=Severity.ERROR,
    what="A key is not the name of a field here.",
    why="What it says would be read by nobody: a misspelt `due` is a promise without a date.",
    fix="Use the name of a field; the message says which one was probably meant.",
    bad=commitment_example("what: Send Lena the offer\nouctome: She can decide\ndue: 2026-11-27\n"),
    good=GOOD,
)
MISSING_FIELD = Rule(
    code="NS102",
    name="required-field-missing",
    severity=Severity.ERROR,
    what="A field is missing that the record cannot do without.",
    why="A promise that does not say what is promised cannot be kept or asked about.",
    fix="Add the field; the hint shows how it is written.",
    bad=commitment_example("what:\noutcome: She can decide on Friday\ndue: 2026-11-27\n"),
    good=GOOD,
)
EMPTY_VALUE = Rule(
    code="NS103",
    name="field-without-value",
    severity=Severity.WARNING,
    what="A field is named and nothing is written after it.",
    why="It counts as not given, which may not be what the writer meant.",
    fix="Write the value, or remove the line.",
    bad=commitment_example("what: Send Lena the offer\noutcome:\ndue: 2026-11-27\n"),
    good=GOOD,
)
WRONG_SHAPE = Rule(
    code="NS104",
    name="value-of-another-shape",
    severity=Severity.ERROR,
    what="A list or a map stands where a single value belongs, or the other way round.",
    why="The value cannot be understood.",
    fix="Write the value in the shape that the hint shows.",
    bad=commitment_example("what: [Send Lena the offer]\ndue: 2026-11-27\n"),
    good=GOOD,
)
UNKNOWN_WORD = Rule(
    code="NS105",
    name="word-outside-the-list",
    severity=Severity.ERROR,
    what="A field takes one of a few words, and another word stands there.",
    why="A word that has no meaning here would be ignored.",
    fix="Use one of the words that the hint names.",
    bad=commitment_example(
        LOGGED + "  - {at: 2026-11-20T09:00Z, by: dev, event: closed, result: keptt, "
        'outcome: "sent", nothing_further: "she decides"}\n'
    ),
    good=GOOD_LOG,
)
TEXT_TOO_LONG = Rule(
    code="NS106",
    name="text-too-long",
    severity=Severity.ERROR,
    what="A text is longer than the field takes.",
    why="It would fill every list in which it stands.",
    fix="Say it in fewer words, and keep the rest in a page of its own.",
    bad=commitment_example(f"what: {'very ' * 120}long\ndue: 2026-11-27\n"),
    good=GOOD,
)
SEVERAL_LINES = Rule(
    code="NS107",
    name="several-lines-for-one",
    severity=Severity.ERROR,
    what="A text runs over several lines where one line belongs.",
    why="It stands in lists, where each record has one line.",
    fix="Write it on one line, or use `>` to fold the lines into one.",
    bad=commitment_example("what: |\n  Send Lena\n  the offer\ndue: 2026-11-27\n"),
    good=commitment_example(
        "what: >\n  Send Lena\n  the offer\noutcome: She can decide on Friday\ndue: 2026-11-27\n"
    ),
)
UNKNOWN_EVENT = Rule(
    code="NS108",
    name="unknown-event",
    severity=Severity.ERROR,
    what="The `event` of a log line is not one that has a meaning.",
    why="The line would have no effect, and whoever wrote it believes that it has.",
    fix="Use one of the events of the reference page.",
    bad=commitment_example(LOGGED + "  - {at: 2026-11-12T15:10Z, by: dev, event: agred}\n"),
    good=GOOD_LOG,
)
NOT_A_NUMBER = Rule(
    code="NS109",
    name="number-expected",
    severity=Severity.ERROR,
    what="A field takes a whole number, and something else stands there.",
    why="It cannot be counted with.",
    fix="Write a whole number.",
    bad=process_with(
        "  - {id: write, do: Write it, who: sales, due: 2bd after start, done_when: It is there}\n"
        "  - {id: agree, approve: offer.md, who: lead, due: 1bd after write, "
        "on_return: {to: write, max_rounds: often}}\n",
        head="roles: [sales, lead]\n",
    ),
    good=GOOD_PROCESS,
)
NEITHER_KIND = Rule(
    code="NS110",
    name="neither-commitment-nor-run",
    severity=Severity.ERROR,
    what="A file under `commitments/` has neither `what` nor `steps`, or it has both.",
    why="With `what` it is a commitment, with `steps` a run; it cannot be told which is meant.",
    fix="Write `what` for a next step, or `steps` for a run, and not both.",
    bad=commitment_example("who: dev\ndue: 2026-11-27\n"),
    good=GOOD,
)
STEP_WITHOUT_WORK = Rule(
    code="NS111",
    name="step-without-one-kind-of-work",
    severity=Severity.ERROR,
    what="A step says none, or more than one, of `do`, `approve` and `mark`.",
    why="Nobody can tell what is to happen.",
    fix="Keep one of the three.",
    bad=process_with(
        "  - {id: write, who: sales, due: 2bd after start}\n", head="roles: [sales]\n"
    ),
    good=GOOD_PROCESS,
)
STEP_INCOMPLETE = Rule(
    code="NS112",
    name="step-without-doer-or-time-frame",
    severity=Severity.ERROR,
    what="A step of a process does not say who does it, by when, or when it is done; or a mark, of "
    "a process or an open run, has no date.",
    why="These three are what people hold each other to. A mark without a date is never over, and "
    "the run waits for it.",
    fix="Add `who` (or one for the whole process), `due`, and `done_when` or a hand-off list.",
    bad=process_with("  - {id: write, do: Write the offer, who: sales}\n", head="roles: [sales]\n"),
    good=GOOD_PROCESS,
)
EQUAL_STEP_IDS = Rule(
    code="NS113",
    name="step-id-used-twice",
    severity=Severity.ERROR,
    what="Two steps, or two parts of a step, have the same id.",
    why="Events, dates and hand-offs name steps by id, and could mean either.",
    fix="Give one of them another id.",
    bad=process_with(
        "  - {id: write, do: Write it, who: sales, due: 2bd after start, done_when: It is there}\n"
        "  - {id: write, do: Send it, who: sales, due: 1bd after start, done_when: It is gone}\n",
        head="roles: [sales]\n",
    ),
    good=GOOD_PROCESS,
)
NEEDS_NEWER = Rule(
    code="NS114",
    name="ledger-for-another-version",
    severity=Severity.ERROR,
    what="`requires` names versions of nextstep that this one is not among.",
    why="The files may say things that this version does not understand.",
    fix="Install a version that fits, or change `requires`.",
    bad=Example({"nextstep.yaml": 'requires: ">=900"\n'}),
    good=Example({"nextstep.yaml": 'requires: ">=0.1"\n'}),
)
UNKNOWN_ZONE = Rule(
    code="NS115",
    name="unknown-time-zone",
    severity=Severity.ERROR,
    what="`timezone` is not the name of a zone.",
    why="Days begin and end in the ledger's zone; with a wrong one every date may be off by one.",
    fix="Write the name of a zone, such as `Europe/Berlin` or `UTC`.",
    bad=Example({"nextstep.yaml": "timezone: Europe/Berlim\n"}),
    good=Example({"nextstep.yaml": "timezone: Europe/Berlin\n"}),
)
WRONG_NAME = Rule(
    code="NS116",
    name="id-with-other-signs",
    severity=Severity.ERROR,
    what="The id of a step has signs other than small letters, digits and `-`.",
    why="Ids are typed on the command line and stand in expressions such as `write.done`.",
    fix="Write it with `a-z`, `0-9` and `-`.",
    bad=process_with(
        "  - {id: Write it, do: Write it, who: sales, due: 2bd after start, done_when: There}\n",
        head="roles: [sales]\n",
    ),
    good=GOOD_PROCESS,
)

RULES = (
    UNKNOWN_FIELD,
    MISSING_FIELD,
    EMPTY_VALUE,
    WRONG_SHAPE,
    UNKNOWN_WORD,
    TEXT_TOO_LONG,
    SEVERAL_LINES,
    UNKNOWN_EVENT,
    NOT_A_NUMBER,
    NEITHER_KIND,
    STEP_WITHOUT_WORK,
    STEP_INCOMPLETE,
    EQUAL_STEP_IDS,
    NEEDS_NEWER,
    UNKNOWN_ZONE,
    WRONG_NAME,
)
