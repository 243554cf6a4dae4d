import { rowsOf } from './row.ts'
import type { QuestionCode } from '../questions.ts'

const quarrel: readonly QuestionCode[] = ['people', 'heated', 'injured', 'injuredCount', 'weapon', 'weaponKind']

export const dispute = rowsOf('dispute', [
  [
    'domestic-violence',
    1,
    '2 female',
    ['callerSafe', 'canSpeak', 'injured', 'injuredCount', 'injuredConscious', 'weapon', 'weaponKind', 'children', 'drunk', 'repeated'],
    '家暴 家庭暴力 老公打我 丈夫打我 老婆打我 被老公打 被丈夫打 打孩子 打老婆',
  ],
  [
    'domestic',
    2,
    '1',
    ['heated', 'injured', 'injuredCount', 'children', 'drunk', 'repeated'],
    '家庭纠纷 夫妻吵架 两口子吵 家里吵架 闹离婚 婆媳 夫妻矛盾 父子吵 兄弟吵 争抚养',
  ],
  ['neighbour', 3, '1', [...quarrel, 'repeated'], '邻居 邻里 楼上楼下 漏水吵 楼道堆 楼上漏水 隔壁'],
  ['consumer', 3, '1', [...quarrel, 'lossValue'], '消费纠纷 退款 不退钱 退货 商家 结账 饭店纠纷 充值 不给退 强制消费 买东西'],
  ['wage', 3, '1', ['people', 'heated', 'demand', 'lossValue'], '欠薪 讨薪 工资 劳资 拖欠工资 不发工资 要工钱 工头 劳务'],
  ['debt', 3, '1', [...quarrel, 'lossValue'], '债务 欠钱 要债 欠债 还钱 借钱不还 讨债 催债'],
  ['medical-dispute', 2, '2', [...quarrel, 'demand'], '医患 医疗纠纷 医闹 医院吵 和医生吵 护士吵 患者家属 大闹医院'],
  ['parking-dispute', 3, '1', [...quarrel, 'plate', 'blocked'], '停车纠纷 抢车位 因停车 让车 挪车 行车纠纷 因变道 路怒 别车 堵车吵'],
  ['property', 3, '1', [...quarrel, 'relation'], '物业 房东 租客 租房 押金 中介 房屋纠纷 换锁 赶我走 断水断电'],
  ['land', 2, '2 negotiator', [...quarrel, 'demand', 'blocked'], '征地 拆迁 土地纠纷 宅基地 强拆 占地 阻挠施工'],
  ['school-dispute', 3, '1', [...quarrel, 'age'], '家长 学校纠纷 老师 幼儿园纠纷 培训机构 退学费'],
  ['ride-dispute', 3, '1', [...quarrel, 'plate'], '出租车 网约车 司机 打车 乘客 车费 拒载 绕路 霸座'],
  ['dispute', 3, '1', [...quarrel, 'relation'], '纠纷 吵架 争执 争吵 口角 理论 说不清 发生矛盾'],
])
