"""What the file beside the book remembers of a person: which mailings they have had (GDPR art. 15, 17)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kontaktnat.extend import PersonalData, Text
from kontaktnat_mail import journal

if TYPE_CHECKING:
    from kontaktnat.extend import Person


def personal_data(person: Person) -> Iterator[PersonalData]:
    """One thing for all that was sent to them by a server."""
    path = journal.beside(person.place)
    found = [one for one in journal.read(path) if one.who in person.records]
    if found:
        data = [{"at": one.at, "state": one.state, "message": one.id} for one in found]
        yield PersonalData(what=Text("which mailings they have been sent"), where=str(path), data=data)


def erase_person(person: Person) -> None:
    """Forget them; a mailing that is not finished does not go to them either: they are in no book."""
    path = journal.beside(person.place)
    if any(one.who in person.records for one in journal.read(path)):
        journal.forget(path, person.records)
