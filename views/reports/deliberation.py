"""A draft of the deliberation by which a council takes the services: `data/projet-de-deliberation.docx`, filled in.

The text is the template's, which the CDG edits in Word. Here are the values of its fields, in French.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.oxml.ns import qn
from docxtpl import DocxTemplate, RichText
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from pricing.catalogue import DELIBERATION
from pricing.category import Placed
from pricing.dates import long_date
from pricing.estimate import Estimate
from views.reports.handout import Handout
from views.reports.parts import Figure
from views.reports.summary import Summary
from views.reports.wording import act_words, at_place, of_body, of_place

LONGEST_TITLE = 255
"""Largest number of characters in the title of a Word file."""

_OF_STRUCTURE = {
    "commune": ("la commune", "conseil municipal", "maire"),
    "epci": ("l'intercommunalité", "conseil communautaire", "président"),
    "other": ("l'établissement", "[à compléter : conseil d'administration, comité syndical…]", "président"),
}
"""Words for the client, its assembly and the head of it, by structure."""
_OF_NAME = {
    r"\bc\.?[ci]\.?a\.?s\b|action sociale": "conseil d'administration",
    r"\bsyndicat|\bsi(vu|vom)\b": "comité syndical",
}
"""Assemblies that the client's name reveals, by a pattern of it."""


class Typed(str):
    """A text that a user typed: written as it is."""

    __slots__ = ()


def deliberation(handout: Handout) -> bytes:
    """Return the draft as a Word file. The same handout gives the same bytes."""
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
    """Fill a template in. Raises jinja2.TemplateError for a field that does not exist."""
    # docxtpl reads the properties as templates too: they have no fields.
    template.render(dict(values), Environment(autoescape=True, undefined=StrictUndefined, finalize=_written))


def fields(handout: Handout) -> dict[str, object]:
    """Return the value of each field of the template but for the link."""
    summary, estimate, tariff = Summary(handout), handout.estimate, handout.tariff
    name, structure = _typed(handout.name), estimate.client.structure
    body, assembly, head = _OF_STRUCTURE[structure]
    if structure != "commune":
        told = (each for pattern, each in _OF_NAME.items() if re.search(pattern, name, re.IGNORECASE))
        assembly = next(told, assembly)
    elif name:
        body = f"la commune {of_place(name)}"
    billing = [quote for quote in summary.quotes if quote.billed]
    return {
        "jour": long_date(handout.day),
        "nom": name or f"[à compléter : nom de {body}]",
        "collectivite": body,
        "assemblee": assembly,
        "chef": head,
        "lieu": at_place(name) if name and structure == "commune" else "à [à compléter : lieu]",
        "acte": act_words(tariff),
        "organismes": [{"de": of_body(tariff, quote.payee)} for quote in billing],
        "devis": _quotes([f"{of_body(tariff, quote.payee)} pour {quote.body.bills}" for quote in billing]),
        "categorie": _category(estimate, body),
        **_figures(summary.figures),
        "montants": [
            {
                "organisme": f"{quote.body.label}, pour {quote.body.bills}",
                **_figures(quote.figures if quote.billed else ()),
            }
            for quote in summary.quotes
        ],
        "note": summary.figures[1].note,
        "non_compris": summary.left_out,
        "sans_montant": summary.not_counted,
        "services": [
            {
                "nom": service.name,
                "lignes": [
                    {"tarif": row.label, "calcul": row.words, "organisme": row.billed_by}
                    | {"quand": row.when, "montant": row.amount}
                    for row in service.rows
                ],
            }
            for service in summary.services
        ],
        "hypotheses": summary.assumptions,
        "points": [f"{point.question} {point.in_force}" for point in summary.points],
        "confirmes": [point.words for point in summary.confirmed],
        "ecart": summary.spread,
    }


def _quotes(quotes: Sequence[str]) -> str:
    """Return the quotes to sign, each told by its body and what it is for; a blank where there is none."""
    if not quotes:
        return "[à compléter : devis à signer ; la simulation n'en compte aucun]"
    return f"le devis {quotes[0]}" if len(quotes) == 1 else f"les deux devis, celui {' et celui '.join(quotes)}"


def _category(estimate: Estimate, body: str) -> str:
    """Return the category of the services whose price goes by it; empty where none does or the client has none."""
    services: dict[str, list[str]] = {}
    for line in estimate.lines:
        if line.position.price.kind == "by_category":
            services.setdefault(line.position.price.grid, []).append(line.position.service)
    said: list[str] = []
    for grid, named in services.items():
        placement = estimate.placements[grid]
        if isinstance(placement, Placed):
            counted = " et ".join(finding.counted() for finding in placement.findings)
            sure = placement.disagreement is None and estimate.client.inhabitants is not None
            said.append(
                f"pour {' et '.join(dict.fromkeys(named))}, {body} relève de la catégorie {placement.category} "
                f"({counted}){'' if sure else ' [à compléter : catégorie à confirmer auprès du CDG 62]'}"
            )
    words = " ; ".join(said)
    return words[:1].upper() + words[1:]


def _figures(figures: Sequence[Figure]) -> dict[str, str]:
    """Return year 1, each later year and six years as text, with what each leaves out; « aucun montant » for none."""
    words = [each.words for each in figures] or ["aucun montant"] * 3
    return dict(zip(("premiere_annee", "ensuite", "six_ans"), words, strict=True))


_GLUED = re.compile(
    r" (?=[;:!?»€×])|(?<=[«×]) |(?<=\[à) |(?<=CDG) (?=\d)"
    r"|(?<=\d)(?<!-\d\d) (?=[^\W\d])|(?<=\b1er) |(?<=[a-zéû]) (?=\d{4}\b)"
)
"""Spaces at which no line breaks: around French punctuation, within dates and quantities."""
_BLANK = re.compile(r"\[à\u00a0[^]]*\]")
_RUN = '</w:t></w:r><w:r>{}<w:t xml:space="preserve">'
"""End of a run of a Word file, and the beginning of another."""
_MARKED = _RUN.format('<w:rPr><w:highlight w:val="yellow"/></w:rPr>') + r"\g<0>" + _RUN.format("")
_NO_BREAK = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'


def _french(words: str) -> str:
    """Return our own words in French typography."""
    return _GLUED.sub("\u00a0", words).replace("'", "’")


def _written(value: object) -> object:
    """Return a value as XML for the run that holds its field: text is text, blanks are marked, 59-62 never breaks."""
    if isinstance(value, RichText):
        return value
    if isinstance(value, Typed):
        return Markup(str(escape(value)).replace("_", "&#95;"))  # docxtpl would make « {{ » of « {_{ »
    words = _BLANK.sub(_MARKED, str(escape(_french(str(value)))))
    return Markup(re.sub(r"(?<=\d)-(?=\d)", _NO_BREAK, words))


_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML forbids."""


def _typed(words: str) -> Typed:
    """Return a user's text on one line, without characters that a file can't hold; nothing else is changed."""
    return Typed(re.sub("[\t\n\r ]+", " ", _UNWRITABLE.sub("", words)).strip())


def _packed(template: DocxTemplate) -> bytes:
    """Return the file without the time of its making, so that the same handout gives the same bytes."""
    saved, packed = BytesIO(), BytesIO()
    template.save(saved)
    with ZipFile(saved) as parts, ZipFile(packed, "w") as file:
        for name in parts.namelist():
            part = ZipInfo(name)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 0  # Not the system it is made on.
            file.writestr(part, parts.read(name))
    return packed.getvalue()
