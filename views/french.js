// Translates into French what Streamlit leaves in English in its own controls, since it has no setting for that.
// Only whole texts are matched; texts that a simulation could hold are matched only outside what the page wrote itself.
const ATTRIBUTES = ["aria-label", "aria-roledescription", "title", "placeholder", "alt"];

const STRINGS = new Map(
  Object.entries({
    // Controls
    "Skip to main content": "Aller au contenu principal",
    Increment: "Augmenter",
    Decrement: "Diminuer",
    "Clear value": "Effacer la valeur",
    "Clear all": "Tout effacer",
    "No results": "Aucun résultat",
    "Select all": "Tout choisir",
    "Choose an option": "Choisissez",
    "Choose options": "Choisissez",
    "Selected values": "Choix faits",
    "Multiselect options": "Choix possibles",
    Multiselect: "Choix",
    "Press Ctrl+Enter to apply": "Ctrl + Entrée pour valider",
    "Press ⌘+Enter to apply": "⌘ + Entrée pour valider",
    "Press Enter to apply": "Entrée pour valider",
    "Press Enter to submit form": "Entrée pour valider",
    Open: "Ouvrir",
    Close: "Fermer",
    Dismiss: "Fermer",
    // Charts
    "Show data": "Afficher les données",
    "Download as PNG": "Télécharger l'image",
    "Copy Vega-Lite spec": "Copier la définition du graphique",
    Fullscreen: "Plein écran",
    visualization: "graphique",
    "group mark container": "groupe de marques",
    // Status of the page
    Error: "Erreur",
    "Please wait...": "Veuillez patienter…",
    "Running...": "Calcul en cours…",
    Stop: "Arrêter",
    "Stopping...": "Arrêt en cours…",
    Connecting: "Connexion en cours",
    "Connecting to Streamlit server": "Connexion au serveur en cours",
    "Unable to connect to Streamlit server": "Le serveur ne répond pas",
    // Dialogs of errors
    "Connection error": "Connexion perdue",
    "Connection timed out.": "Le serveur met trop de temps à répondre.",
    "Streamlit server is not responding. Are you connected to the internet?":
      "Le serveur ne répond pas. Êtes-vous bien connecté à internet ? La simulation est gardée dans l'adresse de la page.",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "Le serveur ne répond pas. S'il a été arrêté sur ce poste, relancez-le :",
    "Script execution error": "Erreur de la page",
    "Bad message format": "Message illisible",
    "Page not found": "Page introuvable",
    "Try again": "Réessayer",
  }),
);

const number = (digits) => Number(digits.replaceAll(",", "")).toLocaleString("fr-FR");

const PATTERNS = [
  [/^(Show data|Download as PNG|Copy Vega-Lite spec|Fullscreen): /, (_, action) => `${STRINGS.get(action)} : `],
  [/^([\d,]+) options? available\.$/, (_, count) => (count === "0" ? "Aucun choix." : `${number(count)} choix.`)],
  [/^Select ([\d,]+) matches$/, (_, count) => `Choisir ces ${number(count)}`],
  [/^Remove (.+)$/, (_, chosen) => `Retirer ${chosen}`],
  // Text typed into the list of communes, which Streamlit offers as a choice.
  [/^Add: (.+)$/, (_, typed) => `Chercher « ${typed} »`],
  [/^(.+), selected$/, (_, option) => `${option}, choisi`],
  [/^Connection failed with status (\d+)\.?$/, (_, status) => `La connexion a échoué (code ${status}).`],
];

// Places that the page wrote itself; a tooltip holds texts of both kinds.
const WRITTEN = "[data-testid=stMarkdownContainer], [data-testid=stHtml], svg, textarea, style, script";
const BUILT_IN = "[role=tooltip]";

function french(text) {
  const plain = text.trim();
  const [pattern, replacement] = PATTERNS.find(([each]) => each.test(plain)) ?? [];
  return STRINGS.get(plain) ?? (pattern ? plain.replace(pattern, replacement) : null);
}

function translateText(node) {
  const translated = french(node.data);
  const parent = node.parentElement;
  if (translated && parent && (!parent.closest(WRITTEN) || parent.closest(BUILT_IN))) node.data = translated;
}

function translateAttribute(element, name) {
  const translated = french(element.getAttribute(name) ?? "");
  if (translated) element.setAttribute(name, translated);
}

function visit(root) {
  if (root.nodeType === Node.TEXT_NODE) return translateText(root);
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = root; node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) translateText(node);
    else for (const name of ATTRIBUTES) if (node.hasAttribute(name)) translateAttribute(node, name);
  }
}

document.documentElement.lang = "fr";
visit(document.body);
new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(visit);
    else if (change.type === "attributes") translateAttribute(change.target, change.attributeName);
    else translateText(change.target);
  }
}).observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: ATTRIBUTES });
