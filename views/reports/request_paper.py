"""A request for a quote as a form of one body: A4 pages, with blanks for the contact of its sender."""

from pricing.tariff import Payee
from views.reports.handout import Handout
from views.reports.paper import drawn
from views.reports.requests import BLANK, CONTACT, START, Request, requests
from views.reports.summary import DETAIL, Summary
from views.reports.typeset import typeset
from views.reports.wording import INDICATIVE


class NothingBilledError(ValueError):
    """Absence of a request, since the estimate counts nothing that the body bills."""


def request_paper(handout: Handout, payee: Payee) -> bytes:
    """Return the request to a body as a PDF. Raises NothingBilledError where there is none."""
    return drawn(lambda of: typeset("request_paper.typ", _data(_request(of, payee)), of.link, of.day), handout)


def _request(handout: Handout, payee: Payee) -> Request:
    for each in requests(Summary(handout)):
        if each.payee == payee:
            return each
    raise NothingBilledError


def _data(request: Request) -> dict[str, object]:
    desk = request.desk
    return {
        "name": request.summary.handout.name,
        "title": request.title,
        "made": request.summary.made_briefly,
        "reached": " ; ".join(filter(None, [desk.mail, desk.phone, desk.page])),
        "client": request.client,
        "blanks": ((CONTACT, BLANK), (START, request.start)),
        "services": request.services,
        "columns": DETAIL,
        "figures": request.quote.figures,
        "quotes": (request.quote,),
        "on_quote": request.on_quote,
        "unclear": request.unclear,
        "questions": request.questions,
        "indicative": INDICATIVE,
    }
