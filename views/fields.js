// Every number of the page is whole. A browser drops the comma of « 7,5 » without a word and keeps 75: a sign that is no
// digit is refused here, and so are the digits after it, until the field is taken up again. The style sheet says so for
// as long as the number stays as it is.
const NUMBER = "input[type=number]";
const SIGNED = "data-signed";
const CUT = "data-cut";
const around = (element) => element.closest?.("[data-testid=stNumberInput]");

function accepted({ target }) {
  around(target)?.removeAttribute(SIGNED);
  around(target)?.removeAttribute(CUT);
}

document.addEventListener(
  "beforeinput",
  (event) => {
    if (!event.target.matches?.(NUMBER)) return;
    const field = around(event.target);
    const typed = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    if (/[.,e+\u2212-]/i.test(typed)) for (const name of [SIGNED, CUT]) field?.setAttribute(name, "");
    else if (!typed || !field?.hasAttribute(CUT)) return;
    event.preventDefault();
  },
  true,
);
document.addEventListener("input", (event) => {
  if (event.target.matches?.(NUMBER)) accepted(event);
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("button")) accepted(event);
});
document.addEventListener("keydown", (event) => {
  if (["ArrowUp", "ArrowDown"].includes(event.key)) accepted(event);
});
document.addEventListener("focusout", ({ target }) => {
  if (target.matches?.(NUMBER)) around(target)?.removeAttribute(CUT);
});
