"""Requests for a quote: each amount on quote is in exactly one, and no figure differs from the estimate's."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from pricing import Client, Order, Tariff, estimate
from pricing.contacts import Contacts, Desk
from pricing.estimate import Estimate
from pricing.money import euros
from tests.french import plain
from tests.reports.documents import DEMARCHES, EPCI, LINK, ON_QUOTE, SIMULATIONS, TOWN, WHOLE, Simulation
from tests.reports.test_paper import tagged
from tests.test_properties import CLIENTS, ORDERS
from views.reports import mail
from views.reports.handout import Handout
from views.reports.request_paper import request_paper
from views.reports.requests import Request, requests
from views.reports.summary import Summary

SENDER = "Contact : à compléter\nDébut souhaité : à compléter"


def whole(request: Request, rank: int = 0) -> str:
    """Return the text of a request as its sender copies it, with plain spaces."""
    text = request.texts[rank]
    return plain("\n\n".join(filter(None, [f"{text.head}\n{SENDER}", text.tail])))


def of(simulation: Simulation, tariff: Tariff) -> dict[str, Request]:
    return {each.payee: each for each in requests(simulation.summary(tariff))}


def test_the_whole_request_of_the_newcomers_commune(tariff: Tariff) -> None:
    handout = Simulation(order=Order(mailboxes_5go=4, domains=1, certificates_cdg_3y=1)).handout(tariff)
    fibre, cdg = requests(Summary(replace(handout, insee="62727", siren="216207274")))
    assert plain(fibre.title) == "Demande de devis à La Fibre Numérique 59-62, pour le service : Ruitz"
    assert (
        whole(fibre)
        == f"""\
Bonjour,

Merci de nous adresser un devis pour les services ci-dessous. L'estimation suit les tarifs TTC adoptés le 26 mars 2024.

Collectivité : Ruitz
Type : Commune
SIREN : 216207274
Code INSEE : 62727
Habitants : 1 250
Agents : 6
{SENDER}

Messagerie :
- Compte 5 Go : 80,00 € par an (4 comptes × 20,00 €)

Nom de domaine :
- Abonnement : 15,00 € par an (1 nom de domaine × 15,00 €)

Clé de signature :
- Certificat de 3 ans, remis au CDG : 90,00 € tous les 3 ans (1 certificat × 90,00 € pour 3 ans)

Total estimé de votre devis, TTC :
- 1re année : 185,00 €
- Chaque année ensuite : 95,00 € à 185,00 €
- Six ans : 750,00 €

Nos questions sur l'acte :
- Qui facture la mise en service de la messagerie, de la page internet et de l'antivirus ? \
L'estimation suppose : Le CDG 62.
- Années incomplètes, hausses de prix, comptes déjà ouverts ? L'estimation suppose : Années complètes, prix de 2024 \
sans hausse, et tous les comptes sont nouveaux.

