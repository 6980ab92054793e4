/** Photographs at a question: taken by the camera, sent at once, and kept on the screen until the Hub has them. */
import { html, nothing, type TemplateResult } from "lit";
import { Problem, upload } from "../shared/api";
import { at } from "../shared/paths";
import { t } from "../shared/words";
import { named, type Visit } from "./visit";

interface Shot {
  file: File;
  checklist: string;
  item: string;
  note: string;
  fault: string | null;
}

export class Shots {
  private unsent: Shot[] = [];

  constructor(
    private readonly ref: string,
    private readonly changed: () => void,
  ) {}

  /** The button that opens the camera; a device without one lets a picture be chosen. */
  camera(checklist: string, item: string, note: string): TemplateResult {
    return html`<label class="button camera">
      ${t("visit.camera")}
      <input type="file" accept="image/*" capture="environment" class="sr" data-camera=${named(checklist, item)}
        @change=${(event: Event) => this.taken(event.target as HTMLInputElement, checklist, item, note)} />
    </label>`;
  }

  /** What was photographed at a question, and what has not been sent. */
  shown(visit: Visit, checklist: string, item: string): TemplateResult {
    const here = (one: { checklist: string; item: string }): boolean => one.checklist === checklist && one.item === item;
    return html`${visit.photographs.filter(here).map((one) => {
      const place = at(`/files/${encodeURIComponent(one.file)}`);
      return html`<a href=${place} target="_blank" rel="noopener"><img src=${place} alt=${t("visit.photograph")} loading="lazy" /></a>`;
    })}
    ${this.unsent.filter(here).map(
      (one) =>
        html`<span class=${one.fault ? "late" : "soon"} role="status">
          ${one.fault ?? t("files.sending")} ${one.file.name}
          ${one.fault ? html`<button type="button" @click=${() => void this.send(one)}>${t("again")}</button>` : nothing}
        </span>`,
    )}`;
  }

  private taken(input: HTMLInputElement, checklist: string, item: string, note: string): void {
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    const shot: Shot = { file, checklist, item, note, fault: null };
    this.unsent.push(shot);
    void this.send(shot);
  }

  private async send(shot: Shot): Promise<void> {
    shot.fault = null;
    this.changed();
    const form = new FormData();
    for (const name of ["checklist", "item", "note"] as const) form.set(name, shot[name]);
    form.set("file", shot.file);
    try {
      await upload(`/inspections/${this.ref}/attachments`, form);
      this.unsent = this.unsent.filter((one) => one !== shot);
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      shot.fault = fault.detail;
    }
    this.changed();
  }
}
