/** The sound of a summons: one tone per rung of the ladder, made by the browser itself. */

let context: AudioContext | null = null;
let mutedUntil = Number(sessionStorage.getItem("hub.muted") ?? 0);

/** Browsers let a page sound only after somebody has touched it. */
export function armSound(): void {
  const arm = (): void => {
    context ??= new AudioContext();
    void context.resume();
  };
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, arm, { capture: true, passive: true });
}

/** Whether the browser would let the page sound now. */
export function canSound(): boolean {
  return context?.state === "running";
}

/** Sound rung `level` (0 is the first); higher rungs are higher and repeat more often. Life safety ignores mute. */
export function sound(level: number, lifeSafety: boolean): void {
  if (!context || context.state !== "running" || (muted() && !lifeSafety)) return;
  const times = Math.min(2 + level, 5);
  for (let i = 0; i < times; i++) beep(context, context.currentTime + i * 0.42, 523.25 * 2 ** (Math.min(level, 4) / 4));
}

/** Mute for some minutes; 0 unmutes. */
export function mute(minutes: number): void {
  mutedUntil = minutes ? Date.now() + minutes * 60_000 : 0;
  sessionStorage.setItem("hub.muted", String(mutedUntil));
}

/** Until when it is muted, in milliseconds since the epoch by this device; null when it is not. */
export function muted(): number | null {
  return mutedUntil > Date.now() ? mutedUntil : null;
}

function beep(audio: AudioContext, at: number, pitch: number): void {
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.frequency.value = pitch;
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(0.25, at + 0.02);
  loudness.gain.setValueAtTime(0.25, at + 0.22);
  loudness.gain.linearRampToValueAtTime(0, at + 0.3);
  tone.connect(loudness).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.32);
}
