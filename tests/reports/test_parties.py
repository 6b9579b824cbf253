"""Who somebody is on a day."""

from __future__ import annotations

from datetime import date

from nextstep.changes.concerns import departed
from nextstep.model.people import Person, Settings
from nextstep.reports.parties import party


def test_the_day_on_which_somebody_left_is_the_last_on_which_they_are_here() -> None:
    last, next_day = date(2026, 11, 27), date(2026, 11, 28)
    settings = Settings(people={"pat": Person(id="pat", left=last)})
    there, gone = party(settings, "pat", last), party(settings, "pat", next_day)
    assert there is not None
    assert there.left is None
    assert gone is not None
    assert gone.left == last
    assert list(departed(settings, ["pat"], last)) == []
    assert list(departed(settings, ["pat"], next_day)) == ["pat left on Fri 27 Nov."]
