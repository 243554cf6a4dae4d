import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Lanes } from './lanes.ts'

const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

function gated(options: { lanes: number; most: number }) {
  const groups: { items: readonly string[]; go: () => void; break: () => void }[] = []
  const lanes = new Lanes<string, string>({
    ...options,
    run: (items) =>
      new Promise((resolve, reject) => {
        const ended = items.map((item) => (item.startsWith('bad') ? { error: new Error(item) } : { result: `${item} done` }))
        groups.push({ items, go: () => resolve(ended), break: () => reject(new Error('broken')) })
      }),
  })
  return { groups, lanes }
}

test('alone while a lane is free, together once all are busy, and never more than allowed', async () => {
  const { groups, lanes } = gated({ lanes: 2, most: 3 })
  const taken = ['a', 'b', 'c', 'd', 'e', 'f'].map((item) => lanes.take(item, [item]))
  assert.deepEqual(
    groups.map(({ items }) => items),
    [['a'], ['b']],
  )
  groups[0]?.go()
  await settle()
  assert.deepEqual(groups[2]?.items, ['c', 'd', 'e'])
  for (const at of [1, 2]) groups[at]?.go()
  await settle()
  groups[3]?.go()
  assert.deepEqual(await Promise.all(taken), ['a done', 'b done', 'c done', 'd done', 'e done', 'f done'])
})

test('who shares a key waits for the next group, and who shares one with him after him', async () => {
  const { groups, lanes } = gated({ lanes: 1, most: 10 })
  const taken = [
    lanes.take('first', ['x']),
    lanes.take('p', ['p']),
    lanes.take('p q', ['p', 'q']),
    lanes.take('q', ['q']),
    lanes.take('r', ['r']),
  ]
  for (let at = 0; at < 4; at++) {
    groups[at]?.go()
    await settle()
  }
  assert.deepEqual(
    groups.map(({ items }) => items),
    [['first'], ['p', 'r'], ['p q'], ['q']],
  )
  await Promise.all(taken)
})

test('one that fails concerns nobody else; a group that breaks concerns all of it, and the lane goes on', async () => {
  const { groups, lanes } = gated({ lanes: 1, most: 10 })
  const taken = ['a', 'bad b', 'c'].map((item) => lanes.take(item, [item]))
  groups[0]?.go()
  await settle()
  groups[1]?.go()
  assert.deepEqual(
    (await Promise.allSettled(taken)).map((one) => one.status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  const again = lanes.take('d', [])
  groups[2]?.break()
  await assert.rejects(again, /broken/)
  const last = lanes.take('e', [])
  groups[3]?.go()
  assert.equal(await last, 'e done')
})
