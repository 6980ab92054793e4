/** Many returns from a sheet: first what would happen, row by row, then the same again for good. */
import { post, Problem, upload } from "../shared/api";
import { page } from "../shared/page";
import { t } from "../shared/words";

interface Said {
  zh: string;
  en: string;
}

interface Told {
  filed: number;
  same: number;
  refused: number;
  dry_run: boolean;
  refusals: { row: number; words: Said }[];
  ignored: string[];
}

const SHOWN = 50;
const box = document.querySelector<HTMLElement>("[data-sheet]");
if (box) furnish(box);

function furnish(box: HTMLElement): void {
  const looks = box.querySelector<HTMLButtonElement>("[data-looks]");
  const sends = box.querySelector<HTMLButtonElement>("[data-sends-sheet]");
  const stale = (): void => void (sends && (sends.disabled = true));
  box.addEventListener("input", stale);
  box.addEventListener("change", stale);
  looks?.addEventListener("click", () => void ask(box, true));
  sends?.addEventListener("click", () => void ask(box, false));
  field("pasted")?.addEventListener("paste", () => setTimeout(() => void ask(box, true)));
}

async function ask(box: HTMLElement, dry: boolean): Promise<void> {
  const buttons = box.querySelectorAll("button");
  const sends = box.querySelector<HTMLButtonElement>("[data-sends-sheet]");
  for (const one of buttons) one.disabled = true;
  let ready = false;
  try {
    const told = await sent(box, dry);
    if (told) show(box, told);
    ready = dry && (told?.filed ?? 0) > 0;
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault;
    const words = fault.body["words"] as Said | undefined;
    say(box, [words?.[page.lang] ?? fault.detail], true);
  } finally {
    for (const one of buttons) one.disabled = one === sends && !ready;
  }
}

async function sent(box: HTMLElement, dry: boolean): Promise<Told | null> {
  const file = (field("sheet-file") as HTMLInputElement | null)?.files?.[0];
  const text = field("pasted")?.value ?? "";
  const beside = { date: box.dataset["date"] ?? "", stated_by: held("sheet-by"), late_reason: held("sheet-late") };
  const door = box.dataset["sheet"] ?? "";
  if (file) {
    const form = new FormData();
    form.append("file", file);
    for (const [name, value] of Object.entries({ ...beside, dry_run: String(dry) })) form.append(name, value);
    return (await upload<Told>(`${door}/sheet`, form)).body;
  }
  if (!text.trim()) {
    say(box, [t("sheet.nothing")], true);
    return null;
  }
  return (await post<Told>(`${door}/batch`, { ...beside, text, dry_run: dry })).body;
}

function show(box: HTMLElement, told: Told): void {
  const { filed, same, refused } = told;
  const rest = told.refusals.length - SHOWN;
  const lines = [
    t(told.dry_run ? "sheet.would" : "sheet.did", { filed, same, refused }),
    ...(told.ignored.length ? [t("sheet.ignored", { names: told.ignored.join("、") })] : []),
    ...told.refusals.slice(0, SHOWN).map((one) => t("sheet.row", { row: one.row, words: one.words[page.lang] })),
    ...(rest > 0 ? [t("sheet.more", { n: rest })] : []),
  ];
  say(box, lines, refused > 0);
}

function say(box: HTMLElement, lines: string[], faulty: boolean): void {
  const place = box.querySelector<HTMLElement>("[data-sheet-says]");
  if (!place) return;
  const list = document.createElement("ul");
  list.append(...lines.slice(1).map((one) => Object.assign(document.createElement("li"), { textContent: one })));
  place.replaceChildren(Object.assign(document.createElement("p"), { textContent: lines[0] ?? "" }), list);
  place.className = faulty ? "refusal" : "note-line";
  place.focus();
}

function field(id: string): HTMLTextAreaElement | HTMLInputElement | null {
  return document.getElementById(id) as HTMLTextAreaElement | HTMLInputElement | null;
}

function held(id: string): string {
  return field(id)?.value.trim() ?? "";
}
