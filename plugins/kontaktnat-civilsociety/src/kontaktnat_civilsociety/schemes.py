"""The two code lists, read from the data that is kept beside."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib import resources

from kontaktnat.extend import Category, CategoryScheme

ICNPO, LEGAL_FORM = "icnpo", "legal_form"


@cache
def schemes() -> tuple[CategoryScheme, ...]:
    """ICNPO, kept among categories, and SCB's legal forms, kept in the actor's own field."""
    return (
        CategoryScheme(name=ICNPO, title="ICNPO: what an association does", categories=_read("icnpo.csv")),
        CategoryScheme(
            name=LEGAL_FORM,
            title="Legal forms (SCB)",
            categories=_read("legal_forms.csv"),
            kept_in="legal_form",
        ),
    )


def _read(name: str) -> tuple[Category, ...]:
    text = (resources.files("kontaktnat_civilsociety") / "data" / name).read_text("utf-8")
    return tuple(
        Category(
            code=row["code"],
            parent=row["parent"],
            sv=row["sv"],
            en=row["en"],
            synonyms=tuple(filter(None, row["synonyms"].split("|"))),
            organisations_only=row["organisations_only"] == "yes",
        )
        for row in csv.DictReader(io.StringIO(text), delimiter=";")
    )
