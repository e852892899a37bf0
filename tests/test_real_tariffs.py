"""Tariffs of comparable bodies, and a made-up act: each is accepted, and its worked cases hold to the cent."""

import tomllib
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from pypdf import PdfReader

from pricing import Catalogue, Client, Order, Tariff, estimate, load
from pricing.checks import read
from pricing.link import SITE, Links
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from pricing.proposals import Beyond, BySize, Example, Proposals
from pricing.simulation import MAX_NAME, MAX_SCENARIOS, Choice, Scenario, Simulation
from tests.french import plain
from tests.pages import open_at, words
from tests.reports.documents import Simulation as Asked
from views import kept
from views.reports.paper import paper

FOLDER = Path(__file__).parent / "tariffs"
ACTS = sorted(path for path in FOLDER.glob("*.toml") if not path.name.endswith(".cases.toml"))


def act(path: Path) -> Tariff:
    """Return a tariff of the folder, whose file in data/ would be named by its day."""
    text = path.read_bytes()
    return read(text, f"{tomllib.loads(text.decode())['adopted']}.toml")


CASES: list[tuple[Path, dict[str, Any]]] = [
    (path, case)
    for path in ACTS
    for case in tomllib.loads(path.with_suffix(".cases.toml").read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize(("path", "case"), CASES, ids=lambda each: each.stem if isinstance(each, Path) else "")
def test_a_worked_case_of_a_real_tariff_holds(path: Path, case: dict[str, Any]) -> None:
    found = estimate(Client(**case["client"]), Order(**case["order"]), act(path))
    answers = found.answers
    totals = (answers.first_year, answers.recurring, answers.six_years)
    told = [total.words().replace("\u00a0", " ") for total in totals]
    assert told == [case["first_year"], case["each_year"], case["six_years"]]
    words = [line.words().replace("\u00a0", " ") for line in found.lines]
    assert words == case["words"]
    assert found.unsold == tuple(case.get("unsold", ()))


def test_each_real_tariff_has_five_worked_cases() -> None:
    assert len(ACTS) >= 7
    assert all(sum(of == path for of, _ in CASES) >= 5 for path in ACTS)


def figures_of(case: dict[str, Any]) -> list[str]:
    """Return the amounts of a case's figures, without what they leave out; words where nothing at all is priced."""
    if not case["words"]:
        return ["rien n'est compté"]
    return [case[each].partition(" + ")[0] for each in ("first_year", "six_years") if "€" in case[each]]


@pytest.mark.parametrize("path", ACTS, ids=lambda path: path.stem)
def test_the_page_and_the_paper_show_the_figures_of_a_real_tariff(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tariff = act(path)
    catalogue = Catalogue((tariff,))
    links = Links(catalogue.tariffs)
    proposals = Proposals(
        by_size=(BySize(up_to=1, order=Order()),),
        beyond=Beyond(order=Order()),
        example=Example(inhabitants=1, agents=1, order=Order()),
    )
    monkeypatch.setattr(kept, "tariffs", lambda: catalogue)
    monkeypatch.setattr(kept, "links", lambda: links)
    monkeypatch.setattr(kept, "proposals", lambda _: proposals)
    for case in (each for of, each in CASES if of == path):
        client, order = Client(**case["client"]), Order(**case["order"])
        if order.only(tariff.items).empty:
            continue
        page = open_at(links.write(Simulation(choice=Choice(client=client, order=order), tariff=tariff.adopted)))
        shown = plain(unescape(words(page)))
        printed = " ".join(
            plain(each.extract_text()) for each in PdfReader(BytesIO(paper(Asked(client, order).handout(tariff)))).pages
        )
        assert not page.exception
        for said in (*figures_of(case), *case["words"]):
            assert said in shown
            assert "".join(said.split()) in "".join(printed.replace("\u2019", "'").split())


def test_the_longest_link_of_many_services_still_opens() -> None:
    links = Links([act(path) for path in ACTS if path.stem == "cdg-62-2027"] + list(load().tariffs))
    most = {key: 1 if item.ticked else MAX_QUANTITY for key, item in links.grammar.items.items()}
    client = Client(structure="epci", inhabitants=MAX_INHABITANTS, agents=MAX_AGENTS)
    choice = Choice(client=client, order=Order(**most))
    kept_beside = tuple(Scenario(name=f"{rank}{'x' * (MAX_NAME - 1)}", choice=choice) for rank in range(MAX_SCENARIOS))
    simulation = Simulation(
        choice=choice,
        name="y" * MAX_NAME,
        scenarios=kept_beside,
        view="present-scenarios",
        tariff=load().tariffs[0].adopted,
    )
    link = links.query(simulation)
    assert len(link) + SITE <= links.longest
    opened = links.read(parse_qs(link))
    assert not opened.ignored
    assert opened.simulation.model_copy(update={"name": simulation.name}) == simulation
    assert simulation.name.startswith(opened.simulation.name[:20])
