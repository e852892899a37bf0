// The list of communes is searched the way people write. Streamlit looks for the text typed, letter by letter, in each
// label: a name, a separator, then every folded way to write it (pricing/communes.py). So Streamlit is given the text
// in its folded form, while the field shows it as it was typed, and only the name of a label is shown.
const FIELD = ".st-key-commune input";
const LIST = "[role=listbox]";
const SEPARATOR = "\u2063";
const HIDDEN = /\u2063[a-z0-9 ·]*/g;
const WORDS = new Map(Object.entries({ st: "saint", ste: "sainte", mt: "mont", lez: "les", ss: "s" }));

// The same as `folded` in pricing/communes.py.
function folded(words) {
  const bare = words.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").normalize("NFKD").replace(/[\p{Mn}\p{Cf}]/gu, "");
  const plain = (bare.match(/[a-z0-9]+/g) ?? []).map((word) => WORDS.get(word) ?? word).join(" ");
  return plain.replace(/\bs( s)+\b/g, "s").replace(/\b62 (\d{3})\b/g, "62$1");
}

window.folded = folded; // communes are found the same way in their table (group_table.js)

const shownOf = (label) => label.replace(HIDDEN, "");

// Return the letters added in one place of a text; null where something else was changed.
function added(before, after) {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  const end = before.length - start;
  return after.length > before.length && after.endsWith(before.slice(start)) ? after.slice(start, after.length - end) : null;
}

// React reads and writes a field's value through a property of the field: ours is put in front of it.
const known = new WeakSet();

function foldWhatIsRead(field) {
  const react = Object.getOwnPropertyDescriptor(field, "value");
  if (known.has(field) || !react?.set) return;
  known.add(field);
  let label = "";
  const value = {
    configurable: true,
    enumerable: true,
    get() {
      const typed = react.get.call(field);
      const shown = shownOf(label);
      if (label && typed === shown) return label;
      // Streamlit replaces a chosen label by the text that is added to it.
      const letters = label && added(shown, typed);
      return letters ? label + folded(letters) : folded(typed) || typed;
    },
    set(written) {
      if (written === field.value) return;
      label = written.includes(SEPARATOR) ? written : "";
      react.set.call(field, shownOf(written));
    },
  };
  const first = field.value;
  Object.defineProperty(field, "value", value);
  if (first.includes(SEPARATOR)) field.value = first;
}

// Text typed but not sent is sent when the field is left: Streamlit would silently drop it.
let unsent = false;
// Enter alone, where nothing was typed, does not choose the first commune of the list.
let moved = false;

document.addEventListener("focusin", () => {
  moved = false;
});
document.addEventListener("input", ({ target }) => {
  if (target.matches?.(FIELD)) unsent = true;
});
document.addEventListener(
  "keydown",
  (event) => {
    if (!event.target.matches?.(FIELD)) return;
    if (event.key.startsWith("Arrow")) moved = true;
    if (event.key !== "Enter") return;
    unsent = false;
    if (!moved && !event.target.value) event.stopImmediatePropagation();
  },
  true,
);
document.addEventListener(
  "focusout",
  (event) => {
    const field = event.target;
    if (!field.matches?.(FIELD) || event.relatedTarget?.closest(`.st-key-commune, ${LIST}`)) return;
    if (document.activeElement === field) event.stopPropagation(); // in another window: the typing may go on later
    else if (unsent && field.value && !field.value.includes(SEPARATOR))
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true, cancelable: true }));
  },
  true,
);

function hide(text) {
  if (text.data.includes(SEPARATOR)) text.data = shownOf(text.data);
}

new MutationObserver(() => {
  const field = document.querySelector(FIELD);
  if (field) foldWhatIsRead(field);
  for (const place of document.querySelectorAll(`${LIST}, [data-live-announcer]`)) {
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) hide(texts.currentNode);
  }
}).observe(document.body, { childList: true, subtree: true, characterData: true });
