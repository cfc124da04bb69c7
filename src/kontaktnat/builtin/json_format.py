"""JSON and JSON Lines: the documented archive format, complete and self-describing.

JSON Lines: a header `{"schema": "kontaktnat/1", "counts": {…}}`, by which a file that was cut off is known;
then `{"type": …, …}` per record in order of type and id; then, with the option history=yes,
`{"transaction": …}` each. TinyDB's JSON: the header in a table `_kontaktnat`, then a table per type.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import attrs
import orjson

from kontaktnat.codec import FORMAT
from kontaktnat.errors import Invalid, Refused
from kontaktnat.extend import Candidate, Outward, Transaction
from kontaktnat.i18n import Text
from kontaktnat.model import RECORDS
from kontaktnat.options import check_options

HEADER = "_kontaktnat"
"""The table in which TinyDB's JSON has what is the first line of JSON Lines."""


def documents(out: Outward) -> Iterator[dict[str, Any]]:
    """Every record as JSON with its type first, in order of type and id."""
    from kontaktnat.extend import to_doc

    for type_name in RECORDS:
        for record in out.collection_of(type_name).all():
            yield {"type": type_name, **to_doc(record)}


def write_jsonl(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    """One JSON object a line."""
    check_options(options, history=("yes", "no"))
    records = list(documents(out))
    counts = Counter(doc["type"] for doc in records)
    _line(stream, {**_header(out), **({"counts": counts} if counts else {})})
    for doc in records:
        _line(stream, doc)
    if options.get("history") == "yes":
        for transaction in out.history():
            _line(stream, {"transaction": plain(transaction)})


def write_json(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    """One document: `{"schema": "kontaktnat/1", "records": […]}`."""
    check_options(options, history=("yes", "no"))
    whole = {**_header(out), "records": list(documents(out))}
    if options.get("history") == "yes":
        whole["transactions"] = [plain(transaction) for transaction in out.history()]
    stream.write(orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def write_tinydb(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    """What TinyDB's own JSONStorage opens: table → doc_id → record."""
    check_options(options)
    tables: dict[str, dict[str, Any]] = {HEADER: {"1": _header(out)}}
    for doc in documents(out):
        table = tables.setdefault(doc.pop("type"), {})
        table[str(len(table) + 1)] = doc
    stream.write(orjson.dumps(tables))


def plain(transaction: Transaction) -> dict[str, Any]:
    """A transaction as JSON."""
    return {**attrs.asdict(transaction), "at": transaction.at.isoformat()}


def read(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
    """Candidates from either form; a line that is no JSON is rejected alone."""
    check_options(options)
    data = stream.read().removeprefix(b"\xef\xbb\xbf")
    try:
        whole = orjson.loads(data)
    except orjson.JSONDecodeError:
        yield from _lines(data)
        return
    if not isinstance(whole, dict):
        raise Invalid("this is JSON, but not of kontaktnat: no object at the top", path="")
    if HEADER in whole:
        yield from _tables(whole)
        return
    if "records" not in whole:
        yield from _lines(data)  # a single line
        return
    _accept(whole)
    if not isinstance(whole["records"], list):
        raise Invalid("{path}: not a list", path="records")
    yield from (_candidate(n, doc) for n, doc in enumerate(whole["records"], 1))


def rejects(rejected: Sequence[tuple[Any, str]]) -> bytes:
    """Lines as they stood, also those that are no JSON, below the header that they need to be read again."""
    lines = [line.encode() for raw, _ in rejected if raw and (line := str(raw).strip())]
    header = orjson.dumps({"schema": FORMAT})
    return b"".join(line + b"\n" for line in (header, *lines)) if lines else b""


def _tables(whole: dict[str, Any]) -> Iterator[Candidate]:
    head = whole.pop(HEADER)
    _accept(next(iter(head.values()), None) if isinstance(head, dict) else None)
    rows = itertools.count(1)
    for name, table in whole.items():
        if not isinstance(table, dict):
            raise Invalid("{path}: this is no table of TinyDB's", path=name)
        for doc in table.values():
            yield _candidate(next(rows), {"type": name, **doc} if isinstance(doc, dict) else doc)


def _lines(data: bytes) -> Iterator[Candidate]:
    known, due, came = False, 0, 0
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            doc = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            if not known:
                raise Invalid("line {line}: this is no JSON: {problem}", line=number, problem=str(error),
                              path="") from None  # fmt: skip
            came += 1
            yield Candidate(
                row=number,
                problem=Text("no JSON: {problem}", problem=str(error)),
                raw=line.decode(errors="replace"),
            )
            continue
        if not known:
            _accept(doc)
            known, due = True, _counted(doc)
        elif not (isinstance(doc, dict) and "transaction" in doc):  # history is told, not re-enacted
            came += 1
            yield _candidate(number, doc)
    if came < due:
        raise Invalid(
            "the file is cut off: its header says {due} records, and there are {came}; get it whole, or take "
            '"counts" out of its first line to import what there is',
            due=due,
            came=came,
            path="",
        )
    if not known:
        raise Invalid("the file is empty: an export begins with a header", path="")


def _accept(header: Any) -> None:
    schema = header.get("schema") if isinstance(header, dict) else None
    if not isinstance(schema, str) or not schema.startswith("kontaktnat/"):
        raise Invalid('this is no export of kontaktnat: its header has no "schema": "{schema}"',
                      schema=FORMAT, path="schema")  # fmt: skip
    if schema != FORMAT:
        raise Refused("this export has schema {schema}, and this kontaktnat reads {own}: upgrade kontaktnat",
                      schema=schema, own=FORMAT)  # fmt: skip
    if header.get("hidden"):
        raise Refused(
            "this export hides something of {count} records, and importing it would lose that; "
            "export again with --reveal REASON",
            count=header["hidden"],
        )
    if header.get("as_of"):
        raise Refused(
            "this export shows the book as of {day}, and importing it would lose the rest; "
            "export again without --as-of",
            day=header["as_of"],
        )


def _counted(header: Mapping[str, Any]) -> int:
    """How many records the header says there are; 0 where it does not say."""
    counts = header.get("counts")
    said = counts.values() if isinstance(counts, dict) else ()
    return sum(count for count in said if isinstance(count, int))


def _candidate(number: int, doc: Any) -> Candidate:
    raw = orjson.dumps(doc).decode()
    if not isinstance(doc, dict) or not isinstance(doc.get("type"), str):
        return Candidate(row=number, problem=Text('a record says its "type"'), raw=raw)
    rest = {key: value for key, value in doc.items() if key != "type"}
    return Candidate(row=number, type=doc["type"], doc=rest, raw=raw)


def _header(out: Outward) -> dict[str, Any]:
    header: dict[str, Any] = {"schema": FORMAT}
    if out.on is not None:
        header["as_of"] = out.on.isoformat()
    if hidden := out.covered_records():
        header["hidden"] = hidden
    return header


def _line(stream: BinaryIO, value: Any) -> None:
    stream.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))
