/** Forms with `data-report-door`: what they lead to is asked about first, then they go to that door as JSON. */
import { post, Problem, remove } from "../shared/api";
import { sendKey } from "../shared/form";
import { confirmed, tell } from "../shared/notices";
import { page } from "../shared/page";
import { instantOf, serverNow, wallOf } from "../shared/time";
import { t } from "../shared/words";

type Body = Record<string, unknown>;
type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-report-door]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(form);
  });
  form.addEventListener("keydown", sendKey);
  if ("sendsTo" in form.dataset) choose(form);
}

// To the second: what was sent half a minute ago cannot have been received at the full minute before it.
const now = serverNow();
const toTheSecond = `${wallOf(now)}:${String(new Date(now).getUTCSeconds()).padStart(2, "0")}`;
for (const one of document.querySelectorAll<HTMLInputElement>("input[data-now]")) one.value = toTheSecond;

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copies]")) {
  button.addEventListener("click", () => void copy(button.dataset["copies"] ?? ""));
}

async function send(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector("button");
  say(form, null);
  if (form.dataset["ask"] && !(await asked(form))) return;
  if (button) button.disabled = true;
  try {
    const door = form.dataset["reportDoor"] ?? "";
    const answer = await (form.dataset["method"] === "DELETE"
      ? remove<{ id: string }>(door)
      : post<{ id: string }>(door, gathered(form)));
    go(form.dataset["goes"], answer.body.id);
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault;
    say(form, fault);
  } finally {
    if (button) button.disabled = false;
  }
}

function go(place: string | undefined, id: string): void {
  const desk = new URLSearchParams(location.search).get("desk");
  if (place === "report") location.assign(`/reports/${encodeURIComponent(id)}${desk ? `?desk=${desk}` : ""}`);
  else if (place) location.assign(place);
  else location.reload();
}

/** Ask with the consequence: for a report that goes, to whom it goes, which clocks that settles, and who is told too. */
function asked(form: HTMLFormElement): Promise<boolean> {
  const option = form.querySelector<HTMLSelectElement>("select[data-kind=place]")?.selectedOptions[0];
  const title = (form.dataset["ask"] ?? "").replace("{to}", option?.textContent.trim() ?? "");
  const parts = [form.dataset["consequence"] ?? ""];
  if (option?.dataset["settles"]) parts.unshift(t("report.settles", { clocks: option.dataset["settles"] }));
  if (option && option.dataset["skips"] !== "0") parts.push(t("report.skips"));
  if (option?.dataset["phone"]) parts.push(t("report.phone"));
  else if (option) parts.push(t("report.receipt"));
  return confirmed(title, parts.join(page.lang === "zh" ? "" : " "), form.dataset["yes"] ?? "");
}

/** What the form holds: dots make what lies inside, instants are of the operation's zone, empty fields are left out. */
function gathered(form: HTMLFormElement): Body {
  const body: Body = {};
  for (const one of form.elements) {
    if (!isField(one) || !one.name || one.value === "" || one.closest("[hidden]")) continue;
    const kind = one.dataset["kind"];
    if (kind === "place") {
      const place = JSON.parse(one.value) as { to: string; tier: string | null };
      Object.assign(body, { to: place.to }, place.tier ? { tier: place.tier } : {});
    } else put(body, one.name.split("."), kind === "instant" ? instantOf(one.value) : one.value);
  }
  const via = body["via"] as Body | undefined;
  // What did not go through the Hub says how it went in both places.
  if (via && body["channel"] && !via["channel"]) via["channel"] = body["channel"];
  if (via && !body["channel"] && ["phone", "radio", "face"].includes(String(via["channel"])) && body["form"])
    body["spoken"] = true;
  return body;
}

function put(body: Body, path: string[], value: string): void {
  const [name = "", ...rest] = path;
  if (!rest.length) body[name] = value;
  else put((body[name] ??= {}) as Body, rest, value);
}

function say(form: HTMLFormElement, fault: Problem | null): void {
  const place = form.querySelector<HTMLElement>("[role=alert]");
  if (!place) return;
  place.replaceChildren();
  if (!fault) return;
  const said = document.createElement("div");
  said.className = "refusal";
  const lines = [fault.detail, ...fault.errors.map((one) => one.detail).filter((one) => one !== fault.detail)];
  said.append(...lines.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
  if (fault.status === 412) said.append(again());
  place.append(said);
  place.focus();
}

function again(): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = t("report.reread");
  button.addEventListener("click", () => location.reload());
  return button;
}

/** Where it goes decides what else has to be said: why a level is passed over, and how else than through the Hub. */
function choose(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLSelectElement>("select[data-kind=place]");
  const channel = form.querySelector<HTMLSelectElement>("select[name=channel]");
  if (!place || !channel) return;
  const turn = (): void => {
    const option = place.selectedOptions[0];
    const phone = option?.dataset["phone"] === "yes";
    for (const one of channel.options) one.disabled = phone && one.value === "hub";
    if (phone && channel.value === "hub") channel.value = "fax";
    hide(form, "[data-skip]", option?.dataset["skips"] === "0");
    hide(form, "[data-outside]", channel.value === "hub");
    const clocks = option?.dataset["settles"];
    const says = form.querySelector("p[data-settles]");
    if (says) says.textContent = clocks ? t("report.settles", { clocks }) : "";
  };
  place.addEventListener("change", turn);
  channel.addEventListener("change", turn);
  turn();
}

function hide(form: HTMLFormElement, what: string, hidden: boolean): void {
  const part = form.querySelector<HTMLElement>(what);
  if (!part) return;
  part.hidden = hidden;
  for (const one of part.querySelectorAll("input")) one.required = !hidden && what === "[data-skip]";
}

async function copy(id: string): Promise<void> {
  const words = document.getElementById(id)?.textContent.trim() ?? "";
  try {
    await navigator.clipboard.writeText(words);
    tell(t("report.copied"));
  } catch {
    // A Hub at a plain address has no clipboard; the sentence is marked instead, to be copied by key.
    const place = document.getElementById(id);
    if (place) getSelection()?.selectAllChildren(place);
  }
}

function isField(one: Element): one is Field {
  return one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement;
}
