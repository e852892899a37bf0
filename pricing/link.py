"""A simulation and the query string that holds it, both ways: the link is the file.

The address reads in French: ``?tarif=2024-03-26&commune=62727&habitants=1478&messagerie-5go=3&sauvegardes=1``.

- Quantities and choices that are nothing are left out; a choice that is taken is ``oui``.
- ``scenario`` may stand up to four times: a compact simulation, a tilde, its name (``hab-1478_5go-3~Sans sauvegarde``).
- ``nom`` is what a body that is no commune is called (``type=autre&nom=CCAS de Ruitz``).
- Everything that can be read is kept; what can't is left out and said, in French.
- An address ten times as long as a link can be is refused as a whole: whoever opens it would make the others wait.

Names and meanings here never change: old links are in council papers and mails. ``tests/links.toml`` holds them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from pydantic import ValidationError

from pricing.frozen import Frozen
from pricing.order import CHOICES, Client, Order, Structure
from pricing.simulation import MAX_NAME, MAX_SCENARIOS, Choice, Scenario, Simulation, fitting, name_fits, tidy

MAX_LINK = 1_500
"""How long a link is at the most, in characters, where the site's own address has no more than `SITE`."""
SITE = 60
"""How long the address of the site itself may be, with its question mark."""
MAX_READ = 10 * MAX_LINK
"""How long an address is at the most to be read at all: there is room for what others add to a link on its way."""

_ITEMS: Mapping[str, tuple[str, str]] = {
    "mailboxes_5go": ("messagerie-5go", "5go"),
    "mailboxes_unlimited": ("messagerie-illimitee", "illim"),
    "domains": ("domaines", "dom"),
    "web_pages": ("pages", "page"),
    "certificates_cdg_1y": ("cles-cdg-1an", "c1"),
    "certificates_cdg_2y": ("cles-cdg-2ans", "c2"),
    "certificates_cdg_3y": ("cles-cdg-3ans", "c3"),
    "certificates_on_site_1y": ("cles-site-1an", "s1"),
    "certificates_on_site_2y": ("cles-site-2ans", "s2"),
    "certificates_on_site_3y": ("cles-site-3ans", "s3"),
    "backups": ("sauvegardes", "sauv"),
    "extra_storage_go": ("stockage-go", "go"),
    "antivirus_devices": ("antivirus", "av"),
    "antivirus_intervention": ("intervention", "interv"),
    "demarches_simplifiees": ("demarches", "demar"),
}
"""Each item's name in the address, and its short name within a scenario."""
_STRUCTURES: Mapping[str, Structure] = {"commune": "commune", "epci": "epci", "autre": "other"}
_WRITTEN_STRUCTURE: Mapping[Structure, str] = {structure: word for word, structure in _STRUCTURES.items()}
_NUMBER = re.compile(r"(-?)([0-9][0-9 \u00a0\u202f]*)")
_COMMUNE = re.compile(r"[0-9][0-9AB][0-9]{3}")
_UNREADABLE = "n'a pas pu être lu"
_TOO_LONG = "trop long pour être lu"
_REPEATED = "répété, la dernière valeur compte"


class Ignored(Frozen, frozen=True):
    """A part of an address that was left out."""

    parameter: str
    """Its name in the address."""
    value: str
    """What stood there, shortened."""
    why: str
    """Why it was left out, in French."""

    def words(self) -> str:
        """The part and the reason in French: ``habitants « abc » (il faut un nombre entier)``."""
        value = f"« {self.value} »" if self.value else "sans valeur"
        return f"{self.parameter} {value} ({self.why})"


class Opened(Frozen, frozen=True):
    """What a link was found to hold."""

    simulation: Simulation
    """All that could be read."""
    ignored: tuple[Ignored, ...] = ()
    """All that could not."""
    refused: str = ""
    """Why none of it was read, in a French sentence; empty when it was."""


_REFUSED = Opened(
    simulation=Simulation(),
    refused=(
        "Ce lien n'a pas été ouvert : il est plus de dix fois plus long que le plus long lien de ce simulateur. "
        "Demandez-le à nouveau à qui vous l'a envoyé, ou remplissez la page."
    ),
)
"""What an address that is too long is answered."""

Parameters = Mapping[str, Sequence[str]]
"""The parameters of an address: for each name, its values in order."""


