"""Every price of the act is in the tariff, and nothing else: the two are compared cell by cell."""

import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pricing import Tariff
from pricing.catalogue import FOLDER
from pricing.prices import Blocks, ByCategory, ByTerm, PerUnit, Price, Stairstep
from pricing.tariff import Charge

PINNED = {
    "2024-03-26.toml": "64be63565c4eda980bfbe88d1d24a1635aac460e0bc6b9e6ea11ed1813f4a09d",
}
"""SHA-256 of every adopted tariff, one a line."""

EUROS = re.compile(r"(\d{1,3}(?: \d{3})+|\d+)(\.\d{1,2})? €")
"""Amount as the act writes it: ``76.8 €``, ``1 277 €``."""
GRID = "Catégorie Collectivités"
"""Beginning of the grid of categories in the act."""


@pytest.fixture(scope="module")
def act() -> str:
    """Return the tariff part of the act, white space collapsed."""
    file = Path(__file__).parent / "act" / "2024-03-26.txt"
    return " ".join(file.read_text(encoding="utf-8").split())


def charges(tariff: Tariff) -> dict[str, Charge]:
    return {
        f"{service_key}.{charge_key}": charge
        for service_key, service in tariff.services.items()
        for charge_key, charge in service.charges.items()
    }


def cited(tariff: Tariff) -> dict[str, list[Charge]]:
    """Return the charges by the text of the act they cite, except those of the grid, which cite its title only."""
    by_text: dict[str, list[Charge]] = {}
    for charge in charges(tariff).values():
        if not isinstance(charge.price, ByCategory):
            by_text.setdefault(charge.source.text, []).append(charge)
    return by_text


def read_euros(text: str) -> list[Decimal]:
    return [Decimal(whole.replace(" ", "") + cents) for whole, cents in EUROS.findall(text)]


def amounts(price: Price) -> Iterator[Decimal]:
    """Yield every amount of a price, in the order of the file."""
    if isinstance(price, PerUnit):
        yield price.amount
    elif isinstance(price, ByTerm):
        yield from (term.price for term in price.terms)
    elif isinstance(price, Stairstep):
        yield from (band.price for band in price.bands)
        if isinstance(price.beyond, Blocks):
            yield price.beyond.price


def grid_rows(tariff: Tariff) -> dict[str, str]:
    """Return each category with its row as the act must have it."""
    texts = {name: bounds.text for name, bounds in tariff.grids["demarches"].up_to.items()}
    texts[tariff.grids["demarches"].beyond.name] = tariff.grids["demarches"].beyond.text
    prices = [charge.price for charge in charges(tariff).values() if isinstance(charge.price, ByCategory)]
    return {
        name: " ".join([text, *(grid_cell(price.amounts[name]) for price in prices)]) for name, text in texts.items()
    }


def grid_cell(amount: Decimal | str) -> str:
    return f"{amount:,.0f} €".replace(",", " ") if isinstance(amount, Decimal) else "Sur devis"


def spans(texts: list[str], act: str) -> list[tuple[int, int]]:
    return [match.span() for text in texts for match in re.finditer(re.escape(text), act)]


# The text of the act


def test_every_source_is_in_the_act(act: str, tariff: Tariff) -> None:
    absent = {key: charge.source.text for key, charge in charges(tariff).items() if charge.source.text not in act}
    assert not absent


def test_every_column_is_a_heading_of_the_act_and_tells_who_bills(act: str, tariff: Tariff) -> None:
    for key, charge in charges(tariff).items():
        assert (charge.payee == "cdg") == ("accompagnement" in charge.source.column), key
        part = act[act.index(GRID) :] if isinstance(charge.price, ByCategory) else act[: act.index(GRID)]
        assert charge.source.column in part


def test_every_family_is_a_heading_of_the_act_in_the_same_order(act: str, tariff: Tariff) -> None:
    families = list(dict.fromkeys(service.family for service in tariff.services.values()))
    places = [act.index(family) for family in families]
    assert places == sorted(places)


def test_only_demarches_simplifiees_has_prices_by_category(act: str, tariff: Tariff) -> None:
    assert {key for key, charge in charges(tariff).items() if isinstance(charge.price, ByCategory)} == {
        "demarches.subscription",
        "demarches.setup",
        "demarches.support",
    }
    assert act.index("Démarches simplifiées") < act.index(GRID)
    assert act.endswith("1Pour les autres structures, un devis sera établi")


# The prices


def test_the_amounts_of_a_source_are_those_of_its_charges_in_order(tariff: Tariff) -> None:
    for text, citing in cited(tariff).items():
        assert read_euros(text) == [amount for charge in citing for amount in amounts(charge.price)], text


