"""Fetching a page: hostile addresses are refused, and hostile servers cost no more than the limits."""

import gzip
import ipaddress
import socket
import threading
import zlib
from contextlib import contextmanager
from dataclasses import replace

import pytest

from articles.fetching.http_client import Answered, Limits, NoAnswer, Page, Wanted, Web, fetch
from articles.fetching.robots import Robots
from articles.fetching.url_policy import Refused, check_link, is_public, target_of

# Each would reach this machine, its network, a cloud's metadata or another protocol.
HOSTILE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://localhost/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[::ffff:0:7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1%25eth0]/",
    "http://[fd00:ec2::254]/",
    "http://[ff02::1]/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://courier.example:22/",
    "http://reader:secret@courier.example/",
    "http://courier.example\\@127.0.0.1/",
    "file:///etc/passwd",
    "gopher://courier.example/",
    "ftp://courier.example/",
    "javascript:alert(1)",
    "http://courier.example/\r\nHost: inside",
    "http:///path",
]
PUBLIC = "203.0.114.7"
PAGE = b"<!doctype html><title>Weir</title><h1>Weir opens</h1><p>It was opened early.</p>"


def as_the_system(host, port):
    """What a resolver says without asking anybody: numbers are themselves, names on this machine are it."""
    if host == "localhost":
        return ["127.0.0.1"]
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        return [PUBLIC]


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_address_is_refused_and_nobody_is_asked(url, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", None)
    with pytest.raises(Refused):
        fetch(url, web=Web(resolver=as_the_system))


@pytest.mark.parametrize(
    "url",
    [
        "http://courier.example/a?b=1",
        "https://żerań.example/",
        "http://93.184.215.14/",
        "http://a.b.c.example:80/",
    ],
)
def test_an_ordinary_address_is_not_refused(url):
    assert target_of(url, resolver=lambda host, port: [PUBLIC]).address == PUBLIC


def test_one_bad_number_among_those_of_a_host_is_enough():
    with pytest.raises(Refused, match="not on the public web"):
        target_of("http://courier.example/", resolver=lambda host, port: [PUBLIC, "10.0.0.7"])


SPECIAL = """
100.100.100.200 192.0.0.192 198.18.0.1 240.0.0.1 255.255.255.255 168.63.129.16
2001::1 3fff::1 fec0::1 64:ff9b:1::a00:1
::ffff:0:a00:1 ::ffff:0:7f00:1 ::2:0:1 100:0:0:1::1 200::1 1::1 4000::1 8000::1
192.31.196.1 192.52.193.1 192.175.48.1 2620:4f:8000::1
"""


@pytest.mark.parametrize("number", SPECIAL.split())
def test_special_ranges_are_not_public(number):
    assert not is_public(ipaddress.ip_address(number))


@contextmanager
def server(*answers):
    """A web server on this machine that gives these answers in turn, and hears what it was asked."""
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            for answer in answers:
                try:
                    client, _ = listening.accept()
                except OSError:
                    return
                with client:
                    asked.append(client.recv(65536).decode(errors="replace"))
                    try:
                        for piece in answer if not isinstance(answer, bytes) else [answer]:
                            client.sendall(piece)
                    except OSError:
                        pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1], asked
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(2)


def answer(body=PAGE, status="200 OK", kind="text/html", **headers):
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def web(port, resolver=None):
    """A web in which every host is this machine, and this machine may be asked."""
    return Web(
        resolver=resolver or (lambda host, port: ["127.0.0.1"]), allows=lambda address: True, ports=[port]
    )


def test_a_page_is_fetched_from_the_number_checked_under_its_own_name():
    with server(answer(Content_Length=len(PAGE))) as (port, asked):
        page = fetch(f"http://courier.example:{port}/weir?x=1", web=web(port))
    assert (page.raw, page.media_type) == (PAGE, "text/html")
    assert asked[0].startswith("GET /weir?x=1 HTTP/1.1\r\n")
    assert f"Host: courier.example:{port}\r\n" in asked[0]


