"""What was wrong with a form, as its first line: there the one who edits it looks first."""

from __future__ import annotations

_MARK = "# !!"


def with_remark(text: str, message: str) -> str:
    """The text with a remark as its first line, in place of an earlier one."""
    return f"{_MARK} {' '.join(message.split())}\n{without_remark(text)}"


def without_remark(text: str) -> str:
    """The text as it was before a remark was put on it."""
    first, newline, rest = text.partition("\n")
    return rest if newline and first.startswith(_MARK) else text