def test_every_amount_outside_the_grid_is_cited_exactly_once(act: str, tariff: Tariff) -> None:
    outside = act[: act.index(GRID)]
    found = [match.span() for match in EUROS.finditer(outside)]
    covering = spans([text for text in cited(tariff) if read_euros(text)], outside)
    for start, end in found:
        by = [span for span in covering if span[0] <= start and end <= span[1]]
        assert len(by) == 1, f"« {outside[max(0, start - 40) : end]} » is cited {len(by)} times"
    assert len(found) == sum(len(read_euros(text)) for text in cited(tariff)) == 27
    assert outside.count("€") == len(found)


def test_nothing_but_headings_and_the_footnote_is_left_of_the_grid(act: str, tariff: Tariff) -> None:
    grid = act[act.index(GRID) :]
    for row in grid_rows(tariff).values():
        grid = grid.replace(row, "")
    columns = "Tarif service annuel TTC Tarif mise en service TTC Tarif accompagnement annuel TTC"
    footnote = "1Pour les autres structures, un devis sera établi"
    assert " ".join(grid.split()) == f"{GRID} Nombre d’agents {columns} {footnote}"


def test_included_and_not_stated_have_no_amount_in_the_act(tariff: Tariff) -> None:
    without = {text for text, citing in cited(tariff).items() if not read_euros(text) for _ in citing}
    assert without == {"Inclus", "remise sur site par le transporteur"}


# The bounds


def test_the_bands_are_those_of_the_act(tariff: Tariff) -> None:
    for charge in charges(tariff).values():
        if isinstance(charge.price, Stairstep):
            written = [
                (int(first), int(last)) for first, last in re.findall(r"(\d+) à (\d+) \w+ :", charge.source.text)
            ]
            up_to = [band.up_to for band in charge.price.bands]
            assert written == list(zip([1, *(bound + 1 for bound in up_to)], up_to, strict=False))


def test_the_tariff_beyond_the_last_band_is_that_of_the_act(tariff: Tariff) -> None:
    support = charges(tariff)["mailbox.support"]
    assert isinstance(support.price, Stairstep)
    assert isinstance(support.price.beyond, Blocks)
    assert support.source.text.endswith(
        f"Au-delà : {support.price.beyond.price:.0f} € par tranche de {support.price.beyond.size} comptes"
    )
    setup = charges(tariff)["antivirus.setup"]
    assert isinstance(setup.price, Stairstep)
    assert setup.price.beyond.kind == "on_quote"
    assert setup.source.text.endswith(f"Au-delà de {setup.price.bands[-1].up_to} postes : sur devis")


def test_the_terms_are_those_of_the_act(tariff: Tariff) -> None:
    for charge in charges(tariff).values():
        if isinstance(charge.price, ByTerm):
            written = [int(years) for years in re.findall(r"(\d) ans?, remise", charge.source.text)]
            assert written == [term.years for term in charge.price.terms]


def test_the_limit_of_extra_storage_is_that_of_the_act(tariff: Tariff) -> None:
    limited = {
        key: charge
        for key, charge in charges(tariff).items()
        if isinstance(charge.price, PerUnit) and charge.price.limit
    }
    assert list(limited) == ["backup.extra_storage"]
    [charge] = limited.values()
    assert isinstance(charge.price, PerUnit)
    assert charge.price.limit
    assert set(re.findall(r"(\d+) Go\b", charge.source.text)) == {str(charge.price.limit.up_to)}


def test_the_bounds_of_the_categories_are_those_of_their_text(tariff: Tariff) -> None:
    bound = r"(\d{1,3}(?: ?\d{3})*)"
    following = [1, 1]
    for name, bounds in tariff.grids["demarches"].up_to.items():
        up_to = [bounds.inhabitants, bounds.agents]
        if name == "A":
            assert bounds.text == "A moins de 1000 habitants moins de 5 agents"
            assert up_to == [1_000, 4], "exactly 1 000 inhabitants are in A, since B begins at 1 001 (R11)"
        else:
            written = re.fullmatch(rf"{name} de {bound} à {bound} hab\. de {bound} à {bound} agents", bounds.text)
            assert written, bounds.text
            first_inhabitants, last_inhabitants, first_agents, last_agents = (
                int(figure.replace(" ", "")) for figure in written.groups()
            )
            assert [first_inhabitants, first_agents] == following
            assert [last_inhabitants, last_agents] == up_to
        following = [last + 1 for last in up_to if last]
    last = re.fullmatch(rf"I plus de {bound} hab\. plus de {bound} agents", tariff.grids["demarches"].beyond.text)
    assert last
    assert [int(figure.replace(" ", "")) + 1 for figure in last.groups()] == following


# The files


def test_an_adopted_tariff_never_changes() -> None:
    found = {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in PINNED}
    assert found == PINNED, (
        "An adopted tariff is never edited: a changed tariff is a NEW file in data/tariffs/, named by the day of its "
        "act. If it was put right before anyone was served by it, set its digest in PINNED."
    )
