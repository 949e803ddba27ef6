"""The ground of the journeys: one running site and one browser for all, a fresh and watched browser window for each."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from playwright.sync_api import Page as Tab

from privacy_center.accounts.models import User
from tests.journeys import copies, deleting, deletions, endings, records
from tests.journeys.chromium import launch_arguments
from tests.journeys.door import carry, session_token
from tests.journeys.site import Site, running
from tests.journeys.watch import Watch

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 10_000  # milliseconds
numbers = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as a journey."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The privacy centre as `make run` has it, with the standard way to sign in; Ines, Dora and those who take copies are there, too."""
    with running(tmp_path_factory.mktemp("site")) as site:
        site.feed([*records.everything(site.settings["PRIVACY_CENTER_FEEDBACK_DIGEST_SALT"]), *deletions.records(), *copies.records()])
        with site.database():
            issuer = site.settings["PRIVACY_CENTER_ZAI_ISSUER"]
            deletions.tell(User.open(issuer, deletions.DORA))
            endings.tell(issuer)
            copies.tell(issuer)
        yield site


@pytest.fixture(scope="session")
def zai_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The privacy centre, running, with Z.ai's own way to sign in."""
    with running(tmp_path_factory.mktemp("zai-site"), PRIVACY_CENTER_ZAI_PROVIDER="zai") as site:
        yield site


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How the one browser is started."""
    expect.set_options(timeout=PATIENCE)
    return launch_arguments()


class Window:
    """Opens browser windows that are watched; whatever is wrong in any of them fails the journey."""

    lasting: ClassVar[dict[tuple[str, str], str]] = {}  # sessions that are used again, as signing in is limited

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.opened: list[tuple[BrowserContext, Watch]] = []

    def __call__(self, who: str | None = None, *, script: bool = True, fresh: bool = False, site: Site | None = None, **options: Any) -> Tab:
        """A tab of a new window; *who* is signed in in it, in a session of its own if it must be *fresh*."""
        site = site or self.site
        context = self.browser.new_context(base_url=site.url, java_script_enabled=script, **{"viewport": DESK, "locale": "en-SG", **options})
        context.set_default_timeout(PATIENCE)
        self.opened.append((context, Watch(context)))
        if who:
            carry(context, site.url, session_token(site.url, who) if fresh else self._lasting(site, who))
        return context.new_page()

    def _lasting(self, site: Site, who: str) -> str:
        """The session of *who* that all journeys share that neither end nor renew it."""
        if (site.url, who) not in self.lasting:
            self.lasting[site.url, who] = session_token(site.url, who)
        return self.lasting[site.url, who]

    def close(self) -> None:
        """Close all windows, and fail if anything in them was wrong."""
        complaints = [each for _context, watch in self.opened for each in watch.complaints]
        for context, _watch in self.opened:
            context.close()
        assert not complaints, "\n".join(complaints)


@pytest.fixture
def window(browser: Browser, site: Site) -> Iterator[Window]:
    """Opens windows: for journeys of more than one, or of a special kind."""
    windows = Window(browser, site)
    yield windows
    windows.close()


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts; each journey is walked both ways."""
    return bool(request.param)


@pytest.fixture
def stranger(window: Window, script: bool) -> Tab:
    """The tab of somebody who isn't signed in."""
    return window(script=script)


@pytest.fixture
def ines(window: Window, script: bool) -> Tab:
    """The tab of Ines, who is signed in."""
    return window(records.INES, script=script)


@pytest.fixture
def who(site: Site) -> str:
    """Somebody with a history to delete from: a new person each time, as what is deleted is gone."""
    who = f"zai-nils-{next(numbers)}"
    site.feed(deleting.records(who))
    return who


@pytest.fixture
def nils(window: Any, who: str, script: bool) -> Tab:
    """The tab of that person."""
    return window(who, script=script)  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def reader(browser: Browser, site: Site) -> Iterator[Callable[[str | None], Tab]]:
    """Tabs that only look, kept for the whole session: one for each person, as they leave no trace in each other."""
    windows, tabs = Window(browser, site), {}

    def tab_of(who: str | None) -> Tab:
        if who not in tabs:
            tabs[who] = windows(who)
        return tabs[who]

    yield tab_of
    windows.close()
