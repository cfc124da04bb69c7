"""Settings every test shares."""

import os

import pytest
from hypothesis import settings

# No deadline: a busy machine is not a bug. On a build server the same examples every time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--kills",
        type=int,
        default=0,
        help="how many writers of a book to kill, for the long tests of faults",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--kills"):
        settings.register_profile("long", deadline=None, max_examples=2000)
        settings.load_profile("long")


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """How many kills were asked for; 0: those few that every run has."""
    number: int = request.config.getoption("--kills")
    return number
