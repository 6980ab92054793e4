/** <hub-personal>: the values of persons locked away with this incident, by kind and last four, and the way to their page. */
import { html, nothing, type TemplateResult } from "lit";
import { get } from "../shared/api";
import { may } from "../shared/page";
import { at, incidentPath } from "../shared/paths";
import { t, word } from "../shared/words";
import { MatterPart } from "./matter";

interface Locked {
  id: string;
  kind: string;
  last_four: string;
  also: string[];
}

export class HubPersonal extends MatterPart {
  private items: Locked[] = [];
  private waiting = 0;
  private seen = -1;

  protected override render(): TemplateResult | typeof nothing {
    const held = this.matter?.incident;
    if (!held) return nothing;
    if (held.version !== this.seen) {
      this.seen = held.version;
      void this.read();
    }
    if (!this.items.length && !may("personal.keep")) return nothing;
    return html`<section class="panel" aria-labelledby="personal-title">
      <h2 id="personal-title">${t("personal.list")} <span class="n">${this.items.length}</span></h2>
      <ul class="item-rows">
        ${this.items.map(
          (one) => html`<li>
            <div><span class="chip">${word("personal", one.kind)}</span> <span class="ref">••••${one.last_four}</span></div>
            ${
              one.also.length
                ? html`<div class="second">${t("personal.list.same")} ${one.also.map((ref) => html`<a class="ref" href=${incidentPath(ref)}>${ref}</a> `)}</div>`
                : nothing
            }
          </li>`,
        )}
      </ul>
      <div class="buttons">
        <a class="button" href=${at(`/incidents/${held.ref}/personal`)}>${t("personal.list.more")}
          ${this.waiting ? html`<span class="n">${this.waiting}</span>` : nothing}</a>
        ${this.matter.role === "lead" && may("looks.read") ? html`<a class="button" href=${at(`/incidents/${held.ref}/looks`)}>${t("personal.looks")}</a>` : nothing}
      </div>
    </section>`;
  }

  // What cannot be read now is read with the next news of the incident.
  private async read(): Promise<void> {
    const found = await get<{ items: Locked[]; reveals: { state: string }[] }>(`${this.matter.path}/personal`).then(
      ({ body }) => body,
      () => null,
    );
    if (!found) return;
    this.items = found.items;
    this.waiting = found.reveals.filter((one) => one.state === "asked" || one.state === "confirmed").length;
    this.requestUpdate();
  }
}

customElements.define("hub-personal", HubPersonal);
