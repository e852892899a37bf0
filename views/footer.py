"""The foot of the page: sources, assumptions, accessibility, legal notice and privacy."""

import streamlit as st

from pricing import Tariff
from pricing.communes import VINTAGE
from views.markup import text
from views.reports.handout import long_date
from views.reports.wording import assumptions


def show(tariff: Tariff) -> None:
    """Show what the estimate rests on, and what the page does and does not do."""
    adopted = long_date(tariff.adopted)
    st.html(
        f"""<footer>
<details><summary>Sources et hypothèses</summary>
<p>Tarifs : {text(tariff.body)}, délibération du {adopted}, « {text(tariff.title)} ».
{text(" ".join(assumptions(tariff)))}</p>
<p>Habitants : {VINTAGE}, d'après le découpage administratif d'Etalab (INSEE, DGCL, La Poste), sous Licence Ouverte 2.0.
La population totale, un peu différente, peut changer la catégorie d'une commune : vous pouvez corriger le nombre.</p>
</details>
<details><summary>Accessibilité : non auditée</summary>
<p>Cette page n'a pas fait l'objet d'un audit de conformité au référentiel général d'amélioration de l'accessibilité.
Elle est conçue pour être utilisée au clavier, avec un lecteur d'écran et agrandie à 200 % ; chaque graphique a un texte
et un tableau. Si quelque chose vous arrête, dites-le au CDG 62.</p>
</details>
<details><summary>Mentions et vie privée</summary>
<p>Estimation indicative et gratuite, sans valeur de devis : seuls les devis de La Fibre Numérique 59-62 et du CDG 62
engagent.</p>
<p>Rien de ce que vous saisissez n'est conservé sur le serveur : la simulation tient dans l'adresse de la page. Aucun
compte, aucune mesure d'audience, aucun appel à un autre site. Qui reçoit le lien voit la simulation.</p>
</details>
</footer>"""
    )