def write(simulation: Simulation) -> dict[str, list[str]]:
    """The parameters that hold a simulation; `read` gives it back.

    Where the largest orders there can be leave no room for the client's name in the link, its beginning stands there.
    """
    parameters: dict[str, str] = {}
    if simulation.tariff:
        parameters["tarif"] = simulation.tariff.isoformat()
    choice = simulation.choice
    if choice.client.structure != "commune":
        parameters["type"] = _WRITTEN_STRUCTURE[choice.client.structure]
    if choice.commune:
        parameters["commune"] = choice.commune
    if choice.client.inhabitants is not None:
        parameters["habitants"] = str(choice.client.inhabitants)
    if choice.client.agents is not None:
        parameters["agents"] = str(choice.client.agents)
    for item, (name, _) in _ITEMS.items():
        if quantity := choice.order.quantity(item):
            parameters[name] = "oui" if item in CHOICES else str(quantity)
    if simulation.presentation:
        parameters["vue"] = "presentation"
    written = {name: [value] for name, value in parameters.items()}
    if simulation.scenarios:
        written["scenario"] = [_compact(scenario) for scenario in simulation.scenarios]
    if simulation.name:
        room = MAX_LINK - SITE - len(urlencode(written, doseq=True)) - len("&nom=")
        if name := fitting(simulation.name, min(room, MAX_NAME)):
            written["nom"] = [name]
    return written


def query(simulation: Simulation) -> str:
    """The query string that holds a simulation, without its question mark."""
    return urlencode(write(simulation), doseq=True)


def _compact(scenario: Scenario) -> str:
    choice = scenario.choice
    parts: list[str] = []
    if choice.client.structure != "commune":
        parts.append(_WRITTEN_STRUCTURE[choice.client.structure])
    if choice.commune:
        parts.append(f"insee-{choice.commune}")
    if choice.client.inhabitants is not None:
        parts.append(f"hab-{choice.client.inhabitants}")
    if choice.client.agents is not None:
        parts.append(f"ag-{choice.client.agents}")
    for item, (_, short) in _ITEMS.items():
        if quantity := choice.order.quantity(item):
            parts.append(short if item in CHOICES else f"{short}-{quantity}")
    return f"{'_'.join(parts)}~{scenario.name}"


def read(
    parameters: Parameters,
    known: Callable[[date], bool] = lambda _: True,
    is_commune: Callable[[str], bool] = lambda _: True,
) -> Opened:
    """Read an address. Nothing that stands in it raises anything.

    `known` tells which tariffs there are, by their days, and `is_commune` which communes, by their INSEE codes.

    Of a parameter that stands twice the last counts; Streamlit's own ``embed`` parameters are passed over. An address
    of more than `MAX_READ` characters is refused.
    """
    if _length(parameters) > MAX_READ:
        return _REFUSED
    ignored: list[Ignored] = []
    one: dict[str, str] = {}
    for name, values in parameters.items():
        if name in ("scenario", "embed", "embed_options") or not values:
            continue
        ignored += [_ignored(name, value, _REPEATED) for value in values[:-1]]
        one[name] = values[-1]
    tariff = _tariff(one.pop("tarif").strip(), known, ignored) if "tarif" in one else None
    view = one.pop("vue", None)
    presentation = view is not None and view.strip() == "presentation"
    if view is not None and not presentation:
        ignored.append(_ignored("vue", view, "cette vue n'existe pas"))
    name = _client_name(one.pop("nom"), ignored) if "nom" in one else ""
    choice = _choice(one, is_commune, ignored)
    scenarios = parameters.get("scenario", ())
    ignored += [_ignored("scenario", each, f"il y en a {MAX_SCENARIOS} au plus") for each in scenarios[MAX_SCENARIOS:]]
    return Opened(
        simulation=Simulation(
            tariff=tariff,
            choice=choice,
            name=name,
            scenarios=tuple(
                scenario
                for rank, each in enumerate(scenarios[:MAX_SCENARIOS], start=1)
                if (scenario := _scenario(each, rank, is_commune, ignored)) is not None
            ),
            presentation=presentation,
        ),
        ignored=tuple(ignored),
    )


def _length(parameters: Parameters) -> int:
    """How long an address is, its signs written as they are: each value with its name and the two signs around it."""
    return sum(len(name) + len(value) + 2 for name, values in parameters.items() for value in values)


def _tariff(written: str, known: Callable[[date], bool], ignored: list[Ignored]) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        ignored.append(_ignored("tarif", written, "ce n'est pas une date ; le tarif en vigueur est appliqué"))
        return None
    if not known(day):
        ignored.append(_ignored("tarif", written, "aucun tarif de cette date ; le tarif en vigueur est appliqué"))
        return None
    return day


def _client_name(written: str, ignored: list[Ignored]) -> str:
    name = fitting(tidy(written))
    if not name:
        ignored.append(_ignored("nom", written, "il faut un nom"))
    elif name != tidy(written):
        ignored.append(_ignored("nom", written, "nom trop long, raccourci"))
    return name


