"""An instance keeps what its next run needs, and shows it to nobody."""

from __future__ import annotations

from pathlib import Path

import app as launcher
from privacy_center import instance
from privacy_center.settings import PREFIX, from_environment


def test_an_instance_keeps_its_keys_and_shows_them_to_nobody(tmp_path: Path) -> None:
    where = tmp_path / "instance"
    first: dict[str, str] = {"INSTANCE": str(where)}
    second = dict(first)

    launcher.add_sandbox(first, 18000)
    launcher.add_sandbox(second, 18000)

    assert first[f"{PREFIX}SECRET_KEY"] == second[f"{PREFIX}SECRET_KEY"]
    assert (where / "environment").stat().st_mode & 0o077 == 0
    assert where.stat().st_mode & 0o077 == 0


def test_an_instance_keeps_the_address_by_which_its_people_are_known(tmp_path: Path) -> None:
    first: dict[str, str] = {"INSTANCE": str(tmp_path)}
    launcher.add_sandbox(first, 18100)
    elsewhere: dict[str, str] = {"INSTANCE": str(tmp_path)}
    launcher.add_sandbox(elsewhere, 18200)

    assert first[f"{PREFIX}ZAI_ISSUER"] == elsewhere[f"{PREFIX}ZAI_ISSUER"] == "http://127.0.0.1:18101"
    assert elsewhere[f"{PREFIX}BASE_URL"] == "http://127.0.0.1:18200"


def test_what_the_environment_says_wins_over_the_sandbox(tmp_path: Path) -> None:
    given = {
        "INSTANCE": str(tmp_path),
        f"{PREFIX}SANDBOX": "1",
        f"{PREFIX}ZAI_PROVIDER": "zai",
        f"{PREFIX}DATABASE_URL": "postgresql://centre@127.0.0.1/centre",
    }

    launcher.add_sandbox(given, 18300)

    settings = from_environment(given)
    assert settings.zai_provider == "zai"
    assert not settings.uses_sqlite


def test_a_noted_setting_comes_back_as_it_was(tmp_path: Path) -> None:
    odd = {f"{PREFIX}MAIL_SENDER": "Privacy 'n' \"more\" <a@b> $HOME # = \\"}

    instance.note_down(tmp_path, {**odd, "PATH": "/bin"})

    assert instance.noted(tmp_path) == odd
