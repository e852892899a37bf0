// In a frame on another site the page is a part of that site's page: it leaves out what that page already has (see
// « framed » in style.css) and sends it its height, and nothing else, so that one scroll bar serves both.
function framed() {
  if (window.self === window.top) return false;
  try {
    return !window.top.document; // a frame of the same site is left to its host
  } catch {
    return true;
  }
}

function tellHeight() {
  let measured = null;
  const sizes = new ResizeObserver(([{ target }]) => {
    const height = Math.ceil(target.getBoundingClientRect().height);
    window.parent.postMessage({ simulateur: { height } }, "*");
  });
  new MutationObserver(() => {
    const whole = document.querySelector("[data-testid=stMainBlockContainer]");
    if (!whole || whole === measured) return;
    sizes.disconnect();
    sizes.observe(whole);
    measured = whole;
  }).observe(document.body, { childList: true, subtree: true });
}

if (framed()) {
  document.documentElement.classList.add("framed");
  tellHeight();
}
