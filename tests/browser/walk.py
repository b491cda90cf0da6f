"""Checks that every page must pass in a browser."""

import re
from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast"]}  # the only rule that depends on the colour scheme
OPEN_ALL = "for (const hidden of document.querySelectorAll('details')) hidden.open = true"
RUN_AXE = "only => axe.run({runOnly: only, resultTypes: ['violations']})"
IS_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def ending(address: str) -> re.Pattern[str]:
    """A pattern for `expect(page).to_have_url`, which waits for the navigation."""
    return re.compile(f"{re.escape(address)}$")


def faults(page: Page) -> list[str]:
    """Faults of the open page: WCAG 2.2 A and AA by axe, and horizontal scrolling at 320 pixels.

    All `details` are open; axe runs in light and dark, at 1280 and at 360 pixels.
    """
    found = []
    page.evaluate(OPEN_ALL)
    # Playwright's evaluate bypasses the page's content security policy.
    page.evaluate(AXE)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in (("light", WCAG), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found += [
                f"{page.url} ({width}, {scheme}): {rule['id']} {node['target']} {node['html'][:120]}"
                for rule in page.evaluate(RUN_AXE, rules)["violations"]
                for node in rule["nodes"][:3]
            ]
    page.set_viewport_size({"width": 320, "height": 900})
    if page.evaluate(IS_WIDER):
        found.append(f"{page.url}: scrolls sideways")
    return found
