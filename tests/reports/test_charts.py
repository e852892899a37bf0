"""Figures, labels, colours and text of the charts."""

import json
import re
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

import pytest

from pricing import Client, Estimate, Order, Tariff, estimate, euros, options, schedule
from pricing.estimate import Line, total
from pricing.options import Option
from tests.french import plain
from views.reports import charts
from views.reports.charts import Chart, Series
from views.reports.handout import Handout
from views.reports.palette import Look
from views.reports.parts import Bar, year_name
from views.reports.summary import Summary

LIGHT = Look("light")
LOOKS = [LIGHT, Look("dark"), Look("light", large=True), Look("dark", large=True)]
TOWN = Client(inhabitants=1_250, agents=6)
ORDER = Order(
    mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1, antivirus_devices=3, demarches_simplifiees=True
)
ASKED = {
    "all priced": (TOWN, ORDER),
    "two on quote": (
        TOWN,
        ORDER.model_copy(update={"extra_storage_go": 101, "antivirus_devices": 21, "antivirus_intervention": True}),
    ),
    "nothing priced": (Client(structure="epci"), Order(demarches_simplifiees=True)),
    "on quote and to be completed": (Client(), Order(backups=1, extra_storage_go=101, demarches_simplifiees=True)),
    "certificates alone": (TOWN, Order(certificates_cdg_1y=1, certificates_cdg_2y=1, certificates_cdg_3y=1)),
    "nothing": (TOWN, Order()),
}
ENGLISH = re.compile(r"\b(year|years|total cost|amount|series|name|label|payee|value|null|true|false|and|the|of)\b")


@pytest.fixture(params=ASKED)
def result(request: pytest.FixtureRequest, tariff: Tariff) -> Estimate:
    """Return each kind of estimate in turn."""
    return asked(request.param, tariff)


def asked(name: str, tariff: Tariff) -> Estimate:
    """Price one of the orders."""
    client, order = ASKED[name]
    return estimate(client, order, tariff)


def years(result: Estimate, tariff: Tariff) -> tuple[Bar, ...]:
    return Summary(Handout(result, tariff, "", date(2026, 11, 22), "")).years


def six_years(name: str, tariff: Tariff) -> Chart:
    return charts.six_years(years(asked(name, tariff), tariff), LIGHT)


def services(name: str, tariff: Tariff) -> Chart:
    return charts.services(asked(name, tariff), tariff, LIGHT)


def all_charts(result: Estimate, tariff: Tariff, look: Look = LIGHT) -> dict[str, Chart]:
    """Return every kind of chart of an estimate."""
    return {
        "six years": charts.six_years(years(result, tariff), look),
        "services": charts.services(result, tariff, look),
        "scenarios": charts.by_payee([("Tout", result.lines), ("1. Rien", [])], tariff, look),
        "options": charts.options(comparable(result, tariff), look),
    }


def comparable(result: Estimate, tariff: Tariff) -> list[Option]:
    """Return the options whose difference is wholly known: the page draws no others."""
    return [option for option in options(result, tariff) if option.comparison.six_years.comparable]


def bars(chart: Chart) -> list[list[dict[str, Any]]]:
    """Return the rows of each bar, its end last."""
    return [list(rows) for _, rows in groupby(chart.rows.to_pylist(), lambda row: row["rank"])]


def ends(chart: Chart, *columns: str) -> list[tuple[str, ...]]:
    """Return some columns of the end of each bar."""
    return [tuple(plain(bar[-1][column]) for column in columns) for bar in bars(chart)]


# Figures


def test_parts_add_up_to_the_total_of_their_bar(result: Estimate, tariff: Tariff) -> None:
    services = {name: list(lines) for name, lines in groupby(result.lines, lambda line: line.position.service)}
    expected = {
        "six years": {year_name(year.number): year.total.amount for year in schedule(result).years},
        "services": {name: total(lines, Line.times).amount for name, lines in services.items()},
        "scenarios": {"Tout": result.answers.six_years.amount, "1. Rien": Decimal(0)},
    }
    for name, totals in expected.items():
        chart = all_charts(result, tariff)[name]
        assert {bar[0]["name"]: Decimal(str(bar[-1]["high"])) for bar in bars(chart)} == totals
        legend = [series.name for series in chart.legend]
        for *parts, end in bars(chart):
            assert_stacked(parts, end["high"])
            assert end["series"] is None
            drawn = [part["series"] for part in parts]
            assert drawn == [each for each in legend if each in drawn], "the order of the legend"
        assert set(legend) == {row["series"] for row in chart.rows.to_pylist()} - {None}


