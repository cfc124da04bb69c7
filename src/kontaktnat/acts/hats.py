"""A hat put on: in the vacant post of its function there, or else beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from kontaktnat.acts.handover import told_of
from kontaktnat.errors import Ambiguous
from kontaktnat.i18n import Text, joined
from kontaktnat.model import Role
from kontaktnat.model.dates import holds
from kontaktnat.refs import describe

if TYPE_CHECKING:
    from kontaktnat.book import Book


def put_on(book: Book, role: Role, post: str | None) -> Role:
    """See `Book.put_on`."""
    with book.transaction("add role"):
        return _put_on(book, role, post)


def _put_on(book: Book, role: Role, post: str | None) -> Role:
    if role.contact and book.contacts.get(role.contact).protected:
        return book.add(role)  # a pack's post has an id that is known: filling it would tell the workplace
    vacant = _vacant(book, role)
    ahead = role.since is not None and role.since.first > book.today
    if not vacant or role.contact is None or not (ahead or holds(role.since, role.until, book.today)):
        return book.add(role)
    stands = next((one for one in vacant if one.id == post), None)
    if stands is None and len(vacant) > 1:
        raise _which_post(book, vacant)
    stands = book.roles.get((stands or vacant[0]).id)
    if ahead:  # vacant until then
        stands = book.update(stands, until=role.since)
        return book.add(
            attrs.evolve(role, actor=stands.actor, covers=role.covers or stands.covers,
                         assignment=role.assignment or stands.assignment)
        )  # fmt: skip
    given = {
        field.name: getattr(role, field.name)
        for field in attrs.fields(Role)
        if field.name != "actor" and getattr(role, field.name) != field.default
    }
    if told_of(book, stands.id):  # a meeting met the vacant post, and minutes keep that
        stands = book.handover(stands, role.contact, on=role.since).role
        given.pop("since", None)
    return book.update(book.roles.get(stands.id), **given)


def _vacant(book: Book, role: Role) -> list[Role]:
    """Posts without a holder that the role may be."""
    vacant = [
        post
        for post in book.as_of(book.today).roles.where(contact=None, function=role.function)
        if "contact" not in post.hidden
        and role.actor in (post.actor, *post.covers)
        and (not role.assignment or post.assignment in (None, role.assignment))
    ]
    return [post for post in vacant if post.assignment == role.assignment] or vacant


def _which_post(book: Book, vacant: Sequence[Role]) -> Ambiguous:
    candidates = [(post.id, describe(book, post)) for post in vacant]
    return Ambiguous(
        "{text} are vacant there: {shown}; write FUNCTION@MUNICIPALITY",
        text=Text("several posts"),
        candidates=candidates,
        shown=joined("; ", (Text("{id} {what}", id=id, what=what) for id, what in candidates)),
    )
