import { propose } from '../erpnext/propose.ts';
import { type DoctypeRule, parseRule } from '../model/doctype-rule.ts';
import { fail } from '../model/errors.ts';
import { asRecordName, type Origin } from '../model/ids.ts';
import type { OptionsProtocol, OptionsView } from '../rpc/contract.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { removeRule, saveCommentLinks, saveRules, switchDoctype } from '../settings/items.ts';
import { accountsView } from './account-views.ts';
import { correctField, createAllMissing, fieldsView, undoFields } from './custom-fields.ts';
import { listedDoctypes } from './doctypes.ts';
import type { SignIn } from './sign-in.ts';
import { loggedIn, siteErp } from './site-erp.ts';
import type { Worker } from './worker.ts';

/** What the options page asks of doctypes. Whatever it finds in ERPNext it finds as the person who is logged in there. */
export function optionsCalls(worker: Worker, signIn: SignIn): Pick<WorkerHandlers, keyof OptionsProtocol> {
  const told = () => worker.changes.tell({ kind: 'settings' });
  /** Panels that miss a field look again. */
  const changed = () => worker.changes.tell({ kind: 'view' });
  const listed = async (origin: Origin) => {
    const { sites } = await worker.settings();
    if (sites.includes(origin)) return siteErp(worker, origin);
    throw fail('not-permitted', 'Not one of your sites', 'Add the site first: open it and click the Deskside icon.');
  };
  return {
    'options.view': () => optionsView(worker, signIn),
    async 'doctypes.save'({ rules }) {
      await saveRules(rules.map(checked));
      told();
    },
    async 'doctypes.remove'({ doctype }) {
      await removeRule(doctype);
      told();
    },
    async 'doctypes.switch'({ doctype, on }) {
      await switchDoctype(doctype, on);
      told();
    },
    'doctypes.find': async ({ origin, text }) => (await listed(origin)).search('DocType', text),
    async 'doctypes.propose'({ origin, doctype }) {
      const meta = await (await listed(origin)).meta(doctype);
      if (meta.kind !== 'documents')
        throw fail(
          'not-permitted',
          `${doctype} has no documents of its own`,
          'It is a table inside another doctype, or a page of settings. Choose the doctype that holds it.',
        );
      return { ...propose(meta), meta };
    },
    async 'doctypes.preview'({ origin, rule, name }) {
      const erp = await listed(origin);
      return erp.preview({ origin, doctype: rule.doctype, name: asRecordName(name) }, checked(rule));
    },
    'records.find': async ({ origin, doctype, text }) => (await listed(origin)).search(doctype, text),
    'fields.check': async ({ origin }) => fieldsView(await listed(origin), origin),
    async 'fields.create'({ origin }) {
      const erp = await listed(origin);
      await createAllMissing(erp, origin).finally(changed);
      return fieldsView(erp, origin);
    },
    async 'fields.comments'({ on }) {
      await saveCommentLinks(on);
      told();
      changed();
    },
    async 'fields.correct'({ origin, doctype, fieldname }) {
      const erp = await listed(origin);
      await correctField(erp, doctype, fieldname).finally(changed);
      return fieldsView(erp, origin);
    },
    async 'fields.undo'({ origin }) {
      const erp = await listed(origin);
      const report = await undoFields(erp, origin).finally(changed);
      return { ...(await fieldsView(erp, origin)), report };
    },
  };
}

function checked(rule: DoctypeRule): DoctypeRule {
  const parsed = parseRule(rule);
  if (parsed) return parsed;
  throw fail(
    'not-permitted',
    'This rule cannot be used',
    'It names nobody, or something that ERPNext could not have. Choose where the people are.',
  );
}

async function optionsView(worker: Worker, signIn: SignIn): Promise<OptionsView> {
  const { sites, commentLinks, managed } = await worker.settings();
  return {
    ...(await accountsView(worker, signIn, sites)),
    commentLinks: { on: commentLinks, managed: managed.includes('commentLinks') },
    sites: await Promise.all(sites.map(async (origin) => ({ origin, erpUser: await loggedIn(worker, origin) }))),
    doctypes: await listedDoctypes(),
  };
}
