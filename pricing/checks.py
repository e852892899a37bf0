"""Read one tariff from the bytes of its file, and say in French all that keeps it from being served."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from pricing.faults import Fault, FaultyFileError, short
from pricing.frozen import Frozen
from pricing.lines import line_of, lines, place_of
from pricing.quoted import disagreeing, repeating
from pricing.references import filled
from pricing.rules import Place, closest, rows, table, tables, write_or_remove
from pricing.tariff import Tariff, replaced
from pricing.toml_file import PREVIOUS, parse

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "missing": ("cette clé manque", "l'ajouter, comme dans le {previous}"),
    "missing source": ("cette clé manque", "dire d'où vient ce prix : source = {{ row = …, column = …, text = … }}"),
    "missing beyond": (
        "cette clé manque",
        "dire ce qui vaut au-delà de la dernière borne : la dernière tranche reste toujours ouverte",
    ),
    "extra_forbidden": ("cette clé n'existe pas", "la corriger ou l'enlever"),
    "extra_forbidden from": (
        "cette clé n'existe pas",
        "l'enlever : une borne s'écrit une fois, avec « up_to », et la tranche suivante commence juste après",
    ),
    "literal_error": ("cette valeur n'est pas prévue", "écrire {expected}"),
    "literal_error [key]": ("cette clé n'est pas prévue", "écrire {expected}"),
    "union_tag_invalid": ("ce genre n'existe pas", "écrire kind = {expected}"),
    "union_tag_not_found": ("le genre manque", 'ajouter kind = "…", comme dans le {previous}'),
    "string_type": ("il faut des mots", 'les écrire entre guillemets "…"'),
    "bool_type": ("ce service se coche, il ne se compte pas", "écrire true ou false, sans guillemets"),
    "date_type": ("ce n'est pas une date", "l'écrire comme 2027-01-31, sans guillemets ni heure"),
    "tuple_type confirmed": ("il faut une liste", "écrire [[confirmed]] au-dessus de chaque réponse"),
    "tuple_type": ("il faut une liste", "l'écrire entre crochets [ … ]"),
    "dict_type": ("il faut un tableau de clés", "l'écrire comme dans le {previous}"),
    "model_type": ("il faut un tableau de clés", "l'écrire comme dans le {previous}"),
    "model_attributes_type": ("il faut un tableau de clés", "l'écrire entre accolades, comme dans le {previous}"),
    "too_short": ("cette liste est vide", "y mettre au moins une valeur"),
    "blank": ("", "y écrire les mots qui manquent"),
    "reference": ("", "corriger ce chemin"),
    "reference readings": (
        "",
        "corriger ce chemin, ou enlever ce point s'il ne parle que d'un service qui n'est plus proposé",
    ),
    "brace": ("", "écrire {item}, ou enlever l'accolade"),
    "positive_int": ("", "écrire un nombre entier à partir de 1, en chiffres et sans guillemets"),
    "whole_number": ("", "l'écrire sans guillemets ni point"),
    "out_of_bounds": ("", "corriger ce nombre"),
    "euros_type": ("", "écrire les euros en chiffres, sans guillemets ni signe €, avec un point : 76.80"),
    "euros_negative": ("", "écrire un montant positif"),
    "euros_most": ("", "vérifier le montant : il manque peut-être un point"),
    "euros_decimals": ("", "arrondir au centime, comme le fait l'acte"),
    "unit_decimals": ("", "l'écrire comme le fait l'acte"),
    "too_early": ("", "corriger l'une des deux dates"),
    "bands_overlap": ("", "ranger les tranches par « up_to » croissants, chacun une seule fois"),
    "sizes_order": ("", "les ranger ainsi, chaque « up_to » une seule fois"),
    "terms_order": ("", "ranger les durées de la plus courte à la plus longue, chacune une seule fois"),
    "term_each": ("", 'écrire counted = "each"'),
    "term_rhythm": ("", 'écrire rhythm = "term"'),
    "item_term": ("", "écrire le nombre d'années : term_years = 1"),
    "no_term_price": ("", "ajouter une ligne à « terms » pour cette durée"),
    "unknown_item": ("", "écrire un nom des « items » de ce service, ou l'y ajouter"),
    "item_twice": ("", "ne l'écrire qu'une fois"),
    "unless_itself": ("", "nommer le service qui remplace celui-ci, ou enlever ce nom"),
    "only_with_itself": ("", "nommer le service avec lequel il est dû, ou enlever « only_with »"),
    "same_words": ("", "dire ce qui distingue chacun des deux"),
    "offered_twice": ("", "n'en garder qu'un"),
    "item_key": ("", "l'écrire ainsi"),
    "in_address": ("", "l'écrire ainsi"),
    "item_without_price": ("", "l'ajouter au « of » d'un tarif ; s'il n'a plus de prix, écrire un prix « on_quote »"),
    "unknown_requires": ("", "écrire le nom d'un service proposé"),
    "requires_in_turn": ("", "supposer un service qui ne suppose rien lui-même"),
    "unknown_grid": ("", "écrire le nom d'une grille de [grids]"),
    "unbounded": ("", "écrire inhabitants = …, agents = …, ou les deux"),
    "cap_below_floor": ("", "corriger l'un des deux"),
    "category_name": ("", "lui donner une lettre, comme dans l'acte"),
    "letters_order": ("", "lui donner une lettre qui suit {before}"),
    "bounds_order": ("", "corriger l'une des deux bornes"),
    "category_missing": ("", 'ajouter la ligne {name} = …, en euros, ou {name} = "on_quote"'),
    "category_unknown": ("", "l'enlever, ou ajouter la catégorie à sa grille"),
    "categories_swapped": ("", "les ranger ainsi : {names}"),
    "mail": ("", 'l\'écrire comme services@example.fr, ou laisser ""'),
    "phone": ("", 'l\'écrire comme 03 21 00 00 00, ou laisser ""'),
    "web_page": ("", 'l\'écrire en entier, depuis https://, ou laisser ""'),
    "no_source": ("", "ajouter « acts » avec la date des actes relus, ou « source » avec qui le dit"),
    "no_answer": ("", "l'écrire dans « answer »"),
    "months": ("", "écrire ce nombre en chiffres, sans guillemets"),
    "alternative": ("", "écrire l'un des deux"),
    "no_alternative": ("", "ajouter une alternative, ou changer « touches »"),
    "no_payee": ("", "l'y ajouter"),
}
"""The problem in French, empty where the error says it itself, and the remedy; by type of error, and key or place."""
_UNSOLD = "écrire le nom d'un service proposé, ou enlever ce point"
"""Remedy of a point that waits for something no service offers."""
_OTHERWISE = ("cette valeur n'est pas acceptée", "l'écrire comme dans le {previous}")
"""The problem and the remedy of a type of error that only a later pydantic knows."""
_KEYS = frozenset(
    field
    for model in Frozen.__subclasses__()
    if model.__module__ in ("pricing.tariff", "pricing.readings", "pricing.category", "pricing.prices")
    for field in model.model_fields
)
"""Every key a table of a tariff can have."""


def read(content: bytes, file: str) -> Tariff:
    """Read one tariff from the bytes of its file. Raises FaultyFileError with every fault."""
    written = parse(content, file)
    data = filled(written, written)
    faults = refused(Tariff, data, file, _KEYS)
    found = [*faults, *_misnamed(data, file), *_touched(data, file), *_alternatives(data, file, faults)]
    if found := [*found, *_misquoted(written, data, file)]:
        raise FaultyFileError(with_lines(found, content))
    return Tariff.model_validate(data)


def with_lines(faults: Iterable[Fault], content: bytes) -> list[Fault]:
    """Return the faults of a file with the line of each, from its first line to its last."""
    found = lines(content.decode("utf-8-sig"))
    told = [replace(each, line=line_of(place_of(each.key), found)) for each in faults]
    return sorted(told, key=lambda fault: fault.line)


def _misquoted(written: Mapping[str, Any], data: Mapping[str, Any], file: str) -> Iterator[Fault]:
    """Yield the texts of a tariff that have other numbers than its values, where its prices can be read."""
    try:
        tariff = Tariff.model_validate({**data, "readings": {}})
    except ValidationError:
        return
    for place, problem, remedy in (*repeating(written, tariff), *disagreeing(tariff)):
        key, value = _located(written, place)
        yield Fault(file, key, value, problem, remedy)


def refused(
    model: type[Frozen], data: Mapping[str, Any], file: str, keys: Collection[str], previous: str = PREVIOUS
) -> list[Fault]:
    """Return in French all that a model refuses; `keys` are all that the file can have."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        return list(_told(error, data, file, keys, previous))
    return []


