import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readBoundaries } from './boundaries.ts'
import { readPeople } from './people.ts'
import { textOf } from './text.ts'
import { readUnits } from './units.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, mark: boolean) => Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le')
/** 编码,类型,名称,上级 CR LF 110101001,派出所,东华门派出所,110101 in GBK. */
const gbk = Buffer.from(
  'b1e0c2eb2cc0e0d0cd2cc3fbb3c62cc9cfbcb60d0a3131303130313030312cc5c9b3f6cbf92cb6abbbaac3c5c5c9b3f6cbf92c3131303130310d0a',
  'hex',
)
/** 代碼,類型,名稱,上級 CR LF A1,派出所,中正第一派出所,B1 in Big5. */
const big5 = Buffer.from('a54ebd582cc3feabac2ca657bad92ca457afc50d0a41312caca3a558a9d22ca4a4a5bfb2c4a440aca3a558a9d22c42310d0a', 'hex')
const header = '编码,类型,名称,上级\r\n'
const line = '110101001,派出所,东华门派出所,110101\r\n'

const readAs = (bytes: Uint8Array) => {
  const read = textOf(bytes, 1000)
  return 'fault' in read ? read.fault.key : [read.value.encoding, read.value.text]
}

test('a file is read as it was written, or refused by name; a name is never turned into rubbish', () => {
  const text = header + line
  assert.deepEqual(readAs(utf8(text)), ['UTF-8', text])
  assert.deepEqual(readAs(utf8(`\ufeff${text}`)), ['UTF-8', text])
  assert.deepEqual(readAs(gbk), ['GB18030', text])
  assert.deepEqual(readAs(utf16(text, true)), ['UTF-16', text])
  assert.deepEqual(readAs(utf16(`code,kind,name,parent\r\n${line}`, false)), ['UTF-16', `code,kind,name,parent\r\n${line}`])
  assert.equal(readAs(big5), 'import.wrong.encoding')
  assert.equal(readAs(Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00])), 'import.wrong.encoding', 'a spreadsheet, not a CSV')
  assert.equal(readAs(utf8('a\u0000b')), 'import.wrong.encoding')
  assert.equal(readAs(new Uint8Array()), 'import.wrong.empty')
  assert.equal(readAs(utf8(' \r\n \r\n')), 'import.wrong.empty')
  assert.equal(readAs(utf8('x'.repeat(1001))), 'import.wrong.large')
})

test('columns are found by their names in either language, in any order, parted by comma, semicolon or tab', () => {
  const cells = { code: '110101001', kind: '派出所', name: '东华门派出所', parent: '110101' }
  const expected = { value: { rows: [{ line: 2, cells, ragged: false }], unread: [] } }
  assert.deepEqual(readUnits(header + line), expected)
  assert.deepEqual(readUnits((header + line).replaceAll(',', '\t')), expected)
  assert.deepEqual(readUnits((header + line).replaceAll(',', ';')), expected)
  const turned = readUnits(
    'Parent,NAME,电话,kind,code\n110101,"东华门\n派出所",1,station,110101001\n\n,,,,\n110101,景山派出所,2,station,110101002,多\n',
  )
  assert.deepEqual(turned, {
    value: {
      rows: [
        { line: 3, cells: { parent: '110101', name: '东华门\n派出所', kind: 'station', code: '110101001' }, ragged: false },
        { line: 6, cells: { parent: '110101', name: '景山派出所', kind: 'station', code: '110101002' }, ragged: true },
      ],
      unread: ['电话'],
    },
  })
})

test('what a file lacks as a whole is said before any line', () => {
  const key = (read: ReturnType<typeof readUnits>) => ('fault' in read ? [read.fault.key, read.fault.field] : [])
  assert.deepEqual(key(readUnits('编码,名称,上级\nx,y,z\n')), ['import.wrong.column', 'kind'])
  assert.deepEqual(key(readUnits('编码,代码,类型,名称,上级\n')), ['import.wrong.columnTwice', 'code'])
  assert.deepEqual(key(readUnits(header)), ['import.wrong.noRows', undefined])
  assert.deepEqual(key(readUnits(`${header}a,"b,c\n`)), ['import.wrong.quotes', undefined])
  assert.deepEqual(key(readUnits(header + 'a,b,c,d\n'.repeat(50_001))), ['import.wrong.rows', undefined])
  assert.deepEqual(key(readPeople('姓名,单位\n周某,1\n')), ['import.wrong.column', 'login'])
})

const ring = [
  [116, 39],
  [117, 39],
  [117, 40],
  [116, 39],
]
const collection = (geometry: unknown, properties: unknown = { code: 'A1' }, more: object = {}) =>
  JSON.stringify({ type: 'FeatureCollection', ...more, features: [{ type: 'Feature', properties, geometry }] })
