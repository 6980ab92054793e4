/** <hub-items>: what was found in this incident and is in custody, who has it, and the way to take something in. */
import { html, nothing, type TemplateResult } from "lit";
import { get } from "../shared/api";
import { agencyTitle, may } from "../shared/page";
import { at, itemPath } from "../shared/paths";
import { t, word } from "../shared/words";
import { MatterPart } from "./matter";

interface Item {
  ref: string;
  title: string;
  sort: string;
  quantity: number;
  unit: string;
  seal: string | null;
  holder: string;
  offered_to: string | null;
  outcome: string | null;
}

export class HubItems extends MatterPart {
  private items: Item[] = [];
  private seen = -1;

  protected override render(): TemplateResult | typeof nothing {
    const held = this.matter?.incident;
    if (!held) return nothing;
    if (held.version !== this.seen) {
      this.seen = held.version;
      void this.read();
    }
    const takes = may("item.take_in");
    if (!this.items.length && !takes) return nothing;
    const list = at(`/operations/${encodeURIComponent(held.operation)}/items`);
    return html`<section class="panel" aria-labelledby="items-title">
      <h2 id="items-title">${t("items")} <span class="n">${this.items.length}</span></h2>
      ${this.items.length ? nothing : html`<p class="quiet">${t("items.none")}</p>`}
      <ul class="item-rows">
        ${this.items.map((one) => this.row(one))}
      </ul>
      ${takes ? html`<div class="buttons"><a class="button" href="${list}${list.includes("?") ? "&" : "?"}incident=${held.ref}#take">${t("items.take")}</a></div>` : nothing}
    </section>`;
  }

  private row(one: Item): TemplateResult {
    return html`<li>
      <div>
        <a href=${itemPath(one.ref)}>${one.title}</a> <span class="chip">${word("sort", one.sort)}</span> ${one.quantity}
        ${word("unit", one.unit)}${one.seal ? html` · <span class="ref">${one.seal}</span>` : nothing}
      </div>
      <div class="second">
        ${one.outcome ? word("outcome", one.outcome) : agencyTitle(one.holder.split("/")[0])}
        ${one.offered_to ? html`→ ${agencyTitle(one.offered_to.split("/")[0])} <b class="soon">${t("items.offered")}</b>` : nothing}
      </div>
    </li>`;
  }

  // What cannot be read now is read with the next news of the incident.
  private async read(): Promise<void> {
    this.items = await get<{ items: Item[] }>(`${this.matter.path}/items`).then(
      ({ body }) => body.items,
      () => this.items,
    );
    this.requestUpdate();
  }
}

customElements.define("hub-items", HubItems);
