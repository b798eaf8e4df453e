// Accessibility by axe-core, to the rules of WCAG 2.2 AA.
//
//   const faults = await accessibilityFaults(page);   // ['color-contrast: .muted — …', …]; empty when all is well
//   const wide = await overflowsSideways(page);       // true if the page itself scrolls sideways
//
// The library is evaluated through the debugger, not loaded as a script: the page's policy stays as it is.
import axe from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

function asLines(violation) {
  return violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')} — ${violation.help}`);
}

export async function accessibilityFaults(page) {
  await page.evaluate(axe.source);
  const result = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values } }), TAGS);
  return result.violations.flatMap(asLines);
}

export function overflowsSideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
