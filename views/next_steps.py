"""« Et maintenant ? »: the steps after an estimate, each with what the page hands over for it."""

import streamlit as st
from streamlit.components.v2 import component

from pricing import Tariff
from pricing.contacts import Desk
from pricing.money import counted
from pricing.questions import Step
from views import assets, kept
from views.asked import source
from views.documents import DRAFT, NOTE, REQUESTS
from views.markup import text
from views.reports.mail import LONGEST
from views.reports.requests import BLANK, CONTACT, START, Request, requests
from views.reports.summary import Summary
from views.take_away import STYLE, offer

_SCRIPT = assets.content("clipboard.js") + assets.content("requests.js")
_STYLE = f"""{STYLE}
.sender {{ display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; margin: 0 0 0.5rem; font: inherit; }}
label {{ flex: 1 1 11rem; display: flex; flex-direction: column; gap: 0.15rem; font-size: 0.875rem; }}
input {{ font: inherit; font-size: 1rem; color: inherit; background: transparent; padding: 0.35rem 0.5rem;
  border: 1px solid var(--st-border-color); border-radius: 4px; min-width: 0; box-sizing: border-box; }}
input:focus-visible, a:focus-visible {{ outline: 3px solid var(--st-primary-color); outline-offset: 2px; }}
section + section {{ margin-top: 1rem; }}
h4 {{ font: inherit; font-weight: 650; margin: 0; }}
p {{ margin: 0.15rem 0 0.35rem; font-size: 0.875rem; opacity: 0.85; }}
.actions {{ display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }}
a {{ color: inherit; text-decoration: none; padding: 0.4rem 0.9rem; border: 1px solid var(--st-border-color);
  border-radius: 4px; }}
summary {{ cursor: pointer; font-size: 0.875rem; }}
summary:focus-visible {{ outline: 3px solid var(--st-primary-color); outline-offset: 2px; }}
textarea {{ width: 100%; box-sizing: border-box; margin-top: 0.35rem; min-height: 20rem; }}
.left:empty {{ display: none; }}
[hidden] {{ display: none; }}
"""
_REQUEST = """<section><h4></h4><p class="to"></p>
<div class="actions"><button type="button"></button><a>Ouvrir dans la messagerie</a></div>
<p class="left" role="status"></p>
<details><summary>Lire la demande</summary><textarea readonly></textarea></details></section>"""
_MARKUP = f"""<div class="sender">
<label>Votre nom<input name="name" autocomplete="name" maxlength="80"></label>
<label>Votre téléphone<input name="phone" type="tel" autocomplete="tel" maxlength="30"></label>
<label>Début souhaité<input name="start" autocomplete="off" maxlength="80"></label>
</div>{_REQUEST * 2}"""
LEFT = (
    "",
    "La messagerie reçoit la demande en bref. Le texte entier est copié en même temps, pour le coller à la place.",
    "La demande est trop longue pour s'ouvrir ainsi : son texte est copié en même temps, à coller dans le courriel.",
)
"""Words on what a mail program does not get, by the text of a request that it has room for."""
PRIVATE = (
    "Facultatif. Ces trois champs restent dans votre navigateur : ni le serveur ni le lien ne les reçoivent. Les "
    "demandes en PDF les laissent à remplir à la main."
)
"""Sentence beside the contact."""
UNKNOWN = "Adresse inconnue de cette page : à demander à l'organisme."
"""Sentence in place of the address of a desk."""
NO_POINTS = "Plus aucun point n'est ouvert pour cette estimation."
FOR_COUNCIL = "Une note pour les élus, et un projet de délibération à vérifier et à compléter :"
FOR_CONVENTION = "Le projet de délibération l'approuve, et autorise à la signer."
FOR_ORDER = "Le lien de « Partager, imprimer » retrouve cette simulation, telle quelle."
"""Things that the page hands over for a step."""
NOTHING_BILLED = "Aucun devis à demander : rien n'est compté."
"""Sentence where no body bills anything."""


def show(summary: Summary) -> None:
    """Show the steps, in their order."""
    tariff, steps = summary.handout.tariff, kept.service_words().steps
    points = len(summary.points)
    touching = f"« Points à confirmer » : {counted(points, 'point touche', 'points touchent')} cette estimation."
    _step("1. Lever les doutes", steps.points, tariff, touching if points else NO_POINTS)
    _step("2. Demander les devis", steps.quotes, tariff)
    _requests(summary)
    _step("3. Présenter au conseil", steps.council, tariff, FOR_COUNCIL)
    offer((NOTE, DRAFT), summary.handout, "conseil")
    _step("4. Signer la convention tripartite", steps.convention, tariff, FOR_CONVENTION)
    _step("5. Commander", steps.order, tariff, FOR_ORDER)


def _step(heading: str, step: Step, tariff: Tariff, handed: str = "") -> None:
    fact = f"<p>{text(step.fact)}{source(step, tariff)}</p>" if step.fact and step.holds(tariff) else ""
    given = f"<p>{text(handed)}</p>" if handed else ""
    asked = text(f"À confirmer auprès du CDG 62 : {step.to_confirm}")
    to_confirm = f'<p class="to-confirm">{asked}</p>' if step.to_confirm else ""
    st.html(f"<h3>{text(heading)}</h3>{fact}{to_confirm}{given}")


def _requests(summary: Summary) -> None:
    asked = requests(summary)
    if not asked:
        st.html(f"<p>{text(NOTHING_BILLED)}</p>")
        return
    st.html(f'<p class="note">{text(PRIVATE)}</p>')
    ready = component("demandes", html=_MARKUP, css=_STYLE, js=_SCRIPT)
    ready(
        data={
            "requests": [_shown(each) for each in asked],
            "lines": [[CONTACT, BLANK, "name", "phone"], [START, asked[0].start, "start"]],
            "longest": LONGEST,
            "left": LEFT,
            "copy": "Copier la demande",
            "done": "Copié",
            "by_hand": "Copiez avec Ctrl + C",
        },
        key="demandes",
    )
    offer([REQUESTS[each.payee] for each in asked], summary.handout, "demandes-pdf")


def _shown(request: Request) -> dict[str, object]:
    return {
        "heading": request.heading,
        "title": request.title,
        "to": _reached(request.desk),
        "mail": request.mail,
        "texts": [vars(each) for each in request.texts],
    }


def _reached(desk: Desk) -> str:
    """Say how a desk is reached."""
    ways = " ; ".join(filter(None, [desk.mail, desk.phone, desk.page]))
    return f"Où l'envoyer : {ways}" if ways else UNKNOWN
