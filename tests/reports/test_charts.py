"""A chart shows the estimate's own figures, in its own words, and can be read without being seen."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from pricing import Client, Estimate, Order, Tariff, estimate, euros, options, schedule
from pricing.options import Option, by_saving
from pricing.reports import charts
from pricing.reports.charts import Chart, Look, Series
from pricing.reports.palette import PALETTES
from pricing.tariff import PAYEES
from tests.french import plain

LIGHT, DARK = Look("light"), Look("dark")
LOOKS = [LIGHT, DARK, Look("light", large=True), Look("dark", large=True)]
NEWCOMER = Order(
    mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1, antivirus_devices=3, demarches_simplifiees=True
)
ON_QUOTE = NEWCOMER.model_copy(
    update={"extra_storage_go": 101, "antivirus_devices": 21, "antivirus_intervention": True}
)
COLUMNS = ["name", "series", "low", "high", "middle", "label", "amount", "total", "left_out"]
"""The columns of every chart of bars in parts, before its bars' ranks; a row without a series carries a bar's total."""
ENGLISH = re.compile(
    r"\b(year|years|total cost|amount|series|name|label|payee|value|service cost|null|true|false|and|the|of)\b"
)


@pytest.fixture(scope="module")
def newcomer(tariff: Tariff) -> Estimate:
    """A commune of 1 250 inhabitants, all of whose figures are known."""
    return estimate(Client(inhabitants=1_250, agents=6), NEWCOMER, tariff)


@pytest.fixture(scope="module")
def partial(tariff: Tariff) -> Estimate:
    """The same with two lines on quote."""
    return estimate(Client(inhabitants=1_250, agents=6), ON_QUOTE, tariff)


def comparable(result: Estimate, tariff: Tariff) -> list[Option]:
    """The options whose difference is known in full: the page draws no others."""
    return [option for option in options(result, tariff) if option.comparison.six_years.comparable]


def all_charts(result: Estimate, tariff: Tariff, look: Look) -> dict[str, Chart]:
    """Every kind of chart of an estimate."""
    bars: list[charts.Bar] = [
        ("1. Sans sauvegarde", {payee: result.six_years(payee=payee).amount for payee in PAYEES}, "en tout")
    ]
    return {
        "six_years": charts.six_years(schedule(result), tariff, look),
        "options": charts.options(comparable(result, tariff), look),
        "services": charts.services(result, tariff, look),
        "by_payee": charts.by_payee(bars, tariff, look),
    }


def rows(chart: Chart) -> list[dict[str, Any]]:
    return chart.rows.to_pylist()


def parts(chart: Chart) -> dict[str, list[dict[str, Any]]]:
    """The segments of each bar, without its total."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows(chart):
        found.setdefault(row["name"], []).extend([row] if row["series"] is not None else [])
    return found


# The figures


def test_the_segments_of_a_year_add_up_to_its_total(newcomer: Estimate, partial: Estimate, tariff: Tariff) -> None:
    for result in (newcomer, partial):
        bars = parts(charts.six_years(schedule(result), tariff, LIGHT))
        assert list(bars) == ["1re année", "2e année", "3e année", "4e année", "5e année", "6e année"]
        for year, segments in zip(schedule(result).years, bars.values(), strict=True):
            assert_stacked(segments, year.total.amount)
            assert all(segment["label"] == segment["amount"] for segment in segments)


def assert_stacked(segments: list[dict[str, Any]], whole: Decimal) -> None:
    """The segments stand on one another from zero, and each says its own length."""
    at = 0.0
    for segment in segments:
        assert segment["low"] == at
        assert segment["middle"] == pytest.approx((segment["low"] + segment["high"]) / 2)
        length = Decimal(str(segment["high"])) - Decimal(str(segment["low"]))
        assert segment["amount"] == euros(length)
        assert segment["label"] in ("", segment["amount"])
        at = segment["high"]
    assert Decimal(str(at)) == whole


