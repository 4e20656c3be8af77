/*
 * Light or dark by the page's word, instead of by what the browser prefers.
 */

const MEDIA = { light: "not all", dark: "all" };
const AUTO = "(prefers-color-scheme: dark)";
/* The rules that depend on it, of all sheets that were seen. */
const dark = new Set();

const apply = (root, media) => {
  for (const sheet of root.adoptedStyleSheets) {
    for (const rule of sheet.cssRules) {
      if (rule.media && rule.media.mediaText == AUTO) dark.add(rule);
    }
  }
  for (const rule of dark) rule.media.mediaText = media;
};

export const theme = async (link, _, scheme) => {
  const { need, root } = link;
  const before = link.media;
  if (scheme != "auto" && !MEDIA[scheme]) return link.warn("a theme is `light`, `dark` or `auto`");
  link.media = MEDIA[scheme] || AUTO;
  apply(root, link.media);
  if (before) return;
  // The sheets of `ui` come later, and anew when its language is another.
  link.need = () =>
    need().then(() => {
      apply(root, link.media);
    });
};
