"""A copy on the disk, and a browser without a connection that opens it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Dialog
from playwright.sync_api import Page as Tab

from privacy_center.accounts.models import User
from privacy_center.exports import archive
from privacy_center.exports.contents import Choice
from privacy_center.feed.ingest import ingest
from tests.conftest import ISSUER
from tests.journeys import hostile, records
from tests.journeys.watch import Watch
from tests.makers import lines

DESK = {"width": 1280, "height": 900}
unpacked: dict[str, Path] = {}


def unpack(tmp_path_factory: Any, language: str) -> Path:
    """Ines's copy on the disk, in a folder as people have them; made once for all tests."""
    if language not in unpacked:
        everything = [*records.everything(salt="salt of the tests"), *hostile.records()]
        assert not ingest(lines(everything), issuer=ISSUER).refused
        file, folder = io.BytesIO(), tmp_path_factory.mktemp("downloads") / f"zcode data #1 100% {language} 副本"
        archive.write(file, User.open(ISSUER, records.INES), Choice(), language, begins=lambda _total: None, report=lambda _done, _bytes: None)
        zipfile.ZipFile(file).extractall(folder)
        unpacked[language] = folder
    return unpacked[language]


class Offline:
    """A browser without a connection; fails where anything is asked for that is not in the folder, or runs."""

    def __init__(self, browser: Browser, folder: Path, *, script: bool) -> None:
        self.folder = folder
        self.context = browser.new_context(offline=True, java_script_enabled=script, viewport=DESK)  # type: ignore[arg-type]
        self.watch = Watch(self.context)
        self.tab = self.context.new_page()
        self.tab.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        self.watch.complaints.append(f"it says {dialog.message}")
        dialog.dismiss()

    def open(self, path: str = "index.html") -> Tab:
        """Open a page of the copy."""
        self.tab.goto((self.folder / path).as_uri())
        return self.tab

    def close(self) -> None:
        """Close it, and look at what was asked for."""
        self.context.close()
        assert not self.watch.complaints, "\n".join(self.watch.complaints)
        assert [url for url in self.watch.asked if not url.startswith(self.folder.as_uri())] == []
