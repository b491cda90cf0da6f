"""Thirty texts that would like to be a page, in every field: whatever page shows them, it shows them as text.

Every address there is, and every form, in a browser: ``manage.py measure measure/test_hostile_texts.py``.
"""

import re
from urllib.parse import quote, urlencode

import pytest
from django.contrib.auth.models import User
from lxml import etree
from playwright.sync_api import Error

from articles.search.request.canonical_url import ORDER
from tests.addresses import routes
from tests.admin.desk import log_in
from tests.measure.hostile import PAYLOADS, fill, fit, rounds, unfilled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Codes, hashes and slugs, which hold no free text, and what the database writes by itself.
NO_FREE_TEXT = {
    "Article.body_hash", "Article.language", "Article.quotes_state", "Holding.quotes_state",
    "Publication.country", "Publication.language", "Publication.slug", "Publication.time_zone",
    "RawDocument.sha256", "Report.token_hash", "Section.slug", "SenderTally.sender", "Signature.body_hash",
    "Speaker.slug", "Topic.slug", "OldAddress.address", "Quote.prefix", "Quote.suffix",
    *(f"{past}{kind}Document.{column}" for past in ("", "Past") for kind in ("Search", "Quote")
      for column in ("language", "quotes_state", "kind", "channel", "standing", "checked")),
}  # fmt: skip
WATCH = """
window.said = [];
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => window.said.push("dialog");
document.addEventListener("securitypolicyviolation", (event) =>
  window.said.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
LOOK = """() => {
  const targets = ["href", "src", "action", "formaction", "data"];
  const strange = (node) => node.hasAttribute("pwn")
    || ["IFRAME", "OBJECT", "EMBED", "BASE", "STYLE", "MATH", "VIDEO"].includes(node.tagName.toUpperCase())
    || node.localName === "script" && !node.getAttribute("src") && !/json$/.test(node.type)
    || node.matches("meta[http-equiv]")
    || [...node.attributes].some((one) => one.name.startsWith("on")
      || targets.includes(one.name)
        && /^\\s*(javascript|data|vbscript):|^(https?:)?\\/\\/evil/i.test(one.value));
  const nodes = [...document.querySelectorAll("*")].filter(strange);
  return [...window.said, ...nodes.map((node) => `node: ${node.outerHTML.slice(0, 150)}`)];
}"""
SHOWN = """() => document.documentElement.innerText.includes("pwn")
  || [...document.querySelectorAll("input, textarea")].some((box) => box.value.includes("pwn"))"""
SEND = """([number, text]) => {
  const form = [...document.querySelectorAll("form[method=post]:not([action*=logout])")][number];
  for (const box of form.elements)
    if (/^(text|search|url|email|password|textarea)$/.test(box.type)) box.value = text;
  form.noValidate = true;
  const buttons = [...form.elements].filter((one) => one.type === "submit");
  form.requestSubmit(buttons.find((one) => one.name === "do") ?? buttons[0]);
}"""
FILES = re.compile(r"format=|\.(xml|txt|json)$|^/(healthz|readyz)|jsi18n")
POSTS = "document.querySelectorAll('form[method=post]:not([action*=logout])').length"


class Walk:
    """A superuser's browser, and whatever went wrong in it."""

    def __init__(self, browser, live_server):
        self.root = User.objects.create_superuser("root", password="x")
        self.context = browser.new_context(base_url=live_server.url)
        cookie = log_in(self.root).cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        self.context.add_init_script(WATCH)
        self.home = live_server.url
        self.take_a_new_page()
        self.faults, self.showing = [], set()
        self.looked = self.files = 0

    def take_a_new_page(self):
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._hear)
        self.page.on("request", self._see)

    def _hear(self, message):
        if message.type in ("error", "warning") and "responded with a status of 4" not in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")

    def _see(self, request):
        if not request.url.startswith((self.home, "blob:")):
            self.faults.append(f"{self.page.url}: asked {request.url}")

    def open(self, address, name=""):
        answer = self.context.request.get(address) if FILES.search(address) else None
        if answer and not answer.headers["content-type"].startswith("text/html"):
            self.read(address, answer)
        elif "/logout/" not in address:
            try:
                self.page.goto(address)
            except Error as error:
                # A form that is only ever sent answers with nothing at all.
                assert "RESPONSE_CODE_FAILURE" in str(error), error
                self.page.close()
                self.take_a_new_page()
                return
            self.look(name or address)

    def look(self, name):
        self.looked += 1
        self.faults += [f"{self.page.url}: {fault}" for fault in self.page.evaluate(LOOK)]
        if self.page.evaluate(SHOWN):
            self.showing.add(name)

    def read(self, address, answer):
        """A file is no page, whatever stands in it; what is XML has no elements but its own."""
        self.looked += 1
        self.files += 1
        kind = answer.headers["content-type"]
        if answer.headers.get("x-content-type-options") != "nosniff":
            self.faults.append(f"{address}: a browser may take it for a page")
        if "xml" in kind:
            tree = etree.fromstring(answer.body())
            names = {etree.QName(node).localname for node in tree.iter() if isinstance(node.tag, str)}
            self.faults += [f"{address}: <{name}>" for name in names & {"script", "img", "p", "svg", "b"}]

    def send_forms(self, address, text):
        """Fill every box of each form of the page, send it, and look at what comes back."""
        self.page.goto(address)
        for number in range(self.page.evaluate(POSTS)):
            self.page.goto(address)
            if number >= self.page.evaluate(POSTS):
                # What was sent before has done what this form was for.
                return
            with self.page.expect_navigation():
                self.page.evaluate(SEND, [number, text])
            self.look(f"sent: {address}")


