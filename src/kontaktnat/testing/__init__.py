"""For tests of plugins and of programs that embed kontaktnat; needs pytest.

Contracts to inherit for a store, an exporter, an importer, a view, a check, a mailer, a code list; a clock
and ids to inject; and fixtures for who asks for them: `pytest_plugins = ["kontaktnat.testing.fixtures"]`. See
docs/embedding.md.
"""

from __future__ import annotations

import pytest

# Before the import, so that a failing assertion in a contract shows its values.
_ROOMS = (
    "category_contract", "check_contract", "format_contracts", "mailer_contract", "store_contract",
    "store_given", "store_reads", "store_turns", "store_writes",
)  # fmt: skip
pytest.register_assert_rewrite(*(f"kontaktnat.testing.{room}" for room in _ROOMS))

from kontaktnat.testing.category_contract import CategoryContract  # noqa: E402
from kontaktnat.testing.check_contract import CheckContract  # noqa: E402
from kontaktnat.testing.format_contracts import ExporterContract, ImporterContract, ViewContract  # noqa: E402
from kontaktnat.testing.injection import FixedClock, TickingClock, counted_ids  # noqa: E402
from kontaktnat.testing.mailer_contract import MailerContract  # noqa: E402
from kontaktnat.testing.prompt import Result  # noqa: E402
from kontaktnat.testing.store_contract import PersistentStoreContract, StoreContract  # noqa: E402

__all__ = [
    "CategoryContract", "CheckContract", "ExporterContract", "FixedClock", "ImporterContract",
    "MailerContract", "PersistentStoreContract", "Result", "StoreContract", "TickingClock", "ViewContract",
    "counted_ids",
]  # fmt: skip
