"""Links under the tariffs of data/, for tests."""

from pricing import load
from pricing.link import Links

LINKS = Links(load().tariffs)
"""Links in which any code is one of a commune."""
GRAMMAR = LINKS.grammar
read, write, query = LINKS.read, LINKS.write, LINKS.query
MAX_LINK, MAX_READ = LINKS.longest, LINKS.most_read
ITEMS = tuple(GRAMMAR.items)
"""Every item of the acts, in their order."""
CHOICES = tuple(key for key, item in GRAMMAR.items.items() if item.ticked)
"""Those that are ticked."""
