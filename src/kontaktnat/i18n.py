"""What people read, in their language: every English sentence is its own key in gettext catalogues.

A `Text` is English until somebody at the edge (the command line, a page, a web application) asks for another
language. Data is never translated, only what is said of it.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "sv")
"""English needs no catalogue; the others are under `locale/`."""

_LANG: ContextVar[str] = ContextVar("lang", default="en")
_FOLDERS: dict[str, Path] = {"kontaktnat": Path(__file__).parent / "locale"}


class Text(str):
    """A sentence that can be said in several languages; as a str it is the English one.

    `Text("{n} record", "{n} records", n=3)`: `template` is an English sentence whose `{named}` places the
    fields fill, `plural` what it is where `n` is not one. A field may be a Text itself.
    """

    __slots__ = ("fields", "plural", "template")
    template: str
    plural: str
    fields: dict[str, Any]

    def __new__(cls, template: str, plural: str = "", /, **fields: Any) -> Text:
        self = super().__new__(cls, _filled(_form(template, plural, fields), fields, "en"))
        self.template, self.plural, self.fields = template, plural, fields
        return self

    def said(self, lang: str) -> str:
        """The sentence in a language; in English where it has no translation."""
        if lang == "en":
            return str(self)
        known = catalogue(lang)
        if self.plural:
            form = known.ngettext(self.template, self.plural, self.fields["n"])
        else:
            form = known.gettext(self.template) if self.template else ""
        return _filled(form, self.fields, lang)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (type(self), self.template, self.plural, self.fields)


class Label(Text):
    """The name of a thing that brings its own translations: a word of a vocabulary."""

    __slots__ = ()

    def __new__(cls, en: str, sv: str, /) -> Label:
        self = str.__new__(cls, en)
        self.template, self.plural, self.fields = en, sv, {}
        return self

    def said(self, lang: str) -> str:
        """The label in a language."""
        return self.plural if lang == "sv" else self.template


def language() -> str:
    """The language in force in this context (thread, task): English, unless `speaking` says otherwise."""
    return _LANG.get()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Inside, what is written for eyes is in `lang`: the prompt's output, a Markdown page."""
    token = _LANG.set(lang)
    try:
        yield
    finally:
        _LANG.reset(token)


def tr(text: str) -> str:
    """A text in the language in force."""
    return in_language(text, _LANG.get())


def in_language(text: str, lang: str) -> str:
    """Any text in a language: a Text by its template, another str as a sentence of its own."""
    if isinstance(text, Text):
        return text.said(lang)
    return text if lang == "en" or not text else catalogue(lang).gettext(text)


def joined(separator: str, texts: Any) -> Text:
    """Several texts as one."""
    parts = tuple(texts)
    between = separator.replace("{", "{{").replace("}", "}}")
    places = between.join(f"{{p{n}}}" for n in range(len(parts)))
    return Text(places, **{f"p{n}": part for n, part in enumerate(parts)})


def and_more(n: int) -> str:
    """How a list that was cut ends: " and 3 more"; "" where nothing was cut."""
    return Text(" and {n} more", " and {n} more", n=n) if n > 0 else ""


def or_nearest(name: str, known: Iterable[str], key: Callable[[str], str] = str) -> str:
    """How a refusal of an unknown name ends: " (nearest: phone)"; "" where none is near.

    Names are compared as `key` has them.
    """
    import difflib  # only where somebody made a slip

    spelled = {key(one): one for one in known}
    near = difflib.get_close_matches(key(name), spelled, 1)
    return Text(" (nearest: {names})", names=spelled[near[0]]) if near else ""


def catalogue(lang: str) -> gettext.NullTranslations:
    """All catalogues of a language: the core's, then the plugins'."""
    return _catalogue(lang, tuple(_FOLDERS.items()))


@cache
def _catalogue(lang: str, folders: tuple[tuple[str, Path], ...]) -> gettext.NullTranslations:
    found = gettext.NullTranslations()
    for domain, folder in folders:
        found.add_fallback(gettext.translation(domain, folder, languages=[lang], fallback=True))
    return found


def add_catalogue(domain: str, folder: Path) -> None:
    """Use `folder/LANG/LC_MESSAGES/domain.mo` too.

    In the whole process, for a sentence means the same in every book. Raises whatever gettext raises for
    a file that is none of its.
    """
    if domain not in _FOLDERS:
        for lang in LANGUAGES:
            gettext.translation(domain, folder, languages=[lang], fallback=True)
        _FOLDERS[domain] = folder


def folder_of(domain: str) -> Path:
    """Where a domain's catalogues lie."""
    return _FOLDERS[domain]


def _form(template: str, plural: str, fields: dict[str, Any]) -> str:
    return plural if plural and fields.get("n") != 1 else template


def _filled(form: str, fields: dict[str, Any], lang: str) -> str:
    if not fields:
        return form
    said = {name: value.said(lang) if isinstance(value, Text) else value for name, value in fields.items()}
    return form.format(**said)


def _rebuilt(cls: type[Text], template: str, plural: str, fields: dict[str, Any]) -> Text:
    return cls(template, plural, **fields)
