"""What checks say of what is being saved: told at once, refused where it is grave, or accepted with a reason.

An acceptance is remembered by its place, never by what stands there: a setting `accepted.<id of the record>`.
A finding in a text that is not changed is no news; nor is one that was in the record before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kontaktnat import model
from kontaktnat.codec import from_doc, to_doc
from kontaktnat.cover import ACCEPTED
from kontaktnat.descriptors import Check, Finding
from kontaktnat.errors import Refused
from kontaktnat.model.names import type_label
from kontaktnat.plugins.claiming import only
from kontaktnat.query import Doc

if TYPE_CHECKING:
    from kontaktnat.outward import Outward

Accepted = Mapping[str, Any]
"""path, rule, span, reason, by, at."""

_NUMBER = re.compile(r"\d{6}")


def setting_of(id: str) -> str:
    """The setting in which what was accepted of a record is kept."""
    return f"{ACCEPTED}{id}"


def on_save(book: Outward) -> tuple[Check, ...]:
    """The checks that look at what is saved."""
    checks: Mapping[str, Check] = book.plugins.collect("register_checks")
    return tuple(one for one in checks.values() if one.on_save)


def noticed(book: Outward, record: model.Record, before: model.Record | None) -> list[Finding]:
    """What these checks newly find in a record that is about to be saved.

    Raises PluginError where one fails: what could not be looked at is not saved.
    """
    now = found(book, record)
    return list(_newly(now, record, found(book, before) if now and before else [], before))


def found(book: Outward, record: model.Record) -> list[Finding]:
    """All that they find in a record."""
    findings: list[Finding] = []
    for check in on_save(book):
        with book.plugins.running("register_checks", check.name):
            findings += only(Finding, check.run(record, book))
    return findings


def _newly(
    found: list[Finding], record: model.Record, known: list[Finding], before: model.Record | None
) -> Iterator[Finding]:
    if before is None or not known:
        yield from found
        return
    stood, texts = _texts(before), _texts(record)
    there = Counter(_said(one, stood) for one in known)
    for one in found:
        if there[what := _said(one, texts)]:
            there[what] -= 1
        else:
            yield one


def standing(book: Outward, docs: Iterable[tuple[str, Doc]]) -> dict[tuple[str, str, str], str]:
    """What is found in records (type, document) as they stood → the id of the record.

    What moves from one record to another, by a merge, a handover or a decision on what waited, is no news.
    """
    stood: dict[tuple[str, str, str], str] = {}
    for type, doc in docs:
        if type in model.RECORDS:
            record = from_doc(model.RECORDS[type], doc)
            texts = _texts(record)
            stood |= {_said(one, texts): record.id for one in found(book, record) if one.span}
    return stood


def apart(
    findings: Iterable[Finding], record: model.Record, stood: Mapping[tuple[str, str, str], str]
) -> tuple[list[Finding], list[tuple[Finding, str]]]:
    """What is news, and what stood in another record, with the id of that one."""
    texts = _texts(record)
    news: list[Finding] = []
    moved: list[tuple[Finding, str]] = []
    for one in findings:
        source = stood.get(_said(one, texts))
        if source is None or source == record.id:
            news.append(one)
        else:
            moved.append((one, source))
    return news, moved


def _texts(record: model.Record) -> dict[str, str]:
    from kontaktnat.prose import texts

    return dict(texts(record.type, to_doc(record)))


def _said(finding: Finding, texts: Mapping[str, str]) -> tuple[str, str, str]:
    """What a finding is about: its rule and the words themselves, wherever they stand."""
    from kontaktnat.mentions import normal

    if finding.span is None:
        return finding.rule, finding.path, ""
    start, end = finding.span
    return finding.rule, "", normal(texts.get(finding.path, ""))[start:end]


def open_ones(findings: Iterable[Finding], accepted: Iterable[Accepted]) -> list[Finding]:
    """Those that nobody has accepted: the same place counts first, then as many of a rule in a text."""
    rest = [one for one in findings if one.rule]
    left: list[Accepted] = []
    for entry in accepted:
        same = next((one for one in rest if _place(one) == _place_of(entry)), None)
        if same is None:
            left.append(entry)
        else:
            rest.remove(same)
    for entry in left:
        near = next((one for one in rest if _place(one)[:2] == _place_of(entry)[:2]), None)
        if near is not None:
            rest.remove(near)
    return [one for one in findings if not one.rule or one in rest]


def _place(finding: Finding) -> tuple[str, str, tuple[int, ...]]:
    return finding.path, finding.rule, tuple(finding.span or ())


def _place_of(entry: Accepted) -> tuple[str, str, tuple[int, ...]]:
    return entry.get("path", ""), entry.get("rule", ""), tuple(entry.get("span", ()))


def entries(findings: Iterable[Finding], *, reason: str, by: str, at: str) -> list[dict[str, object]]:
    """What is remembered of findings that somebody accepts."""
    return [
        {
            "path": one.path,
            "rule": one.rule,
            "span": list(one.span or ()),
            "reason": reason,
            "by": by,
            "at": at,
        }
        for one in findings
        if one.rule
    ]


def refusal(finding: Finding) -> Refused:
    """The error for a grave finding; it names the place, never what stands there."""
    return Refused(
        "{type} {path}: {message}; {remedy}, or save it with --accept REASON",
        type=type_label(finding.type),
        path=finding.path,
        message=finding.message,
        remedy=finding.remedy,
        findings=(finding,),
    )


def refuse_in_label(book: Outward, text: str) -> None:
    """Raise Refused for a label or reason that holds what no text may hold: it would stay in the log."""
    if text.isascii() and not _NUMBER.search(text):
        return
    record = model.Setting(id=model.SettingId("label"), value=text)
    for one in noticed(book, record, None):
        if one.grave:
            raise Refused("{message}; {remedy}: it would stay in the log",
                          message=one.message, remedy=one.remedy, findings=(one,))  # fmt: skip
