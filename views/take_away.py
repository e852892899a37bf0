"""Take it away: the documents, the link, its QR code, a text for a mail."""

from collections.abc import Sequence
from functools import lru_cache, partial
from html import escape

import segno
import streamlit as st
from streamlit.components.v2 import component

from views import assets
from views.documents import DOCUMENTS, Document, Of
from views.markup import text
from views.reports import mail
from views.reports.summary import Summary

_SCRIPT = assets.content("clipboard.js") + assets.content("copy.js")
STYLE = """
.copy { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: start; font: inherit; }
textarea { flex: 1 1 20rem; font: inherit; color: inherit; background: transparent; padding: 0.4rem;
  border: 1px solid var(--st-border-color); border-radius: 4px; resize: vertical; field-sizing: content; }
@media (forced-colors: active) { :focus-visible { outline-color: Highlight; } }
button { font: inherit; font-weight: 600; color: #fff; background: #1f5a99; border: 1px solid #1f5a99;
  border-radius: 4px; padding: 0.4rem 0.9rem; cursor: pointer; }
button:focus-visible, textarea:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
"""
"""Style of a text to copy and its button, in a component."""
NO_CODE = '<p class="note">Ce lien est trop long pour un QR code : il se copie depuis « Partager, imprimer ».</p>'
"""Sentence, as HTML, in place of the QR code of a link of very many services."""


def site() -> str:
    """Return the page's own URL, from wherever it is served, with its « / »."""
    return f"{(st.context.url or '').split('?')[0].rstrip('/')}/"


def offer(documents: Sequence[Document[Of]], handout: Of, key: str = "documents", *, by_link: bool = True) -> None:
    """Offer documents: each by its URL where the app serves it, otherwise by a button that makes it.

    By a button too where the link does not hold all that they are made from. `key` is that of their place.
    """
    if assets.linked and by_link:
        asked = handout.link.partition("?")[2]
        links = "".join(
            f'<a class="document" href="./{each.address}?{escape(asked)}" download>'
            f'<span class="icon" aria-hidden="true">{each.icon}</span>{text(each.label)}</a>'
            for each in documents
        )
        st.html(f'<p class="documents">{links}</p>')
        return
    with st.container(horizontal=True, key=key):
        for each in documents:
            st.download_button(
                each.label,
                partial(each.make, handout),
                each.file_name(handout),
                each.media_type,
                key=each.key,
                icon=f":material/{each.icon}:",
                on_click="ignore",
            )


def show(summary: Summary) -> None:
    """Show the ways to take the simulation away; a document is made only when it is asked for."""
    st.html(
        "<h3>À remettre</h3><p class=\"note\">Les mêmes chiffres qu'à l'écran, à la date du jour. Le projet de "
        "délibération est une trame, à vérifier et à compléter.</p>"
    )
    offer(DOCUMENTS, summary.handout)
    st.html(
        '<p class="documents"><button type="button" class="document print">'
        '<span class="icon" aria-hidden="true">print</span>Imprimer</button> '
        '<span class="note">cette page : ce qui est demandé, les montants et le détail</span></p>'
    )
    link = summary.handout.link
    st.html('<h3>Le lien</h3><p class="note">Il contient toute la simulation : rien n\'est gardé ailleurs.</p>')
    copy("lien", link, what="Lien vers cette simulation", label="Copier le lien", rows=2)
    if st.button("Afficher le QR code", key="qr", icon=":material/qr_code_2:"):
        show_code(link)
    short = f'<p><a href="{escape(mail.address(summary))}">Ouvrir un courriel court dans la messagerie</a></p>'
    st.html(f"<h3>Un texte pour un courriel</h3>{short}")
    copy("courriel", mail.body(summary), what="Texte du courriel", label="Copier le texte", rows=10)


def copy(key: str, words: str, *, what: str, label: str, rows: int) -> None:
    """Show a text, and a button that copies it."""
    markup = (
        f'<div class="copy"><textarea readonly aria-label="{what}" rows="{rows}"></textarea>'
        f'<button type="button">{label}</button></div>'
    )
    field = component(f"copier-{key}", html=markup, css=STYLE, js=_SCRIPT)
    field(data={"text": words, "done": "Copié", "by_hand": "Copiez avec Ctrl + C"}, key=f"copier-{key}")


@st.dialog("Ouvrir cette simulation sur un téléphone", width="medium")
def show_code(link: str, without: str = "") -> None:
    """Show the QR code of a link, large enough to be read across a room; `without` says what it leaves out."""
    shown = code(link)
    scan = text(f"Scannez ce code : il ouvre la même simulation. {without}".rstrip())
    st.html(f'<div class="code">{shown}</div>{"" if shown == NO_CODE else f"<p class=note>{scan}</p>"}')


def code(link: str, module: int = 0) -> str:
    """Return the QR code of a link as an image, black on white so that every telephone reads it, or `NO_CODE`.

    Each of its modules has a size in pixels, or one that fills the place.
    """
    try:
        image, modules = _drawn(link)
    except segno.DataOverflowError:
        return NO_CODE
    size = f' style="width: {module * modules}px"' if module else ""
    return f'<img src="{image}" alt="QR code du lien vers cette simulation"{size}>'


@lru_cache(64)
def _drawn(link: str) -> tuple[str, int]:
    """Return the QR code of a link as the URL of an image, and its size in modules."""
    drawn = segno.make(link, error="l", micro=False)
    return text(drawn.svg_data_uri(border=4, light="#fff", omitsize=True)), int(drawn.symbol_size(border=4)[0])
