// The list of communes is searched as people write. Streamlit looks for what is typed, letter by letter, in each label;
// a label is a name, a separator, then every folded way to write it (pricing/communes.py). So Streamlit is given what is
// typed in its folded form, while the field shows it as it was typed, and of a label only the name is shown.
const FIELD = ".st-key-commune input";
const LIST = "[data-testid=stSelectboxVirtualDropdown]";
const SEPARATOR = "\u2063";
const HIDDEN = /\u2063[a-z0-9 ·]*/g;
const WORDS = new Map(Object.entries({ st: "saint", ste: "sainte", mt: "mont", lez: "les", ss: "s" }));

// As `folded` in pricing/communes.py.
function folded(words) {
  const bare = words.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").normalize("NFKD").replace(/[\p{Mn}\p{Cf}]/gu, "");
  const plain = (bare.match(/[a-z0-9]+/g) ?? []).map((word) => WORDS.get(word) ?? word).join(" ");
  return plain.replace(/\bs( s)+\b/g, "s").replace(/\b62 (\d{3})\b/g, "62$1");
}

const shownOf = (label) => label.replace(HIDDEN, "");

// The letters added in one place of a text; null where something else was changed.
function added(before, after) {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  const end = before.length - start;
  return after.length > before.length && after.endsWith(before.slice(start)) ? after.slice(start, after.length - end) : null;
}

// React keeps the value of a field through a property of the field itself: ours stands before it.
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
      // Streamlit puts what is added to a chosen label in its place.
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

// What was typed and not sent is sent when the field is left: Streamlit would drop it without a word.
let unsent = false;
// The first of the list is not chosen by Enter alone, where nothing was typed.
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
    if (document.activeElement === field) event.stopPropagation(); // another window is looked at: the typing goes on after
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
