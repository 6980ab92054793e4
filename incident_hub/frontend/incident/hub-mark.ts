/** <hub-mark>: the TLP mark, what it means in plain words, and changing it with a reason. */
import { html, nothing, type TemplateResult } from "lit";
import { post } from "../shared/api";
import { tlp } from "../shared/chips";
import { choice, field, refusal, value } from "../shared/form";
import { confirmed, tell } from "../shared/notices";
import { may } from "../shared/page";
import { Sending } from "../shared/part";
import type { Incident } from "../shared/shapes";
import { t, word } from "../shared/words";
import { MatterPart } from "./matter";

const MARKS = ["RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"];

export class HubMark extends MatterPart {
  private readonly sending = new Sending(this);

  protected override render(): TemplateResult | typeof nothing {
    const held = this.matter?.incident;
    if (!held) return nothing;
    return html`<h3>${t("mark.title")}</h3>
      <p>${tlp(held.tlp)} ${word("tlp", held.tlp)}</p>
      ${may("incident.mark") && this.matter.leads ? this.form(held) : nothing}`;
  }

  private form(held: Incident): TemplateResult {
    const fault = this.sending.fault;
    const others = MARKS.filter((one) => one !== held.tlp).map((one) => [one, `TLP:${one}`] as const);
    return html`<details>
      <summary>${t("mark.change")}</summary>
      <form class="inset" @submit=${this.mark}>
        <div class="fields">
          ${choice("mark-tlp", "tlp", t("mark.title"), others, fault?.about("tlp"))}
          ${field("mark-basis", t("basis"), html`<textarea id="mark-basis" name="basis" rows="2" required aria-describedby="mark-basis-says"></textarea>`, fault?.about("basis"), { required: true, wide: true })}
        </div>
        ${refusal(fault, ["tlp", "basis"])}
        <div class="buttons small"><button class="main" ?disabled=${this.sending.busy}>${t("mark.do")}</button></div>
      </form>
    </details>`;
  }

  private async mark(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const body = { tlp: value(form, "tlp"), basis: value(form, "basis") };
    if (!(await confirmed(t("mark.ask", { tlp: body.tlp }), word("tlp", body.tlp), t("mark.do")))) return;
    const went = await this.sending.run(async () => {
      this.matter.took(await post<Incident>(`${this.matter.path}/tlp`, body));
    });
    if (went) tell(t("mark.done", { tlp: body.tlp }));
  }
}

customElements.define("hub-mark", HubMark);
