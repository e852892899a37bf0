// A button that puts its text on the clipboard and says so. The page may be framed or served without TLS,
// where the clipboard is refused: the text is then selected, ready to be copied by hand.
export default function (component) {
  const { data, parentElement } = component;
  const button = parentElement.querySelector("button");
  const field = parentElement.querySelector("textarea");
  const label = (button.dataset.label ??= button.textContent);
  if (field.value !== data.text) {
    field.value = data.text;
    button.textContent = label;
  }
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.text);
      button.textContent = data.done;
    } catch {
      field.focus();
      field.select();
      button.textContent = document.execCommand("copy") ? data.done : data.by_hand;
    }
  };
}
