"""A chart shows the estimate's own figures, in its own words, and can be read without being seen."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from pricing import Client, Estimate, Order, Tariff, estimate, euros, options, schedule
from pricing.options import by_saving
from pricing.reports import charts
from pricing.reports.charts import Chart, Look
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


def all_charts(result: Estimate, tariff: Tariff, look: Look) -> dict[str, Chart]:
    """Every kind of chart of an estimate."""
    bars: list[charts.Bar] = [
        ("1. À l'écran", {payee: result.six_years(payee=payee).amount for payee in PAYEES}, "en tout")
    ]
    return {
        "six_years": charts.six_years(schedule(result), tariff, look),
        "options": charts.options(options(result, tariff), look),
        "services": charts.services(result, tariff, look),
        "by_payee": charts.by_payee(bars, tariff, look),
    }


def rows(chart: Chart) -> list[dict[str, Any]]:
    return chart.rows.to_pylist()


def parts(chart: Chart, by: str, kind: str) -> dict[str, list[dict[str, Any]]]:
    """The segments of each bar, without its total."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows(chart):
        found.setdefault(row[by], []).extend([row] if row[kind] is not None else [])
    return found


# The figures


def test_the_segments_of_a_year_add_up_to_its_total(newcomer: Estimate, partial: Estimate, tariff: Tariff) -> None:
    for result in (newcomer, partial):
        bars = parts(charts.six_years(schedule(result), tariff, LIGHT), "year", "series")
        assert list(bars) == ["1re année", "2e année", "3e année", "4e année", "5e année", "6e année"]
        for year, segments in zip(schedule(result).years, bars.values(), strict=True):
            assert_stacked(segments, year.total.amount)


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
    first = parts(charts.six_years(schedule(newcomer), tariff, LIGHT), "year", "series")["1re année"]
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
    assert plain(first["left_out"]) == "2 postes sur devis"
    assert plain(last["left_out"]) == "1 poste sur devis"
    services = {
        row["name"]: plain(row["total"]) for row in rows(charts.services(partial, tariff, LIGHT)) if row["total"]
    }
    assert services["Antivirus"] == "2 142,00 € + 1 poste sur devis"


def test_an_estimate_of_which_nothing_is_known_has_bars_of_words_only(tariff: Tariff) -> None:
    result = estimate(Client(structure="epci"), Order(demarches_simplifiees=True), tariff)
    shown = rows(charts.six_years(schedule(result), tariff, LIGHT))
    assert [(row["high"], row["total"], plain(row["left_out"])) for row in shown] == [
        (0.0, "", "3 postes sur devis"),
        *[(0.0, "", "2 postes sur devis")] * 5,
    ]
    [row] = rows(charts.services(result, tariff, LIGHT))
    assert (row["high"], plain(row["total"])) == (0.0, "3 postes sur devis")


def test_a_label_is_left_out_only_where_its_segment_is_too_short_for_it(newcomer: Estimate, tariff: Tariff) -> None:
    highest = max(year.total.amount for year in schedule(newcomer).years)
    for look in LOOKS:
        for row in rows(charts.six_years(schedule(newcomer), tariff, look)):
            if row["series"] is not None:
                length = Decimal(str(row["high"])) - Decimal(str(row["low"]))
                assert bool(row["label"]) == (length * look.room >= highest)


def test_the_services_add_up_to_six_years(newcomer: Estimate, partial: Estimate, tariff: Tariff) -> None:
    for result in (newcomer, partial):
        bars = parts(charts.services(result, tariff, LIGHT), "name", "payee")
        assert list(bars) == list(dict.fromkeys(line.position.service for line in result.lines))
        whole = Decimal(0)
        for segments in bars.values():
            length = Decimal(str(segments[-1]["high"])) if segments else Decimal(0)
            assert_stacked(segments, length)
            whole += length
        assert whole == result.answers.six_years.amount


def test_the_two_bodies_of_the_services_add_up_to_their_quotes(newcomer: Estimate, tariff: Tariff) -> None:
    segments = [row for row in rows(charts.services(newcomer, tariff, LIGHT)) if row["payee"]]
    for payee in PAYEES:
        of_payee = [row for row in segments if row["payee"] == tariff.payees[payee].short]
        assert (
            sum(Decimal(str(row["high"])) - Decimal(str(row["low"])) for row in of_payee)
            == newcomer.six_years(payee=payee).amount
        )


def test_an_option_is_its_difference_in_its_own_words_the_greatest_saving_first(
    newcomer: Estimate, tariff: Tariff
) -> None:
    found = options(newcomer, tariff)
    shown = rows(charts.options(found, LIGHT))
    assert [row["option"] for row in shown] == [option.label for option in by_saving(found)]
    for row, option in zip(shown, by_saving(found), strict=True):
        assert row["label"] == option.comparison.six_years.words()
        assert Decimal(str(row["amount"])) == option.comparison.six_years.amount


def test_bars_by_payee_have_the_euros_and_the_words_they_are_given(tariff: Tariff) -> None:
    bars: list[charts.Bar] = [
        ("1. Un", {"fibre": Decimal("300.10"), "cdg": Decimal("99.90")}, "400,00 €"),
        ("2. Deux", {"fibre": Decimal(0), "cdg": Decimal(0)}, "3 postes sur devis"),
        ("3. Trois", {"cdg": Decimal(20)}, "20,00 €"),
    ]
    chart = charts.by_payee(bars, tariff, LIGHT)
    shown = [(row["name"], row["payee"], row["low"], row["high"], row["total"]) for row in rows(chart)]
    assert shown == [
        ("1. Un", "La Fibre 59-62", 0.0, 300.1, ""),
        ("1. Un", "CDG 62", 300.1, 400.0, ""),
        ("1. Un", None, 400.0, 400.0, "400,00 €"),
        ("2. Deux", None, 0.0, 0.0, "3 postes sur devis"),
        ("3. Trois", "CDG 62", 0.0, 20.0, ""),
        ("3. Trois", None, 20.0, 20.0, "20,00 €"),
    ]


