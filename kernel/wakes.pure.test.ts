import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Wakes } from './wakes.ts'

const soon = () => new Promise((resolve) => setImmediate(resolve))
function counted(faults: unknown[] = []) {
  const ends: PromiseWithResolvers<void>[] = []
  const wakes = new Wakes(
    () => {
      const end = Promise.withResolvers<void>()
      ends.push(end)
      return end.promise
    },
    (error) => faults.push(error),
  )
  return { wakes, ends }
}

test('wake-ups during a run become one more run', async () => {
  const { wakes, ends } = counted()
  for (let time = 0; time < 5; time++) wakes.wake()
  assert.equal(ends.length, 1)
  ends[0]?.resolve()
  await soon()
  assert.equal(ends.length, 2)
  ends[1]?.resolve()
  await soon()
  assert.equal(ends.length, 2)
  wakes.wake()
  assert.equal(ends.length, 3)
})

test('a run that fails is told and loses no wake-up', async () => {
  const faults: unknown[] = []
  const { wakes, ends } = counted(faults)
  wakes.wake()
  wakes.wake()
  ends[0]?.reject(new Error('broken'))
  await soon()
  assert.deepEqual([faults.length, ends.length], [1, 2])
})

test('stopped, it waits for the run under way and begins none', async () => {
  const { wakes, ends } = counted()
  wakes.wake()
  wakes.wake()
  let over = false
  const stopped = wakes.stop().then(() => {
    over = true
  })
  await soon()
  assert.equal(over, false)
  ends[0]?.resolve()
  await stopped
  await soon()
  wakes.wake()
  assert.equal(ends.length, 1)
})
