"""Links under the tariffs of data/, and the items of the act of 2024, for tests."""

from datetime import date

from pricing import load
from pricing.link import Links
from pricing.tariff import capital

LINKS = Links(load().tariffs)
"""Links in which any code is one of a commune."""
GRAMMAR = LINKS.grammar
read, write, query = LINKS.read, LINKS.write, LINKS.query
MAX_LINK, MAX_READ = LINKS.longest, LINKS.most_read
ACT = load().adopted(date(2024, 3, 26))
"""Act that the tests price by, whichever others there are."""
ITEMS = tuple(ACT.items)
"""Every item of that act, in its order."""
SERVICES = tuple(ACT.services)
"""Every service of that act, in its order."""
KINDS = {
    item: (service, capital(words))
    for service, of in ACT.services.items()
    if of.instead
    for item, words in of.instead.items.items()
}
"""Items that stand for one another, each with its service and the label of its choice."""
CHOICES = tuple(key for key, item in ACT.items.items() if item.ticked)
"""Those that are ticked."""