# The words for those who don't see it


def test_the_words_of_a_chart_say_every_figure_of_it(newcomer: Estimate, partial: Estimate, tariff: Tariff) -> None:
    for result in (newcomer, partial):
        for name, chart in all_charts(result, tariff, LIGHT).items():
            for row in rows(chart):
                for key in ("amount", "label", "total", "left_out", "series", "payee", "name", "year", "option"):
                    # The length of a total's mark is none.
                    if isinstance(row.get(key), str) and row.get("series", row.get("payee", "")) is not None:
                        assert row[key] in chart.alt, (name, key, row)
            assert chart.alt.endswith(".")
            assert not ENGLISH.search(chart.alt)


def test_the_words_of_six_years_are_said_year_by_year(newcomer: Estimate, tariff: Tariff) -> None:
    alt = plain(charts.six_years(schedule(newcomer), tariff, LIGHT).alt)
    assert alt.startswith(
        "Dépenses de six ans, une barre par année. 1re année : 1 180,00 € (La Fibre 59-62, chaque année 660,00 € ; "
        "La Fibre 59-62, certificats 90,00 € ; La Fibre 59-62, mise en service 165,00 € ; "
        "CDG 62, chaque année 150,00 € ; CDG 62, mise en service 115,00 €). "
        "2e année : 810,00 € (La Fibre 59-62, chaque année 660,00 € ; CDG 62, chaque année 150,00 €). "
    )


# The specifications


def test_a_specification_is_built_once_for_all_estimates(newcomer: Estimate, partial: Estimate, tariff: Tariff) -> None:
    for look in LOOKS:
        ours, theirs = all_charts(newcomer, tariff, look), all_charts(partial, tariff, Look(look.mode, look.large))
        for name in ours:
            assert ours[name].spec is theirs[name].spec, name
            assert ours[name].rows != theirs[name].rows, name


@pytest.fixture(params=LOOKS, ids=["light", "dark", "light, for a room", "dark, for a room"])
def specs(request: pytest.FixtureRequest, newcomer: Estimate, tariff: Tariff) -> dict[str, dict[str, Any]]:
    """Every specification in one look."""
    return {name: chart.spec for name, chart in all_charts(newcomer, tariff, request.param).items()}


def test_a_specification_writes_numbers_the_french_way(specs: dict[str, dict[str, Any]]) -> None:
    for spec in specs.values():
        assert spec["config"]["locale"]["number"] == {
            "decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0€"],
        }  # fmt: skip
        for axis in found(spec, "axis"):
            assert axis.get("format", "$,.0f") in ("$,.0f", "+$,.0f")


def test_no_english_word_of_a_specification_shows(specs: dict[str, dict[str, Any]]) -> None:
    for spec in specs.values():
        for channel in channels(spec):
            if channel.get("field") and channel.get("type") and "title" not in channel:
                # Neither an axis, nor a legend, nor a line of a tooltip: only a place or a text.
                assert channel["field"] in (
                    "low", "high", "middle", "label", "total", "left_out", "series", "payee",
                )  # fmt: skip
            assert channel.get("title") is None or channel["title"] in (
                "Année", "Poste", "Montant", "Option", "Sur six ans", "Ligne", "Facturé par",
            )  # fmt: skip
        for legend in found(spec, "legend"):
            assert legend["title"] is None
        assert "title" not in spec


def test_every_axis_of_euros_begins_at_zero(specs: dict[str, dict[str, Any]]) -> None:
    for name, spec in specs.items():
        scales = [
            channel["scale"]
            for channel in channels(spec)
            if channel.get("type") == "quantitative" and "scale" in channel
        ]
        assert scales, name
        assert all(scale["zero"] is True and "domain" not in scale for scale in scales)


def test_marks_are_silent_since_the_words_beside_the_chart_say_all(specs: dict[str, dict[str, Any]]) -> None:
    for spec in specs.values():
        for layer in spec["layer"]:
            assert layer["mark"]["aria"] is False
        for part in (*found(spec, "axis"), *found(spec, "legend")):
            assert part["aria"] is False


def test_a_specification_calls_nothing_and_holds_no_figure(specs: dict[str, dict[str, Any]]) -> None:
    for spec in specs.values():
        assert {key: value for key, value in spec.items() if key == "datasets"} == {}
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
        "CDG 62, chaque année", "CDG 62, certificats", "CDG 62, mise en service",
    ]  # fmt: skip
    assert encoding["fill"]["scale"]["range"] == [
        palette.fibre, palette.ground, palette.fibre_half, palette.cdg, palette.ground, palette.cdg_half,
    ]  # fmt: skip
    assert encoding["stroke"]["scale"] == {"domain": names, "range": [palette.fibre] * 3 + [palette.cdg] * 3}


def test_what_is_read_from_the_back_of_a_room_is_larger(newcomer: Estimate, tariff: Tariff) -> None:
    near, far = (all_charts(newcomer, tariff, Look("light", large=large)) for large in (False, True))
    for name in near:
        sizes, larger = (
            [mark["fontSize"] for mark in found(chart.spec, "mark") if "fontSize" in mark]
            for chart in (near[name], far[name])
        )
        assert sizes
        assert all(big > small for small, big in zip(sizes, larger, strict=True))


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