def _choice(one: Mapping[str, str], is_commune: Callable[[str], bool], ignored: list[Ignored]) -> Choice:
    client: dict[str, int | str] = {}
    order: dict[str, int | bool] = {}
    commune = ""
    for name, value in one.items():
        written = value.strip()
        if name == "type":
            if written in _STRUCTURES:
                client["structure"] = _STRUCTURES[written]
            else:
                ignored.append(_ignored(name, value, "ce type de structure n'existe pas"))
        elif name == "commune":
            if _COMMUNE.fullmatch(written) and is_commune(written):
                commune = written
            elif _COMMUNE.fullmatch(written):
                ignored.append(_ignored(name, value, "aucune commune du département n'a ce code"))
            else:
                ignored.append(_ignored(name, value, "ce n'est pas un code de commune"))
        elif name in ("habitants", "agents"):
            field = "inhabitants" if name == "habitants" else "agents"
            _keep(Client, field, name, value, client, ignored)
        elif name not in _ITEM_NAMED:
            ignored.append(_ignored(name, value, "ce paramètre n'existe pas"))
        elif _ITEM_NAMED[name] in CHOICES:
            if written in ("oui", "non"):
                order[_ITEM_NAMED[name]] = written == "oui"
            else:
                ignored.append(_ignored(name, value, "il faut oui ou non"))
        else:
            _keep(Order, _ITEM_NAMED[name], name, value, order, ignored)
    return Choice(client=Client.model_validate(client), order=Order.model_validate(order), commune=commune)


def _keep(
    model: type[Client] | type[Order],
    field: str,
    name: str,
    value: str,
    kept: dict[str, int | str] | dict[str, int | bool],
    ignored: list[Ignored],
) -> None:
    """Keep a number that the model accepts; otherwise say why not, in the model's own words."""
    written = _NUMBER.fullmatch(value.strip())
    if written is None:
        ignored.append(_ignored(name, value, "il faut un nombre entier"))
        return
    # Twelve digits say that a number is too large as well as all of them do.
    digits = re.sub("[^0-9]", "", written[2]).lstrip("0")[:12] or "0"
    number = int(f"{written[1]}{digits}")
    try:
        model.model_validate({field: number})
    except ValidationError as error:
        ignored.append(_ignored(name, value, error.errors()[0]["msg"]))
    else:
        kept[field] = number


def _scenario(written: str, rank: int, is_commune: Callable[[str], bool], ignored: list[Ignored]) -> Scenario | None:
    if len(written) > MAX_LINK:
        ignored.append(_ignored("scenario", written, _TOO_LONG))
        return None
    parts, _, rest = written.partition("~")
    given = tidy(rest)
    fits = name_fits(given)
    kept = given if fits else fitting(given) if given else f"Scénario {rank}"
    of = f"scenario « {_shortened(kept)} »"
    one: dict[str, str] = {}
    left_out: list[Ignored] = []
    for part in filter(None, parts.split("_")):
        short, has_value, value = part.partition("-")
        if part in _STRUCTURES:
            name, value = "type", part
        elif short in _SHORT and (has_value or _ITEM_NAMED.get(_SHORT[short]) in CHOICES):
            name, value = _SHORT[short], value if has_value else "oui"
        else:
            left_out.append(Ignored(parameter=of, value=_shortened(part), why=_UNREADABLE))
            continue
        if name in one:
            left_out.append(Ignored(parameter=f"{of} {name}", value=_shortened(one[name]), why=_REPEATED))
        one[name] = value
    if not one and (left_out or not given):
        ignored.append(_ignored("scenario", written, _UNREADABLE))
        return None
    refused: list[Ignored] = []
    choice = _choice(one, is_commune, refused)
    left_out += [each.model_copy(update={"parameter": f"{of} {each.parameter}"}) for each in refused]
    if not fits:
        value, why = (given, "nom trop long, raccourci") if given else (written, "sans nom")
        left_out.append(Ignored(parameter=of, value=_shortened(value), why=why))
    ignored += left_out
    return Scenario(name=kept, choice=choice)


_SHORT: Mapping[str, str] = {short: name for name, short in _ITEMS.values()} | {
    "hab": "habitants",
    "ag": "agents",
    "insee": "commune",
}
"""Names in the address by the short names within a scenario."""
_ITEM_NAMED: Mapping[str, str] = {name: item for item, (name, _) in _ITEMS.items()}
"""The items by their names in the address."""


def _ignored(parameter: str, value: str, why: str) -> Ignored:
    return Ignored(parameter=_shortened(parameter), value=_shortened(value), why=why)


def _shortened(value: str) -> str:
    begin = value[:200]
    if not begin.isprintable():
        begin = "".join(letter if letter.isprintable() else " " for letter in begin)
    printable = tidy(begin)
    return printable if len(printable) <= 30 else f"{printable[:29]}…"
