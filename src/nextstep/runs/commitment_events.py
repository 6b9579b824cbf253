"""What each event does to a commitment, and which are impossible where it stands.

Every function here takes the story so far and the next event. It either changes the story, or
returns why the event is impossible and what would be right, and leaves the story alone.
"""

from __future__ import annotations

from collections.abc import Callable

from nextstep.model.events import Event
from nextstep.runs.facts import Agreed, Blocked, Closed, Done, Offer, Returned
from nextstep.runs.passing_on import receivers_of
from nextstep.runs.states import CommitmentStage
from nextstep.runs.story import Refusal, Story, named
from nextstep.runs.timing import is_agreed, move_of

PROPOSED, OPEN = CommitmentStage.PROPOSED, CommitmentStage.OPEN
DONE, CLOSED = CommitmentStage.DONE, CommitmentStage.CLOSED

_CHANGING = ("what", "outcome", "who")


def _only_now(event: Event, story: Story, right: str) -> Refusal:
    return f"`{event.event}` is not possible while it is {story.stands}", right


def _proposed(story: Story, event: Event) -> Refusal | None:
    if story.stage is not PROPOSED:
        return _only_now(event, story, "write `moved` or `changed` for what is now different")
    story.parties += (event.by,)
    return None


def _agreed(story: Story, event: Event) -> Refusal | None:
    if story.stage in (DONE, CLOSED):
        return _only_now(event, story, "write `reopened` before it, with why")
    if story.stage is PROPOSED:
        if not story.has(event.by):
            return (
                f"`{event.by}` agreed, and it is `{story.who}` who would have it",
                f"write `by: {story.who}`, and `recorded_by` if somebody else wrote it down",
            )
        story.stage = OPEN
        story.since = event.at
    story.agreed = Agreed(event.at, event.by, event.text("how"))
    story.since = story.since or event.at
    return None


def _moved(story: Story, event: Event) -> Refusal | None:
    if story.stage in (DONE, CLOSED):
        return _only_now(event, story, "write `reopened` before it, with why")
    free = story.has(event.by) or (story.stage is PROPOSED and story.takes_part(event.by))
    if not free and not is_agreed(event):
        return (
            f"`{event.by}` moved it, and it is `{story.who}` who has it",
            f"add `agreed_by: {story.who}`, once they agreed",
        )
    move = move_of(event, story.calendar, proposed=story.stage is PROPOSED)
    story.moves += (move,)
    story.asked = story.asked and move.to == move.before
    return None


def _changed(story: Story, event: Event) -> Refusal | None:
    if event.text("field") not in _CHANGING:
        return (
            f"`changed` is not for `{event.text('field')}`",
            "write `field: what`, `outcome` or `who`; for the date write `moved`",
        )
    is_who = event.text("field") == "who"
    if is_who and story.stage is not PROPOSED and story.who is not None:
        return (
            "`who` changes by agreement alone once it is agreed",
            "write `offered` with `to`, and `accepted` by the receiver",
        )
    if story.stage is PROPOSED and not story.takes_part(event.by) and not is_agreed(event):
        return (
            f"`{event.by}` changed it, and it is not theirs: `{story.who}` would have it",
            f"add `agreed_by: {story.who}`, once they agreed",
        )
    if is_who:
        story.who = event.text("to") or story.who
    return None


def _offered(story: Story, event: Event) -> Refusal | None:
    if story.stage is not OPEN:
        right = "write `agreed` before it" if story.stage is PROPOSED else "write `reopened` first"
        return _only_now(event, story, right)
    if not story.has(event.by):
        return (
            f"`{event.by}` offered it, and it is `{story.who}` who has it",
            f"let `{story.who}` offer it",
        )
    to = event.texts("to")
    named_ones = receivers_of(to, story.members)
    receivers = tuple(one for one in named_ones if one != event.by)  # nobody signs with themselves
    if to and receivers in ((), (story.who,)):
        return (
            f"it is offered to `{story.who or event.by}`, who has it",
            "write `to` with somebody else",
        )
    story.offer = Offer(
        to=to,
        at=event.at,
        by=event.by,
        receivers=receivers,
        duty=True,
        gaps=event.texts("gaps"),
        watch_for=event.text("watch_for"),
    )
    return None


def _accepted(story: Story, event: Event) -> Refusal | None:
    offer = story.offer
    if offer is None:
        return "nothing was offered that could be accepted", "write `offered` before it"
    if not offer.to:
        return f"`{event.by}` accepted what was offered to nobody", "add `to` to the offer"
    if event.by not in offer.receivers:
        return (
            f"`{event.by}` accepted what was offered to {named(offer.to)}",
            f"write `accepted` by {named(offer.receivers)}, or offer it to `{event.by}`",
        )
    story.parties += (offer.by,)
    story.who = event.by
    story.since = event.at
    story.offer = None
    return None


