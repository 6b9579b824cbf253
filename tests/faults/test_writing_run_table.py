"""Every verb about a run in every state of a step and of a run, in real git: it is done, or refused.

The table is computed: a way through the fair is gone, and what can be tried at each turn is kept
under the verb, the state and whether the model allows it. At small scale a few cells of it are
tried; the whole table, and that none is missing, is for the gates.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from itertools import islice

from nextstep.cli.app import COMMANDS
from tests.faults.run_fair_acts import BY_HAND, ON_RUNS, ON_STEPS, VERBS
from tests.faults.run_fair_model import RUN, Act
from tests.faults.run_fair_place import FIRST, typed
from tests.faults.run_fair_plan import DRAWN
from tests.faults.run_fair_road import ROAD, Shown, Try, Turn, tries, turns
from tests.faults.test_writing_run_fair_states import Fair

WHOLE = "NEXTSTEP_FUZZ_EXAMPLES" in os.environ
TURNS, APART = (len(ROAD), 1) if WHOLE else (6, 41)
"""At small scale one cell of so many is tried, at the first turns: the whole table takes minutes."""

STATES = {
    "work": {"waiting", "ready", "done", "offered", "finished: accepted"},
    "plain": {"waiting", "ready", "finished: done", "finished: not needed"},
    "told": {"waiting", "ready", "finished: told", "finished: skipped"},
    "gate": {"waiting", "ready", "finished: approved", "finished: waived"},
    "mark": {"waiting", "finished: mark"},
    RUN: {"open", "ready to close", "closed", "dropped"},
}
ELSEWHERE = {"add", "agree", "confirm", "start", "trained"}
"""Verbs that are not about a run that goes on."""


@cache
def table() -> dict[Shown, tuple[Turn, Try]]:
    """Return what is tried: of all that shows the same the first."""
    found: dict[Shown, tuple[Turn, Try]] = {}
    for _, turn in turns(FIRST, DRAWN):
        for shown, one in tries(turn, DRAWN):
            found.setdefault(shown, (turn, one))
    return found


def test_no_verb_and_no_state_is_missing_in_the_table() -> None:
    shown = table()
    cells = {(one.verb, one.kind, one.state) for one in shown}
    for kind, states in STATES.items():
        verbs = ON_RUNS if kind == RUN else ON_STEPS
        assert {(verb, kind, state) for verb in verbs for state in states} <= cells, kind
    possible = {one.verb for one in shown if one.yes}
    assert {*ON_STEPS, *ON_RUNS} <= possible
    refused = {one.verb for one in shown if not one.yes}
    assert {*ON_STEPS, *ON_RUNS} - refused == {"note", *tuple(BY_HAND)[2:]}


def test_no_command_that_records_is_missing_in_the_table() -> None:
    acts = [Act(verb=verb, who="dev", at=FIRST) for verb in VERBS]
    tried = {typed("id", act)[0] for act in acts} | {"undo"}
    recording = {
        name
        for name, module in COMMANDS.items()
        if hasattr(import_module(module).command, "__wrapped__")
    }
    assert recording - ELSEWHERE == tried


class Table(Fair):
    """The fair on its road, from which each cell of the table is tried and then left again."""

    def walk(self) -> dict[object, bytes]:
        """Go the whole road; return what the file held at each turn."""
        self.id = self.place.start(enforce=False, size="big")
        files: dict[object, bytes] = {}
        for act, turn in islice(turns(FIRST, DRAWN), TURNS + 1):
            self.at = turn.at
            if act is None:
                self.story = turn.story
            else:
                self.say(act)
            assert self.story.told == turn.story.told
            self.see()
            files[turn.at] = self.place.path(self.id).read_bytes()
        return files

    def try_one(self, file: bytes, turn: Turn, one: Try) -> None:
        """Try a cell of the table; what was done is taken back."""
        self.place.put_back(self.id, file)
        self.story, self.at = turn.story, one.act.at
        if one.place is not None:
            self.undo(one.place, one.act.who)
            self.see()
            return
        self.say(one.act)
        self.see()
        if self.story.told != turn.story.told:
            self.undo(len(self.story.told) - 1, one.act.who)
            self.see()

    def see(self) -> None:
        self.the_program_says_what_the_model_says()


def test_each_cell_of_the_table_is_done_and_taken_back_or_refused() -> None:
    fair = Table()
    assert fair.place.content() == DRAWN
    files = fair.walk()
    cells = [one for one in table().items() if one[1][0].at in files]
    tried = dict(cells[::APART])
    assert not WHOLE or tried == table()
    for turn, one in tried.values():
        fair.try_one(files[turn.at], turn, one)
    yes = sum(one.yes for one in tried)
    print(f"\n{len(tried)} of {len(cells)} cells, {yes} done and taken back, the others refused")
    fair.teardown()
