"""The documents as texts a person can read and a test can compare: what each holds, how it looks and how it prints.

What XlsxWriter and python-docx write of themselves, whatever they are asked for, is left out.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any
from unittest.mock import patch
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import typst
from openpyxl.utils import coordinate_to_tuple, get_column_letter

from pricing import Client, Order, Tariff, estimate
from pricing.reports.deliberation import deliberation
from pricing.reports.handout import Handout
from pricing.reports.paper import paper
from pricing.reports.workbook import workbook

APPROVED = Path(__file__).with_name("approved") / "documents"
LINK = "https://simulateur.example/?habitants=1250"
DAY = date(2026, 11, 1)
OTHERWISE = {
    "services.mailbox.charges.support.counted": "each",
    "services.mailbox.charges.support.label": "Accompagnement ({item})",
    "services.mailbox.charges.support.price.beyond.counted_from": "first_unit",
    "services.backup.charges.extra_storage.price.limit.beyond": "excess_on_quote",
}
"""The readings R3, R4 and R8 the other way."""
ORDINARY = Order(
    mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1, antivirus_devices=3, demarches_simplifiees=True
)


@dataclass(frozen=True)
class Simulation:
    """What some documents are made of."""

    name: str
    """The collectivité's."""
    client: Client
    """Who asks."""
    order: Order
    """For what."""
    otherwise: bool = False
    """Whether the act is read the other way."""
    scenarios: Mapping[str, Order] | None = None
    """The simulations kept beside it."""
    documents: tuple[str, ...] = ("workbook.txt", "deliberation.txt", "paper.json")
    """Those that are approved, by the end of their file's name."""
    sheets: tuple[str, ...] = ()
    """The sheets of the workbook that are told; all where none is named."""
    whole: bool = False
    """Whether what is the same in the documents of all simulations is told."""

    def handout(self, tariff: Tariff) -> Handout:
        """The same, priced."""
        read = tariff.changed(OTHERWISE) if self.otherwise else tariff
        kept = tuple((name, estimate(self.client, other, read)) for name, other in (self.scenarios or {}).items())
        return Handout(estimate(self.client, self.order, read), read, self.name, DAY, LINK, kept)


SIMULATIONS = {
    "ordinary": Simulation("Ruitz", Client(inhabitants=1250, agents=6), ORDINARY, whole=True),
    "epci-on-quote": Simulation(
        "Communauté d'agglomération & de « Béthune-Bruay » \N{CLASSICAL BUILDING}",
        Client(structure="epci", inhabitants=30_000),
        Order(
            mailboxes_5go=2,
            mailboxes_unlimited=61,
            certificates_cdg_1y=1,
            certificates_on_site_2y=3,
            backups=1,
            extra_storage_go=130,
            antivirus_devices=21,
            antivirus_intervention=True,
            demarches_simplifiees=True,
        ),
        otherwise=True,
        scenarios={
            "=1+1": ORDINARY,
            "Sans rien": Order(),
            "Œuf \N{SEEDLING}": Order(backups=2),
            "XIV bis": Order(domains=2),
        },
        sheets=("Synthèse", "Détail", "Six ans", "Scénarios"),
    ),
    "nameless": Simulation(
        "",
        Client(),
        Order(extra_storage_go=5, antivirus_devices=21, antivirus_intervention=True, demarches_simplifiees=True),
        documents=("workbook.txt", "paper.json"),
        sheets=("Synthèse", "Hypothèses"),
    ),
    "on-quote-alone": Simulation(
        "",
        Client(structure="epci"),
        Order(demarches_simplifiees=True),
        documents=("workbook.txt",),
        sheets=("Synthèse",),
    ),
    "empty": Simulation("", Client(structure="other"), Order(), sheets=("Détail", "Six ans", "Hypothèses")),
}
"""Chosen so that each branch of each document is drawn."""


def _marked(words: str) -> str:
    """Words on one line, whose spaces that do not break can be seen."""
    return words.replace("\u00a0", "␣").replace("\u202f", "⍽").replace("\n", "⏎")


def _bare(name: str) -> str:
    """A name of XML without its namespace."""
    return name.rpartition("}")[2]


def _between(words: str | None) -> str:
    """Words beside elements; the spaces that only lay XML out are none."""
    return f'"{_marked(words)}"' if words and words.strip() else ""


def _one_line(element: Element) -> str:
    """An element on one line: its name, its attributes, what it says, and in brackets what it holds."""
    name, attributes = _bare(element.tag), dict(element.attrib)
    if name == "t" and attributes.pop("{http://www.w3.org/XML/1998/namespace}space", "") == "preserve":
        return f'"{_marked(element.text or "")}"'
    said = (f"={value}" if _bare(key) == "val" else f" {_bare(key)}={value}" for key, value in attributes.items())
    held = [_between(element.text), *(part for each in element for part in (_one_line(each), _between(each.tail)))]
    inner = " ".join(filter(None, held))
    return _shortened(name + "".join(map(_marked, said)) + (f"({inner})" if inner else ""))


