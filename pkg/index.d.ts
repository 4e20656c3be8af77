/**
 * Saluda on a page: what `window.Saluda` understands.
 *
 * ```html
 * <script async crossorigin src="https://chat.example.com/widget.js" data-site="SITE_KEY"></script>
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
  /** A trigger has decided. What it shows comes next, unless this visitor is held back to compare with. */
  trigger: SaludaTrigger & { held: boolean };
  /** A greeting is on the screen. */
  greeting: SaludaTrigger;
  /** The visitor has closed a greeting without taking it up. */
  dismissed: { trigger: string };
  /**
   * What `identify` came to: the visitor is the one your server says, or is not
   * and why; claims without a token are never verified.
   */
  identified: SaludaIdentified;
  /** The chat cannot run on this page. A plain link to it takes the launcher's place. */
  error: { message: string };
}

/** What `identify` came to. `code` and `message` are there when a token was refused. */
export type SaludaIdentified =
  | { verified: true }
  | {
      verified: false;
      code?: "identity_invalid" | "identity_expired" | "identity_used" | (string & {});
      message?: string;
    };

/** Who the visitor is. */
export type SaludaIdentity =
  | {
      /** A token that your server has signed; see `docs/identity.md`. */
      token: string;
      [name: string]: SaludaValue;
    }
  | {
      token?: undefined;
      /** Claims: agents see them as not verified. */
      email?: string | null;
      name?: string | null;
      phone?: string | null;
      /** Anything else is for triggers, as with `set`. */
      [name: string]: SaludaValue;
    };

/** That there is a message. */
export interface SaludaMessage {
  /** Which one. A message is told once. */
  id: string;
  /** Who wrote it. */
  from: "agent" | "visitor";
}

/** Which trigger, never for whom. */
export interface SaludaTrigger {
  /** The trigger's id. */
  trigger: string;
  /** The name of the variant that was dealt; `null` for the trigger's own greeting. */
  variant: string | null;
}

/** Something the page says of its visitor or of an event. Anything else is passed over. */
export type SaludaValue = string | number | boolean | null | undefined;

/** Stops listening. */
export type Unsubscribe = () => void;

/**
 * What the page says about storing anything in the browser. `granted` and
 * `denied` are older names of `persistent` and `none`.
 */
export type Consent = "none" | "session" | "persistent" | "granted" | "denied";

/** Light, dark, or what the browser prefers. */
export type SaludaTheme = "light" | "dark" | "auto";

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
   * Tracks an event, for triggers that count it and goals that it reaches. Events
   * that no trigger asks for are passed over.
   */
  (verb: "track", event: string, properties?: Record<string, SaludaValue>): void;

  /**
   * Says something of the visitor, for triggers and the gaps of greetings. It
   * lasts until the next load; `null` takes it back. `tags` replaces all tags.
   */
  (verb: "set", attributes: { tags?: string[]; [name: string]: SaludaValue | string[] }): void;

  /**
   * Asks for a greeting now, whatever the trigger's rule, dates and hours say. It
   * shows at once or not at all. `force` also passes over how often the visitor
   * may see it.
   */
  (verb: "trigger", id: string, options?: { force?: boolean }): void;

  /** Says that a page begins. Steps of a single-page app are noticed without it. */
  (verb: "page"): void;

  /**
   * Says who the visitor is, with a token that your server has signed, or with
   * claims. Say it on each page while they are signed in.
   */
  (verb: "identify", who: SaludaIdentity): void;

  /**
   * Says how much the browser may remember of the visitor: for the session, or
   * beyond it. `"none"` takes it back and erases what is stored.
   */
  (verb: "consent", consent: Consent): void;

  /** Speaks another language from now on, such as `"es-MX"`. What was typed stays. */
  (verb: "locale", locale: string): void;

  /** Is light or dark, whatever the browser prefers; `"auto"` follows it again. */
  (verb: "theme", theme: SaludaTheme): void;

  /** The visitor has signed out: forgets them, closes the chat, begins with nobody. */
  (verb: "reset"): void;

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

  /**
   * Takes everything off the page: elements, listeners, timers, the socket. With
   * `forget` also what the browser remembers.
   */
  (verb: "destroy", options?: { forget?: boolean }): void;

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
  /**
   * How much may be stored before the page says more. Defaults to `"persistent"`;
   * `"required"` is an older name of `"none"`.
   */
  consent?: "required" | Consent;
}

/** What `load` needs to know. */
export interface SaludaOptions extends SaludaAttributes {
  /** Where your server is, such as `"https://chat.example.com"`. */
  server: string;
  /** Opens the chat at once. */
  open?: boolean;
}

/**
 * Puts the script into the page, once, and gives the function that it brings. On
 * a server, where there is no page, the promise stays open.
 *
 * It rejects if the script cannot be loaded; calling it again then tries again.
 */
export function load(options: SaludaOptions): Promise<Saluda>;

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
    "saluda:trigger": CustomEvent<SaludaEvents["trigger"]>;
    "saluda:greeting": CustomEvent<SaludaEvents["greeting"]>;
    "saluda:dismissed": CustomEvent<SaludaEvents["dismissed"]>;
    "saluda:identified": CustomEvent<SaludaEvents["identified"]>;
    "saluda:error": CustomEvent<SaludaEvents["error"]>;
  }
}
