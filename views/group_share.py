"""Take many communes away: the documents, the link, its QR code, a text for a mail."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from pricing.money import counted
from views.group_documents import ARCHIVE, GROUP_DOCUMENTS
from views.markup import text
from views.reports.group_summary import GroupSummary
from views.reports.wording import INDICATIVE
from views.take_away import copy, offer, show_code

NOT_WHOLE = (
    "Cette simulation a trop d'exceptions pour tenir dans un lien : il n'en garde que les premières, et une page "
    "rechargée aussi. Cette page et ses documents les comptent toutes."
)
"""Sentence where the link does not hold all exceptions."""
WHOLE = "Il contient toute la simulation : rien n'est gardé ailleurs."
"""Sentence where it does."""
WITH_MAILS = (
    "Les adresses de votre liste ne sont dans aucun lien : ces deux fichiers se font ici, tant que la page est ouverte."
)
"""Sentence where a list had mail addresses."""
MAILS = "publipostage"
"""Kind of the documents that hold mail addresses."""


def show(summary: GroupSummary, mails: Mapping[str, str]) -> None:
    """Show the ways to take many communes away; a document is made only when it is asked for."""
    of = replace(summary.handout, mails=mails) if mails else summary.handout
    st.html("<h3>À remettre</h3><p class=\"note\">Les mêmes chiffres qu'à l'écran, à la date du jour.</p>")
    with_mails = [each for each in GROUP_DOCUMENTS if mails and each.kind == MAILS]
    offer([each for each in GROUP_DOCUMENTS if each not in with_mails], of, by_link=of.whole)
    if with_mails:
        st.html(f'<p class="note">{text(WITH_MAILS)}</p>')
        offer(with_mails, of, "documents-courriels", by_link=False)
    papers = f"{counted(len(of.portfolio.members), 'note', 'notes')} pour les conseils, dans un seul fichier ZIP."
    st.html(f'<h3>Une note par commune</h3><p class="note">{text(papers)}</p>')
    offer([ARCHIVE], of, "documents-notes", by_link=of.whole)
    st.html(
        '<p class="documents"><button type="button" class="document print">'
        '<span class="icon" aria-hidden="true">print</span>Imprimer</button> '
        '<span class="note">cette page : la réponse et la liste des communes</span></p>'
        f'<h3>Le lien</h3><p class="note">{text(WHOLE if of.whole else NOT_WHOLE)}</p>'
    )
    copy("lien", of.link, what="Lien vers cette simulation", label="Copier le lien", rows=2)
    if st.button("Afficher le QR code", key="qr", icon=":material/qr_code_2:"):
        show_code(of.link)
    st.html("<h3>Un texte pour un courriel</h3>")
    copy("courriel", mail(summary), what="Texte du courriel", label="Copier le texte", rows=10)


def mail(summary: GroupSummary) -> str:
    """Return the answer as the text of a mail."""
    left_out = [f"- {each}" for each in (*summary.left_out, *summary.not_counted)]
    parts = (summary.title, summary.answer, "\n".join(left_out), summary.exceptions, summary.handout.link, INDICATIVE)
    return "\n\n".join(filter(None, parts))
