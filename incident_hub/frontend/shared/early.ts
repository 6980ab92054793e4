/** A form that is sent before the page's script is there waits for it; the browser alone would lose what was typed. */

/** Hold such forms back until every script of the page has run; those with a `method` are the browser's own matter. */
export function holdEarlyForms(): void {
  let armed = false;
  let held: { form: HTMLFormElement; by: HTMLElement | null } | null = null;
  const hold = (event: SubmitEvent): void => {
    const form = event.target;
    if (armed || !(form instanceof HTMLFormElement) || form.hasAttribute("method")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = { form, by: event.submitter };
  };
  document.addEventListener("submit", hold, { capture: true });
  // Scripts of the page have run by then.
  document.addEventListener("DOMContentLoaded", () => {
    armed = true;
    if (held) held.form.requestSubmit(held.by);
  });
}