def test_a_segment_is_what_one_payee_bills_at_one_rhythm(newcomer: Estimate, tariff: Tariff) -> None:
    first = parts(charts.six_years(schedule(newcomer), tariff, LIGHT))["1re année"]
    assert {segment["series"]: plain(segment["amount"]) for segment in first} == {
        "La Fibre 59-62, chaque année": "660,00 €",
        "La Fibre 59-62, certificats": "90,00 €",
        "La Fibre 59-62, mise en service": "165,00 €",
        "CDG 62, chaque année": "150,00 €",
        "CDG 62, mise en service": "115,00 €",
    }


def test_the_total_above_a_year_has_the_words_of_the_total(
    newcomer: Estimate, partial: Estimate, tariff: Tariff
) -> None:
    for result in (newcomer, partial):
        shown = [row for row in rows(charts.six_years(schedule(result), tariff, LIGHT)) if row["series"] is None]
        for year, row in zip(schedule(result).years, shown, strict=True):
            assert row["total"] == year.total.known_words()
            assert " + ".join(filter(None, [row["total"], row["left_out"]])) == year.total.words()
            assert Decimal(str(row["high"])) == year.total.amount


def test_what_is_on_quote_stands_in_words_beside_the_total(partial: Estimate, tariff: Tariff) -> None:
    first, *_, last = (row for row in rows(charts.six_years(schedule(partial), tariff, LIGHT)) if row["series"] is None)
    assert plain(first["left_out"]) == "2 montants sur devis"
    assert plain(last["left_out"]) == "1 montant sur devis"
    services = {
        row["name"]: plain(row["total"]) for row in rows(charts.services(partial, tariff, LIGHT)) if row["total"]
    }
    assert services["Antivirus"] == "2 142,00 € + 1 montant sur devis"


def test_an_estimate_of_which_nothing_is_known_has_bars_of_words_only(tariff: Tariff) -> None:
    result = estimate(Client(structure="epci"), Order(demarches_simplifiees=True), tariff)
    shown = rows(charts.six_years(schedule(result), tariff, LIGHT))
    assert [(row["high"], row["total"], plain(row["left_out"])) for row in shown] == [
        (0.0, "", "3 montants sur devis"),
        *[(0.0, "", "2 montants sur devis")] * 5,
    ]
    [row] = rows(charts.services(result, tariff, LIGHT))
    assert (row["high"], plain(row["total"])) == (0.0, "3 montants sur devis")


def test_the_services_add_up_to_six_years(newcomer: Estimate, partial: Estimate, tariff: Tariff) -> None:
    for result in (newcomer, partial):
        bars = parts(charts.services(result, tariff, LIGHT))
        assert list(bars) == list(dict.fromkeys(line.position.service for line in result.lines))
        whole = Decimal(0)
        for segments in bars.values():
            length = Decimal(str(segments[-1]["high"])) if segments else Decimal(0)
            assert_stacked(segments, length)
            whole += length
        assert whole == result.answers.six_years.amount


def test_the_two_bodies_of_the_services_add_up_to_their_quotes(newcomer: Estimate, tariff: Tariff) -> None:
    segments = [row for row in rows(charts.services(newcomer, tariff, LIGHT)) if row["series"]]
    for payee in PAYEES:
        of_payee = [row for row in segments if row["series"] == tariff.payees[payee].short]
        assert (
            sum(Decimal(str(row["high"])) - Decimal(str(row["low"])) for row in of_payee)
            == newcomer.six_years(payee=payee).amount
        )


