"""A draft of the deliberation by which a council takes the services: `data/projet-de-deliberation.docx`, filled in.

The text is the template's, which the CDG edits in Word. Here are the values of its fields, in French.
"""

import re
from collections.abc import Mapping
from datetime import datetime, time
from io import BytesIO
from itertools import groupby
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.oxml.ns import qn
from docxtpl import DocxTemplate, RichText
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from pricing.catalogue import DELIBERATION
from pricing.category import Placed
from pricing.estimate import Estimate, Line
from pricing.money import euros
from pricing.schedule import schedule
from pricing.tariff import PAYEES, Payee, Tariff
from views.reports.handout import Handout, long_date
from views.reports.wording import (
    NO_AMOUNT,
    act_words,
    assumptions,
    at_place,
    billing,
    how_often,
    later_in_full,
    later_note,
    left_out,
    not_counted,
    of_place,
    spread_words,
)

LONGEST_TITLE = 255
"""Characters that the title of a Word file may have."""

_OF_STRUCTURE = {
    "commune": ("la commune", "conseil municipal", "maire"),
    "epci": ("l'intercommunalité", "conseil communautaire", "président"),
    "other": ("l'établissement", "[à compléter : conseil d'administration, comité syndical…]", "président"),
}
"""The client, its assembly and who presides over it, by structure."""
_OF_NAME = {
    r"\bc\.?[ci]\.?a\.?s\b|action sociale": "conseil d'administration",
    r"\bsyndicat|\bsi(vu|vom)\b": "comité syndical",
}
"""Assemblies that the client's name tells, by a pattern of it."""


class Typed(str):
    """A text that a user typed: written as it is."""

    __slots__ = ()


def deliberation(handout: Handout) -> bytes:
    """The draft as a Word file. The same handout gives the same bytes."""
    template = DocxTemplate(str(DELIBERATION))
    document = template.get_docx()
    assert document is not None
    link = RichText(
        _french("Retrouver et modifier cette simulation."),
        url_id=template.build_url_id(_typed(handout.link)),
        color="1F5A99",
        underline=True,
    )
    render(template, fields(handout) | {"lien": link})
    for row in document.element.body.iter(qn("w:tr")):
        if row.getnext() is not None:  # the rows of a table stay on one page
            for paragraph in row.iter(qn("w:p")):
                paragraph.get_or_add_pPr().get_or_add_keepNext()
    properties = document.core_properties
    title = f"{properties.title}{f' ({name})' if (name := _typed(handout.name)) else ''}"
    properties.title = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
    properties.created = properties.modified = datetime.combine(handout.day, time())
    return _packed(template)


def render(template: DocxTemplate, values: Mapping[str, object]) -> None:
    """Fill a template in. Raises jinja2.TemplateError where it asks for what there is not."""
    # docxtpl reads the properties as templates too: they have no fields.
    template.render(dict(values), Environment(autoescape=True, undefined=StrictUndefined, finalize=_written))


def fields(handout: Handout) -> dict[str, object]:
    """The value of each field of the template but for the link."""
    estimate, tariff = handout.estimate, handout.tariff
    name, structure = _typed(handout.name), estimate.client.structure
    body, assembly, head = _OF_STRUCTURE[structure]
    if structure != "commune":
        told = (each for pattern, each in _OF_NAME.items() if re.search(pattern, name, re.IGNORECASE))
        assembly = next(told, assembly)
    elif name:
        body = f"la commune {of_place(name)}"
    return {
        "jour": long_date(handout.day),
        "nom": name or f"[à compléter : nom de {body}]",
        "collectivite": body,
        "assemblee": assembly,
        "chef": head,
        "lieu": at_place(name) if name and structure == "commune" else "à [à compléter : lieu]",
        "acte": act_words(tariff),
        "organismes": [{"de": _of(tariff, payee)} for payee in billing(estimate)],
        "devis": _quotes(estimate, tariff),
        "categorie": _category(estimate, body),
        **_figures(estimate),
        "montants": [{"organisme": _who(tariff, payee), **_figures(estimate, payee)} for payee in PAYEES],
        "note": later_note(estimate, handout.schedule),
        "non_compris": left_out(estimate),
        "sans_montant": not_counted(estimate),
        "services": [
            {"nom": service, "lignes": [_line(line, tariff) for line in lines]}
            for service, lines in groupby(estimate.lines, key=lambda line: line.position.service)
        ],
        "hypotheses": assumptions(tariff),
        "points": [f"{point.reading.question} {point.reading.in_force}" for point in handout.points],
        "ecart": spread_words(estimate, handout.points),
    }


