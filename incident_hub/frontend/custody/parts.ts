/** A batch that is split: its parts become one field of the form, and what is left of it is said while one types. */
import { t } from "../shared/words";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-deed=split]")) {
  const parts = form.querySelector<HTMLInputElement>("input[name=parts]");
  const whole = Number(form.dataset["whole"]);
  const rows = [...form.querySelectorAll<HTMLElement>("[data-part]")];
  const gather = (): void => {
    const made = rows.map(one).filter((part) => part.quantity > 0);
    if (parts) parts.value = JSON.stringify(made);
    const left = whole - made.reduce((sum, part) => sum + part.quantity, 0);
    const says = form.querySelector<HTMLElement>("[data-left]");
    if (says) says.textContent = left ? t("items.left", { n: left }) : t("items.whole");
  };
  form.addEventListener("input", gather);
  gather();
}

function one(row: HTMLElement): { quantity: number; seal?: string } {
  const [count, seal] = row.querySelectorAll<HTMLInputElement>("input");
  const number = Number(count?.value ?? 0);
  const mark = seal?.value.trim();
  return mark ? { quantity: number, seal: mark } : { quantity: number };
}
