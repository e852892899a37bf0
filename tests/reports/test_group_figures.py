"""Every document on many communes says what each commune's own estimate says, to the cent."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing import Client, Order, Tariff, estimate
from pricing.catalogue import epcis, proposals
from pricing.money import ZERO
from pricing.portfolio import Member, wanting
from pricing.simulation import Choice
from tests.french import plain
from tests.reports.groups import COMMUNES, handout, in_csv, in_paper, in_workbook
from tests.test_properties import CLIENTS, ORDERS, TARIFF
from tests.test_real_tariffs import ACTS, act
from views.reports.group_handout import GroupHandout
from views.reports.group_mail import mail_merge
from views.reports.group_summary import GroupSummary
from views.reports.summary import Summary
from views.reports.workbook_estimation import amount_of


def member(code: str, client: Client, order: Order) -> Member:
    commune = client.model_copy(update={"structure": "commune"})
    return Member(COMMUNES[code].name, Choice(client=commune, order=order, commune=code))


MEMBERS = st.lists(
    st.builds(member, st.sampled_from([*COMMUNES]), CLIENTS, ORDERS),
    min_size=1,
    max_size=4,
    unique_by=lambda member: member.choice.commune,
)


def agree(of: GroupHandout) -> None:
    """Check every document, row by row, against estimates made one by one."""
    tariff, summary = of.portfolio.tariff, GroupSummary(of)
    said, table, mails = "".join(in_paper(of).split()), in_csv(of), mail_merge(of)
    rows = [*in_workbook(of)]
    assert len(rows) == len(table) == len(mails) == len(summary.rows) == len(of.portfolio.members)
    for rank, (each, alone) in enumerate(zip(of.portfolio.members, of.alone(), strict=True)):
        own = estimate(each.choice.client, each.choice.order, tariff)
        totals = [
            total
            for payee in (None, *tariff.billing)
            for total in (own.first_year(payee=payee), own.recurring(payee=payee), own.six_years(payee=payee))
        ]
        cells = [amount_of(total) for total in totals]
        assert [*rows[rank].values()][6 : 6 + len(cells)] == [
            each if isinstance(each, str) else float(each) for each in cells
        ]
        assert [*table.iloc[rank]][5 : 5 + len(cells)] == [str(each).replace(".", ",") for each in cells]
        row, figures = summary.rows[rank], Summary(alone).figures
        assert [(figure.amount, figure.left_out) for figure in row.figures] == [
            (figure.amount, figure.left_out) for figure in figures
        ]
        assert "".join(plain("".join(row.cells)).replace("’", "'").split()) in said, each
        mail = str(mails.at[rank, "Texte"])
        assert [figure.words for figure in figures if figure.words not in mail] == []
        assert mails.at[rank, "Lien"] == alone.link == row.link
    whole = of.portfolio.total[None]
    for figure, total in ((summary.figures[0], whole.first_year), (summary.figures[2], whole.six_years)):
        assert figure.words == " ".join(filter(None, [total.known_words(), *figure.left_out]))
        assert len(figure.left_out) == len(total.left_out())
    for part in (summary.years, [each.bar for each in summary.categories]):
        assert sum((amount for bar in part for amount in bar.parts.values()), ZERO) == whole.six_years.amount


@given(MEMBERS)
@settings(max_examples=25)  # each makes four documents
def test_all_documents_agree_with_each_estimate_whatever_is_asked_for(members: list[Member]) -> None:
    agree(handout(members, TARIFF))


@pytest.mark.parametrize("path", ACTS, ids=lambda path: path.stem)
def test_all_documents_agree_under_the_tariffs_of_other_bodies(path: Path) -> None:
    tariff = act(path)
    orders = [Order(**dict.fromkeys(tariff.items, count)) for count in (1, 0, 30)]
    sizes = (320, 1_250, 12_000, 70_000, None)
    members = (
        member(code, Client(inhabitants=sizes[rank % 5], agents=rank or None), orders[rank % 3])
        for rank, code in enumerate([*COMMUNES][:15])
    )
    agree(handout(members, tariff))


@pytest.mark.parametrize("siren", [*epcis()][::7])
def test_all_documents_agree_for_an_epci_where_each_asks_by_size(siren: str, tariff: Tariff) -> None:
    of_epci = [commune for commune in COMMUNES.values() if commune.epci == siren]
    agree(handout(wanting(of_epci, proposals().under(tariff).for_size), tariff))