def test_the_encoding_that_the_server_names_is_kept():
    with server(answer(kind="text/html; charset=iso-8859-2")) as (port, _):
        assert (
            fetch(f"http://courier.example:{port}/", web=web(port)).media_type
            == "text/html; charset=iso-8859-2"
        )


def test_a_packed_page_is_unpacked():
    with server(answer(gzip.compress(PAGE), Content_Encoding="gzip")) as (port, _):
        assert fetch(f"http://courier.example:{port}/", web=web(port)).raw == PAGE


def test_a_host_is_looked_up_once_so_that_a_second_answer_leads_nowhere():
    answers = [["127.0.0.1"], ["127.0.0.2"]]
    with server(answer()) as (port, asked):
        fetch(f"http://courier.example:{port}/", web=web(port, lambda host, port: answers.pop(0)))
    assert (len(asked), answers) == (1, [["127.0.0.2"]])


def test_a_redirect_is_followed_and_checked_anew():
    def allowed(address):
        return str(address) == "127.0.0.1"

    def resolver(host, port):
        return ["127.0.0.1" if host == "courier.example" else "127.0.0.9"]

    with server(answer(b"", "302 Found", Location="/b"), answer()) as (port, asked):
        page = fetch(f"http://courier.example:{port}/a", web=Web(resolver, allowed, [port]))
    assert (page.url, len(asked)) == (f"http://courier.example:{port}/b", 2)
    for place in (
        "http://inside.example:{}/",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "//inside.example/",
    ):
        with server(answer(b"", "301 Moved", Location=place.format(port)), answer()) as (port, asked):
            with pytest.raises(Refused):
                fetch(f"http://courier.example:{port}/a", web=Web(resolver, allowed, [port]))
            assert len(asked) == 1, place


def test_redirects_without_end_are_given_up():
    moves = [answer(b"", "302 Found", Location=f"/{n}") for n in range(9)]
    with server(*moves) as (port, asked), pytest.raises(Refused, match="more than 4 times"):
        fetch(f"http://courier.example:{port}/", web=web(port))
    assert len(asked) == 5


def slowly(port_closed, pieces):
    for piece in pieces:
        if port_closed.wait(0.02):
            return
        yield piece


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_slow_trickle_ends_at_the_limit_for_all(part):
    over = threading.Event()
    start = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + (b"\r\n" if part == "body" else b"X: ")
    trickle = slowly(over, [start, *[b"a"] * 500])
    with server(trickle) as (port, _), pytest.raises(Refused, match="within 1 seconds"):
        fetch(f"http://courier.example:{port}/", Limits(seconds=1), web(port))
    over.set()


def test_a_slow_trickle_in_the_handshake_ends_at_the_limit_too():
    over = threading.Event()
    # The head of a record of 16,128 bytes with a message of the server's that fills it.
    start = b"\x16\x03\x03\x3f\x00\x02\x00\x3e\xfc\x03\x03"
    with server(slowly(over, [start, *[b"a"] * 500])) as (port, _):
        with pytest.raises(NoAnswer, match="within 1 seconds"):
            fetch(f"https://courier.example:{port}/", Limits(seconds=1), web(port))
        over.set()


def test_all_redirects_together_end_at_the_limit():
    over = threading.Event()

    def late(reply):
        over.wait(0.4)
        yield reply

    moves = [late(answer(b"", "302 Found", Location=f"/{n}")) for n in range(4)]
    with server(*moves, late(answer())) as (port, asked):
        with pytest.raises(NoAnswer, match="within 1 seconds"):
            fetch(f"http://courier.example:{port}/", Limits(seconds=1), web(port))
        assert len(asked) < 5
        over.set()


