// An audible alarm, off until the viewer asks for it: browsers play no sound before.
import { el } from "@sensing/client/core/dom.js";

const KEY = "sensing.boat.sound";

/** Two short tones every two seconds. */
const PAUSE = 2000;

export class Horn {
  /** @type {AudioContext|null} */
  #audio = null;
  #isOn = false;
  #last = 0;

  constructor() {
    this.button = el("button", {
      type: "button",
      id: "sound",
      title: "Sounds while an alarm is neither acknowledged nor muted",
    });
    this.button.addEventListener("click", () => this.#switch(!this.#isOn));
    this.#show();
    try {
      if (localStorage.getItem(KEY) === "on") addEventListener("pointerdown", () => this.#switch(true), { once: true });
    } catch {
      // Then it stays off.
    }
  }

  /** @param {boolean} isAlarm */
  sound(isAlarm) {
    if (!isAlarm || !this.#isOn || this.#audio === null || Date.now() - this.#last < PAUSE) return;
    this.#last = Date.now();
    tone(this.#audio, 0, 880);
    tone(this.#audio, 0.25, 660);
  }

  /** @param {boolean} isOn */
  #switch(isOn) {
    this.#isOn = isOn;
    if (isOn) {
      this.#audio ??= new AudioContext();
      this.#audio.resume();
    }
    try {
      localStorage.setItem(KEY, isOn ? "on" : "off");
    } catch {
      // Kept for this page only.
    }
    this.#show();
  }

  #show() {
    this.button.textContent = this.#isOn ? "Sound on" : "Sound off";
    this.button.setAttribute("aria-pressed", String(this.#isOn));
  }
}

/**
 * @param {AudioContext} audio
 * @param {number} after s
 * @param {number} hertz
 */
function tone(audio, after, hertz) {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = hertz;
  gain.gain.value = 0.2;
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(audio.currentTime + after);
  oscillator.stop(audio.currentTime + after + 0.2);
}
