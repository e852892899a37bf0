"""A simulation as a query string, both ways: the link is the file.

It reads in French: ``?signes=76&tarif=2024-03-26&commune=62727&habitants=1478&messagerie-5go=3&sauvegardes=1``.

- ``signes`` is the number of characters that follow it: fewer show that the link was cut. Links made before it have
  none.
- Quantities of 0 and choices not taken are left out; a choice that is taken is ``oui``.
- ``scenario`` may occur up to four times: a compact simulation, a tilde, its name (``hab-1478_5go-3~Sans sauvegarde``).
- A commune without ``habitants`` has its own number; ``habitants=`` says that the field was emptied.
- ``nom`` is the name of a body that is no commune (``type=autre&nom=CCAS de Ruitz``).
- Everything that can be read is kept; what can't is left out and reported, in French.
- A link ten times as long as the longest is refused as a whole: reading it would make other visitors wait.

Names and meanings never change: old links are in council papers and mails. ``tests/links.toml`` holds them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from pydantic import ValidationError

from pricing.grammar import (
    COMMUNE,
    ITEM_NAMED,
    ITEMS,
    NUMBER,
    SHAPES,
    SHORT,
    STRUCTURES,
    WRITTEN_STRUCTURE,
    is_tracking,
)
from pricing.mark import MARK, is_cut, marked
from pricing.opened import REFUSED, Ignored, Opened, ignored_part, shortened
from pricing.order import CHOICES, Client, Order
from pricing.repair import Parameters, mend
from pricing.simulation import MAX_CLIENT_NAME, MAX_SCENARIOS, Choice, Scenario, Simulation, fitting, name_fits, tidy

MAX_LINK = 1_500
"""Longest link, in characters, where the URL of the site has no more than `SITE`."""
SITE = 60
"""Longest URL of the site itself, with its question mark."""
MAX_READ = 10 * MAX_LINK
"""Longest query string that is read at all: it has room for what others add to a link on its way."""

_NO_NUMBER = "il faut un nombre entier"
_UNREADABLE = "n'a pas pu être lu"
_TOO_LONG = "trop long pour être lu"
_REPEATED = "répété, la dernière valeur compte"


def write(simulation: Simulation) -> dict[str, list[str]]:
    """Return the parameters that hold a simulation; `read` gives it back.

    Where the largest orders leave no room for the client's name, its beginning is written.
    """
    choice = simulation.choice
    written: dict[str, list[str]] = {}
    if simulation.tariff:
        written["tarif"] = [simulation.tariff.isoformat()]
    if choice.client.structure != "commune":
        written["type"] = [WRITTEN_STRUCTURE[choice.client.structure]]
    elif choice.commune:
        written["commune"] = [choice.commune]
    if choice.client.inhabitants is not None:
        written["habitants"] = [str(choice.client.inhabitants)]
    elif "commune" in written:
        written["habitants"] = [""]
    if choice.client.agents is not None:
        written["agents"] = [str(choice.client.agents)]
    for item, (name, _) in ITEMS.items():
        if quantity := choice.order.quantity(item):
            written[name] = ["oui" if item in CHOICES else str(quantity)]
    if simulation.presentation:
        written["vue"] = ["presentation"]
    if simulation.scenarios:
        written["scenario"] = [_compact(scenario) for scenario in simulation.scenarios]
    if simulation.name and choice.client.structure != "commune":
        room = MAX_LINK - SITE - MARK - len(urlencode(written, doseq=True)) - len("&nom=")
        written["nom"] = [fitting(simulation.name, min(room, MAX_CLIENT_NAME))]
    return marked(written)


def query(simulation: Simulation) -> str:
    """Return the query string that holds a simulation, without its question mark."""
    return urlencode(write(simulation), doseq=True)


def _compact(scenario: Scenario) -> str:
    choice = scenario.choice
    parts: list[str] = []
    if choice.client.structure != "commune":
        parts.append(WRITTEN_STRUCTURE[choice.client.structure])
    elif choice.commune:
        parts.append(f"insee-{choice.commune}")
    if choice.client.inhabitants is not None:
        parts.append(f"hab-{choice.client.inhabitants}")
    elif choice.commune and choice.client.structure == "commune":
        parts.append("hab-")
    if choice.client.agents is not None:
        parts.append(f"ag-{choice.client.agents}")
    for item, (_, short) in ITEMS.items():
        if quantity := choice.order.quantity(item):
            parts.append(short if item in CHOICES else f"{short}-{quantity}")
    return f"{'_'.join(parts)}~{scenario.name}"


def read(
    parameters: Parameters,
    known: Callable[[date], bool] = lambda _: True,
    populations: Mapping[str, int] | None = None,
) -> Opened:
    """Parse query parameters. Never raises; what cannot be parsed is returned in `ignored`.

    `known` tells which tariffs exist, by the day they were adopted. `populations` has the number of inhabitants of
    every commune by INSEE code; without it, any code is one.

    The last value of a repeated parameter counts; Streamlit's own ``embed`` parameters are passed over. More than
    `MAX_READ` characters are refused.
    """
    if _length(parameters) > MAX_READ:
        return REFUSED
    found, repaired = mend(parameters, SHAPES)
    ignored: list[Ignored] = []
    one: dict[str, str] = {}
    for name, values in found.items():
        if name in ("scenario", "embed", "embed_options"):
            continue
        ignored += [ignored_part(name, value, _REPEATED) for value in values[:-1]]
        one[name] = values[-1]
    mark = one.pop("signes", None)
    cut = is_cut(found, mark) if mark is not None else None
    if mark is not None and cut is None:
        ignored.append(ignored_part("signes", mark, _NO_NUMBER))
    tariff = _tariff(one.pop("tarif").strip(), known, ignored) if "tarif" in one else None
    view = one.pop("vue", None)
    presentation = view is not None and view.strip() == "presentation"
    if view is not None and not presentation:
        ignored.append(ignored_part("vue", view, "cette vue n'existe pas"))
    name = _client_name(one.pop("nom"), ignored) if "nom" in one else ""
    choice = _choice(one, populations, ignored)
    simulation = Simulation(
        tariff=tariff,
        choice=choice,
        name="" if choice.client.structure == "commune" else name,
        scenarios=_scenarios(found.get("scenario", ()), populations, ignored),
        presentation=presentation,
    )
    return Opened(
        simulation=simulation,
        ignored=tuple(ignored),
        cut=cut is True,
        nothing=cut is not False and simulation.empty and not all(is_tracking(name) for name in found),
        repaired=repaired,
    )


def _length(parameters: Parameters) -> int:
    """Count the characters of a query string, unescaped: each value with its name and the two characters around it."""
    return sum(len(name) + len(value) + 2 for name, values in parameters.items() for value in values)


def _tariff(written: str, known: Callable[[date], bool], ignored: list[Ignored]) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        ignored.append(ignored_part("tarif", written, "ce n'est pas une date ; le tarif en vigueur est appliqué"))
        return None
    if not known(day):
        ignored.append(ignored_part("tarif", written, "aucun tarif de cette date ; le tarif en vigueur est appliqué"))
        return None
    return day


def _client_name(written: str, ignored: list[Ignored]) -> str:
    name = fitting(tidy(written), MAX_CLIENT_NAME)
    if not name:
        ignored.append(ignored_part("nom", written, "il faut un nom"))
    elif name != tidy(written):
        ignored.append(ignored_part("nom", written, "nom trop long, raccourci"))
    return name


def _choice(one: Mapping[str, str], populations: Mapping[str, int] | None, ignored: list[Ignored]) -> Choice:
    client: dict[str, int | str] = {}
    order: dict[str, int | bool] = {}
    commune = ""
    for name, value in one.items():
        written = value.strip()
        if name == "type":
            if written in STRUCTURES:
                client["structure"] = STRUCTURES[written]
            else:
                ignored.append(ignored_part(name, value, "ce type de structure n'existe pas"))
        elif name == "commune":
            if not COMMUNE.fullmatch(written):
                ignored.append(ignored_part(name, value, "ce n'est pas un code de commune"))
            elif populations is not None and written not in populations:
                ignored.append(ignored_part(name, value, "aucune commune du département n'a ce code"))
            else:
                commune = written
        elif name == "habitants":
            if value or "commune" not in one:
                _keep(Client, "inhabitants", name, value, client, ignored)
        elif name == "agents":
            _keep(Client, "agents", name, value, client, ignored)
        elif name not in ITEM_NAMED:
            ignored.append(ignored_part(name, value, "ce paramètre n'existe pas"))
        elif ITEM_NAMED[name] in CHOICES:
            if written in ("oui", "non"):
                order[ITEM_NAMED[name]] = written == "oui"
            else:
                ignored.append(ignored_part(name, value, "il faut oui ou non"))
        else:
            _keep(Order, ITEM_NAMED[name], name, value, order, ignored)
    if client.get("structure", "commune") != "commune":
        commune = ""
    if populations and commune and "inhabitants" not in client and one.get("habitants") != "":
        client["inhabitants"] = populations[commune]
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
    written = NUMBER.fullmatch(value.strip())
    if written is None:
        ignored.append(ignored_part(name, value, _NO_NUMBER))
        return
    # Twelve digits are enough to tell that a number is too large.
    digits = re.sub("[^0-9]", "", written[2]).lstrip("0")[:12] or "0"
    number = int(f"{written[1]}{digits}")
    try:
        model.model_validate({field: number})
    except ValidationError as error:
        ignored.append(ignored_part(name, value, error.errors()[0]["msg"]))
    else:
        kept[field] = number


def _scenarios(
    written: Sequence[str], populations: Mapping[str, int] | None, ignored: list[Ignored]
) -> tuple[Scenario, ...]:
    """Return the first scenarios of a link, each of them once."""
    ignored += [
        ignored_part("scenario", each, f"il y en a {MAX_SCENARIOS} au plus") for each in written[MAX_SCENARIOS:]
    ]
    scenarios: list[Scenario] = []
    for rank, each in enumerate(written[:MAX_SCENARIOS], start=1):
        scenario = _scenario(each, rank, populations, ignored)
        if scenario in scenarios:
            ignored.append(ignored_part("scenario", scenario.name, "répété"))
        elif scenario:
            scenarios.append(scenario)
    return tuple(scenarios)


def _scenario(
    written: str, rank: int, populations: Mapping[str, int] | None, ignored: list[Ignored]
) -> Scenario | None:
    if len(written) > MAX_LINK:
        ignored.append(ignored_part("scenario", written, _TOO_LONG))
        return None
    parts, _, rest = written.partition("~")
    given = tidy(rest)
    fits = name_fits(given)
    kept = given if fits else fitting(given) if given else f"Scénario {rank}"
    of = f"scenario « {shortened(kept)} »"
    one: dict[str, str] = {}
    left_out: list[Ignored] = []
    for part in filter(None, parts.strip().split("_")):
        short, has_value, value = part.partition("-")
        if part in STRUCTURES:
            name, value = "type", part
        elif short in SHORT and (has_value or ITEM_NAMED.get(SHORT[short]) in CHOICES):
            name, value = SHORT[short], value if has_value else "oui"
        else:
            left_out.append(Ignored(parameter=of, value=shortened(part), why=_UNREADABLE))
            continue
        if name in one:
            left_out.append(Ignored(parameter=f"{of} {name}", value=shortened(one[name]), why=_REPEATED))
        one[name] = value
    if not one and (left_out or not given):
        ignored.append(ignored_part("scenario", written, _UNREADABLE))
        return None
    refused: list[Ignored] = []
    choice = _choice(one, populations, refused)
    left_out += [each.model_copy(update={"parameter": f"{of} {each.parameter}"}) for each in refused]
    if not fits:
        value, why = (given, "nom trop long, raccourci") if given else (written, "sans nom")
        left_out.append(Ignored(parameter=of, value=shortened(value), why=why))
    ignored += left_out
    return Scenario(name=kept, choice=choice)
