"""Every error the library raises on purpose: one base class that carries its code, exit status and fields.

An embedding program catches `KontaktnatError`, reads `code` and `fields` and may print its own words;
the command line prints `message()` and exits with `exit_code`. Nothing else is raised deliberately.
"""

from __future__ import annotations

import errno
from datetime import date
from typing import Any, ClassVar

from kontaktnat.i18n import Text

__all__ = [
    "Ambiguous", "Conflict", "Invalid", "KontaktnatError", "NotFound", "PluginConflict", "PluginError",
    "Refused", "StoreBusy", "StoreDamaged", "Usage", "Veto",
]  # fmt: skip


class KontaktnatError(Exception):
    """Base of all errors here: `template`, an English sentence whose `{named}` places `fields` fill."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, template: str, /, **fields: Any) -> None:
        super().__init__(template)
        self.template = template
        self.fields = fields

    def message(self, lang: str = "en") -> str:
        """One line that says what is wrong and what to do, in `lang` where a translation exists."""
        return self.text.said(lang)

    @property
    def text(self) -> Text:
        """The message, to be said in any language later: as a field of another message, say."""
        return self.told()

    def told(self, **fields: Any) -> Text:
        """The message with some of its fields said in another way."""
        return Text(self.template, **{**self.fields, **fields})

    def __str__(self) -> str:
        return self.message()

    def __reduce__(self) -> tuple[Any, ...]:
        # Keyword fields would be lost by Exception's own pickling (multiprocessing needs it).
        return _rebuild, (type(self), self.template, self.fields)


def _rebuild(cls: type[KontaktnatError], template: str, fields: dict[str, Any]) -> KontaktnatError:
    return cls(template, **fields)


class Usage(KontaktnatError):
    """The call itself is wrong: an option that does not exist, a path that is no book."""

    code, exit_code = "usage", 2


class NotFound(KontaktnatError):
    """Nothing by that name or id; `fields["nearest"]` holds the closest names."""

    code, exit_code = "not_found", 3


class Ambiguous(KontaktnatError):
    """Several records fit; `fields["candidates"]` lists them as (id, name) pairs. Never a guess."""

    code, exit_code = "ambiguous", 4


class Invalid(KontaktnatError):
    """A value that does not fit; `fields["path"]` names the place, as in `participants[2].role`."""

    code, exit_code = "invalid", 5


class Conflict(KontaktnatError):
    """Somebody else changed the record since it was read; `fields["changed"]` names what differs."""

    code, exit_code = "conflict", 6


class Refused(KontaktnatError):
    """Allowed in form, refused on principle: a veto, a protected person, an undo others depend on."""

    code, exit_code = "refused", 6


class Veto(Refused):
    """What a plugin's `before_save` or `before_delete` raises to refuse a write.

    `reason` is a sentence; with `fields`, one whose `{named}` places they fill, so that it can be translated.
    """

    code = "veto"

    def __init__(self, reason: str, /, **fields: Any) -> None:
        if not isinstance(reason, Text):
            reason = Text(reason, **fields)
        super().__init__("{reason}", **{**fields, "reason": reason})

    def __reduce__(self) -> tuple[Any, ...]:
        return Veto, (self.fields["reason"],)


class StoreBusy(KontaktnatError):
    """Another process holds the book longer than the caller was willing to wait."""

    code, exit_code = "store_busy", 7


class StoreDamaged(KontaktnatError):
    """The book's file cannot be read or written as promised."""

    code, exit_code = "store_damaged", 8


class PluginError(KontaktnatError):
    """A plugin failed where its failure cannot be passed over; `fields["plugin"]` names it."""

    code, exit_code = "plugin", 9


class PluginConflict(PluginError):
    """Two plugins claim the same name; the message names both."""

    code = "plugin_conflict"


_LONG = 80
_REASONS = {
    errno.ENOSPC: Text("No space left on device"),
    errno.EFBIG: Text("File too large"),
    errno.EDQUOT: Text("Disk quota exceeded"),
    errno.EACCES: Text("Permission denied"),
    errno.EPERM: Text("Operation not permitted"),
    errno.EROFS: Text("Read-only file system"),
    errno.EIO: Text("Input/output error"),
    errno.EISDIR: Text("Is a directory"),
    errno.ENOENT: Text("No such file or directory"),
}


def shown(value: Any) -> str:
    """A value in a message: what was typed, as Python writes it; of what may be a whole record its type."""
    if isinstance(value, str):
        return repr(value if len(value) <= _LONG else f"{value[:_LONG]}…")
    if not value or isinstance(value, int | float | date):
        import reprlib  # cuts a number of a thousand digits

        return reprlib.repr(value)
    return type(value).__name__


def reason(error: Exception) -> str:
    """What the system says of an error, translated where it is usual; Windows speaks its own language."""
    if getattr(error, "winerror", None) is None and (
        known := _REASONS.get(getattr(error, "errno", None) or 0)
    ):
        return known
    return getattr(error, "strerror", None) or str(error)
