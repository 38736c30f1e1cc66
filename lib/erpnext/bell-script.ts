import { BELL_TITLE, type Bell } from '../model/bell.ts';

/**
 * The two documents that make a site ring. The script is a Server Script of type API: it answers Microsoft's question
 * whether notifications are wanted, and else rings where the notification knows the site's secret, at most once a
 * second. It keeps and passes on nothing of what Microsoft says.
 * Sources: frappe/utils/safe_exec.py (what a script may use), Graph "Receive change notifications through webhooks".
 */
export function bellNote({ method, state }: Pick<Bell, 'method' | 'state'>): Record<string, string | number> {
  const text = JSON.stringify({ method, state });
  return { title: BELL_TITLE, public: 1, content: `<div>${text.replaceAll('"', '&quot;')}</div>` };
}

export function bellScript({ note, method, state }: Bell): Record<string, string | number> {
  return {
    name: BELL_TITLE,
    script_type: 'API',
    api_method: method,
    allow_guest: 1,
    // From version 15 on ERPNext counts by address as well; 14 has no such field and leaves it out.
    enable_rate_limit: 1,
    rate_limit_count: 600,
    rate_limit_seconds: 60,
    script: SCRIPT.replace('NOTE', quoted(note)).replace('STATE', quoted(state)),
  };
}

/** Graph's token comes back exactly as plain text; a second is told by the note's own `modified`. */
const SCRIPT = `# Deskside: rings for new messages in Microsoft Teams. Made and removed by Deskside's options.
note = NOTE
state = STATE
token = frappe.form_dict.get("validationToken")
if token:
    frappe.response["type"] = "download"
    frappe.response["filecontent"] = token
    frappe.response["filename"] = "validation.txt"
    frappe.response["content_type"] = "text/plain"
    frappe.response["display_content_as"] = "inline"
else:
    told = frappe.form_dict.get("value")
    known = False
    if isinstance(told, list):
        for one in told:
            if isinstance(one, dict) and one.get("clientState") == state:
                known = True
    if known:
        last = frappe.db.get_value("Note", note, "modified")
        if last and frappe.utils.time_diff_in_seconds(frappe.utils.now_datetime(), last) >= 1:
            frappe.db.set_value("Note", note, "public", 1)
            frappe.get_doc("Note", note).notify_update()
`;

/** A Python string; both values are ours or a document's name. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
