"""Files that have many items: feeds, WordPress exports and agency files."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from articles.parsing import file_format
from articles.parsing.agency.newsml import read_newsml
from articles.parsing.agency.ninjs import read_ninjs
from articles.parsing.agency.nitf import read_nitf
from articles.parsing.feeds.json_feed import is_json_feed, read_json_feed
from articles.parsing.feeds.syndication import read_feed
from articles.parsing.feeds.wordpress import is_wxr, read_wxr
from articles.parsing.source_item import SourceError, SourceItem

LONGEST = 50 * 1024 * 1024  # of a file that is parsed as a whole
_WHOLE: dict[str, Callable[[bytes], Iterator[SourceItem]]] = {
    file_format.FEED: read_feed,
    file_format.NITF: read_nitf,
    file_format.NEWSML: read_newsml,
    file_format.NINJS: read_ninjs,
}
FORMATS = (*_WHOLE, file_format.WXR)


def read_items(format: str, stream: BinaryIO, head: bytes) -> Iterator[SourceItem]:
    """The items of a file with these first bytes; raises `SourceError` after those before a fault."""
    if format == file_format.WXR or (format == file_format.FEED and is_wxr(head)):
        yield from read_wxr(stream)
        return
    raw = stream.read(LONGEST + 1)
    if len(raw) > LONGEST:
        raise SourceError(f"longer than {LONGEST:,} bytes")
    is_json = format == file_format.FEED and is_json_feed(head)
    yield from read_json_feed(raw) if is_json else _WHOLE[format](raw)
