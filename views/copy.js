// A button that puts its text on the clipboard and says so (clipboard.js).
export default function (component) {
  const { data, parentElement } = component;
  const button = parentElement.querySelector("button");
  const field = parentElement.querySelector("textarea");
  const label = (button.dataset.label ??= button.textContent);
  if (field.value !== data.text) {
    field.value = data.text;
    button.textContent = label;
  }
  button.onclick = () => copyText(data.text, field, button, data);
}
