"""Posts of county packs, whose ids are the same in every book, and who comes to be protected in one.

The id of such a role would tell where its holder works. So the holder gets a role of their own, with all that
leads to the post, and the post is vacant again, as the pack has it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from kontaktnat import codec, model
from kontaktnat.errors import KontaktnatError
from kontaktnat.judge import pointers
from kontaktnat.model.walk import links, relinked
from kontaktnat.query import F

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.plugins import Plugins
    from kontaktnat.unit import Unit

log = logging.getLogger("kontaktnat")


def known_posts(plugins: Plugins) -> Mapping[str, model.Role]:
    """The roles of all installed county packs, by id; of a pack that cannot be read, none."""
    found: dict[str, model.Role] = {}
    packs = plugins.collect("register_county_packs")
    # A county's own pack, which knows more of a post, after those that hold of any.
    for name, pack in sorted(packs.items(), key=lambda one: not one[1].general):
        try:
            with plugins.running("register_county_packs", name):
                records: Iterable[model.Record] = tuple(pack.records())
        except KontaktnatError as error:  # that somebody is protected does not wait for it
            log.warning("%s", error)
            continue
        found |= {one.id: one for one in records if isinstance(one, model.Role)}
    return found


def vacate(book: Book, unit: Unit, people: Iterable[str]) -> None:
    """Take these protected people out of the posts whose id is known, within the transaction."""
    held = unit.find("role", F("contact").in_(tuple(people)))
    if not held:
        return
    known = known_posts(book.plugins)
    for doc in held:
        if post := known.get(doc["id"]):
            _move(book, unit, codec.from_doc(model.Role, doc), post)


def _move(book: Book, unit: Unit, role: model.Role, post: model.Role) -> None:
    own = attrs.evolve(role, id=model.RoleId(book._fresh_id()), rev=0)
    # Its words and plugin fields stood in the book; nobody sets them now.
    own = book._stage(own, None, origin="archive")
    for kind, id in pointers(unit, {role.id}).get(role.id, ()):
        stored = unit.current(kind, id)
        assert stored is not None
        pointing = codec.from_doc(model.RECORDS[kind], stored)
        book._stage(relinked(pointing, role.id, own.id), stored, origin=unit.origin(kind, id))
    unit.current("role", role.id)
    rev = max(role.rev, (unit.before("role", role.id) or {}).get("rev", 0)) + 1
    # Not told when it changed: that was when the new role was made.
    kept: dict[str, Any] = {"rev": rev, "created": role.created, "created_by": role.created_by}
    vacant = attrs.evolve(_standing(unit, role, post), **kept)
    unit.put("role", role.id, codec.to_doc(vacant), "archive")


def _standing(unit: Unit, role: model.Role, post: model.Role) -> model.Role:
    """The pack's post without what is not in the book any more."""
    for _, id, types in links(post):
        if any(unit.get(name, id) is not None for name in types):
            continue
        if id == post.actor:
            post = attrs.evolve(post, actor=role.actor)
        else:
            post = relinked(post, id, None)
    return post
