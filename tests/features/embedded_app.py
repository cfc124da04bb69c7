"""A small web application that embeds a book, as docs/embedding.md advises; test_embedded_app.py runs it.

    python embedded_app.py BOOK    prints the port on which it listens, on this machine only

The endpoints are plain `def`: FastAPI runs each in a thread, and a Book may be shared by threads.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import uvicorn
from anyio import to_thread
from fastapi import Depends, FastAPI, Header, Request, Response
from pydantic import BaseModel

import kontaktnat
from kontaktnat import Book, Contact, FollowUp, Interaction, KontaktnatError
from kontaktnat.extend import to_doc

STATUS = {
    "usage": 400, "refused": 403, "veto": 403, "not_found": 404, "ambiguous": 409, "conflict": 409,
    "invalid": 422, "store_busy": 503,
}  # fmt: skip
LANGUAGES = ("en", "sv")

log = logging.getLogger("embedded_app")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """One Book for the whole process, opened after the server has forked its workers."""
    path = os.environ["BOOK"]
    app.state.heard = []
    app.state.book = await to_thread.run_sync(lambda: kontaktnat.open(path, by="web"))
    app.state.book.on_commit(lambda done: app.state.heard.append(done.number))
    try:
        yield
    finally:
        await to_thread.run_sync(app.state.book.close)


app = FastAPI(lifespan=lifespan)


def fresh(request: Request) -> Book:
    """The Book, having seen what other processes wrote; that costs a look at the file."""
    book: Book = request.app.state.book
    book.refresh()
    return book


Fresh = Annotated[Book, Depends(fresh)]


class Logged(BaseModel):
    """A contact that was made."""

    kind: str
    with_: list[str]
    summary: str = ""
    promised: str = ""


@app.get("/actors")
def actors(book: Fresh, kind: str) -> list[dict[str, Any]]:
    """Actors of a kind, which may be written as people do: `kommun`."""
    return [to_doc(one) for one in book.actors.where(kind=book.words.lookup("actor_kind", kind))]


@app.get("/contacts/{id}")
def contact(book: Fresh, id: str) -> dict[str, Any]:
    """A person and their hats, of one state; of somebody protected, only that they are there."""
    with book.reading():
        found = to_doc(book.contacts.get(id))
        return found | {"roles": [to_doc(one) for one in book.roles.where(contact=id)]}


@app.post("/interactions", status_code=201)
def add(book: Fresh, logged: Logged, x_user: Annotated[str, Header()]) -> dict[str, Any]:
    """Log a contact and what was promised: one step of undo."""
    with book.transaction("logged on the web", by=x_user):
        kept = book.add(
            Interaction(kind=logged.kind, participants=logged.with_, summary=logged.summary, when=book.today)
        )
        if logged.promised:
            book.add(FollowUp(text=logged.promised, about=[kept.id]))
    return to_doc(kept)


@app.patch("/contacts/{id}")
def note(book: Fresh, id: str, rev: int, text: str) -> dict[str, Any]:
    """Change a note, unless somebody else changed the record since `rev`."""
    seen = book.contacts.get(id)
    if seen.rev != rev:
        raise kontaktnat.Conflict("{id} was changed since it was read", id=id, changed=["rev"])
    changed = book.update(seen, note=text)
    assert isinstance(changed, Contact)
    return to_doc(changed)


@app.get("/find")
def find(book: Fresh, q: str) -> list[dict[str, Any]]:
    """Records in which every word occurs."""
    return [{"type": one.type, **to_doc(one)} for one in book.find(q)]


@app.get("/changes")
def changes(book: Fresh, since: int = 0) -> dict[str, Any]:
    """What was written since a version, by whomever, and the version to ask from next time."""
    with book.reading():
        news = [
            {"number": one.number, "by": one.by, "ids": [change.id for change in one.changes]}
            for one in book.changes(since)
        ]
        return {"version": book.version, "changes": news}


@app.get("/heard")
async def heard(request: Request) -> list[int]:
    """The commits of this process, as `on_commit` told of them."""
    numbers: list[int] = request.app.state.heard
    return numbers


@app.exception_handler(KontaktnatError)
def failed(request: Request, error: KontaktnatError) -> Response:
    """An error as status and JSON, in the language that the client wants."""
    status = STATUS.get(error.code, 500)
    lang = wanted(request.headers.get("accept-language", ""))
    body = {"code": error.code, "message": error.message(lang), "fields": error.fields}
    if status >= 500:  # it tells of paths and plugins, which are no client's business
        log.error("%s: %s", error.code, error)
        body |= {"message": "", "fields": {}}
    headers = {"content-language": lang} | ({"retry-after": "1"} if status == 503 else {})
    content = json.dumps(body, ensure_ascii=False, default=str)
    return Response(content, status, headers, media_type="application/json")


def wanted(header: str) -> str:
    """The first language of an Accept-Language that there is: `da, sv-SE;q=0.9` is Swedish."""

    def weight(part: str) -> float:
        _, found, q = part.partition("q=")
        return float(q) if found and q.replace(".", "", 1).isdigit() else 1.0

    parts = sorted((part.strip() for part in header.split(",")), key=weight, reverse=True)
    names = (part.split(";")[0].split("-")[0].lower() for part in parts)
    return next((name for name in names if name in LANGUAGES), "en")


def main() -> None:
    os.environ["BOOK"] = sys.argv[1]
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


if __name__ == "__main__":
    main()
