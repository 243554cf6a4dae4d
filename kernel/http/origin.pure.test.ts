import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listeningOrigin, originOf } from './origin.ts'

test('an origin is https and a name, or http to this machine; nothing else', () => {
  assert.deepEqual([undefined, '', '  '].map(originOf), [undefined, undefined, undefined])
  for (const [given, origin] of [
    ['https://plumbline.example', 'https://plumbline.example'],
    [' https://Plumbline.example:8443/ ', 'https://plumbline.example:8443'],
    ['https://10.0.0.7:443', 'https://10.0.0.7'],
    ['https://中国.example', 'https://xn--fiqs8s.example'],
    ['http://127.0.0.1:8110', 'http://127.0.0.1:8110'],
    ['http://localhost:8110', 'http://localhost:8110'],
    ['http://[::1]:8110', 'http://[::1]:8110'],
  ] as const)
    assert.equal(originOf(given), origin)
  for (const wrong of [
    'plumbline.example',
    'http://plumbline.example',
    'http://127.0.0.1.example',
    'http://10.0.0.7',
    'https://plumbline.example/police',
    'https://plumbline.example?x=1',
    'https://plumbline.example#x',
    'https://u:p@plumbline.example',
    'https://',
    'ftp://plumbline.example',
    'javascript:alert(1)',
  ])
    assert.throws(() => originOf(wrong), /PUBLIC_ORIGIN/, wrong)
})

test('a demonstration is reached where it listens', () => {
  assert.deepEqual(
    ['127.0.0.1', '0.0.0.0', '::', '::1', '10.0.0.7'].map((host) => listeningOrigin(host, 8110)),
    ['http://127.0.0.1:8110', 'http://127.0.0.1:8110', 'http://127.0.0.1:8110', 'http://[::1]:8110', 'http://10.0.0.7:8110'],
  )
})
