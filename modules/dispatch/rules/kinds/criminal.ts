import { rowsOf } from './row.ts'
import type { QuestionCode } from '../questions.ts'

const harm: readonly QuestionCode[] = ['injured', 'injuredCount', 'injuredConscious']
const armed: readonly QuestionCode[] = ['weapon', 'weaponKind']
const suspect: readonly QuestionCode[] = ['onScene', 'fled', 'suspects', 'appearance']
const money: readonly QuestionCode[] = ['transferred', 'amount', 'transferredAt', 'payment', 'contact']

export const criminal = rowsOf('criminal', [
  [
    'robbery',
    1,
    '2 armed',
    [...suspect, ...armed, ...harm, 'vehicle', 'vehiclePlate', 'lost'],
    '抢劫 被抢 打劫 持刀抢 抢走了 拦路抢 抢我的 抢了我',
  ],
  ['snatching', 1, '2', [...suspect, 'vehicle', 'vehiclePlate', 'lost', ...harm], '抢夺 飞车抢 抢了包 抢包 抢项链 抢手机 抓着包就跑'],
  ['homicide', 1, '4 armed medical', [...suspect, ...armed, 'breathing', 'callerSafe'], '杀人 命案 被杀 尸体 死人了 砍死 捅死 打死人'],
  [
    'stabbing',
    1,
    '3 armed medical',
    [...armed, ...harm, ...suspect, 'callerSafe'],
    '捅伤 砍伤 捅了 砍人 捅人 持刀伤人 被砍 被捅 拿刀砍 拿刀捅',
  ],
  [
    'kidnapping',
    1,
    '3 armed negotiator',
    [...suspect, ...armed, 'vehicle', 'vehiclePlate', 'demand', 'callerSafe'],
    '绑架 劫持 人质 赎金 被绑走 强行带走 拖上车',
  ],
  ['sexual-assault', 1, '2 female medical', ['callerSafe', ...harm, ...suspect, 'relation'], '强奸 性侵 迷奸 被侵犯'],
  ['trafficking', 1, '2', ['age', ...suspect, 'vehicle', 'vehiclePlate', 'lastSeen'], '拐卖 人贩子 拐走 抱走孩子 抢孩子 偷孩子'],
  [
    'false-imprisonment',
    1,
    '2',
    ['callerSafe', 'canSpeak', ...suspect, 'demand', 'relation'],
    '非法拘禁 被关起来 不让离开 限制人身自由 不让走 扣押 传销 被控制',
  ],
  [
    'weapons-explosives',
    1,
    '4 armed fire',
    ['onScene', 'fled', 'people', ...harm, 'callerSafe'],
    '枪支 有枪 开枪 枪声 炸药 雷管 炸弹 爆炸物 可疑包裹',
  ],
  [
    'arson',
    1,
    '3 fire',
    ['burning', 'trapped', 'trappedCount', ...harm, ...suspect, 'informed119'],
    '放火 纵火 点火烧 浇汽油 泼汽油 故意点燃',
  ],
  ['drugs', 2, '2', ['onScene', 'people', 'appearance', 'vehicle', 'vehiclePlate'], '吸毒 毒品 贩毒 冰毒 大麻 溜冰 海洛因 笑气 涉毒'],
  [
    'break-in',
    1,
    '2',
    ['insideNow', 'onScene', 'forced', 'discovered', 'lost', 'lossValue'],
    '入室盗窃 撬门 撬锁 翻窗 家里进贼 家里被偷 入室 门被撬 家中被盗 屋里有人翻',
  ],
  [
    'theft',
    2,
    '1',
    ['discovered', 'lost', 'lossValue', 'onScene', 'appearance'],
    '盗窃 被偷 被盗 小偷 偷走 扒窃 偷了 偷手机 偷钱包 丢了钱包被',
  ],
  [
    'vehicle-theft',
    2,
    '1',
    ['discovered', 'plate', 'lossValue', 'onScene'],
    '偷车 电动车被偷 车被偷 电瓶被偷 摩托车被盗 车被盗 自行车被偷 电瓶车被偷 电动车不见',
  ],
  [
    'telecom-fraud',
    1,
    '1',
    money,
    '电信诈骗 网络诈骗 刷单 冒充客服 冒充公检法 安全账户 杀猪盘 网贷 屏幕共享 转账被骗 验证码 投资理财被骗 虚假投资 贷款被骗',
  ],
  ['fraud', 2, '1', [...money, 'onScene', 'appearance'], '诈骗 被骗 骗走 骗了 骗子 骗钱 行骗 碰瓷'],
  ['extortion', 2, '1', ['demand', 'contact', ...suspect, 'recorded'], '敲诈 勒索 裸聊 威胁要钱 收保护费 不给钱就'],
  ['counterfeit', 3, '1', ['lost', 'onScene', 'appearance'], '假币 假钞 假证 假发票 伪造证件 收到假钱'],
])
