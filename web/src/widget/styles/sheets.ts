/** The widget's style sheets, made once a page. Knows their order. */

import base from "./base.css";
import cars from "./cars.css";
import composer from "./composer.css";
import corner from "./corner.css";
import forms from "./forms.css";
import panel from "./panel.css";
import talk from "./talk.css";

let made: CSSStyleSheet[] | null = null;

/** Constructed and not inline: a page's CSP needs no word for them. */
export function sheets(): CSSStyleSheet[] {
  made ??= [base, corner, panel, talk, cars, composer, forms].map((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  });
  return made;
}