_SHORTER = (
    (re.compile(r'r\((".*")\)'), r"\1"),
    (re.compile(r'r\(rPr\((?:rStyle|highlight)=(\w+)\) (".*")\)'), r"\1(\2)"),
    (re.compile(r"p\(pPr\(pStyle=(\w+)\) (.*)\)"), r"\1: \2"),
    (re.compile(r"p\(pPr\(pStyle=(\w+) keepNext\) (.*)\)"), r"\1, kept: \2"),
    (re.compile(r"tc\(tcPr\(tcW w=(\d+) type=dxa\) (.*)\)"), r"[\1 \2]"),
)
"""How every run, paragraph and cell of a Word file would begin, and what is told of it instead."""


def _shortened(line: str) -> str:
    for long, short in _SHORTER:
        if found := long.fullmatch(line):
            return found.expand(short)
    return line


def _outline(element: Element, depth: int = 0) -> Iterator[str]:
    """An element on as many lines as it takes: one where it is short, a paragraph or a row."""
    line = _one_line(element)
    if len(line) <= 110 or _bare(element.tag) in ("p", "tr", "tblPr") or not len(element):
        yield " " * depth + line
        return
    yield " " * depth + _one_line(Element(element.tag, element.attrib))
    for child in element:
        yield from _outline(child, depth + 1)


class _Package:
    """A file of Microsoft Office's: a folder of XML."""

    def __init__(self, data: bytes) -> None:
        self.file = ZipFile(BytesIO(data))

    def xml(self, name: str) -> Element:
        return ElementTree.fromstring(self.file.read(name))

    def properties(self) -> Iterator[str]:
        yield "# Properties"
        for each in self.xml("docProps/core.xml"):
            yield _one_line(each)


# The workbook