def test_an_option_is_its_difference_in_its_own_words_the_greatest_saving_first(
    newcomer: Estimate, tariff: Tariff
) -> None:
    for found in (options(newcomer, tariff), comparable(newcomer, tariff)):
        chart = charts.options(found, LIGHT)
        assert chart.rows.column_names == ["name", "amount", "label", "rank"]
        assert [row["rank"] for row in rows(chart)] == list(range(len(found)))
        shown = rows(chart)
        assert [row["name"] for row in shown] == [option.label for option in by_saving(found)]
        for row, option in zip(shown, by_saving(found), strict=True):
            assert row["label"] == option.comparison.six_years.words()
            assert Decimal(str(row["amount"])) == option.comparison.six_years.amount


def test_a_comparable_option_is_labelled_with_its_amount_alone(newcomer: Estimate, tariff: Tariff) -> None:
    shown = rows(charts.options(comparable(newcomer, tariff), LIGHT))
    assert [(row["name"], plain(row["label"])) for row in shown] == [
        ("Catégorie A de Démarches simplifiées", "−300,00 €"),
        ("Le certificat de 2 ans, remis au CDG", "+72,00 €"),
        ("Avec intervention pour l'antivirus", "+100,00 €"),
        ("Tous les comptes en illimité", "+168,00 €"),
        ("Le certificat de 1 an, remis au CDG", "+280,80 €"),
        ("Catégorie C de Démarches simplifiées", "+912,00 €"),
    ]


def test_bars_by_payee_have_the_euros_and_the_words_they_are_given(tariff: Tariff) -> None:
    bars: list[charts.Bar] = [
        ("1. Un", {"fibre": Decimal("300.10"), "cdg": Decimal("99.90")}, "400,00 €"),
        ("2. Deux", {"fibre": Decimal(0), "cdg": Decimal(0)}, "3 montants sur devis"),
        ("3. Trois", {"cdg": Decimal(20)}, "20,00 €"),
    ]
    chart = charts.by_payee(bars, tariff, LIGHT)
    shown = [(row["rank"], row["name"], row["series"], row["low"], row["high"], row["total"]) for row in rows(chart)]
    assert shown == [
        (0, "1. Un", "La Fibre 59-62", 0.0, 300.1, ""),
        (0, "1. Un", "CDG 62", 300.1, 400.0, ""),
        (0, "1. Un", None, 400.0, 400.0, "400,00 €"),
        (1, "2. Deux", None, 0.0, 0.0, "3 montants sur devis"),
        (2, "3. Trois", "CDG 62", 0.0, 20.0, ""),
        (2, "3. Trois", None, 20.0, 20.0, "20,00 €"),
    ]


def test_every_bar_in_parts_has_the_same_columns_and_ends_with_its_total(
    newcomer: Estimate, partial: Estimate, tariff: Tariff
) -> None:
    for result in (newcomer, partial):
        for name, chart in all_charts(result, tariff, LIGHT).items():
            if name == "options":
                continue
            assert chart.rows.column_names == [*COLUMNS, *(["rank"] if name != "six_years" else [])], name
            bars: dict[str, list[dict[str, Any]]] = {}
            for row in rows(chart):
                bars.setdefault(row["name"], []).append(row)
            for bar in bars.values():
                *segments, whole = bar
                assert whole["series"] is None
                assert whole["label"] == ""
                assert whole["low"] == whole["middle"] == whole["high"] == (segments[-1]["high"] if segments else 0)
                assert whole["total"] or whole["left_out"]
                for segment in segments:
                    assert segment["series"] in [each.name for each in chart.legend]
                    assert (segment["total"], segment["left_out"]) == ("", "")
                    assert segment["high"] > segment["low"]


def test_what_a_client_has_not_said_stands_beside_the_total_too(tariff: Tariff) -> None:
    result = estimate(Client(), Order(domains=1, demarches_simplifiees=True), tariff)
    first = next(row for row in rows(charts.six_years(schedule(result), tariff, LIGHT)) if row["series"] is None)
    assert (plain(first["total"]), plain(first["left_out"])) == ("15,00 €", "3 montants à compléter")


