// Requests for a quote, with the contact of their sender: it is put into their texts here, in the browser, and neither
// the server nor the link ever has it. It stays until the browser leaves the page.
const sender = (window.simulateurSender ??= {});

export default function (component) {
  const { data, parentElement: root } = component;
  const fields = [...root.querySelectorAll("input")];
  const parts = [...root.querySelectorAll("section")];

  const line = ([label, blank, ...names]) =>
    `${label} : ${names.map((name) => sender[name]?.trim()).filter(Boolean).join(", ") || blank}`;
  const filled = ({ head, tail }) =>
    [`${head}\n${data.lines.map(line).join("\n")}`, tail].filter(Boolean).join("\n\n");
  // A mail's lines end with CR LF (RFC 6068), and a plain space is shorter in a URL than a no-break one.
  const mailto = (mail, text) => mail + encodeURIComponent(text.replaceAll("\u00a0", " ").replaceAll("\n", "\r\n"));

  function write() {
    parts.forEach((part, rank) => {
      const request = data.requests[rank];
      part.hidden = !request;
      if (!request) return;
      const texts = request.texts.map(filled);
      const addresses = texts.map((text) => mailto(request.mail, text));
      const fits = addresses.findIndex((address) => address.length <= data.longest);
      const [area, button] = [part.querySelector("textarea"), part.querySelector("button")];
      part.querySelector("h4").textContent = request.heading;
      part.querySelector(".to").textContent = request.to;
      area.setAttribute("aria-label", request.title);
      const copy = () => void copyText(texts[0], area, button, data);
      const open = part.querySelector("a");
      open.href = addresses.at(fits);
      open.onclick = fits === 0 ? null : copy; // what the mail program has no room for is pasted
      part.querySelector(".left").textContent = data.left.at(fits);
      button.dataset.label = data.copy; // its name for presses.js, whatever it says
      button.onclick = copy;
      if (area.value !== texts[0]) {
        area.value = texts[0];
        button.textContent = data.copy;
      }
    });
  }

  const [[, blank], [, month]] = data.lines;
  for (const field of fields) {
    if (field.name === "start") field.placeholder = month === blank ? "" : month; // the month given on the page
    field.value = sender[field.name] ?? "";
    field.oninput = () => {
      sender[field.name] = field.value;
      write();
    };
    // Streamlit takes some letters typed on its page for shortcuts.
    field.onkeydown = field.onkeyup = field.onkeypress = (event) => event.stopPropagation();
  }
  write();
}
