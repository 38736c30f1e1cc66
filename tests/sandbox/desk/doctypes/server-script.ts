import type { Flavour } from '../flavour.ts';
import { type DocTypeDef, field, select } from './fields.ts';

/** A Server Script's form; events of documents and schedulers are kept and do nothing here. */
export function serverScriptType(flavour: Flavour): DocTypeDef {
  const kinds = `DocType Event|Scheduler Event|Permission Query|API${flavour === 'v16' ? '|Workflow Task' : ''}`;
  return {
    name: 'Server Script',
    module: 'Core',
    autoname: 'prompt',
    fields: [
      select('script_type', 'Script Type', kinds, { reqd: 1, in_list_view: 1 }),
      field('script', 'Code', 'Script', { reqd: 1, options: 'Python' }),
      field('reference_doctype', 'Link', 'Reference Document Type', { options: 'DocType', in_list_view: 1 }),
      field('doctype_event', 'Data', 'DocType Event'),
      field('api_method', 'Data', 'API Method', { in_list_view: 1 }),
      field('allow_guest', 'Check', 'Allow Guest'),
      field('disabled', 'Check', 'Disabled'),
      field('event_frequency', 'Data', 'Event Frequency'),
      field('cron_format', 'Data', 'Cron Format'),
      ...(flavour === 'v14'
        ? []
        : [
            field('enable_rate_limit', 'Check', 'Enable Rate Limit'),
            field('rate_limit_count', 'Int', 'Request Limit', { default: 5 }),
            field('rate_limit_seconds', 'Int', 'Time Window (Seconds)', { default: 86_400 }),
          ]),
    ],
  };
}
