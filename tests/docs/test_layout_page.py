"""The page about the layout says what `fmt` does."""

from __future__ import annotations

import re

from nextstep.files.commitment_fields import COMMITMENT
from nextstep.files.formatting import formatted
from nextstep.files.layout import group_of
from nextstep.files.process_fields import PROCESS
from nextstep.files.run_fields import RUN
from nextstep.files.settings_fields import SETTINGS
from nextstep.model.source import Source
from tests.docs.reading_pages import ROOT, code_in, rows

PAGE = ROOT / "docs" / "reference" / "layout.md"
RECORDS = {"commitment": COMMITMENT, "process": PROCESS, "run": RUN, "nextstep.yaml": SETTINGS}


def test_the_example_becomes_what_the_page_shows() -> None:
    before, after = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert formatted(Source("commitments/x.yaml", before.encode())).decode() == after
    assert formatted(Source("commitments/x.yaml", after.encode())).decode() == after


def test_the_blank_lines_of_the_page_are_those_of_the_program() -> None:
    shown = rows(PAGE, "file")
    assert len(shown) == len(RECORDS)
    for kind, named in shown:
        record = RECORDS[kind.rsplit(" ", 1)[-1]]
        names = [field.name for field in record.fields]
        groups = [group_of(record, name) for name in names]
        begin = [
            b
            for a, b in zip(range(len(names)), range(1, len(names)), strict=False)
            if groups[a] != groups[b]
        ]
        assert code_in(named) == [names[place] for place in begin]