@pytest.mark.parametrize(
    ("error", "passes"), [(socket.EAI_AGAIN, True), (socket.EAI_NONAME, False), (None, True)]
)
def test_a_name_server_that_fails_may_answer_later_but_an_unknown_name_stays_unknown(error, passes):
    def resolver(host, port):
        raise socket.gaierror(error, "no name") if error else TimeoutError

    with pytest.raises(Refused, match="could not find the website") as refused:
        fetch("http://courier.example/", Limits(), Web(resolver))
    assert refused.value.passes is passes


def test_a_resolver_that_never_answers_is_given_up():
    never = threading.Event()
    with pytest.raises(Refused, match="could not find the website"):
        fetch("http://courier.example/", Limits(seconds=0.1), Web(lambda host, port: never.wait(5) or []))
    never.set()


def test_a_page_without_end_is_cut_at_the_limit():
    with (
        server([answer(b""), *[b"x" * 65536] * 100]) as (port, _),
        pytest.raises(Refused, match=r"larger than 0\.25 MB"),
    ):
        fetch(f"http://courier.example:{port}/", Limits(largest=256 * 1024), web(port))


def test_a_bomb_is_unpacked_no_further_than_the_limit():
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(64)) + packer.flush()
    with (
        server(answer(bomb, Content_Encoding="gzip")) as (port, _),
        pytest.raises(Refused, match="larger than 2 MB"),
    ):
        fetch(f"http://courier.example:{port}/", web=web(port))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (answer(kind="application/pdf"), "We can only fetch HTML and plain text."),
        (answer(b"", "404 Not Found"), "answered 404"),
        (answer(Content_Encoding="br"), "compressed with br"),
        (answer(b"not packed", Content_Encoding="gzip"), "could not decompress"),
        (answer(gzip.compress(PAGE)[:-9], Content_Encoding="gzip"), "ended too early"),
        (answer(Content_Length=9999), "ended too early"),
        (b"", "could not read"),
        (b"SSH-2.0-OpenSSH\r\n", "could not read"),
    ],
)
def test_what_is_no_page_is_told(given, said):
    with server(given) as (port, _), pytest.raises(Refused, match=said):
        fetch(f"http://courier.example:{port}/", web=web(port))


def test_a_server_that_cannot_prove_its_name_is_refused():
    with server(b"no greeting") as (port, _), pytest.raises(Refused, match="security certificate of"):
        fetch(f"https://courier.example:{port}/", web=web(port))


FEEDS = Wanted(kinds=("application/rss+xml",), other_kind="This is %(type)s, not a feed.")


def test_validators_come_with_the_page_and_are_sent_with_the_next_request():
    first = answer(b"<rss/>", kind="application/rss+xml", ETag='"one"', Last_Modified="Thu, 30 May 2019")
    with server(first, answer(b"", "304 Not Modified")) as (port, asked):
        url = f"http://courier.example:{port}/"
        page = fetch(url, web=web(port), wanted=FEEDS)
        again = replace(FEEDS, etag=page.etag, last_modified=page.last_modified)
        found = fetch(url, web=web(port), wanted=again)
    assert (page.etag, page.last_modified, page.unchanged) == ('"one"', "Thu, 30 May 2019", False)
    assert (found.unchanged, found.raw, found.etag) == (True, b"", '"one"')
    assert "If-None-Match" not in asked[0]
    assert 'If-None-Match: "one"\r\nIf-Modified-Since: Thu, 30 May 2019\r\n' in asked[1]


def test_another_type_than_wanted_is_named():
    with server(answer(kind="image/png")) as (port, _), pytest.raises(Refused, match="image/png, not a feed"):
        fetch(f"http://courier.example:{port}/", web=web(port), wanted=FEEDS)


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        (["301 Moved", "308 Moved"], "/2"),
        (["301 Moved", "302 Found"], "/1"),
        (["302 Found", "301 Moved"], ""),
    ],
)
def test_the_last_of_the_permanent_redirects_is_the_address_from_now_on(statuses, moved):
    answers = [answer(b"", status, Location=f"/{n}") for n, status in enumerate(statuses, 1)]
    with server(*answers, answer()) as (port, _):
        page = fetch(f"http://courier.example:{port}/", web=web(port))
    assert page.moved_to.removeprefix(f"http://courier.example:{port}") == moved


