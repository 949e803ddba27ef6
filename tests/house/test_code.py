"""How code is written here, as far as a machine can tell."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import files

CODE = files.having(".py", "privacy_center", "app.py")
ALARM = 200  # lines; the aim is 60 to 150
LONGER = {
    "privacy_center/accounts/models.py": "five tables of the account, each with what it declares",
    "privacy_center/core/jobs.py": "one mechanism: a job's row, its lease, its steps, and the sweeper",
    "privacy_center/datamap/policy.py": "the policy's own tables, as data",
    "privacy_center/datamap/words.py": "the vocabulary of the data map",
    "privacy_center/subscription/models.py": "seven tables of what is paid, each with what it declares",
    "privacy_center/doctor.py": "one check after the other, for each thing that the centre depends on",
    "privacy_center/guardians/models.py": "seven tables of a report, each with what it declares",
    "privacy_center/rights/laws.py": "the table of laws, as data",
    "privacy_center/rights/models.py": "four tables of a request, each with what it declares",
    "privacy_center/settings.py": "every setting, what it is, and what can be wrong with it",
    "privacy_center/telemetry/models.py": "six tables of what the product reports",
}
LOGGERS = {"log", "logger", "logging"}
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
# A log tells numbers and types; what is called so may hold what a person said or is.
PERSONAL = {"address", "body", "description", "email", "error", "exception", "ip", "message", "name", "note", "parts", "person", "text", "title", "url"}
SHORT = [path for path in files.having(".py", "privacy_center", "tests", "scripts", "benchmarks") if "migrations" not in path.parts]


def parsed(path: Path) -> ast.Module:
    """The code of a file."""
    return ast.parse(path.read_text(), filename=files.name(path))


@pytest.mark.parametrize("path", SHORT, ids=files.name)
def test_a_file_is_one_thing_and_short(path: Path) -> None:
    long = len(path.read_text().splitlines())

    assert long <= ALARM or files.name(path) in LONGER, f"{files.name(path)} has {long} lines: it is probably two things"


@pytest.mark.parametrize("path", [path for path in CODE if path.name == "views.py"], ids=files.name)
def test_a_view_reaches_rows_through_their_owner_only(path: Path) -> None:
    text = path.read_text()

    assert not re.search(r"\.get_by_id\(|\.get_or_none\(|\bexecute_sql\(", text)


@pytest.mark.parametrize("path", CODE, ids=files.name)
def test_the_clock_is_asked_for_the_time(path: Path) -> None:
    if files.name(path) != "privacy_center/core/clock.py" and "sandbox" not in path.parts:
        assert not re.search(r"datetime\.(now|utcnow|today)\(|date\.today\(", path.read_text()), "use core.clock.now()"


@pytest.mark.parametrize("path", CODE, ids=files.name)
def test_a_log_says_types_and_numbers_only(path: Path) -> None:
    for call in log_calls(parsed(path)):
        where = f"{files.name(path)}:{call.lineno}"
        assert isinstance(call.func, ast.Attribute)
        assert call.func.attr != "exception", f"{where}: the text of an exception may name a person"
        assert isinstance(call.args[0], ast.Constant), f"{where}: the sentence must be one plain string"
        for argument in call.args[1:]:
            assert last_name(argument) not in PERSONAL, f"{where}: {ast.unparse(argument)} may be personal"


def log_calls(module: ast.Module) -> Iterator[ast.Call]:
    """The calls of a logger."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS and ast.unparse(node.func.value) in LOGGERS:
            yield node


def last_name(argument: ast.expr) -> str:
    """The last name of an expression: `id` of `job.id`, `__name__` of `type(error).__name__`."""
    return argument.attr if isinstance(argument, ast.Attribute) else argument.id if isinstance(argument, ast.Name) else ""


@pytest.mark.parametrize("path", CODE, ids=files.name)
def test_nothing_is_printed_or_left_for_later(path: Path) -> None:
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text())
