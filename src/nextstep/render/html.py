"""The frame of an HTML page: one file that needs nothing else, runs nothing and asks nobody.

It is read on a phone and in the dark, and printed: every length of type is relative, the colours
follow the reader's own setting, and on paper there is ink only where there are words.
"""

from __future__ import annotations

import html

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def escape(text: str) -> str:
    """Return safe text for HTML: between tags, and in an attribute with quotes."""
    return html.escape(text.strip(" "), quote=True)


def element(name: str, content: str, **attributes: str) -> str:
    """Return an element around HTML; ``class_`` is the attribute `class`, ``_`` in names is `-`."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{said}>{content}</{name}>"


def html_page(title: str, body: str) -> str:
    """Return a whole page; ``title`` is text, ``body`` is HTML."""
    return _FRAME.format(title=escape(title), policy=_POLICY, style=STYLE.strip(), body=body)


_FRAME = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
{body}
</body>
</html>
"""

STYLE = """
:root {
  color-scheme: light dark;
  --ink: #1b2126; --quiet: #566069; --line: #d8dcdf; --paper: #fdfdfb; --accent: #0b5877;
  --late: #a1280f; --today: #7a4a00; --good: #1d6636;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e8ea; --quiet: #a6afb7; --line: #3a4249; --paper: #14181b; --accent: #85c8e3;
    --late: #ff9f8a; --today: #efc272; --good: #8ed3a4;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
main { max-width: 44rem; margin: 0 auto; padding: clamp(1.25rem, 5vw, 3.5rem) clamp(1.1rem, 5vw, 2rem) 4rem; }
h1, h2, h3, p, ul, ol, dl, dd { margin: 0; padding: 0; }
ul { list-style: none; }
h1 { font-size: 1.75rem; line-height: 1.2; font-weight: 650; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 1.3rem; line-height: 1.3; font-weight: 650; text-wrap: balance; }
h3 { font-size: 1rem; line-height: 1.4; font-weight: 650; margin-bottom: 0.5rem; }
.about { color: var(--quiet); font-size: 0.875rem; margin-bottom: 1.5rem; }
.lead { margin-top: 0.5rem; }
.kind { color: var(--accent); font-size: 0.875rem; font-weight: 650; margin-bottom: 0.2rem; }
section { margin-top: 2.75rem; padding-top: 2.25rem; border-top: 1px solid var(--line); }
.part { margin-top: 1.6rem; }
main > .part > h2 { font-size: 1.05rem; margin-bottom: 0.5rem; }
section + .part, nav + .part { margin-top: 2.75rem; padding-top: 2.25rem; border-top: 1px solid var(--line); }
.quiet { color: var(--quiet); font-size: 0.9375rem; }
.late { color: var(--late); }
.today { color: var(--today); }
dl > div { display: grid; grid-template-columns: 10rem 1fr; column-gap: 1.25rem; padding: 0.2rem 0; }
dt { color: var(--quiet); }
dd { grid-column: 2; }
dd + dd { margin-top: 0.5rem; }
.rows > li + li, .boxes > li + li { margin-top: 0.75rem; }
.rows strong, .boxes strong { font-weight: 650; }
.rows .when { color: var(--quiet); }
.rows .when.late { color: var(--late); }
.rows .when.today { color: var(--today); }
.boxes > li { display: grid; grid-template-columns: 1.35rem 1fr; column-gap: 0.85rem; align-items: start; }
.box {
  position: relative; width: 1.3rem; height: 1.3rem; margin-top: 0.1rem;
  border: 2px solid var(--quiet); border-radius: 0.2rem;
}
.box.is-ticked { border-color: var(--good); }
.box.is-missing { border-color: var(--late); }
.box.is-ticked::after {
  content: ""; position: absolute; left: 0.34rem; top: 0.06rem; width: 0.38rem; height: 0.74rem;
  border: solid var(--good); border-width: 0 2.5px 2.5px 0; transform: rotate(42deg);
}
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.blank { display: block; height: 2.2rem; margin-bottom: 0.6rem; border-bottom: 1.5px solid var(--quiet); }
nav { margin-top: 2.25rem; }
nav li { border-top: 1px solid var(--line); }
nav li:last-child { border-bottom: 1px solid var(--line); }
nav a { display: flex; flex-wrap: wrap; align-items: baseline; align-content: center; column-gap: 0.75rem; min-height: 44px; padding: 0.5rem 0; color: var(--accent); text-decoration: none; }
nav a:hover { text-decoration: underline; text-underline-offset: 0.2em; }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code { font: 0.9375em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.alarm { margin-top: 1.5rem; padding: 0.2rem 0 0.2rem 1rem; border-left: 4px solid var(--late); }
.foot { margin-top: 2rem; color: var(--quiet); font-size: 0.9375rem; }
@media (max-width: 32rem) {
  dl > div { display: block; padding: 0.3rem 0; }
  dt { font-size: 0.875rem; }
  h1 { font-size: 1.5rem; }
}
@media print {
  :root {
    color-scheme: light;
    --ink: #000; --quiet: #333; --line: #888; --paper: #fff; --accent: #000; --late: #000;
    --today: #000; --good: #000;
  }
  @page { margin: 14mm 16mm 15mm; }
  html { font-size: 10pt; }
  body { font-size: 1rem; line-height: 1.35; background: none; }
  main { max-width: none; padding: 0; }
  nav, .screen { display: none; }
  .about { margin-bottom: 0.7rem; }
  .lead { margin-top: 0.25rem; }
  h1 { font-size: 16pt; }
  h2 { font-size: 12.5pt; }
  section { margin-top: 5mm; padding-top: 4.5mm; break-inside: avoid-page; page-break-inside: avoid; }
  section:first-of-type { break-inside: auto; page-break-inside: auto; }
  section + .part { margin-top: 5mm; padding-top: 4.5mm; }
  .part { margin-top: 3.2mm; break-inside: avoid; page-break-inside: avoid; }
  h1, h2, h3 { break-after: avoid; page-break-after: avoid; }
  li, dl > div { break-inside: avoid; page-break-inside: avoid; }
  .rows > li + li, .boxes > li + li { margin-top: 0.4rem; }
  h3, main > .part > h2 { margin-bottom: 0.3rem; }
  dl > div { display: grid; padding: 0.1rem 0; }
  .box { width: 4.4mm; height: 4.4mm; border-width: 0.35mm; }
  .box.is-ticked::after { left: 1.25mm; top: 0.2mm; width: 1.2mm; height: 2.4mm; border-width: 0 0.5mm 0.5mm 0; }
  .blank { height: 10mm; border-bottom-width: 0.3mm; }
}
"""
