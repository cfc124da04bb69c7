"""What an import costs as a file grows, format by format, and beside a bare `sqlite-utils insert`."""

from __future__ import annotations

import csv
import io
import itertools
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import RESULTS
from tests.benchmarks.pairs import Row, in_pairs

import kontaktnat
from kontaktnat import Actor, Contact
from kontaktnat.freetext.name_lists import lists
from kontaktnat.text import fold

SIZES = (1_000, 4_000, 20_000)
LINEAR = 1.3
"""How much more than in proportion a larger file may take."""
TARGET = 5.0
"""CSV against a bare `sqlite-utils insert`, each a process of its own, at the largest size."""
PAIRS = 3
_TITLES = ("Säkerhetschef", "Samordnare", "Kommunpolis", "Rektor", "Fritidsledare", "Ordförande")


class Person(NamedTuple):
    """One line of an address book."""

    given: str
    family: str
    mail: str
    phone: str
    organisation: str
    title: str


def people(rows: int) -> list[Person]:
    """People of names as Swedes have them, one in twenty of them twice, at one of 290 places."""
    chance = random.Random(8)
    given_names, family_names = (sorted(one)[::7] for one in (lists().given, lists().family))
    found: list[Person] = []
    for n in range(rows):
        if n and n % 20 == 0:
            found.append(chance.choice(found))
            continue
        given, family = chance.choice(given_names).title(), chance.choice(family_names).title()
        place = n % 290
        plain = fold(f"{given}{family}").encode("ascii", "ignore").decode()  # as addresses are
        mail = "".join(filter(str.isalnum, plain)) + f".{n}@kommun{place}.example"
        phone = f"070-174 06 {5 + n % 95:02}"
        found.append(Person(given, family, mail, phone, f"Kommun {place}", chance.choice(_TITLES)))
    return found


def as_csv(rows: int) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("given", "family", "email", "phone", "organisation", "title"))
    writer.writerows(people(rows))
    return text.getvalue().encode()


def as_plain_csv(rows: int) -> bytes:
    """Names and how they are reached; each row with employment makes a role beside the contact."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("given", "family", "email", "phone"))
    writer.writerows(one[:4] for one in people(rows))
    return text.getvalue().encode()


def as_vcard(rows: int) -> bytes:
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{one.family};{one.given};;;\r\nFN:{one.given} {one.family}\r\n"
        f"ORG:{one.organisation}\r\nTITLE:{one.title}\r\nEMAIL;TYPE=WORK:{one.mail}\r\n"
        f"TEL;TYPE=CELL:{one.phone}\r\nX-NUMBER:{n}\r\nEND:VCARD\r\n"
        for n, one in enumerate(people(rows))
    ).encode()


def as_ics(rows: int) -> bytes:
    events = (
        f"BEGIN:VEVENT\r\nUID:{n}@kalender.example\r\nDTSTAMP:20260101T120000Z\r\n"
        f"DTSTART;TZID=W. Europe Standard Time:2026{1 + n % 12:02}{1 + n % 28:02}T{8 + n % 9:02}0000\r\n"
        f"DTEND;TZID=W. Europe Standard Time:2026{1 + n % 12:02}{1 + n % 28:02}T{9 + n % 9:02}0000\r\n"
        f"SUMMARY:Möte {n}\r\nATTENDEE;CN={one.given};PARTSTAT=ACCEPTED:mailto:{one.mail}\r\nEND:VEVENT\r\n"
        for n, one in enumerate(people(rows))
    )
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n"
    return "".join(itertools.chain((head,), events, ("END:VCALENDAR\r\n",))).encode()


def as_xlsx(rows: int) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    sheet = book.add_worksheet("Kontakter")
    sheet.write_row(0, 0, ("given", "family", "email", "phone", "organisation", "title"))
    for n, one in enumerate(people(rows), 1):
        sheet.write_row(n, 0, one)
    book.close()
    return stream.getvalue()


FORMATS: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "csv": (".csv", as_csv),
    "vcard": (".vcf", as_vcard),
    "xlsx": (".xlsx", as_xlsx),
    "ics": (".ics", as_ics),
}


def rows(sizes: Sequence[int] = SIZES, pairs: int = PAIRS) -> Iterator[Row]:
    """Each format at each size against the next smaller one; CSV at the largest against sqlite-utils."""
    RESULTS.mkdir(exist_ok=True)
    folder = RESULTS / "imports"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    places = folder / "places.kn"
    with kontaktnat.open(places, mode="create", by="anna") as book, book.transaction("places"):
        for n in range(290):
            book.add(Actor(name=f"Kommun {n}", kind="municipality"))
        book.add(Contact(name="Siv Ek", protected=True))  # whom each row might tell something of
    for name, (suffix, made) in FORMATS.items():
        files = {}
        for size in sizes:
            files[size] = folder / f"{size}{suffix}"
            files[size].write_bytes(made(size))
        for small, large in itertools.pairwise(sorted(sizes)):
            yield in_pairs("import", name, importing(places, files[large]),
                           (f"{small:,} rows", importing(places, files[small])), pairs=pairs,
                           target=round(LINEAR * large / small, 1), documents=large)  # fmt: skip
    largest = max(sizes)
    plain = folder / f"{largest} plain.csv"
    plain.write_bytes(as_plain_csv(largest))
    for what, file in (("contacts", plain), ("contacts and where they work", folder / f"{largest}.csv")):
        yield in_pairs("import", f"csv, the command: {what}", command(places, file),
                       ("sqlite-utils insert", inserting(folder / "rows.db", file)), pairs=pairs,
                       target=TARGET, documents=largest)  # fmt: skip
    shutil.rmtree(folder, ignore_errors=True)


def importing(places: Path, file: Path) -> Callable[[], None]:
    """Import a file into a copy of the book that knows the places, and tell if a row was lost."""

    def work() -> None:
        copy = places.with_name("copy.kn")
        shutil.copy(places, copy)
        with kontaktnat.open(copy, by="anna") as book:
            result = book.import_from(file)
            if result.rejected or not result.created:
                raise SystemExit(f"{file.name}: {result}")

    return work


def command(places: Path, file: Path) -> Callable[[], None]:
    """The same as a process of its own."""

    def work() -> None:
        copy = places.with_name("copy.kn")
        shutil.copy(places, copy)
        run = (sys.executable, "-m", "kontaktnat", "-b", str(copy), "import", str(file))
        subprocess.run(run, check=True, capture_output=True)

    return work


def inserting(database: Path, file: Path) -> Callable[[], None]:
    """What a table without any rule costs."""

    def work() -> None:
        database.unlink(missing_ok=True)
        run = (sys.executable, "-m", "sqlite_utils", "insert", str(database), "people", str(file), "--csv")
        subprocess.run(run, check=True, capture_output=True)

    return work
