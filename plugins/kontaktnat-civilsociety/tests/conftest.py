"""The fixtures that kontaktnat has for everyone, with this plugin in use."""

from __future__ import annotations

import pytest

from kontaktnat.testing.fixtures import book, clock, ids, open_book
from kontaktnat_civilsociety import plugin

__all__ = ["book", "book_plugins", "clock", "ids", "open_book"]


@pytest.fixture
def book_plugins() -> list[object]:
    """This plugin, and the words of Sweden, in which sports clubs and study associations are."""
    return [plugin, "sweden"]