def assert_stacked(parts: list[dict[str, Any]], high: float) -> None:
    at = 0.0
    for part in parts:
        assert part["low"] == at < part["high"]
        assert part["middle"] == pytest.approx((part["low"] + part["high"]) / 2)
        assert part["amount"] == euros(Decimal(str(part["high"])) - Decimal(str(part["low"])))
        assert part["parts"] == len(parts)
        at = part["high"]
    assert at == high


def test_a_part_of_a_year_is_what_one_payee_bills_at_one_rhythm(tariff: Tariff) -> None:
    chart = six_years("all priced", tariff)
    *first, _ = bars(chart)[0]
    assert {part["series"]: plain(part["amount"]) for part in first} == {
        "La Fibre 59-62, chaque année": "660,00 €",
        "La Fibre 59-62, certificats": "90,00 €",
        "La Fibre 59-62, mise en service": "165,00 €",
        "CDG 62, chaque année": "150,00 €",
        "CDG 62, mise en service": "115,00 €",
    }
    assert chart.legend == (
        Series("La Fibre 59-62, chaque année", "fibre", "yearly"),
        Series("La Fibre 59-62, certificats", "fibre", "term"),
        Series("La Fibre 59-62, mise en service", "fibre", "setup"),
        Series("CDG 62, chaque année", "cdg", "yearly"),
        Series("CDG 62, mise en service", "cdg", "setup"),
    )


def test_a_part_of_a_service_is_what_one_payee_bills(tariff: Tariff) -> None:
    chart = services("all priced", tariff)
    assert chart.legend == (Series("La Fibre 59-62", "fibre", "yearly"), Series("CDG 62", "cdg", "yearly"))
    *parts, _ = bars(chart)[0]
    assert [(part["series"], plain(part["amount"])) for part in parts] == [
        ("La Fibre 59-62", "480,00 €"),
        ("CDG 62", "340,00 €"),
    ]


def test_an_option_is_its_difference_the_greatest_saving_first(tariff: Tariff) -> None:
    found = comparable(asked("all priced", tariff), tariff)
    rows = charts.options(found, LIGHT).rows.to_pylist()
    assert [(row["rank"], row["name"], plain(row["total"]), row["high"]) for row in rows] == [
        (0, "Catégorie A de Démarches simplifiées", "−300,00 €", -300.0),
        (1, "Le certificat de 2 ans, remis au CDG", "+72,00 €", 72.0),
        (2, "Avec intervention pour l'antivirus", "+100,00 €", 100.0),
        (3, "Tous les comptes en illimité", "+168,00 €", 168.0),
        (4, "Le certificat de 1 an, remis au CDG", "+280,80 €", 280.8),
        (5, "Catégorie C de Démarches simplifiées", "+912,00 €", 912.0),
    ]


# Labels


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("all priced", ("1 180,00 €", "", ""), ("810,00 €", "", "")),
        (
            "two on quote",
            ("1 486,00 €", "+ 2 montants/sur devis", "+ sur/devis"),
            ("1 116,00 €", "+ 1 montant/sur devis", "+ sur/devis"),
        ),
        ("nothing priced", ("", "3 montants/sur devis", "sur/devis"), ("", "2 montants/sur devis", "sur/devis")),
        (
            "on quote and to be completed",
            ("703,00 €", "+ 1 montant/sur devis/+ 3 montants/à compléter", "+ sur/devis/+ à/compléter"),
            ("513,00 €", "+ 1 montant/sur devis/+ 2 montants/à compléter", "+ sur/devis/+ à/compléter"),
        ),
        ("nothing", ("0,00 €", "", ""), ("0,00 €", "", "")),
    ],
)
def test_a_year_shows_its_amount_and_below_it_what_that_leaves_out(
    name: str, first: tuple[str, ...], last: tuple[str, ...], tariff: Tariff
) -> None:
    chart = six_years(name, tariff)
    shown = ends(chart, "amount", "left_out", "left_out_narrow")
    assert len(shown) == 6
    assert [tuple(label.replace("\n", "/") for label in shown[at]) for at in (0, -1)] == [first, last]
    for bar in bars(chart):
        for lines in ("left_out", "left_out_narrow"):
            assert bar[-1]["lines"] == len(bar[-1][lines].splitlines()), "the amount is above them"


