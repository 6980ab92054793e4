/** What was found on a visit: written down, and made a hazard by one press. */
import { html, nothing, type TemplateResult } from "lit";
import { post, Problem } from "../shared/api";
import { forget, keep, restore } from "../shared/draft";
import { sendKey } from "../shared/form";
import { tell } from "../shared/notices";
import { said } from "../shared/part";
import { hazardPath } from "../shared/paths";
import { shown } from "../shared/time";
import { t, word } from "../shared/words";
import type { HubVisit } from "./hub-visit";
import { named, type Finding, type Visit } from "./visit";

/** The findings, and a form for another while nothing is signed. */
export function found(host: HubVisit, visit: Visit): TemplateResult {
  return html`<section class="panel" aria-labelledby="found-title">
    <h2 id="found-title">${t("visit.found")} <span class="n">${visit.findings.length}</span></h2>
    ${visit.findings.length ? nothing : html`<p class="quiet">${t("visit.nothing_found")}</p>`}
    <ul class="findings">
      ${visit.findings.map((one) => finding(host, visit, one))}
    </ul>
    ${visit.may.includes("answer") ? writing(host, visit) : nothing}
  </section>`;
}

function finding(host: HubVisit, visit: Visit, one: Finding): TemplateResult {
  const raised = one.hazard;
  const raise = (): void => void state(host, () => post(`/inspections/${visit.ref}/findings/${one.id}/hazard`, {}), t("visit.raised"));
  return html`<li data-finding=${one.id}>
    <div class="text">${one.words}</div>
    <div class="second">${shown(one.at)} ${where(visit, one)}</div>
    ${raised
      ? html`<div>
          <a href=${hazardPath(raised.ref)}>${t("visit.hazard")}${t("colon")}${raised.title}</a>
          <span class="chip">${word("hazard", raised.state)}</span>
        </div>`
      : visit.may.includes("raise")
        ? html`<div class="buttons"><button type="button" data-raises @click=${raise}>${t("visit.raise")}</button></div>`
        : nothing}
  </li>`;
}

function writing(host: HubVisit, visit: Visit): TemplateResult {
  const name = `finding.${visit.ref}`;
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const [checklist = "", item = ""] = field(form, "question").split("/");
    const body = { words: field(form, "words"), ...(checklist && item ? { checklist, item } : {}) };
    void state(host, () => post(`/inspections/${visit.ref}/findings`, body), t("visit.written")).then((done) => {
      if (!done) return;
      forget(name);
      form.reset();
    });
  };
  // Put back once, when the form is first drawn.
  const focused = (event: Event): void => void keep(event.currentTarget as HTMLFormElement, name);
  queueMicrotask(() => {
    const form = host.querySelector<HTMLFormElement>("form.finding:not([data-restored])");
    if (!form) return;
    form.dataset["restored"] = "";
    restore(form, name);
  });
  return html`<form class="inset finding" @submit=${send} @input=${focused} @change=${focused} @keydown=${sendKey}>
    <div class="field">
      <label for="finding-question">${t("visit.about")}</label>
      <select id="finding-question" name="question">
        <option value="">${t("visit.about_none")}</option>
        ${visit.checklists.map((list) =>
          list.items.map(
            (item) => html`<option value=${named(list.code, item.code)}>${said(list.title)}${t("colon")}${said(item.question)}</option>`,
          ),
        )}
      </select>
    </div>
    <div class="field">
      <label for="finding-words">${t("visit.words")}</label>
      <textarea id="finding-words" name="words" rows="3" maxlength="4000" required></textarea>
    </div>
    <div class="buttons"><button class="main">${t("visit.write")}</button></div>
  </form>`;
}

/** Do it, say so, and read the visit anew; a refusal is said and nothing typed is lost. */
async function state(host: HubVisit, request: () => Promise<unknown>, done: string): Promise<boolean> {
  try {
    await request();
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault;
    tell(fault.detail, true);
    return false;
  }
  tell(done);
  await host.read();
  return true;
}

function where(visit: Visit, one: Finding): string {
  const list = visit.checklists.find((each) => each.code === one.checklist);
  const item = list?.items.find((each) => each.code === one.item);
  return list ? [said(list.title), item ? said(item.question) : ""].filter(Boolean).join(t("colon")) : "";
}

function field(form: HTMLFormElement, name: string): string {
  const held = new FormData(form).get(name);
  return typeof held === "string" ? held.trim() : "";
}
