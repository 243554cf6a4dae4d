import { rowsOf } from './row.ts'
import type { QuestionCode } from '../questions.ts'

const gone: readonly QuestionCode[] = ['age', 'lastSeen', 'clothing', 'appearance', 'phoneOn']

export const help = rowsOf('help', [
  [
    'suicide',
    1,
    '2 negotiator medical fire',
    ['edge', 'floor', 'talking', 'weapon', 'weaponKind', 'people', 'relation'],
    '轻生 自杀 跳楼 跳桥 要跳 不想活 割腕 遗书 服毒 喝农药 喝药 跳河 坐在楼顶 烧炭',
  ],
  [
    'missing-child',
    1,
    '2',
    [...gone, 'relation'],
    '孩子丢了 孩子不见 小孩走失 儿童走失 孩子走失 孩子走丢 孩子没回家 找不到孩子 女儿不见 儿子不见',
  ],
  [
    'missing-elder',
    1,
    '1',
    [...gone, 'confused'],
    '老人走失 老人走丢 老人不见 母亲走失 父亲走失 老年痴呆 阿尔茨海默 老人没回家 奶奶走丢 爷爷走丢',
  ],
  ['missing', 1, '1', [...gone, 'confused'], '走失 失踪 失联 联系不上 走丢 找不到人 离家出走 没回家'],
  [
    'drowning',
    1,
    '2 fire medical',
    ['people', 'breathing', 'since', 'informed120'],
    '溺水 落水 掉河里 掉水里 淹水里 水里有人 掉进湖 沉下去',
  ],
  [
    'collapsed',
    1,
    '1 medical',
    ['conscious', 'breathing', 'age', 'injured', 'injuredCount', 'informed120'],
    '倒地 晕倒 昏倒 躺在路边 没有意识 叫不醒 躺在地上 倒在路边 不省人事 摔倒',
  ],
  ['welfare-check', 2, '1', ['since', 'age', 'phoneOn', 'relation'], '敲门没人应 独居 几天没见 没人应门 担心出事 不接电话 看看安全 有异味'],
  ['trapped', 2, '1 fire', ['trapped', 'trappedCount', 'age', 'since', 'callerSafe'], '被困 困在 电梯里 困电梯 反锁在 卡住 出不来 被锁在'],
  [
    'hiker',
    1,
    '2 medical',
    ['people', 'injured', 'injuredCount', 'phoneOn', 'since', 'clothing'],
    '迷路 困在山上 驴友 爬山 下不了山 登山 野长城 失温',
  ],
  ['lockout', 3, '1', ['children', 'burning', 'relation'], '开锁 忘带钥匙 钥匙丢 门锁 进不了门 锁在门外 钥匙锁'],
  [
    'lost-property',
    3,
    '1',
    ['lost', 'discovered', 'plate'],
    '丢了手机 丢失 遗失 落在出租车 忘在车上 手机丢 钱包丢 包落在 掉了钱包 身份证丢',
  ],
  ['found-property', 3, '0', ['lost', 'discovered'], '捡到 拾到 捡了 拾得'],
  [
    'found-person',
    2,
    '1',
    ['age', 'clothing', 'confused', 'onScene'],
    '发现走失 捡到孩子 老人找不到家 不记得家 迷路老人 一个人哭 弃婴 说不清家',
  ],
  ['escort', 3, '1', ['injured', 'blocked', 'since'], '带路 护送 送医院路上 赶考 准考证 开道 急着送医'],
  ['other', 3, '1', ['people', 'since'], '求助'],
])
