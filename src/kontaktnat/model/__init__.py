"""The records: frozen, typed, and ignorant of files, plugins and the command line."""

from kontaktnat.model.base import (
    ActorId,
    AssignmentId,
    CommitmentId,
    ContactId,
    FollowUpId,
    InteractionId,
    NetworkId,
    PendingId,
    Record,
    RoleId,
    SettingId,
    TopicId,
    Value,
    Way,
)
from kontaktnat.model.bonds import Assignment, Commitment, Member, Network
from kontaktnat.model.dates import Moment, PartialDate, day_of, holds, stockholm
from kontaktnat.model.desk import Pending, Setting
from kontaktnat.model.ids import id_for, is_id, new_id
from kontaktnat.model.people import Actor, Contact, FormerName, Role
from kontaktnat.model.work import FollowUp, Headcount, Interaction, Participation, Reach, Topic, TopicLink

RECORDS: dict[str, type[Record]] = {
    cls.type: cls
    for cls in (
        Actor, Contact, Role, Assignment, Network, Commitment, Topic, Interaction, FollowUp, Pending, Setting,
    )
}  # fmt: skip
"""Type name → class, in the order in which records may refer to one another."""

__all__ = [
    "RECORDS", "Actor", "ActorId", "Assignment", "AssignmentId", "Commitment", "CommitmentId", "Contact",
    "ContactId", "FollowUp", "FollowUpId", "FormerName", "Headcount", "Interaction", "InteractionId",
    "Member", "Moment", "Network", "NetworkId", "PartialDate", "Participation", "Pending", "PendingId",
    "Reach", "Record", "Role", "RoleId", "Setting", "SettingId", "Topic", "TopicId", "TopicLink", "Value",
    "Way", "day_of", "holds", "id_for", "is_id", "new_id", "stockholm",
]  # fmt: skip
