"""Any typed text arrives whole, as plain text, in every document and on the page, or is refused."""

import io
import re
import zipfile
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pydantic import ValidationError
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from pricing import Client, Order, Tariff, estimate, load
from pricing.simulation import MAX_CLIENT_NAME, MAX_NAME, Choice, Scenario, Simulation, fitting, name_fits, tidy
from tests.french import plain
from tests.hostile.generators import TEXTS, TEXTS_ALONE
from tests.hostile.test_hostile_addresses import Markup, Plain
from tests.links import query, read
from tests.pages import address, at_section, markdowns, open_at
from views.markup import table, text
from views.reports import mail
from views.reports.deliberation import deliberation
from views.reports.handout import Handout
from views.reports.paper import paper
from views.reports.summary import Summary
from views.reports.wording import title_of
from views.reports.workbook import workbook

DAY = date(2026, 11, 22)
LINK = "https://simulateur.example/?tarif=2024-03-26&habitants=1250&domaines=1"
COMMUNE = Client(inhabitants=1_250, agents=6)
ORDER = Order(domains=1, mailboxes_5go=4)
MANY = st.lists(TEXTS, min_size=15, max_size=15)


def handed_over(tariff: Tariff, name: str = "", names: tuple[str, ...] = ()) -> Handout:
    made = estimate(COMMUNE, ORDER, tariff)
    return Handout(made, tariff, name, DAY, LINK, tuple((each, made) for each in names))


# The name of a scenario