def test_a_bar_of_one_body_alone_is_not_labelled_twice_nor_is_a_part_too_short_for_it(tariff: Tariff) -> None:
    bars: list[charts.Bar] = [
        ("1. Un", {"fibre": Decimal(700), "cdg": Decimal(100)}, "800,00 €"),
        ("2. Deux", {"fibre": Decimal("700.01"), "cdg": Decimal("99.99")}, "800,00 €"),
        ("3. Trois", {"fibre": Decimal(500)}, "500,00 €"),
        ("4. Quatre", {"fibre": Decimal(0), "cdg": Decimal(500)}, "500,00 €"),
    ]
    labels = [[plain(row["label"]) for row in bar] for bar in parts(charts.by_payee(bars, tariff, LIGHT)).values()]
    assert labels == [["700,00 €", "100,00 €"], ["700,01 €", ""], [""], [""]]


def test_what_a_year_leaves_out_for_two_reasons_is_told_with_both(tariff: Tariff) -> None:
    result = estimate(Client(), Order(backups=1, extra_storage_go=101, demarches_simplifiees=True), tariff)
    shown = [row for row in rows(charts.six_years(schedule(result), tariff, LIGHT)) if row["series"] is None]
    assert [(plain(row["total"]), plain(row["left_out"])) for row in shown] == [
        ("703,00 €", "1 montant sur devis + 3 montants à compléter"),
        *[("513,00 €", "1 montant sur devis + 2 montants à compléter")] * 5,
    ]


# What the colours mean


def test_the_legend_of_six_years_names_only_what_is_paid(newcomer: Estimate, tariff: Tariff) -> None:
    assert charts.six_years(schedule(newcomer), tariff, LIGHT).legend == (
        Series("La Fibre 59-62, chaque année", "fibre", "yearly"),
        Series("La Fibre 59-62, certificats", "fibre", "term"),
        Series("La Fibre 59-62, mise en service", "fibre", "setup"),
        Series("CDG 62, chaque année", "cdg", "yearly"),
        Series("CDG 62, mise en service", "cdg", "setup"),
    )


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (Order(domains=1), ["La Fibre 59-62, chaque année"]),
        (Order(certificates_cdg_3y=1), ["La Fibre 59-62, certificats"]),
        (Order(web_pages=1), ["La Fibre 59-62, chaque année", "CDG 62, mise en service"]),
        (Order(), []),
    ],
    ids=["a domain", "a certificate", "a web page", "nothing"],
)
def test_a_legend_has_no_colour_that_is_not_drawn(order: Order, names: list[str], tariff: Tariff) -> None:
    chart = charts.six_years(schedule(estimate(Client(), order, tariff)), tariff, LIGHT)
    assert [each.name for each in chart.legend] == names
    assert {row["series"] for row in rows(chart) if row["series"]} == set(names)


def test_certificates_that_the_first_year_alone_does_not_show_are_in_the_legend_once(tariff: Tariff) -> None:
    order = Order(certificates_cdg_1y=1, certificates_cdg_2y=1, certificates_cdg_3y=1)
    chart = charts.six_years(schedule(estimate(Client(), order, tariff)), tariff, LIGHT)
    assert chart.legend == (Series("La Fibre 59-62, certificats", "fibre", "term"),)


def test_the_parts_of_a_year_stand_on_each_other_in_the_order_of_the_legend(
    newcomer: Estimate, partial: Estimate, tariff: Tariff
) -> None:
    for result in (newcomer, partial):
        for chart in all_charts(result, tariff, LIGHT).values():
            names = [each.name for each in chart.legend]
            if names:
                for bar in parts(chart).values():
                    ranks = [names.index(segment["series"]) for segment in bar]
                    assert ranks == sorted(set(ranks))


def test_the_legend_of_the_two_bodies_names_both_in_their_full_tone(newcomer: Estimate, tariff: Tariff) -> None:
    shown = all_charts(newcomer, tariff, LIGHT)
    both = (Series("La Fibre 59-62", "fibre", "yearly"), Series("CDG 62", "cdg", "yearly"))
    assert shown["services"].legend == shown["by_payee"].legend == both
    assert shown["options"].legend == ()