def _who(tariff: Tariff, payee: Payee) -> str:
    return f"{tariff.payees[payee].label}, pour {tariff.payees[payee].bills}"


def _quotes(estimate: Estimate, tariff: Tariff) -> str:
    each = [f"{_of(tariff, payee)} pour {tariff.payees[payee].bills}" for payee in billing(estimate)]
    return f"le devis {each[0]}" if len(each) == 1 else f"les deux devis, celui {' et celui '.join(each)}"


def _category(estimate: Estimate, body: str) -> str:
    """The category of the services whose price goes by it; empty where none does or the client has none."""
    services = [line.position.service for line in estimate.lines if line.position.price.kind == "by_category"]
    placement = estimate.placement
    if not services or not isinstance(placement, Placed):
        return ""
    counted = " et ".join(finding.counted() for finding in placement.findings)
    sure = placement.disagreement is None and estimate.client.inhabitants is not None
    return (
        f"Pour {' et '.join(dict.fromkeys(services))}, {body} relève de la catégorie {placement.category} ({counted})"
        f"{'' if sure else ' [à compléter : catégorie à confirmer auprès du CDG 62]'}"
    )


def _figures(estimate: Estimate, payee: Payee | None = None) -> dict[str, str]:
    """Year 1, each later year and six years, of all or of one payee, each with what it leaves out."""
    if not estimate.select(payee=payee):
        return dict.fromkeys(("premiere_annee", "ensuite", "six_ans"), "aucun montant")
    return {
        "premiere_annee": estimate.first_year(payee=payee).words(),
        "ensuite": later_in_full(schedule(estimate, payee=payee)),
        "six_ans": estimate.six_years(payee=payee).words(),
    }


def _line(line: Line, tariff: Tariff) -> Mapping[str, str]:
    outcome = line.outcome
    return {
        "tarif": line.position.label,
        "calcul": line.counted() if outcome.kind in ("included", "not_stated") else line.words(),
        "organisme": tariff.payees[line.payee].short,
        "quand": how_often(line.position),
        "montant": euros(outcome.amount) if outcome.kind == "priced" else NO_AMOUNT[outcome.kind],
    }


def _of(tariff: Tariff, payee: Payee) -> str:
    label = tariff.payees[payee].label
    return f"de {label}" if label.startswith("La ") else f"du {label}"


_GLUED = re.compile(
    r" (?=[;:!?»€×])|(?<=[«×]) |(?<=\[à) |(?<=CDG) (?=\d)"
    r"|(?<=\d)(?<!-\d\d) (?=[^\W\d])|(?<=\b1er) |(?<=[a-zéû]) (?=\d{4}\b)"
)
"""Spaces at which no line breaks: around French signs, within dates and quantities."""
_BLANK = re.compile(r"\[à\u00a0[^]]*\]")
_RUN = '</w:t></w:r><w:r>{}<w:t xml:space="preserve">'
"""End of a run of a Word file, and the beginning of another."""
_MARKED = _RUN.format('<w:rPr><w:highlight w:val="yellow"/></w:rPr>') + r"\g<0>" + _RUN.format("")
_NO_BREAK = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'


def _french(words: str) -> str:
    """Our own words in French typography."""
    return _GLUED.sub("\u00a0", words).replace("'", "’")


def _written(value: object) -> object:
    """A value as the XML of the run that its field is in: text is text, blanks are marked, 59-62 is never broken."""
    if isinstance(value, RichText):
        return value
    if isinstance(value, Typed):
        return Markup(str(escape(value)).replace("_", "&#95;"))  # docxtpl would make « {{ » of « {_{ »
    words = _BLANK.sub(_MARKED, str(escape(_french(str(value)))))
    return Markup(re.sub(r"(?<=\d)-(?=\d)", _NO_BREAK, words))


_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML forbids."""


def _typed(words: str) -> Typed:
    """What a user typed, on one line and without what a file can't hold; nothing else is changed."""
    return Typed(re.sub("[\t\n\r ]+", " ", _UNWRITABLE.sub("", words)).strip())


def _packed(template: DocxTemplate) -> bytes:
    """The file, with no moment of its making in it: the clock is not the handout's."""
    saved, packed = BytesIO(), BytesIO()
    template.save(saved)
    with ZipFile(saved) as parts, ZipFile(packed, "w") as file:
        for name in parts.namelist():
            part = ZipInfo(name)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 0  # Not the system it is made on.
            file.writestr(part, parts.read(name))
    return packed.getvalue()
