// A list that is drawn again must not take the focus away from a button in it.

/**
 * What identifies the button that has the focus.
 * @param {"answer"|"target"} name of the data attribute
 */
export const focused = (name) =>
  document.activeElement instanceof HTMLElement ? document.activeElement.dataset[name] : undefined;

/**
 * Gives the focus back to the button with the same mark.
 * @param {HTMLElement} host
 * @param {"answer"|"target"} name
 * @param {string|undefined} mark
 */
export function refocus(host, name, mark) {
  if (mark === undefined) return;
  const found = host.querySelector(`[data-${name}="${CSS.escape(mark)}"]`);
  if (found instanceof HTMLElement) found.focus();
}