@pytest.mark.parametrize("look", LOOKS)
def test_the_legend_beside_a_chart_is_that_of_its_colours(look: Look, newcomer: Estimate, tariff: Tariff) -> None:
    for chart in all_charts(newcomer, tariff, look).values():
        scales = [
            channel["scale"]
            for channel in channels(chart.spec)
            if channel.get("field") == "series" and "scale" in channel
        ]
        assert bool(scales) == bool(chart.legend)
        assert all(scale["domain"] == [each.name for each in chart.legend] for scale in scales)
        assert all(len(scale["range"]) == len(chart.legend) for scale in scales)


# The words for those who don't see it


def test_the_words_of_a_chart_say_every_figure_of_it(newcomer: Estimate, partial: Estimate, tariff: Tariff) -> None:
    for result in (newcomer, partial):
        for name, chart in all_charts(result, tariff, LIGHT).items():
            for row in rows(chart):
                for key in ("name", "series", "label", "amount", "total", "left_out"):
                    # The length of a total's mark is none.
                    if isinstance(row.get(key), str) and not (key == "amount" and row["series"] is None):
                        assert row[key] in chart.words, (name, key, row)
            for said in (chart.alt, chart.words):
                assert said.endswith(".")
                assert not ENGLISH.search(said)


def test_what_stands_for_a_chart_never_changes_so_that_it_is_drawn_once(
    newcomer: Estimate, partial: Estimate, tariff: Tariff
) -> None:
    ours, theirs = all_charts(newcomer, tariff, LIGHT), all_charts(partial, tariff, LIGHT)
    assert {name: chart.alt for name, chart in ours.items()} == {name: chart.alt for name, chart in theirs.items()}


def test_the_words_of_six_years_are_said_year_by_year(newcomer: Estimate, tariff: Tariff) -> None:
    words = plain(charts.six_years(schedule(newcomer), tariff, LIGHT).words)
    assert words.startswith(
        "1re année : 1 180,00 € (La Fibre 59-62, chaque année 660,00 € ; "
        "La Fibre 59-62, certificats 90,00 € ; La Fibre 59-62, mise en service 165,00 € ; "
        "CDG 62, chaque année 150,00 € ; CDG 62, mise en service 115,00 €). "
        "2e année : 810,00 € (La Fibre 59-62, chaque année 660,00 € ; CDG 62, chaque année 150,00 €). "
    )


def test_the_words_of_a_year_without_an_amount_are_those_of_its_total(tariff: Tariff) -> None:
    result = estimate(Client(structure="epci"), Order(demarches_simplifiees=True), tariff)
    assert plain(charts.six_years(schedule(result), tariff, LIGHT).words) == (
        "1re année : 3 montants sur devis. 2e année : 2 montants sur devis. 3e année : 2 montants sur devis. "
        "4e année : 2 montants sur devis. 5e année : 2 montants sur devis. 6e année : 2 montants sur devis."
    )


def test_the_words_of_services_are_said_service_by_service(tariff: Tariff) -> None:
    order = Order(domains=1, antivirus_devices=21, antivirus_intervention=True, backups=1)
    result = estimate(Client(inhabitants=1_250), order, tariff)
    assert plain(charts.services(result, tariff, LIGHT).words) == (
        "Nom de domaine : 90,00 € (La Fibre 59-62 90,00 €). "
        "Sauvegarde 60 Go et partage de fichiers 5 Go : 3 268,00 € (La Fibre 59-62 2 893,00 € ; CDG 62 375,00 €). "
        "Antivirus : 2 142,00 € + 1 montant sur devis (La Fibre 59-62 2 142,00 €)."
    )
    assert plain(charts.options(options(result, tariff), LIGHT).words) == (
        "Sans intervention pour l'antivirus : 1 montant sur devis de moins ; "
        "Antivirus : 1 ordinateur de moins : +198,00 €, mais 1 montant sur devis de moins."
    )


