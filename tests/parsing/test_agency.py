"""NITF, NewsML-G2 and ninjs: the parts of a story, its versions, and what the agency withholds."""

import json

import pytest

from articles.parsing.agency.newsml import read_newsml
from articles.parsing.agency.ninjs import read_ninjs
from articles.parsing.agency.nitf import read_nitf
from articles.parsing.source_item import SourceError

NITF = """<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-3.dtd">
<nitf><head><title>weir-1</title><docdata{status}><doc-id id-string="sel-1"/><urgency ed-urg="4"/>
<date.issue norm="20190530T233000-0500"/><du-key key="weir" version="2"/>{docdata}
<key-list><keyword key="floods"/></key-list></docdata>
<pubdata name="Selwy Courier" position.section="Local" edition.name="Morning" position.sequence="3"/></head>
<body><body.head><hedline><hl1>Weir&nbsp;opens</hl1><hl2>Farmers had an hour</hl2></hedline>
<byline>By <person>Ada Okafor</person><byttl>Political Editor</byttl></byline>
<dateline><location>SELWY</location>, May 30</dateline><abstract><p>In short.</p></abstract></body.head>
<body.content><p>The <location>weir</location> is open.</p>
<media media-type="image"><media-reference source="https://sel.example/w.jpg"/>
<media-caption><p>The weir.</p></media-caption><media-producer>Lena Dorn</media-producer></media>
<hl2>Afterwards</hl2><p>“We had an hour,” said Osric Pell.</p></body.content>
<body.end><tagline>Okafor reports from Selwy.</tagline></body.end></body></nitf>"""


def story(status="", docdata=""):
    (found,) = read_nitf(NITF.replace("{status}", status).replace("{docdata}", docdata).encode())
    return found


class TestNitf:
    def test_the_parts_of_a_story_are_read(self):
        row = story().row
        assert row["headline"] == "Weir opens"
        assert (row["standfirst"], row["subheadline"]) == ("In short.", "Farmers had an hour")
        assert (row["byline"], row["authors"]) == ("By Ada Okafor, Political Editor", ["Ada Okafor"])
        assert row["dateline"] == "SELWY, May 30"
        assert row["body"] == "The weir is open.\n\nAfterwards\n\n“We had an hour,” said Osric Pell."
        assert row["images"] == [
            {"caption": "The weir.", "credit": "Lena Dorn", "url": "https://sel.example/w.jpg"}
        ]
        assert (row["publication"], row["section"], row["edition"], row["page"]) == (
            "Selwy Courier", "Local", "Morning", "3",
        )  # fmt: skip
        assert (row["external_id"], row["version"], row["urgency"]) == ("sel-1", "2", "4")
        assert (row["published_at"], row["topics"]) == ("20190530T233000-0500", ["floods"])

    @pytest.mark.parametrize(
        ("status", "docdata", "found"),
        [
            ("", "", "publish"), (' management-status="usable"', "", "publish"),
            (' management-status="withheld"', "", "draft"), (' management-status="embargoed"', "", "draft"),
            (' management-status="canceled"', "", "leave"), ("", '<ed-msg info="KILL: stop"/>', "draft"),
            ("", '<ed-msg info="Embargoed until 0001 GMT"/>', "draft"),
        ],
    )  # fmt: skip
    def test_what_the_agency_withholds_is_not_to_be_published(self, status, docdata, found):
        assert story(status, docdata).status == found

    def test_an_entity_of_the_file_opens_nothing_and_does_not_grow(self):
        bomb = '<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&c;&c;"><!ENTITY c "&b;&b;">'
        raw = NITF.replace('"nitf-3-3.dtd"', f'"nitf-3-3.dtd" [{bomb}]').replace("is open", "is &a; &b;")
        (found,) = read_nitf(raw.replace("{status}", "").replace("{docdata}", "").encode())
        assert found.row["body"].startswith("The weir is &a; &b;.")

    def test_an_embargo_is_kept_for_the_clock_to_decide(self):
        assert (
            story("", '<date.release norm="29990101T000000Z"/>').row["embargoed_until"] == "29990101T000000Z"
        )


