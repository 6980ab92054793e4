/** <hub-tasks>: what desks ask of each other on this incident, each with its next step, and the way to ask. */
import { html, nothing, type TemplateResult } from "lit";
import { get, post } from "../shared/api";
import { due, when } from "../shared/chips";
import { choice, field, refusal, sendKey, value } from "../shared/form";
import { deskTitle, may, page } from "../shared/page";
import { Sending } from "../shared/part";
import { at } from "../shared/paths";
import type { Entry } from "../shared/shapes";
import { t, word } from "../shared/words";
import { type Matter, MatterPart } from "./matter";

interface Task {
  id: string;
  desk: string;
  to: string;
  post: string;
  words: string;
  due_at: string;
  state: string;
  moved_at: string;
  said: string | null;
}

const MINUTES = [15, 30, 60, 120, 240];
const OPEN = ["asked", "accepted"];

export class HubTasks extends MatterPart {
  private tasks: Task[] = [];
  private heard: Matter | null = null;
  private readonly sending = new Sending(this);

  protected override render(): TemplateResult | typeof nothing {
    const held = this.matter?.incident;
    if (!held) return nothing;
    if (this.heard !== this.matter) this.follow();
    return html`<section class="panel" aria-labelledby="tasks-title">
      <h2 id="tasks-title">${t("tasks")} <span class="n">${this.tasks.length}</span></h2>
      <ul class="owed">
        ${this.tasks.map((one) => this.row(one))}
      </ul>
      ${may("task.ask") ? this.asks() : nothing}
    </section>`;
  }

  private row(one: Task): TemplateResult {
    const running = OPEN.includes(one.state);
    return html`<li data-task=${one.id}>
      <a href=${at(`/tasks/${encodeURIComponent(one.id)}`)}>${one.words}</a>
      <span class="chip status">${word("task", one.state)}</span>
      <div class="second">
        ${deskTitle(one.desk)} → ${deskTitle(one.to)} ${word("post", one.post)} · ${running ? due(one.due_at) : when(one.moved_at)}
      </div>
      ${one.said && !running ? html`<div>${one.said}</div>` : nothing}
      ${running && one.to === page.asker?.desk && may("task.answer") ? this.next(one) : nothing}
    </li>`;
  }

  /** The one step that is next for the asked desk: accept it, then say what was done. */
  private next(one: Task): TemplateResult {
    if (one.state === "asked") {
      const accept = (): void => void this.send(`/tasks/${one.id}/answer`, { accept: true });
      return html`<button type="button" class="main" ?disabled=${this.sending.busy} @click=${accept}>${t("task.accept")}</button>`;
    }
    const done = (event: SubmitEvent): void => {
      event.preventDefault();
      void this.send(`/tasks/${one.id}/completion`, { words: value(event.currentTarget as HTMLFormElement, "words") });
    };
    const id = `task-said-${one.id}`;
    return html`<form class="inset" @submit=${done} @keydown=${sendKey}>
      ${field(id, t("task.said"), html`<textarea id=${id} name="words" rows="2" required maxlength="4000"></textarea>`, null)}
      <div class="buttons"><button class="main" ?disabled=${this.sending.busy}>${t("task.done")}</button></div>
    </form>`;
  }

  private asks(): TemplateResult {
    const circle = (this.matter.incident?.access ?? []).map((one) => [one.desk, deskTitle(one.desk)] as const);
    const spans = MINUTES.map((n) => [String(n), n < 60 ? t("task.minutes", { n }) : t("task.hours", { n: n / 60 })] as const);
    const fault = this.sending.fault;
    return html`<details>
      <summary>${t("task.ask")}</summary>
      <form class="inset" @submit=${this.ask} @keydown=${sendKey}>
        <p class="quiet">${t("task.circle")}</p>
        ${choice("task-to", "to", t("task.to"), circle, fault?.about("to"))}
        ${choice("task-within", "within", t("task.within"), spans, null, { chosen: "60" })}
        ${field("task-words", t("task.words"), html`<textarea id="task-words" name="words" rows="2" required maxlength="4000"></textarea>`, fault?.about("words"))}
        <div class="buttons"><button class="main" ?disabled=${this.sending.busy}>${t("task.ask")}</button></div>
      </form>
      ${refusal(fault, ["to", "words"])}
    </details>`;
  }

  private readonly ask = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const within_minutes = Number(value(form, "within"));
    const body = { to: value(form, "to"), words: value(form, "words"), within_minutes };
    if (await this.send(`${this.matter.path}/tasks`, body)) form.reset();
  };

  private async send(path: string, body: unknown): Promise<boolean> {
    const done = await this.sending.run(() => post(path, body));
    if (done) await this.read();
    return done;
  }

  private follow(): void {
    this.heard = this.matter;
    this.matter.addEventListener("entry", (event) => {
      if ((event as CustomEvent<Entry>).detail.kind.startsWith("task.")) void this.read();
    });
    void this.read();
  }

  private async read(): Promise<void> {
    this.tasks = await get<{ items: Task[] }>(`${this.matter.path}/tasks`).then(
      ({ body }) => body.items,
      // What cannot be read now is read with the next entry about it.
      () => this.tasks,
    );
    this.requestUpdate();
  }
}

customElements.define("hub-tasks", HubTasks);