def test_a_chart_without_any_bar_says_nothing(tariff: Tariff) -> None:
    alone = estimate(Client(), Order(extra_storage_go=1), tariff)  # it can't be ordered alone
    chart = charts.services(alone, tariff, LIGHT)
    assert (rows(chart), chart.words, chart.legend) == ([], "", ())


def test_what_each_chart_shows_is_said_in_a_sentence(newcomer: Estimate, tariff: Tariff) -> None:
    assert {name: chart.alt for name, chart in all_charts(newcomer, tariff, LIGHT).items()} == {
        "six_years": "Dépenses de six ans, une barre par année.",
        "options": "Écart de chaque choix sur six ans, du plus économique au plus cher.",
        "services": "Une barre par ligne, partagée entre les deux organismes.",
        "by_payee": "Une barre par ligne, partagée entre les deux organismes.",
    }


# The specifications


def test_a_specification_is_built_once_for_all_estimates_that_leave_out_as_much(
    partial: Estimate, tariff: Tariff
) -> None:
    other = estimate(partial.client, partial.order.model_copy(update={"mailboxes_5go": 7}), tariff)
    for look in LOOKS:
        ours, theirs = all_charts(other, tariff, look), all_charts(partial, tariff, Look(look.mode, look.large))
        for name in ours:
            assert ours[name].spec is theirs[name].spec, name
            assert ours[name].rows != theirs[name].rows, name


@pytest.fixture(params=LOOKS, ids=["light", "dark", "light, for a room", "dark, for a room"])
def specs(request: pytest.FixtureRequest, newcomer: Estimate, tariff: Tariff) -> dict[str, dict[str, Any]]:
    """Every specification in one look."""
    return {name: chart.spec for name, chart in all_charts(newcomer, tariff, request.param).items()}


def test_another_set_of_series_has_a_specification_of_its_own(newcomer: Estimate, tariff: Tariff) -> None:
    def six_years(result: Estimate) -> Chart:
        return charts.six_years(schedule(result), tariff, LIGHT)

    domain = estimate(Client(), Order(domains=1), tariff)
    domains = estimate(Client(), Order(domains=2), tariff)
    assert six_years(domain).spec is six_years(domains).spec
    assert six_years(domain).spec is not six_years(newcomer).spec


def test_a_specification_writes_numbers_the_french_way(specs: dict[str, dict[str, Any]]) -> None:
    for spec in specs.values():
        assert spec["config"]["locale"]["number"] == {
            "decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0€"],
        }  # fmt: skip
        # Every figure that shows is worded in the rows: Vega formats none.
        assert "format" not in keys(spec)


def test_the_titles_of_a_specification_are_french(specs: dict[str, dict[str, Any]]) -> None:
    assert {name: titles(spec) for name, spec in specs.items()} == {
        "six_years": {"Année", "Poste", "Montant"},
        "options": {"Choix", "Sur six ans"},
        "services": {"Ligne", "Facturé par", "Montant"},
        "by_payee": {"Ligne", "Facturé par", "Montant"},
    }


def titles(spec: dict[str, Any]) -> set[str]:
    """Every title of a specification: its own, of its axes, legends and lines of tooltips."""
    return {value for key, value in entries(spec) if key == "title" and value is not None}


def test_a_legend_is_never_drawn_since_the_page_has_it_in_html(specs: dict[str, dict[str, Any]]) -> None:
    for spec in specs.values():
        for channel in channels(spec):
            if channel.get("field") == "series" and "title" not in channel:
                assert channel["legend"] is None
        assert not list(found(spec, "legend"))


