"""The toolbox as files: cards for machines, a feed, a map of addresses, and everything at once for use without a line."""

from handrail.library.formats.cards import CardPage, card_json
from handrail.library.formats.feeds import FeedEntry, write_feed, write_sitemap
from handrail.library.formats.whole import write_whole

__all__ = ["CardPage", "FeedEntry", "card_json", "write_feed", "write_sitemap", "write_whole"]
