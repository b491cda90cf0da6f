"""Headers of every response, and requests that middleware refuses."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import get_resolver
from django.urls.exceptions import NoReverseMatch

from newsarchive.middleware import client_network

pytestmark = pytest.mark.urls("tests.newsarchive.urls")


@pytest.fixture
def editor(db):
    return get_user_model().objects.create_user("ada", password="x", is_staff=True)


def public_addresses():
    """Every address of the site itself that takes no argument."""
    from django.urls import reverse

    resolver = get_resolver("newsarchive.urls")
    for name in {*resolver.namespace_dict["articles"][1].reverse_dict} | {"articles:home"}:
        if isinstance(name, str):
            try:
                yield reverse(name if ":" in name else f"articles:{name}", urlconf="newsarchive.urls")
            except NoReverseMatch:
                continue


class TestPolicy:
    @pytest.mark.parametrize(
        "address",
        [
            "/test/page",
            "/nothing-here",
            "/healthz",
            "/admin/login/",
            "/test/page?q=%00",
            "/static/admin/css/base.css",
        ],
    )
    def test_every_kind_of_answer_is_protected(self, client, db, address):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"):
            assert rule in policy
        assert "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"

    @override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=3600)
    def test_plain_http_is_sent_to_https_which_asks_to_be_remembered(self, client):
        answer = client.get("/test/page")
        assert (answer.status_code, answer["Location"]) == (301, "https://testserver/test/page")
        assert client.get("/test/page", secure=True)["Strict-Transport-Security"].startswith("max-age=3600")

    @override_settings(SECURE_SSL_REDIRECT=True)
    def test_probes_may_ask_over_plain_http(self, client):
        assert client.get("/healthz").status_code == 200

    def test_a_strange_host_is_refused(self, client):
        assert client.get("/test/page", headers={"host": "evil.example.com"}).status_code == 400


class TestRequestId:
    def test_an_answer_names_its_request(self, client):
        first, second = (client.get("/test/page")["X-Request-ID"] for _ in range(2))
        assert len(first) == 16 and first != second

    def test_a_proxys_name_is_kept_unless_it_could_break_a_log(self, client):
        named = {"X-Request-ID": "proxy-0123456789"}
        assert client.get("/test/page", headers=named)["X-Request-ID"] == "proxy-0123456789"
        forged = client.get("/test/page", headers={"X-Request-ID": "a b[31m"})["X-Request-ID"]
        assert len(forged) == 16


class TestBytesThatAreNoText:
    @pytest.mark.parametrize(
        "address",
        ["/test/page?q=%00", "/test/page?%00=1", "/test%00", "/test/page?q=%ff", "/test/page?q=%ed%a0%80"],
    )
    def test_they_are_refused_with_a_page(self, client, address):
        answer = client.get(address)
        assert answer.status_code == 400
        assert "<h1" in answer.text

    def test_a_path_that_is_not_utf8_is_no_address(self, client, db):
        assert client.get("/%ff/").status_code == 404

    def test_a_cookie_that_hides_one_is_refused(self, client):
        client.cookies["sessionid"] = "\0" + "a" * 20
        assert client.get("/test/greeting").status_code == 400

    @pytest.mark.parametrize("address", sorted(public_addresses()))
    @pytest.mark.parametrize("parameter", ["q", "speaker", "from", "page", "sort", "format", "strange"])
    def test_no_page_of_the_site_fails_on_them(self, db, address, parameter):
        client = Client(raise_request_exception=False)
        assert client.get(f"{address}?{parameter}=%00").status_code == 400
        assert client.get(f"{address}?{parameter}=%ff").status_code == 400


class TestCaching:
    @pytest.mark.parametrize("address", ["/test/page", "/test/greeting", "/test/download", "/nothing-here"])
    def test_a_public_page_may_be_kept_a_minute_by_anybody(self, client, db, address):
        answer = client.get(address)
        assert answer["Cache-Control"] == "public, max-age=60"
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies

    @pytest.mark.parametrize("address", sorted(public_addresses()))
    def test_no_public_page_of_the_site_knows_the_reader(self, client, db, address):
        answer = client.get(address)
        assert answer.status_code in {200, 302, 301}
        assert "private" not in answer["Cache-Control"] and "public" in answer["Cache-Control"]
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies

    def test_an_unchanged_page_is_not_sent_again(self, client):
        tag = client.get("/test/page")["ETag"]
        again = client.get("/test/page", headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == "public, max-age=60"

    def test_a_page_for_somebody_is_kept_by_nobody(self, client, editor):
        client.force_login(editor)
        for address in ("/test/page", "/test/greeting"):
            answer = client.get(address)
            assert "private" in answer["Cache-Control"] and "no-store" in answer["Cache-Control"]
            assert "ETag" not in answer

    def test_a_cache_between_two_readers_never_hands_on_what_is_anothers(self, client, editor):
        """A cache that does as it is told: keeps what is public, by address, whoever asks."""
        kept = {}
        ada, reader = Client(), client
        ada.force_login(editor)
        for person in (ada, reader, ada, reader):
            if "/test/greeting" not in kept:
                answer = person.get("/test/greeting")
                if "public" in answer["Cache-Control"]:
                    kept["/test/greeting"] = answer.text
        assert kept == {"/test/greeting": "Welcome, reader."}

    def test_an_ended_session_is_a_reader_like_any_other(self, client, db):
        client.cookies["sessionid"] = "a" * 32
        taken_back = client.get("/test/greeting")
        assert taken_back.cookies["sessionid"].value == "" and "no-store" in taken_back["Cache-Control"]
        assert client.get("/test/page", headers={"cookie": ""})["Cache-Control"] == "public, max-age=60"

    @pytest.mark.parametrize("address", ["/test/cookie", "/admin/login/", "/admin/", "/healthz"])
    def test_what_sets_a_cookie_or_belongs_to_the_desk_is_not_kept(self, client, db, address):
        assert "no-store" in client.get(address)["Cache-Control"]

    def test_what_was_sent_is_never_kept(self, client):
        assert "no-store" in client.post("/test/page")["Cache-Control"]

    def test_long_pages_travel_compressed(self, client, db):
        answer = client.get("/admin/login/", headers={"Accept-Encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"


class TestAddressOfTheReader:
    def test_nobody_is_believed_where_no_proxy_was_named(self, client):
        answer = client.get("/test/address", headers={"X-Forwarded-For": "203.0.113.9"})
        assert answer.text == "127.0.0.1"

    @override_settings(TRUSTED_PROXIES=["127.0.0.1", "10.0.0.2"])
    @pytest.mark.parametrize(
        ("forwarded", "address"),
        [
            ("203.0.113.9", "203.0.113.9"),
            ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
            ("198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
            ("10.0.0.2", "10.0.0.2"),
            ("nonsense", "127.0.0.1"),
            ("", "127.0.0.1"),
        ],
    )
    def test_of_what_a_named_proxy_says_only_the_last_stranger_counts(self, client, forwarded, address):
        assert client.get("/test/address", headers={"X-Forwarded-For": forwarded}).text == address


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("unix:", ""),
    ],
)
def test_one_client_is_counted_by_its_address_or_its_network(rf, address, client):
    assert client_network(rf.get("/", REMOTE_ADDR=address)) == client


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_no_request_ended_costs_the_thread_nothing_once_its_connection_is_lost(client):
    # As a file that was being sent when the server was stopped may leave it.
    def rows():
        with transaction.atomic():
            yield connection.ensure_connection()

    left = rows()
    next(left)
    connection.connection.close()
    assert client.get("/test/ask").status_code == 200
    left.close()
    assert client.get("/test/ask").status_code == 200