def test_no_axis_of_amounts_is_drawn_and_no_grid(specs: dict[str, dict[str, Any]]) -> None:
    for name, spec in specs.items():
        along = "y" if name == "six_years" else "x"
        quantitative = [channel for channel in channels(spec) if channel.get("type") == "quantitative"]
        assert all(channel.get("axis") is None for channel in quantitative)
        # A layer that doesn't speak of its axis shares that of the bars, which has none.
        assert spec["layer"][0]["encoding"][along]["axis"] is None
        assert spec.get("resolve", {}).get("axis") is None
        assert spec["config"]["axis"]["grid"] is False
        assert [value for key, value in entries(spec) if key == "grid"] == [False]
        assert spec["config"]["view"]["stroke"] is None


def test_the_years_stand_in_their_order_and_other_bars_in_that_of_their_ranks(specs: dict[str, dict[str, Any]]) -> None:
    for name, spec in specs.items():
        for layer in spec["layer"]:
            if name == "six_years":
                assert layer["encoding"]["x"]["sort"] == [
                    "1re année", "2e année", "3e année", "4e année", "5e année", "6e année",
                ]  # fmt: skip
            else:
                assert layer["encoding"]["y"]["sort"] == {"field": "rank", "op": "min", "order": "ascending"}


def test_every_scale_of_euros_begins_at_zero(specs: dict[str, dict[str, Any]]) -> None:
    for name, spec in specs.items():
        scales = [
            channel["scale"]
            for channel in channels(spec)
            if channel.get("type") == "quantitative" and "scale" in channel
        ]
        assert scales, name
        assert all(scale["zero"] is True and "domain" not in scale for scale in scales)
    # The highest bar takes nearly all of the height, and keeps it while a small change is looked at.
    assert specs["six_years"]["layer"][0]["encoding"]["y"]["scale"]["nice"] == 20


def test_marks_are_silent_since_the_words_beside_the_chart_say_all(specs: dict[str, dict[str, Any]]) -> None:
    for spec in specs.values():
        for layer in spec["layer"]:
            assert layer["mark"]["aria"] is False
        axes = list(found(spec, "axis"))
        assert axes
        for axis in axes:
            assert axis["aria"] is False


def test_a_specification_calls_nothing_and_holds_no_figure(specs: dict[str, dict[str, Any]]) -> None:
    for spec in specs.values():
        assert {key: value for key, value in spec.items() if key in ("data", "datasets")} == {}
        assert "http" not in json.dumps({key: value for key, value in spec.items() if key != "$schema"})
        assert "€" not in json.dumps({key: value for key, value in spec.items() if key != "config"}, ensure_ascii=False)


@pytest.mark.parametrize("look", LOOKS)
def test_every_colour_of_a_specification_is_of_its_palette(look: Look, newcomer: Estimate, tariff: Tariff) -> None:
    ours = {getattr(PALETTES[look.mode], role) for role in PALETTES[look.mode].__dataclass_fields__}
    for chart in all_charts(newcomer, tariff, look).values():
        assert set(re.findall(r"#[0-9A-Fa-f]{6}\b", json.dumps(chart.spec))) <= ours


@pytest.mark.parametrize("look", LOOKS)
def test_parts_are_full_half_or_outlined_with_an_edge_of_the_full_tone(
    look: Look, newcomer: Estimate, tariff: Tariff
) -> None:
    palette = look.palette
    encoding = charts.six_years(schedule(newcomer), tariff, look).spec["layer"][0]["encoding"]
    names = encoding["fill"]["scale"]["domain"]
    assert names == [
        "La Fibre 59-62, chaque année", "La Fibre 59-62, certificats", "La Fibre 59-62, mise en service",
        "CDG 62, chaque année", "CDG 62, mise en service",
    ]  # fmt: skip
    assert encoding["fill"]["scale"]["range"] == [
        palette.fibre, palette.ground, palette.fibre_half, palette.cdg, palette.cdg_half,
    ]  # fmt: skip
    assert encoding["stroke"]["scale"] == {"domain": names, "range": [palette.fibre] * 3 + [palette.cdg] * 2}
    # Certificates have a dashed edge, all else a whole one.
    whole, dashed = [1, 0], [4, 3]
    assert encoding["strokeDash"]["scale"] == {"domain": names, "range": [whole, dashed, whole, whole, whole]}


