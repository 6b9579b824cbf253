"""What a parser could not read, said in the words of what people do: from its place in the text."""

from __future__ import annotations

from yaml.error import YAMLError

from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.files import syntax_layout as layout
from nextstep.files import syntax_mistake_rules as rules
from nextstep.files import syntax_quoting as quoting
from nextstep.files.syntax_mends import mend_of
from nextstep.files.syntax_places import excerpt
from nextstep.files.syntax_problem import mistake_of
from nextstep.model.source import Source

# Nobody types lines as long as this, and the judges would take long to look through them.
_LONG = 4000
# In this order: the first that knows the mistake speaks.
_JUDGES = (
    layout.tab,
    layout.directive,
    quoting.refused_sign,
    quoting.in_quotes,
    quoting.special_start,
    layout.colon,
    layout.no_colon,
    layout.in_brackets,
    layout.list_beside_key,
    layout.stray_bracket,
    layout.indentation,
)


def explain(source: Source, text: str, error: YAMLError) -> Diagnostic:
    """Return the finding for an error of the parser; its own words are shown nowhere."""
    mistake = mistake_of(text, error)
    for judge in _JUDGES:
        verdict = None if mistake.longest > _LONG else judge(mistake)
        if verdict:
            rule, span, message, hint = verdict
            mend = mend_of(mistake, verdict)
            return rule.found(source.path, span, message, hint=hint, mend=mend)
    return rules.UNREADABLE.found(
        source.path,
        mistake.place,
        f"the file cannot be understood from here on: `{excerpt(mistake.here)}`"
        if mistake.here.strip()
        else "the file cannot be understood from here on",
        hint="put spaces in the place of the tabs in this line"
        if "\t" in mistake.here
        else "look at this line and the one above for a missing quote, bracket or colon; text "
        "with special characters goes between quotes",
    )
