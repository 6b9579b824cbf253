"""Draw what a terminal shows, as SVG; with --check say which pictures are out of date.

    python docs/pictures.py            write docs/pictures/
    python docs/pictures.py --check    exit code 1 if a picture would change

Each is the answer of a command in the example with its history, in the colours of a dark terminal. A
picture asks nobody for a font, and says in words what it shows.
"""

from __future__ import annotations

import sys
import tempfile
from html import escape
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from console_blocks import environment_of, make_folder
from running import in_a_fork

FOLDER = Path(__file__).resolve().parent / "pictures"
COLUMNS = 100
PICTURES = {
    "due": "nextstep due --who dev",
    "checklist": "nextstep checklist 7qhd collect/product",
    "show": "nextstep show k3f9",
    "digest": "nextstep digest --for ana",
    "review": "nextstep review HEAD~12..HEAD",
    "trail": "nextstep trail nj4k",
}
"""What is shown, by the name of its picture."""

_THEME = TerminalTheme(
    (20, 24, 27),
    (230, 232, 234),
    [
        (58, 66, 73),
        (255, 143, 122),
        (142, 211, 164),
        (239, 194, 114),
        (133, 200, 227),
        (214, 164, 230),
        (133, 214, 207),
        (230, 232, 234),
    ],
)
_FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" role="img" aria-labelledby="ABOUT" \
xmlns="http://www.w3.org/2000/svg">
<title id="ABOUT">WORDS</title>
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, monospace; \
font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def pictures() -> dict[str, str]:
    """Return every picture by its file name."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "acme"
        make_folder("<!-- folder: example -->", folder)
        return {f"{name}.svg": _drawn(name, words, folder) for name, words in PICTURES.items()}


def _drawn(name: str, command: str, folder: Path) -> str:
    words = ["--color", "always", *command.split()[1:], "--format", "text"]
    env = {**environment_of(folder), "COLUMNS": str(COLUMNS), "NEXTSTEP_TODAY": "2026-11-23"}
    ran = in_a_fork(words, folder, env)
    if ran.code:
        raise RuntimeError(ran.err)
    console = Console(
        record=True,
        width=COLUMNS,
        file=StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
    )
    console.print(Text.from_ansi(f"$ {command}\n{ran.out.rstrip()}"))
    about = escape(f"A terminal shows the answer of {command}")
    frame = _FRAME.replace("ABOUT", f"{name}-about").replace("WORDS", about)
    return console.export_svg(
        title="nextstep", theme=_THEME, code_format=frame, unique_id=f"nextstep-{name}"
    )


def main(arguments: list[str]) -> int:
    """Write or check the pictures."""
    wanted = pictures()
    there = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*")}
    changed = sorted(name for name in wanted | there if wanted.get(name) != there.get(name))
    if arguments == ["--check"]:
        for name in changed:
            print(f"docs/pictures/{name} is not what the program shows")
        return 1 if changed else 0
    FOLDER.mkdir(exist_ok=True)
    for name in changed:
        (FOLDER / name).unlink(missing_ok=True)
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], "utf-8")
    print(f"{len(wanted)} pictures, {len(changed)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
