"""Figures, labels, colours and text of the charts."""

import json
import re
from decimal import Decimal
from itertools import groupby
from typing import Any

import pytest

from pricing import Client, Estimate, Order, Tariff, estimate, euros, options, schedule
from pricing.totals import Line, total
from tests.french import plain
from tests.reports.documents import DEMARCHES, EPCI, ON_QUOTE, ORDINARY, TOWN
from views.reports import charts
from views.reports.charts import Chart, Series
from views.reports.handout import Handout
from views.reports.palette import Look
from views.reports.summary import Summary

LIGHT = Look("light")
LOOKS = [Look(mode, large=large) for mode in ("light", "dark") for large in (False, True)]
ASKED = {
    "all priced": (TOWN, ORDINARY),
    "nothing priced": (EPCI, DEMARCHES),
    "on quote and to be completed": (Client(), Order(backups=1, extra_storage_go=101, demarches_simplifiees=True)),
    "certificates alone": (TOWN, Order(certificates_cdg_1y=1, certificates_cdg_2y=1, certificates_cdg_3y=1)),
    "nothing": (TOWN, Order()),
}


@pytest.fixture(params=ASKED)
def result(request: pytest.FixtureRequest, tariff: Tariff) -> Estimate:
    """Return each kind of estimate in turn."""
    return asked(request.param, tariff)


def asked(name: str, tariff: Tariff) -> Estimate:
    """Price one of the orders."""
    return estimate(*ASKED[name], tariff)


def all_charts(result: Estimate, tariff: Tariff, look: Look = LIGHT) -> dict[str, Chart]:
    """Return every kind of chart of an estimate; of its options, those that the page draws."""
    known = [option for option in options(result, tariff) if option.comparison.six_years.comparable]
    return {
        "six years": charts.six_years(Summary(Handout(result, tariff, "", tariff.adopted, "")).years, look),
        "services": charts.services(result, tariff, look),
        "scenarios": charts.by_payee([("Tout", result.lines), ("1. Rien", [])], tariff, look),
        "options": charts.options(known, look),
    }


def bars(chart: Chart) -> list[list[dict[str, Any]]]:
    """Return the rows of each bar, its end last."""
    return [list(rows) for _, rows in groupby(chart.rows.to_pylist(), lambda row: row["rank"])]


def ends(chart: Chart, *columns: str) -> list[tuple[str, ...]]:
    """Return some columns of the end of each bar, its lines separated by slashes."""
    return [tuple(plain(bar[-1][column]).replace("\n", "/") for column in columns) for bar in bars(chart)]


# Figures


def test_parts_add_up_to_the_total_of_their_bar(result: Estimate, tariff: Tariff) -> None:
    services = groupby(result.lines, lambda line: line.position.service)
    expected = {
        "six years": [year.total.amount for year in schedule(result).years],
        "services": [total(lines, Line.over_horizon).amount for _, lines in services],
        "scenarios": [result.answers.six_years.amount, Decimal(0)],
    }
    for name, totals in expected.items():
        chart = all_charts(result, tariff)[name]
        assert [Decimal(str(bar[-1]["high"])) for bar in bars(chart)] == totals
        legend = [series.name for series in chart.legend]
        for *parts, end in bars(chart):
            at = 0.0
            for part in parts:
                assert part["low"] == at < part["high"]
                assert part["middle"] == pytest.approx((part["low"] + part["high"]) / 2)
                assert part["amount"] == euros(Decimal(str(part["high"])) - Decimal(str(part["low"])))
                assert part["parts"] == len(parts)
                at = part["high"]
            assert (at, None) == (end["high"], end["series"])
            drawn = [part["series"] for part in parts]
            assert drawn == [each for each in legend if each in drawn], "the order of the legend"
        assert set(legend) == {row["series"] for row in chart.rows.to_pylist()} - {None}


@pytest.mark.parametrize(
    ("chart", "expected"),
    [
        (
            "six years",
            [
                (Series("La Fibre 59-62, chaque année", "fibre", "yearly"), "660,00 €"),
                (Series("La Fibre 59-62, certificats", "fibre", "term"), "90,00 €"),
                (Series("La Fibre 59-62, mise en service", "fibre", "setup"), "165,00 €"),
                (Series("CDG 62, chaque année", "cdg", "yearly"), "150,00 €"),
                (Series("CDG 62, mise en service", "cdg", "setup"), "115,00 €"),
            ],
        ),
        (
            "services",
            [
                (Series("La Fibre 59-62", "fibre", "yearly"), "480,00 €"),
                (Series("CDG 62", "cdg", "yearly"), "340,00 €"),
            ],
        ),
    ],
)
def test_a_part_is_what_one_payee_bills(chart: str, expected: list[tuple[Series, str]], tariff: Tariff) -> None:
    drawn = all_charts(asked("all priced", tariff), tariff)[chart]
    assert drawn.legend == tuple(series for series, _ in expected)
    assert [plain(part["amount"]) for part in bars(drawn)[0][:-1]] == [amount for _, amount in expected]


