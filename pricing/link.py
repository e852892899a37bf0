"""A simulation as a query string, both ways: the link is the file.

It reads in French: ``?signes=76&tarif=2024-03-26&commune=62727&habitants=1478&messagerie-5go=3&sauvegardes=1``.

- ``signes`` is the number of characters that follow it: fewer show that the link was cut. Links made before it have
  none.
- ``confirme`` is the day of the last answer to a point of the act when the link was made; left out where none was.
- Quantities of 0 and choices not taken are left out; a choice that is taken is ``oui``.
- ``scenario`` may occur up to four times: a compact simulation, a tilde, its name (``hab-1478_5go-3~Sans sauvegarde``).
- A commune without ``habitants`` has its own number; ``habitants=`` says that the field was emptied.
- ``deja`` names what is in place already, each service by one of its items (``deja=messagerie-5go.sauvegardes``).
- ``aujourdhui`` is what the client pays a year today, ``mois`` the month of the first year from which it will pay.
- ``nom`` is the name of a body that is no commune (``type=autre&nom=CCAS de Ruitz``).
- ``groupe`` and the four beside it are many communes (``group_link``); what is said of one client is then left out.
- Everything that can be read is kept; what can't is left out and reported, in French.
- A link far longer than the longest is refused as a whole: reading it would make other visitors wait.

Names and meanings never change: old links are in council papers and mails. ``tests/links.toml`` holds them.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from pricing.grammar import OF_A_GROUP, OF_ONE, STRUCTURES, VIEWS, Grammar, is_tracking
from pricing.group_link import ROOM, GroupReader, LeftOut, fitting_group, written_group
from pricing.opened import REFUSED, Ignored, Opened, shortened
from pricing.order import Client, Order
from pricing.repair import Parameters, mend, mended_value
from pricing.simulation import MAX_CLIENT_NAME, MAX_SCENARIOS, Choice, Scenario, Simulation, fitting, tidy
from pricing.tariff import Tariff
from pricing.values import value_of

SITE = 60
"""Longest URL of the site itself, with its question mark."""
OF_ALL = 750
"""Room in a link for all but the items."""
OF_A_QUANTITY = len("=50000&")
"""Room for the largest quantity beside the name of an item."""
TIMES_READ, GROUP_TIMES_READ = 10, 2
"""Number of times the longest link of one client, and of a group, that is read at all: others may add to it."""

_MARK = len("signes=1500&") + len("+")
"""Room in a link for its mark, and for the space that may close its last text."""
_BROKEN = re.compile(r"(?:%[0-9A-Fa-f]?|\ufffd)\Z")
"""End of a text whose last escape was cut in the middle."""
_UNREADABLE = "n'a pas pu être lu"
_REPEATED = "répété, la dernière valeur compte"
_TOO_LONG = "nom trop long, raccourci"
_OF_ONE = "ne compte pas pour plusieurs communes"


class Links:
    """Simulations as query strings and back, under any of some acts."""

    def __init__(
        self,
        tariffs: Iterable[Tariff],
        populations: Mapping[str, int] | None = None,
        epcis: Collection[str] | None = None,
    ) -> None:
        """Take the acts, the number of inhabitants of every commune by INSEE code, and the SIREN of every EPCI.

        Without the communes, or the EPCI, any code is one.
        """
        self.grammar = Grammar(tariffs)
        self.populations = populations
        self._value = partial(value_of, grammar=self.grammar, communes=populations)
        self.groups = GroupReader(self.grammar, self._value, populations, epcis)
        self.longest = OF_ALL + sum(
            len(item.address) + OF_A_QUANTITY + MAX_SCENARIOS * (len(item.short) + OF_A_QUANTITY)
            for item in self.grammar.items.values()
        )
        for item in self.grammar.services.values():
            self.longest += len(f"{item.address}.") + MAX_SCENARIOS * len(f"{item.short}.")
        """Longest link of one client, in characters, where the URL of the site has no more than `SITE`."""
        self.most_read = max(TIMES_READ * self.longest, GROUP_TIMES_READ * (self.longest + ROOM))
        """Longest query string that is read at all."""

    def write(self, simulation: Simulation) -> dict[str, list[str]]:
        """Return the parameters that hold a simulation; `read` gives it back.

        Where the largest orders leave no room for the client's name, its beginning is written; where the exceptions of
        a group leave none, the last of them are not, which `holds` tells.
        """
        written: dict[str, list[str]] = {}
        if simulation.tariff:
            written["tarif"] = [simulation.tariff.isoformat()]
            if confirmed := self.grammar.confirmed.get(simulation.tariff):
                written["confirme"] = [confirmed.isoformat()]
        group = simulation.group
        if group:
            written |= written_group(fitting_group(group, self.grammar), self.grammar)
        choice = Choice(order=simulation.choice.order) if group else simulation.choice
        written |= {name: [value] for name, value in self._said(choice).items()}
        if simulation.view:
            written["vue"] = [next(word for word, view in VIEWS.items() if view == simulation.view)]
        if simulation.scenarios and not group:
            written["scenario"] = [f"{self._compact(each.choice)}~{each.name}" for each in simulation.scenarios]
        if simulation.name and "type" in written:
            room = self.longest - SITE - _MARK - len(urlencode(written, doseq=True)) - len("&nom=")
            written["nom"] = [fitting(simulation.name, min(room, MAX_CLIENT_NAME))]
        if not written:
            return {}
        last = written[list(written)[-1]]
        if _BROKEN.search(last[-1]):
            last[-1] += " "  # only a link that was cut ends in such a text
        return {"signes": [str(len(urlencode(written, doseq=True)))], **written}

    def query(self, simulation: Simulation) -> str:
        """Return the query string that holds a simulation, without its question mark."""
        return urlencode(self.write(simulation), doseq=True)

    def holds(self, simulation: Simulation) -> bool:
        """Tell if a link holds all of a simulation: it has no room for hundreds of exceptions of a group."""
        group = simulation.group
        return group is None or fitting_group(group, self.grammar) == group

    def _said(self, choice: Choice, *, short: bool = False) -> dict[str, str]:
        """Return the parameters that hold a choice; `short` is for the names of what is in place."""
        client, said = choice.client, dict[str, str]()
        if client.structure != "commune":
            said["type"] = next(word for word, structure in STRUCTURES.items() if structure == client.structure)
        elif choice.commune:
            said |= {"commune": choice.commune, "habitants": ""}
        if client.inhabitants is not None:
            said["habitants"] = str(client.inhabitants)
        if client.agents is not None:
            said["agents"] = str(client.agents)
        for key, item in self.grammar.items.items():
            if quantity := choice.order.quantity(key):
                said[item.address] = "oui" if item.ticked else str(quantity)
        named = [item for key, item in self.grammar.services.items() if key in choice.in_place]
        if named:
            said["deja"] = ".".join(item.short if short else item.address for item in named)
        if choice.paid_today is not None:
            said["aujourdhui"] = str(choice.paid_today)
        if choice.month is not None:
            said["mois"] = str(choice.month)
        return said

    def _compact(self, choice: Choice) -> str:
        short, words = self.grammar.short, self.grammar.words
        return "_".join(
            value if name == "type" else short[name] if name in words else f"{short[name]}-{value}"
            for name, value in self._said(choice, short=True).items()
        )

    def read(self, parameters: Parameters) -> Opened:
        """Parse query parameters. Never raises; what cannot be parsed is returned in `ignored`.

        The last value of a repeated parameter counts; Streamlit's own ``embed`` parameters are passed over. More than
        `most_read` characters are refused.
        """
        # Each value counts with its name and the two characters around it.
        if sum(len(name) + len(value) + 2 for name, values in parameters.items() for value in values) > self.most_read:
            return REFUSED
        found, repaired = mend(parameters, self.grammar.shapes)
        many = ("scenario", "propre", "embed", "embed_options")
        single = {name: values for name, values in found.items() if name not in many}
        ignored = [
            Ignored(parameter=shortened(name), value=value, why=_REPEATED)
            for name, values in single.items()
            for value in values[:-1]
        ]
        left_out: list[LeftOut] = []
        group = self.groups.read({name: found[name] for name in OF_A_GROUP if name in found}, left_out)
        elsewhere = OF_ONE if group else ()
        left_out += [LeftOut(name, each, _OF_ONE) for name in elsewhere for each in found.get(name, ())]
        ignored += [Ignored(parameter=each.parameter, value=each.value, why=each.why) for each in left_out]
        last = {name: values[-1] for name, values in single.items() if name not in (*OF_A_GROUP, *elsewhere)}
        said = self._parsed(last, ignored)
        choice = self._choice(said)
        name = fitting(said.get("nom", ""), MAX_CLIENT_NAME)
        if name != said.get("nom", ""):
            ignored.append(Ignored(parameter="nom", value=last["nom"], why=_TOO_LONG))
        simulation = Simulation(
            tariff=said.get("tarif"),
            choice=choice,
            name="" if choice.client.structure == "commune" else name,
            scenarios=() if group else self._scenarios(found.get("scenario", ()), ignored),
            group=group,
            view=said.get("vue", ""),
        )
        whole_link = "signes" in said and not self._is_cut(found, said["signes"])
        return Opened(
            simulation=simulation,
            ignored=tuple(ignored),
            cut="signes" in said and not whole_link,
            nothing=not (whole_link or simulation.view or not simulation.empty or all(map(is_tracking, found))),
            confirmed=said.get("confirme"),
            repaired=repaired,
        )

    def _is_cut(self, found: Parameters, characters: int) -> bool:
        """Tell if fewer characters were found than a link was marked with, counted in our own parameters only.

        More are no fault: quantities may have been edited by hand. A cut escape can be as long as a whole one: it is
        recognised by its form.
        """
        pairs = [
            (name, value if name == "nom" else mended_value(value))
            for name, values in found.items()
            if name in self.grammar.shapes and name != "signes"
            for value in values
        ]
        broken = bool(pairs) and _BROKEN.search(pairs[-1][1]) is not None
        return broken or len(urlencode(pairs, errors="replace")) < characters

    def _parsed(self, one: Mapping[str, str], ignored: list[Ignored], of: str = "") -> dict[str, Any]:
        """Return the value of every parameter that has one; the others are reported, each under its name after `of`."""
        said: dict[str, Any] = {}
        for name, value in one.items():
            if name == "habitants" and not value and "commune" in one:
                said[name] = None
                continue
            if name == "deja":
                said[name] = self._in_place(value.strip(), ignored, of)
                continue
            try:
                said[name] = self._value(name, value.strip())
            except ValueError as why:
                ignored.append(Ignored(parameter=f"{of}{shortened(name)}", value=value, why=str(why)))
        return said

    def _in_place(self, value: str, ignored: list[Ignored], of: str) -> frozenset[str]:
        """Return the services that are named in a list; names that no service has are reported."""
        services = self.grammar.service_in_short if of else self.grammar.service
        named = dict.fromkeys(value.split("."))
        ignored += [
            Ignored(parameter=f"{of}deja", value=name, why="aucun service n'a ce nom")
            for name in named
            if name not in services
        ]
        return frozenset(services[name] for name in named if name in services)

    def _choice(self, said: Mapping[str, Any]) -> Choice:
        structure = said.get("type", "commune")
        commune = said.get("commune", "") if structure == "commune" else ""
        inhabitants = said.get("habitants")
        if self.populations and commune and "habitants" not in said:
            inhabitants = self.populations[commune]
        return Choice(
            client=Client(structure=structure, inhabitants=inhabitants, agents=said.get("agents")),
            order=Order.model_validate(
                {key: said[item.address] for key, item in self.grammar.items.items() if item.address in said}
            ),
            commune=commune,
            in_place=said.get("deja", frozenset()),
            paid_today=said.get("aujourdhui"),
            month=said.get("mois"),
        )

    def _scenarios(self, written: Sequence[str], ignored: list[Ignored]) -> tuple[Scenario, ...]:
        """Return the first scenarios of a link, each of them once."""
        scenarios: list[Scenario] = []
        for rank, each in enumerate(written, start=1):
            if rank > MAX_SCENARIOS:
                ignored.append(Ignored(parameter="scenario", value=each, why=f"il y en a {MAX_SCENARIOS} au plus"))
            elif len(each) > self.longest:
                ignored.append(Ignored(parameter="scenario", value=each, why="trop long pour être lu"))
            elif (scenario := self._scenario(each, rank, ignored)) in scenarios:
                ignored.append(Ignored(parameter="scenario", value=scenario.name, why="répété"))
            elif scenario:
                scenarios.append(scenario)
        return tuple(scenarios)

    def _scenario(self, written: str, rank: int, ignored: list[Ignored]) -> Scenario | None:
        parts, _, rest = written.partition("~")
        given = tidy(rest)
        kept = fitting(given) or f"Scénario {rank}"
        of = f"scenario « {shortened(kept)} »"
        named = {short: name for name, short in self.grammar.short.items()} | dict.fromkeys(STRUCTURES, "type")
        one: dict[str, str] = {}
        left_out: list[Ignored] = []
        for part in filter(None, parts.strip().split("_")):
            short, hyphen, value = part.partition("-")
            name = named.get(short)
            if name is None or (not hyphen and name not in self.grammar.words) or (hyphen and name == "type"):
                left_out.append(Ignored(parameter=of, value=part, why=_UNREADABLE))
                continue
            if name in one:
                left_out.append(Ignored(parameter=f"{of} {name}", value=one[name], why=_REPEATED))
            one[name] = value if hyphen else short if name == "type" else "oui"
        if not one and (left_out or not given):
            ignored.append(Ignored(parameter="scenario", value=written, why=_UNREADABLE))
            return None
        said = self._parsed(one, left_out, f"{of} ")
        if kept != given:
            value, why = (given, _TOO_LONG) if given else (written, "sans nom")
            left_out.append(Ignored(parameter=of, value=value, why=why))
        ignored += left_out
        return Scenario(name=kept, choice=self._choice(said))
