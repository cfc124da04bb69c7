"""`import` and `export`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kontaktnat.cli.app import (
    App,
    accept_option,
    as_of_option,
    by_option,
    complete,
    dry_run_option,
    pairs,
    pass_app,
    reveal_option,
    say,
)
from kontaktnat.cli.whole import write_whole
from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text, joined, tr

if TYPE_CHECKING:
    from kontaktnat.descriptors import Understood
    from kontaktnat.exchange import ImportResult


@click.command("import")
@click.argument("file", required=False, shell_complete=complete("file"))
@click.option("--as", "as_", metavar="TYPE", help="What the rows are: actor or contact.",
              shell_complete=complete("imported"))  # fmt: skip
@click.option("--map", "map_", metavar="FIELD=COLUMN,…",
              help="Which column is what: name=Namn,email=E-post; or a name from --save.",
              shell_complete=complete("mappings"))  # fmt: skip
@click.option(
    "--save", metavar="NAME", help="Keep --map and the other options under a name for the next time."
)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="An option of the format.")
@click.option("--format", "format_", metavar="NAME", help="Instead of looking at the content.",
              shell_complete=complete("importers"))  # fmt: skip
@click.option("--rejects", metavar="FILE", help="Where rejected rows go; otherwise beside the book.",
              shell_complete=complete("file"))  # fmt: skip
@by_option
@accept_option
@dry_run_option
@pass_app
def import_(
    app: App,
    file: str | None,
    as_: str | None,
    map_: str | None,
    save: str | None,
    settings: tuple[str, ...],
    format_: str | None,
    rejects: str | None,
    dry_run: bool,
) -> None:
    """Take in a file: CSV, JSON, JSON Lines and what plugins read. Undone as one."""
    file = app.ask(file, "FILE")
    path = Path(file)
    if not path.exists() or path.is_dir():
        if path.is_dir():
            raise Invalid("{path}: this is a folder; name a file in it", path=file)
        raise Invalid("{path}: there is no such file", path=file)
    given = {name: value for name, value in (("as", as_), ("map", map_)) if value}
    options = {**pairs(settings, "NAME=VALUE"), **given}

    def progress(candidates: Iterator[Any]) -> Iterable[Any]:
        if not sys.stderr.isatty():
            return candidates
        return _through(click.progressbar(candidates, label=tr(Text("Reading")), file=sys.stderr))

    if path.suffix.lower() in (".json", ".jsonl") or format_ in ("json", "jsonl"):
        book = app.new_book(
            lambda scratch: scratch.import_from(path, format=format_, options=options), dry_run=dry_run
        )
    else:
        book = app.book()
    target = app.target(rejects) if rejects else None

    def read() -> ImportResult:
        return book.import_from(path, format=format_, options=options, dry_run=dry_run, progress=progress,
                                shown=lambda understood: _say_understood(path, understood),
                                save=save)  # fmt: skip

    try:
        result = read()
    except Invalid as error:
        if error.fields.get("path") != "map" or map_ or not app.interactive:
            raise
        say(error.text, err=True)
        options["map"] = f"name={app.ask(None, 'COLUMN')}"
        result = read()
    failed = None
    if result.rejected:
        try:
            _say_rejected(result, target or _free(app, path, result), dry_run=dry_run)
        except Invalid as error:  # that they have no file undoes none of the others, and hides none
            failed = error
    for note in result.notes:
        say(note, err=True)
    if result.quarantined:
        say(
            Text(
                "{n} of the created waits in quarantine: kontaktnat review",
                "{n} of the created wait in quarantine: kontaktnat review",
                n=result.quarantined,
            )
        )
    if result.strangers:
        say(
            Text(
                "{n} guest whom nobody surely knows waits in quarantine: kontaktnat review",
                "{n} guests whom nobody surely knows wait in quarantine: kontaktnat review",
                n=result.strangers,
            )
        )
    if result.batch:
        say(Text("undo {number} takes it back", number=result.batch))
    try:
        if result.waiting and not dry_run:
            _decide_now(app, result)
    finally:  # all is saved, also where nobody wants to be asked any more
        say(result.summary)
    if failed:
        raise failed


def _say_understood(path: Path, understood: Understood) -> None:
    say(Text("{path}: {problem}", path=path.name, problem=understood.summary))
    if understood.mapping:
        pairs = (Text("{column} → {field}", column=column, field=what) for column, what in understood.mapping)
        say(Text("  read: {columns}", columns=joined(", ", pairs)))
    if understood.unused:
        say(Text("  not read: {columns}", columns=", ".join(understood.unused)))
    for line in understood.sample:
        say(Text("  as in: {line}", line=line))


def _decide_now(app: App, result: ImportResult) -> None:
    """What is not sure is asked on a terminal, once all is saved; elsewhere, and if left, it waits."""
    from kontaktnat.cli.session import go_through
    from kontaktnat.cli.terminal import confirm

    if app.interactive and confirm(Text("Decide now what waits?"), default=True):
        go_through(app, app.out(), result.waiting, dry_run=False)


def _through(bar: Any) -> Iterator[Any]:
    with bar:
        yield from bar


def _free(app: App, path: Path, result: ImportResult) -> Path:
    """A name beside the book that no file has yet: in an older one somebody may be correcting rows."""
    from kontaktnat.exchange import are_rows

    folder = app.file.parent if app.file else Path()
    stem = path.stem.partition(".rejected")[0]
    own = result.importer.suffixes[:1] if result.importer and result.importer.rejects else ()
    suffix = ".csv" if are_rows(result.rejected) else "".join(own) or path.suffix
    names = (f"{stem}.rejected{number}{suffix}" for number in ("", *(f"-{n}" for n in range(2, 10_000))))
    return next(target for name in names if not (target := folder / name).exists())


def _say_rejected(result: ImportResult, target: Path, *, dry_run: bool) -> None:
    import attrs

    from kontaktnat.exchange import rejects_file

    for one in result.rejected[:5]:
        say(Text("row {row} rejected: {reason}", row=one.row, reason=one.reason), err=True)
    if len(result.rejected) > 5:
        more = len(result.rejected) - 5
        say(Text("… and {n} more rejected", "… and {n} more rejected", n=more), err=True)
    told = [attrs.evolve(one, reason=str(tr(one.reason))) for one in result.rejected if one.raw is not None]
    if told and not dry_run:
        write_whole(target, lambda stream: stream.write(rejects_file(told, result.importer)))
        say(Text("rejected rows lie in {path}; correct them there and import it", path=target))


@click.command()
@click.argument("format_", metavar="FORMAT", required=False, shell_complete=complete("exporters"))
@click.option("-O", "--output-file", metavar="FILE", help="Otherwise standard output.",
              shell_complete=complete("file"))  # fmt: skip
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="An option of the format.")
@as_of_option
@reveal_option
@pass_app
def export(
    app: App, format_: str | None, output_file: str | None, settings: tuple[str, ...], as_of: str | None
) -> None:
    """Write the book in a FORMAT: csv, json, jsonl, markdown and what plugins write."""
    chosen = app.ask(format_, "FORMAT")
    book = app.book("r" if app.reveal is None else "rw")
    options = pairs(settings, "NAME=VALUE")
    day = None if as_of is None else app.day(as_of, past=True)

    told: list[str] = []

    def write(stream: Any) -> None:
        told.extend(book.export_to(stream, chosen, options=options, reveal=app.reveal, as_of=day))

    if output_file is not None:
        write_whole(app.target(output_file), write)
    else:
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    for line in told:
        say(line, err=True)
    if app.reveal is None and not told and (covered := book.covered_records()):
        say(
            Text(
                "something of {n} record is covered; kontaktnat --reveal REASON export shows it",
                "something of {n} records is covered; kontaktnat --reveal REASON export shows it",
                n=covered,
            ),
            err=True,
        )
