// A press acts on the page as it is once all that was typed before it is counted. While a field holds text not sent
// yet, or a run of the page is on its way, Streamlit would act on an older simulation, or on a control that moved under
// the pointer: such a press is held, the field is sent, and then the same control is pressed. A press counts once.
const ACTS = "a[href], button, summary, [role=button], label:has(input[type=checkbox]), input[type=checkbox]";
const NEVER_HELD = "[data-testid=stNumberInput], [data-testid=stSelectbox]";
const MAY_REPEAT = "[role=radio], input[type=checkbox], .sorts";
const TEXT = "input:not([type=checkbox]), textarea";
const [TWICE, NEAR] = [500, 24]; // milliseconds and pixels within which a second press is the same one
const GONE = "Ce que vous avez pressé n'est plus proposé : la page vient de changer. Rien n'a été fait.";
const page = document.documentElement;
const NONE = { at: -Infinity };

let current = null; // the press under way
let last = NONE; // the last press that may not be repeated
let waiting = 0;
let queue = Promise.resolve();

const found = (event, selector) => event.composedPath().find((each) => each.matches?.(selector));
const unsent = () => [...document.querySelectorAll("[data-unsent] :is(input, textarea)")];
const awaited = () => waiting > 0 || "awaited" in page.dataset;
const moment = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
// The name of a choice is followed by a colon and figures, which may change; a button that says what it has done keeps
// its own name apart (copy.js).
const name = (control) =>
  (control.dataset.label ?? control.getAttribute("aria-label") ?? control.textContent).split(" : ")[0].trim();

function actsOn(event) {
  const control = found(event, ACTS);
  if (!control || control.closest(NEVER_HELD)) return null;
  return control.matches("label") ? control.querySelector("input") : control;
}

// Identify a control as its visitor does: by the key of its place on the page, and by its name.
function identity(control) {
  const place = control.closest("[class*=st-key-]");
  const key = place && [...place.classList].find((each) => each.startsWith("st-key-"));
  return { control, key, name: name(control), kind: control.tagName };
}

const named = (one, other) => one.name === other.name && one.kind === other.kind;
const same = (one, other) => one.control === other.control || (one.key === other.key && named(one, other));

// Find the same control on the present page: of the same key and name, or alone under its key, if that has no rank.
function again(offered) {
  const here = [...new Set([offered.control, ...document.querySelectorAll(ACTS)])]
    .filter((each) => each.isConnected && (each.checkVisibility?.() ?? each.getClientRects().length > 0) && !each.disabled)
    .map(identity)
    .filter((each) => each.key === offered.key && each.kind === offered.kind);
  const alone = offered.key && !/\d/.test(offered.key) && here.length === 1 ? here[0] : undefined;
  return (here.find((each) => named(each, offered)) ?? alone)?.control;
}

function say(words) {
  const said = document.querySelector("#pressed") ?? document.body.appendChild(document.createElement("p"));
  Object.assign(said, { id: "pressed", role: "status", textContent: words });
  setTimeout(() => said.textContent === words && said.remove(), 8_000);
}

// Streamlit sends what a field held, or what was pressed, some moments later.
async function someMoments() {
  for (let moments = 0; moments < 3; moments++) await moment();
}

async function everythingCounted() {
  for (const field of unsent()) {
    if (field === document.activeElement) field.blur();
    else field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  }
  await someMoments();
  if ("awaited" in page.dataset) await new Promise((done) => document.addEventListener("quiet", done, { once: true }));
}

function hold(act) {
  waiting += 1;
  page.dataset.held = "";
  queue = queue
    .then(everythingCounted)
    .then(act)
    .then(someMoments)
    .catch(() => say(GONE)) // whatever fails, the next press still counts
    .finally(() => {
      waiting -= 1;
      if (!waiting) delete page.dataset.held;
    });
}

function giveFocus() {
  const dialog = document.querySelector("[role=dialog]");
  if (dialog && document.activeElement === document.body) dialog.focus();
}

function press(offered) {
  const control = again(offered);
  if (control) control.click();
  else say(GONE);
}

function repeats(offered, { timeStamp, clientX, clientY }) {
  if (!last.offered) return false;
  const one = offered && same(last.offered, offered);
  if (timeStamp - last.at > TWICE) return one && !last.answered && awaited();
  return one || Math.hypot(clientX - last.x, clientY - last.y) < NEAR;
}

// Decide on a press: it passes to the page, is held until it can act, or is dropped as a second press of the same.
function begin(event, control, own) {
  const { timeStamp: at, clientX: x, clientY: y } = event;
  const offered = control && identity(control);
  if (event.repeat || repeats(offered, event)) {
    last.at = at;
    return { fate: "drop" };
  }
  if (!control) return null;
  last = control.matches(MAY_REPEAT) ? NONE : { at, offered, x, y };
  const busy = awaited() || unsent().some((field) => field !== own);
  return { fate: busy ? "hold" : "pass", offered, x, y };
}

// Stop the events of a press that is held or dropped before they reach the page.
function keep(event) {
  if (!current || current.fate === "pass") return;
  event.stopImmediatePropagation();
  if (current.fate === "drop" || event.type === "click" || current.key) event.preventDefault();
}

function pointed(event) {
  const { type } = event;
  if (!event.isTrusted) return;
  const spoken = type === "click" && event.detail === 0 && !current?.key; // clicked by an assistive technology
  if ((type === "pointerdown" && event.button === 0) || spoken) current = found(event, TEXT) ? null : begin(event, actsOn(event));
  keep(event);
  if (type === "pointercancel") current = null;
  if (current?.fate !== "hold" || !(spoken || type === "pointerup")) return;
  const { offered, x, y } = current;
  if (spoken || Math.hypot(event.clientX - x, event.clientY - y) < 2 * NEAR) hold(() => press(offered));
}

// Enter in the field of a form is a press on the form's button.
function pressedBy(event, field) {
  if (event.key !== "Enter" && (event.key !== " " || field)) return null;
  if (field) return field.closest(".st-key-nom-scenario") && document.querySelector(".st-key-garder-scenario button");
  return actsOn(event);
}

function keyed(event) {
  if (!event.isTrusted) return;
  const field = found(event, TEXT);
  const control = pressedBy(event, field);
  const prints = event.key.toLowerCase() === "p" && (event.ctrlKey || event.metaKey) && (awaited() || unsent().length > 0);
  if (prints) current = { fate: "hold", act: () => window.print() };
  else current = control ? begin(event, control, field) : null;
  if (!current) last = NONE; // another key came in between: the next press is no repetition
  if (current) current.key = true;
  keep(event);
  if (current?.fate !== "hold") return;
  const { act, offered } = current;
  const before = document.activeElement;
  hold(() => {
    if (document.activeElement === document.body) before.focus({ preventScroll: true });
    (act ?? (() => press(offered)))();
  });
}

for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "pointercancel", "click"]) addEventListener(type, pointed, true);
addEventListener("keydown", keyed, true);
addEventListener(
  "keyup",
  (event) => {
    if (!current?.key) return;
    keep(event);
    const done = current;
    setTimeout(() => current === done && (current = null));
  },
  true,
);
document.addEventListener("quiet", () => {
  last.answered = true;
  // A held press opens a dialog by a script, not by hand: the browser may not give the dialog the focus.
  for (const wait of [0, 700]) setTimeout(giveFocus, wait);
});
for (const type of ["input", "wheel", "touchmove"]) addEventListener(type, () => (last = NONE), { capture: true, passive: true });
