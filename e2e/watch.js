// Runs in every page of the browser tests before anything of ours. It watches and changes nothing; `seat.ts` reads what it has noted.
// Times are the machine's, the same for every page and for the test.
{
  const noted = { shown: {}, rang: {}, tones: [], frames: [], resets: 0, enter: 0, violations: [] }
  Object.defineProperty(globalThis, 'noted', { value: noted })

  const look = () => {
    const now = Date.now()
    for (const row of document.querySelectorAll('[role="row"][data-id]')) {
      const id = row.dataset.id
      noted.shown[id] ??= now
      if (row.classList.contains('ringing')) noted.rang[id] ??= now
    }
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributeFilter: ['class', 'data-id'] })

  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Enter') noted.enter = Date.now()
    },
    true,
  )

  document.addEventListener('securitypolicyviolation', (event) => {
    noted.violations.push(`${event.violatedDirective} ${event.blockedURI}`)
  })

  OscillatorNode.prototype.start = new Proxy(Reflect.get(OscillatorNode.prototype, 'start'), {
    apply(start, tone, when) {
      if (tone.context.state === 'running') noted.tones.push({ time: Date.now(), pitch: tone.frequency.value })
      return Reflect.apply(start, tone, when)
    },
  })

  globalThis.EventSource = class extends EventSource {
    constructor(...given) {
      super(...given)
      this.addEventListener('change', ({ data }) => {
        const { position, stream, type, gone } = JSON.parse(data)
        noted.frames.push({ time: Date.now(), position, stream, type, gone: gone === true })
      })
      this.addEventListener('reset', () => {
        noted.resets += 1
      })
    }
  }
}
