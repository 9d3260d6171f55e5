// Search as you type on the page of procedures; without this script the form works by itself.
const form = document.getElementById("finder");
const list = document.getElementById("list");
const count = document.getElementById("count");
const nothing = document.getElementById("nothing");
let waiting = 0;
let newest = 0;

async function look() {
  const given = new FormData(form);
  const query = new URLSearchParams({ limit: "50" });
  for (const [name, key] of [["q", "q"], ["linh-vuc", "sector"], ["cap", "level"], ["xa", "commune"]]) {
    if (given.get(name)) query.set(key, given.get(name));
  }
  if (!query.has("q")) return;
  const mine = ++newest;
  const response = await fetch(`/v1/procedures?${query}`);
  if (!response.ok || mine !== newest) return;
  const { total, procedures } = await response.json();
  document.getElementById("browse")?.remove();
  document.getElementById("turning")?.remove();
  list.replaceChildren(...procedures.map(line));
  count.textContent = count.dataset.text.replace("{count}", total);
  nothing.hidden = total > 0;
}

function line(one) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const hint = document.createElement("span");
  const address = new URL(one.url, location.href);
  if (form.elements.xa.value) address.searchParams.set("xa", form.elements.xa.value);
  if (document.documentElement.lang === "en") address.searchParams.set("lang", "en");
  link.href = address;
  link.textContent = one.name;
  hint.className = "hint";
  hint.textContent = [one.code, one.sector, one.level].filter(Boolean).join(" · ");
  item.append(link, " ", hint);
  return item;
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(() => look().catch((error) => console.error(error)), 250);
}

form.elements.q.addEventListener("input", (event) => event.isComposing || soon());
form.elements.q.addEventListener("compositionend", soon);
form.querySelectorAll("select").forEach((field) => field.addEventListener("change", soon));
