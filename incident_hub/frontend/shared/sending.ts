/** Forms that the server drew and the API takes: sent as JSON, refused in words, and then the page is read anew. */
import { page } from "./page";
import { post, Problem, remove } from "./api";
import { t, word } from "./words";

interface Fault {
  line: number;
  column: number;
  message: string;
  hint: string;
}

interface Judged {
  faults: Fault[];
  changes: { zh: string; en: string }[];
}

interface Reached {
  post: string | null;
  name: string | null;
  channel: string | null;
  reachable: boolean;
  why: string | null;
}

/** `data-posts` is the door; a button with `data-checks` asks another one and keeps the form as it is.
 * With `data-shows` the answer is told beside it; `data-method` may be DELETE; a box with `data-flag` says true. */
export function furnishForms(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-posts]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const button = (event as SubmitEvent).submitter;
      const checks = button instanceof HTMLButtonElement ? button.dataset["checks"] : undefined;
      void send(form, checks);
    });
  }
}

async function send(form: HTMLFormElement, checks: string | undefined): Promise<void> {
  const says = form.querySelector<HTMLElement>("[data-says]");
  const buttons = form.querySelectorAll("button");
  for (const one of buttons) one.disabled = true;
  try {
    if (checks) {
      const text = new FormData(form).get("text");
      const { body } = await post<Judged>(checks, { text });
      const changes = body.changes.map((one) => one[page.lang]);
      if (body.faults.length) tell(says, body.faults.map(line), t("plan.faults", { n: body.faults.length }));
      else tell(says, changes, t("plan.sound", { n: changes.length }));
    } else if (form.dataset["shows"]) {
      const { body } = await post<{ items: Reached[] }>(form.dataset["posts"] ?? "", fields(form));
      tell(says, body.items.map(reached), t("reach.found", { n: body.items.filter((one) => one.reachable).length }));
    } else {
      const door = form.dataset["posts"] ?? "";
      await (form.dataset["method"] === "DELETE" ? remove(door) : post(door, fields(form)));
      location.reload();
    }
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault;
    const faults = fault.body["faults"];
    const lines = Array.isArray(faults) ? (faults as Fault[]).map(line) : fault.errors.slice(1).map((one) => one.detail);
    tell(says, lines, fault.detail);
  } finally {
    for (const one of buttons) one.disabled = false;
  }
}

/** The body a form stands for; what is left empty is left out, and `data-rows` names the list its rows make. */
function fields(form: HTMLFormElement): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value !== "") body[name] = value;
    if (form.querySelector(`[name="${name}"][data-flag]`)) body[name] = true;
  }
  const rows = [...form.querySelectorAll<HTMLElement>("[data-debt]")].map((row) => {
    const of = (part: string): string =>
      row.querySelector<HTMLInputElement | HTMLSelectElement>(`[data-part="${part}"]`)?.value.trim() ?? "";
    const id = row.dataset["debt"] ?? "";
    return of("fate") === "carry" ? { id, desk: of("desk"), post: of("post") } : { id, reason: of("reason") };
  });
  if (form.dataset["rows"]) body[form.dataset["rows"]] = rows;
  return body;
}

/** Whether one person can be reached one way, and if not, why. */
function reached(one: Reached): string {
  const who = `${one.post ? word("post", one.post) : ""} ${one.name ?? ""}`.trim();
  const way = one.channel ? ` · ${word("channel", one.channel)}` : "";
  return `${one.reachable ? "✓" : "✗"} ${who}${way}${one.why ? `${t("colon")}${word("unreachable", one.why)}` : ""}`;
}

function line(fault: Fault): string {
  return `${t("plan.line", { line: fault.line })} ${fault.message}${fault.hint ? `; ${fault.hint}` : ""}`;
}

function tell(says: HTMLElement | null, lines: string[], sentence: string): void {
  if (!says) return;
  const list = document.createElement("ul");
  for (const one of lines.slice(0, 50)) list.append(Object.assign(document.createElement("li"), { textContent: one }));
  says.replaceChildren(Object.assign(document.createElement("p"), { textContent: sentence }), list);
  says.hidden = false;
  says.focus();
}
