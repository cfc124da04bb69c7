"""HTML as plain text: enough to read a mail by, and to see in it what is quoted.

Own, not the stdlib's `html.parser`, which on some malformed mails raises or takes a time that grows by the
square of their length; nothing here is ever shown as HTML.
"""

from __future__ import annotations

import html
import re

MOST = 2_000_000
"""Characters of HTML that are read."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,20})([^<>]{0,20000})>")
_HIDDEN = ("script", "style", "head", "title", "template", "noscript")
_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _HIDDEN}
_END["head"] = re.compile(r"</head|<body|<div|<p", re.IGNORECASE)
_APART = frozenset(("p", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"))
_LINES = _APART | {
    "div", "br", "tr", "li", "section", "article", "header", "footer", "pre", "hr", "dl", "dt", "dd",
    "address", "center", "form", "fieldset", "body", "html", "o:p",
}  # fmt: skip
_DEEPEST = 20


def text_of(markup: str) -> str:
    """The text of `markup`, a line for each block, quotations marked by `> `."""
    markup = _commentless(markup[:MOST])
    lines: list[str] = []
    line: list[str] = []
    quoted = 0
    at = 0

    def end(blank: bool = False) -> None:
        said = " ".join("".join(line).split())
        line.clear()
        mark = "> " * min(quoted, _DEEPEST)
        if said:
            lines.append(mark + said)
        elif blank and lines and lines[-1].strip("> "):
            lines.append(mark.rstrip())

    for tag in _TAG.finditer(markup):
        if tag.start() < at:
            continue
        line.append(html.unescape(markup[at : tag.start()]))
        at = tag.end()
        closing, name = bool(tag[1]), tag[2].lower()
        if name in _HIDDEN and not closing:
            found = _END[name].search(markup, at)
            if found is None:
                break  # hidden to the end, as browsers have it
            at = found.start()
        elif name in ("td", "th") and closing:
            line.append(" ")
        elif name in _LINES:
            end(blank=name in _APART or (name == "br" and not "".join(line).strip()))
            if name == "blockquote":
                quoted = max(quoted + (-1 if closing else 1), 0)
            elif name == "li" and not closing:
                line.append("- ")
    else:
        line.append(html.unescape(markup[at:]))
    end()
    return "\n".join(lines).strip("\n")


def _commentless(markup: str) -> str:
    """Without comments, declarations and Word's conditional parts; one that never ends takes the rest."""
    kept: list[str] = []
    at = 0
    while (start := markup.find("<!", at)) >= 0:
        kept.append(markup[at:start])
        sign = "-->" if markup.startswith("<!--", start) else ">"
        end = markup.find(sign, start)
        if end < 0:
            return "".join(kept)
        at = end + len(sign)
    kept.append(markup[at:])
    return "".join(kept)
