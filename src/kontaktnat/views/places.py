"""The municipalities there are, and for which of them a hat or an actor stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kontaktnat import model
from kontaktnat.errors import Ambiguous, Invalid
from kontaktnat.model.asof import name_on
from kontaktnat.outward import Outward
from kontaktnat.refs import resolve
from kontaktnat.views.contacted import successors
from kontaktnat.views.standing import municipalities


class Places:
    """The municipalities there are today, and for which of them a hat or an actor stands."""

    def __init__(self, book: Outward) -> None:
        self.all = municipalities(book)
        """In Swedish order."""
        self.names: Mapping[str, str] = {one.id: name_on(one, book.today) for one in self.all}
        self.after = successors(book)
        whole = book.as_of(None)
        self._above: dict[str, str] = {one.id: one.parent for one in whole.actors.all() if one.parent}
        self._known: dict[str, frozenset[str]] = {}

    def of(self, actors: Iterable[str | None]) -> frozenset[str]:
        """Ids of the municipalities that these actors are, have become, or are a part of."""
        return frozenset[str]().union(*(self._of(id) for id in actors if id))

    def of_role(self, role: model.Role | None) -> frozenset[str]:
        """The same of where a role is and of what it covers; none where that is covered."""
        return self.of((role.actor, *role.covers)) if role else frozenset()

    def _of(self, actor: str) -> frozenset[str]:
        if actor not in self._known:
            seen: set[str] = set()
            near = [actor]
            while near:
                id = near.pop()
                if id not in seen:
                    seen.add(id)
                    near += [one for one in (self.after.get(id), self._above.get(id)) if one]
            self._known[actor] = frozenset(seen & self.names.keys())
        return self._known[actor]

    def chosen(self, book: Outward, text: str) -> list[model.Actor]:
        """The municipality that `text` names, itself or a part of it; of "", all.

        Raises NotFound or Ambiguous for a name, Invalid for one of something else.
        """
        if not text.strip():
            return self.all
        ids = self.named(book, text)
        if not ids:
            raise Invalid("{path}: {name} is no municipality", path="municipality", name=text)
        return [one for one in self.all if one.id in ids]

    def named(self, book: Outward, text: str) -> frozenset[str]:
        """Ids of the municipalities that an actor named by `text` is or is a part of.

        Raises NotFound or Ambiguous for the name.
        """
        try:
            return self.of([resolve(book, text, ("actor",)).id])
        except Ambiguous as error:  # Nybro is a police area too, and means the municipality here
            ids = frozenset(id for id, _ in error.fields["candidates"]) & self.names.keys()
            if len(ids) != 1:
                raise
            return ids
