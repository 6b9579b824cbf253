"""A browser shows the pages as they are meant: on a screen by day and by night, on a phone, on paper.

Chromium comes from Debian (`apt install chromium`), axe-core and puppeteer-core from npm
(`npm install axe-core puppeteer-core`, and NODE_PATH names the folder `node_modules`).
NEXTSTEP_PICTURES names a folder that keeps what the browser showed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.commands import LEDGERS, run

pytestmark = pytest.mark.outside

PAGES = {
    "offered": ("7wde", "take-in"),
    "returned": ("8xef", "take-in"),
    "accepted": ("9yfg", "take-in"),
    "gate": ("9yfg", "ride"),
    "step": ("9yfg", "fix"),
    "run": ("7wde",),
    "process": ("repair",),
    "commitment": ("ggg5",),
    "for-customer": ("9yfg", "--for-customer"),
    "process-for-customer": ("repair", "--for-customer"),
}
DIGESTS = {
    "digest-of-one": ("--for", "ana"),
    "digest-of-all": ("--for", "all"),
    "digest-of-a-process": ("--process", "annual-customer-review"),
    "digest-learned": ("--learned", "--since", "2026-10-01"),
}
"""Of the example ledger."""
NAMES = [*PAGES, *DIGESTS]
VIEWS = [
    {"name": "light", "scheme": "light", "width": 900},
    {"name": "dark", "scheme": "dark", "width": 900},
    {"name": "phone", "scheme": "light", "width": 375},
    {"name": "phone-dark", "scheme": "dark", "width": 375},
    {"name": "narrow", "scheme": "light", "width": 320},
]
_LOOK = """
const puppeteer = require('puppeteer-core'), fs = require('fs');
const {browser, views, pages} = JSON.parse(process.argv[1]);
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
(async () => {
  const program = await puppeteer.launch({executablePath: browser, args: ['--no-sandbox']});
  const found = [];
  for (const path of pages) for (const view of views) {
    const page = await program.newPage();
    const asked = [];
    page.on('request', one => asked.push(one.url()));
    await page.setBypassCSP(true);
    await page.setViewport({width: view.width, height: 900});
    await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: view.scheme}]);
    await page.goto('file://' + path);
    await page.screenshot({path: path.replace('.html', `-${view.name}.png`), fullPage: true});
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    const small = await page.evaluate(() => [...document.querySelectorAll('a, button, input')]
      .map(one => one.getBoundingClientRect()).filter(one => one.height < 44).length);
    await page.evaluate(axe);
    const said = await page.evaluate(() => axe.run(document));
    found.push({path, view: view.name, wide, small, asked: asked.filter(one => one !== page.url()),
      passes: said.passes.length, violations: said.violations.map(one => one.id),
      unsure: said.incomplete.map(one => one.id)});
    if (view.name === 'light')
      for (const format of ['A4', 'Letter'])
        await page.pdf({path: path.replace('.html', `-${format}.pdf`), format});
    await page.close();
  }
  await program.close();
  console.log(JSON.stringify(found));
})();
"""


def _program(*names: str) -> str:
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.skip(f"{' or '.join(names)} is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    """The pages as files, and beside them what the browser showed and printed."""
    kept = os.environ.get("NEXTSTEP_PICTURES")
    place = Path(kept) if kept else tmp_path_factory.mktemp("pages")
    place.mkdir(parents=True, exist_ok=True)
    ledger = tmp_path_factory.mktemp("town") / "workshop"
    shutil.copytree(LEDGERS / "workshop", ledger)
    asked = {name: (ledger, "checklist", *words) for name, words in PAGES.items()}
    asked |= {name: (project_root, "digest", *words) for name, words in DIGESTS.items()}
    for name, (where, *words) in asked.items():
        ran = run("-C", str(where), *map(str, words), "--format", "html")
        assert (ran.code, ran.err) == (0, "")
        (place / f"{name}.html").write_text(ran.out, "utf-8")
    return place


@pytest.fixture(scope="module")
def seen(folder: Path) -> list[dict[str, Any]]:
    """What the browser and axe-core say of each page in each view."""
    asked = {
        "browser": _program("chromium", "chromium-browser", "google-chrome"),
        "views": VIEWS,
        "pages": [str(folder / f"{name}.html") for name in NAMES],
    }
    done = subprocess.run(
        [_program("node"), "-e", _LOOK, json.dumps(asked)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "Cannot find module" in done.stderr:
        pytest.skip(
            "axe-core and puppeteer-core are not installed, or NODE_PATH does not name them"
        )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(found) == len(NAMES) * len(VIEWS)
    return found


def test_axe_core_finds_nothing_to_mend(seen: list[dict[str, Any]]) -> None:
    assert {one["path"]: one["violations"] for one in seen if one["violations"]} == {}
    assert {one["path"]: one["unsure"] for one in seen if one["unsure"]} == {}
    assert min(one["passes"] for one in seen) >= 15


def test_nothing_is_wider_than_the_screen(seen: list[dict[str, Any]]) -> None:
    assert [(one["path"], one["view"]) for one in seen if one["wide"]] == []


def test_whatever_is_tapped_is_large_enough_for_a_thumb(seen: list[dict[str, Any]]) -> None:
    assert [(one["path"], one["view"]) for one in seen if one["small"]] == []


def test_a_page_asks_for_nothing_else(seen: list[dict[str, Any]]) -> None:
    assert [one["asked"] for one in seen if one["asked"]] == []


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_on_paper_a_hand_off_takes_two_sheets_at_most_and_no_colour(
    folder: Path, paper: str
) -> None:
    """All words are there, and the ink is black and grey."""
    counted = subprocess.run(
        [_program("pdfinfo"), folder / f"offered-{paper}.pdf"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (pages,) = [line.split()[1] for line in counted.splitlines() if line.startswith("Pages:")]
    assert int(pages) <= 2
    words = subprocess.run(
        [_program("pdftotext"), "-layout", folder / f"offered-{paper}.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for said in ("Must include", "the key of the lock", "receiver says back", "Ask the scrapyard"):
        assert said in words
    picture = subprocess.run(
        [_program("pdftoppm"), "-r", "50", "-f", "1", "-l", "1", folder / f"offered-{paper}.pdf"],
        capture_output=True,
        check=True,
    ).stdout
    _, _, _, dots = picture.split(b"\n", 3)
    colours = {dots[at : at + 3] for at in range(0, len(dots) - 2, 3)}
    assert all(max(one) - min(one) <= 2 for one in colours)
    dark = sum(dots[at] < 128 for at in range(0, len(dots), 3))
    assert dark < len(dots) / 3 * 0.06
