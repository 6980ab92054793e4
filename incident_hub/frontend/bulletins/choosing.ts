/** Whom a bulletin goes to, and by when it is answered. */
import { t } from "../shared/words";

for (const list of document.querySelectorAll<HTMLElement>("[data-chooses]")) {
  const boxes = [...list.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  const count = (): void => {
    const says = list.querySelector("[data-chosen]");
    if (says) says.textContent = t("bulletin.chosen", { n: boxes.filter((one) => one.checked).length });
  };
  for (const button of list.querySelectorAll<HTMLButtonElement>("button[data-picks]")) {
    button.addEventListener("click", () => {
      const picks = button.dataset["picks"] ?? "";
      const wanted = new Set(picks.split(" "));
      for (const one of boxes) {
        const agency = one.dataset["agency"] ?? "";
        if (picks === "") one.checked = false;
        else if (agency && (picks === "*" || wanted.has(agency))) one.checked = true;
      }
      count();
    });
  }
  list.addEventListener("change", count);
  count();
}

// What is usual for a kind is offered with it; an instant that is written down takes the place of a length of time.
for (const kind of document.querySelectorAll<HTMLSelectElement>("select[data-sets-minutes]")) {
  const within = kind.form?.elements.namedItem("within_minutes");
  if (!(within instanceof HTMLSelectElement)) continue;
  const turn = (): void => void (within.value = kind.selectedOptions[0]?.dataset["minutes"] ?? "30");
  kind.addEventListener("change", turn);
  turn();
}

for (const deadline of document.querySelectorAll<HTMLInputElement>("input[name=deadline]")) {
  const within = deadline.form?.elements.namedItem("within_minutes");
  if (!(within instanceof HTMLSelectElement)) continue;
  deadline.addEventListener("input", () => void (deadline.value && (within.value = "")));
  within.addEventListener("change", () => void (within.value && (deadline.value = "")));
}
