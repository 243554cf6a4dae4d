/**
 * A key belongs to the page only when no field, no drawer and no other button has it. Letters act only from within the screen (WCAG 2.1.4),
 * so that a word typed into nothing does nothing.
 */
export const free = (event: KeyboardEvent): boolean => {
  const target = event.target as HTMLElement
  const taken = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || event.repeat
  if (taken || document.querySelector('.ant-drawer-open')) return false
  if (target.closest('input, textarea, select, summary, [contenteditable], [role="combobox"]')) return false
  return event.key === 'Enter' ? !target.closest('button, a') : target.closest('main') !== null
}
