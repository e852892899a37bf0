"""A draft of the deliberation by which a council takes the services: a Word file to check, fill in and vote on.

It is a skeleton: what only the council knows is a blank, marked in yellow, and no text of law is named for it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm

from pricing.category import Placed
from pricing.estimate import Estimate, Line
from pricing.money import euros
from pricing.order import Structure
from pricing.schedule import schedule
from pricing.tariff import PAYEES, Payee, Tariff
from views.reports.handout import Handout, long_date
from views.reports.wording import (
    INDICATIVE,
    act_words,
    assumptions,
    billing,
    how_often,
    later_in_full,
    later_note,
    left_out,
    not_counted,
    spread_words,
)

AUTHOR = "Simulateur des services numériques"
DRAFT = "PROJET — à vérifier et à compléter"
"""What stands on top of every page."""
LONGEST_PROPERTY = 255
"""Characters that a Word file's properties may have."""


@dataclass(frozen=True, slots=True)
class _Council:
    """Who decides, and who carries the decision out, in French."""

    body: str
    """What the client is, as a blank names it."""
    the: str
    """The assembly, with its article."""
    of: str
    """The same after « de »."""
    head: str
    """Who presides over it."""


_COUNCILS: dict[Structure, _Council] = {
    "commune": _Council("nom de la commune", "le conseil municipal", "du conseil municipal", "le maire"),
    "epci": _Council(
        "nom de l'intercommunalité", "le conseil communautaire", "du conseil communautaire", "le président"
    ),
    "other": _Council(
        "nom de la collectivité ou de l'établissement",
        "l'assemblée délibérante",
        "de l'assemblée délibérante",
        "le président",
    ),
}


@dataclass(frozen=True, slots=True)
class _Run:
    """Words set otherwise than the text around them."""

    words: str
    """The words, as they are written."""
    marked: bool = False
    """Whether they are highlighted, as what is to be filled in."""
    style: str = ""
    """The character style, or empty."""
    address: str = ""
    """The relationship that holds the address it opens, or empty."""


_Piece = str | _Run
"""A part of a paragraph: our own words, or words set otherwise."""


