/**
 * Saluda on a page: what `window.Saluda` understands.
 *
 * ```html
 * <script async src="https://chat.example.com/widget.js" data-site="SITE_KEY"></script>
 * ```
 *
 * Calls made before the script has arrived are kept if this stands before it:
 *
 * ```js
 * window.Saluda = window.Saluda || function () { (Saluda.q = Saluda.q || []).push(arguments) };
 * ```
 *
 * No call throws, and no event carries what was said.
 */

/** What is told with each event, by its name. */
export interface SaludaEvents {
  /** The launcher is there and the widget listens. Whoever asks later is told at once. */
  ready: Record<string, never>;
  /** The panel was opened. */
  open: Record<string, never>;
  /** The panel was closed. */
  close: Record<string, never>;
  /** A message was written or has arrived. */
  message: SaludaMessage;
  /** The number of unread messages has changed. */
  unread: { count: number };
  /** The chat cannot run on this page. A plain link to it takes the launcher's place. */
  error: { message: string };
}

/** That there is a message. */
export interface SaludaMessage {
  /** Which one. A message is told once. */
  id: string;
  /** Who wrote it. */
  from: "agent" | "visitor";
}

/** Stops listening. */
export type Unsubscribe = () => void;

/** What the page says about storing anything in the browser. */
export type Consent = "granted" | "denied";

/** The function the script puts on the page. */
export interface Saluda {
  /** Opens the panel, as soon as it is loaded. */
  (verb: "open"): void;

  /** Closes the panel. */
  (verb: "close"): void;

  /** Opens the panel, or closes it. */
  (verb: "toggle"): void;

  /** Shows the widget again. It is shown unless it was hidden. */
  (verb: "show"): void;

  /** Hides the widget, launcher and all. Messages still arrive. */
  (verb: "hide"): void;

  /**
   * Says whether the browser may remember the visitor. With
   * `data-consent="required"` on the script nothing is stored until this is
   * `"granted"` or the visitor writes. `"denied"` also erases what was stored.
   */
  (verb: "consent", consent: Consent): void;

  /**
   * Listens to an event. Returns how to stop, unless the script has not arrived
   * yet: then use `off`.
   */
  <Name extends keyof SaludaEvents>(
    verb: "on",
    event: Name,
    listener: (detail: SaludaEvents[Name]) => void,
  ): Unsubscribe | undefined;

  /** Stops listening to an event. */
  <Name extends keyof SaludaEvents>(
    verb: "off",
    event: Name,
    listener: (detail: SaludaEvents[Name]) => void,
  ): void;

  /** Takes everything off the page: elements, listeners, timers, the socket. */
  (verb: "destroy"): void;

  /** Calls made before the script arrived. */
  q?: ArrayLike<unknown>[];
}

/** Attributes of the script, as `script.dataset` names them. */
export interface SaludaAttributes {
  /** The site's key. Required. */
  site: string;
  /**
   * Language of the widget, such as `"es-MX"`. Defaults to the page's `lang`,
   * else the browser's languages, else English.
   */
  locale?: string;
  /** `"required"` if nothing may be stored before consent. Defaults to `"granted"`. */
  consent?: "required" | Consent;
}

declare global {
  interface Window {
    /** There once the script or the line for early calls has run. */
    Saluda?: Saluda;
  }

  /** The same events, for pages that do not want to hold the function. */
  interface WindowEventMap {
    "saluda:ready": CustomEvent<SaludaEvents["ready"]>;
    "saluda:open": CustomEvent<SaludaEvents["open"]>;
    "saluda:close": CustomEvent<SaludaEvents["close"]>;
    "saluda:message": CustomEvent<SaludaEvents["message"]>;
    "saluda:unread": CustomEvent<SaludaEvents["unread"]>;
    "saluda:error": CustomEvent<SaludaEvents["error"]>;
  }
}
