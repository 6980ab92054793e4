/** <hub-hazards ref="…">: the hazards an incident is linked to, as far as the desk may know both; nothing where there are none. */
import { html, nothing, type TemplateResult } from "lit";
import { get } from "../shared/api";
import { agencyTitle } from "../shared/page";
import { Part } from "../shared/part";
import { hazardPath } from "../shared/paths";
import type { Hazard } from "../shared/shapes";
import { t, word } from "../shared/words";

export class HubHazards extends Part {
  declare ref: string;
  declare news: number;
  static override properties = { ref: {}, news: { type: Number } };
  private linked: Hazard[] = [];

  constructor() {
    super();
    this.ref = "";
    this.news = 0;
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has("ref") || changed.has("news")) void this.read();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.linked.length) return nothing;
    return html`<section class="panel" aria-labelledby="hazards-title">
      <h2 id="hazards-title">${t("hazards.linked")} <span class="n">${this.linked.length}</span></h2>
      <ul class="owed">
        ${this.linked.map(
          (one) =>
            html`<li>
              <a href=${hazardPath(one.ref)}>${one.title}</a> <span class="chip">${word("hazard", one.state)}</span>
              ${one.overdue ? html`<b class="late">${t("hazards.overdue")}</b>` : nothing}
              <div class="second">${agencyTitle(one.agency)} · ${word("relation", one.relation ?? "related")}</div>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  private async read(): Promise<void> {
    if (!this.ref) return;
    // What cannot be read now is read with the next news of the incident.
    const answer = await get<{ items: Hazard[] }>(`/incidents/${encodeURIComponent(this.ref)}/hazards`).catch(() => null);
    if (!answer) return;
    this.linked = answer.body.items;
    this.requestUpdate();
  }
}

customElements.define("hub-hazards", HubHazards);
