"""A web application that embeds a book, really served and called, while the prompt uses the same book."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

import kontaktnat
from kontaktnat import Actor, Contact, KontaktnatError, Role

APP = Path(__file__).with_name("embedded_app.py")
ENDED = (0, -signal.SIGTERM) if os.name != "nt" else (1,)  # Windows knows no signal to end gently


class Answer(NamedTuple):
    status: int
    body: Any
    headers: dict[str, str]


class Client:
    """Calls the application as anybody would."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"

    def __call__(
        self, path: str, *, method: str = "GET", data: Any = None, lang: str = "en", **query: Any
    ) -> Answer:
        request = Request(
            f"{self.root}{path}?{urlencode(query)}",
            data=None if data is None else json.dumps(data).encode(),
            method=method,
            headers={"content-type": "application/json", "x-user": "anna", "accept-language": lang},
        )
        try:
            with urlopen(request, timeout=60) as response:
                return Answer(response.status, json.load(response), dict(response.headers))
        except HTTPError as error:
            with error:
                return Answer(error.code, json.load(error), dict(error.headers))


class Web(NamedTuple):
    """The application at work, and ids of what is in its book."""

    call: Client
    book: Path
    eva: str
    hat: str
    siv: str
    logged: list[str]
    """The codes of errors that the application is to have logged when it ends."""


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """No plugins but our own, and no settings of whoever runs the tests."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("KONTAKTNAT_")}
    return told | {"KONTAKTNAT_PLUGINS": "", "KONTAKTNAT_CONFIG": os.devnull, "PYTHONUTF8": "1"}


@pytest.fixture
def web(tmp_path: Path, environment: dict[str, str]) -> Iterator[Web]:
    """The application in a process of its own; at the end it has complained of nothing."""
    book = tmp_path / "Kalmar län.kn"
    with kontaktnat.open(book, mode="create", by="init", plugins=[]) as opened, opened.transaction("init"):
        nybro = opened.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))
        opened.add(Actor(name="Nybro IF", kind="association"))
        eva = opened.add(Contact(name="Eva Ek"))
        hat = opened.add(Role(contact=eva.id, actor=nybro.id, function="crime_prevention_coordinator"))
        siv = opened.add(Contact(name="Siv Rönn", note="kanarie", protected=True))
    logged: list[str] = []
    command = [sys.executable, "-W", "error", str(APP), str(book)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    ) as served:
        assert served.stdout is not None
        try:
            port = served.stdout.readline()
            assert port, served.communicate()
            yield Web(Client(int(port)), book, eva.id, hat.id, siv.id, logged)
        finally:
            served.terminate()
            _, complaints = served.communicate(timeout=60)
    assert [line.partition(":")[0] for line in complaints.splitlines()] == logged, complaints
    assert served.returncode in ENDED


def prompt(web: Web, environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """The command line, in a process of its own, on the same book."""
    return subprocess.run(
        [sys.executable, "-m", "kontaktnat", "-b", str(web.book), "--by", "bo", *words],
        capture_output=True, encoding="utf-8", env=environment, timeout=120, check=False,
    )  # fmt: skip


def test_it_lists_shows_finds_and_logs(web: Web) -> None:
    listed = web.call("/actors", kind="kommun")
    assert (listed.status, [one["name"] for one in listed.body]) == (200, ["Nybro kommun"])
    shown = web.call(f"/contacts/{web.eva}").body
    assert (shown["name"], [one["id"] for one in shown["roles"]]) == ("Eva Ek", [web.hat])
    logged = web.call(
        "/interactions",
        method="POST",
        data={"kind": "phone", "with_": [web.hat], "summary": "Skadegörelse", "promised": "skicka underlag"},
    )
    assert (logged.status, logged.body["created_by"]) == (201, "anna")
    assert [one["id"] for one in web.call("/find", q="skadegorelse").body] == [logged.body["id"]]
    assert [one["text"] for one in web.call("/find", q="underlag").body] == ["skicka underlag"]


def test_the_protected_come_covered(web: Web) -> None:
    shown = web.call(f"/contacts/{web.siv}").body
    assert "note" in shown["hidden"]
    everything = [shown, web.call("/changes").body, web.call("/find", q="siv").body]
    assert "kanarie" not in json.dumps(everything)
    assert web.call("/find", q="kanarie").body == []


def status_and_body(answer: Answer) -> tuple[int, str, dict[str, Any]]:
    assert set(answer.body) == {"code", "message", "fields"}
    assert "\n" not in answer.body["message"]
    return answer.status, answer.body["code"], answer.body["fields"]


def test_errors_come_as_status_code_and_fields(web: Web) -> None:
    status, code, fields = status_and_body(web.call("/contacts/zzzz"))
    assert (status, code, fields["id"]) == (404, "not_found", "zzzz")
    wrong = {"kind": "fone", "with_": [web.hat]}
    status, code, fields = status_and_body(web.call("/interactions", method="POST", data=wrong))
    assert (status, code, fields["path"]) == (422, "invalid", "kind")
    stale = web.call(f"/contacts/{web.eva}", method="PATCH", rev=7, text="x")
    assert status_and_body(stale)[:2] == (409, "conflict")
    hidden = web.call(f"/contacts/{web.siv}", method="PATCH", rev=1, text="x")
    assert status_and_body(hidden)[:2] == (403, "refused")
    assert web.call("/changes").body["version"] == 1


WANTED = {
    "sv": "sv", "sv-SE,sv;q=0.9": "sv", "da, sv;q=0.8, en;q=0.5": "sv", "en;q=0.2, sv;q=0.7": "sv",
    "sv;q=x": "sv", "": "en", "fi": "en", "en-GB": "en", "../../sv": "en",
}  # fmt: skip


def test_errors_are_said_in_the_clients_language(web: Web) -> None:
    with kontaktnat.open(web.book, mode="r", plugins=[]) as book, pytest.raises(KontaktnatError) as caught:
        book.contacts.get("zzzz")
    assert caught.value.message("sv") != caught.value.message("en")
    for header, lang in WANTED.items():
        answer = web.call("/contacts/zzzz", lang=header)
        assert answer.headers["content-language"] == lang
        assert answer.body["message"] == caught.value.message(lang)


def test_a_broken_file_is_an_error_of_the_server_that_tells_nothing(web: Web) -> None:
    assert web.call("/heard").status == 200  # it has opened its book
    whole = web.book.read_bytes()
    web.book.write_bytes(whole.replace(b"schema", b"schemo"))
    answer = web.call("/find", q="eva")
    web.book.write_bytes(whole)
    web.logged.append("store_damaged")
    assert answer.status == 500
    assert answer.body == {"code": "store_damaged", "message": "", "fields": {}}
    assert [one["name"] for one in web.call("/find", q="eva").body] == ["Eva Ek"]


def test_many_requests_at_once_and_the_prompt_too(web: Web, environment: dict[str, str]) -> None:
    ended = threading.Event()

    def write(n: int) -> list[str]:
        made = []
        for step in range(5):
            data = {"kind": "mail", "with_": [web.hat], "summary": f"nr {n}.{step}", "promised": "svara"}
            answer = web.call("/interactions", method="POST", data=data)
            assert answer.status == 201, answer
            made.append(answer.body["id"])
        return made

    def follow(_: int) -> list[int]:
        """As a client that keeps a copy: each change once, in order, none missed."""
        numbers: list[int] = []
        last = False
        while not last:
            last = ended.is_set()
            news = web.call("/changes", since=numbers[-1] if numbers else 0).body
            numbers += [one["number"] for one in news["changes"]]
            assert all(len(one["ids"]) > 1 for one in news["changes"])  # a transaction is whole
            assert news["version"] == (numbers[-1] if numbers else 0)
        return numbers

    def at_the_prompt(n: int) -> None:
        done = prompt(web, environment, "log", "telefon", "eva", f"vid prompten {n}", "--promised", "ringa")
        assert (done.returncode, done.stderr) == (0, "")

    with ThreadPoolExecutor(12) as pool:
        followed = [pool.submit(follow, n) for n in range(2)]
        typed = [pool.submit(at_the_prompt, n) for n in range(3)]
        made = {id for ids in pool.map(write, range(6)) for id in ids}
        for one in typed:
            one.result()
        ended.set()
        assert all(one.result() == list(range(1, 35)) for one in followed)
    assert len(made) == 30
    news = web.call("/changes", since=1).body["changes"]
    assert [one["by"] for one in news].count("bo") == 3
    heard = web.call("/heard").body  # by its own process only, each once
    assert sorted(heard) == [one["number"] for one in news if one["by"] == "anna"]
    seen = prompt(web, environment, "list", "interactions", "-o", "json")
    assert made < {one["id"] for one in json.loads(seen.stdout)["records"]}
    assert len(web.call("/find", q="prompten").body) == 3


def test_while_it_is_served_the_prompt_may_undo_what_it_wrote(web: Web, environment: dict[str, str]) -> None:
    data = {"kind": "mail", "with_": [web.hat], "summary": "ångras"}
    made = web.call("/interactions", method="POST", data=data).body["id"]
    assert prompt(web, environment, "undo", "2").returncode == 0
    assert web.call("/find", q="ångras").body == []
    last = web.call("/changes", since=2).body["changes"]
    assert [(one["by"], one["ids"]) for one in last] == [("bo", [made])]
