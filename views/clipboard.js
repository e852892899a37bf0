// Put a text on the clipboard, and say so on its button. The page may be framed or served without TLS, where the
// clipboard is refused: the text is then selected in its field, ready to be copied by hand.
async function copyText(text, field, button, { done, by_hand }) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = done;
  } catch {
    const fold = field.closest("details");
    if (fold) fold.open = true;
    field.focus();
    field.select();
    button.textContent = document.execCommand("copy") ? done : by_hand;
  }
}
