// Every number of the page is whole and typed in digits, as they are written in French: « 1 250 hab. » is 1250. A
// browser silently drops what it cannot read, and makes 45 of « 4/5 »: anything else is refused here with a message,
// and so is what follows it in the same run of typing.
const NUMBER = "[data-testid=stNumberInput] input";
const WORDS = "Un nombre entier, en chiffres seulement : vérifiez ce nombre.";
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const WHOLE = /^\s*(\d+|\d{1,3}(?:[ \u00a0\u202f\u2009'’]+\d{3})+)\s*(\D*?)\s*$/;
const BEGUN = /^\d{1,3}(?:[ \u00a0\u202f\u2009'’]+\d{3})*[ \u00a0\u202f\u2009'’]+\d{0,3}$/;
const MODIFIERS = ["Alt", "AltGraph", "CapsLock", "Control", "Dead", "Meta", "Process", "Shift", "Unidentified"];
const PAUSE = 2_000; // milliseconds without typing after which a run of typing is over

const told = new WeakMap(); // by field, the number for which the message is shown
let run = {}; // what is typed without a pause into one field
let typing = {}; // a field whose contents are not sent yet, and the number that it held before

const isNumber = (target) => target.matches?.(NUMBER);
const around = (field) => field.closest("[data-testid=stNumberInput]");

// A number may be followed by a word of its field's own label, plural or shortened (« 4 comptes », « 1 250 hab. »). A
// letter or two are only its beginning: « 2 M » is no 2.
function read(field, text, typing = false) {
  const [, digits, unit] = WHOLE.exec(text.replace(INVISIBLE, "")) ?? [];
  if (!digits) return null;
  const begin = unit.toLowerCase().replace(/(\p{L}{2})s?\.?$/u, "$1");
  const named = around(field).querySelector("label").textContent.toLowerCase().split(/[^\p{L}€]+/u);
  const known = (word) => word.startsWith(begin) && (typing || begin.length > 2 || word === begin);
  return unit && !named.some(known) ? null : digits.replace(/\D/g, "");
}

// `text` is what the next character is typed after: the whole text of the field, unless it is selected.
function start(field, text) {
  run = { field, text, before: field.validity.badInput ? run.before : field.value, refused: false, last: 0 };
}

function refuse(field, words = WORDS) {
  unsay(field);
  told.set(field, field.value);
  const said = around(field).appendChild(document.createElement("p"));
  said.className = "refused";
  said.setAttribute("role", "alert");
  said.textContent = words;
}

function unsay(field) {
  around(field)?.querySelector(".refused")?.remove();
}

function write(field, number) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, number);
}

function typed(event, field, text) {
  const now = performance.now();
  if (run.field !== field || (run.refused && now - run.last > PAUSE)) start(field);
  if (!run.last) run.before = field.value;
  run.last = now;
  if (run.refused) return event.preventDefault();
  const whole = (run.text ?? field.value) + text;
  if (read(field, whole, true) === null && !BEGUN.test(whole)) {
    event.preventDefault();
    run.refused = true;
    // None of it is taken, since « 1.250 » does not mean 1.
    write(field, run.before);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return refuse(field);
  }
  run.text = whole;
  if (!/^\d+$/.test(text)) event.preventDefault();
}

// A number that is pasted or dropped is taken or refused as a whole.
function pasted(event, field, text) {
  event.preventDefault();
  start(field);
  const number = read(field, text);
  if (number === null) return refuse(field);
  if (event.inputType === "insertFromDrop") {
    field.focus();
    field.select();
  }
  start(field, "");
  document.execCommand("insertText", false, number);
  start(field);
}

document.addEventListener(
  "beforeinput",
  (event) => {
    const field = event.target;
    if (!isNumber(field)) return;
    if (typing.field !== field) typing = { field, before: field.value };
    if (event.isComposing) return;
    const text = event.data ?? event.dataTransfer?.getData("text/plain");
    if (!event.inputType.startsWith("insert") || !text) return start(field);
    if (event.inputType === "insertText" && (text.length === 1 || /^\d+$/.test(text))) typed(event, field, text);
    else pasted(event, field, text);
  },
  true,
);

document.addEventListener(
  "input",
  ({ target }) => {
    if (!isNumber(target)) return;
    if (/^0+\d/.test(target.value)) write(target, target.value.replace(/^0+(?=\d)/, ""));
    unsay(target);
  },
  true,
);

// Text that could not be refused while it was typed (an input method wrote it, or the browser lets letters in) is
// removed before Streamlit reads it: Streamlit would count 0, or what is left of the text.
function takeBack(field, number, words) {
  write(field, number ?? "");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  refuse(field, words);
  start(field);
}

const spaced = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, "\u00a0");

// Streamlit would keep a number out of bounds in its field, whatever number the page gives that field later.
function outOfBounds({ value, min, max }) {
  const number = value.length > 15 ? "Ce nombre" : spaced(value);
  return `${number} est refusé, le nombre d'avant est gardé. Il faut un nombre entier, de ${min} à ${spaced(max)}.`;
}

function leave(event) {
  const field = event.target;
  if (!isNumber(field)) return;
  const unfinished = run.field === field && run.text && read(field, run.text) === null;
  const { badInput, rangeOverflow, rangeUnderflow } = field.validity;
  const [number, words] = rangeOverflow || rangeUnderflow ? [typing.before, outOfBounds(field)] : [run.before, WORDS];
  if (typing.field === field) typing = {};
  // A field that was left before may be left again, to be read again: what is typed into another one goes on.
  if (words === WORDS && !unfinished && !badInput) return void (run.field === field && start(field));
  event.stopImmediatePropagation();
  event.preventDefault(); // an arrow key must not change the number
  takeBack(field, number, words);
  setTimeout(() => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
}

document.addEventListener("focusout", leave, true);
document.addEventListener("compositionstart", ({ target }) => isNumber(target) && start(target));
document.addEventListener("compositionend", ({ target, data }) => {
  if (isNumber(target) && data && read(target, data) === null) setTimeout(() => takeBack(target, run.before, WORDS));
});
document.addEventListener(
  "keydown",
  (event) => {
    const { key, target } = event;
    const command = key.length > 1 ? !MODIFIERS.includes(key) : (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!isNumber(target) || !command || key === "Tab") return; // Tab leaves the field, which is checked then
    if (key === "Enter") {
      leave(event);
      target.select(); // at once, for typing to go on; and again once Streamlit has rewritten the number
      start(target, "");
      return void setTimeout(() => document.activeElement === target && run.text === "" && target.select());
    }
    start(target, key.toLowerCase() === "a" ? "" : undefined);
    if (key !== "ArrowUp" && key !== "ArrowDown") return;
    unsay(target);
    leave(event);
  },
  true,
);

// A click that enters a field selects its number, so that the next digits replace it; the next click places the caret.
let entered = null;
document.addEventListener("focusin", ({ target }) => {
  if (!isNumber(target)) return;
  entered = target;
  start(target, "");
});
document.addEventListener("pointerdown", ({ target }) => {
  entered = null;
  if (isNumber(target)) start(target, "");
});
document.addEventListener("click", ({ target }) => {
  if (isNumber(target) && entered === target) target.select();
  entered = null;
});

// This runs before Streamlit sees the click, since Streamlit then removes the button that was clicked.
document.addEventListener(
  "click",
  ({ target }) => {
    const field = target.closest?.("[data-testid=stNumberInput] button") && around(target).querySelector("input");
    if (!field) return;
    unsay(field);
    start(field, "");
    typing = {};
  },
  true,
);

document.addEventListener("quiet", () => {
  for (const words of document.querySelectorAll(".refused")) {
    const field = words.parentElement.querySelector("input");
    if (Number(field.value) !== Number(told.get(field))) unsay(field);
  }
});

// The wheel scrolls the page even over a field, where Streamlit stops it and a browser would change the number.
document.addEventListener(
  "wheel",
  (event) => {
    if (!isNumber(event.target)) return;
    event.stopImmediatePropagation();
    event.target.readOnly = true;
    setTimeout(() => (event.target.readOnly = false));
  },
  { capture: true, passive: true },
);

// With this attribute a phone shows its keypad of digits.
new MutationObserver(() => {
  for (const field of document.querySelectorAll(`${NUMBER}:not([inputmode])`)) field.inputMode = "numeric";
}).observe(document.body, { childList: true, subtree: true });
