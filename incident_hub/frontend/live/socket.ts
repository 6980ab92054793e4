/** The live line of this page: one socket, the position it has reached, and how old its picture is. */
import { io, type Socket } from "socket.io-client";
import { get, Problem } from "../shared/api";
import { page } from "../shared/page";
import type { Entry, Flood } from "../shared/shapes";
import { serverNow, setClock } from "../shared/time";

export type State = "connecting" | "live" | "reconnecting" | "revoked";

interface Watched {
  head?: number;
  entries?: Entry[];
  reset?: boolean;
  error?: string | { detail?: string };
}

export interface Head {
  operation: string;
  head: number;
  now: string;
  flood: Flood | null;
}

/** Who keeps the picture: `load` fetches it whole and gives its head, `apply` takes one entry after it. */
export interface Picture {
  load(): Promise<number | null>;
  apply(entry: Entry): void;
}

const PATIENCE_MS = 8000;

/** Follows the feed of the tab's desk in one operation. Events: `state`, `entry`, `caught`, `head`, `summons`. */
export class Live extends EventTarget {
  head: number | null = null;
  /** Since when more comes than can be read; then only what is grave sounds. */
  flood: Flood | null = null;
  state: State = "connecting";
  since = serverNow();
  /** When this picture was last known to be the newest, by the monotonic clock. */
  private fresh = performance.now();
  private socket: Socket | null = null;
  private busy = false;
  private again = false;
  private asked = 0;
  private picture: Picture | null = null;

  constructor(
    readonly operation: string,
    readonly desk: string,
  ) {
    super();
  }

  /** Seconds since the picture was last known to be the newest. */
  age(): number {
    return (performance.now() - this.fresh) / 1000;
  }

  /** Whether some part of the page keeps a picture already. */
  get started(): boolean {
    return this.picture !== null;
  }

  /** Load the picture and follow the feed from there. */
  async start(picture: Picture): Promise<void> {
    this.picture = picture;
    this.head = await picture.load();
    this.touch();
    if (this.socket) return void this.watch();
    this.connect();
  }

  private connect(): void {
    this.socket = io("/live", {
      transports: ["websocket"],
      auth: { desk: this.desk },
      withCredentials: true,
      reconnectionDelay: 200,
      reconnectionDelayMax: 2000,
      randomizationFactor: 0.5,
      timeout: 5000,
    });
    this.socket.on("connect", () => void this.watch());
    this.socket.on("disconnect", (reason) => this.lost(reason === "io server disconnect"));
    this.socket.on("connect_error", () => this.refused());
    this.socket.on("entry", (entry: Entry) => this.heard(entry));
    this.socket.on("head", (said: Head) => this.beat(said));
    this.socket.on("summons", (said: unknown) => this.tell("summons", said));
    this.socket.on("revoked", () => this.revoke());
  }

  /** Ask for all that came after the own position; asked again while asking, it is asked once more afterwards. */
  private async watch(): Promise<void> {
    if (this.busy) return void (this.again = true);
    this.busy = true;
    this.again = false;
    try {
      const asked =
        this.head === null ? { operation: this.operation } : { operation: this.operation, after: this.head };
      await this.take((await this.socket?.timeout(PATIENCE_MS).emitWithAck("watch", asked)) as Watched | undefined);
    } catch {
      // No answer in time: the next head, or the next connection, asks again.
    } finally {
      this.busy = false;
    }
    if (this.again) await this.watch();
  }

  private async take(answer: Watched | undefined): Promise<void> {
    if (!answer || answer.error) return;
    if (answer.reset && this.head !== null && this.picture) {
      this.head = await this.picture.load();
      this.again = true;
      return;
    }
    for (const entry of answer.entries ?? []) this.step(entry);
    const head = answer.head ?? 0;
    this.head ??= head;
    if (head > this.head && (answer.entries?.length ?? 0) > 0) this.again = true;
    if (this.head >= head) this.arrived();
  }

  private heard(entry: Entry): void {
    if (entry.operation !== this.operation || this.head === null || entry.position <= this.head) return;
    if (this.busy || entry.position > this.head + 1) return void this.watch();
    this.step(entry);
    this.arrived();
  }

  private step(entry: Entry): void {
    if (this.head === null || entry.position <= this.head) return;
    this.head = entry.position;
    if (entry.withheld) return;
    this.picture?.apply(entry);
    this.tell("entry", entry);
  }

  private beat(said: Head): void {
    if (said.operation !== this.operation) return;
    setClock(said.now);
    this.flood = said.flood;
    this.tell("head", said);
    if (this.head !== null && said.head <= this.head) return this.arrived();
    void this.watch();
  }

  private arrived(): void {
    this.touch();
    this.become("live");
    this.tell("caught", this.head);
  }

  private touch(): void {
    this.fresh = performance.now();
  }

  private lost(byServer: boolean): void {
    if (this.state === "revoked") return;
    this.become("reconnecting");
    // After a disconnect by the server the client library waits to be told.
    if (byServer) setTimeout(() => this.socket?.connect(), 200 + Math.random() * 1800);
  }

  private refused(): void {
    if (this.state === "revoked") return;
    this.become("reconnecting");
    if (performance.now() - this.asked < 5000) return;
    this.asked = performance.now();
    void this.signedIn();
  }

  // A refused upgrade does not say why; an ordinary request tells a server that is down from a session that is over.
  private async signedIn(): Promise<void> {
    try {
      await get(`/operations/${encodeURIComponent(this.operation)}/feed?after=${this.head ?? 0}&limit=1`);
    } catch (fault) {
      if (fault instanceof Problem && fault.status === 401) this.revoke();
    }
  }

  private revoke(): void {
    this.become("revoked");
    this.socket?.disconnect();
  }

  private become(state: State): void {
    if (state === this.state) return;
    this.state = state;
    this.since = serverNow();
    document.documentElement.dataset["live"] = state;
    this.tell("state", state);
  }

  private tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

let line: Live | null = null;

/** The one line of this page; null on pages that belong to no operation. */
export function live(): Live | null {
  if (!page.operation || !page.asker) return null;
  line ??= new Live(page.operation.code, page.asker.desk);
  return line;
}
