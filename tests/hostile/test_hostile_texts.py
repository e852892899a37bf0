"""Any typed text arrives whole, as plain text, in every document and on the page, or is refused."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pydantic import ValidationError
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from pricing import Client, Order, Tariff, estimate, load
from pricing.simulation import (
    MAX_CLIENT_NAME,
    MAX_NAME,
    MAX_SCENARIOS,
    Choice,
    Scenario,
    Simulation,
    fitting,
    name_fits,
    tidy,
)
from tests.french import plain
from tests.hostile.generators import TEXTS, TEXTS_ALONE, any_text, parameters
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


@any_text
def test_any_name_of_a_scenario_is_kept_whole_or_refused_in_french(written: str) -> None:
    for typed in (written, written[: MAX_NAME // 2]):
        if not name_fits(typed):
            with pytest.raises(ValidationError, match="il faut un nom, assez court pour tenir dans le lien"):
                Scenario(name=typed, choice=Choice())
            continue
        scenario = Scenario(name=typed, choice=Choice(order=ORDER))
        name = scenario.name
        assert name == tidy(typed) == tidy(name)
        assert name.encode()
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", name)
        seen = re.sub(r"[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]", "", typed)
        assert re.sub(r"\s", "", name) == seen, "something that is seen was lost"
        simulation = Simulation(scenarios=(scenario,))
        assert read(parameters(query(simulation))).simulation == simulation


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


@any_text
def test_any_text_on_the_page_is_plain_text(written: str) -> None:
    assert plain(Words(text(written)).words) == plain(written)
    of_table = Words(table(written, ("Nom", "Montant"), [(text(written), text(written))]))
    assert plain(of_table.words).count(plain(written)) >= 3
    assert [each for each in of_table.attributes if plain(each) == plain(written)]


def typed_one_by_one(page: AppTest, key: str) -> Iterator[str]:
    """Yield some texts of the corpus, each typed into a field, and check that none is markup on the page."""
    ours = set(markdowns(page))
    for each in TEXTS_ALONE[::6]:
        written = each.encode("utf-8", "replace").decode()  # as a browser sends it
        [field] = [field for field in page.text_input if str(field.key).startswith(key)]
        field.set_value(written)
        page.run()
        assert not page.exception, written
        for element in page.get("html"):
            Markup().feed(element.proto.body)
        assert set(markdowns(page)) - ours <= {"Annuler", "Fermer"}, written
        yield written


def test_a_name_typed_into_the_page_is_kept_as_far_as_it_fits_and_never_markup() -> None:
    page, name = at_section(open_at({"domaines": ["1"], "scenario": ["dom-2~Sage"]}), "Comparer"), "Sage"
    for written in typed_one_by_one(page, "scenario-"):
        name = fitting(tidy(written)) or name
        assert [each.name for each in read(address(page)).simulation.scenarios] == [name], written
        done = [each for each in page.get("html") if 'role="status"' in each.proto.body]
        assert len(done) == (not name_fits(written)), written


def test_a_clients_name_typed_into_the_page_is_kept_as_far_as_it_fits_and_never_markup() -> None:
    page = open_at({"type": ["autre"], "domaines": ["1"]})
    for written in typed_one_by_one(page, "client_name"):
        assert page.query_params.get("nom", "") == fitting(tidy(written), MAX_CLIENT_NAME), written


# The mail


@given(MANY)
@settings(max_examples=10)
def test_any_scenario_takes_one_line_of_the_mail(tariff: Tariff, texts: list[str]) -> None:
    names = tuple(tidy(each) for each in (*texts, *TEXTS_ALONE))
    plainly = mail.body(Summary(handed_over(tariff, names=("x",) * len(names)))).splitlines()
    lines = mail.body(Summary(handed_over(tariff, names=names))).split("\n")
    assert len(lines) == len(plainly)
    begun = lines.index("Les scénarios gardés, par rapport à cette estimation :") + 1
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


@given(MANY)
@settings(max_examples=2)
@example([*TEXTS_ALONE])
def test_any_typed_text_is_plain_text_in_the_workbook(tariff: Tariff, texts: list[str]) -> None:
    book = opened(workbook(handed_over(tariff, tidy(texts[0]), tuple(map(tidy, texts)))))
    assert formulas(book) == formulas_of_ours(len(texts))
    assert str(book["Estimation"]["A1"].value).strip() == title_of(tidy(texts[0])).strip()
    typed = [row[1] for row in book["Comparer"].iter_rows() if row[0].value == "Scénario"]
    for cell, name in zip(typed, texts, strict=True):
        assert str(cell.value or "").strip() == tidy(name)
        assert cell.data_type == "s" or not tidy(name)
        assert not cell.hyperlink
        assert cell.quotePrefix


# The council paper


@given(MANY)
@settings(max_examples=3)
@example([*TEXTS_ALONE])
def test_any_typed_text_is_plain_text_in_a_paper_that_does_nothing_and_has_one_link(
    tariff: Tariff, texts: list[str]
) -> None:
    names = [tidy(each) for each in texts if name_fits(each)]
    # A link holds four scenarios: more would have no room for a word in their columns.
    for first in range(0, len(names), MAX_SCENARIOS):
        check_paper(tariff, tidy(texts[0]), tuple(names[first : first + MAX_SCENARIOS]))


def check_paper(tariff: Tariff, client: str, names: tuple[str, ...]) -> None:
    """Check the paper of a client with scenarios of these names."""
    read_paper = PdfReader(io.BytesIO(paper(handed_over(tariff, client, names))))
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
    # A long name takes several lines of its column.
    words = "".join("".join(page.extract_text() for page in read_paper.pages).split()).replace("’", "'")
    for word in " ".join(name for name in names if name in TEXTS_ALONE).split():
        assert word in words or len(word) > 10 or not word.isascii(), word


# The draft of the deliberation

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@given(TEXTS)
@settings(max_examples=6)
@example(" | ".join(TEXTS_ALONE))
def test_any_name_of_a_client_is_plain_text_in_the_draft(tariff: Tariff, name: str) -> None:
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


# The name of a file


@any_text
def test_a_file_has_a_plain_name_whatever_the_name_of_the_client(tariff: Tariff, name: str) -> None:
    assert re.fullmatch(r"estimation(-[a-z0-9]+)*-2026-11-22\.pdf", handed_over(tariff, name).file_name("pdf"))
