"""Reads one tariff from the bytes of its file, and says in French all that keeps it from being served."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import chain, islice
from typing import Any

from pydantic import ValidationError

from pricing.faults import Fault, FaultyFileError
from pricing.frozen import Frozen
from pricing.order import ITEMS
from pricing.tariff import Tariff

MAX_FILE = 100_000
"""How long a file is at the most, in bytes: four times the act of 2024."""
MAX_FAULTS = 100
"""How many faults are told at the most: whoever corrects those checks the file again."""
MAX_DEPTH = 20
"""How many tables and lists stand within each other at the most: the act of 2024 has eight."""
_PLAIN = re.compile("[A-Za-z0-9_-]+")
"""A key that TOML writes without quotes."""
_MOST_LOOKED_AT = 2_000
"""Of a line that is not TOML, how many characters are looked at for what is wrong with it."""
_MOST_DIGITS = 1_000
"""How many digits a number may have on either side of its point and still be told as wrong where it stands."""
_MOST_DOTS = 500
"""How many dots a line may have: tomllib takes a key apart in the square of them."""
_MOST_SHOWN = 120
"""How many characters of a key or a value are told."""
_CATEGORY = re.compile("[A-Z][A-Z0-9]{0,3}")
"""The name of a category: a letter, or little more."""
_BRACE = re.compile(r"\{(?!item\})")
"""A brace that is not that of {item}."""


class TariffError(FaultyFileError):
    """Tariff files that can't be served, with every fault found in them."""


def read(content: bytes, file: str) -> Tariff:
    """Read one tariff from the bytes of its file. Raises TariffError with its first `MAX_FAULTS` faults."""
    try:
        data = parse(content, file)
    except FaultyFileError as error:
        raise TariffError(error.faults) from None
    faults = _check(data, file)
    found = chain(faults, _misnamed(data, file), _alternatives_that_fail(data, file, frozenset(faults)))
    if told := tuple(islice(found, MAX_FAULTS)):
        raise TariffError(told)
    return Tariff.model_validate(data)


