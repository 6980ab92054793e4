/** Entry point of the page of locked values: forms, the one showing, and the search for a whole waybill. */
import "./roster/forms";
import { post, Problem } from "./shared/api";
import { incidentPath } from "./shared/paths";
import { t } from "./shared/words";

interface Shown {
  value: string;
  shown_at: string;
  until: string;
}

for (const place of document.querySelectorAll<HTMLElement>("[data-showing]")) {
  const button = place.querySelector("button");
  button?.addEventListener("click", () => void show(place, button));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset["finds"]) return;
  event.preventDefault();
  void find(form);
});

/** Show the value for as long as the server says, then take it off the page for good. */
async function show(place: HTMLElement, button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  try {
    const { body } = await post<Shown>(place.dataset["showing"] ?? "", {});
    const output = place.querySelector("output");
    if (!output) return;
    let left = Math.round((Date.parse(body.until) - Date.parse(body.shown_at)) / 1000);
    output.hidden = false;
    button.hidden = true;
    const turn = window.setInterval(() => {
      left -= 1;
      if (left > 0) return write(output, body.value, left);
      window.clearInterval(turn);
      location.reload();
    }, 1000);
    write(output, body.value, left);
  } catch (fault) {
    refuse(place, fault);
  }
}

function write(output: HTMLOutputElement, value: string, left: number): void {
  const plain = Object.assign(document.createElement("b"), { textContent: value });
  output.replaceChildren(plain, Object.assign(document.createElement("span"), { textContent: t("personal.left", { n: left }) }));
}

async function find(form: HTMLFormElement): Promise<void> {
  const answer = form.querySelector<HTMLElement>(".answer");
  answer?.replaceChildren();
  form.querySelector("[role=alert]")?.replaceChildren();
  try {
    const number = String(new FormData(form).get("number") ?? "").trim();
    const { body } = await post<{ items: { incident: string; title: string }[] }>(form.dataset["finds"] ?? "", { number });
    const list = document.createElement("ul");
    for (const one of body.items) {
      const line = document.createElement("li");
      line.append(Object.assign(document.createElement("a"), { href: incidentPath(one.incident), textContent: one.incident }));
      line.append(` ${one.title}`);
      list.append(line);
    }
    answer?.replaceChildren(body.items.length ? list : t("personal.none"));
    form.reset();
  } catch (fault) {
    refuse(form, fault);
  }
}

function refuse(place: HTMLElement, fault: unknown): void {
  if (!(fault instanceof Problem)) throw fault;
  const words = Object.assign(document.createElement("div"), { className: "refusal", textContent: fault.detail });
  place.querySelector("[role=alert]")?.replaceChildren(words);
}