def test_a_service_shows_its_total_and_on_a_telephone_no_counts(tariff: Tariff) -> None:
    assert ends(services("two on quote", tariff), "name", "total", "total_narrow")[-2:] == [
        ("Antivirus", "2 142,00 € + 1 montant sur devis", "2 142,00 € + sur devis"),
        ("Démarches simplifiées", "656,00 €", "656,00 €"),
    ]
    assert ends(services("nothing priced", tariff), "total", "total_narrow") == [("3 montants sur devis", "sur devis")]


def test_a_total_partial_for_two_reasons_has_counts_without_a_noun(tariff: Tariff) -> None:
    result = asked("on quote and to be completed", tariff)
    chart = charts.by_payee([("Tout", result.lines), ("1. Première ligne", result.lines[:1])], tariff, LIGHT)
    assert ends(chart, "total", "total_narrow") == [
        ("3 268,00 € + 1 sur devis + 3 à compléter", "3 268,00 € + sur devis + à compléter"),
        ("115,00 €", "115,00 €"),
    ]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Antivirus", ["Antivirus"]),
        ("Sauvegarde 60 Go et partage 5 Go\u00a0!", ["Sauvegarde 60\u00a0Go et partage 5\u00a0Go\u00a0!"]),
        (
            "Sauvegarde 60 Go et partage de fichiers 5 Go",
            ["Sauvegarde 60\u00a0Go et partage de", "fichiers 5\u00a0Go"],
        ),
        (
            "1. Un scénario au nom bien long, avec tout ce que la mairie voudrait avoir un jour",
            ["1. Un scénario au nom bien long,", "avec tout ce que la mairie…"],
        ),
        ("Anticonstitutionnellement-et-sans-espace", ["Anticonstitutionnellement-et-sans-", "espace"]),
    ],
)
def test_the_name_of_a_bar_has_two_lines_at_most(name: str, lines: list[str], tariff: Tariff) -> None:
    [row] = charts.by_payee([(name, [])], tariff, LIGHT).rows.to_pylist()
    assert row["place"].split("\n") == [*lines, name]


def test_two_long_names_with_the_same_beginning_are_two_bars(tariff: Tariff) -> None:
    long = "Un scénario au nom bien long, avec tout ce que la mairie voudrait avoir un jour, "
    rows = charts.by_payee([(f"{long} lundi", []), (f"{long} mardi", [])], tariff, LIGHT).rows.to_pylist()
    assert len({row["place"] for row in rows}) == 2


# Text


def test_the_text_of_a_chart_says_every_figure_of_it(result: Estimate, tariff: Tariff) -> None:
    for name, chart in all_charts(result, tariff).items():
        for row in chart.rows.to_pylist():
            for column in ("name", "series", "amount"):
                assert (row[column] or "") in chart.words, (name, column, row)
        for said in (chart.alt, chart.words):
            assert not ENGLISH.search(said)
            assert said == "" or said.endswith(".")


def test_the_text_of_a_chart_is_sentences(tariff: Tariff) -> None:
    assert plain(six_years("all priced", tariff).words).startswith(
        "1re année : 1 180,00 € (La Fibre 59-62, chaque année 660,00 € ; "
        "La Fibre 59-62, certificats 90,00 € ; La Fibre 59-62, mise en service 165,00 € ; "
        "CDG 62, chaque année 150,00 € ; CDG 62, mise en service 115,00 €). "
        "2e année : 810,00 € (La Fibre 59-62, chaque année 660,00 € ; CDG 62, chaque année 150,00 €). "
    )
    assert plain(six_years("nothing priced", tariff).words).startswith(
        "1re année : 3 montants sur devis. 2e année : 2 montants sur devis. "
    )
    order = Order(domains=1, antivirus_devices=21, antivirus_intervention=True)
    result = estimate(TOWN, order, tariff)
    assert plain(charts.services(result, tariff, LIGHT).words) == (
        "Nom de domaine : 90,00 € (La Fibre 59-62 90,00 €). "
        "Antivirus : 2 142,00 € + 1 montant sur devis (La Fibre 59-62 2 142,00 €)."
    )
    assert plain(charts.options(options(result, tariff), LIGHT).words) == (
        "Sans intervention pour l'antivirus : 1 montant sur devis de moins ; "
        "Antivirus : 1 ordinateur de moins : +198,00 €, mais 1 montant sur devis de moins."
    )


