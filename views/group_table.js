// The table of communes. Python gives every word and figure; here rows are drawn, sorted and filtered. A row is changed
// in place, so that the keyboard and the mouse find it where it was. Its fields are those of group_fields.js, before it.
const COMPARE = new Intl.Collator("fr").compare;
const WIDTHS = { words: 15, count: 5.2, text: 5, amount: 6.7, number: 6, tick: 6.7 }; // em, at least

const shown = new Set(); // tables on the page
const tables = new WeakMap();
const shownIn = new WeakMap(); // by cell, the words that it shows

// A browser that lays out each row by itself, and those out of sight not at all, forgets that they are rows: it is told.
function told(role, made) {
  made.setAttribute("role", role);
  return made;
}

// The simulation of a commune opens beside the table, which a room may be looking at; that is said before it is done.
function lead(named, link, name) {
  const apart = { href: link, target: "_blank", rel: "noopener", title: `${name}, nouvel onglet`, "aria-label": `${name}, nouvel onglet` };
  for (const [attribute, value] of Object.entries(apart)) {
    if (link) named.setAttribute(attribute, value);
    else named.removeAttribute(attribute);
  }
}

// Whole rows are copied: making each of their elements would take most of the time of a large table.
function patternOf(columns, filled) {
  const row = told("row", element("tr"));
  const counts = filled ? [element("input", { type: "checkbox", className: "counts" })] : [];
  const who = element("span", { className: "who" }, element("a"));
  row.append(told("rowheader", element("th", { scope: "row" }, ...counts, who)));
  for (const { kind } of columns.slice(1)) {
    const cell = told("cell", element("td", { className: kind }));
    if (kind === "number") cell.append(element("input", { type: "text", inputMode: "numeric", autocomplete: "off" }));
    if (kind === "tick") cell.append(element("input", { type: "checkbox" }));
    row.append(cell);
  }
  return row;
}

class Table extends Filled {
  constructor(place) {
    super();
    this.place = place;
    this.find = (selector) => place.querySelector(selector);
    [this.head, this.body, this.foot] = ["thead tr", "tbody", "tfoot tr"].map(this.find);
    this.search = this.find("[type=search]");
    [this.kinds, this.more] = [this.find(".kinds"), this.find(".more-columns")];
    this.rows = new Map(); // by code
    this.added = new Set(); // columns asked for here
    this.sorted = { key: "", down: false };
    new ResizeObserver(() => this.rest()).observe(this.find(".communes-scroll"));
    place.addEventListener("click", (event) => this.click(event));
    place.addEventListener("change", (event) => this.change(event));
    place.addEventListener("input", (event) => this.input(event));
    place.addEventListener("focusin", ({ target }) => target.matches("td input[type=text]") && target.select());
    place.addEventListener("focusout", ({ target }) => target.matches("td input[type=text]") && this.leave(target));
    place.addEventListener("keydown", (event) => this.key(event));
  }

  show(data) {
    this.data = data;
    for (const [selector, words] of [["[role=region]", data.region], ["table", data.title]]) this.find(selector).setAttribute("aria-label", words);
    this.find(".how-to").textContent = data.note;
    const columns = data.columns.filter((each) => each.shown || this.added.has(each.key));
    const drawn = JSON.stringify(columns);
    if (drawn !== this.drawn) this.begin(columns, drawn);
    const listed = new Set();
    for (const row of data.rows) {
      listed.add(row.code);
      if (row.amounts !== undefined) Object.assign(row.cells, data.amounts[row.amounts]);
      const known = this.rows.get(row.code);
      const text = JSON.stringify(row);
      if (known?.text === text) continue;
      const made = known ?? { line: this.pattern.cloneNode(true) };
      Object.assign(made, { row, text });
      this.rows.set(row.code, made);
      this.fill(made);
    }
    for (const [code, { line }] of this.rows) if (!listed.has(code)) line.remove(), this.rows.delete(code);
    this.fillFoot();
    this.widen();
    this.rest();
    this.offer(this.kinds, data.kinds, this.kinds.value);
    const more = data.columns.filter((each) => !columns.includes(each)).map((each) => [each.key, each.label]);
    this.offer(this.more, [["", "Choisir…"], ...more], "");
    this.more.parentElement.hidden = !more.length;
    this.arrange();
    this.filter();
  }

