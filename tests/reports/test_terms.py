"""Items sold for a term of years, called by the noun that its act counts it in."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from pricing import Client, Order, Tariff
from tests.french import plain
from tests.reports.documents import DOCUMENTS, Simulation
from views.reports import mail
from views.reports.paper import paper
from views.reports.terms import Terms, rhythm_titles, terms

CERTIFICATES = [f"certificates_{where}_{years}y" for where in ("cdg", "on_site") for years in (1, 2, 3)]
ASKED = Order(certificates_cdg_2y=1, domains=1)


def called(tariff: Tariff, *, unit: str = "licence", feminine: bool = True, of: list[str] = CERTIFICATES) -> Tariff:
    """Return an act that calls some of what it sells for a term otherwise."""
    keys = (f"services.certificate.items.{item}" for item in of)
    named = {"unit": unit, "units": f"{unit}s", "feminine": feminine}
    return tariff.changed({f"{key}.{name}": value for key in keys for name, value in named.items()} | {"readings": {}})


def without_terms(tariff: Tariff) -> Tariff:
    services = {key: service for key, service in tariff.model_dump()["services"].items() if key != "certificate"}
    return tariff.changed({"services": services, "readings": {}})


def handed_over(tariff: Tariff) -> list[str]:
    """Return the text of the mail, the paper, the draft and the workbook, each with a scenario."""
    of = Simulation(Client(), ASKED, scenarios={"Un": Order(domains=2)}).handout(tariff)
    summary = Simulation(Client(), ASKED).summary(tariff)
    pages = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper(of))).pages)
    texts = (mail.body(summary), pages, *("\n".join(DOCUMENTS[each](of)) for each in ("draft", "workbook")))
    return [" ".join(plain(each).replace("\u2019", "'").split()) for each in texts]


@pytest.mark.parametrize(
    ("unit", "feminine", "words"),
    [
        (
            "licence",
            True,
            Terms(
                "Licences, pour leur durée",
                "licences",
                "Par an en moyenne, licences réparties",
                "les licences",
                "Une licence arrivée à son terme est reprise au même prix.",
            ),
        ),
        (
            "badge",
            False,
            Terms(
                "Badges, pour leur durée",
                "badges",
                "Par an en moyenne, badges répartis",
                "les badges",
                "Un badge arrivé à son terme est repris au même prix.",
            ),
        ),
    ],
)
def test_what_is_sold_for_a_term_has_its_own_noun(unit: str, feminine: bool, words: Terms, tariff: Tariff) -> None:
    assert terms(called(tariff, unit=unit, feminine=feminine)) == words


def test_every_document_says_the_noun_of_the_act_and_no_other(tariff: Tariff) -> None:
    act = called(tariff)
    texts = handed_over(act)
    assert not [text for text in texts if "certificats" in text]
    assert all("Une licence arrivée à son terme est reprise au même prix." in text for text in texts)
    _, printed, _, workbook = texts
    assert all("Par an en moyenne, licences réparties" in text for text in (printed, workbook))
    assert "La Fibre 59-62, licences" in printed
    assert "dont licences" in workbook
    assert all("selon les licences à renouveler" in text for text in texts[:3])


def test_several_nouns_are_called_by_their_duration(tariff: Tariff) -> None:
    act = called(tariff, of=CERTIFICATES[:2])
    assert rhythm_titles(act)["term"] == "Pour une durée"
    for text in handed_over(act):
        assert "Ce qui est pris pour une durée est repris à son terme, au même prix." in text
        assert "certificats" not in text
    of = Simulation(order=ASKED, scenarios={"Un": Order(domains=2)}).summary(act)
    headings = [each.heading for each in of.scenarios[0].figures]
    assert headings == ["1re année", "Par an en moyenne, durées réparties", "Six ans"]
    assert plain(of.figures[1].note) == "selon les durées à renouveler ; 57,00 € par an en moyenne sur six ans"
    assert [series.name for series in of.years[0].parts] == [
        "La Fibre 59-62, chaque année",
        "La Fibre 59-62, pour une durée",
    ]


def test_an_act_that_sells_nothing_for_a_term_speaks_of_none(tariff: Tariff) -> None:
    act = without_terms(tariff)
    assert list(rhythm_titles(act)) == ["setup", "yearly"]
    of = Simulation(order=Order(domains=1), scenarios={"Un": Order(domains=2)}).summary(act)
    assert [each.heading for each in of.scenarios[0].figures] == ["1re année", "Par an", "Six ans"]
    assert not [each for each in of.assumptions if "terme" in each]
