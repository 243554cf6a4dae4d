import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInYears } from '#kernel/calendar/years.ts'
import { changedDays, marksOf, readNotice, tableOf } from './notice.ts'

/** In the form of the notices; their days for 2026. */
const notice = `经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节: 4月4日(周六)至6日(周一)放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
2025年11月4日`
const days = (year: number) => {
  const table = builtInYears.get(year)
  assert.ok(table)
  return { holidays: table.holidays, workdays: table.workdays }
}

test('the notice that is pasted whole is read as the table of the house has it', () => {
  for (const text of [notice, notice.replaceAll('。\n', '。')]) {
    const { marks, outside } = readNotice(text, 2026)
    assert.deepEqual(tableOf(marks), days(2026))
    assert.deepEqual(outside, [])
  }
})

test('days of the year before are named and not set, and two holidays in one are one', () => {
  const text = `一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
三、清明节：4月5日放假，共1天。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。`
  const { marks, outside } = readNotice(text, 2023)
  assert.deepEqual(tableOf(marks), {
    holidays: [
      { name: 'newYear', from: '2023-01-01', to: '2023-01-02' },
      { name: 'qingming', from: '2023-04-05', to: '2023-04-05' },
      { name: 'nationalAndMidAutumn', from: '2023-09-29', to: '2023-10-06' },
    ],
    workdays: ['2023-10-07', '2023-10-08'],
  })
  assert.deepEqual(outside, ['2022-12-31'])
})

test('what is no notice gives nothing, and no day that no calendar has', () => {
  for (const text of [
    '',
    '放假',
    '春节放假',
    '春节：放假',
    '春节：2月30日放假',
    '会议：2月3日放假',
    '春节：13月1日至99日放假',
    '春节：1月1日至12月31日放假',
  ])
    assert.deepEqual([...readNotice(text, 2026).marks], [], text)
})

test('there and back every year is the same, and a change is the days that differ', () => {
  for (const year of builtInYears.keys()) assert.deepEqual(tableOf(marksOf(days(year))), days(year))
  const marks = marksOf(days(2026))
  const changed = new Map([...marks, ['2026-02-14', 'springFestival'] as const, ['2026-03-07', 'work'] as const])
  changed.delete('2026-06-20')
  assert.deepEqual(changedDays(marks, changed), ['2026-02-14', '2026-03-07', '2026-06-20'])
})
