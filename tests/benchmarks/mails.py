"""What reading and logging an mbox cost beside a loop over the stdlib's parser, which decodes nothing."""

from __future__ import annotations

import base64
import mailbox
import quopri
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import RESULTS
from tests.benchmarks.pairs import Row, in_pairs

import kontaktnat
from kontaktnat import Contact, Way
from kontaktnat_mail.logging_ import Options, log
from kontaktnat_mail.sources import read

SIZE = 10_000
PEOPLE = 300
"""Who write them."""
TARGET = 2.0
PAIRS = 3


def mail(number: int) -> bytes:
    """A mail as Outlook writes it: the text twice, every fifth time a small attachment."""
    lines = [f"Rad {n} i brev {number}, om mötet på tisdag i Nybro.\n" for n in range(25)]
    subject = base64.b64encode(f"Möte {number}".encode()).decode()
    pdf = base64.encodebytes(bytes(number % 251 for _ in range(6000))).decode() if number % 5 == 0 else ""
    attached = f"--b\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n{pdf}\n"
    return (
        f"From - Thu Nov 12 10:00:{number % 60:02} 2026\n"
        "Received: from a by b; Thu, 12 Nov 2026 10:00:01 +0100\n"
        f"From: =?utf-8?Q?Eva_=C3=85s?= <eva{number % PEOPLE}@nybro.example>\n"
        "To: Ola Al <ola@kalmar.example>, info@kalmar.example\n"
        f"Subject: =?utf-8?B?{subject}?=\nDate: Thu, 12 Nov 2026 10:00:00 +0100\n"
        f"Message-ID: <{number}@nybro.example>\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
        "Content-Type: multipart/alternative; boundary=a\n\n"
        "--a\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        f"{quopri.encodestring(''.join(lines).encode()).decode()}\n"
        "--a\nContent-Type: text/html; charset=utf-8\n\n"
        f"<html><body><p>{'</p><p>'.join(lines)}</p></body></html>\n--a--\n{attached if pdf else ''}--b--\n\n"
    ).encode()


def rows(size: int = SIZE, pairs: int = PAIRS) -> Iterator[Row]:
    """An mbox of so many mails."""
    folder = RESULTS / "mails"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    file = folder / "arkiv.mbox"
    with file.open("wb") as stream:
        stream.writelines(map(mail, range(size)))

    def ours() -> None:
        if sum(1 for one in read(str(file), {}) if one.subject.startswith("Möte") and one.text) != size:
            raise SystemExit(f"{file.name}: mails are missing")

    stdlib = ("a loop over the stdlib", lambda: plain(file, size))
    yield in_pairs("mail", "an mbox, read", ours, stdlib, pairs=pairs, target=TARGET, documents=size)

    def logged() -> None:
        with kontaktnat.open(folder / "people.kn", mode="create", by="anna") as book:
            with book.transaction("people"):
                for number in range(PEOPLE):
                    mail = Way(kind="mail", value=f"eva{number}@nybro.example")
                    book.add(Contact(name=f"Eva Ås {number}", ways=[mail]))
            done = log(book, read(str(file), {}), Options(own=("ola@kalmar.example",)), name=file.name)
            if done.logged != size:
                raise SystemExit(f"{file.name}: {done.result}")
        (folder / "people.kn").unlink()

    yield in_pairs("mail", "an mbox, logged", logged, stdlib, pairs=pairs, target=TARGET, documents=size)
    shutil.rmtree(folder, ignore_errors=True)


def plain(file: Path, size: int) -> None:
    """The same with what Python brings, as one would write it first."""
    box = mailbox.mbox(file)
    if sum(1 for one in box if one["Subject"] and one["From"]) != size:
        raise SystemExit(f"{file.name}: mails are missing")
    box.close()
