import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { generateSync } from 'otplib'
import type { Browser } from 'playwright-core'
import { parts } from '#kernel/house.ts'
import { testDatabase } from '#kernel/testing/cluster.ts'
import { modules } from '../modules.ts'
import { browser as start } from './browser.ts'
import { found } from './looks.ts'
import { Seat } from './seat.ts'
import { Server } from './server.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let serve: Server
let browser: Browser
const env = () => ({ DATABASE_URL: database.owner, DATABASE_APP_URL: database.app, DATABASE_WORKER_URL: database.worker })
before(async () => {
  database = await testDatabase(parts(modules))
  serve = await Server.open({ args: [], env: env() })
  browser = await start()
})
after(async () => {
  await browser.close()
  await serve.clean()
  await database.drop()
})

/** What the page of logging in asks in every house and only a demonstration has. */
const expected = (fault: string) => fault.includes('/demo/accounts')
const codes = (said: string): string[] => said.match(/^ {2}([A-Z2-7]{4} ){6}[A-Z2-7]{2}$/gm)?.map((line) => line.trim()) ?? []
const people = [
  ['bureau', '310000'],
  ['bureauName', '某市公安局'],
  ['systemLogin', 'zhou'],
  ['systemName', '周某甲'],
  ['systemPassword', 'the first of two secrets'],
  ['securityLogin', 'qian'],
  ['securityName', '钱某乙'],
  ['securityPassword', 'the second of two secrets'],
] as const

test('a restart prints another code; the first two administrators come in by it, and then the door is closed', async () => {
  const [old] = codes(serve.said)
  assert.ok(old)
  await serve.stop()
  await serve.start()
  const code = codes(serve.said).at(-1)
  assert.ok(code && code !== old)
  const seat = await Seat.open(browser)
  const { page } = seat
  await page.goto(`${serve.url}/first`)
  const field = (name: string) => page.locator(`input[id$="-${name}"]`)
  await field('firstCode').waitFor()
  await seat.tabTo('input[id$="-firstCode"]')
  await page.keyboard.type(old)
  for (const [name, value] of people) {
    await seat.tabTo(`input[id$="-${name}"]`)
    await page.keyboard.type(value)
  }
  assert.deepEqual(await found(page, 'first'), [])
  await page.keyboard.press('Control+Enter')
  await page.getByText(seat.word('invalid.firstCode')).waitFor()
  assert.ok(seat.faults.splice(0).every((fault) => fault.includes('422')))
  await field('firstCode').fill(code)
  await page.keyboard.press('Control+Enter')
  await page.getByText(seat.word('first.done'), { exact: true }).waitFor()
  assert.deepEqual(await found(page, 'first done'), [])
  await page.goto(`${serve.url}/first`)
  await page.getByText(seat.word('first.over'), { exact: true }).waitFor()
  await seat.isClean()
  await seat.close()
  await serve.stop()
  await serve.start()
  assert.deepEqual(codes(serve.said), [], 'no code where somebody is')
})

test('an administrator is led to the second factor, sets it up by keyboard, and logs in with its next code', async () => {
  const seat = await Seat.open(browser)
  const { page } = seat
  await seat.enter(serve.url, { login: 'zhou', password: 'the first of two secrets' })
  await page.getByText(seat.word('error.totp-first')).waitFor()
  assert.deepEqual([await page.locator('.nav a').count(), new URL(page.url()).pathname], [0, '/me'])
  await page.goto(`${serve.url}/units`)
  await page.waitForURL(`${serve.url}/me`)
  assert.deepEqual(await found(page, 'owes'), [])
  await seat.tabTo('#main section:first-of-type button.ant-btn-primary')
  await page.keyboard.press('Enter')
  const secret = ((await page.locator('.factor-secret').textContent()) ?? '').replaceAll(' ', '')
  assert.equal(await page.locator('.factor-recovery code').count(), 10)
  assert.deepEqual(await found(page, 'setting up'), [])
  await seat.tabTo('.factor-steps input')
  const epoch = Math.floor(Date.now() / 1000)
  await page.keyboard.type(generateSync({ secret, epoch }))
  await page.keyboard.press('Enter')
  await page.getByText(seat.word('factor.onHow')).waitFor()
  await page.locator('.nav a').first().waitFor()
  assert.deepEqual(await found(page, 'on'), [])
  await page.getByRole('button', { name: seat.word('shell.logOut') }).click()
  await page.locator('#login').waitFor()
  await page.locator('#login').fill('zhou')
  await page.locator('#password').fill('the first of two secrets')
  await page.keyboard.press('Enter')
  await page.locator('#code:focus').waitFor()
  assert.deepEqual(await found(page, 'second step'), [])
  await page.keyboard.type(generateSync({ secret, epoch }))
  await page.keyboard.press('Enter')
  await page.getByText(seat.word('error.code')).waitFor()
  await page.locator('#code').fill(generateSync({ secret, epoch: epoch + 30 }))
  await page.keyboard.press('Enter')
  await page.locator('main#main').waitFor()
  assert.deepEqual(
    seat.faults.splice(0).filter((fault) => !expected(fault)),
    [],
  )
  await seat.isClean()
  await seat.close()
})