def deliberation(handout: Handout) -> bytes:
    """The draft as a Word file. The same handout gives the same bytes."""
    document = _empty(handout)
    address = document.part.relate_to(_given(handout.link), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    _set_body(
        document,
        [
            *_notice(handout, address),
            *_session(handout),
            *_grounds(handout),
            *_services(handout),
            *_totals(handout),
            *_decisions(handout),
            *_vote(handout),
            *_to_check(handout),
        ],
    )
    return _packed(document)


# What the draft says, paragraph by paragraph


def _notice(handout: Handout, address: str) -> Iterator[str]:
    yield _paragraph("Avis", _Run(DRAFT, style="Strong"))
    yield _paragraph(
        "Avis",
        f"Trame de délibération établie le {long_date(handout.day)} à partir d'une simulation. {INDICATIVE} "
        "La collectivité vérifie chaque phrase, reprend les montants des devis reçus, complète ce qui est surligné en "
        "jaune, puis supprime cet encadré, l'en-tête et la dernière partie.",
    )
    link = _Run(_given(handout.link), style="Hyperlink", address=address)
    yield _paragraph("Avis", "Retrouver et modifier cette simulation : ", link)


def _session(handout: Handout) -> Iterator[str]:
    council = _council(handout)
    name = _given(handout.name)
    yield _paragraph("Subtitle", _Run(name) if name else _blank(council.body))
    yield _paragraph("Title", f"Délibération {council.of}")
    if handout.estimate.client.structure == "other":
        what = "nom exact de l'assemblée, par exemple conseil d'administration ou comité syndical"
        yield _paragraph("Normal", "Assemblée : ", _blank(what))
    yield _paragraph("Normal", "Délibération n°\u00a0", _blank("numéro"))
    yield _paragraph(
        "Normal",
        *("Séance du ", _blank("date de la séance"), ", convoquée le ", _blank("date de la convocation")),
        *(", sous la présidence de ", _blank("prénom, nom et fonction"), "."),
    )
    yield _paragraph(
        "Normal",
        *("Membres en exercice : ", _blank("nombre"), " ; présents : ", _blank("nombre et noms")),
        *(" ; représentés : ", _blank("nombre, noms et pouvoirs"), " ; absents : ", _blank("nombre et noms"), "."),
    )
    yield _paragraph("Normal", "Secrétaire de séance : ", _blank("prénom et nom"))
    yield _paragraph("Heading1", "Objet")
    yield _paragraph("Normal", f"Services numériques {_offered(handout)}.")


def _grounds(handout: Handout) -> Iterator[str]:
    estimate, tariff = handout.estimate, handout.tariff
    fibre, cdg = (tariff.payees[payee] for payee in PAYEES)
    act = f"délibération du {long_date(tariff.adopted)}"
    yield _paragraph("Heading1", "Textes et documents")
    yield _paragraph("Normal", "Vu ", _blank("textes applicables, à vérifier par la collectivité"), " ;")
    yield _paragraph("Normal", f"Vu {act_words(tariff)} ;")
    for payee in billing(estimate):
        label = tariff.payees[payee].label
        yield _paragraph("Normal", f"Vu le devis {_of(label)} ", _blank("numéro et date du devis"), " ;")
    yield _paragraph("Heading1", "Exposé des motifs")
    yield _paragraph("Normal", "Considérant ", _blank("besoins de la collectivité et raisons de ce choix"), " ;")
    yield _paragraph(
        "Normal",
        f"Considérant que {_the(fibre.label)} propose aux collectivités et aux établissements publics du Pas-de-Calais "
        f"des services numériques qui se choisissent un par un, et que {_the(cdg.label)} les accompagne ;",
    )
    yield _paragraph(
        "Normal",
        f"Considérant que ces deux organismes facturent séparément, chacun sur son devis : {_the(fibre.label)} "
        f"{fibre.bills}, {_the(cdg.label)} {cdg.bills}, aux tarifs que fixe la {act} {_of(cdg.label)} ;",
    )
    placement = estimate.placement
    if isinstance(placement, Placed) and (services := _by_category(estimate)):
        counted = " et ".join(finding.counted() for finding in placement.findings)
        category = f"la collectivité relève de la catégorie {placement.category} ({counted})"
        sure = placement.disagreement is None and estimate.client.inhabitants is not None
        doubt = [] if sure else [" ", _blank("catégorie à confirmer auprès du CDG 62")]
        yield _paragraph("Normal", f"Considérant que, pour {services}, {category}", *doubt, " ;")
    if estimate.lines:
        first_year, later, six_years = _figures(estimate)
        yield _paragraph(
            "Normal",
            f"Considérant l'estimation indicative du {long_date(handout.day)}, toutes taxes comprises : {first_year} "
            f"la première année ; {later} chaque année ensuite ; {six_years} sur six ans.",
        )


def _services(handout: Handout) -> Iterator[str]:
    estimate, tariff = handout.estimate, handout.tariff
    yield _paragraph("Heading1", "Services retenus")
    if not estimate.lines:
        yield _paragraph("Normal", _blank("services retenus ; la simulation n'en compte aucun"))
        return
    day = long_date(handout.day)
    yield _paragraph("Legende", f"Montants en euros, toutes taxes comprises (TTC), d'après l'estimation du {day}")
    yield _table(
        ("Service", "Tarif", "Facturé par", "Quand", "Montant TTC"),
        [_line(line, tariff) for line in estimate.lines],
        widths=(3.4, 5.2, 2.6, 2.0, 2.8),
        amounts=(4,),
        what="Services retenus : une ligne par tarif, avec qui le facture, quand, et le montant TTC",
    )


def _line(line: Line, tariff: Tariff) -> Sequence[Sequence[_Piece]]:
    position = line.position
    explained = line.counted() if line.outcome.kind in ("included", "not_stated") else line.words()
    return (
        (position.service,),
        (f"{position.label} ", _Run(_french(f"({explained})"), style="Precision")),
        (tariff.payees[line.payee].short,),
        (how_often(position),),
        (_amount(line),),
    )


def _amount(line: Line) -> _Piece:
    outcome = line.outcome
    if outcome.kind == "priced":
        return euros(outcome.amount)
    if outcome.kind == "included":
        return "inclus"
    if outcome.kind == "not_stated":
        return "non indiqué"
    # Both are to be replaced by an amount before the vote.
    return _Run("sur devis" if outcome.kind == "on_quote" else "à compléter", marked=True)


def _totals(handout: Handout) -> Iterator[str]:
    estimate, tariff = handout.estimate, handout.tariff
    if estimate.lines:
        by_payee = [
            (f"{tariff.payees[payee].label}, pour {tariff.payees[payee].bills}", *_figures(estimate, payee))
            for payee in PAYEES
        ]
        yield _paragraph("Heading1", "Montants estimés")
        yield _paragraph("Legende", "Totaux en euros TTC, avec ce qu'ils laissent de côté")
        yield _table(
            ("Facturé par", "1re année", "Chaque année ensuite", "Six ans"),
            [
                *([(words,) for words in row] for row in by_payee),
                [(_Run(words, style="Strong"),) for words in ("Les deux ensemble", *_figures(estimate))],
            ],
            widths=(4.9, 3.5, 4.1, 3.5),
            amounts=(1, 2, 3),
            what="Totaux TTC : la première année, chaque année ensuite et sur six ans, par organisme puis ensemble",
            together=True,
        )
        if note := later_note(estimate, handout.schedule):
            yield _paragraph("Note", f"Chaque année ensuite : {note}.")
    yield from _listed("Non compris dans ces montants :", left_out(estimate))
    yield from _listed("Sans montant dans l'estimation :", not_counted(estimate))


def _listed(lead: str, each: Sequence[str]) -> Iterator[str]:
    if each:
        yield _paragraph("Amorce", lead)
        yield from (_paragraph("ListBullet", words) for words in each)


def _decisions(handout: Handout) -> Iterator[str]:
    council, estimate = _council(handout), handout.estimate
    yield _paragraph("Heading1", "Décision")
    result = _blank("à l'unanimité, ou résultat du vote")
    yield _paragraph("Amorce", f"Après en avoir délibéré, {council.the} décide, ", result, " :")
    yield _paragraph("Heading2", "Article 1 — Services")
    yield _paragraph(
        "Normal",
        f"{_capital(council.the)} retient les services {'du tableau ' if estimate.lines else ''}ci-dessus, "
        f"{_offered(handout)}, aux montants des devis.",
    )
    yield _paragraph("Heading2", "Article 2 — Signature")
    yield _paragraph(
        "Normal",
        f"{_capital(council.the)} autorise {council.head} à signer {_quotes(handout)}, ainsi que la convention "
        "tripartite avec ces deux organismes ",
        _blank("confirmer auprès du CDG 62 qu'elle est à signer, ou supprimer ce membre de phrase"),
        ".",
    )
    yield _paragraph("Heading2", "Article 3 — Dépense")
    yield _paragraph(
        "Normal",
        "La dépense est inscrite au budget de l'exercice ",
        *(_blank("exercice"), ", ", _blank("section, chapitre et article budgétaires"), ", pour un montant de "),
        *(_blank("montant des devis"), " la première année"),
        *([f" (estimation TTC : {_figures(estimate)[0]})"] if estimate.lines else []),
        ". Les années suivantes, elle est inscrite au budget de chaque exercice où elle est due.",
    )
    yield _paragraph("Heading2", "Article 4 — Exécution")
    yield _paragraph("Normal", f"{_capital(council.head)} est chargé de l'exécution de la présente délibération.")
    yield _paragraph("Normal", _blank("transmission, publication, voies et délais de recours"))


def _vote(handout: Handout) -> Iterator[str]:
    yield _paragraph("Heading1", "Vote et signature")
    yield _paragraph(
        "Normal",
        *("Pour : ", _blank("nombre"), " ; contre : ", _blank("nombre"), " ; abstentions : ", _blank("nombre")),
        *(" ; ne prennent pas part au vote : ", _blank("nombre"), "."),
    )
    yield _paragraph("Amorce", "Fait à ", _blank("lieu"), ", le ", _blank("date"), ".")
    head = _capital(_council(handout).head)
    yield _paragraph("Amorce", f"{head}, ", _blank("prénom, nom, signature et cachet"))
    yield _paragraph("Normal", "Le secrétaire de séance, ", _blank("prénom, nom et signature"))


def _to_check(handout: Handout) -> Iterator[str]:
    yield _paragraph("Heading1", "À vérifier avant la séance (partie à supprimer)")
    yield _paragraph("ListBullet", f"{INDICATIVE} Les montants ci-dessus sont à remplacer par ceux des devis.")
    yield from (_paragraph("ListBullet", words) for words in assumptions(handout.tariff))
    if handout.points:
        yield from _listed(
            f"Points que la délibération du {long_date(handout.tariff.adopted)} laisse ouverts, et la lecture que "
            f"retient l'estimation, à faire confirmer. {spread_words(handout.estimate, handout.points)}",
            [f"{point.reading.question} {point.reading.in_force}" for point in handout.points],
        )


# Its words


def _council(handout: Handout) -> _Council:
    return _COUNCILS[handout.estimate.client.structure]


def _offered(handout: Handout) -> str:
    """By whom the services are offered, and with whose support where there is any."""
    fibre, cdg = (handout.tariff.payees[payee].label for payee in PAYEES)
    support = (
        f", avec l'accompagnement {_of(cdg)}"
        if handout.estimate.select(payee="cdg") or not handout.estimate.lines
        else ""
    )
    return f"proposés par {_the(fibre)}{support}"


def _quotes(handout: Handout) -> str:
    bodies = [handout.tariff.payees[payee] for payee in billing(handout.estimate)]
    if len(bodies) == 1:
        return f"le devis {_of(bodies[0].label)} pour {bodies[0].bills}"
    return f"les deux devis, {' et '.join(f'celui {_of(body.label)} pour {body.bills}' for body in bodies)}"


def _by_category(estimate: Estimate) -> str:
    """The services asked for whose price goes by the category; empty where there is none."""
    services = [line.position.service for line in estimate.lines if line.position.price.kind == "by_category"]
    return " et ".join(dict.fromkeys(services))


def _figures(estimate: Estimate, payee: Payee | None = None) -> tuple[str, str, str]:
    """Year 1, each later year and six years, of all or of one payee, each with what it leaves out."""
    if not estimate.select(payee=payee):
        return "aucun montant", "aucun montant", "aucun montant"
    later = later_in_full(schedule(estimate, payee=payee))
    return estimate.first_year(payee=payee).words(), later, estimate.six_years(payee=payee).words()


def _the(label: str) -> str:
    return label if label.startswith("La ") else f"le {label}"


def _of(label: str) -> str:
    return f"de {label}" if label.startswith("La ") else f"du {label}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_BEFORE = re.compile(r" (?=[;:!?»])")
_AFTER = re.compile(r"(?<=«) ")
_DATE = re.compile(r"\b(1er|\d{1,2}) (\w+) (\d{4})\b")


def _french(words: str) -> str:
    """Our own words, so that no line breaks before or after a French sign, nor within a date."""
    return _DATE.sub("\\1\u00a0\\2\u00a0\\3", _AFTER.sub("\u202f", _BEFORE.sub("\u202f", words)))


def _blank(what: str) -> _Run:
    """What the council fills in."""
    return _Run(_french(f"[à compléter : {what}]"), marked=True)


_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML forbids."""
_BREAKS = re.compile(r"[\t\n\r ]+")


def _given(words: str) -> str:
    """What a user typed, on one line and without what a file can't hold; nothing else is changed."""
    return _BREAKS.sub(" ", _UNWRITABLE.sub("", words)).strip()


# The same as the XML of a Word file: python-docx can build it too, but takes four times as long.


def _paragraph(style: str, *pieces: _Piece, kept: bool = False) -> str:
    """A paragraph; one that is `kept` stays on the page of the next."""
    keep = "<w:keepNext/>" if kept else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{"".join(map(_run, pieces))}</w:p>'


def _run(piece: _Piece) -> str:
    if isinstance(piece, str):
        return f"<w:r>{_text(_french(piece))}</w:r>"
    style = f'<w:rStyle w:val="{piece.style}"/>' if piece.style else ""
    mark = '<w:highlight w:val="yellow"/>' if piece.marked else ""
    run = f"<w:r><w:rPr>{style}{mark}</w:rPr>{_text(piece.words)}</w:r>"
    return f'<w:hyperlink r:id="{piece.address}">{run}</w:hyperlink>' if piece.address else run


def _text(words: str) -> str:
    return f'<w:t xml:space="preserve">{escape(words)}</w:t>'


def _table(
    heads: Sequence[str],
    rows: Sequence[Sequence[Sequence[_Piece]]],
    *,
    widths: Sequence[float],
    amounts: Sequence[int],
    what: str,
    together: bool = False,
) -> str:
    """A table whose head comes again on every page; `what` tells it to those who can't see it.

    Widths are in centimetres, the columns in `amounts` are aligned right, and a table kept `together` stays on a page.
    """
    twips = [Cm(width).twips for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    head = _row([(each,) for each in heads], twips, amounts, head=True, kept=True)
    body = "".join(
        _row(row, twips, amounts, head=False, kept=together and rank < len(rows))
        for rank, row in enumerate(rows, start=1)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Estimation"/><w:tblW w:w="{sum(twips)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblDescription w:val={quoteattr(_french(what))}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )


def _row(
    cells: Sequence[Sequence[_Piece]], twips: Sequence[int], amounts: Sequence[int], *, head: bool, kept: bool
) -> str:
    """A row that no page breaks in two."""
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_paragraph('Montant' if rank in amounts else 'Cellule', *pieces, kept=kept)}</w:tc>"
        for rank, (pieces, width) in enumerate(zip(cells, twips, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{written}</w:tr>"


def _number(field: str) -> str:
    """A number that Word counts itself."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {field} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


# The Word file

_FONT = "Times New Roman"
"""On every office computer, or replaced there by Liberation Serif, of the same widths."""

_STYLES = f"""<w:styles {nsdecls("w")}>
<w:docDefaults>
  <w:rPrDefault><w:rPr>
    <w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/>
    <w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="fr-FR"/>
  </w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
  <w:name w:val="Default Paragraph Font"/><w:semiHidden/>
</w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>
  <w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
    <w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
</w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>
<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/><w:basedOn w:val="Normal"/>
  <w:next w:val="Title"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:spacing w:before="360" w:after="60"/></w:pPr>
  <w:rPr><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>
  <w:next w:val="Normal"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:spacing w:after="240" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:b/><w:bCs/><w:sz w:val="36"/><w:szCs w:val="36"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
  <w:next w:val="Normal"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="300" w:after="100"/><w:outlineLvl w:val="0"/></w:pPr>
  <w:rPr><w:b/><w:bCs/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>
  <w:next w:val="Normal"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="60"/><w:outlineLvl w:val="1"/></w:pPr>
  <w:rPr><w:b/><w:bCs/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/>
  <w:pPr><w:spacing w:after="0"/><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>
  <w:pPr><w:spacing w:after="0"/><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/><w:qFormat/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/></w:pPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Avis">
  <w:name w:val="Avis"/><w:basedOn w:val="Normal"/><w:qFormat/>
  <w:pPr><w:keepLines/><w:pBdr>
    <w:top w:val="single" w:sz="8" w:space="6" w:color="1B2733"/>
    <w:left w:val="single" w:sz="8" w:space="6" w:color="1B2733"/>
    <w:bottom w:val="single" w:sz="8" w:space="6" w:color="1B2733"/>
    <w:right w:val="single" w:sz="8" w:space="6" w:color="1B2733"/>
  </w:pBdr>
  <w:shd w:val="clear" w:color="auto" w:fill="FFF4D6"/><w:spacing w:after="60"/>
  <w:ind w:left="142" w:right="142"/></w:pPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Legende">
  <w:name w:val="Légende"/><w:basedOn w:val="Normal"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:spacing w:before="60" w:after="80"/></w:pPr>
  <w:rPr><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Note">
  <w:name w:val="Note"/><w:basedOn w:val="Normal"/><w:qFormat/>
  <w:pPr><w:spacing w:before="60" w:after="80"/></w:pPr><w:rPr><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Amorce">
  <w:name w:val="Amorce"/><w:basedOn w:val="Normal"/><w:qFormat/>
  <w:pPr><w:keepNext/></w:pPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Cellule">
  <w:name w:val="Cellule"/><w:basedOn w:val="Normal"/><w:qFormat/>
  <w:pPr><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Montant">
  <w:name w:val="Montant"/><w:basedOn w:val="Cellule"/><w:qFormat/>
  <w:pPr><w:jc w:val="right"/></w:pPr>
</w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>
  <w:rPr><w:b/><w:bCs/></w:rPr>
</w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="Precision"><w:name w:val="Précision"/>
  <w:rPr><w:color w:val="56636F"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>
</w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>
  <w:rPr><w:color w:val="1F5A99"/><w:u w:val="single"/></w:rPr>
</w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="Estimation">
  <w:name w:val="Estimation"/><w:basedOn w:val="TableNormal"/>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="1B2733"/>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="1B2733"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="9AA5AF"/>
  </w:tblBorders></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/><w:vAlign w:val="bottom"/></w:tcPr>
  </w:tblStylePr>
</w:style>
</w:styles>"""
"""Every style of the file, instead of the two hundred of the template it starts from."""

_NUMBERING = f"""<w:numbering {nsdecls("w")}>
<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">
  <w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>
  <w:lvlText w:val="–"/><w:lvlJc w:val="left"/>
  <w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr>
</w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
</w:numbering>"""
"""How a list is marked."""

_SETTINGS = f"""<w:settings {nsdecls("w")}>
<w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/>
<w:compat>
  <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat>
<w:themeFontLang w:val="fr-FR"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>
</w:settings>"""
"""French signs, and the layout of today's Word rather than that of 2010."""

_FONTS = f"""<w:fonts {nsdecls("w")}>
<w:font w:name="{_FONT}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>
</w:fonts>"""
"""What may stand for the typeface where it is missing."""

_LEFTOVERS = (
    "stylesWithEffects",
    "customXml",
    "thumbnail",
    "extended-properties",
    "fontTable",
    "webSettings",
)
"""Parts of the template that say nothing of this file."""


def _empty(handout: Handout) -> WordDocument:
    """A document with its page, styles, header, footer and properties, and nothing said in it."""
    document = Document()
    _drop_leftovers(document)
    _replace(document.styles.element, _STYLES)
    _replace(document.part.numbering_part.element, _NUMBERING)
    _replace(document.settings.element, _SETTINGS)
    _name_font(document)
    _set_page(document)
    _set_properties(document, handout)
    return document


def _drop_leftovers(document: WordDocument) -> None:
    package = document.part.package
    assert package is not None
    for rels in (document.part.rels, package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_LEFTOVERS)]:
            del rels[key]


def _name_font(document: WordDocument) -> None:
    """Add the list of typefaces that Word asks of every file."""
    listed = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, _FONTS.encode())
    document.part.relate_to(listed, RELATIONSHIP_TYPE.FONT_TABLE)


def _replace(element: BaseOxmlElement, xml: str) -> None:
    """Put what stands in some XML in the place of all that an element holds."""
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(xml)))


