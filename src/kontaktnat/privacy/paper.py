"""A text for people to read, point by point: Markdown in the language in force, and rows for programs."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import tr
from kontaktnat.plain import Plain


@frozen(kw_only=True, eq=False, repr=False)
class Item(Plain):
    """One sentence or thing; `id` is for programs, the names in `detail` are shown in brackets."""

    _shown = ("id",)

    text: str
    id: str = ""
    detail: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Section(Plain):
    """What is said on one point, with the articles of the GDPR that want it said (`13.1 a`)."""

    _shown = ("articles",)

    title: str
    articles: tuple[str, ...] = ()
    items: tuple[Item, ...] = field(default=(), converter=tuple[Item, ...])


@frozen(kw_only=True, eq=False, repr=False)
class Paper(Plain):
    """The whole: a title, a sentence or two, the sections."""

    _shown = ("name",)

    name: str
    title: str
    intro: tuple[str, ...] = ()
    sections: tuple[Section, ...]

    def markdown(self) -> str:
        """In the language in force (`i18n.speaking`); what people wrote is no markup."""
        lines = [f"# {_escaped(self.title)}", ""]
        for text in self.intro:
            lines += [_escaped(text), ""]
        for section in self.sections:
            lines += [f"## {_escaped(section.title)}", "", *_items(section), ""]
        return "\n".join(lines)

    def table(self) -> Table:
        """Rows: articles, section, text, id, detail."""
        columns = (
            Column(key="articles", title="Articles"),
            Column(key="section", title="Section"),
            Column(key="text", title="Text", whole=True),
            Column(key="id", title="Id"),
            Column(key="detail", title="Detail"),
        )
        rows = tuple(
            {
                "articles": ", ".join(section.articles),
                "section": section.title,
                "text": item.text,
                "id": item.id or None,
                "detail": ", ".join(item.detail) or None,
            }
            for section in self.sections
            for item in section.items
        )
        return Table(name=self.name, title=self.title, columns=columns, rows=rows)


def _items(section: Section) -> Iterator[str]:
    for item in section.items:
        detail = ", ".join(f"`{name}`" for name in item.detail)
        yield f"- {_escaped(item.text)} ({detail})" if detail else f"- {_escaped(item.text)}"


def _escaped(text: str) -> str:
    """On one line, and not taken for markup."""
    plain = " ".join(tr(text).split())
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|" else one for one in plain)