def test_an_option_is_its_difference_the_greatest_saving_first(tariff: Tariff) -> None:
    rows = all_charts(asked("all priced", tariff), tariff)["options"].rows.to_pylist()
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
    ("name", "above", "beside", "of_all"),
    [
        ("all priced", ("1 180,00 €", "", ""), ("820,00 €", "820,00 €"), ("5 320,00 €", "5 320,00 €")),
        (
            "nothing priced",
            ("", "3 montants/sur devis", "sur/devis"),
            *(("3 montants sur devis", "sur devis"),) * 2,
        ),
        (
            "on quote and to be completed",
            ("703,00 €", "+ 1 montant/sur devis/+ 3 montants/à compléter", "+ sur/devis/+ à/compléter"),
            ("3 268,00 € + 1 montant sur devis", "3 268,00 € + sur devis"),
            # No room for the noun beside two reasons.
            ("3 268,00 € + 1 sur devis + 3 à compléter", "3 268,00 € + sur devis + à compléter"),
        ),
    ],
)
def test_a_total_is_shown_with_what_it_leaves_out(
    name: str, above: tuple[str, ...], beside: tuple[str, ...], of_all: tuple[str, ...], tariff: Tariff
) -> None:
    drawn = all_charts(asked(name, tariff), tariff)
    assert ends(drawn["six years"], "amount", "left_out", "left_out_narrow")[0] == above
    assert ends(drawn["services"], "total", "total_narrow")[0] == beside
    assert ends(drawn["scenarios"], "total", "total_narrow") == [of_all, ("0,00 €", "0,00 €")]
    for *_, end in bars(drawn["six years"]):
        assert end["lines"] == len(end["left_out"].splitlines()), "the amount is above them"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Sauvegarde 60 Go et partage 5 Go\u00a0!", ["Sauvegarde 60\u00a0Go et partage 5\u00a0Go\u00a0!"]),
        ("Sauvegarde 60 Go et partage de fichiers 5 Go", ["Sauvegarde 60\u00a0Go et partage de", "fichiers 5\u00a0Go"]),
        (
            "1. Un scénario au nom bien long, avec tout ce que la mairie voudrait avoir",
            ["1. Un scénario au nom bien long,", "avec tout ce que la mairie…"],
        ),
        ("Anticonstitutionnellement-et-sans-espace", ["Anticonstitutionnellement-et-sans-", "espace"]),
    ],
)
def test_the_name_of_a_bar_has_two_lines_at_most_and_is_apart_from_all_others(
    name: str, lines: list[str], tariff: Tariff
) -> None:
    [row] = charts.by_payee([(name, [])], tariff, LIGHT).rows.to_pylist()
    assert row["place"].split("\n") == [*lines, name]


# Text


def test_the_text_of_a_chart_is_sentences_with_every_figure(tariff: Tariff) -> None:
    drawn = all_charts(asked("all priced", tariff), tariff)
    assert plain(drawn["six years"].words).startswith(
        "1re année : 1 180,00 € (La Fibre 59-62, chaque année 660,00 € ; "
        "La Fibre 59-62, certificats 90,00 € ; La Fibre 59-62, mise en service 165,00 € ; "
        "CDG 62, chaque année 150,00 € ; CDG 62, mise en service 115,00 €). "
        "2e année : 810,00 € (La Fibre 59-62, chaque année 660,00 € ; CDG 62, chaque année 150,00 €). "
    )
    assert {name: chart.alt for name, chart in drawn.items()} == {
        "six years": "Dépenses de six ans, une barre par année.",
        "services": "Une barre par ligne, partagée entre les organismes qui facturent.",
        "scenarios": "Une barre par ligne, partagée entre les organismes qui facturent.",
        "options": "Écart de chaque choix sur six ans, du plus économique au plus cher.",
    }
    result = estimate(TOWN, ON_QUOTE, tariff)
    assert plain(charts.services(result, tariff, LIGHT).words) == (
        "Antivirus : 2 142,00 € + 1 montant sur devis (La Fibre 59-62 2 142,00 €)."
    )
    assert plain(charts.options(options(result, tariff), LIGHT).words) == (
        "Sans intervention pour l'antivirus : 1 montant sur devis de moins ; "
        "Antivirus : 1 ordinateur de moins : +198,00 €, mais 1 montant sur devis de moins."
    )
    empty = all_charts(asked("nothing", tariff), tariff)["services"]
    assert (empty.rows.to_pylist(), empty.words, empty.legend) == ([], "", ())


