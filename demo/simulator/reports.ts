import type { measures, results } from '#modules/dispatch/contract.ts'
import type { Dice } from './dice.ts'

type Result = (typeof results)[number]
type Measure = (typeof measures)[number]

export interface Report {
  readonly result: Result
  readonly injured: number
  readonly persons: number
  readonly measures: readonly Measure[]
  readonly text: string
}

type Ending = readonly [result: Result, measures: readonly Measure[], text: string]

const ofGroup: Readonly<Record<string, readonly Ending[]>> = {
  criminal: [
    ['caseOpened', ['evidenceTaken'], '到场核实，已制作笔录并调取监控，移交办案民警受案。'],
    ['caseOpened', ['summoned', 'evidenceTaken'], '现场控制涉嫌人员一名，已带回审查，受案。'],
    ['caseOpened', ['seized', 'evidenceTaken'], '物证已提取，受案处理，向报警人出具回执。'],
    ['unfounded', ['none'], '经核实系误会，物品已找回，报警人认可。'],
  ],
  order: [
    ['handled', ['warned'], '到场后制止并批评教育，双方散去，秩序恢复。'],
    ['caseOpened', ['summoned'], '涉嫌违法人员已传唤，按行政案件受案。'],
    ['notFound', ['none'], '到场时人员已离开，周边巡查未发现，已回告报警人。'],
  ],
  traffic: [
    ['handled', ['none'], '车辆已挪离，通行恢复。'],
    ['handedOver', ['sentToHospital', 'evidenceTaken'], '伤者已送医，现场拍照固定，移交交管部门。'],
    ['handled', ['mediated'], '双方自行协商达成一致，引导快速处理。'],
  ],
  dispute: [
    ['mediated', ['mediated'], '现场调解，双方达成一致，互不追究。'],
    ['mediated', ['mediated', 'warned'], '劝开双方并告诫，约定由社区继续调解。'],
    ['handled', ['warned'], '民事纠纷，已告知依法解决途径。'],
  ],
  help: [
    ['handled', ['rescued'], '人员已找到并交由家属，身体无异常。'],
    ['handled', ['rescued', 'sentToHospital'], '协助送医，已联系家属到院。'],
    ['notFound', ['none'], '已扩大查找范围并通报相邻派出所，继续查找。'],
  ],
  conduct: [['handedOver', ['none'], '已向报警人说明，移交督察部门核实答复。']],
  handover: [
    ['handedOver', ['sentToHospital'], '配合急救转运，现场秩序正常。'],
    ['handedOver', ['rescued'], '已疏散周边人员，移交消防处置。'],
  ],
}
const anyEnding: readonly Ending[] = [
  ['handled', ['none'], '到场核实并处理完毕，报警人无异议。'],
  ['unfounded', ['none'], '经查看无异常，已回告报警人。'],
]

/** What the officers bring back of an incident of this group. */
export function reportOf(group: string, roll: Dice): Report {
  const [result, measures, text] = roll.pick(ofGroup[group] ?? anyEnding)
  const injured = measures.includes('sentToHospital') ? roll.whole(1, 2) : 0
  return { result, measures, text, injured, persons: injured + roll.whole(1, 3) }
}
