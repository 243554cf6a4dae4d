import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { kindCommands } from './contract/kinds.ts'
import { asked, fits } from './rules/asking.ts'
import { kindOn, kinds } from './rules/kinds.ts'
import { groups, marks } from './rules/kinds/row.ts'
import { question, questionCodes } from './rules/questions.ts'
import { suggest } from './rules/suggesting.ts'

const words = JSON.parse(readFileSync(new URL('../../words/zh-CN.json', import.meta.url), 'utf8')) as {
  [section in 'kind' | 'kindGroup' | 'mark' | 'question' | 'questionChoice']: Record<string, string>
}
const named = (section: keyof typeof words) => Object.keys(words[section]).toSorted()

test('every type, group, mark, question and choice has its name, and no two types have one', () => {
  assert.ok(kinds.length >= 60)
  assert.deepEqual(kinds.map(({ code }) => code).toSorted(), named('kind'))
  assert.equal(new Set(Object.values(words.kind)).size, kinds.length)
  assert.deepEqual([...new Set(kinds.map(({ group }) => group))].toSorted(), groups.toSorted())
  assert.deepEqual([named('kindGroup'), named('mark'), named('question')], [groups.toSorted(), marks.toSorted(), questionCodes.toSorted()])
  const choices = questionCodes.flatMap((code) => question(code).choices ?? [])
  assert.deepEqual(named('questionChoice'), [...new Set(['yes', 'no', ...choices])].toSorted())
})

test('what the house comes with would be taken from an administrator too, and each condition can be met', () => {
  for (const { code, from, names: _names, ...rest } of kinds) {
    assert.deepEqual(kindCommands.setKind.safeParse({ ...rest, from, reason: '-', seen: 0 }).error?.issues, undefined, code)
    for (const { when, code: own } of rest.questions) {
      const before = rest.questions.find((one) => one.code === when?.question)
      assert.ok(when === undefined || (before && fits(before, when.is)), `${code} ${own}`)
    }
  }
})

test('the codes of stored incidents stay', () => {
  const first = [
    'robbery',
    'assault',
    'break-in',
    'theft',
    'fraud',
    'domestic',
    'dispute',
    'collision',
    'missing',
    'noise',
    'conduct',
    'other',
  ]
  assert.deepEqual(
    first.map((code) => kindOn(code, [], '2026-11-22')?.priority),
    [1, 1, 1, 2, 2, 2, 3, 2, 1, 3, 2, 3],
  )
})

test('a question with a condition is asked once its condition is answered so, and what hangs on one not asked is not asked', () => {
  const list = [
    question('injured'),
    question('injuredCount'),
    { code: 'deep', ask: 'text' as const, when: { question: 'injuredCount', is: '2' } },
  ]
  const codes = (answers: Record<string, string>) => asked(list, new Map(Object.entries(answers))).map(({ code }) => code)
  assert.deepEqual(codes({}), ['injured'])
  assert.deepEqual(codes({ injured: 'no', injuredCount: '2' }), ['injured'])
  assert.deepEqual(codes({ injured: 'yes' }), ['injured', 'injuredCount'])
  assert.deepEqual(codes({ injured: 'yes', injuredCount: '2' }), ['injured', 'injuredCount', 'deep'])
})

const best = (narrative: string) => suggest(narrative, kinds)[0]?.code
test('a narrative suggests what it speaks of', () => {
  const told = [
    ['报警人称两名男子在商场东门持木棍互殴，一人头部流血', 'assault'],
    ['我老公打我，孩子也在家', 'domestic-violence'],
    ['电动车停在楼下充电，早上发现电动车被偷', 'vehicle-theft'],
    ['对方冒充客服让我开屏幕共享，转了三万到安全账户', 'telecom-fraud'],
    ['两车追尾，没有人受伤，占了一条道', 'collision'],
    ['骑车人被车撞，躺在路中间', 'collision-injury'],
    ['老人走失，有阿尔茨海默，穿灰色外套', 'missing-elder'],
    ['一名女子坐在楼顶，说不想活了', 'suicide'],
    ['六楼阳台冒烟，有火苗', 'fire'],
    ['楼上装修声太大，每天扰民', 'noise'],
    ['商家不退钱，要讨个说法', 'consumer'],
    ['家里停电了，什么时候来电', 'utilities'],
    ['老板拖欠工资半年', 'wage'],
    ['闻到煤气味，怀疑煤气泄漏', 'gas'],
    ['电话里没有声音，一直不说话', 'silent-call'],
  ] as const
  assert.deepEqual(
    told.map(([narrative]) => [narrative, best(narrative)]),
    told,
  )
})

test('at most three, each with the words that made it; what is denied does not count, and of nothing comes nothing', () => {
  assert.deepEqual(suggest('有人打架，拿着刀，已经报了119，屋里着火', kinds), [
    { code: 'weapon-carrying', words: ['拿着刀'] },
    { code: 'assault', words: ['打架'] },
    { code: 'fire', words: ['着火'] },
  ])
  assert.deepEqual(suggest('没有打架，也没着火', kinds), [])
  assert.equal(suggest('没有打架，后来又打架', kinds)[0]?.code, 'assault')
  for (const nothing of ['', '   ', '今天天气很好', 'hello', '\u0000\ud800']) assert.deepEqual(suggest(nothing, kinds), [])
})

test('a novel is read no further than its first pages, and quickly', () => {
  const novel = '风和日丽，'.repeat(20_000)
  const start = performance.now()
  for (let turn = 0; turn < 20; turn++) suggest(`打架${'没有打架'.repeat(25_000)}${novel}`, kinds)
  assert.ok((performance.now() - start) / 20 < 50, `${(performance.now() - start) / 20} ms`)
  assert.deepEqual(suggest(`${novel}打架`, kinds), [])
})
