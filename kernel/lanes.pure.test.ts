import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Lanes } from './lanes.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const settle = async () => {
  await turn()
  await turn()
}

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

test('together what comes in one turn or once all are busy, and never more than allowed', async () => {
  const { groups, lanes } = gated({ lanes: 2, most: 3 })
  const taken = [lanes.take('a', ['a'])]
  await settle()
  taken.push(...['b', 'c'].map((item) => lanes.take(item, [item])))
  await settle()
  taken.push(...['d', 'e', 'f', 'g'].map((item) => lanes.take(item, [item])))
  await settle()
  const items = () => groups.map((group) => group.items)
  assert.deepEqual(items(), [['a'], ['b', 'c']])
  groups[0]?.go()
  await settle()
  assert.deepEqual(items()[2], ['d', 'e', 'f'])
  for (const at of [1, 2]) groups[at]?.go()
  await settle()
  groups[3]?.go()
  assert.deepEqual(
    await Promise.all(taken),
    ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((item) => `${item} done`),
  )
})

test('who is answered and asks again in the same turn goes with what waited', async () => {
  const { groups, lanes } = gated({ lanes: 1, most: 10 })
  const first = lanes.take('a', ['a'])
  await settle()
  const [second, waiting] = [first.then(() => lanes.take('b', ['b'])), lanes.take('c', ['c'])]
  groups[0]?.go()
  await settle()
  assert.deepEqual(groups[1]?.items, ['c', 'b'])
  groups[1]?.go()
  assert.deepEqual(await Promise.all([second, waiting]), ['b done', 'c done'])
})

test('who shares a key waits for the next group, and who shares one with him after him', async () => {
  const { groups, lanes } = gated({ lanes: 1, most: 10 })
  const taken = [lanes.take('p', ['p']), lanes.take('p q', ['p', 'q']), lanes.take('q', ['q']), lanes.take('r', ['r'])]
  for (let at = 0; at < 3; at++) {
    await settle()
    groups[at]?.go()
  }
  assert.deepEqual(
    groups.map(({ items }) => items),
    [['p', 'r'], ['p q'], ['q']],
  )
  await Promise.all(taken)
})

test('one that fails concerns nobody else; a group that breaks concerns all of it, and the lane goes on', async () => {
  const { groups, lanes } = gated({ lanes: 1, most: 10 })
  const taken = ['a', 'bad b', 'c'].map((item) => lanes.take(item, [item]))
  await settle()
  groups[0]?.go()
  assert.deepEqual(
    (await Promise.allSettled(taken)).map((one) => one.status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  const again = lanes.take('d', [])
  await settle()
  groups[1]?.break()
  await assert.rejects(again, /broken/)
  const last = lanes.take('e', [])
  await settle()
  groups[2]?.go()
  assert.equal(await last, 'e done')
})
