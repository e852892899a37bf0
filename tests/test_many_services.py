"""An act of twice, and of five times, as many services as that of 2024: its longest link opens, and is handed over."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

import pytest
from pypdf import PdfReader

from pricing import Catalogue, Client, Order, Tariff
from pricing.link import SITE, Links
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from pricing.simulation import MAX_NAME, MAX_SCENARIOS, Choice, Scenario, Simulation
from tests.pages import open_at, words
from views import kept
from views.documents import handed_over, read_link
from views.reports.paper import paper


def multiplied(tariff: Tariff, times: int) -> Tariff:
    """Return an act that sells everything a tariff sells several times, each under names of its own."""

    def renamed(value: Any, copy: int) -> Any:
        match value:
            case dict():
                return {_named(key, copy): renamed(part, copy) for key, part in value.items()}
            case list() | tuple():
                return [renamed(part, copy) for part in value]
            case str():
                return _named(value, copy)
        return value

    def _named(name: str, copy: int) -> str:
        return f"{name}_{copy}" if copy and name in tariff.items else name

    services: dict[str, Mapping[str, Any]] = {}
    for copy in range(times):
        for key, service in tariff.model_dump()["services"].items():
            made = renamed(service, copy)
            for item in made["items"].values():
                item |= {name: f"{item[name]}{copy or ''}" for name in ("address", "short")}
            services[f"{key}{copy or ''}"] = made
    return Tariff.model_validate({**tariff.model_dump(), "services": services, "readings": {}})


def longest(tariff: Tariff, links: Links) -> Simulation:
    """Return the simulation with the longest link that an act allows, whatever its visitor does."""
    most = {key: 1 if item.ticked else MAX_QUANTITY for key, item in tariff.items.items()}
    client = Client(structure="epci", inhabitants=MAX_INHABITANTS, agents=MAX_AGENTS)
    choice = Choice(client=client, order=Order(**most))
    names = [f"{rank}{'x' * (MAX_NAME - 1)}" for rank in range(MAX_SCENARIOS)]
    kept_beside = tuple(Scenario(name=name, choice=choice) for name in names)
    simulation = Simulation(choice=choice, name="y" * MAX_NAME, scenarios=kept_beside, tariff=tariff.adopted)
    link = links.query(simulation)
    assert len(link) <= links.longest - SITE
    return links.read(parse_qs(link)).simulation


@pytest.mark.parametrize(("times", "coded"), [(2, True), (5, False)])
def test_the_longest_link_of_an_act_opens_on_the_page_and_in_the_paper(
    times: int, coded: bool, tariff: Tariff, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = multiplied(tariff, times)
    catalogue, links = Catalogue((act,)), Links([act])
    monkeypatch.setattr(kept, "tariffs", lambda: catalogue)
    monkeypatch.setattr(kept, "links", lambda: links)
    simulation = longest(act, links)
    assert sum(simulation.choice.order.quantity(item) > 0 for item in act.items) == times * len(tariff.items)
    written = links.write(simulation.model_copy(update={"presentation": True}))
    opened = links.read(written)
    assert (opened.ignored, opened.cut, opened.simulation.scenarios) == ((), False, simulation.scenarios)
    page = open_at(written)
    assert not page.exception
    assert ("trop long pour un QR code" in words(page)) is not coded
    handout = handed_over(read_link(parse_qs(links.query(simulation))), "https://simulateur.example/", date(2026, 6, 1))
    printed = " ".join(each.extract_text() for each in PdfReader(BytesIO(paper(handout))).pages)
    assert ("le code de la première page" in printed) is coded