@pytest.mark.django_db  # a date is compared with the database's clock
@pytest.mark.parametrize(
    ("status", "passes", "header", "seconds"),
    [
        ("410 Gone", False, {}, None),
        ("404 Not Found", False, {"Retry_After": "soon"}, None),
        ("503 Busy", True, {"Retry_After": "120"}, 120),
        ("503 Busy", True, {"Retry_After": "Thu, 30 May 2019 10:00:00 +999999999999"}, None),
        ("503 Busy", True, {"Retry_After": f"30 May {'9' * 30} 10:00:00 GMT"}, None),
        ("429 Slow down", True, {"Retry_After": "Thu, 30 May 2019 10:00:00 GMT"}, 0),
    ],
)
def test_an_error_has_its_status_and_when_to_ask_again(status, passes, header, seconds):
    with server(answer(b"", status, **header)) as (port, _), pytest.raises(Answered) as error:
        fetch(f"http://courier.example:{port}/", web=web(port))
    found = error.value
    assert (found.status, found.passes, found.retry_after) == (int(status[:3]), passes, seconds)


def test_an_address_that_is_never_fetched_is_refused_without_asking_anybody(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", None)
    check_link("https://courier.example/feed.xml")
    for url in ("http://10.0.0.1/", "http://[::1]/", "https://courier.example:22/", "file:///etc/passwd"):
        with pytest.raises(Refused):
            check_link(url)


class TestRobots:
    def rules(self, text):
        def fetch(url):
            if isinstance(text, Exception):
                raise text
            return Page(text.encode(), "text/plain", url)

        return Robots(fetch)

    def test_a_page_is_allowed_unless_the_rules_for_us_or_for_all_forbid_it(self):
        robots = self.rules("User-agent: *\nDisallow: /private/\nCrawl-delay: 5\n")
        assert robots.allows("https://courier.example/1")
        assert not robots.allows("https://courier.example/private/1")
        assert robots.seconds_between("https://courier.example/1", 2.0) == 5
        assert not self.rules("User-agent: newsarchive\nDisallow: /").allows("https://courier.example/1")

    def test_without_rules_everything_is_allowed(self):
        assert self.rules(Answered("no", 404)).allows("https://courier.example/1")

    @pytest.mark.parametrize("error", [Answered("busy", 503), Answered("slower", 429), NoAnswer("late")])
    def test_while_the_website_fails_its_rules_are_unknown(self, error):
        with pytest.raises(NoAnswer, match=f"robots.txt: {error}"):
            self.rules(error).allows("https://courier.example/1")

    def test_a_server_that_has_no_way_to_answer_allows_nothing(self):
        assert not self.rules(Answered("not implemented", 501)).allows("https://courier.example/1")

    def test_a_website_cannot_ask_for_hours_between_two_pages(self):
        robots = self.rules("User-agent: *\nCrawl-delay: 3600\n")
        assert robots.seconds_between("https://courier.example/1", 2.0) == 10

    @pytest.mark.parametrize("line", [f"Crawl-delay: {'9' * 5000}", "Request-rate: ²/5", "Disallow: //[x"])
    def test_rules_that_cannot_be_read_forbid_everything(self, line):
        robots = self.rules(f"User-agent: *\n{line}\n")
        assert not robots.allows("https://courier.example/1")
        assert robots.seconds_between("https://courier.example/1", 2.0) == 2

    @pytest.mark.parametrize(
        "link", ["http://[", "http://cou%5Brier.example/1", "http://courier%E2%84%80.example/"]
    )
    def test_a_link_that_cannot_be_read_is_not_allowed(self, link):
        assert not self.rules("User-agent: *\nDisallow: /private/\n").allows(link)
