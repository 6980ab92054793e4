/** The rows of the form of a return: one for each category. */
/** All of them, from top to bottom. */
export function rows(form: HTMLFormElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>("[data-category]")];
}

/** Where the number of a row is typed. */
export function count(row: HTMLElement): HTMLInputElement {
  return row.querySelector<HTMLInputElement>(`#n-${CSS.escape(row.dataset["category"] ?? "")}`)!;
}
