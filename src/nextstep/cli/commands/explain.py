"""`nextstep explain`: what a finding means."""

from __future__ import annotations

from typing import Annotated

import typer

from nextstep.cli.options import chosen
from nextstep.diagnostics.errors import NextstepError


def command(
    rule: Annotated[
        str | None,
        typer.Argument(metavar="[CODE|NAME]", help="A rule: NS412, or handoff-without-list."),
    ] = None,
    format_: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="text or json.")
    ] = None,
) -> None:
    """Explain a finding: why it matters, what to write instead.

    Without a code, list every rule.

    \b
    EXAMPLES
      nextstep explain NS412                 what this finding means
      nextstep explain handoff-without-list  the same, by its name
      nextstep explain                       all rules
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.listings import screen
    from nextstep.cli.output import emit
    from nextstep.render.findings_page import rule_json, rule_text, rules_text
    from nextstep.rules.catalogue import ALL_RULES, FAMILIES, by_code_or_name
    from nextstep.rules.ignores import is_lasting

    form = chosen(format_, ("text", "json"), "text")
    if rule is None:
        emit(rule_json(ALL_RULES) if form == "json" else rules_text(ALL_RULES, FAMILIES, screen()))
        return
    rules = by_code_or_name()
    found = rules.get(rule.strip().upper()) or rules.get(rule.strip().lower())
    if found is None:
        raise _unknown(rule)
    if form == "json":
        emit(rule_json([found]))
        return
    lasting = is_lasting(found.code, found.severity)
    emit(rule_text(found, FAMILIES[found.code[:3]], screen(), lasting=lasting))


def _unknown(word: str) -> NextstepError:
    from nextstep.diagnostics.nearness import nearest
    from nextstep.rules.catalogue import RETIRED, by_code_or_name

    if word.strip().upper() in RETIRED:
        return NextstepError(
            f"the rule {word.strip().upper()} is gone", "nothing finds it any more"
        )
    known = by_code_or_name()
    near = nearest(word, known)
    hint = f"did you mean {near}?" if near else "`nextstep explain` lists all rules"
    return NextstepError(f"there is no rule `{word[:80]}`", hint)
