// The fields of the table of communes: a number is sent once, when its field is left or Enter is pressed, unless it is
// refused, which is said beside it.
const WHOLE = /^\d+$|^\d{1,3}(?:[ \u00a0\u202f]\d{3})+$/;
const SENT_WITHIN = 50; // milliseconds
const NEXT = { ArrowUp: -1, ArrowDown: 1 };

const spaced = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u00a0");

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

class Filled {
  pending = new Map(); // edits that may not be counted yet, by commune and field

  // A number being typed stays, whatever an answer says meanwhile.
  write(field, text) {
    field.dataset.counted = text;
    if (!field.parentElement.hasAttribute("data-unsent") && field.value !== text) field.value = text;
    field.parentElement.dataset.printed = text;
  }

  key(event) {
    const { target, key } = event;
    if (!target.matches("td input[type=text]") || event.isComposing) return;
    if (key === "Enter") {
      this.leave(target);
      target.select();
    }
    if (key === "Escape") {
      target.value = target.dataset.counted;
      target.parentElement.removeAttribute("data-unsent");
      this.unsay(target);
      target.select();
    }
    if (!(key in NEXT)) return;
    event.preventDefault();
    const rank = [...target.closest("tr").children].indexOf(target.parentElement);
    const lines = [...this.body.querySelectorAll("tr:not([hidden], .out)")];
    const next = lines[lines.indexOf(target.closest("tr")) + NEXT[key]];
    next?.children[rank].querySelector("input").focus();
  }

  leave(field) {
    const cell = field.parentElement;
    if (!cell.hasAttribute("data-unsent")) return;
    setTimeout(() => cell.removeAttribute("data-unsent"), SENT_WITHIN);
    const text = field.value.trim();
    const { most } = this.columns.find((each) => each.key === this.keyOf(field));
    if (text && (!WHOLE.test(text) || Number(text.replace(/\D/g, "")) > most)) return this.refuse(field, text, most);
    const number = text ? Number(text.replace(/\D/g, "")) : null;
    const written = text ? spaced(number) : "";
    field.value = written;
    if (written === field.dataset.counted) return;
    this.send(field, this.keyOf(field), number);
  }

  refuse(field, text, most) {
    field.closest("tr").classList.add("refuses");
    field.value = field.dataset.counted;
    const what = text.length > 12 ? "Ce nombre" : `« ${text} »`;
    const words = `${what} est refusé, le nombre d'avant est gardé. Il faut un nombre entier, de 0 à ${spaced(most)}.`;
    const said = element("p", { className: "refused", id: `refus-${this.keyOf(field)}-${this.rowOf(field).code}` }, words);
    said.setAttribute("role", "alert");
    field.after(said);
    field.setAttribute("aria-describedby", said.id);
    field.setAttribute("aria-invalid", "true");
  }

  unsay(field) {
    field.closest("tr").classList.remove("refuses");
    field.parentElement.querySelector(".refused")?.remove();
    field.removeAttribute("aria-describedby");
    field.removeAttribute("aria-invalid");
  }

  keyOf(field) {
    return this.columns[[...field.closest("tr").children].indexOf(field.closest("td"))].key;
  }

  rowOf(within) {
    return this.rows.get(within.closest("tr").dataset.code).row;
  }

  // Streamlit keeps only the last of two edits sent while it is busy: each one is sent again with the next, until all
  // are counted.
  send(within, field, value) {
    for (const { previousElementSibling: refused } of this.body.querySelectorAll(".refused")) this.unsay(refused);
    const { code } = this.rowOf(within);
    for (const [key, edit] of this.pending) if (edit.code === code && (!field || edit.field === field)) this.pending.delete(key);
    this.pending.set(`${code} ${field}`, { code, field, value });
    if (this.columns.some(({ key }) => key === field)) this.added.add(field);
    this.report([...this.pending.values()]);
  }

  forget() {
    for (const cell of this.body.querySelectorAll("[data-unsent]")) {
      cell.removeAttribute("data-unsent");
      cell.firstElementChild.value = cell.firstElementChild.dataset.counted;
    }
  }

  // Everything is answered: a field whose edit changed nothing shows again what is counted.
  settle() {
    this.pending.clear();
    for (const field of this.body.querySelectorAll("td input[type=text]")) this.write(field, field.dataset.counted);
  }
}