def kept_whole_or_refused(written: str) -> None:
    """Check that a name is tidied, fits the link and is read back from it; or that it is refused in French."""
    if not name_fits(written):
        with pytest.raises(ValidationError, match="il faut un nom, assez court pour tenir dans le lien"):
            Scenario(name=written, choice=Choice())
        return
    scenario = Scenario(name=written, choice=Choice(order=ORDER))
    name = scenario.name
    assert name == tidy(written) == tidy(name)
    assert name == name.strip()
    assert name.encode()
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", name)
    seen = re.sub(r"[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "", written)
    assert re.sub(r"\s", "", name) == seen, "something that is seen was lost"
    simulation = Simulation(scenarios=(scenario,))
    assert read(parse_qs(query(simulation), keep_blank_values=True)).simulation == simulation


@pytest.mark.parametrize("written", TEXTS_ALONE, ids=range(len(TEXTS_ALONE)))
def test_a_name_made_to_harm_is_kept_whole_or_refused(written: str) -> None:
    kept_whole_or_refused(written)
    kept_whole_or_refused(written[: MAX_NAME // 2])


@given(TEXTS)
@settings(max_examples=60)
def test_any_name_of_a_scenario_is_kept_whole_or_refused(written: str) -> None:
    kept_whole_or_refused(written)


# The page's HTML


class Words(Plain):
    """Parser for the text of a piece of HTML that has no tag but those of a table."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.words = ""
        self.attributes: list[str] = []
        self.feed(body)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check that the tag is a table's, and keep its attributes."""
        assert tag in ("div", "table", "caption", "thead", "tbody", "tr", "th", "td", "span"), tag
        self.attributes += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.words += data


def words_in_html(written: str) -> None:
    assert plain(Words(text(written)).words) == plain(written)
    of_table = Words(table(written, ("Nom", "Montant"), [(text(written), text(written))]))
    assert plain(of_table.words).count(plain(written)) >= 3
    assert [each for each in of_table.attributes if plain(each) == plain(written)]


@pytest.mark.parametrize("written", TEXTS_ALONE, ids=range(len(TEXTS_ALONE)))
def test_a_text_made_to_harm_is_plain_text_on_the_page(written: str) -> None:
    words_in_html(written)


@given(TEXTS)
@settings(max_examples=60)
def test_any_text_on_the_page_is_plain_text(written: str) -> None:
    words_in_html(written)


def test_a_name_typed_into_the_page_is_kept_as_far_as_it_fits_and_never_markup() -> None:
    page = at_section(open_at({"domaines": ["1"], "scenario": ["dom-2~Sage"]}), "Comparer")
    ours, name = set(markdowns(page)), "Sage"
    for each in TEXTS_ALONE[::6]:
        written = each.encode("utf-8", "replace").decode()  # as a browser sends it
        [field] = [each for each in page.text_input if str(each.key).startswith("scenario-")]
        field.set_value(written)
        page.run()
        assert not page.exception, written
        for element in page.get("html"):
            Markup().feed(element.proto.body)
        name = fitting(tidy(written)) or name
        assert [each.name for each in read(address(page)).simulation.scenarios] == [name], written
        assert len(done(page)) == (not name_fits(written)), written
        assert set(markdowns(page)) - ours <= {"Annuler", "Fermer"}, written


def done(page: AppTest) -> list[str]:
    """Return the line that says what the last gesture did, as HTML."""
    return [each.proto.body for each in page.get("html") if 'role="status"' in each.proto.body]


def test_a_clients_name_typed_into_the_page_is_kept_as_far_as_it_fits_and_never_markup() -> None:
    page = open_at({"type": ["autre"], "domaines": ["1"]})
    ours = set(markdowns(page))
    for each in TEXTS_ALONE[::6]:
        written = each.encode("utf-8", "replace").decode()  # as a browser sends it
        page.text_input(key="client_name").set_value(written)
        page.run()
        assert not page.exception, written
        for element in page.get("html"):
            Markup().feed(element.proto.body)
        assert page.query_params.get("nom", "") == fitting(tidy(written), MAX_CLIENT_NAME), written
        assert set(markdowns(page)) - ours <= {"Annuler", "Fermer"}, written


# The mail


@given(MANY)
@settings(max_examples=10)
def test_any_scenario_takes_one_line_of_the_mail(tariff: Tariff, texts: list[str]) -> None:
    names = tuple(tidy(each) for each in (*texts, *TEXTS_ALONE))
    plainly = mail.body(Summary(handed_over(tariff, names=("x",) * len(names)))).splitlines()
    lines = mail.body(Summary(handed_over(tariff, names=names))).split("\n")
    assert len(lines) == len(plainly)
    begun = lines.index("Les scénarios gardés :") + 1
    for name, line in zip(names, lines[begun : begun + len(names)], strict=True):
        assert line.startswith(f"- {name} : ")


# The workbook


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


@cache
def formulas_of_ours(scenarios: int = 0) -> list[tuple[str, str, object]]:
    """Return the formulas of a workbook in which only plain names were typed."""
    return formulas(opened(workbook(handed_over(load().adopted(date(2024, 3, 26)), names=("x",) * scenarios))))


def formulas(book: Workbook) -> list[tuple[str, str, object]]:
    return [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def words_in_workbook(tariff: Tariff, names: tuple[str, ...]) -> None:
    book = opened(workbook(handed_over(tariff, names=tuple(map(tidy, names)))))
    assert formulas(book) == formulas_of_ours(len(names))
    typed = [row[1] for row in book["Comparer"].iter_rows() if row[0].value == "Scénario"]
    for cell, name in zip(typed, names, strict=True):
        assert str(cell.value or "").strip() == tidy(name)
        assert cell.data_type == "s" or not tidy(name)
        assert not cell.hyperlink
        assert cell.quotePrefix


def test_a_text_made_to_harm_is_plain_text_in_the_workbook(tariff: Tariff) -> None:
    words_in_workbook(tariff, TEXTS_ALONE)


@given(MANY)
@settings(max_examples=2)
def test_any_typed_text_is_plain_text_in_the_workbook(tariff: Tariff, texts: list[str]) -> None:
    words_in_workbook(tariff, tuple(texts))


@given(TEXTS)
@settings(max_examples=2)
def test_no_name_of_a_client_adds_a_formula_to_the_workbook(tariff: Tariff, name: str) -> None:
    book = opened(workbook(handed_over(tariff, tidy(name))))
    assert formulas(book) == formulas_of_ours()
    assert str(book["Estimation"]["A1"].value).strip() == title_of(tidy(name)).strip()


# The council paper


def words_in_paper(tariff: Tariff, name: str, names: tuple[str, ...]) -> str:
    """Return the text of a paper, checked to do nothing when opened and to link to the simulation only."""
    read_paper = PdfReader(io.BytesIO(paper(handed_over(tariff, name, names))))
    catalog: Any = read_paper.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(catalog)
    assert "/JavaScript" not in catalog.get("/Names", {})
    targets = {
        str(annotation.get_object()["/A"]["/URI"])
        for page in read_paper.pages
        for annotation in page.annotations or []
        if "/URI" in annotation.get_object().get("/A", {})
    }
    assert targets <= {LINK}
    return " ".join(page.extract_text() for page in read_paper.pages).replace("’", "'")


def test_a_text_made_to_harm_is_plain_text_in_the_paper(tariff: Tariff) -> None:
    names = [tidy(each) for each in TEXTS_ALONE if name_fits(each)]
    words = words_in_paper(tariff, "", tuple(names))
    for name in names:
        for word in name.split():
            # A longer text is broken over two lines.
            assert word in words or len(word) > 10 or not word.isascii(), word


@given(MANY, TEXTS)
@settings(max_examples=3)
def test_any_typed_text_is_plain_text_in_the_paper(tariff: Tariff, texts: list[str], name: str) -> None:
    words_in_paper(tariff, tidy(name), tuple(tidy(each) for each in texts))


# The draft of the deliberation

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def words_in_draft(tariff: Tariff, name: str) -> None:
    content = deliberation(handed_over(tariff, name))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for part in parts.namelist():
            ElementTree.fromstring(parts.read(part))
            assert "vba" not in part.lower()
        targets = re.findall(
            r'Target="([^"]*)" TargetMode="External"', parts.read("word/_rels/document.xml.rels").decode()
        )
    assert [each.replace("&amp;", "&") for each in targets] == [LINK]
    shown = re.sub(r"[\t\n\r ]+", " ", _FORBIDDEN.sub("", name)).strip()
    draft = Document(io.BytesIO(content))
    [title] = [each.text for each in draft.paragraphs if each.style and each.style.name == "Subtitle"]
    assert title == shown or (not shown and plain(title) == "[à compléter : nom de la commune]")
    fields = [each.text for each in draft.element.iter() if str(each.tag).endswith("}instrText")]
    assert not fields


@given(TEXTS)
@settings(max_examples=6)
def test_any_name_of_a_client_is_plain_text_in_the_draft(tariff: Tariff, name: str) -> None:
    words_in_draft(tariff, name)


def test_a_text_made_to_harm_is_plain_text_in_the_draft(tariff: Tariff) -> None:
    words_in_draft(tariff, " | ".join(TEXTS_ALONE))


# The name of a file


@given(TEXTS)
@settings(max_examples=60)
def test_a_file_has_a_plain_name_whatever_the_name_of_the_client(tariff: Tariff, name: str) -> None:
    assert re.fullmatch(r"estimation(-[a-z0-9]+)*-2026-11-22\.pdf", handed_over(tariff, name).file_name("pdf"))
