/** The three ERPNext generations this stand-in can be, and what differs between them on the wire. */
export type Flavour = 'v14' | 'v15' | 'v16';

export interface Traits {
  /** Where Desk lives; the other of the two is redirected here. */
  prefix: '/app' | '/desk';
  /** Seconds a session lives after its last request. */
  sessionAge: number;
  /** `home_page` of the answer to a login. */
  homePage: string;
  /** What frappe.utils.change_log.get_versions and frappe.boot.versions say; forks rename freely, so nothing may rely on it. */
  versions: { frappe: string; erpnext: string };
  titles: { frappe: string; erpnext: string };
  participantsMayReadPrivateEvents: boolean;
}

const titles = { frappe: 'Frappe Framework', erpnext: 'ERPNext' };

export const TRAITS: Record<Flavour, Traits> = {
  v14: {
    prefix: '/app',
    sessionAge: 216_000,
    homePage: '/app',
    versions: { frappe: '14.81.4', erpnext: '14.29.1' },
    titles,
    participantsMayReadPrivateEvents: false,
  },
  v15: {
    prefix: '/app',
    sessionAge: 612_000,
    homePage: '/app/home',
    versions: { frappe: '15.101.1', erpnext: '15.99.1' },
    titles,
    participantsMayReadPrivateEvents: true,
  },
  v16: {
    prefix: '/desk',
    sessionAge: 612_000,
    homePage: 'desk',
    versions: { frappe: '2.1.3', erpnext: '2.0.7' },
    titles: { frappe: 'Sandbox', erpnext: 'Sandbox ERP' },
    participantsMayReadPrivateEvents: true,
  },
};
