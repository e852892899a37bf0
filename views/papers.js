// The papers of many communes as one file: how many the server has made, a way to stop, and the file at the end.
// Without this script the link downloads the same file.
const LINK = 'a.document[href*="documents/notes.zip"]';
const FILE_BEGINS = [0x50, 0x4b, 3, 4, 20, 0, 8, 0, 8, 0]; // first bytes before each file of the archive (PKZIP)
const LOST = "Les notes n'ont pas pu être téléchargées\u00a0: la connexion a été coupée. Réessayez.";
const STOPPED = "Arrêté\u00a0: rien n'a été enregistré.";
const STAYS = 10_000; // milliseconds for which the last sentence stays

let stop = null; // what ends the download under way

// Count the files that begin in each piece, one of which may begin in two pieces.
function counter() {
  let before = new Uint8Array();
  let count = 0;
  return (piece) => {
    const bytes = new Uint8Array(before.length + piece.length);
    bytes.set(before);
    bytes.set(piece, before.length);
    for (let at = bytes.indexOf(FILE_BEGINS[0]); at >= 0; at = bytes.indexOf(FILE_BEGINS[0], at + 1))
      if (FILE_BEGINS.every((byte, rank) => bytes[at + rank] === byte)) count += 1;
    before = bytes.slice(-(FILE_BEGINS.length - 1));
    return count;
  };
}

function panel() {
  const shown = document.body.appendChild(document.createElement("section"));
  shown.className = "papers";
  shown.setAttribute("aria-label", "Téléchargement des notes");
  const [words, bar, said, button] = ["p", "progress", "p", "button"].map((each) => shown.appendChild(document.createElement(each)));
  bar.setAttribute("aria-label", "Notes faites");
  Object.assign(button, { type: "button", textContent: "Arrêter" });
  said.setAttribute("aria-live", "polite");
  said.className = "said";
  return { shown, words, bar, button, said };
}

// A screen reader is told each quarter, not each paper.
function tell(shown, count, all) {
  const { words, bar, said } = shown;
  words.textContent = `${count} ${count > 1 ? "notes" : "note"} sur ${all}`;
  bar.max = all;
  bar.value = count;
  const quarter = Math.floor((4 * count) / all);
  if (shown.quarter !== quarter) said.textContent = words.textContent;
  shown.quarter = quarter;
}

function end({ shown, words, bar, button, said }, sentence) {
  bar.remove();
  words.remove();
  said.classList.remove("said");
  said.textContent = sentence;
  button.textContent = "Fermer";
  button.onclick = () => shown.remove();
  setTimeout(() => shown.contains(document.activeElement) || shown.remove(), STAYS);
}

// The page that refuses says why in its first paragraph.
async function refusal(response) {
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  return answer.querySelector("p")?.textContent || LOST;
}

function save(pieces, response) {
  const url = URL.createObjectURL(new Blob(pieces, { type: "application/zip" }));
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition"))?.[1] ?? "notes.zip";
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

async function received(link, shown, signal) {
  const response = await fetch(link.href, { signal });
  if (!response.ok) return refusal(response);
  const all = Number(response.headers.get("x-papers"));
  const [pieces, count] = [[], counter()];
  const reader = response.body.getReader();
  let papers = 0;
  tell(shown, 0, all);
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    pieces.push(value);
    papers = Math.min(all, count(value));
    tell(shown, papers, all);
  }
  save(pieces, response);
  return papers === 1 ? "1 note, dans votre dossier de téléchargements." : `${papers} notes, dans votre dossier de téléchargements.`;
}

async function take(link) {
  const shown = panel();
  stop = new AbortController();
  shown.words.textContent = "Les notes se préparent…";
  shown.button.onclick = () => stop.abort();
  try {
    end(shown, await received(link, shown, stop.signal));
  } catch ({ name }) {
    end(shown, name === "AbortError" ? STOPPED : LOST);
  } finally {
    stop = null;
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(LINK);
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || !window.ReadableStream) return;
  event.preventDefault();
  if (!stop) take(link);
});