  begin(columns, drawn) {
    Object.assign(this, { columns, drawn, pattern: patternOf(columns, this.data.filled) });
    this.rows.clear();
    this.body.replaceChildren();
    const heads = columns.map(({ key, label, kind }) => {
      const button = element("button", { type: "button", className: "sorts" }, label);
      button.dataset.key = key;
      return told("columnheader", element("th", { scope: "col", className: kind }, button));
    });
    this.head.replaceChildren(...heads);
    this.mark();
  }

  fill({ line, row }) {
    const { code, name, out, own, link, cells } = row;
    line.dataset.code = code;
    line.classList.toggle("out", out);
    const [who, counts] = [...line.firstElementChild.children].reverse();
    if (counts) {
      counts.checked = !out;
      counts.setAttribute("aria-label", `Compter ${name}`);
    }
    const words = out ? "laissée de côté" : own.length ? this.data.own : "";
    const mark = words ? [element("span", { className: out ? "note" : "apart" }, words)] : [];
    if (own.length && !out) {
      const back = element("button", { type: "button", className: "back" }, "Remettre");
      back.setAttribute("aria-label", `Remettre ${name} comme les autres`);
      mark.push(back);
    }
    const named = who.firstElementChild;
    const held = who.contains(document.activeElement) && document.activeElement !== named;
    lead(named, link, name);
    if (named.textContent !== name) named.textContent = name;
    while (named.nextSibling) named.nextSibling.remove();
    who.append(...mark);
    if (held) counts.focus({ preventScroll: true }); // the button that was pressed is gone
    this.columns.forEach(({ key, label, kind }, rank) => {
      if (!rank) return;
      const cell = line.children[rank];
      const field = cell.firstElementChild;
      if (kind === "number" || kind === "tick") {
        const mine = own.includes(key);
        cell.classList.toggle("own", mine);
        field.hidden = out;
        const words = `${label}, ${name}${mine ? `, ${this.data.own}` : ""}`;
        if (field.ariaLabel !== words) field.setAttribute("aria-label", words);
        const value = row.fields[key] ?? (key === "agents" || out ? "" : 0);
        if (kind === "tick") field.checked = Boolean(value);
        else this.write(field, value === "" ? "" : spaced(value));
      } else {
        const [text, , ...left] = cells[key] ?? [""];
        const whole = [text, ...left].join(" ");
        if (shownIn.get(cell) === whole) return;
        shownIn.set(cell, whole);
        cell.replaceChildren(element("span", {}, text), ...left.map((each) => element("mark", { className: "quote" }, each)));
      }
    });
  }

  fillFoot() {
    const cells = this.columns.map(({ key, kind }, rank) => {
      const [text, ...left] = this.data.foot[key] ?? [""];
      const marks = left.map((each) => element("mark", { className: "quote" }, each));
      if (!rank) return told("rowheader", element("th", { scope: "row" }, text));
      return told("cell", element("td", { className: kind }, element("span", {}, text), ...marks));
    });
    this.foot.replaceChildren(...cells);
  }

  // All rows have columns of the same widths: those of amounts have room for the longest total.
  widen() {
    const longest = Math.max(...this.columns.map(({ key, kind }) => (kind === "amount" ? (this.data.foot[key]?.[0] ?? "").length : 0)));
    const widths = this.columns.slice(1).map(({ kind }) => WIDTHS[kind] + (kind === "amount" ? Math.min(Math.max(0, longest - 12), 4) / 2 : 0));
    const { style } = this.find("table");
    style.setProperty("--columns", widths.map((each) => `minmax(${each}em, ${each}fr)`).join(" "));
    style.setProperty("--others", `${widths.reduce((sum, each) => sum + each)}em`);
  }

  // Scrolled sideways, even to its end, the table comes to rest where a column begins beside the names.
  rest() {
    const scroll = this.find(".communes-scroll");
    const [name, ...others] = [...this.head.children].map((each) => each.offsetWidth);
    const room = scroll.clientWidth - name;
    let over = others.reduce((sum, each) => sum + each, 0) - room;
    for (const each of others) if (over > 0) over -= each;
    scroll.style.setProperty("--names", `${name}px`);
    scroll.style.setProperty("--rest", `${Math.max(0, -over)}px`);
    scroll.classList.toggle("wider", others.reduce((sum, each) => sum + each, 0) > room + 1);
  }