@pytest.mark.parametrize("look", LOOKS)
def test_a_label_has_the_colour_that_can_be_read_on_its_part(look: Look, newcomer: Estimate, tariff: Tariff) -> None:
    palette = look.palette
    shown = all_charts(newcomer, tariff, look)
    label = shown["six_years"].spec["layer"][1]["encoding"]
    assert (label["text"]["field"], label["y"]["field"]) == ("label", "middle")
    assert label["color"]["scale"]["range"] == [
        palette.on_fibre, palette.ink, palette.ink, palette.on_cdg, palette.ink,
    ]  # fmt: skip
    for name in ("services", "by_payee"):
        bars, label, *_ = (layer["encoding"] for layer in shown[name].spec["layer"])
        assert bars["fill"]["scale"]["range"] == [palette.fibre, palette.cdg]
        assert (label["text"]["field"], label["x"]["field"]) == ("label", "middle")
        assert label["color"]["scale"]["range"] == [palette.on_fibre, palette.on_cdg]


@pytest.mark.parametrize("look", LOOKS)
def test_no_text_has_the_full_tone_of_the_cdg(look: Look, newcomer: Estimate, tariff: Tariff) -> None:
    for chart in all_charts(newcomer, tariff, look).values():
        for layer in chart.spec["layer"]:
            if layer["mark"]["type"] == "text":
                assert look.palette.cdg not in json.dumps(layer)
        assert chart.spec["config"]["axis"]["labelColor"] == look.palette.ink


def test_the_label_of_an_option_stands_at_the_outer_end_of_its_bar(specs: dict[str, dict[str, Any]]) -> None:
    bars, less, more, _ = specs["options"]["layer"]
    assert "transform" not in bars
    assert less["transform"] == [{"filter": "datum.amount < 0"}]
    assert more["transform"] == [{"filter": "datum.amount >= 0"}]
    assert (less["mark"]["align"], less["mark"]["dx"]) == ("right", -6)
    assert (more["mark"]["align"], more["mark"]["dx"]) == ("left", 6)


# On a phone and in a room


def test_a_chart_is_as_wide_as_its_place(specs: dict[str, dict[str, Any]]) -> None:
    assert {spec["width"] for spec in specs.values()} == {"container"}
    # Its place is asked in one expression alone: asked in two, it could be told two widths while a window is resized.
    for spec in specs.values():
        assert spec["params"] == [{"name": "place", "expr": "containerSize()[0] + 0 * width"}]
        assert json.dumps(spec).count("containerSize") == 1


def entries(spec: Any) -> Iterator[tuple[str, Any]]:
    """Every key with its value, at any depth, with the configuration."""
    if isinstance(spec, dict):
        for name, value in spec.items():
            yield name, value
            yield from entries(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from entries(value)


def keys(spec: dict[str, Any]) -> set[str]:
    """Every key of a specification, at any depth."""
    return {key for key, _ in entries(spec)}


def found(spec: Any, key: str) -> Iterator[dict[str, Any]]:
    """Every table that stands under a key, at any depth, without the configuration."""
    if isinstance(spec, dict):
        for name, value in spec.items():
            if name == "config":
                continue
            if name == key and isinstance(value, dict):
                yield value
            yield from found(value, key)
    elif isinstance(spec, list):
        for value in spec:
            yield from found(value, key)


def channels(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every channel of every encoding, those of tooltips one by one."""
    for encoding in found(spec, "encoding"):
        for channel in encoding.values():
            yield from channel if isinstance(channel, list) else [channel]
