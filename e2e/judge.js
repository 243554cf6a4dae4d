// Runs in a page after axe: what axe finds, as lines. Colours that it cannot judge count as wrong, except of what nobody sees:
// rows that a scrolling list has drawn beyond its edge, and the middle of a text that ends in an ellipsis before it. `within` is a selector, for what lies over the rest of the page.
globalThis.judge = async (within) => {
  const beyond = (element) => {
    const box = element.getBoundingClientRect()
    for (let around = element; around !== null; around = around.parentElement) {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(around)
      if (textOverflow === 'ellipsis' && around.scrollWidth > 1.5 * around.clientWidth) return true
      if (around === element) continue
      if (![overflowX, overflowY].some((overflow) => overflow === 'auto' || overflow === 'scroll')) continue
      const frame = around.getBoundingClientRect()
      if (box.top < frame.top || box.bottom > frame.bottom || box.left < frame.left || box.right > frame.right) return true
    }
    return false
  }
  const { violations, incomplete } = await globalThis.axe.run(within ?? document)
  const unjudged = incomplete
    .filter((rule) => rule.id === 'color-contrast')
    .map((rule) => ({ ...rule, nodes: rule.nodes.filter(({ target }) => !beyond(document.querySelector(target[0]))) }))
  return [...violations, ...unjudged].flatMap((rule) =>
    rule.nodes.map(
      (node) =>
        `${rule.id}: ${node.html.slice(0, 160)}: ${[...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ')}`,
    ),
  )
}
