"""A plain text as a page of HTML, for the alternative that most programs show: paragraphs, lists, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_ITEM = re.compile(r"[-*•]\s+")
_STYLE = "font-family:Calibri,Arial,sans-serif;font-size:11pt;line-height:1.4;color:#1a1a1a"


def page(text: str, lang: str) -> str:
    """A whole page; a blank line ends a paragraph, a line that begins with `- ` is an item of a list."""
    blocks = "\n".join(_blocks(text))
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head><meta charset="utf-8"></head>\n'
        f'<body style="{_STYLE}">\n{blocks}\n</body>\n</html>\n'
    )


def _blocks(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        for is_list, lines in groupby(paragraph.splitlines(), lambda line: bool(_ITEM.match(line.strip()))):
            if is_list:
                items = "".join(f"<li>{_linked(_ITEM.sub('', line.strip(), 1))}</li>" for line in lines)
                yield f"<ul>{items}</ul>"
            else:
                yield "<p>" + "<br>\n".join(_linked(line.strip()) for line in lines) + "</p>"


def _linked(line: str) -> str:
    """Escaped, with what is an address of a page or of a mailbox as a link."""
    found: list[str] = []
    at = 0
    for one in re.finditer(f"{_LINK.pattern}|{_MAIL.pattern}", line, re.ASCII):
        target = one[0] if one[0].startswith("http") else f"mailto:{one[0]}"
        found += [escape(line[at : one.start()]), f'<a href="{escape(target)}">{escape(one[0])}</a>']
        at = one.end()
    return "".join((*found, escape(line[at:])))
