"""Pages of strangers are read in a child process that cannot outstay or outgrow its limits."""

import io
import json
import signal
import subprocess
import sys

import pytest

from articles.fetching import sandbox, sandbox_worker
from articles.parsing.html.page import MAX_HTML, PageError
from articles.parsing.html.page import read_html as read_html_here
from articles.parsing.item_files import read_items as read_items_here
from articles.parsing.source_item import SourceItem
from tests.sources.feeds import item, rss, slow_feed

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Rain</title>
<meta property="article:published_time" content="2024-03-12T23:30:00-05:00"></head>
<body><article><h1>Rain in Selwyn</h1>
<figure><img src="/r.jpg"><figcaption>Rain. Photo: Lena Dorn</figcaption></figure>
<p>It rained in Selwyn on Monday, as it had on Sunday, and the forecast for the week is rain and rain.</p>
<p>“I have bought a boat,” said Joan Pell, who runs the harbour café and has not seen a guest since.</p>
</article></body></html>"""
# Each attribute is compared with all before it: minutes of work in two megabytes.
SLOW = "<html><body><p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">x</p></body></html>"


def test_a_page_is_read_in_the_child_as_it_is_read_here():
    assert sandbox.read_html(PAGE, "https://gazette.example.org/r") == read_html_here(
        PAGE, "https://gazette.example.org/r"
    )


def test_the_bytes_of_a_page_reach_the_child_with_their_own_coding():
    raw = "<meta charset='iso-8859-2'><h1>Łódź</h1>".encode("iso-8859-2")
    assert sandbox.read_html(raw).headline == "Łódź"


def test_a_page_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(sandbox, "SECONDS", 2)
    with pytest.raises(PageError, match="within 2 seconds"):
        sandbox.read_html(SLOW)


def test_many_pages_are_read_in_one_child(monkeypatch):
    started = children(monkeypatch)
    with sandbox.ChildReader() as reader:
        headlines = [reader.read_html(PAGE.replace("in Selwyn", f"on day {n}")).headline for n in range(3)]
    assert headlines == ["Rain on day 0", "Rain on day 1", "Rain on day 2"]
    assert len(started) == 1
    assert started[0].poll() is not None


def test_a_page_that_ends_the_child_costs_only_that_page(monkeypatch):
    started = children(monkeypatch)
    with sandbox.ChildReader() as reader:
        assert reader.read_html(PAGE).headline == "Rain in Selwyn"
        monkeypatch.setattr(sandbox, "SECONDS", 1)
        with pytest.raises(PageError, match="within 1 seconds"):
            reader.read_html(SLOW)
        monkeypatch.setattr(sandbox, "SECONDS", 300)
        assert reader.read_html(PAGE).headline == "Rain in Selwyn"
        started[-1].kill()
        with pytest.raises(PageError, match=r"512 MB of memory \(code -9\)"):
            reader.read_html(PAGE)
        assert reader.read_html(PAGE).headline == "Rain in Selwyn"
    assert len(started) == 3


def test_a_page_that_takes_all_the_processor_time_of_the_child_took_too_long(monkeypatch):
    started = children(monkeypatch)
    with sandbox.ChildReader() as reader:
        reader.read_html(PAGE)
        started[-1].send_signal(signal.SIGXCPU)
        with pytest.raises(PageError, match="within 300 seconds"):
            reader.read_html(PAGE)


def test_a_page_that_is_refused_does_not_end_the_child(monkeypatch):
    started = children(monkeypatch)
    with sandbox.ChildReader() as reader:
        with pytest.raises(PageError, match="there is no page in it"):
            reader.read_html("")
        assert reader.read_html(PAGE).headline == "Rain in Selwyn"
    assert len(started) == 1


def children(monkeypatch):
    """The processes that the sandbox starts from now on."""
    started = []
    start = sandbox._start
    monkeypatch.setattr(sandbox, "_start", lambda: started.append(start()) or started[-1])
    return started


def test_a_page_that_is_too_large_starts_no_child(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    with pytest.raises(PageError, match="is the most"):
        sandbox.read_html("a" * (MAX_HTML + 1))


def test_what_the_child_refuses_is_refused_with_its_reason():
    with pytest.raises(PageError, match="there is no page in it"):
        sandbox.read_html("")


def test_a_child_that_dies_is_told_in_plain_words(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(PageError, match="512 MB of memory"):
        sandbox.read_html(PAGE)


@pytest.mark.parametrize(
    ("act", "error"),
    [
        ("bytearray(600 * 1024 * 1024)", "MemoryError"),
        ("open({path!r}, 'wb', buffering=0).write(b'x')", "File too large"),
    ],
)
def test_the_child_bounds_its_own_memory_and_writes_no_file(act, error, tmp_path):
    worker = "from articles.fetching import sandbox_worker"
    script = f"{worker}\nsandbox_worker.limit()\n{act.format(path=str(tmp_path / 'file'))}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert error in done.stderr


FEEDS = [
    rss(item(1), item(2, **{"content:encoded": "", "description": "Seen from the weir: \U0001f327 Łódź …"})),
    # With a note on the date, a picture with a caption, and text that was cut.
    (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry><title>Rain</title><id>a</id>'
        b"<updated>2019-05-30T10:00:00Z</updated><author><name>Ada Pell</name></author><author>"
        b'<name>B. Orr</name></author><content type="html">'
        b"&lt;p&gt;It rained.&lt;/p&gt;&lt;figure&gt;&lt;img src='r.jpg'&gt;"
        b"&lt;figcaption&gt;Rain&lt;/figcaption&gt;&lt;/figure&gt;&lt;div class='social'&gt;Share this page"
        b"&lt;/div&gt;</content></entry></feed>"
    ),
    json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Courier",
            "items": [
                {"id": "1", "content_text": "Rain. \ud800", "status": {"draft": [1, 2.5, None, True]}},
                {
                    "id": "2",
                    "summary": "Snow",
                    "date_modified": "2019-05-30",
                    "authors": [{"name": "Ada Pell"}],
                },
            ],
        }
    ).encode(),
]


@pytest.mark.parametrize("raw", FEEDS, ids=["rss", "atom", "json"])
def test_the_items_of_a_feed_are_read_in_the_child_as_they_are_read_here(raw):
    here = list(read_items_here("feed", io.BytesIO(raw), raw))
    found = sandbox.read_items(raw, 10)
    assert (found.format, found.fault, found.limit) == ("feed", "", "")
    assert found.items == here
    assert [list(one.row) for one in found.items] == [list(one.row) for one in here]


def test_no_more_items_are_given_than_asked_for_and_what_is_wrong_after_them_is_said():
    raw = rss(*map(item, range(5)))
    assert len(sandbox.read_items(raw, 3).items) == 3
    damaged = sandbox.read_items(raw[:-10], 10)
    assert (len(damaged.items), damaged.limit) == (5, "")
    assert "is not whole" in damaged.fault


def test_a_page_has_no_items():
    found = sandbox.read_items(PAGE.encode(), 10)
    assert (found.format, found.items, found.limit) == ("page", [], "")


def test_a_feed_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(sandbox, "SECONDS", 2)
    found = sandbox.read_items(slow_feed(), 10)
    assert (found.items, found.limit) == ([], "could not be read within 2 seconds")


def test_items_that_were_read_before_a_limit_count(monkeypatch):
    ask = sandbox._ask

    def killed_after_the_items(child, job, items):
        ask(child, job, items)
        child.kill()
        raise ValueError

    monkeypatch.setattr(sandbox, "_ask", killed_after_the_items)
    found = sandbox.read_items(rss(item(1)), 10)
    assert [type(one) for one in found.items] == [SourceItem]
    assert found.limit == "could not be read with 512 MB of memory (code -9)"


def test_a_feed_that_grows_beyond_the_memory_of_the_child_is_given_up(monkeypatch):
    def grow(item):
        raise MemoryError

    full = sandbox_worker.answer_to({"kind": "items", "most": 10}, rss(item(1)), grow)
    monkeypatch.setattr(sandbox, "_ask", lambda child, job, items: full)
    assert sandbox.read_items(rss(item(1)), 10).limit == "could not be read with 512 MB of memory"


def test_more_output_than_the_limit_is_not_taken(monkeypatch):
    monkeypatch.setattr(sandbox, "OUTPUT", 3_000)
    assert "could not be read" in sandbox.read_items(rss(*map(item, range(20))), 20).limit