def _told(
    error: ValidationError, data: Mapping[str, Any], file: str, keys: Collection[str], previous: str
) -> Iterator[Fault]:
    errors = error.errors()
    elsewhere = [_unranked(_located(data, found["loc"])[0]) for found in errors if found["type"] != "reference"]
    slips = _slips(errors)
    for found in errors:
        kind, place, context = found["type"], found["loc"], found.get("ctx", {})
        if place in slips.values():
            continue  # it is there, misspelt
        if kind == "union_tag_not_found" and (slip := closest("kind", table(found["input"]))):
            kind, place = "extra_forbidden", (*place, slip)
            slips[place] = (*place[:-1], "kind")
        if kind == "reference" and _unranked(context["item"].strip("{}")).startswith(tuple(elsewhere)):
            continue  # it follows from the fault of the value it names
        key, value = _located(data, place)
        special = PROBLEMS.get(f"{kind} {place[-1]}") or PROBLEMS.get(f"{kind} {place[0]}")
        problem, remedy = special or PROBLEMS.get(kind, _OTHERWISE)
        close = context.get("close")
        if kind == "extra_forbidden" and place[-1] not in keys:
            close = closest(str(place[-1]), keys)
        if close and not special:
            remedy = "écrire « {close} », ou l'enlever"
        if place in slips:
            close, remedy = slips[place][-1], "écrire « {close} »"
        if kind.startswith("union_tag"):
            key, value = f"{key}.kind", _written(context.get("tag"))
        choices = str(context.get("expected", context.get("expected_tags"))).replace("'", '"').replace(" or ", ", ")
        expected = " ou ".join(filter(None, choices.rpartition(", ")[::2]))
        names = context | {"close": close, "expected": expected, "previous": previous}
        remedy = remedy.format_map({name: short(str(named)) for name, named in names.items()})
        yield Fault(file, key, value, problem or short(found["msg"]), remedy)


