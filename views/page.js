// What Streamlit leaves to the page itself: an edit that a lost server never received, the keyboard's place, and a page
// that opens after all.

// A server found again is not told by Streamlit of an edit that was on its way when it was lost: the field would show
// one number and the figures answer another. It is made to look again, by Streamlit's own key for that.
const CONNECTION = "data-test-connection-state";
let connections = 0;

function connection(app) {
  if (app.getAttribute(CONNECTION) !== "CONNECTED") return;
  connections += 1;
  if (connections > 1) document.dispatchEvent(new KeyboardEvent("keydown", { key: "r", code: "KeyR", bubbles: true }));
}

// What gives way to something else in its place leaves the keyboard nowhere: the next Tab would start at the top again.
const FOLLOWS = {
  "st-key-commune": ".st-key-chercher button",
  "st-key-proches": ".st-key-chercher button",
  "st-key-chercher": ".st-key-commune input",
};
let held = null;

document.addEventListener("focusin", ({ target }) => {
  const key = Object.keys(FOLLOWS).find((each) => target.closest(`.${each}`));
  held = key ? { target, follows: FOLLOWS[key] } : null;
});
document.addEventListener("pointerdown", () => {
  held = null;
});

function keepFocus() {
  if (held && !held.target.isConnected && document.activeElement === document.body) document.querySelector(held.follows)?.focus();
}

// The index holds a sentence for a page that cannot open: this one has. A browser without Object.hasOwn shows but half of it.
const cannotOpen = document.querySelector(".cannot-open");
if (!Object.hasOwn) cannotOpen?.classList.add("stays");

function opened() {
  if (cannotOpen?.isConnected && Object.hasOwn && document.querySelector("#root h1")) cannotOpen.remove();
}

new MutationObserver((changes) => {
  opened();
  for (const change of changes) if (change.type === "attributes") connection(change.target);
  keepFocus();
}).observe(document.body, { childList: true, subtree: true, attributeFilter: [CONNECTION] });
