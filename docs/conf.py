"""How Sphinx makes a site of the pages: `python3 dev.py docs`. Nothing is fetched by either."""

from __future__ import annotations

from typing import Any

import attrs

import kontaktnat
from kontaktnat.model import Record

project = "kontaktnat"
author = "kontaktnat contributors"
version = release = kontaktnat.__version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["reference/examples/*"]  # they stand in reference/views.md
myst_heading_anchors = 3  # a code host makes anchors of headings too, so the same links work there
smartquotes = False

html_theme = "furo"
html_title = "kontaktnat"
html_copy_source = False
html_show_copyright = False

# Docstrings write `code` with single backticks, as one reads it in the source.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
maximum_signature_line_length = 88


def own_fields(
    _app: Any, _what: str, _name: str, found: Any, _options: Any, signature: str | None, returned: str | None
) -> tuple[str | None, str | None]:
    """A record is shown by its own fields: those that all share would hide them, and stand at Record."""
    if not (isinstance(found, type) and attrs.has(found)):
        return signature, returned
    shared = set(attrs.fields_dict(Record)) if found is not Record and issubclass(found, Record) else set()
    fields = [one for one in attrs.fields(found) if one.name not in shared | {"unknown"}]
    star = ["*"] if fields and all(one.kw_only for one in fields) else []
    return f"({', '.join([*star, *map(stated, fields)])})", returned


def stated(one: attrs.Attribute[Any]) -> str:
    """A field as its class states it; the constructor's own signature would tell its converter's types."""
    text = f"{one.name}: {one.type}"  # annotations are text, for they are not evaluated
    if one.default is attrs.NOTHING:
        return text
    made_anew = isinstance(one.default, type(attrs.Factory(list)))
    return f"{text} = {'...' if made_anew else repr(one.default)}"


def setup(app: Any) -> None:
    """What Sphinx calls when it has read this."""
    app.connect("autodoc-process-signature", own_fields)
