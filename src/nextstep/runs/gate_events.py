"""Steps that are decided by votes: approved, or returned to where the work goes on."""

from __future__ import annotations

from nextstep.model.events import Event
from nextstep.model.process import Step
from nextstep.runs.facts import Closed, Returned, Vote
from nextstep.runs.needs import finished_without_event
from nextstep.runs.states import How
from nextstep.runs.story import Refusal, named
from nextstep.runs.tracks import Replay, Track


def votes_needed(step: Step, voters: tuple[str, ...]) -> int:
    """Return how many votes a gate needs: all of its people where it does not say."""
    if step.need == "any":
        return 1
    if step.need is not None and step.need.isdigit():
        return max(1, int(step.need))
    return max(1, len(voters))


def counting_votes(track: Track) -> tuple[Vote, ...]:
    """Return the votes that count: one a person, for the content of the latest vote alone."""
    yes = tuple(vote for vote in track.votes if not vote.against)
    return tuple(vote for vote in yes if vote.content == yes[-1].content)


def votes_against(track: Track) -> tuple[Vote, ...]:
    """Return the votes of a blind gate that say no."""
    return tuple(vote for vote in track.votes if vote.against)


def missing_voters(track: Track) -> tuple[str, ...]:
    """Return the people of a gate whose vote does not count yet."""
    voted = {vote.by for vote in (*counting_votes(track), *votes_against(track))}
    return tuple(one for one in track.who if one not in voted)


def approved(replay: Replay, track: Track, event: Event) -> Refusal | None:
    """Count a vote. After the approval it renews the vote, such as for content that changed."""
    id_ = track.step.id
    if not track.step.is_gate:
        return f"`{id_}` is not decided by votes", "write `done`, or `noted`"
    if track.how not in (None, How.APPROVED):
        return f"`{id_}` is finished without votes", "write `reopened` before it"
    refusal = _not_a_voter(replay, track, event)
    if refusal is not None:
        return refusal
    vote = Vote(event.by, event.at, event.text("content"))
    _count(track, vote)
    if len(counting_votes(track)) >= votes_needed(track.step, track.who):
        track.approved_content = vote.content
        if track.how is None:
            track.finish(How.APPROVED, event.at)
    elif track.how is None:
        _decided_against(replay, track, event)
    return None


def gate_returned(replay: Replay, track: Track, event: Event) -> Refusal | None:
    """Take a no. At a blind gate it is one vote, and has effect once all have voted."""
    refusal = _not_a_voter(replay, track, event)
    if refusal is not None:
        return refusal
    missing, why = event.texts("missing"), event.text("why")
    if track.step.blind:
        _count(track, Vote(event.by, event.at, None, against=True, missing=missing, why=why))
        _decided_against(replay, track, event)
    else:
        _say_no(replay, track, event, Returned(event.at, event.by, missing, why))
    return None


def _count(track: Track, vote: Vote) -> None:
    others = tuple(other for other in track.votes if other.by != vote.by)
    track.votes = (*others, vote)


def _decided_against(replay: Replay, track: Track, event: Event) -> None:
    """Say no at a blind gate once all have voted, and not enough of them yes."""
    against = votes_against(track)
    if not against or missing_voters(track):
        return
    missing = tuple(dict.fromkeys(one for vote in against for one in vote.missing))
    why = "; ".join(dict.fromkeys(vote.why for vote in against if vote.why)) or None
    _say_no(replay, track, event, Returned(event.at, against[0].by, missing, why))


def _say_no(replay: Replay, track: Track, event: Event, returned: Returned) -> None:
    """Send the work back; past the rounds agreed it is put to the owner; or the run is over."""
    track.returned = returned
    track.rounds += 1
    back = track.step.on_return
    if back is not None and back.stop:
        replay.closed = Closed(event.at, returned.by, "dropped", why=returned.why)
        replay.stopped_by = track.step.id
        replay.blocked = None
    elif back is not None and back.max_rounds is not None and track.rounds > back.max_rounds:
        track.put_to_owner = True
    else:
        _send_back(replay, track, event)


def _not_a_voter(replay: Replay, track: Track, event: Event) -> Refusal | None:
    if replay.has(track, event.by):
        return None
    return (
        f"`{event.by}` has no vote at `{track.step.id}`",
        f"let {named(track.who or replay.owners)} decide it",
    )


def _worked_before(replay: Replay, gate: Track) -> tuple[str, ...]:
    """Return the steps that a gate comes after.

    In place of a mark, and of a step that is not needed, stands what comes before it: nobody works
    on these, and a "no" would lead nowhere.
    """
    found: dict[str, None] = {}
    visited: set[str] = set()
    pending = list(reversed(gate.after))
    while pending:
        id_ = pending.pop()
        track = replay.tracks.get(id_)
        if track is None or id_ in visited:
            continue
        visited.add(id_)
        if track.step.mark is not None or finished_without_event(replay, track) is not None:
            pending.extend(reversed(track.after))
        else:
            found[id_] = None
    return tuple(found)


def _send_back(replay: Replay, gate: Track, event: Event) -> None:
    """Begin again at the target: it and the steps between it and the gate no longer count."""
    back = gate.step.on_return
    named_step = back.to if back is not None else None
    targets = replay.ids_of(named_step) if named_step else _worked_before(replay, gate)
    gate_id = gate.step.id
    between = replay.later_than(targets) & replay.earlier_than(gate_id)
    for id_, track in replay.tracks.items():
        if id_ in targets:
            track.begin_again(event.at)
            track.returned = gate.returned
        elif id_ in between:
            track.begin_again(event.at)
    gate.votes = ()
    gate.since = event.at
