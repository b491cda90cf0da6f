"""What every page is held to in the browser: each is opened once and looked at in four lights."""

import re
from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast"]}  # all that changes with the scheme
OPEN_ALL = "for (const hidden of document.querySelectorAll('details')) hidden.open = true"
RUN_AXE = "only => axe.run({runOnly: only, resultTypes: ['violations']})"
IS_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def ending(address: str) -> re.Pattern[str]:
    """For `expect(page).to_have_url`, which waits until the page has gone there."""
    return re.compile(f"{re.escape(address)}$")


def faults(page: Page) -> list[str]:
    """What is wrong with the page that is open: WCAG 2.2 A and AA by axe, light and dark, at 1280 and at 360
    pixels, with all that unfolds unfolded; and whether it scrolls sideways at 320.
    """
    found = []
    page.evaluate(OPEN_ALL)
    # Playwright's evaluate is not held back by the page's own policy.
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
