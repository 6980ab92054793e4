/** The form that begins a visit offers only the check-lists such a visit may go by, and the sites of whoever is inspected. */
const kind = document.querySelector<HTMLSelectElement>("#begin-visit");
const lists = document.querySelectorAll<HTMLInputElement>("input[data-visits]");

function offer(): void {
  for (const one of lists) {
    const usable = (one.dataset["visits"] ?? "").split(" ").includes(kind?.value ?? "");
    one.disabled = !usable;
    if (!usable) one.checked = false;
    one.closest("label")?.toggleAttribute("hidden", !usable);
  }
}

const agency = document.querySelector<HTMLSelectElement>("#begin-agency");
const site = document.querySelector<HTMLSelectElement>("#begin-site");

function narrow(): void {
  for (const one of site?.options ?? []) {
    const theirs = !one.value || one.dataset["agency"] === agency?.value;
    one.hidden = one.disabled = !theirs;
    if (!theirs && one.selected && site) site.value = "";
  }
}

kind?.addEventListener("change", offer);
agency?.addEventListener("change", narrow);
offer();
narrow();