@dataclass(frozen=True)
class _Cell:
    """A cell as it is written in the file."""

    row: int
    column: int
    style: str
    formula: str
    """Its own row is r in it, and its own column c: what is filled down or to the right stays the same."""
    value: str

    @cached_property
    def place(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"


def _alike(cell: _Cell) -> tuple[str, str, bool]:
    """What cells side by side are told together by."""
    return cell.style, cell.formula, bool(cell.value)


class _Xlsx(_Package):
    """A workbook; a style has the number of its first use, and is told at the end."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.strings = ["".join(each.itertext()) for each in self.xml("xl/sharedStrings.xml")]
        styles = {_bare(each.tag): each for each in self.xml("xl/styles.xml")}
        self.formats = {each.get("numFmtId"): str(each.get("formatCode")) for each in styles.get("numFmts", ())}
        self.fonts, self.fills, self.borders = (list(styles[each]) for each in ("fonts", "fills", "borders"))
        self.xfs = list(styles["cellXfs"])
        self.styles: dict[str, str] = {}
        self.formulas: dict[str, str] = {}

    def style(self, cell: Element) -> str:
        """A cell's style, by its number."""
        look = self._look(self.xfs[int(cell.get("s", "0"))])
        return self.styles.setdefault(look, f"[{len(self.styles) + 1}]")

    def _look(self, xf: Element) -> str:
        font = " ".join(
            _one_line(each)
            for each in self.fonts[int(xf.attrib["fontId"])]
            if _bare(each.tag) not in ("name", "family", "scheme")
        )
        fill = " ".join(_one_line(each) for each in self.fills[int(xf.attrib["fillId"])].iter() if each.get("rgb"))
        border = " ".join(_one_line(each) for each in self.borders[int(xf.attrib["borderId"])] if each.attrib)
        form = self.formats.get(xf.attrib["numFmtId"], xf.attrib["numFmtId"])
        held = " ".join(map(_one_line, xf))
        typed = "quoted" if xf.get("quotePrefix") else ""
        return " ; ".join(filter(None, [font, fill, border, f"format {form}" if form != "0" else "", held, typed]))

    def text(self, told: Sequence[str]) -> Iterator[str]:
        """The workbook, with the sheets that are to be told; with all of them where none is named."""
        yield from self.properties()
        yield "# Names"
        book = self.xml("xl/workbook.xml")
        sheets = [each for each in book.iter() if _bare(each.tag) == "sheet"]
        for each in book.iter():
            if _bare(each.tag) == "definedName":
                local = each.get("localSheetId")
                yield f"{each.get('name')}{f' of sheet {int(local) + 1}' if local else ''} {each.text}"
        for number, sheet in enumerate(sheets, 1):
            yield f"# {number} {sheet.get('name')}"
            if not told or sheet.get("name") in told:
                yield from self._sheet(self.xml(f"xl/worksheets/sheet{number}.xml"))
        yield "# Styles"
        for style, name in self.styles.items():
            yield f"{name} {style}"

    def _sheet(self, sheet: Element) -> Iterator[str]:
        for part in sheet:
            name = _bare(part.tag)
            if name == "cols":
                yield "cols " + " ".join(f"{each.get('min')}-{each.get('max')}:{each.get('width')}" for each in part)
            elif name == "sheetData":
                yield from self._cells(part)
            elif name not in ("dimension", "sheetFormatPr"):
                yield from _outline(part)

    def _cells(self, data: Element) -> Iterator[str]:
        for row in data:
            if row.get("ht"):
                yield f"{row.get('r')} height {row.get('ht')}"
            for (style, formula, _), group in groupby(map(self._cell, row), key=_alike):
                cells = list(group)
                place = cells[0].place if len(cells) == 1 else f"{cells[0].place}:{cells[-1].place}"
                values = " | ".join(filter(None, (cell.value for cell in cells)))
                yield f"{place} {style} {self._told(formula)}{values}".rstrip()

    def _told(self, formula: str) -> str:
        """A formula with its number the first time, and its number alone afterwards."""
        if not formula:
            return ""
        if formula in self.formulas:
            return f"{self.formulas[formula]} → "
        self.formulas[formula] = f"{{{len(self.formulas) + 1}}}"
        return f"{self.formulas[formula]} ={formula} → "

    def _cell(self, cell: Element) -> _Cell:
        held = {_bare(each.tag): each.text or "" for each in cell}
        row, column = coordinate_to_tuple(cell.attrib["r"])
        formula = held.get("f", "")
        if "$" in formula:
            own = re.compile(rf"\${get_column_letter(column)}(?=\$)|(?<=\$){row}\b")
            formula = own.sub(lambda found: "$c" if found[0][0] == "$" else "r", formula)
            formula = re.sub(r"\$(\w+)\$(\w+):\$\1\$(\w+)", r"\1\2-\3", formula)
        value, kind = held.get("v", ""), cell.get("t")
        if kind == "s":
            value = f'"{self.strings[int(value)]}"'
        elif kind == "str":
            value = f'"{value}"'
        return _Cell(row, column, self.style(cell), formula, _marked(value))


def _workbook(handout: Handout, simulation: Simulation) -> str:
    return "\n".join(_Xlsx(workbook(handout)).text(simulation.sheets)) + "\n"


# The draft of a deliberation


_NOT_OURS = ("docProps", "word/theme", "[Content_Types]")


def _deliberation(handout: Handout, simulation: Simulation) -> str:
    package = _Package(deliberation(handout))
    lines = list(package.properties())
    names = ["word/document.xml"]
    if simulation.whole:
        lines += ["# Parts"]
        lines += [
            f"{each.filename} {each.compress_type} {each.create_system} {each.date_time}"
            for each in package.file.infolist()
        ]
        names = [each for each in package.file.namelist() if not each.startswith(_NOT_OURS)]
    for name in names:
        lines += [f"# {name}", *(line for each in package.xml(name) for line in _outline(each))]
    return "\n".join(lines) + "\n"


# The council paper


def _paper(handout: Handout, simulation: Simulation) -> str:
    with patch.object(typst, "compile", wraps=typst.compile) as compiled:
        paper(handout)
    asked: dict[str, Any] = dict(compiled.call_args.kwargs)
    fonts: typst.Fonts = asked.pop("font_paths")
    given = asked.pop("sys_inputs")
    data = json.loads(given.pop("data")) | given
    if not simulation.whole:
        data = {key: value for key, value in data.items() if key not in ("code", "colours", "assumptions", "act")}
    asked |= {
        "template": Path(compiled.call_args.args[0]).name,
        "root": Path(asked["root"]).name,
        "fonts": sorted({each.family for each in fonts.fonts()}),
        "timestamp": asked["timestamp"].isoformat(),
        "times": compiled.call_count,
    }
    return _marked_lines({"asked": asked, "data": data})


def _marked_lines(data: Mapping[str, object]) -> str:
    return "".join(f"{_marked(line)}\n" for line in _json(data))


def _json(value: object, lead: str = "", depth: int = 0) -> Iterator[str]:
    """JSON on as few lines as can be read."""
    line = f"{' ' * depth}{lead}{json.dumps(value, ensure_ascii=False)}"
    if len(line) <= 120 or not isinstance(value, dict | list):
        yield line
        return
    named = value.items() if isinstance(value, dict) else ((None, each) for each in value)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield f"{' ' * depth}{lead}{opening}"
    lines = [list(_json(each, f"{json.dumps(key)}: " if key else "", depth + 1)) for key, each in named]
    for some in lines[:-1]:
        some[-1] += ","
    yield from (line for some in lines for line in some)
    yield f"{' ' * depth}{closing}"


RENDERINGS: dict[str, Callable[[Handout, Simulation], str]] = {
    "workbook.txt": _workbook,
    "deliberation.txt": _deliberation,
    "paper.json": _paper,
}
"""How each document is told, by the end of its file's name."""
DOCUMENTS = [f"{name}-{document}" for name, simulation in SIMULATIONS.items() for document in simulation.documents]
"""Every approved file."""


def rendered(name: str, tariff: Tariff) -> str:
    """A document as it is made now, by the name of its approved file."""
    simulation, _, document = name.rpartition("-")
    of = SIMULATIONS[simulation]
    return RENDERINGS[document](of.handout(tariff), of)