def test_what_is_paid_today_is_one_line_across_the_bars_and_changes_no_figure_of_them(tariff: Tariff) -> None:
    years = Summary(Handout(asked("all priced", tariff), tariff, "", tariff.adopted, "")).years
    without, with_line = charts.six_years(years, LIGHT), charts.six_years(years, LIGHT, (), 840)
    assert [row["today"] for row in with_line.rows.to_pylist() if row["today"] is not None] == [840.0]
    assert with_line.rows.drop(["today"]) == without.rows
    assert with_line.spec is charts.six_years(years, LIGHT, (), 0).spec, "new figures keep the same chart"
    assert plain(with_line.line) == "Payé aujourd'hui : 840,00 € par an"
    assert plain(with_line.words) == f"{plain(without.words)} Payé aujourd'hui : 840,00 € par an."
    assert not without.line


# Specifications


@pytest.mark.parametrize("look", LOOKS)
def test_new_figures_keep_the_same_chart_in_the_colours_of_its_look(look: Look, tariff: Tariff) -> None:
    ours = all_charts(asked("all priced", tariff), tariff, look)
    changed = estimate(Client(inhabitants=1_250, agents=7), ORDINARY.model_copy(update={"mailboxes_5go": 7}), tariff)
    palette = look.palette
    for name, other in all_charts(changed, tariff, look).items():
        chart = ours[name]
        assert chart.rows != other.rows
        assert chart.spec is other.spec, name
        written = json.dumps(chart.spec, ensure_ascii=False)
        assert "€" not in written, "no figure"
        assert set(re.findall(r"#[0-9A-Fa-f]{6}\b", written)) <= {
            getattr(palette, role) for role in palette.__dataclass_fields__
        }
        for channel, value in {
            "fill": lambda each: palette.fill(each.payee, each.rhythm),
            "stroke": lambda each: palette.edge(each.payee),
            "strokeDash": lambda each: [4, 3] if each.rhythm == "term" else [1, 0],
            "color": lambda each: palette.on(each.rhythm),
        }.items():
            assert scale(chart, channel) == {each.name: value(each) for each in chart.legend}
    alone = all_charts(asked("certificates alone", tariff), tariff, look)["services"]
    assert alone.spec is not ours["services"].spec, "other colours"


def scale(chart: Chart, channel: str) -> dict[str, Any]:
    """Return the value of each series in a channel, in the one layer that has it."""
    found = [layer["encoding"][channel]["scale"] for layer in chart.spec["layer"] if channel in layer["encoding"]]
    return dict(zip(found[0]["domain"], found[0]["range"], strict=True)) if found else {}


def test_bars_begin_at_zero_with_room_for_amounts_and_french_tooltips(tariff: Tariff) -> None:
    drawn = all_charts(asked("all priced", tariff), tariff)
    of_bars = ["Ligne", "Facturé par", "Montant"]
    for (name, chart), titles in zip(
        drawn.items(), (["Année", "Poste", "Montant"], of_bars, of_bars, ["Choix", "Sur six ans"]), strict=True
    ):
        encoding = chart.spec["layer"][0]["encoding"]
        assert [line["title"] for line in encoding["tooltip"]] == titles
        assert encoding["y" if name == "six years" else "x"]["scale"]["zero"] is True
    same = tariff.changed({"services.mailbox.charges.account_unlimited.price.amount": 20})
    found = [each for each in options(asked("all priced", same), same) if each.comparison.six_years.comparable]
    less = [option for option in found if option.comparison.six_years.amount < 0]
    none = [option for option in found if option.comparison.six_years.amount == 0]
    for choices, start, end in ((less, 90, 0), (none, 0, 90), (found, 90, 90)):
        spec = charts.options(choices, LIGHT).spec
        assert spec["layer"][0]["encoding"]["x"]["scale"]["range"] == [start, {"expr": f"width - {end}"}]
