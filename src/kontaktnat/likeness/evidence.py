"""Two documents of a type → how like they are, and why."""

from __future__ import annotations

from kontaktnat.errors import Usage
from kontaktnat.likeness.weighing import NOT_ALIKE, Likeness
from kontaktnat.query import Doc


def likeness(type: str, one: Doc, other: Doc) -> Likeness:
    """How like two documents of actors or contacts are; the same from either side.

    They are as the book has them, or a row of a file would be: not all fields need to be there. A contact
    may have `hats`: [{"actor": name, "parent": name, "function", "title", "since", "until", "ways"}]; an
    actor's `parent` is a name here. Raises Usage for another type.
    """
    if type == "contact":
        from kontaktnat.likeness.person import Person
        from kontaktnat.likeness.persons import persons

        return persons(Person(one), Person(other))
    if type == "actor":
        from kontaktnat.likeness.actors import actors
        from kontaktnat.likeness.organisation import Organisation

        return actors(Organisation(one), Organisation(other))
    raise Usage("actors and contacts are compared, not {type}", type=type)


__all__ = ["NOT_ALIKE", "Likeness", "likeness"]
