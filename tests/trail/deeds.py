"""What happens to records in a commit: deeds with and without their line in the log."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.trail.lives import PROCESS, RUN, Line, Record, Scene, moved, over

PEOPLE = ("dev", "lena", "mia")
WITHOUT_FIELD = ("noted", "asked", "blocked", "done")

Deed = Callable[[Scene, Record], None]


class Deeds:
    """All that can happen, by chance. No two lines of one history have the same instant."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.clock = datetime(2026, 1, 5, 8, tzinfo=UTC)

    def line(self, event: str, *rest: tuple[str, str | None], by: str | None = None) -> Line:
        """Make a line, later than all before, by somebody, now and then recorded by another."""
        self.clock += timedelta(
            minutes=self.chance.randrange(1, 4000), milliseconds=self.chance.randrange(1000)
        )
        at = self.clock - timedelta(days=self.chance.choice([0] * 20 + [30]))
        text = at.isoformat(timespec=self.chance.choice(["minutes", "milliseconds"])).replace(
            "+00:00", "Z"
        )
        given = tuple((name, value) for name, value in rest if value is not None)
        if self.chance.random() < 0.1:
            given = (*given, ("recorded_by", self.chance.choice(PEOPLE)))
        return Line(text, by or self.chance.choice(PEOPLE), event, given)

    def day(self) -> str:
        """Return a day or an hour, seldom the same twice."""
        day = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(days=self.chance.randrange(900))
        return f"{day:%Y-%m-%d}" + self.chance.choice(["", "", "", "T17:00"])

    def born(self, scene: Scene, record: Record) -> None:
        """A record begins, with nothing in its log or already with much."""
        fields = record.fields
        if record.kind == PROCESS:
            fields |= {"title": f"Process {record.number}", "owner": "ana", "provides": "An offer"}
            fields["steps.send.due"] = "1bd after write"
            scene.tell(record, "written")
        elif record.kind == RUN:
            fields |= {
                "title": f"Run {record.number}",
                "inputs.tier": "small",
                "people.mover": "bo",
            }
            fields |= {
                "steps.pack.do": "Pack",
                "steps.pack.who": "bo",
                "steps.pack.due": self.day(),
            }
            fields |= {"steps.carry.do": "Carry", "steps.carry.who": "cy"}
            scene.tell(record, "started")
        else:
            fields |= {"what": f"Thing {record.number}", "who": self.chance.choice(PEOPLE)}
            fields["with"] = self.chance.choice(["ana", "ana, bo"])
            if self.chance.random() < 0.8:
                fields["due"] = self.day()
            if self.chance.random() < 0.6:
                self._log(
                    scene,
                    record,
                    self.line(self.chance.choice(["agreed", "proposed"]), ("how", "call")),
                )
            else:
                scene.tell(record, "agreed")
            if self.chance.random() < 0.3:
                self.moved(scene, record)

    def anything(self, scene: Scene, record: Record) -> None:
        """One to three things happen to a record in one commit."""
        for _ in range(self.chance.choice([1, 1, 1, 2, 3])):
            self.chance.choice(self._possible(record))(scene, record)

    def _possible(self, record: Record) -> list[Deed]:
        if record.kind == PROCESS:
            return [self.process_edited, self.said]
        possible: list[Deed] = [self.said, self.taken_out_of_log, self.put_back]
        possible += [self.rewritten, self.written_anew]
        if record.kind == RUN:
            return [*possible, self.step_moved, self.step_moved_by_hand, self.recast, self.finished]
        more: list[Deed] = [
            self.moved,
            self.moved,
            self.moved_by_hand,
            self.moved_in_words,
            self.there_and_back,
        ]
        more += [self.changed, self.changed_by_hand, self.edited, self.handed, self.taken_back]
        return possible + more

    def _log(
        self, scene: Scene, record: Record, line: Line, *, seen: bool = True, detail: str = ""
    ) -> None:
        record.log.append(line)
        late = (
            over(detail.split(">", maxsplit=1)[0] or None, line.instant)
            if line.event == "moved"
            else None
        )
        scene.tell_line(record, line, seen=seen, detail=detail, after_due=late)

    def said(self, scene: Scene, record: Record) -> None:
        """Something is written down that has no field of its own."""
        event = "noted" if record.kind == PROCESS else self.chance.choice(WITHOUT_FIELD)
        words = {"noted": "text", "blocked": "why"}.get(event, "how")
        rest = (words, f"word {self.chance.randrange(99_999)}" if words != "how" else None)
        step = ("step", "carry") if event == "done" and record.kind == RUN else ("step", None)
        line = self.line(event, step, rest)
        if not self._was_there(scene, record, line):
            self._log(scene, record, line)

    @staticmethod
    def _was_there(scene: Scene, record: Record, line: Line) -> bool:
        """Whether this commit took out a line that says the same: then this would be that one."""
        out = {truth.line for truth in scene.truths if truth.event == "unlogged"}
        said = line.by, line.event, line.rest
        return any(
            (one.by, one.event, one.rest) == said for one in record.taken_out if one.at in out
        )

    def moved(self, scene: Scene, record: Record) -> None:
        """A date is moved once or several times, each with its line."""
        if scene.is_free(record, "due"):
            for _ in range(self.chance.choice([1, 1, 1, 2, 3])):
                self._move(scene, record, "due", ())

    def step_moved(self, scene: Scene, record: Record) -> None:
        """The date of a step is moved."""
        if scene.is_free(record, "steps.pack.due"):
            self._move(scene, record, "steps.pack.due", (("step", "pack"),))

    def _move(
        self, scene: Scene, record: Record, field: str, step: tuple[tuple[str, str], ...]
    ) -> None:
        new = self._other(record.fields.get(field))
        old = scene.put(record, field, new)
        line = self.line("moved", *step, ("from", old), ("to", new), ("why", "it takes longer"))
        self._log(scene, record, line, detail=moved(old, new))

    def _other(self, old: str | None) -> str:
        new = self.day()
        while new == old:
            new = self.day()
        return new

    def moved_by_hand(self, scene: Scene, record: Record) -> None:
        """A date is changed, and nobody says so."""
        if scene.is_free(record, "due"):
            new = self.chance.choice([None, "asap", self._other(record.fields.get("due"))])
            old = scene.put(record, "due", new)
            if old != new:
                late = over(old, scene.at)
                scene.tell(record, "moved", detail=moved(old, new), after_due=late)

    def step_moved_by_hand(self, scene: Scene, record: Record) -> None:
        """The date of a step is changed, and nobody says so."""
        if scene.is_free(record, "steps.pack.due"):
            new = self._other(record.fields["steps.pack.due"])
            old = scene.put(record, "steps.pack.due", new)
            late = over(old, scene.at)
            scene.tell(record, "moved", step="pack", detail=moved(old, new), after_due=late)

    def moved_in_words(self, scene: Scene, record: Record) -> None:
        """Somebody says that a date was moved, and it was not."""
        if scene.is_free(record, "due"):
            old, new = record.fields.get("due"), self._other(record.fields.get("due"))
            scene.put(record, "due", old)
            line = self.line("moved", ("from", old), ("to", new))
            self._log(scene, record, line, seen=False, detail=moved(old, new))

    def there_and_back(self, scene: Scene, record: Record) -> None:
        """A date is moved, and moved back, before anybody commits."""
        old = record.fields.get("due")
        if old and scene.is_free(record, "due"):
            new = self._other(old)
            for was, becomes in ((old, new), (new, old)):
                line = self.line("moved", ("from", was), ("to", becomes))
                self._log(scene, record, line, detail=moved(was, becomes))
            scene.put(record, "due", old)

    def changed(self, scene: Scene, record: Record) -> None:
        """Other words are agreed."""
        if scene.is_free(record, "outcome"):
            new = f"Outcome {self.chance.randrange(9999)}"
            old = scene.put(record, "outcome", new)
            line = self.line("changed", ("field", "outcome"), ("from", old), ("to", new))
            self._log(scene, record, line, detail=f"outcome:{old or ''}>{new}")

    def changed_by_hand(self, scene: Scene, record: Record) -> None:
        """Other words are written down, and nobody says so."""
        field = self.chance.choice(["what", "outcome", "who"])
        if scene.is_free(record, field):
            words = f"{field.title()} {self.chance.randrange(9999)}"
            new = self.chance.choice(PEOPLE) if field == "who" else words
            old = scene.put(record, field, new)
            if old != new:
                scene.tell(record, "changed", detail=f"{field}:{old or ''}>{new}")

    def edited(self, scene: Scene, record: Record) -> None:
        """A field is changed that no event is about."""
        field = self.chance.choice(["partner", "part_of", "with"])
        if scene.is_free(record, field):
            value = self.chance.choice(
                ["ana", "bo", "cy", "ana, cy"][: 4 if field == "with" else 3]
            )
            scene.edit(
                record, field, value if field == "with" or self.chance.random() < 0.8 else None
            )

    def handed(self, scene: Scene, record: Record) -> None:
        """A commitment is offered to somebody who accepts it at once, with the giver beside them."""
        if not scene.is_free(record, "who", "with"):
            return
        giver = record.fields["who"]
        to = self.chance.choice([one for one in PEOPLE if one != giver])
        self._log(scene, record, self.line("offered", ("to", to), by=giver))
        self._log(scene, record, self.line("accepted", by=to))
        scene.put(record, "who", to)
        people = record.fields["with"].split(", ")
        if giver not in people:
            scene.put(record, "with", ", ".join([*people, giver]))

    def taken_back(self, scene: Scene, record: Record) -> None:
        """The last move is undone, and the date is as it was."""
        last = record.log[-1] if record.log else None
        if last is None or last.event != "moved" or not scene.is_free(record, "due"):
            return
        said = dict(last.rest)
        if said.get("to") != record.fields.get("due") or "from" not in said:
            return
        if any(one.at == last.at for one in record.log[:-1]):
            return
        scene.put(record, "due", said["from"])
        self._log(scene, record, self.line("undone", ("of", last.at)))

    def taken_out_of_log(self, scene: Scene, record: Record) -> None:
        """A line of the log is deleted."""
        lines = [one for one in record.log if scene.is_free(record, one.at)]
        old = [one for one in lines if all(truth.line != one.at for truth in scene.truths)]
        if old:
            line = self.chance.choice(old)
            record.log.remove(line)
            scene.touched.add((record.number, line.at))
            scene.tell(record, "unlogged", line=line.at, step=line.step)
            if line.event in WITHOUT_FIELD:
                record.taken_out.append(line)

    def put_back(self, scene: Scene, record: Record) -> None:
        """A line that was deleted stands there again."""
        known = [one for one in record.taken_out if scene.is_free(record, one.at)]
        if known:
            line = known[0]
            record.taken_out.remove(line)
            scene.touched.add((record.number, line.at))
            record.log.append(line)
            scene.tell(record, "relogged", line=line.at, step=line.step)

    def rewritten(self, scene: Scene, record: Record) -> None:
        """A line of the log says something else from then on."""
        for place, line in enumerate(record.log):
            said = dict(line.rest)
            if "text" in said and scene.is_free(record, line.at) and not self._is_new(scene, line):
                rest = tuple((said | {"text": f"other {self.chance.randrange(9999)}"}).items())
                record.log[place] = Line(line.at, line.by, line.event, rest)
                scene.touched.add((record.number, line.at))
                scene.tell(record, "rewritten", line=line.at, step=line.step, detail="text")
                return

    def written_anew(self, scene: Scene, record: Record) -> None:
        """A line of the log says that it happened at another moment."""
        undone = {dict(one.rest).get("of") for one in record.log}
        for place, line in enumerate(record.log):
            if line.event in {"moved", "blocked"} and scene.is_free(record, line.at):
                if self._is_new(scene, line) or line.at in undone:
                    continue
                again = Line(self.line("moved").at, line.by, line.event, line.rest)
                record.log[place] = again
                record.written_anew[again.at] = record.written_anew.get(line.at, line.at)
                scene.touched |= {(record.number, line.at), (record.number, again.at)}
                scene.tell(record, "rewritten", line=again.at, step=line.step, detail="at")
                return

    @staticmethod
    def _is_new(scene: Scene, line: Line) -> bool:
        return any(truth.line == line.at for truth in scene.truths)

    def recast(self, scene: Scene, record: Record) -> None:
        """Somebody else plays a role in a run, and has its step."""
        if scene.is_free(record, "people.mover"):
            new = self.chance.choice(
                [one for one in PEOPLE if one != record.fields["people.mover"]]
            )
            old = scene.put(record, "people.mover", new)
            scene.put(record, "steps.pack.who", new)
            line = self.line("changed", ("field", "people.mover"), ("from", old), ("to", new))
            self._log(scene, record, line, detail=f"people.mover:{old}>{new}")

    def finished(self, scene: Scene, record: Record) -> None:
        """A step is done, so that the date of the next one is known."""
        if "steps.carry.due" not in record.fields and scene.is_free(record, "steps.carry.due"):
            self._log(scene, record, self.line("done", ("step", "pack")))
            scene.put(record, "steps.carry.due", self.day())

    def process_edited(self, scene: Scene, record: Record) -> None:
        """A process is changed."""
        field = self.chance.choice(["title", "provides", "steps.send.due"])
        number = self.chance.randrange(9)
        if scene.is_free(record, field):
            scene.edit(
                record, field, f"{number}bd after write" if "due" in field else f"Word {number}"
            )
