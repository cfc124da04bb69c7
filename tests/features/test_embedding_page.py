"""The programs of docs/embedding.md, each of several files, are laid out as the page says and really run.

Its short examples are run by test_readme.py.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

import kontaktnat

PAGE = (Path(__file__).parents[2] / "docs" / "embedding.md").read_text("utf-8")
FILES = dict(re.findall(r"^```python (\S+\.py)\n(.*?)^```", PAGE, re.M | re.S))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The page's files in their places, and a book of two people."""
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    with kontaktnat.open(tmp_path / "kalmar.kn", mode="create", by="init", plugins=[]) as book:
        for id, name in (("eva00001", "Eva Ek"), ("bo000001", "Bo Björk")):
            book.restore("contact", {"id": id, "name": name})
    return tmp_path


@pytest.fixture
def environment() -> dict[str, str]:
    told = {name: value for name, value in os.environ.items() if not name.startswith("KONTAKTNAT_")}
    return told | {"KONTAKTNAT_PLUGINS": "", "KONTAKTNAT_CONFIG": os.devnull, "BOOK": "kalmar.kn"}


def run(folder: Path, environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


def test_the_page_has_the_files_that_are_run_here() -> None:
    django = {f"contacts/{name}.py" for name in ("apps", "middleware", "urls", "views")}
    assert set(FILES) == {"app.py", "settings.py", "conftest.py", "test_mine.py"} | django


SERVE = """
import socket, sys
sys.path.insert(0, "")
import uvicorn
from app import app

with socket.create_server(("127.0.0.1", 0)) as listening:
    print(listening.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])
"""


def test_fastapi(folder: Path, environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", SERVE],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as served:  # fmt: skip
        try:
            assert served.stdout is not None
            port = served.stdout.readline().strip()
            assert port, served.communicate()

            def call(path: str, method: str = "GET") -> tuple[int, object]:
                headers = {"x-user": "anna", "accept-language": "sv"}
                request = Request(f"http://127.0.0.1:{port}{path}", method=method, headers=headers)
                try:
                    with urlopen(request, timeout=60) as response:
                        return response.status, json.load(response)
                except HTTPError as error:
                    with error:
                        return error.code, json.load(error)

            status, logged = call("/contacts/eva00001/calls?summary=hej", "POST")
            assert (status, logged["created_by"], logged["kind"]) == (201, "anna", "phone")  # type: ignore[index]
            assert call("/contacts/eva00001")[1]["name"] == "Eva Ek"  # type: ignore[index]
            assert call("/today") == (200, [])
            status, wrong = call("/contacts/zzzz")
            assert (status, wrong["code"], wrong["fields"]["id"]) == (404, "not_found", "zzzz")  # type: ignore[index]
        finally:
            served.terminate()
            _, complaints = served.communicate(timeout=60)
    assert complaints == ""


DJANGO = """
import os
import threading
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
import sys
sys.path.insert(0, "")
import django
django.setup()
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()

client = Client(headers={"accept-language": "sv-SE,sv;q=0.9"})
shown = client.get("/contacts/eva00001")
assert (shown.status_code, shown.json()["name"]) == (200, "Eva Ek")

def call(n):
    answer = Client(REMOTE_USER="anna").post("/contacts/eva00001/calls", {"summary": f"nr {n}"})
    answers.append((answer.status_code, answer.json()["created_by"]))

answers = []
threads = [threading.Thread(target=call, args=(n,)) for n in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert answers == [(201, "anna")] * 8, answers

wrong = client.get("/contacts/zzzz")
assert (wrong.status_code, wrong.json()["code"], wrong.json()["fields"]["id"]) == (404, "not_found", "zzzz")
from django.apps import apps
from kontaktnat import NotFound
book = apps.get_app_config("contacts").book
try:
    book.contacts.get("zzzz")
except NotFound as error:
    assert wrong.json()["message"] == error.message("sv") != error.message("en"), wrong.json()
assert client.post("/contacts/eva00001").status_code == 405

if hasattr(os, "fork"):  # a server that forks its workers when the application is ready
    child = os.fork()
    call("i barnet" if not child else "i föräldern")
    if not child:
        os._exit(0 if answers[-1] == (201, "anna") else 1)
    assert os.waitpid(child, 0)[1] == 0
    book.refresh()
    assert book.interactions.count() == 10
"""


def test_django(folder: Path, environment: dict[str, str]) -> None:
    run(folder, environment, "-W", "error", "-c", DJANGO)


def test_the_fixtures(folder: Path, environment: dict[str, str]) -> None:
    (folder / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n", "utf-8")
    said = run(folder, environment, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_mine.py")
    assert "3 passed" in said


def test_every_fixture_there_is_is_on_the_page() -> None:
    from kontaktnat.testing import fixtures

    made = [name for name in vars(fixtures) if hasattr(getattr(fixtures, name), "_fixture_function")]
    assert "book" in made
    assert all(f"`{name}`" in PAGE for name in made)


def test_every_error_there_is_is_on_the_page() -> None:
    errors = [getattr(kontaktnat, name) for name in kontaktnat.__all__]
    family = [one for one in errors if isinstance(one, type) and issubclass(one, kontaktnat.KontaktnatError)]
    for one in family:
        if one is not kontaktnat.KontaktnatError:
            (row,) = re.findall(rf"^\| [^|]*`{one.__name__}`.*$", PAGE, re.M)
            assert f"`{one.code}`" in row
            assert f"| {one.exit_code} |" in row
