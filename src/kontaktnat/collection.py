"""Typed collections: `book.actors.where(kind="municipality")`. Records come redacted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from kontaktnat import model
from kontaktnat.errors import Invalid, NotFound, Usage, shown
from kontaktnat.i18n import or_nearest
from kontaktnat.model.dates import to_date
from kontaktnat.model.names import type_label
from kontaktnat.query import Condition, F

if TYPE_CHECKING:
    from typing import TypedDict, Unpack

    from kontaktnat.outward import Outward

R = TypeVar("R", bound=model.Record)
Day = model.PartialDate | date | str


class Collection(Generic[R]):
    """All records of one type."""

    def __init__(self, source: Outward, cls: type[R]) -> None:
        self._source = source
        self._cls = cls

    def get(self, id: str) -> R:
        """The record with this id; raises NotFound."""
        if (record := self._source.peek(self._cls, id)) is None:
            raise NotFound("no {type} {id}", type=type_label(self._cls.type), id=id, nearest=())
        return record

    def all(self) -> list[R]:
        """Every record, by id."""
        return self._source.select(self._cls, None)

    def __iter__(self) -> Iterator[R]:
        return iter(self.all())

    def _where(self, conditions: tuple[Condition, ...], fields: Mapping[str, Any]) -> list[R]:
        if wrong := [one for one in conditions if not isinstance(one, Condition)]:
            raise Usage('where takes FIELD=VALUE or a condition as F("field").is_(…), not {value}',
                        value=shown(wrong[0]))  # fmt: skip
        query: Condition | None = None
        for condition in (*conditions, *(condition_for(self._cls, *item) for item in fields.items())):
            query = condition if query is None else query & condition
        return self._source.select(self._cls, query)


def condition_for(cls: type[model.Record], name: str, value: Any) -> Condition:
    """`name=value` as a condition. Several values (list, tuple, set) mean any of them.

    Raises Invalid, with the nearest, for a field that the record does not have.
    """
    known = {attribute.name: attribute for attribute in attrs.fields(cls)}
    if name not in known:
        hint = or_nearest(name, known)
        raise Invalid(
            "{path}: {type} has no such field{hint}", path=name, type=type_label(cls.type), hint=hint
        )
    default = known[name].default
    wanted = tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)
    for item in wanted:
        _comparable(name, item)
        if known[name].converter is to_date and item and isinstance(item, str):
            to_date(item)  # raises Invalid: what is no date is not merely found nowhere
    plain = tuple(item.isoformat() if isinstance(item, date) else _plain(item) for item in wanted)
    # A document leaves out what is the default, and an empty list of values fits nothing.
    if any(item == default or (not item and not default) for item in wanted):
        plain = (*plain, None)
    return F(name).in_(plain)


def _comparable(name: str, value: Any) -> None:
    if isinstance(value, model.Record):
        raise Usage("{path}: compare with its id, as in {path}=record.id", path=name)
    if value is not None and not isinstance(value, str | int | float | date | model.PartialDate):
        raise Usage("{path}: nothing can be equal to {value}", path=name, value=shown(value))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, model.PartialDate) else value


if TYPE_CHECKING:  # nothing asks for these when it runs, and to make them takes a while at every start

    class _Common(TypedDict, total=False):
        id: str | list[str]
        tags: str
        categories: str | list[str]
        county: str
        shared: bool
        draft: bool
        created_by: str
        changed_by: str

    class ActorFields(_Common, total=False):
        name: str
        kind: str | list[str]
        aliases: str
        place: str | list[str]
        parent: model.ActorId | None
        org_number: str
        legal_form: str
        sector: str
        protected: bool
        succeeded_by: model.ActorId | None
        cadence: str

    class ContactFields(_Common, total=False):
        name: str
        given: str
        family: str
        protected: bool
        purpose: str
        legal_basis: str
        source: str
        informed_how: str

    class RoleFields(_Common, total=False):
        contact: model.ContactId | None
        actor: model.ActorId | list[model.ActorId] | None
        function: str | list[str]
        title: str
        assignment: model.AssignmentId | None
        covers: model.ActorId
        since: Day | None
        until: Day | None
        cadence: str

    class AssignmentFields(_Common, total=False):
        name: str
        level: str
        national_body: str
        horizon: str
        target_groups: str
        risk_factors: str
        prevention_level: str
        individual_data: bool

    class NetworkFields(_Common, total=False):
        name: str
        level: str
        functions: str
        cadence: str
        host: model.ActorId | None
        assignments: model.AssignmentId

    class CommitmentFields(_Common, total=False):
        kind: str | list[str]
        actor: model.ActorId | None
        parties: model.ActorId
        decided_by: str
        valid_from: Day | None
        valid_until: Day | None

    class TopicFields(_Common, total=False):
        kind: str | list[str]
        title: str
        status: str | list[str]
        raised_by: model.ActorId
        raised_on: Day | None
        source: str
        evidence: str
        lifted_to: str

    class InteractionFields(_Common, total=False):
        kind: str | list[str]
        status: str | list[str]
        direction: str
        network: model.NetworkId | None
        series: str
        topics: model.TopicId
        assignments: model.AssignmentId
        mandate: int
        process_step: int | None
        registry_number: str
        source: str
        support: str
        audience: str

    class FollowUpFields(_Common, total=False):
        side: str
        owner: str
        about: str
        since: Day | None
        due: Day | None
        done_on: Day | None

    class PendingFields(_Common, total=False):
        kind: str
        source: str
        candidates: str

    class SettingFields(_Common, total=False):
        pass


class Actors(Collection[model.Actor]):
    def where(self, *conditions: Condition, **fields: Unpack[ActorFields]) -> list[model.Actor]:
        """Those that fulfil all conditions, by id."""
        return self._where(conditions, fields)

    def count(self, *conditions: Condition, **fields: Unpack[ActorFields]) -> int:
        """How many fulfil all conditions."""
        return len(self._where(conditions, fields))


class Contacts(Collection[model.Contact]):
    def where(self, *conditions: Condition, **fields: Unpack[ContactFields]) -> list[model.Contact]:
        """Those that fulfil all conditions, by id."""
        return self._where(conditions, fields)

    def count(self, *conditions: Condition, **fields: Unpack[ContactFields]) -> int:
        """How many fulfil all conditions."""
        return len(self._where(conditions, fields))


class Roles(Collection[model.Role]):
    def where(self, *conditions: Condition, **fields: Unpack[RoleFields]) -> list[model.Role]:
        """Those that fulfil all conditions, by id."""
        return self._where(conditions, fields)

    def count(self, *conditions: Condition, **fields: Unpack[RoleFields]) -> int:
        """How many fulfil all conditions."""
        return len(self._where(conditions, fields))


class Assignments(Collection[model.Assignment]):
    def where(self, *conditions: Condition, **fields: Unpack[AssignmentFields]) -> list[model.Assignment]:
        """Those that fulfil all conditions, by id."""
        return self._where(conditions, fields)

    def count(self, *conditions: Condition, **fields: Unpack[AssignmentFields]) -> int:
        """How many fulfil all conditions."""
        return len(self._where(conditions, fields))


class Networks(Collection[model.Network]):
    def where(self, *conditions: Condition, **fields: Unpack[NetworkFields]) -> list[model.Network]:
        """Those that fulfil all conditions, by id."""
        return self._where(conditions, fields)

    def count(self, *conditions: Condition, **fields: Unpack[NetworkFields]) -> int:
        """How many fulfil all conditions."""
        return len(self._where(conditions, fields))


class Commitments(Collection[model.Commitment]):
    def where(self, *conditions: Condition, **fields: Unpack[CommitmentFields]) -> list[model.Commitment]:
        """Those that fulfil all conditions, by id."""
        return self._where(conditions, fields)

    def count(self, *conditions: Condition, **fields: Unpack[CommitmentFields]) -> int:
        """How many fulfil all conditions."""
        return len(self._where(conditions, fields))


class Topics(Collection[model.Topic]):
    def where(self, *conditions: Condition, **fields: Unpack[TopicFields]) -> list[model.Topic]:
        """Those that fulfil all conditions, by id."""
        return self._where(conditions, fields)

    def count(self, *conditions: Condition, **fields: Unpack[TopicFields]) -> int:
        """How many fulfil all conditions."""
        return len(self._where(conditions, fields))


class Interactions(Collection[model.Interaction]):
    def where(self, *conditions: Condition, **fields: Unpack[InteractionFields]) -> list[model.Interaction]:
        """Those that fulfil all conditions, by id."""
        return self._where(conditions, fields)

    def count(self, *conditions: Condition, **fields: Unpack[InteractionFields]) -> int:
        """How many fulfil all conditions."""
        return len(self._where(conditions, fields))


class FollowUps(Collection[model.FollowUp]):
    def where(self, *conditions: Condition, **fields: Unpack[FollowUpFields]) -> list[model.FollowUp]:
        """Those that fulfil all conditions, by id."""
        return self._where(conditions, fields)

    def count(self, *conditions: Condition, **fields: Unpack[FollowUpFields]) -> int:
        """How many fulfil all conditions."""
        return len(self._where(conditions, fields))


class Quarantine(Collection[model.Pending]):
    def where(self, *conditions: Condition, **fields: Unpack[PendingFields]) -> list[model.Pending]:
        """Those that fulfil all conditions, by id."""
        return self._where(conditions, fields)

    def count(self, *conditions: Condition, **fields: Unpack[PendingFields]) -> int:
        """How many fulfil all conditions."""
        return len(self._where(conditions, fields))


class Settings(Collection[model.Setting]):
    def where(self, *conditions: Condition, **fields: Unpack[SettingFields]) -> list[model.Setting]:
        """Those that fulfil all conditions, by id."""
        return self._where(conditions, fields)

    def count(self, *conditions: Condition, **fields: Unpack[SettingFields]) -> int:
        """How many fulfil all conditions."""
        return len(self._where(conditions, fields))
