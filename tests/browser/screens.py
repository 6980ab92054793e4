"""People at screens: a browser context each, signed in, with everything their consoles complained of."""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.board.served import Served

# Heard from every page before its own scripts run.
REPORT = "addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective, e.blockedURI))"
DIGEST = "document.documentElement.dataset.digest"


class Screen:
    """One person's browser."""

    def __init__(self, hub: Served, browser: Browser, login: str, lang: str = "en", theme: str = "light") -> None:
        self.hub, self.login, self.lang = hub, login, lang
        scheme = "dark" if theme == "dark" else "light"
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 1366, "height": 820}, color_scheme=scheme, base_url=hub.url, reduced_motion="reduce"
        )
        self.context.add_init_script(REPORT)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    def enter(self, secret: str | None = None) -> Page:
        """Sign in: by the form, or with a session that exists already."""
        if secret:
            cookies = [("hub_session", secret), ("hub_lang", self.lang)]
            self.context.add_cookies([{"name": name, "value": value, "url": self.hub.url} for name, value in cookies])
            return self.page
        self.page.goto(f"/sign-in?lang={self.lang}")
        # The browser gives the field its focus a moment after the page has loaded; a person waits for the caret too.
        self.page.wait_for_selector("#login:focus")
        self.page.keyboard.type(self.login)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(f"pw-{self.login}")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/board*")
        return self.page

    def board(self, operation: str = "EXPO") -> Page:
        """The board, once it is live."""
        self.page.goto(f"/operations/{operation}/board")
        self.page.wait_for_selector("html[data-live=live][data-digest]")
        return self.page

    def same_as_fresh(self) -> None:
        """Wait until the screen's digest is the one the API gives for the same desk."""
        for _ in range(20):
            fresh = self.hub.as_(self.login).get("/operations/EXPO/board").json["digest"]
            if self.page.evaluate(DIGEST) == fresh:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{self.login}'s screen is not the board: {self.page.evaluate(DIGEST)}")

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.complaints.append(said.text)

    def close(self) -> None:
        """Leave; whatever the console complained of fails the test."""
        self.context.close()
        assert self.complaints == []
