// Search as you type on the page of procedures; without this script the form works by itself.
const form = document.getElementById("finder");
const count = document.getElementById("count");
const results = document.getElementById("results");
let waiting = 0;
let before = new AbortController();

// The list comes from the page that the form would open, and the address follows: it can be sent on and come back to.
async function look() {
  before.abort();
  const mine = (before = new AbortController());
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const address = `${location.pathname}${query.size ? `?${query}` : ""}`;
  history.replaceState(null, "", address);
  try {
    const response = await fetch(address, { signal: mine.signal });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    results.replaceChildren(...page.getElementById("results").childNodes);
    count.textContent = page.getElementById("count").textContent;
    document.querySelector("[hreflang]").href = page.querySelector("[hreflang]").getAttribute("href");
  } catch (error) {
    if (mine.signal.aborted) return;
    console.error(error);
    results.replaceChildren();
    count.textContent = count.dataset.trouble;
  }
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(look, 250);
}

form.elements.q.addEventListener("input", soon);
form.querySelectorAll("select").forEach((field) => field.addEventListener("change", soon));