def _slips(errors: Iterable[Any]) -> dict[Place, Place]:
    """Return the place of each unknown key, with that of the key missing from the same table that it is like."""
    missing = [found["loc"] for found in errors if found["type"] == "missing"]
    slips: dict[Place, Place] = {}
    for place in (found["loc"] for found in errors if found["type"] == "extra_forbidden"):
        if close := closest(str(place[-1]), [str(each[-1]) for each in missing if each[:-1] == place[:-1]]):
            slips[place] = (*place[:-1], close)
    return slips


def _unranked(key: str) -> str:
    """Return a dotted key with a full stop at its end, whatever the rows of lists it goes through."""
    return re.sub(r"\[\d+\]|\.(\d+|last)(?=\.|$)", ".*", key) + "."


def _located(data: Any, place: tuple[int | str, ...]) -> tuple[str, str]:
    """Return the dotted key as the file has it, and its value; pydantic also names a table's kind, and marks a key."""
    key, of_kind = "", False
    for part in place:
        if isinstance(part, int):
            key, data, of_kind = f"{key}[{part + 1}]", data[part], False
        elif part == "[key]":
            break
        elif isinstance(data, dict) and part == data.get("kind") and not of_kind:
            of_kind = True
        else:
            key, data, of_kind = dotted(key, part), data.get(part) if isinstance(data, dict) else None, False
    return key, _written(data)


def dotted(key: str, part: str) -> str:
    """Return a key within a table, as TOML writes it: quoted when it has more than plain letters."""
    written = part if re.fullmatch("[A-Za-z0-9_-]+", part) else f'"{short(part)}"'
    return f"{key}.{written}" if key else written


