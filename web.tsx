import { start } from '#kernel/web/app.tsx'
import type { Screen, Watch } from '#kernel/web/screen.ts'
import { boardSearch, kindsSearch, searchSearch, statisticsSearch, unplacedSearch, wallSearch } from '#modules/dispatch/web/search.ts'
import { accountsSearch, importSearch, settingsSearch, unitsSearch } from '#modules/staff/web/search.ts'

const screens: readonly Screen[] = [
  {
    path: '/duty',
    title: 'nav.duty',
    nav: true,
    roles: ['patrolOfficer'],
    load: () => import('#modules/dispatch/web/Duty.tsx'),
    plain: true,
  },
  {
    path: '/intake',
    title: 'nav.intake',
    nav: true,
    roles: ['callTaker'],
    load: () => import('#modules/dispatch/web/Console.tsx'),
  },
  {
    path: '/board',
    title: 'nav.board',
    nav: true,
    roles: ['stationDuty', 'subBureauDuty', 'citySupervisor', 'patrolOfficer', 'callTaker'],
    search: boardSearch,
    load: () => import('#modules/dispatch/web/Board.tsx'),
  },
  {
    path: '/room',
    title: 'nav.room',
    nav: true,
    roles: ['stationDuty', 'subBureauDuty'],
    search: boardSearch,
    load: () => import('#modules/dispatch/web/Room.tsx'),
  },
  {
    path: '/wall',
    title: 'nav.wall',
    nav: true,
    roles: ['citySupervisor', 'subBureauDuty'],
    search: wallSearch,
    load: () => import('#modules/dispatch/web/Wall.tsx'),
  },
  {
    path: '/statistics',
    title: 'nav.statistics',
    nav: true,
    roles: ['citySupervisor', 'subBureauDuty', 'stationDuty'],
    search: statisticsSearch,
    load: () => import('#modules/dispatch/web/Statistics.tsx'),
  },
  {
    path: '/unplaced',
    title: 'nav.unplaced',
    nav: true,
    roles: ['callTaker', 'subBureauDuty', 'citySupervisor'],
    search: unplacedSearch,
    load: () => import('#modules/dispatch/web/Unplaced.tsx'),
  },
  {
    path: '/incidents',
    title: 'nav.incidents',
    nav: true,
    roles: ['callTaker', 'stationDuty', 'subBureauDuty', 'citySupervisor', 'patrolOfficer'],
    search: searchSearch,
    load: () => import('#modules/dispatch/web/Search.tsx'),
  },
  {
    path: '/incident/$id',
    title: 'nav.incident',
    nav: false,
    roles: ['callTaker', 'stationDuty', 'subBureauDuty', 'citySupervisor', 'patrolOfficer'],
    load: () => import('#modules/dispatch/web/Incident.tsx'),
  },
  {
    path: '/units',
    title: 'nav.units',
    nav: true,
    roles: ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'],
    search: unitsSearch,
    load: () => import('#modules/staff/web/Units.tsx'),
  },
  {
    path: '/accounts',
    title: 'nav.accounts',
    nav: true,
    roles: ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'],
    search: accountsSearch,
    load: () => import('#modules/staff/web/Accounts.tsx'),
  },
  {
    path: '/import',
    title: 'nav.import',
    nav: true,
    roles: ['systemAdministrator', 'securityAdministrator'],
    search: importSearch,
    load: () => import('#modules/staff/web/Import.tsx'),
  },
  {
    path: '/settings',
    title: 'nav.settings',
    nav: true,
    roles: ['securityAdministrator', 'systemAdministrator', 'auditAdministrator'],
    search: settingsSearch,
    load: () => import('#modules/staff/web/Settings.tsx'),
  },
  {
    path: '/kinds',
    title: 'nav.kinds',
    nav: true,
    roles: ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'],
    search: kindsSearch,
    load: () => import('#modules/dispatch/web/Kinds.tsx'),
  },
  {
    path: '/me',
    title: 'nav.me',
    nav: false,
    roles: 'everyone',
    early: true,
    load: () => import('#modules/staff/web/Own.tsx'),
  },
  {
    path: '/first',
    title: 'nav.first',
    nav: false,
    roles: 'anyone',
    load: () => import('#modules/staff/web/First.tsx'),
  },
]

const watches: readonly Watch[] = [
  { roles: ['stationDuty', 'subBureauDuty', 'citySupervisor'], load: () => import('#modules/dispatch/web/Watch.tsx') },
  { roles: ['patrolOfficer'], load: () => import('#modules/dispatch/web/PatrolWatch.tsx') },
]

void start(screens, watches)
