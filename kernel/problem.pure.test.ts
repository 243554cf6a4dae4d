import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from './decider.ts'
import { answerFor } from './problem.ts'

test('a refusal names its law in the reader’s language, and what carries no short name as it is written', () => {
  const article = (language: string, of: string) => answerFor(new Refusal('limit-over', { article: of }), language).body.error.article
  assert.equal(article('zh-CN', 'PSL25 118; AP 165'), '《治安管理处罚法》（2025年修订）第118条；《公安机关办理行政案件程序规定》第165条')
  assert.equal(
    article('en', 'RO 二(一)2; CQ 11, 17'),
    'Opinion on Acceptance and Filing (2015), 二(一)2; Rules on Continued Questioning, art. 11, 17',
  )
  assert.equal(article('zh-TW', 'GB/T 22239-2019'), 'GB/T 22239-2019')
})
