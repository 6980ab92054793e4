/** What is half written survives a reload and signing out: kept on this device until it has been sent. */

const PREFIX = "hub.draft.";

/** Put the kept values back into a form; true when there were any. */
export function restore(form: HTMLFormElement, name: string): boolean {
  const kept = read(name);
  if (!kept) return false;
  for (const [field, value] of Object.entries(kept)) {
    const control = form.elements.namedItem(field);
    if (control instanceof RadioNodeList) control.value = value;
    else if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = value === "on";
    else if (control && "value" in control) (control as HTMLInputElement).value = value;
  }
  return true;
}

/** Keep what the form holds now. */
export function keep(form: HTMLFormElement, name: string): void {
  const held: Record<string, string> = {};
  for (const [field, value] of new FormData(form)) if (typeof value === "string" && value) held[field] = value;
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(held));
  } catch {
    // A full or forbidden store loses the draft on reload, never what is on the screen.
  }
}

/** Forget it: it was sent, or thrown away. */
export function forget(name: string): void {
  localStorage.removeItem(PREFIX + name);
}

function read(name: string): Record<string, string> | null {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text ? (JSON.parse(text) as Record<string, string>) : null;
  } catch {
    return null;
  }
}
