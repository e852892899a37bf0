"""Words that a copied act keeps: of the service that a new block was copied from, or of one that is dropped."""

import re
from collections.abc import Container, Iterator

from pricing.references import Place, texts
from pricing.tariff import Service, Tariff

Doubt = tuple[Place, str]
"""Place of a value in the file, and a French question about it."""
MEANT = "est-ce voulu ?"
"""End of a question."""
_PLAIN = {"avec", "chez", "dans", "leur", "leurs", "mise", "pour", "sans", "service", "sous", "tous", "toute"} | {
    "agent", "agents", "année", "collectivité", "commune", "habitant", "habitants", "jour", "mois", "tranche",
}  # fmt: skip
"""Words of a name or of a count that tell no service from another; shorter ones tell none either."""
_WORDED = {"label", "left", "one", "all", "row", "taken", "text", "why"}
"""Keys of a service whose words may name another one."""


def copied(before: Tariff, after: Tariff) -> Iterator[Doubt]:
    """Yield a question about each new service or item with the words of another service, which a copy keeps."""
    gone = {key: service for key, service in before.services.items() if key not in after.services}
    for service_key, service in after.services.items():
        others = [*gone.values(), *(each for each in after.services.values() if each is not service)]
        theirs = {words: each.label for each in others for _, words in _own_words(each)}
        name = f"services.{service_key}" if service.label in theirs else service.label
        new = service_key not in before.services
        for place, words in _own_words(service):
            if words in theirs and (new or (place[0] == "items" and place[1] not in before.items)):
                asked = f"{name}, {place[-1]} : « {words} », comme pour « {theirs[words]} », {MEANT}"
                yield ("services", service_key, *place), asked
        for place, asked in _borrowed(service, after, theirs) if new else ():
            yield ("services", service_key, *place), f"{name}, {place[-1]} : {asked}, {MEANT}"


def _borrowed(new: Service, act: Tariff, whole: Container[str]) -> Iterator[Doubt]:
    """Yield each text of a new service that is not wholly another's, but has a word of one."""
    own = {_singular(word) for name in _called(new) if name not in whole for word in _telling(name)}
    theirs = {
        _singular(word): other.label
        for other in reversed(act.services.values())
        for name in (*_called(other), *_counted(other))
        for word in _telling(name)
        if other is not new and _singular(word) not in own
    }
    for place, text in texts(new.model_dump(mode="json")):
        found = [word for word in _telling(text) if _singular(word) in theirs]
        if found and text not in whole and place[-1] in {*_WORDED, "units"}:
            yield place, f"« {found[0]} » fait penser à « {theirs[_singular(found[0])]} »"


def _called(service: Service) -> Iterator[str]:
    """Yield the names of a service and of its items, and their units."""
    yield service.label
    yield from (name for item in service.items.values() for name in (item.label, item.unit))


def _counted(service: Service) -> Iterator[str]:
    """Yield the words after « par » in what a service quotes of the act: « Par compte »."""
    for charge in service.charges.values():
        yield from re.findall(r"\bpar (\w+)", charge.source.text, re.IGNORECASE)


def _own_words(service: Service) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the words of a service that tell it from others, with their place in it."""
    yield ("label",), service.label
    for key, item in service.items.items():
        for name in ("label", "unit", "taken", "left"):
            if (words := getattr(item, name)) and not (name == "unit" and item.ticked):
                yield ("items", key, name), words
    for key, charge in service.charges.items():
        yield ("charges", key, "source", "row"), charge.source.row


def dropped(before: Tariff, after: Tariff) -> Iterator[Doubt]:
    """Yield a question about each text of an act with a word of a name that only the act before has."""
    known = {_singular(word) for name in _names(after) for word in _telling(name)}
    gone = {
        _singular(word): name
        for service in before.services.values()
        for name in (service.label, *(item.label for item in service.items.values()))
        for word in _telling(name)
        if _singular(word) not in known
    }
    for place, text in texts(after.model_dump(mode="json", include={"services", "readings"})):
        found = [word for word in _telling(text) if _singular(word) in gone]
        if found and (place[0] == "readings" or place[-1] in _WORDED):
            what = f"Point {place[1]}" if place[0] == "readings" else after.services[str(place[1])].label
            name = gone[_singular(found[0])]
            yield place, f"{what} : « {found[0]} » fait penser à « {name} », qui n'est plus dans cet acte, {MEANT}"


def _names(tariff: Tariff) -> Iterator[str]:
    """Yield all names of what an act sells, and of its bodies."""
    yield from (body.label for body in tariff.payees.values())
    for service in tariff.services.values():
        yield from (service.family, service.label)
        yield from (name for item in service.items.values() for name in (item.label, item.unit, item.units))
        yield from (charge.label for charge in service.charges.values())


def _telling(text: str) -> list[str]:
    """Return the words of a text that tell one service from another."""
    return [word for word in re.findall(r"[^\W\d_]{4,}", text) if word.lower() not in _PLAIN]


def _singular(word: str) -> str:
    return word.lower().rstrip("sx")
