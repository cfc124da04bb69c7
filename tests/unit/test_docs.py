"""What the reference pages say is so: hooks, their arguments, first users and examples; the JSON Schema."""

from __future__ import annotations

import importlib.util
import inspect
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import kontaktnat
from kontaktnat import hookspecs
from kontaktnat.builtin import checks
from kontaktnat.cli.main import cli
from kontaktnat.extend import Transaction
from kontaktnat.model import RECORDS
from kontaktnat.plugins import BUILTIN, HOOKS, PROVIDES, Plugins
from kontaktnat.practice import Practice
from kontaktnat.testing.sample import county

DOCS = Path(__file__).parents[2] / "docs"
HOOKS_PAGE = (DOCS / "reference" / "hooks.md").read_text("utf-8")
PAGES = {one.stem: one.read_text("utf-8") for one in sorted((DOCS / "reference" / "hooks").glob("*.md"))}
EXAMPLES = [
    pytest.param(block, id=title)
    for title, text in {**PAGES, "hooks": HOOKS_PAGE}.items()
    for block in re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)
]


# The hooks' pages


def test_every_hook_has_a_page_and_is_listed_in_the_order_of_hookspecs() -> None:
    assert set(PAGES) == set(HOOKS), "docs/reference/hooks/HOOK.md: one for each"
    assert re.findall(r"^\| \[`(\w+)`\]\(hooks/\1\.md\) \|", HOOKS_PAGE, re.M) == list(HOOKS)
    assert re.findall(r"^hooks/(\w+)$", HOOKS_PAGE, re.M) == list(HOOKS)
    assert not re.search(r"^## `\w+\(", HOOKS_PAGE, re.M), "a hook's section is a page of its own"


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hooks_page_says_its_exact_arguments(hook: str) -> None:
    arguments = list(inspect.signature(getattr(hookspecs, hook)).parameters)
    assert PAGES[hook].startswith(f"# `{hook}({', '.join(arguments)})`\n")
    told = re.findall(r"^\| `(\w+)` \| ", PAGES[hook], re.M)
    assert told == arguments


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hooks_page_says_what_why_and_who(hook: str) -> None:
    text = PAGES[hook]
    assert "**When it fails,** " in text
    if hook in PROVIDES:
        assert f"`{PROVIDES[hook].__name__}` descriptors" in text
        assert re.search(r"Called\s", text)
    assert "```python\n" in text
    assert f"def {hook}(" in text
    named = re.search(r"First\s+user:\s+`(\w+)`(\s+\(built\s+in\))?(?:, then\s+`(\w+)`)?", text)
    assert named is not None
    first, built_in, then = named.groups()
    users = [one.name for one in Plugins().loaded if hook in one.hooks]
    assert first in users
    assert bool(built_in) == (first in BUILTIN)
    assert then in (None, *users)


@pytest.mark.parametrize("code", EXAMPLES)
def test_every_example_of_the_pages_runs(code: str) -> None:
    exec(compile(code, "hooks", "exec"), {"__name__": "example"})


def test_every_hook_is_documented_where_it_is_defined() -> None:
    assert all(inspect.getdoc(getattr(hookspecs, hook)) for hook in HOOKS)


def test_variables_and_settings_are_explained() -> None:
    for word in (
        "KONTAKTNAT_PLUGINS",
        "KONTAKTNAT_STRICT",
        "KONTAKTNAT_CONFIG",
        "required",
        "Config",
        "env = ",
    ):
        assert word in HOOKS_PAGE


def test_every_custom_is_explained_with_what_holds_otherwise() -> None:
    page = (DOCS / "reference" / "formats.md").read_text("utf-8")
    for name, value in attrs.asdict(Practice()).items():
        otherwise = {"months": "as each fact says", "mandate": "what each kind's word says"}
        shown = ", ".join(value) if isinstance(value, tuple) else value or otherwise[name]
        assert f"| `{name}` | {shown} |" in page