def _set_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    section.header_distance = section.footer_distance = Cm(1.25)
    header, footer = section.header.part.element, section.footer.part.element
    _replace(header, _within(_paragraph("Header", DRAFT)))
    pages = f"<w:r>{_text('Page ')}</w:r>{_number('PAGE')}<w:r>{_text(' sur ')}</w:r>{_number('NUMPAGES')}"
    _replace(footer, _within(f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{pages}</w:p>'))


def _set_properties(document: WordDocument, handout: Handout) -> None:
    name, properties = _given(handout.name), document.core_properties
    title = f"Projet de délibération : services numériques{f' ({name})' if name else ''}"
    properties.title = title if len(title) <= LONGEST_PROPERTY else f"{title[: LONGEST_PROPERTY - 1]}…"
    properties.subject = INDICATIVE
    properties.author = properties.last_modified_by = AUTHOR
    properties.comments = ""
    properties.language = "fr-FR"
    properties.created = properties.modified = datetime.combine(handout.day, time())


def _set_body(document: WordDocument, blocks: Sequence[str]) -> None:
    page = document.element.body.sectPr
    for block in list(parse_xml(_within("".join(blocks)))):
        page.addprevious(block)


def _within(xml: str) -> str:
    """Blocks as XML that can be read: within some element, which is left behind."""
    return f"<w:body {nsdecls('w', 'r')}>{xml}</w:body>"


def _packed(document: WordDocument) -> bytes:
    """The file, with no moment of its making in it: the clock is not the handout's."""
    saved, packed = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as parts, ZipFile(packed, "w") as file:
        for name in parts.namelist():
            part = ZipInfo(name)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 0  # Not the system it is made on.
            file.writestr(part, parts.read(name))
    return packed.getvalue()
