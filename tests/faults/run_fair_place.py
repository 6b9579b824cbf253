"""The fair in a real repository: what is typed by whom, and what must be true after each verb."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

from nextstep.dates.now import now_at
from nextstep.files.contents import blobs_below
from nextstep.files.load import load
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Run
from nextstep.model.events import instant_text
from nextstep.model.source import Source
from nextstep.runs.run_states import run_state
from nextstep.runs.states import StepState
from tests.faults.run_fair_model import RUN, Act, Model, Step
from tests.faults.run_fair_plan import DRAWING, OWNER, PLAN, PROCESS, SETTINGS
from tests.faults.run_fair_told import told_of
from tests.faults.run_place import Place
from tests.forked import run

FIRST = datetime.fromisoformat("2026-11-23T08:00Z")


class FairPlace(Place):
    """A repository with runs of the fair in it, and a clock that goes on with each verb."""

    files: ClassVar[Mapping[str, str]] = {
        "nextstep.yaml": SETTINGS,
        "processes/fair.yaml": PROCESS.replace("LEVEL", "advise"),
        "processes/strict.yaml": PROCESS.replace("LEVEL", "enforce"),
        DRAWING: "# First\n",
    }

    def start(self, *, enforce: bool, size: str) -> str:
        """Start a fair as the owner, and return its id."""
        before = set(self.made.path.glob("commitments/**/*.yaml"))
        words = f"start {'strict' if enforce else 'fair'} --for Globex --input fair_day=2026-12-14"
        words += f" --input size={size} --assign buyer=gil --assign builder=hal --yes"
        ran = run(self.made.path, *words.split(), env=self.as_person(OWNER, FIRST))
        assert ran.code == 0, ran
        (path,) = set(self.made.path.glob("commitments/**/*.yaml")) - before
        return path.stem

    def as_person(self, who: str, at: datetime) -> dict[str, str]:
        """Return the environment of somebody at an instant: what they record is their own."""
        return {
            **self.made.environ,
            "NEXTSTEP_TODAY": at.strftime("%Y-%m-%dT%H:%MZ"),
            "GIT_AUTHOR_EMAIL": f"{who}@example.org",
            "GIT_COMMITTER_EMAIL": f"{who}@example.org",
        }

    def act(
        self, id_: str, act: Act, words: list[str], *, possible: bool, nothing: bool = False
    ) -> None:
        """Run a verb as somebody: one commit of this file alone, or nothing at all."""
        environ = self.as_person(act.who, act.at)
        refusals = (2, 3) if act.verb == "ask" else (2,)
        self.try_it(
            id_, words, possible=possible, nothing=nothing, environ=environ, refusals=refusals
        )

    def draw_again(self) -> None:
        """Put something else into the file that was approved."""
        path = self.made.path / DRAWING
        path.write_text(f"{path.read_text()}More.\n")
        self.made.git("commit", "--quiet", "--message=draw", "--", DRAWING)

    def content(self) -> str:
        """Return the name of what the drawing holds."""
        return blobs_below(str(self.made.path), "sha1")(DRAWING) or ""

    def last_instant(self, id_: str, before: bytes) -> str:
        """Return the first instant in the log that was not there before."""
        count = len(self.record_of(id_, before).log)
        return instant_text(self.record_of(id_).log[count].at)

    def record_of(self, id_: str, data: bytes | None = None) -> Run:
        path = self.path(id_)
        data = path.read_bytes() if data is None else data
        loaded = load(Source(f"commitments/{path.name}", data)).record
        assert isinstance(loaded, Run)
        return loaded

    def due_of(self, who: str, at: datetime) -> list[dict[str, str]]:
        """Return what the program says that somebody is to look at."""
        words = ("due", "--all", "--who", who, "--format", "json")
        ran = run(self.made.path, *words, env=self.as_person(who, at))
        assert ran.code == 0, ran
        items: list[dict[str, str]] = json.loads(ran.out)["items"]
        return items

    def seen(self, id_: str, at: datetime) -> object:
        """Return where the run stands at an instant, as its file says it."""
        now = now_at(at, "UTC")
        content = blobs_below(str(self.made.path), "sha1")
        fair = self.record_of(id_)
        state = run_state(fair, now, Calendar(), content=content)
        assert state.impossible == ()
        assert state.unclear == ()
        return {
            RUN: (state.stage.value, state.stopped_by or "", state.blocked is not None),
            "inputs": dict(fair.inputs),
            "people": dict(fair.people),
            "told": [(one.step, one.past, one.since, one.tell) for one in state.escalations],
        } | {one: of_step(step) for one, step in state.steps.items()}


def of_step(step: StepState) -> object:
    """Return what the program says of a step, so far as the model knows it."""
    return {
        "state": step.stage.value,
        "how": step.how.value if step.how else "",
        "told": step.who_told,
        "who": step.who,
        "due": step.due,
        "giver": step.offer.by if step.offer else "",
        "duty": (step.duty_offer.by, *step.duty_offer.receivers) if step.duty_offer else None,
        "votes": sorted((one.by, one.content or "", one.against) for one in step.votes),
        "hidden": step.hides_votes,
        "changed": bool(step.changed_since),
        "rounds": step.rounds,
        "put": step.put_to_owner,
        "ticked": sorted(step.ticked),
        "blocked": step.blocked is not None,
        "asked": step.asked,
        "early": step.out_of_order is not None,
    }


def said(model: Model, at: datetime, content: str) -> object:
    """Return the same of the model."""
    day = at.date()
    return {
        RUN: (model.state(day), model.stopped, model.blocked),
        "inputs": model.inputs,
        "people": model.people,
        "told": told_of(model, day),
    } | {one: _of_step(model, one, step, day, content) for one, step in model.steps.items()}


def _of_step(model: Model, id_: str, step: Step, day: date, content: str) -> object:
    open_gate = PLAN[id_].kind == "gate" and not model.how(id_, day)
    return {
        "state": model.stage(id_, day),
        "how": model.how(id_, day),
        "told": step.who,
        "who": step.who,
        "due": model.due(id_),
        "giver": step.giver,
        "duty": step.duty,
        "votes": sorted((one.by, one.content, one.against) for one in step.votes),
        "hidden": PLAN[id_].blind and open_gate and bool(model.missing_voters(id_)),
        "changed": step.approved not in {"", content},
        "rounds": step.rounds,
        "put": step.put and open_gate,
        "ticked": sorted(step.ticked),
        "blocked": step.blocked,
        "asked": step.asked,
        "early": step.early,
    }


WORDS = {
    "done": "done {id} {step} --no-offer",
    "override": "done {id} {step} --no-offer --override hurry",
    "offer": "offer {id} {step} --all-there",
    "accept": "accept {id} {step} --all-there",
    "return": "return {id} {step} --why unclear{missing}",
    "approve": "approve {id} {step}",
    "skip": "skip {id} {step} --why needless",
    "tick": "tick {id} {step}",
    "move": "move {id} {step} {more} --why later",
    "move-agreed": "move {id} {step} {more} --why later --agreed-by {agreed}",
    "block": "block {id} {on} --why lost --on hal",
    "unblock": "unblock {id} {on}",
    "reopen": "reopen {id} {on} --why again",
    "note": "note {id} {at_step} --text heard",
    "ask": "ask {id} {step}",
    "offer-duty": "offer {id} {step} --duty --to {more}",
    "offer-all": "offer --all-of {more} --to {agreed} --yes",
    "assign": "assign {id} {name} {value}",
    "change": "change {id} {name} {value} --why news --yes",
    "change-agreed": "change {id} {name} {value} --why news --agreed-by {agreed} --yes",
    "close": "done {id} --kept --outcome good --nothing-further enough",
    "drop": "drop {id} --why needless",
}


def typed(id_: str, act: Act) -> list[str]:
    """Return what is typed."""
    name, _, value = act.more.partition("=")
    words = WORDS[act.verb].format(
        id=id_,
        step=act.step,
        on="" if act.step == RUN else act.step,
        at_step="" if act.step == RUN else f"--step {act.step}",
        more=act.more,
        agreed=act.agreed,
        name=name,
        value=value,
        missing="".join(" --missing 1" for _ in act.items),
    )
    more = [act.more] if act.verb == "tick" else []
    if act.verb == "close":
        more = ["--expects", "1: met", "--expects", "2: two crates"]
    return [*words.split(), *more]
