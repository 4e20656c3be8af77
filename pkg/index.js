/*
 * Puts the script of a server into the page. Nothing happens when this is
 * imported, so it can be where there is no page.
 */

let loading;

export const load = ({ server, site, locale, consent, open }) => {
  // A server renders: the page that it makes will load the script.
  if (typeof document === "undefined") return new Promise(() => {});
  loading ??= new Promise((resolve, reject) => {
    // Someone has pasted it.
    if (window.Saluda && window.Saluda.live) return resolve(window.Saluda);
    const script = document.createElement("script");
    script.src = server.replace(/\/+$/, "") + "/widget.js";
    script.async = true;
    // On the connection over which the rest comes.
    script.crossOrigin = "anonymous";
    const attributes = { site, locale, consent, open: open ? "" : undefined };
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) script.dataset[name] = value;
    }
    script.onload = () => resolve(window.Saluda);
    script.onerror = () => {
      loading = undefined;
      script.remove();
      reject(new Error("Saluda: " + script.src + " cannot be loaded"));
    };
    document.head.append(script);
  });
  return loading;
};
