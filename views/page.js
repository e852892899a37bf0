// Tasks that Streamlit leaves to the page: an edit that a lost server never received, the focus of the keyboard, the
// sentence for a page that cannot open, the button that prints, and the height of a page in a frame.

// When a lost server is found again, Streamlit does not send again an edit that was on its way: the field would show
// one number and the figures answer another. The page is run again, by Streamlit's own key for that.
const CONNECTION = "data-test-connection-state";
let connections = 0;

function connection(app) {
  if (app.getAttribute(CONNECTION) !== "CONNECTED") return;
  connections += 1;
  if (connections > 1) document.dispatchEvent(new KeyboardEvent("keydown", { key: "r", code: "KeyR", bubbles: true }));
}

// A control that is replaced by another loses the keyboard's focus: the next Tab would start at the top of the page.
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

// A button that prints the page, once all that was typed is counted (presses.js).
document.addEventListener("click", ({ target }) => target.closest?.(".print") && window.print());

// The index has a sentence for a page that cannot open. A browser without Object.hasOwn opens half of one: it stays.
const cannotOpen = document.querySelector(".cannot-open");
if (!Object.hasOwn) cannotOpen?.classList.add("stays");

function opened() {
  if (cannotOpen?.isConnected && Object.hasOwn && document.querySelector("#root h1")) cannotOpen.remove();
}

// In a frame on another site the page is a part of that site's page: it leaves out what that page already has (see
// « framed » in style.css) and sends it its height, and nothing else, so that one scroll bar serves both.
let measured = null;
const sizes = new ResizeObserver(([{ target }]) => {
  const height = Math.ceil(target.getBoundingClientRect().height);
  window.parent.postMessage({ simulateur: { height } }, "*");
});

let framed = false;
try {
  window.top.document; // a frame of the same site is left to its host
} catch {
  framed = true;
  document.documentElement.classList.add("framed");
}

function measure() {
  const whole = document.querySelector("[data-testid=stMainBlockContainer]");
  if (!whole || whole === measured) return;
  sizes.disconnect();
  sizes.observe(whole);
  measured = whole;
}

// The bar of a narrow screen that was opened stays open when an edit brings its new content.
// The event "toggle" would come too late: a change of the page at the same time would open again what is being closed.
let unfolded = false;
document.addEventListener("click", (event) => {
  const more = event.target.closest(".more summary")?.parentElement;
  if (more && !event.defaultPrevented) unfolded = !more.open;
});

function keepUnfolded() {
  const more = unfolded && document.querySelector(".more:not([open])");
  if (more) more.open = true;
}

// A scenario just kept is brought into view in its column. Nothing is scrolled while the section is being opened.
let kept = null;

document.addEventListener("quiet", () => {
  const section = document.querySelector(".st-key-section-comparer");
  const place = section?.querySelector("[data-kept]");
  const now = section && Number(place?.dataset.kept ?? 0);
  if (kept !== null && now > kept) place.scrollIntoView({ block: "nearest" });
  kept = now;
});

new MutationObserver((changes) => {
  opened();
  keepUnfolded();
  if (framed) measure();
  for (const change of changes) if (change.type === "attributes") connection(change.target);
  keepFocus();
}).observe(document.body, { childList: true, subtree: true, attributeFilter: [CONNECTION] });
