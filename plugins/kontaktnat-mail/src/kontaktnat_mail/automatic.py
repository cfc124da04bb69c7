"""Which mails no person wrote, by what the standards say of it and by nothing else.

RFC 3834 (Auto-Submitted), RFC 3464 (reports of delivery), RFC 8098 (of reading), RFC 5321 §4.5.5 (the null
return path), RFC 2919 and 2369 (lists). Precedence and X-Auto-Response-Suppress say what a sender wants
to be spared; people's mail has them too, so they count for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kontaktnat_mail.headers import addresses, unfolded
from kontaktnat_mail.structure import Part

_LISTS = ("list-id", "list-unsubscribe", "list-post", "list-help", "list-subscribe")
_REPORTS = ("message/delivery-status", "message/global-delivery-status")
REPORT = 1 << 20
"""Characters of a report that are read."""
_FIELD = re.compile(r"^([a-z-]{1,40})[ \t]*:[ \t]*(.*(?:\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)
_COMMENT = re.compile(r"\([^()]*\)")
_SAYS_NOTHING = re.compile(r"5\.(?:1\.[78]|2\.[23]|3\.4|[67]\.\d+)(?!\d)")
"""Of an address nothing: the sender's is wrong (1.7, 1.8), the mailbox is full (2.2), the mail is too large
(2.3, 3.4), what is in it cannot be passed on (6), or somebody's rules are against it (7); RFC 3463, 3."""


def automatic(mail: Part) -> tuple[str, tuple[str, ...]]:
    """What made a mail, "" for a person, and the addresses that it says for good could not be reached.

    "reply", "generated", "bounce" or "list". An address counts as not reached where its report says both
    that it failed and that this is lasting (a status of 5): never where it was late (4), nor where the mail
    was to blame and not the address. Of an address that stands for others (RFC 3464, 2.3.1 and 2.3.2) that is
    the one behind it, and not the one that was written to.
    """
    told = _report(mail)
    if told is not None:
        failed, lost = told
        return ("bounce", lost) if failed else ("generated", ())
    submitted = _COMMENT.sub("", unfolded(mail.first("auto-submitted"))).partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        # Exchange calls its absence notes auto-generated; they answer something all the same
        answers = submitted == "auto-replied" or bool(mail.first("in-reply-to").strip())
        return ("reply" if answers else "generated"), ()
    if _kind_of_report(mail) == "disposition-notification":
        return "generated", ()
    if any(unfolded(mail.first(name)) for name in _LISTS):
        return "list", ()
    path = mail.values_of("return-path")
    if path and "".join(path[0].split()) == "<>" and not _has_calendar(mail):
        return "bounce", ()
    return "", ()


def _kind_of_report(mail: Part) -> str:
    if mail.kind != "multipart/report":
        return ""
    return mail.parameters_of("content-type").get("report-type", "").lower()


def _report(mail: Part) -> tuple[bool, tuple[str, ...]] | None:
    """(whether something failed, what is lost for good) of a report of delivery; None where it is none.

    One that somebody forwards lies deeper, within a mail of its own, and is not looked at.
    """
    report = next((one for one in mail.parts() if one.kind in _REPORTS), None)
    if report is None:
        return None
    failed, lost = False, dict[str, None]()
    for block in _blocks(report):
        action, status = block.get("action", "").lower(), block.get("status", "")
        if _COMMENT.sub("", action).strip() != "failed":
            continue
        failed = True
        if status.startswith("5") and not _SAYS_NOTHING.match(status):
            named = _recipient(block, "final-recipient") or _recipient(block, "original-recipient")
            lost |= dict.fromkeys(named)
    return failed, tuple(lost)


def _recipient(block: Mapping[str, str], field: str) -> list[str]:
    """The mail address of a recipient; none where it is of another kind, as X.400's."""
    kind, _, said = block.get(field, "").partition(";")
    is_mail = kind.strip().lower() in ("rfc822", "utf-8")
    return [one.mail for one in addresses([said])] if is_mail else []


def _blocks(report: Part) -> list[dict[str, str]]:
    """The fields of each recipient in a report (RFC 3464 §2.1)."""
    return [
        {name.lower(): " ".join(value.split()) for name, value in _FIELD.findall(block)}
        for block in re.split(r"\n[ \t]*\n", report.text()[:REPORT])
    ]


def _has_calendar(mail: Part) -> bool:
    return mail.kind == "text/calendar" or any(_has_calendar(one) for one in mail.parts())