def files_and_echoes(payloads):
    """Files of what is found, and every parameter of the searches with a text for its value."""
    text = fit(payloads, 400)
    for form in ("csv", "jsonl", "json", "ris", "bibtex", "csljson", "atom"):
        yield f"/search/?q=siren&format={form}"
        yield f"/quotes/?q=siren&format={form}"
    for path in ("/search/", "/quotes/", "/speakers/", "/corrections/"):
        yield f"{path}?{urlencode({'q': text})}"
        yield f"{path}?{urlencode(dict.fromkeys(ORDER, text))}"
    yield f"/search/?q=siren&view=kwic&{urlencode({'section': text})}"
    yield f"/quotes/find/?{urlencode({'q': text})}"
    yield f"/speakers/compare/?{urlencode({'speaker': text, 'q': text})}"
    yield f"/nothing/{quote(text, safe='')}/"
    for table in ("article", "quote", "speaker", "notice", "user"):
        yield f"/admin/{'auth' if table == 'user' else 'articles'}/{table}/?{urlencode({'q': text})}"
    yield f"/admin/desk/names/?{urlencode({'q': text})}"
    yield f"/admin/desk/speakers.json?{urlencode({'q': 'ada'})}"
    yield f"/admin/desk/searches/suggest/?{urlencode({'kind': 'articles', 'words': text})}"
    yield f"/admin/login/?{urlencode({'next': text})}"


@pytest.fixture
def walk(browser, live_server):
    walk = Walk(browser, live_server)
    yield walk
    walk.context.close()


def test_every_page_shows_them_as_text(walk):
    examples = [fill(part, number, walk.root) for number, part in enumerate(rounds(3))]
    assert unfilled() - NO_FREE_TEXT == set()
    for route in dict.fromkeys(routes()):
        for address in dict.fromkeys(example.address(route) for example in examples):
            walk.open(address, route)
    for part in rounds(1):
        for address in files_and_echoes(part):
            walk.open(address)
    print(f"{walk.looked} pages and files looked at, {len(walk.showing)} show the texts")
    assert walk.faults == []
    assert len(walk.showing) > 80 and walk.files > 14


def test_what_is_sent_back_by_a_form_is_text(walk):
    example = fill(PAYLOADS, 0, walk.root)
    for route in dict.fromkeys(routes()):
        address = example.address(route)
        answer = walk.context.request.get(address, max_redirects=0)
        if answer.status == 200 and b"post" in answer.body() and "/delete/" not in address:
            walk.send_forms(address, " ".join(PAYLOADS))
    print(f"{walk.looked} answers looked at")
    assert walk.faults == []
    assert {name for name in walk.showing if "paste" in name}


def test_one_that_gets_through_is_seen(walk):
    """The walk notices a text that is a node, that would run, that fetches, or that leads to another site."""
    for payload in PAYLOADS:
        walk.take_a_new_page()
        walk.page.goto("/about/")
        walk.faults.clear()
        try:
            walk.page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", f"<p>{payload}")
            walk.look("seen")
        except Error as led_away:
            walk.faults.append(str(led_away))
        # These do harm within an attribute, a script or a comment, and are plain text between tags.
        harmless = payload.startswith(('" ', "' ", "&", "\\u", "<link", "<form"))
        assert walk.faults or harmless, payload
