import { createHash } from 'node:crypto';

/** Somebody in the stand-in's directory. */
export interface DirectoryUser {
  /** Object id; derived from the address, so the same on every start. */
  id: string;
  /** The tenant whose directory this entry lies in. */
  tenantId: string;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  /** Null: no mailbox. */
  mail: string | null;
  /** Other addresses of the mailbox. */
  aliases: string[];
  userPrincipalName: string;
  userType: 'Member' | 'Guest';
  accountEnabled: boolean;
  jobTitle: string | null;
  /** Has the role that may consent for the whole organisation. */
  isAdmin: boolean;
  hasPhoto: boolean;
}

/** What the people type to sign in: a guest keeps the address of home, everybody else has the UPN. */
export function signInName(user: DirectoryUser): string {
  return (user.userType === 'Guest' ? (user.mail ?? user.userPrincipalName) : user.userPrincipalName).toLowerCase();
}

/** The address by which the sandbox's log and control server name a person. */
export function emailOf(user: DirectoryUser): string {
  return (user.mail ?? user.userPrincipalName).toLowerCase();
}

/** A GUID that is always the same for the same text. */
export function stableGuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const TENANT_ID = '5f0c9f1e-3d4b-4b7e-9a52-6c1d2e3f4a5b';
export const TENANT_DOMAIN = 'contoso.test';
export const OTHER_TENANT_ID = '0a7d3c52-8b1f-4d6a-b9e4-2f5c6d7e8f90';
export const OTHER_TENANT_DOMAIN = 'fabrikam.test';

/** The directory of both tenants, made anew at each call so that nobody's change outlives a reset. */
export function createDirectory(): DirectoryUser[] {
  return [
    person('Alice Anders', 'alice', { hasPhoto: true }),
    person('Bob Bhatt', 'bob', { hasPhoto: true }),
    person('Carol Chen', 'carol'),
    person('Liam Limited', 'limited'),
    person('Nora Norole', 'nodesk'),
    person('Ada Admin', 'admin', { isAdmin: true, jobTitle: 'Administrator' }),
    person('Dana Diaz', 'dana.diaz', { userPrincipalName: `ddiaz@${TENANT_DOMAIN}` }),
    person('Frank Fischer', 'frank', { accountEnabled: false }),
    person('Shop Floor', 'shopfloor', { mail: null }),
    person('Chris Miller', 'chris.miller', { jobTitle: 'Buyer' }),
    person('Chris Miller', 'cmiller2', { jobTitle: 'Planner' }),
    person('Erin External', 'erin', {
      id: stableGuid(`erin@partner.example in ${TENANT_DOMAIN}`),
      mail: 'erin@partner.example',
      userPrincipalName: 'erin_partner.example#EXT#@contoso.onmicrosoft.test',
      userType: 'Guest',
    }),
    abroad('Gina Green', 'gina'),
    abroad('Gus Grant', 'gus'),
    abroad('Fabia Flores', 'fabia', { isAdmin: true }),
    ...COLLEAGUES.map(([name, alias]) => person(name, alias)),
  ];
}

/** One more colleague, for tests that need a crowd; `alias` is the part before the @ and decides the id. */
export function createColleague(
  displayName: string,
  alias: string,
  differs: Partial<DirectoryUser> = {},
): DirectoryUser {
  return person(displayName, alias, differs);
}

function person(displayName: string, alias: string, differs: Partial<DirectoryUser> = {}): DirectoryUser {
  const address = `${alias}@${TENANT_DOMAIN}`;
  const words = displayName.split(' ');
  return {
    id: stableGuid(address),
    tenantId: TENANT_ID,
    displayName,
    givenName: words[0] ?? null,
    surname: words.length > 1 ? words.slice(1).join(' ') : null,
    mail: address,
    aliases: [],
    userPrincipalName: address,
    userType: 'Member',
    accountEnabled: true,
    jobTitle: null,
    isAdmin: false,
    hasPhoto: false,
    ...differs,
  };
}

/** Somebody of the other organization. */
function abroad(displayName: string, alias: string, differs: Partial<DirectoryUser> = {}): DirectoryUser {
  const address = `${alias}@${OTHER_TENANT_DOMAIN}`;
  const place = { id: stableGuid(address), tenantId: OTHER_TENANT_ID, mail: address, userPrincipalName: address };
  return person(displayName, alias, { ...place, ...differs });
}

/** Names in many scripts, since a panel that only ever met Latin letters has not met people. */
const COLLEAGUES: readonly (readonly [name: string, alias: string])[] = [
  ['ليلى حداد', 'layla.haddad'],
  ['محمد العلي', 'mohammed.alali'],
  ['נועה כהן', 'noa.cohen'],
  ['یاسمن رضایی', 'yasaman.rezaei'],
  ['عائشہ خان', 'ayesha.khan'],
  ['王小明', 'xiaoming.wang'],
  ['李娜', 'na.li'],
  ['陳美玲', 'meiling.chen'],
  ['佐藤 健', 'ken.sato'],
  ['鈴木 花子', 'hanako.suzuki'],
  ['김민준', 'minjun.kim'],
  ['이서연', 'seoyeon.lee'],
  ['Jürgen Müller', 'juergen.mueller'],
  ['Björn Öström', 'bjorn.ostrom'],
  ['Zoë Größe', 'zoe.groesse'],
  ['Łukasz Żółć', 'lukasz.zolc'],
  ['Søren Ærø', 'soren.aero'],
  ['Þórdís Ægisdóttir', 'thordis'],
  ['François Lefèvre', 'francois.lefevre'],
  ['Núria Peña i Català', 'nuria.pena'],
  ['João da Conceição', 'joao.conceicao'],
  ['Đặng Thị Hương', 'huong.dang'],
  ['Nguyễn Văn Anh', 'anh.nguyen'],
  ['İbrahim Yılmaz', 'ibrahim.yilmaz'],
  ['Ольга Иванова', 'olga.ivanova'],
  ['Сергій Коваленко', 'serhii.kovalenko'],
  ['Ђорђе Јовановић', 'djordje.jovanovic'],
  ['Ελένη Παπαδοπούλου', 'eleni.papadopoulou'],
  ['अनन्या शर्मा', 'ananya.sharma'],
  ['রহিম উদ্দিন', 'rahim.uddin'],
  ['கார்த்திக் ராஜா', 'karthik.raja'],
  ['ప్రియా రెడ్డి', 'priya.reddy'],
  ['สมชาย ใจดี', 'somchai.jaidee'],
  ['ნინო ბერიძე', 'nino.beridze'],
  ['Արամ Սարգսյան', 'aram.sargsyan'],
  ['አበበ ከበደ', 'abebe.kebede'],
  ["Siobhán O'Connor", "siobhan.o'connor"],
  ['Anne-Marie de la Fontaine-Beauregard', 'annemarie.fontaine'],
  ['Madonna', 'madonna'],
  ['Nguyen, Linh (Purchasing)', 'linh.nguyen'],
  ['Kwame Nkrumah Boateng', 'kwame.boateng'],
  ['Ngozi Adébáyọ̀', 'ngozi.adebayo'],
  ['Hōne Tūhoe', 'hone.tuhoe'],
  ['Olivia Smith', 'olivia.smith'],
  ['Peter Parker', 'peter.parker'],
  ['Quentin Quick', 'quentin.quick'],
  ['Rosa Rossi', 'rosa.rossi'],
  ['Tariq Tahir 🚲', 'tariq.tahir'],
];
