"""A machine that runs something at an hour: a clone, the program, and stand-ins for what sends."""

from __future__ import annotations

import email
import re
import subprocess
import sys
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tests.docs.reading_pages import ROOT
from tests.repositories import make

PAGE = ROOT / "docs" / "how-to" / "the-week-by-cron.md"
FILES = ROOT / "docs" / "how-to" / "files"
SETTINGS = """\
timezone: UTC
people:
  ana: {emails: [ana@acme.example], team: success}
  dev: {emails: [dev@acme.example], team: success}
  lena: {org: Globex, emails: [lena@globex.example]}
"""
LATE = "what: Call Tom\nwho: WHO\nwith: [lena]\noutcome: Tom knows\ndue: 2026-11-20\n"
_PROGRAM = '#!/bin/sh\nNEXTSTEP_TODAY=2026-11-23 exec "{python}" -m nextstep "$@"\n'
_SENDMAIL = """\
#!/bin/sh
[ "$*" = "-i -t" ] || exit 64
cat >"$(mktemp "{mails}/XXXXXX")"
"""
_NOTES = '#!/bin/sh\nfor word; do echo "$word"; done >>"{notes}"\n'


class Machine:
    """A machine with a ledger, whose programs of others keep what they are given."""

    def __init__(self, folder: Path, *late: str) -> None:
        """Make it; each of ``late`` has a promise that is overdue on 2026-11-23."""
        self.folder, self.bin = folder, folder / "bin"
        self.mails, self.notes = folder / "mails", folder / "notes"
        self.bin.mkdir(parents=True)
        self.mails.mkdir()
        origin = make(folder / "origin")
        files = {f"commitments/{who}.yaml": LATE.replace("WHO", who) for who in late}
        origin.commit({"nextstep.yaml": SETTINGS, **files})
        self.ledger = origin.clone(folder / "ledger").path
        self.program("nextstep", _PROGRAM.format(python=sys.executable))
        self.program("sendmail", _SENDMAIL.format(mails=self.mails))
        for name in ("pipx", "pip", "gh", "curl"):
            self.program(name, _NOTES.format(notes=self.notes))

    def program(self, name: str, text: str) -> None:
        """Put a program into the folder that comes first."""
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def run(
        self, command: str, *shell: str, cwd: Path | None = None, **env: str
    ) -> tuple[int, str, str]:
        """Run a line as cron does, with nothing but a PATH; return how it ends and what it says."""
        places = {
            "/srv/nextstep/bin": str(self.bin),
            "/srv/ledger": str(self.ledger),
            "/srv/nextstep/send-digests.sh": str(FILES / "send-digests.sh"),
        }
        for named, here in places.items():
            command = command.replace(named, here)
            env = {name: text.replace(named, here) for name, text in env.items()}
        done = subprocess.run(
            [*(shell or ("/bin/sh", "-c")), command],
            cwd=cwd or self.folder,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def sent(self) -> list[EmailMessage]:
        """Return the mails that were sent, in the order of whom they are for."""
        found = []
        for path in self.mails.iterdir():
            message = email.message_from_bytes(path.read_bytes(), policy=default)
            assert isinstance(message, EmailMessage)
            found.append(message)
        return sorted(found, key=lambda one: str(one["To"]))


def crontab() -> tuple[dict[str, str], list[str]]:
    """Return the variables and the commands of all lines for cron on the page."""
    blocks = re.findall(
        r"^```crontab\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    lines = [line for block in blocks for line in block.splitlines()]
    variables = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z]+=", line))
    timed = (re.fullmatch(r"(?:[\d*/,-]+ ){5} *(.*)", line) for line in lines)
    return variables, [found[1] for found in timed if found]
