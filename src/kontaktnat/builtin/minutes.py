"""Minutes as Markdown: of a meeting that was held; of one to come, the same page is its agenda."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from kontaktnat.errors import Usage
from kontaktnat.extend import Outward
from kontaktnat.i18n import Text, tr
from kontaktnat.options import check_options
from kontaktnat.views.listing import clock
from kontaktnat.views.minutes import find_meeting, heading, sections


def write(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    """One meeting (`--set meeting=ID`, or a network's name: its latest), in the language in force."""
    check_options(options, meeting=None)
    if not options.get("meeting", "").strip():
        raise Usage("of which meeting? write --set meeting=ID, or the name of a network for its latest")
    meeting = find_meeting(out, options["meeting"])
    when = clock(meeting.when)
    titles = {"planned": Text("Agenda, {when}", when=when), "cancelled": Text("Cancelled, {when}", when=when)}
    under = [tr(titles.get(meeting.status, Text("Minutes, {when}", when=when))), meeting.place]
    lines = [f"# {_escaped(heading(out, meeting))}", "", ", ".join(filter(None, under)), ""]
    for title, points in sections(out, meeting):
        lines += [f"## {tr(title)}", "", *(f"- {_escaped(point)}" for point in points), ""]
    stream.write("\n".join(lines).encode())


def _escaped(text: str) -> str:
    """On one line, and not taken for markup."""
    plain = " ".join(tr(text).split())
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|" else one for one in plain)
