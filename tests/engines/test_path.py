"""One path of a visitor, from a link received to a downloaded paper, in each engine."""

import io
from urllib.parse import parse_qsl, urlencode, urlsplit

from pypdf import PdfReader
from visitor import Visitor

from tests.french import plain

ORDER = {
    "tarif": "2024-03-26",
    "habitants": "1250",
    "messagerie-5go": "4",
    "domaines": "1",
    "cles-cdg-3ans": "1",
    "sauvegardes": "1",
    "antivirus": "3",
    "demarches": "oui",
}
AT_THE_END = {**ORDER, "commune": "62727", "habitants": "1478", "domaines": "2", "vue": "partager"}
RECEIVED = ["1 180,00 €", "810,00 € à 900,00 €", "5 320,00 €"]
"""Figures of year 1, each later year and six years, worked by hand from the act."""
WITH_A_DOMAIN = ["1 195,00 €", "825,00 € à 915,00 €", "5 410,00 €"]
"""Figures with one more domain: 15 a year. Ruitz is of the category of 1 250 inhabitants."""
FIGURES = ".answer .figure"
DOMAINS = ".st-key-domains input"


def test_a_visitor_goes_from_a_link_to_the_paper(visitor: Visitor, server: str) -> None:
    def address() -> dict[str, str]:
        held = dict(parse_qsl(urlsplit(visitor.driver.current_url).query))
        held.pop("signes", None)  # the number of its characters
        return held

    def downloaded() -> bytes:
        return b"".join(each.read_bytes() for each in visitor.downloads.glob("*.pdf"))

    def refusal() -> bool:
        return "nombre entier" in " ".join(visitor.text(".st-key-domains [data-testid=stNumberInput]"))

    visitor.open(f"{server}?{urlencode(ORDER)}")
    visitor.expect(RECEIVED, visitor.text, FIGURES)
    visitor.type(DOMAINS, "2")
    visitor.expect(WITH_A_DOMAIN, visitor.text, FIGURES)

    for wrong in "x", ",":
        visitor.type(DOMAINS, wrong, after=True)
        visitor.wait_for("a refusal in French", refusal)
        assert visitor.value(DOMAINS) == "2"
        assert visitor.text(FIGURES) == WITH_A_DOMAIN

    visitor.click("Chercher la commune par son nom")
    visitor.type(".st-key-commune input", "Ruitz")
    visitor.expect(["Ruitz"], visitor.text, ".chosen strong")
    visitor.expect("1478", visitor.value, ".st-key-inhabitants input")
    visitor.expect(WITH_A_DOMAIN, visitor.text, FIGURES)

    visitor.click("Comparer")
    visitor.wait_for("the other choices", lambda: "D'autres choix" in visitor.text("h3"))
    visitor.click("Partager, imprimer")
    visitor.click("Note pour le conseil (PDF)")
    visitor.wait_for("the paper", lambda: b"%%EOF" in downloaded())
    pages = PdfReader(io.BytesIO(downloaded())).pages
    said = " ".join(plain(" ".join(page.extract_text() for page in pages)).split())
    assert [each for each in ("Ruitz", WITH_A_DOMAIN[0], WITH_A_DOMAIN[2]) if each not in said] == []

    visitor.click("Présenter")
    visitor.wait_for("the presentation", lambda: visitor.text(".st-key-quitter"))
    visitor.expect(WITH_A_DOMAIN, visitor.text, FIGURES)
    visitor.click("Quitter")
    visitor.expect(AT_THE_END, address)
    visitor.expect(WITH_A_DOMAIN, visitor.text, FIGURES)
    visitor.expect("2", visitor.value, DOMAINS)
