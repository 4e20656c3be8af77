/*
 * Another language, while the page goes on.
 */

export const locale = async (link, _, tag) => {
  link.speak(String(tag));
  // Whoever needs it later asks in that language.
  if (!link.texts) return;
  // So that it is at hand, and the launcher is away for no longer than it must.
  await link.get(`ui.${link.locale.slice(0, 2).toLowerCase()}.json`);
  await link.need();
  const field = () => link.root.getElementById("composer");
  const panel = link.root.getElementById("panel");
  const open = panel && !panel.hidden;
  const focused = link.root.activeElement && link.root.activeElement.id;
  const typed = field() && field().value;
  await link.again();
  if (!link.chat) return;
  if (typed) {
    field().value = typed;
    field().dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (open) link.chat.reopen();
  const again = focused && link.root.getElementById(focused);
  if (again) requestAnimationFrame(() => again.focus());
};
