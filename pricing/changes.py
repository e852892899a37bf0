"""Changes of an act against the one before, and all that is unlikely in it, in French for the tariff's keeper."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import assert_never

from pricing.category import CRITERIA
from pricing.copied import MEANT, Doubt, copied, dropped
from pricing.money import euros, number, unit_euros
from pricing.prices import PerHead, Price, Stairstep, Unit
from pricing.rating import HEADS
from pricing.references import Place
from pricing.tariff import Charge, Service, Tariff

FAR = 2
"""Number of times by which a price rises or falls before the keeper is asked whether it is meant."""
LATE = 366
"""Days between adoption and entry into force beyond which the keeper is asked."""
_RHYTHM = {"setup": "une fois", "yearly": "chaque année", "term": "pour la durée"}
_STRUCTURE = {"commune": "communes", "epci": "intercommunalités", "other": "autres structures"}

Fact = Decimal | str
"""An amount in euros, or words."""


def changes(before: Tariff, after: Tariff) -> Iterator[str]:
    """Yield a French line for everything that an act changes, adds or drops: services, prices, bounds and points."""
    old, new = _parts(before), _parts(after)
    for key in dict.fromkeys((*new, *old)):
        if key not in new:
            yield f"{old[key][0]} : n'y est plus"
        elif key not in old:
            name, facts = new[key]
            yield f"{name} : nouveau, {' ; '.join(f'{of} : {_said(fact)}' for of, fact in facts.items())}"
        else:
            (name, now), was = new[key], old[key][1]
            for of in dict.fromkeys((*was, *now)):
                if was.get(of) != now.get(of):
                    yield f"{name}, {of} : {_said(was.get(of, 'rien'))} → {_said(now.get(of, 'rien'))}"


def doubts(before: Tariff | None, after: Tariff) -> Iterator[Doubt]:
    """Yield a question about each value that is unlikely to be meant; `before` is the act it replaces, if any."""
    if (days := (after.in_force_from - after.adopted).days) > LATE:
        late = f"le {after.in_force_from:%d/%m/%Y}, {number(days)} jours après l'adoption"
        yield ("in_force_from",), f"in_force_from : {late}, {MEANT}"
    if before and after.title == before.title:
        kept = f"title : « {after.title} », comme l'acte d'avant"
        yield ("title",), f"{kept} : si l'acte a gardé ce titre, il n'y a rien à faire"
    yield from _nouns(before, after)
    if before:
        yield from copied(before, after)
        yield from dropped(before, after)
    for service_key, service in after.services.items():
        for key, charge in service.charges.items():
            for doubt in _unlikely(charge.price, charge.source.text):
                yield ("services", service_key, "charges", key, "price"), f"{_name(service, charge)} : {doubt}"
    old = _parts(before) if before else {}
    for place, (name, now) in _parts(after).items():
        was = old[place][1] if place in old else {}
        for of, fact in now.items():
            former = was.get(of)
            if not isinstance(former, Decimal) or not isinstance(fact, Decimal) or former == fact:
                continue
            if not former < fact * FAR < former * FAR * FAR:
                yield (*place, "price"), f"{name}, {of} : {_said(former)} → {_said(fact)}, {MEANT}"


def _nouns(before: Tariff | None, after: Tariff) -> Iterator[Doubt]:
    """Yield a question about each new noun of what is bought for a term: words of the page agree with it."""
    known = {item.unit for item in (before or after).items.values()}
    for service_key, service in after.services.items():
        for key, item in service.items.items():
            if item.term_years and not item.feminine and item.unit not in known:
                known.add(item.unit)
                asked = f"« {item.unit} » se paie pour une durée : si ce mot est féminin, y ajouter feminine = true"
                yield ("services", service_key, "items", key, "unit"), asked


def _unlikely(price: Price, quoted: str) -> Iterator[str]:
    """Yield what is unlikely in one price, beside the words of the act that it cites."""
    if price.kind == "stairstep":
        for band, following in pairwise(price.bands):
            if following.price < band.price:
                less = f"{euros(band.price)} pour la tranche entière, puis {euros(following.price)} pour plus"
                yield f'{less}, {MEANT} Si chaque unité a son prix, écrire kind = "volume"'
    if price.kind == "by_category":
        known = [(name, amount) for name, amount in price.amounts.items() if isinstance(amount, Decimal)]
        for (lower, amount), (higher, more) in pairwise(known):
            if more < amount:
                yield f"{euros(amount)} en catégorie {lower}, puis {euros(more)} en catégorie {higher}, {MEANT}"
    if not isinstance(price, Stairstep | PerHead):
        return
    for criterion in CRITERIA:
        heads, depends_on = HEADS[criterion], price.by == criterion
        if (heads.one in quoted) != depends_on:
            depends = "dépend" if depends_on else "ne dépend pas"
            says = "n'en parlent pas" if depends_on else "en parlent"
            yield f"le prix {depends} du nombre d'{heads.many}, et les mots cités de l'acte {says}, {MEANT}"


def _parts(tariff: Tariff) -> Mapping[Place, tuple[str, Mapping[str, Fact]]]:
    """Return each part of an act by its keys: its French name, and what the act says of it."""
    parts: dict[Place, tuple[str, Mapping[str, Fact]]] = {}
    for service in tariff.services.values():
        for key, item in service.items.items():
            parts["items", key] = (
                f"Service « {item.label} »",
                {
                    "nom": item.label,
                    "rubrique": f"{service.family}, {service.label}",
                    "unité": f"{item.unit}, {item.units}",
                    "se coche": "oui" if item.ticked else "non",
                    "suppose": _labels(tariff, item.requires) if item.requires else "rien",
                },
            )
    for service_key, service in tariff.services.items():
        for key, charge in service.charges.items():
            parts["services", service_key, "charges", key] = (_name(service, charge), _charge(tariff, service, charge))
    for key, grid in tariff.grids.items():
        facts: dict[str, Fact] = {
            "règle": grid.rule,
            "pour": ", ".join(_STRUCTURE[each] for each in grid.structures),
        }
        for category, bounds in grid.up_to.items():
            for criterion in CRITERIA:
                if (bound := getattr(bounds, criterion)) is not None:
                    facts[f"catégorie {category}, jusqu'à ({HEADS[criterion].many})"] = number(bound)
        parts["grids", key] = f"Grille « {key} »", facts
    for key, reading in tariff.readings.items():
        others = " / ".join(each.label for each in reading.alternatives) or "aucune"
        parts["readings", key] = (
            f"Point {key}",
            {"question": reading.question, "réponse": reading.in_force, "autres lectures": others},
        )
    return parts


def _name(service: Service, charge: Charge) -> str:
    return f"{service.label} : {charge.label.replace('{item}', 'chaque choix')}"


def _labels(tariff: Tariff, *items: str) -> str:
    return ", ".join(tariff.items[item].label for item in items)


def _charge(tariff: Tariff, service: Service, charge: Charge) -> dict[str, Fact]:
    item = service.items[charge.of[0]]
    facts: dict[str, Fact] = {
        "facturé par": tariff.payees[charge.payee].label,
        "se paie": _RHYTHM[charge.rhythm],
        "compte": _labels(tariff, *charge.of) + (", chacun à part" if charge.counted == "each" else ""),
        **dict(_price(charge.price, Unit(item.unit, item.units))),
        "seulement avec": _labels(tariff, charge.only_with) if charge.only_with else "",
        "sauf avec": _labels(tariff, *charge.unless),
        "pour": ", ".join(_STRUCTURE[each] for each in charge.structures) if len(charge.structures) < 3 else "",
        "TVA en plus": f"{charge.vat} %" if charge.vat else "",
    }
    return {of: fact for of, fact in facts.items() if fact != ""}


def _price(price: Price, unit: Unit) -> Iterator[tuple[str, Fact]]:
    """Yield what a price depends on, then its amounts and its bounds, each by its French name."""
    match price.kind:
        case "per_unit":
            yield "dépend de", "la quantité"
            yield f"par {unit.one}", price.amount
            if price.limit:
                yield "limite", unit.counted(price.limit.up_to)
                whole = price.limit.beyond == "whole_on_quote"
                yield "au-delà de la limite", f"{'tout' if whole else 'le dépassement'} est sur devis"
        case "flat":
            yield "dépend de", "rien : un forfait"
            yield "forfait", price.amount
        case "per_head":
            heads = HEADS[price.by]
            yield "dépend de", f"le nombre d'{heads.many} de la collectivité"
            yield f"par {heads.one}", price.amount
            for name, value in (("minimum", price.floor), ("plafond", price.cap)):
                if value is not None:
                    yield name, value
            if price.free:
                yield "gratuit jusqu'à", heads.counted(price.free)
        case "by_term":
            yield "dépend de", "la durée"
            yield from ((f"{term.years} an{'s' if term.years > 1 else ''}", term.price) for term in price.terms)
        case "volume":
            yield "dépend de", "la quantité : toutes les unités au prix de leur tranche"
            for rank, band in enumerate(price.bands, start=1):
                yield f"tranche {rank}, par {unit.one}", band.price
                yield f"tranche {rank}, jusqu'à", unit.counted(band.up_to)
            yield "au-delà", "sur devis" if price.beyond.kind == "on_quote" else price.beyond.price
        case "stairstep":
            yield from _stairstep(price, unit)
        case "by_category":
            yield "dépend de", f"la catégorie (grille « {price.grid} »)"
            for category, amount in price.amounts.items():
                yield f"catégorie {category}", "sur devis" if amount == "on_quote" else amount
        case "included":
            yield "prix", "inclus"
        case "on_quote":
            yield "prix", "sur devis"
        case "not_stated":
            yield "prix", "non indiqué dans l'acte"
        case _:
            assert_never(price.kind)


def _stairstep(price: Stairstep, unit: Unit) -> Iterator[tuple[str, Fact]]:
    counted = unit if price.by == "quantity" else HEADS[price.by]
    of = "la quantité" if price.by == "quantity" else f"le nombre d'{counted.many} de la collectivité"
    yield "dépend de", f"{of} : un prix pour la tranche entière"
    for rank, band in enumerate(price.bands, start=1):
        yield f"tranche {rank}", band.price
        yield f"tranche {rank}, jusqu'à", counted.counted(band.up_to)
    beyond = price.beyond
    yield "au-delà", "sur devis" if beyond.kind == "on_quote" else beyond.price
    if beyond.kind == "blocks":
        yield "au-delà, par tranche de", number(beyond.size)
        on_top = beyond.counted_from == "last_band"
        yield "au-delà, compté", "en plus de la dernière tranche" if on_top else "sur tout"


def _said(fact: Fact) -> str:
    return unit_euros(fact) if isinstance(fact, Decimal) else fact
