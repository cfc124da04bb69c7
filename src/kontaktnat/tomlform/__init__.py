"""A record as TOML that a person can edit, and back: `to_toml`, then `from_toml` says what changed.

Hidden fields, fields of newer versions and values that TOML cannot say are not shown, and stay as they are.
"""

from kontaktnat.tomlform.reading import from_toml, revision
from kontaktnat.tomlform.remark import with_remark
from kontaktnat.tomlform.writing import to_toml

__all__ = ["from_toml", "revision", "to_toml", "with_remark"]
