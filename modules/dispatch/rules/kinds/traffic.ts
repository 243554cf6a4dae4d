import { rowsOf } from './row.ts'
import type { QuestionCode } from '../questions.ts'

const harm: readonly QuestionCode[] = ['injured', 'injuredCount', 'injuredConscious']

export const traffic = rowsOf('traffic', [
  [
    'collision',
    2,
    '1 traffic',
    [...harm, 'vehicles', 'plate', 'blocked', 'dangerousGoods'],
    '交通事故 追尾 撞车 刮蹭 剐蹭 碰撞 撞了 两车相撞 蹭了 撞到护栏 事故',
  ],
  [
    'collision-injury',
    1,
    '2 traffic medical',
    [...harm, 'trapped', 'trappedCount', 'vehicles', 'blocked', 'dangerousGoods', 'informed120'],
    '撞人 撞伤 车祸 有人被撞 骑车人受伤 人卡在车里 撞到行人 被车撞 翻车',
  ],
  [
    'hit-and-run',
    1,
    '2 traffic',
    [...harm, 'onScene', 'fled', 'plate', 'appearance', 'discovered'],
    '肇事逃逸 撞了就跑 撞人跑了 逃逸 撞完跑',
  ],
  ['drink-driving', 2, '1 traffic', ['plate', 'onScene', 'fled', 'vehicles', ...harm], '酒驾 醉驾 酒后驾车 喝酒开车 喝了酒开车 酒后开车'],
  [
    'dangerous-driving',
    2,
    '1 traffic',
    ['onScene', 'fled', 'plate', 'vehicles', 'since'],
    '飙车 危险驾驶 炸街 逆行 毒驾 追逐竞驶 超员 改装车',
  ],
  ['congestion', 3, '1 traffic', ['since', 'blocked', 'vehicles'], '拥堵 堵车 堵死 走不动 车流 交通瘫痪'],
  ['parking', 3, '1 traffic', ['plate', 'blocked', 'since'], '违停 违法停车 乱停车 占用消防通道 占车位 堵住出口 停车堵 挡住车库'],
  ['road-hazard', 2, '1 traffic', ['blocked', 'since', 'source'], '路障 井盖 路面塌陷 信号灯坏 红绿灯不亮 树倒 掉落物 路面有油 遗撒 大坑'],
  ['breakdown', 3, '1 traffic', ['blocked', 'plate', 'people', 'dangerousGoods'], '抛锚 车坏了 车辆故障 爆胎 熄火 没油了 打不着火'],
  ['plate-fraud', 3, '1 traffic', ['plate', 'discovered', 'recorded'], '套牌 假牌 遮挡号牌 号牌被盗 车牌丢 车牌被偷'],
])
