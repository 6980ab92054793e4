/** <hub-files door="/incidents/…/attachments">: what is attached to a subject, and attaching more, from the camera too. */
import { html, nothing, type TemplateResult } from "lit";
import { get, upload } from "./api";
import { when } from "./chips";
import { field, refusal } from "./form";
import { tell } from "./notices";
import { deskTitle, may } from "./page";
import { Part, Sending } from "./part";
import { at } from "./paths";
import type { By } from "./shapes";
import { t } from "./words";

interface Kept {
  id: string;
  name: string;
  note: string | null;
  size: number;
  at: string;
  by: By;
  picture: boolean;
}

/** `news` is any number that moves when there may be more; `verb` is what the asker must be allowed to attach. */
export class HubFiles extends Part {
  declare door: string;
  declare verb: string;
  declare news: number;
  static override properties = { door: {}, verb: {}, news: { type: Number } };
  private files: Kept[] = [];
  private readonly sending = new Sending(this);

  constructor() {
    super();
    this.door = "";
    this.verb = "file.attach";
    this.news = 0;
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has("door") || changed.has("news")) void this.read();
  }

  protected override render(): TemplateResult {
    return html`<section class="panel files" aria-labelledby="files-title">
      <h2 id="files-title">${t("files")} <span class="n">${this.files.length}</span></h2>
      ${this.files.length ? nothing : html`<p class="quiet">${t("files.none")}</p>`}
      <ul class="files-kept">
        ${this.files.map((one) => this.kept(one))}
      </ul>
      ${may(this.verb) ? this.form() : nothing}
    </section>`;
  }

  private kept(one: Kept): TemplateResult {
    const place = at(`/files/${encodeURIComponent(one.id)}`);
    return html`<li>
      ${one.picture ? html`<a href=${place} target="_blank" rel="noopener"><img src=${place} alt=${one.note ?? one.name} loading="lazy" /></a>` : nothing}
      <div>
        <a href=${place} download=${one.name}>${one.name}</a> <span class="second">${bytes(one.size)}</span>
        ${one.note ? html`<div class="text">${one.note}</div>` : nothing}
        <div class="second">${when(one.at)} ${deskTitle(one.by.desk ?? "")}</div>
      </div>
    </li>`;
  }

  private form(): TemplateResult {
    return html`<form @submit=${(event: SubmitEvent) => this.attach(event)}>
      ${field(
        "files-file",
        t("files.file"),
        html`<input id="files-file" type="file" name="file" required aria-describedby="files-file-says" />`,
        this.sending.fault?.about("file"),
        { hint: t("files.taken") },
      )}
      ${field(
        "files-note",
        t("files.note"),
        html`<input id="files-note" name="note" maxlength="2000" autocomplete="off" aria-describedby="files-note-says" />`,
        this.sending.fault?.about("note"),
      )}
      ${this.sending.fault && !this.sending.fault.errors.length ? refusal(this.sending.fault) : refusal(null)}
      <button class="main" ?disabled=${this.sending.busy}>${this.sending.busy ? t("files.sending") : t("files.attach")}</button>
    </form>`;
  }

  private async attach(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    if (!(await this.sending.run(() => upload(this.door, new FormData(form))))) return;
    form.reset();
    tell(t("files.done"));
    await this.read();
  }

  private async read(): Promise<void> {
    if (!this.door) return;
    // What cannot be read now is read with the next news; the page says itself when it is cut off.
    const answer = await get<{ items: Kept[] }>(this.door).catch(() => null);
    if (!answer) return;
    this.files = answer.body.items;
    this.requestUpdate();
  }
}

function bytes(n: number): string {
  return n < 1024 * 1024 ? `${Math.ceil(n / 1024)} KiB` : `${(n / 1024 / 1024).toFixed(1)} MiB`;
}

customElements.define("hub-files", HubFiles);
