"""The time zone of this machine, for a ledger that names none."""

from __future__ import annotations

import os
from collections.abc import Mapping

from nextstep.dates.zones import find_zone
from nextstep.diagnostics.errors import NextstepError

_LINK = "/etc/localtime"
_MARK = "zoneinfo/"


def machine_zone(environ: Mapping[str, str]) -> str:
    """Return the name of the zone that TZ names, else the system's, else UTC.

    A TZ that is no zone would silently mean UTC to the system: NextstepError says so instead.
    """
    said = environ.get("TZ", "").removeprefix(":")
    if said:
        if find_zone(said) is None:
            message = f"TZ is `{said}`, which is not a time zone"
            raise NextstepError(
                message,
                "set it to a place such as Europe/Berlin, or write timezone: in nextstep.yaml",
            )
        return said
    try:
        target = os.readlink(_LINK)
    except OSError:
        return "UTC"
    name = target.rpartition(_MARK)[2] if _MARK in target else ""
    if name == "Etc/UTC":  # as most servers have it; its plain name needs no database
        return "UTC"
    return name if find_zone(name) is not None else "UTC"
