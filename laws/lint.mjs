// Lint rules of our own, loaded by oxlint. `laws/laws.test.ts` sees each of them fail on a planted fault.

const hidden = {
  Date: ['now'],
  Math: ['random'],
  performance: ['now'],
  crypto: ['randomUUID', 'getRandomValues'],
  'Temporal.Now': ['instant', 'plainDateISO', 'plainDateTimeISO', 'plainTimeISO', 'zonedDateTimeISO', 'timeZoneId'],
}

/** The dotted name of `a.b`, or of `a`; empty for anything else. */
function dotted(node) {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'MemberExpression' && !node.computed) return `${dotted(node.object)}.${dotted(node.property)}`
  return ''
}

/** Pure files take time, actor and ids as arguments: what reads the clock or draws a number by itself cannot be replayed. */
const pure = {
  create(context) {
    const report = (node, name) => context.report({ node, message: `A pure file takes time and ids as arguments: no ${name}.` })
    return {
      MemberExpression(node) {
        const [owner, name] = [dotted(node.object).replace(/^globalThis\./, ''), node.computed ? node.property.value : node.property.name]
        if (hidden[owner]?.includes(name)) report(node, `${owner}.${name}`)
      },
      NewExpression(node) {
        if (dotted(node.callee) === 'Date' && node.arguments.length === 0) report(node, 'new Date() without an argument')
      },
      CallExpression(node) {
        if (dotted(node.callee) === 'Date') report(node, 'Date()')
        if (dotted(node.callee) === 'randomUUID') report(node, 'randomUUID()')
      },
    }
  },
}

export default { meta: { name: 'laws' }, rules: { pure } }