def _returned(story: Story, event: Event) -> Refusal | None:
    offer = story.offer
    if offer is None:
        return "nothing was offered that could be returned", "write `offered` before it"
    withdrawn = event.by == offer.by
    if not withdrawn and event.by not in offer.receivers:
        return (
            f"`{event.by}` returned what `{offer.by}` offered to {named(offer.to)}",
            f"write `returned` by {named((*offer.receivers, offer.by))}",
        )
    sent = Returned(event.at, event.by, event.texts("missing"), event.text("why"), withdrawn)
    story.returns += (sent,)
    story.offer = None
    return None


def _done(story: Story, event: Event) -> Refusal | None:
    if story.stage is not OPEN:
        right = "write `agreed` before it" if story.stage is PROPOSED else "write `reopened` first"
        return _only_now(event, story, right)
    refusal = _not_offered(story, event) or _by_who(story, event)
    if refusal is None:
        story.stage = DONE
        story.done = Done(event.at, event.by, event.text("proof"))
        story.blocked = None
    return refusal


def _closed(story: Story, event: Event) -> Refusal | None:
    if story.stage is CLOSED:
        return _only_now(event, story, "write `noted` for what came later, or `reopened` first")
    if story.stage is PROPOSED and event.text("result") != "dropped":
        return _only_now(event, story, "write `result: dropped`, or `agreed` before it")
    if story.stage is OPEN:
        refusal = _not_offered(story, event) or _by_who(story, event)
        if refusal is not None:
            return refusal
    story.unagreed = story.stage is PROPOSED
    story.stage = CLOSED
    story.closed = closed_of(event)
    story.blocked = None
    return None


def _not_offered(story: Story, event: Event) -> Refusal | None:
    if story.offer is None:
        return None
    right = f"write `returned` by `{story.offer.by}` before it: that withdraws the offer"
    return _only_now(event, story, right)


def _by_who(story: Story, event: Event) -> Refusal | None:
    if story.has(event.by):
        return None
    return (
        f"`{event.event}` is said by `{event.by}`, and it is `{story.who}` who has it",
        f"write `by: {story.who}`, and `recorded_by` if somebody else wrote it down",
    )


def _asked(story: Story, event: Event) -> Refusal | None:
    if story.stage is PROPOSED:
        return "nobody is asked about what is not agreed", "write `agreed` before it, or `noted`"
    if story.stage is CLOSED:
        return _only_now(event, story, "write `noted`")
    story.asked = True
    story.asked_at = event.at
    return None


def _blocked(story: Story, event: Event) -> Refusal | None:
    if story.stage is not OPEN:
        right = "write `noted`" if story.stage is PROPOSED else "write `reopened` before it"
        return _only_now(event, story, right)
    story.blocked = Blocked(event.at, event.by, event.text("why"), event.text("on"))
    return None


def _unblocked(story: Story, event: Event) -> Refusal | None:
    if story.stage is not OPEN:
        return _only_now(event, story, "leave it out")
    story.blocked = None
    return None


def _reopened(story: Story, event: Event) -> Refusal | None:
    if story.stage not in (DONE, CLOSED):
        return _only_now(event, story, "leave it out: it is not done or closed")
    if story.partner is not None and not (story.takes_part(event.by) or event.by == story.partner):
        allowed = tuple(dict.fromkeys((story.who or "", *story.parties, story.partner)))
        return f"`{event.by}` reopened it", f"let one of {named(allowed)} reopen it"
    if not event.text("why"):
        return "it was reopened and nothing says why", "add `why`"
    story.stage = PROPOSED if story.unagreed else OPEN  # nobody agreed by silence
    story.unagreed = False
    story.done = story.closed = None
    story.asked = False
    story.reopened += 1
    return None


def _kept_in_mind(_story: Story, _event: Event) -> Refusal | None:
    return None


def closed_of(event: Event) -> Closed:
    """Return what an event ``closed`` says."""
    text = event.text
    further = event.values.get("nothing_further")
    expects = event.values.get("expects", ())
    pairs = expects if isinstance(expects, tuple) else ()
    return Closed(
        event.at,
        event.by,
        text("result"),
        text("outcome"),
        text("why"),
        text("learned"),
        text("change"),
        text("feedback"),
        event.texts("next"),
        "yes" if further is True else text("nothing_further"),
        tuple([pair for pair in pairs if isinstance(pair, tuple)]),
    )


STORY: dict[str, Callable[[Story, Event], Refusal | None]] = {
    "proposed": _proposed,
    "agreed": _agreed,
    "moved": _moved,
    "changed": _changed,
    "offered": _offered,
    "accepted": _accepted,
    "returned": _returned,
    "done": _done,
    "closed": _closed,
    "asked": _asked,
    "blocked": _blocked,
    "unblocked": _unblocked,
    "reopened": _reopened,
    "noted": _kept_in_mind,
    "feedback": _kept_in_mind,
}


def unknown(_story: Story, event: Event) -> Refusal:
    """Refuse an event that is none of a commitment's."""
    return (
        f"`{event.event}` does not belong to a commitment",
        f"write one of {', '.join(STORY)}",
    )
