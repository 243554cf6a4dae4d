import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { runStep, tools } from '../check.ts'

// `npm test` begins with the tools of `npm run check`, each as a test, so that its summary counts them.
suite('check', { concurrency: 2 }, () => {
  for (const tool of tools) {
    test(tool.name, async () => {
      const { ok, output } = await runStep(tool)
      assert.ok(ok, `\n${output}`)
    })
  }
})