def parse(content: bytes, file: str, previous: str = "tarif précédent") -> dict[str, Any]:
    """Parse the bytes of a TOML file; `previous` is what a remedy says to compare it with. Raises FaultyFileError."""
    if len(content) > MAX_FILE:
        problem = "ce fichier est bien trop long"
        remedy = f"comparer le fichier au {previous}"
        raise FaultyFileError((Fault(file, "", "", problem, remedy),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content.count(b"\n", 0, error.start)
        remedy = "enregistrer le fichier au format UTF-8 (dans le Bloc-notes : Enregistrer sous, Encodage)"
        raise FaultyFileError(
            (Fault(file, f"ligne {before + 1}", "", "le fichier n'est pas en UTF-8", remedy),)
        ) from None
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > _MOST_DOTS:
            problem, remedy = "il y a bien trop de points sur cette ligne", f"comparer la ligne au {previous}"
            raise FaultyFileError((Fault(file, f"ligne {number}", "", problem, remedy),))
    try:
        data = tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        raise FaultyFileError((_syntax(str(error), text, file, previous),)) from None
    except (ValueError, InvalidOperation, RecursionError):
        # What tomllib lets through from int(), _decimal() and nesting.
        data = None
    if data is None or _deep(data):
        problem = "il y a un nombre démesuré, ou trop de crochets les uns dans les autres"
        remedy = f"comparer le fichier au {previous}"
        raise FaultyFileError((Fault(file, "", "", problem, remedy),))
    return data


def _decimal(written: str) -> Decimal:
    """A number with a point or an exponent. Raises ValueError for one so large or small that no sum could hold it."""
    number = Decimal(written)
    if abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(written)
    return number


def _deep(data: Mapping[str, Any]) -> bool:
    """Whether more tables and lists stand within each other than whoever reads them can follow."""
    level: list[Any] = [data]
    for _ in range(MAX_DEPTH):
        parts = (part for table in level for part in (table.values() if isinstance(table, dict) else table))
        level = [part for part in parts if isinstance(part, dict | list)]
    return bool(level)


def _syntax(message: str, text: str, file: str, previous: str) -> Fault:
    place = re.search(r"line (\d+)", message)
    lines = text.split("\n")
    number = min(int(place[1]), len(lines)) if place else len(lines)
    line = lines[number - 1].strip()[:_MOST_LOOKED_AT]
    unquoted = re.sub(r'"[^"]*"|#.*', "", line)
    problem = "cette ligne n'est pas du TOML"
    if message.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate inline")):
        problem, remedy = "cette clé est écrite deux fois", "n'en garder qu'une"
    elif re.search("[“”„«»]", unquoted):
        remedy = 'remplacer ces guillemets par des guillemets droits "…"'
    elif '"' in unquoted:
        remedy = 'il manque un guillemet droit " au début ou à la fin des mots'
    elif re.search(r"\d,\d", unquoted):
        remedy = "écrire les centimes après un point : 10.50"
    elif re.match(r"[\w-]*[^\W\x00-\x7f][\w-]*\s*=", unquoted):
        problem, remedy = "cette clé n'existe pas", f"écrire une clé du {previous} ; aucune n'a d'accent"
    elif message.startswith("Invalid date"):
        problem, remedy = "cette date n'existe pas", "l'écrire comme 2027-01-31"
    else:
        remedy = (
            'écrire « clé = valeur », les mots entre guillemets "…", les nombres sans espace ni signe €, '
            "et fermer chaque crochet et chaque accolade"
        )
    return Fault(file, f"ligne {number}" + (f", « {short(line)} »" if line else ""), "", problem, remedy)


def _check(data: Mapping[str, Any], file: str) -> list[Fault]:
    """Everything wrong with a tariff's values: what spans the file is looked for here, the rest is the model's."""
    astray = chain(
        _slips(data, file),
        _items_astray(data, file),
        _categories_astray(data, file),
        _touches_astray(data, file),
    )
    faults = list(islice(astray, MAX_FAULTS))
    keys = {fault.key for fault in faults}
    try:
        Tariff.model_validate(data)
    except ValidationError as error:
        found = (
            fault
            for kind, fault in _model_faults(error, data, file)
            if fault.key not in keys and not (faults and kind in _SPANNING)
        )
        faults = [*islice(found, MAX_FAULTS), *faults]
    return list(dict.fromkeys(faults))


_NOT_ORDERABLE = "corriger son nom, ou faire ajouter le service à la page par un développeur"

# What pydantic finds, in French: the problem and the remedy, by the type of error. {expected} is what it would accept.
_PROBLEMS: Mapping[str, tuple[str, str]] = {
    "missing": ("cette clé manque", "l'ajouter, comme dans le tarif précédent"),
    "extra_forbidden": ("cette clé n'existe pas", "la corriger ou l'enlever"),
    "literal_error": ("cette valeur n'est pas prévue", "écrire {expected}"),
    "union_tag_invalid": ("ce genre n'existe pas", "écrire kind = {expected}"),
    "union_tag_not_found": ("le genre manque", 'ajouter kind = "…", comme dans le tarif précédent'),
    "string_type": ("il faut des mots", 'les écrire entre guillemets "…"'),
    "int_type": ("il faut un nombre entier", "l'écrire en chiffres, sans guillemets"),
    "date_type": ("ce n'est pas une date", "l'écrire comme 2027-01-31, sans guillemets"),
    "date_from_datetime_inexact": ("ce n'est pas une date", "l'écrire comme 2027-01-31, sans heure"),
    "date_from_datetime_parsing": ("ce n'est pas une date", "l'écrire comme 2027-01-31, sans guillemets"),
    "tuple_type": ("il faut une liste", "l'écrire entre crochets [ … ]"),
    "int_from_float": ("il faut un nombre entier", "l'écrire en chiffres, sans guillemets ni point"),
    "int_parsing": ("il faut un nombre entier", "l'écrire en chiffres, sans guillemets"),
    "finite_number": ("il faut un nombre entier", "l'écrire en chiffres, sans guillemets"),
    "greater_than_equal": ("ce nombre est négatif", "l'écrire sans signe moins"),
    "dict_type": ("il faut un tableau de clés", "l'écrire comme dans le tarif précédent"),
    "model_type": ("il faut un tableau de clés", "l'écrire comme dans le tarif précédent"),
    "model_attributes_type": ("il faut un tableau de clés", "l'écrire entre accolades, comme dans le tarif précédent"),
    "too_short": ("cette liste est vide", "y mettre au moins une valeur"),
    "positive_int": ("", "écrire un nombre entier à partir de 1, en chiffres et sans guillemets"),
    "euros_type": ("", "écrire les euros en chiffres, sans guillemets ni signe €, avec un point : 76.80"),
    "euros_negative": ("", "écrire un montant positif"),
    "euros_most": ("", "vérifier le montant : il manque peut-être un point"),
    "euros_decimals": ("", "arrondir au centime, comme le fait l'acte"),
    "bands_overlap": ("", "ranger les tranches par « up_to » croissants, chacun une seule fois"),
    "terms_order": ("", "ranger les durées de la plus courte à la plus longue"),
    "term_each": ("", 'ajouter counted = "each"'),
    "term_rhythm": ("", 'écrire rhythm = "term"'),
    "unknown_item": ("", "corriger « of » ou « only_with », ou ajouter cet élément à « items »"),
    "item_term": ("", "ajouter la durée, en années, à cet élément de « items »"),
    "no_term_price": ("", "ajouter une ligne à « terms » pour cette durée"),
    "categories_order": ("", "ranger les catégories de la plus petite à la plus grande"),
    "category_gap": ("", "ajouter la catégorie qui manque, ou la remettre à sa place"),
    "no_alternative": ("", "ajouter une alternative, ou changer « touches »"),
    "no_payee": ("", "ajouter cette structure à [payees]"),
    "item_not_orderable": ("", _NOT_ORDERABLE),
    "unknown_requires": ("", "corriger « requires »"),
    "requires_in_turn": ("", "supposer ce qui ne suppose rien"),
    "item_without_price": ("", "ajouter ce service et son prix ; s'il n'en a plus, écrire un prix « on_quote »"),
}
_SPANNING = {
    "unknown_item",
    "item_not_orderable",
    "unknown_requires",
    "requires_in_turn",
    "item_without_price",
    "category_gap",
}
"""What the model says of the file as a whole, at its first instance; _check finds each instance with its key."""
_MISSING_REMEDIES: Mapping[str, str] = {
    "source": "dire d'où vient ce prix : source = { row = …, column = …, text = … }",
    "beyond": "dire ce qui vaut au-delà de la dernière borne : la dernière tranche reste toujours ouverte",
}
_EXTRA_REMEDIES: Mapping[str, str] = {
    "from": "l'enlever : une borne s'écrit une fois, avec « up_to », et la tranche suivante commence juste après"
}
_KNOWN_KEYS = frozenset(
    field
    for model in Frozen.__subclasses__()
    if model.__module__ in ("pricing.tariff", "pricing.prices")
    for field in model.model_fields
)
"""Every key a table of a tariff can have."""


def _model_faults(error: ValidationError, data: Mapping[str, Any], file: str) -> Iterator[tuple[str, Fault]]:
    for found in error.errors():
        kind = found["type"]
        key, value = locate(data, found["loc"])
        name = key.rpartition(".")[2]
        context = found.get("ctx", {})
        problem, remedy = _PROBLEMS.get(
            kind, ("cette valeur n'est pas acceptée", "l'écrire comme dans le tarif précédent")
        )
        if kind == "missing":
            remedy = _MISSING_REMEDIES.get(name, remedy)
        elif kind == "extra_forbidden":
            remedy = _EXTRA_REMEDIES.get(name, remedy)
            if name not in _KNOWN_KEYS:
                remedy = _close(name, _KNOWN_KEYS, remedy)
        elif kind in ("union_tag_invalid", "union_tag_not_found"):
            key, value = f"{key}.kind", written(context.get("tag"))
        elif found["loc"][-1:] == ("[key]",):
            problem = "cette clé n'est pas prévue"
        choices = str(context.get("expected", context.get("expected_tags"))).replace("'", '"').replace(" or ", ", ")
        expected = " ou ".join(filter(None, choices.rpartition(", ")[::2]))
        yield kind, Fault(file, key, value, problem or found["msg"], remedy.replace("{expected}", expected))


def locate(data: Any, location: tuple[int | str, ...]) -> tuple[str, str]:
    """The dotted key as the file has it, and its value; pydantic also names the branch of a union, and a key as one."""
    match location:
        case ("services", _, "charges", _, "price", _, "beyond", _, *_):
            unwritten = (5, 7)
        case ("services", _, "charges", _, "price", _, *_):
            unwritten = (5,)
        case ("readings", _, "touches", _, *_):
            unwritten = (3,)
        case ("payees", _, "[key]"):
            unwritten = (2,)
        case _:
            unwritten = ()
    key = ""
    for rank, part in enumerate(location):
        if rank in unwritten:
            continue
        if isinstance(part, int):
            key += f"[{part + 1}]"
            data = data[part]
        else:
            key = dotted(key, part)
            data = data.get(part)
    return key, written(data)


def dotted(key: str, *parts: str) -> str:
    """A key within a table, as TOML writes it: quoted when it has more than plain letters."""
    for part in parts:
        plain = part if _PLAIN.fullmatch(part) and len(part) <= _MOST_SHOWN else f'"{short(part)}"'
        key = f"{key}.{plain}" if key else plain
    return key


def written(value: Any) -> str:
    """A value as the file has it; a table is not repeated."""
    match value:
        case None | dict() | list():
            return ""
        case bool():
            return str(value).lower()
        case str():
            return f'"{short(value)}"'
        case Decimal() if not value.is_finite():
            return {"Infinity": "inf", "-Infinity": "-inf"}.get(str(value), "nan")
        case int() if _huge(value):
            return short(hex(value))
        case _:
            return short(str(value))


def short(words: str) -> str:
    """The beginning of some words, on one line."""
    words = " ".join(words.split())
    return words if len(words) <= _MOST_SHOWN else f"{words[: _MOST_SHOWN - 1]}…"


def _huge(number: int) -> bool:
    return number.bit_length() > 63


def _close(name: str, names: Iterable[str], otherwise: str) -> str:
    """The remedy for a name that isn't there: the one most like it, or else another remedy."""
    close = closest(name, names)
    return otherwise if close is None else f"écrire « {close} », ou l'enlever"


def closest(name: str, names: Iterable[str]) -> str | None:
    """The one of some names that is most like another; None where none is."""
    return next(iter(difflib.get_close_matches(name, names)), None)


def _values(data: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Every value that is neither table nor list, with its dotted key and the last part of it."""
    rest: list[tuple[str, str, Any]] = [("", "", data)]
    while rest:
        key, name, value = rest.pop()
        if isinstance(value, dict):
            rest += [(dotted(key, part), part, value[part]) for part in reversed(value)]
        elif isinstance(value, list):
            rest += [(f"{key}[{rank}]", name, part) for rank, part in reversed([*enumerate(value, start=1)])]
        else:
            yield key, name, value


def _slips(data: Mapping[str, Any], file: str) -> Iterator[Fault]:
    """Values that the model would take for something else, or show as they are."""
    for key, name, value in _values(data):
        found = None
        if isinstance(value, str) and not value.strip() and (value or name not in ("requires", "only_with")):
            found = "il n'y a rien entre les guillemets", "y écrire les mots qui manquent"
        elif isinstance(value, str) and _BRACE.search(value):
            found = "entre accolades, seul {item} est remplacé", "écrire {item}, ou enlever l'accolade"
        elif isinstance(value, int) and _huge(value):
            found = "ce nombre est démesuré", "enlever les chiffres de trop"
        elif name in ("years", "term_years") and type(value) is not int:
            found = "il faut un nombre entier d'années", "l'écrire en chiffres, sans guillemets ni point"
        elif key in ("adopted", "in_force_from") and type(value) is not date:
            found = "ce n'est pas une date", "l'écrire comme 2027-01-31, sans guillemets ni heure"
        if found:
            yield Fault(file, key, written(value), *found)


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _tables(value: Any) -> list[tuple[str, Mapping[str, Any]]]:
    return [(name, part) for name, part in _table(value).items() if isinstance(part, dict)]


def _items_astray(data: Mapping[str, Any], file: str) -> Iterator[Fault]:
    """Items that can't be ordered, aren't there or have no price. A misspelt name is one fault, not one wherever."""
    offered: dict[str, str] = {}
    priced: set[str] = set()
    services = _tables(data.get("services"))
    for service, table in services:
        place = dotted("services", service, "items")
        here: set[str] = set()
        for item in _table(table.get("items")):
            key = dotted(place, item)
            meant = item if item in ITEMS else closest(item, ITEMS)
            if item not in ITEMS:
                remedy = _close(item, ITEMS, _NOT_ORDERABLE)
                yield Fault(file, key, "", f"« {short(item)} » n'est pas un service que la page sait demander", remedy)
            elif item in offered:
                yield Fault(file, key, "", f"« {item} » est déjà proposé par {offered[item]}", "n'en garder qu'un")
            here.add(meant or item)
            offered.setdefault(meant or item, key)
        for charge, wanted in _tables(table.get("charges")):
            counted = wanted.get("of")
            if not isinstance(counted, list) or not counted:
                priced |= here  # What it counts can't be read: that is said elsewhere, and is fault enough.
                counted = []
            key = dotted("services", service, "charges", charge)
            for rank, item in enumerate(counted, start=1):
                if isinstance(item, str):
                    yield from _counted_astray(f"{key}.of[{rank}]", item, here, file)
                    if item in counted[: rank - 1]:
                        problem, remedy = "ce nom y est déjà : il serait compté deux fois", "ne l'écrire qu'une fois"
                        yield Fault(file, f"{key}.of[{rank}]", written(item), problem, remedy)
            if isinstance(only_with := wanted.get("only_with"), str):
                yield from _counted_astray(f"{key}.only_with", only_with, here, file)
            names = [item for item in (*counted, only_with) if isinstance(item, str)]
            priced |= {item if item in here else closest(item, here) or item for item in names}
    yield from _requires_astray(services, offered, file)
    if services and all(isinstance(table.get("items"), dict) for _, table in services):
        for item in ITEMS:
            if item not in offered:
                remedy = (
                    "le remettre dans les « items » de son service ; s'il n'a plus de prix, écrire un prix « on_quote »"
                )
                yield Fault(file, "services", "", f"aucun service ne propose « {item} »", remedy)
            elif item not in priced:
                remedy = "l'ajouter au « of » d'un tarif ; s'il n'a plus de prix, écrire un prix « on_quote »"
                yield Fault(file, offered[item], "", f"« {item} » n'a pas de prix", remedy)


def _counted_astray(key: str, item: str, here: set[str], file: str) -> Iterator[Fault]:
    if item.strip() and item not in here:
        remedy = "écrire un nom des « items » de ce service, ou l'y ajouter"
        if item not in ITEMS:
            remedy = _close(item, here, remedy)
        yield Fault(file, key, written(item), "ce service ne propose rien de ce nom", remedy)


def _requires_astray(
    services: Iterable[tuple[str, Mapping[str, Any]]], offered: Iterable[str], file: str
) -> Iterator[Fault]:
    items = {
        item: (service, described) for service, table in services for item, described in _tables(table.get("items"))
    }
    for item, (service, described) in items.items():
        needed = described.get("requires")
        if isinstance(needed, str) and needed.strip():
            key = dotted("services", service, "items", item, "requires")
            if needed in items and items[needed][1].get("requires"):
                remedy = "supposer un service qui ne suppose rien lui-même"
                yield Fault(file, key, written(needed), "ce service en suppose lui-même un autre", remedy)
            elif needed not in offered:
                remedy = _close(needed, offered, "écrire le nom d'un service proposé")
                yield Fault(file, key, written(needed), "aucun service ne propose rien de ce nom", remedy)


def _categories_astray(data: Mapping[str, Any], file: str) -> Iterator[Fault]:
    """Categories without a price, prices without a category, an open one that doesn't come last, and misnamed ones."""
    categories = _table(data.get("categories"))
    bounded, last = _table(categories.get("up_to")), _table(categories.get("beyond")).get("name")
    keys = {dotted("categories", "up_to", name): name for name in bounded} | {"categories.beyond.name": last}
    for key, name in keys.items():
        if isinstance(name, str) and name.strip() and not _CATEGORY.fullmatch(name):
            problem, remedy = "une catégorie se nomme par une lettre", "lui donner une lettre, comme dans l'acte"
            yield Fault(file, key, written(name), problem, remedy)
    if not bounded or not isinstance(last, str) or list(bounded) != sorted(bounded):
        return  # Said elsewhere; without them nothing can be said here.
    highest = list(bounded)[-1]
    if last <= highest:
        remedy = f"lui donner une lettre qui suit {highest}"
        problem = f"cette catégorie ne vient pas après la catégorie {highest}"
        yield Fault(file, "categories.beyond.name", written(last), problem, remedy)
        return
    names = [*bounded, last]
    for service, table in _tables(data.get("services")):
        for charge, described in _tables(table.get("charges")):
            price = _table(described.get("price"))
            amounts = price.get("amounts")
            if price.get("kind") == "by_category" and isinstance(amounts, dict):
                key = dotted("services", service, "charges", charge, "price", "amounts")
                yield from _amounts_astray(key, amounts, names, file)


def _amounts_astray(key: str, amounts: Mapping[str, Any], names: list[str], file: str) -> Iterator[Fault]:
    for name in names:
        if name not in amounts:
            remedy = f'ajouter la ligne {name} = …, en euros, ou {name} = "on_quote"'
            yield Fault(file, dotted(key, name), "", "cette catégorie n'a pas de prix", remedy)
    for name in amounts:
        if name not in names:
            remedy = "l'enlever, ou ajouter la catégorie à [categories.up_to]"
            yield Fault(file, dotted(key, name), written(amounts[name]), "cette catégorie n'existe pas", remedy)
    if set(amounts) == set(names) and list(amounts) != names:
        remedy = f"les ranger ainsi : {', '.join(names)}"
        yield Fault(file, key, "", "les catégories ne sont pas dans l'ordre", remedy)


def _touches_astray(data: Mapping[str, Any], file: str) -> Iterator[Fault]:
    """Points to confirm that would wait for a quantity of something that can't be ordered."""
    for number, reading in _tables(data.get("readings")):
        at_least = _table(reading.get("touches")).get("at_least")
        key = dotted("readings", number, "touches", "at_least")
        if at_least == {}:
            yield Fault(file, key, "", "ce point ne concernerait jamais personne", "y mettre au moins une quantité")
        for item, quantity in _table(at_least).items():
            if item not in ITEMS:
                remedy = _close(item, ITEMS, _NOT_ORDERABLE)
                problem = f"« {short(item)} » n'est pas un service que la page sait demander"
                yield Fault(file, dotted(key, item), written(quantity), problem, remedy)


def _misnamed(data: Mapping[str, Any], file: str) -> Iterator[Fault]:
    adopted, from_ = data.get("adopted"), data.get("in_force_from")
    if type(adopted) is date and file != f"{adopted}.toml":
        remedy = f"nommer le fichier {adopted}.toml, ou corriger la date"
        yield Fault(file, "adopted", str(adopted), "le fichier ne porte pas le nom de sa date", remedy)
    if type(adopted) is date and type(from_) is date and from_ < adopted:
        problem = f"un acte ne s'applique pas avant d'être adopté, ici le {adopted}"
        yield Fault(file, "in_force_from", str(from_), problem, "corriger l'une des deux dates")


def _alternatives_that_fail(data: Mapping[str, Any], file: str, present: frozenset[Fault]) -> Iterator[Fault]:
    """What is wrong with the changes of alternatives: no such key, nothing changed, or a tariff with new faults."""
    for place, changes in _changes(data):
        changed = data
        for path, value in changes.items():
            key, shown = dotted(place, path), written(value)
            if not _stands(data, path):
                paths = {place.partition("[")[0] for place, _, _ in _values(data) if not place.startswith("readings.")}
                near = closest(path, paths) or "services.mailbox.charges.setup.payee"
                remedy = f"écrire le chemin d'une valeur de ce fichier, comme {near}"
                yield Fault(file, key, shown, "cette lecture change une valeur qui n'existe pas", remedy)
            elif _at(data, path) == value:
                remedy = "y mettre une autre valeur que celle en vigueur"
                yield Fault(file, key, shown, "ce changement ne change rien", remedy)
            else:
                changed = _with(changed, path, value)
        faults = _check(changed, file) if changed is not data else []
        yield from dict.fromkeys(_at_the_change(fault, place, changes) for fault in faults if fault not in present)


def _at_the_change(fault: Fault, place: str, changes: Mapping[str, Any]) -> Fault:
    """What is wrong with a changed tariff, told where the change is written."""
    problem = f"avec ce changement, le tarif ne se lit plus : {fault.problem}"
    for path, value in changes.items():
        if _within(fault.key, path) or _within(path, fault.key):
            return Fault(fault.file, dotted(place, path), written(value), problem, fault.remedy)
    return Fault(fault.file, place, "", problem, fault.remedy)


def _changes(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The changes of every alternative that can be read at all; what can't is found with the rest of the file."""
    for number, reading in _tables(data.get("readings")):
        alternatives = reading.get("alternatives")
        for rank, alternative in enumerate(alternatives if isinstance(alternatives, list) else (), start=1):
            changes = _table(_table(alternative).get("changes"))
            if changes:
                yield f"{dotted('readings', number, 'alternatives')}[{rank}].changes", changes


def _stands(data: Any, path: str) -> bool:
    for part in path.split("."):
        if not isinstance(data, dict) or part not in data:
            return False
        data = data[part]
    return True


def _at(data: Any, path: str) -> Any:
    for part in path.split("."):
        data = data[part]
    return data


def _with(data: Mapping[str, Any], path: str, value: Any) -> Mapping[str, Any]:
    """The file's data with another value at a dotted key that stands in it; the data itself stays as it is."""
    *parents, last = path.split(".")
    changed = table = dict(data)
    for parent in parents:
        table[parent] = dict(table[parent])
        table = table[parent]
    table[last] = value
    return changed


def _within(key: str, path: str) -> bool:
    return key == path or key.startswith((f"{path}.", f"{path}["))