ITEM = """<newsItem xmlns="{namespace}" guid="{guid}" version="{version}" xml:lang="en-GB">
<itemMeta><itemClass qcode="ninat:{kind}"/><provider><name>Selwy Wire</name></provider>
<versionCreated>2019-05-3{version}T23:30:00-05:00</versionCreated>
<firstCreated>2019-05-30T10:00:00-05:00</firstCreated>
{meta}<pubStatus qcode="stat:{status}"/></itemMeta><contentMeta><urgency>4</urgency><by>By Ada Okafor</by>
<creator><name>Ada Okafor</name></creator><headline>Weir opens</headline><dateline>SELWY, May 30</dateline>
<subject qcode="x:1"><name>Floods</name></subject>
<description role="drol:summary">In short.</description></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""
XHTML = """<inlineXML contenttype="application/xhtml+xml"><h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
<h:title>slug</h:title></h:head><h:body><h:p>Text of version {version}.</h:p></h:body></h:html></inlineXML>"""


def item(
    guid="urn:x:1",
    version=1,
    kind="text",
    status="usable",
    meta="",
    content=XHTML,
    namespace="http://iptc.org/std/nar/2006-10-01/",
):
    values = {
        "guid": guid,
        "version": version,
        "kind": kind,
        "status": status,
        "meta": meta,
        "namespace": namespace,
    }
    return ITEM.replace("{content}", content).format(**values)


def message(*items):
    inside = "".join(items)
    text = f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>{inside}</itemSet></newsMessage>'
    return list(read_newsml(text.encode()))


class TestNewsml:
    @pytest.mark.parametrize(
        "namespace", ["http://iptc.org/std/nar/2006-10-01/", "https://iptc.org/std/nar/2006-10-01"]
    )
    def test_an_item_is_read_whatever_the_scheme_of_its_namespace(self, namespace):
        (found,) = read_newsml(item(namespace=namespace).encode())
        assert (found.row["headline"], found.row["byline"]) == ("Weir opens", "By Ada Okafor")
        assert (found.row["body"], found.row["standfirst"]) == ("Text of version 1.", "In short.")
        assert (found.row["external_id"], found.row["version"]) == ("urn:x:1", "1")
        assert (found.row["publication"], found.row["topics"]) == ("Selwy Wire", ["Floods"])
        assert found.row["published_at"] == "2019-05-30T10:00:00-05:00"

    def test_a_story_in_nitf_inside_is_read_as_nitf(self):
        nitf = (
            NITF.partition('dtd">')[2].replace("&nbsp;", " ").replace("{status}", "").replace("{docdata}", "")
        )
        (found,) = read_newsml(item(content=f"<inlineXML>{nitf}</inlineXML>").encode())
        assert found.row["body"].startswith("The weir is open.\n\nAfterwards")
        assert (found.row["external_id"], found.row["section"]) == ("urn:x:1", "Local")

    def test_an_item_without_headline_and_name_has_those_of_its_page_and_code(self):
        raw = item().replace("<headline>Weir opens</headline>", "").replace("<name>Selwy Wire</name>", "")
        (found,) = read_newsml(raw.replace("<provider>", '<provider qcode="nprov:SW">').encode())
        assert (found.row["headline"], found.row["publication"]) == ("slug", "SW")

    def test_of_several_versions_only_the_last_is_imported(self):
        found = message(item(version=2), item(version=1), item("urn:x:2"), item(version=10))
        assert [one.status for one in found] == ["leave", "leave", "publish", "publish"]
        assert found[0].reason == "is left out: version 2 is not the last: the file has version 10"

    @pytest.mark.parametrize(
        ("values", "status"),
        [
            ({"status": "withheld"}, "draft"), ({"status": "canceled"}, "leave"), ({"status": "x"}, "draft"),
            ({"meta": "<embargoed/>"}, "draft"), ({"content": ""}, "leave"), ({"kind": "picture"}, "leave"),
        ],
    )  # fmt: skip
    def test_what_the_agency_withholds_is_not_to_be_published(self, values, status):
        assert message(item(**values))[0].status == status

    def test_no_version_is_imported_of_an_item_that_its_last_version_cancels(self):
        assert {one.status for one in message(item(version=1), item(version=2, status="canceled"))} == {
            "leave"
        }

    def test_a_package_is_left_out(self):
        package = item().replace("newsItem", "packageItem").replace("ninat:text", "ninat:composite")
        assert (
            message(package)[0].reason == "is left out: a package is not an article"
            or message(package)[0].status == "leave"
        )

    def test_a_file_that_is_cut_off_is_refused(self):
        with pytest.raises(SourceError, match="is not whole"):
            list(read_newsml(item().encode()[:-20]))


FIRST = {
    "uri": "urn:x:1", "type": "text", "version": "1", "versioncreated": "2019-05-30T23:30:00-05:00",
    "pubstatus": "usable", "language": "en", "headline": "Weir opens", "byline": "Ada Okafor",
    "body_xhtml": "<p>The weir &amp; the mill.</p>", "person": [{"name": "Osric Pell", "rel": "about"}],
    "place": [{"name": "Selwy"}], "subject": [{"name": "Floods"}], "copyrightholder": "Selwy Wire",
    "associations": {"main": {"type": "picture", "description_text": "The weir.", "byline": "Lena Dorn",
                              "renditions": {"a": {"href": "https://sel.example/w.jpg"}}}},
}  # fmt: skip
SECOND = {
    "uri": "urn:x:1", "standard": {"name": "ninjs", "version": "2.0"}, "type": "text", "version": "1",
    "versioncreated": "2019-05-30T23:30:00-05:00", "by": "Ada Okafor",
    "infosources": [{"name": "Selwy Wire"}],
    "headlines": [{"role": "short", "value": "Open"}, {"role": "main", "value": "Weir opens"}],
    "bodies": [{"contenttype": "text/plain", "value": "Plain."},
               {"role": "main", "contenttype": "text/html", "value": "<p>The weir &amp; the mill.</p>"}],
    "people": [{"name": "Osric Pell"}], "places": [{"name": "Selwy"}], "subjects": [{"name": "Floods"}],
    "associations": [{"type": "picture", "descriptions": [{"role": "caption", "value": "The weir."}],
                      "by": "Lena Dorn", "renditions": [{"href": "https://sel.example/w.jpg"}]}],
}  # fmt: skip


def items(*given):
    return list(read_ninjs(json.dumps(list(given)).encode()))


class TestNinjs:
    @pytest.mark.parametrize("given", [FIRST, SECOND], ids=["version 1", "version 2"])
    def test_an_item_of_either_version_is_read(self, given):
        row = items(given)[0].row
        assert (row["headline"], row["body"], row["byline"]) == (
            "Weir opens",
            "The weir & the mill.",
            "Ada Okafor",
        )
        assert (row["external_id"], row["version"], row["publication"]) == ("urn:x:1", "1", "Selwy Wire")
        assert (row["people"], row["places"], row["topics"]) == (["Osric Pell"], ["Selwy"], ["Floods"])
        assert row["images"] == [
            {"caption": "The weir.", "credit": "Lena Dorn", "url": "https://sel.example/w.jpg"}
        ]
        assert row["published_at"] == "2019-05-30T23:30:00-05:00"

    @pytest.mark.parametrize(
        ("values", "status"),
        [
            ({}, "publish"), ({"pubstatus": "withheld"}, "draft"), ({"pubstatus": "canceled"}, "leave"),
            ({"embargoed": ""}, "draft"), ({"embargoed": True}, "draft"), ({"type": "picture"}, "leave"),
            ({"body_xhtml": ""}, "leave"),
        ],
    )  # fmt: skip
    def test_what_the_agency_withholds_is_not_to_be_published(self, values, status):
        assert items(FIRST | values)[0].status == status

    def test_of_several_versions_only_the_last_is_imported(self):
        found = items(FIRST | {"version": "9"}, FIRST | {"version": "10"}, FIRST | {"uri": "urn:x:2"})
        assert [one.status for one in found] == ["leave", "publish", "publish"]

    def test_one_item_a_list_and_lines_are_read(self):
        one = json.dumps(FIRST, indent=2).encode()
        lines = b"\n".join(json.dumps(FIRST | {"uri": f"urn:x:{n}"}).encode() for n in range(2))
        wrapped = json.dumps({"_items": [FIRST]}).encode()
        assert [len(list(read_ninjs(raw))) for raw in (one, lines, wrapped)] == [1, 2, 1]

    @pytest.mark.parametrize("raw", [b'{"uri": "urn:x:1", "body_text": ', b"[]", b"5"])
    def test_what_is_broken_is_refused(self, raw):
        with pytest.raises(SourceError):
            list(read_ninjs(raw))
