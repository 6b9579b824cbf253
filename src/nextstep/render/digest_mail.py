"""A digest as a mail (RFC 5322) for `sendmail -t`: words, and the same as HTML.

The same digest is the same bytes: the date is that of the digest, and neither the boundary nor the
Message-ID is drawn by chance, so that a mailbox shows one that was sent twice only once.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.render.safe_text import safe_text

_POLICY = EmailPolicy(linesep="\n", max_line_length=74)
"""76 characters is the most that a line of quoted-printable may have; two are kept for a colon."""
_COMMAND = re.compile(r"^([ \t]*):(?=:)", re.MULTILINE)
_LONGEST_SUBJECT = 200
_FORBIDDEN = frozenset(' ,;<>()[]"\\')


class Letter(Struct, frozen=True, kw_only=True):
    """What a mail says and to whom. ``sent`` is aware; ``text`` and ``html`` are the whole parts."""

    sender: str
    receiver: str
    subject: str
    sent: datetime
    text: str
    html: str


def letter_text(letter: Letter) -> str:
    """Return the mail, with lines that end as everywhere on this machine.

    Raises NextstepError for an address that is none.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = address(letter.sender, "--from")
    message["To"] = address(letter.receiver, "--to")
    message["Subject"] = safe_text(letter.subject)[:_LONGEST_SUBJECT]
    message["Date"] = format_datetime(letter.sent)
    mark = _mark(letter)
    message["Message-ID"] = f"<{mark}@nextstep.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message["MIME-Version"] = "1.0"
    message.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", charset="utf-8", cte="quoted-printable")
    for part in message.iter_parts():
        part.set_payload(_unobeyed(part.get_payload()))
    message.set_boundary(f"=_{mark}")
    return message.as_string()


def _unobeyed(payload: object) -> str:
    """Return quoted-printable in which no line that is folded begins a command of a build service."""
    return _COMMAND.sub(r"\1=3A", str(payload))


def _mark(letter: Letter) -> str:
    parts = (letter.sender, letter.receiver, letter.subject, letter.sent.isoformat(), letter.text)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def address(text: str, where: str) -> str:
    """Return an address as it stands in a header; nothing else can be slipped in with it.

    Raises NextstepError, which says where it stands, for anything else.
    """
    name, at, host = text.strip().rpartition("@")
    plain = text.strip().isascii() and text.strip().isprintable()
    if not (name and at and host and plain) or _FORBIDDEN & set(text.strip()):
        raise NextstepError(
            f"{where}: `{safe_text(text)[:80]}` is not an address", "write it as ana@example.com"
        )
    return text.strip()