La simulation :
{LINK}"""
    )
    assert "- Accompagnement (certificat de 3 ans, remis au CDG) : 1 certificat, inclus" in whole(cdg)
    assert "SIREN : à compléter" in whole(of(Simulation(EPCI, Order(domains=1), ""), tariff)["fibre"])


def test_what_is_on_quote_and_what_has_no_price_is_asked_with_its_quantity(tariff: Tariff) -> None:
    order = Order(antivirus_devices=45, antivirus_intervention=True, extra_storage_go=130, backups=1)
    asked = of(Simulation(EPCI, order.asking(demarches_simplifiees=1, certificates_on_site_1y=2)), tariff)
    assert asked["fibre"].on_quote[0].startswith("Sauvegarde 60 Go et partage de fichiers 5 Go, stockage")
    assert "130 Go, sur devis" in plain(asked["fibre"].on_quote[0])
    assert [plain(each) for each in asked["cdg"].on_quote] == [
        "Antivirus, mise en service : 45 ordinateurs, sur devis au-delà de 20 ordinateurs",
        "Démarches simplifiées, accompagnement : sur devis, comme l'acte le prévoit pour les autres structures",
    ]
    assert [plain(each) for each in asked["cdg"].unclear] == [
        "Clé de signature, accompagnement (certificat de 1 an, remis sur site) : 2 certificats, "
        "aucun prix indiqué dans l'acte"
    ]


def test_the_cdg_is_asked_every_point_and_the_other_body_those_that_change_its_quote(tariff: Tariff) -> None:
    simulation = Simulation(order=WHOLE)
    asked = of(simulation, tariff)
    assert len(asked["cdg"].questions) == len(simulation.handout(tariff).points)
    assert any("stockage supplémentaire se paie-t-il" in each for each in asked["fibre"].questions)
    assert not any("accompagnement de la messagerie se paie-t-il" in each for each in asked["fibre"].questions)
    alone = of(Simulation(order=Order(domains=1)), tariff)
    assert [*alone] == ["fibre"]
    assert len(alone["fibre"].questions) == 1


@pytest.mark.parametrize("order", [Order(), Order(extra_storage_go=3)])
def test_no_body_is_asked_for_a_quote_on_nothing(order: Order, tariff: Tariff) -> None:
    assert of(Simulation(order=order), tariff) == {}


def quoted(estimate: Estimate) -> list[tuple[str, str, str]]:
    """Return the body, the quantity and the charge of each line on quote."""
    return [
        (line.payee, "" if line.position.ticked else plain(line.counted()), line.position.service)
        for line in estimate.lines
        if line.outcome.kind == "on_quote"
    ]


@settings(max_examples=30)
@given(client=CLIENTS, order=ORDERS)
def test_each_amount_is_in_exactly_one_request_with_its_quantity(client: Client, order: Order, tariff: Tariff) -> None:
    summary = Simulation(client, order).summary(tariff)
    estimate, asked = summary.handout.estimate, requests(summary)
    found = [(each.payee, plain(words)) for each in asked for words in each.on_quote]
    assert len(found) == len(quoted(estimate))
    for (payee, words), (billed_by, quantity, service) in zip(
        sorted(found, key=lambda each: each[0]), sorted(quoted(estimate), key=lambda each: each[0]), strict=True
    ):
        assert payee == billed_by
        assert words.startswith(f"{service}, ")
        assert f" : {quantity}" in words
    for each in asked:
        text = whole(each)
        for line in estimate.select(payee=each.payee):
            if line.outcome.kind == "priced":
                assert f"{plain(euros(line.outcome.amount))} " in text
                assert plain(line.words()) in text
        for words in each.on_quote:
            assert plain(words) in text
            assert plain(words) in whole(each, 1)  # the short one too
        for total in (estimate.first_year(payee=each.payee), estimate.six_years(payee=each.payee)):
            assert plain(total.words()) in text
    unasked = {"fibre", "cdg"} - {each.payee for each in asked}
    for payee in unasked:
        billed = estimate.select(payee="fibre" if payee == "fibre" else "cdg")
        assert not any(line.amount for line in billed)


@settings(max_examples=15)
@given(client=CLIENTS, order=ORDERS)
def test_the_last_text_of_a_request_opens_in_every_mail_program(client: Client, order: Order, tariff: Tariff) -> None:
    simulation = Simulation(client, order, "Œ" * 26, link=f"https://simulateur.example/?{'%C5%92&=' * 200}")
    for each in requests(simulation.summary(tariff)):
        longest = SENDER.replace("à compléter", "Œ" * 80)
        body = f"{each.texts[-1].head}\n{longest}"
        assert len(each.mail + quote(body.replace("\n", "\r\n"), safe="")) <= mail.LONGEST


def test_the_desk_is_named_where_it_is_known_and_never_invented(tariff: Tariff) -> None:
    handout = Simulation().handout(tariff)
    unknown, _ = requests(Summary(handout))
    assert unknown.mail.startswith("mailto:?subject=Demande%20de%20devis")
    desk = Desk(mail="devis@example.fr", phone="03 21 00 00 00", page="https://www.example.fr/devis")
    known, other = requests(Summary(replace(handout, contacts=Contacts(fibre=desk))))
    assert known.mail.startswith("mailto:devis@example.fr?subject=")
    assert other.mail.startswith("mailto:?subject=")
    assert "À envoyer à : devis@example.fr ; 03 21 00 00 00" in read(request_paper(known.summary.handout, "fibre"))
    assert "example.fr" not in read(request_paper(handout, "fibre")).replace(LINK, "")


def read(content: bytes) -> str:
    """Return the text of a PDF, with plain spaces."""
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(plain(words).replace("’", "'").split())


@pytest.mark.parametrize("name", [*SIMULATIONS])
def test_the_form_says_what_the_text_says(name: str, tariff: Tariff) -> None:
    handout = SIMULATIONS[name].handout(tariff)
    for each in requests(Summary(handout)):
        said = read(request_paper(handout, each.payee))
        for row in (row for service in each.services for row in service.rows):
            assert plain(row.words) in said
            assert plain(row.amount) in said
        for words in (*each.on_quote, *each.unclear, *each.questions, *(of.words for of in each.quote.figures)):
            assert plain(words) in said, words
        assert "Contact" in said


@pytest.mark.parametrize("order", [WHOLE, ON_QUOTE, DEMARCHES])
def test_the_form_is_tagged_titled_french_and_dated(order: Order, tariff: Tariff) -> None:
    handout = Simulation(TOWN, order).handout(tariff)
    made = PdfReader(BytesIO(request_paper(handout, "cdg")))
    root: Any = made.trailer["/Root"]
    assert str(root["/Lang"]).lower().startswith("fr")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert made.metadata
    assert made.metadata.title == requests(Summary(handout))[-1].title.replace("'", "’")
    assert made.metadata["/CreationDate"] == f"D:{date(2026, 11, 1):%Y%m%d}000000Z"
    assert len(made.pages) <= 2
    for table in tagged(root["/StructTreeRoot"], "/Table"):
        assert tagged(table["/K"], "/TH")
    assert request_paper(handout, "cdg") == request_paper(handout, "cdg")


def test_a_request_never_supposes_new_what_is_said_to_be_in_place(tariff: Tariff) -> None:
    present = estimate(Client(inhabitants=1478), Order(mailboxes_5go=6, domains=1), tariff, frozenset({"mailbox"}))
    both = requests(Summary(Handout(present, tariff, "Ruitz", tariff.adopted, "")))
    said = [words for each in both for words in each.questions if "nouveaux" in words]
    assert said
    assert [words for words in said if "Sauf ce qui est dit déjà en place : Messagerie." not in words] == []