def test_a_chart_without_any_bar_says_nothing(tariff: Tariff) -> None:
    chart = services("nothing", tariff)
    assert (chart.rows.to_pylist(), chart.words, chart.legend) == ([], "", ())


# Specifications


@pytest.mark.parametrize("look", LOOKS)
def test_new_figures_keep_the_same_chart(look: Look, tariff: Tariff) -> None:
    order = ORDER.model_copy(update={"mailboxes_5go": 7})
    ours, theirs = asked("all priced", tariff), estimate(Client(inhabitants=1_250, agents=7), order, tariff)
    for name, chart in all_charts(ours, tariff, look).items():
        other = all_charts(theirs, tariff, look)[name]
        assert chart.rows != other.rows
        assert chart.spec is other.spec, name
        assert chart.alt == other.alt
        assert "€" not in json.dumps(chart.spec, ensure_ascii=False), "no figure"
    assert services("certificates alone", tariff).spec is not services("all priced", tariff).spec, "other colours"


@pytest.mark.parametrize("look", LOOKS)
def test_each_series_is_drawn_in_its_own_colours(look: Look, result: Estimate, tariff: Tariff) -> None:
    palette = look.palette
    for chart in all_charts(result, tariff, look).values():
        if chart.legend:
            drawn = {channel: scale(chart, channel) for channel in ("fill", "stroke", "strokeDash", "color")}
            assert drawn == {
                "fill": {each.name: palette.fill(each.payee, each.rhythm) for each in chart.legend},
                "stroke": {each.name: palette.edge(each.payee) for each in chart.legend},
                "strokeDash": {each.name: [4, 3] if each.rhythm == "term" else [1, 0] for each in chart.legend},
                "color": {each.name: palette.on(each.rhythm) for each in chart.legend},
            }
        colours = set(re.findall(r"#[0-9A-Fa-f]{6}\b", json.dumps(chart.spec)))
        assert colours <= {getattr(palette, role) for role in palette.__dataclass_fields__}


def scale(chart: Chart, channel: str) -> dict[str, Any]:
    """Return the value of each series in a channel, in the one layer that has it."""
    [found] = [layer["encoding"][channel]["scale"] for layer in chart.spec["layer"] if channel in layer["encoding"]]
    return dict(zip(found["domain"], found["range"], strict=True))


def test_every_bar_begins_at_zero(tariff: Tariff) -> None:
    for name, chart in all_charts(asked("all priced", tariff), tariff).items():
        bar = chart.spec["layer"][0]["encoding"]["y" if name == "six years" else "x"]
        assert bar["scale"]["zero"] is True


def test_tooltips_are_french(tariff: Tariff) -> None:
    titles = {
        name: [line["title"] for line in chart.spec["layer"][0]["encoding"]["tooltip"]]
        for name, chart in all_charts(asked("all priced", tariff), tariff).items()
    }
    of_bars = ["Ligne", "Facturé par", "Montant"]
    assert titles == {
        "six years": ["Année", "Poste", "Montant"],
        "services": of_bars,
        "scenarios": of_bars,
        "options": ["Choix", "Sur six ans"],
    }


def test_an_amount_has_room_beside_its_bar(tariff: Tariff) -> None:
    found = comparable(asked("all priced", tariff), tariff)
    less = [option for option in found if option.comparison.six_years.amount < 0]
    more = [option for option in found if option.comparison.six_years.amount > 0]
    for choices, start, end in ((less, 90, 0), (more, 0, 90), (found, 90, 90)):
        spec = charts.options(choices, LIGHT).spec
        assert spec["layer"][0]["encoding"]["x"]["scale"]["range"] == [start, {"expr": f"width - {end}"}]