def _written(value: Any) -> str:
    """Return a value as the file has it; a table is not repeated."""
    match value:
        case None | dict() | list():
            return ""
        case bool():
            return str(value).lower()
        case str():
            return f'"{short(value)}"'
        case Decimal() if not value.is_finite():
            return str(value).lower().replace("infinity", "inf")
        case _:
            return short(str(value))


def _misnamed(data: Mapping[str, Any], file: str) -> Iterator[Fault]:
    adopted = data.get("adopted")
    if type(adopted) is date and file != f"{adopted}.toml":
        remedy = f"corriger la date, ou nommer le fichier {adopted}.toml"
        yield Fault(file, "adopted", str(adopted), "le fichier ne porte pas le nom de sa date", remedy)


def _touched(data: Mapping[str, Any], file: str) -> Iterator[Fault]:
    """Yield the items that a reading waits for and that no service offers: its point would never be shown."""
    items = [item for _, service in tables(data.get("services")) for item in table(service.get("items"))]
    for number, reading in tables(data.get("readings")):
        for item, quantity in table(table(reading.get("touches")).get("at_least")).items():
            if item not in items:
                key = dotted(f"{dotted('readings', number)}.touches.at_least", item)
                problem, remedy = "aucun service ne propose rien de ce nom", write_or_remove(item, items, _UNSOLD)
                yield Fault(file, key, _written(quantity), problem, remedy)


def _alternatives(data: Mapping[str, Any], file: str, present: Collection[Fault]) -> Iterator[Fault]:
    """Yield the faults of the alternatives' changes: no such key, nothing changed, or a tariff with new faults."""
    for place, changes in _changes(data):
        changed = data
        for path, value in changes.items():
            key, shown = dotted(place, path), _written(value)
            try:
                with_it = replaced(changed, path, value)
            except KeyError:
                near = closest(path, _paths(data)) if _has_service(data, path) else None
                remedy = "enlever cette ligne, ou tout ce point s'il ne parle que d'un service qui n'est plus proposé"
                if near:
                    remedy = f"corriger ce chemin, par exemple {near}"
                yield Fault(file, key, shown, "cette lecture change une valeur qui n'existe pas", remedy)
                continue
            if with_it == changed:
                remedy = "enlever cette ligne, ou cette alternative si l'acte l'a choisie"
                yield Fault(file, key, shown, "ce changement ne change rien", remedy)
            changed = with_it
        new = [fault for fault in refused(Tariff, changed, file, _KEYS) if fault not in present]
        yield from dict.fromkeys(_at_the_change(fault, place, changes) for fault in new)


def _has_service(data: Mapping[str, Any], path: str) -> bool:
    """Tell if a dotted key begins as one of the file's own: only then is it a slip of the pen."""
    of, _, rest = path.partition(".")
    return rest.partition(".")[0] in table(data.get(of)) or of not in ("services", "grids")


def _at_the_change(fault: Fault, place: str, changes: Mapping[str, Any]) -> Fault:
    """Return a changed tariff's fault, placed where the change is written."""
    problem = f"avec ce changement, le tarif ne se lit plus : {fault.problem}"
    near = [path for path in changes if f"{fault.key}.".startswith((f"{path}.", f"{path}["))] or [*changes]
    key, value = (dotted(place, near[0]), _written(changes[near[0]])) if len(near) == 1 else (place, "")
    return Fault(fault.file, key, value, problem, fault.remedy)


def _changes(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the changes of every alternative that can be read, with their place; the model reports the others."""
    for number, reading in tables(data.get("readings")):
        for rank, alternative in enumerate(rows(reading.get("alternatives")), start=1):
            place = f"{dotted('readings', number)}.alternatives[{rank}].changes"
            yield place, table(table(alternative).get("changes"))


def _paths(data: Mapping[str, Any], within: str = "") -> Iterator[str]:
    """Yield the dotted keys of all values but those of the readings."""
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _paths(value, dotted(within, name)) if name != "readings" else ()
        else:
            yield dotted(within, name)
