/** <hub-composer>: writing into the journal; what is half written survives a reload. */
import { html, nothing, type TemplateResult } from "lit";
import { post } from "../shared/api";
import { forget, keep, restore } from "../shared/draft";
import { field, options, refusal, sendKey, value } from "../shared/form";
import { bind } from "../shared/keys";
import { tell } from "../shared/notices";
import { deskTitle, page } from "../shared/page";
import { Sending } from "../shared/part";
import { instantOf } from "../shared/time";
import { readVia, viaFields } from "../shared/via";
import { t, word } from "../shared/words";
import { MatterPart } from "./matter";

const KINDS = ["note", "decision", "action", "message", "milestone"] as const;
const POSTS = ["duty_officer", "deputy", "duty_leader", "executive"] as const;
const WHOLE = new Set(["all", "own", "sealed"]);
const MILESTONES = ["informed", "set_out", "arrived", "handed_over", "released"] as const;

export class HubComposer extends MatterPart {
  private kind = "note";
  private wider = false;
  private sealed = false;
  private readonly sending = new Sending(this);

  constructor() {
    super();
    bind("w", t("key.write"), () => this.querySelector<HTMLElement>("#write-text")?.focus());
  }

  protected override firstUpdated(): void {
    const form = this.querySelector("form");
    if (!form) return;
    // The kind first: it decides which other fields there are to put values back into.
    if (restore(form, this.draft)) {
      this.kind = value(form, "kind") || "note";
      this.sealed = value(form, "audience") === "sealed";
      this.wider = true;
      this.requestUpdate();
      void this.updateComplete.then(() => restore(form, this.draft));
    }
  }

  protected override render(): TemplateResult {
    const fault = this.sending.fault;
    return html`<form
      class="composer"
      @submit=${this.send}
      @keydown=${sendKey}
      @input=${this.typed}
      @focusin=${this.widen}
    >
      ${this.kinds()} ${this.kind === "milestone" ? this.milestones() : nothing}
      <label class="sr" for="write-text">${t("write.text")}</label>
      <textarea
        id="write-text"
        name="text"
        rows=${this.wider ? 3 : 1}
        required
        placeholder=${t("write.text")}
        aria-describedby="write-refused"
      ></textarea>
      ${this.kind === "decision" ? this.decision() : nothing}
      <div ?hidden=${!this.wider}>${this.more()}</div>
      <div id="write-refused">${refusal(fault)}</div>
      <div class="buttons small" ?hidden=${!this.wider}>
        <button class="main" ?disabled=${this.sending.busy}>${t("write.do")} <kbd>Ctrl ↵</kbd></button>
      </div>
    </form>`;
  }

  private kinds(): TemplateResult {
    return html`<div class="segments" role="radiogroup" aria-label=${t("write.kind")}>
      ${KINDS.map(
        (one) =>
          html`<label class="segment">
            <input type="radio" name="kind" value=${one} ?checked=${one === "note"} @change=${() => this.choose(one)} />
            <span>${word("journal", one)}</span></label
          >`,
      )}
    </div>`;
  }

  private milestones(): TemplateResult {
    return field(
      "write-milestone",
      t("write.milestone"),
      html`<select id="write-milestone" name="milestone">
        ${options(MILESTONES.map((one) => [one, word("milestone", one)] as const))}
      </select>`,
      this.sending.fault?.about("milestone"),
    );
  }

  private decision(): TemplateResult {
    return html`<div class="fields">
      ${field("write-options", t("decision.options"), html`<input id="write-options" name="options" autocomplete="off" />`, null)}
      ${field("write-basis", t("basis"), html`<input id="write-basis" name="basis" autocomplete="off" />`, null)}
      ${field("write-approver", t("decision.approver"), html`<input id="write-approver" name="approver" autocomplete="off" />`, null)}
    </div>`;
  }

  private more(): TemplateResult {
    const others = (this.matter.incident?.access ?? []).filter((one) => one.desk !== page.asker?.desk);
    const choices: [string, string][] = [
      ["all", t("audience.all")],
      ["own", t("audience.own")],
      ["sealed", t("audience.sealed")],
    ];
    for (const one of others) choices.push([one.desk, t("audience.with", { desk: deskTitle(one.desk) })]);
    return html`<div class="fields">
        ${field(
          "write-audience",
          t("audience"),
          html`<select id="write-audience" name="audience" @change=${this.sealing}>
            ${options(choices)}
          </select>`,
          this.sending.fault?.about("audience"),
        )}
        ${field(
          "write-when",
          t("write.when"),
          html`<input id="write-when" name="occurred_at" type="datetime-local" />`,
          this.sending.fault?.about("occurred_at"),
        )}
      </div>
      ${this.sealed ? this.posts() : nothing} ${viaFields("write", this.sending.fault)}`;
  }

  /** Who at this desk reads what is sealed, beside whoever writes it. */
  private posts(): TemplateResult {
    const fault = this.sending.fault?.about("posts");
    return html`<fieldset class="posts" aria-describedby="write-posts-says">
      <legend>${t("audience.posts")}</legend>
      ${POSTS.map((one) => html`<label><input type="checkbox" name="posts" value=${one} /> ${word("post", one)}</label>`)}
      <div id="write-posts-says" class="says">
        ${fault ? html`<span class="fault">${fault}</span>` : nothing}<span class="hint">${t("audience.sealed.hint")}</span>
      </div>
    </fieldset>`;
  }

  private sealing(event: Event): void {
    this.sealed = (event.target as HTMLSelectElement).value === "sealed";
    this.requestUpdate();
  }

  private choose(kind: string): void {
    this.kind = kind;
    this.requestUpdate();
  }

  private widen(): void {
    if (this.wider) return;
    this.wider = true;
    this.requestUpdate();
  }

  private typed(event: Event): void {
    keep(event.currentTarget as HTMLFormElement, this.draft);
  }

  private async send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    if (!(await this.sending.run(() => post(`${this.matter.path}/journal`, { ...this.body(form), ...readVia(form) }))))
      return;
    forget(this.draft);
    form.reset();
    this.kind = "note";
    this.sealed = false;
    this.requestUpdate();
    tell(t("write.done"));
    this.matter.again();
  }

  private body(form: HTMLFormElement): Record<string, unknown> {
    const audience = value(form, "audience") || "all";
    const at = value(form, "occurred_at");
    const body: Record<string, unknown> = { kind: this.kind, text: value(form, "text") };
    body["audience"] = WHOLE.has(audience) ? audience : [audience];
    if (audience === "sealed") body["posts"] = new FormData(form).getAll("posts");
    if (at) body["occurred_at"] = instantOf(at);
    if (this.kind === "milestone") body["milestone"] = value(form, "milestone");
    if (this.kind === "decision") {
      const weighed = ["options", "basis", "approver"]
        .map((name) => [name, value(form, name)] as const)
        .filter(([, held]) => held);
      body["decision"] = Object.fromEntries(weighed);
    }
    return body;
  }

  private get draft(): string {
    return `journal.${this.matter.ref}`;
  }
}

customElements.define("hub-composer", HubComposer);
