/*
 * What few pages say: who the visitor is, another language, another theme. The
 * loader fetches it with the first of these calls.
 */

import { identify } from "./identify.js";
import { locale } from "./locale.js";
import { theme } from "./theme.js";

export const start = () => ({ identify, locale, theme });
