"""What a parser could not read, said in the words of what people do: from its place in the text."""

from __future__ import annotations

from nextstep.files import syntax_layout as layout
from nextstep.files import syntax_mistake_rules as rules
from nextstep.files import syntax_quoting as quoting
from nextstep.files.syntax_places import excerpt
from nextstep.files.syntax_problem import Mistake, Verdict

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


def verdict_on(mistake: Mistake) -> Verdict:
    """Return what an error of the parser is; one that no judge knows cannot be understood."""
    for judge in _JUDGES:
        verdict = None if mistake.longest > _LONG else judge(mistake)
        if verdict:
            return verdict
    here = f": `{excerpt(mistake.here)}`" if mistake.here.strip() else ""
    return (
        rules.UNREADABLE,
        mistake.place,
        f"the file cannot be understood from here on{here}",
        "put spaces in the place of the tabs in this line"
        if "\t" in mistake.here
        else "look at this line and the one above for a missing quote, bracket or colon; text "
        "with special characters goes between quotes",
    )