# The JSON Schema


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """docs/make_schema.py."""
    spec = importlib.util.spec_from_file_location("make_schema", DOCS / "make_schema.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def whole(maker: ModuleType) -> Draft202012Validator:
    """Judges a JSON document."""
    schema = json.loads(maker.PAGE.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.fixture(scope="module")
def line(whole: Draft202012Validator) -> Draft202012Validator:
    """Judges a line of the archive."""
    return Draft202012Validator({"$ref": "#/$defs/line", "$defs": whole.schema["$defs"]})


@pytest.fixture(scope="module")
def record(whole: Draft202012Validator) -> Draft202012Validator:
    """Judges a record."""
    return Draft202012Validator({"$ref": "#/$defs/record", "$defs": whole.schema["$defs"]})


def test_the_schema_is_made_from_the_model(maker: ModuleType) -> None:
    assert maker.PAGE.read_text("utf-8") == maker.page(), "run: python docs/make_schema.py"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A book of the sample county, some of it protected."""
    place = tmp_path_factory.mktemp("schema") / "book.kn"
    with kontaktnat.open(place, mode="create", by="anna", plugins=[]) as book:
        for one in county():
            book.add(one)
        book.set("county", "08")
    return place


def run(place: Path, *words: str) -> str:
    environment = {"KONTAKTNAT_PLUGINS": "kalmar,sweden", "KONTAKTNAT_CONFIG": None}
    done = CliRunner().invoke(cli, ["-b", str(place), *words], env=environment)
    assert done.exit_code in (0, 5), (words, done.output, done.exception)
    return done.stdout


def test_what_every_list_prints_fits(
    place: Path, whole: Draft202012Validator, record: Draft202012Validator
) -> None:
    for words in ("actors", "contacts", "roles", "assignments", "interactions", "topics", "followups",
                  "networks", "commitments", "pending"):  # fmt: skip
        whole.validate(document := json.loads(run(place, "list", words, "-o", "json")))
        assert document["records"], words
        for text in run(place, "list", words, "-o", "jsonl").splitlines():
            record.validate(json.loads(text))


@pytest.mark.parametrize(
    "words",
    [
        ("list", "words"), ("find", "kommun"), ("show", "nybro"), ("today",), ("view",), ("view", "today"),
        ("view", "police-areas"), ("view", "timeline", "who=nybro"), ("check",), ("plugins",), ("history",),
        ("history", "nybro"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_commands_print_fits(place: Path, whole: Draft202012Validator, words: tuple[str, ...]) -> None:
    whole.validate(json.loads(run(place, *words, "-o", "json")))


@pytest.mark.parametrize("reveal", [(), ("--reveal", "a test")])
def test_the_archive_fits(
    place: Path, whole: Draft202012Validator, line: Draft202012Validator, reveal: tuple[str, ...]
) -> None:
    whole.validate(json.loads(run(place, *reveal, "export", "json", "--set", "history=yes")))
    lines = run(place, *reveal, "export", "jsonl", "--set", "history=yes").splitlines()
    for text in lines:
        line.validate(json.loads(text))
    assert {json.loads(text).get("type") for text in lines} == {None, *RECORDS}


def test_what_is_unknown_is_allowed(record: Draft202012Validator) -> None:
    """A newer version or a plugin put it there."""
    document = {"type": "actor", "id": "kx7f0001", "rev": 1, "name": "x", "new": {"a": [1]}}
    record.validate(document | {"ways": [{"kind": "mail", "value": "a@x.example", "new": 1}]})
    record.validate({"type": "spaceship", "id": "kx7f0001"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "actor", "id": "kx7f0001", "rev": 1},
        {"type": "actor", "name": "x", "rev": 1},
        {"id": "kx7f0001", "name": "x"},
        {"type": "actor", "id": "kx7f0001", "rev": "1", "name": "x"},
        {"type": "actor", "id": "kx7f0001", "rev": 1, "name": "x", "ways": [{"value": "a"}]},
        {"type": "role", "id": "kx7f0001", "rev": 1, "since": "12 november"},
        {"type": "role", "id": "kx7f0001", "rev": 1, "share": "half"},
        {"type": "interaction", "id": "kx7f0001", "rev": 1, "when": "2026-11-12T"},
        {"type": "interaction", "id": "kx7f0001", "rev": 1, "mandate": ["1"]},
        {"type": "actor", "id": "kx7f0001", "rev": 1, "name": "x", "extra": []},
        "actor",
    ],
)
def test_what_is_wrong_is_not(record: Draft202012Validator, wrong: Any) -> None:
    assert not record.is_valid(wrong)


def test_every_type_and_field_is_in_the_schema(whole: Draft202012Validator) -> None:
    import attrs

    for name, cls in RECORDS.items():
        described = whole.schema["$defs"][name]
        fields = {one.name for one in attrs.fields(cls)} - {"unknown"}
        assert set(described["properties"]) == fields | {"type"}
    transaction = set(whole.schema["$defs"]["transaction"]["properties"])
    assert transaction == {one.name for one in attrs.fields(Transaction)}


def test_findings_name_records_that_are_there(place: Path) -> None:
    """The sample is sound: nothing but what it means to say is found in it."""
    with kontaktnat.open(place, mode="r", plugins=[]) as book:
        assert list(book.check()) == []
        stream = io.BytesIO()
        book.export_to(stream, "json")
    assert checks.register_checks()
