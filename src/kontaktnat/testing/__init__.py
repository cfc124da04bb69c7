"""For tests of plugins and of programs that embed kontaktnat; needs pytest."""

from __future__ import annotations

import pytest

# Before the import, so that a failing assertion in a contract shows its values.
pytest.register_assert_rewrite("kontaktnat.testing.store_contract")

from kontaktnat.testing.store_contract import PersistentStoreContract, StoreContract  # noqa: E402

__all__ = ["PersistentStoreContract", "StoreContract"]