  offer(select, options, chosen) {
    const text = JSON.stringify(options);
    if (select.dataset.options === text) return;
    select.dataset.options = text;
    select.replaceChildren(...options.map(([value, label]) => element("option", { value }, label)));
    select.value = options.some(([value]) => value === chosen) ? chosen : options[0][0];
  }

  // Rows stay where they are while one of them is in use: they may then no longer be in the order of the heading.
  arrange(asked = false) {
    const order = this.order();
    if (order.every((line, rank) => this.body.children[rank] === line)) return;
    if (!asked && this.body.contains(document.activeElement) && order.length === this.body.children.length) this.sorted.key = "";
    else this.body.append(...order);
    this.mark();
  }

  order() {
    const { key, down } = this.sorted;
    const all = this.data.rows.map(({ code }) => this.rows.get(code));
    if (key) {
      const value = ({ row }) => (row.out ? null : (row.cells[key]?.[1] ?? row.fields[key] ?? null));
      const by = key === "name" ? (a, b) => COMPARE(a.row.name, b.row.name) : (a, b) => after(value(a), value(b), down);
      all.sort(key === "name" && down ? (a, b) => by(b, a) : by);
    }
    return all.map(({ line }) => line);
  }

  mark() {
    const { key, down } = this.sorted;
    for (const head of this.head.children) {
      if (head.firstElementChild.dataset.key === key) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  filter() {
    const wanted = ` ${this.search.value && window.folded(this.search.value).replace(/^cat[a-z]* /, "categorie")}`;
    let count = 0;
    for (const { line, row } of this.rows.values()) {
      const found = (wanted === " " || ` ${row.found}`.includes(wanted)) && (!this.kinds.value || row.kinds.includes(this.kinds.value));
      line.hidden = !found;
      count += found;
    }
    const all = this.rows.size;
    const some = count ? `${spaced(count)} affichée${count > 1 ? "s" : ""} sur ${spaced(all)} : les totaux comptent aussi les autres.` : "Aucune commune ne répond à cette recherche.";
    const words = count === all ? "" : some;
    const said = this.find("[role=status]");
    if (said.textContent !== words) said.textContent = words;
  }

  click({ target }) {
    const button = target.closest("button");
    if (!button) return;
    const { key } = button.dataset;
    if (button.matches(".back")) return this.send(button, "", null);
    const { kind } = this.columns.find((each) => each.key === key);
    const first = !["name", "text", "words"].includes(kind); // the largest first
    this.sorted = { key, down: this.sorted.key === key ? !this.sorted.down : first };
    this.arrange(true);
    this.mark();
  }

  change({ target }) {
    if (target === this.kinds) return this.filter();
    if (target === this.more && target.value) {
      this.added.add(target.value);
      const key = target.value;
      this.show(this.data);
      const rank = this.columns.findIndex((each) => each.key === key);
      this.body.querySelector(`tr:not([hidden], .out) > :nth-child(${rank + 1}) input`)?.focus();
      return;
    }
    if (target.matches(".counts")) return this.send(target, "counted", target.checked);
    if (target.matches("td input[type=checkbox]")) this.send(target, this.keyOf(target), Number(target.checked));
  }

  input({ target }) {
    if (target === this.search) return this.filter();
    if (!target.matches("td input[type=text]")) return;
    target.parentElement.setAttribute("data-unsent", "");
    this.unsay(target);
  }

}

// Return the order of two values; those without one come last, whichever way it goes.
function after(one, other, down) {
  if (one === null || other === null) return (one === null) - (other === null);
  const order = typeof one === "string" ? COMPARE(one, other) : one - other;
  return down ? -order : order;
}

document.addEventListener("quiet", () => {
  for (const table of shown) table.settle();
});
// What was typed and not counted is gone after Back or Forward.
addEventListener("popstate", () => {
  for (const table of shown) table.forget();
});

export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".communes");
  if (!tables.has(place)) tables.set(place, new Table(place));
  const table = tables.get(place);
  shown.add(table);
  table.report = (edits) => setTriggerValue("edits", edits);
  table.show(data);
  return () => shown.delete(table);
}
