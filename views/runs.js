// Tells when the page shows the answer to all that was sent: <html data-awaited> until then, the event "quiet" after.
// A request starts a run of the page unless a later request overtakes it, so the last run to start answers the last
// request. Streamlit shows none of this on the page until the server has answered.
const [RERUN, STARTED, FINISHED] = [11, 4, 6]; // numbers of the fields in its messages BackMsg and ForwardMsg
const EARLY = 2; // status of a run that finished only to start again
const LOST = 10_000; // milliseconds after which a request that started no run is given up
const page = document.documentElement;
const heard = new WeakSet();
let asked = 0;
let started = 0;
let slowest = 200; // longest time so far between a request and the start of its run, in milliseconds
let since = 0;
let timer = 0;

// Return the number and the value (or length) of the field that gives a message's kind, after its hash and metadata.
function kind(bytes) {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * shift;
      if (!(byte > 127)) return value;
    }
  };
  while (at < bytes.length) {
    const [tag, value] = [varint(), varint()];
    if (tag >> 3 > 2) return [tag >> 3, value];
    at += value;
  }
  return [];
}

function request() {
  asked += 1;
  since = performance.now();
  page.dataset.awaited = "";
  later(LOST);
}

function answer({ data }) {
  const [field, value] = kind(new Uint8Array(data));
  if (field === STARTED) {
    started += 1;
    slowest = Math.max(slowest, performance.now() - since);
    page.dataset.awaited = "";
    clearTimeout(timer);
    timer = 0;
  } else if (field === FINISHED && value !== EARLY) later(started >= asked ? 0 : slowest);
}

function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(() => drawn(timer), milliseconds);
}

// Streamlit draws what it received within some frames; its components receive it after that.
function drawn(mine, frames = 4) {
  if (timer !== mine) return;
  const running = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "running";
  if (frames > 0 || running) return void requestAnimationFrame(() => setTimeout(() => drawn(mine, Math.max(frames - 1, 0))));
  asked = started = 0;
  delete page.dataset.awaited;
  document.dispatchEvent(new Event("quiet"));
}

const { send } = WebSocket.prototype;
WebSocket.prototype.send = function (message) {
  if (!heard.has(this)) {
    heard.add(this);
    asked = started = 0;
    this.addEventListener("message", answer);
    this.addEventListener("close", () => later(0));
  }
  if (kind(message)[0] === RERUN) request();
  return send.call(this, message);
};
