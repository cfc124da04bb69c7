"""The fixtures that kontaktnat has for everyone, with this plugin in use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kontaktnat.testing.fixtures import book, clock, ids, open_book
from kontaktnat_vcard import plugin

__all__ = ["book", "book_plugins", "clock", "ids", "open_book"]

sys.path.insert(0, str(Path(__file__).parent))  # for vcard_samples: tests of plugins are in no package


@pytest.fixture
def book_plugins() -> list[object]:
    """This plugin alone."""
    return [plugin]
