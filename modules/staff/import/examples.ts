import type { Kind } from './kinds.ts'

/** A file of each kind as it may look; columns may also have their Chinese names, kinds and roles theirs. */
export const examples: Readonly<Record<Kind, { readonly han: string; readonly latin: string }>> = {
  units: {
    han: '编码,类型,名称,上级,经度,纬度\n110105,分局,朝阳分局,110000,,\n110105001,派出所,建外派出所,110105,116.4437,39.9086',
    latin: 'code,kind,name,parent,lon,lat\n110105,subBureau,朝阳分局,110000,,\n110105001,station,建外派出所,110105,116.4437,39.9086',
  },
  boundaries: {
    han: '{"type":"FeatureCollection","features":[\n {"type":"Feature","properties":{"编码":"110105001"},\n  "geometry":{"type":"Polygon","coordinates":[[[116.43,39.9],[116.46,39.9],[116.46,39.92],[116.43,39.9]]]}}]}',
    latin:
      '{"type":"FeatureCollection","features":[\n {"type":"Feature","properties":{"code":"110105001"},\n  "geometry":{"type":"Polygon","coordinates":[[[116.43,39.9],[116.46,39.9],[116.46,39.92],[116.43,39.9]]]}}]}',
  },
  people: {
    han: '登录名,姓名,单位,角色,角色单位\nzhou.mou,周某甲,110105001,派出所值班,110105001',
    latin: 'login,name,unit,role,role unit\nzhou.mou,周某甲,110105001,stationDuty,110105001',
  },
}
