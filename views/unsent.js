// Mark a field whose contents are not sent yet, until it is left or Enter is pressed, which sends them. The figures do
// not count them, so the printed page does not show them either.
const FIELD = "[data-testid=stNumberInput] input, [data-testid=stTextInput] input";
const AROUND = "[data-testid=stNumberInput], [data-testid=stTextInput]";
const MARK = "data-unsent";
const counted = new Map(); // by field, the value that the figures count, until they count the one it holds
let edits = 0;
const around = (field) => field.closest(AROUND);
const edited = (field) => around(field).setAttribute(MARK, ++edits);

// Streamlit sends a field some moments after it is left.
function sent(field) {
  const edit = around(field)?.getAttribute(MARK);
  if (edit) setTimeout(() => around(field)?.getAttribute(MARK) === edit && around(field).removeAttribute(MARK), 50);
}

function remember({ target }) {
  const field = target.matches?.(FIELD) ? target : target.closest?.("[data-testid=stNumberInput]")?.querySelector("input");
  if (field && !counted.has(field)) counted.set(field, field.value);
}

for (const type of ["beforeinput", "keydown", "pointerdown"]) document.addEventListener(type, remember, true);
document.addEventListener("quiet", () => {
  for (const field of counted.keys()) if (!around(field)?.hasAttribute(MARK)) counted.delete(field);
});

document.addEventListener("input", ({ target }) => target.matches?.(FIELD) && edited(target), true);
document.addEventListener("focusout", ({ target }) => target.matches?.(FIELD) && sent(target), true);
document.addEventListener("keydown", ({ key, target }) => {
  if (!target.matches?.(FIELD)) return;
  if (key === "ArrowUp" || key === "ArrowDown") edited(target);
  if (["Enter", "ArrowUp", "ArrowDown"].includes(key)) sent(target);
});
document.addEventListener(
  "click",
  ({ target }) => {
    const field = target.closest?.("[data-testid=stNumberInput] button") && around(target).querySelector("input");
    if (!field) return;
    edited(field);
    sent(field);
  },
  true,
);

// A password manager fills a field in without entering it: the field is then never left, so it is sent here.
document.addEventListener("change", ({ target }) => {
  if (!target.matches?.(FIELD)) return;
  setTimeout(() => {
    if (document.activeElement !== target && around(target)?.hasAttribute(MARK)) target.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  });
});

// After Back or Forward, a field with unsent contents shows again the value that the figures count.
addEventListener("popstate", () => {
  const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  for (const [field, value] of counted) {
    if (!around(field)?.hasAttribute(MARK) || field.localName !== "input") continue;
    set.call(field, value);
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    around(field).removeAttribute(MARK);
    field.blur();
  }
});

let shown = [];
addEventListener("beforeprint", () => {
  shown = [...counted].map(([field]) => [field, field.value]);
  for (const [field, value] of counted) field.value = value;
  // The rules of print.css read the attribute, which React leaves as it was while a field is in use.
  for (const field of document.querySelectorAll("[data-testid=stNumberInput] input")) field.setAttribute("value", field.value);
});
addEventListener("afterprint", () => {
  for (const [field, value] of shown) field.value = value;
});