const polygon = (...coordinates: unknown[]) => ({ type: 'Polygon', coordinates })
const faults = (text: string) => {
  const read = readBoundaries(text)
  return 'fault' in read ? read.fault.key : read.value.flatMap((feature) => feature.faults.map(({ key }) => key))
}

test('each thing that can be wrong with a feature or its collection has its own sentence', () => {
  assert.deepEqual(readBoundaries(collection(polygon(ring.map(([lon, lat]) => [lon, lat, 43.5])), { 编码: 110105, schematic: true })), {
    value: [{ n: 1, code: '110105', schematic: true, boundary: [[ring]], faults: [] }],
  })
  assert.deepEqual(faults(collection({ type: 'MultiPolygon', coordinates: [[ring], [ring]] })), [])
  assert.deepEqual(faults(collection(polygon(ring), {})), ['invalid.required'])
  assert.deepEqual(faults(collection(polygon(ring), { code: 'A1', schematic: '是' })), ['invalid.type'])
  assert.deepEqual(faults(collection(polygon(ring.slice(0, 3)))), ['invalid.tooSmall', 'invalid.openRing'])
  assert.deepEqual(faults(collection(polygon([...ring, [118, 41]]))), ['invalid.openRing'])
  assert.deepEqual(faults(collection(polygon(ring.map(([lon = 0, lat = 0]) => [lat, lon])))), ['import.wrong.swapped'])
  assert.deepEqual(faults(collection(polygon(ring.map(([lon = 0, lat]) => [lon + 180, lat])))), ['invalid.tooBig'])
  assert.deepEqual(
    faults(
      collection(
        polygon([
          [116, 39],
          [117, 40],
          [117, 39],
          [116, 40],
          [116, 39],
        ]),
      ),
    ),
    ['import.wrong.crossing'],
  )
  assert.deepEqual(faults(collection({ type: 'Point', coordinates: [116, 39] })), ['import.wrong.geometry'])
  assert.deepEqual(faults(collection(null)), ['import.wrong.geometry'])
  const long = Array.from({ length: 90_000 }, (_, n) => [116 + n / 1e5, 39])
  assert.deepEqual(faults(collection(polygon(long))), ['import.wrong.featureLarge'])
  assert.equal(faults('{"type":'), 'import.wrong.json')
  assert.equal(faults('{"type":"Feature"}'), 'import.wrong.collection')
  assert.equal(faults('{"type":"FeatureCollection","features":[]}'), 'import.wrong.noRows')
  const crs = (name: string) => ({ crs: { type: 'name', properties: { name } } })
  assert.equal(faults(collection(polygon(ring), { code: 'A1' }, crs('urn:ogc:def:crs:EPSG::4547'))), 'import.wrong.crs')
  assert.deepEqual(faults(collection(polygon(ring), { code: 'A1' }, crs('urn:ogc:def:crs:OGC:1.3:CRS84'))), [])
})

test('whatever bytes come, there is an answer, and it is whole or a fault', () => {
  const bytes = fc.uint8Array({ maxLength: 400 })
  const dirty = fc.array(
    fc.constantFrom('编码', '类型', '名称', '上级', '登录名', ',', ';', '\t', '\r', '\n', '"', '\ufeff', '𠮷', ' ', '\u0000', '=1+1'),
  )
  fc.assert(
    fc.property(
      fc.oneof(
        bytes,
        dirty.map((parts) => utf8(parts.join(''))),
      ),
      (given) => {
        const read = textOf(given, 300)
        const text = 'fault' in read ? new TextDecoder().decode(given) : read.value.text
        for (const table of [readUnits(text), readPeople(text)]) {
          if ('fault' in table) continue
          assert.ok(table.value.rows.length > 0)
          for (const row of table.value.rows) assert.ok(row.line > 1 && Object.keys(row.cells).length >= 3)
        }
      },
    ),
    { seed: 3, numRuns: 500 },
  )
})

test('whatever JSON comes, a feature has a boundary or a fault, never both and never neither', () => {
  const coordinates = fc.oneof(fc.jsonValue({ maxDepth: 5 }), fc.array(fc.array(fc.array(fc.tuple(fc.double(), fc.double())))))
  const geometry = fc.record({ type: fc.constantFrom('Polygon', 'MultiPolygon', 'Point', 'x'), coordinates })
  const feature = fc.oneof(
    fc.jsonValue(),
    fc.record({ properties: fc.oneof(fc.jsonValue(), fc.record({ code: fc.jsonValue() })), geometry }),
  )
  const any = fc.oneof(
    fc.jsonValue(),
    fc.record({ type: fc.constant('FeatureCollection'), features: fc.array(feature), crs: fc.jsonValue() }),
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        any.map((value) => JSON.stringify(value)),
      ),
      (text) => {
        const read = readBoundaries(text)
        if ('fault' in read) return
        for (const one of read.value) assert.equal(one.boundary === null, one.faults.length > 0)
      },
    ),
    { seed: 3, numRuns: 500 },
  )
})
