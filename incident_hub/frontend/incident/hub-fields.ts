/** <hub-fields>: changing title, account, place and instant; what others change meanwhile is shown beside, never over. */
import { html, nothing, type TemplateResult } from "lit";
import { patch, Problem } from "../shared/api";
import { field, options, refusal } from "../shared/form";
import { tell } from "../shared/notices";
import { may, page } from "../shared/page";
import { Sending } from "../shared/part";
import type { Incident } from "../shared/shapes";
import { instantOf, wallOf } from "../shared/time";
import { t } from "../shared/words";
import { MatterPart } from "./matter";

const NAMES = ["title", "summary", "site", "place", "occurred_at", "attention"] as const;
type Name = (typeof NAMES)[number];
type Held = Record<Name, string>;

export class HubFields extends MatterPart {
  /** What the fields held when they were last equal to the server's; typing makes a difference from it. */
  private base: Held | null = null;
  private baseTag = "";
  private theirs: Partial<Held> = {};
  private readonly sending = new Sending(this);

  protected override updated(): void {
    const held = this.matter?.incident;
    if (held && this.querySelector("form")) this.follow(read(held));
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.matter?.incident) return nothing;
    if (!may("incident.amend") || this.matter.role === "informed")
      return html`<p class="quiet">${t("fields.not_yours")}</p>`;
    const sites = (page.sites ?? []).map((one) => [one.code, one.title] as const);
    return html`<form @submit=${this.save}>
      ${this.row("title", html`<input id="field-title" name="title" required maxlength="300" aria-describedby="field-title-says" />`)}
      ${this.row("summary", html`<textarea id="field-summary" name="summary" rows="4" aria-describedby="field-summary-says"></textarea>`)}
      ${
        sites.length
          ? this.row(
              "site",
              html`<select id="field-site" name="site">
                <option value="">—</option>
                ${options(sites)}
              </select>`,
            )
          : nothing
      }
      ${this.row("place", html`<input id="field-place" name="place" maxlength="300" aria-describedby="field-place-says" />`)}
      ${this.row("occurred_at", html`<input id="field-occurred_at" name="occurred_at" type="datetime-local" aria-describedby="field-occurred_at-says" />`)}
      ${this.row(
        "attention",
        html`<select id="field-attention" name="attention">
          <option value="">—</option>
          ${options([
            ["A", "A"],
            ["B", "B"],
            ["C", "C"],
          ])}
        </select>`,
      )}
      ${refusal(this.sending.fault?.status === 412 ? null : this.sending.fault)}
      <div class="buttons small">
        <button class="main" ?disabled=${this.sending.busy}>${t("fields.do")}</button>
        <button type="button" @click=${() => this.reset()}>${t("fields.reset")}</button>
      </div>
    </form>`;
  }

  private row(name: Name, control: TemplateResult): TemplateResult {
    const theirs = this.theirs[name];
    const note =
      theirs === undefined
        ? nothing
        : html`<div class="theirs" role="status">
            <span>${t("fields.theirs")} <b>${theirs ? theirs.replace("T", " ") : t("fields.emptied")}</b></span>
            <span class="buttons small"
              ><button type="button" @click=${() => this.take(name)}>${t("fields.take")}</button>
              <button type="button" @click=${() => this.insist(name)}>${t("fields.insist")}</button></span
            >
          </div>`;
    return html`${field(`field-${name}`, t(`field.${name}`), control, this.sending.fault?.about(name), { wide: true })}${note}`;
  }

  /** Take over what nobody here is changing; set what both sides changed beside the field. */
  private follow(now: Held): void {
    if (!this.base) {
      this.settleOn(now);
      for (const name of NAMES) this.put(name, now[name]);
      return;
    }
    let dirty = false;
    for (const name of NAMES) {
      const control = this.control(name);
      if (!control) continue;
      const typed = control.value !== this.base[name];
      if (!typed && document.activeElement !== control) {
        this.base[name] = now[name];
        this.put(name, now[name]);
        continue;
      }
      dirty ||= typed;
      const differs = now[name] !== this.base[name] && now[name] !== control.value;
      if (differs !== (this.theirs[name] !== undefined) || (differs && this.theirs[name] !== now[name]))
        this.beside(name, differs ? now[name] : undefined);
    }
    // While somebody types, the version they saw stays the one they are judged by; otherwise the newest is what they see.
    if (!dirty) this.baseTag = this.matter.etag;
  }

  private async save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!this.base) return;
    const names = NAMES.filter((name) => this.typed(name));
    const changes = Object.fromEntries(names.map((name) => [name, this.sent(name, this.control(name)?.value ?? "")]));
    if (!Object.keys(changes).length) return tell(t("fields.same"));
    const done = await this.sending.run(async () => {
      const answer = await patch<Incident>(this.matter.path, changes, this.baseTag);
      this.base = null;
      this.theirs = {};
      this.matter.took(answer);
    });
    if (done) tell(t("fields.done"));
    else this.clash(this.sending.fault);
  }

  // 412 names the fields that others moved, each with both values.
  private clash(fault: Problem | null): void {
    if (fault?.status !== 412) return;
    const fields = (fault.body["fields"] ?? []) as { field: Name; theirs: unknown }[];
    for (const one of fields) this.beside(one.field, shownValue(one.field, one.theirs));
    this.matter.again();
  }

  private take(name: Name): void {
    const theirs = this.theirs[name] ?? "";
    this.put(name, theirs);
    this.insist(name);
  }

  private insist(name: Name): void {
    if (this.base) this.base[name] = this.theirs[name] ?? this.base[name];
    this.beside(name, undefined);
    // With every difference decided, one has seen the newest version.
    if (!Object.keys(this.theirs).length) this.baseTag = this.matter.etag;
    this.sending.clear();
    this.control(name)?.focus();
  }

  private beside(name: Name, theirs: string | undefined): void {
    if (theirs === undefined) delete this.theirs[name];
    else this.theirs[name] = theirs;
    this.requestUpdate();
  }

  private reset(): void {
    this.base = null;
    this.theirs = {};
    this.sending.clear();
  }

  private settleOn(now: Held): void {
    this.base = { ...now };
    this.baseTag = this.matter.etag;
  }

  private typed(name: Name): boolean {
    const control = this.control(name);
    return Boolean(control && this.base && control.value !== this.base[name]);
  }

  private put(name: Name, value: string): void {
    const control = this.control(name);
    if (control && control.value !== value) control.value = value;
  }

  private sent(name: Name, value: string): unknown {
    if (name === "title" || name === "summary") return value;
    if (name === "place") return this.placed(value);
    if (!value) return null;
    return name === "occurred_at" ? instantOf(value) : value;
  }

  // The words change; area and coordinates, which this form does not show, stay as they are.
  private placed(text: string): unknown {
    const before = this.matter.incident?.place;
    const rest = before && typeof before === "object" ? { ...before } : {};
    return text || Object.keys(rest).some((name) => name !== "text") ? { ...rest, text } : null;
  }

  private control(name: Name): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>(`#field-${name}`);
  }
}

function read(held: Incident): Held {
  const place = typeof held.place === "string" ? held.place : (held.place?.text ?? "");
  return {
    title: held.title,
    summary: held.summary ?? "",
    site: held.site ?? "",
    place,
    attention: held.attention ?? "",
    occurred_at: held.occurred_at ? wallOf(held.occurred_at) : "",
  };
}

function shownValue(name: Name, theirs: unknown): string {
  if (theirs === null || theirs === undefined) return "";
  if (name === "occurred_at") return wallOf(String(theirs));
  return typeof theirs === "object" ? String((theirs as { text?: string }).text ?? "") : String(theirs);
}

customElements.define("hub-fields", HubFields);
